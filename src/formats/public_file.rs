//! The public keys of an expert or the supervisor, as they are sent in.

use serde::{Deserialize, Serialize};

use crate::base::{ExpertCode, Limits, PublicKeys, Result};

use super::event::{from_bytes, to_bytes};

/// What is sent in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicFile {
    /// Whose they are; nothing for the supervisor.
    pub expert: Option<ExpertCode>,
    /// The keys.
    pub keys: PublicKeys,
}

/// The exact bytes.
///
/// # Errors
/// None that keys can give.
pub fn encode(file: &PublicFile) -> Result<Vec<u8>> {
    to_bytes(file)
}

/// Reads them.
///
/// # Errors
/// Bytes that we did not write.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<PublicFile> {
    from_bytes(bytes, limits.keys)
}
