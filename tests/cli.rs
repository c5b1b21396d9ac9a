//! The command line, run as people run it: a whole round, and what goes wrong.

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use common::{Desk, bundle, expected_scores, experts, sample, script, sheet};
use encoding_rs::GB18030;

#[expect(clippy::unwrap_used, reason = "what is not json ends the test")]
fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

/// Some of the lines of a script.
fn only(script: &str, wanted: impl Fn(&str) -> bool) -> String {
    script.split_inclusive('\n').filter(|line| wanted(line)).collect()
}

#[test]
fn a_whole_round_from_packets_to_the_list() {
    let desk = Desk::scored();
    let collected = desk.run(&["-C", "r", "collect", "r/outbox"]).ends(0);
    assert_eq!(collected.out.lines().count(), experts().len(), "{}", collected.out);
    assert!(collected.out.lines().all(|line| line.ends_with("收下")), "{}", collected.out);

    let ranked = json(&desk.run(&["-C", "r", "rank", "--format", "json"]).ends(0).out);
    let standing = ranked["standing"].as_array().unwrap();
    let mut expected: Vec<(String, i64)> = expected_scores().into_iter().collect();
    assert_eq!(standing.len(), expected.len());
    for place in standing {
        let score = place["score"].as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
        let (_, wanted) = expected.iter().find(|(code, _)| *code == place["code"].as_str().unwrap()).unwrap();
        assert_eq!(score, *wanted, "{place}");
    }
    expected.sort_by_key(|(_, score)| -*score);
    assert_eq!(standing[0]["code"], expected[0].0.as_str());
    assert_eq!(ranked["cut"]["quota"], 6);

    let exported = desk.run(&["-C", "r", "export", "shortlist", "--format", "md"]).ends(0);
    assert_eq!(exported.out.trim(), "r/exports/shortlist.md");
    assert!(
        exported.err.contains("下一步：pingshen -C r meet") && exported.err.contains("可以重复执行"),
        "{}",
        exported.err
    );
    let same = desk.run(&["-C", "r", "export", "shortlist", "--format", "json", "-o", "-"]).ends(0);
    assert_eq!(json(&same.out), ranked);

    let published = desk.run(&["-C", "r", "publish", "--names", &sample("names.csv")]).ends(0);
    let list = String::from_utf8(desk.read("r/exports/publish.csv")).unwrap();
    let above = ranked["cut"]["above"].as_array().unwrap();
    assert_eq!(list.lines().count(), 1 + above.len(), "{list}");
    assert!(!list.contains("A-"), "no codes on the list");
    let tied = ranked["cut"]["tied_at_line"].as_array().unwrap();
    assert!(tied.iter().all(|code| published.err.contains(code.as_str().unwrap())), "{}", published.err);

    let home = desk.run(&["-C", "r"]).ends(0);
    assert_eq!(home.out.matches("已完成").count(), 7, "{}", home.out);
    let status = json(&desk.run(&["-C", "r", "status", "--format", "json"]).ends(0).out);
    assert_eq!(status["rows"][0]["cells"]["E01"], "counts");
    let table = desk.run(&["-C", "r", "rank"]).ends(0);
    assert!(table.out.contains("名额线：不超过 6 家"), "{}", table.out);
    let first = standing[0]["code"].as_str().unwrap();
    let explained = desk.run(&["-C", "r", "rank", "--explain", first]).ends(0);
    assert!(explained.out.contains(" ÷ "), "{}", explained.out);
}

#[test]
fn the_same_step_again_changes_nothing() {
    let desk = Desk::scored();
    desk.run(&["-C", "r", "collect", "r/outbox"]).ends(0);
    let before = desk.read("r/round.db");
    let bundles: Vec<_> = experts().iter().map(|expert| desk.read(&bundle(expert))).collect();
    let again = desk.run(&["-C", "r", "collect", "r/outbox"]).ends(0);
    assert!(again.out.lines().all(|line| line.ends_with("已有，没有变化")), "{}", again.out);
    desk.run(&["-C", "r", "assign"]).ends(0);
    desk.run(&["-C", "r", "issue"]).ends(0);
    assert!(before == desk.read("r/round.db"), "the log has not moved");
    assert!(bundles.iter().zip(experts()).all(|(bytes, expert)| *bytes == desk.read(&bundle(&expert))));

    let desk = Desk::new();
    desk.run(&["new", "r", "--template", "ln-pilot-selection"]).ends(0);
    desk.run(&["-C", "r", "packets", &sample("packets")]).ends(0);
    let before = desk.read("r/round.db");
    let again = desk.run(&["-C", "r", "packets", &sample("packets")]).ends(0);
    assert!(again.out.lines().all(|line| line.contains("已有，内容相同")), "{}", again.out);
    assert!(before == desk.read("r/round.db"));
    desk.run(&["new", "r", "--template", "ln-pilot-selection"]).ends(73);
}

#[test]
fn the_good_packets_are_kept_and_the_others_named() {
    let desk = Desk::new();
    desk.run(&["new", "r", "--template", "ln-pilot-selection", "--quota", "6"]).ends(0);
    let packet = fs::read_to_string(sample("packets/A-01.json")).unwrap();
    desk.write("half.json", packet.lines().take(50).collect::<Vec<_>>().join("\n"));
    desk.write("bytes.json", b"\x80\x81\xff\x00");
    desk.write("named.json", packet.replacen("\"fields\": {", "\"fields\": {\n  \"unit.name\": \"甲大学\",", 1));
    desk.write("typo.json", packet.replacen("\"fields\": {", "\"fields\": {\n  \"grant.in_forse\": 3,", 1));
    desk.write("other.json", packet.replace("\"code\": \"A-01\"", "\"code\": \"../A-01\""));
    let good = sample("packets/A-01.json");
    let run = desk
        .run(&[
            "-C",
            "r",
            "packets",
            &good,
            "half.json",
            "bytes.json",
            "named.json",
            "typo.json",
            "other.json",
            "none.json",
        ])
        .ends(65);
    assert!(run.out.starts_with("A-01 新收"), "{}", run.out);
    for file in [
        "half.json，第 ",
        "bytes.json：",
        "named.json，fields.unit.name：",
        "typo.json，fields.grant.in_forse：",
        "other.json，code：",
        "none.json：",
    ] {
        assert!(run.err.contains(file), "{file}: {}", run.err);
    }
    assert!(run.err.contains("grant.in_force"), "what was meant: {}", run.err);
    desk.write("A-01.json", packet.replacen("true", "false", 1));
    let differs = desk.run(&["-C", "r", "packets", "A-01.json"]).ends(65);
    assert!(differs.err.contains("A-01 已经有了，内容不一样"), "{}", differs.err);
    desk.run(&["-C", "r", "packets", "none.json"]).ends(66);
    desk.run(&["-C", "r", "panel", &sample("panel.csv")]).ends(65);
}

#[test]
fn wrong_files_are_refused_with_what_and_where() {
    let desk = Desk::issued();
    let wrong = |args: &[&str], code: i32, says: &str| {
        let run = desk.run(args).ends(code);
        assert!(run.err.contains(says) || run.out.contains(says), "{args:?} {says}: {run:#?}");
    };
    desk.write("no-name.csv", "code,employer\nE01,某单位\n");
    desk.write("twice.csv", "code,name\nE01,甲\nE01,乙\n");
    desk.write("open.csv", "code,name\nE01,\"甲\n");
    let bytes = desk.read(&bundle("E01"));
    desk.write("cut.bundle", &bytes[..bytes.len() - 7]);
    let mut altered = bytes;
    let at = altered.len() / 2;
    altered[at] ^= 1;
    desk.write("altered.bundle", altered);
    wrong(&["-C", "r", "panel", "no-name.csv"], 65, "缺少一列：name");
    wrong(&["-C", "r", "panel", "twice.csv"], 65, "第 3 行，code：重复：E01");
    wrong(&["-C", "r", "panel", "open.csv"], 65, "表格读不通");
    wrong(&["-C", "r", "panel", "none.csv"], 66, "none.csv");
    wrong(&["-C", "r", "panel", &bundle("E01")], 65, "E01.bundle");
    wrong(&["score", "cut.bundle", "--list"], 65, "没有拷贝完整");
    wrong(&["score", "altered.bundle", "--dump"], 65, "内容被改动过");
    wrong(&["score", "none.bundle", "--list"], 66, "none.bundle");
    wrong(&["score", &sample("panel.csv"), "--list"], 65, "不是评审包");
    wrong(&["score", &bundle("E01"), "--draft", "r/round.db", "--dump"], 65, "round.db");
    wrong(&["-C", "r", "collect", &bundle("E01")], 65, "不是评分表");
    wrong(&["-C", "r", "collect", "none.sheet"], 66, "none.sheet");
    wrong(&["-C", "r", "rank"], 77, "先收评分表");
    wrong(&["-C", "r", "packets", &sample("packets")], 77, "评审包已经发出");
    wrong(&["-C", "nowhere", "rank"], 66, "没有评审轮次");
    wrong(&["new", "s", "--template", "nothing"], 2, "ln-pilot-selection");
    wrong(&["new", "s", "--template", "none.toml"], 66, "none.toml");
    wrong(&["new", "s", "--template", &sample("panel.csv")], 65, "读不通");
    assert!(!desk.path("s").exists(), "nothing is left of a round that was not made");
}

#[test]
fn templates_are_checked_line_by_line() {
    let desk = Desk::new();
    let shown = desk.run(&["template", "show", "ln-pilot-selection"]).ends(0).out;
    let own = desk.write("own.toml", &shown);
    let sound = desk.run(&["template", "check", &own]).ends(0);
    assert!(sound.out.contains("可以使用：5 个一级指标") && sound.out.contains("满分 100"), "{}", sound.out);
    let line = shown.lines().position(|line| line == "total = \"100\"").unwrap() + 1;
    desk.write("own.toml", shown.replace("total = \"100\"", "total = \"99\""));
    let wrong = desk.run(&["template", "check", &own]).ends(1);
    assert!(wrong.out.contains(&format!("第 {line} 行，total")), "{}", wrong.out);
    let report = json(&desk.run(&["template", "check", &own, "--format", "json"]).ends(1).out);
    assert_eq!((report["ok"].as_bool(), report["errors"][0]["line"].as_u64()), (Some(false), u64::try_from(line).ok()));
    desk.run(&["new", "r", "--template", &own]).ends(65);
    desk.write("own.toml", "schema = ");
    desk.run(&["template", "check", &own]).ends(65);
    let list = json(&desk.run(&["template", "list", "--format", "json"]).ends(0).out);
    assert_eq!(list[0]["id"], "ln-pilot-selection");
}

#[test]
fn a_round_without_a_quota_is_made_and_says_so() {
    let desk = Desk::new();
    let made = desk.run(&["new", "r", "--template", "ln-pilot-selection"]).ends(0);
    assert!(made.err.contains("没有名额"), "{}", made.err);
    desk.run(&["new", "s", "--template", "ln-pilot-selection", "--quota", "0"]).ends(2);
}

#[test]
fn a_panel_in_gb18030_with_chinese_titles_is_read() {
    let desk = Desk::new();
    desk.run(&["new", "r", "--template", "ln-pilot-selection", "--quota", "6"]).ends(0);
    desk.run(&["-C", "r", "packets", &sample("packets")]).ends(0);
    let text = "姓名,代号,单位,回避,,\r\n沈知远,E01,示例大学,A-03 合作；A-05,,\r\n陆怀瑾,E02,示例所,,,\r\n";
    desk.write("panel.csv", &*GB18030.encode(text).0);
    let run = desk.run(&["-C", "r", "panel", "panel.csv"]).ends(0);
    assert!(run.out.contains("沈知远") && run.out.contains("A-03 A-05"), "{}", run.out);
    assert!(run.err.contains("至少 5 位"), "{}", run.err);
}

#[test]
fn a_form_survives_what_wps_does_to_it() {
    let desk = Desk::issued();
    let (theirs, mine) = (bundle("E02"), bundle("E01"));
    desk.run(&["score", &mine, "--form", "F.csv"]).ends(0);
    desk.run(&["score", &mine, "--form", "F.csv"]).ends(73);
    desk.run(&["score", &mine, "--form", "F.csv", "--force"]).ends(0);
    let given: std::collections::BTreeMap<(String, String), common::Mark> = common::marks()
        .into_iter()
        .filter(|mark| mark.expert == "E01")
        .map(|mark| ((mark.code.clone(), mark.criterion.clone()), mark))
        .collect();
    let bytes = desk.read("F.csv");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[3..]);
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let header = rows.remove(0);
    for (at, row) in rows.iter_mut().enumerate() {
        let criterion = if row[1].is_empty() { "@overall".to_owned() } else { row[1].clone() };
        let mark = &given[&(row[0].clone(), criterion)];
        row[6] = match at % 4 {
            _ if row[1].is_empty() => mark.mark.clone(),
            0 => mark
                .mark
                .chars()
                .map(|c| if c == '.' { '．' } else { char::from_u32(u32::from(c) + 0xfee0).unwrap() })
                .collect(),
            1 => format!("{}分", mark.mark),
            2 if mark.mark.contains('.') => format!("{}0", mark.mark),
            _ => format!(" {} ", mark.mark),
        };
    }
    // Rows sorted the other way, columns moved and dropped, empty ones added.
    rows.reverse();
    rows.insert(0, header);
    let text: String = rows
        .iter()
        .map(|row| format!("{},{},{},\"{}\",,,\r\n", row[8], row[6], row[0], row[2].replace('"', "\"\"")))
        .chain(std::iter::once(",,,,,,\r\n".to_owned()))
        .collect();
    desk.write("W.csv", &*GB18030.encode(&text).0);
    let marks = given.values().count();
    let filled = desk.run(&["score", &mine, "--fill", "W.csv"]).ends(0);
    assert_eq!(filled.out.trim(), format!("读入 {marks} 处改动"));
    let again = desk.run(&["score", &mine, "--fill", "W.csv"]).ends(0);
    assert_eq!(again.out.trim(), "读入 0 处改动");
    let dumped = desk.run(&["score", &mine, "--dump"]).ends(0).out;
    let wanted = given
        .values()
        .filter(|mark| mark.criterion != "@overall")
        .map(|mark| format!("{} {} {}", mark.code, mark.criterion, mark.mark));
    let mut wanted: Vec<String> = wanted.collect();
    let mut got: Vec<String> = dumped.lines().map(str::to_owned).collect();
    wanted.sort();
    got.sort();
    assert_eq!(got, wanted);
    let foreign = desk.run(&["score", &theirs, "--fill", "W.csv"]).ends(65);
    assert!(foreign.err.contains("E01"), "{}", foreign.err);
    let off = text.replacen("分,", "1分,", 1);
    desk.write("W.csv", &*GB18030.encode(&off).0);
    let refused = desk.run(&["score", &mine, "--fill", "W.csv"]).ends(65);
    assert!(refused.err.contains("W.csv，第 "), "{}", refused.err);
}

#[test]
fn a_partial_sheet_waits_for_the_secretary() {
    let desk = Desk::issued();
    let mine = bundle("E01");
    let two = only(&script("E01"), |line| line.contains("A-01") || line.contains("A-02 A1 "));
    desk.feed(&["score", &mine, "--stdin"], two).ends(0);
    let refused = desk.run(&["score", &mine, "--seal"]).ends(1);
    assert!(refused.err.contains("A-02 缺 ") && refused.err.contains("A-03 一项都没有评"), "{}", refused.err);
    desk.run(&["score", &mine, "--seal", "--partial"]).ends(2);
    let sealed = desk.run(&["score", &mine, "--seal", "--partial", "--reason", "时间不够"]).ends(0);
    assert_eq!(sealed.out.trim(), sheet("E01"));
    assert!(sealed.err.contains("回执码："), "{}", sealed.err);
    let waits = desk.run(&["-C", "r", "collect", &sheet("E01")]).ends(0);
    assert!(waits.out.contains("尚未决定") && waits.err.contains("还没交：E02"), "{waits:#?}");
    desk.run(&["-C", "r", "rank"]).ends(77);
    desk.run(&["-C", "r", "collect", &sheet("E01"), "--partial", "count"]).ends(2);
    let counts = desk.run(&["-C", "r", "collect", &sheet("E01"), "--partial", "count", "--reason", "同意"]).ends(0);
    assert!(counts.out.contains("计入评完的"), "{}", counts.out);
    let ranked = desk.run(&["-C", "r", "rank", "--format", "csv"]).ends(0);
    assert!(ranked.out.contains("A-01,,1,") && ranked.out.contains("A-02,,0,"), "{}", ranked.out);
    assert!(ranked.err.contains("E02 不在内：未交"), "{}", ranked.err);
    let void = desk.run(&["-C", "r", "collect", &sheet("E01"), "--partial", "void", "--reason", "重评"]).ends(0);
    assert!(void.out.contains("作废"), "{}", void.out);
    desk.run(&["-C", "r", "rank"]).ends(77);
}

#[test]
fn a_correction_replaces_and_two_last_words_conflict() {
    let desk = Desk::scored();
    let mine = bundle("E01");
    let plain = desk.run(&["score", &mine, "--seal"]).ends(2);
    assert!(plain.err.contains("--correction"), "{}", plain.err);
    desk.feed(&["score", &mine, "--stdin"], "A-01 A1 0\n").ends(0);
    let corrected = desk.run(&["score", &mine, "--seal", "--correction", "看漏"]).ends(0);
    assert_eq!(corrected.out.trim(), "r/outbox/E01-2.sheet");
    let both = desk.run(&["-C", "r", "collect", "r/outbox/E01-2.sheet", &sheet("E01")]).ends(0);
    assert!(both.out.lines().next().unwrap().ends_with("收下") && both.out.contains("已被更正件替代"), "{}", both.out);
    // A second draft of the same bundle, under the same keys, knows nothing of the first.
    fs::copy(desk.path("r/outbox/E01.key"), desk.path("other.key")).unwrap();
    desk.feed(
        &["score", &mine, "--draft", "other.draft", "--stdin"],
        script("E01").replace("A-01 A1 ", "A-01 A1 0\n# "),
    )
    .ends(0);
    desk.run(&["score", &mine, "--draft", "other.draft", "--seal", "-o", "other.sheet"]).ends(0);
    let conflict = desk.run(&["-C", "r", "collect", "other.sheet"]).ends(0);
    assert!(conflict.out.contains("暂不计入") && conflict.err.contains("冲突"), "{conflict:#?}");
    let void = desk.run(&["-C", "r", "collect", "other.sheet", "--void", "--reason", "专家确认"]).ends(0);
    assert!(void.out.trim_end().ends_with("作废") && void.err.contains("计入 1/7"), "{void:#?}");
    // Under other keys it is not known to be the expert's at all.
    desk.feed(&["score", &mine, "--draft", "third.draft", "--stdin"], script("E01")).ends(0);
    desk.run(&["score", &mine, "--draft", "third.draft", "--seal", "-o", "third.sheet"]).ends(0);
    let strange = desk.run(&["-C", "r", "collect", "third.sheet"]).ends(65);
    assert!(strange.out.contains("签名用的不是 E01 已登记的密钥"), "{strange:#?}");
}

#[test]
fn a_second_window_is_refused_before_its_first_line() {
    let desk = Desk::issued();
    let mine = bundle("E01");
    let mut first = desk.command(&["score", &mine, "--stdin"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut lines = first.stdin.take().unwrap();
    lines.write_all(b"A-01 A1 1\n").unwrap();
    let mut answer = String::new();
    BufReader::new(first.stdout.take().unwrap()).read_line(&mut answer).unwrap();
    assert_eq!(answer, "ok A-01 A1 1\n", "answered while the pipe is still open");
    let second = desk.feed(&["score", &mine, "--stdin"], "A-01 A1 2\n").ends(77);
    assert!(second.out.is_empty() && second.err.contains("另一个窗口"), "{second:#?}");
    desk.run(&["score", &mine, "--seal"]).ends(77);
    assert_eq!(desk.run(&["score", &mine, "--dump"]).ends(0).out, "A-01 A1 1\n", "looking is allowed");
    first.kill().unwrap();
    first.wait().unwrap();
    desk.feed(&["score", &mine, "--stdin"], "A-01 A1 2\n").ends(0);
    assert_eq!(desk.run(&["score", &mine, "--dump"]).ends(0).out, "A-01 A1 2\n");
}

#[test]
fn every_line_is_answered_and_what_was_meant_is_kept() {
    let desk = Desk::issued();
    let mine = bundle("E03");
    let mut lines = "\u{feff}A-01 A1 １．５\r\n\r\n# 说明\r\nA-01 A2 2分\nA-01 B1 99\nA-01 A2 2.2\nA-11 A1 1\nA-01 Z9 1\nA-01 A1\n-\nundo\nredo\nredo\nclear A-01 A2\nA-01 A3 －1\n".to_owned().into_bytes();
    lines.extend_from_slice(b"\xff\xfe A1 1\n");
    lines.extend(vec![b'x'; 70_000]);
    lines.extend_from_slice("\nremark A-01 A1 \u{1b}[2J看过\nrecuse A-02 kin 亲属\nA-02 A1 1\nA-03 A1 1".as_bytes());
    let run = desk.feed(&["score", &mine, "--stdin"], lines).ends(65);
    let answers: Vec<&str> = run.out.lines().collect();
    let kinds: String = answers.iter().map(|line| if line.starts_with("ok ") { '+' } else { '-' }).collect();
    assert_eq!(kinds, "++------++-+---++-+", "{}", run.out);
    assert_eq!(answers[0], "ok A-01 A1 １．５");
    assert!(answers[2].starts_with("err A-01 B1 99 "), "{}", answers[2]);
    assert!(!run.out.contains('\u{1b}'));
    assert_eq!(desk.run(&["score", &mine, "--dump"]).ends(0).out, "A-01 A1 1.5\nA-03 A1 1\n");
    let list = desk.run(&["score", &mine, "--list"]).ends(0).out;
    assert!(list.starts_with("A-01 A1 0.5 ") && !list.contains("A-11"), "recused beforehand");
    assert_eq!(desk.run(&["score", &bundle("E04"), "--dump"]).ends(0).out, "", "no draft, nothing to say");
    assert!(!desk.path("r/outbox/E04.draft").exists());
}

#[test]
fn the_order_of_sheets_changes_no_byte_of_the_ranking() {
    let forth = Desk::scored();
    let back = Desk::scored();
    for expert in experts() {
        forth.run(&["-C", "r", "collect", &sheet(&expert)]).ends(0);
    }
    let mut files: Vec<String> = experts().iter().map(|expert| sheet(expert)).collect();
    files.rotate_left(3);
    files.reverse();
    let mut args = vec!["-C", "r", "collect"];
    args.extend(files.iter().map(String::as_str));
    back.run(&args).ends(0);
    for format in ["json", "csv"] {
        let one = forth.run(&["-C", "r", "rank", "--format", format]).ends(0).out;
        assert_eq!(one, forth.run(&["--lang", "en", "-C", "r", "rank", "--format", format]).ends(0).out);
        assert_eq!(one, back.run(&["-C", "r", "rank", "--format", format]).ends(0).out);
    }
}

#[test]
fn altered_and_foreign_sheets_are_refused_and_named() {
    let desk = Desk::scored();
    let mut bytes = desk.read(&sheet("E01"));
    let at = bytes.len() - 40;
    bytes[at] ^= 1;
    desk.write("altered.sheet", bytes);
    let other = Desk::new();
    other.run(&["demo", "--dir", "d", "--prepare"]).ends(0);
    fs::copy(other.path("d/meeting/inbox/E02.sheet"), desk.path("foreign.sheet")).unwrap();
    let run = desk.run(&["-C", "r", "collect", "altered.sheet", &sheet("E03"), "foreign.sheet"]).ends(65);
    let lines: Vec<&str> = run.out.lines().collect();
    assert!(lines[0].starts_with("altered.sheet：未收：内容被改动过"), "{}", run.out);
    assert!(lines[1].ends_with("收下"), "{}", run.out);
    assert!(lines[2].starts_with("foreign.sheet：未收：不是封给这一轮的"), "{}", run.out);
}

#[test]
fn names_must_fit_before_anything_is_published() {
    let desk = Desk::scored();
    desk.run(&["-C", "r", "collect", "r/outbox"]).ends(0);
    desk.write("few.csv", "code,name\nA-01,甲\n");
    desk.write("foreign.csv", "code,name\nB-01,甲\n");
    desk.run(&["-C", "r", "publish", "--names", "few.csv"]).ends(65);
    let foreign = desk.run(&["-C", "r", "publish", "--names", "foreign.csv"]).ends(65);
    assert!(foreign.err.contains("foreign.csv") && foreign.err.contains("B-01"), "{}", foreign.err);
    assert!(!desk.path("r/exports/publish.csv").exists());
}

#[test]
fn line_by_line_without_a_screen() {
    let desk = Desk::issued();
    let mine = bundle("E01");
    let run = desk.feed(&["score", &mine, "--plain"], "1\n\nabc\n99\n２．５\nｕ\n2\n？\nvote A-01 推荐\nq\n").ends(0);
    for says in ["得分？", "已存：A-01 A1 1", "\"abc\" 不是分数", "超过满分", "已撤销一步", "信用承诺书", "已全部存好"]
    {
        assert!(run.out.contains(says), "{says}: {}", run.out);
    }
    assert_eq!(desk.run(&["score", &mine, "--dump"]).ends(0).out, "A-01 A1 1\nA-01 A3 2\n");
    desk.feed(&["score", &mine, "--plain"], "").ends(0);
    let scored = Desk::issued();
    let rest = only(&script("E01"), |line| !line.starts_with("A-16 E4 "));
    scored.feed(&["score", &mine, "--stdin"], rest).ends(0);
    let handed = scored.feed(&["score", &mine, "--plain"], "1\ns\n15\ns\n16\n").ends(0);
    assert!(
        handed.out.contains("没有交卷") && handed.out.contains(&sheet("E01")) && handed.err.contains("回执码："),
        "{handed:#?}"
    );
}

#[test]
fn the_demonstration_is_laid_out_once() {
    let desk = Desk::new();
    let first = desk.run(&["demo", "--dir", "d", "--prepare"]).ends(0);
    assert_eq!(first.out, "d/expert/outbox/E03.bundle\nd/expert\nd/meeting\n");
    desk.feed(&["score", "d/expert/outbox/E03.bundle", "--stdin"], "A-16 E4 1\n").ends(0);
    desk.run(&["demo", "--dir", "d", "--prepare"]).ends(0);
    let dumped = desk.run(&["score", "d/expert/outbox/E03.bundle", "--dump"]).ends(0).out;
    assert!(dumped.ends_with("A-16 E4 1\n"), "marks given there are kept");
    let screen = desk.run(&["demo", "--dir", "d"]).ends(2);
    assert!(
        screen.err.contains("pingshen score d/expert/outbox/E03.bundle --plain")
            && screen.err.contains("pingshen -C d/meeting rank"),
        "{}",
        screen.err
    );
    let meeting = desk.run(&["-C", "d/meeting", "meet"]).ends(2);
    assert!(meeting.err.contains("pingshen -C d/meeting rank"), "{}", meeting.err);
    desk.run(&["score", "d/expert/outbox/E03.bundle"]).ends(2);
    let secretary = desk.run(&["demo", "--dir", "d", "--role", "secretary"]).ends(0);
    assert!(secretary.out.contains("收评分表"), "{}", secretary.out);
    desk.run(&["-C", "d/meeting", "publish", "--names", "d/names.csv"]).ends(0);
    let many = desk.run(&["demo", "--dir", "m", "--prepare", "--packets", "20"]).ends(0);
    assert!(many.out.starts_with("m/expert/"));
    let list = desk.run(&["score", "m/expert/outbox/E03.bundle", "--list"]).ends(0).out;
    assert!(list.starts_with("A-0001 A1 ") && list.contains("A-0020 "));
    desk.run(&["demo", "--dir", "m", "--prepare", "--packets", "21"]).ends(73);
    assert!(!desk.path("home/data").exists(), "nothing outside the folder named");
}

#[test]
fn both_languages_and_the_users_settings() {
    let desk = Desk::new();
    assert!(desk.run(&[]).ends(0).out.contains("这个文件夹里没有评审轮次"));
    assert!(desk.run(&["--lang", "en"]).ends(0).out.contains("pingshen demo"));
    assert!(desk.run(&["score", "--help"]).ends(0).out.contains("打分：打开评审包"));
    assert!(desk.run(&["score", "--help", "--lang=en"]).ends(0).out.contains("Score: open a bundle"));
    let unknown = desk.run(&["rank", "--fast"]).ends(2);
    assert!(unknown.err.contains("不认识的选项：--fast") && unknown.out.is_empty(), "{unknown:#?}");
    desk.run(&["--version"]).ends(0);
    desk.run(&["rank", "--format", "xml"]).ends(2);
    fs::create_dir_all(desk.path("home/config/pingshen")).unwrap();
    if !cfg!(target_os = "linux") {
        return;
    }
    desk.write("home/config/pingshen/settings.toml", "lang = \"en\"\n");
    assert!(desk.run(&[]).ends(0).out.contains("there is no round"));
    desk.write("home/config/pingshen/settings.toml", "langue = \"en\"\n");
    let told = desk.run(&[]).ends(0);
    assert!(told.err.contains("settings.toml，第 1 行") && told.out.contains("没有评审轮次"), "{told:#?}");
}
