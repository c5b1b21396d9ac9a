//! Collecting and ranking, on real files in a real round: the order of files,
//! repeats, and voided sheets change nothing they should not; altered and
//! foreign files are named, kept, and never counted.

use std::fs;
use std::path::{Path, PathBuf};

use pingshen::base::Result;
use pingshen::base::{Clock, CriterionId, PacketCode, Points, Problem, Timestamp};
use pingshen::domain::desk::Act;
use pingshen::domain::round::{Decision, SheetState};
use pingshen::workflow::collect::{Collected, Compared, Say, Wish as Taking, collect};
use pingshen::workflow::hand_in::Wish;
use pingshen::workflow::round::keys::Hold;
use pingshen::workflow::{Round, Sitting, assign, issue, new, packets, panel, rank};
use proptest::prelude::*;
use tempfile::TempDir;

const PANEL: &str = "code,name,recuse\nE01,甲,\nE02,乙,A-02 同事\nE03,丙,\nE04,丁,\nE05,戊,\nE06,己,\n";

fn clock() -> Clock {
    Clock::Fixed(Timestamp::from_stored("2026-05-20T02:42:07.000Z"))
}

/// A mark that depends on who gives it to what, on the grid.
fn mark(expert: usize, packet: usize, criterion: usize, max: Points) -> Points {
    let steps = usize::try_from(max.units() / 5_000).unwrap();
    let step = (expert * 7 + packet * 5 + criterion * 3) % (steps + 1);
    Points::from_units(i64::try_from(step).unwrap() * 5_000)
}

fn give_all(sitting: &mut Sitting, expert: usize) {
    let mut acts = Vec::new();
    for (packet, code) in sitting.codes().into_iter().enumerate() {
        for (at, criterion) in sitting.rubric().criteria().enumerate() {
            let points = Some(mark(expert, packet, at, criterion.max));
            acts.push(Act::Mark { code: code.clone(), criterion: criterion.id.clone(), points });
        }
    }
    sitting.record_all(&acts).unwrap();
}

fn made(dir: &Path) -> Round {
    let wanted = new::Wanted {
        template: "ln-pilot-selection",
        quota: Some(2),
        hold: Hold::Practice,
        demo: false,
        supervisor: None,
    };
    new::new(dir, &wanted, clock()).unwrap().0
}

fn take(round: &mut Round, files: &[PathBuf], say: Option<&Say>) -> Result<Vec<Collected>> {
    collect(round, files, &Taking { say, ..Taking::default() }, &mut |_, _| Ok(Compared::NotYet))
}

/// A round with bundles out and all six sheets handed in, not yet collected.
fn issued(folder: &TempDir) -> (PathBuf, Vec<PathBuf>) {
    let dir = folder.path().join("round");
    let mut round = made(&dir);
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/packets");
    let files: Vec<PathBuf> = ["A-01", "A-02", "A-03"].iter().map(|code| sample.join(format!("{code}.json"))).collect();
    packets::packets(&mut round, &files).unwrap();
    let list = folder.path().join("panel.csv");
    fs::write(&list, PANEL).unwrap();
    panel::panel(&mut round, &list).unwrap();
    assign::assign(&mut round).unwrap();
    let mut sheets = Vec::new();
    for (at, issued) in issue::issue(&mut round, None).unwrap().bundles.into_iter().enumerate() {
        let mut sitting = Sitting::open(&issued.file, None, true, clock()).unwrap();
        give_all(&mut sitting, at);
        sheets.push(sitting.hand_in(&Wish::default()).unwrap().file);
    }
    (dir, sheets)
}

/// The round as it was before collecting, in a folder of its own.
fn copy_of(dir: &Path, to: &Path) -> Round {
    for folder in ["keys", "inbox"] {
        fs::create_dir_all(to.join(folder)).unwrap();
    }
    for file in ["round.db", "register.age", "keys/secretary.age", "keys/desk.key"] {
        fs::copy(dir.join(file), to.join(file)).unwrap();
    }
    Round::open(to, true, clock()).unwrap()
}

fn ranked(round: &Round) -> Vec<u8> {
    rank::json(&rank::rank(round).unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn order_and_repeats_change_no_byte(order in Just((0..6usize).collect::<Vec<_>>()).prop_shuffle(), again in prop::collection::vec(0..6usize, 0..6)) {
        let folder = tempfile::tempdir().unwrap();
        let (dir, sheets) = issued(&folder);
        let mut straight = copy_of(&dir, &folder.path().join("a"));
        take(&mut straight, &sheets, None).unwrap();
        let mut shuffled = copy_of(&dir, &folder.path().join("b"));
        let files: Vec<PathBuf> = order.iter().chain(&again).map(|at| sheets[*at].clone()).collect();
        for file in &files {
            take(&mut shuffled, std::slice::from_ref(file), None).unwrap();
        }
        prop_assert_eq!(ranked(&straight), ranked(&shuffled));
    }
}

#[test]
fn a_voided_sheet_leaves_what_would_be_there_without_it() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, sheets) = issued(&folder);
    let mut without = copy_of(&dir, &folder.path().join("a"));
    take(&mut without, &sheets[..5], None).unwrap();
    let mut voided = copy_of(&dir, &folder.path().join("b"));
    take(&mut voided, &sheets, None).unwrap();
    let say = Say { decision: Decision::Void, reason: "代评".to_owned(), whole: true };
    let outcome = take(&mut voided, &sheets[5..], Some(&say)).unwrap();
    assert_eq!(outcome[0].outcome.as_ref().unwrap().state, SheetState::Void);
    assert_eq!(ranked(&without), ranked(&voided));
}

#[test]
fn a_correction_replaces_and_two_last_words_count_for_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, mut sheets) = issued(&folder);
    let bundle = dir.join("outbox/E01.bundle");
    let (code, criterion) = (PacketCode::parse("A-01").unwrap(), CriterionId::parse("D5").unwrap());
    let change = Act::Mark { code: code.clone(), criterion: criterion.clone(), points: Some(Points::ZERO) };

    let mut sitting = Sitting::open(&bundle, None, true, clock()).unwrap();
    sitting.record(&change).unwrap();
    let refused = sitting.hand_in(&Wish::default()).unwrap_err();
    assert_eq!(*refused.problem(), Problem::NeedsReason, "a correction says why");
    let wish = Wish { correction: Some("看错了一栏".to_owned()), ..Wish::default() };
    let second = sitting.hand_in(&wish).unwrap();
    assert_eq!(second.revision, 2);

    let mut round = copy_of(&dir, &folder.path().join("a"));
    sheets.push(second.file);
    take(&mut round, &sheets, None).unwrap();
    let standing = rank::rank(&round).unwrap();
    assert_eq!((standing.sheets.len(), standing.outstanding.len()), (6, 0));
    let first = standing.sheets.iter().find(|sheet| sheet.expert.as_str() == "E01").unwrap();
    assert_eq!(first.revision, 2);

    // The same expert from a second draft, not naming the first sheet.
    let other = folder.path().join("other.draft");
    fs::copy(bundle.with_extension("key"), other.with_extension("key")).unwrap();
    let mut twin = Sitting::open(&bundle, Some(&other), true, clock()).unwrap();
    give_all(&mut twin, 3);
    let out = Wish { to: Some(folder.path().join("twin.sheet")), ..Wish::default() };
    let third = twin.hand_in(&out).unwrap();
    let outcome = take(&mut round, &[third.file], None).unwrap();
    assert_eq!(outcome[0].outcome.as_ref().unwrap().state, SheetState::Conflict);
    let standing = rank::rank(&round).unwrap();
    assert!(standing.sheets.iter().all(|sheet| sheet.expert.as_str() != "E01"), "neither counts until one is voided");
}

#[test]
fn altered_cut_and_foreign_files_are_named_and_kept_out() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, sheets) = issued(&folder);
    let elsewhere = tempfile::tempdir().unwrap();
    let (_, foreign) = issued(&elsewhere);
    let mut round = copy_of(&dir, &folder.path().join("a"));
    let good = fs::read(&sheets[0]).unwrap();
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let mut altered = good.clone();
    let at = altered.len() - 40;
    altered[at] ^= 1;
    let bad = [
        put("altered.sheet", &altered),
        put("cut.sheet", &good[..good.len() / 2]),
        put("note.sheet", b"hello"),
        foreign[0].clone(),
    ];
    let files: Vec<PathBuf> = bad.iter().cloned().chain(sheets.iter().cloned()).collect();
    let outcome = take(&mut round, &files, None).unwrap();
    let problems: Vec<_> = outcome.iter().take(4).map(|c| c.outcome.as_ref().unwrap_err().problem().clone()).collect();
    assert_eq!(problems[0], Problem::Altered);
    assert_eq!(problems[1], Problem::Altered);
    assert_eq!(problems[2], Problem::NotOurs { wanted: "sheet" });
    assert_eq!(problems[3], Problem::SealedForOthers);
    assert!(outcome.iter().skip(4).all(|c| c.outcome.is_ok()), "the good ones are kept");
    assert_eq!(round.state().refused.len(), 4, "what was refused is on record");
    assert_eq!(rank::rank(&round).unwrap().sheets.len(), 6);
}

#[test]
fn a_partial_sheet_waits_for_the_secretary() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, sheets) = issued(&folder);
    let bundle = dir.join("outbox/E06.bundle");
    let draft = folder.path().join("late.draft");
    let mut sitting = Sitting::open(&bundle, Some(&draft), true, clock()).unwrap();
    give_all(&mut sitting, 2);
    let blank = Act::Mark {
        code: PacketCode::parse("A-03").unwrap(),
        criterion: CriterionId::parse("A1").unwrap(),
        points: None,
    };
    sitting.record(&blank).unwrap();
    assert!(matches!(
        sitting.hand_in(&Wish::default()).unwrap_err().problem(),
        Problem::Incomplete { packets: 1, missing: 1, .. }
    ));
    let to = folder.path().join("partial.sheet");
    let wish = Wish { partial: Some("时间不够".to_owned()), to: Some(to.clone()), ..Wish::default() };
    assert_eq!(sitting.hand_in(&wish).unwrap().unscored, 1);

    let mut round = copy_of(&dir, &folder.path().join("a"));
    take(&mut round, &sheets[..5], None).unwrap();
    let before = ranked(&round);
    let outcome = take(&mut round, std::slice::from_ref(&to), None).unwrap();
    assert_eq!(outcome[0].outcome.as_ref().unwrap().state, SheetState::Undecided);
    assert_eq!(ranked(&round), before, "undecided counts for nothing");
    let say = Say { decision: Decision::Count, reason: "其余两份评得完整".to_owned(), whole: false };
    take(&mut round, &[to], Some(&say)).unwrap();
    let standing = rank::rank(&round).unwrap().standing;
    let sheets_of = |code: &str| standing.places.iter().find(|p| p.code.as_str() == code).unwrap().valid_sheets;
    assert_eq!((sheets_of("A-01"), sheets_of("A-03")), (6, 5));
}

#[test]
fn a_decision_once_made_is_not_undone_by_a_sweep_over_many_files() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, sheets) = issued(&folder);
    let draft = folder.path().join("late.draft");
    let mut sitting = Sitting::open(&dir.join("outbox/E06.bundle"), Some(&draft), true, clock()).unwrap();
    give_all(&mut sitting, 2);
    let (code, criterion) = (PacketCode::parse("A-03").unwrap(), CriterionId::parse("A1").unwrap());
    sitting.record(&Act::Mark { code, criterion, points: None }).unwrap();
    let to = folder.path().join("partial.sheet");
    sitting.hand_in(&Wish { partial: Some("没评完".to_owned()), to: Some(to.clone()), ..Wish::default() }).unwrap();
    let mut round = copy_of(&dir, &folder.path().join("a"));
    take(&mut round, &sheets[..5], None).unwrap();
    let void = Say { decision: Decision::Void, reason: "本人生病".to_owned(), whole: true };
    take(&mut round, std::slice::from_ref(&to), Some(&void)).unwrap();
    let count = Say { decision: Decision::Count, reason: "其余评得完整".to_owned(), whole: false };
    let outcome = take(&mut round, &[to.clone(), sheets[0].clone()], Some(&count)).unwrap();
    assert_eq!(outcome[0].outcome.as_ref().unwrap().state, SheetState::Void);
    let outcome = take(&mut round, &[to], Some(&count)).unwrap();
    assert_eq!(outcome[0].outcome.as_ref().unwrap().state, SheetState::Counts, "named alone, it may change");
}

#[test]
fn a_packet_that_came_after_the_assignment_is_not_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("round");
    let mut round = made(&dir);
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/packets");
    packets::packets(&mut round, &[sample.join("A-01.json")]).unwrap();
    let list = folder.path().join("panel.csv");
    fs::write(&list, "code,name\nE01,甲\n").unwrap();
    panel::panel(&mut round, &list).unwrap();
    assign::assign(&mut round).unwrap();
    packets::packets(&mut round, &[sample.join("A-02.json")]).unwrap();
    assert_eq!(*issue::issue(&mut round, None).unwrap_err().problem(), Problem::TooEarly { first: "assign" });
    assign::assign(&mut round).unwrap();
    assert_eq!(issue::issue(&mut round, None).unwrap().bundles[0].packets, 2);
}
