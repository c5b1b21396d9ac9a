//! Outside cases with their expected figures, each run through `tally` as a
//! person would: marks in a csv, a rule in a file, figures from the json.
//!
//! They lie beside the sources and are no part of them; where they are not found
//! that is said. Published figures of two papers stand here themselves. Those of
//! assignment are in `assigning.rs`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "what fails ends the test, and what is skipped is said; figures are compared within a tolerance"
)]

mod common;

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use common::{Desk, shared};

const MEAN: &str = "[aggregation]\nscope = \"expert_total\"\nmethod = \"mean\"\nmin_sheets = 1\n";

fn case(name: &str) -> Option<Value> {
    let text = fs::read_to_string(shared("statistics/cases")?.join(format!("{name}.json"))).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

/// What a value of a case is as text; nothing where it is missing.
fn word(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A panel of marks as csv: application, expert, criterion, score.
struct Marks(String);

impl Marks {
    fn new() -> Self {
        Self("application,expert,criterion,score\n".to_owned())
    }

    fn put(&mut self, application: &str, expert: &str, criterion: &str, score: &Value) {
        self.0.push_str(&format!("{application},{expert},{criterion},{}\n", word(score)));
    }

    /// Rows of applications, columns of experts.
    fn by_application(rows: &Value) -> Self {
        let mut marks = Self::new();
        for (row, scores) in rows.as_array().unwrap().iter().enumerate() {
            for (expert, score) in scores.as_array().unwrap().iter().enumerate() {
                marks.put(&format!("A{row:02}"), &format!("J{expert}"), "x", score);
            }
        }
        marks
    }

    /// Rows of experts, columns of applications.
    fn by_expert(rows: &Value) -> Self {
        let mut marks = Self::new();
        for (expert, scores) in rows.as_array().unwrap().iter().enumerate() {
            for (application, score) in scores.as_array().unwrap().iter().enumerate() {
                marks.put(&format!("A{application:02}"), &format!("J{expert}"), "x", score);
            }
        }
        marks
    }

    /// One row a mark.
    fn long(rows: &Value) -> Self {
        let mut marks = Self::new();
        for row in rows.as_array().unwrap() {
            marks.put(&word(&row["item"]), &word(&row["expert"]), "x", &row["score"]);
        }
        marks
    }

    /// One application, one mark of each expert.
    fn one(scores: &Value) -> Self {
        let mut marks = Self::new();
        for (expert, score) in scores.as_array().unwrap().iter().enumerate() {
            marks.put("A", &format!("E{expert:02}"), "x", score);
        }
        marks
    }

    /// One expert, one mark of each application.
    fn each(scores: &Value) -> Self {
        let mut marks = Self::new();
        for (application, score) in scores.as_array().unwrap().iter().enumerate() {
            marks.put(&format!("A{application}"), "E", "x", score);
        }
        marks
    }
}

/// What `tally` says of marks under a rule.
fn tally(marks: &Marks, rule: &str, more: &[&str]) -> Value {
    let desk = Desk::new();
    desk.write("marks.csv", &marks.0);
    desk.write("rule.toml", rule);
    let mut args = vec!["tally", "marks.csv", "--template", "rule.toml", "--format", "json"];
    args.extend(more);
    serde_json::from_str(&desk.run(&args).ends(0).out).unwrap()
}

fn doubt(marks: &Marks, rule: &str) -> Value {
    tally(marks, rule, &["--doubt"])["panels"][0].clone()
}

/// The place of an application.
fn place(said: &Value, code: &str) -> Value {
    let places = said[0]["standing"].as_array().unwrap();
    places.iter().find(|place| place["code"] == code).unwrap().clone()
}

#[track_caller]
fn near(found: &Value, expected: &Value, within: f64) {
    let (found, expected) = (found.as_f64().unwrap_or(f64::NAN), expected.as_f64().unwrap());
    assert!((found - expected).abs() <= within, "{found} {expected}");
}

/// Krippendorff, K. (2011) Computing Krippendorff's Alpha-Reliability: four
/// coders, twelve units; .743, .815, .849, .797.
#[test]
fn alpha_as_published() {
    let mut marks = Marks::new();
    for (coder, row) in ["123321412...", "1233224125.3", ".3332342251.", "12332441251."].iter().enumerate() {
        for (unit, value) in row.chars().enumerate() {
            let value = if value == '.' { Value::Null } else { value.to_string().into() };
            marks.put(&format!("U{unit:02}"), &format!("C{coder}"), "x", &value);
        }
    }
    let alpha = doubt(&marks, MEAN)["agreement"]["krippendorff_alpha"].clone();
    assert_eq!(alpha["pairable"], 40);
    for (level, published) in [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)] {
        near(&alpha[level], &published.into(), 0.000_5);
    }
}

/// Shrout, P. E. & Fleiss, J. L. (1979) Psychol. Bull. 86(2):420-428: six
/// targets, four judges; .17 .29 .71 and of their means .44 .62 .91.
#[test]
fn intraclass_correlations_as_published() {
    let rows = serde_json::json!([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]);
    let icc = doubt(&Marks::by_application(&rows), MEAN)["agreement"]["icc"].clone();
    for (form, published) in [
        ("icc_1_1", 0.17),
        ("icc_2_1", 0.29),
        ("icc_3_1", 0.71),
        ("icc_1_k", 0.44),
        ("icc_2_k", 0.62),
        ("icc_3_k", 0.91),
    ] {
        near(&icc[form], &published.into(), 0.005);
    }
}

/// No case lies there that is tried nowhere.
#[test]
fn every_case_is_known() {
    let Some(folder) = shared("statistics/cases") else { return };
    let there: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    // Those of assignment are found by how they begin.
    let tried =
        |name: &&String| name.starts_with("assign_") || include_str!("cases.rs").contains(&format!("\"{name}\""));
    let unknown: Vec<&String> = there.iter().filter(|name| !tried(name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn agreement() {
    for name in ["kripp_canonical_4x12", "kripp_two_experts_one_missing"] {
        let Some(case) = case(name) else { return };
        let alpha =
            doubt(&Marks::by_expert(&case["input"]["ratings"]), MEAN)["agreement"]["krippendorff_alpha"].clone();
        for (level, expected) in case["expected"].as_object().unwrap() {
            near(&alpha[level], expected, 1e-9);
        }
        assert_eq!(alpha["pairable"].as_f64(), case["n_pairable"].as_f64());
    }
    for name in ["kendall_w_no_ties", "kendall_w_shrout_fleiss"] {
        let Some(case) = case(name) else { return };
        let w = doubt(&Marks::by_application(&case["input"]["ratings"]), MEAN)["agreement"]["kendall_w"].clone();
        for (key, of) in
            [("w_uncorrected", "W_uncorrected"), ("w", "W_ties"), ("s", "S"), ("sum_t", "sumT"), ("chi2", "chi2")]
        {
            near(&w[key], &case["expected"][of], 1e-8);
        }
        for key in ["df", "p"] {
            near(&w[key], &case["expected"][key], 1e-8);
        }
    }
    let Some(case_icc) = case("icc_shrout_fleiss_1979") else { return };
    let icc = doubt(&Marks::by_application(&case_icc["input"]["ratings"]), MEAN)["agreement"]["icc"].clone();
    for (key, expected) in case_icc["expected"].as_object().unwrap() {
        let ours = key.to_lowercase().replace("icc", "icc_");
        near(&icc[ours.as_str()], expected, 1e-8);
    }
    let Some(votes) = case("fleiss_kappa_diagnoses_1971") else { return };
    let mut marks = Marks::new();
    for (subject, row) in votes["input"]["counts"].as_array().unwrap().iter().enumerate() {
        let mut rater = 0;
        for (category, count) in row.as_array().unwrap().iter().enumerate() {
            for _ in 0..count.as_u64().unwrap() {
                marks.put(&format!("S{subject:02}"), &format!("R{rater}"), "vote", &(category + 1).into());
                rater += 1;
            }
        }
    }
    near(&doubt(&marks, MEAN)["fleiss_kappa"], &votes["expected"]["kappa"], 1e-9);
}

#[test]
fn marks_that_stand_apart() {
    for name in ["modified_z_small", "modified_z_mad_zero"] {
        let Some(case) = case(name) else { return };
        let said = doubt(&Marks::one(&case["input"]["scores"]), MEAN);
        let place = &said["places"][0];
        near(&place["median"], &case["expected"]["median"], 1e-9);
        let flagged: Vec<&str> = said["second_look"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|look| look["why"] == "outlier")
            .map(|look| look["expert"].as_str().unwrap())
            .collect();
        let expected = &case["expected"];
        for (at, (z, flag)) in
            expected["modified_z"].as_array().unwrap().iter().zip(expected["flag"].as_array().unwrap()).enumerate()
        {
            let expert = format!("E{at:02}");
            near(&place["modified_z"][expert.as_str()], z, 1e-6);
            assert_eq!(flagged.contains(&expert.as_str()), flag.as_bool().unwrap(), "{expert}");
        }
    }
    let Some(case) = case("zscore_per_expert") else { return };
    let mut marks = Marks::new();
    for (expert, scores) in case["input"].as_object().unwrap() {
        for (at, score) in scores.as_array().unwrap().iter().enumerate() {
            marks.put(&format!("A{at}"), expert, "x", score);
        }
    }
    let scales = doubt(&marks, MEAN)["scales"].clone();
    for scale in scales.as_array().unwrap() {
        let expected = &case["expected"]["population_sd"][scale["expert"].as_str().unwrap()];
        for (at, z) in expected.as_array().unwrap().iter().enumerate() {
            if z.is_null() {
                assert_eq!(scale["z"]["undefined"], "no-variance");
            } else {
                near(&scale["z"][format!("A{at}").as_str()], z, 1e-8);
            }
        }
    }
}

#[test]
fn strictness() {
    for name in ["calib_ls_exact", "calib_ls_disconnected"] {
        let Some(case) = case(name) else { return };
        let said = doubt(&Marks::long(&case["input"]), MEAN)["severity"].clone();
        let expected = &case["expected"];
        assert_eq!(said["components"], expected["connected_components"]);
        for (item, mean) in expected["raw_mean"].as_object().unwrap() {
            assert_eq!(word(&said["raw"][item]["mean"]).parse::<f64>().unwrap(), mean.as_f64().unwrap(), "{item}");
        }
        let order = |rows: &Value| {
            let mut items: Vec<(u64, String)> = rows
                .as_object()
                .unwrap()
                .iter()
                .map(|(item, row)| (row["rank"].as_u64().unwrap(), item.clone()))
                .collect();
            items.sort();
            items.into_iter().map(|(_, item)| Value::from(item)).collect::<Vec<_>>()
        };
        assert_eq!(Value::from(order(&said["raw"])), expected["raw_order"]);
        let model = &said["least_squares"];
        if expected["identifiable"] == false {
            assert_eq!(model["undefined"], "disconnected");
            continue;
        }
        for (item, quality) in expected["quality"].as_object().unwrap() {
            near(&model["applications"][item]["quality"], quality, 1e-6);
        }
        for (expert, bias) in expected["expert_bias"].as_object().unwrap() {
            near(&model["experts"][expert], bias, 1e-6);
        }
        assert_eq!(Value::from(order(&model["applications"])), expected["calibrated_order"]);
    }
    let Some(case) = case("calib_gp_lawrence") else { return };
    let of = |name: &str| word(&case["params"][name]);
    let rule = format!(
        "{MEAN}[doubt.prior]\napplication = \"{}\"\nexpert = \"{}\"\nrest = \"{}\"\nmean = \"{}\"\n",
        of("alpha_f"),
        of("alpha_b"),
        of("sigma2"),
        of("mu")
    );
    let drawn = doubt(&Marks::long(&case["input"]), &rule)["shrunken"].clone();
    for (item, mean) in case["expected"]["mean"].as_object().unwrap() {
        near(&drawn["applications"][item]["mean"], mean, 1e-6);
        near(&drawn["applications"][item]["variance"], &case["expected"]["var"][item], 1e-6);
    }
    for (expert, bias) in case["expected"]["bias"].as_object().unwrap() {
        near(&drawn["experts"][expert], bias, 1e-6);
    }
}

/// Every draw of five experts from five, and one expert left out.
#[test]
fn what_a_place_rests_on() {
    let Some(case) = case("bootstrap_cutline_5x5") else { return };
    let mut marks = Marks::new();
    for (item, scores) in case["input"]["scores"].as_object().unwrap() {
        for (at, score) in scores.as_array().unwrap().iter().enumerate() {
            marks.put(item, &format!("e{}", at + 1), "x", score);
        }
    }
    let said = doubt(&marks, &format!("{MEAN}[quota]\nkind = \"max\"\nn = {}\n", case["input"]["cut"]));
    let (drawn, expected) = (&said["resampling"], &case["expected"]);
    assert_eq!((&drawn["exact"], &drawn["draws"]), (&Value::Bool(true), &expected["total"]), "{drawn}");
    for (item, count) in expected["member_count"].as_object().unwrap() {
        assert_eq!(&drawn["applications"][item]["inside"], count, "{item}");
    }
    for left_out in said["leave_one_out"].as_array().unwrap() {
        let mut above: Vec<Value> = left_out["above"].as_array().unwrap().clone();
        above.sort_by_key(word);
        assert_eq!(Value::from(above), expected["leave_one_expert_out"][left_out["expert"].as_str().unwrap()]);
    }
}

#[test]
fn roundings() {
    let Some(case) = case("rounding_gbt8170_a") else { return };
    for row in case["input_output"].as_array().unwrap() {
        let value = word(&row["value"]);
        // A mark has four decimals at most; a fifth comes by a factor.
        let decimals = value.split_once('.').map_or(0, |(_, part)| part.len());
        let (mark, factor) = if decimals > 4 { (value.replace('.', ""), "0.00001") } else { (value.clone(), "1") };
        let places = word(&row["quantum"]).split_once('.').map_or(0, |(_, part)| part.len());
        for (mode, key) in [("half_up", "half_up"), ("half_even", "half_even_gbt8170"), ("down", "down")] {
            let rule = format!(
                "[aggregation]\nscope = \"criterion\"\nmethod = \"mean\"\nmin_sheets = 1\nnegative_marks = true\n\
                 round_scale = {places}\nround_mode = \"{mode}\"\n[factors]\nx = \"{factor}\"\n"
            );
            let said = tally(&Marks::each(&Value::from(vec![mark.clone()])), &rule, &[]);
            assert_eq!(said[0]["standing"][0]["score"], row[key], "{value} {mode}");
        }
    }
}

#[test]
fn trimmed_means() {
    let Some(case) = case("trimmed_mean_edges") else { return };
    for row in case["cases"].as_array().unwrap() {
        let expected = &row["expected"];
        for (mode, key) in [("half_up", "half_up_2"), ("half_even", "half_even_2")] {
            let rule = format!(
                "[aggregation]\nscope = \"criterion\"\nmethod = \"trimmed_mean\"\ntrim_low = {}\ntrim_high = {}\n\
                 trim_min_scores = {}\nmin_sheets = 1\nround_mode = \"{mode}\"\n",
                row["drop_low"], row["drop_high"], row["min_n_for_trim"]
            );
            let mut marks = Marks::one(&row["scores"]);
            if row["scores"].as_array().unwrap().is_empty() {
                marks.put("A", "E00", "x", &Value::Null);
                marks.put("B", "E00", "x", &Value::from(1));
            }
            let place = place(&tally(&marks, &rule, &[]), "A");
            assert_eq!(place["score"], expected[key], "{row}");
            let flags: Vec<&str> = place["flags"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            if expected["exact"].is_null() {
                assert!(place["rank"].is_null() && !flags.is_empty(), "{place}");
                continue;
            }
            let scored = row["scores"].as_array().unwrap().iter().filter(|score| !score.is_null()).count();
            let gone = place["dropped"]["x"].as_array().map_or(0, Vec::len);
            assert_eq!(expected["kept"], Value::from(scored - gone), "{row}");
            assert_eq!(expected["trimmed"] == false, flags.contains(&"plain_statistic"), "{row}");
        }
    }
}

#[test]
fn places_and_ties() {
    for name in ["ranking_basic", "ranking_triple_tie"] {
        let Some(case) = case(name) else { return };
        for (style, key) in [
            ("1224", "competition_1224"),
            ("1334", "modified_1334"),
            ("dense", "dense_1223"),
            ("fractional", "fractional"),
        ] {
            let said = tally(&Marks::each(&case["input"]["scores"]), &format!("{MEAN}rank_style = \"{style}\"\n"), &[]);
            for (at, rank) in case["expected"][key].as_array().unwrap().iter().enumerate() {
                let rank = match rank.as_str().map(|rank| rank.split_once('/')) {
                    Some(Some((over, under))) => over.parse::<f64>().unwrap() / under.parse::<f64>().unwrap(),
                    Some(None) => rank.as_str().unwrap().parse().unwrap(),
                    None => rank.as_f64().unwrap(),
                };
                assert_eq!(place(&said, &format!("A{at}"))["rank"].as_f64(), Some(rank), "{style} {at}");
            }
        }
    }
    let Some(case) = case("tie_break_chain") else { return };
    let mut marks = Marks::new();
    for item in case["items"].as_array().unwrap() {
        let code = word(&item["code"]);
        for key in ["c1", "c2"] {
            marks.put(&code, "panel", key, &item[key]);
        }
        // What the total has beside the two.
        let of = |key: &str| hundredths(&word(&item[key]));
        marks.put(&code, "panel", "rest", &decimal(of("total") - of("c1") - of("c2")).into());
    }
    let rule = "[aggregation]\nscope = \"criterion\"\nmethod = \"mean\"\nmin_sheets = 1\n\
                [tie_break]\norder = [\"c1\", \"c2\"]\n";
    let said = tally(&marks, rule, &[]);
    for (code, rank) in case["expected"]["ranks"].as_object().unwrap() {
        let place = place(&said, code);
        assert_eq!(&place["rank"], rank, "{code}");
        let unresolved = case["expected"]["unresolved"][0].as_array().unwrap().contains(&code.as_str().into());
        assert_eq!(place["tied"], unresolved, "{code}");
    }
}

/// A decimal in hundredths.
fn hundredths(text: &str) -> i64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{part:0<2}").parse().unwrap()
}

fn decimal(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[test]
fn weights_scopes_and_factors() {
    let Some(case) = case("weighted_sum") else { return };
    let mut marks = Marks::new();
    for (item, scores) in case["input"]["scores"].as_object().unwrap() {
        for (at, score) in scores.as_array().unwrap().iter().enumerate() {
            marks.put(item, "panel", &format!("c{at}"), score);
        }
    }
    let weights = case["input"]["weights"].as_array().unwrap();
    let factors = |weights: &[Value]| {
        let lines: Vec<String> =
            weights.iter().enumerate().map(|(at, weight)| format!("c{at} = \"{}\"\n", word(weight))).collect();
        format!(
            "[aggregation]\nscope = \"criterion\"\nmethod = \"mean\"\nmin_sheets = 1\nfactor_sum = \"1\"\n[factors]\n{}",
            lines.concat()
        )
    };
    let said = tally(&marks, &factors(weights), &[]);
    for (item, expected) in case["expected"].as_object().unwrap() {
        assert_eq!(place(&said, item)["score"], expected["half_up_2"], "{item}");
    }
    // Weights that do not add up to 1 are refused.
    let desk = Desk::new();
    desk.write("marks.csv", &marks.0);
    desk.write("rule.toml", factors(&["0.30", "0.30", "0.20", "0.21"].map(Value::from)));
    let refused = desk.run(&["--lang", "en", "tally", "marks.csv", "--template", "rule.toml"]).ends(65);
    assert!(refused.err.contains("1.01"), "{}", refused.err);

    let Some(case) = self::case("trim_scope_flips_winner") else { return };
    let mut marks = Marks::new();
    for item in ["A", "B"] {
        for (expert, row) in case["input"][item].as_array().unwrap().iter().enumerate() {
            for (at, score) in row.as_array().unwrap().iter().enumerate() {
                marks.put(item, &format!("E{expert}"), &format!("c{at}"), score);
            }
        }
    }
    for (scope, key) in [("criterion", "per_criterion"), ("expert_total", "expert_totals")] {
        let said = tally(&marks, &format!("[aggregation]\nscope = \"{scope}\"\nmethod = \"trimmed_mean\"\n"), &[]);
        let expected = &case["expected"][key];
        assert_eq!(said[0]["standing"][0]["code"], expected["winner"], "{scope}");
        for item in ["A", "B"] {
            assert_eq!(place(&said, item)["score"], expected[item], "{scope} {item}");
        }
    }

    let Some(case) = self::case("pcs_round_each_then_sum_gpcan2016") else { return };
    let rule = fs::read_to_string(common::repository().join("tests/rules/figure-skating.toml")).unwrap();
    let once = rule.replace("round_criterion = 2\nround_factored = 2\n", "");
    for item in case["cases"].as_array().unwrap() {
        let mut marks = Marks::new();
        let mut factors = "criterion,factor\n".to_owned();
        for component in item["components"].as_array().unwrap() {
            let criterion = word(&component["criterion"]);
            marks.put("S", "panel", &criterion, &component["panel_score"]);
            factors.push_str(&format!("{criterion},{}\n", word(&component["factor"])));
        }
        for (rule, key) in [(&rule, "official_pcs"), (&once, "wrong_if_rounded_once_at_end")] {
            let desk = Desk::new();
            desk.write("marks.csv", &marks.0);
            desk.write("factors.csv", &factors);
            desk.write("rule.toml", rule);
            let args =
                ["tally", "marks.csv", "--template", "rule.toml", "--factors", "factors.csv", "--format", "json"];
            let said: Value = serde_json::from_str(&desk.run(&args).ends(0).out).unwrap();
            let score = word(&said[0]["standing"][0]["score"]);
            assert_eq!(hundredths(&score), hundredths(&word(&item[key])), "{item}");
        }
    }
}

/// The same ranks in another order are the same sum: two are tied, and told
/// apart by the rule's own chain alone.
#[test]
fn the_order_of_addends_breaks_no_tie() {
    let Some(case) = case("f64_sum_order_false_tiebreak") else { return };
    let mut marks = Marks::new();
    for (item, key) in [("AT", "A_AT"), ("BG", "B_BG")] {
        for (juror, rank) in case["input"][key].as_array().unwrap().iter().enumerate() {
            marks.put(item, &format!("J{juror}"), "rank", rank);
        }
    }
    // 12 * 0.827^(rank - 1), to the last of the six decimals a factor has.
    let worth: Vec<String> = (1..=7).map(|rank| format!("\"{rank}\" = \"{}\"", WORTH[rank - 1])).collect();
    let rule = format!(
        "[aggregation]\nscope = \"expert_total\"\nmethod = \"sum\"\nmin_sheets = 1\nround_scale = 4\n\
         mark_values = {{ {} }}\n",
        worth.join(", ")
    );
    let said = tally(&marks, &rule, &[]);
    let (at, bg) = (place(&said, "AT"), place(&said, "BG"));
    assert_eq!((&at["score"], &at["rank"], &at["tied"]), (&bg["score"], &Value::from(1), &Value::Bool(true)));
    assert_eq!(bg["rank"], 1);
}

/// 12, 9.924, … to four places.
const WORTH: [&str; 7] = ["12", "9.924", "8.2071", "6.7873", "5.6131", "4.642", "3.839"];
