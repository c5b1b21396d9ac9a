//! Marks to be compared: applications × experts, exact, with blanks.

use crate::base::Points;
use crate::domain::doubt::Undefined;

use super::real::{common, quotient};

/// Marks of one panel: one row an application, one column an expert. They are
/// integers over one denominator, reduced; a blank is no mark, never 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    experts: usize,
    /// What a mark is over, in points; above zero.
    under: i128,
    /// By application, the marks there are, by expert.
    rows: Vec<Vec<(usize, i64)>>,
}

/// Rows in which every expert has a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complete {
    /// Marks by application and expert, less the lowest of them.
    pub rows: Vec<Vec<i128>>,
    /// The experts that have any mark, in order.
    pub experts: Vec<usize>,
    /// How many applications with marks are left out for a blank.
    pub left_out: usize,
}

impl Grid {
    /// From rows of as many marks as there are experts. A mark is `over / under`
    /// units of 1/10,000 point, as in [`Fraction`](crate::tally::fraction::Fraction).
    ///
    /// # Errors
    /// [`Undefined::TooLarge`] where a mark does not fit, `under` is not above
    /// zero, or a row is longer than there are experts.
    pub fn new(experts: usize, under: i128, rows: &[Vec<Option<i128>>]) -> Result<Self, Undefined> {
        let cells = rows.iter().enumerate().flat_map(|(row, marks)| {
            marks.iter().enumerate().filter_map(move |(expert, mark)| Some((row, expert, (*mark)?)))
        });
        Self::of_cells(rows.len(), experts, under, cells.collect())
    }

    /// From the marks there are: application, expert, and `over` of the mark, in
    /// any order.
    ///
    /// # Errors
    /// As [`Self::new`]; also where an expert marked an application twice.
    pub fn of_cells(
        applications: usize,
        experts: usize,
        under: i128,
        mut cells: Vec<(usize, usize, i128)>,
    ) -> Result<Self, Undefined> {
        let under =
            under.checked_mul(i128::from(Points::UNIT)).filter(|under| *under > 0).ok_or(Undefined::TooLarge)?;
        let step = cells.iter().fold(under, |step, (.., mark)| if step == 1 { 1 } else { common(step, *mark) });
        cells.sort_unstable();
        let mut rows: Vec<Vec<(usize, i64)>> = vec![Vec::new(); applications];
        for (application, expert, mark) in cells {
            let row = rows
                .get_mut(application)
                .filter(|row| expert < experts && row.last().is_none_or(|(before, _)| *before < expert));
            let mark = i64::try_from(mark / step).map_err(|_| Undefined::TooLarge)?;
            row.ok_or(Undefined::TooLarge)?.push((expert, mark));
        }
        Ok(Self { experts, under: under / step, rows })
    }

    /// How many applications there are, with and without marks.
    #[must_use]
    pub const fn applications(&self) -> usize {
        self.rows.len()
    }

    /// How many experts there are, with and without marks.
    #[must_use]
    pub const fn experts(&self) -> usize {
        self.experts
    }

    /// What a mark is over, in points.
    #[must_use]
    pub const fn under(&self) -> i128 {
        self.under
    }

    /// Marks by application: expert and mark over [`Self::under`], by expert.
    #[must_use]
    pub fn rows(&self) -> &[Vec<(usize, i64)>] {
        &self.rows
    }

    /// The marks of one application.
    #[must_use]
    pub fn row(&self, application: usize) -> &[(usize, i64)] {
        self.rows.get(application).map_or(&[], Vec::as_slice)
    }

    /// Marks by expert: application and mark, by application.
    #[must_use]
    pub fn columns(&self) -> Vec<Vec<(usize, i64)>> {
        let mut columns: Vec<Vec<(usize, i64)>> = vec![Vec::new(); self.experts];
        for (application, row) in self.rows.iter().enumerate() {
            for (expert, mark) in row {
                if let Some(column) = columns.get_mut(*expert) {
                    column.push((application, *mark));
                }
            }
        }
        columns
    }

    /// A mark over [`Self::under`].
    #[must_use]
    pub fn exact(&self, application: usize, expert: usize) -> Option<i64> {
        let row = self.row(application);
        let at = row.binary_search_by_key(&expert, |(expert, _)| *expert).ok()?;
        row.get(at).map(|(_, mark)| *mark)
    }

    /// A mark in points.
    #[must_use]
    pub fn get(&self, application: usize, expert: usize) -> Option<f64> {
        self.exact(application, expert).map(|mark| self.points(mark.into()))
    }

    /// A figure over [`Self::under`], in points.
    #[must_use]
    pub fn points(&self, figure: i128) -> f64 {
        quotient(figure, self.under)
    }

    /// Which experts have any mark.
    #[must_use]
    pub fn active(&self) -> Vec<usize> {
        let mut seen = vec![false; self.experts];
        for (expert, _) in self.rows.iter().flatten() {
            if let Some(seen) = seen.get_mut(*expert) {
                *seen = true;
            }
        }
        seen.iter().enumerate().filter(|(_, seen)| **seen).map(|(expert, _)| expert).collect()
    }

    /// The applications that every expert with any mark has marked.
    ///
    /// # Errors
    /// Fewer than two experts or applications, or too few left.
    pub fn complete(&self) -> Result<Complete, Undefined> {
        let experts = self.active();
        if experts.len() < 2 {
            return Err(Undefined::TooFewExperts);
        }
        let marked = self.rows.iter().filter(|row| !row.is_empty()).count();
        if marked < 2 {
            return Err(Undefined::TooFewApplications);
        }
        let full = || self.rows.iter().filter(|row| row.len() == experts.len());
        let kept = full().count();
        if kept < 2 {
            return Err(Undefined::Incomplete);
        }
        let lowest = full().flatten().map(|(_, mark)| i128::from(*mark)).min().unwrap_or(0);
        let rows = full().map(|row| row.iter().map(|(_, mark)| i128::from(*mark) - lowest).collect());
        Ok(Complete { rows: rows.collect(), experts, left_out: marked - kept })
    }
}

/// The sum; too large is said.
pub(super) fn sum(numbers: impl IntoIterator<Item = i128>) -> Result<i128, Undefined> {
    numbers.into_iter().try_fold(0i128, i128::checked_add).ok_or(Undefined::TooLarge)
}

/// The product; too large is said.
pub(super) fn product(numbers: &[i128]) -> Result<i128, Undefined> {
    numbers.iter().try_fold(1i128, |product, number| product.checked_mul(*number)).ok_or(Undefined::TooLarge)
}

/// `count · Σx² − (Σx)²`: how far numbers are from their mean, times the square
/// of their count. It is 0 where all are equal, and only there.
pub(super) fn scatter(numbers: &[i128]) -> Result<i128, Undefined> {
    let lowest = numbers.iter().copied().min().unwrap_or(0);
    let (mut total, mut squares) = (0i128, 0i128);
    for number in numbers {
        let number = number.checked_sub(lowest).ok_or(Undefined::TooLarge)?;
        total = sum([total, number])?;
        squares = sum([squares, product(&[number, number])?])?;
    }
    let count = i128::try_from(numbers.len()).map_err(|_| Undefined::TooLarge)?;
    sum([product(&[count, squares])?, -product(&[total, total])?])
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A grid of marks as people write them; `-` is a blank.
    pub(crate) fn grid(rows: &[&str]) -> Grid {
        let mark = |text: &str| (text != "-").then(|| i128::from(Points::parse(text).unwrap().units()));
        let rows: Vec<Vec<Option<i128>>> = rows.iter().map(|row| row.split_whitespace().map(mark).collect()).collect();
        Grid::new(rows.first().map_or(0, Vec::len), 1, &rows).unwrap()
    }

    #[test]
    fn marks_are_reduced_and_read_back() {
        let grid = grid(&["85.5 - 90", "- - -", "70 71 72"]);
        assert_eq!((grid.applications(), grid.experts(), grid.under()), (3, 3, 2));
        assert_eq!(grid.exact(0, 0), Some(171));
        assert_eq!(grid.get(0, 2), Some(90.0));
        assert_eq!(grid.get(0, 1), None);
        assert_eq!(grid.columns()[1], [(2, 142)]);
        assert_eq!(grid.active(), [0, 1, 2]);
        assert_eq!(grid.complete(), Err(Undefined::Incomplete));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert_eq!(Grid::new(1, 0, &[vec![Some(1)]]), Err(Undefined::TooLarge));
        assert_eq!(Grid::new(1, 1, &[vec![Some(1), Some(2)]]), Err(Undefined::TooLarge));
        assert_eq!(Grid::of_cells(1, 1, 1, vec![(0, 0, 1), (0, 0, 2)]), Err(Undefined::TooLarge));
        assert_eq!(Grid::new(1, 1, &[vec![Some(i128::MAX)]]), Err(Undefined::TooLarge));
        assert_eq!(scatter(&[i128::MAX, i128::MIN]), Err(Undefined::TooLarge));
    }
}
