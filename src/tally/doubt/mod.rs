//! Agreement and doubt (一致性与存疑): how far experts agree, which marks and
//! which experts stand apart, and what a place rests on. Shown beside a result
//! and never in it: no score, place or cut line comes from here.
//!
//! The only place with `f64`. Sums, ties and all that decides whether something
//! is listed are integers; what is left is a division, a root or a small system
//! of equations. Sums of floats go in a fixed order, and nothing but `+ - * /`,
//! the square root and functions of `libm` in plain Rust is used, so every machine
//! gives the same bytes.

pub mod alike;
pub mod alpha;
mod chance;
mod chi_square;
mod cholesky;
pub mod concordance;
pub mod corridor;
pub mod employers;
mod graph;
pub mod grid;
pub mod icc;
pub mod kappa;
pub mod outliers;
pub mod real;
pub mod recheck;
pub mod replay;
pub mod report;
pub mod resample;
pub mod residuals;
pub mod severity;
pub mod shrunken;
pub mod spread;
pub mod table;
pub mod zscores;

pub use grid::Grid;
