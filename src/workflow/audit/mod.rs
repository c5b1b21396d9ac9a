//! The audit (核查): what a supervisor asks years later, answered from the files
//! alone. It is a path of its own: nothing is opened by the steps that made it,
//! no fault ends it, and nothing on the disk is changed. What is wrong is said
//! with its place and with whoever signed it; what holds is counted; and what
//! no file can prove is said too.

mod assigned;
mod blobs;
mod chain;
mod document;
mod events;
mod files;
mod heads;
mod manifests;
mod ranking;
mod sample;
mod sealed;
mod sheets;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::base::{Digest, ExpertCode, PacketCode, Problem, PublicKeys, Result, Timestamp};
use crate::domain::bundle::Manifest;
use crate::domain::round::{Event, Round as State};
use crate::domain::rubric::Rubric;
use crate::domain::sheet::Sheet;
use crate::store::raw::RawLog;

pub use document::{document, is_inside};
pub use sample::{Drawn, draw};
pub use sealed::Keys;
pub use words::{Part, Say};

use super::Round;

/// What is looked at, in the order of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// The file of the log is a sound database, and its tables are ours.
    Database,
    /// Every event follows from the one before, and is what its hash says.
    Chain,
    /// Every event is signed by whoever may sign it.
    Signatures,
    /// What happened could happen then.
    Steps,
    /// The head file beside the log.
    Head,
    /// A head the auditor noted earlier.
    Since,
    /// Heads that manifests, sheets and documents carry.
    Witnesses,
    /// The files of the folder.
    Files,
    /// The originals beside the log.
    Blobs,
    /// What each expert was given.
    Manifests,
    /// What each expert handed in.
    Sheets,
    /// The standing, made anew.
    Ranking,
    /// The sealed files, decrypted again.
    Sealed,
}

impl Check {
    /// All, in order.
    pub const ALL: [Self; 13] = [
        Self::Database,
        Self::Chain,
        Self::Signatures,
        Self::Steps,
        Self::Head,
        Self::Since,
        Self::Witnesses,
        Self::Files,
        Self::Blobs,
        Self::Manifests,
        Self::Sheets,
        Self::Ranking,
        Self::Sealed,
    ];
}

/// Who signed what a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The name the event is signed as, or the expert.
    pub name: Signer,
    /// The event.
    pub seq: Option<u64>,
}

/// In whose name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signer {
    /// The round's own key.
    Secretary,
    /// The folder's key.
    Desk,
    /// An expert.
    Expert(ExpertCode),
    /// Something else stands there.
    Other(String),
}

/// One thing that does not hold, or is to be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which check found it.
    pub check: Check,
    /// Where: the file, the event, the expert, the packet.
    pub place: String,
    /// What.
    pub say: Say,
    /// Who signed it, where somebody did.
    pub who: Option<Who>,
}

/// What came of an audit.
#[derive(Debug, Default)]
pub struct Audit {
    /// What does not hold.
    pub findings: Vec<Finding>,
    /// What holds, and is to be known all the same.
    pub notes: Vec<Finding>,
    /// How many things each check looked at; a check that had nothing to look
    /// at, or was not asked for, is not there.
    pub counts: BTreeMap<Check, usize>,
    /// The round.
    pub round: Option<Digest>,
    /// Title, id and version of the template.
    pub template: Option<(String, String, String, String)>,
    /// Whether it is a demonstration or for practice.
    pub demo: bool,
    /// The round's key.
    pub secretary: Option<PublicKeys>,
    /// The last event: its number, hash and time.
    pub head: Option<(u64, Digest, Timestamp)>,
    /// The sheets opened, for a sample.
    pub sheets: Vec<(Digest, Sheet)>,
    /// What can't be proved.
    pub unproved: Vec<Say>,
}

impl Audit {
    /// Whether everything that was looked at holds.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.findings.is_empty()
    }

    /// How many findings a check has.
    #[must_use]
    pub fn failures(&self, check: Check) -> usize {
        self.findings.iter().filter(|finding| finding.check == check).count()
    }

    fn find(&mut self, check: Check, place: impl Into<String>, say: Say, who: Option<Who>) {
        let finding = Finding { check, place: place.into(), say, who };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    fn note(&mut self, check: Check, place: impl Into<String>, say: Say) {
        self.notes.push(Finding { check, place: place.into(), say, who: None });
    }

    fn looked(&mut self, check: Check, many: usize) {
        *self.counts.entry(check).or_default() += many;
    }
}

/// An event of the log as far as it could be read.
#[derive(Debug, Clone)]
struct Link {
    /// Its place, from 1.
    seq: u64,
    /// Its hash as it stands there; worked out where none can be read.
    hash: Digest,
    /// What happened, where it can be read.
    event: Option<Event>,
    kind: String,
    actor: String,
    time: Timestamp,
}

impl Link {
    fn who(&self) -> Who {
        Who { name: Signer::of(&self.actor), seq: Some(self.seq) }
    }

    /// Where it stands, as a person looks it up.
    fn place(&self) -> String {
        format!("round.db #{} {}", self.seq, self.kind)
    }
}

/// Everything that was read, before it is judged.
struct Evidence {
    dir: PathBuf,
    raw: Option<RawLog>,
    links: Vec<Link>,
    rubric: Option<Rubric>,
    /// Digests that the data of a blob were found to have.
    blobs: BTreeSet<Digest>,
    /// The fold of all events that can be read.
    state: State,
    manifests: BTreeMap<Digest, Manifest>,
    sheets: BTreeMap<Digest, Sheet>,
    /// Bytes each packet has had, by code.
    packets: BTreeMap<PacketCode, BTreeSet<Digest>>,
}

impl Evidence {
    fn blob(&self, digest: &Digest) -> Option<Vec<u8>> {
        self.raw.as_ref()?.blob(digest)
    }

    /// The event of this hash.
    fn at(&self, hash: &Digest) -> Option<&Link> {
        self.links.iter().find(|link| link.hash == *hash)
    }

    /// Whether a hash occurs before an event.
    fn known_before(&self, hash: &Digest, seq: u64) -> bool {
        self.at(hash).is_some_and(|link| link.seq < seq)
    }

    /// The fold as it was before an event.
    fn state_before(&self, seq: u64) -> State {
        let mut state = State::default();
        for link in self.links.iter().filter(|link| link.seq < seq) {
            if let Some(event) = &link.event {
                state.apply(event, link.hash, &link.time);
            }
        }
        state
    }
}

/// What an audit is asked for, beyond the files themselves.
#[derive(Debug, Default)]
pub struct Wish<'a> {
    /// A head noted earlier.
    pub since: Option<&'a str>,
    /// Keys to decrypt the sealed files with.
    pub keys: Option<&'a Keys>,
}

/// Audits a round's folder or a copy of one.
///
/// # Errors
/// There is no round, or the head to look for is none; everything else is a
/// finding.
pub fn audit(dir: &Path, wish: &Wish<'_>) -> Result<Audit> {
    if !Round::is_in(dir) {
        return Err(Problem::NoRound { dir: dir.display().to_string() }.into());
    }
    let since = wish.since.map(heads::Noted::read).transpose()?;
    let mut audit = Audit::default();
    let mut evidence = chain::read(dir, &mut audit);
    blobs::check(&mut evidence, &mut audit);
    events::check(&evidence, &mut audit);
    manifests::check(&mut evidence, &mut audit);
    sheets::check(&mut evidence, &mut audit);
    heads::check(&evidence, since.as_ref(), &mut audit);
    files::check(&evidence, &mut audit);
    ranking::check(&evidence, &mut audit);
    if let Some(keys) = wish.keys {
        sealed::check(&evidence, keys, &mut audit);
    }
    audit.findings.sort_by_key(|finding| finding.check);
    sum_up(&mut audit, &evidence, wish);
    Ok(audit)
}

fn sum_up(audit: &mut Audit, evidence: &Evidence, wish: &Wish<'_>) {
    let state = &evidence.state;
    audit.round = state.id;
    audit.demo = state.demo || state.practice;
    audit.secretary.clone_from(&state.secretary);
    audit.template = state.template.as_ref().map(|(_, id, version)| {
        let title = |of: fn(&Rubric) -> &String| evidence.rubric.as_ref().map(of).cloned().unwrap_or_default();
        (title(|rubric| &rubric.title_zh), title(|rubric| &rubric.title_en), id.clone(), version.clone())
    });
    audit.head = evidence.links.last().map(|link| (link.seq, link.hash, link.time.clone()));
    let received = state.sheets.iter();
    audit.sheets = received
        .filter_map(|received| Some((received.digest, evidence.sheets.get(&received.digest)?.clone())))
        .collect();
    audit.unproved = words::unproved(state, wish);
}
