//! Experts who stray together (残差相关): the correlation of two experts' marks,
//! each less the mean of its application. Where nobody leans on anybody it is
//! about −1 / (n − 1) for n experts, not 0; of two experts alone it is −1. A
//! screen for the secretary, never a verdict.
#![expect(clippy::float_arithmetic, reason = "what is shown beside a result")]

use std::collections::BTreeMap;

use crate::domain::doubt::Undefined;

use super::alike::may_compare;
use super::grid::{Grid, product, sum};
use super::real::{count, quotient, whole};

/// Fewer shared applications than this say nothing.
const LEAST: usize = 3;

/// Two experts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlation {
    /// The experts, in order.
    pub experts: [usize; 2],
    /// Applications both marked.
    pub applications: usize,
    /// Pearson's r of their residuals.
    pub r: Result<f64, Undefined>,
}

/// A residual, exact and as a float.
#[derive(Debug, Clone, Copy)]
struct Residual {
    over: i128,
    under: i128,
    float: f64,
}

impl Residual {
    fn equals(self, other: Self) -> bool {
        let cross = |a: i128, b: i128| a.checked_mul(b);
        let (left, right) = (cross(self.over, other.under), cross(other.over, self.under));
        left.is_some() && left == right
    }
}

/// What is kept of two experts.
#[derive(Debug, Clone)]
struct Sums {
    first: [Residual; 2],
    varies: [bool; 2],
    count: usize,
    totals: [f64; 2],
    squares: [f64; 2],
    products: f64,
}

/// The correlation of every two experts who share an application, by expert.
///
/// # Errors
/// Too many to compare, or figures too large.
pub fn residuals(grid: &Grid) -> Result<Vec<Correlation>, Undefined> {
    may_compare(grid.rows().iter())?;
    let mut pairs: BTreeMap<[usize; 2], Sums> = BTreeMap::new();
    for row in grid.rows() {
        let many = whole(row.len());
        let total = sum(row.iter().map(|(_, mark)| i128::from(*mark)))?;
        let residual = |(expert, mark): &(usize, i64)| {
            let over = sum([product(&[many, i128::from(*mark)])?, -total])?;
            Ok((*expert, Residual { over, under: many, float: quotient(over, many) }))
        };
        let marks = row.iter().map(residual).collect::<Result<Vec<_>, Undefined>>()?;
        let mut rest = marks.as_slice();
        while let Some(((expert, own), others)) = rest.split_first() {
            for (other, second) in others {
                let kept = pairs.entry([*expert, *other]).or_insert_with(|| Sums {
                    first: [*own, *second],
                    varies: [false; 2],
                    count: 0,
                    totals: [0.0; 2],
                    squares: [0.0; 2],
                    products: 0.0,
                });
                kept.take(*own, *second);
            }
            rest = others;
        }
    }
    Ok(pairs
        .into_iter()
        .map(|(experts, sums)| Correlation { experts, applications: sums.count, r: sums.r() })
        .collect())
}

impl Sums {
    /// Takes one application in, measured from the first so that little is lost.
    fn take(&mut self, a: Residual, b: Residual) {
        let [first, second] = self.first;
        let [of_a, of_b] = &mut self.varies;
        *of_a |= !a.equals(first);
        *of_b |= !b.equals(second);
        let (x, y) = (a.float - first.float, b.float - second.float);
        let ([sum_x, sum_y], [square_x, square_y]) = (&mut self.totals, &mut self.squares);
        *sum_x += x;
        *sum_y += y;
        *square_x += x * x;
        *square_y += y * y;
        self.products += x * y;
        self.count += 1;
    }

    fn r(&self) -> Result<f64, Undefined> {
        if self.count < LEAST {
            return Err(Undefined::TooFewApplications);
        }
        let many = count(self.count);
        let spread = |sum: f64, squares: f64| many * squares - sum * sum;
        let ([of_a, of_b], [squares_a, squares_b]) = (self.totals, self.squares);
        let (spread_a, spread_b) = (spread(of_a, squares_a), spread(of_b, squares_b));
        if self.varies != [true; 2] || spread_a <= 0.0 || spread_b <= 0.0 {
            return Err(Undefined::NoVariance);
        }
        Ok(((many * self.products - of_a * of_b) / (spread_a.sqrt() * spread_b.sqrt())).clamp(-1.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::super::grid::tests::grid;
    use super::*;

    #[test]
    fn two_who_stray_together() {
        let found = residuals(&grid(&["9 9 5 5", "5 5 9 9", "9 9 5 5", "8 8 6 6", "- - - 1"])).unwrap();
        let r = |experts| found.iter().find(|pair| pair.experts == experts).unwrap();
        assert!((r([0, 1]).r.unwrap() - 1.0).abs() < 1e-12);
        assert!((r([0, 2]).r.unwrap() + 1.0).abs() < 1e-12);
        assert_eq!((found.len(), r([2, 3]).applications), (6, 4));
    }

    #[test]
    fn without_variance_or_applications_there_is_none() {
        let found = residuals(&grid(&["7.1 7.3 7.2", "8.1 8.3 8.2", "6.4 6.6 6.5", "7 - -"])).unwrap();
        assert!(found.iter().all(|pair| pair.r == Err(Undefined::NoVariance)));
        let found = residuals(&grid(&["7 8", "8 6", "- 1"])).unwrap();
        assert_eq!(found[0].r, Err(Undefined::TooFewApplications));
    }
}
