//! A small symmetric system of equations, solved by Cholesky's decomposition.
#![expect(clippy::float_arithmetic, reason = "what is shown beside a result")]

/// The lower half of a symmetric matrix: row i has i + 1 entries.
#[derive(Debug, Clone)]
pub(super) struct Symmetric {
    rows: Vec<Vec<f64>>,
}

impl Symmetric {
    /// All zeros.
    pub(super) fn zeros(size: usize) -> Self {
        Self { rows: (1..=size).map(|length| vec![0.0; length]).collect() }
    }

    /// Adds to the entry of `a` and `b`, in either order; once.
    pub(super) fn add(&mut self, a: usize, b: usize, value: f64) {
        if let Some(entry) = self.rows.get_mut(a.max(b)).and_then(|row| row.get_mut(a.min(b))) {
            *entry += value;
        }
    }

    /// An entry.
    pub(super) fn at(&self, a: usize, b: usize) -> f64 {
        self.rows.get(a.max(b)).and_then(|row| row.get(a.min(b))).copied().unwrap_or(0.0)
    }

    /// Its factor L, where L·Lᵀ is the matrix; nothing where it is not positive
    /// definite, as far as floats can tell.
    pub(super) fn factor(&self) -> Option<Factor> {
        let mut done: Vec<Vec<f64>> = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut new: Vec<f64> = Vec::with_capacity(row.len());
            for (earlier, entry) in done.iter().zip(row) {
                new.push((entry - dot(earlier, &new)) / earlier.last()?);
            }
            let own = *row.last()?;
            let left = own - dot(&new, &new);
            if left.is_nan() || left <= own * 1e-13 {
                return None;
            }
            new.push(left.sqrt());
            done.push(new);
        }
        Some(Factor { rows: done })
    }
}

/// The lower half, factored.
#[derive(Debug, Clone)]
pub(super) struct Factor {
    rows: Vec<Vec<f64>>,
}

impl Factor {
    /// Solves for one right side.
    pub(super) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut half: Vec<f64> = Vec::with_capacity(right.len());
        for (row, value) in self.rows.iter().zip(right) {
            let value = (value - dot(row, &half)) / row.last().copied().unwrap_or(1.0);
            half.push(value);
        }
        let mut out = Vec::with_capacity(half.len());
        for row in self.rows.iter().rev() {
            let value = half.pop().unwrap_or(0.0) / row.last().copied().unwrap_or(1.0);
            for (before, entry) in half.iter_mut().zip(row) {
                *before -= entry * value;
            }
            out.push(value);
        }
        out.reverse();
        out
    }

    /// The matrix turned over.
    pub(super) fn inverse(&self) -> Symmetric {
        let size = self.rows.len();
        let mut out = Symmetric::zeros(size);
        for column in 0..size {
            let unit: Vec<f64> = (0..size).map(|row| if row == column { 1.0 } else { 0.0 }).collect();
            for (row, value) in self.solve(&unit).into_iter().enumerate().skip(column) {
                out.add(row, column, value);
            }
        }
        out
    }
}

/// The sum of products, first to last, as far as both go.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (a, b) in a.iter().zip(b) {
        sum += a * b;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_and_turns_over() {
        let mut matrix = Symmetric::zeros(3);
        for (a, b, value) in [(0, 0, 4.0), (0, 1, 2.0), (1, 1, 5.0), (2, 1, 1.0), (2, 2, 3.0)] {
            matrix.add(a, b, value);
        }
        let factor = matrix.factor().unwrap();
        for (found, expected) in factor.solve(&[8.0, 15.0, 11.0]).iter().zip([1.0, 2.0, 3.0]) {
            assert!((found - expected).abs() < 1e-12);
        }
        let inverse = factor.inverse();
        for a in 0..3 {
            for b in 0..3 {
                let sum: f64 = (0..3).map(|k| matrix.at(a, k) * inverse.at(k, b)).sum();
                assert!((sum - if a == b { 1.0 } else { 0.0 }).abs() < 1e-12);
            }
        }
        let mut flat = Symmetric::zeros(2);
        for (a, b) in [(0, 0), (0, 1), (1, 1)] {
            flat.add(a, b, 1.0);
        }
        assert!(flat.factor().is_none());
    }
}
