//! The one encoding of score sheets. Whatever seals a sheet seals these bytes.

use crate::base::{Problem, Result};
use crate::domain::sheet::{FORMAT, Sheet};

use super::event::{from_bytes, to_bytes};

/// Largest sheet read, in bytes.
const LARGEST: usize = 32 << 20;

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
pub fn decode(bytes: &[u8]) -> Result<Sheet> {
    if bytes.len() > LARGEST {
        return Err(Problem::TooBig { limit: u64::try_from(LARGEST).unwrap_or(0) }.into());
    }
    let sheet: Sheet = from_bytes(bytes)?;
    if sheet.format != FORMAT {
        return Err(Problem::NotOurs { wanted: "sheet" }.into());
    }
    Ok(sheet)
}
