//! Marks to a standing: exact statistics, rounding, places, ties, the cut line.
//!
//! Nothing here reads a file, a clock or a random source, and nothing that
//! decides is an `f64`: marks are integers on the grid, sums are `i128`, a mean is
//! a fraction until it is rounded once, and equals are equal. What is shown beside
//! a result stands in [`doubt`], apart.

pub mod across;
mod application;
pub mod doubt;
pub mod engine;
pub mod explain;
pub mod fraction;
pub mod funding;
mod given;
mod names;
mod order;
pub mod rank;
pub mod standing;
pub mod statistic;
mod work;

pub use engine::Engine;
pub use rank::{Entry, rank};
