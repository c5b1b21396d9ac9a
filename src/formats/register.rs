//! The one encoding of the register's content, before it is encrypted.

use serde::{Deserialize, Serialize};

use crate::base::{ApplicationNo, Digest, ExpertCode, Limits, Problem, Result};
use crate::domain::application::Application;
use crate::domain::panel::Panel;

use super::event::{from_bytes, to_bytes};

/// The format's name inside every register.
const FORMAT: &str = "pingshen/register/v1";

/// What a register holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterFile {
    format: String,
    /// The round.
    pub round: Digest,
    /// The experts, by name.
    pub panel: Panel,
    /// Slips that open bundles (开包条), by expert.
    pub slips: Vec<(ExpertCode, String)>,
    /// Applications as read, by receipt number.
    #[serde(default)]
    pub applications: Vec<(ApplicationNo, Application)>,
    /// Readings that later versions replaced, with their version.
    #[serde(default)]
    pub earlier: Vec<(ApplicationNo, u32, Application)>,
}

impl RegisterFile {
    /// A register of this round.
    #[must_use]
    pub fn new(
        round: Digest,
        panel: Panel,
        slips: Vec<(ExpertCode, String)>,
        applications: Vec<(ApplicationNo, Application)>,
        earlier: Vec<(ApplicationNo, u32, Application)>,
    ) -> Self {
        Self { format: FORMAT.to_owned(), round, panel, slips, applications, earlier }
    }
}

/// The exact bytes of a register.
///
/// # Errors
/// None that a register can give.
pub fn encode(register: &RegisterFile) -> Result<Vec<u8>> {
    to_bytes(register)
}

/// The exact bytes of a reading, for its digest.
///
/// # Errors
/// None that an application can give.
pub fn encode_application(application: &Application) -> Result<Vec<u8>> {
    to_bytes(application)
}

/// Reads a register.
///
/// # Errors
/// Bytes that we did not write.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<RegisterFile> {
    let file: RegisterFile = from_bytes(bytes, limits.register)?;
    if file.format != FORMAT {
        return Err(Problem::NotOurs { wanted: "register" }.into());
    }
    Ok(file)
}
