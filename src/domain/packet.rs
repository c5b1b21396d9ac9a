//! A packet (匿名材料): one anonymised application, known by its code alone.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::base::PacketCode;
use crate::base::problem::{Fault, Place, Problem};

use super::form::{FieldKind, Form};

/// A packet, checked against its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packet {
    /// Its code, such as `A-07`.
    pub code: PacketCode,
    /// Fields by id; a field that was left empty is not here.
    pub fields: BTreeMap<String, Value>,
    /// Sections of running text, in order.
    pub sections: Vec<Section>,
}

/// A field's value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A line or paragraphs.
    Text(String),
    /// A count or amount, exactly as given.
    Number(Decimal),
    /// 是 or 否.
    Bool(bool),
    /// The column of a table, or several choices; `None` is an empty cell.
    List(Vec<Option<String>>),
}

impl fmt::Display for Value {
    /// As a person would write it: figures digit for digit, 是 or 否, lists with ；.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Bool(true) => f.write_str("是"),
            Self::Bool(false) => f.write_str("否"),
            Self::List(cells) => {
                let cells: Vec<&str> = cells.iter().map(|cell| cell.as_deref().unwrap_or_default()).collect();
                f.write_str(&cells.join("；"))
            }
        }
    }
}

/// A section of running text, such as 三、建设举措.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its id, a field id of the form where the form has it.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Paragraphs, one a line.
    pub text: String,
}

/// A packet as read, before it is checked.
#[derive(Debug, Clone, Default)]
pub struct PacketDraft {
    /// The code as written.
    pub code: String,
    /// Fields as written, in order.
    pub fields: Vec<(String, RawValue)>,
    /// Sections as written.
    pub sections: Vec<Section>,
}

/// A value as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawValue {
    /// null.
    Nothing,
    /// A text.
    Text(String),
    /// A number, digit for digit.
    Number(String),
    /// true or false.
    Bool(bool),
    /// A list; empty cells are `None`.
    List(Vec<Option<String>>),
}

/// A number as a form gives it: digits, one dot, thousands separators.
#[must_use]
pub fn read_number(text: &str) -> Option<Decimal> {
    let folded = crate::base::points::fold(text).replace([',', ' '], "");
    let digits = folded.strip_prefix('-').unwrap_or(&folded);
    let well_formed = !digits.is_empty()
        && digits.len() <= 20
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().filter(|b| *b == b'.').count() <= 1
        && digits.bytes().next().is_some_and(|b| b.is_ascii_digit())
        && digits.bytes().last().is_some_and(|b| b.is_ascii_digit());
    well_formed.then(|| Decimal::from_str_exact(&folded).ok()).flatten()
}

impl Packet {
    /// Checks a packet against its form: known fields only, none that names the
    /// applicant, numbers that are numbers, tables whose columns are equally
    /// long, no id twice.
    ///
    /// # Errors
    /// Every fault, each with its field.
    pub fn check(draft: PacketDraft, form: &Form) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut fault = |field: &str, problem: Problem| {
            faults.push(Fault { place: Place::default().field(field), problem });
        };
        let code = PacketCode::parse(&draft.code);
        if code.is_none() {
            fault("code", Problem::BadCode { text: draft.code.clone() });
        }
        let mut fields = BTreeMap::new();
        let nothing_given = draft.fields.iter().all(|(_, raw)| *raw == RawValue::Nothing);
        for (id, raw) in draft.fields {
            let place = format!("fields.{id}");
            let Some(field) = form.field(&id) else {
                fault(&place, Problem::UnknownField { like: form.nearest(&id), id });
                continue;
            };
            if !field.blind.may_show() {
                fault(&place, Problem::IdentifyingField { id });
                continue;
            }
            match value_of(raw, &id, field.kind) {
                Ok(None) => {}
                Ok(Some(value)) => {
                    if fields.insert(id.clone(), value).is_some() {
                        fault(&place, Problem::Duplicate { what: id });
                    }
                }
                Err(problem) => fault(&place, problem),
            }
        }
        let mut lengths: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, value) in &fields {
            if let (Some((group, _)), Value::List(cells)) = (id.split_once("[]."), value)
                && *lengths.entry(group).or_insert(cells.len()) != cells.len()
            {
                fault(&format!("fields.{id}"), Problem::RaggedTable { group: group.to_owned() });
            }
        }
        let mut sections: Vec<Section> = Vec::new();
        for section in draft.sections {
            let place = format!("sections.{}", section.id);
            if section.id.is_empty() {
                fault("sections", Problem::MissingValue { name: "id".to_owned() });
            } else if sections.iter().any(|known| known.id == section.id) {
                fault(&place, Problem::Duplicate { what: section.id.clone() });
            } else if form.field(&section.id).is_some_and(|field| !field.blind.may_show()) {
                fault(&place, Problem::IdentifyingField { id: section.id.clone() });
            }
            sections.push(section);
        }
        if nothing_given && sections.iter().all(|section| section.text.trim().is_empty()) {
            fault("", Problem::EmptyPacket);
        }
        match code {
            Some(code) if faults.is_empty() => Ok(Self { code, fields, sections }),
            _ => Err(faults),
        }
    }

    /// A figure, where the field holds one.
    #[must_use]
    pub fn figure(&self, id: &str) -> Option<Decimal> {
        match self.fields.get(id)? {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The running text of an id, whether it came as a section or a field.
    #[must_use]
    pub fn text(&self, id: &str) -> Option<&str> {
        if let Some(section) = self.sections.iter().find(|section| section.id == id) {
            return Some(&section.text);
        }
        match self.fields.get(id)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

fn value_of(raw: RawValue, id: &str, kind: FieldKind) -> Result<Option<Value>, Problem> {
    let wrong = |wanted: &'static str, text: String| Problem::WrongKind { id: id.to_owned(), wanted, text };
    let repeated = id.contains("[]");
    let value = match (raw, kind) {
        (RawValue::Nothing, _) => return Ok(None),
        (RawValue::Text(text), _) if text.trim().is_empty() => return Ok(None),
        (RawValue::List(cells), _) if repeated || kind == FieldKind::Set => {
            if cells.is_empty() {
                return Ok(None);
            }
            if repeated && kind.is_figure() {
                for cell in cells.iter().flatten() {
                    if read_number(cell).is_none() {
                        return Err(wrong("number", cell.clone()));
                    }
                }
            }
            Value::List(cells)
        }
        (RawValue::List(cells), _) => {
            return Err(wrong("value", cells.into_iter().flatten().collect::<Vec<_>>().join(", ")));
        }
        (RawValue::Text(text) | RawValue::Number(text), _) if repeated => Value::List(vec![Some(text)]),
        (RawValue::Number(text) | RawValue::Text(text), FieldKind::Int | FieldKind::Money) => {
            Value::Number(read_number(&text).ok_or_else(|| wrong("number", text))?)
        }
        (RawValue::Bool(yes), FieldKind::Bool) => Value::Bool(yes),
        (RawValue::Text(text), FieldKind::Bool) => match text.trim() {
            "是" | "true" | "有" | "√" => Value::Bool(true),
            "否" | "false" | "无" | "×" => Value::Bool(false),
            _ => return Err(wrong("bool", text)),
        },
        (RawValue::Number(text), FieldKind::Bool) => return Err(wrong("bool", text)),
        (RawValue::Bool(yes), _) => return Err(wrong("value", yes.to_string())),
        (RawValue::Text(text), FieldKind::Set) => Value::List(vec![Some(text)]),
        (RawValue::Text(text) | RawValue::Number(text), _) => Value::Text(text),
    };
    Ok(Some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_forms_give_them() {
        for (text, meant) in [("1,234.50", "1234.50"), ("１２", "12"), ("0", "0"), ("-3", "-3")] {
            assert_eq!(read_number(text).map(|n| n.to_string()).as_deref(), Some(meant));
        }
        for wrong in ["", "约100", "1e3", "1.", ".5", "1.2.3", "NaN", "--1"] {
            assert_eq!(read_number(wrong), None, "{wrong}");
        }
    }
}
