//! How far the marks of one application lie apart (离散程度).
#![expect(clippy::float_arithmetic, reason = "what is shown beside a result")]

use crate::base::Points;
use crate::domain::doubt::Undefined;
use crate::tally::fraction::Fraction;

use super::grid::{Grid, product, scatter, sum};
use super::real::{quotient, real, whole};

/// The marks of an application, in short. All but the deviation is exact.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// How many marks there are.
    pub marks: usize,
    /// The lowest.
    pub lowest: Fraction,
    /// The highest.
    pub highest: Fraction,
    /// The highest less the lowest (极差).
    pub range: Fraction,
    /// The mean of all.
    pub mean: Fraction,
    /// The median of all.
    pub median: Fraction,
    /// The median absolute deviation from the median (MAD).
    pub mad: Fraction,
    /// The sample standard deviation (标准差), over n − 1, in points.
    pub deviation: Result<f64, Undefined>,
}

/// The spread of an application's marks.
///
/// # Errors
/// No marks, or figures too large.
pub fn spread(grid: &Grid, application: usize) -> Result<Spread, Undefined> {
    let marks: Vec<i128> = grid.row(application).iter().map(|(_, mark)| i128::from(*mark)).collect();
    let lowest = marks.iter().copied().min().ok_or(Undefined::TooFewMarks)?;
    let highest = marks.iter().copied().max().ok_or(Undefined::TooFewMarks)?;
    let many = whole(marks.len());
    let median = middle(marks.clone()).ok_or(Undefined::TooFewMarks)?;
    let mad = middle(marks.iter().map(|mark| (2 * mark - median).abs()).collect()).ok_or(Undefined::TooFewMarks)?;
    let over = |figure: i128, parts: i128| {
        let fraction = Fraction::new(product(&[figure, Points::UNIT.into()])?, product(&[parts, grid.under()])?);
        fraction.ok_or(Undefined::TooLarge)
    };
    let deviation = if many < 2 {
        Err(Undefined::TooFewMarks)
    } else {
        scatter(&marks).map(|scatter| quotient(scatter, many * (many - 1)).sqrt() / real(grid.under()))
    };
    Ok(Spread {
        marks: marks.len(),
        lowest: over(lowest, 1)?,
        highest: over(highest, 1)?,
        range: over(highest - lowest, 1)?,
        mean: over(sum(marks)?, many)?,
        median: over(median, 2)?,
        mad: over(mad, 4)?,
        deviation,
    })
}

/// Twice the median.
pub(super) fn middle(mut numbers: Vec<i128>) -> Option<i128> {
    numbers.sort_unstable();
    let half = numbers.len() / 2;
    let upper = numbers.get(half)?;
    let lower = if numbers.len() % 2 == 1 { upper } else { numbers.get(half.checked_sub(1)?)? };
    lower.checked_add(*upper)
}

#[cfg(test)]
mod tests {
    use super::super::grid::tests::grid;
    use super::*;

    #[test]
    fn worked_out_by_hand() {
        let found = spread(&grid(&["80 90 85.5 -", "- - - -", "7 - - -"]), 0).unwrap();
        let points = |text: &str| Fraction::whole(Points::parse(text).unwrap().units().into());
        assert_eq!((found.marks, found.lowest, found.highest), (3, points("80"), points("90")));
        assert_eq!((found.range, found.median, found.mad), (points("10"), points("85.5"), points("4.5")));
        assert_eq!(found.mean, Fraction::new(2_555_000, 3).unwrap());
        // 80, 85.5, 90 about 85.1666…: √(50.1666…/2).
        assert!((found.deviation.unwrap() - 5.008_326_4).abs() < 1e-6, "{found:?}");
        let grid = grid(&["80 90 85.5 -", "- - - -", "7 - - -"]);
        assert_eq!(spread(&grid, 1), Err(Undefined::TooFewMarks));
        assert_eq!(spread(&grid, 2).unwrap().deviation, Err(Undefined::TooFewMarks));
        // An even number: the middle of two, and a MAD in quarters.
        assert_eq!(middle(vec![4, 1, 2, 9]), Some(6));
    }
}
