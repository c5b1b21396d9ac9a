//! Kendall's W (肯德尔和谐系数): how far experts put applications in one order.
//!
//! Kendall, M. G. & Babington Smith, B. (1939) Ann. Math. Statist. 10(3):275–287,
//! with average ranks and the correction for ties. Complete rows only. The chance
//! of so much concord among experts who mark at random is given for those who
//! recompute it; it says nothing of how well they agree, and no page shows it.

use crate::domain::doubt::Undefined;

use super::chi_square::beyond;
use super::grid::{Complete, Grid, product, scatter, sum};
use super::real::{quotient, whole};

/// W, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Concordance {
    /// Applications that every expert marked.
    pub applications: usize,
    /// Experts.
    pub experts: usize,
    /// Applications left out for a blank.
    pub left_out: usize,
    /// Squared deviations of the sums of ranks (S).
    pub scatter: f64,
    /// Σ(t³ − t) over all groups of equal marks (ΣT).
    pub ties: i128,
    /// W as if there were no ties.
    pub uncorrected: Result<f64, Undefined>,
    /// W corrected for ties.
    pub corrected: Result<f64, Undefined>,
    /// χ² of Friedman, corrected for ties.
    pub chi_square: Result<f64, Undefined>,
    /// Degrees of freedom of it.
    pub freedom: usize,
    /// How likely such a χ² or a larger one is by chance.
    pub chance: Result<f64, Undefined>,
}

/// Kendall's W of a panel.
///
/// # Errors
/// Too few experts or complete applications.
pub fn concordance(grid: &Grid) -> Result<Concordance, Undefined> {
    let Complete { rows, experts, left_out } = grid.complete()?;
    let (n, m) = (whole(rows.len()), whole(experts.len()));
    let mut doubled = vec![0i128; rows.len()];
    let mut ties = 0i128;
    for expert in 0..experts.len() {
        let mut order: Vec<(i128, usize)> =
            rows.iter().enumerate().filter_map(|(at, row)| Some((*row.get(expert)?, at))).collect();
        order.sort_unstable();
        let mut before = 0i128;
        for equal in order.chunk_by(|a, b| a.0 == b.0) {
            let many = whole(equal.len());
            ties += many * many * many - many;
            for (_, at) in equal {
                if let Some(sum) = doubled.get_mut(*at) {
                    *sum += 2 * before + many + 1;
                }
            }
            before += many;
        }
    }
    // n times four times S.
    let spread = scatter(&doubled)?;
    let most = product(&[m, m, sum([product(&[n, n, n])?, -n])?])?;
    let share = |over: i128, under: i128| {
        if under == 0 { Err(Undefined::NoVariance) } else { Ok(quotient(over, product(&[n, under])?)) }
    };
    let over = product(&[3, spread])?;
    let under = sum([most, -product(&[m, ties])?])?;
    let freedom = rows.len() - 1;
    let chi_square = share(product(&[over, m, n - 1])?, under);
    Ok(Concordance {
        applications: rows.len(),
        experts: experts.len(),
        left_out,
        scatter: quotient(spread, 4 * n),
        ties,
        uncorrected: share(over, most),
        corrected: share(over, under),
        chance: chi_square.map(|chi_square| beyond(chi_square, freedom)),
        chi_square,
        freedom,
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_arithmetic, reason = "how near a figure is to the published one")]

    use proptest::prelude::*;

    use super::super::grid::tests::grid;
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-8, "{found} {expected}");
    }

    /// Marks of Shrout & Fleiss (1979), where judges give equal marks; χ² as
    /// scipy's friedmanchisquare gives it.
    #[test]
    fn with_ties() {
        let w = concordance(&grid(&["9 2 5 8", "6 1 3 2", "8 4 6 8", "7 1 2 6", "10 5 6 9", "6 2 4 7"])).unwrap();
        near(w.scatter, 239.5);
        assert_eq!((w.ties, w.freedom), (30, 5));
        near(w.uncorrected.unwrap(), 0.855_357_142_9);
        near(w.corrected.unwrap(), 0.887_037_037);
        near(w.chi_square.unwrap(), 17.740_740_740_7);
        near(w.chance.unwrap(), 0.003_289_509_2);
    }

    #[test]
    fn without_ties() {
        let w = concordance(&grid(&["1 2 1", "2 1 3", "3 3 2", "4 5 4", "5 4 5"])).unwrap();
        near(w.scatter, 76.0);
        assert_eq!((w.ties, w.freedom), (0, 4));
        assert_eq!(w.uncorrected, w.corrected);
        near(w.corrected.unwrap(), 0.844_444_444_4);
        near(w.chi_square.unwrap(), 10.133_333_333_3);
        near(w.chance.unwrap(), 0.038_240_605_3);
    }

    #[test]
    fn all_equal_is_no_agreement() {
        let w = concordance(&grid(&["5 6", "5 6"])).unwrap();
        assert_eq!((w.uncorrected, w.corrected), (Ok(0.0), Err(Undefined::NoVariance)));
        assert_eq!(concordance(&grid(&["5 6"])), Err(Undefined::TooFewApplications));
        let same = concordance(&grid(&["1 10", "2 20", "3 30"])).unwrap();
        assert_eq!(same.corrected, Ok(1.0));
    }

    proptest! {
        #[test]
        fn between_nothing_and_one(rows in prop::collection::vec(prop::collection::vec((0i128..7).prop_map(Some), 3), 2..9)) {
            let w = concordance(&Grid::new(3, 1, &rows).unwrap()).unwrap();
            for figure in [w.uncorrected, w.corrected].into_iter().flatten() {
                prop_assert!((0.0..=1.0).contains(&figure));
            }
        }
    }
}
