//! Conditions of application (申报条件) as data: what a template says, judged by
//! [`judge`] in three values, because a figure that is not there is no reason
//! to turn anybody away.

pub mod figure;
pub mod judge;
pub mod truth;

use rust_decimal::Decimal;

use super::day::Day;

/// What a template asks of an applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eligibility {
    /// Last day to apply (申报截止日期).
    pub deadline: Day,
    /// Where that is said.
    pub deadline_clause: String,
    /// The province applicants are registered in, such as 辽宁省.
    pub province: String,
    /// Which amount counts where the guideline only says 金额.
    pub basis: AmountBasis,
    /// Most that may be requested (申请经费上限), in 万元.
    pub request_cap: Decimal,
    /// Where the cap and the forbidden heads are said.
    pub budget_clause: String,
    /// Words of heads the requested money may not be spent on.
    pub forbidden: Vec<String>,
    /// Words of heads that should be looked at.
    pub doubtful: Vec<String>,
    /// The conditions; an applicant must meet all of them.
    pub rules: Vec<Rule>,
}

/// Which amount counts (金额口径).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountBasis {
    /// 合同额.
    Contract,
    /// 实际到账额.
    Received,
}

impl AmountBasis {
    /// Its word, as in templates and field ids.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Received => "received",
        }
    }
}

/// A condition with its clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its id, such as `creation`.
    pub id: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The clause it rests on.
    pub clause: String,
    /// What is asked.
    pub condition: Condition,
}

/// What is asked, as a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// All of these.
    All(Vec<Condition>),
    /// At least one of these.
    Any(Vec<Condition>),
    /// A figure against a bound.
    Figure(Comparison),
    /// A field holds one of these.
    OneOf(OneOf),
    /// A credit code was given out in this division (登记管理机关行政区划码).
    Region(Region),
    /// A credit code is a legal person's (独立法人).
    LegalPerson(String),
    /// None of these dates is later than the deadline.
    NotLate(Vec<String>),
}

/// A sum of figures against a bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What it is called in reports, such as `conv.total_pieces`.
    pub id: String,
    /// The fields added up.
    pub fields: Vec<String>,
    /// How it is compared.
    pub operator: Operator,
    /// With what.
    pub bound: Decimal,
    /// From here up to the bound the list of what counts is open (等方式), so
    /// that nothing is known.
    pub near: Option<Decimal>,
}

/// How a figure is compared with its bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// 超过: more, and not the number itself.
    Over,
    /// 以上: the number itself, or more (民法典 1259).
    AtLeast,
}

impl Operator {
    /// Its sign in reports.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Over => ">",
            Self::AtLeast => ">=",
        }
    }

    /// Whether a number passes.
    #[must_use]
    pub fn passes(self, number: Decimal, bound: Decimal) -> bool {
        match self {
            Self::Over => number > bound,
            Self::AtLeast => number >= bound,
        }
    }
}

/// A field that must hold one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOf {
    /// The field.
    pub field: String,
    /// What is allowed.
    pub values: Vec<String>,
    /// What leaves the question open, such as 其他.
    pub open: Vec<String>,
}

/// Where a credit code must have been given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// The field with the code.
    pub field: String,
    /// How the division begins, such as 21.
    pub prefix: String,
    /// How it begins where the registrar is the centre's, and says nothing of
    /// the place (10).
    pub open: Vec<String>,
}
