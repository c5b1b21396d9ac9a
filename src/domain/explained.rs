//! A score worked out step by step (得分的计算过程), as a person would check it
//! with a calculator: every step has what goes in and what comes out, exact.
//!
//! Figures are in points. They are serialised as exact text, a decimal where
//! there is one and a fraction where there is none.

mod amount;
pub mod compared;

use serde::Serialize;

use crate::base::Points;
use crate::domain::doubt::left_out::Side;
use crate::domain::rubric::{QuotaKind, Rounding};
use crate::domain::tallied::Rank;

pub use amount::Amount;

/// Everything about one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The panel; empty where the marks name none.
    pub panel: String,
    /// The application.
    pub code: String,
    /// Its place; nothing without a result.
    pub rank: Option<Rank>,
    /// Whether the place is shared.
    pub tied: bool,
    /// The score as it is written.
    pub score: Option<String>,
    /// Places of a score.
    pub places: u32,
    /// Whether statistics are taken criterion by criterion.
    pub by_criterion: bool,
    /// Who gave what.
    pub marks: MarkTable,
    /// The calculation, part by part.
    pub parts: Vec<Part>,
    /// Why there is no result, or what to know of the one there is.
    pub reasons: Vec<Reason>,
    /// The pass line, figure by figure.
    pub passes: Vec<Pass>,
    /// Dimensions and other sums that are shown: of all sheets, each by itself.
    pub groups: Vec<Part>,
    /// Where it stands, and by what.
    pub place: Option<Place>,
    /// Made comparable with other groups, where the rule asks for it.
    pub compared: Option<compared::Compared>,
}

/// Marks by criterion and expert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkTable {
    /// Experts, in order of their codes.
    pub experts: Vec<String>,
    /// Criteria, in order.
    pub rows: Vec<MarkRow>,
    /// By expert, what goes into the statistic; nothing where the sheet does not
    /// count, and none at all where criteria are counted.
    pub totals: Vec<Option<Amount>>,
}

/// One criterion's marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkRow {
    /// The criterion.
    pub criterion: String,
    /// What it is multiplied by, where that is not 1.
    pub factor: Option<Amount>,
    /// What is added to it.
    pub base: Option<Amount>,
    /// By expert, the mark as given; nothing where there is none.
    pub marks: Vec<Option<Points>>,
    /// By expert, what the mark is worth, where the rule makes something else of
    /// marks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub worth: Vec<Option<Amount>>,
    /// By expert, whether the mark was dropped.
    pub dropped: Vec<bool>,
}

/// What a part of the calculation is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "name")]
pub enum Of {
    /// One expert's total.
    Total(String),
    /// One criterion.
    Criterion(String),
    /// A dimension, or another sum of criteria.
    Group(String),
    /// The statistic of all totals.
    Totals,
    /// What an earlier stage gives.
    Carried(String),
    /// What it all comes to.
    Score,
}

/// A part of the calculation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What it is of.
    pub of: Of,
    /// Step by step.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "step")]
pub enum Step {
    /// Values by size, and which of them are dropped.
    Order {
        /// Highest first.
        values: Vec<Listed>,
        /// Where one of equals was dropped and another kept.
        choices: Vec<Choice>,
    },
    /// Something is worked out.
    Sum(Sum),
}

/// A value among others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Whose it is.
    pub expert: String,
    /// The value.
    pub value: Amount,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It counts.
    Kept,
    /// It is dropped as one of the highest.
    Highest,
    /// It is dropped as one of the lowest.
    Lowest,
}

/// Of equals at an end, who was dropped; which one makes no difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The value they share.
    pub value: Amount,
    /// Dropped: the first by code.
    pub dropped: Vec<String>,
    /// Kept.
    pub kept: Vec<String>,
}

/// Something that is worked out: `formula = result`, and rounded if the rule
/// says so here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// What is done.
    pub what: What,
    /// With what.
    pub formula: Formula,
    /// What it comes to, exact.
    pub result: Amount,
    /// What that is rounded to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rounded: Option<Rounded>,
}

/// What is done in a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "what", content = "of")]
pub enum What {
    /// A mark times its factor.
    Mark(String),
    /// Marks, times their factors, added up to an expert's total.
    Total,
    /// What is kept, added up.
    Added,
    /// Divided by how many there are.
    Mean,
    /// The middle one, or the mean of the middle two.
    Median,
    /// Times the factor.
    Factor,
    /// The base value added.
    Base,
    /// Criteria added up.
    Criteria,
    /// Base values of criteria added.
    Bases,
    /// Additions, deductions and scores carried over added.
    Brought,
    /// Additions that belong to a sum of criteria.
    Additions,
    /// An earlier stage's score times its factor.
    Carried,
    /// Rounded to the score.
    Score,
    /// Rounded to be shown.
    Shown,
}

/// How a figure is worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Formula {
    /// Added up; a term may be a product.
    Sum(Vec<Term>),
    /// Divided by a number.
    Quotient(Amount, u32),
    /// Multiplied.
    Product(Vec<Amount>),
    /// The mean of two.
    Middle(Amount, Amount),
    /// Taken as it is.
    Same(Amount),
}

/// A term of a sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Term {
    /// The value.
    pub value: Amount,
    /// What it is multiplied by, where that is not 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub factor: Option<Amount>,
}

/// A figure rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rounded {
    /// What it comes to.
    pub to: Points,
    /// To so many places.
    pub places: u32,
    /// What is done with a half.
    #[serde(serialize_with = "how")]
    pub how: Rounding,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn how<S: serde::Serializer>(how: &Rounding, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(how.word())
}

/// Why there is no result, or what to know of the one there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Reason {
    /// Fewer marks than a result needs.
    TooFew {
        /// The criterion; nothing: whole sheets.
        criterion: Option<String>,
        /// How many there are.
        have: u32,
        /// How many it takes.
        least: u32,
    },
    /// Fewer than dropping needs, and the rule gives no result then.
    TooFewToDrop {
        /// The criterion; nothing: whole sheets.
        criterion: Option<String>,
        /// How many there are.
        have: u32,
        /// From how many on something is dropped.
        from: u32,
    },
    /// Fewer than dropping needs: all of them count.
    NothingDropped {
        /// The criterion; nothing: whole sheets.
        criterion: Option<String>,
        /// How many there are.
        have: u32,
        /// From how many on something is dropped.
        from: u32,
    },
    /// Fewer than another application has.
    Fewer {
        /// The criterion; nothing: whole sheets.
        criterion: Option<String>,
        /// How many there are.
        have: u32,
        /// How many another one has.
        most: u32,
        /// Whether there is no result for it: sums of unequal numbers are not
        /// compared.
        decides: bool,
    },
    /// Not one mark for a criterion that others have marks for.
    Missing {
        /// The criterion.
        criterion: String,
    },
    /// An expert left something blank, so the sheet does not count.
    Partial {
        /// The expert.
        expert: String,
        /// What was left blank.
        criteria: Vec<String>,
    },
    /// An earlier stage gives nothing.
    NoCarry {
        /// The panel of that stage.
        panel: String,
    },
    /// There is not one mark.
    NoMarks,
}

/// A figure held to the pass line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pass {
    /// The dimension; nothing: the score.
    pub of: Option<String>,
    /// The figure.
    pub value: Points,
    /// What it must reach: the line, or of a dimension its maximum times the
    /// share (times how many values were added up).
    pub least: Formula,
    /// What that comes to.
    pub result: Amount,
    /// Whether it does; where little is good, whether it is not above.
    pub passes: bool,
}

/// Where an application stands, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// How many have a result.
    pub of: usize,
    /// What the place is worth, where the rule gives points for places.
    pub points: Option<Points>,
    /// All that share the place.
    pub equals: Vec<String>,
    /// The next better one.
    pub above: Option<Neighbour>,
    /// The next worse one.
    pub below: Option<Neighbour>,
    /// The cut line, where one is drawn.
    pub cut: Option<Cut>,
}

/// Who stands next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Neighbour {
    /// The application.
    pub code: String,
    /// Its place, as it is written.
    pub rank: String,
    /// What tells the two apart.
    pub by: Apart,
}

/// What tells two applications apart: the value here, and there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Apart {
    /// The score.
    Score {
        /// Here.
        mine: Option<Amount>,
        /// There.
        theirs: Option<Amount>,
    },
    /// The same score as printed, but not to the last digit.
    Exact {
        /// Here.
        mine: Option<Amount>,
        /// There.
        theirs: Option<Amount>,
    },
    /// Equal scores, and this key.
    Key {
        /// The key.
        of: String,
        /// Keys before it that are equal too.
        equal: Vec<String>,
        /// Here.
        mine: Option<Amount>,
        /// There.
        theirs: Option<Amount>,
    },
    /// Equal comparable scores as printed, but not the squares of (x − μ)/σ with
    /// the sign of what was squared.
    Square {
        /// Here.
        mine: Option<Amount>,
        /// There.
        theirs: Option<Amount>,
    },
    /// Equal comparable scores of one group, and the places before scores were
    /// made comparable.
    Before {
        /// The group.
        group: String,
        /// Here: place, and score.
        mine: (String, Option<Amount>),
        /// There.
        theirs: (String, Option<Amount>),
    },
    /// Equal scores, and the marks one by one from the best on.
    CountBack {
        /// From 1, the first that differs.
        place: usize,
        /// Here; nothing: one mark fewer.
        mine: Option<Amount>,
        /// There.
        theirs: Option<Amount>,
    },
}

/// The cut line as seen from one application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cut {
    /// How many are wanted.
    pub quota: u32,
    /// What the number means.
    #[serde(skip)]
    pub kind: QuotaKind,
    /// The side it is on.
    #[serde(serialize_with = "side")]
    pub side: Side,
    /// How many of those past the pass line are clearly better.
    pub before: u32,
    /// Whether it is past the pass line.
    pub passes: bool,
    /// All tied at the line.
    pub tied: Vec<String>,
    /// Seats for those, or empty ones.
    pub seats_left: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn side<S: serde::Serializer>(side: &Side, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(match side {
        Side::Above => "above",
        Side::Tied => "tied",
        Side::Below => "below",
    })
}
