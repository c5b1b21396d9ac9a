//! An application as it was read, as json by itself: for trying a check
//! without a round. In a round it lies in the register.

use crate::base::{Limits, Problem, Refusal, Result, limits};
use crate::domain::application::Application;

/// Reads one.
///
/// # Errors
/// Too large, or not json of this shape.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Application> {
    limits::bytes(bytes, limits.packet)?;
    serde_json::from_slice(bytes).map_err(|error| Refusal::from(Problem::BadJson(error.to_string())))
}
