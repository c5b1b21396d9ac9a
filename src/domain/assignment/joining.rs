//! What an expert reads who joins when bundles are out (增补、更换专家).

use std::collections::BTreeSet;

use crate::base::{ExpertCode, PacketCode};
use crate::domain::panel::Seat;
use crate::domain::round::Round;

/// The packets still in the review that the part of a new expert is made of,
/// recusals not yet taken out: those of who goes; else those that lack readers,
/// or, where none does, all of the expert's group.
#[must_use]
pub fn joining(state: &Round, seat: &Seat, gone: Option<&ExpertCode>) -> Vec<PacketCode> {
    let codes = state.codes();
    let Some(rule) = &state.assigned_by else { return codes };
    if let Some(gone) = gone {
        let theirs: BTreeSet<&PacketCode> = state.part(gone).into_iter().flat_map(|part| &part.codes).collect();
        return codes.into_iter().filter(|code| theirs.contains(code)).collect();
    }
    let own = |code: &&PacketCode| rule.groups.is_none() || state.groups.get(*code) == Some(&seat.group);
    let own: Vec<PacketCode> = codes.iter().filter(own).cloned().collect();
    let readers = |code: &PacketCode| {
        let parts = state.parts.iter().filter(|part| !state.is_replaced(&part.expert));
        u32::try_from(parts.filter(|part| part.codes.contains(code)).count()).unwrap_or(u32::MAX)
    };
    let lacking: Vec<PacketCode> =
        own.iter().filter(|code| rule.per.is_some_and(|per| readers(code) < per)).cloned().collect();
    if lacking.is_empty() { own } else { lacking }
}
