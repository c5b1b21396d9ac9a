//! Groups made comparable, from the command line: off unless the rule asks for
//! it, with the raw score beside it, or the reason why not.

#![expect(clippy::unwrap_used, reason = "what fails ends the test")]

mod common;

use common::Desk;
use serde_json::Value;

const RULE: &str = "[aggregation]\nmethod = \"mean\"\nmin_sheets = 1\n";
const A: [u32; 12] = [9120, 8840, 8615, 8400, 8233, 8007, 7890, 7725, 7510, 7266, 7005, 6500];
const B: [u32; 10] = [9550, 9410, 9375, 9200, 9125, 9060, 9010, 8940, 8805, 8495];

fn marks(groups: &[(&str, &[u32])]) -> String {
    let mut out = "panel,application,expert,criterion,score\n".to_owned();
    for (group, scores) in groups {
        for (at, score) in scores.iter().enumerate() {
            out.push_str(&format!("{group},{group}-{at:02},E1,x,{}.{:02}\n", score / 100, score % 100));
        }
    }
    out
}

fn run(desk: &Desk, args: &[&str]) -> common::Run {
    let mut all = vec!["--lang", "en", "tally", "marks.csv", "--template", "rule.toml"];
    all.extend(args);
    desk.run(&all).ends(0)
}

fn panels(desk: &Desk, args: &[&str]) -> Vec<Value> {
    let args: Vec<&str> = args.iter().copied().chain(["--format", "json"]).collect();
    serde_json::from_str(&run(desk, &args).out).unwrap()
}

#[test]
fn a_combined_list_behind_the_panels_own() {
    let desk = Desk::new();
    desk.write("marks.csv", marks(&[("A", &A), ("B", &B)]));
    desk.write("rule.toml", RULE);
    let off = panels(&desk, &["--drawn"]);
    desk.write("rule.toml", format!("{RULE}cross_group = \"none\"\n"));
    assert_eq!(panels(&desk, &[])[1]["standing"], off[1]["standing"]);
    desk.write("rule.toml", format!("{RULE}[cross_group]\nmethod = \"t_score\"\n[quota]\nkind = \"max\"\nn = 3\n"));
    let on = panels(&desk, &["--drawn"]);
    assert_eq!(on.len(), 3);
    // The panels' own standings stay what they were, but for the line.
    assert_eq!((&on[0]["standing"], &on[1]["standing"]), (&off[0]["standing"], &off[1]["standing"]));
    let all = &on[2];
    assert_eq!((&all["panel"], &all["cross_group"]["applied"]), (&Value::from("*"), &Value::from(true)));
    let places: Vec<String> = all["standing"].as_array().unwrap()[..3]
        .iter()
        .map(|place| {
            ["rank", "code", "score", "raw", "group"].map(|key| place[key].to_string().replace('"', "")).join(" ")
        })
        .collect();
    assert_eq!(places, ["1 A-00 66.11 91.20 A", "2 B-00 65.33 95.50 B", "3 A-01 62.33 88.40 A"]);
    assert_eq!(all["cut"]["above"], serde_json::json!(["A-00", "B-00", "A-01"]));
    let csv = run(&desk, &["--drawn", "--format", "csv"]).out;
    assert!(csv.lines().next().unwrap().ends_with(",raw,group,dropped"));
    assert!(csv.contains("*,1,A-00,66.11,1,false,,") && csv.contains(",91.20,A,"), "{csv}");
    let table = run(&desk, &["--drawn"]).out;
    assert!(table.contains("All panels together") && table.contains("66.11"), "{table}");
}

#[test]
fn why_not_is_said_and_nothing_else_changes() {
    let desk = Desk::new();
    desk.write("marks.csv", marks(&[("A", &A), ("B", &B)]));
    desk.write("rule.toml", RULE);
    let off = run(&desk, &["--format", "csv"]).out;
    desk.write("rule.toml", format!("{RULE}[cross_group]\nmethod = \"z_score\"\n"));
    let undrawn = run(&desk, &["--format", "csv"]);
    assert_eq!(undrawn.out, off);
    assert!(undrawn.err.contains("not said to have been drawn"), "{}", undrawn.err);
    let all = &panels(&desk, &[])[2];
    assert_eq!(all["cross_group"], serde_json::json!({"method": "z_score", "applied": false, "why_not": "not_drawn"}));
    assert_eq!(all["standing"], serde_json::json!([]));
    desk.write("marks.csv", marks(&[("A", &A), ("B", &B[..9])]));
    assert!(run(&desk, &["--drawn"]).err.contains("group B has 9 results, fewer than 10"));
    desk.write("marks.csv", marks(&[("A", &A), ("B", &[8000; 10])]));
    assert!(run(&desk, &["--drawn"]).err.contains("group B are the same"));
    // One panel has nothing to be compared with.
    desk.write("marks.csv", marks(&[("A", &A)]));
    assert_eq!(panels(&desk, &["--drawn"]).len(), 1);
    for (rule, line) in
        [("[cross_group]\nmethod = \"rank\"\n", 5), ("cross_group = \"ratio\"\n[cross_group]\nmethod = \"none\"\n", 4)]
    {
        desk.write("rule.toml", format!("{RULE}{rule}"));
        let refused = desk.run(&["--lang", "en", "tally", "marks.csv", "--template", "rule.toml"]).ends(65);
        assert!(refused.err.contains(&format!("line {line}, ")), "{}", refused.err);
    }
}
