//! The standing (推荐排序): what the sheets come to. Material for the meeting
//! (会议研究材料), never a decision.

use std::collections::BTreeMap;

use crate::base::lang::{Lang, fill};
use crate::base::{CriterionId, Digest, ExpertCode, PacketCode, Points};

use super::across::Standardised;
use super::rubric::{Aggregation, QuotaKind};
use super::tallied::Rank;

/// The ranked list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Places, best first; those without a result last, by code.
    pub places: Vec<Standee>,
    /// The cut line.
    pub cut: Cut,
    /// Digest over the sorted digests of the sheets that count.
    pub sheets: Digest,
    /// The rule as applied.
    pub rule: Rule,
    /// What became of making groups comparable, where the rule asks for it.
    pub across: Option<Standardised>,
}

/// The rule as applied, printed on every export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// How marks become a score.
    pub aggregation: Aggregation,
    /// Tie keys, in order.
    pub tie_keys: Vec<CriterionId>,
    /// What is left goes here.
    pub tie_last: String,
    /// Least score.
    pub pass_total: Option<Points>,
    /// Least share of each dimension.
    pub pass_share: Option<Points>,
}

/// One application's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standee {
    /// The packet's code.
    pub code: PacketCode,
    /// The place; nothing without a result.
    pub rank: Option<u32>,
    /// Half a place more: equals that share the mean of theirs.
    pub half: bool,
    /// The score, rounded; nothing without a result.
    pub score: Option<Points>,
    /// The score before groups were made comparable (原始分); only where they were.
    pub raw: Option<Points>,
    /// How many sheets count for it.
    pub valid_sheets: u32,
    /// What was dropped.
    pub dropped: Dropped,
    /// Every dimension's own statistic over all valid sheets, rounded.
    pub dimensions: BTreeMap<CriterionId, Points>,
    /// Every tie key's statistic, rounded.
    pub tie_values: BTreeMap<CriterionId, Points>,
    /// Each expert's total.
    pub expert_totals: BTreeMap<ExpertCode, Points>,
    /// Still equal with another after the whole chain.
    pub tied: bool,
    /// The key that told it apart from an equal score.
    pub tie_break: Option<CriterionId>,
    /// How many of the experts recommend it, and how many said either.
    pub votes: Votes,
    /// What a reader should know.
    pub flags: Vec<Flag>,
}

/// Votes for a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Votes {
    /// 推荐.
    pub recommend: u32,
    /// 推荐 or 不推荐.
    pub said: u32,
}

/// Whose marks were dropped before the mean was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dropped {
    /// Whole totals.
    Totals(Vec<ExpertCode>),
    /// Criterion by criterion.
    Marks(BTreeMap<CriterionId, Vec<ExpertCode>>),
}

impl Dropped {
    /// Whether this expert's total was dropped.
    #[must_use]
    pub fn has_total(&self, expert: &ExpertCode) -> bool {
        matches!(self, Self::Totals(experts) if experts.contains(expert))
    }
}

/// What a reader of a place should know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// Fewer sheets than dropping needs: the plain statistic.
    PlainStatistic,
    /// Fewer sheets than a result needs.
    TooFewSheets,
    /// Fewer valid sheets than others of the round.
    FewerSheets,
    /// This expert is recused from it.
    Recused(ExpertCode),
    /// Below the pass line.
    BelowPassLine,
    /// Below the least share of this dimension.
    BelowDimension(CriterionId),
    /// Tied at the cut line: the meeting decides.
    TiedAtLine,
    /// This expert's marks came in a spreadsheet, not a sealed sheet.
    Spreadsheet(ExpertCode),
    /// An expert proposed to exclude it on this ground.
    RedLine(String),
    /// This expert thinks to have recognised the applicant.
    Recognised(ExpertCode),
}

impl Standee {
    /// The place as it is written.
    #[must_use]
    pub fn rank_text(&self) -> Option<String> {
        self.rank.map(|rank| Rank { whole: rank, half: self.half }.to_string())
    }
}

impl Standing {
    /// After how many places the cut line is drawn: right behind the last one
    /// that is above it or tied at it. Nothing where there is no line.
    #[must_use]
    pub fn line_after(&self) -> Option<usize> {
        let cut = &self.cut;
        if cut.kind == QuotaKind::None || self.places.iter().all(|place| place.rank.is_none()) {
            return None;
        }
        let inside = |place: &Standee| cut.above.contains(&place.code) || cut.tied_at_line.contains(&place.code);
        Some(self.places.iter().rposition(inside).map_or(0, |at| at + 1))
    }
}

impl Flag {
    /// The flag in a few words.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let t = &lang.texts().standing;
        match self {
            Self::PlainStatistic => t.flag_plain.to_owned(),
            Self::TooFewSheets => t.flag_too_few.to_owned(),
            Self::FewerSheets => t.flag_fewer.to_owned(),
            Self::Recused(expert) => fill(t.flag_recused, &[expert]),
            Self::BelowPassLine => t.flag_below_pass.to_owned(),
            Self::BelowDimension(id) => fill(t.flag_below_dimension, &[id]),
            Self::TiedAtLine => t.flag_tied.to_owned(),
            Self::Spreadsheet(expert) => fill(t.flag_spreadsheet, &[expert]),
            Self::RedLine(id) => fill(t.flag_red_line, &[id]),
            Self::Recognised(expert) => fill(t.flag_recognised, &[expert]),
        }
    }
}

/// What is drawn through the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// How many places there are.
    pub quota: Option<u32>,
    /// What the number means.
    pub kind: QuotaKind,
    /// Clearly above the line.
    pub above: Vec<PacketCode>,
    /// Equal at the line, more than there are seats left.
    pub tied_at_line: Vec<PacketCode>,
    /// Seats for those tied, or empty ones.
    pub seats_left: u32,
}
