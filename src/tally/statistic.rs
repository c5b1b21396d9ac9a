//! One statistic of some values: what is dropped, and what is taken of the rest.

use std::cmp::Reverse;

use crate::domain::rubric::{Aggregation, Below, Statistic};

use super::fraction::Fraction;

/// What came of some values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The statistic, exact.
    pub value: Fraction,
    /// Indices of the values dropped, ascending.
    pub dropped: Vec<usize>,
    /// Whether there were too few values for dropping.
    pub plain: bool,
}

/// How many are dropped of so many values: lowest, highest, and whether there
/// were too few for dropping; nothing where the rule gives no result then.
#[must_use]
pub fn drops(rule: &Aggregation, values: usize) -> Option<(usize, usize, bool)> {
    let (low, high) = (to_usize(rule.drop_low), to_usize(rule.drop_high));
    let both = low.saturating_add(high);
    if both == 0 {
        return Some((0, 0, false));
    }
    if values >= to_usize(rule.drop_from) && values > both {
        return Some((low, high, false));
    }
    (rule.below != Below::NoResult).then_some((0, 0, true))
}

/// What is taken, where there were too few for dropping or not.
#[must_use]
pub fn of(rule: &Aggregation, plain: bool) -> Statistic {
    if plain && rule.below == Below::Median { Statistic::Median } else { rule.statistic }
}

/// Takes the statistic of `values`, each of them over `under`. Exactly as many a
/// side are dropped as the rule says, even among equals; of equals at an extreme
/// the one given first goes, which matters to nobody but the reader of the list.
///
/// Nothing comes of no values, of fewer than the rule's fallback allows, or of
/// such as do not fit.
#[must_use]
pub fn take(rule: &Aggregation, values: &[i128], under: i128) -> Option<Outcome> {
    if values.is_empty() {
        return None;
    }
    let (low, high, plain) = drops(rule, values.len())?;
    let mut order: Vec<(i128, usize)> = values.iter().copied().zip(0..).collect();
    order.sort_unstable();
    let (lowest, rest) = order.split_at_mut(low);
    // From the top, and again among equals the first given.
    rest.sort_unstable_by_key(|(value, at)| (Reverse(*value), *at));
    let (highest, kept) = rest.split_at(high);
    let mut dropped: Vec<usize> = lowest.iter().chain(highest).map(|(_, at)| *at).collect();
    dropped.sort_unstable();
    let units = |at: usize| kept.get(at).map(|(value, _)| *value);
    let sum = || kept.iter().try_fold(0i128, |sum, (value, _)| sum.checked_add(*value));
    let value = match of(rule, plain) {
        Statistic::Mean => Fraction::new(sum()?, under.checked_mul(i128::try_from(kept.len()).ok()?)?)?,
        Statistic::Sum => Fraction::new(sum()?, under)?,
        Statistic::Median => {
            let middle = kept.len() / 2;
            if kept.len() % 2 == 1 {
                Fraction::new(units(middle)?, under)?
            } else {
                let both = units(middle.checked_sub(1)?)?.checked_add(units(middle)?)?;
                Fraction::new(both, under.checked_mul(2)?)?
            }
        }
    };
    Some(Outcome { value, dropped, plain })
}

fn to_usize(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
