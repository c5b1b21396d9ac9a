//! The order of steps: an event that is rightly signed may still be one that
//! the program would not have let happen then.

use std::collections::BTreeSet;

use crate::base::{Digest, ExpertCode};
use crate::domain::amendment::Amendment;
use crate::domain::leak::Decision as LeakDecision;
use crate::domain::round::{Event, Round as State};
use crate::seal::{Context, signed};

use super::words::{Say, say};
use super::{Audit, Check, Evidence, assigned};

/// Judges every event against what was before it.
pub(super) fn check(evidence: &Evidence, audit: &mut Audit) {
    let mut state = State::default();
    for link in &evidence.links {
        let Some(event) = &link.event else { continue };
        audit.looked(Check::Steps, 1);
        for said in faults(event, &state, evidence) {
            audit.find(Check::Steps, link.place(), said, Some(link.who()));
        }
        state.apply(event, link.hash, &link.time);
    }
}

fn faults(event: &Event, before: &State, evidence: &Evidence) -> Vec<Say> {
    let out = !before.issued.is_empty();
    let mut faults = Vec::new();
    match event {
        Event::ApplicationReceived { .. }
        | Event::ApplicationWithdrawn { .. }
        | Event::CodesDrawn { .. }
        | Event::Declared { .. }
        | Event::PacketAdded { .. }
        | Event::PanelSet { .. }
            if out =>
        {
            faults.push(say!(step_after_issue));
        }
        Event::PacketRebuilt { code, .. } => {
            if out {
                faults.push(say!(step_after_issue));
            }
            if !before.packets.contains_key(code) {
                faults.push(say!(step_assigned, code.to_string()));
            }
        }
        Event::LeakDecided { reason, decision: Some(LeakDecision::Release), .. } if reason.trim().is_empty() => {
            faults.push(say!(step_no_reason));
        }
        Event::Assigned { parts, rule } => {
            if out {
                faults.push(say!(step_after_issue));
            }
            faults.extend(assigned::faults(parts, rule.as_deref(), before, evidence));
        }
        Event::Issued { expert, .. } if before.part(expert).is_none() => {
            faults.push(say!(step_assigned, expert.to_string()));
        }
        Event::KeyAdmitted { expert, keys, .. } => {
            if before.keys.get(expert).is_some_and(|(known, _)| known != keys) {
                faults.push(say!(step_keys, expert.to_string()));
            }
            faults.extend(stranger(expert, before));
        }
        Event::SheetListed { file, late, .. } => {
            if before.listed.iter().any(|listed| listed.file == *file) {
                faults.push(say!(step_again));
            }
            if before.opened && late.as_ref().is_none_or(|why| why.trim().is_empty()) {
                faults.push(say!(step_late));
            }
        }
        Event::Opening { files, missing } => {
            let unlisted = files.iter().filter(|file| !before.listed.iter().any(|listed| listed.digest == **file));
            faults.extend(unlisted.map(|file| say!(step_unlisted, file.short())));
            faults.extend(missing.iter().filter_map(|missing| stranger(&missing.expert, before)));
        }
        Event::SheetRefused { digest, .. } if !before.listed.iter().any(|listed| listed.digest == *digest) => {
            faults.push(say!(step_unlisted, digest.short()));
        }
        Event::SheetDecided { digest, reason, .. } | Event::SheetReviewed { digest, reason, .. } => {
            if before.sheet(digest).is_none() {
                faults.push(say!(step_no_sheet, digest.short()));
            }
            if reason.trim().is_empty() {
                faults.push(say!(step_no_reason));
            }
        }
        Event::Amended { amendment, document } => faults.extend(amended(amendment, document, before, evidence)),
        _ => {}
    }
    faults
}

fn stranger(expert: &ExpertCode, before: &State) -> Option<Say> {
    let seats = before.panel.iter().flat_map(|(_, seats)| seats);
    let known: BTreeSet<&ExpertCode> = seats.map(|seat| &seat.expert).collect();
    (!known.contains(expert)).then(|| say!(step_no_expert, expert.to_string()))
}

fn amended(amendment: &Amendment, document: &Digest, before: &State, evidence: &Evidence) -> Vec<Say> {
    let mut faults = Vec::new();
    let follows = before.amendments.last().map(|(_, document)| *document);
    let next = before.last_amendment().saturating_add(1);
    if Some(amendment.round) != before.id || amendment.number != next || amendment.follows != follows {
        faults.push(say!(step_amendment));
    }
    if amendment.reason.trim().is_empty() {
        faults.push(say!(step_no_reason));
    }
    if let (Some(bytes), Some(keys)) = (evidence.blob(document), &before.secretary)
        && let Err(refusal) = signed::read_by(Context::Amendment, &bytes, &keys.verify)
    {
        faults.push(say!(step_document, refusal));
    }
    faults
}
