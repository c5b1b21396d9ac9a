//! Quality and leniency as random effects of given variances (收缩估计): least
//! squares drawn towards the mean, the more so the fewer marks there are.
//!
//! After N. Lawrence's “Reviewer Calibration” of NIPS 2014. A mark is
//! μ + quality + leniency + noise, all normal; given the variances, what is
//! expected of each, and how sure that is, has a closed form.
#![expect(clippy::float_arithmetic, reason = "what is shown beside a result")]

use crate::domain::doubt::Undefined;

use super::cholesky::Symmetric;
use super::grid::Grid;
use super::real::{count, real};
use super::severity::{MOST_EXPERTS, numbered};

/// The variances, in points², and the mean, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Variances {
    /// Of quality between applications.
    pub quality: f64,
    /// Of leniency between experts.
    pub leniency: f64,
    /// Of a single mark.
    pub noise: f64,
    /// The mean of all.
    pub mean: f64,
}

/// Something expected, and its variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// What is expected, in points.
    pub mean: f64,
    /// How sure that is, in points².
    pub variance: f64,
}

/// What the marks say.
#[derive(Debug, Clone, PartialEq)]
pub struct Shrunken {
    /// Each application's quality, the mean included.
    pub quality: Vec<Expected>,
    /// Each expert's leniency.
    pub leniency: Vec<Expected>,
}

/// What is expected of each application and expert. Groups that share no
/// application are no trouble here: the variances hold them together.
///
/// # Errors
/// A variance that is not above zero, or too many experts.
pub fn shrunken(grid: &Grid, given: Variances) -> Result<Shrunken, Undefined> {
    let Variances { quality, leniency, noise, mean } = given;
    if ![quality, leniency, noise].iter().all(|variance| variance.is_finite() && *variance > 0.0) || !mean.is_finite() {
        return Err(Undefined::NotAboveZero);
    }
    let experts = grid.active();
    if experts.len() > MOST_EXPERTS {
        return Err(Undefined::TooMany);
    }
    let (rows, lowest) = numbered(grid, &experts);
    let (point, start) = (real(grid.under()), grid.points(lowest.into()));
    // Marks less the mean, in points.
    let rows: Vec<Vec<(usize, f64)>> = rows
        .into_iter()
        .map(|row| row.into_iter().map(|(expert, mark)| (expert, start - mean + mark / point)).collect())
        .collect();
    let mut matrix = Symmetric::zeros(experts.len());
    let mut right = vec![0.0; experts.len()];
    for expert in 0..experts.len() {
        matrix.add(expert, expert, 1.0 / leniency);
    }
    // An application's precision, and how much of it one mark is.
    let precision = |row: &[(usize, f64)]| count(row.len()) / noise + 1.0 / quality;
    for row in &rows {
        let share = 1.0 / (noise * noise * precision(row));
        let total: f64 = row.iter().map(|(_, mark)| mark).sum();
        let mut rest = row.as_slice();
        while let Some(((expert, mark), others)) = rest.split_first() {
            matrix.add(*expert, *expert, 1.0 / noise - share);
            for (other, _) in others {
                matrix.add(*expert, *other, -share);
            }
            if let Some(right) = right.get_mut(*expert) {
                *right += mark / noise - share * total;
            }
            rest = others;
        }
    }
    let factor = matrix.factor().ok_or(Undefined::NotAboveZero)?;
    let (lenient, inverse) = (factor.solve(&right), factor.inverse());
    let of = |expert: usize| lenient.get(expert).copied().unwrap_or(0.0);
    let one = |row: &Vec<(usize, f64)>| {
        let precision = precision(row);
        let total: f64 = row.iter().map(|(expert, mark)| mark - of(*expert)).sum();
        let mut unsure = 0.0;
        for (a, _) in row {
            for (b, _) in row {
                unsure += inverse.at(*a, *b);
            }
        }
        let weight = 1.0 / (noise * precision);
        Expected { mean: mean + total * weight, variance: 1.0 / precision + unsure * weight * weight }
    };
    let nothing = Expected { mean: 0.0, variance: leniency };
    let mut all = vec![nothing; grid.experts()];
    for (at, (expert, value)) in experts.iter().zip(&lenient).enumerate() {
        if let Some(place) = all.get_mut(*expert) {
            *place = Expected { mean: *value, variance: inverse.at(at, at) };
        }
    }
    Ok(Shrunken { quality: rows.iter().map(one).collect(), leniency: all })
}

#[cfg(test)]
mod tests {
    use super::super::grid::tests::grid;
    use super::*;

    const GIVEN: Variances = Variances { quality: 64.0, leniency: 25.0, noise: 9.0, mean: 88.0 };

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-6, "{found} {expected}");
    }

    /// Expected values by the closed form of the notebook, in numpy.
    #[test]
    fn as_the_closed_form_gives_it() {
        let found = shrunken(&grid(&["90 80 -", "- 82 87", "100 - 95", "88 - 83"]), GIVEN).unwrap();
        let quality = [85.276_093_68, 86.832_815_52, 95.055_771_82, 83.844_092_99];
        let variances = [9.668_831_25, 9.668_831_25, 9.674_682_5, 9.674_682_5];
        for ((found, mean), variance) in found.quality.iter().zip(quality).zip(variances) {
            near(found.mean, mean);
            near(found.variance, variance);
        }
        for (found, leniency) in found.leniency.iter().zip([4.114_298_07, -4.283_436_1, -0.218_059_62]) {
            near(found.mean, leniency);
        }
    }

    #[test]
    fn who_has_no_marks_is_the_mean() {
        let found = shrunken(&grid(&["90 - -", "- - -", "- 70 -"]), GIVEN).unwrap();
        assert_eq!(found.quality[1], Expected { mean: 88.0, variance: 64.0 });
        assert_eq!(found.leniency[2], Expected { mean: 0.0, variance: 25.0 });
        // One mark, two above: 64/98 of it is quality, 25/98 leniency.
        near(found.quality[0].mean, 88.0 + 2.0 * 64.0 / 98.0);
        near(found.quality[0].variance, 64.0 - 64.0 * 64.0 / 98.0);
        near(found.leniency[0].variance, 25.0 - 25.0 * 25.0 / 98.0);
        for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let given = Variances { noise: wrong, ..GIVEN };
            assert_eq!(shrunken(&grid(&["90"]), given), Err(Undefined::NotAboveZero));
        }
    }
}
