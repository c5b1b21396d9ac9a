//! The log itself: a sound database, an unbroken chain, and a right signature
//! under every event.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::base::{Digest, Limits, Timestamp};
use crate::domain::amendment::Change;
use crate::domain::round::{Event, Round as State};
use crate::formats::event::{decode_event, encode_event};
use crate::seal::{Context, signed};
use crate::store::raw::{self, RawEvent, RawLog, SchemaFault};

use super::words::say;
use super::{Audit, Check, Evidence, Link};
use crate::workflow::Round;
use crate::workflow::round::{DESK, SECRETARY, signer};

const FILE: &str = "round.db";

/// Reads the log and judges the database, the chain and the signatures.
pub(super) fn read(dir: &Path, audit: &mut Audit) -> Evidence {
    let path = Round::log_path(dir);
    let mut evidence = Evidence {
        dir: dir.to_owned(),
        raw: None,
        links: Vec::new(),
        rubric: None,
        blobs: BTreeSet::new(),
        state: State::default(),
        manifests: BTreeMap::new(),
        sheets: BTreeMap::new(),
        packets: BTreeMap::new(),
    };
    audit.looked(Check::Database, 1);
    if RawLog::is_half_written(&path) {
        audit.find(Check::Database, format!("{FILE}-journal"), say!(db_half), None);
    }
    match RawLog::open(&path) {
        Ok(log) => {
            database(&log, audit);
            let (rows, broke) = log.events();
            if let Some(why) = broke {
                audit.find(Check::Database, format!("{FILE} event"), say!(db_unreadable, why), None);
            }
            chain(&rows, &mut evidence, audit);
            evidence.raw = Some(log);
        }
        Err(why) => audit.find(Check::Database, FILE, say!(db_unreadable, why), None),
    }
    evidence
}

fn database(log: &RawLog, audit: &mut Audit) {
    for why in log.complaints() {
        audit.find(Check::Database, FILE, say!(db_integrity, why), None);
    }
    for (name, found, wanted) in log.marks() {
        audit.find(Check::Database, FILE, say!(db_mark, name.to_owned(), found, wanted.to_string()), None);
    }
    match log.schema_faults() {
        Err(why) => audit.find(Check::Database, FILE, say!(db_unreadable, why), None),
        Ok(faults) => {
            for fault in faults {
                let said = match fault {
                    SchemaFault::Missing(name) => say!(db_missing, name),
                    SchemaFault::Foreign(name) => say!(db_foreign, name),
                    SchemaFault::Changed(name) => say!(db_changed, name),
                };
                audit.find(Check::Database, FILE, said, None);
            }
        }
    }
}

fn chain(rows: &[RawEvent], evidence: &mut Evidence, audit: &mut Audit) {
    if rows.is_empty() {
        audit.find(Check::Chain, FILE, say!(chain_empty), None);
    }
    let (mut before, mut last) = (raw::root(), 0);
    for row in rows {
        let (link, sig) = link(last, row, before, audit);
        (before, last) = (link.hash, link.seq);
        audit.looked(Check::Chain, 1);
        if let Some(event) = &link.event {
            fold(event, &link, evidence);
        }
        signature(&link, sig, &evidence.state, audit);
        evidence.links.push(link);
    }
}

/// One row, held against what must follow from the one before.
fn link<'a>(last: u64, row: &'a RawEvent, before: Digest, audit: &mut Audit) -> (Link, Option<&'a [u8]>) {
    let stated_seq = row.seq.number();
    // A gap is one finding: what comes after it counts on from there.
    let wanted = last.saturating_add(1);
    let seq = stated_seq.and_then(|seq| u64::try_from(seq).ok()).filter(|seq| *seq > last).unwrap_or(wanted);
    let kind = row.kind.text().unwrap_or_default().to_owned();
    let actor = row.actor.text().unwrap_or_default().to_owned();
    let time = row.time.text().unwrap_or_default().to_owned();
    let body = row.body.bytes().unwrap_or_default();
    let prev = row.prev.text().and_then(Digest::parse);
    // With the row's own idea of what was before it, so that one event changed
    // is one finding.
    let worked_out = raw::hash(seq, &prev.unwrap_or(before), &kind, &actor, &time, body);
    let stated = row.hash.text().and_then(Digest::parse);
    let hash = stated.unwrap_or(worked_out);
    let event = decode_event(body, &Limits::STANDARD);
    let time = Timestamp::from_stored(&time);
    let link = Link { seq, hash, event: event.as_ref().ok().cloned(), kind, actor, time };
    let (place, who) = (link.place(), Some(link.who()));
    let mut find = |say| audit.find(Check::Chain, place.clone(), say, who.clone());
    for (name, fits) in [
        ("seq", row.seq.number().is_some()),
        ("prev", prev.is_some()),
        ("hash", stated.is_some()),
        ("kind", row.kind.text().is_some()),
        ("actor", row.actor.text().is_some()),
        ("time", row.time.text().is_some()),
        ("body", row.body.bytes().is_some()),
        ("sig", row.sig.bytes().is_some()),
    ] {
        if !fits {
            find(say!(chain_type, name.to_owned()));
        }
    }
    if let Some(found) = stated_seq.filter(|found| u64::try_from(*found) != Ok(wanted)) {
        find(say!(chain_seq, found.to_string(), wanted.to_string()));
    }
    if prev.is_some_and(|prev| prev != before) {
        find(say!(chain_prev));
    }
    if stated.is_some_and(|stated| stated != worked_out) {
        find(say!(chain_hash));
    }
    match &event {
        Err(refusal) => find(say!(chain_body, refusal.clone())),
        Ok(event) => {
            let is = encode_event(event).map(|(kind, _)| kind).unwrap_or_default();
            if is != link.kind {
                find(say!(chain_kind, link.kind.clone(), is));
            }
            let makes = matches!(event, Event::Created { .. });
            if seq == 1 && !makes {
                find(say!(chain_first));
            }
            if seq > 1 && makes {
                find(say!(chain_again));
            }
        }
    }
    (link, row.sig.bytes())
}

/// Whether an event is signed by whoever may.
fn signature(link: &Link, sig: Option<&[u8]>, keys: &State, audit: &mut Audit) {
    audit.looked(Check::Signatures, 1);
    let mut find = |say| audit.find(Check::Signatures, link.place(), say, Some(link.who()));
    if !matches!(link.actor.as_str(), SECRETARY | DESK) {
        find(say!(sig_actor, link.actor.clone()));
        return;
    }
    if link.actor != SECRETARY && link.event.as_ref().is_some_and(Event::binds) {
        find(say!(sig_binds, link.actor.clone()));
    }
    match signer(keys, &link.actor) {
        None => find(say!(sig_no_key)),
        Some(key) => {
            let signed = link.hash.to_string();
            if signed::check(&key, Context::Event, signed.as_bytes(), sig.unwrap_or_default()).is_err() {
                find(say!(sig_bad));
            }
        }
    }
}

/// Folds an event; the keys are those of the first, whatever comes after it.
fn fold(event: &Event, link: &Link, evidence: &mut Evidence) {
    let packets = &mut evidence.packets;
    match event {
        Event::Created { .. } if evidence.state.id.is_some() => return,
        Event::PacketAdded { code, digest } | Event::PacketRebuilt { code, digest } => {
            packets.entry(code.clone()).or_default().insert(*digest);
        }
        Event::Amended { amendment, .. } => {
            if let Change::PacketCorrected { code, to, .. } = &amendment.change {
                packets.entry(code.clone()).or_default().insert(*to);
            }
        }
        _ => {}
    }
    evidence.state.apply(event, link.hash, &link.time);
}
