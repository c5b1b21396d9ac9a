//! Packets that arrive already anonymised, as json:
//! `{code, fields: {id: value}, sections: [{id, title, text}]}`.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer as _, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue as Json;

use crate::base::clean::clean;
use crate::base::limits::{self, Counted, too_many};
use crate::base::{Limits, Place, Problem, Refusal, Result};
use crate::domain::form::Form;
use crate::domain::packet::{Packet, PacketDraft, RawValue, Section};

use super::decode;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    code: String,
    /// As written: they are read to the limits.
    #[serde(borrow, default = "no_fields")]
    fields: &'a Json,
    #[serde(borrow, default = "no_sections")]
    sections: &'a Json,
}

fn no_fields<'a>() -> &'a Json {
    serde_json::from_str("{}").unwrap_or(Json::NULL)
}

fn no_sections<'a>() -> &'a Json {
    serde_json::from_str("[]").unwrap_or(Json::NULL)
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

/// An object's pairs or a list's items, each as written, in order, and no more
/// of them than one above the limit: what is beyond is passed over, and nobody
/// need keep it to say so. The same name twice is an error, as it is nowhere
/// else in `serde_json` maps.
struct AtMost(usize);

/// Pairs with their names; items with none.
type Parts<'de> = Vec<(String, &'de Json)>;

impl<'de> Visitor<'de> for AtMost {
    type Value = Parts<'de>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        let mut seen = BTreeSet::new();
        while pairs.len() <= self.0 {
            let Some((id, value)) = map.next_entry::<String, &Json>()? else { return Ok(pairs) };
            if !seen.insert(id.clone()) {
                return Err(A::Error::custom(format!("duplicate field `{id}`")));
            }
            pairs.push((id, value));
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(pairs)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while items.len() <= self.0 {
            let Some(item) = seq.next_element::<&Json>()? else { return Ok(items) };
            items.push((String::new(), item));
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(items)
    }
}

/// The pairs of an object that must be one.
fn pairs(json: &str, limit: usize) -> serde_json::Result<Parts<'_>> {
    serde_json::Deserializer::from_str(json).deserialize_map(AtMost(limit))
}

/// The items of a list that must be one.
fn items(json: &str, limit: usize) -> serde_json::Result<Parts<'_>> {
    serde_json::Deserializer::from_str(json).deserialize_seq(AtMost(limit))
}

fn bad_json(error: &serde_json::Error, lines_before: usize) -> Refusal {
    let line = u32::try_from(error.line().saturating_add(lines_before)).unwrap_or(u32::MAX);
    // The place is ours to say, in the file's own lines.
    let why = error.to_string();
    let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why).to_owned();
    Refusal::new(Place::default().line(line), Problem::BadJson(why))
}

/// Reads and checks a packet.
///
/// # Errors
/// Malformed json, unknown or duplicate keys, and all that [`Packet::check`]
/// finds.
pub fn read(bytes: &[u8], limits: &Limits, form: &Form) -> Result<Packet> {
    limits::bytes(bytes, limits.packet)?;
    let text = decode::text(bytes, limits)?;
    let file: File<'_> = serde_json::from_str(&text).map_err(|error| bad_json(&error, 0))?;
    let within = |error: &serde_json::Error, part: &Json| {
        let at = part.get().as_ptr().addr().saturating_sub(text.as_ptr().addr());
        bad_json(error, text.get(..at).unwrap_or_default().matches('\n').count())
    };
    let given = pairs(file.fields.get(), limits.fields).map_err(|error| within(&error, file.fields))?;
    if given.len() > limits.fields {
        return Err(too_many(Counted::Fields, limits.fields).into());
    }
    let mut fields: Vec<(String, RawValue)> = Vec::with_capacity(given.len());
    // Short rows are filled up, so that a few bytes may stand for many cells.
    let mut cells_left = limits.cells;
    for (id, json) in given {
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
        for (id, value) in field(&id, json.get(), limits)? {
            let cells = if let RawValue::List(cells) = &value { cells.len() } else { 0 };
            cells_left = cells_left.checked_sub(cells).ok_or_else(|| too_many(Counted::Cells, limits.cells))?;
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
    let written = items(file.sections.get(), limits.sections).map_err(|error| within(&error, file.sections))?;
    if written.len() > limits.sections {
        return Err(too_many(Counted::Sections, limits.sections).into());
    }
    let mut sections = Vec::with_capacity(written.len());
    for (_, section) in written {
        let read: SectionFile = serde_json::from_str(section.get()).map_err(|error| within(&error, section))?;
        sections.push(Section {
            id: clean(&read.id).into_owned(),
            title: clean(&read.title).into_owned(),
            text: clean(&read.text).into_owned(),
        });
    }
    let draft = PacketDraft { code: clean(&file.code).into_owned(), fields, sections };
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
fn field(id: &str, json: &str, limits: &Limits) -> Result<Vec<(String, RawValue)>> {
    if let Some((column, _)) = one_cell(id) {
        let cell = scalar(json).ok_or_else(|| wrong(id, json))?;
        return Ok(vec![(column, RawValue::List(vec![as_cell(cell)]))]);
    }
    if json.starts_with('[') && json.trim_start_matches('[').trim_start().starts_with('{') {
        let rows = items(json, limits.packet_rows).map_err(|_| wrong(id, json))?;
        if rows.len() > limits.packet_rows {
            return Err(too_many(Counted::Rows, limits.packet_rows).into());
        }
        let mut columns: Vec<(String, RawValue)> = Vec::new();
        for (at, (_, row)) in rows.iter().enumerate() {
            for (name, value) in &pairs(row.get(), limits.packet_columns).map_err(|_| wrong(id, json))? {
                let cell = as_cell(scalar(value.get()).ok_or_else(|| wrong(id, json))?);
                let column = format!("{id}[].{name}");
                if !columns.iter().any(|(known, _)| *known == column) {
                    if columns.len() >= limits.packet_columns {
                        return Err(too_many(Counted::Columns, limits.packet_columns).into());
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
        let cells = items(json, limits.packet_rows).map_err(|_| wrong(id, json))?;
        if cells.len() > limits.packet_rows {
            return Err(too_many(Counted::Rows, limits.packet_rows).into());
        }
        let cells: Option<Vec<_>> = cells.iter().map(|(_, cell)| scalar(cell.get()).map(as_cell)).collect();
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
