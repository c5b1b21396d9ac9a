//! An application (申报材料) as it was read: every value with the cell it came
//! from, what could not be proved apart from what could, and what is missing.
//!
//! A value that could not be proved is unread, never blank, and never a guess.

pub mod checks;
pub mod columns;
pub mod difference;

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::base::{ApplicationNo, Digest};

use super::document::Carrier;
use super::packet::Value;

/// An application.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// Its receipt number (受理号), such as `S-001`; nothing before it is taken in.
    pub no: Option<ApplicationNo>,
    /// The files it was read from, the form first.
    pub files: Vec<Source>,
    /// The recommending city (推荐市), from the folder's name or a list.
    pub city: Option<String>,
    /// The years its tables give, as written.
    pub years: Vec<String>,
    /// What was read and proved, by field id of the form (`grant.2021.inv`).
    pub fields: BTreeMap<String, Entry>,
    /// What was found and not proved, by field id.
    pub uncertain: BTreeMap<String, Doubt>,
    /// Fields of the form that were not found or left empty, in its order.
    pub missing: Vec<String>,
    /// What the files carry beside their text.
    pub carriers: Vec<Carrier>,
}

/// A file an application came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its name as given.
    pub file: String,
    /// Its bytes.
    pub digest: Digest,
    /// What it is.
    pub role: Role,
}

/// What a file of an application is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The form itself.
    Form,
    /// The form a second time, entered by somebody else from the scan.
    SecondEntry,
    /// A scan or PDF, kept as evidence.
    Scan,
    /// The city's letter of recommendation (推荐函).
    Recommendation,
    /// Figures supplied or corrected later, in writing (补正材料).
    Supplement,
    /// Anything else.
    Other,
}

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The value: amounts in 万元, a column of a table as a list.
    pub value: Value,
    /// Where it stands.
    pub origin: Origin,
}

/// A value that could not be proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doubt {
    /// The most likely value, where there is one.
    pub value: Option<Value>,
    /// What stands there.
    pub text: String,
    /// Why it is not certain.
    pub why: Why,
    /// Where it stands.
    pub origin: Origin,
}

/// Where a value stands: file, table, row, cell, each from 1.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Which of the application's files, from 0.
    pub file: u32,
    /// The table's number; nothing for running text.
    pub table: Option<u32>,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// The row of the table, or the paragraph of running text.
    pub row: u32,
    /// The cell of the row; nothing for running text.
    pub cell: Option<u32>,
    /// The last row, where the value is a column.
    pub to_row: Option<u32>,
}

impl fmt::Display for Origin {
    /// `表2 行7 列3`, `预算!B4`-like for a workbook, `段12` for running text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.sheet, self.table) {
            (Some(sheet), _) => write!(f, "{sheet} 行{}", self.row)?,
            (None, Some(table)) => write!(f, "表{table} 行{}", self.row)?,
            (None, None) => write!(f, "段{}", self.row)?,
        }
        if let Some(last) = self.to_row.filter(|last| *last != self.row) {
            write!(f, "–{last}")?;
        }
        self.cell.map_or(Ok(()), |cell| write!(f, " 列{cell}"))
    }
}

/// Why a value is not certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// 约, 余, 近, 左右: not an exact figure.
    About,
    /// A dash, 无, 没有 or / in place of a figure.
    Mark,
    /// Text that is not a value of this kind.
    NotAValue,
    /// More than one value in the cell.
    Several,
    /// Both 是 and 否, or several of which one only may be ticked.
    BothTicked,
    /// No box is ticked.
    NoneTicked,
    /// The unit written is not one of this field's kind.
    Unit,
    /// So large or small beside its neighbours that it may be in yuan (元) for 万元.
    Magnitude,
    /// Found by its place only; the label is missing or another.
    Place,
    /// Two places of the form say different things.
    Differs,
    /// Only in running text, not in a box of the form.
    Narrative,
    /// Two rows claim the same year.
    DoubleRow,
    /// Two people entered it differently.
    Entered,
    /// A number too long or with too many decimals to be kept exactly.
    TooLong,
}

impl Why {
    /// Its word in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Mark => "mark",
            Self::NotAValue => "not_a_value",
            Self::Several => "several",
            Self::BothTicked => "both_ticked",
            Self::NoneTicked => "none_ticked",
            Self::Unit => "unit",
            Self::Magnitude => "magnitude",
            Self::Place => "place",
            Self::Differs => "differs",
            Self::Narrative => "narrative",
            Self::DoubleRow => "double_row",
            Self::Entered => "entered",
            Self::TooLong => "too_long",
        }
    }
}

impl Application {
    /// A proved value.
    #[must_use]
    pub fn value(&self, id: &str) -> Option<&Value> {
        self.fields.get(id).map(|entry| &entry.value)
    }

    /// A proved figure.
    #[must_use]
    pub fn figure(&self, id: &str) -> Option<Decimal> {
        match self.value(id)? {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A proved text.
    #[must_use]
    pub fn text(&self, id: &str) -> Option<&str> {
        match self.value(id)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether a field was found but not proved.
    #[must_use]
    pub fn is_uncertain(&self, id: &str) -> bool {
        self.uncertain.contains_key(id)
    }

    /// The name of its form's file.
    #[must_use]
    pub fn file(&self) -> &str {
        self.files.first().map_or("", |source| source.file.as_str())
    }
}
