//! Amendments, run as people run them: each kind, the update an expert gets, the
//! sheets that came before, and what the standing becomes.

mod common;

use std::collections::BTreeMap;
use std::fs;

use common::{Desk, Run, bundle, expected_scores, experts, marks, sample, script, sheet};

#[expect(clippy::unwrap_used, reason = "what is not json ends the test")]
fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

fn amend(desk: &Desk, args: &[&str]) -> Run {
    desk.run(&[&["-C", "r", "amend"], args].concat())
}

fn collected() -> Desk {
    let desk = Desk::scored();
    desk.run(&["-C", "r", "collect", "r/outbox"]).ends(0);
    desk
}

/// A packet with one figure changed, as a file.
#[expect(clippy::unwrap_used, reason = "what is not there ends the test")]
fn corrected(desk: &Desk, code: &str) -> String {
    let text = fs::read_to_string(sample(&format!("packets/{code}.json"))).unwrap();
    let from = "\"lic.2021.open_published\": ";
    assert!(text.contains(from));
    desk.write(&format!("{code}.json"), text.replacen(from, &format!("{from}1"), 1))
}

#[expect(clippy::unwrap_used, reason = "what is not there ends the test")]
fn standing(desk: &Desk) -> BTreeMap<String, serde_json::Value> {
    let ranked = json(&desk.run(&["-C", "r", "rank", "--format", "json"]).ends(0).out);
    let places = ranked["standing"].as_array().unwrap();
    places.iter().map(|place| (place["code"].as_str().unwrap().to_owned(), place.clone())).collect()
}

#[test]
fn nothing_is_amended_before_bundles_are_out_or_without_a_reason() {
    let desk = Desk::new();
    desk.run(&["new", "r", "--template", "ln-pilot-selection", "--practice"]).ends(0);
    amend(&desk, &["withdraw", "A-07", "--reason", "x"]).ends(77);
    let desk = Desk::issued();
    amend(&desk, &["withdraw", "A-07"]).ends(2);
    assert_eq!(amend(&desk, &["list"]).ends(0).out, "没有更正\n");
}

#[test]
fn what_makes_no_sense_is_refused_and_the_same_twice_is_said() {
    let desk = Desk::issued();
    let first = amend(&desk, &["withdraw", "A-07", "--reason", "申报单位撤回"]).ends(0);
    assert!(first.out.starts_with("第 1 号更正：撤回 A-07"), "{}", first.out);
    let before = desk.read("r/round.db");
    let again = amend(&desk, &["withdraw", "A-07", "--reason", "申报单位撤回"]).ends(0);
    assert!(again.out.starts_with("第 1 号更正已经是这样"), "{}", again.out);
    let file = corrected(&desk, "A-07");
    desk.write("two.csv", "code,name\nE08,甲\nE09,乙\n");
    desk.write("e01.csv", "code,name\nE01,甲\n");
    desk.write("same.json", fs::read(sample("packets/A-12.json")).unwrap());
    for (args, code) in [
        (&["withdraw", "A-07", "--reason", "别的"][..], 77),
        (&["withdraw", "A-99", "--reason", "x"], 65),
        (&["correct", &file, "--reason", "x"], 77),
        (&["correct", "same.json", "--reason", "x"], 2),
        (&["add-expert", "two.csv", "--reason", "x"], 2),
        (&["add-expert", "e01.csv", "--reason", "x"], 65),
        (&["replace", "E99", "e01.csv", "--reason", "x"], 65),
        (&["replace", "E02", "e01.csv", "--reason", "x"], 65),
        (&["erratum", "Z9", "--text", "y", "--reason", "x"], 65),
        (&["erratum", "C1", "--text", " ", "--reason", "x"], 65),
        (&["void", "Z9", "--reason", "x"], 65),
        (&["quota", "6", "--reason", "x"], 2),
        (&["quota", "0", "--reason", "x"], 2),
        (&["accept", "E01", "--reason", "x"], 77),
        (&["ask", "E99", "--reason", "x"], 65),
    ] {
        amend(&desk, args).ends(code);
    }
    assert!(before == desk.read("r/round.db"), "nothing of it is in the log");
    amend(&desk, &["void", "C3", "--reason", "x"]).ends(0);
    amend(&desk, &["void", "C3", "--reason", "y"]).ends(77);
    amend(&desk, &["erratum", "C3", "--text", "z", "--reason", "x"]).ends(77);
}

#[test]
fn a_withdrawn_packet_is_in_no_standing_and_the_change_is_shown() {
    let desk = collected();
    let plain = desk.run(&["-C", "r", "rank", "--format", "json"]).ends(0).out;
    assert!(!plain.contains("amendments"), "a round without amendments has the bytes it had");
    let run = amend(&desk, &["withdraw", "A-10", "--reason", "x"]).ends(0);
    assert!(run.out.contains("A-10  1 -> -"), "{}", run.out);
    assert!(run.out.contains("A-05  2 -> 1"), "{}", run.out);
    assert_eq!(String::from_utf8(desk.read("r/exports/standing-before-1.json")).unwrap(), plain);
    let after = desk.run(&["-C", "r", "rank", "--format", "json"]).ends(0).out;
    assert_eq!(String::from_utf8(desk.read("r/exports/standing-after-1.json")).unwrap(), after);
    assert_eq!(json(&after)["amendments"][0]["kind"], "packet_withdrawn");
    assert!(!standing(&desk).contains_key("A-10"));
    let table = desk.run(&["-C", "r", "rank"]).ends(0);
    assert!(table.out.contains("第 1 号：撤回 A-10（x）"), "{}", table.out);
    for format in ["md", "csv"] {
        let export = desk.run(&["-C", "r", "export", "shortlist", "--format", format, "-o", "-"]).ends(0);
        assert!(export.out.contains("第 1 号：撤回 A-10"), "{}", export.out);
    }
    assert!(desk.run(&["-C", "r", "status"]).ends(0).out.lines().all(|line| !line.contains("A-10")));
}

#[test]
fn a_void_criterion_counts_for_nobody_and_the_quota_is_as_amended() {
    let desk = collected();
    let hundredths =
        |place: &serde_json::Value| place["score"].as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
    let before: BTreeMap<_, _> =
        standing(&desk).iter().map(|(code, place)| (code.clone(), hundredths(place))).collect();
    assert_eq!(before, expected_scores(), "until then it counts");
    amend(&desk, &["void", "C3", "--reason", "x"]).ends(0);
    amend(&desk, &["quota", "8", "--reason", "x"]).ends(0);
    // Worked out apart from the program: the marks without those on C3.
    let mut totals: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for mark in marks().into_iter().filter(|mark| !["@overall", "C3"].contains(&mark.criterion.as_str())) {
        let (whole, half) = mark.mark.split_once('.').unwrap_or((&mark.mark, "0"));
        let tenths = whole.parse::<i64>().unwrap() * 10 + half.parse::<i64>().unwrap();
        *totals.entry(mark.code).or_default().entry(mark.expert).or_default() += tenths;
    }
    let standing = standing(&desk);
    assert_eq!(standing.len(), totals.len());
    for (code, totals) in totals {
        let mut totals: Vec<i64> = totals.into_values().collect();
        totals.sort_unstable();
        let kept = &totals[1..totals.len() - 1];
        let (sum, count) = (kept.iter().sum::<i64>() * 10, i64::try_from(kept.len()).unwrap());
        let score = (2 * sum + count) / (2 * count);
        assert_eq!(standing[&code]["score"], format!("{}.{:02}", score / 100, score % 100), "{code}");
    }
    let ranked = json(&desk.run(&["-C", "r", "rank", "--format", "json"]).ends(0).out);
    assert_eq!(ranked["cut"]["quota"], 8);
    assert_eq!(ranked["amendments"].as_array().unwrap().len(), 2);
    let last = amend(&desk, &["void", "D5", "--reason", "x"]).ends(0);
    assert!(last.err.contains("同分比较次序里不再有 D5"), "{}", last.err);
}

#[test]
fn a_correction_asks_for_every_mark_it_touches_and_loses_none() {
    let desk = Desk::issued();
    for expert in ["E01", "E02"] {
        desk.feed(&["score", &bundle(expert), "--stdin"], script(expert)).ends(0);
    }
    let dump = desk.run(&["score", &bundle("E01"), "--dump"]).ends(0).out;
    let file = corrected(&desk, "A-12");
    let run = amend(&desk, &["correct", &file, "--reason", "漏录"]).ends(0);
    assert!(run.out.contains("更正 A-12") && run.out.contains("B5"), "{}", run.out);
    amend(&desk, &["erratum", "C1", "--text", "以文件为准", "--reason", "歧义"]).ends(0);
    let issued = desk.run(&["-C", "r", "issue", "--update"]).ends(0);
    assert!(issued.out.contains("E01-update-2.update"), "{}", issued.out);
    let again = desk.run(&["-C", "r", "issue", "--update"]).ends(0);
    assert_eq!(again.out.matches("已有，没有变化").count(), experts().len(), "{}", again.out);

    let list = desk.run(&["score", &bundle("E01"), "--list"]).ends(0);
    assert!(list.err.contains("第 1 号：更正 A-12"), "{}", list.err);
    assert_eq!(desk.run(&["score", &bundle("E01"), "--dump"]).ends(0).out, dump, "no mark is lost");
    let refused = desk.run(&["score", &bundle("E01"), "--seal"]).ends(1);
    assert!(refused.err.contains("材料更正后待复核 A-01 的 C1（第 2 号更正）"), "{}", refused.err);
    let said = desk.feed(&["score", &bundle("E01"), "--stdin"], "confirm A-12 B5\nconfirm A-12 B5\n").ends(65);
    assert!(said.out.starts_with("ok confirm A-12 B5\nerr confirm A-12 B5 "), "{}", said.out);
    // Line by line: what waits is asked again, and an empty line confirms it.
    let plain = desk.feed(&["score", &bundle("E01"), "--plain"], "\n".repeat(60)).ends(0);
    assert!(plain.out.contains("文字更正（第 2 号）：以文件为准"), "{}", plain.out);
    assert!(plain.out.contains("直接回车确认"), "{}", plain.out);
    desk.run(&["score", &bundle("E01"), "--seal"]).ends(0);
    let collected = desk.run(&["-C", "r", "collect", &sheet("E01")]).ends(0);
    assert!(collected.out.trim_end().ends_with("收下"), "{}", collected.out);

    // The update came by stick, from somewhere else.
    let update = "r/outbox/E02-update-2.update";
    fs::rename(desk.path(update), desk.path("by-stick.update")).unwrap();
    let merged = desk.run(&["score", &bundle("E02"), "--dump", "--update", "by-stick.update"]).ends(0);
    assert!(merged.err.contains("已并入更正"), "{}", merged.err);
    desk.run(&["score", &bundle("E02"), "--dump", "--update", "r/outbox/E03-update-2.update"]).ends(65);
}

#[test]
fn sheets_that_came_before_wait_until_they_are_accepted_or_revised() {
    let desk = collected();
    let before = standing(&desk);
    let file = corrected(&desk, "A-12");
    let run = amend(&desk, &["correct", &file, "--reason", "漏录"]).ends(0);
    assert!(run.err.contains("没有一份评分表可以计入"), "{}", run.err);
    desk.run(&["-C", "r", "rank"]).ends(77);
    let status = desk.run(&["-C", "r", "status"]).ends(0);
    assert_eq!(status.err.matches("交在第 1 号更正以前").count(), experts().len(), "{}", status.err);
    let asked = amend(&desk, &["ask", "E01", "--reason", "请再看"]).ends(0);
    assert!(asked.out.contains("请 E01 就第 1 号更正交更正件"), "{}", asked.out);
    assert!(amend(&desk, &["ask", "E01", "--reason", "请再看"]).ends(0).out.contains("已经这样记下了"));
    for expert in ["E02", "E03", "E04", "E05", "E06", "E07"] {
        amend(&desk, &["accept", expert, "--reason", "不影响"]).ends(0);
    }
    amend(&desk, &["accept", "E02", "--number", "9", "--reason", "x"]).ends(65);
    // The expert who was asked merges the update, looks again, and corrects.
    desk.run(&["-C", "r", "issue", "--update"]).ends(0);
    let told = desk.run(&["score", &bundle("E01"), "--dump"]).ends(0);
    assert!(told.err.contains("请交一份更正件"), "{}", told.err);
    desk.feed(&["score", &bundle("E01"), "--plain"], "\n".repeat(60)).ends(0);
    desk.run(&["score", &bundle("E01"), "--seal", "--correction", "材料已更正"]).ends(0);
    desk.run(&["-C", "r", "collect", "r/outbox/E01-2.sheet"]).ends(0);
    let after = standing(&desk);
    assert_eq!(before.len(), after.len());
    assert!(before.iter().all(|(code, place)| place["score"] == after[code]["score"]), "all marks stood");
    let run = amend(&desk, &["list"]).ends(0);
    assert!(run.out.contains("漏录") && run.err.is_empty(), "{run:?}");
}

#[test]
fn an_expert_joins_or_takes_anothers_place() {
    let desk = collected();
    amend(&desk, &["withdraw", "A-02", "--reason", "x"]).ends(0);
    amend(&desk, &["void", "C3", "--reason", "x"]).ends(0);
    desk.write("e08.csv", "code,name,recuse\nE08,赵一,A-11 同事\n");
    desk.write("e09.csv", "code,name\nE09,钱二\n");
    amend(&desk, &["add-expert", "e08.csv", "--reason", "缺专业"]).ends(0);
    let run = amend(&desk, &["replace", "E03", "e09.csv", "--reason", "生病"]).ends(0);
    assert!(run.out.contains("专家 E03 更换为 E09"), "{}", run.out);
    assert!(!standing(&desk).values().any(|place| place["expert_totals"].get("E03").is_some()), "E03 is out");
    assert!(amend(&desk, &["replace", "E03", "e09.csv", "--reason", "生病"]).ends(0).out.contains("已经是这样"));
    desk.write("e10.csv", "code,name\nE10,孙三\n");
    amend(&desk, &["replace", "E03", "e10.csv", "--reason", "生病"]).ends(77);
    desk.run(&["-C", "r", "issue", "--update"]).ends(0);
    assert!(!desk.path("r/outbox/E08-update-4.update").exists() || desk.path("r/outbox/E08.bundle").exists());
    let list = desk.run(&["score", &bundle("E08"), "--list"]).ends(0).out;
    assert!(!list.contains("A-02") && !list.contains("A-11") && !list.contains(" C3 "), "as things stand: {list}");
    let lines: String =
        list.lines().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ") + " 1\n").collect();
    desk.feed(&["score", &bundle("E08"), "--stdin"], lines).ends(0);
    desk.run(&["score", &bundle("E08"), "--seal"]).ends(0);
    let came = desk.run(&["-C", "r", "collect", &sheet("E08")]).ends(0);
    assert!(came.out.trim_end().ends_with("收下"), "{}", came.out);
    assert!(standing(&desk)["A-10"]["expert_totals"].get("E08").is_some());
    let log = amend(&desk, &["list"]).ends(0).out;
    assert!(!log.contains("赵一") && !log.contains("同事"), "no name and no reason of a recusal: {log}");
    let document = String::from_utf8(desk.read("r/outbox/amendment-3.signed")).unwrap();
    assert!(!document.contains("赵一") && !document.contains("同事"), "{document}");
}

#[test]
fn the_document_is_signed_and_names_the_one_before() {
    let desk = Desk::issued();
    amend(&desk, &["withdraw", "A-07", "--reason", "x"]).ends(0);
    amend(&desk, &["withdraw", "A-08", "--reason", "x"]).ends(0);
    let [first, second] = [1, 2].map(|number| desk.read(&format!("r/outbox/amendment-{number}.signed")));
    assert!(first.starts_with(b"pingshen/amendment/v1\nkey "));
    let body = |bytes: &[u8]| json(String::from_utf8(bytes.to_vec()).unwrap().lines().last().unwrap());
    assert_eq!(body(&first)["follows"], serde_json::Value::Null);
    assert_eq!(body(&second)["follows"], pingshen::base::Digest::of(&first).to_string());
    // One that is gone is written again, the very same.
    fs::remove_file(desk.path("r/outbox/amendment-1.signed")).unwrap();
    amend(&desk, &["withdraw", "A-07", "--reason", "x"]).ends(0);
    assert_eq!(desk.read("r/outbox/amendment-1.signed"), first);
}
