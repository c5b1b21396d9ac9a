//! Leniency and severity (宽严倾向) by two-way additive least squares: a mark is
//! the application's quality, plus the expert's leniency, plus what is left.
//!
//! Kuhlisch, W. et al. (2016) Metrika 79:37–57. The leniencies add up to 0.
//! Where groups of experts share no application, leniency and quality can't be
//! told apart and nothing is worked out. Where every expert marked everything,
//! the order is that of the plain means. A calibrated figure never takes the
//! place of a score.
#![expect(clippy::float_arithmetic, reason = "what is shown beside a result")]

use crate::base::Points;
use crate::domain::doubt::Undefined;
use crate::domain::rubric::beyond::Direction;
use crate::tally::fraction::Fraction;

use super::cholesky::Symmetric;
use super::graph::{Fragile, Part, parts};
use super::grid::{Grid, product, sum};
use super::real::{count, quotient, real, whole};

/// Most experts for whom equations are solved.
pub(super) const MOST_EXPERTS: usize = 2_000;
/// Calibrated figures closer than this, in points, share a place.
const CLOSE: f64 = 1e-9;

/// What comes of a panel's marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Severity {
    /// The plain mean of each application's marks; nothing without marks.
    pub means: Vec<Option<Fraction>>,
    /// Places by the plain mean, equal ones sharing a place (1224).
    pub places: Vec<Option<u32>>,
    /// Groups of experts that can be compared; more than one is too many.
    pub parts: Vec<Part>,
    /// What the comparison hangs on.
    pub fragile: Fragile,
    /// The calibrated figures.
    pub model: Result<Model, Undefined>,
}

/// The calibrated figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Each application's quality, in points; nothing without marks.
    pub quality: Vec<Option<f64>>,
    /// Each expert's leniency, in points, above 0 where lenient; nothing without
    /// marks.
    pub leniency: Vec<Option<f64>>,
    /// Places by quality.
    pub places: Vec<Option<u32>>,
    /// Marks more than what is worked out of them.
    pub freedom: usize,
    /// The standard deviation of what is left, in points.
    pub residual: Result<f64, Undefined>,
}

/// Works out a panel's leniency and quality. `better` says which end is first.
///
/// # Errors
/// Figures too large.
pub fn severity(grid: &Grid, better: Direction) -> Result<Severity, Undefined> {
    let means = grid.rows().iter().map(|row| mean(grid, row)).collect::<Result<Vec<_>, _>>()?;
    let (parts, fragile) = parts(grid);
    let model = match parts.len() {
        0 => Err(Undefined::TooFewMarks),
        1 => solve(grid, better),
        _ => Err(Undefined::Disconnected),
    };
    Ok(Severity { places: by_mean(&means, better), means, parts, fragile, model })
}

fn mean(grid: &Grid, row: &[(usize, i64)]) -> Result<Option<Fraction>, Undefined> {
    if row.is_empty() {
        return Ok(None);
    }
    let over = product(&[sum(row.iter().map(|(_, mark)| i128::from(*mark)))?, Points::UNIT.into()])?;
    let under = product(&[whole(row.len()), grid.under()])?;
    Fraction::new(over, under).map(Some).ok_or(Undefined::TooLarge)
}

fn by_mean(means: &[Option<Fraction>], better: Direction) -> Vec<Option<u32>> {
    let mut order: Vec<(usize, Fraction)> =
        means.iter().enumerate().filter_map(|(at, mean)| Some((at, (*mean)?))).collect();
    order.sort_by(|a, b| turned(a.1.cmp(&b.1), better));
    number(means.len(), &order, |a, b| a == b)
}

fn turned(order: std::cmp::Ordering, better: Direction) -> std::cmp::Ordering {
    match better {
        Direction::Descending => order.reverse(),
        Direction::Ascending => order,
    }
}

/// Numbers what stands in order; neighbours that are the same share a place.
fn number<T: Copy>(count: usize, order: &[(usize, T)], same: impl Fn(T, T) -> bool) -> Vec<Option<u32>> {
    let mut out = vec![None; count];
    let mut before = 0usize;
    for equal in order.chunk_by(|a, b| same(a.1, b.1)) {
        for (at, _) in equal {
            if let Some(place) = out.get_mut(*at) {
                *place = u32::try_from(before + 1).ok();
            }
        }
        before += equal.len();
    }
    out
}

/// Solves for the experts, the applications being eliminated, and then for the
/// applications.
fn solve(grid: &Grid, better: Direction) -> Result<Model, Undefined> {
    let experts = grid.active();
    if experts.len() < 2 {
        return Err(Undefined::TooFewExperts);
    }
    if experts.len() > MOST_EXPERTS {
        return Err(Undefined::TooMany);
    }
    let (rows, lowest) = numbered(grid, &experts);
    let mut matrix = Symmetric::zeros(experts.len());
    let mut right = vec![0.0; experts.len()];
    // Leniencies add up to 0: that row, squared, makes the matrix definite and
    // changes nothing else.
    for a in 0..experts.len() {
        for b in 0..=a {
            matrix.add(a, b, 1.0);
        }
    }
    for row in &rows {
        let share = 1.0 / count(row.len());
        let mean = middle(row, |_| 0.0);
        let mut rest = row.as_slice();
        while let Some(((expert, mark), others)) = rest.split_first() {
            matrix.add(*expert, *expert, 1.0 - share);
            for (other, _) in others {
                matrix.add(*expert, *other, -share);
            }
            if let Some(right) = right.get_mut(*expert) {
                *right += mark - mean;
            }
            rest = others;
        }
    }
    let solved = matrix.factor().ok_or(Undefined::TooMany)?.solve(&right);
    let centre = solved.iter().sum::<f64>() / count(solved.len());
    let lenient: Vec<f64> = solved.iter().map(|leniency| leniency - centre).collect();
    let of = |expert: usize| lenient.get(expert).copied().unwrap_or(0.0);
    let (mut left, mut marks, mut marked) = (0.0, 0usize, 0usize);
    let mut quality = Vec::with_capacity(rows.len());
    let point = real(grid.under());
    let start = grid.points(lowest.into());
    for row in &rows {
        if row.is_empty() {
            quality.push(None);
            continue;
        }
        let own = middle(row, of);
        for (expert, mark) in row {
            let rest = mark - own - of(*expert);
            left += rest * rest;
        }
        marks += row.len();
        marked += 1;
        quality.push(Some(start + own / point));
    }
    let freedom = (marks + 1).saturating_sub(marked + experts.len());
    let residual = if freedom == 0 { Err(Undefined::TooFewMarks) } else { Ok((left / count(freedom)).sqrt() / point) };
    let mut leniency = vec![None; grid.experts()];
    for (expert, value) in experts.iter().zip(&lenient) {
        if let Some(place) = leniency.get_mut(*expert) {
            *place = Some(value / point);
        }
    }
    let mut order: Vec<(usize, f64)> =
        quality.iter().enumerate().filter_map(|(at, quality)| Some((at, (*quality)?))).collect();
    order.sort_by(|a, b| turned(a.1.total_cmp(&b.1), better));
    let places = number(quality.len(), &order, |a, b| (a - b).abs() <= CLOSE);
    Ok(Model { quality, leniency, places, freedom, residual })
}

/// Marks as floats above the lowest, by the experts' numbers among those who
/// marked anything.
pub(super) fn numbered(grid: &Grid, experts: &[usize]) -> (Vec<Vec<(usize, f64)>>, i64) {
    let lowest = grid.rows().iter().flatten().map(|(_, mark)| *mark).min().unwrap_or(0);
    let above = |(expert, mark): &(usize, i64)| {
        let at = experts.binary_search(expert).ok()?;
        Some((at, real(i128::from(*mark) - i128::from(lowest))))
    };
    (grid.rows().iter().map(|row| row.iter().filter_map(above).collect()).collect(), lowest)
}

/// The mean of marks less something of each expert.
fn middle(row: &[(usize, f64)], less: impl Fn(usize) -> f64) -> f64 {
    row.iter().map(|(expert, mark)| mark - less(*expert)).sum::<f64>() / count(row.len().max(1))
}

/// A fraction of units as points.
#[must_use]
pub fn points(fraction: Fraction) -> f64 {
    let (over, under) = fraction.parts();
    quotient(over, under) / real(Points::UNIT.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::grid::tests::grid;
    use super::*;

    fn near(found: &[Option<f64>], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found.unwrap() - expected).abs() < 1e-9, "{found:?} {expected}");
        }
    }

    /// Without noise the leniencies come out as they went in, and the plain
    /// means are in the wrong order.
    #[test]
    fn what_went_in_comes_out() {
        let found = severity(&grid(&["90 80 -", "- 82 87", "100 - 95", "88 - 83"]), Direction::Descending).unwrap();
        let model = found.model.unwrap();
        near(&model.quality, &[85.0, 87.0, 95.0, 83.0]);
        near(&model.leniency, &[5.0, -5.0, 0.0]);
        assert_eq!(model.places, [3, 2, 1, 4].map(Some));
        assert_eq!(found.places, [3, 4, 1, 2].map(Some));
        assert_eq!(found.means.iter().map(|mean| points(mean.unwrap())).collect::<Vec<_>>(), [85.0, 84.5, 97.5, 85.5]);
        assert_eq!(model.freedom, 2);
        assert!(model.residual.unwrap() < 1e-9);
    }

    #[test]
    fn groups_that_share_nothing_are_not_compared() {
        let found = severity(&grid(&["90 -", "85 -", "- 70", "- 75"]), Direction::Descending).unwrap();
        assert_eq!((found.model, found.parts.len()), (Err(Undefined::Disconnected), 2));
        assert_eq!(found.places, [1, 2, 4, 3].map(Some));
        assert_eq!(found.parts[1], Part { experts: vec![1], applications: vec![2, 3] });
    }

    #[test]
    fn one_application_between_two_panels_is_said() {
        let found =
            severity(&grid(&["90 85 -", "80 76 -", "- 88 80", "- - 70", "- - 60"]), Direction::Descending).unwrap();
        assert!(found.model.is_ok());
        assert_eq!(found.fragile.applications, [2]);
        assert_eq!(found.fragile.marks, [(2, 1), (2, 2)]);
    }

    #[test]
    fn edges() {
        let of = |rows: &[&str]| severity(&grid(rows), Direction::Ascending).unwrap();
        assert_eq!(of(&["- -", "- -"]).model, Err(Undefined::TooFewMarks));
        assert_eq!(of(&["1", "2"]).model, Err(Undefined::TooFewExperts));
        // One application: its experts differ, and nothing is left over.
        let one = of(&["80 90"]).model.unwrap();
        near(&one.quality, &[85.0]);
        near(&one.leniency, &[-5.0, 5.0]);
        assert_eq!(one.residual, Err(Undefined::TooFewMarks));
        // An idle expert and an unread application are left blank; the lowest is first.
        let idle = of(&["80 - 90", "- - -", "70 - 80"]);
        assert_eq!(idle.places, [Some(2), None, Some(1)]);
        let model = idle.model.unwrap();
        assert_eq!(model.places, idle.places);
        assert_eq!((model.leniency[1], model.quality[1]), (None, None));
    }

    proptest! {
        /// Where everybody marked everything, calibration changes nothing.
        #[test]
        fn a_complete_block_keeps_the_order_of_means(rows in prop::collection::vec(prop::collection::vec((0i128..200).prop_map(Some), 3), 2..12)) {
            let found = severity(&Grid::new(3, 1, &rows).unwrap(), Direction::Descending).unwrap();
            let model = found.model.unwrap();
            // Units of 1/10,000 point: means differ by 1/30,000 or not at all.
            prop_assert_eq!(&model.places, &found.places);
            for (quality, mean) in model.quality.iter().zip(&found.means) {
                prop_assert!((quality.unwrap() - points(mean.unwrap())).abs() < 1e-9);
            }
            let total: f64 = model.leniency.iter().flatten().sum();
            prop_assert!(total.abs() < 1e-9);
        }
    }
}
