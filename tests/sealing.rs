//! Keys, slips, seals and the opening, by running the binary: who can open what,
//! what a forgotten passphrase costs, and what is found out.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Desk, Run, bundle, sample, script};

const ROUND: &str = "kai hui 2026 liaoning";

/// A round under a passphrase, `r`, with its bundles out; gives the spare code.
fn issued(desk: &Desk, more: &[&str]) -> String {
    let run = |args: &[&str]| desk.run_with(&[("PINGSHEN_PASSPHRASE", ROUND)], args);
    let made = run(&[&["new", "r", "--template", "ln-pilot-selection", "--quota", "6"], more].concat()).ends(0);
    let spare = after(&made.out, "本轮备用码：");
    run(&["-C", "r", "packets", &sample("packets")]).ends(0);
    run(&["-C", "r", "panel", &sample("panel.csv")]).ends(0);
    run(&["-C", "r", "assign"]).ends(0);
    let early = run(&["-C", "r", "issue"]).ends(77);
    assert!(early.err.contains("备用码"), "bundles go out only once the spare is typed in: {}", early.err);
    let env = [("PINGSHEN_PASSPHRASE", ROUND), ("PINGSHEN_SPARE", spare.as_str())];
    desk.run_with(&env, &["-C", "r", "issue"]).ends(0);
    spare
}

/// What stands behind these words on their line, up to a bracket.
#[track_caller]
fn after(text: &str, words: &str) -> String {
    let line = text.lines().find_map(|line| line.split_once(words)).expect(text).1;
    line.split('（').next().unwrap().trim().to_owned()
}

/// The slip of an expert, from the paper.
fn slip(desk: &Desk, expert: &str) -> String {
    let text = String::from_utf8(desk.read("r/sign-in/slips.md")).unwrap();
    let from = text.find(&format!("{expert}.bundle")).unwrap();
    text[from..].lines().find_map(|line| line.strip_prefix("    ")).unwrap().to_owned()
}

/// Scores and hands in as an expert; gives the 核对码 and the 备用码.
fn hands_in(desk: &Desk, expert: &str) -> (String, String) {
    let passphrase = format!("own passphrase {expert}");
    let env = [("PINGSHEN_PASSPHRASE", passphrase.as_str())];
    let slip = slip(desk, expert);
    let first = desk.feed_with(&env, &["score", &bundle(expert), "--slip", &slip, "--stdin"], script(expert)).ends(0);
    desk.run_with(&env, &["score", &bundle(expert), "--seal", "-o", &format!("r/inbox/{expert}.sheet")]).ends(0);
    (after(&first.err, "核对码："), after(&first.err, "备用码："))
}

fn collect(desk: &Desk, more: &[&str]) -> Run {
    desk.run_with(&[("PINGSHEN_PASSPHRASE", ROUND)], &[&["-C", "r", "collect", "r/inbox"], more].concat())
}

#[test]
fn a_bundle_opens_with_its_slip_and_then_with_the_experts_own_passphrase() {
    let desk = Desk::new();
    issued(&desk, &[]);
    let mine = bundle("E03");
    let shut = desk.run(&["score", &mine, "--list"]).ends(77);
    assert!(shut.err.contains("开包条"), "{}", shut.err);
    let other = desk.run(&["score", &mine, "--list", "--slip", &slip(&desk, "E04")]).ends(77);
    assert!(other.err.contains("不是这个评审包的"), "{}", other.err);
    let mut mistyped = slip(&desk, "E03").into_bytes();
    mistyped[1] = if mistyped[1] == b'2' { b'3' } else { b'2' };
    desk.run(&["score", &mine, "--list", "--slip", std::str::from_utf8(&mistyped).unwrap()]).ends(2);
    let looked = desk.run(&["score", &mine, "--list", "--slip", &slip(&desk, "E03").to_lowercase()]).ends(0);
    assert!(looked.out.starts_with("A-01 A1 "), "{}", looked.out);
    assert!(!desk.path("r/outbox/E03.key").exists(), "only looked at, no keys are made");

    let weak = [("PINGSHEN_PASSPHRASE", "short")];
    let made = ["score", &mine, "--slip", &slip(&desk, "E03"), "--stdin"];
    assert!(desk.feed_with(&weak, &made, "A-01 A1 1\n").ends(2).err.contains('8'));
    let chinese = [("PINGSHEN_PASSPHRASE", "我的口令是九个字")];
    assert!(desk.feed_with(&chinese, &made, "A-01 A1 1\n").ends(2).err.contains("英文"));
    let own = [("PINGSHEN_PASSPHRASE", "wo de kouling")];
    let first = desk.feed_with(&own, &made, "A-01 A1 1\n").ends(0);
    assert_eq!(first.out, "ok A-01 A1 1\n");
    assert_eq!(after(&first.err, "核对码：").split(' ').count(), 6, "{}", first.err);

    // From now on the passphrase alone, in either width, and no other.
    assert_eq!(desk.run_with(&own, &["score", &mine, "--dump"]).ends(0).out, "A-01 A1 1\n");
    let wide = [("PINGSHEN_PASSPHRASE", "ｗｏ　ｄｅ　ｋｏｕｌｉｎｇ")];
    desk.run_with(&wide, &["score", &mine, "--dump"]).ends(0);
    let wrong = desk.run_with(&[("PINGSHEN_PASSPHRASE", "wo de koulin")], &["score", &mine, "--dump"]).ends(77);
    assert!(wrong.err.contains("口令不对"), "{}", wrong.err);
    desk.run(&["score", &mine, "--dump"]).ends(77);
}

#[test]
fn a_forgotten_passphrase_of_an_expert_loses_nothing() {
    let desk = Desk::new();
    issued(&desk, &[]);
    let mine = bundle("E01");
    let own = [("PINGSHEN_PASSPHRASE", "wo de kouling")];
    let slip = slip(&desk, "E01");
    let first = desk.feed_with(&own, &["score", &mine, "--slip", &slip, "--stdin"], "A-02 B1 2\n").ends(0);
    let (code, spare) = (after(&first.err, "核对码："), after(&first.err, "备用码："));
    let new = [("PINGSHEN_PASSPHRASE", "another one now"), ("PINGSHEN_SPARE", spare.as_str())];
    let without = desk.feed_with(&new, &["score", &mine, "--spare", "--stdin"], "").ends(77);
    assert!(without.err.contains("开包条"), "the bundle itself was opened by the slip: {}", without.err);
    let again = desk.feed_with(&new, &["score", &mine, "--spare", "--slip", &slip, "--stdin"], "A-02 B2 1\n").ends(0);
    assert_eq!(after(&again.err, "核对码："), code, "the keys are the same ones");
    assert_eq!(desk.run_with(&new[..1], &["score", &mine, "--dump"]).ends(0).out, "A-02 B1 2\nA-02 B2 1\n");
    desk.run_with(&own, &["score", &mine, "--dump"]).ends(77);
}

#[test]
fn keys_are_admitted_against_the_sign_in_sheet() {
    let desk = Desk::new();
    issued(&desk, &[]);
    let (one, _) = hands_in(&desk, "E01");
    let (two, _) = hands_in(&desk, "E02");
    let waits = collect(&desk, &[]).ends(1);
    assert!(waits.out.contains(&one) && waits.out.contains("已登记，先不计入"), "{}", waits.out);
    desk.run(&["-C", "r", "rank"]).ends(77);
    // E02's code as it stands on the paper is another one.
    desk.write("codes.csv", format!("E01,{}\nE02,{one}\n", one.replace(' ', "")));
    let mixed = collect(&desk, &["--codes", "codes.csv"]).ends(65);
    let lines: Vec<&str> = mixed.out.lines().collect();
    assert!(lines[0].ends_with("收下") && lines[1].contains("不能计入"), "{}", mixed.out);
    let shown = desk.run(&["-C", "r", "keys", "show"]).ends(0);
    assert!(shown.out.contains(&one) && !shown.out.contains(&two), "{}", shown.out);
    desk.run(&["-C", "r", "rank"]).ends(0);
    desk.run(&["-C", "r", "export", "shortlist"]).ends(0);
}

#[test]
fn sheets_stay_sealed_until_they_are_opened() {
    let desk = Desk::new();
    issued(&desk, &[]);
    let (one, _) = hands_in(&desk, "E01");
    let (two, _) = hands_in(&desk, "E02");
    desk.write("codes.csv", format!("E01,{one}\nE02,{two}\n"));
    fs::rename(desk.path("r/inbox/E02.sheet"), desk.path("late.sheet")).unwrap();
    // Listing needs no passphrase.
    let kept = desk.run(&["-C", "r", "collect", "r/inbox", "--keep-sealed"]).ends(0);
    assert!(kept.out.contains("已登记，未开启") && kept.err.contains("SHA-256"), "{kept:#?}");
    let early = desk.run(&["-C", "r", "rank"]).ends(77);
    assert!(early.err.contains("pingshen open"), "{}", early.err);
    desk.run(&["-C", "r", "open"]).ends(77);
    let env = [("PINGSHEN_PASSPHRASE", ROUND)];
    let reason = "E02 至 E07 尚未交卷";
    let opened = desk.run_with(&env, &["-C", "r", "open", "--codes", "codes.csv", "--reason", reason]).ends(0);
    assert!(opened.out.lines().any(|line| line.ends_with("收下")), "{}", opened.out);
    desk.run(&["-C", "r", "rank"]).ends(0);
    let late = desk.run_with(&env, &["-C", "r", "collect", "late.sheet", "--codes", "codes.csv"]).ends(77);
    assert!(late.out.contains("迟到"), "{late:#?}");
    let why = ["-C", "r", "collect", "late.sheet", "--codes", "codes.csv", "--reason", "路上耽搁"];
    assert!(desk.run_with(&env, &why).ends(0).out.contains("收下"));
}

#[test]
fn where_a_supervisor_is_named_both_must_open() {
    let desk = Desk::new();
    let supervisor = [("PINGSHEN_PASSPHRASE", "jian du ren 2026")];
    desk.run_with(&supervisor, &["enrol", "s"]).ends(0);
    issued(&desk, &["--supervisor", "s.pub"]);
    let (code, _) = hands_in(&desk, "E05");
    desk.write("codes.csv", format!("E05,{code}\n"));
    let listed = collect(&desk, &[]).ends(0);
    assert!(listed.out.contains("未开启"), "{}", listed.out);
    let env = [("PINGSHEN_PASSPHRASE", ROUND), ("PINGSHEN_SUPERVISOR_PASSPHRASE", "jian du ren 2026")];
    let alone = desk.run_with(&env[..1], &["-C", "r", "open", "--codes", "codes.csv", "--reason", "缺"]).ends(77);
    assert!(alone.err.contains("--supervisor-key"), "{}", alone.err);
    desk.run_with(&[("PINGSHEN_PASSPHRASE", "someone else")], &["enrol", "x"]).ends(0);
    let args = |key| ["-C", "r", "open", "--supervisor-key", key, "--codes", "codes.csv", "--reason", "缺"];
    let other = [env[0], ("PINGSHEN_SUPERVISOR_PASSPHRASE", "someone else")];
    desk.run_with(&other, &args("x.key")).ends(65);
    desk.run_with(&env, &args("s.key")).ends(0);
    desk.run(&["-C", "r", "rank"]).ends(0);
}

#[test]
fn experts_of_a_remote_round_enrol_beforehand() {
    let desk = Desk::new();
    let own = [("PINGSHEN_PASSPHRASE", "yuan cheng zhuanjia")];
    let made = desk.run_with(&own, &["enrol", "E07", "--expert", "E07"]).ends(0);
    let code = after(&made.out, "核对码：");
    desk.run_with(&own, &["enrol", "E07", "--expert", "E07"]).ends(73);
    let env = [("PINGSHEN_PASSPHRASE", ROUND)];
    let new = desk.run_with(&env, &["new", "r", "--template", "ln-pilot-selection", "--quota", "6"]).ends(0);
    let spare = after(&new.out, "本轮备用码：");
    desk.run_with(&env, &["-C", "r", "packets", &sample("packets")]).ends(0);
    let panel = ["-C", "r", "panel", &sample("panel.csv"), "--keys", "E07.pub"];
    assert!(desk.run_with(&env, &panel).ends(0).err.contains(&code));
    desk.run_with(&env, &["-C", "r", "assign"]).ends(0);
    desk.run_with(&[env[0], ("PINGSHEN_SPARE", &spare)], &["-C", "r", "issue"]).ends(0);
    assert!(!String::from_utf8(desk.read("r/sign-in/slips.md")).unwrap().contains("E07.bundle"), "no slip is needed");
    // The expert puts the key file beside the bundle.
    fs::copy(desk.path("r/outbox/E07.bundle"), desk.path("E07.bundle")).unwrap();
    desk.feed_with(&own, &["score", "E07.bundle", "--stdin"], script("E07")).ends(0);
    desk.run_with(&own, &["score", "E07.bundle", "--seal"]).ends(0);
    let taken = desk.run_with(&env, &["-C", "r", "collect", "E07.sheet"]).ends(0);
    assert!(taken.out.contains("收下"), "admitted keys are not asked for again: {}", taken.out);
    assert_eq!(desk.read("r/inbox/E07.sheet"), desk.read("E07.sheet"), "kept as it came");
}

#[test]
fn a_forgotten_passphrase_of_the_round_is_mended_with_the_spare_and_logged() {
    let desk = Desk::new();
    let spare = issued(&desk, &[]);
    let new = [("PINGSHEN_SPARE", spare.as_str()), ("PINGSHEN_NEW_PASSPHRASE", "xin kouling 2027")];
    desk.run_with(&new, &["-C", "r", "keys", "passphrase", "--spare"]).ends(2);
    desk.run_with(&new, &["-C", "r", "keys", "passphrase", "--spare", "--reason", "换人接手"]).ends(0);
    desk.run_with(&[("PINGSHEN_PASSPHRASE", ROUND)], &["-C", "r", "keys", "spare"]).ends(77);
    let shown = desk.run_with(&[("PINGSHEN_PASSPHRASE", "xin kouling 2027")], &["-C", "r", "keys", "spare"]).ends(0);
    assert!(shown.out.contains(&spare), "{}", shown.out);
    let log = rusqlite::Connection::open(desk.path("r/round.db")).unwrap();
    let used: String =
        log.query_row("SELECT CAST(body AS TEXT) FROM event WHERE kind = 'spare_used'", [], |row| row.get(0)).unwrap();
    assert!(used.contains("换人接手"), "{used}");
}

/// Every file below a folder.
fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, into) } else { into.push(path) }
    }
}

#[test]
fn an_experts_machine_holds_no_name_of_the_register_and_no_mark_in_clear() {
    let desk = Desk::new();
    issued(&desk, &[]);
    hands_in(&desk, "E03");
    hands_in(&desk, "E04");
    // What the expert's machine gets, and what is made there.
    fs::create_dir(desk.path("stick")).unwrap();
    for name in ["E03.bundle", "E03.key", "E03.draft"] {
        fs::copy(desk.path("r/outbox").join(name), desk.path("stick").join(name)).unwrap();
    }
    for name in ["E03.sheet", "E04.sheet"] {
        fs::copy(desk.path("r/inbox").join(name), desk.path("stick").join(name)).unwrap();
    }
    let rows = fs::read_to_string(sample("panel.csv")).unwrap();
    let names = fs::read_to_string(sample("names.csv")).unwrap();
    let cells = |line: &str| line.split(',').skip(1).take(2).map(str::to_owned).collect::<Vec<_>>();
    let mut register: Vec<String> = rows.lines().skip(1).chain(names.lines().skip(1)).flat_map(cells).collect();
    register.retain(|text| text.chars().count() > 1);
    assert!(register.len() > 20, "{register:?}");
    let mut there = Vec::new();
    files(&desk.path("stick"), &mut there);
    let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    for file in &there {
        let bytes = fs::read(file).unwrap();
        for text in register.iter().map(String::as_str).chain(["\"points\"", "grant.in_force", "A-01"]) {
            assert!(!holds(&bytes, text), "{} holds {text}", file.display());
        }
    }
    // What the expert's own key opens: no name, and no other expert.
    let own = [("PINGSHEN_PASSPHRASE", "own passphrase E03")];
    let plain = opened_with_age(&desk, "own passphrase E03");
    for text in &register {
        assert!(!holds(&plain, text), "the bundle holds {text}");
    }
    assert!(plain.is_empty() || holds(&plain, "grant.in_force"), "it was really opened");
    assert!(!holds(&plain, "E04"));
    desk.run_with(&own, &["score", "stick/E03.bundle", "--dump"]).ends(0);
}

/// The bundle's content as the `age` program gives it; nothing where that is not
/// installed. The passphrase goes through a terminal of its own.
fn opened_with_age(desk: &Desk, passphrase: &str) -> Vec<u8> {
    if Command::new("age").arg("--version").output().is_err() {
        eprintln!("skipped: the age program is not installed");
        return Vec::new();
    }
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    use std::io::Write;
    let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
    let mut command = CommandBuilder::new("age");
    command.args(["-d", "-i", "stick/E03.key", "-o", "stick/plain.zip", "stick/E03.bundle"]);
    command.cwd(desk.path("."));
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut writer = pair.master.take_writer().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(500));
    writer.write_all(format!("{passphrase}\r").as_bytes()).unwrap();
    assert!(child.wait().unwrap().success(), "age opens the bundle with the key file");
    desk.read("stick/plain.zip")
}
