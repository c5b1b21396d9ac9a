//! Updates merged into a draft, and those that are refused.

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::base::{Clock, CriterionId, Timestamp};
use crate::domain::amendment::Change;
use crate::domain::desk::Desk;
use crate::domain::differing::differing;
use crate::domain::rubric::Rubric;
use crate::seal::Secret;
use crate::workflow::amend::{What, amend};
use crate::workflow::demo::{Laid, lay_out};
use crate::workflow::issue_update::issue_updates;
use crate::workflow::{Round, library};

fn clock() -> Clock {
    Clock::Fixed(Timestamp::from_stored("2026-05-20T02:42:07.000Z"))
}

fn laid() -> (TempDir, Laid) {
    let folder = tempfile::tempdir().unwrap();
    let laid = lay_out(&folder.path().join("demo"), None, &clock()).unwrap();
    (folder, laid)
}

fn sitting(laid: &Laid) -> Sitting {
    Sitting::open(&laid.bundle, None, true, clock()).unwrap()
}

fn round(laid: &Laid) -> Round {
    Round::open(&laid.expert_dir, true, clock()).unwrap()
}

fn update_file(laid: &Laid, number: u32) -> PathBuf {
    laid.bundle.with_file_name(format!("E03-update-{number}.update"))
}

/// All marks, of every packet there ever was.
fn marks(desk: &Desk) -> Vec<String> {
    let codes = (1..=16).map(|at| PacketCode::parse(&format!("A-{at:02}")).unwrap());
    codes.filter_map(|code| Some(format!("{code} {:?}", desk.given(&code)?))).collect()
}

fn corrected(laid: &Laid) -> PathBuf {
    let bytes = round(laid).packet_bytes("A-01");
    let text = String::from_utf8(bytes).unwrap().replacen(
        "\"lic.2021.open_published\": ",
        "\"lic.2021.open_published\": 1",
        1,
    );
    let file = laid.expert_dir.join("corrected.json");
    fs::write(&file, text).unwrap();
    file
}

impl Round {
    fn packet_bytes(&self, code: &str) -> Vec<u8> {
        let code = PacketCode::parse(code).unwrap();
        self.blob(&self.state().packets[&code]).unwrap()
    }
}

#[test]
fn a_draft_takes_any_amendment_in_and_loses_no_mark() {
    let (_folder, laid) = laid();
    let before = marks(sitting(&laid).desk());
    let panel = laid.expert_dir.join("row.csv");
    fs::write(&panel, "code,name\nE08,某某\n").unwrap();
    let file = corrected(&laid);
    let whats = [
        What::Withdraw("A-02".to_owned()),
        What::Correct(file),
        What::Erratum("B1".to_owned(), "x".to_owned()),
        What::Void("C3".to_owned()),
        What::Quota(9),
        What::AddExpert(panel),
    ];
    for (number, what) in (1..).zip(&whats) {
        let mut round = round(&laid);
        assert_eq!(amend(&mut round, what, "y").unwrap().amendment.number, number);
        assert!(amend(&mut round, what, "y").unwrap().again, "{what:?}");
        issue_updates(&mut round).unwrap();
        drop(round);
        let merged = sitting(&laid);
        assert_eq!(merged.manifest().amendment, number);
        assert_eq!(marks(merged.desk()), before, "{what:?}");
        drop(merged);
        // The next opening knows it though the file is gone.
        fs::remove_file(update_file(&laid, number)).unwrap();
        let again = sitting(&laid);
        assert_eq!((again.manifest().amendment, again.news().len()), (number, 0));
        assert_eq!(marks(again.desk()), before);
    }
    let mut sitting = sitting(&laid);
    let (one, two) = (PacketCode::parse("A-01").unwrap(), PacketCode::parse("A-02").unwrap());
    assert!(!sitting.codes().contains(&two), "withdrawn");
    assert!(sitting.packet(&two).is_err());
    assert!(sitting.packet(&one).unwrap().figure("lic.2021.open_published").is_some_and(|n| n >= 10.into()));
    let c3 = CriterionId::parse("C3").unwrap();
    assert!(sitting.rubric().criterion(&c3).is_none() && sitting.desk().mark(&one, &c3).is_some());
    let b1 = CriterionId::parse("B1").unwrap();
    assert_eq!(sitting.rubric().criterion(&b1).unwrap().errata, [(3, "x".to_owned())]);
    assert_eq!(sitting.desk().review(&one, &b1), Some(3));
    let act = Act::Confirm { code: one.clone(), criterion: b1.clone() };
    sitting.record(&act).unwrap();
    assert_eq!(
        *sitting.record(&act).unwrap_err().problem(),
        Problem::NothingToConfirm { code: "A-01".to_owned(), id: "B1".to_owned() }
    );
    sitting.record(&Act::Undo).unwrap();
    assert_eq!(sitting.desk().review(&one, &b1), Some(3), "taken back, it waits again");
}

#[test]
fn forged_foreign_gapped_and_replayed_updates_are_refused() {
    let (_folder, laid) = laid();
    let mut round = round(&laid);
    for code in ["A-02", "A-03"] {
        amend(&mut round, &What::Withdraw(code.to_owned()), "y").unwrap();
        issue_updates(&mut round).unwrap();
    }
    let files: Vec<PathBuf> = (1..=2).map(|number| update_file(&laid, number)).collect();
    let folder = laid.expert_dir.join("given");
    fs::create_dir_all(&folder).unwrap();
    let keep = |file: &Path, name: &str| {
        let to = folder.join(name);
        fs::rename(file, &to).unwrap();
        to
    };
    let (first, second) = (keep(&files[0], "first"), keep(&files[1], "second"));
    let other = laid.bundle.with_file_name("E04-update-2.update");
    let (recipient, secretary) = (crate::seal::slip::practice_recipient().unwrap(), round.secretary().unwrap().clone());
    let good = {
        let identity = crate::seal::slip::practice_identity().unwrap();
        let bytes = envelope::decrypt(&[identity], &fs::read(&second).unwrap(), LARGEST).unwrap();
        formats::update::decode(signed::read(Context::Update, &bytes).unwrap().body, &crate::base::Limits::STANDARD)
            .unwrap()
    };
    let write = |name: &str, update: &Update, secret: &Secret| {
        let bytes = signed::sign(secret, Context::Update, &formats::update::encode(update).unwrap());
        let file = folder.join(name);
        fs::write(&file, envelope::encrypt(std::slice::from_ref(&recipient), &bytes).unwrap()).unwrap();
        file
    };
    let mut altered = fs::read(&second).unwrap();
    let last = altered.len() - 20;
    altered[last] ^= 1;
    fs::write(folder.join("altered"), altered).unwrap();
    let forger = Secret::random().unwrap();
    let forged_document = |amendment: u32| {
        let body = signed::read(Context::Amendment, &good.amendments[0]).unwrap().body.to_vec();
        let mut made = formats::amendment::decode(&body, &crate::base::Limits::STANDARD).unwrap();
        made.number = amendment;
        made.change = Change::PacketWithdrawn { code: PacketCode::parse("A-05").unwrap() };
        made
    };
    let sign = |made: &Amendment, secret: &Secret| {
        signed::sign(secret, Context::Amendment, &formats::amendment::encode(made).unwrap())
    };
    let fork = sign(&forged_document(1), &secretary);
    let not_ours = sign(&forged_document(1), &forger);
    let refused = [
        (folder.join("altered"), Problem::Altered),
        (write("forged", &good, &forger), Problem::OtherSigner),
        (
            write("forged-inside", &Update { amendments: vec![not_ours], ..good.clone() }, &secretary),
            Problem::OtherSigner,
        ),
        (other, Problem::OtherBundle),
        (
            write("round", &Update { round: Digest::of(b"x"), ..good.clone() }, &secretary),
            Problem::OtherRound { round: Digest::of(b"x").short() },
        ),
        (
            write("gap", &Update { amendments: vec![good.amendments[1].clone()], ..good.clone() }, &secretary),
            Problem::BrokenChain,
        ),
        (
            write(
                "order",
                &Update { amendments: good.amendments.iter().rev().cloned().collect(), ..good.clone() },
                &secretary,
            ),
            Problem::BrokenChain,
        ),
        (write("none", &Update { amendments: Vec::new(), ..good.clone() }, &secretary), Problem::BrokenChain),
        (
            write(
                "more",
                &Update { packets: vec![(PacketCode::parse("A-01").unwrap(), b"{}".to_vec())], ..good.clone() },
                &secretary,
            ),
            Problem::NotInManifest { name: "A-01".to_owned() },
        ),
    ];
    let mut sitting = sitting(&laid);
    let before = sitting.desk().clone();
    for (file, problem) in refused {
        let refusal = sitting.merge(&file).unwrap_err();
        assert_eq!(*refusal.problem(), problem, "{}", file.display());
        assert_eq!(*sitting.desk(), before, "{}", file.display());
    }
    assert!(sitting.merge(&second).unwrap());
    assert!(!sitting.merge(&second).unwrap(), "the same once more");
    let old = sitting.merge(&first).unwrap_err();
    assert_eq!(*old.problem(), Problem::OldUpdate { number: 1, merged: 2 });
    let forked = write("fork", &Update { amendments: vec![fork], ..good }, &secretary);
    assert_eq!(*sitting.merge(&forked).unwrap_err().problem(), Problem::BrokenChain);
    assert_eq!(sitting.manifest().amendment, 2);
    drop(sitting);
    // Beside the bundle a bad one keeps nobody from scoring, and is said to be bad.
    fs::copy(folder.join("altered"), update_file(&laid, 9)).unwrap();
    let sitting = super::tests::sitting(&laid);
    assert_eq!((sitting.manifest().amendment, sitting.complaints().len()), (2, 1));
}

fn template() -> Rubric {
    library::sound_template(&library::template_bytes("ln-pilot-selection").unwrap()).unwrap()
}

#[test]
fn a_void_criterion_is_out_of_every_maximum_whatever_the_order() {
    let (_folder, laid) = laid();
    let round = round(&laid);
    let void = |number: u32, id: &str| Amendment {
        round: round.id().unwrap(),
        number,
        follows: None,
        change: Change::CriterionVoid { criterion: CriterionId::parse(id).unwrap() },
        reason: "x".to_owned(),
    };
    let template = template();
    let all: Vec<Amendment> = (1..).zip(["D5", "E1", "E2", "E3", "E4"]).map(|(at, id)| void(at, id)).collect();
    let forth = template.amended(&all);
    assert_eq!(forth, template.amended(all.iter().rev()));
    assert_eq!(forth.dimensions.len(), template.dimensions.len() - 1, "nothing is left of E");
    assert!(!forth.tie_break.keys.iter().any(|key| key.as_str() == "D5"));
    let sum = |rubric: &Rubric| rubric.criteria().map(|criterion| criterion.max.units()).sum::<i64>();
    assert_eq!(sum(&forth), forth.total.units());
    for dimension in &forth.dimensions {
        assert_eq!(dimension.criteria.iter().map(|c| c.max.units()).sum::<i64>(), dimension.max.units());
    }
    assert_eq!(template.amended(&[]), template);
}

#[test]
fn a_correction_touches_the_criteria_whose_evidence_it_changes() {
    let (_folder, laid) = laid();
    let round = round(&laid);
    let (rubric, form) = (round.rubric(), round.form().unwrap());
    let packet = round.packet(&PacketCode::parse("A-01").unwrap()).unwrap();
    assert_eq!(differing(rubric, form, &packet, &packet), []);
    let criterion = rubric.criteria().find(|criterion| criterion.id.as_str() == "B5").unwrap();
    let id = criterion.evidence.iter().find(|id| packet.figure(id).is_some()).unwrap();
    let mut changed = packet.clone();
    changed.fields.remove(id);
    let touched = differing(rubric, form, &packet, &changed);
    assert!(touched.contains(&criterion.id) && touched.len() < rubric.criteria_count(), "{touched:?}");
    let mut changed = packet.clone();
    changed.sections[0].id = "nobody.reads.this".to_owned();
    assert_eq!(differing(rubric, form, &packet, &changed).len(), rubric.criteria_count(), "it can't be told");
}
