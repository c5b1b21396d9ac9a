//! `audit` and `log`, as a supervisor types them years later: a sound round is
//! sound, and every kind of change is noticed and named. Those who change
//! something have what they would have: plain SQL, the folder's key that lies
//! in clear, and at worst the round's own key.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what can't be had ends the test"
)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use common::{Desk, copy, sample};
use pingshen::base::{Digest, Timestamp};
use pingshen::domain::round::Event;
use pingshen::domain::sheet::Sheet;
use pingshen::formats;
use pingshen::seal::{Context, Secret, envelope, secret_file, signed};
use pingshen::store::raw;
use proptest::prelude::*;
use rusqlite::{Connection, params};
use serde_json::Value;

/// A folder with a copy of a round, `r`, whose sheets are in, with one
/// correction, and whose exports are written.
fn collected() -> Desk {
    static MADE: OnceLock<Desk> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let desk = Desk::scored();
        desk.run(&["-C", "r", "collect", "r/outbox"]).ends(0);
        let bundle = common::bundle("E03");
        desk.feed(&["score", &bundle, "--stdin"], "A-01 A1 1\n").ends(0);
        desk.run(&["score", &bundle, "--seal", "--correction", "看错一行"]).ends(0);
        desk.run(&["-C", "r", "collect", "r/outbox/E03-2.sheet"]).ends(0);
        for format in ["csv", "json", "md"] {
            desk.run(&["-C", "r", "export", "shortlist", "--format", format]).ends(0);
        }
        desk.run(&["-C", "r", "publish", "--names", &sample("names.csv")]).ends(0);
        desk
    });
    let desk = Desk::new();
    copy(&made.path("r"), &desk.path("r"));
    desk
}

/// What `audit --format json` says, and how it ended.
fn audit(desk: &Desk, more: &[&str]) -> (i32, Value) {
    let run = desk.run(&[&["audit", "r", "--format", "json"], more].concat());
    assert!(!run.err.contains("panicked"), "{run:#?}");
    let said: Value = serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {run:#?}"));
    assert_eq!(said["holds"].as_bool().unwrap(), run.code == 0, "{run:#?}");
    (run.code, said)
}

/// The findings as `check what place`.
fn findings(said: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all = said["findings"].as_array().unwrap().iter();
    all.map(|f| format!("{} {} {}", text(&f["check"]), text(&f["what"]), text(&f["place"]))).collect()
}

#[track_caller]
fn sound(desk: &Desk) -> Value {
    let (code, said) = audit(desk, &[]);
    assert_eq!((code, findings(&said)), (0, vec![]));
    said
}

/// The audit must say this of this place.
#[track_caller]
fn finds(desk: &Desk, wanted: &str) -> Vec<String> {
    let (code, said) = audit(desk, &[]);
    let found = findings(&said);
    assert!(code == 1 && found.iter().any(|finding| finding.contains(wanted)), "{wanted}: {code} {found:#?}");
    found
}

/// All files of a folder with their bytes.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(bytes(&path));
        } else {
            all.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    all
}

/// Plain SQL on the round's log, its guards dropped first and made again.
fn sql(desk: &Desk, change: &str) {
    let db = Connection::open(desk.path("r/round.db")).unwrap();
    let guards: Vec<(String, String)> = db
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for (name, _) in &guards {
        db.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    db.execute_batch(change).unwrap();
    for (_, guard) in &guards {
        db.execute_batch(guard).unwrap();
    }
}

/// The keys a practice round lies open with.
struct Forger {
    secretary: Secret,
    desk: Secret,
}

impl Forger {
    fn of(desk: &Desk) -> Self {
        let secretary = secret_file::unlock(&desk.read("r/keys/secretary.age"), None).unwrap().secret;
        let line = String::from_utf8(desk.read("r/keys/desk.key")).unwrap();
        Self { secretary, desk: Secret::from_spare(line.trim_end()).unwrap() }
    }

    fn key(&self, actor: &str) -> &Secret {
        if actor == "secretary" { &self.secretary } else { &self.desk }
    }

    /// Writes the log anew with every event as `change` gives it, chained and
    /// signed as it must be, and the head file too.
    fn rewrite(&self, desk: &Desk, change: &dyn Fn(u64, &mut String, &mut Event) -> bool) {
        let db = Connection::open(desk.path("r/round.db")).unwrap();
        let rows: Vec<(String, String, Vec<u8>)> = db
            .prepare("SELECT actor, time, body FROM event ORDER BY seq")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        drop(db);
        let (mut head, mut length, mut inserts, mut round) = (raw::root(), 0u64, Vec::new(), None);
        for (at, (mut actor, time, body)) in rows.into_iter().enumerate() {
            let mut event = formats::event::decode_event(&body, &pingshen::base::Limits::STANDARD).unwrap();
            if !change(u64::try_from(at).unwrap() + 1, &mut actor, &mut event) {
                continue;
            }
            let (kind, body) = formats::event::encode_event(&event).unwrap();
            length += 1;
            let hash = raw::hash(length, &head, &kind, &actor, &time, &body);
            let sig = signed::signature(self.key(&actor), Context::Event, hash.to_string().as_bytes());
            inserts.push((length, head, hash, kind, actor, time, body, sig));
            head = hash;
            round.get_or_insert(hash);
        }
        sql(desk, "DELETE FROM event");
        let db = Connection::open(desk.path("r/round.db")).unwrap();
        for (seq, prev, hash, kind, actor, time, body, sig) in inserts {
            db.execute(
                "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    i64::try_from(seq).unwrap(),
                    prev.to_string(),
                    hash.to_string(),
                    kind,
                    actor,
                    time,
                    body,
                    sig.to_vec()
                ],
            )
            .unwrap();
        }
        self.head(desk, &round.unwrap(), length, &head);
    }

    fn head(&self, desk: &Desk, round: &Digest, length: u64, head: &Digest) {
        let text = format!("round {round}\nlength {length}\nhead {head}\n");
        desk.write("r/round.head", signed::sign(&self.desk, Context::Head, text.as_bytes()));
    }

    /// Appends one event in this name, rightly chained and signed.
    fn append(&self, desk: &Desk, actor: &str, event: &Event) {
        use pingshen::store::{EventLog, NewEvent, Purpose};
        let (mut log, events) = EventLog::open(&desk.path("r/round.db"), Purpose::Round, true).unwrap();
        let (kind, body) = formats::event::encode_event(event).unwrap();
        let time = Timestamp::from_stored("2026-01-01T00:00:00.000Z");
        let new = NewEvent { kind, actor: actor.to_owned(), time, body };
        let sign = |actor: &str, hash: &Digest| {
            Ok(signed::signature(self.key(actor), Context::Event, hash.to_string().as_bytes()).to_vec())
        };
        log.append(&[new], &[], &sign).unwrap();
        self.head(desk, &events[0].hash, log.length(), &log.head());
    }
}

/// A sheet that was received: its digest and its file's.
fn received(desk: &Desk, expert: &str) -> (Digest, Digest) {
    let db = Connection::open(desk.path("r/round.db")).unwrap();
    let bodies: Vec<Vec<u8>> = db
        .prepare("SELECT body FROM event WHERE kind = 'sheet_received' ORDER BY seq")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let found = bodies.iter().find_map(|body| {
        match formats::event::decode_event(body, &pingshen::base::Limits::STANDARD).unwrap() {
            Event::SheetReceived { digest, file, expert: whose, .. } if whose.as_str() == expert => {
                Some((digest, file))
            }
            _ => None,
        }
    });
    found.unwrap()
}

fn count(desk: &Desk) -> i64 {
    let db = Connection::open(desk.path("r/round.db")).unwrap();
    db.query_row("SELECT count(*) FROM event", [], |row| row.get(0)).unwrap()
}

fn head_of(desk: &Desk, seq: i64) -> String {
    let db = Connection::open(desk.path("r/round.db")).unwrap();
    db.query_row("SELECT hash FROM event WHERE seq = ?1", [seq], |row| row.get(0)).unwrap()
}

#[test]
fn a_round_is_sound_at_every_step_and_nothing_is_changed_by_looking() {
    let desk = Desk::new();
    for step in [
        vec!["new", "r", "--template", "ln-pilot-selection", "--quota", "6"],
        vec!["-C", "r", "packets", &sample("packets")],
        vec!["-C", "r", "panel", &sample("panel.csv")],
        vec!["-C", "r", "assign"],
        vec!["-C", "r", "issue"],
    ] {
        desk.run(&step).ends(0);
        sound(&desk);
    }
    let desk = collected();
    let before = bytes(&desk.path("r"));
    let said = sound(&desk);
    assert_eq!(bytes(&desk.path("r")), before);
    let looked = |check: &str| {
        let checks = said["checks"].as_array().unwrap();
        checks.iter().find(|found| found["check"] == check).map(|found| found["looked_at"].as_i64().unwrap())
    };
    assert_eq!(looked("sheets"), Some(8));
    assert_eq!(looked("manifests"), Some(7));
    assert_eq!(looked("ranking"), Some(6));
    assert_eq!(looked("chain"), Some(count(&desk)));
    assert_eq!(looked("sealed"), None);
}

#[test]
fn sheets_that_stay_sealed_are_sound_too() {
    let desk = Desk::scored();
    desk.run(&["-C", "r", "collect", "r/outbox", "--keep-sealed"]);
    sound(&desk);
    let (_, said) = audit(&desk, &["--open"]);
    assert_eq!(said["notes"].as_array().unwrap().iter().filter(|note| note["what"] == "open_waiting").count(), 1);
    desk.run(&["-C", "r", "open"]).ends(0);
    sound(&desk);
}

#[test]
fn both_folders_of_the_demonstration_are_sound() {
    let desk = Desk::new();
    desk.run(&["demo", "--prepare", "--dir", "d"]).ends(0);
    desk.run(&["audit", "d/expert"]).ends(0);
    desk.run(&["-C", "d/meeting", "audit"]).ends(0);
}

#[test]
fn no_round_is_no_audit() {
    let desk = Desk::new();
    desk.run(&["audit", "nothing"]).ends(66);
    fs::create_dir(desk.path("r")).unwrap();
    desk.run(&["audit", "r"]).ends(66);
    desk.write("r/round.db", "not a database at all");
    finds(&desk, "database db_");
    desk.write("r/round.db", "");
    finds(&desk, "database db_mark round.db");
}

#[test]
fn every_column_changed_by_plain_sql_is_named() {
    for (change, wanted) in [
        ("UPDATE event SET prev = hash WHERE seq = 9", "chain chain_prev round.db #9 packet_added"),
        ("UPDATE event SET hash = 'x' WHERE seq = 9", "chain chain_type round.db #9 packet_added"),
        ("UPDATE event SET kind = 'issued' WHERE seq = 9", "chain chain_kind round.db #9 issued"),
        ("UPDATE event SET actor = 'desk' WHERE seq = 9", "signatures sig_bad round.db #9 packet_added"),
        ("UPDATE event SET actor = 'E01' WHERE seq = 9", "signatures sig_actor round.db #9 packet_added"),
        (
            "UPDATE event SET time = '2020-01-01T00:00:00.000Z' WHERE seq = 9",
            "chain chain_hash round.db #9 packet_added",
        ),
        ("UPDATE event SET body = x'7b7d' WHERE seq = 9", "chain chain_body round.db #9 packet_added"),
        ("UPDATE event SET sig = zeroblob(64) WHERE seq = 9", "signatures sig_bad round.db #9 packet_added"),
        ("DELETE FROM event WHERE seq = 9", "chain chain_seq round.db #10 packet_added"),
        ("UPDATE event SET seq = 9999 WHERE seq = 9", "chain chain_seq round.db #9999 packet_added"),
        ("UPDATE blob SET data = x'00' WHERE rowid = 3", "blobs blob_altered round.db blob"),
        ("UPDATE blob SET hash = 'x' WHERE rowid = 3", "blobs blob_missing round.db #"),
        ("DELETE FROM blob WHERE rowid = 3", "blobs blob_missing round.db #"),
        ("INSERT INTO blob VALUES ('x', x'00')", "blobs blob_altered round.db blob ?"),
        ("DELETE FROM event", "chain chain_empty round.db"),
        ("PRAGMA application_id = 7", "database db_mark round.db"),
        ("PRAGMA user_version = 7", "database db_mark round.db"),
        ("CREATE TABLE more (x)", "database db_foreign round.db"),
        ("CREATE INDEX more ON event (kind)", "database db_foreign round.db"),
        ("DROP TABLE blob; CREATE TABLE blob (hash, data)", "database db_changed round.db"),
        ("DROP TABLE event; CREATE VIEW event AS SELECT 1", "database db_"),
    ] {
        let desk = collected();
        let found = if change.starts_with("DROP TABLE") {
            let db = Connection::open(desk.path("r/round.db")).unwrap();
            db.execute_batch(change).unwrap();
            finds(&desk, wanted)
        } else {
            sql(&desk, change);
            finds(&desk, wanted)
        };
        // Where the event can still be read, all that rests on it still stands.
        let columns = ["prev", "hash", "kind", "actor", "time", "sig"];
        let about_one = columns.iter().any(|column| change.starts_with(&format!("UPDATE event SET {column} ")));
        assert!(!about_one || found.len() <= 4, "one event changed is no avalanche: {change}: {found:#?}");
    }
}

#[test]
fn a_sheet_altered_beside_the_log_is_two_findings_and_no_avalanche() {
    let desk = collected();
    let (sheet, _) = received(&desk, "E05");
    sql(&desk, &format!("UPDATE blob SET data = x'00' WHERE hash = '{sheet}'"));
    let (_, said) = audit(&desk, &[]);
    let place = format!("blobs blob_altered round.db blob {}", sheet.short());
    assert_eq!(findings(&said), [place, "ranking rank_lost exports".to_owned()]);
    assert!(said["findings"][1]["text"].as_str().unwrap().contains("E05"), "{said}");
}

#[test]
fn a_dropped_guard_is_named_although_nothing_else_was_done() {
    let desk = collected();
    Connection::open(desk.path("r/round.db")).unwrap().execute_batch("DROP TRIGGER event_no_delete").unwrap();
    let (_, said) = audit(&desk, &[]);
    assert_eq!(findings(&said), ["database db_missing round.db"]);
    assert!(said["findings"][0]["text"].as_str().unwrap().contains("event_no_delete"));
}

#[test]
fn a_blob_that_no_event_speaks_of_is_named() {
    let desk = collected();
    sql(&desk, &format!("INSERT INTO blob VALUES ('{}', x'00')", Digest::of(&[0])));
    finds(&desk, "blobs blob_orphan");
}

#[test]
fn a_journal_that_is_not_empty_is_said() {
    let desk = collected();
    desk.write("r/round.db-journal", "half a change");
    finds(&desk, "database db_half round.db-journal");
    assert_eq!(desk.read("r/round.db-journal"), b"half a change", "nothing was rolled back");
}

#[test]
fn a_log_cut_back_is_known_by_its_head_file_and_its_files() {
    let desk = collected();
    sql(&desk, &format!("DELETE FROM event WHERE seq > {}", count(&desk) - 3));
    let found = finds(&desk, "head head_cut round.head");
    assert!(found.iter().any(|finding| finding.contains("files file_foreign exports/publish.md")), "{found:#?}");
}

#[test]
fn a_whole_folder_put_back_is_known_only_by_a_newer_head() {
    let desk = collected();
    copy(&desk.path("r"), &desk.path("older"));
    let older = head_of(&desk, count(&desk));
    desk.run(&["-C", "r", "export", "shortlist"]).ends(0);
    let newer = head_of(&desk, count(&desk));
    let receipt = Digest::parse(&newer).unwrap().receipt();
    for noted in [older.as_str(), &older[..16], &newer, &receipt, &receipt.to_lowercase().replace('-', "")] {
        assert_eq!(audit(&desk, &["--since", noted]).0, 0, "{noted}");
    }
    let (_, said) = audit(&desk, &["--since", &older]);
    assert!(said["notes"].as_array().unwrap().iter().any(|note| note["what"] == "since_found"));
    fs::remove_dir_all(desk.path("r")).unwrap();
    copy(&desk.path("older"), &desk.path("r"));
    sound(&desk);
    for noted in [newer.as_str(), &newer[..16], &receipt] {
        let (code, said) = audit(&desk, &["--since", noted]);
        assert_eq!((code, findings(&said)), (1, vec!["since since_lost round.db".to_owned()]), "{noted}");
    }
    desk.run(&["audit", "r", "--since", "E03"]).ends(2);
}

#[test]
fn the_head_file_must_be_there_and_this_rounds() {
    let desk = collected();
    let head = desk.read("r/round.head");
    fs::remove_file(desk.path("r/round.head")).unwrap();
    finds(&desk, "head head_missing round.head");
    desk.write("r/round.head", head.iter().map(u8::to_ascii_uppercase).collect::<Vec<u8>>());
    finds(&desk, "head head_bad round.head");
    let stranger = Forger { secretary: Secret::random().unwrap(), desk: Secret::random().unwrap() };
    let length = u64::try_from(count(&desk)).unwrap();
    let hash = |seq| Digest::parse(&head_of(&desk, seq)).unwrap();
    stranger.head(&desk, &hash(1), length, &hash(count(&desk)));
    finds(&desk, "head head_signer round.head");
    let own = Forger::of(&desk);
    own.head(&desk, &hash(2), length, &hash(count(&desk)));
    finds(&desk, "head head_round round.head");
    own.head(&desk, &hash(1), length, &hash(2));
    finds(&desk, "head head_other round.head");
    own.head(&desk, &hash(1), length - 1, &hash(count(&desk) - 1));
    let said = sound(&desk);
    assert_eq!(said["notes"][0]["what"], "head_behind", "written too late is no fault");
}

#[test]
fn files_gone_altered_swapped_and_foreign_are_told_apart() {
    let all = [
        "register.age",
        "keys/desk.key",
        "keys/secretary.age",
        "outbox/E03.bundle",
        "inbox/E03.sheet",
        "exports/shortlist.csv",
        "exports/publish.md",
    ];
    for file in all {
        let desk = collected();
        let path = format!("r/{file}");
        let bytes = desk.read(&path);
        desk.write(&path, [bytes.as_slice(), b"\n"].concat());
        finds(&desk, &format!("files file_altered {file}"));
        fs::remove_file(desk.path(&path)).unwrap();
        finds(&desk, &format!("files file_missing {file}"));
        fs::create_dir(desk.path(&path)).unwrap();
        finds(&desk, &format!("files file_link {file}"));
        fs::remove_dir(desk.path(&path)).unwrap();
        desk.write(&path, bytes);
        sound(&desk);
    }
    let desk = collected();
    let (one, two) = (desk.read("r/inbox/E01.sheet"), desk.read("r/inbox/E02.sheet"));
    desk.write("r/inbox/E01.sheet", &two);
    desk.write("r/inbox/E02.sheet", &one);
    finds(&desk, "files file_swapped inbox/E01.sheet");
    finds(&desk, "files file_swapped inbox/E02.sheet");
    let desk = collected();
    for name in
        ["inbox/E09.sheet", "inbox/E09.csv", "exports/other.md", "keys/other.key", "old.db", "outbox/E09.bundle"]
    {
        let path = format!("r/{name}");
        desk.write(&path, "x");
        finds(&desk, &format!("files file_foreign {name}"));
        fs::remove_file(desk.path(&path)).unwrap();
    }
    for name in ["outbox/E09.draft", ".DS_Store", "round.db.lock", "exports/x.csv.7.part", "inbox/note.txt"] {
        desk.write(&format!("r/{name}"), "x");
    }
    fs::create_dir(desk.path("r/scans")).unwrap();
    sound(&desk);
}

#[cfg(unix)]
#[test]
fn a_link_is_not_the_file() {
    let desk = collected();
    fs::rename(desk.path("r/register.age"), desk.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(desk.path("elsewhere"), desk.path("r/register.age")).unwrap();
    finds(&desk, "files file_link register.age");
}

#[test]
fn an_older_sheet_or_export_put_back_is_named_as_such() {
    let desk = collected();
    desk.write("r/inbox/E03-2.sheet", desk.read("r/inbox/E03.sheet"));
    finds(&desk, "files file_swapped inbox/E03-2.sheet");
    let desk = collected();
    let older = desk.read("r/exports/shortlist.csv");
    desk.run(&["-C", "r", "export", "shortlist"]).ends(0);
    assert_ne!(desk.read("r/exports/shortlist.csv"), older);
    sound(&desk);
    desk.write("r/exports/shortlist.csv", older);
    finds(&desk, "files file_older exports/shortlist.csv");
}

#[test]
fn an_export_of_ones_own_making_is_found_by_ranking_anew() {
    for (file, from, to) in [
        ("shortlist.json", "\"score\": \"82.10\"", "\"score\": \"92.10\""),
        ("shortlist.csv", "82.10", "92.10"),
        ("shortlist.csv", "推荐排序，会议研究材料", "评审结论"),
        ("shortlist.md", "| A-04 |", "| A-05 |"),
    ] {
        let desk = collected();
        let path = format!("r/exports/{file}");
        let text = String::from_utf8(desk.read(&path)).unwrap();
        let forged = text.replacen(from, to, 1);
        assert_ne!(text, forged, "{file}");
        desk.write(&path, &forged);
        // With the folder's key the export can be logged, too.
        let event = Event::Exported {
            what: file.to_owned(),
            digest: Digest::of(forged.as_bytes()),
            file: Some(format!("exports/{file}")),
        };
        Forger::of(&desk).append(&desk, "desk", &event);
        let (_, said) = audit(&desk, &[]);
        assert_eq!(findings(&said), [format!("ranking rank_differs exports/{file}")]);
        assert_eq!(said["findings"][0]["who"], "desk");
    }
    let desk = collected();
    let text = String::from_utf8(desk.read("r/exports/publish.csv")).unwrap();
    let forged = text.replacen("\r\n", "\r\n0,多出来的单位\r\n", 1);
    desk.write("r/exports/publish.csv", &forged);
    let event = Event::Exported {
        what: "publish.csv".to_owned(),
        digest: Digest::of(forged.as_bytes()),
        file: Some("exports/publish.csv".to_owned()),
    };
    Forger::of(&desk).append(&desk, "desk", &event);
    finds(&desk, "ranking rank_count exports/publish.csv");
}

#[test]
fn what_came_after_an_export_is_said() {
    let desk = collected();
    desk.run(&["-C", "r", "collect", "r/inbox/E05.sheet", "--void", "--reason", "未签名"]).ends(0);
    let said = sound(&desk);
    let note = said["notes"].as_array().unwrap().iter().find(|note| note["what"] == "rank_since").unwrap();
    assert!(note["text"].as_str().unwrap().contains("变了"), "{note}");
}

#[test]
fn the_folders_key_can_sign_nothing_that_binds() {
    let desk = collected();
    let forger = Forger::of(&desk);
    let (sheet, _) = received(&desk, "E05");
    let void = Event::SheetDecided {
        digest: sheet,
        decision: pingshen::domain::round::Decision::Void,
        reason: "x".to_owned(),
    };
    forger.append(&desk, "desk", &void);
    finds(&desk, "signatures sig_binds");
    let desk = collected();
    let forger = Forger::of(&desk);
    let code = pingshen::base::PacketCode::parse("A-99").unwrap();
    forger.append(&desk, "desk", &Event::PacketAdded { code, digest: Digest::of(b"x") });
    let found = finds(&desk, "steps step_after_issue");
    assert!(found.iter().any(|finding| finding.starts_with("blobs blob_missing")), "{found:#?}");
    let desk = collected();
    forger_lists_nothing(&desk);
}

fn forger_lists_nothing(desk: &Desk) {
    let forger = Forger::of(desk);
    let event = Event::SheetListed { digest: Digest::of(b"x"), file: "../../etc/passwd".to_owned(), late: None };
    forger.append(desk, "desk", &event);
    finds(desk, "files file_name inbox/../../etc/passwd");
}

#[test]
fn even_with_the_rounds_key_a_mark_can_not_be_changed() {
    let desk = collected();
    let forger = Forger::of(&desk);
    let (digest, _) = received(&desk, "E05");
    let db = Connection::open(desk.path("r/round.db")).unwrap();
    let blob: Vec<u8> =
        db.query_row("SELECT data FROM blob WHERE hash = ?1", [digest.to_string()], |row| row.get(0)).unwrap();
    drop(db);
    let body = signed::read(Context::Sheet, &blob).unwrap().body;
    let mut sheet: Sheet = formats::sheet::decode(body, &pingshen::base::Limits::STANDARD).unwrap();
    let lowest = sheet.packets[0].marks[0].points;
    sheet.packets[0].marks[0].points =
        if lowest.units() == 0 { sheet.packets[1].marks[1].points } else { pingshen::base::Points::ZERO };
    let forged = signed::sign(&forger.secretary, Context::Sheet, &formats::sheet::encode(&sheet).unwrap());
    let new = Digest::of(&forged);
    sql(&desk, &format!("DELETE FROM blob WHERE hash = '{digest}'"));
    let db = Connection::open(desk.path("r/round.db")).unwrap();
    db.execute("INSERT INTO blob VALUES (?1, ?2)", params![new.to_string(), forged]).unwrap();
    drop(db);
    forger.rewrite(&desk, &|_, _, event| {
        if let Event::SheetReceived { digest: there, .. } = event
            && *there == digest
        {
            *there = new;
        }
        true
    });
    let found = finds(&desk, "sheets sheet_keys");
    assert!(
        found.iter().any(|finding| finding.contains("sheet_event")),
        "the event names the expert's key: {found:#?}"
    );
    // The sealed file still holds what the expert handed in.
    let (_, said) = audit(&desk, &["--open"]);
    assert!(findings(&said).contains(&"sealed open_differs inbox/E05.sheet".to_owned()), "{said}");
}

#[test]
fn a_log_written_anew_before_the_issue_is_betrayed_by_every_sheet() {
    let desk = collected();
    let forger = Forger::of(&desk);
    // A recusal taken out, everything chained and signed again.
    forger.rewrite(&desk, &|seq, _, _| seq != 3);
    let found = finds(&desk, "witnesses witness_sheet");
    for what in ["witness_manifest", "witness_export"] {
        assert!(found.iter().any(|finding| finding.contains(what)), "{what}: {found:#?}");
    }
}

#[test]
fn what_the_log_says_of_a_sheet_must_be_what_the_sheet_says() {
    for (what, change) in [
        (
            "sheet_event",
            (|event: &mut Event| {
                if let Event::SheetReceived { revision, .. } = event {
                    *revision += 1;
                }
            }) as fn(&mut Event),
        ),
        ("sheet_event", |event| {
            if let Event::SheetReceived { packets, .. } = event {
                *packets -= 1;
            }
        }),
        ("sheet_event", |event| {
            if let Event::SheetReceived { unscored, .. } = event {
                *unscored += 1;
            }
        }),
        ("sheet_event", |event| {
            if let Event::SheetReceived { amendment, .. } = event {
                *amendment += 1;
            }
        }),
        ("sheet_event", |event| {
            if let Event::SheetReceived { replaces, .. } = event {
                *replaces = Some(Digest::of(b"x"));
            }
        }),
        ("sheet_unlisted", |event| {
            if let Event::SheetReceived { file, .. } = event {
                *file = Digest::of(b"x");
            }
        }),
        ("sheet_unopened", |event| {
            if let Event::Opening { files, .. } = event {
                files.clear();
            }
        }),
        ("step_unlisted", |event| {
            if let Event::Opening { files, .. } = event {
                files.push(Digest::of(b"x"));
            }
        }),
        ("manifest_field", |event| {
            if let Event::Issued { number, .. } = event {
                *number += 1;
            }
        }),
        ("manifest_field", |event| {
            if let Event::Assigned { parts, .. } = event {
                parts[0].codes.pop();
            }
        }),
        ("manifest_field", |event| {
            if let Event::Created { quota, demo, .. } = event {
                *quota = None;
                *demo = false;
            }
        }),
        ("file_altered", |event| {
            if let Event::SheetListed { digest, file, .. } = event
                && file == "E01.sheet"
            {
                *digest = Digest::of(b"x");
            }
        }),
    ] {
        let desk = collected();
        Forger::of(&desk).rewrite(&desk, &|_, _, event| {
            change(event);
            true
        });
        finds(&desk, what);
    }
}

#[test]
fn listing_comes_before_opening() {
    let desk = collected();
    Forger::of(&desk).rewrite(&desk, &|_, _, event| !matches!(event, Event::SheetListed { .. }));
    let found = finds(&desk, "sheets sheet_unlisted");
    assert!(found.iter().any(|finding| finding.contains("files file_foreign inbox/E01.sheet")), "{found:#?}");
}

#[test]
fn sealed_files_hold_what_was_opened() {
    let desk = collected();
    let (code, said) = audit(&desk, &["--open"]);
    assert_eq!((code, findings(&said)), (0, vec![]));
    // Another sheet, sealed to the round, and logged in its place.
    let forger = Forger::of(&desk);
    let other = envelope::encrypt(&[forger.secretary.public().recipient], b"another sheet").unwrap();
    let (_, old) = received(&desk, "E01");
    desk.write("r/inbox/E01.sheet", &other);
    let new = Digest::of(&other);
    forger.rewrite(&desk, &|_, _, event| {
        match event {
            Event::SheetListed { digest, .. } if *digest == old => *digest = new,
            Event::SheetReceived { file, .. } if *file == old => *file = new,
            Event::Opening { files, .. } => {
                for file in files.iter_mut().filter(|file| **file == old) {
                    *file = new;
                }
            }
            _ => {}
        }
        true
    });
    let (_, said) = audit(&desk, &["--open"]);
    assert!(findings(&said).contains(&"sealed open_differs inbox/E01.sheet".to_owned()), "{said}");
}

#[test]
fn a_spreadsheet_form_is_read_again() {
    let desk = Desk::scored();
    let bundle = common::bundle("E01");
    desk.run(&["score", &bundle, "--form", "E01.csv"]).ends(0);
    desk.run(&["-C", "r", "collect", "E01.csv"]).ends(0);
    sound(&desk);
    let text = String::from_utf8(desk.read("r/inbox/E01.csv")).unwrap();
    let forged = text.replacen(",1.5,", ",2,", 1);
    assert_ne!(text, forged);
    desk.write("r/inbox/E01.csv", &forged);
    let (old, new) = (Digest::of(text.as_bytes()), Digest::of(forged.as_bytes()));
    Forger::of(&desk).rewrite(&desk, &|_, _, event| {
        match event {
            Event::SheetListed { digest, .. } | Event::SheetReceived { file: digest, .. } if *digest == old => {
                *digest = new;
            }
            Event::Opening { files, .. } => files.iter_mut().filter(|file| **file == old).for_each(|file| *file = new),
            _ => {}
        }
        true
    });
    finds(&desk, "sheets sheet_form");
}

#[test]
fn the_sample_is_one_that_anybody_can_draw() {
    let desk = collected();
    let (_, said) = audit(&desk, &["--sample", "3", "--seed", "双色球 2026135"]);
    let drawn: Vec<String> =
        said["sample"].as_array().unwrap().iter().map(|sheet| sheet["sheet"].as_str().unwrap().to_owned()).collect();
    let db = Connection::open(desk.path("r/round.db")).unwrap();
    let mut all: Vec<(Digest, String)> = db
        .prepare("SELECT body FROM event WHERE kind = 'sheet_received'")
        .unwrap()
        .query_map([], |row| row.get::<_, Vec<u8>>(0))
        .unwrap()
        .map(|body| match formats::event::decode_event(&body.unwrap(), &pingshen::base::Limits::STANDARD).unwrap() {
            Event::SheetReceived { digest, .. } => digest.to_string(),
            _ => unreachable!(),
        })
        .map(|sheet| (Digest::of(format!("双色球 2026135{sheet}").as_bytes()), sheet))
        .collect();
    all.sort();
    assert_eq!(drawn, all.into_iter().take(3).map(|(_, sheet)| sheet).collect::<Vec<_>>());
    let text = desk.run(&["audit", "r", "--sample", "1", "--seed", "x"]).ends(0).out;
    assert!(text.contains("回执码") && text.contains("核对码") && text.contains("SHA-256"), "{text}");
    desk.run(&["audit", "r", "--sample", "1"]).ends(2);
}

#[test]
fn the_report_is_a_page_to_be_signed() {
    let desk = collected();
    let run = desk.run(&["audit", "r", "--report", "report.md", "--lang", "en"]).ends(0);
    assert!(run.out.contains("Everything that was checked holds."), "{run:#?}");
    let page = String::from_utf8(desk.read("report.md")).unwrap();
    let head = Digest::parse(&head_of(&desk, count(&desk))).unwrap().receipt();
    for wanted in [
        "# 核查报告",
        "核查通过",
        "签名",
        env!("CARGO_PKG_VERSION"),
        head.as_str(),
        "| 评分表 | 8 | 无误 |",
        "证明不了",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    desk.run(&["audit", "r", "--report", "r/exports/report.md"]).ends(2);
    assert!(!desk.path("r/exports/report.md").exists());
    fs::remove_file(desk.path("r/inbox/E02.sheet")).unwrap();
    let run = desk.run(&["audit", "r", "--report", "report.md"]).ends(1);
    assert!(
        run.out.contains("inbox/E02.sheet：不在了（本机（文件夹的密钥）")
            || run.out.contains("inbox/E02.sheet：不在了（秘书"),
        "{run:#?}"
    );
    let page = String::from_utf8(desk.read("report.md")).unwrap();
    assert!(page.contains("核查不通过：1 处有误。") && page.contains("inbox/E02.sheet"), "{page}");
}

#[test]
fn the_log_is_told_in_sentences() {
    let desk = collected();
    let told = desk.run(&["-C", "r", "log"]).ends(0).out;
    assert_eq!(told.lines().count(), usize::try_from(count(&desk)).unwrap());
    let (sheet, _) = received(&desk, "E03");
    assert!(told.contains(&format!("秘书 收到 E03 第 1 次交卷，15 份材料，回执码 {}", sheet.receipt())), "{told}");
    assert!(told.contains(&format!("更正回执码 {} 的那份", sheet.receipt())), "{told}");
    for name in common::experts() {
        assert!(told.contains(&name));
    }
    let panel = fs::read_to_string(sample("panel.csv")).unwrap();
    for row in panel.lines().skip(1) {
        let name = row.split(',').nth(1).unwrap();
        assert!(!told.contains(name), "{name} is a name");
    }
    let of = |args: &[&str]| desk.run(&[&["-C", "r", "log"], args].concat()).ends(0).out;
    let only = of(&["--expert", "E03"]);
    assert!(only.lines().all(|line| line.contains("E03")) && only.lines().count() >= 5, "{only}");
    assert_eq!(of(&["--act", "收到"]), of(&["--act", "sheet_received"]));
    assert_eq!(of(&["--act", "sheet_received"]).lines().count(), 8);
    assert_eq!(of(&["--packet", "A-05", "--act", "packet_added"]).lines().count(), 1);
    assert_eq!(of(&["--packet", "A-05", "--act", "sheet_received"]).lines().count(), 7, "E06 is recused from it");
    let english = of(&["--lang", "en", "--act", "exported"]);
    assert!(english.lines().all(|line| line.contains("exported exports/")), "{english}");
    let table = of(&["--format", "csv"]);
    assert!(table.starts_with("\u{feff}序号,时间,谁,事项"), "{table}");
    let json: Value = serde_json::from_str(&of(&["--format", "json"])).unwrap();
    assert_eq!(json.as_array().unwrap().len(), told.lines().count());
    assert_eq!(json[0]["act"], "created");
    for wrong in [["--act", "x"], ["--packet", "A-99"], ["--expert", "E99"]] {
        desk.run(&[&["-C", "r", "log"], &wrong[..]].concat()).ends(65);
    }
}

#[test]
fn a_reason_that_begins_as_a_formula_is_no_formula() {
    let desk = collected();
    desk.run(&["-C", "r", "collect", "r/inbox/E05.sheet", "--void", "--reason", "=1+1\n\u{1b}[31m"]).ends(0);
    let table = desk.run(&["-C", "r", "log", "--format", "csv"]).ends(0).out;
    assert!(table.split([',', '\n']).all(|cell| !cell.trim_start_matches('"').starts_with('=')), "{table}");
    let told = desk.run(&["-C", "r", "log"]).ends(0).out;
    assert!(!told.contains('\u{1b}') && told.lines().count() == usize::try_from(count(&desk)).unwrap(), "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// A database with bytes changed anywhere ends nothing but the trust in it.
    #[test]
    fn no_byte_of_the_log_ends_the_audit(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40), cut in prop::option::of(any::<prop::sample::Index>())) {
        static DESK: OnceLock<Desk> = OnceLock::new();
        let good = DESK.get_or_init(collected);
        let desk = Desk::new();
        copy(&good.path("r"), &desk.path("r"));
        let mut bytes = desk.read("r/round.db");
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        desk.write("r/round.db", bytes);
        let audited = pingshen::workflow::audit::audit(&desk.path("r"), &pingshen::workflow::audit::Wish::default());
        prop_assert!(audited.is_ok());
    }
}

#[test]
fn an_assignment_is_held_against_its_rule_and_made_again() {
    let assigned = || {
        let desk = Desk::new();
        desk.run(&["new", "r", "--template", "ln-pilot-selection", "--quota", "6", "--practice"]).ends(0);
        desk.run(&["-C", "r", "packets", &sample("packets")]).ends(0);
        let panel = fs::read_to_string(sample("panel.csv")).unwrap();
        let panel = panel.lines().enumerate().map(|(n, line)| match n {
            0 => format!("{line}\n"),
            n => {
                let mut cells: Vec<&str> = line.split(',').collect();
                cells[5] = if n % 2 == 0 { "甲" } else { "乙" };
                format!("{}\n", cells.join(","))
            }
        });
        desk.write("panel.csv", panel.collect::<String>());
        desk.run(&["-C", "r", "panel", "panel.csv"]).ends(0);
        desk.write("fit.csv", "application,expert,points\nA-02,E02,4\nA-02,E01,4\n");
        let args = ["--per", "2", "--fit", "fit.csv", "--groups", "draw", "--seed", "4417"];
        desk.run(&[&["-C", "r", "assign"], &args[..]].concat()).ends(0);
        desk
    };
    sound(&assigned());
    type Change = fn(&mut Event);
    let changes: [(&str, Change); 5] = [
        ("step_readers", |event| {
            if let Event::Assigned { parts, .. } = event {
                parts[0].codes.pop();
            }
        }),
        ("step_loads", |event| {
            if let Event::Assigned { rule: Some(rule), .. } = event {
                rule.most = Some(2);
            }
        }),
        ("step_drawn", |event| {
            if let Event::Assigned { rule: Some(rule), .. } = event {
                rule.seed = Some("4418".to_owned());
            }
        }),
        ("step_groups", |event| {
            if let Event::Assigned { rule: Some(rule), .. } = event {
                let of = &mut rule.groups.as_mut().unwrap().of;
                let code = of.keys().next().unwrap().clone();
                of.remove(&code);
            }
        }),
        // Two experts of one group change a packet each.
        ("step_anew", |event| {
            if let Event::Assigned { parts, .. } = event {
                let recused = |part: &pingshen::domain::assignment::Part, code| {
                    part.codes.contains(code) || part.recused.iter().any(|recusal| recusal.code == *code)
                };
                let (one, other) = (parts[0].clone(), parts[2].clone());
                let mine = one.codes.iter().find(|code| !recused(&other, *code)).unwrap().clone();
                let theirs = other.codes.iter().find(|code| !recused(&one, *code)).unwrap().clone();
                for (at, from, to) in [(0, &mine, &theirs), (2, &theirs, &mine)] {
                    parts[at].codes.retain(|code| code != from);
                    parts[at].codes.push(to.clone());
                    parts[at].codes.sort();
                }
            }
        }),
    ];
    for (what, change) in changes {
        let desk = assigned();
        Forger::of(&desk).rewrite(&desk, &|_, _, event| {
            change(event);
            true
        });
        finds(&desk, what);
    }
}
