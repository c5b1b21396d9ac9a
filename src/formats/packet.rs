//! Packets that arrive already anonymised, as json:
//! `{code, fields: {id: value}, sections: [{id, title, text}]}`.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue as Json;

use crate::base::clean::clean;
use crate::base::{Place, Problem, Refusal, Result};
use crate::domain::form::Form;
use crate::domain::packet::{Packet, PacketDraft, RawValue, Section};

use super::decode;

/// Most fields of a packet, and most cells a row of a table may have.
const MOST_FIELDS: usize = 4_000;
/// Most rows of a table given as rows, and most columns.
const MOST_ROWS: usize = 4_000;
const MOST_COLUMNS: usize = 64;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    code: String,
    #[serde(default)]
    fields: Fields,
    #[serde(default)]
    sections: Vec<SectionFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionFile {
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
}

/// Fields in order; the same id twice is an error, as it is nowhere else in
/// `serde_json` maps.
#[derive(Default)]
struct Fields(Vec<(String, Box<Json>)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Fields;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of fields")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Fields, A::Error> {
                let mut pairs: Vec<(String, Box<Json>)> = Vec::new();
                let mut seen = BTreeSet::new();
                while let Some((id, value)) = map.next_entry::<String, Box<Json>>()? {
                    if !seen.insert(id.clone()) {
                        return Err(A::Error::custom(format!("duplicate field `{id}`")));
                    }
                    if pairs.len() >= MOST_FIELDS {
                        return Err(A::Error::custom(format!("more than {MOST_FIELDS} fields")));
                    }
                    pairs.push((id, value));
                }
                Ok(Fields(pairs))
            }
        }
        from.deserialize_map(Pairs)
    }
}

/// Reads and checks a packet.
///
/// # Errors
/// Malformed json, unknown or duplicate keys, and all that [`Packet::check`]
/// finds.
pub fn read(bytes: &[u8], form: &Form) -> Result<Packet> {
    let text = decode::text(bytes)?;
    let file: File = serde_json::from_str(&text).map_err(|error| {
        let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
        Refusal::new(Place::default().line(line), Problem::BadJson(error.to_string()))
    })?;
    let mut fields: Vec<(String, RawValue)> = Vec::with_capacity(file.fields.0.len());
    for (id, json) in file.fields.0 {
        // Cells given one by one must come in the order of their rows, so that
        // no cell can stand in another's row.
        if let Some((column, number)) = one_cell(&id) {
            let there = fields.iter().find(|(known, _)| *known == column);
            let length = there.map_or(0, |(_, value)| if let RawValue::List(cells) = value { cells.len() } else { 0 });
            if number.parse() != Ok(length) {
                let group = column.split("[]").next().unwrap_or_default().to_owned();
                return Err(Refusal::new(
                    Place::default().field(format!("fields.{id}")),
                    Problem::RaggedTable { group },
                ));
            }
        }
        for (id, value) in field(&id, json.get())? {
            // `mgmt.rules[0].title` and `mgmt.rules[1].title` are one column.
            match fields.iter_mut().find(|(known, _)| id.contains("[]") && *known == id) {
                Some((_, RawValue::List(cells))) => match value {
                    RawValue::List(more) => cells.extend(more),
                    _ => cells.push(None),
                },
                _ => fields.push((id, value)),
            }
        }
    }
    let sections = file.sections.into_iter().map(|section| Section {
        id: clean(&section.id).into_owned(),
        title: clean(&section.title).into_owned(),
        text: clean(&section.text).into_owned(),
    });
    let draft = PacketDraft { code: clean(&file.code).into_owned(), fields, sections: sections.collect() };
    Packet::check(draft, form).map_err(|faults| {
        Refusal::from_faults(faults).unwrap_or_else(|| Problem::Internal("no fault".to_owned()).into())
    })
}

fn wrong(id: &str, json: &str) -> Refusal {
    let text = crate::base::text::cut(&clean(json), 60);
    Refusal::new(
        Place::default().field(format!("fields.{id}")),
        Problem::WrongKind { id: id.to_owned(), wanted: "value", text },
    )
}

/// The column and the row's number of `x[2].y`.
fn one_cell(id: &str) -> Option<(String, &str)> {
    let (prefix, rest) = id.split_once('[')?;
    let (number, rest) = rest.split_once(']')?;
    let given = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    given.then(|| (format!("{prefix}[]{rest}"), number))
}

/// One field as written: a scalar, a column (`x[].y: [..]`), one cell of a
/// column (`x[2].y`), or a table as a list of rows (`x: [{y: ..}, ..]`).
fn field(id: &str, json: &str) -> Result<Vec<(String, RawValue)>> {
    if let Some((column, _)) = one_cell(id) {
        let cell = scalar(json).ok_or_else(|| wrong(id, json))?;
        return Ok(vec![(column, RawValue::List(vec![as_cell(cell)]))]);
    }
    if json.starts_with('[') && json.trim_start_matches('[').trim_start().starts_with('{') {
        let rows: Vec<Fields> = serde_json::from_str(json).map_err(|_| wrong(id, json))?;
        if rows.len() > MOST_ROWS {
            return Err(Problem::TooBig { limit: u64::try_from(MOST_ROWS).unwrap_or(0) }.into());
        }
        let mut columns: Vec<(String, RawValue)> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            for (name, value) in &row.0 {
                let cell = as_cell(scalar(value.get()).ok_or_else(|| wrong(id, json))?);
                let column = format!("{id}[].{name}");
                if !columns.iter().any(|(known, _)| *known == column) {
                    if columns.len() >= MOST_COLUMNS {
                        return Err(Problem::TooBig { limit: u64::try_from(MOST_COLUMNS).unwrap_or(0) }.into());
                    }
                    columns.push((column.clone(), RawValue::List(vec![None; at])));
                }
                if let Some((_, RawValue::List(cells))) = columns.iter_mut().find(|(known, _)| *known == column) {
                    cells.push(cell);
                }
            }
            for (_, column) in &mut columns {
                if let RawValue::List(cells) = column {
                    cells.resize(at + 1, None);
                }
            }
        }
        return Ok(columns);
    }
    if json.starts_with('[') {
        let cells: Vec<Box<Json>> = serde_json::from_str(json).map_err(|_| wrong(id, json))?;
        let cells: Option<Vec<_>> = cells.iter().map(|cell| scalar(cell.get()).map(as_cell)).collect();
        return Ok(vec![(id.to_owned(), RawValue::List(cells.ok_or_else(|| wrong(id, json))?))]);
    }
    Ok(vec![(id.to_owned(), scalar(json).ok_or_else(|| wrong(id, json))?)])
}

fn scalar(json: &str) -> Option<RawValue> {
    Some(match json.bytes().next()? {
        b'"' => RawValue::Text(clean(&serde_json::from_str::<String>(json).ok()?).into_owned()),
        b'n' => RawValue::Nothing,
        b't' => RawValue::Bool(true),
        b'f' => RawValue::Bool(false),
        b'-' | b'0'..=b'9' => RawValue::Number(json.to_owned()),
        _ => return None,
    })
}

fn as_cell(value: RawValue) -> Option<String> {
    match value {
        RawValue::Text(text) if text.trim().is_empty() => None,
        RawValue::Text(text) | RawValue::Number(text) => Some(text),
        RawValue::Bool(yes) => Some(if yes { "是" } else { "否" }.to_owned()),
        RawValue::Nothing | RawValue::List(_) => None,
    }
}
