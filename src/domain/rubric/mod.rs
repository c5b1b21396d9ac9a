//! The rubric (评分标准): dimensions, criteria, levels, and the rules that come
//! with them, as frozen by a round. [`check`] is the only way to make one.

pub mod amended;
pub mod beyond;
pub mod check;
pub mod check_counting;
pub mod check_doubt;
pub mod doubt;
pub mod draft;

use crate::base::{CriterionId, Points};

use super::eligibility::Eligibility;
use super::funding::Funding;
use beyond::Beyond;
use doubt::DoubtRule;

/// A scoring template (评分模板), checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rubric {
    /// Its id, such as `ln-pilot-selection`.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Title, in Chinese.
    pub title_zh: String,
    /// Title, in English.
    pub title_en: String,
    /// The documents it rests on.
    pub basis: Vec<String>,
    /// Points of all criteria together (满分).
    pub total: Points,
    /// Smallest step of a mark (打分步长).
    pub step: Points,
    /// The form whose field ids the evidence speaks of.
    pub form: String,
    /// How to read, for every expert (阅卷规则).
    pub reading_rules: Vec<String>,
    /// What the office is told.
    pub note: String,
    /// Fewest experts.
    pub least_experts: u32,
    /// How marks become a score.
    pub aggregation: Aggregation,
    /// How many are wanted.
    pub quota: QuotaRule,
    /// The pass line (及格线).
    pub pass_line: PassLine,
    /// How equal scores are told apart.
    pub tie_break: TieBreak,
    /// Where a remark is asked for.
    pub remarks: RemarkRule,
    /// What is asked for a packet as a whole.
    pub opinion: OpinionRule,
    /// Grounds on which an expert may propose exclusion (否决事项).
    pub red_lines: Vec<RedLine>,
    /// Who may apply (申报条件), where the template says.
    pub eligibility: Option<Eligibility>,
    /// By what rule money is allotted, where the template says.
    pub funding: Option<Funding>,
    /// Figures worked out from others.
    pub derived: Vec<Derived>,
    /// First-level indicators, in order.
    pub dimensions: Vec<Dimension>,
    /// The steps after review (评审之后的程序).
    pub after_review: Vec<String>,
    /// What is looked at beside the result.
    pub doubt: DoubtRule,
}

/// A dimension (一级指标).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// Its id, such as `B`.
    pub id: CriterionId,
    /// Name, in Chinese.
    pub zh: String,
    /// Name, in English.
    pub en: String,
    /// Points of its criteria together.
    pub max: Points,
    /// The clause it comes from.
    pub clause: String,
    /// Its criteria, in order.
    pub criteria: Vec<Criterion>,
}

/// A criterion (二级指标): what one mark is given for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Its id, such as `B5`.
    pub id: CriterionId,
    /// Name, in Chinese.
    pub zh: String,
    /// Name, in English.
    pub en: String,
    /// Highest mark.
    pub max: Points,
    /// The clause it comes from.
    pub clause: String,
    /// How to judge it.
    pub guide: String,
    /// The fields it is judged by.
    pub evidence: Vec<String>,
    /// Words that lead to the paragraphs it is judged by.
    pub find: Vec<String>,
    /// Ids of derived figures shown with it.
    pub derived: Vec<String>,
    /// Levels, best first; together they cover 0 to `max` on the grid.
    pub levels: Vec<Level>,
    /// How its wording was corrected after bundles were out (文字更正): number of
    /// the amendment, and how it is to be read.
    pub errata: Vec<(u32, String)>,
}

/// A level (档) of a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its key, such as `liang`.
    pub key: String,
    /// Name, in Chinese: 优, 良, 中, 差.
    pub zh: String,
    /// Name, in English.
    pub en: String,
    /// Lowest mark in it.
    pub min: Points,
    /// Highest mark in it.
    pub max: Points,
    /// What it takes (档次描述).
    pub anchor: String,
}

/// A ground for exclusion an expert may propose (否决事项).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedLine {
    /// Its id.
    pub id: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The clause.
    pub clause: String,
}

/// A figure worked out from others (算得).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// Its id.
    pub id: String,
    /// Label, in Chinese.
    pub zh: String,
    /// Label, in English.
    pub en: String,
    /// How it is worked out.
    pub kind: DerivedKind,
    /// Field patterns added up; `*` stands for the year or total.
    pub over: Vec<String>,
    /// Field patterns added up below the line.
    pub under: Vec<String>,
}

/// How a derived figure is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DerivedKind {
    /// sum(over) / sum(under), year by year and in total.
    Ratio,
    /// Mean of the later years over the first year.
    LaterOverFirst,
}

/// How marks become a score; the defaults of the design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregation {
    /// Whether statistics are over experts' totals or criterion by criterion.
    pub scope: Scope,
    /// What is taken of the values kept.
    pub statistic: Statistic,
    /// How many of the highest are dropped.
    pub drop_high: u32,
    /// How many of the lowest are dropped.
    pub drop_low: u32,
    /// From how many valid values on something is dropped.
    pub drop_from: u32,
    /// What is done with fewer than that.
    pub below: Below,
    /// Fewest valid sheets for a result.
    pub min_sheets: u32,
    /// Places of the score.
    pub places: u32,
    /// How it is rounded.
    pub rounding: Rounding,
    /// How places are numbered.
    pub rank_style: RankStyle,
    /// What it says beyond that.
    pub beyond: Box<Beyond>,
}

/// Over what the statistic is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// 每位专家总分: the usual Chinese practice.
    ExpertTotal,
    /// Criterion by criterion, then added.
    Criterion,
}

/// What is taken of the values kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// Arithmetic mean.
    Mean,
    /// Middle value; of an even number the mean of the middle two.
    Median,
    /// Sum.
    Sum,
}

/// What is done with too few values for dropping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Below {
    /// The plain statistic, with a flag.
    Plain,
    /// The median, with a flag.
    Median,
    /// No result.
    NoResult,
}

/// How a half is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// 四舍五入: a half goes away from zero.
    HalfUp,
    /// 四舍六入五成双 (GB/T 8170): a half goes to the even neighbour.
    HalfEven,
    /// 去尾: what is behind the last place is cut off, towards zero.
    Down,
}

impl Rounding {
    /// The word of the data.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::HalfUp => "half_up",
            Self::HalfEven => "half_even",
            Self::Down => "down",
        }
    }
}

/// How places are numbered among equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RankStyle {
    /// 1 2 2 4.
    Competition,
    /// 1 2 2 3.
    Dense,
    /// 1 3 3 4.
    Modified,
    /// 1 2.5 2.5 4.
    Fractional,
}

/// How many are wanted (名额), as the template says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotaRule {
    /// Of what kind.
    pub kind: QuotaKind,
    /// How many, where the template fixes it.
    pub number: Option<u32>,
}

/// What a quota means at the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotaKind {
    /// 不超过 N.
    Hard,
    /// N 左右.
    Soft,
    /// Exactly N.
    Exact,
    /// Left to the round (`new --quota`); then hard.
    Open,
    /// No line at all, as for grading.
    None,
}

/// The pass line (及格线).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PassLine {
    /// Least score.
    pub total: Option<Points>,
    /// Least share of each dimension's maximum, in 1/10,000.
    pub dimension_share: Option<Points>,
}

/// How equal scores are told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieBreak {
    /// Dimensions or criteria, in order.
    pub keys: Vec<CriterionId>,
    /// What is left goes to the meeting.
    pub last: String,
    /// Whether something about it is still to be decided.
    pub undecided: bool,
}

/// Where a remark (意见) is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RemarkRule {
    /// In these levels.
    pub levels: Vec<String>,
    /// At full marks.
    pub full_marks: bool,
    /// Only for criteria worth at least this much.
    pub from_max: Points,
    /// Whether handing in is refused without it, or notes it.
    pub refuse: bool,
}

/// What is asked for a packet as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpinionRule {
    /// An overall opinion (总评).
    pub text: Asked,
    /// 推荐 / 不推荐.
    pub vote: bool,
}

/// Whether something is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Not at all.
    No,
    /// May be given.
    Optional,
    /// Must be given.
    Required,
}

/// Why a mark can't be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSuchMark {
    /// Above the criterion's maximum.
    AboveMax,
    /// Not a whole number of steps.
    OffGrid,
}

impl Rubric {
    /// All criteria, in order.
    pub fn criteria(&self) -> impl Iterator<Item = &Criterion> {
        self.dimensions.iter().flat_map(|dimension| &dimension.criteria)
    }

    /// How many criteria there are.
    #[must_use]
    pub fn criteria_count(&self) -> usize {
        self.dimensions.iter().map(|dimension| dimension.criteria.len()).sum()
    }

    /// The criterion at this place, from 0.
    #[must_use]
    pub fn criterion_at(&self, index: usize) -> Option<&Criterion> {
        self.criteria().nth(index)
    }

    /// The criterion of this id.
    #[must_use]
    pub fn criterion(&self, id: &CriterionId) -> Option<&Criterion> {
        self.criteria().find(|criterion| criterion.id == *id)
    }

    /// The dimension a criterion belongs to.
    #[must_use]
    pub fn dimension_of(&self, id: &CriterionId) -> Option<&Dimension> {
        self.dimensions.iter().find(|d| d.criteria.iter().any(|c| c.id == *id))
    }

    /// Whether a mark can be given for a criterion.
    ///
    /// # Errors
    /// Above the maximum, or off the grid.
    pub fn allows(&self, criterion: &Criterion, mark: Points) -> Result<(), NoSuchMark> {
        if mark > criterion.max {
            Err(NoSuchMark::AboveMax)
        } else if mark.on_grid(self.step) {
            Ok(())
        } else {
            Err(NoSuchMark::OffGrid)
        }
    }

    /// Whether a remark is asked for with this mark.
    #[must_use]
    pub fn asks_remark(&self, criterion: &Criterion, mark: Points) -> bool {
        criterion.max >= self.remarks.from_max
            && (self.remarks.full_marks && mark == criterion.max
                || criterion.level_of(mark).is_some_and(|level| self.remarks.levels.contains(&level.key)))
    }
}

impl Criterion {
    /// The level a mark falls in.
    #[must_use]
    pub fn level_of(&self, mark: Points) -> Option<&Level> {
        self.levels.iter().find(|level| level.min <= mark && mark <= level.max)
    }
}
