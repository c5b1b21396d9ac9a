//! A score made comparable with those of other groups (组间标准化), as a person
//! would check it: the group, its figures, the formula, the rounding.

use serde::{Serialize, Serializer};

use crate::domain::across::{Across, WhyNot};
use crate::domain::tallied::Rank;

use super::{Amount, Place, Rounded};

/// What became of making one score comparable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// How the rule wants it.
    #[serde(serialize_with = "word")]
    pub method: Across,
    /// Why it was not done.
    #[serde(serialize_with = "reason", skip_serializing_if = "Option::is_none")]
    pub why_not: Option<WhyNot>,
    /// The group, and the step; nothing where it was not done.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub step: Option<Step>,
    /// Where it stands among all groups, where the explanation itself is of its
    /// place in one.
    #[serde(skip)]
    pub stands: Option<Stands>,
}

/// From the score of its group to the comparable one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The group.
    pub group: String,
    /// How many results the group has.
    pub results: usize,
    /// The score as printed before (换算前得分), its place by that, and how it
    /// becomes comparable; nothing without a result.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub scaled: Option<Scaled>,
}

/// Figures of the step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scaled {
    /// The score before.
    pub raw: Amount,
    /// Sum of the group's scores.
    pub sum: Amount,
    /// Their mean, μ.
    pub mean: Amount,
    /// Sum, number and mean of all groups' scores, where the formula has them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all: Option<(Amount, usize, Amount)>,
    /// The standard deviation, where the formula has it.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub spread: Option<Spread>,
    /// What the formula comes to.
    pub result: Cut,
    /// What that is rounded to: the score.
    pub rounded: Rounded,
}

/// The standard deviation of a whole group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// Sum of squared scores.
    pub squares: Amount,
    /// σ².
    pub variance: Amount,
    /// σ.
    pub deviation: Cut,
}

/// A figure that may have no end and no fraction: digits, cut and not rounded,
/// and whether more follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The digits.
    pub digits: String,
    /// Whether more follow.
    pub more: bool,
}

/// A place in the list of all groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    /// The place; nothing without a result.
    pub rank: Option<Rank>,
    /// Whether it is shared.
    pub tied: bool,
    /// The comparable score as it is written.
    pub score: Option<String>,
    /// Neighbours and the cut line.
    pub place: Option<Place>,
}

impl Cut {
    /// `57.2468…`.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}", self.digits, if self.more { "…" } else { "" })
    }
}

impl Serialize for Cut {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text())
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn word<S: Serializer>(method: &Across, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(method.word())
}

#[expect(clippy::ref_option, reason = "serde hands out references")]
fn reason<S: Serializer>(why_not: &Option<WhyNot>, to: S) -> Result<S::Ok, S::Error> {
    why_not.as_ref().map(WhyNot::word).serialize(to)
}
