//! A round blinded from its register to its bundles, and what of the register
//! is in them: nothing.

use std::collections::BTreeMap;

use tempfile::TempDir;

use super::*;
use crate::base::{Clock, Timestamp};
use crate::domain::application::{Application, Entry, Origin};
use crate::domain::packet::Value;
use crate::seal::envelope;
use crate::seal::slip::practice_identity;
use crate::workflow::round::keys::Hold;
use crate::workflow::{assign, issue, new, packets, panel};

/// Unit, short form, lead, contact, mail, address.
const UNITS: [[&str; 6]; 4] = [
    ["溪山理工大学", "溪山理工", "诸葛云舒", "孟磊", "ip@xsut77.example", "铁岭市云台新区望岳路118号"],
    ["望岳农业大学", "望岳农大", "冯国桢", "金建安", "ip@wyau01.example", "丹东市云台新区致用路24号"],
    ["临涧材料研究所", "临涧材料所", "沈慕言", "许望江", "ip@ljimr.example", "营口市云台新区格物路77号"],
    ["云麓工程学院", "云麓工院", "陶清如", "司徒怀远", "ip@ylie04.example", "锦州市云台新区博约路43号"],
];

const PANEL: &str = "code,name,employer\nE01,甲,某所\nE02,乙,某院\nE03,丙,某校\nE04,丁,某局\nE05,戊,某司\n";

fn application(unit: &[&str; 6]) -> Application {
    let [name, short, lead, contact, mail, address] = *unit;
    let goals = format!("坚持{short}模式，由{lead}教授牵头，地点在{address}，联系{contact}，{mail}");
    let fields = [
        ("unit.name", name.to_owned()),
        ("lead.name", lead.to_owned()),
        ("contact.name", contact.to_owned()),
        ("contact.email", mail.to_owned()),
        ("unit.address", address.to_owned()),
        ("lead.title", "副校长".to_owned()),
        ("plan.title", format!("{name}知识产权运营中心三年建设方案（2023-2025）")),
        ("unit.overview", format!("{name}现有12个二级单位，与溪口机电学院共建")),
        ("plan.goals", goals),
    ];
    let entry = |text: String| Entry { value: Value::Text(text), origin: Origin::default() };
    Application {
        no: None,
        files: Vec::new(),
        city: None,
        years: Vec::new(),
        fields: fields.into_iter().map(|(id, text)| (id.to_owned(), entry(text))).collect(),
        uncertain: BTreeMap::new(),
        missing: Vec::new(),
        carriers: Vec::new(),
    }
}

/// A practice round whose register has these applications.
fn round(applications: Vec<Application>) -> (TempDir, Round) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::Fixed(Timestamp::from_stored("2026-05-20T02:42:07.000Z"));
    let wanted = new::Wanted {
        template: "ln-pilot-selection",
        quota: Some(2),
        hold: Hold::Practice,
        demo: false,
        supervisor: None,
    };
    let (mut round, _) = new::new(&folder.path().join("r"), &wanted, clock).unwrap();
    take_in(&mut round, applications);
    (folder, round)
}

fn take_in(round: &mut Round, applications: Vec<Application>) {
    let mut register = register::open(round, "intake").unwrap();
    for application in applications {
        let no = ApplicationNo::parse(&format!("S-{:03}", register.applications.len() + 1)).unwrap();
        register.applications.insert(no, application);
    }
    let kept = register::save(round, &register, "intake").unwrap();
    round.append(&[kept], &[]).unwrap();
}

fn all() -> Vec<Application> {
    UNITS.iter().map(application).collect()
}

fn send_out(round: &mut Round) -> Result<issue::Outcome> {
    let experts = formats::rows::panel(PANEL.as_bytes(), &Limits::STANDARD).unwrap();
    panel::set(round, experts, "panel.csv")?;
    assign::assign(round)?;
    issue::issue(round, None)
}

#[test]
fn no_byte_of_a_bundle_names_anybody() {
    let (_folder, mut round) = round(all());
    blind(&mut round, &Wish::default()).unwrap();
    let issued = send_out(&mut round).unwrap();
    assert_eq!(issued.warnings, 4, "溪口机电学院, once an application");
    let mut seen = 0;
    for bundle in &issued.bundles {
        let sealed = std::fs::read(&bundle.file).unwrap();
        let zip = envelope::decrypt(&[practice_identity().unwrap()], &sealed, 1 << 24).unwrap();
        // Its parts are stored as they are, so that all of it can be read here.
        let whole = String::from_utf8_lossy(&zip);
        assert!(whole.contains("【本单位】模式"), "the packets are in it");
        for text in UNITS.iter().flatten().chain(&["XSUT", "xsut", "S-001"]) {
            assert!(!whole.contains(text), "{text} in {}", bundle.file.display());
            seen += 1;
        }
    }
    assert_eq!(seen, 5 * 27);
    // Nor does the log's own file, where packets and events lie in clear.
    let log = std::fs::read(Round::log_path(round.dir())).unwrap();
    for text in UNITS.iter().flatten() {
        assert!(!log.windows(text.len()).any(|window| window == text.as_bytes()), "{text} in the log");
    }
}

#[test]
fn codes_are_drawn_once_and_new_applications_get_new_ones() {
    let (_folder, mut round) = round(all());
    let first = blind(&mut round, &Wish::default()).unwrap();
    assert_eq!((first.drawn, first.packets.len()), (4, 4));
    let drawn = register::open(&mut round, "test").unwrap().codes;
    assert!(!drawn.values().is_sorted(), "never in the order of receipt: {drawn:?}");
    let told = crate::workflow::history::history(&round, crate::base::Lang::En, &Default::default()).unwrap();
    let added: Vec<_> = told.iter().filter(|entry| entry.kind == "packet_added").map(|entry| &entry.packets).collect();
    assert!(added.len() == 4 && added.is_sorted(), "nor does the log tell it: {added:?}");
    let (packets, hits) = (round.state().packets.clone(), register::open(&mut round, "test").unwrap().hits);
    let again = blind(&mut round, &Wish::default()).unwrap();
    assert_eq!((again.drawn, again.rebuilt), (0, 0));
    assert_eq!(round.state().packets, packets);
    assert_eq!(register::open(&mut round, "test").unwrap().hits, hits);
    take_in(
        &mut round,
        vec![application(&[
            "竹溪海洋大学",
            "竹溪海大",
            "柳如松",
            "江望舒",
            "ip@zxou.example",
            "盘锦市云台新区敏行路9号",
        ])],
    );
    let early = send_out(&mut round).unwrap_err();
    assert_eq!(*early.problem(), Problem::NotBlinded);
    assert_eq!(blind(&mut round, &Wish::default()).unwrap().drawn, 1);
    let later = register::open(&mut round, "test").unwrap().codes;
    assert!(drawn.iter().all(|(no, code)| later.get(no) == Some(code)));
    assert_eq!(later[&ApplicationNo::parse("S-005").unwrap()].as_str(), "A-05");
}

#[test]
fn a_block_stops_the_bundles_until_somebody_decides_and_the_log_says_so() {
    let mut applications = all();
    let broken = Value::Text("成立溪/山/理/工大学中心".to_owned());
    applications[0].fields.insert("plan.measures".to_owned(), Entry { value: broken, origin: Origin::default() });
    let (_folder, mut round) = round(applications);
    let made = blind(&mut round, &Wish::default()).unwrap();
    let item = made.packets.iter().flat_map(|seen| &seen.items).find(|item| item.leak.level == Level::Block).unwrap();
    let refused = send_out(&mut round).unwrap_err();
    assert_eq!(*refused.problem(), Problem::LeakUndecided { number: item.number });
    assert_eq!(refused.class(), crate::base::Class::Check);
    let wish = |decision, reason: &str| Wish {
        decide: vec![(item.number, decision)],
        reason: reason.to_owned(),
        aliases: None,
    };
    let unsaid = blind(&mut round, &wish(Decision::Release, " ")).unwrap_err();
    assert_eq!(*unsaid.problem(), Problem::NeedsReason);
    let naming = blind(&mut round, &wish(Decision::Release, "溪山理工自己同意")).unwrap_err();
    assert_eq!(*naming.problem(), Problem::ReasonNames);
    let unknown = Wish { decide: vec![(999, Decision::Mask)], ..Wish::default() };
    assert_eq!(*blind(&mut round, &unknown).unwrap_err().problem(), Problem::UnknownLeak { number: 999 });
    let masked = blind(&mut round, &wish(Decision::Mask, "")).unwrap();
    assert_eq!(masked.packets.iter().map(|seen| seen.undecided(Level::Block)).sum::<usize>(), 0);
    assert_eq!(masked.rebuilt, 1);
    let code = masked.packets.iter().find(|seen| seen.code == item.code).unwrap().code.clone();
    assert_eq!(show(&round, code.as_str()).unwrap().text("plan.measures"), Some("成立【本单位】中心"));
    let told = crate::workflow::history::history(&round, crate::base::Lang::Zh, &Default::default()).unwrap();
    assert!(told.iter().any(|entry| entry.text.contains("泄露线索：遮去")));
    assert!(told.iter().all(|entry| UNITS.iter().flatten().all(|text| !entry.text.contains(text))));
    send_out(&mut round).unwrap();
    assert_eq!(*blind(&mut round, &Wish::default()).unwrap_err().problem(), Problem::TooLate { because: "issued" });
    drop(round);
}

#[test]
fn what_the_secretary_adds_is_masked_and_packets_may_be_there_already() {
    let (folder, mut round) = round(all());
    let file = folder.path().join("aliases.csv");
    std::fs::write(&file, "no,alias\nS-001,机电共建\nS-002,-望岳农大\n").unwrap();
    let made = blind(&mut round, &Wish { aliases: Some(file.clone()), ..Wish::default() }).unwrap();
    let masked = |text: &str| made.packets.iter().flat_map(|seen| &seen.masked).filter(|it| it.text == text).count();
    assert_eq!((masked("望岳农大"), masked("溪山理工")), (0, 1));
    std::fs::write(&file, "no,alias\nS-077,x\n").unwrap();
    let wrong = blind(&mut round, &Wish { aliases: Some(file), ..Wish::default() }).unwrap_err();
    assert!(wrong.faults().next().unwrap().place.line == Some(2), "{wrong}");
    assert_eq!(packets::codes(&round).len(), 4);
    let listed = names(&mut round).unwrap();
    assert!(UNITS.iter().all(|unit| listed.iter().any(|(_, _, name)| name == unit[0])));
}

#[test]
fn a_packet_is_read_back_as_it_was_written() {
    let (_folder, round) = round(Vec::new());
    let form = round.form().unwrap();
    let texts = include_str!("../../sample-data/packets/A-01.json");
    let packet = formats::packet::read(texts.as_bytes(), &Limits::STANDARD, form).unwrap();
    let bytes = formats::packet_write::write(&packet, form).unwrap();
    assert_eq!(formats::packet::read(&bytes, &Limits::STANDARD, form).unwrap(), packet);
}

#[test]
fn packets_that_name_nobody_are_let_through() {
    let (_folder, round) = round(Vec::new());
    let form = round.form().unwrap();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/packets");
    let mut applications = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let packet = formats::packet::read(&bytes, &Limits::STANDARD, form).unwrap();
        let mut application = application(&UNITS[applications.len() % UNITS.len()]);
        application.fields.retain(|id, _| !id.starts_with("plan.") && id != "unit.overview");
        for (id, value) in packet.fields {
            application.fields.insert(id, Entry { value, origin: Origin::default() });
        }
        for section in packet.sections {
            application
                .fields
                .insert(section.id, Entry { value: Value::Text(section.text), origin: Origin::default() });
        }
        applications.push(application);
    }
    let codes: Vec<PacketCode> =
        (0..applications.len()).map(|at| PacketCode::parse(&format!("A-{at:02}")).unwrap()).collect();
    let cases: Vec<Case<'_>> =
        applications.iter().zip(&codes).map(|(application, code)| Case { code, application, aliases: &[] }).collect();
    let made = blinding::blind(&cases, form, &[]);
    let masked: Vec<&Masked> = made.iter().flat_map(|made| &made.masked).collect();
    assert!(masked.is_empty(), "{masked:?}");
    let leaks = made.iter().flat_map(|made| &made.leaks).filter(|leak| leak.kind != LeakKind::UniqueFigure);
    let leaks: Vec<&Leak> = leaks.collect();
    assert!(leaks.iter().all(|leak| leak.level == Level::Warn), "{leaks:?}");
    assert!(made.len() == 16 && leaks.len() <= 12, "16 long packets, {} warnings: {leaks:#?}", leaks.len());
}
