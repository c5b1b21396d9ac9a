//! The one encoding of the register's content, before it is encrypted.

use serde::{Deserialize, Serialize};

use crate::base::{ApplicationNo, Digest, ExpertCode, Limits, PacketCode, Problem, Result};
use crate::domain::application::Application;
use crate::domain::leak::Hit;
use crate::domain::panel::{Panel, Recusal};

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
    pub applications: Vec<(ApplicationNo, Application)>,
    /// Codes drawn for them.
    pub codes: Vec<(ApplicationNo, PacketCode)>,
    /// Recusals that experts declared.
    pub declared: Vec<(ExpertCode, Vec<Recusal>)>,
    /// Readings that later versions replaced, with their version.
    pub earlier: Vec<(ApplicationNo, u32, Application)>,
    /// What they are called too.
    pub aliases: Vec<(ApplicationNo, Vec<String>)>,
    /// Leaks found in their packets, and what was decided.
    pub hits: Vec<Hit>,
}

impl RegisterFile {
    /// An empty register of this round.
    #[must_use]
    pub fn of(round: Digest) -> Self {
        Self {
            format: FORMAT.to_owned(),
            round,
            panel: Panel::default(),
            slips: Vec::new(),
            applications: Vec::new(),
            codes: Vec::new(),
            declared: Vec::new(),
            earlier: Vec::new(),
            aliases: Vec::new(),
            hits: Vec::new(),
        }
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

#[cfg(test)]
mod tests {
    use crate::domain::leak::{Decision, LeakKind, Level};

    #[test]
    fn the_words_of_leaks_are_the_ones_in_files() {
        for kind in LeakKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
        }
        for decision in [Decision::Mask, Decision::Release, Decision::MaskEverywhere] {
            assert_eq!(serde_json::to_value(decision).unwrap(), decision.word());
        }
        for level in [Level::Block, Level::Warn] {
            assert_eq!(serde_json::to_value(level).unwrap(), level.word());
        }
    }
}
