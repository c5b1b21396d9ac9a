//! The draft against a plain model: any acts, taken back and done again, with
//! the process gone at any moment. A process that is killed leaves its files as
//! they are, so a kill is a copy of the folder, gone on with from there.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what fails ends the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use pingshen::base::{Clock, CriterionId, PacketCode, Points};
use pingshen::domain::desk::Act;
use pingshen::workflow::{Sitting, demo};
use proptest::prelude::*;
use tempfile::TempDir;

/// How the process goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kill {
    /// Between two commits.
    Between,
    /// So, with the journal's empty file not there.
    NoJournal,
    /// In the middle of a commit, its pages in the file already.
    Midway,
    /// So, with what was never synced behind the journal's last whole part.
    Torn,
}

#[derive(Debug, Clone)]
enum Step {
    Mark(usize, usize, Option<u8>),
    Remark(usize, usize, String),
    Undo,
    Redo,
    Kill(Kill),
}

fn step() -> impl Strategy<Value = Step> {
    let kill = prop_oneof![Just(Kill::Between), Just(Kill::NoJournal), Just(Kill::Midway), Just(Kill::Torn)];
    prop_oneof![
        6 => (0usize..3, 0usize..4, prop::option::weighted(0.8, 0u8..4)).prop_map(|(p, c, m)| Step::Mark(p, c, m)),
        2 => (0usize..3, 0usize..4, "[一-十a-c ]{0,8}").prop_map(|(p, c, t)| Step::Remark(p, c, t)),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
        2 => kill.prop_map(Step::Kill),
    ]
}

type Place = (usize, usize);

/// What the expert sees, and all it was before: no inverses, only whole pictures.
#[derive(Debug, Clone, Default)]
struct Model {
    now: Picture,
    back: Vec<Picture>,
    forth: Vec<Picture>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Picture {
    marks: BTreeMap<Place, Points>,
    remarks: BTreeMap<Place, String>,
}

impl Model {
    fn change(&mut self, change: impl FnOnce(&mut Picture)) {
        self.back.push(self.now.clone());
        self.forth.clear();
        change(&mut self.now);
    }

    fn undo(&mut self) {
        if let Some(before) = self.back.pop() {
            self.forth.push(std::mem::replace(&mut self.now, before));
        }
    }

    fn redo(&mut self) {
        if let Some(after) = self.forth.pop() {
            self.back.push(std::mem::replace(&mut self.now, after));
        }
    }
}

/// The demonstration's bundle that nobody has begun.
fn bundle() -> &'static Path {
    static LAID: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let lay_out = || {
        let folder = tempfile::tempdir().unwrap();
        let laid = demo::lay_out(&folder.path().join("demo"), None, &Clock::System).unwrap();
        let bundle = laid.bundle.with_file_name("E01.bundle");
        (folder, bundle)
    };
    &LAID.get_or_init(lay_out).1
}

struct Desk {
    folder: TempDir,
    sitting: Option<Sitting>,
    codes: Vec<PacketCode>,
    criteria: Vec<CriterionId>,
    kills: u32,
}

/// In memory, where there is a folder in memory: what is tested is what is in
/// the files, not that it was synced.
fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

impl Desk {
    fn new() -> Self {
        let folder = folder();
        let sitting = Sitting::open(bundle(), Some(&folder.path().join("d.draft")), true, Clock::System).unwrap();
        let codes = sitting.codes();
        let criteria = sitting.rubric().criteria().map(|criterion| criterion.id.clone()).collect();
        Self { folder, sitting: Some(sitting), codes, criteria, kills: 0 }
    }

    fn sitting(&mut self) -> &mut Sitting {
        self.sitting.as_mut().unwrap()
    }

    fn seen(&mut self) -> Picture {
        let (codes, criteria) = (self.codes.clone(), self.criteria.clone());
        let desk = self.sitting().desk();
        let mut picture = Picture::default();
        for (p, code) in codes.iter().enumerate() {
            for (c, criterion) in criteria.iter().enumerate() {
                if let Some(points) = desk.mark(code, criterion) {
                    picture.marks.insert((p, c), points);
                }
                let remark = desk.remark(code, criterion);
                if !remark.is_empty() {
                    picture.remarks.insert((p, c), remark.to_owned());
                }
            }
        }
        picture
    }

    /// The process is gone: what it left is gone on with.
    fn kill(&mut self, kill: Kill) {
        self.kills += 1;
        let left = folder();
        let draft = self.folder.path().join("d.draft");
        let unfinished = matches!(kill, Kill::Midway | Kill::Torn).then(|| {
            let other = rusqlite::Connection::open(&draft).unwrap();
            // So small a cache that pages go to the file before the commit.
            other
                .execute_batch(
                    "PRAGMA journal_mode=TRUNCATE; PRAGMA cache_size=1; PRAGMA cache_spill=1; BEGIN IMMEDIATE",
                )
                .unwrap();
            for seq in 0..40 {
                let row = rusqlite::params![1_000_000 + seq, format!("{seq}"), vec![7u8; 2000]];
                other
                    .execute("INSERT INTO event VALUES (?1, 'p', 'unfinished' || ?2, 'act', 'E01', 't', ?3, x'')", row)
                    .unwrap();
            }
            other
        });
        for entry in fs::read_dir(self.folder.path()).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), left.path().join(entry.file_name())).unwrap();
        }
        drop(unfinished);
        let journal = left.path().join("d.draft-journal");
        // Not there before the first mark after an opening.
        let length = fs::metadata(&journal).map_or(0, |found| found.len());
        match kill {
            Kill::Between => assert_eq!(length, 0, "nothing is half-done between commits"),
            Kill::NoJournal => drop(fs::remove_file(&journal)),
            Kill::Midway => assert!(length > 512, "a commit that hits nothing"),
            Kill::Torn => {
                assert!(length > 512, "a commit that hits nothing");
                // Not counted by the journal's header, it may be anything.
                let mut bytes = fs::read(&journal).unwrap();
                bytes.extend_from_slice(&[0x5a; 700]);
                fs::write(&journal, bytes).unwrap();
            }
        }
        self.sitting = None;
        self.folder = left;
        let draft = self.folder.path().join("d.draft");
        // Looked at first, and gone on with then.
        let looked = Sitting::open(bundle(), Some(&draft), false, Clock::System).unwrap();
        drop(looked);
        self.sitting = Some(Sitting::open(bundle(), Some(&draft), true, Clock::System).unwrap());
    }
}

fn tries() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(64)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: tries(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_and_whenever_the_process_goes_the_draft_is_what_was_done(
        steps in prop::collection::vec(step(), 1..60)
    ) {
        let mut desk = Desk::new();
        let mut model = Model::default();
        for step in &steps {
            match step {
                Step::Mark(p, c, mark) => {
                    let points = mark.map(|halves| Points::from_units(i64::from(halves) * 5_000));
                    let (code, criterion) = (desk.codes[*p].clone(), desk.criteria[*c].clone());
                    let act = Act::Mark { code, criterion, points };
                    // What can't be given changes nothing, in the draft as in the model.
                    if desk.sitting().record(&act).is_ok() {
                        model.change(|now| match points {
                            Some(points) => drop(now.marks.insert((*p, *c), points)),
                            None => drop(now.marks.remove(&(*p, *c))),
                        });
                    } else {
                        prop_assert!(points.is_some(), "clearing is always allowed");
                    }
                }
                Step::Remark(p, c, text) => {
                    let (code, criterion) = (desk.codes[*p].clone(), desk.criteria[*c].clone());
                    desk.sitting().record(&Act::Remark { code, criterion, text: text.clone() }).unwrap();
                    model.change(|now| {
                        now.remarks.remove(&(*p, *c));
                        if !text.is_empty() {
                            now.remarks.insert((*p, *c), text.clone());
                        }
                    });
                }
                Step::Undo => {
                    desk.sitting().record(&Act::Undo).unwrap();
                    model.undo();
                }
                Step::Redo => {
                    desk.sitting().record(&Act::Redo).unwrap();
                    model.redo();
                }
                Step::Kill(kill) => desk.kill(*kill),
            }
            prop_assert_eq!(desk.seen(), model.now.clone(), "after {:?}", step);
        }
    }
}
