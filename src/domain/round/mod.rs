//! A round (评审轮次): events of its log and their fold.

mod event;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{ApplicationNo, Digest, ExpertCode, PacketCode, PublicKeys, Timestamp, VerifyKey};

use super::amendment::Amendment;
use super::assignment::{Part, Rule};
use super::panel::Seat;
use super::sheet::Source;

pub use event::{Admission, Decision, Event, Missing};

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

/// A file as listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its bytes.
    pub digest: Digest,
    /// Its name in `inbox`.
    pub file: String,
    /// Why it came after the opening, where it did.
    pub late: Option<String>,
    /// Whether it was opened, or refused.
    pub done: bool,
}

/// An application as taken in: its content lies in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenIn {
    /// Its version, from 1.
    pub version: u32,
    /// The reading.
    pub digest: Digest,
    /// The files it came in.
    pub files: Vec<Digest>,
    /// Whether this version's figures were confirmed.
    pub confirmed: bool,
}

/// A sheet as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its signed bytes.
    pub digest: Digest,
    /// The file it came in.
    pub file: Digest,
    /// The key it is signed with.
    pub signer: VerifyKey,
    /// The last amendment its expert had seen.
    pub amendment: u32,
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
    /// An amendment touches it, and the secretary has not said that it stands.
    Stale,
}

/// The fold of a round's events.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of the log, and they do not exclude each other")]
pub struct Round {
    /// The round's id: digest of the first event.
    pub id: Option<Digest>,
    /// The template: bytes, id, version.
    pub template: Option<(Digest, String, String)>,
    /// How many places, where the round sets it.
    pub quota: Option<u32>,
    /// Whether it is a demonstration.
    pub demo: bool,
    /// Whether it is for practice: sealed with published keys.
    pub practice: bool,
    /// The round's keys.
    pub secretary: Option<PublicKeys>,
    /// The key of the round's folder.
    pub desk: Option<VerifyKey>,
    /// The supervisor's keys, where two must open.
    pub supervisor: Option<PublicKeys>,
    /// Files kept under a digest, by path.
    pub kept: BTreeMap<String, Digest>,
    /// Whether the round's spare code was typed in.
    pub spare_confirmed: bool,
    /// Experts' keys.
    pub keys: BTreeMap<ExpertCode, (PublicKeys, Admission)>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// Applications by receipt number.
    pub applications: BTreeMap<ApplicationNo, TakenIn>,
    /// Packets by code.
    pub packets: BTreeMap<PacketCode, Digest>,
    /// Why leaks were decided on as they were, by their number.
    pub leaks: BTreeMap<u32, String>,
    /// The panel's bytes and experts.
    pub panel: Option<(Digest, Vec<Seat>)>,
    /// Experts whose declaration was entered.
    pub declared: BTreeSet<ExpertCode>,
    /// Parts, where assigned.
    pub parts: Vec<Part>,
    /// How they were assigned; nothing where everybody reads everything.
    pub assigned_by: Option<Rule>,
    /// The group of each packet (分组评审); empty where there are none.
    pub groups: BTreeMap<PacketCode, String>,
    /// Whether packets were put into groups by a public draw (抽签分组).
    pub groups_drawn: bool,
    /// Bundles by expert.
    pub issued: BTreeMap<ExpertCode, IssuedBundle>,
    /// Files that came in, in the log's order.
    pub listed: Vec<Listed>,
    /// Whether sheets stay sealed until `open`.
    pub kept_sealed: bool,
    /// Whether sheets that had been kept sealed were opened: what comes now is late.
    pub opened: bool,
    /// Sheets, in the log's order.
    pub sheets: Vec<Received>,
    /// Files refused.
    pub refused: BTreeSet<Digest>,
    /// Amendments, in order of their numbers from 1, with their documents.
    pub amendments: Vec<(Amendment, Digest)>,
    /// What was said of sheets that amendments touch: sheet, amendment, stands, why.
    pub reviews: Vec<(Digest, u32, bool, String)>,
    /// What was exported, and when.
    pub exported: Vec<(String, Timestamp)>,
}

impl Round {
    /// Applies one event; `digest` is the event's own.
    #[expect(clippy::too_many_lines, reason = "one arm an event")]
    pub fn apply(&mut self, event: &Event, digest: Digest, at: &Timestamp) {
        match event {
            Event::Created {
                template,
                template_id,
                template_version,
                quota,
                demo,
                practice,
                secretary,
                desk,
                supervisor,
                ..
            } => {
                self.id = Some(digest);
                self.secretary = Some(secretary.clone());
                self.desk = Some(*desk);
                self.supervisor.clone_from(supervisor);
                self.template = Some((*template, template_id.clone(), template_version.clone()));
                self.quota = *quota;
                self.demo = *demo;
                self.practice = *practice;
                self.created = Some(at.clone());
            }
            Event::FileKept { file, digest, .. } => {
                self.kept.insert(file.clone(), *digest);
            }
            Event::SpareConfirmed => self.spare_confirmed = true,
            Event::SpareUsed { .. } | Event::RegisterOpened { .. } => {}
            Event::KeyAdmitted { expert, keys, how } => {
                self.keys.insert(expert.clone(), (keys.clone(), *how));
            }
            Event::ApplicationReceived { .. }
            | Event::ApplicationConfirmed { .. }
            | Event::ApplicationWithdrawn { .. }
            | Event::Declared { .. }
            | Event::CodesDrawn { .. }
            | Event::LeakDecided { .. } => self.take_in(event),
            Event::PacketAdded { code, digest } | Event::PacketRebuilt { code, digest } => {
                self.packets.insert(code.clone(), *digest);
            }
            Event::PanelSet { digest, experts } => {
                self.panel = Some((*digest, experts.clone()));
                self.assign(&[], None);
            }
            Event::Assigned { parts, rule } => self.assign(parts, rule.as_deref()),
            Event::Issued { expert, number, manifest, bundle } => {
                let issued = IssuedBundle { number: *number, manifest: *manifest, bundle: *bundle };
                self.issued.insert(expert.clone(), issued);
            }
            Event::SheetListed { digest, file, late } => {
                self.listed.push(Listed { digest: *digest, file: file.clone(), late: late.clone(), done: false });
            }
            Event::KeptSealed => self.kept_sealed = true,
            Event::Opening { .. } => {
                self.opened |= self.kept_sealed;
                self.kept_sealed = false;
            }
            Event::SheetReceived {
                digest,
                file,
                signer,
                amendment,
                expert,
                revision,
                replaces,
                source,
                packets,
                unscored,
            } => {
                self.done(file);
                self.sheets.push(Received {
                    digest: *digest,
                    file: *file,
                    signer: *signer,
                    amendment: *amendment,
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
                self.done(digest);
                self.refused.insert(*digest);
            }
            Event::SheetDecided { digest, decision, reason } => {
                for sheet in self.sheets.iter_mut().filter(|sheet| sheet.digest == *digest) {
                    sheet.decision = Some((*decision, reason.clone()));
                }
            }
            Event::Amended { amendment, document } => self.amend(amendment, document),
            Event::SheetReviewed { digest, amendment, stands, reason } => {
                self.reviews.push((*digest, *amendment, *stands, reason.clone()));
            }
            Event::Exported { what, file, digest } => {
                self.kept.extend(file.clone().map(|file| (file, *digest)));
                self.exported.push((what.clone(), at.clone()));
            }
        }
    }

    fn take_in(&mut self, event: &Event) {
        match event {
            Event::ApplicationReceived { no, version, digest, files } => {
                let taken = TakenIn { version: *version, digest: *digest, files: files.clone(), confirmed: false };
                self.applications.insert(no.clone(), taken);
            }
            Event::ApplicationConfirmed { no, version, .. } => {
                if let Some(taken) = self.applications.get_mut(no).filter(|taken| taken.version == *version) {
                    taken.confirmed = true;
                }
            }
            Event::ApplicationWithdrawn { no, code, .. } => {
                self.applications.remove(no);
                if let Some(code) = code {
                    self.packets.remove(code);
                    self.assign(&[], None);
                }
            }
            Event::Declared { expert, .. } => {
                self.declared.insert(expert.clone());
            }
            Event::LeakDecided { number, reason, .. } => {
                self.leaks.insert(*number, reason.clone());
            }
            _ => {}
        }
    }

    fn assign(&mut self, parts: &[Part], rule: Option<&Rule>) {
        parts.clone_into(&mut self.parts);
        let groups = rule.and_then(|rule| rule.groups.as_ref());
        self.groups = groups.map(|groups| groups.of.clone()).unwrap_or_default();
        self.groups_drawn = groups.is_some_and(|groups| groups.drawn);
        self.assigned_by = rule.cloned();
    }

    fn done(&mut self, file: &Digest) {
        for listed in self.listed.iter_mut().filter(|listed| listed.digest == *file) {
            listed.done = true;
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
        if matches!(sheet.decision, Some((Decision::Void, _))) || self.is_replaced(&sheet.expert) {
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
        } else if !self.outstanding_reviews(sheet).is_empty() {
            SheetState::Stale
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
            file: Digest::of(bytes),
            signer: VerifyKey::new([0; 32]),
            amendment: 0,
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
