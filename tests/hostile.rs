//! What was made to harm: files beyond the limits, JSON and TOML that is
//! nearly right, text that drives a terminal, hides in one, or runs in a
//! spreadsheet. The corpora of others lie beside the sources; where they are
//! not found, that is said and only our own cases are tried.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "what fails ends the test, and what is skipped is said"
)]

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use pingshen::base::clean::{clean, clean_line, is_unsafe};
use pingshen::base::lang::problem;
use pingshen::base::limits::{Counted, Limits, too_many};
use pingshen::base::{Clock, Digest, Lang, Problem, Refusal, Timestamp};
use pingshen::domain::form::FieldKind;
use pingshen::domain::packet::{Packet, Value};
use pingshen::formats::{
    bundle, event, export, form_schema, packet, public_file, register, rows, settings, sheet, template,
};
use pingshen::seal::{Context, Secret, signed};
use pingshen::store::{EventLog, Purpose};
use pingshen::workflow::round::keys::Hold;
use pingshen::workflow::{Round, assign, issue, library, new, packets, panel};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use tempfile::TempDir;

const LIMITS: &Limits = &Limits::STANDARD;

fn shared(folder: &str) -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("PINGSHEN_SHARED").map(PathBuf::from);
    let places = [named, Some(here.join("../shared")), Some(here.join("../../shared"))];
    let found = places.into_iter().flatten().map(|place| place.join("corpora").join(folder)).find(|p| p.is_dir());
    if found.is_none() {
        eprintln!("skipped: {folder} is not there; set PINGSHEN_SHARED");
    }
    found
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn read_packet(bytes: &[u8]) -> Result<Packet, Refusal> {
    packet::read(bytes, LIMITS, &library::forms().unwrap()[0])
}

/// Every text of a packet.
fn texts(packet: &Packet) -> Vec<&str> {
    let fields = packet.fields.values().flat_map(|value| match value {
        Value::Text(text) => vec![text.as_str()],
        Value::List(cells) => cells.iter().flatten().map(String::as_str).collect(),
        Value::Number(_) | Value::Bool(_) => Vec::new(),
    });
    let sections = packet.sections.iter().flat_map(|s| [s.id.as_str(), s.title.as_str(), s.text.as_str()]);
    fields.chain(sections).collect()
}

#[track_caller]
fn safe(text: &str) {
    let bad: Vec<char> = text.chars().filter(|c| is_unsafe(*c)).collect();
    assert!(bad.is_empty(), "{bad:?} in {text:?}");
}

// ---- Limits -----------------------------------------------------------------

#[track_caller]
fn only<T>(outcome: Result<T, Refusal>) -> Problem {
    let refusal = outcome.err().expect("refused");
    for lang in [Lang::Zh, Lang::En] {
        let said = problem(lang, refusal.faults().next().unwrap());
        assert!(said.what.chars().any(|c| c.is_ascii_digit()), "the limit is named: {said:?}");
    }
    refusal.problem().clone()
}

#[test]
fn a_table_beyond_a_limit_is_refused_by_its_name() {
    let beyond = |text: &str, limits: &Limits| only(rows::read(text.as_bytes(), limits));
    let small = Limits { rows: 3, columns: 4, cells: 8, cell: 5, text: 64, ..Limits::STANDARD };
    assert!(rows::read(b"a,b\n1,2\n3,4\n5,6\n", &small).is_ok());
    assert_eq!(beyond("a\n1\n2\n3\n4\n", &small), too_many(Counted::Rows, 3));
    assert_eq!(beyond("a,b,c,d,e\n", &small), too_many(Counted::Columns, 4));
    assert_eq!(beyond("a,b,c\n1\n2\n3\n", &small), too_many(Counted::Cells, 8), "short rows are filled up");
    assert_eq!(beyond("a\n123456\n", &small), too_many(Counted::CellBytes, 5));
    assert_eq!(beyond(&"a\n".repeat(40), &small), Problem::TooBig { limit: 64 });
    assert!(rows::read(b"a,b,,,,,\n1,2,,,,,\n", &small).is_ok(), "empty columns behind are none");
    assert_eq!(beyond(&",".repeat(5 << 20), LIMITS), too_many(Counted::Cells, LIMITS.cells));
    // A file of a few hundred kilobytes that would be two gigabytes of cells.
    let header: Vec<String> = (0..512).map(|at| format!("c{at}")).collect();
    let wide = format!("{}\n{}", header.join(","), "x\n".repeat(190_000));
    assert_eq!(beyond(&wide, LIMITS), too_many(Counted::Cells, LIMITS.cells));
}

#[test]
fn a_packet_beyond_a_limit_is_refused_by_its_name() {
    let form = &library::forms().unwrap()[0];
    let beyond = |fields: &str, limits: &Limits| {
        only(packet::read(format!("{{\"code\":\"A-01\",\"fields\":{fields}}}").as_bytes(), limits, form))
    };
    let small = Limits { fields: 2, packet_rows: 3, packet_columns: 2, cells: 5, ..Limits::STANDARD };
    assert_eq!(beyond(r#"{"a":1,"b":1,"c":1}"#, &small), too_many(Counted::Fields, 2));
    assert_eq!(beyond(r#"{"mgmt.rules":[{},{},{},{}]}"#, &small), too_many(Counted::Rows, 3));
    assert_eq!(beyond(r#"{"mgmt.rules[].title":["a","b","c","d"]}"#, &small), too_many(Counted::Rows, 3));
    assert_eq!(beyond(r#"{"mgmt.rules":[{"a":1,"b":2,"c":3}]}"#, &small), too_many(Counted::Columns, 2));
    let twice = r#"{"a":[{"x":1,"y":1},{},{}],"b":[{"x":1},{},{}]}"#;
    assert_eq!(beyond(twice, &small), too_many(Counted::Cells, 5), "over all tables together");
    let sections = format!("{{\"code\":\"A-01\",\"sections\":[{}{{\"id\":\"\"}}]}}", r#"{"id":""},"#.repeat(1_000));
    assert_eq!(only(read_packet(sections.as_bytes())), too_many(Counted::Sections, LIMITS.sections));
    // One table is in bounds, six hundred like it would be gigabytes.
    let columns: Vec<String> = (0..64).map(|at| format!("\"c{at}\":1")).collect();
    let table = format!("[{{{}}}{}]", columns.join(","), ",{}".repeat(3_999));
    let many: Vec<String> = (0..400).map(|at| format!("\"t{at}\":{table}")).collect();
    assert_eq!(beyond(&format!("{{{}}}", many.join(",")), LIMITS), too_many(Counted::Cells, LIMITS.cells));
    let long = format!("{{\"x[].y\":[{}1]}}", "1,".repeat(3 << 20));
    assert_eq!(beyond(&long, LIMITS), too_many(Counted::Rows, LIMITS.packet_rows));
    assert_eq!(beyond(&" ".repeat(8 << 20), LIMITS), Problem::TooBig { limit: LIMITS.packet });
}

#[test]
fn every_other_reader_has_its_limit_too() {
    let small = Limits { template: 9, settings: 9, sheet: 9, event: 9, member: 9, register: 9, keys: 9, ..*LIMITS };
    let forms = library::forms().unwrap();
    let bytes = &[b' '; 10][..];
    let big = Problem::TooBig { limit: 9 };
    assert_eq!(only(template::read(bytes, &small, forms)), big);
    assert_eq!(only(form_schema::read(bytes, &small)), big);
    assert_eq!(only(settings::read(bytes, &small)), big);
    assert_eq!(only(sheet::decode(bytes, &small)), big);
    assert_eq!(only(event::decode_event(bytes, &small)), big);
    assert_eq!(only(event::decode_act(bytes, &small)), big);
    assert_eq!(only(bundle::decode_manifest(bytes, &small)), big);
    assert_eq!(only(register::decode(bytes, &small)), big);
    assert_eq!(only(public_file::decode(bytes, &small)), big);
}

#[test]
fn a_bundle_of_too_many_or_too_large_parts_is_refused() {
    let unsign: bundle::Unsign<'_> =
        &|bytes| signed::read(Context::Manifest, bytes).map(|s| (s.body.to_vec(), s.signer));
    let whole = bundle::write(&[b'x'; 100], b"template", b"figures", &[], &[]).unwrap();
    let open = |limits: &Limits| only(bundle::Reader::open(Cursor::new(whole.clone()), limits, unsign));
    assert_eq!(open(&Limits { members: 2, ..*LIMITS }), too_many(Counted::Members, 2));
    assert_eq!(open(&Limits { member: 99, ..*LIMITS }), Problem::TooBig { limit: 99 });
}

#[test]
fn lines_are_counted_whichever_way_they_end() {
    for end in ["\n", "\r\n", "\r"] {
        let table = rows::read(["code,name", "", "E01,\"a\nb\"", "E02,c"].join(end).as_bytes(), LIMITS).unwrap();
        let lines: Vec<u32> = table.rows.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [3, 5], "{end:?}");
    }
}

#[test]
fn a_fault_in_a_packet_is_said_with_its_line_in_the_file() {
    let line = |text: &str| read_packet(text.as_bytes()).unwrap_err().faults().next().unwrap().place.line;
    assert_eq!(line("{\n \"code\": \"A-01\",\n \"fields\": [],\n \"sections\": []\n}"), Some(3));
    assert_eq!(line("{\n \"code\": \"A-01\",\n \"fields\": {},\n \"more\": 1\n}"), Some(4));
    assert_eq!(line("{\n \"code\": \"A-01\",\n \"sections\": [\n {\"id\": \"x\"},\n {\"it\": 1}\n ]\n}"), Some(5));
    assert!(read_packet(br#"{"code":"A-01","fields":null,"sections":[{"id":"x","text":"y"}]}"#).is_err());
}

// ---- One encoding -----------------------------------------------------------

/// Whether any decoder of the one encoding takes these bytes.
fn accepted(bytes: &[u8]) -> Option<&'static str> {
    let takes = [
        ("event", event::decode_event(bytes, LIMITS).is_ok()),
        ("act", event::decode_act(bytes, LIMITS).is_ok()),
        ("sheet", sheet::decode(bytes, LIMITS).is_ok()),
        ("manifest", bundle::decode_manifest(bytes, LIMITS).is_ok()),
        ("register", register::decode(bytes, LIMITS).is_ok()),
        ("public keys", public_file::decode(bytes, LIMITS).is_ok()),
    ];
    takes.into_iter().find(|(_, takes)| *takes).map(|(name, _)| name)
}

/// A round with its bundles out, made with published keys.
fn issued(folder: &TempDir) -> PathBuf {
    let dir = folder.path().join("round");
    let wanted = new::Wanted {
        template: "ln-pilot-selection",
        quota: Some(6),
        hold: Hold::Practice,
        demo: false,
        supervisor: None,
    };
    let clock = Clock::Fixed(Timestamp::from_stored("2026-05-20T02:42:07.000Z"));
    let mut round = new::new(&dir, &wanted, clock).unwrap().0;
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    for came in packets::packets(&mut round, &[sample.join("packets")]).unwrap() {
        came.outcome.unwrap();
    }
    panel::panel(&mut round, &sample.join("panel.csv")).unwrap();
    assign::assign(&mut round).unwrap();
    issue::issue(&mut round, None).unwrap();
    dir
}

#[test]
fn what_is_in_the_one_encoding_has_no_second_spelling() {
    let folder = tempfile::tempdir().unwrap();
    let dir = issued(&folder);
    let (_log, events) = EventLog::open(&Round::log_path(&dir), Purpose::Round, false).unwrap();
    let keys = Secret::random().unwrap().public();
    let mut bodies: Vec<Vec<u8>> = events.into_iter().map(|event| event.body).collect();
    bodies.push(public_file::encode(&public_file::PublicFile { expert: None, keys }).unwrap());
    assert!(bodies.len() > 20);
    for body in bodies {
        let text = String::from_utf8(body).unwrap();
        assert!(accepted(text.as_bytes()).is_some(), "{text}");
        let mut others = vec![
            format!("{text}\n"),
            format!(" {text}"),
            format!("\u{feff}{text}"),
            format!("{text}{text}"),
            text.replacen(':', ": ", 1),
            text.replacen(',', ",\n", 1),
            text.replacen("\":", "\\u0000\":", 1),
            text.replacen('e', "\\u0065", 1),
            text.replacen('{', "{\"more\":1,", 1),
            text.replace('}', ",}"),
        ];
        // The first pair once more, with the same value.
        if let Some((first, _)) = text.trim_start_matches('{').split_once(',') {
            others.push(text.replacen('{', &format!("{{{first},"), 1));
        }
        let mut bytes = text.clone().into_bytes();
        bytes.truncate(bytes.len() - 1);
        others.push(String::from_utf8(bytes).unwrap());
        for other in others.iter().filter(|other| **other != text) {
            assert_eq!(accepted(other.as_bytes()), None, "{other:?}");
        }
    }
}

#[test]
fn json_that_is_nearly_right_is_refused() {
    let Some(folder) = shared("json-test-suite/test_parsing") else { return };
    let form = &library::forms().unwrap()[0];
    let kind = |wanted: FieldKind| {
        form.fields().iter().find(|f| f.blind.may_show() && f.kind == wanted && !f.id.contains("[]"))
    };
    let text = &kind(FieldKind::Text).unwrap().id;
    let (mut refused, mut read) = (0, 0);
    for file in files(&folder) {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = fs::read(&file).unwrap();
        assert_eq!(accepted(&bytes), None, "{name}");
        assert!(read_packet(&bytes).is_err(), "{name}: no packet is so");
        // The same where a packet has a value, and where it has all its fields.
        let field = [format!("{{\"code\":\"A-01\",\"fields\":{{\"{text}\":").as_bytes(), &bytes, b"}}"].concat();
        let fields = [b"{\"code\":\"A-01\",\"fields\":", &bytes[..], b"}"].concat();
        for whole in [field, fields] {
            match read_packet(&whole) {
                Ok(packet) => {
                    read += 1;
                    texts(&packet).into_iter().for_each(safe);
                    // What is not UTF-8 may be GB18030, and then be JSON.
                    assert!(!name.starts_with("n_") || std::str::from_utf8(&whole).is_err(), "{name}");
                }
                Err(refusal) => {
                    refused += 1;
                    refusal.faults().for_each(|fault| safe(&problem(Lang::Zh, fault).what));
                }
            }
        }
    }
    assert!(refused > 200 && read > 0, "{refused} refused, {read} read");
}

#[test]
fn toml_that_is_nearly_right_is_refused() {
    let Some(folder) = shared("toml-test/invalid") else { return };
    let forms = library::forms().unwrap();
    let sound = library::template_bytes("ln-pilot-selection").unwrap();
    assert!(template::read_sound(&sound, LIMITS, forms).is_ok());
    let mut count = 0;
    for file in files(&folder) {
        let bytes = fs::read(&file).unwrap();
        let name = file.display();
        // What is not UTF-8 may be GB18030, and then a comment.
        let text = std::str::from_utf8(&bytes).is_ok();
        assert!(settings::read(&bytes, LIMITS).is_err() || !text, "{name}");
        assert!(form_schema::read(&bytes, LIMITS).is_err(), "{name}");
        assert!(template::read_sound(&bytes, LIMITS, forms).is_err(), "{name}");
        // Behind a sound template it does no less harm.
        let behind = [&sound[..], b"\n", &bytes].concat();
        let Err(refusal) = template::read_sound(&behind, LIMITS, forms) else {
            assert!(!text, "{name}");
            continue;
        };
        safe(&problem(Lang::En, refusal.faults().next().unwrap()).what);
        count += 1;
    }
    assert!(count > 100);
}

// ---- Text -------------------------------------------------------------------

/// Hostile strings: ours, and those of others where they are.
fn strings() -> Vec<String> {
    let ours = [
        "\u{1b}[2J\u{1b}[H",
        "\u{1b}]52;c;ZWNobyBoaQ==\u{7}",
        "\u{9b}31m",
        "得分\u{202e}59\u{202c}",
        "公\u{200b}示",
        "a\0b",
        "95\u{8}\u{8} 59",
        "得分 95\r得分 10",
        "a\u{2028}b",
        "\u{e0041}\u{e0042}",
        "\u{feff}x",
        "=1+1",
        "\t=1",
        "＝1+1",
        "@SUM(1)",
        "-2+3",
        "|cmd",
        "\u{200b}=1",
        "\u{feff}=HYPERLINK(\"http://x\")",
        "'=1",
        "\u{3000}+1",
        "  -1",
    ];
    let mut all: Vec<String> = ours.iter().map(|text| (*text).to_owned()).collect();
    all.push(format!("e{}", "\u{301}".repeat(200)));
    if let Some(folder) = shared("naughty-strings") {
        let list: Vec<String> = serde_json::from_slice(&fs::read(folder.join("blns.json")).unwrap()).unwrap();
        assert!(list.len() > 400);
        all.extend(list);
    }
    if let Some(folder) = shared("terminal-escapes") {
        let bytes = fs::read(folder.join("strings.json")).unwrap();
        let list: std::collections::BTreeMap<String, String> = serde_json::from_slice(&bytes).unwrap();
        all.extend(list.into_values());
    }
    if let Some(folder) = shared("csv-injection") {
        all.extend(fs::read_to_string(folder.join("payloadbox.txt")).unwrap().lines().map(str::to_owned));
        let list: Vec<String> = serde_json::from_slice(&fs::read(folder.join("owasp-leads.json")).unwrap()).unwrap();
        all.extend(list);
    }
    if let Some(folder) = shared("trojan-source") {
        all.extend(files(&folder).iter().filter_map(|file| fs::read_to_string(file).ok()));
    }
    all
}

/// A cell as a spreadsheet takes it: does it run?
fn runs(cell: &str) -> bool {
    let first = cell.chars().find(|c| !c.is_whitespace() && !is_unsafe(*c));
    matches!(first, Some('=' | '+' | '-' | '@' | '|' | '＝' | '＋' | '－' | '＠'))
}

#[test]
fn no_text_of_a_packet_or_table_reaches_a_screen_as_it_is() {
    for text in strings() {
        let quoted = serde_json::to_string(&text).unwrap();
        let json =
            format!("{{\"code\":\"A-01\",\"sections\":[{{\"id\":{quoted},\"title\":{quoted},\"text\":{quoted}}}]}}");
        match read_packet(json.as_bytes()) {
            Ok(packet) => texts(&packet).into_iter().for_each(safe),
            Err(refusal) => refusal.faults().for_each(|fault| {
                let said = problem(Lang::Zh, fault);
                [said.place, said.what].iter().for_each(|text| safe(text));
            }),
        }
        let cell = text.replace('"', "\"\"");
        let csv = format!("code,name,employer\nE01,\"{cell}\",\"x{cell}\"\n");
        if let Ok(experts) = rows::panel(csv.as_bytes(), LIMITS) {
            experts.iter().for_each(|expert| [&expert.name, &expert.employer].into_iter().for_each(|text| safe(text)));
        }
        // Painted raw, as if an import had missed it.
        let mut buffer = Buffer::empty(Rect::new(0, 0, 60, 1));
        let start = clean_line(&text).chars().take(20).collect::<String>();
        buffer.set_string(0, 0, format!("{start}{text}"), Style::default());
        for (cell, c) in buffer.content.iter_mut().rev().zip(text.chars()) {
            cell.set_symbol(&c.to_string());
        }
        pingshen::tui::paint::sweep(&mut buffer);
        buffer.content.iter().for_each(|cell| safe(cell.symbol()));
    }
}

#[test]
fn no_exported_cell_runs_and_what_is_exported_reads_back() {
    let table: Vec<Vec<String>> = strings().into_iter().map(|text| vec!["x".to_owned(), text]).collect();
    let bytes = export::csv_bytes(&table);
    let text = std::str::from_utf8(&bytes).unwrap().strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let read: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(read.len(), table.len());
    for (record, row) in read.iter().zip(&table) {
        safe(&record[1]);
        assert!(!runs(&record[1]), "{:?}", &record[1]);
        let shown = clean(&row[1]);
        assert_eq!(record[1].strip_prefix('\'').filter(|rest| *rest == shown).unwrap_or(&record[1]), shown);
    }
}

fn pingshen(folder: &Path, args: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pingshen"))
        .args(args)
        .current_dir(folder)
        .env("HOME", folder)
        .env_remove("XDG_CONFIG_HOME")
        .env("PINGSHEN_LANG", "en")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let stdin = stdin.to_vec();
    let feeder = std::thread::spawn(move || input.write_all(&stdin));
    let output = child.wait_with_output().unwrap();
    let _closed_early = feeder.join().unwrap();
    for bytes in [&output.stdout, &output.stderr] {
        safe(std::str::from_utf8(bytes).unwrap());
    }
    output
}

#[test]
fn remarks_of_any_kind_go_out_to_a_spreadsheet_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let dir = issued(&folder);
    let bundle = dir.join("outbox/E01.bundle").display().to_string();
    let places = pingshen(folder.path(), &["score", &bundle, "--list"], b"");
    let places = String::from_utf8(places.stdout).unwrap();
    let places: Vec<&str> = places.lines().map(|line| line.rsplitn(3, ' ').last().unwrap()).collect();
    // As a script sends them: no line has an end within it.
    let hostile: Vec<String> = strings()
        .into_iter()
        .map(|text| text.replace(['\n', '\r'], " "))
        .filter(|text| !text.trim().is_empty() && text.chars().count() <= LIMITS.remark)
        .collect();
    for (turn, batch) in hostile.chunks(places.len()).enumerate() {
        let draft = folder.path().join(format!("{turn}.draft")).display().to_string();
        let form = folder.path().join(format!("{turn}.csv")).display().to_string();
        let lines: String = places.iter().zip(batch).map(|(place, text)| format!("remark {place} {text}\n")).collect();
        let output = pingshen(folder.path(), &["score", &bundle, "--draft", &draft, "--stdin"], lines.as_bytes());
        let answers = String::from_utf8(output.stdout).unwrap();
        assert_eq!(answers.lines().filter(|line| line.starts_with("ok")).count(), batch.len(), "{answers}");

        let output = pingshen(folder.path(), &["score", &bundle, "--draft", &draft, "--form", &form], b"");
        assert!(output.status.success(), "{output:?}");
        let bytes = fs::read(&form).unwrap();
        let text = std::str::from_utf8(&bytes).unwrap();
        safe(&text.strip_prefix('\u{feff}').unwrap().replace("\r\n", "\n"));
        for record in csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).records() {
            let record = record.unwrap();
            record.iter().for_each(|cell| assert!(!runs(cell), "{cell:?}"));
        }
        let output = pingshen(folder.path(), &["score", &bundle, "--draft", &draft, "--fill", &form], b"");
        assert!(output.status.success(), "{output:?}");
        let again = folder.path().join("again.csv").display().to_string();
        let _old = fs::remove_file(&again);
        pingshen(folder.path(), &["score", &bundle, "--draft", &draft, "--form", &again], b"");
        assert_eq!(Digest::of(&fs::read(&again).unwrap()), Digest::of(&bytes), "filled in unchanged, nothing changes");
    }
}

#[cfg(unix)]
#[test]
fn no_file_name_drives_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let dir = issued(&folder);
    let papers = folder.path().join("papers");
    fs::create_dir(&papers).unwrap();
    let mut count = 0;
    for text in strings() {
        let name = format!("{}.sheet", text.replace(['/', '\0'], "_"));
        if name.len() < 250 && fs::write(papers.join(&name), "no sheet").is_ok() {
            count += 1;
        }
    }
    assert!(count > 15);
    let (dir, papers) = (dir.display().to_string(), papers.display().to_string());
    let output = pingshen(folder.path(), &["-C", &dir, "collect", &papers], b"");
    assert_eq!(output.status.code(), Some(65), "{output:?}");
    let escape = papers + "/\u{1b}[2J\u{202e}.toml";
    let output = pingshen(folder.path(), &["template", "check", &escape], b"");
    assert_eq!(output.status.code(), Some(66), "{output:?}");
}
