//! Marks to be checked again (复核): those far from the median of their
//! criterion, and those that differ where there is nothing to judge. Exact
//! throughout.

use crate::base::Points;
use crate::domain::doubt::Undefined;
use crate::tally::fraction::Fraction;

use super::grid::{Grid, product};
use super::spread::middle;

/// A mark far from the median.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abnormal {
    /// The application.
    pub application: usize,
    /// The expert.
    pub expert: usize,
    /// The mark.
    pub mark: Fraction,
    /// The median of all marks of it, this one too.
    pub median: Fraction,
    /// Above the median, or below.
    pub high: bool,
}

/// A matter of fact on which experts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// The application.
    pub application: usize,
    /// Marks by expert.
    pub marks: Vec<(usize, Fraction)>,
}

/// Marks of one criterion that are this `share` of its highest mark, or more, from
/// the median.
///
/// # Errors
/// Figures too large.
pub fn abnormal(marks: &Grid, full: Points, share: Points) -> Result<Vec<Abnormal>, Undefined> {
    let mut out = Vec::new();
    // A mark's distance from the median is in halves.
    let least = product(&[i128::from(full.units()), share.units().into(), 2, marks.under()])?;
    for (application, row) in marks.rows().iter().enumerate() {
        let Some(median) = middle(row.iter().map(|(_, mark)| i128::from(*mark)).collect()) else { continue };
        for (expert, mark) in row {
            let away = 2 * i128::from(*mark) - median;
            let far = product(&[away.abs(), Points::UNIT.into(), Points::UNIT.into()])? >= least;
            if far && away != 0 {
                out.push(Abnormal {
                    application,
                    expert: *expert,
                    mark: points(marks, (*mark).into(), 1)?,
                    median: points(marks, median, 2)?,
                    high: away > 0,
                });
            }
        }
    }
    Ok(out)
}

/// Applications whose marks of one criterion are not all equal.
///
/// # Errors
/// Figures too large.
pub fn differing(marks: &Grid) -> Result<Vec<Differing>, Undefined> {
    let mut out = Vec::new();
    for (application, row) in marks.rows().iter().enumerate() {
        let first = row.first().map(|(_, mark)| mark);
        if row.iter().any(|(_, mark)| Some(mark) != first) {
            let marks = row.iter().map(|(expert, mark)| Ok((*expert, points(marks, (*mark).into(), 1)?)));
            out.push(Differing { application, marks: marks.collect::<Result<_, Undefined>>()? });
        }
    }
    Ok(out)
}

fn points(grid: &Grid, figure: i128, parts: i128) -> Result<Fraction, Undefined> {
    let over = product(&[figure, Points::UNIT.into()])?;
    Fraction::new(over, product(&[parts, grid.under()])?).ok_or(Undefined::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::super::grid::tests::grid;
    use super::*;

    /// Three tenths.
    fn far() -> Points {
        Points::from_units(3_000)
    }

    #[test]
    fn thirty_percent_is_far_and_less_is_not() {
        // The highest mark is 5: 1.5 from the median is far.
        let marks = grid(&["4 4 2.5 4", "4 4 2.6 4", "5 1", "- -", "3 3 3"]);
        let found = abnormal(&marks, Points::parse("5").unwrap(), far()).unwrap();
        let short: Vec<_> = found.iter().map(|a| (a.application, a.expert, a.high)).collect();
        assert_eq!(short, [(0, 2, false), (2, 0, true), (2, 1, false)]);
        assert_eq!((found[0].mark, found[0].median), (Fraction::whole(25_000), Fraction::whole(40_000)));
        // Where nothing can be scored, equal marks are not far from each other.
        assert_eq!(abnormal(&grid(&["0 0"]), Points::ZERO, far()), Ok(Vec::new()));
    }

    #[test]
    fn any_difference_in_a_fact_is_listed() {
        let found = differing(&grid(&["2 2 2", "2 2 1.9999", "2 - 2", "- - -", "2 0 -"])).unwrap();
        assert_eq!(found.iter().map(|d| d.application).collect::<Vec<_>>(), [1, 4]);
        assert_eq!(found[1].marks, [(0, Fraction::whole(20_000)), (1, Fraction::whole(0))]);
    }
}
