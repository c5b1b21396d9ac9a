//! A column of a table by years (分年度的表): the years asked for, years that
//! were not asked for, and the total as written. Sums are made of these, in
//! conditions and in checks alike.

use rust_decimal::Decimal;

use crate::domain::form::{Form, TOTAL};
use crate::domain::packet::Value;

use super::{Application, Origin, Why};

/// One cell of such a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The field's id.
    pub id: String,
    /// The year, or `total`.
    pub year: String,
    /// What is known of it.
    pub seen: Option<Seen>,
}

/// A figure as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The figure.
    pub value: Decimal,
    /// Whether it is proved; else it is the reader's best guess.
    pub sure: bool,
    /// Where it stands.
    pub origin: Origin,
}

impl Cell {
    /// The figure, where it is proved; one below zero proves nothing.
    #[must_use]
    pub fn proved(&self) -> Option<Decimal> {
        self.seen.as_ref().filter(|seen| seen.sure && seen.value >= Decimal::ZERO).map(|seen| seen.value)
    }
}

/// The column a field belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its id with `*` in the year's place.
    pub pattern: String,
    /// The years the form asks for, oldest first.
    pub asked: Vec<Cell>,
    /// Years the form does not ask for.
    pub foreign: Vec<Cell>,
    /// The total as written.
    pub total: Cell,
}

/// A figure of a field: proved, or the reader's best guess where it stands in
/// the right place and only something about it is odd.
#[must_use]
pub fn seen(app: &Application, id: &str) -> Option<Seen> {
    if let Some(entry) = app.fields.get(id) {
        let Value::Number(value) = entry.value else { return None };
        return Some(Seen { value, sure: true, origin: entry.origin.clone() });
    }
    let doubt = app.uncertain.get(id)?;
    let near = matches!(doubt.why, Why::Place | Why::Unit | Why::Differs | Why::Magnitude | Why::Entered);
    match doubt.value {
        Some(Value::Number(value)) if near => Some(Seen { value, sure: false, origin: doubt.origin.clone() }),
        _ => None,
    }
}

impl Column {
    /// The column a year's field or a total belongs to; nothing for a field
    /// that stands alone.
    #[must_use]
    pub fn of(app: &Application, form: &Form, id: &str) -> Option<Self> {
        Some(Self::named(app, form, &form.row_pattern(id)?))
    }

    /// The column of a pattern such as `grant.*.inv`.
    #[must_use]
    pub fn named(app: &Application, form: &Form, pattern: &str) -> Self {
        let cell = |year: &str| {
            let id = pattern.replace('*', year);
            Cell { seen: seen(app, &id), year: year.to_owned(), id }
        };
        let (before, after) = pattern.split_once('*').unwrap_or((pattern, ""));
        let mut others: Vec<&str> = app
            .fields
            .keys()
            .chain(app.uncertain.keys())
            .filter_map(|id| id.strip_prefix(before)?.strip_suffix(after))
            .filter(|year| is_year(year) && !form.years.iter().any(|asked| asked == year))
            .collect();
        others.sort_unstable();
        others.dedup();
        Self {
            pattern: pattern.to_owned(),
            asked: form.years.iter().map(|year| cell(year)).collect(),
            foreign: others.into_iter().map(cell).collect(),
            total: cell(TOTAL),
        }
    }

    /// The years that have a row: those asked for, or those the table gives in
    /// their place.
    pub fn rows(&self) -> impl Iterator<Item = &Cell> {
        let given = |cell: &&Cell| self.foreign.is_empty() || cell.seen.is_some();
        self.asked.iter().filter(given).chain(&self.foreign)
    }
}

/// Whether it is four digits.
#[must_use]
pub fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

/// All columns a form sums up over the years, in its order.
#[must_use]
pub fn patterns(form: &Form) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for field in form.fields().iter().filter(|field| field.kind.is_figure()) {
        if let Some(pattern) = form.row_pattern(&field.id).filter(|pattern| !out.contains(pattern)) {
            out.push(pattern);
        }
    }
    out
}
