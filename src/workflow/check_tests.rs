//! The check in a round: applications from the register, letters in exports.

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::base::{ApplicationNo, Timestamp};
use crate::domain::application::{Entry, Origin, Role, Source};
use crate::domain::eligibility::truth::Truth;
use crate::domain::packet::Value;
use crate::workflow::new::{Wanted, new};
use crate::workflow::round::keys::Hold;

fn clock() -> Clock {
    Clock::Fixed(Timestamp::from_stored("2023-06-01T02:42:07.000Z"))
}

fn application(name: &str, enterprises: Option<&str>) -> Application {
    let mut app = Application {
        no: None,
        files: vec![Source { file: format!("{name}.docx"), digest: Digest::of(name.as_bytes()), role: Role::Form }],
        city: None,
        years: Vec::new(),
        fields: [].into(),
        uncertain: [].into(),
        missing: Vec::new(),
        carriers: Vec::new(),
    };
    let mut put = |id: &str, value: Value| {
        app.fields
            .insert(id.to_owned(), Entry { value, origin: Origin { table: Some(3), row: 4, ..Origin::default() } });
    };
    put("unit.name", Value::Text(name.to_owned()));
    put("cover.unit_name", Value::Text(format!("{name}<&>分校")));
    if let Some(number) = enterprises {
        put("conv.enterprises", Value::Number(number.parse().unwrap()));
    }
    app
}

/// A round for practice with applications in its register.
fn round(apps: &[(&str, Application)]) -> (TempDir, Round) {
    let folder = tempfile::tempdir().unwrap();
    let wanted =
        Wanted { template: "ln-pilot-selection", quota: Some(6), hold: Hold::Practice, demo: false, supervisor: None };
    let (mut round, _) = new(&folder.path().join("r"), &wanted, clock()).unwrap();
    let mut register = super::super::register::open(&mut round, "test").unwrap();
    for (no, app) in apps {
        register.applications.insert(ApplicationNo::parse(no).unwrap(), app.clone());
    }
    let kept = super::super::register::save(&round, &register, "test").unwrap();
    round.append(&[kept], &[]).unwrap();
    (folder, round)
}

#[test]
fn applications_of_the_register_are_checked_in_order_of_their_numbers() {
    let (_folder, mut round) =
        round(&[("S-002", application("望舒农业大学", Some("9"))), ("S-001", application("青岚理工大学", None))]);
    let report = check(&mut round, None).unwrap();
    let seen: Vec<_> = report.all.iter().map(|checked| (checked.no.as_str(), checked.eligible())).collect();
    assert_eq!(seen, [("S-001", Truth::Unknown), ("S-002", Truth::NotMet)], "nine enterprises are not over ten");
    assert_eq!(report.all[0].app.no.as_ref().map(ToString::to_string).as_deref(), Some("S-001"));
    assert!(report.all.iter().all(Checked::says_no), "the cover differs");
}

#[test]
fn letters_name_cell_and_clause_and_are_the_same_each_time() {
    let (_folder, mut round) = round(&[("S-001", application("青岚理工大学", None))]);
    let report = check(&mut round, None).unwrap();
    let by = Day::read("2023-06-07");
    let files = letters(&mut round, &report, None, by, &clock(), &Zone::utc()).unwrap();
    let names: Vec<_> =
        files.iter().map(|file| file.strip_prefix(round.dir()).unwrap().display().to_string()).collect();
    assert_eq!(names, ["exports/letters/S-001.docx", "exports/letters/S-001.md"]);
    let first = fs::read(&files[0]).unwrap();
    let text = fs::read_to_string(&files[1]).unwrap();
    for wanted in [
        "青岚理工大学：",
        "受理号：S-001",
        "2023年6月7日前",
        "近三年对接企业数",
        "申报书没有此栏",
        "表3 行4",
        "辽宁工作指引 二（三）",
        "2023年6月1日",
        "不是评审结论",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
    for never in ["不予受理", "不符合", "{}", "不通过", "<&>"] {
        assert!(!text.contains(never), "{never} in {text}");
    }
    let before = round.head();
    letters(&mut round, &report, None, by, &clock(), &Zone::utc()).unwrap();
    assert_eq!(fs::read(&files[0]).unwrap(), first);
    assert_ne!(round.head(), before, "each letter is an event");
}

#[test]
fn letters_go_elsewhere_when_asked_and_say_no_names_in_the_log() {
    let (folder, mut round) = round(&[("S-001", application("青岚理工大学", None))]);
    let report = check(&mut round, None).unwrap();
    let to = folder.path().join("out/there");
    let files = letters(&mut round, &report, Some(&to), None, &clock(), &Zone::utc()).unwrap();
    assert!(files.iter().all(|file| file.starts_with(&to) && file.is_file()));
    let log = fs::read(Round::log_path(round.dir())).unwrap();
    let name = "青岚理工大学".as_bytes();
    assert!(!log.windows(name.len()).any(|window| window == name), "the log holds no name");
}
