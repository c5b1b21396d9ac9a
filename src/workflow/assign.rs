//! Assignment (分配): everybody reads everything, minus recusals.

use crate::base::{PacketCode, Problem, Result};
use crate::domain::assignment::{Part, everybody_everything};
use crate::domain::round::Event;

use super::Round;

/// Assigns; the same assignment again changes nothing.
///
/// # Errors
/// No packets or panel yet, or bundles out already.
pub fn assign(round: &mut Round) -> Result<(Vec<Part>, bool)> {
    let packets: Vec<PacketCode> = round.state().packets.keys().cloned().collect();
    if packets.is_empty() {
        return Err(Problem::TooEarly { first: "packets" }.into());
    }
    let parts = everybody_everything(round.seats()?, &packets);
    if parts == round.state().parts {
        return Ok((parts, false));
    }
    if !round.state().issued.is_empty() {
        return Err(Problem::TooLate { because: "issued" }.into());
    }
    round.append(&[Event::Assigned { parts: parts.clone() }], &[])?;
    Ok((parts, true))
}
