//! What a rule says beyond an office's usual one (计分规则的其余部分): values of
//! marks, factors, rounding on the way, sums that are shown, scores carried over.

use std::collections::BTreeMap;

use crate::base::Points;
use crate::domain::across::Across;

/// Places of a factor.
pub const FACTOR_PLACES: u32 = 6;
/// Places of what a table makes of a mark.
pub const VALUE_PLACES: u32 = 10;

/// What an `[aggregation]` says beyond the office's usual rule; by default
/// nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Beyond {
    /// What each mark is worth, in units of `10^-10` (juries: ranks to points);
    /// none: itself.
    pub mark_values: BTreeMap<Points, i64>,
    /// Whether marks may be below zero.
    pub negative: bool,
    /// What criteria are multiplied by, in units of `10^-6`.
    pub factors: BTreeMap<String, i64>,
    /// What factors must add up to, in the same units.
    pub factor_sum: Option<i64>,
    /// Where something is rounded before the end, and to how many places.
    pub round: RoundAt,
    /// Which figure is shown for a criterion.
    pub shown: Shown,
    /// Whether equal means equal when rounded, or to the last digit.
    pub rank_on: RankOn,
    /// Whether much or little is good.
    pub direction: Direction,
    /// Whether every application has the same criteria.
    pub own_criteria: bool,
    /// Sums of criteria, beside a template's dimensions.
    pub groups: Vec<Group>,
    /// What is more to say of tie keys.
    pub ties: Vec<TieKey>,
    /// Scores taken over from an earlier stage.
    pub carries: Vec<Carry>,
    /// What a place is worth (12, 10, 8, …), in place of the score.
    pub place_points: Vec<Points>,
    /// How scores of several groups are made comparable.
    pub across: Across,
    /// What a score is called, best first (等次).
    pub grades: Vec<Grade>,
}

/// Where something is rounded before the end, and to how many places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoundAt {
    /// A mark times its factor, where experts' totals are counted.
    pub mark: Option<u32>,
    /// An expert's total.
    pub expert_total: Option<u32>,
    /// A criterion's statistic.
    pub criterion: Option<u32>,
    /// A criterion's statistic times its factor, with its base.
    pub factored: Option<u32>,
    /// A sum of some criteria.
    pub group: Option<u32>,
}

/// Which figure is shown for a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// What goes into the sum: times the factor, with the base.
    #[default]
    Factored,
    /// The statistic.
    Statistic,
}

/// What is compared first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RankOn {
    /// The score as printed.
    #[default]
    Rounded,
    /// The fraction itself.
    Exact,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// The highest is first.
    #[default]
    Descending,
    /// The lowest is first.
    Ascending,
}

/// A grade (等次): scores from here on, as far as they have no better one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// Its name.
    pub name: String,
    /// Least score, where little is good the largest; nothing: all others.
    pub from: Option<Points>,
}

/// A sum of some criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// Ids of criteria; `*` stands for anything.
    pub criteria: Vec<String>,
    /// What it can reach, for the pass line.
    pub max: Option<Points>,
    /// Whether points given to an application by itself belong to it, where
    /// they are above zero.
    pub additions: bool,
}

/// A key that tells equals apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieKey {
    /// A criterion, a group, or [`COUNT_BACK`].
    pub of: String,
    /// Which way is better; nothing: as for the score.
    pub direction: Option<Direction>,
    /// Places it is compared at; nothing: the score's.
    pub places: Option<u32>,
    /// Panels it holds for; `*` stands for anything; none: all.
    pub panels: Vec<String>,
}

/// The key that compares the best marks, then the next best, and so on.
pub const COUNT_BACK: &str = "count_back";

/// Scores taken over from an earlier stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carry {
    /// The panel of the earlier stage; what `*` stands for is the same in both.
    pub from: String,
    /// The panel that takes them over.
    pub to: String,
    /// What they are multiplied by, in units of `10^-6`.
    pub factor: i64,
}

impl TieKey {
    /// A key compared as the score is, in every panel.
    #[must_use]
    pub fn plain(of: &str) -> Self {
        Self { of: of.to_owned(), direction: None, places: None, panels: Vec::new() }
    }

    /// Whether it holds for a panel.
    #[must_use]
    pub fn holds_for(&self, panel: &str) -> bool {
        self.panels.is_empty() || self.panels.iter().any(|pattern| stands_for(pattern, panel).is_some())
    }
}

impl Group {
    /// Whether a criterion belongs to it.
    #[must_use]
    pub fn has(&self, criterion: &str) -> bool {
        self.criteria.iter().any(|pattern| stands_for(pattern, criterion).is_some())
    }
}

/// What the first `*` of a pattern stands for in a text; nothing where the
/// pattern is not the text's.
#[must_use]
pub fn stands_for<'a>(pattern: &str, text: &'a str) -> Option<&'a str> {
    let Some((before, after)) = pattern.split_once('*') else {
        return (pattern == text).then_some("");
    };
    let rest = text.strip_prefix(before)?;
    if !after.contains('*') {
        return rest.strip_suffix(after);
    }
    let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    ends.filter_map(|at| rest.split_at_checked(at))
        .find(|(_, tail)| stands_for(after, tail).is_some() || tail.is_empty() && after.trim_matches('*').is_empty())
        .map(|(stood, _)| stood)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, text, stood) in [
            ("*SP", "gpcan2016-LSP", Some("gpcan2016-L")),
            ("*SP", "gpcan2016-LFS", None),
            ("E*", "E01", Some("01")),
            ("a-*-b-*", "a-x-b-y", Some("x")),
            ("*", "", Some("")),
            ("SS", "SS", Some("")),
            ("SS", "SSS", None),
            ("*-*", "x", None),
        ] {
            assert_eq!(stands_for(pattern, text), stood, "{pattern} {text}");
        }
    }
}
