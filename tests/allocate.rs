//! `allocate` from the command line: over a list that was written, over what is
//! above a round's cut line, and everything it refuses.

#![expect(clippy::unwrap_used, reason = "what fails ends the test")]

mod common;

use std::collections::BTreeMap;

use common::{Desk, experts, sheet};
use serde_json::Value;

const LIST: &str = "code,rank,score,requested,own,name\n\
    A-01,1,92.50,900000,1000000,x\n\
    A-02,2,91,８０００００,650000,y\n\
    A-03,3,88.5,500000,500000,z\n\
    A-04,3,88.5,500000.00,500000,z\n\
    A-05,5,80,500000,500000,z\n";

/// 每家不超过80万元、自筹不低于1:1, as calls of the kind say.
const RULE: &str = "title_zh = \"培育中心\"\n[funding]\nmethod = \"requested\"\nunit_cap = \"800000\"\n\
    match_ratio = \"1:1\"\nclause = \"第十三条\"\n";

fn json(desk: &Desk, args: &[&str]) -> Value {
    let mut all = vec!["allocate"];
    all.extend(args);
    all.extend(["--format", "json"]);
    serde_json::from_str(&desk.run(&all).ends(0).out).unwrap()
}

/// Amounts in fen by code, and what is left.
fn fen(value: &Value) -> (BTreeMap<String, i64>, i64) {
    let fen = |text: &Value| text.as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
    let units = value["units"].as_array().unwrap();
    let amounts = units.iter().map(|unit| (unit["code"].as_str().unwrap().to_owned(), fen(&unit["amount"])));
    (amounts.collect(), fen(&value["undistributed"]))
}

#[test]
fn over_a_list_with_caps_match_and_total() {
    let desk = Desk::new();
    desk.write("list.csv", LIST);
    desk.write("rule.toml", RULE);
    let made = json(&desk, &["list.csv", "--template", "rule.toml", "--total", "300万元"]);
    let (amounts, left) = fen(&made);
    let wanted = [("A-01", 80), ("A-02", 65), ("A-03", 50), ("A-04", 50), ("A-05", 50)];
    assert_eq!(amounts, wanted.map(|(code, wan)| (code.to_owned(), wan * 1_000_000)).into());
    assert_eq!(left, 5_000_000);
    assert_eq!(made["units"][0]["bound_by"], serde_json::json!(["unit_cap"]));
    assert_eq!(made["units"][1]["bound_by"], serde_json::json!(["match"]));
    assert_eq!(made["units"][1]["rank"], 2);
    for said in ["总额 300 万元", "每家不超过 80 万元", "1:1", "第十三条"] {
        assert!(made["rule_in_words"].as_str().unwrap().contains(said), "{said}");
    }
    // Where it ends between equals, neither has it, and nobody behind them.
    let made = json(&desk, &["list.csv", "--template", "rule.toml", "--total", "2000000"]);
    assert_eq!(fen(&made).1, 55_000_000);
    assert_eq!(made["tied"], serde_json::json!(["A-03", "A-04"]));
    let run = desk.run(&["allocate", "list.csv", "--template", "rule.toml", "--total", "2000000"]).ends(0);
    assert!(run.err.contains("A-03、A-04") && run.out.contains("规则：总额 200 万元"), "{run:#?}");
}

#[test]
fn every_form_of_it_says_the_same_and_no_order_of_rows_changes_it() {
    let desk = Desk::new();
    desk.write("list.csv", LIST);
    let mut rows: Vec<&str> = LIST.lines().collect();
    rows[1..].reverse();
    desk.write("turned.csv", rows.join("\r\n"));
    for method in ["equal", "requested", "by_score", "by_requested"] {
        desk.write("rule.toml", format!("[funding]\ntotal = \"1000000.01\"\nmethod = \"{method}\"\n"));
        for format in ["table", "csv", "json"] {
            let run =
                |file: &str| desk.run(&["allocate", file, "--template", "rule.toml", "--format", format]).ends(0).out;
            assert_eq!(run("list.csv"), run("turned.csv"));
            assert!(run("list.csv").contains("总额 1000000.01 元"));
        }
        let made = json(&desk, &["list.csv", "--template", "rule.toml"]);
        let (amounts, left) = fen(&made);
        assert_eq!(amounts.values().sum::<i64>() + left, 100_000_001, "{method}");
        let csv = desk.run(&["allocate", "list.csv", "--template", "rule.toml", "--format", "csv"]).ends(0).out;
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let sum: i64 = reader
            .deserialize::<BTreeMap<String, String>>()
            .map(Result::unwrap)
            .filter(|row| ["unit", "undistributed"].contains(&row["row"].as_str()))
            .map(|row| row["amount"].replace('.', "").parse::<i64>().unwrap())
            .sum();
        assert_eq!(sum, 100_000_001, "{method}");
    }
}

#[test]
fn amounts_that_are_none_are_refused_with_their_line() {
    let desk = Desk::new();
    desk.write("rule.toml", RULE);
    for wrong in ["1e5", "1_00", "NaN", "-1", "+1", "-0", "0.001", "99999999999999999999", "inf", "0x10", "50万元"] {
        desk.write("list.csv", format!("code,rank,requested,own\nA,1,5,5\nB,2,{wrong},5\n"));
        let run = desk.run(&["--lang", "en", "allocate", "list.csv", "--template", "rule.toml"]).ends(65);
        assert!(run.err.contains("line 3, requested") && run.out.is_empty(), "{wrong}: {run:#?}");
    }
    // Blank is not nothing: refused by name, or listed.
    desk.write("list.csv", "code,rank,requested,own\nA,1,5,5\nB,2,,5\n");
    let run = desk.run(&["--lang", "en", "allocate", "list.csv", "--template", "rule.toml"]).ends(65);
    assert!(run.err.contains("line 3, B: Missing: requested"), "{run:#?}");
    desk.write("rule.toml", format!("{RULE}missing = \"list\"\n"));
    let run = desk.run(&["allocate", "list.csv", "--template", "rule.toml"]).ends(0);
    assert!(run.out.contains("待补申请额") && run.err.contains("待补：B"), "{run:#?}");
}

#[test]
fn a_stray_quotation_mark_is_told_with_its_line() {
    let desk = Desk::new();
    desk.write("rule.toml", RULE);
    for list in [
        LIST.replace("A-03", "\"A-03"),
        LIST.replace("A-03", "A\"03"),
        LIST.replace("88.5,500000,", "88.5,\"500000,").replace("A-01,1,92.50", "\"A-01\",1,\"92.50\""),
    ] {
        desk.write("list.csv", list);
        let run = desk.run(&["--lang", "en", "allocate", "list.csv", "--template", "rule.toml"]).ends(65);
        assert!(run.err.contains("list.csv, line 4: "), "{run:#?}");
    }
}

#[test]
fn the_rule_is_linted_with_its_lines() {
    let desk = Desk::new();
    desk.write("list.csv", LIST);
    let says = |rule: &str, line: u32, said: &str| {
        desk.write("rule.toml", rule);
        let run = desk.run(&["--lang", "en", "allocate", "list.csv", "--template", "rule.toml"]).ends(65);
        assert!(run.err.contains(&format!("line {line}, ")) && run.err.contains(said), "{rule}: {run:#?}");
    };
    says("[funding]\nmethod = \"lottery\"\n", 2, "by_score");
    says("[funding]\nunit_cap = \"5\"\n", 1, "Missing: method");
    says("[funding]\nmethod = \"equal\"\nunit_cap = 1.5\n", 3, "without quotes");
    says("[funding]\nmethod = \"equal\"\ntotal = \"1e6\"\n", 3, "not an amount");
    says("[funding]\nmethod = \"equal\"\nmatch_ratio = \"1:0\"\n", 3, "Not a ratio");
    says("[funding]\nmethod = \"fixed\"\n", 1, "Missing: amount");
    says("[funding]\nmethod = \"equal\"\namount = \"5\"\n", 3, "fixed");
    says("[funding]\nmethod = \"equal\"\nunit_cap = \"5\"\nunit_floor = \"6\"\n", 4, "6.00");
    says("[funding]\nmethod = \"tiers\"\n", 1, "Missing: tier");
    // What nobody could ever be given, and what nothing would come of.
    let fixed = "[funding]\nmethod = \"fixed\"\namount = \"5\"\n";
    let equal = "[funding]\nmethod = \"equal\"\n";
    let never = "Nobody could get anything";
    says(&format!("{fixed}unit_floor = \"6\"\n"), 3, never);
    says(&format!("{fixed}step = \"6\"\n"), 3, never);
    says(&format!("{fixed}step = \"3\"\nunit_floor = \"4\"\n"), 3, never);
    says(&format!("{fixed}unit_cap = \"4\"\n"), 3, "above the most that one unit gets");
    says(&format!("{equal}unit_cap = \"5\"\nunit_floor = \"4\"\nstep = \"3\"\n"), 4, "leave is 6.00");
    says(&format!("{equal}unit_cap = \"5\"\nstep = \"6\"\n"), 4, never);
    says(&format!("{equal}total = \"5\"\nunit_floor = \"6\"\n"), 3, never);
    says(&format!("{equal}short = \"scale\"\n"), 3, "tiers");
    says(&format!("{fixed}short = \"scale\"\nlast = \"part\"\n"), 5, "in_order");
    says(&format!("{fixed}last = \"part\"\n"), 4, "in_order");
    let tiers = "[funding]\nmethod = \"tiers\"\nunit_cap = \"5\"\n[[funding.tier]]\nto = 1\namount = \"6\"\n";
    says(tiers, 6, "above the most");
    // What is at its end, or in whole steps, is possible.
    for rule in [
        format!("{fixed}unit_cap = \"5\"\nunit_floor = \"5\"\nstep = \"5\"\n"),
        format!("{equal}total = \"30\"\nunit_cap = \"6\"\nunit_floor = \"4\"\nstep = \"3\"\n"),
        format!("{fixed}short = \"in_order\"\nlast = \"part\"\n"),
    ] {
        desk.write("rule.toml", rule);
        desk.run(&["allocate", "list.csv", "--template", "rule.toml"]).ends(0);
    }
    // Without an end there is nothing that own funds could fall short of; the
    // list is not to blame.
    let own = "[funding]\nmethod = \"by_requested\"\ntotal = \"5\"\nmatch_ratio = \"1:1\"\nmatch_short = \"nothing\"\n";
    says(&format!("{own}up_to_requested = false\n"), 5, "Missing: unit_cap");
    let run = desk.run(&["template", "check", "rule.toml"]).ends(1);
    assert!(run.out.contains("第 5 行") && run.out.contains("unit_cap"), "{run:#?}");
    desk.write("rule.toml", own);
    desk.run(&["allocate", "list.csv", "--template", "rule.toml"]).ends(0);
    let tier = "[[funding.tier]]\nto = 3\namount = \"5\"\n";
    says(&format!("[funding]\nmethod = \"tiers\"\n{tier}{tier}"), 7, "Tiers");
    says("[funding]\nmethod = \"tiers\"\n[[funding.tier]]\nto = 3\nshare = \"1.1\"\n", 5, "1.1");
    says("[funding]\nmethod = \"equal\"\nrequested_field = \"budget.aplied\"\n", 3, "budget.applied");
    desk.write("rule.toml", "[funding]\nmethod = \"equal\"\ncapp = \"1\"\n");
    let run = desk.run(&["--lang", "en", "allocate", "list.csv", "--template", "rule.toml"]).ends(65);
    assert!(run.err.contains("line 3: ") && run.err.contains("capp"), "{run:#?}");
    // Of a whole template, by the lint itself.
    let template = include_str!("../scoring-templates/ln-pilot-selection.toml");
    desk.write("whole.toml", format!("{template}\n[funding]\nmethod = \"fixed\"\namount = \"0\"\n"));
    let line = template.lines().count() + 4;
    let run = desk.run(&["template", "check", "whole.toml"]).ends(1);
    assert!(run.out.contains(&format!("第 {line} 行，funding.amount")), "{run:#?}");
    // What has none has no rule to allot by; nothing to share is no total.
    desk.run(&["allocate", "list.csv", "--template", "ln-pilot-selection"]).ends(2);
    desk.write("rule.toml", "[funding]\nmethod = \"equal\"\n");
    desk.run(&["allocate", "list.csv", "--template", "rule.toml"]).ends(2);
    desk.run(&["allocate", "list.csv", "--template", "rule.toml", "--total", "1e6"]).ends(65);
    desk.write("rule.toml", "[funding]\nmethod = \"equal\"\ntotal = \"5\"\n");
    desk.run(&["allocate", "list.csv", "--template", "rule.toml", "--total", "6"]).ends(2);
    desk.write("rule.toml", "[funding]\nmethod = \"fixed\"\namount = \"5\"\ntotal = \"5\"\n");
    desk.run(&["allocate", "list.csv", "--template", "rule.toml"]).ends(1);
}

/// What a file's rule of money is, told before anybody is on a list.
#[test]
fn the_lint_tells_the_rule_of_money() {
    let desk = Desk::new();
    desk.write("rule.toml", RULE);
    let run = desk.run(&["template", "check", "rule.toml"]).ends(0);
    for said in ["只有资金分配规则，供 allocate 用", "每家不超过 80 万元", "自筹与资助不低于 1:1", "依据：第十三条"]
    {
        assert!(run.out.contains(said), "{said}: {run:#?}");
    }
    assert!(!run.out.contains("tally") && !run.out.contains("平均"), "{run:#?}");
    let run = desk.run(&["template", "check", "rule.toml", "--format", "json"]).ends(0);
    let said: Value = serde_json::from_str(&run.out).unwrap();
    assert!(said["rule"].is_null() && said["funding"].as_str().unwrap().contains("80 万元"), "{said}");
    // Beside a counting rule both are told, and of a whole template too.
    desk.write("both.toml", format!("{RULE}[aggregation]\nmethod = \"mean\"\n"));
    let run = desk.run(&["template", "check", "both.toml"]).ends(0);
    assert!(run.out.contains("规则：") && run.out.contains("资金规则：") && run.out.contains("tally"), "{run:#?}");
    let template = include_str!("../scoring-templates/ln-pilot-selection.toml");
    desk.write("whole.toml", format!("{template}\n[funding]\nmethod = \"equal\"\ntotal = \"100万元\"\n"));
    let run = desk.run(&["template", "check", "whole.toml"]).ends(0);
    assert!(run.out.contains("总额 100 万元；总额由各单位均分"), "{run:#?}");
    let run = desk.run(&["--lang", "en", "template", "check", "whole.toml"]).ends(0);
    assert!(run.out.contains("Funding rule (in Chinese, as on every export): 总额 100 万元"), "{run:#?}");
    // A rule that is wrong is no sound file, whatever else is in it.
    desk.write("both.toml", "[aggregation]\nmethod = \"mean\"\n[funding]\nmethod = \"lottery\"\n");
    let run = desk.run(&["template", "check", "both.toml"]).ends(1);
    assert!(run.out.contains("第 4 行") && !run.out.contains("可以使用"), "{run:#?}");
}

/// A round's list is what is clearly above its line; amounts are those of the
/// packets, in 万元.
#[test]
fn over_the_shortlist_of_a_round() {
    let desk = Desk::scored();
    let sheets: Vec<String> = experts().iter().map(|expert| sheet(expert)).collect();
    let mut args = vec!["-C", "r", "collect"];
    let files: Vec<String> = sheets.iter().map(|sheet| desk.path(sheet).display().to_string()).collect();
    args.extend(files.iter().map(String::as_str));
    desk.run(&args).ends(0);
    desk.run(&["-C", "r", "allocate"]).ends(2);
    let rule = desk.path("rule.toml").display().to_string();
    desk.write("rule.toml", "[funding]\ntotal = \"3000000\"\nmethod = \"requested\"\nmatch_ratio = \"0.5:1\"\n");
    // The sample's line of six is drawn between two equals.
    let run = desk.run(&["-C", "r", "allocate", "--template", &rule]).ends(1);
    assert!(run.err.contains("A-01, A-16") && run.out.is_empty(), "{run:#?}");
    desk.run(&["-C", "r", "amend", "quota", "5", "--reason", "经费只够五家"]).ends(0);
    let before = desk.run(&["-C", "r", "rank", "--format", "json"]).ends(0).out;
    let run = desk.run(&["-C", "r", "allocate", "--template", &rule, "--format", "json"]).ends(0);
    let made: Value = serde_json::from_str(&run.out).unwrap();
    let standing: Value = serde_json::from_str(&before).unwrap();
    let codes = |list: &Value, of: &str| -> Vec<String> {
        list.as_array().unwrap().iter().map(|one| one[of].as_str().unwrap().to_owned()).collect()
    };
    let above: Vec<String> =
        standing["cut"]["above"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect();
    assert_eq!(codes(&made["units"], "code"), above);
    assert_eq!(made["sheets_digest"], standing["sheets_digest"]);
    assert_eq!(made["round"], standing["round"]);
    let (amounts, left) = fen(&made);
    assert_eq!(amounts.values().sum::<i64>() + left, 300_000_000);
    // The first is given what its packet asks for, or what its own funds match.
    let packet = std::fs::read_to_string(common::sample(&format!("packets/{}.json", above[0]))).unwrap();
    let packet: Value = serde_json::from_str(&packet).unwrap();
    let of = |id: &str| {
        let text = packet["fields"][id].as_str().unwrap();
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        format!("{whole}{part:0<6}").parse::<i64>().unwrap()
    };
    assert_eq!(amounts[&above[0]], of("budget.applied").min(of("budget.matched") * 2));
    // A table beside it takes the packets' place, and must be of the round.
    let mut table = "code,requested,own\n".to_owned();
    for code in &above {
        table.push_str(&format!("{code},100,50\n"));
    }
    let requests = desk.path("requests.csv").display().to_string();
    desk.write("requests.csv", &table);
    let args = ["-C", "r", "allocate", "--template", &rule, "--requests", &requests, "--format", "json"];
    let made: Value = serde_json::from_str(&desk.run(&args).ends(0).out).unwrap();
    assert!(fen(&made).0.values().all(|amount| *amount == 10_000));
    desk.write("requests.csv", format!("{table}Z-99,1,1\n"));
    let refused = desk.run(&args).ends(65);
    assert!(refused.err.contains("Z-99") && refused.err.contains(&format!("第 {} 行", above.len() + 2)));
    // Nothing of the round was changed by it.
    assert_eq!(desk.run(&["-C", "r", "rank", "--format", "json"]).ends(0).out, before);
}

/// The rule that a round's template was frozen with can't be another's, and who
/// is tied at the line is the meeting's to say.
#[test]
fn a_frozen_rule_and_a_list_that_is_not_decided() {
    let desk = Desk::new();
    let template = include_str!("../scoring-templates/ln-pilot-selection.toml");
    desk.write("whole.toml", format!("{template}\n[funding]\nmethod = \"fixed\"\namount = \"50万元\"\n"));
    desk.write("rule.toml", "[funding]\nmethod = \"equal\"\ntotal = \"5\"\n");
    desk.run(&["template", "check", "whole.toml"]).ends(0);
    desk.run(&["new", "r", "--template", "whole.toml", "--quota", "1", "--practice"]).ends(0);
    desk.run(&["-C", "r", "allocate"]).ends(77);
    let packets = [common::sample("packets/A-01.json"), common::sample("packets/A-02.json")];
    desk.run(&["-C", "r", "packets", &packets[0], &packets[1]]).ends(0);
    let people = "E01,专家甲\nE02,专家乙\nE03,专家丙\n";
    desk.write("panel.csv", format!("code,name\n{people}"));
    desk.run(&["-C", "r", "panel", "panel.csv"]).ends(0);
    desk.run(&["-C", "r", "assign"]).ends(0);
    desk.run(&["-C", "r", "issue"]).ends(0);
    let score = |second: &str| {
        for at in 1..=3 {
            let expert = format!("E0{at}");
            let bundle = common::bundle(&expert);
            let mut script = String::new();
            for code in ["A-01", "A-02"] {
                for mark in common::marks().iter().filter(|mark| mark.expert == "E01" && mark.code == "A-01") {
                    if mark.criterion == "@overall" {
                        script.push_str(&format!("vote {code} 推荐\nopinion {code} 可行，材料完整，建议支持。\n"));
                        continue;
                    }
                    let points = if code == "A-02" && mark.criterion == "A1" { second } else { &mark.mark };
                    script.push_str(&format!("{code} {} {points}\n", mark.criterion));
                    script.push_str(&format!("remark {code} {} 见材料，理由充分。\n", mark.criterion));
                }
            }
            desk.feed(&["score", &bundle, "--stdin"], script).ends(0);
            desk.run(&["score", &bundle, "--seal"]).ends(0);
        }
    };
    let first = common::marks().into_iter().find(|m| m.expert == "E01" && m.code == "A-01" && m.criterion == "A1");
    score(&first.unwrap().mark);
    let sheets: Vec<String> = (1..=3).map(|at| desk.path(&sheet(&format!("E0{at}"))).display().to_string()).collect();
    desk.run(&["-C", "r", "collect", &sheets[0], &sheets[1], &sheets[2]]).ends(0);
    let run = desk.run(&["-C", "r", "allocate"]).ends(1);
    assert!(run.err.contains("A-01, A-02") && run.err.contains("由会议决定") && run.out.is_empty(), "{run:#?}");
    let rule = desk.path("rule.toml").display().to_string();
    let run = desk.run(&["-C", "r", "allocate", "--template", &rule]).ends(2);
    assert!(run.err.contains("不能换别的规则"), "{run:#?}");
    // The meeting's list, written down: places and amounts are the round's.
    desk.write("list.csv", "code\nA-02\n");
    let list = desk.path("list.csv").display().to_string();
    let run = desk.run(&["-C", "r", "allocate", &list, "--total", "60万元", "--format", "json"]).ends(0);
    let made: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        (&made["units"][0]["rank"], &made["units"][0]["requested"]),
        (&Value::from(1), &Value::from("769500.00"))
    );
    assert_eq!(fen(&made), ([("A-02".to_owned(), 50_000_000)].into(), 10_000_000));
    desk.write("unknown.csv", "code\nZ-99\n");
    let unknown = desk.path("unknown.csv").display().to_string();
    desk.run(&["-C", "r", "allocate", &unknown]).ends(65);
    let made = json(&desk, &["list.csv", "--template", "whole.toml", "--total", "60万元"]);
    assert_eq!(fen(&made), ([("A-02".to_owned(), 50_000_000)].into(), 10_000_000));
}
