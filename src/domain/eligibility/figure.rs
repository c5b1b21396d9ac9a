//! A figure as a range (数值区间): exact where it is proved, open where it is
//! not. Counts and amounts are never below zero, so that what is missing can
//! only add.

use rust_decimal::Decimal;

use crate::domain::application::columns::{Cell, Column};
use crate::domain::application::{Application, Origin};
use crate::domain::form::{Form, TOTAL};

use super::truth::Truth;
use super::{Comparison, Operator};

/// What a figure can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// It is at least this.
    pub low: Decimal,
    /// It is at most this; nothing where there is no end.
    pub high: Option<Decimal>,
}

impl Range {
    /// Nothing is known but that it is no less than nothing.
    pub const OPEN: Self = Self { low: Decimal::ZERO, high: None };

    /// Exactly this.
    #[must_use]
    pub const fn exact(value: Decimal) -> Self {
        Self { low: value, high: Some(value) }
    }

    /// This or more.
    #[must_use]
    pub const fn from(low: Decimal) -> Self {
        Self { low, high: None }
    }

    /// Whether it is one number.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.high == Some(self.low)
    }

    /// Both together; what is too large to be added has no end.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let high = self.high.zip(other.high).and_then(|(a, b)| a.checked_add(b));
        Self { low: self.low.checked_add(other.low).unwrap_or(self.low), high }
    }

    /// Whatever either can be.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.zip(other.high).map(|(a, b)| a.max(b)) }
    }

    /// Whatever it can be where it is not known whether it is in yuan or 万元.
    #[must_use]
    pub fn in_either_unit(self) -> Self {
        let times = Decimal::from(10_000);
        let low = self.low.checked_div(times).unwrap_or(Decimal::ZERO);
        Self { low: low.min(self.low), high: self.high.and_then(|high| high.checked_mul(times)) }
    }

    /// Compared with a bound; from `near` up to it nothing is known.
    #[must_use]
    pub fn against(self, operator: Operator, bound: Decimal, near: Option<Decimal>) -> Truth {
        let low = near.map_or(bound, |near| near.min(bound));
        if operator.passes(self.low, bound) {
            Truth::Met
        } else if self.high.is_some_and(|high| if near.is_some() { high < low } else { !operator.passes(high, bound) })
        {
            Truth::NotMet
        } else {
            Truth::Unknown
        }
    }
}

/// How well a figure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// It was read and proved.
    Read,
    /// The total and the years say different things.
    Differs,
    /// Something stands there that was not proved.
    Uncertain,
    /// Nothing stands there.
    Missing,
}

impl Known {
    /// Its word in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Differs => "differs",
            Self::Uncertain => "uncertain",
            Self::Missing => "missing",
        }
    }
}

/// A figure of a condition: what it can be, how well that is known, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it can be.
    pub range: Range,
    /// How well it is known; of several fields, the worst.
    pub known: Known,
    /// Fields it rests on that were read, each with its place.
    pub sources: Vec<(String, Origin)>,
    /// Fields it lacks.
    pub lacks: Vec<String>,
}

/// Fields whose unit is in doubt: yuan may have been entered for 万元.
pub type Doubted = std::collections::BTreeSet<String>;

/// The figure a comparison speaks of: its fields added up.
#[must_use]
pub fn figure(app: &Application, form: &Form, comparison: &Comparison, doubted: &Doubted) -> Figure {
    let start =
        Figure { range: Range::exact(Decimal::ZERO), known: Known::Read, sources: Vec::new(), lacks: Vec::new() };
    comparison.fields.iter().fold(start, |mut sum, id| {
        let mut part = one(app, form, id);
        if is_doubted(app, form, id, doubted) {
            part.range = part.range.in_either_unit();
            part.known = part.known.max(Known::Uncertain);
            part.lacks.push(id.clone());
        }
        sum.range = sum.range.plus(part.range);
        sum.known = sum.known.max(part.known);
        sum.sources.extend(part.sources);
        sum.lacks.extend(part.lacks);
        sum
    })
}

/// Whether a field, or a year that its total rests on, is in doubt.
fn is_doubted(app: &Application, form: &Form, id: &str, doubted: &Doubted) -> bool {
    let column = Column::of(app, form, id).filter(|column| column.total.id == id);
    let years = column.iter().flat_map(Column::rows);
    doubted.contains(id) || years.into_iter().any(|cell| doubted.contains(&cell.id))
}

/// One field: a total is held against its years.
fn one(app: &Application, form: &Form, id: &str) -> Figure {
    let column = Column::of(app, form, id).filter(|column| column.total.id == id);
    let Some(column) = column else { return alone(app, id) };
    let own = alone(app, id);
    let proved: Vec<Decimal> = column.asked.iter().filter_map(Cell::proved).collect();
    let sum = proved.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value));
    let whole = proved.len() == column.asked.len();
    let years = sum.map_or(Range::OPEN, |sum| if whole { Range::exact(sum) } else { Range::from(sum) });
    let of_years = |range: Range, known: Known| Figure { range, known, ..of(&column, app) };
    // A total over other years than those asked for says nothing of these.
    if !column.foreign.is_empty() {
        let known = if whole { Known::Read } else { Known::Missing };
        return of_years(years, known);
    }
    match column.total.proved() {
        None if whole => of_years(years, Known::Read),
        None => of_years(years, own.known),
        Some(total) if whole && years.low == total => own,
        Some(total) if whole => of_years(Range::exact(total).or(years), Known::Differs),
        Some(total) if years.low <= total => own,
        Some(total) => of_years(Range::exact(total).or(years), Known::Differs),
    }
}

/// The sources of a column's years, and of its total where nothing else is there.
fn of(column: &Column, app: &Application) -> Figure {
    let mut figure = Figure { range: Range::OPEN, known: Known::Read, sources: Vec::new(), lacks: Vec::new() };
    for cell in column.asked.iter().chain(std::iter::once(&column.total)) {
        match app.fields.get(&cell.id) {
            Some(entry) => figure.sources.push((cell.id.clone(), entry.origin.clone())),
            None if cell.year == TOTAL => {}
            None => figure.lacks.push(cell.id.clone()),
        }
    }
    figure
}

/// A field by itself.
fn alone(app: &Application, id: &str) -> Figure {
    let place = |origin: &Origin| vec![(id.to_owned(), origin.clone())];
    let figure = app.figure(id).filter(|value| *value >= Decimal::ZERO);
    if let (Some(value), Some(entry)) = (figure, app.fields.get(id)) {
        return Figure {
            range: Range::exact(value),
            known: Known::Read,
            sources: place(&entry.origin),
            lacks: Vec::new(),
        };
    }
    let lacks = vec![id.to_owned()];
    let origin = app.uncertain.get(id).map(|doubt| &doubt.origin);
    match origin.or_else(|| app.fields.get(id).map(|entry| &entry.origin)) {
        Some(origin) => Figure { range: Range::OPEN, known: Known::Uncertain, sources: place(origin), lacks },
        None => Figure { range: Range::OPEN, known: Known::Missing, sources: Vec::new(), lacks },
    }
}
