//! Scores of several groups made comparable (组间标准化): off unless the template
//! asks for it, and then only where it can be defended.

use crate::base::lang::{Lang, fill};

/// How scores of several groups are made comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Across {
    /// Not at all.
    #[default]
    None,
    /// 偏差值: 50 + 10·(x − μ)/σ of the group, σ of the whole group.
    TScore,
    /// (x − μ)/σ of the group.
    ZScore,
    /// 组间修正系数: x times the mean of all over the mean of the group.
    Ratio,
}

/// Fewest results that a group must have.
pub const LEAST_OF_A_GROUP: usize = 10;

/// Why scores were left as they are; one group's reason holds for the whole list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNot {
    /// Groups were not drawn at random, so that they may differ in fact.
    NotDrawn,
    /// This application is in no group.
    NoGroup(String),
    /// This group has so few results.
    TooFew(String, usize),
    /// All results of this group are the same.
    NoSpread(String),
    /// The mean of this group is not above zero.
    NoMean(String),
    /// Too large to be worked out exactly.
    DoesNotFit,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standardised {
    /// How the template wants it.
    pub method: Across,
    /// Why it was not done.
    pub why_not: Option<WhyNot>,
}

impl Across {
    /// As the template writes it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::TScore => "t_score",
            Self::ZScore => "z_score",
            Self::Ratio => "ratio",
        }
    }
}

impl WhyNot {
    /// The reason in a few words.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let t = &lang.texts().tallying;
        match self {
            Self::NotDrawn => t.across_not_drawn.to_owned(),
            Self::NoGroup(code) => fill(t.across_no_group, &[code]),
            Self::TooFew(group, count) => fill(t.across_too_few, &[group, count, &LEAST_OF_A_GROUP]),
            Self::NoSpread(group) => fill(t.across_no_spread, &[group]),
            Self::NoMean(group) => fill(t.across_no_mean, &[group]),
            Self::DoesNotFit => t.across_does_not_fit.to_owned(),
        }
    }

    /// As a word of the data.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::NotDrawn => "not_drawn".to_owned(),
            Self::NoGroup(code) => format!("no_group:{code}"),
            Self::TooFew(group, count) => format!("too_few:{group}:{count}"),
            Self::NoSpread(group) => format!("no_spread:{group}"),
            Self::NoMean(group) => format!("no_mean:{group}"),
            Self::DoesNotFit => "does_not_fit".to_owned(),
        }
    }
}
