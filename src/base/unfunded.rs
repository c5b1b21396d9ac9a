//! Why money was not allotted (资金未分配). Data, like every problem; the words
//! are in the language tables.

use super::money::NotMoney;
use super::problem::Class;

/// Why money was not allotted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the figures are named as their sentence names them")]
pub enum Unfunded {
    /// Not an amount.
    BadMoney { text: String, why: NotMoney },
    /// Not a ratio of two numbers such as `1:1`.
    BadRatio { text: String },
    /// The template says nothing of money.
    NoRule,
    /// The round's template says by what rule already.
    RuleFixed,
    /// What is shared out is not said.
    NoTotal,
    /// The template says how much there is.
    TotalFixed { total: String },
    /// Nobody is on the list.
    Nobody,
    /// Equal at the cut line: who is on the list is not decided.
    TiedAtLine { codes: String, seats: u32 },
    /// The total is not enough, and the rule has it refused then.
    Short { claims: String, total: String },
    /// Own funds fall short, and the rule has it refused then.
    MatchShort { codes: String },
    /// Tiers do not follow one another.
    TierOrder { to: String },
    /// What floor and step leave is more than there ever is to give.
    NoAmount { most: String, least: String },
    /// An amount above what one unit may get.
    AboveCap { amount: String, cap: String },
    /// Neither rank nor score says who comes first.
    NoOrder,
    /// A share is of a score below zero.
    BelowZero { code: String },
}

impl Unfunded {
    /// The class, hence the exit code.
    #[must_use]
    pub const fn class(&self) -> Class {
        match self {
            Self::TiedAtLine { .. } | Self::Short { .. } | Self::MatchShort { .. } | Self::Nobody => Class::Check,
            Self::NoRule | Self::RuleFixed | Self::NoTotal | Self::TotalFixed { .. } => Class::Usage,
            Self::BadMoney { .. }
            | Self::BadRatio { .. }
            | Self::TierOrder { .. }
            | Self::NoAmount { .. }
            | Self::AboveCap { .. }
            | Self::NoOrder
            | Self::BelowZero { .. } => Class::BadData,
        }
    }
}
