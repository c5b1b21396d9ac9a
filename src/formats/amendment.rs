//! The one encoding of amendments. Whatever is signed as one is these bytes.

use crate::base::{Limits, Result};
use crate::domain::amendment::Amendment;

use super::event::{from_bytes, to_bytes};

/// The exact bytes of an amendment.
///
/// # Errors
/// None that an amendment can give.
pub fn encode(amendment: &Amendment) -> Result<Vec<u8>> {
    to_bytes(amendment)
}

/// Reads an amendment: strictly, and only bytes that [`encode`] would give.
///
/// # Errors
/// Anything else.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Amendment> {
    from_bytes(bytes, limits.member)
}
