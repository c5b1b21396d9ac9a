//! Who reads what (分配): everybody everything, minus recusals.

use serde::{Deserialize, Serialize};

use crate::base::{ExpertCode, PacketCode};

use super::panel::{Recusal, Seat};

/// One expert's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The expert.
    pub expert: ExpertCode,
    /// What the expert scores, by code.
    pub codes: Vec<PacketCode>,
    /// What the expert is recused from, by code.
    pub recused: Vec<Recusal>,
}

/// Gives everybody everything minus recusals; experts and codes in order, so
/// that the same panel gives the same assignment.
#[must_use]
pub fn everybody_everything(seats: &[Seat], packets: &[PacketCode]) -> Vec<Part> {
    seats
        .iter()
        .map(|expert| Part {
            expert: expert.expert.clone(),
            codes: packets
                .iter()
                .filter(|code| !expert.recuse.iter().any(|recusal| recusal.code == **code))
                .cloned()
                .collect(),
            recused: expert.recuse.clone(),
        })
        .collect()
}
