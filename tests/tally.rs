//! `tally` from the command line: published results, hostile rows, shuffled
//! rows, and an oracle that shares nothing with it but the rule.
//!
//! Real panels lie beside the sources and are not part of them; where they are
//! not found, that is said and nothing is tested. A few published figures stand
//! here themselves.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::format_collect,
    clippy::as_conversions,
    reason = "what fails ends the test, and what is skipped is said"
)]

mod common;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use num_rational::Ratio;
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

use common::shared;

const HEAD: &str = "panel,application,expert,criterion,score\n";

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A folder of its own, with what is run in it.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn rule(&self, text: &str) -> PathBuf {
        self.file("rule.toml", text)
    }

    fn run(&self, args: &[&dyn AsRef<std::ffi::OsStr>]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pingshen"));
        command.current_dir(self.0.path()).args(["--lang", "en", "tally"]);
        command.args(args.iter().map(AsRef::as_ref)).output().unwrap()
    }

    fn json(&self, args: &[&dyn AsRef<std::ffi::OsStr>]) -> Vec<Value> {
        let mut all = args.to_vec();
        all.extend([&"--format" as &dyn AsRef<_>, &"json"]);
        let output = self.run(&all);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Places by panel and code.
    fn places(&self, args: &[&dyn AsRef<std::ffi::OsStr>]) -> HashMap<(String, String), Value> {
        let mut out = HashMap::new();
        for panel in self.json(args) {
            let name = panel["panel"].as_str().unwrap().to_owned();
            for place in panel["standing"].as_array().unwrap() {
                out.insert((name.clone(), place["code"].as_str().unwrap().to_owned()), place.clone());
            }
        }
        out
    }
}

/// What a refused run says, with its exit code.
fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(65), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

type Row = BTreeMap<String, String>;

fn table(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let row =
        |line: &str| header.iter().map(|name| (*name).to_owned()).zip(line.split(',').map(str::to_owned)).collect();
    lines.map(row).collect()
}

fn key(row: &Row) -> (String, String) {
    (row["panel"].clone(), row["item"].clone())
}

/// Exact arithmetic on what stands in a table: ten thousandths.
fn units(text: &str) -> i64 {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    sign * format!("{whole}{part:0<4}").parse::<i64>().unwrap()
}

fn decimal(units: i64) -> String {
    let sign = if units < 0 { "-" } else { "" };
    format!("{sign}{}.{:04}", units.unsigned_abs() / 10_000, units.unsigned_abs() % 10_000)
}

/// Every published component, component score, technical score, total and rank.
#[test]
fn figure_skating_as_published() {
    let Some(data) = shared("statistics/datasets/figure_skating") else { return };
    let (aspects, items) = (table(&data.join("official_aspects.csv")), table(&data.join("official_items.csv")));
    let marks = data.join("component_scores.csv");
    let rule = here("tests/rules/figure-skating.toml");
    let desk = Desk::new();
    let mut factors = "panel,item,criterion,factor,base\n".to_owned();
    for row in &aspects {
        let base = if row["factor"].is_empty() { row["panel_score"].as_str() } else { "" };
        factors.push_str(&format!("{},{},{},{},{base}\n", row["panel"], row["item"], row["criterion"], row["factor"]));
    }
    // Elements as criteria with a base, and elements as points given.
    let only = |want: fn(&Row) -> i64| -> String {
        let rows = items.iter().map(|row| format!("{},{},{}\n", row["panel"], row["item"], decimal(want(row))));
        std::iter::once("panel,item,points\n".to_owned()).chain(rows).collect()
    };
    let parts = only(|row| -units(&row["deductions"]));
    let whole = only(|row| units(&row["tes"]) - units(&row["deductions"]));
    let bare: String = factors
        .lines()
        .filter(|line| line.ends_with(',') || line.ends_with("base"))
        .map(|line| format!("{line}\n"))
        .collect();
    for (by_element, factors, adjusts) in [(true, &factors, &parts), (false, &bare, &whole)] {
        let factors = desk.file("factors.csv", factors);
        let adjusts = desk.file("adjusts.csv", adjusts);
        let places = desk.places(&[&marks, &"--template", &rule, &"--factors", &factors, &"--adjust", &adjusts]);
        assert_eq!(places.len(), items.len());
        for row in &items {
            let place = &places[&key(row)];
            assert_eq!(place["score"], row["total"].as_str(), "{row:?}");
            assert_eq!(place["rank"].to_string(), row["rank"], "{row:?}");
            assert_eq!(place["dimensions"]["PCS"], row["pcs"].as_str(), "{row:?}");
            if by_element {
                assert_eq!(place["dimensions"]["TES"], row["tes"].as_str(), "{row:?}");
            }
        }
        for row in aspects.iter().filter(|row| !row["factor"].is_empty()) {
            let place = &places[&key(row)];
            assert_eq!(place["criteria"][&row["criterion"]], row["panel_score"].as_str(), "{row:?}");
        }
        eprintln!("figure skating: {} items, {} aspects", items.len(), aspects.len());
    }
}

/// Every published dive, its rank, and every running total with its rank.
#[test]
fn diving_as_published() {
    let Some(data) = shared("statistics/datasets/diving") else { return };
    let rule = here("tests/rules/diving.toml");
    let (official, scores) = (table(&data.join("official.csv")), table(&data.join("scores.csv")));
    let desk = Desk::new();
    let rank = |place: &Value| format!("{}{}", if place["tied"] == true { "=" } else { "" }, place["rank"]);
    // Once dive by dive, once up to each dive.
    let rounds: Vec<String> = official
        .iter()
        .map(|row| row["criterion"].clone())
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    let stage = |row: &Row, running: bool| -> Vec<String> {
        let at = rounds.iter().position(|round| *round == row["criterion"]).unwrap();
        let to = if running { &rounds[at..] } else { &rounds[at..=at] };
        to.iter().map(|round| format!("{}/{round}", row["panel"])).collect()
    };
    for (running, score, place) in [(false, "dive_points", "dive_rank"), (true, "running_total", "running_rank")] {
        let mut marks = "panel,item,criterion,expert,score\n".to_owned();
        for row in &scores {
            for panel in stage(row, running) {
                marks.push_str(&format!(
                    "{panel},{},{},{},{}\n",
                    row["item"], row["criterion"], row["expert"], row["score"]
                ));
            }
        }
        let mut factors = "item,criterion,panel,factor\n".to_owned();
        for row in &official {
            for panel in stage(row, running) {
                factors.push_str(&format!("{},{},{panel},{}\n", row["item"], row["criterion"], row["difficulty"]));
            }
        }
        let (marks, factors) = (desk.file("marks.csv", &marks), desk.file("factors.csv", &factors));
        let places = desk.places(&[&marks, &"--template", &rule, &"--factors", &factors]);
        for row in &official {
            let found = &places[&(format!("{}/{}", row["panel"], row["criterion"]), row["item"].clone())];
            assert_eq!(found["score"], row[score].as_str(), "{row:?}");
            assert_eq!(rank(found), row[place], "{row:?}");
            if !running {
                assert_eq!(found["criteria"][&row["criterion"]], row["dive_points"].as_str());
            }
        }
    }
    eprintln!("diving: {} dives", official.len());
}

/// The calculation on paper: equals that are dropped, a factor, a base, a
/// deduction, and each step as json; the same whatever the order of rows.
#[test]
fn a_score_is_worked_out_step_by_step() {
    let desk = Desk::new();
    let rule = desk.rule(
        "[aggregation]\nscope = \"criterion\"\nmethod = \"trimmed_mean\"\ntrim_high = 1\ntrim_low = 1\n\
         trim_min_scores = 5\nfallback = \"plain\"\nmin_sheets = 2\nround_criterion = 2\nround_scale = 1\n\
         round_mode = \"half_up\"\nrank_style = \"1224\"\n",
    );
    let marks = [("A", "9 8 8 7 7"), ("B", "9 9 9 8 8"), ("C", "9")];
    let mut rows: Vec<String> = Vec::new();
    for (code, marks) in marks {
        for (number, mark) in marks.split(' ').enumerate() {
            rows.push(format!("p,{code},J{number},x,{mark}\n"));
        }
    }
    let text = |rows: &[String]| std::iter::once(HEAD.to_owned()).chain(rows.iter().cloned()).collect::<String>();
    let file = desk.file("marks.csv", &text(&rows));
    rows.reverse();
    let turned = desk.file("turned.csv", &text(&rows));
    let factors = desk.file("factors.csv", "criterion,factor,base\nx,0.3,1.25\n");
    let adjusts = desk.file("adjusts.csv", "application,points\nA,-0.5\n");
    let explain = |file: &PathBuf, code: &str, more: &[&'static str]| {
        let mut args: Vec<&dyn AsRef<std::ffi::OsStr>> =
            vec![file, &"--template", &rule, &"--factors", &factors, &"--adjust", &adjusts, &"--explain"];
        args.push(&code);
        args.extend(more.iter().map(|one| one as &dyn AsRef<std::ffi::OsStr>));
        desk.run(&args)
    };
    let output = explain(&file, "A", &[]);
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(output.status.success(), "{said}");
    let flat = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in [
        "dropped: highest J0 9, lowest J3 7 (J3, J4 are equal at 7; J3 by code)",
        "8 + 8 + 7 = 23",
        "mean: 23 ÷ 3 = 7.6666… (23/3) → 7.67 (half up)",
        "times the factor: 7.67 × 0.3 = 2.301",
        "with the base: 2.301 + 1.25 = 3.551",
        "3.551 - 0.5 = 3.051",
        "Score: 3.051 → 3.1 (half up to 1 places)",
        "next above: B (rank 1): score 3.9 there, 3.1 here",
    ] {
        assert!(flat.contains(line), "{line}\n{said}");
    }
    assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");
    assert_eq!(explain(&turned, "A", &[]).stdout, output.stdout);
    let none = String::from_utf8(explain(&file, "C", &[]).stdout).unwrap();
    assert!(none.contains("marks for x: 1; fewer than 2 give no result"), "{none}");
    let json = explain(&file, "A", &["--format", "json", "--panel", "p"]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    let step = &json[0]["parts"][0]["steps"][2];
    assert_eq!((step["result"].as_str(), step["rounded"]["to"].as_str()), (Some("23/3"), Some("7.67")));
    assert_eq!(json[0]["score"], "3.1");
    for (code, more) in [("Z", &[][..]), ("A", &["--panel", "q"]), ("A", &["--format", "csv"])] {
        refused(&explain(&file, code, more));
    }
}

/// Every jury's points. Where ranks are equal in sum the organiser's order is by a
/// rule it does not publish, so among those only which points were given is held.
#[test]
fn juries_as_published() {
    let Some(data) = shared("statistics/datasets/eurovision") else { return };
    let official: HashMap<(String, String), String> = table(&data.join("official_jury_points.csv"))
        .iter()
        .map(|row| (key(row), row["jury_points"].clone()))
        .collect();
    let ranks = table(&data.join("juror_ranks.csv"));
    let desk = Desk::new();
    for (rule, years) in [("jury-2016", 2016..=2017), ("jury-2018", 2018..=2022)] {
        let mut marks = "panel,item,criterion,expert,score\n".to_owned();
        for row in ranks.iter().filter(|row| years.contains(&row["panel"][..4].parse().unwrap())) {
            marks.push_str(&format!(
                "{},{},{},{},{}\n",
                row["panel"], row["item"], row["criterion"], row["expert"], row["score"]
            ));
        }
        let marks = desk.file("marks.csv", &marks);
        let panels = desk.json(&[&marks, &"--template", &here(&format!("tests/rules/{rule}.toml"))]);
        let (mut plain, mut among_equals) = (0, 0);
        for panel in &panels {
            let name = panel["panel"].as_str().unwrap();
            let points =
                |place: &Value| official[&(name.to_owned(), place["code"].as_str().unwrap().to_owned())].clone();
            let mut equals: Vec<(String, String)> = Vec::new();
            let mut even = false;
            for place in panel["standing"].as_array().unwrap() {
                let (ours, theirs) = (place["score"].as_str().unwrap().to_owned(), points(place));
                if place["tied"] == true || place["tie_break"] != Value::Null {
                    even |= place["tied"] == true;
                    equals.push((ours, theirs));
                } else {
                    assert_eq!(ours, theirs, "{name} {place}");
                    plain += 1;
                }
            }
            among_equals += equals.len();
            let (mut ours, mut theirs): (Vec<_>, Vec<_>) = equals.into_iter().unzip();
            ours.sort();
            theirs.sort();
            // What is equal in every rank shares the place and its points.
            assert!(even || ours == theirs, "{name}: {ours:?} {theirs:?}");
        }
        assert!(plain > 0);
        eprintln!("{rule}: {} juries, {plain} songs equal as text, {among_equals} among equals", panels.len());
    }
}

/// A few published figures: women's short programme and men's free skating at
/// Skate Canada 2016, component marks as the ISU's judges details print them.
#[test]
fn rounding_on_the_way_is_part_of_the_rule() {
    let desk = Desk::new();
    // Panel scores 9.07 9.11 9.07 8.96 8.86 at a factor of 0.80: 36.07 when each
    // product is rounded, 36.06 when the sum is.
    let rows = [("CO", "9.07"), ("IN", "9.11"), ("PE", "9.07"), ("SS", "8.96"), ("TR", "8.86")];
    let marks: String = rows.iter().map(|(id, mark)| format!("gpcan2016-IDSD,S05,panel,{id},{mark}\n")).collect();
    let marks = desk.file("marks.csv", &format!("{HEAD}{marks}"));
    let factors = desk.file("factors.csv", "factor,panel\n0.80,gpcan2016-IDSD\n");
    let rule = here("tests/rules/figure-skating.toml");
    let places = desk.places(&[&marks, &"--template", &rule, &"--factors", &factors]);
    assert_eq!(places.values().next().unwrap()["score"], "36.07");
    let once = fs::read_to_string(rule).unwrap().replace("round_criterion = 2\nround_factored = 2\n", "");
    let places = desk.places(&[&marks, &"--template", &desk.rule(&once), &"--factors", &factors]);
    assert_eq!(places.values().next().unwrap()["score"], "36.06");
}

/// ISU 2016/17: 7.125 is published as 7.13; the same to the even neighbour is 7.12.
#[test]
fn a_half_goes_where_the_rule_says() {
    let desk = Desk::new();
    let marks: String =
        ["7", "7.25", "7", "7.25"].iter().zip(1..).map(|(mark, judge)| format!(",A,J{judge},SS,{mark}\n")).collect();
    let marks = desk.file("marks.csv", &format!("{HEAD}{marks}"));
    for (how, score) in [("half_up", "7.13"), ("half_even", "7.12"), ("down", "7.12")] {
        let rule =
            desk.rule(&format!("[aggregation]\nscope = \"criterion\"\nmethod = \"mean\"\nround_mode = \"{how}\"\n"));
        assert_eq!(desk.places(&[&marks, &"--template", &rule]).values().next().unwrap()["score"], score);
    }
}

const TWO: &str = "[aggregation]\nscope = \"criterion\"\nmethod = \"mean\"\nmin_sheets = 1\n";

/// Stages, styles, directions, weights, chains: each a line of data.
#[test]
fn rules_are_data() {
    let desk = Desk::new();
    // Scores of the semifinal are taken over, at half their worth.
    let marks =
        desk.file("marks.csv", &format!("{HEAD}x-final,A,E,c,10\nx-final,B,E,c,11\nx-semi,A,E,c,8\nx-semi,B,E,c,4\n"));
    let rule = desk.rule(&format!("{TWO}[[carry]]\nfrom = \"*-semi\"\nto = \"*-final\"\nfactor = \"0.5\"\n"));
    let places = desk.places(&[&marks, &"--template", &rule]);
    assert_eq!(places[&("x-final".to_owned(), "A".to_owned())]["score"], "14.00");
    assert_eq!(places[&("x-final".to_owned(), "B".to_owned())]["rank"], 2);
    let circle = desk.rule(&format!(
        "{TWO}[[carry]]\nfrom = \"*-semi\"\nto = \"*-final\"\n[[carry]]\nfrom = \"*-final\"\nto = \"*-semi\"\n"
    ));
    refused(&desk.run(&[&marks, &"--template", &circle]));

    // 92.50, 88, 88.0, 75.25 in all four styles, and the other way round.
    let marks = desk.file("marks.csv", &format!("{HEAD},A,E,c,92.5\n,B,E,c,88\n,C,E,c,88.0\n,D,E,c,75.25\n"));
    for (style, ranks) in
        [("1224", "1 2 2 4"), ("dense", "1 2 2 3"), ("1334", "1 3 3 4"), ("fractional", "1 2.5 2.5 4")]
    {
        let rule = desk.rule(&format!("{TWO}rank_style = \"{style}\"\n"));
        let panel = &desk.json(&[&marks, &"--template", &rule])[0];
        let said: Vec<String> =
            panel["standing"].as_array().unwrap().iter().map(|place| place["rank"].to_string()).collect();
        assert_eq!(said.join(" "), ranks);
    }
    let rule = desk.rule(&format!("{TWO}direction = \"ascending\"\n"));
    assert_eq!(desk.json(&[&marks, &"--template", &rule])[0]["standing"][0]["code"], "D");

    // Weights that must make 1; what falls short is refused.
    let weights = |last: &str| {
        format!("{TWO}factor_sum = \"1\"\n[factors]\nw = \"0.30\"\nx = \"0.30\"\ny = \"0.20\"\nz = \"{last}\"\n")
    };
    let mut rows = HEAD.to_owned();
    for (code, scores) in [
        ("A", ["85.333", "90.1", "77.77", "81"]),
        ("B", ["85.34", "90.09", "77.76", "81.02"]),
        ("C", ["85", "90", "78", "81.385"]),
    ] {
        for (id, score) in ["w", "x", "y", "z"].iter().zip(scores) {
            rows.push_str(&format!(",{code},E,{id},{score}\n"));
        }
    }
    let marks = desk.file("marks.csv", &rows);
    for scope in ["criterion", "expert_total"] {
        let rule = desk.rule(&weights("0.20").replace("criterion\"", &format!("{scope}\"")));
        let places = desk.places(&[&marks, &"--template", &rule]);
        let score = |code: &str| places[&(String::new(), code.to_owned())]["score"].as_str().unwrap().to_owned();
        assert_eq!([score("A"), score("B"), score("C")], ["84.38", "84.39", "84.38"]);
    }
    refused(&desk.run(&[&marks, &"--template", &desk.rule(&weights("0.19"))]));

    // A chain of keys, and what is left of it to the meeting.
    let mut rows = HEAD.to_owned();
    for (code, marks) in [
        ("A01", ["26", "25", "35.5"]),
        ("A02", ["27", "24", "35.5"]),
        ("A03", ["27", "25", "34.5"]),
        ("A04", ["30", "30", "26.49"]),
        ("A05", ["27", "25", "34.5"]),
    ] {
        for (id, mark) in ["c1", "c2", "rest"].iter().zip(marks) {
            rows.push_str(&format!(",{code},E,{id},{mark}\n"));
        }
    }
    let marks = desk.file("marks.csv", &rows);
    let rule = desk.rule(&format!("{TWO}[tie_break]\norder = [\"c1\", \"c2\"]\n[quota]\nkind = \"max\"\nn = 1\n"));
    let panel = &desk.json(&[&marks, &"--template", &rule])[0];
    let said: Vec<String> = panel["standing"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| format!("{} {}", place["code"], place["rank"]))
        .collect();
    assert_eq!(said, ["\"A03\" 1", "\"A05\" 1", "\"A02\" 3", "\"A01\" 4", "\"A04\" 5"]);
    assert_eq!(panel["cut"]["tied_at_line"], serde_json::json!(["A03", "A05"]));
    refused(&desk.run(&[&marks, &"--template", &desk.rule(&format!("{TWO}[tie_break]\norder = [\"c9\"]\n"))]));
}

/// The other scope has another winner; an empty score is none, and no zero.
#[test]
fn scope_and_missing_marks() {
    let desk = Desk::new();
    let lots = [
        ("A", ["24 25 16 16", "16 21 16 17", "16 23 16 15", "19 15 14 15", "15 14 16 21"]),
        ("B", ["15 17 13 18", "16 15 20 20", "15 22 24 13", "22 19 12 13", "12 19 25 15"]),
    ];
    let mut rows = HEAD.to_owned();
    for (code, sheets) in lots {
        for (sheet, expert) in sheets.iter().zip(1..) {
            for (mark, criterion) in sheet.split(' ').zip(1..) {
                rows.push_str(&format!(",{code},E{expert},c{criterion},{mark}\n"));
            }
        }
    }
    let marks = desk.file("marks.csv", &rows);
    let rule = fs::read_to_string(here("tests/rules/default.toml")).unwrap();
    for (scope, a, b) in [("criterion", "68.67", "68.00"), ("expert_total", "68.67", "69.33")] {
        let rule = desk.rule(&rule.replace("\"expert_total\"", &format!("\"{scope}\"")));
        let places = desk.places(&[&marks, &"--template", &rule]);
        let of = |code: &str| places[&(String::new(), code.to_owned())].clone();
        assert_eq!((&of("A")["score"], &of("B")["score"]), (&a.into(), &b.into()));
    }
    // A sixth expert left one criterion blank: that total does not count, and is named.
    let partial = desk.file("marks.csv", &format!("{rows},A,E6,c1,25\n,A,E6,c2,25\n,A,E6,c3,25\n,A,E6,c4,\n"));
    let places = desk.places(&[&partial, &"--template", &here("tests/rules/default.toml")]);
    let place = &places[&(String::new(), "A".to_owned())];
    assert_eq!((&place["score"], &place["valid_sheets"]), (&"68.67".into(), &5.into()));
    assert_eq!(place["flags"], serde_json::json!(["partial_sheet:E6"]));
    assert!(place["expert_totals"].get("E6").is_none());
    // A criterion nobody marked: no result, and it says which.
    let gone = desk.file("gone.csv", &format!("{HEAD},A,E,c,1\n,A,E,d,1\n,B,E,c,1\n,B,E,d,\n"));
    let places = desk.places(&[&gone, &"--template", &desk.rule(TWO)]);
    let place = &places[&(String::new(), "B".to_owned())];
    assert_eq!((&place["rank"], &place["score"]), (&Value::Null, &Value::Null));
    assert_eq!(place["flags"], serde_json::json!(["missing_criterion:d"]));
}

/// The built-in template by its id: its criteria, its maxima, its grid.
#[test]
fn a_scoring_template_is_held_to() {
    let desk = Desk::new();
    let row = |criterion: &str, mark: &str| format!("application,expert,criterion,score\nA,E,{criterion},{mark}\n");
    for (text, line) in [(row("Z9", "1"), 2), (row("A1", "99"), 2), (row("A1", "0.25"), 2)] {
        let marks = desk.file("marks.csv", &text);
        let said = refused(&desk.run(&[&marks, &"--template", &"ln-pilot-selection"]));
        assert!(said.contains("marks.csv") && said.contains(&format!("{line}")), "{said}");
    }
}

#[test]
fn what_is_no_mark_is_refused_with_file_and_line() {
    let desk = Desk::new();
    let rule = desk.rule(TWO);
    let good = desk.file("good.csv", &format!("{HEAD}p,A,E1,c,1\n"));
    for odd in [
        "1e5",
        "1_00",
        "NaN",
        "-0",
        "-1",
        "+1",
        "1.00001",
        "99999999",
        "9999999999999999999999",
        "inf",
        "0x10",
        "1 0",
        "--",
    ] {
        let bad = desk.file("bad.csv", &format!("{HEAD}p,A,E2,c,1\np,A,E3,c,{odd}\n"));
        let said = refused(&desk.run(&[&good, &bad, &"--template", &rule]));
        assert!(said.contains("bad.csv") && said.contains('3'), "{odd}: {said}");
    }
    // The same mark again, in another file, in other words, or blank.
    for again in ["p,A,E1,c,1", "p, A ,E1,c,1.0", "p,A,E1,c,", "p,\"A\",E1,c,9"] {
        let bad = desk.file("bad.csv", &format!("{HEAD}{again}\n"));
        let said = refused(&desk.run(&[&good, &bad, &"--template", &rule]));
        assert!(said.contains("bad.csv") && said.contains("p A E1 c"), "{again}: {said}");
    }
    // Another panel is another mark.
    let other = desk.file("bad.csv", &format!("{HEAD}q,A,E1,c,1\n"));
    assert!(desk.run(&[&good, &other, &"--template", &rule]).status.success());
    // Factors and adjustments too.
    for (name, text) in [
        ("--factors", "criterion,factor\nc,1e5\n"),
        ("--adjust", "application,points\nA,-0\n"),
        ("--factors", "criterion,factor\nc,1\nc,1\n"),
    ] {
        let bad = desk.file("beside.csv", text);
        let said = refused(&desk.run(&[&good, &"--template", &rule, &name, &bad]));
        assert!(said.contains("beside.csv"), "{said}");
    }
    let empty = desk.0.path().join("empty");
    fs::create_dir(&empty).unwrap();
    refused(&desk.run(&[&empty, &"--template", &rule]));
    let missing = desk.run(&[&"nothing.csv", &"--template", &rule]);
    assert_eq!(missing.status.code(), Some(66));
}

/// Sums and factors as large as can be typed end in a refusal or in a figure,
/// never in a wrong one.
#[test]
fn the_largest_figures() {
    let desk = Desk::new();
    let marks = desk.file("marks.csv", &format!("{HEAD},A,E1,c,999999.9999\n,A,E2,c,999999.9999\n"));
    let rule = desk.rule("[aggregation]\nscope = \"criterion\"\nmethod = \"sum\"\nmin_sheets = 1\nround_scale = 4\n");
    assert_eq!(desk.places(&[&marks, &"--template", &rule]).values().next().unwrap()["score"], "1999999.9998");
    let large = desk.file("factors.csv", "criterion,factor\nc,999999.999999\n");
    let place = desk.places(&[&marks, &"--template", &rule, &"--factors", &large]);
    // 1,999,999.9998 x 999,999.999999 = 1,999,999,999,797.9999980000002…
    assert_eq!(place.values().next().unwrap()["score"], "1999999999798.0000");
}

// ---- The order of things, and an oracle -----------------------------------------

type Exact = Ratio<i128>;

#[derive(Debug, Clone)]
struct Lot {
    /// Mark by application, expert, criterion, in half points.
    marks: Vec<(usize, usize, usize, i64)>,
    low: usize,
    high: usize,
    from: usize,
    places: u32,
    median: bool,
}

fn any_lot() -> impl Strategy<Value = Lot> {
    (1usize..=5, 1usize..=8, 1usize..=3).prop_flat_map(|(applications, experts, criteria)| {
        let all: Vec<_> = (0..applications)
            .flat_map(|a| (0..experts).flat_map(move |e| (0..criteria).map(move |c| (a, e, c))))
            .collect();
        let marks = proptest::collection::vec(proptest::option::weighted(0.9, 0i64..=6), all.len());
        (marks, 0usize..=2, 0usize..=2, 0usize..=6, 0u32..=3, any::<bool>(), Just(all)).prop_map(
            |(marks, low, high, from, places, median, all)| Lot {
                marks: all.into_iter().zip(marks).filter_map(|((a, e, c), mark)| Some((a, e, c, mark?))).collect(),
                low,
                high,
                from: from.max(low + high + 1),
                places,
                median,
            },
        )
    })
}

impl Lot {
    fn rule(&self) -> String {
        let (method, drops) = if self.median {
            ("median", String::new())
        } else {
            (
                "trimmed_mean",
                format!("trim_low = {}\ntrim_high = {}\ntrim_min_scores = {}\n", self.low, self.high, self.from),
            )
        };
        format!(
            "[aggregation]\nscope = \"criterion\"\nmethod = \"{method}\"\n{drops}min_sheets = 1\nround_scale = {}\ncriteria = \"own\"\n",
            self.places
        )
    }

    /// The score of an application, worked out slowly.
    fn score(&self, application: usize) -> Option<Exact> {
        let mut total = None;
        for criterion in 0..3 {
            let mut marks: Vec<i64> = self
                .marks
                .iter()
                .filter(|(a, _, c, _)| (*a, *c) == (application, criterion))
                .map(|(.., mark)| *mark)
                .collect();
            marks.sort_unstable();
            if marks.is_empty() {
                continue;
            }
            let value = if self.median {
                let middle = marks.len() / 2;
                if marks.len() % 2 == 1 {
                    Ratio::new(i128::from(marks[middle]), 2)
                } else {
                    Ratio::new(i128::from(marks[middle - 1] + marks[middle]), 4)
                }
            } else {
                let enough = marks.len() >= self.from && marks.len() > self.low + self.high;
                let kept = if enough { &marks[self.low..marks.len() - self.high] } else { &marks[..] };
                Ratio::new(kept.iter().map(|mark| i128::from(*mark)).sum(), 2 * i128::try_from(kept.len()).unwrap())
            };
            total = Some(total.unwrap_or_else(|| Ratio::from_integer(0)) + value);
        }
        let unit = Ratio::from_integer(10i128.pow(self.places));
        total.map(|total: Exact| (total * unit + Ratio::new(1, 2)).floor() / unit)
    }
}

fn exact(text: &str) -> Exact {
    Ratio::new(i128::from(units(text)), 10_000)
}

/// Roundings, keys and fallbacks that an outside oracle found were not kept.
#[test]
fn every_key_is_kept_in_every_scope() {
    let desk = Desk::new();
    let score = |rule: &str, marks: &str, code: &str| {
        let (rule, marks) = (desk.rule(rule), desk.file("marks.csv", &format!("{HEAD}{marks}")));
        desk.places(&[&marks, &"--template", &rule]).remove(&(String::new(), code.to_owned())).unwrap()
    };
    let total = "[aggregation]\nscope = \"expert_total\"\nmin_sheets = 1\n";
    // A mark is rounded where no factor is given too.
    let place = score(&format!("{total}method = \"mean\"\nround_mark = 0\n"), ",A,E1,x,1.5\n,A,E1,y,1.5\n", "A");
    assert_eq!(place["score"], "4.00");
    // Too few for dropping: the median, as the rule says.
    let few = ",A,E1,x,1\n,A,E2,x,2\n,A,E3,x,9\n";
    for scope in ["expert_total", "criterion"] {
        let rule = format!("[aggregation]\nscope = \"{scope}\"\nfallback = \"median\"\n");
        let place = score(&rule, few, "A");
        assert_eq!((&place["score"], &place["flags"][0]), (&Value::from("2.00"), &Value::from("plain_statistic")));
        let five = format!("{few},A,E4,x,3\n,A,E5,x,100\n");
        assert_eq!(score(&rule, &five, "A")["score"], "4.67", "{scope}");
    }
    // Without a result there is no order but that of the codes.
    let rule = desk.rule(&format!("{TWO}[tie_break]\norder = [\"x\"]\n[[carry]]\nfrom = \"q\"\nto = \"p\"\n"));
    let marks = desk.file("marks.csv", &format!("{HEAD}p,B,E,x,9\np,A,E,x,1\nq,C,E,x,1\n"));
    let panels = desk.json(&[&marks, &"--template", &rule]);
    assert_eq!(
        (&panels[0]["standing"][0]["code"], &panels[0]["standing"][0]["rank"]),
        (&Value::from("A"), &Value::Null)
    );
    // Who left everything blank gave no sheet.
    let own = format!("{total}method = \"mean\"\ncriteria = \"own\"\n");
    assert_eq!(score(&own, ",A,E1,x,\n,A,E2,x,\n,B,E1,x,1\n", "A")["valid_sheets"], 0);
    // Totals are compared one by one though a criterion has a base alone.
    let rule = desk.rule(&format!("{total}method = \"mean\"\n[tie_break]\norder = [\"count_back\"]\n"));
    let marks = desk.file("marks.csv", &format!("{HEAD},A,E1,x,2\n,A,E2,x,2\n,B,E1,x,1\n,B,E2,x,3\n"));
    let factors = desk.file("factors.csv", "criterion,base,factor\nz,1,1\n");
    let places = desk.places(&[&marks, &"--template", &rule, &"--factors", &factors]);
    assert_eq!(places[&(String::new(), "B".to_owned())]["rank"], 1);
    assert_eq!(places[&(String::new(), "B".to_owned())]["tie_break"], "count_back");
    // Sums of unequal panels are not compared, whichever criteria each has.
    let sums = format!("{total}method = \"sum\"\ncriteria = \"own\"\n");
    let unequal = ",A,E1,x,5\n,A,E2,x,5\n,A,E3,x,5\n,B,E1,y,9\n,B,E2,y,5\n";
    let place = score(&sums, unequal, "B");
    assert_eq!((&place["score"], &place["flags"][0]), (&Value::Null, &Value::from("fewer_sheets")));
    assert_eq!(score(&sums, unequal, "A")["score"], "15.00");
    // A mark that others have is missing, whatever base is added to it.
    let given = |rule: &str, marks: &str, factors: &str, code: &str| {
        let (rule, marks) = (desk.rule(rule), desk.file("marks.csv", &format!("{HEAD}{marks}")));
        let factors = desk.file("factors.csv", factors);
        let all: [&dyn AsRef<std::ffi::OsStr>; 5] = [&marks, &"--template", &rule, &"--factors", &factors];
        desk.places(&all).remove(&(String::new(), code.to_owned())).unwrap()
    };
    let rows = ",A,E1,x,5\n,A,E1,y,6\n,B,E1,y,9\n";
    let place = given(TWO, rows, "criterion,factor,base\nx,1,1.5\nz,1,2\n", "B");
    assert_eq!((&place["score"], &place["flags"][0]), (&Value::Null, &Value::from("missing_criterion:x")));
    // What nobody has a mark for is its base alone.
    assert_eq!(given(TWO, rows, "criterion,factor,base\nx,1,1.5\nz,1,2\n", "A")["score"], "14.50");
    // A base alone is no result either.
    let own = TWO.replace("min_sheets", "criteria = \"own\"\nmin_sheets");
    let place = given(&own, ",P,E1,x,\n,Q,E1,x,7\n", "application,criterion,factor,base\nP,z,1,3\n", "P");
    assert_eq!((&place["score"], &place["flags"][0]), (&Value::Null, &Value::from("too_few_sheets")));
    // Keys and sums have the bases that the score has.
    for scope in [total, TWO] {
        let rule = format!("{scope}[groups]\nG = [\"x\"]\n[tie_break]\norder = [\"x\"]\n");
        let rule =
            if rule.contains("method") { rule } else { rule.replace("min_sheets", "method = \"mean\"\nmin_sheets") };
        let factors = "application,criterion,factor,base\nA,x,1,1\nB,y,1,1\n";
        let place = given(&rule, ",A,E1,x,5\n,A,E1,y,6\n,B,E1,x,6\n,B,E1,y,5\n", factors, "A");
        assert_eq!((&place["tied"], &place["dimensions"]["G"]), (&Value::Bool(true), &Value::from("6.00")), "{scope}");
    }
    // The calculation goes the way of the score.
    for rule in [
        format!("{total}method = \"mean\"\nround_mark = 1\nmark_values = {{ \"1\" = \"8.57\" }}\n"),
        format!("{total}method = \"mean\"\nround_mark = 1\nround_expert_total = 1\n"),
    ] {
        let mark = if rule.contains("mark_values") { "1" } else { "8.57" };
        let marks = desk.file("marks.csv", &format!("{HEAD},A,E1,x,{mark}\n,A,E1,y,{mark}\n"));
        let rule = desk.rule(&rule);
        let told = desk.run(&[&marks, &"--template", &rule, &"--explain", &"A"]);
        let text = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(told.status.success() && text.contains("17.20"), "{text}{}", String::from_utf8_lossy(&told.stderr));
        assert!(text.contains("8.57 → 8.6"), "{text}");
    }
}

/// What else the exports say: grades, digests of the tables, whose marks went.
#[test]
fn exports_tell_what_they_rest_on() {
    let desk = Desk::new();
    let rows: String = [("E1", 1), ("E2", 5), ("E3", 5), ("E4", 7), ("E5", 9)]
        .map(|(e, m)| format!(",A,{e},x,{m}\n,A,{e},y,5\n"))
        .concat();
    let marks = desk.file("marks.csv", &format!("{HEAD}{rows},B,E1,x,0\n,B,E1,y,0\n"));
    let (factors, adjusts) =
        (desk.file("f.csv", "criterion,factor\nx,1\n"), desk.file("a.csv", "application,points\nA,1\n"));
    let grades = "[quota]\nkind = \"grade\"\ngrades = [\"优秀\", \"合格\", \"其余\"]\ncut = [\"11.6\", \"6\"]\n";
    for (scope, dropped) in [("criterion", ""), ("expert_total", ",dropped")] {
        let rule = desk.rule(&format!("[aggregation]\nscope = \"{scope}\"\nmin_sheets = 1\n{grades}"));
        let all: Vec<&dyn AsRef<std::ffi::OsStr>> =
            vec![&marks, &"--template", &rule, &"--factors", &factors, &"--adjust", &adjusts];
        let json = desk.json(&all);
        assert_eq!(json[0]["standing"][0]["grade"], "优秀");
        assert_eq!(json[0]["standing"][1]["grade"], "其余");
        for (name, file) in [("factors", &factors), ("adjust", &adjusts)] {
            let digest = pingshen::base::Digest::of(&fs::read(file).unwrap()).to_string();
            assert_eq!(json[0][name]["digest"], digest.as_str());
        }
        let csv = desk.run(&[&all[..], &[&"--format", &"csv"]].concat());
        let csv = String::from_utf8(csv.stdout).unwrap();
        assert!(csv.lines().next().unwrap().ends_with(&format!(",grade{dropped}")), "{csv}");
        assert!(
            csv.lines().nth(1).unwrap().ends_with(if dropped.is_empty() { ",优秀" } else { ",优秀,E1 E5" }),
            "{csv}"
        );
    }
}

/// Folders in folders are read; what is no csv is named; no mark is no standing.
#[test]
fn nothing_is_left_out_unsaid() {
    let desk = Desk::new();
    let rule = desk.rule(TWO);
    desk.file("all/one.csv", &format!("{HEAD},A,E1,x,1\n"));
    desk.file("all/group/two.csv", &format!("{HEAD},A,E2,x,3\n"));
    desk.file("all/three.xlsx", "");
    desk.file("all/.hidden.csv", "nonsense");
    let output = desk.run(&[&"all", &"--template", &rule, &"--format", &"csv"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains(",1,A,2.00,2,"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("three.xlsx"));
    let only = desk.file("only.csv", HEAD);
    assert!(refused(&desk.run(&[&only, &"--template", &rule])).contains("only.csv: There is not one mark"));
}

/// A rule file is checked as a template is, and told as a sentence.
#[test]
fn the_lint_reads_rule_files() {
    let desk = Desk::new();
    let check = |rule: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pingshen"));
        command.args(["--lang", "en", "template", "check"]).arg(rule).output().unwrap()
    };
    let sound = check(&here("tests/rules/figure-skating.toml"));
    let said = String::from_utf8_lossy(&sound.stdout).into_owned();
    assert!(sound.status.success());
    for part in [
        "a counting rule alone",
        "each criterion's statistic is rounded to 2 places",
        "Sum TES = E*, with additions",
        "PCS (in *FS *FD only)",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let head = "[aggregation]\nscope = \"criterion\"\n";
    for (rule, line, word) in [
        ("method = \"mean\"\ntrim_high = 1\n", 4, "trimmed_mean"),
        ("round_mark = 1\n", 3, "round_criterion"),
        ("min_sheets = 0\n", 3, "min_sheets"),
        ("[quota]\nkind = \"grade\"\ngrades = [\"a\", \"b\"]\n", 5, "quota.grades"),
        ("[quota]\ngrades = [\"a\", \"b\", \"c\"]\ncut = [\"1\", \"2\"]\n", 5, "quota.cut"),
        ("[quota]\ngrades = [\"a\", \"a\"]\ncut = [\"1\"]\n", 4, "quota.grades"),
        ("[quota]\nkind = \"none\"\nn = 5\n", 5, "quota.n"),
        ("trim_high = 3\ntrim_low = 3\n", 3, "trim_high"),
        ("[aggregation.mark_values]\n1 = \"12\"\n2 = \"x\"\n", 5, "mark_values.2"),
        ("mark_values = [\n  \"12\",\n  10,\n]\n", 5, "mark_values.2"),
        ("round_group = 1\n", 3, "[groups]"),
        ("round_group = 1\n[groups]\nG = [\"a\"]\nH = [\"a\"]\n", 6, "Twice: a"),
        ("[groups]\nG = []\n", 4, "criteria"),
        ("[tie_break]\norder = [\n\"x\",\n{ key = \"x\", direction = \"ascending\" }]\n", 6, "Twice: x"),
        ("[[carry]]\nfrom = \"p\"\nto = \"p\"\n", 3, "p"),
        ("[[carry]]\nfrom = \"p*\"\nto = \"q\"\n", 3, "*"),
    ] {
        let wrong = check(&desk.rule(&format!("{head}{rule}")));
        let said = String::from_utf8_lossy(&wrong.stdout).into_owned();
        assert!(
            !wrong.status.success() && said.contains(&format!("line {line}")) && said.contains(word),
            "{rule}: {said}"
        );
    }
    // A sum and a criterion of one name: which would a key mean?
    let marks = desk.file("marks.csv", &format!("{HEAD},A,E,x,1\n"));
    refused(&desk.run(&[&marks, &"--template", &desk.rule("[groups]\nx = [\"x\"]\n")]));
}

/// Drafts of an office's templates count as they are, whatever form they are of.
#[test]
fn draft_templates_count() {
    let Some(folder) = shared("domain/templates") else { return };
    let desk = Desk::new();
    let mut read = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        // Criteria are the tables' second level: an id, and the highest mark three lines on.
        let text = text.replace("[[dimension.criterion]]", "[[dimension.item]]");
        let ids = text.split("[[dimension.item]]").skip(1);
        let rows: String = ids.map(|item| format!(",A,E,{},0\n", item.split('"').nth(1).unwrap())).collect();
        let marks: String = ["E1", "E2", "E3"].map(|expert| rows.replace(",E,", &format!(",{expert},"))).concat();
        let marks = desk.file("marks.csv", &format!("{HEAD}{marks}"));
        assert_eq!(desk.places(&[&marks, &"--template", &path])[&(String::new(), "A".to_owned())]["score"], "0.00");
        read += 1;
    }
    eprintln!("{read} draft templates");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn scores_and_places_are_the_oracles(lot in any_lot()) {
        prop_assume!(!lot.marks.is_empty());
        let desk = Desk::new();
        let rows: String = lot.marks.iter().map(|(a, e, c, mark)| format!(",A{a},E{e},c{c},{}\n", decimal(mark * 5_000))).collect();
        let marks = desk.file("marks.csv", &format!("{HEAD}{rows}"));
        let places = desk.places(&[&marks, &"--template", &desk.rule(&lot.rule())]);
        for ((_, code), place) in &places {
            let mine = lot.score(code[1..].parse().unwrap());
            prop_assert_eq!(place["score"].as_str().map(exact), mine);
            let better = places.keys().filter(|(_, other)| lot.score(other[1..].parse().unwrap()) > mine).count();
            prop_assert_eq!(&place["rank"], &Value::from(better + 1));
        }
    }

    /// Rows in another order, split over files, in other words: the same bytes.
    #[test]
    fn the_order_of_rows_changes_no_byte(lot in any_lot(), seed in any::<u64>(), median in any::<bool>()) {
        prop_assume!(!lot.marks.is_empty());
        let lot = Lot { median, ..lot };
        let desk = Desk::new();
        let mut rows: Vec<String> = Vec::new();
        let mut odd: Vec<String> = Vec::new();
        for (a, e, c, mark) in &lot.marks {
            let text = decimal(mark * 5_000);
            rows.push(format!(",A{a},E{e},c{c},{text}\n"));
            let wide: String = text.chars().map(|c| char::from_u32(if c == '.' { 0xff0e } else { u32::from(c) + 0xfee0 }).unwrap()).collect();
            let words = [wide, text.trim_end_matches('0').trim_end_matches('.').to_owned(), format!("\"{text}\"")];
            odd.push(format!("c{c},A{a},{},,E{e},a note\n", words[(seed % 3) as usize]));
        }
        let mut state = seed | 1;
        for at in (1..odd.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            odd.swap(at, (state >> 33) as usize % (at + 1));
        }
        let (one, two) = odd.split_at(odd.len() / 2);
        let head = "criterion,item,score,panel,expert,comment\n";
        let rule = desk.rule(&lot.rule());
        let whole = desk.file("whole.csv", &format!("{HEAD}{}", rows.concat()));
        desk.file("parts/1.csv", &format!("{head}{}", one.concat()));
        desk.file("parts/2.csv", &format!("{head}{}", two.concat()));
        for format in ["json", "csv", "table"] {
            let first = desk.run(&[&whole, &"--template", &rule, &"--format", &format]);
            let second = desk.run(&[&"parts", &"--template", &rule, &"--format", &format]);
            prop_assert!(first.status.success() && second.status.success(), "{}", String::from_utf8_lossy(&second.stderr));
            prop_assert_eq!(String::from_utf8_lossy(&first.stdout), String::from_utf8_lossy(&second.stdout));
        }
    }
}
