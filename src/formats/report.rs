//! Reports for other programs: rows as csv, nested values as json. No time and
//! no place of the machine, so that the same state gives the same bytes.

use serde::{Serialize, Serializer};

use crate::base::clean::formula_safe;

/// A value of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// null.
    Nothing,
    /// true or false.
    Bool(bool),
    /// A count.
    Count(usize),
    /// A number, digit for digit.
    Number(serde_json::Number),
    /// A text; points and digests too.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Named values, in this order.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// A text.
    pub fn text(text: &(impl ToString + ?Sized)) -> Self {
        Self::Text(text.to_string())
    }

    /// A text, or nothing.
    pub fn maybe(text: Option<impl ToString>) -> Self {
        text.map_or(Self::Nothing, |text| Self::text(&text))
    }

    /// Named values.
    pub fn object<const N: usize>(pairs: [(&str, Self); N]) -> Self {
        Self::Object(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => to.serialize_none(),
            Self::Bool(yes) => to.serialize_bool(*yes),
            Self::Count(count) => count.serialize(to),
            Self::Number(number) => number.serialize(to),
            Self::Text(text) => to.serialize_str(text),
            Self::List(values) => to.collect_seq(values),
            Self::Object(pairs) => to.collect_map(pairs.iter().map(|(name, value)| (name, value))),
        }
    }
}

/// A value as json, two blanks a level, a new line at the end.
#[must_use]
pub fn json(value: &Value) -> Vec<u8> {
    // Writing our own values into memory can't fail.
    let mut out = serde_json::to_vec_pretty(value).unwrap_or_default();
    out.push(b'\n');
    out
}

/// Rows as csv: UTF-8 without a mark, a new line a row, no cell that starts a
/// formula.
#[must_use]
pub fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    csv_with_figures(rows, &[])
}

/// The same with columns, by number, of our own figures: one below zero stays a
/// number there.
#[must_use]
pub fn csv_with_figures(rows: &[Vec<String>], figures: &[usize]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(&mut out);
    for row in rows {
        let cells = row.iter().enumerate();
        let cells = cells.map(|(at, cell)| if figures.contains(&at) { cell.clone() } else { formula_safe(cell) });
        // Writing into memory can't fail.
        let _written = writer.write_record(cells);
    }
    drop(writer);
    out
}
