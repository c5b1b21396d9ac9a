//! What a tally gives, place by place (计分结果): names and figures borrowed from
//! where they stand, so that a list of any length is written without a second
//! copy of it.

use std::fmt;

use crate::base::Points;

/// A place: whole, or half where equals share the mean of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank {
    /// The whole part.
    pub whole: u32,
    /// Whether it is a half more.
    pub half: bool,
}

impl Rank {
    /// A place as it is written: `3`, `2.5`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, half) = text.strip_suffix(".5").map_or((text, false), |whole| (whole, true));
        Some(Self { whole: whole.parse().ok()?, half })
    }
}

impl fmt::Display for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.whole, if self.half { ".5" } else { "" })
    }
}

/// What a reader of a place should know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Notice<'a> {
    /// Fewer marks than dropping needs: the plain statistic.
    PlainStatistic,
    /// Fewer marks than a result needs.
    TooFewSheets,
    /// Fewer marks than others of the panel.
    FewerSheets,
    /// No mark at all for this criterion.
    MissingCriterion(&'a str),
    /// This expert left something blank, so the whole total does not count.
    PartialSheet(&'a str),
    /// Nothing to take over from the earlier stage.
    MissingCarry(&'a str),
    /// Below the pass line.
    BelowPassLine,
    /// Below the least share of this dimension.
    BelowDimension(&'a str),
    /// Tied at the cut line: the meeting decides.
    TiedAtLine,
}

/// One application's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<'a> {
    /// The application.
    pub code: &'a str,
    /// Its place; nothing without a result.
    pub rank: Option<Rank>,
    /// The score; nothing without a result.
    pub score: Option<Points>,
    /// Its grade, where the rule has grades.
    pub grade: Option<&'a str>,
    /// Experts whose marks count for it.
    pub valid_sheets: u32,
    /// By expert total: whose was dropped.
    pub dropped_totals: Vec<&'a str>,
    /// By criterion: criterion and expert of each mark dropped.
    pub dropped_marks: Vec<(&'a str, &'a str)>,
    /// By criterion: what it comes to.
    pub criteria: Vec<(&'a str, Points)>,
    /// Dimensions and other sums.
    pub groups: Vec<(&'a str, Points)>,
    /// What equals are told apart by.
    pub tie_values: Vec<(&'a str, Points)>,
    /// By expert total: each of them.
    pub expert_totals: Vec<(&'a str, Points)>,
    /// Still equal with another after the whole chain.
    pub tied: bool,
    /// The key that told it apart from an equal score.
    pub tie_break: Option<&'a str>,
    /// What a reader should know.
    pub notices: Vec<Notice<'a>>,
    /// In the list of all panels together: its panel, and its score there.
    pub raw: Option<(&'a str, Option<Points>)>,
}

/// The cut line of a panel.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line<'a> {
    /// How many places there are.
    pub quota: Option<u32>,
    /// Clearly above the line.
    pub above: Vec<&'a str>,
    /// Equal at the line, more than there are seats left.
    pub tied_at_line: Vec<&'a str>,
    /// Seats for those tied, or empty ones.
    pub seats_left: u32,
}
