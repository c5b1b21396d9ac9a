//! `assign`, run as a secretary runs it: so many experts a packet, groups, fit,
//! what is impossible told by name, and the steps after it with parts of a
//! round only.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what can't be had ends the test, and what is skipped is said"
)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use common::{Desk, bundle, experts, sample, script, sheet};
use serde_json::Value;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// A round, `r`, of packets that say next to nothing and this panel.
fn round(codes: &[String], panel: &str) -> Desk {
    let desk = Desk::new();
    desk.run(&["new", "r", "--template", "ln-pilot-selection", "--quota", "2", "--practice"]).ends(0);
    fs::create_dir(desk.path("packets")).unwrap();
    for code in codes {
        let text = format!("{{\"code\": \"{code}\", \"fields\": {{\"unit.kind\": \"高等学校\"}}, \"sections\": []}}");
        desk.write(&format!("packets/{code}.json"), text);
    }
    desk.run(&["-C", "r", "packets", "packets"]).ends(0);
    desk.write("panel.csv", panel);
    desk.run(&["-C", "r", "panel", "panel.csv"]).ends(0);
    desk
}

fn named(prefix: &str, many: usize) -> Vec<String> {
    (1..=many).map(|n| format!("{prefix}{n:02}")).collect()
}

/// Ten packets and six experts in two groups.
fn grouped() -> Desk {
    let mut panel = "code,name,specialty,group,recuse\n".to_owned();
    for (n, (specialty, group)) in
        [("专利", "甲"), ("法律", "甲"), ("财务", "甲"), ("专利", "乙"), ("专利", "乙"), ("法律", "乙")]
            .iter()
            .enumerate()
    {
        panel += &format!("E{},某人{n},{specialty},{group},\n", n + 1);
    }
    round(&named("A", 10), &panel)
}

fn assign(desk: &Desk, args: &[&str]) -> common::Run {
    desk.run(&[&["-C", "r", "assign"], args].concat())
}

/// Experts of each packet.
fn readers(said: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let of = |of: &Value| of["experts"].as_array().unwrap().iter().map(|one| text(&one["expert"])).collect();
    said["applications"].as_array().unwrap().iter().map(|one| (text(&one["code"]), of(one))).collect()
}

#[test]
fn outside_cases_have_their_best_total_or_are_impossible() {
    let Some(cases) = common::shared("statistics/cases") else { return };
    let mut seen = 0;
    for entry in fs::read_dir(cases).unwrap() {
        let path = entry.unwrap().path();
        if !path.file_name().unwrap().to_string_lossy().starts_with("assign_") {
            continue;
        }
        let case = json(&fs::read_to_string(&path).unwrap());
        let input = &case["input"];
        let list = |name: &str| -> Vec<String> {
            input[name].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
        };
        let (codes, panel) = (list("applications"), list("experts"));
        let mut rows = "code,name,recuse\n".to_owned();
        for expert in &panel {
            let conflicts = input["conflicts"].as_array().unwrap().iter();
            let from: Vec<&str> =
                conflicts.filter(|pair| pair[1] == expert.as_str()).map(|pair| pair[0].as_str().unwrap()).collect();
            rows += &format!("{expert},某人,{}\n", from.join(";"));
        }
        let desk = round(&codes, &rows);
        let mut fit = "item,expert,points\n".to_owned();
        for (code, row) in codes.iter().zip(input["similarity"].as_array().unwrap()) {
            for (expert, points) in panel.iter().zip(row.as_array().unwrap()) {
                fit += &format!("{code},{expert},{points}\n");
            }
        }
        desk.write("fit.csv", fit);
        let (per, most) = (input["reviews_per_application"].to_string(), input["max_per_expert"].to_string());
        let run = assign(&desk, &["--per", &per, "--most", &most, "--fit", "fit.csv", "--format", "json"]);
        let said = json(&run.out);
        let feasible = case["expected"]["feasible"].as_bool().unwrap();
        assert_eq!((run.code, &said["possible"]), (i32::from(!feasible), &Value::Bool(feasible)), "{path:?}");
        if feasible {
            assert_eq!(said["total"], case["expected"]["optimal_total"], "{path:?}");
            let conflicts = input["conflicts"].as_array().unwrap();
            let readers = readers(&said);
            assert!(
                conflicts.iter().all(|pair| !readers[pair[0].as_str().unwrap()].contains(pair[1].as_str().unwrap()))
            );
        } else {
            for block in said["blocks"].as_array().unwrap() {
                assert!(block["wanted"].as_u64() > block["room"].as_u64(), "{block}");
            }
        }
        seen += 1;
    }
    assert!(seen >= 3, "{seen}");
}

#[test]
fn what_is_impossible_is_told_by_name_and_nothing_is_written() {
    let desk = round(&named("A", 4), "code,name,recuse\nE1,甲某,A01 合作;A02\nE2,乙某,A01\nE3,丙某,\n");
    let before = desk.read("r/round.db");
    let run = assign(&desk, &["--per", "2", "--most", "4"]).ends(1);
    for said in [
        "A01：每份要 2 位，共 2 次",
        "只有 1 次",
        "回避：E1 A01；E2 A01",
        "--per 降到 1",
        "增加能评它们的专家，至少 1 位",
        "回避是否都成立",
    ] {
        assert!(run.out.contains(said), "{said}: {}", run.out);
    }
    assert!(!run.out.contains("A03"), "only what is needed to see it: {}", run.out);
    let english = desk.run(&["--lang", "en", "-C", "r", "assign", "--per", "2", "--most", "4"]).ends(1);
    assert!(english.out.contains("A01: 2 experts each, 2 reads"), "{}", english.out);
    // 4 x 2 reads, three experts of two each; recusals change nothing there.
    let panel = "code,name\nE1,甲某\nE2,乙某\nE3,丙某\n";
    let other = round(&named("A", 4), panel);
    let run = assign(&other, &["--per", "2", "--most", "2"]).ends(1);
    assert!(run.out.contains("共 8 次") && run.out.contains("只有 6 次"), "{}", run.out);
    assert!(run.out.contains("--most 提高到 3") && !run.out.contains("回避"), "{}", run.out);
    // Nobody reads fewer than three, of eight reads in all.
    let run = assign(&other, &["--per", "2", "--least", "3", "--format", "json"]).ends(1);
    let said = json(&run.out);
    let block = &said["blocks"][0];
    assert_eq!(
        (&block["wants"], &block["wanted"], &block["room"], &said["enough"]["least"]),
        (&"experts".into(), &9.into(), &8.into(), &2.into())
    );
    assert_eq!(block["packets"].as_array().unwrap().len(), 4);
    assert_eq!(desk.read("r/round.db"), before);
}

/// A group without packets counts too: what is written always passes the audit.
#[test]
fn experts_without_packets_are_held_against_the_least() {
    let desk = round(&named("A", 2), "code,name,group\nE1,甲某,甲\nE2,乙某,乙\n");
    desk.write("groups.csv", "application,group\nA01,甲\nA02,甲\n");
    let before = desk.read("r/round.db");
    let args = ["--per", "1", "--most", "2", "--least", "1", "--groups", "groups.csv"];
    let run = assign(&desk, &args).ends(1);
    for said in ["乙：E2：每位至少 1 份，共 1 次", "只有 0 次", "没有一份材料能给他们评", "把 --least 降到 0"]
    {
        assert!(run.out.contains(said), "{said}: {}", run.out);
    }
    assert_eq!(desk.read("r/round.db"), before);
    assign(&desk, &["--per", "1", "--most", "2", "--least", "0", "--groups", "groups.csv"]).ends(0);
    desk.run(&["audit", "r"]).ends(0);
    // Three groups, two packets, drawn.
    let drawn = round(&named("A", 2), "code,name,group\nE1,甲某,甲\nE2,乙某,乙\nE3,丙某,丙\n");
    assign(&drawn, &["--per", "1", "--least", "1", "--groups", "draw", "--seed", "5"]).ends(1);
    assign(&drawn, &["--per", "1", "--groups", "draw", "--seed", "5"]).ends(0);
    drawn.run(&["audit", "r"]).ends(0);
}

/// The figures offered are enough for all packets, not just for those named.
#[test]
fn what_is_offered_is_enough_for_everything() {
    // A01 alone shows that one each is too little, but E3 may read nothing else
    // and so E1 and E2 share A02 to A04, which takes two each.
    let panel = "code,name,recuse\nE1,甲某,A01;A02\nE2,乙某,A01\nE3,丙某,A02;A03;A04;A05;A06\n";
    let desk = round(&named("A", 6), panel);
    let run = assign(&desk, &["--per", "1", "--most", "1", "--format", "json"]).ends(1);
    let said = json(&run.out);
    assert_eq!(said["enough"], serde_json::json!({"most": 3, "per": null, "least": null}));
    assign(&desk, &["--per", "1", "--most", "2", "--dry-run"]).ends(1);
    assign(&desk, &["--per", "1", "--most", "3", "--dry-run"]).ends(0);
    // A01 wants two and has one: no --most is enough, and none is offered.
    let run = assign(&desk, &["--per", "2", "--most", "2"]).ends(1);
    assert!(!run.out.contains("--most 提高"), "{}", run.out);
    let run = assign(&desk, &["--per", "2", "--most", "6", "--least", "2"]).ends(1);
    assert!(run.out.contains("单独改哪一项都分不下去"), "{}", run.out);
}

#[test]
fn the_same_again_and_rows_in_another_order_change_nothing() {
    let desk = grouped();
    let mut rows: Vec<String> = Vec::new();
    for (n, code) in named("A", 10).iter().enumerate() {
        rows.push(format!("{code},E{},{}", n % 6 + 1, n % 4));
        rows.push(format!("{code},E{},{}", (n + 3) % 6 + 1, n % 3));
    }
    desk.write("fit.csv", format!("application,expert,points\n{}\n", rows.join("\n")));
    rows.reverse();
    desk.write("turned.csv", format!("application,expert,points\r\n{}\r\n", rows.join("\r\n")));
    let args = |fit: &'static str| ["--per", "3", "--fit", fit, "--mix", "--seed", "20260301-4417", "--format", "json"];
    let first = assign(&desk, &args("fit.csv")).ends(0);
    let before = desk.read("r/round.db");
    let second = assign(&desk, &args("turned.csv")).ends(0);
    assert_eq!(first.out, second.out);
    assert_eq!(desk.read("r/round.db"), before);
    assert!(second.err.contains("与原来相同"), "{}", second.err);
    // Shown only, another one is not written; written, it is another one.
    let dry = assign(&desk, &["--per", "2", "--dry-run", "--format", "csv"]).ends(0);
    assert_eq!(dry.out.lines().next(), Some("application,expert,points"));
    assert_eq!(dry.out.lines().count(), 1 + 20);
    assert_eq!(desk.read("r/round.db"), before);
    let log = desk.run(&["-C", "r", "log", "--act", "assigned"]).ends(0);
    assert!(log.out.contains("每份 3 位") && log.out.contains("20260301-4417"), "{}", log.out);
    desk.run(&["audit", "r"]).ends(0);
    assign(&desk, &["--per", "2"]).ends(0);
    desk.run(&["audit", "r"]).ends(0);
}

#[test]
fn specialties_are_mixed_behind_fit_and_loads_are_even() {
    let desk = grouped();
    // Three specialties, and only E3 has 财务: five packets of ten at most.
    let said = json(&assign(&desk, &["--per", "3", "--mix", "--format", "json"]).ends(0).out);
    assert_eq!(said["alike"], 5);
    let said = json(&assign(&desk, &["--per", "3", "--most", "10", "--mix", "--format", "json"]).ends(0).out);
    assert_eq!(said["alike"], 0);
    let said = json(&assign(&desk, &["--per", "3", "--format", "json"]).ends(0).out);
    let loads: Vec<u64> = said["experts"].as_array().unwrap().iter().map(|one| one["load"].as_u64().unwrap()).collect();
    assert_eq!(loads, [5; 6]);
    // Fit comes first: two of one specialty where they fit best.
    desk.write("fit.csv", "application,expert,points\nA01,E4,９\nA01,E5,9\n");
    let said = json(&assign(&desk, &["--per", "2", "--mix", "--fit", "fit.csv", "--format", "json"]).ends(0).out);
    assert_eq!((&said["total"], &said["alike"]), (&18.into(), &1.into()));
    assert_eq!(readers(&said)["A01"], BTreeSet::from(["E4".to_owned(), "E5".to_owned()]));
}

#[test]
fn groups_are_drawn_by_the_seed_or_come_from_a_file() {
    let desk = grouped();
    let args = ["--groups", "draw", "--seed", "7", "--per", "2", "--format", "json"];
    let said = json(&assign(&desk, &args).ends(0).out);
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    let own: BTreeMap<String, String> = said["experts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["expert"].as_str().unwrap().to_owned(), one["group"].as_str().unwrap().to_owned()))
        .collect();
    for one in said["applications"].as_array().unwrap() {
        let group = one["group"].as_str().unwrap();
        *sizes.entry(group.to_owned()).or_default() += 1;
        assert!(one["experts"].as_array().unwrap().iter().all(|e| own[e["expert"].as_str().unwrap()] == group));
    }
    assert_eq!(sizes.into_values().collect::<Vec<_>>(), [5, 5]);
    desk.run(&["audit", "r"]).ends(0);
    // A draw wants its seed, a file every packet, and groups somebody is in.
    assign(&desk, &["--groups", "draw"]).ends(2);
    assign(&desk, &["--groups", "draw", "--seed", " "]).ends(2);
    assign(&desk, &["--most", "3"]).ends(2);
    let all: Vec<String> = named("A", 10).iter().map(|code| format!("{code},甲")).collect();
    desk.write("groups.csv", format!("application,group\n{}\n", all.join("\n")));
    let said = json(&assign(&desk, &["--groups", "groups.csv", "--format", "json"]).ends(0).out);
    assert!(readers(&said).values().all(|experts| experts.len() == 3));
    desk.write("groups.csv", "application,group\nA01,甲\nA02,丙\n");
    let run = assign(&desk, &["--groups", "groups.csv"]).ends(65);
    assert!(run.err.contains("groups.csv，第 3 行") && run.err.contains("丙"), "{}", run.err);
    desk.write("groups.csv", "application,group\nA01,甲\n");
    assert!(assign(&desk, &["--groups", "groups.csv"]).ends(65).err.contains("A02"));
    let plain = round(&named("A", 2), "code,name,group\nE1,甲某,甲\nE2,乙某,\n");
    let run = assign(&plain, &["--groups", "draw", "--seed", "7"]).ends(65);
    assert!(run.err.contains("没有组别：E2"), "{}", run.err);
    assign(&plain, &["--per", "1", "--mix"]).ends(2);
}

#[test]
fn a_round_goes_on_with_parts_of_it_only() {
    let desk = Desk::new();
    desk.run(&["new", "r", "--template", "ln-pilot-selection", "--quota", "6", "--practice"]).ends(0);
    desk.run(&["-C", "r", "packets", &sample("packets")]).ends(0);
    desk.run(&["-C", "r", "panel", &sample("panel.csv")]).ends(0);
    // E07 fits nothing, and five others have room for all there is.
    let mut fit = "application,expert,points\n".to_owned();
    for code in (1..=16).map(|n| format!("A-{n:02}")) {
        for expert in experts().iter().filter(|expert| *expert != "E07") {
            fit += &format!("{code},{expert},5\n");
        }
    }
    desk.write("fit.csv", fit);
    let run = assign(&desk, &["--per", "5", "--most", "16", "--fit", "fit.csv"]).ends(0);
    assert!(run.err.contains("不发评审包：E07") && run.out.contains("匹配度合计：400"), "{run:#?}");
    let issued = desk.run(&["-C", "r", "issue"]).ends(0);
    assert!(issued.err.contains("不发评审包：E07") && !desk.path("r/outbox/E07.bundle").exists(), "{issued:#?}");
    let said = json(&desk.run(&["-C", "r", "status", "--format", "json"]).ends(0).out);
    let cells: Vec<&str> = said["rows"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|row| row["cells"].as_object().unwrap().values())
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(cells.iter().filter(|cell| **cell == "outstanding").count(), 16 * 5, "{said}");
    for expert in experts().iter().filter(|expert| *expert != "E07") {
        let list = desk.run(&["score", &bundle(expert), "--list"]).ends(0).out;
        let mine: BTreeSet<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
        let own = |line: &&str| line.split_whitespace().take(2).any(|word| mine.contains(word));
        let lines: String = script(expert).lines().filter(own).map(|line| format!("{line}\n")).collect();
        desk.feed(&["score", &bundle(expert), "--stdin"], lines).ends(0);
        desk.run(&["score", &bundle(expert), "--seal"]).ends(0);
        desk.run(&["-C", "r", "collect", &sheet(expert)]).ends(0);
    }
    let collected = desk.run(&["-C", "r", "collect", &sheet("E01")]).ends(0);
    assert!(collected.err.contains("6/6") && !collected.err.contains("E07"), "{}", collected.err);
    let ranked = json(&desk.run(&["-C", "r", "rank", "--format", "json"]).ends(0).out);
    for place in ranked["standing"].as_array().unwrap() {
        assert_eq!(place["valid_sheets"], 5, "{place}");
        assert!(!place["flags"].to_string().contains("fewer_sheets"), "{place}");
    }
    // Who comes in E06's place reads what E06 read, and no more.
    desk.write("row.csv", "code,name,recuse\nE08,林某,A-01\n");
    desk.run(&["-C", "r", "amend", "replace", "E06", "row.csv", "--reason", "因病"]).ends(0);
    desk.run(&["-C", "r", "issue", "--update"]).ends(0);
    let before = desk.run(&["score", &bundle("E06"), "--list"]).ends(0).out;
    let after = desk.run(&["score", &bundle("E08"), "--list"]).ends(0).out;
    let codes = |list: &str| -> BTreeSet<String> {
        list.lines()
            .filter_map(|line| line.split_whitespace().next())
            .map(str::to_owned)
            .filter(|code| code != "A-01")
            .collect()
    };
    assert_eq!(codes(&before), codes(&after));
    desk.run(&["audit", "r"]).ends(0);
}

#[test]
fn packets_that_came_after_want_another_assignment() {
    let desk = grouped();
    assign(&desk, &["--per", "2"]).ends(0);
    desk.write("A99.json", "{\"code\": \"A99\", \"fields\": {\"unit.kind\": \"高等学校\"}, \"sections\": []}");
    desk.run(&["-C", "r", "packets", "A99.json"]).ends(0);
    let run = desk.run(&["-C", "r", "issue"]).ends(77);
    assert!(run.err.contains("pingshen assign"), "{}", run.err);
    assign(&desk, &["--per", "2"]).ends(0);
    desk.run(&["-C", "r", "issue"]).ends(0);
    assign(&desk, &["--per", "2"]).ends(0);
    assign(&desk, &["--per", "3"]).ends(77);
}
