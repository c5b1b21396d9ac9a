//! Sheets to a standing: exact statistics, rounding, places, ties, the cut line.
//!
//! Nothing here reads a file, a clock or a random source, and nothing is an
//! `f64`: marks are integers on the grid, sums are `i128`, a mean is a fraction
//! until it is rounded once, and equals are equal.

pub mod fraction;
pub mod rank;
pub mod statistic;

pub use rank::{Entry, rank};
