//! Krippendorff's α (克里彭多夫 α): agreement of any number of experts, with
//! blanks, for four kinds of figures.
//!
//! Krippendorff, K. (2011) Computing Krippendorff's Alpha-Reliability. It is
//! 1 − observed / expected disagreement over all pairs of marks of one
//! application; an application with one mark has no pair and does not count.
#![expect(clippy::float_arithmetic, reason = "what is shown beside a result")]

use std::collections::BTreeMap;

use crate::domain::doubt::Undefined;

use super::grid::{Grid, product, scatter, sum};
use super::real::{count, quotient, real, whole};

/// Most different marks for which ratios are worked out pair by pair.
const MOST_VALUES: usize = 20_000;

/// α for each kind of figure, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Alpha {
    /// Marks that have another to be compared with.
    pub pairable: usize,
    /// Applications with two marks or more.
    pub applications: usize,
    /// Applications with one mark, left out.
    pub left_out: usize,
    /// Marks as names (定类): equal or not.
    pub nominal: Result<f64, Undefined>,
    /// Marks as places (定序).
    pub ordinal: Result<f64, Undefined>,
    /// Marks as distances (定距).
    pub interval: Result<f64, Undefined>,
    /// Marks as ratios (定比); none may be below zero.
    pub ratio: Result<f64, Undefined>,
}

/// α of a panel.
#[must_use]
pub fn alpha(grid: &Grid) -> Alpha {
    let mut units: Vec<Vec<i128>> = Vec::new();
    for row in grid.rows().iter().filter(|row| row.len() > 1) {
        let mut marks: Vec<i128> = row.iter().map(|(_, mark)| i128::from(*mark)).collect();
        marks.sort_unstable();
        units.push(marks);
    }
    let marked = grid.rows().iter().filter(|row| !row.is_empty()).count();
    let pairable = units.iter().map(Vec::len).sum();
    let refused = if grid.active().len() < 2 {
        Some(Undefined::TooFewExperts)
    } else if units.len() < 2 {
        Some(Undefined::TooFewApplications)
    } else {
        None
    };
    let mut values: BTreeMap<i128, usize> = BTreeMap::new();
    for mark in units.iter().flatten() {
        *values.entry(*mark).or_default() += 1;
    }
    let counted = |how: &dyn Fn() -> Result<f64, Undefined>| match refused {
        Some(reason) => Err(reason),
        None if values.len() < 2 => Err(Undefined::NoVariance),
        None => how(),
    };
    Alpha {
        pairable,
        applications: units.len(),
        left_out: marked - units.len(),
        nominal: counted(&|| nominal(&units, &values)),
        ordinal: counted(&|| interval(&ranked(&units, &values))),
        interval: counted(&|| interval(&units)),
        ratio: counted(&|| ratio(&units, &values)),
    }
}

/// 1 − observed / expected. Disagreement of ordered pairs is given by the number
/// of marks an application has, so that the order of applications is nothing.
fn one_less(pairable: usize, observed: &BTreeMap<usize, i128>, expected: i128) -> Result<f64, Undefined> {
    if expected == 0 {
        return Err(Undefined::NoVariance);
    }
    let mut share = 0.0;
    for (marks, disagreement) in observed {
        let over = product(&[*disagreement, whole(pairable) - 1])?;
        share += quotient(over, product(&[whole(*marks) - 1, expected])?);
    }
    Ok(1.0 - share)
}

fn nominal(units: &[Vec<i128>], values: &BTreeMap<i128, usize>) -> Result<f64, Undefined> {
    let mut observed: BTreeMap<usize, i128> = BTreeMap::new();
    for unit in units {
        let same = unit.chunk_by(|a, b| a == b).map(|run| whole(run.len() * run.len()));
        *observed.entry(unit.len()).or_default() += whole(unit.len() * unit.len()) - same.sum::<i128>();
    }
    let all: usize = values.values().sum();
    let same = sum(values.values().map(|count| whole(*count) * whole(*count)))?;
    one_less(all, &observed, whole(all) * whole(all) - same)
}

/// Ordered pairs of squared distances are twice the scatter.
fn interval(units: &[Vec<i128>]) -> Result<f64, Undefined> {
    let mut observed: BTreeMap<usize, i128> = BTreeMap::new();
    for unit in units {
        let so_far = observed.entry(unit.len()).or_default();
        *so_far = sum([*so_far, scatter(unit)?])?;
    }
    let all: Vec<i128> = units.iter().flatten().copied().collect();
    one_less(all.len(), &observed, scatter(&all)?)
}

/// The marks' middle ranks among all, doubled: the distance of two of them is
/// twice the ordinal one.
fn ranked(units: &[Vec<i128>], values: &BTreeMap<i128, usize>) -> Vec<Vec<i128>> {
    let mut before = 0i128;
    let mut ranks: BTreeMap<i128, i128> = BTreeMap::new();
    for (value, count) in values {
        ranks.insert(*value, 2 * before + whole(*count));
        before += whole(*count);
    }
    let rank = |mark: &i128| ranks.get(mark).copied().unwrap_or_default();
    units.iter().map(|unit| unit.iter().map(rank).collect()).collect()
}

fn ratio(units: &[Vec<i128>], values: &BTreeMap<i128, usize>) -> Result<f64, Undefined> {
    if values.first_key_value().is_some_and(|(lowest, _)| *lowest < 0) {
        return Err(Undefined::BelowZero);
    }
    if values.len() > MOST_VALUES {
        return Err(Undefined::TooMany);
    }
    // Two zeros are equal; any other sum is above zero.
    let distance =
        |a: f64, b: f64| if a.total_cmp(&b).is_eq() { 0.0 } else { ((a - b) / (a + b)) * ((a - b) / (a + b)) };
    let mut observed: Vec<f64> = Vec::with_capacity(units.len());
    for unit in units {
        let marks: Vec<f64> = unit.iter().map(|mark| real(*mark)).collect();
        let mut within = 0.0;
        let mut rest = marks.as_slice();
        while let Some((mark, others)) = rest.split_first() {
            for other in others {
                within += distance(*mark, *other);
            }
            rest = others;
        }
        observed.push(within / (count(marks.len()) - 1.0));
    }
    observed.sort_unstable_by(f64::total_cmp);
    let counts: Vec<(f64, f64)> = values.iter().map(|(value, times)| (real(*value), count(*times))).collect();
    let mut expected = 0.0;
    let mut rest = counts.as_slice();
    while let Some(((value, times), others)) = rest.split_first() {
        for (other, other_times) in others {
            expected += times * other_times * distance(*value, *other);
        }
        rest = others;
    }
    let all = count(values.values().sum());
    Ok(1.0 - (all - 1.0) * observed.iter().sum::<f64>() / expected)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::grid::tests::grid;
    use super::*;

    fn near(found: Result<f64, Undefined>, expected: f64) {
        assert!((found.unwrap() - expected).abs() < 1e-9, "{found:?} {expected}");
    }

    /// Krippendorff (2011): 4 coders × 12 units, published .743 .815 .849 .797.
    #[test]
    fn as_published_by_krippendorff() {
        let alpha = alpha(&grid(&[
            "1 1 - 1", "2 2 3 2", "3 3 3 3", "3 3 3 3", "2 2 2 2", "1 2 3 4", "4 4 4 4", "1 1 2 1", "2 2 2 2",
            "- 5 5 5", "- - 1 1", "- 3 - -",
        ]));
        assert_eq!((alpha.pairable, alpha.applications, alpha.left_out), (40, 11, 1));
        near(alpha.nominal, 0.743_421_052_6);
        near(alpha.ordinal, 0.815_387_503_8);
        near(alpha.interval, 0.849_107_142_9);
        near(alpha.ratio, 0.797_402_774_7);
    }

    #[test]
    fn two_experts_and_a_blank() {
        let alpha = alpha(&grid(&["85 80", "90 92", "70 75", "- 66", "60 58"]));
        assert_eq!(alpha.pairable, 8);
        near(alpha.ordinal, 0.916_666_666_7);
        near(alpha.interval, 0.956_456_456_5);
        near(alpha.ratio, 0.958_247_389_8);
    }

    #[test]
    fn undefined_where_it_is_undefined() {
        let all = |rows: &[&str]| {
            let alpha = alpha(&grid(rows));
            [alpha.nominal, alpha.ordinal, alpha.interval, alpha.ratio]
        };
        assert_eq!(all(&["3 3", "3 3"]), [Err(Undefined::NoVariance); 4]);
        assert_eq!(all(&["3 4", "3 -"]), [Err(Undefined::TooFewApplications); 4]);
        assert_eq!(all(&["3 -", "4 -"]), [Err(Undefined::TooFewExperts); 4]);
        // Equal among those that can be compared.
        assert_eq!(all(&["3 3", "3 3", "4 -"]), [Err(Undefined::NoVariance); 4]);
        assert_eq!(all(&["0 0", "1 1"]), [Ok(1.0); 4]);
        let below = Grid::new(2, 1, &[vec![Some(-1), Some(2)], vec![Some(3), Some(3)]]).unwrap();
        assert_eq!(alpha(&below).ratio, Err(Undefined::BelowZero));
        assert!(alpha(&below).interval.is_ok());
    }

    proptest! {
        /// Nobody's place in a list changes a bit of it.
        #[test]
        fn order_is_nothing(
            rows in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.8, 0i128..12), 4), 2..9),
            swap in any::<prop::sample::Index>(), turn in 0usize..4,
        ) {
            let first = alpha(&Grid::new(4, 1, &rows).unwrap());
            let mut other = rows.clone();
            let at = swap.index(rows.len());
            other.swap(0, at);
            other.reverse();
            for row in &mut other {
                row.rotate_left(turn);
            }
            let second = alpha(&Grid::new(4, 1, &other).unwrap());
            prop_assert_eq!(&first, &second);
            if let Ok(alpha) = first.interval {
                prop_assert!(alpha <= 1.0);
            }
        }
    }
}
