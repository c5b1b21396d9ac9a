//! Why a figure of agreement or doubt is not there (无定义的原因). A figure that
//! is undefined is said to be so and why; it is never shown as 0 or as 1.

pub mod left_out;
pub mod page;
pub mod report;
pub mod resampled;
pub mod shown;

use crate::base::lang::Lang;

/// Why there is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Undefined {
    /// Everything is equal, so there is nothing to agree on.
    NoVariance,
    /// Fewer than two experts.
    TooFewExperts,
    /// Fewer applications than can be compared.
    TooFewApplications,
    /// Fewer marks than the figure needs.
    TooFewMarks,
    /// Too few applications that every expert marked.
    Incomplete,
    /// A mark below zero, where only ratios of marks count.
    BelowZero,
    /// A variance that is not above zero.
    NotAboveZero,
    /// Experts fall into groups that share no application.
    Disconnected,
    /// Not every application has the same number of votes.
    UnequalVotes,
    /// All votes are for one answer.
    OneAnswer,
    /// Nobody marked both kinds: of the own employer, and of others.
    OneKind,
    /// Figures too large to be worked out exactly.
    TooLarge,
    /// More experts, pairs or different marks than are worked out.
    TooMany,
}

impl Undefined {
    /// All there are.
    pub const ALL: [Self; 13] = [
        Self::NoVariance,
        Self::TooFewExperts,
        Self::TooFewApplications,
        Self::TooFewMarks,
        Self::Incomplete,
        Self::BelowZero,
        Self::NotAboveZero,
        Self::Disconnected,
        Self::UnequalVotes,
        Self::OneAnswer,
        Self::OneKind,
        Self::TooLarge,
        Self::TooMany,
    ];

    /// How it is written where a program reads it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoVariance => "no-variance",
            Self::TooFewExperts => "too-few-experts",
            Self::TooFewApplications => "too-few-applications",
            Self::TooFewMarks => "too-few-marks",
            Self::Incomplete => "incomplete",
            Self::BelowZero => "below-zero",
            Self::NotAboveZero => "not-above-zero",
            Self::Disconnected => "disconnected",
            Self::UnequalVotes => "unequal-votes",
            Self::OneAnswer => "one-answer",
            Self::OneKind => "one-kind",
            Self::TooLarge => "too-large",
            Self::TooMany => "too-many",
        }
    }

    /// How a person reads it.
    #[must_use]
    pub const fn said(self, lang: Lang) -> &'static str {
        let words = &lang.texts().doubting;
        match self {
            Self::NoVariance => words.no_variance,
            Self::TooFewExperts => words.too_few_experts,
            Self::TooFewApplications => words.too_few_applications,
            Self::TooFewMarks => words.too_few_marks,
            Self::Incomplete => words.incomplete,
            Self::BelowZero => words.below_zero,
            Self::NotAboveZero => words.not_above_zero,
            Self::Disconnected => words.disconnected,
            Self::UnequalVotes => words.unequal_votes,
            Self::OneAnswer => words.one_answer,
            Self::OneKind => words.one_kind,
            Self::TooLarge => words.too_large,
            Self::TooMany => words.too_many,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_reason_has_words_of_its_own() {
        for lang in [Lang::Zh, Lang::En] {
            let words: BTreeSet<&str> = Undefined::ALL.iter().map(|reason| reason.said(lang)).collect();
            assert_eq!(words.len(), Undefined::ALL.len());
        }
        let codes: BTreeSet<&str> = Undefined::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes.len(), Undefined::ALL.len());
    }
}
