//! What is looked at beside the result (存疑规则), by default as statistics and
//! usual practice have it. Nothing here changes a score or a place.

use crate::base::Points;

/// The `[doubt]` table of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtRule {
    /// Criteria on which experts must agree to the point (客观项): what is asked
    /// can be counted.
    pub objective: Vec<String>,
    /// A mark this share of its criterion's maximum away from the median is
    /// listed for a second look (复核).
    pub abnormal: Points,
    /// With few experts an outlier must also be this share of the full mark away
    /// from the median, since their median deviation is coarse.
    pub far: Points,
    /// How far a mark may be from the panel's mean, criterion by criterion
    /// taken together.
    pub corridor: Corridor,
    /// The highest mark of a criterion, where the rule knows no criteria.
    pub full: Option<Points>,
    /// Variances for the shrunken estimate of severity, where the office has some.
    pub prior: Option<Prior>,
}

/// Width of the corridor (评分走廊) for one criterion; the idea is ISU
/// Communication 2098's, section F.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corridor {
    /// A share of the criterion's maximum.
    Share(Points),
    /// Points.
    Points(Points),
}

/// How much scores differ by application, by expert and by chance: variances,
/// and the mean they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prior {
    /// Variance between applications.
    pub application: Points,
    /// Variance between experts.
    pub expert: Points,
    /// What is left.
    pub rest: Points,
    /// The mean of all.
    pub mean: Points,
}

impl Default for DoubtRule {
    fn default() -> Self {
        Self {
            objective: Vec::new(),
            abnormal: Points::from_units(3_000),
            far: Points::from_units(1_000),
            corridor: Corridor::Share(Points::from_units(1_500)),
            full: None,
            prior: None,
        }
    }
}
