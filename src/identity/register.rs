//! The register (身份登记册): who the applicants and the experts are, and the
//! slips that open bundles. It lies in a file of its own, encrypted to the
//! round's key.

use std::collections::BTreeMap;

use crate::base::{ApplicationNo, ExpertCode, PacketCode};
use crate::domain::application::Application;
use crate::domain::leak::Hit;
use crate::domain::panel::{Panel, Recusal};

/// What the register holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Register {
    /// The experts, by name.
    pub panel: Panel,
    /// Slips that open bundles (开包条), by expert.
    pub slips: BTreeMap<ExpertCode, String>,
    /// Applications as read, names and all, by receipt number.
    pub applications: BTreeMap<ApplicationNo, Application>,
    /// Codes drawn for them (匿名编号).
    pub codes: BTreeMap<ApplicationNo, PacketCode>,
    /// Recusals that experts declared, by code.
    pub declared: BTreeMap<ExpertCode, Vec<Recusal>>,
    /// Readings that later versions replaced, with their version.
    pub earlier: Vec<(ApplicationNo, u32, Application)>,
    /// What the secretary says they are called too (别名).
    pub aliases: BTreeMap<ApplicationNo, Vec<String>>,
    /// Leaks ever found in their packets, and what was decided.
    pub hits: Vec<Hit>,
}
