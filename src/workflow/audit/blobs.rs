//! The originals beside the log: each is what its digest says, each that an
//! event speaks of is there, and there is none that no event speaks of.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Digest, Limits};
use crate::domain::amendment::Change;
use crate::domain::round::Event;
use crate::formats;
use crate::workflow::library;

use super::words::say;
use super::{Audit, Check, Evidence, Link};

/// Judges the originals, and reads the template.
pub(super) fn check(evidence: &mut Evidence, audit: &mut Audit) {
    let Some(raw) = &evidence.raw else { return };
    let (rows, broke) = raw.blobs();
    if let Some(why) = broke {
        audit.find(Check::Database, "round.db blob", say!(db_unreadable, why), None);
    }
    let wanted = wanted(&evidence.links);
    let (mut found, mut altered) = (BTreeSet::new(), BTreeSet::new());
    for row in &rows {
        audit.looked(Check::Blobs, 1);
        let key = row.key.text().and_then(Digest::parse);
        let place = || format!("round.db blob {}", key.map_or_else(|| "?".to_owned(), |key| key.short()));
        match (key, row.digest) {
            (Some(key), Some(digest)) if key == digest => {
                found.insert(digest);
                if !wanted.contains_key(&digest) {
                    audit.find(Check::Blobs, place(), say!(blob_orphan), None);
                }
            }
            (key, _) => {
                let whose = key.and_then(|key| wanted.get(&key)).map(|link| link.who());
                audit.find(Check::Blobs, place(), say!(blob_altered), whose);
                altered.extend(key);
            }
        }
    }
    for (digest, link) in &wanted {
        if !found.contains(digest) && !altered.contains(digest) {
            audit.find(Check::Blobs, link.place(), say!(blob_missing, digest.short()), Some(link.who()));
        }
    }
    evidence.blobs = found;
    template(evidence, audit);
    packets(evidence, audit);
}

/// The originals that events speak of, with the first that does.
fn wanted(links: &[Link]) -> BTreeMap<Digest, &Link> {
    let mut wanted = BTreeMap::new();
    for link in links {
        let digest = match &link.event {
            Some(Event::Created { template, .. }) => template,
            Some(
                Event::PacketAdded { digest, .. }
                | Event::PacketRebuilt { digest, .. }
                | Event::SheetReceived { digest, .. },
            ) => digest,
            Some(Event::Issued { manifest, .. }) => manifest,
            Some(Event::Assigned { rule: Some(rule), .. }) => match &rule.fit {
                Some(points) => points,
                None => continue,
            },
            Some(Event::Amended { amendment, document }) => {
                if let Change::PacketCorrected { to, .. } = &amendment.change {
                    wanted.entry(*to).or_insert(link);
                }
                document
            }
            _ => continue,
        };
        wanted.entry(*digest).or_insert(link);
    }
    wanted
}

fn template(evidence: &mut Evidence, audit: &mut Audit) {
    let Some((digest, ..)) = evidence.state.template.clone() else { return };
    let Some(bytes) = evidence.blob(&digest) else { return };
    match library::sound_template(&bytes) {
        Ok(rubric) => evidence.rubric = Some(rubric),
        Err(refusal) => {
            let place = format!("round.db blob {}", digest.short());
            audit.find(Check::Blobs, place, say!(blob_template, refusal), None);
        }
    }
}

/// Packets are what they are called.
fn packets(evidence: &Evidence, audit: &mut Audit) {
    let Some(form) = evidence.rubric.as_ref().and_then(|rubric| library::form_of(rubric).ok()) else { return };
    for (code, digests) in &evidence.packets {
        for digest in digests {
            let Some(bytes) = evidence.blob(digest) else { continue };
            if !formats::packet::read(&bytes, &Limits::STANDARD, form).is_ok_and(|packet| packet.code == *code) {
                let place = format!("round.db blob {}", digest.short());
                audit.find(Check::Blobs, place, say!(blob_packet, code.to_string()), None);
            }
        }
    }
}
