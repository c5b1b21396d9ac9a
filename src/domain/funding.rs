//! Fund allocation (资金分配): the rule as data, what units ask for and bring,
//! and what each is allotted. Amounts are fen; a missing one is never nothing.

use std::num::NonZeroI64;

use crate::base::{Money, Points};

use super::tallied::Rank;

/// Places of a tier's share.
pub const SHARE_PLACES: u32 = 6;
/// Places of either side of a ratio.
pub const RATIO_PLACES: u32 = 4;
/// The form's field of what is asked for, where the rule names none.
pub const REQUESTED_FIELD: &str = "budget.applied";
/// The form's field of own funds, where the rule names none.
pub const OWN_FIELD: &str = "budget.matched";

/// By what rule money is allotted (资金分配规则).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funding {
    /// How much there is (总额); nothing: said when it is allotted, or no end.
    pub total: Option<Money>,
    /// How it is divided.
    pub method: Method,
    /// Most that one unit gets (每家不超过).
    pub unit_cap: Option<Money>,
    /// Least that is given; below it nothing is (资助起点).
    pub unit_floor: Option<Money>,
    /// What a unit must bring itself (自筹、配套).
    pub matching: Option<Matching>,
    /// Whether nobody gets more than is asked for, where that is known.
    pub up_to_requested: bool,
    /// Amounts are whole numbers of it, rounded down; nothing: to the fen.
    pub step: Option<Money>,
    /// What is done where the total is not enough.
    pub short: Short,
    /// What is done with the one whom only a part is left for.
    pub last: Last,
    /// What is done where an amount is missing.
    pub missing: Missing,
    /// The form's field of what is asked for, in its unit.
    pub requested_field: String,
    /// The form's field of own funds, in its unit.
    pub own_field: String,
    /// The clause it comes from.
    pub clause: String,
}

/// How money is divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    /// The same for each (每家定额).
    Fixed(Money),
    /// The total in equal shares (总额均分).
    Equal,
    /// As asked for (按申请额).
    Requested,
    /// In proportion to the score (按得分比例).
    ByScore,
    /// In proportion to what is asked for (按申请额比例).
    ByRequested,
    /// By place (按名次分档).
    Tiers(Vec<Tier>),
}

/// A tier (档): what places up to `to` are given, behind those of the tier before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// The last place of it.
    pub to: u32,
    /// What each unit of it is given.
    pub gives: Gives,
}

/// What each unit of a tier is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// An amount.
    Amount(Money),
    /// A share of the total, in units of `10^-6`.
    Share(i64),
}

/// What a unit must bring itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matching {
    /// Own funds, against
    pub own: NonZeroI64,
    /// what is granted; both in units of `10^-4`, above zero.
    pub grant: NonZeroI64,
    /// What becomes of a unit that brings too little.
    pub short: MatchShort,
}

/// What becomes of a unit whose own funds fall short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MatchShort {
    /// It is given as much as its own funds match.
    #[default]
    Lower,
    /// It is given nothing.
    Nothing,
    /// Nobody is, until that is settled.
    Refuse,
}

/// What is done where the total is not enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Short {
    /// All are lowered in proportion.
    Scale,
    /// In order of standing until it is used up.
    InOrder,
    /// Nothing is allotted.
    Refuse,
}

/// What is done with the one whom only a part is left for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Last {
    /// The part is given.
    Part,
    /// Nothing is: the amount is given whole or not at all.
    Nothing,
}

/// What is done where an amount is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missing {
    /// Nothing is allotted, and whose it is is said.
    #[default]
    Refuse,
    /// The unit is listed as 待补 and takes no part.
    List,
}

/// A unit on the list (入围单位).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Unit {
    /// Its code.
    pub code: String,
    /// Its place.
    pub rank: Option<Rank>,
    /// Its score.
    pub score: Option<Points>,
    /// What it asks for (申请额).
    pub requested: Option<Money>,
    /// What it brings itself (自筹、配套).
    pub own: Option<Money>,
    /// Where it stands, from 1.
    pub line: Option<u32>,
}

/// Units, with what was said of them at all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one a column; they do not exclude each other")]
pub struct Units {
    /// They, in any order.
    pub units: Vec<Unit>,
    /// Whether places are said.
    pub ranks: bool,
    /// Whether scores are said.
    pub scores: bool,
    /// Whether what is asked for is said.
    pub requests: bool,
    /// Whether own funds are said.
    pub owns: bool,
}

/// Why an amount is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// The rule's own amount.
    Amount,
    /// Most that one unit gets.
    UnitCap,
    /// What was asked for.
    Requested,
    /// What own funds match.
    Match,
    /// Its share of what there is.
    Share,
    /// What was left when its turn came.
    Rest,
    /// Below the least that is given.
    Floor,
    /// Less than one whole step.
    Step,
    /// Own funds fall short.
    MatchShort,
    /// Nothing was left.
    Ended,
    /// The money ended between it and its equals.
    Tied,
    /// Behind the last tier.
    NoTier,
    /// The place is missing.
    NoRank,
    /// The score is missing.
    NoScore,
    /// What is asked for is missing.
    NoRequest,
    /// Own funds are missing.
    NoOwn,
}

impl Bound {
    /// As a word of the data.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::UnitCap => "unit_cap",
            Self::Requested => "requested",
            Self::Match => "match",
            Self::Share => "share",
            Self::Rest => "rest",
            Self::Floor => "floor",
            Self::Step => "step",
            Self::MatchShort => "match_short",
            Self::Ended => "ended",
            Self::Tied => "tied",
            Self::NoTier => "no_tier",
            Self::NoRank => "missing:rank",
            Self::NoScore => "missing:score",
            Self::NoRequest => "missing:requested",
            Self::NoOwn => "missing:own",
        }
    }

    /// Whether something is missing (待补).
    #[must_use]
    pub const fn is_missing(self) -> bool {
        matches!(self, Self::NoRank | Self::NoScore | Self::NoRequest | Self::NoOwn)
    }
}

/// What a unit is allotted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allotted {
    /// The unit.
    pub unit: Unit,
    /// Most that it could get; nothing: no end.
    pub cap: Option<Money>,
    /// Why the amount is what it is, in order.
    pub bound: Vec<Bound>,
    /// What it gets.
    pub amount: Money,
}

/// What all are allotted. With a total, `allotted` and `undistributed` add up to
/// it, to the fen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allotment {
    /// Units in order of standing; equals by code.
    pub rows: Vec<Allotted>,
    /// What there is.
    pub total: Option<Money>,
    /// What was given.
    pub allotted: Money,
    /// What was not (未分配); nothing without a total.
    pub undistributed: Option<Money>,
    /// Whether nobody gets more than is asked for.
    pub up_to_requested: bool,
}

impl Allotment {
    /// Codes of those that one of these holds for.
    #[must_use]
    pub fn codes(&self, which: impl Fn(Bound) -> bool) -> Vec<&str> {
        let rows = self.rows.iter().filter(|row| row.bound.iter().any(|bound| which(*bound)));
        rows.map(|row| row.unit.code.as_str()).collect()
    }
}

impl Funding {
    /// Whether places decide anything.
    #[must_use]
    pub fn needs_order(&self, total: Option<Money>) -> bool {
        let claims = matches!(self.method, Method::Fixed(_) | Method::Requested);
        matches!(self.method, Method::Tiers(_)) || claims && self.short == Short::InOrder && total.is_some()
    }
}
