//! A template as written: every value a text with its line, so that what is
//! wrong can be pointed at. [`super::check`] makes a [`super::Rubric`] of it.

#![expect(missing_docs, reason = "fields are named as the template's keys are")]

/// A value and the line it stands on, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// The line.
    pub line: u32,
}

/// A scalar as written. Marks and weights must be quoted: a bare number passes
/// through a float in most tools, and `0.1` is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scalar {
    /// In quotes.
    Quoted(String),
    /// Bare: a number, date or boolean, as written.
    Bare(String),
}

/// A scalar somewhere.
pub type Cell = Option<At<Scalar>>;
/// A text somewhere.
pub type Words = Option<At<String>>;
/// A count somewhere.
pub type Count = Option<At<i64>>;

/// The whole template.
#[derive(Debug, Clone, Default)]
pub struct TemplateDraft {
    pub schema: Count,
    pub id: Words,
    pub version: Words,
    pub title_zh: Words,
    pub title_en: Words,
    pub basis: Vec<String>,
    pub total: Cell,
    pub step: Cell,
    pub form: Words,
    pub reading_rules: Vec<String>,
    pub note: Words,
    pub least_experts: Count,
    pub aggregation: AggregationDraft,
    pub quota_kind: Words,
    pub quota_number: Count,
    pub grades: Vec<At<String>>,
    pub grade_cuts: Vec<At<Scalar>>,
    pub pass_total: Cell,
    pub pass_share: Cell,
    pub tie_order: Vec<TieKeyDraft>,
    pub tie_last: Words,
    pub tie_priority: Words,
    pub remark_levels: Vec<At<String>>,
    pub remark_full_marks: bool,
    pub remark_from_max: Cell,
    pub remark_missing: Words,
    pub opinion_text: Words,
    pub opinion_vote: bool,
    pub after_review: Vec<String>,
    pub red_lines: Vec<RedLineDraft>,
    pub derived: Vec<DerivedDraft>,
    pub dimensions: Vec<DimensionDraft>,
    pub eligibility: Option<EligibilityDraft>,
    pub funding: Option<FundingDraft>,
    pub cross_group: Words,
    pub factors: Vec<(String, At<Scalar>)>,
    pub groups: Vec<GroupDraft>,
    pub carries: Vec<CarryDraft>,
    pub doubt: Option<DoubtDraft>,
    /// Lines of `[[dimension.item]]` tables, the drafts' old word.
    pub old_items: Vec<u32>,
}

/// `[aggregation]` as written.
#[derive(Debug, Clone, Default)]
pub struct AggregationDraft {
    pub line: u32,
    pub scope: Words,
    pub method: Words,
    pub trim_high: Count,
    pub trim_low: Count,
    pub trim_min_scores: Count,
    pub fallback: Words,
    pub min_sheets: Count,
    pub round_scale: Count,
    pub round_mode: Words,
    pub rank_on: Words,
    pub rank_style: Words,
    pub recusal: Words,
    pub cross_group: Words,
    pub direction: Words,
    pub criteria: Words,
    pub show_criterion: Words,
    pub negative_marks: bool,
    pub round_mark: Count,
    pub round_expert_total: Count,
    pub round_criterion: Count,
    pub round_factored: Count,
    pub round_group: Count,
    pub factor_sum: Cell,
    pub mark_values: Vec<(String, At<Scalar>)>,
    pub place_points: Vec<At<Scalar>>,
}

/// A key of `[tie_break]` as written: a name, or a table with one.
#[derive(Debug, Clone, Default)]
pub struct TieKeyDraft {
    pub line: u32,
    pub key: String,
    pub direction: Words,
    pub places: Count,
    pub panels: Vec<String>,
}

/// A line of `[groups]` as written.
#[derive(Debug, Clone, Default)]
pub struct GroupDraft {
    pub line: u32,
    pub id: String,
    pub criteria: Vec<String>,
    pub additions: bool,
}

/// `[[carry]]` as written.
#[derive(Debug, Clone, Default)]
pub struct CarryDraft {
    pub line: u32,
    pub from: Words,
    pub to: Words,
    pub factor: Cell,
}

/// `[doubt]` as written.
#[derive(Debug, Clone, Default)]
pub struct DoubtDraft {
    pub line: u32,
    pub objective: Vec<At<String>>,
    pub abnormal_share: Cell,
    pub far_share: Cell,
    pub corridor: Cell,
    pub corridor_share: Cell,
    pub full: Cell,
    pub prior: Option<PriorDraft>,
}

/// `[doubt.prior]` as written.
#[derive(Debug, Clone, Default)]
pub struct PriorDraft {
    pub line: u32,
    pub application: Cell,
    pub expert: Cell,
    pub rest: Cell,
    pub mean: Cell,
}

/// `[[red_line]]` as written.
#[derive(Debug, Clone, Default)]
pub struct RedLineDraft {
    pub line: u32,
    pub id: Words,
    pub zh: Words,
    pub en: Words,
    pub clause: Words,
}

/// `[[derived]]` as written.
#[derive(Debug, Clone, Default)]
pub struct DerivedDraft {
    pub line: u32,
    pub id: Words,
    pub zh: Words,
    pub en: Words,
    pub kind: Words,
    pub over: Vec<At<String>>,
    pub under: Vec<At<String>>,
}

/// `[[dimension]]` as written.
#[derive(Debug, Clone, Default)]
pub struct DimensionDraft {
    pub line: u32,
    pub id: Words,
    pub zh: Words,
    pub en: Words,
    pub max: Cell,
    pub clause: Words,
    pub criteria: Vec<CriterionDraft>,
}

/// `[[dimension.criterion]]` as written.
#[derive(Debug, Clone, Default)]
pub struct CriterionDraft {
    pub line: u32,
    pub id: Words,
    pub zh: Words,
    pub en: Words,
    pub max: Cell,
    pub clause: Words,
    pub guide: Words,
    pub evidence: Vec<At<String>>,
    pub find: Vec<String>,
    pub derived: Vec<At<String>>,
    pub levels: Vec<LevelDraft>,
}

/// `[[dimension.criterion.level]]` as written.
#[derive(Debug, Clone, Default)]
pub struct LevelDraft {
    pub line: u32,
    pub key: Words,
    pub zh: Words,
    pub en: Words,
    pub min: Cell,
    pub max: Cell,
    pub anchor: Words,
}

/// `[eligibility]` as written.
#[derive(Debug, Clone, Default)]
pub struct EligibilityDraft {
    pub line: u32,
    pub deadline: Words,
    pub deadline_clause: Words,
    pub province: Words,
    pub amount_basis: Words,
    pub amount_basis_undecided: bool,
    pub request_cap: Cell,
    pub budget_clause: Words,
    pub forbidden: Vec<String>,
    pub doubtful: Vec<String>,
    pub rules: Vec<RuleDraft>,
}

/// `[[eligibility.rule]]` as written.
#[derive(Debug, Clone, Default)]
pub struct RuleDraft {
    pub line: u32,
    pub id: Words,
    pub zh: Words,
    pub en: Words,
    pub clause: Words,
    pub condition: ConditionDraft,
}

/// A condition as written: one of its kinds, and what goes with it.
#[derive(Debug, Clone, Default)]
pub struct ConditionDraft {
    pub line: u32,
    pub id: Words,
    pub all: Option<Vec<ConditionDraft>>,
    pub any: Option<Vec<ConditionDraft>>,
    pub sum: Option<Vec<At<String>>>,
    pub over: Cell,
    pub at_least: Cell,
    pub near: Cell,
    pub field: Words,
    pub one_of: Option<Vec<At<String>>>,
    pub open: Vec<String>,
    pub region: Words,
    pub legal_person: Words,
    pub not_late: Option<Vec<At<String>>>,
}

/// `[funding]` as written.
#[derive(Debug, Clone, Default)]
pub struct FundingDraft {
    pub line: u32,
    pub total: Cell,
    pub method: Words,
    pub amount: Cell,
    pub unit_cap: Cell,
    pub unit_floor: Cell,
    pub match_ratio: Words,
    pub match_short: Words,
    pub step: Cell,
    pub short: Words,
    pub last: Words,
    pub missing: Words,
    pub up_to_requested: bool,
    pub requested_field: Words,
    pub own_field: Words,
    pub clause: Words,
    pub tiers: Vec<TierDraft>,
}

/// `[[funding.tier]]` as written.
#[derive(Debug, Clone, Default)]
pub struct TierDraft {
    pub line: u32,
    pub to: Count,
    pub amount: Cell,
    pub share: Cell,
}
