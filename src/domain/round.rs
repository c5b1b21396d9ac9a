//! A round (评审轮次): events of its log and their fold.
//!
//! An event carries the digest of a thing, never its content, so that the fold
//! needs no key and holds no mark and no name.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::base::{Digest, ExpertCode, PacketCode, Timestamp};

use super::assignment::Part;
use super::sheet::Source;

/// One event of a round's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// The round was made; always first, and its digest is the round's id.
    Created {
        /// Random, so that no two rounds have the same id.
        nonce: String,
        /// The template's bytes.
        template: Digest,
        /// The template's id.
        template_id: String,
        /// The template's version.
        template_version: String,
        /// How many places, where the round sets it.
        quota: Option<u32>,
        /// Whether it is a demonstration.
        demo: bool,
    },
    /// A packet came in.
    PacketAdded {
        /// Its code.
        code: PacketCode,
        /// Its bytes.
        digest: Digest,
    },
    /// The panel was set, or set anew.
    PanelSet {
        /// The panel's bytes (names stay out of the log).
        digest: Digest,
        /// Its experts.
        experts: Vec<ExpertCode>,
    },
    /// Everybody has a part.
    Assigned {
        /// One part an expert.
        parts: Vec<Part>,
    },
    /// A bundle was made for an expert.
    Issued {
        /// The expert.
        expert: ExpertCode,
        /// Number of the manifest.
        number: u32,
        /// The manifest's bytes.
        manifest: Digest,
        /// The bundle file.
        bundle: Digest,
    },
    /// A sheet came in and is one of this round's.
    SheetReceived {
        /// The sheet's own bytes.
        digest: Digest,
        /// Whose it is.
        expert: ExpertCode,
        /// Its revision.
        revision: u32,
        /// The sheet it corrects.
        replaces: Option<Digest>,
        /// How the marks were entered.
        source: Source,
        /// How many packets it holds.
        packets: u32,
        /// How many it lists as not scored.
        unscored: u32,
    },
    /// A file came in and was refused; its bytes are kept.
    SheetRefused {
        /// Its bytes.
        digest: Digest,
        /// Why, as a word of the log.
        why: String,
    },
    /// The secretary decided on a sheet.
    SheetDecided {
        /// The sheet.
        digest: Digest,
        /// Count what is complete, or void it.
        decision: Decision,
        /// Why.
        reason: String,
    },
    /// Something was exported.
    Exported {
        /// What.
        what: String,
        /// Its bytes.
        digest: Digest,
    },
}

/// What the secretary decided on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Count what is complete.
    Count,
    /// Void it (作废).
    Void,
}

/// A bundle as issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedBundle {
    /// Number of the manifest.
    pub number: u32,
    /// The manifest.
    pub manifest: Digest,
    /// The bundle file.
    pub bundle: Digest,
}

/// A sheet as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its bytes.
    pub digest: Digest,
    /// Whose it is.
    pub expert: ExpertCode,
    /// Its revision.
    pub revision: u32,
    /// The sheet it corrects.
    pub replaces: Option<Digest>,
    /// How the marks were entered.
    pub source: Source,
    /// How many packets it holds.
    pub packets: u32,
    /// How many it lists as not scored.
    pub unscored: u32,
    /// What the secretary decided, and why.
    pub decision: Option<(Decision, String)>,
}

/// Where a received sheet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetState {
    /// It counts.
    Counts,
    /// Partial, and the secretary has not decided.
    Undecided,
    /// A later revision replaces it.
    Superseded,
    /// Voided with a reason.
    Void,
    /// One of two that both claim to be the expert's last word.
    Conflict,
}

/// The fold of a round's events.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Round {
    /// The round's id: digest of the first event.
    pub id: Option<Digest>,
    /// The template: bytes, id, version.
    pub template: Option<(Digest, String, String)>,
    /// How many places, where the round sets it.
    pub quota: Option<u32>,
    /// Whether it is a demonstration.
    pub demo: bool,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// Packets by code.
    pub packets: BTreeMap<PacketCode, Digest>,
    /// The panel's bytes and experts.
    pub panel: Option<(Digest, Vec<ExpertCode>)>,
    /// Parts, where assigned.
    pub parts: Vec<Part>,
    /// Bundles by expert.
    pub issued: BTreeMap<ExpertCode, IssuedBundle>,
    /// Sheets, in the log's order.
    pub sheets: Vec<Received>,
    /// Files refused.
    pub refused: BTreeSet<Digest>,
    /// What was exported, and when.
    pub exported: Vec<(String, Timestamp)>,
}

impl Round {
    /// Applies one event; `digest` is the event's own.
    pub fn apply(&mut self, event: &Event, digest: Digest, at: &Timestamp) {
        match event {
            Event::Created { template, template_id, template_version, quota, demo, .. } => {
                self.id = Some(digest);
                self.template = Some((*template, template_id.clone(), template_version.clone()));
                self.quota = *quota;
                self.demo = *demo;
                self.created = Some(at.clone());
            }
            Event::PacketAdded { code, digest } => {
                self.packets.insert(code.clone(), *digest);
            }
            Event::PanelSet { digest, experts } => {
                self.panel = Some((*digest, experts.clone()));
                self.parts.clear();
            }
            Event::Assigned { parts } => self.parts.clone_from(parts),
            Event::Issued { expert, number, manifest, bundle } => {
                let issued = IssuedBundle { number: *number, manifest: *manifest, bundle: *bundle };
                self.issued.insert(expert.clone(), issued);
            }
            Event::SheetReceived { digest, expert, revision, replaces, source, packets, unscored } => {
                self.sheets.push(Received {
                    digest: *digest,
                    expert: expert.clone(),
                    revision: *revision,
                    replaces: *replaces,
                    source: *source,
                    packets: *packets,
                    unscored: *unscored,
                    decision: None,
                });
            }
            Event::SheetRefused { digest, .. } => {
                self.refused.insert(*digest);
            }
            Event::SheetDecided { digest, decision, reason } => {
                for sheet in self.sheets.iter_mut().filter(|sheet| sheet.digest == *digest) {
                    sheet.decision = Some((*decision, reason.clone()));
                }
            }
            Event::Exported { what, .. } => self.exported.push((what.clone(), at.clone())),
        }
    }

    /// The sheet of this digest.
    #[must_use]
    pub fn sheet(&self, digest: &Digest) -> Option<&Received> {
        self.sheets.iter().find(|sheet| sheet.digest == *digest)
    }

    /// Where a sheet stands; depends on which sheets there are, never on the
    /// order they came in.
    #[must_use]
    pub fn state_of(&self, sheet: &Received) -> SheetState {
        if matches!(sheet.decision, Some((Decision::Void, _))) {
            return SheetState::Void;
        }
        let live = |other: &&Received| {
            other.expert == sheet.expert
                && other.digest != sheet.digest
                && !matches!(other.decision, Some((Decision::Void, _)))
        };
        if self.sheets.iter().filter(live).any(|other| self.replaces(other, sheet)) {
            return SheetState::Superseded;
        }
        let rivals = self.sheets.iter().filter(live).any(|other| {
            !self.replaces(sheet, other)
                && !self
                    .sheets
                    .iter()
                    .filter(live)
                    .any(|third| third.digest != other.digest && self.replaces(third, other))
        });
        if rivals {
            SheetState::Conflict
        } else if sheet.unscored > 0 && sheet.decision.is_none() {
            SheetState::Undecided
        } else {
            SheetState::Counts
        }
    }

    /// Whether `later` names `earlier` as what it corrects, directly or through
    /// sheets that came in between.
    fn replaces(&self, later: &Received, earlier: &Received) -> bool {
        let mut named = later.replaces;
        for _ in 0..=self.sheets.len() {
            match named {
                None => return false,
                Some(digest) if digest == earlier.digest => return true,
                Some(digest) => named = self.sheet(&digest).and_then(|sheet| sheet.replaces),
            }
        }
        false
    }

    /// The sheets that count, by expert.
    #[must_use]
    pub fn counting(&self) -> BTreeMap<ExpertCode, &Received> {
        self.sheets
            .iter()
            .filter(|sheet| self.state_of(sheet) == SheetState::Counts)
            .map(|sheet| (sheet.expert.clone(), sheet))
            .collect()
    }

    /// The part of this expert.
    #[must_use]
    pub fn part(&self, expert: &ExpertCode) -> Option<&Part> {
        self.parts.iter().find(|part| part.expert == *expert)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(bytes: &[u8], expert: &str, revision: u32, replaces: Option<&[u8]>) -> Event {
        Event::SheetReceived {
            digest: Digest::of(bytes),
            expert: ExpertCode::parse(expert).unwrap(),
            revision,
            replaces: replaces.map(Digest::of),
            source: Source::Program,
            packets: 2,
            unscored: 0,
        }
    }

    fn states(events: &[Event]) -> BTreeMap<Digest, SheetState> {
        let at = Timestamp::from_stored("");
        let mut round = Round::default();
        for event in events {
            round.apply(event, Digest::of(b""), &at);
        }
        round.sheets.iter().map(|sheet| (sheet.digest, round.state_of(sheet))).collect()
    }

    #[test]
    fn the_order_sheets_come_in_changes_nothing() {
        let one = received(b"1", "E01", 1, None);
        let two = received(b"2", "E01", 2, Some(b"1"));
        let other = received(b"3", "E02", 1, None);
        let forth = states(&[one.clone(), two.clone(), other.clone()]);
        let back = states(&[other, two, one]);
        assert_eq!(forth, back);
        assert_eq!(forth[&Digest::of(b"1")], SheetState::Superseded);
        assert_eq!(forth[&Digest::of(b"2")], SheetState::Counts);
    }

    #[test]
    fn two_last_words_are_a_conflict_until_one_is_voided() {
        let one = received(b"1", "E01", 1, None);
        let two = received(b"2", "E01", 1, None);
        let void = Event::SheetDecided { digest: Digest::of(b"2"), decision: Decision::Void, reason: "x".to_owned() };
        assert!(states(&[one.clone(), two.clone()]).values().all(|state| *state == SheetState::Conflict));
        let after = states(&[one, two, void]);
        assert_eq!(after[&Digest::of(b"1")], SheetState::Counts);
        assert_eq!(after[&Digest::of(b"2")], SheetState::Void);
    }
}
