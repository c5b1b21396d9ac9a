//! One statistic of some values: what is dropped, and what is taken of the rest.

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
/// Nothing comes of no values, of fewer than the rule's fallback allows, or of
/// values too large to add.
#[must_use]
pub fn take(rule: &Aggregation, values: &[Points]) -> Option<Outcome> {
    if values.is_empty() {
        return None;
    }
    let (high, low) = (to_usize(rule.drop_high), to_usize(rule.drop_low));
    let drops = high + low > 0;
    let enough = values.len() >= to_usize(rule.drop_from) && values.len() > high + low;
    if drops && !enough && rule.below == Below::NoResult {
        return None;
    }
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by_key(|at| values.get(*at).copied());
    let (kept, dropped) = if drops && enough {
        let mut dropped: Vec<usize> = order.iter().take(low).copied().collect();
        // From the top, among equals the first given: stable from the other end.
        let mut top = order.clone();
        top.sort_by(|a, b| values.get(*b).cmp(&values.get(*a)).then(a.cmp(b)));
        dropped.extend(top.into_iter().filter(|at| !order.iter().take(low).any(|low| low == at)).take(high));
        let kept: Vec<usize> = order.into_iter().filter(|at| !dropped.contains(at)).collect();
        dropped.sort_unstable();
        (kept, dropped)
    } else {
        (order, Vec::new())
    };
    let units: Vec<i128> = kept.iter().filter_map(|at| values.get(*at)).map(|p| i128::from(p.units())).collect();
    let count = i128::try_from(units.len()).ok()?;
    let value = match rule.statistic {
        Statistic::Mean => Fraction::new(units.iter().sum(), count)?,
        Statistic::Sum => Fraction::whole(units.iter().sum()),
        Statistic::Median => {
            let middle = units.len() / 2;
            let upper = *units.get(middle)?;
            if units.len() % 2 == 1 { Fraction::whole(upper) } else { Fraction::new(units.get(middle.checked_sub(1)?)? + upper, 2)? }
        }
    };
    Some(Outcome { value, dropped, plain: drops && !enough })
}

fn to_usize(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX / 4)
}
