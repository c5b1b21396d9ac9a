//! Groups made comparable, from the command line: off unless the rule asks for
//! it, with the raw score beside it, or the reason why not.

#![expect(clippy::unwrap_used, reason = "what fails ends the test")]

mod common;

use std::fs;

use common::{Desk, bundle, sheet};
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

#[test]
fn a_place_of_the_combined_list_is_worked_out() {
    let desk = Desk::new();
    desk.write("marks.csv", marks(&[("A", &A), ("B", &B)]));
    desk.write("rule.toml", format!("{RULE}[cross_group]\nmethod = \"t_score\"\n[quota]\nkind = \"max\"\nn = 3\n"));
    let own = run(&desk, &["--drawn", "--explain", "B-00"]).out;
    for line in [
        "Code B-00, rank 1, score 95.50",
        "mean of the group: μ = 909.7 ÷ 10 = 90.97",
        // √(82842.72 / 10 - 90.97²), worked out apart.
        "standard deviation of the group: σ = √σ² = 2.95484348…",
        "comparable score: 50 + 10 × (95.5 - 90.97) ÷ 2.95",
        "65.33 (half up to 2 places)",
        "Place among all groups",
        "next above: A-00 (rank 1): score 66.11 there, 65.33 here",
        "next below: A-01 (rank 3): score 62.33 there, 65.33 here",
    ] {
        assert!(own.contains(line), "{line} in {own}");
    }
    let all: Vec<Value> =
        serde_json::from_str(&run(&desk, &["--drawn", "--explain", "B-00", "--panel", "*", "--format", "json"]).out)
            .unwrap();
    assert_eq!((&all[0]["rank"], &all[0]["score"]), (&Value::from(2), &Value::from("65.33")));
    assert_eq!(all[0]["cross_group"]["raw"], "95.5");
    assert_eq!(all[0]["place"]["cut"]["before"], 1);
    // Not drawn: as ever, and why.
    let raw = run(&desk, &["--explain", "B-00"]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(raw.contains("not said to have been drawn") && !raw.contains("Place among all groups"), "{raw}");
}

/// A round of two groups that were drawn, made comparable.
fn round() -> Desk {
    let desk = Desk::new();
    let template = common::repository().join("scoring-templates/ln-pilot-selection.toml");
    let template = fs::read_to_string(template).unwrap();
    let asked = template.replace("cross_group = \"none\"", "cross_group = \"t_score\"");
    assert_ne!(template, asked);
    desk.write("rule.toml", asked);
    desk.run(&["new", "r", "--template", "rule.toml", "--quota", "4", "--practice"]).ends(0);
    fs::create_dir(desk.path("packets")).unwrap();
    for code in 1..=20 {
        let text =
            format!("{{\"code\": \"A{code:02}\", \"fields\": {{\"unit.kind\": \"高等学校\"}}, \"sections\": []}}");
        desk.write(&format!("packets/A{code:02}.json"), text);
    }
    let mut panel = "code,name,group\n".to_owned();
    for number in 1..=6 {
        panel += &format!("E{number},某人{number},{}\n", if number % 2 == 0 { "甲" } else { "乙" });
    }
    desk.write("panel.csv", panel);
    desk.run(&["-C", "r", "packets", "packets"]).ends(0);
    desk.run(&["-C", "r", "panel", "panel.csv"]).ends(0);
    desk.run(&["-C", "r", "assign", "--groups", "draw", "--seed", "77"]).ends(0);
    desk.run(&["-C", "r", "issue"]).ends(0);
    for number in 1..=6usize {
        let expert = format!("E{number}");
        let mut script = String::new();
        let mut codes = std::collections::BTreeSet::new();
        let list = desk.run(&["--lang", "en", "score", &bundle(&expert), "--list"]).ends(0).out;
        for (at, line) in list.lines().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [code, criterion, _, max, ..] = words.as_slice() else { continue };
            let (Some(packet), Ok(max)) = (code.strip_prefix('A'), max.parse::<usize>()) else { continue };
            let packet: usize = packet.parse().unwrap();
            // Marks that differ by packet, by expert, and from line to line.
            let mark = max * (50 + (packet * 7 + number * 3 + at * packet) % 40) / 100;
            script += &format!("{code} {criterion} {mark}\n");
            codes.insert((*code).to_owned());
        }
        for code in codes {
            script += &format!("vote {code} recommend\nopinion {code} 可行。\n");
        }
        desk.feed(&["score", &bundle(&expert), "--stdin"], script).ends(0);
        desk.run(&["score", &bundle(&expert), "--seal"]).ends(0);
        desk.run(&["-C", "r", "collect", &sheet(&expert)]).ends(0);
    }
    desk
}

#[test]
fn a_round_explains_the_list_it_prints_and_doubts_no_other() {
    let desk = round();
    let said = |args: &[&str]| desk.run(&[&["--lang", "en", "-C", "r", "rank"], args].concat()).ends(0);
    let standing: Value = serde_json::from_str(&said(&["--format", "json"]).out).unwrap();
    assert_eq!(standing["cross_group"]["applied"], true);
    let places = standing["standing"].as_array().unwrap();
    let cut = |kind: &str| -> Vec<Value> { standing["cut"][kind].as_array().unwrap().clone() };
    for (at, place) in places.iter().enumerate() {
        let code = place["code"].as_str().unwrap();
        let one: Value = serde_json::from_str(&said(&["--explain", code, "--format", "json"]).out).unwrap();
        let one = &one[0];
        for key in ["rank", "score", "tied"] {
            assert_eq!(one[key], place[key], "{key} of {code}");
        }
        let side = match &place["code"] {
            code if cut("above").contains(code) => "above",
            code if cut("tied_at_line").contains(code) => "tied",
            _ => "below",
        };
        assert_eq!(one["place"]["cut"]["side"], side, "{code}");
        if let Some(next) = places.get(at + 1).filter(|next| next["rank"] != place["rank"]) {
            assert_eq!(one["place"]["below"]["code"], next["code"], "{code}");
        }
        let exact = |value: &Value| value.as_str().unwrap().parse::<f64>().unwrap();
        assert!((exact(&one["cross_group"]["raw"]) - exact(&place["raw"])).abs() < 1e-9, "{code}");
    }
    let page = said(&["--doubt"]).out;
    assert!(page.contains("Of raw scores, before groups were made comparable"), "{page}");
    assert!(!page.contains("Whichever expert is left out"), "{page}");
    let doubt: Value = serde_json::from_str(&said(&["--doubt", "--format", "json"]).out).unwrap();
    let panel = &doubt["panels"][0];
    assert_eq!(panel["of"], "raw");
    for part in ["cut", "leave_one_out", "resampling"] {
        assert_eq!(panel[part], serde_json::json!({"undefined": "comparable-scores"}), "{part}");
    }
    assert_eq!(panel["places"][0]["above_line"], Value::Null);
    assert!(panel["agreement"]["icc"].is_object());
}
