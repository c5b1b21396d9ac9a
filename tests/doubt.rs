//! What stands beside a standing (`rank --doubt`, `tally --doubt`, `screen`), by
//! the binary: it agrees with the standing, changes nothing in it, and is the
//! same again.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what fails ends the test")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use common::{Desk, marks, sample};

fn json(run: &common::Run) -> Value {
    serde_json::from_str(&run.out).unwrap()
}

/// A round whose sheets are all in.
fn collected() -> Desk {
    let desk = Desk::scored();
    desk.run(&["-C", "r", "collect", "r/outbox"]).ends(0);
    desk
}

#[test]
fn a_round_says_what_its_places_rest_on() {
    let desk = collected();
    let before = desk.run(&["-C", "r", "rank", "--format", "json"]).ends(0).out;
    let table = desk.run(&["-C", "r", "rank", "--doubt"]).ends(0).out;
    let said = json(&desk.run(&["-C", "r", "rank", "--doubt", "--format", "json"]).ends(0));
    let csv = desk.run(&["-C", "r", "rank", "--doubt", "--format", "csv"]).ends(0).out;
    let english = desk.run(&["-C", "r", "--lang", "en", "rank", "--doubt"]).ends(0).out;
    // It is looked at, and nothing else.
    assert_eq!(desk.run(&["-C", "r", "rank", "--format", "json"]).ends(0).out, before);
    assert!(table.starts_with("一致性与存疑：仅供参考，不影响得分和排名\n"), "{table}");
    assert!(english.starts_with("Agreement and doubt: for reference only"), "{english}");
    for line in table.lines().chain(english.lines()) {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 100, "{line}");
    }
    let standing: Value = serde_json::from_str(&before).unwrap();
    let places = standing["standing"].as_array().unwrap();
    let panel = &said["panels"][0];
    let of_doubt: Vec<(&Value, &Value, &Value)> = panel["places"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| (&place["code"], &place["rank"], &place["score"]))
        .collect();
    let of_rank: Vec<(&Value, &Value, &Value)> =
        places.iter().map(|place| (&place["code"], &place["rank"], &place["score"])).collect();
    assert_eq!(of_doubt, of_rank);
    assert_eq!(csv.lines().count(), places.len() + 1);
    // Each expert is left out once; the standing that comes of it is the one that
    // marks without that expert have.
    let experts: BTreeSet<String> = common::experts().into_iter().collect();
    let left_out = panel["leave_one_out"].as_array().unwrap();
    assert_eq!(left_out.iter().map(|one| one["expert"].as_str().unwrap().to_owned()).collect::<BTreeSet<_>>(), experts);
    for one in left_out {
        let expert = one["expert"].as_str().unwrap();
        let mut csv = "application,expert,criterion,score\n".to_owned();
        for mark in marks().iter().filter(|mark| mark.expert != expert && mark.criterion != "@overall") {
            csv.push_str(&format!("{},{},{},{}\n", mark.code, mark.expert, mark.criterion, mark.mark));
        }
        desk.write("without.csv", csv);
        let anew =
            json(&desk.run(&["tally", "without.csv", "--template", "ln-pilot-selection", "--format", "json"]).ends(0));
        let scores: BTreeMap<&str, (&Value, &Value)> = anew[0]["standing"]
            .as_array()
            .unwrap()
            .iter()
            .map(|place| (place["code"].as_str().unwrap(), (&place["rank"], &place["score"])))
            .collect();
        for place in one["standing"].as_array().unwrap() {
            let code = place["code"].as_str().unwrap();
            assert_eq!(scores[code], (&place["rank"], &place["score"]), "without {expert}: {code}");
        }
    }
    // Every draw of seven experts, exactly.
    assert_eq!((&panel["resampling"]["draws"], &panel["resampling"]["exact"]), (&7u64.pow(7).into(), &true.into()));
}

#[test]
fn the_register_is_held_against_marks() {
    let desk = collected();
    // E01's employer applies as A-01, E02's as A-02.
    let names = std::fs::read_to_string(sample("names.csv")).unwrap();
    let named: Vec<String> = names
        .lines()
        .map(|line| match line.split(',').next() {
            Some("A-01") => "A-01,示例工业大学（虚构）".to_owned(),
            Some("A-02") => "A-02,示例专利代理有限公司（虚构）".to_owned(),
            _ => line.to_owned(),
        })
        .collect();
    desk.write("names.csv", named.join("\n"));
    let none = desk.run(&["-C", "r", "screen", "--names", &sample("names.csv")]).ends(0).out;
    assert!(none.contains("没有专家评过本单位的申报"), "{none}");
    let table = desk.run(&["-C", "r", "screen", "--names", "names.csv"]).ends(0).out;
    let row = |expert: &str| -> Vec<String> {
        let line = table.lines().find(|line| line.starts_with(expert)).unwrap();
        line.split_whitespace().map(str::to_owned).collect()
    };
    // By hand: the own total less the mean of the others' there, one mark.
    for (expert, code) in [("E01", "A-01"), ("E02", "A-02")] {
        let mut totals = common::totals().remove(code).unwrap();
        let own = totals.remove(expert).unwrap();
        let others = i64::try_from(totals.len()).unwrap();
        // Hundredths, rounded away from zero at a half.
        let over = (own * others - totals.values().sum::<i64>()) * 10;
        let near = (2 * over.abs() + others) / (2 * others) * over.signum();
        let shown = format!("{}{}.{:02}", if near < 0 { '-' } else { '+' }, near.abs() / 100, near.abs() % 100);
        let row = row(expert);
        assert_eq!((row[2].as_str(), row[3].as_str()), ("1", shown.as_str()), "{row:?}");
    }
    // Figures below zero are figures in a table to calculate with.
    let csv = desk.run(&["-C", "r", "screen", "--names", "names.csv", "--format", "csv"]).ends(0).out;
    assert!(!csv.contains('\''), "{csv}");
    // Whoever looks leaves a trace in the log.
    assert!(desk.run(&["-C", "r", "log"]).ends(0).out.contains("screen"));
}

/// Files in another order, rows in another order, marks written otherwise: the
/// same bytes, with seeded draws too.
#[test]
fn the_same_marks_are_doubted_alike() {
    let desk = Desk::new();
    let mut state = 11u32;
    let mut rows: Vec<String> = Vec::new();
    for application in 0..14 {
        for expert in 0..15 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            rows.push(format!("A{application:02},E{expert:02},x,{}", 60 + (state >> 24) % 31));
        }
    }
    let head = "application,expert,criterion,score\n";
    let rule = "[aggregation]\nscope = \"expert_total\"\nmethod = \"trimmed_mean\"\n[quota]\nkind = \"max\"\nn = 5\n";
    desk.write("rule.toml", rule);
    desk.write("one.csv", format!("{head}{}\n", rows.join("\n")));
    let doubt = |files: &[&str]| {
        let mut args = vec!["tally"];
        args.extend(files);
        args.extend(["--template", "rule.toml", "--doubt", "--format", "json"]);
        desk.run(&args).ends(0).out
    };
    let first = doubt(&["one.csv"]);
    let said: Value = serde_json::from_str(&first).unwrap();
    // 15^15 ways are too many to go through.
    let drawn = &said["panels"][0]["resampling"];
    assert_eq!(drawn["exact"], false);
    assert!(drawn["seed"].is_string() && drawn["draws"].as_u64().unwrap() >= 10_000, "{drawn}");
    rows.reverse();
    let wide: Vec<String> = rows.iter().map(|row| row.replace(",x,6", ",x,６").replace(",x,7", ",x,07")).collect();
    let wide: Vec<String> = wide.iter().map(|row| row.replace(",x,07", ",x,7") + ".0").collect();
    desk.write("b.csv", format!("{head}{}\n", wide[..50].join("\n")));
    desk.write("a.csv", format!("{head}{}\n", wide[50..].join("\n")));
    assert_eq!(doubt(&["b.csv", "a.csv"]), first);
    assert_eq!(doubt(&["a.csv", "b.csv"]), first);
}

/// What else the rule looks at (points given, a base, too few sheets, what is
/// dropped, keys) is no difference that experts make.
#[test]
fn strictness_changes_nothing_where_experts_do_not_differ() {
    let desk = Desk::new();
    let head = "application,expert,criterion,score\n";
    let line = "[quota]\nkind = \"max\"\nn = 1\n";
    desk.write("adjust.csv", "application,points\nQ,5\n");
    let even = "P,E1,x,80\nP,E2,x,80\nQ,E1,x,79\nQ,E2,x,79\n";
    let lone = "X,E1,x,99\nP,E1,x,80\nP,E2,x,80\nQ,E1,x,70\nQ,E2,x,70\n";
    let wide: String = (1..6).map(|e| format!("P,E{e},x,80\nQ,E{e},x,{}\n", if e == 5 { 99 } else { 79 })).collect();
    for (rows, method, more) in [
        (even, "mean", "--adjust=adjust.csv"),
        (lone, "mean", "--color=never"),
        (&wide, "trimmed_mean", "--color=never"),
    ] {
        desk.write("marks.csv", format!("{head}{rows}"));
        desk.write("rule.toml", format!("[aggregation]\nmethod = \"{method}\"\nmin_sheets = 2\n{line}"));
        let args = ["tally", "marks.csv", "--template", "rule.toml", "--doubt", "--format", "json", more];
        let model = json(&desk.run(&args).ends(0))["panels"][0]["severity"]["least_squares"].clone();
        assert_eq!((&model["enters"], &model["leaves"]), (&Value::Array(vec![]), &Value::Array(vec![])), "{rows}");
    }
    // Noise-free marks of which the plain means are in the wrong order.
    let strict = "A,e1,x,90\nA,e2,x,80\nB,e2,x,82\nB,e3,x,87\nC,e3,x,95\nC,e1,x,100\nD,e1,x,88\nD,e3,x,83\n";
    desk.write("marks.csv", format!("{head}{strict}"));
    desk.write("rule.toml", "[aggregation]\nmethod = \"mean\"\nmin_sheets = 1\n[quota]\nkind = \"max\"\nn = 2\n");
    let args = ["tally", "marks.csv", "--template", "rule.toml", "--doubt", "--format", "json"];
    let model = json(&desk.run(&args).ends(0))["panels"][0]["severity"]["least_squares"].clone();
    assert_eq!((&model["enters"], &model["leaves"]), (&serde_json::json!(["B"]), &serde_json::json!(["D"])));
}
