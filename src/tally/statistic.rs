//! One statistic of some values: what is dropped, and what is taken of the rest.

use std::cmp::Reverse;

use crate::base::Points;
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

/// Takes the statistic of `values`. Exactly as many a side are dropped as the
/// rule says, even among equals; of equals at an extreme the one given first
/// goes, which matters to nobody but the reader of the list.
///
/// Nothing comes of no values, or of fewer than the rule's fallback allows.
#[must_use]
pub fn take(rule: &Aggregation, values: &[Points]) -> Option<Outcome> {
    if values.is_empty() {
        return None;
    }
    let (high, low) = (to_usize(rule.drop_high), to_usize(rule.drop_low));
    let drops = high.saturating_add(low) > 0;
    let enough = values.len() >= to_usize(rule.drop_from) && values.len() > high.saturating_add(low);
    if drops && !enough && rule.below == Below::NoResult {
        return None;
    }
    let (high, low) = if enough { (high, low) } else { (0, 0) };
    let mut order: Vec<(Points, usize)> = values.iter().copied().zip(0..).collect();
    order.sort_unstable();
    let (lowest, rest) = order.split_at_mut(low);
    // From the top, and again among equals the first given.
    rest.sort_unstable_by_key(|(value, at)| (Reverse(*value), *at));
    let (highest, kept) = rest.split_at(high);
    let mut dropped: Vec<usize> = lowest.iter().chain(highest).map(|(_, at)| *at).collect();
    dropped.sort_unstable();
    let units = |at: usize| kept.get(at).map(|(value, _)| i128::from(value.units()));
    let sum = || kept.iter().map(|(value, _)| i128::from(value.units())).sum();
    let value = match rule.statistic {
        Statistic::Mean => Fraction::new(sum(), i128::try_from(kept.len()).ok()?)?,
        Statistic::Sum => Fraction::whole(sum()),
        Statistic::Median => {
            let middle = kept.len() / 2;
            if kept.len() % 2 == 1 {
                Fraction::whole(units(middle)?)
            } else {
                Fraction::new(units(middle.checked_sub(1)?)? + units(middle)?, 2)?
            }
        }
    };
    Some(Outcome { value, dropped, plain: drops && !enough })
}

fn to_usize(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
