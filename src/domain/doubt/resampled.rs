//! How sure the cut line is (名额线的稳定程度): in how many draws of experts, with
//! replacement (有放回抽取), an application is inside.

use crate::base::Digest;

/// A panel's applications over all draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resampled {
    /// The panel; empty where the marks name none.
    pub panel: String,
    /// How many are wanted.
    pub quota: u32,
    /// How many experts are drawn each time: as many as there are.
    pub experts: usize,
    /// Which draws were looked at.
    pub draws: Draws,
    /// Applications, in order of their names.
    pub members: Vec<Member>,
}

/// Which draws were looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draws {
    /// Every one there is: `n^n` in order, of which so many differ in more than
    /// the order.
    All {
        /// All of them.
        total: u128,
        /// Those counted, each as often as it comes up.
        different: u64,
    },
    /// So many, by chance from this seed: the digest of the panel's marks.
    Seeded {
        /// How many.
        total: u32,
        /// The seed.
        seed: Digest,
    },
}

impl Draws {
    /// How many draws there are in all.
    #[must_use]
    pub fn total(&self) -> u128 {
        match self {
            Self::All { total, .. } => *total,
            Self::Seeded { total, .. } => u128::from(*total),
        }
    }
}

/// One application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The application.
    pub application: String,
    /// In how many draws fewer than the quota have a better score.
    pub inside: u128,
    /// In how many it has no result.
    pub no_result: u128,
}

/// Why nothing was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotDrawn {
    /// No quota, so no line.
    NoLine,
    /// Fewer than two experts.
    TooFewExperts,
    /// More marks than can be counted again often enough.
    TooLarge,
    /// Scores were made comparable, and draws would be of raw ones.
    Comparable,
}
