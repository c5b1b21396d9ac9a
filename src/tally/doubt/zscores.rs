//! Marks by each expert's own mean and deviation (专家标准分). For a look only:
//! they make much of the small differences of an expert who uses few marks.
#![expect(clippy::float_arithmetic, reason = "what is shown beside a result")]

use crate::domain::doubt::Undefined;

use super::grid::{Grid, product, scatter, sum};
use super::real::{quotient, real, whole};

/// Fewer applications than this are too few to trust.
pub const ENOUGH: usize = 5;

/// One expert's marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// The expert.
    pub expert: usize,
    /// How many applications the expert marked.
    pub marks: usize,
    /// Fewer than [`ENOUGH`].
    pub few: bool,
    /// The mean, in points.
    pub mean: Result<f64, Undefined>,
    /// The population standard deviation, over n, in points.
    pub deviation: Result<f64, Undefined>,
    /// (mark − mean) / deviation by application.
    pub z: Result<Vec<(usize, f64)>, Undefined>,
}

/// Every expert's marks, by expert.
#[must_use]
pub fn z_scores(grid: &Grid) -> Vec<Scores> {
    let of = |(expert, column): (usize, &Vec<(usize, i64)>)| {
        let marks: Vec<i128> = column.iter().map(|(_, mark)| i128::from(*mark)).collect();
        let many = whole(marks.len());
        let total = sum(marks.iter().copied());
        let spread = if marks.is_empty() { Err(Undefined::TooFewMarks) } else { scatter(&marks) };
        let z = |spread: i128| {
            if spread == 0 {
                return Err(Undefined::NoVariance);
            }
            let (total, root) = (total?, real(spread).sqrt());
            let one = |(application, mark): &(usize, i64)| {
                let away = sum([product(&[many, i128::from(*mark)])?, -total])?;
                Ok((*application, real(away) / root))
            };
            column.iter().map(one).collect()
        };
        Scores {
            expert,
            marks: marks.len(),
            few: marks.len() < ENOUGH,
            mean: spread.and_then(|_| Ok(quotient(total?, product(&[many, grid.under()])?))),
            deviation: spread.map(|spread| real(spread).sqrt() / (real(many) * real(grid.under()))),
            z: spread.and_then(z),
        }
    };
    grid.columns().iter().enumerate().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::grid::tests::grid;
    use super::*;

    #[test]
    fn a_narrow_expert_counts_as_much_and_an_even_one_has_none() {
        let found = z_scores(&grid(&["95 60 75 -", "93 80 75 -", "94 70 75 -", "96 90 75 -"]));
        let (a, b) = (0.447_213_595, 1.341_640_786);
        for (scores, expected) in found.iter().zip([[a, -b, -a, b], [-b, a, -a, b]]) {
            for ((_, z), expected) in scores.z.as_ref().unwrap().iter().zip(expected) {
                assert!((z - expected).abs() < 1e-8, "{scores:?}");
            }
        }
        assert!(found.iter().all(|scores| scores.few));
        assert_eq!((found[2].deviation, &found[2].z), (Ok(0.0), &Err(Undefined::NoVariance)));
        assert_eq!((found[3].marks, &found[3].z), (0, &Err(Undefined::TooFewMarks)));
        let five = z_scores(&grid(&["1.1", "1.1", "1.1", "1.1", "1.1"]));
        assert_eq!((five[0].few, &five[0].z), (false, &Err(Undefined::NoVariance)));
    }
}
