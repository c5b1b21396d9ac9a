//! Outlying marks of one application (离群分): the modified z of Iglewicz and
//! Hoaglin.
//!
//! Iglewicz, B. & Hoaglin, D. C. (1993) How to Detect and Handle Outliers:
//! 0.6745 · (mark − median) / MAD, outlying above 3.5; where the MAD is 0, the
//! mean deviation from the median takes its place (NIST/SEMATECH 1.3.5.17).
//! Whether a mark is listed is decided in integers. A mark that is listed is
//! to be explained, never deleted.
#![expect(clippy::float_arithmetic, reason = "what is shown beside a result")]

use crate::base::Points;
use crate::domain::doubt::Undefined;
use crate::tally::fraction::Fraction;

use super::grid::{Grid, product, sum};
use super::real::{quotient, whole};
use super::spread::middle;

/// Up to so many marks the MAD is coarse, and a mark must also be far away.
pub const FEW_MARKS: usize = 7;

/// How far a mark of a few must be from the median to be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Far {
    /// The highest mark there can be.
    pub full: Points,
    /// Which share of it.
    pub share: Points,
}

/// One expert's mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// The expert.
    pub expert: usize,
    /// The modified z; 0 where all marks are equal.
    pub z: f64,
    /// Whether it is listed.
    pub outlying: bool,
}

/// The marks of an application, measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Outliers {
    /// The median.
    pub median: Fraction,
    /// The median absolute deviation (MAD), in points.
    pub mad: f64,
    /// The mean absolute deviation from the median, in points.
    pub mean_deviation: f64,
    /// By expert.
    pub marks: Vec<Mark>,
}

/// Measures the marks of one application.
///
/// # Errors
/// No marks, or figures too large.
pub fn outliers(grid: &Grid, application: usize, far: Far) -> Result<Outliers, Undefined> {
    let row = grid.row(application);
    // All from here is in halves of a mark, the MAD in quarters.
    let median = middle(row.iter().map(|(_, mark)| i128::from(*mark)).collect()).ok_or(Undefined::TooFewMarks)?;
    let away = |mark: i64| 2 * i128::from(mark) - median;
    let sizes: Vec<i128> = row.iter().map(|(_, mark)| away(*mark).abs()).collect();
    let all = sum(sizes.iter().copied())?;
    let mad = middle(sizes).ok_or(Undefined::TooFewMarks)?;
    let many = whole(row.len());
    let is_far = |size: i128| {
        let least = product(&[i128::from(far.full.units()), far.share.units().into(), 2, grid.under()])?;
        Ok(product(&[size, Points::UNIT.into(), Points::UNIT.into()])? >= least)
    };
    let marks = row.iter().map(|(expert, mark)| {
        let away = away(*mark);
        let size = away.abs();
        let (z, beyond) = if mad > 0 {
            let beyond = product(&[size, 2, 6_745])? > product(&[mad, 35_000])?;
            (quotient(2 * away, mad) * 0.6745, beyond)
        } else if all > 0 {
            let beyond = product(&[size, many, 1_000_000])? > product(&[all, 4_386_599])?;
            (quotient(product(&[away, many])?, all) / 1.253_314, beyond)
        } else {
            (0.0, false)
        };
        Ok(Mark { expert: *expert, z, outlying: beyond && (row.len() > FEW_MARKS || is_far(size)?) })
    });
    let units = product(&[median, Points::UNIT.into()])?;
    Ok(Outliers {
        median: Fraction::new(units, product(&[2, grid.under()])?).ok_or(Undefined::TooLarge)?,
        mad: quotient(mad, product(&[4, grid.under()])?),
        mean_deviation: quotient(all, product(&[2, many, grid.under()])?),
        marks: marks.collect::<Result<_, Undefined>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::grid::tests::grid;
    use super::*;

    const NONE: Far = Far { full: Points::ZERO, share: Points::ZERO };

    fn near(found: &Outliers, expected: &[f64]) {
        for (mark, expected) in found.marks.iter().zip(expected) {
            assert!((mark.z - expected).abs() < 1e-6, "{mark:?} {expected}");
        }
        assert_eq!(found.marks.len(), expected.len());
    }

    fn listed(found: &Outliers) -> Vec<usize> {
        found.marks.iter().filter(|mark| mark.outlying).map(|mark| mark.expert).collect()
    }

    /// The ten values of Iglewicz & Hoaglin's example.
    #[test]
    fn two_of_ten_stand_apart() {
        let found = outliers(&grid(&["2.1 2.6 2.4 2.5 2.3 2.1 2.3 2.6 8.2 8.3"]), 0, NONE).unwrap();
        assert_eq!(found.median, Fraction::whole(24_500));
        assert!((found.mad - 0.15).abs() < 1e-12 && (found.mean_deviation - 1.3).abs() < 1e-12);
        let (a, b, c) = (-1.573_833_333_3, 0.224_833_333_3, 0.6745);
        near(&found, &[a, c, -b, b, -c, a, -c, c, 25.855_833_333_3, 26.305_5]);
        assert_eq!(listed(&found), [8, 9]);
    }

    #[test]
    fn where_the_mad_is_nothing_the_mean_deviation_serves() {
        let marks = grid(&["80 80 80 80 95"]);
        let found = outliers(&marks, 0, NONE).unwrap();
        assert!(found.mad.abs() < 1e-12 && (found.mean_deviation - 3.0).abs() < 1e-12);
        near(&found, &[0.0, 0.0, 0.0, 0.0, 3.989_423_241_1]);
        assert_eq!(listed(&found), [4]);
        // Of a few, it must also be far from the median: 15 of 100 points are.
        let far = |percent: i64| Far { full: Points::parse("100").unwrap(), share: Points::from_units(percent * 100) };
        assert_eq!(listed(&outliers(&marks, 0, far(15)).unwrap()), [4]);
        assert_eq!(listed(&outliers(&marks, 0, far(16)).unwrap()), [0; 0]);
        // Of eight or more it need not.
        let eight = grid(&["80 80 80 80 80 80 80 95"]);
        assert_eq!(listed(&outliers(&eight, 0, far(16)).unwrap()), [7]);
    }

    #[test]
    fn exactly_at_the_limit_is_not_above_it() {
        let equal = outliers(&grid(&["7 7 7"]), 0, NONE).unwrap();
        near(&equal, &[0.0, 0.0, 0.0]);
        assert_eq!(listed(&equal), [0; 0]);
        assert_eq!(outliers(&grid(&["- -"]), 0, NONE), Err(Undefined::TooFewMarks));
        // The MAD is 6745, so 35000 from the median is exactly 3.5.
        let row = |last: i128| [-6745, -6745, -6745, 0, 0, 0, 6745, 6745, 6745, last].map(Some).to_vec();
        let limit = |last| listed(&outliers(&Grid::new(10, 1, &[row(last)]).unwrap(), 0, NONE).unwrap());
        assert_eq!(limit(35_000), [0; 0]);
        assert_eq!(limit(35_001), [9]);
    }
}
