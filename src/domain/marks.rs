//! Marks as a stream (计分数据): who gives what for which criterion of which
//! application, one at a time. Whoever reads them hands them on and keeps none,
//! so that no list of them ever stands in memory.

use crate::base::{Points, Result};

/// Where a mark belongs, by the numbers that [`Marks`] gave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spot {
    /// The panel (组、场次).
    pub panel: u32,
    /// The application, within its panel.
    pub application: u32,
    /// The expert.
    pub expert: u32,
    /// The criterion, within its panel.
    pub criterion: u32,
}

/// What takes marks in. A name is told once and goes by its number from then on.
pub trait Marks {
    /// The number of a panel; a name not heard before gets the next one.
    ///
    /// # Errors
    /// One too many.
    fn panel(&mut self, name: &str) -> Result<u32>;
    /// The number of an application of a panel.
    ///
    /// # Errors
    /// One too many.
    fn application(&mut self, panel: u32, name: &str) -> Result<u32>;
    /// The number of an expert.
    ///
    /// # Errors
    /// One too many.
    fn expert(&mut self, name: &str) -> Result<u32>;
    /// The number of a criterion of a panel.
    ///
    /// # Errors
    /// One too many, or one that the rule does not know.
    fn criterion(&mut self, panel: u32, name: &str) -> Result<u32>;
    /// Whether marks may be below zero.
    fn below_zero(&self) -> bool;
    /// A mark, or that it is missing.
    ///
    /// # Errors
    /// There already, or one that the rule does not allow.
    fn mark(&mut self, spot: Spot, mark: Option<Points>) -> Result<()>;
}
