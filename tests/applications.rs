//! Application forms to bundles, by the commands: folders of applicants, the
//! same again, a changed form, entry by two people, what is supplied and
//! confirmed later, declarations; and no string of the register in any bundle.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use common::{Desk, Run};
use pingshen::seal::envelope;
use pingshen::seal::slip::practice_identity;
use serde_json::Value;

const NEW: [&str; 7] = ["new", "r", "--template", "ln-pilot-selection", "--quota", "2", "--practice"];

/// The four sample forms.
fn samples() -> PathBuf {
    common::repository().join("sample-data/applications")
}

fn sample(name: &str) -> String {
    samples().join(format!("{name}.docx")).display().to_string()
}

/// Runs a command, in English.
fn run(desk: &Desk, args: &[&str]) -> Run {
    let args: Vec<&str> = ["--lang", "en"].into_iter().chain(args.iter().copied()).collect();
    desk.run(&args)
}

fn round() -> Desk {
    let desk = Desk::new();
    run(&desk, &NEW).ends(0);
    desk
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What forms say that names somebody, as `intake` itself reports it.
fn register_strings(desk: &Desk, forms: &str) -> BTreeSet<String> {
    let read = json(&run(desk, &["intake", "--dry-run", "--format", "json", forms]).out);
    let naming = [
        "unit.name",
        "unit.uscc",
        "unit.address",
        "unit.legal_rep",
        "unit.tel",
        "unit.fax",
        "lead.name",
        "lead.tel",
        "lead.mobile",
        "contact.name",
        "contact.mobile",
        "contact.tel",
        "contact.email",
        "cover.contact_name",
    ];
    let mut strings = BTreeSet::new();
    for application in read.as_array().unwrap() {
        for field in naming {
            if let Some(value) = application["fields"][field]["value"].as_str() {
                strings.insert(value.to_owned());
            }
        }
    }
    strings
}

/// Every byte of every bundle, decrypted and unpacked.
fn decoded(outbox: &Path) -> Vec<(String, Vec<u8>)> {
    let identity = practice_identity().unwrap();
    let mut parts = Vec::new();
    for entry in fs::read_dir(outbox).unwrap() {
        let path = entry.unwrap().path();
        let sealed = fs::read(&path).unwrap();
        let content = envelope::decrypt(std::slice::from_ref(&identity), &sealed, 1 << 26).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(content)).unwrap();
        for at in 0..archive.len() {
            let mut member = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            member.read_to_end(&mut bytes).unwrap();
            parts.push((format!("{} part {at}", path.display()), bytes));
        }
    }
    parts
}

/// From forms to bundles; gives the bundles' parts.
fn sent_out(desk: &Desk, forms: &str) -> Vec<(String, Vec<u8>)> {
    run(desk, &["-C", "r", "intake", forms]);
    let blinded = run(desk, &["-C", "r", "blind", "--format", "json"]);
    assert_eq!(blinded.code, 0, "{blinded:#?}");
    run(desk, &["-C", "r", "panel", &common::sample("panel-forms.csv")]).ends(0);
    run(desk, &["-C", "r", "assign"]).ends(0);
    run(desk, &["-C", "r", "issue"]).ends(0);
    decoded(&desk.path("r/outbox"))
}

fn find(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

fn names_nobody(strings: &BTreeSet<String>, parts: &[(String, Vec<u8>)]) {
    assert!(strings.len() > 20 && parts.len() > 20, "{} strings, {} parts", strings.len(), parts.len());
    for (part, bytes) in parts {
        for text in strings {
            assert!(!find(bytes, text), "{part} says {text}");
        }
    }
}

#[test]
fn no_string_of_the_register_is_in_any_bundle() {
    let desk = round();
    let forms = samples().display().to_string();
    let strings = register_strings(&desk, &forms);
    names_nobody(&strings, &sent_out(&desk, &forms));
    run(&desk, &["-C", "r", "audit"]).ends(0);
}

/// The same with forms from outside, where they are at hand.
#[test]
fn nor_with_forms_from_outside() {
    let forms = common::repository().join("../shared/forms");
    if !forms.is_dir() {
        eprintln!("skipped: {} is not there", forms.display());
        return;
    }
    let key = json(&fs::read_to_string(forms.join("answer_key.json")).unwrap());
    let desk = round();
    let folder = desk.path("forms");
    fs::create_dir(&folder).unwrap();
    let mut strings = BTreeSet::new();
    for application in key["applications"].as_array().unwrap() {
        let file = application["file"].as_str().unwrap();
        fs::copy(forms.join(file), folder.join(file)).unwrap();
        let named = application["identity_strings"].as_array().unwrap();
        strings.extend(named.iter().map(|text| text.as_str().unwrap().to_owned()));
    }
    let parts = sent_out(&desk, &folder.display().to_string());
    names_nobody(&strings, &parts);
    let blinded = json(&run(&desk, &["-C", "r", "log", "--format", "json"]).out).to_string();
    for text in &strings {
        assert!(!find(blinded.as_bytes(), text), "the log says {text}");
    }
}

#[test]
fn the_same_again_changes_nothing_and_a_changed_form_is_a_new_version() {
    let desk = round();
    fs::create_dir(desk.path("in")).unwrap();
    let form = desk.path("in/form.json");
    let write = |count: u32| {
        let text = format!(
            r#"{{"fields": {{"unit.name": "竹坞师范学院", "unit.uscc": "91350100M000100Y43", "grant.2021.inv": {count}}}}}"#
        );
        fs::write(&form, text).unwrap();
    };
    write(30);
    let first = run(&desk, &["-C", "r", "intake", "in"]).ends(0);
    assert!(first.out.contains("S-001 new"), "{first:#?}");
    assert!(desk.path("r/exports/confirmations/S-001.docx").is_file());
    let confirmed = ["-C", "r", "intake", "--confirm", "S-001", "--reason", "sealed sheet received"];
    run(&desk, &confirmed).ends(0);
    let again = run(&desk, &["-C", "r", "intake", "in"]).ends(0);
    assert!(again.out.contains("S-001 there already, unchanged"), "{again:#?}");
    write(31);
    let changed = run(&desk, &["-C", "r", "intake", "in"]).ends(0);
    assert!(changed.out.contains("S-001 version 2") && changed.out.contains("30 → 31"), "{changed:#?}");
    // The new version was confirmed by nobody.
    let log = run(&desk, &["-C", "r", "log"]).out;
    assert!(log.contains("application S-001, version 2"), "{log}");
    let confirmed = run(&desk, &confirmed).ends(0);
    assert!(confirmed.out.contains("S-001"), "{confirmed:#?}");
    run(&desk, &["-C", "r", "intake", "--confirm", "S-9", "--reason", "x"]).ends(65);
    run(&desk, &["-C", "r", "intake", "--confirm", "S-001"]).ends(2);
}

#[test]
fn what_is_supplied_later_fills_gaps_and_replaces_nothing() {
    let desk = round();
    run(&desk, &["-C", "r", "intake", &sample("望溪轨道交通大学")]).ends(0);
    let state = |desk: &Desk| {
        let report = json(&run(desk, &["-C", "r", "check", "--format", "json"]).out);
        report[0]["rules"].as_array().unwrap().iter().find(|rule| rule["id"] == "conversion").unwrap()["state"].clone()
    };
    assert_eq!(state(&desk), "unknown");
    desk.write("s.csv", "no,field,value\nS-001,conv.enterprises,63\n");
    let supplied = run(&desk, &["-C", "r", "intake", "--supply", "s.csv"]).ends(0);
    assert!(supplied.out.contains("S-001 version 2"), "{supplied:#?}");
    assert_eq!(state(&desk), "met");
    desk.write("t.csv", "no,field,value\nS-001,grant.in_force,9999\n");
    let refused = run(&desk, &["-C", "r", "intake", "--supply", "t.csv"]).ends(65);
    assert!(refused.err.contains("1386"), "{refused:#?}");
    for (row, word) in [("S-7,conv.enterprises,1", "S-7"), ("S-001,conv.enterprise,1", "conv.enterprises")] {
        desk.write("u.csv", format!("no,field,value\n{row}\n"));
        let refused = run(&desk, &["-C", "r", "intake", "--supply", "u.csv"]).ends(65);
        assert!(refused.err.contains(word), "{refused:#?}");
    }
}

#[test]
fn a_folder_an_applicant_with_its_letter_and_city() {
    let desk = round();
    let folder = desk.path("in/大连市/望溪轨道交通大学");
    fs::create_dir_all(&folder).unwrap();
    fs::copy(sample("望溪轨道交通大学"), folder.join("申报书.docx")).unwrap();
    fs::write(folder.join("申报书盖章扫描件.pdf"), "%PDF-1.4 scan").unwrap();
    fs::write(folder.join("推荐函.pdf"), "%PDF-1.4 letter").unwrap();
    let scan = desk.path("in/抚顺市/某单位");
    fs::create_dir_all(&scan).unwrap();
    fs::write(scan.join("扫描件.pdf"), "%PDF-1.4 scan").unwrap();
    let taken = run(&desk, &["-C", "r", "intake", "in"]).ends(65);
    assert!(taken.out.contains("S-001 new") && taken.err.contains("--form"), "{taken:#?}");
    run(&desk, &["-C", "r", "blind"]).ends(0);
    run(&desk, &["-C", "r", "panel", &common::sample("panel-forms.csv")]).ends(0);
    run(&desk, &["-C", "r", "export", "declarations"]).ends(0);
    let paper = String::from_utf8(desk.read("r/exports/declarations/E01.md")).unwrap();
    assert!(paper.contains("| 1 | 望溪轨道交通大学 | 大连市 |"), "{paper}");
    desk.write("cities.csv", "applicant,city\n竹坞师范学院,朝阳市\n");
    let listed = [&sample("竹坞师范学院"), "--cities", "cities.csv"];
    run(&desk, &["-C", "r", "intake", listed[0], listed[1], listed[2]]).ends(0);
    run(&desk, &["-C", "r", "export", "declarations"]).ends(0);
    let paper = String::from_utf8(desk.read("r/exports/declarations/E01.md")).unwrap();
    assert!(paper.contains("| 2 | 竹坞师范学院 | 朝阳市 |"), "{paper}");
    run(&desk, &["-C", "r", "intake", &sample("砚山表面工程研究所"), "--cities", "cities.csv"]).ends(65);
    let report = json(&run(&desk, &["-C", "r", "check", "--format", "json"]).out);
    let missing = report[0]["findings"].as_array().unwrap().iter().any(|it| it["field"] == "rec.city_opinion");
    assert!(!missing, "the letter is there: {report}");
}

#[test]
fn two_people_enter_a_scan_and_differ() {
    let desk = round();
    let folder = desk.path("in/某研究所");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("扫描件.pdf"), "%PDF-1.4 scan").unwrap();
    for (file, count) in [("录入一.csv", "91"), ("录入二.csv", "19")] {
        let rows = format!("id,label,value,unit\nunit.name,单位名称,某某研究所,\ngrant.in_force,有效专利,{count},件\n");
        fs::write(folder.join(file), rows).unwrap();
    }
    let read = json(&run(&desk, &["intake", "--dry-run", "--format", "json", "in"]).ends(0).out);
    assert_eq!(read.as_array().unwrap().len(), 1, "{read}");
    assert_eq!(read[0]["fields"]["unit.name"]["value"], "某某研究所");
    let doubt = &read[0]["uncertain"][0];
    assert_eq!((doubt["id"].as_str(), doubt["text"].as_str()), (Some("grant.in_force"), Some("91 / 19")), "{read}");
}

#[test]
fn declarations_become_recusals_by_code_and_the_log_names_nobody() {
    let desk = round();
    run(&desk, &["-C", "r", "intake", &samples().display().to_string()]).ends(0);
    run(&desk, &["-C", "r", "panel", "--declare", "E01", "--none"]).ends(77);
    run(&desk, &["-C", "r", "blind"]).ends(0);
    let panel = fs::read_to_string(common::sample("panel-forms.csv")).unwrap();
    // One expert's employer applies in this very round.
    desk.write("panel.csv", panel.replace("示例化工大学（虚构）", "临泓化工大学"));
    let set = run(&desk, &["-C", "r", "panel", "panel.csv"]).ends(0);
    let automatic = set.out.lines().find(|line| line.starts_with("E06")).unwrap();
    assert!(automatic.contains("A-0"), "{set:#?}");
    let declared = run(&desk, &["-C", "r", "panel", "--declare", "E03", "--recuse", "砚山表面工程研究所 5"]).ends(0);
    assert!(declared.out.contains("E03: recused from A-0"), "{declared:#?}");
    run(&desk, &["-C", "r", "panel", "--declare", "E01", "--none"]).ends(0);
    for wrong in ["砚山 5", "砚山表面工程研究所 12", "砚山表面工程研究所"] {
        assert_ne!(run(&desk, &["-C", "r", "panel", "--declare", "E03", "--recuse", wrong]).code, 0, "{wrong}");
    }
    // The panel set anew keeps what was declared.
    let again = run(&desk, &["-C", "r", "panel", "panel.csv"]).ends(0);
    assert!(again.out.lines().any(|line| line.starts_with("E03") && line.contains("A-0")), "{again:#?}");
    let assigned = run(&desk, &["-C", "r", "assign"]).ends(0);
    assert!(assigned.err.contains("E02 E04"), "{assigned:#?}");
    let log = run(&desk, &["-C", "r", "log"]).out;
    assert!(log.contains("declaration of E03: recused from A-0"), "{log}");
    assert!(!log.contains("砚山") && !log.contains("临泓"), "{log}");
    run(&desk, &["-C", "r", "issue"]).ends(0);
    run(&desk, &["-C", "r", "panel", "--declare", "E02", "--none"]).ends(77);
    run(&desk, &["-C", "r", "audit"]).ends(0);
}

#[test]
fn one_that_is_withdrawn_is_out_with_its_packet() {
    let desk = round();
    run(&desk, &["-C", "r", "intake", &samples().display().to_string()]).ends(0);
    run(&desk, &["-C", "r", "blind"]).ends(0);
    run(&desk, &["-C", "r", "intake", "--withdraw", "S-002"]).ends(2);
    run(&desk, &["-C", "r", "intake", "--withdraw", "S-9", "--reason", "x"]).ends(65);
    run(&desk, &["-C", "r", "intake", "--withdraw", "S-002", "--reason", "applicant's letter"]).ends(0);
    let blinded = run(&desk, &["-C", "r", "blind", "--format", "json"]).ends(0);
    assert_eq!(json(&blinded.out).as_array().unwrap().len(), 3, "{blinded:#?}");
    run(&desk, &["-C", "r", "panel", &common::sample("panel-forms.csv")]).ends(0);
    let assigned = run(&desk, &["-C", "r", "assign"]).ends(0);
    assert!(assigned.out.lines().skip(1).all(|line| line.trim_end().ends_with(" 3")), "{assigned:#?}");
    // Its number is not given to another.
    let again = run(&desk, &["-C", "r", "intake", &sample("望溪轨道交通大学")]).ends(0);
    assert!(again.out.contains("S-005 new"), "{again:#?}");
    run(&desk, &["-C", "r", "audit"]).ends(0);
}

/// A step cut off between the register and the log leaves one that opens.
#[test]
fn a_register_whose_event_never_came_is_passed_over() {
    let desk = round();
    run(&desk, &["-C", "r", "intake", &sample("望溪轨道交通大学")]).ends(0);
    fs::write(desk.path("r/register.age.next"), b"cut off").unwrap();
    run(&desk, &["-C", "r", "check"]);
    let kept = desk.read("r/register.age");
    run(&desk, &["-C", "r", "blind"]).ends(0);
    assert_ne!(kept, desk.read("r/register.age"));
    // The other way round: the event is there, the file waits.
    fs::rename(desk.path("r/register.age"), desk.path("r/register.age.next")).unwrap();
    fs::write(desk.path("r/register.age"), &kept).unwrap();
    run(&desk, &["-C", "r", "blind"]).ends(0);
    run(&desk, &["-C", "r", "audit"]).ends(0);
}
