//! The one encoding of score sheets. Whatever seals a sheet seals these bytes.

use crate::base::{Limits, Problem, Result};
use crate::domain::sheet::{FORMAT, Sheet};

use super::event::{from_bytes, to_bytes};

/// The exact bytes of a sheet.
///
/// # Errors
/// None that a sheet can give.
pub fn encode(sheet: &Sheet) -> Result<Vec<u8>> {
    to_bytes(sheet)
}

/// Reads a sheet: strictly, and only bytes that [`encode`] would give.
///
/// # Errors
/// Anything else.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Sheet> {
    let sheet: Sheet = from_bytes(bytes, limits.sheet)?;
    if sheet.format != FORMAT {
        return Err(Problem::NotOurs { wanted: "sheet" }.into());
    }
    Ok(sheet)
}
