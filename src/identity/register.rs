//! The register (身份登记册): who the experts are, and the slips that open
//! their bundles. It lies in a file of its own, encrypted to the round's key.

use std::collections::BTreeMap;

use crate::base::ExpertCode;
use crate::domain::panel::Panel;

/// What the register holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Register {
    /// The experts, by name.
    pub panel: Panel,
    /// Slips that open bundles (开包条), by expert.
    pub slips: BTreeMap<ExpertCode, String>,
}
