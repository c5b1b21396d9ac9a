//! Intraclass correlation (组内相关系数): which share of the variance of marks is
//! the applications' own.
//!
//! Shrout, P. E. & Fleiss, J. L. (1979) Psychol. Bull. 86(2):420–428. Mean
//! squares are of complete rows only; a figure below zero is shown as it is.
#![expect(clippy::float_arithmetic, reason = "what is shown beside a result")]

use crate::domain::doubt::Undefined;

use super::grid::{Complete, Grid, product, scatter, sum};
use super::real::{quotient, real, whole};

/// The mean squares, in points².
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanSquares {
    /// Between applications (BMS).
    pub applications: f64,
    /// Within applications (WMS).
    pub within: f64,
    /// Between experts (JMS).
    pub experts: f64,
    /// What is left (EMS).
    pub error: f64,
}

/// All six, and what they rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct Icc {
    /// Applications that every expert marked.
    pub applications: usize,
    /// Experts.
    pub experts: usize,
    /// Applications left out for a blank.
    pub left_out: usize,
    /// The mean squares.
    pub squares: MeanSquares,
    /// ICC(1,1): each application by experts of its own.
    pub one_single: Result<f64, Undefined>,
    /// ICC(2,1): one expert of many that might have been asked.
    pub two_single: Result<f64, Undefined>,
    /// ICC(3,1): one of these experts, their leniency left aside.
    pub three_single: Result<f64, Undefined>,
    /// ICC(1,k): the mean of all.
    pub one_mean: Result<f64, Undefined>,
    /// ICC(2,k): the mean of all, of many that might have been asked.
    pub two_mean: Result<f64, Undefined>,
    /// ICC(3,k), which is Cronbach's α (克龙巴赫 α).
    pub three_mean: Result<f64, Undefined>,
}

/// The intraclass correlations of a panel.
///
/// # Errors
/// Too few experts or complete applications, or figures too large.
pub fn icc(grid: &Grid) -> Result<Icc, Undefined> {
    let Complete { rows, experts, left_out } = grid.complete()?;
    let (n, k) = (whole(rows.len()), whole(experts.len()));
    // Sums of squares, each times n·k.
    let of_rows = sums(rows.iter().map(|row| row.iter().copied()))?;
    let of_columns = sums((0..experts.len()).map(|at| rows.iter().filter_map(move |row| row.get(at).copied())))?;
    let all: Vec<i128> = rows.iter().flatten().copied().collect();
    let total = scatter(&all)?;
    let (applications, judges) = (scatter(&of_rows)?, scatter(&of_columns)?);
    let within = sum([total, -applications])?;
    let error = sum([within, -judges])?;
    let square = |over: i128, freedom: i128| Ok(quotient(over, product(&[n, k, freedom])?));
    let point = real(grid.under()) * real(grid.under());
    // Mean squares, each times n·k·n·(n−1)·(k−1).
    let bms = product(&[applications, n, k - 1])?;
    let wms = product(&[within, n - 1])?;
    let jms = product(&[judges, n, n - 1])?;
    let ems = product(&[error, n])?;
    let share = |over: Result<i128, Undefined>, under: Result<i128, Undefined>| match (over?, under?) {
        (0, 0) => Err(Undefined::NoVariance),
        (_, under) if under <= 0 => Err(Undefined::NotAboveZero),
        (over, under) => Ok(quotient(over, under)),
    };
    let times = |a: i128, b: i128| product(&[a, b]);
    Ok(Icc {
        applications: rows.len(),
        experts: experts.len(),
        left_out,
        squares: MeanSquares {
            applications: square(applications, n - 1)? / point,
            within: square(within, product(&[n, k - 1])?)? / point,
            experts: square(judges, k - 1)? / point,
            error: square(error, product(&[n - 1, k - 1])?)? / point,
        },
        one_single: share(sum([bms, -wms]), sum([bms, times(k - 1, wms)?])),
        two_single: share(
            times(n, sum([bms, -ems])?),
            sum([times(n, bms)?, product(&[n, k - 1, ems])?, times(k, jms)?, -times(k, ems)?]),
        ),
        three_single: share(sum([bms, -ems]), sum([bms, times(k - 1, ems)?])),
        one_mean: share(sum([bms, -wms]), Ok(bms)),
        two_mean: share(times(n, sum([bms, -ems])?), sum([times(n, bms)?, jms, -ems])),
        three_mean: share(sum([bms, -ems]), Ok(bms)),
    })
}

fn sums(lines: impl Iterator<Item = impl Iterator<Item = i128>>) -> Result<Vec<i128>, Undefined> {
    lines.map(sum).collect()
}

#[cfg(test)]
mod tests {
    use super::super::grid::tests::grid;
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-8, "{found} {expected}");
    }

    /// Shrout & Fleiss (1979), tables 2 to 4: 6 targets × 4 judges, published
    /// .17 .29 .71 .44 .62 .91 of mean squares 11.24 6.26 32.49 1.02.
    #[test]
    fn as_published_by_shrout_and_fleiss() {
        let icc = icc(&grid(&["9 2 5 8", "6 1 3 2", "8 4 6 8", "7 1 2 6", "10 5 6 9", "6 2 4 7"])).unwrap();
        near(icc.squares.applications, 11.241_666_666_7);
        near(icc.squares.within, 6.263_888_888_9);
        near(icc.squares.experts, 32.486_111_111_1);
        near(icc.squares.error, 1.019_444_444_4);
        near(icc.one_single.unwrap(), 0.165_741_768_4);
        near(icc.two_single.unwrap(), 0.289_763_779_5);
        near(icc.three_single.unwrap(), 0.714_840_714_8);
        near(icc.one_mean.unwrap(), 0.442_797_133_7);
        near(icc.two_mean.unwrap(), 0.620_050_547_6);
        near(icc.three_mean.unwrap(), 0.909_315_542_4);
    }

    #[test]
    fn a_row_with_a_blank_is_left_out_and_said() {
        let with = icc(&grid(&["9 2", "- 4", "6 1", "8 4", "- -"])).unwrap();
        let without = icc(&grid(&["9 2", "6 1", "8 4"])).unwrap();
        assert_eq!((with.applications, with.left_out), (3, 1));
        assert_eq!((with.two_single, with.squares), (without.two_single, without.squares));
        assert_eq!(icc(&grid(&["9 2", "6 -", "- 4"])), Err(Undefined::Incomplete));
        assert_eq!(icc(&grid(&["9 2"])), Err(Undefined::TooFewApplications));
        assert_eq!(icc(&grid(&["9", "2"])), Err(Undefined::TooFewExperts));
    }

    #[test]
    fn no_variance_is_never_agreement() {
        let equal = icc(&grid(&["7.1 7.1", "7.1 7.1", "7.1 7.1"])).unwrap();
        for figure in [equal.one_single, equal.two_single, equal.three_single, equal.three_mean] {
            assert_eq!(figure, Err(Undefined::NoVariance));
        }
        // Experts differ by a tenth, applications not at all.
        let shifted = icc(&grid(&["7.1 7.2", "7.1 7.2", "7.1 7.2"])).unwrap();
        assert_eq!((shifted.two_single, shifted.three_single), (Ok(0.0), Err(Undefined::NoVariance)));
        // Each says the opposite of the other: below zero, as it is.
        let turned = icc(&grid(&["1 4", "2 3", "3 1", "4 2"])).unwrap();
        assert!(turned.three_single.unwrap() < 0.0);
    }
}
