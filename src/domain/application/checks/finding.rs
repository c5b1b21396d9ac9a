//! A finding (核对结果): which check, how serious, what stands there and where.

use rust_decimal::Decimal;

use crate::base::lang::Remark;
use crate::domain::application::columns::{self, Cell, Column, Seen};
use crate::domain::application::{Application, Origin};
use crate::domain::eligibility::judge::plain;
use crate::domain::eligibility::{Eligibility, Operator};
use crate::domain::form::Form;
use crate::domain::packet::Value;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It must be mended.
    Error,
    /// A condition of application rests on it.
    Eligibility,
    /// Somebody should look at it.
    Warn,
    /// The office has something to decide (口径); nothing for the applicant.
    Config,
}

impl Severity {
    /// Its word in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Eligibility => "eligibility",
            Self::Warn => "warn",
            Self::Config => "config",
        }
    }
}

/// A figure or name in a finding's sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// As it is.
    Text(String),
    /// A field of the form, by its label.
    Field(String),
    /// Why a value is not certain, as its word in files.
    Doubt(&'static str),
    /// What a figure is held against: 超过, 以上.
    Bound(Operator, Decimal),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Decimal> for Arg {
    fn from(figure: Decimal) -> Self {
        Self::Text(plain(figure))
    }
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The check: X1 to X16 of the form's schema, or a word of its own.
    pub id: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// The field it is about.
    pub field: String,
    /// What stands there; nothing where nothing does.
    pub value: String,
    /// What is said of it.
    pub remark: Remark,
    /// The figures of the sentence.
    pub args: Vec<Arg>,
    /// Where it stands.
    pub origin: Option<Origin>,
    /// The clause, where there is one.
    pub clause: String,
}

impl Finding {
    /// A finding about a field of an application, with what stands there.
    #[must_use]
    pub fn new(id: &'static str, severity: Severity, field: &str, remark: Remark, args: Vec<Arg>) -> Self {
        Self {
            id,
            severity,
            field: field.to_owned(),
            value: String::new(),
            remark,
            args,
            origin: None,
            clause: String::new(),
        }
    }

    /// The same, of what stands in the field.
    #[must_use]
    pub fn of(mut self, app: &Application) -> Self {
        if let Some(entry) = app.fields.get(&self.field) {
            self.value = shown(&entry.value);
            self.origin = Some(entry.origin.clone());
        } else if let Some(doubt) = app.uncertain.get(&self.field) {
            self.value = doubt.text.clone();
            self.origin = Some(doubt.origin.clone());
        }
        self
    }

    /// The same, about this value.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// The same, at this place.
    #[must_use]
    pub fn at(mut self, origin: Option<&Origin>) -> Self {
        self.origin = origin.cloned().or(self.origin);
        self
    }

    /// The same, resting on this clause.
    #[must_use]
    pub fn clause(mut self, clause: &str) -> Self {
        clause.clone_into(&mut self.clause);
        self
    }

    /// Whether the round's office must see to it before anything else.
    #[must_use]
    pub const fn says_no(&self) -> bool {
        matches!(self.severity, Severity::Error | Severity::Eligibility)
    }
}

/// A value on one line.
#[must_use]
pub fn shown(value: &Value) -> String {
    match value {
        Value::Number(number) => plain(*number),
        Value::Text(_) | Value::Bool(_) | Value::List(_) => value.to_string(),
    }
}

/// What every check is handed.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The application.
    pub app: &'a Application,
    /// Its form.
    pub form: &'a Form,
    /// The template's conditions, where it has any.
    pub rules: Option<&'a Eligibility>,
}

impl Case<'_> {
    /// The column of a pattern such as `lic.*.contract`.
    #[must_use]
    pub fn column(&self, pattern: &str) -> Column {
        Column::named(self.app, self.form, pattern)
    }

    /// A figure as it was seen.
    #[must_use]
    pub fn seen(&self, id: &str) -> Option<Seen> {
        columns::seen(self.app, id)
    }

    /// A text without the blanks around it; nothing for an empty one.
    #[must_use]
    pub fn text(&self, id: &str) -> Option<&str> {
        self.app.text(id).map(str::trim).filter(|text| !text.is_empty())
    }

    /// Where the deadline, the cap and the like are said.
    #[must_use]
    pub fn budget_clause(&self) -> &str {
        self.rules.map_or("", |rules| &rules.budget_clause)
    }
}

/// Pairs of cells of one year, both seen.
pub fn pairs<'a>(a: &'a Column, b: &'a Column) -> impl Iterator<Item = (&'a Cell, &'a Seen, &'a Seen)> {
    a.rows().filter_map(|cell| {
        let other = b.rows().find(|other| other.year == cell.year)?;
        Some((cell, cell.seen.as_ref()?, other.seen.as_ref()?))
    })
}

/// Error where all figures are proved, else a warning: a guess accuses nobody.
#[must_use]
pub const fn if_sure(sure: bool, severity: Severity) -> Severity {
    if sure { severity } else { Severity::Warn }
}
