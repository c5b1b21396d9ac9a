//! The check of applications, as a secretary meets it: each thing that can be
//! wrong with one is found and named, a clean one is left in peace, and what is
//! missing turns nobody away.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "what fails ends the test")]

mod common;

use std::fs;

use common::Desk;
use pingshen::base::{Digest, Lang, Limits};
use pingshen::domain::application::checks::finding::{Finding, Severity};
use pingshen::domain::application::checks::{NotTaken, Outcome, check, supplement};
use pingshen::domain::application::{Application, Doubt, Entry, Origin, Role, Source, Why};
use pingshen::domain::eligibility::truth::Truth;
use pingshen::domain::form::Form;
use pingshen::domain::packet::Value;
use pingshen::domain::rubric::Rubric;
use pingshen::formats::template::read_sound;
use pingshen::workflow::check::{label, said};
use pingshen::workflow::library;
use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, proptest};
use rust_decimal::Decimal;

const ID: &str = "ln-pilot-selection";

fn form() -> &'static Form {
    &library::forms().unwrap()[0]
}

fn rubric() -> Rubric {
    read_sound(&library::template_bytes(ID).unwrap(), &Limits::STANDARD, library::forms().unwrap()).unwrap()
}

fn origin(row: u32) -> Origin {
    Origin { table: Some(2), row, cell: Some(3), ..Origin::default() }
}

/// An application under the hand.
struct Case(Application);

impl Case {
    fn put(mut self, id: &str, value: Value) -> Self {
        self.0.uncertain.remove(id);
        self.0.fields.insert(id.to_owned(), Entry { value, origin: origin(7) });
        self
    }
    fn text(self, id: &str, text: &str) -> Self {
        self.put(id, Value::Text(text.to_owned()))
    }
    fn number(self, id: &str, number: &str) -> Self {
        self.put(id, Value::Number(number.parse().unwrap()))
    }
    fn list(self, id: &str, cells: &[&str]) -> Self {
        self.put(id, Value::List(cells.iter().map(|cell| (!cell.is_empty()).then(|| (*cell).to_owned())).collect()))
    }
    fn without(mut self, id: &str) -> Self {
        self.0.fields.remove(id);
        self
    }
    fn doubt(mut self, id: &str, text: &str, why: Why) -> Self {
        self.0.fields.remove(id);
        self.0.uncertain.insert(id.to_owned(), Doubt { value: None, text: text.to_owned(), why, origin: origin(9) });
        self
    }
    fn outcome(&self) -> Outcome {
        check(&self.0, form(), rubric().eligibility.as_ref(), &[])
    }
    fn findings(&self) -> Vec<Finding> {
        self.outcome().findings
    }
    /// Findings of a check on a field.
    fn found(&self, id: &str, field: &str) -> Vec<Finding> {
        self.findings().into_iter().filter(|finding| finding.id == id && finding.field == field).collect()
    }
    /// The state of a rule.
    fn rule(&self, id: &str) -> Truth {
        self.outcome().verdict.unwrap().rules.into_iter().find(|rule| rule.id == id).unwrap().state
    }
}

/// Sound in every field, and well above every bound.
fn clean() -> Case {
    let files = vec![Source { file: "S-001.docx".to_owned(), digest: Digest::of(b"one"), role: Role::Form }];
    let mut case = Case(Application {
        no: None,
        files,
        city: None,
        years: ["2020", "2021", "2022"].map(str::to_owned).to_vec(),
        fields: [].into(),
        uncertain: [].into(),
        missing: Vec::new(),
        carriers: Vec::new(),
    });
    for (id, text) in [
        ("cover.unit_name", "青岚理工大学"),
        ("unit.name", "青岚理工大学"),
        ("cover.unit_address", "营口市滨海新区求索路229号"),
        ("unit.address", "营口市滨海新区求索路２２９号"),
        ("cover.lead_name", "魏一鸣"),
        ("lead.name", "魏一鸣"),
        ("cover.lead_phone", "199 0000 1584"),
        ("lead.tel", "0417-55501975"),
        ("lead.mobile", "19900001584"),
        ("lead.title", "副校长"),
        ("cover.contact_name", "蒋海涛"),
        ("contact.name", "蒋海涛"),
        ("cover.contact_phone", "0417-55504963"),
        ("contact.mobile", "19900004116"),
        ("contact.tel", "（0417）55504963"),
        ("contact.address", "营口市滨海新区求索路229号"),
        ("contact.postcode", "117434"),
        ("contact.email", "ip@qrut00.example"),
        ("cover.city_office", "营口市知识产权局"),
        ("unit.kind", "高等学校"),
        ("unit.uscc", "12219938218096797C"),
        ("unit.legal_rep", "陶磊"),
        ("unit.tel", "0417-55503580"),
        ("pledge.signer", "魏一鸣"),
        ("pledge.date", "2023年5月11日"),
        ("rec.unit_date", "2023-05-12"),
        ("rec.city_date", "2023.5.31"),
        (
            "unit.overview",
            "近三年授权专利730件（发明334件），通过转让、许可、作价入股累计转化实施专利228件，合同金额1072.30万元，对接企业29家。",
        ),
        ("ops.institution", "设立科级运营机构，对接企业29家。"),
        ("ops.staff_text", "共5人。"),
        ("plan.status", "近三年授权专利730件。"),
        ("plan.conversion", "累计转化228件，合同金额1072.30万元。"),
        ("plan.problems", "供需信息不对称，拟建设需求台账。"),
        ("plan.goals", "到2025年，年均转化专利81件。"),
        ("plan.measures", "实行专利分级分类管理，9件列入A类重点维护；发布开放许可30件。"),
        ("plan.safeguards", "组织、政策、资金三方面保障。"),
        ("plan.schedule", "2023年：完成机构设立"),
    ] {
        case = case.text(id, text);
    }
    for (table, columns) in TABLES {
        for (column, cells) in *columns {
            for (year, cell) in ["2020", "2021", "2022", "total"].iter().zip(cells) {
                case = case.number(&format!("{table}.{year}.{column}"), cell);
            }
        }
    }
    for (year, cell) in [("2020", "186.87"), ("2021", "118.75"), ("2022", "49.15")] {
        case = case.number(&format!("mgmt.funds.{year}"), cell);
    }
    for (id, number) in [
        ("grant.in_force", "979"),
        ("mgmt.staff_full", "6"),
        ("mgmt.staff_part", "18"),
        ("mgmt.conversion_staff", "5"),
        ("mgmt.attorneys", "0"),
        ("conv.enterprises", "29"),
        ("budget.total", "64.89"),
    ] {
        case = case.number(id, number);
    }
    for id in ["pledge.seal", "pledge.no_serious_breach", "mgmt.leading_group", "rec.unit_seal", "rec.city_opinion"] {
        case = case.put(id, Value::Bool(true));
    }
    case.list("mgmt.standards", &["GB/T 33251高校"])
        .list("mgmt.rules[].title", &["专利申请前评估办法"])
        .list("mgmt.rules[].date", &["2021-07-03"])
        .list("budget.rows[].item", &["专家咨询", "申请前评估", "人才培训"])
        .list("budget.rows[].note", &["按市场价测算", "按合同测算", "不含工资"])
        .list("budget.rows[].amount", &["44.51", "15", "5.38"])
        .list("budget.rows[].year", &["2023", "2023", "2023"])
        .list("budget.rows[].source", &["拟定申请", "申请", "配套"])
}

type Column = (&'static str, [&'static str; 4]);

const TABLES: &[(&str, &[Column])] = &[
    (
        "grant",
        &[("inv", ["89", "130", "115", "334"]), ("um", ["121", "144", "105", "370"]), ("des", ["13", "13", "0", "26"])],
    ),
    (
        "asg",
        &[
            ("count", ["38", "55", "76", "169"]),
            ("contract", ["178.22", "148.56", "237.86", "564.64"]),
            ("received", ["142.58", "74.28", "147.47", "364.33"]),
        ],
    ),
    (
        "lic",
        &[
            ("count", ["20", "12", "21", "53"]),
            ("contract", ["34.87", "35.49", "45.77", "116.13"]),
            ("received", ["34.87", "26.62", "34.33", "95.82"]),
            ("open_published", ["16", "32", "20", "68"]),
            ("open_done", ["2", "10", "9", "21"]),
            ("open_amount", ["1.0", "0", "4.5", "5.5"]),
        ],
    ),
    ("eq", &[("count", ["2", "2", "2", "6"]), ("amount", ["95.32", "197.55", "98.66", "391.53"])]),
];

#[test]
fn a_clean_application_is_left_in_peace() {
    let outcome = clean().outcome();
    assert_eq!(outcome.findings, [], "nothing at all");
    let verdict = outcome.verdict.unwrap();
    assert_eq!(verdict.eligible, Truth::Met, "{verdict:#?}");
    assert_eq!(verdict.rules.len(), 4);
    assert!(verdict.rules.iter().all(|rule| !rule.clause.is_empty() && !rule.grounds.is_empty()));
    let inv = verdict.rules[1].grounds.iter().find(|ground| ground.id == "grant.total.inv").unwrap();
    assert_eq!((inv.value.as_deref(), inv.operator, inv.bound.as_str()), (Some("334"), ">", "50"));
    assert_eq!(inv.sources[0].1.to_string(), "表2 行7 列3");
}

#[test]
fn the_rest_of_the_conditions_decides_or_does_not() {
    // 超过 leaves its number out, 以上 takes it in.
    let creation = |inv: &str, um: &str, force: &str| {
        let mut case = clean().number("grant.in_force", force);
        for (kind, total) in [("inv", inv), ("um", um), ("des", "0")] {
            for (year, cell) in [("2020", total), ("2021", "0"), ("2022", "0"), ("total", total)] {
                case = case.number(&format!("grant.{year}.{kind}"), cell);
            }
        }
        case.rule("creation")
    };
    assert_eq!(creation("50", "50", "199"), Truth::NotMet);
    assert_eq!(creation("50", "51", "199"), Truth::Met, "101 granted");
    assert_eq!(creation("51", "0", "199"), Truth::Met);
    assert_eq!(creation("50", "50", "200"), Truth::Met);
    let conversion = |pieces: &str, amount: &str, enterprises: &str| {
        let mut case = clean().number("conv.enterprises", enterprises);
        for (table, columns) in &TABLES[1..] {
            for (column, _) in *columns {
                let total = match (*table, *column) {
                    ("asg", "count") => pieces,
                    ("asg", "contract") => amount,
                    _ => "0",
                };
                for (year, cell) in [("2020", total), ("2021", "0"), ("2022", "0"), ("total", total)] {
                    case = case.number(&format!("{table}.{year}.{column}"), cell);
                }
            }
        }
        case.rule("conversion")
    };
    assert_eq!(conversion("31", "100.0001", "11"), Truth::Met);
    assert_eq!(conversion("31", "100.0000", "11"), Truth::NotMet);
    assert_eq!(conversion("31", "100.0001", "10"), Truth::NotMet);
    assert_eq!(conversion("30", "100.0001", "11"), Truth::Unknown, "等方式 is open");
    assert_eq!(conversion("24", "100.0001", "11"), Truth::Unknown);
    assert_eq!(conversion("23", "100.0001", "11"), Truth::NotMet);
}

#[test]
fn what_is_missing_turns_nobody_away() {
    let case = clean().without("conv.enterprises");
    assert_eq!((case.rule("conversion"), case.outcome().verdict.unwrap().eligible), (Truth::Unknown, Truth::Unknown));
    assert_eq!(case.found("MISSING", "conv.enterprises")[0].severity, Severity::Warn);
    let mentioned = clean().doubt("conv.enterprises", "对接企业29家", Why::Narrative);
    assert_eq!(mentioned.rule("conversion"), Truth::Unknown);
    // Without inventions, the stock decides; without the stock, the total; without all, nothing.
    let mut case = clean().doubt("grant.total.inv", "约334", Why::About);
    for year in ["2020", "2021", "2022"] {
        case = case.doubt(&format!("grant.{year}.inv"), "约100", Why::About);
    }
    assert_eq!(case.rule("creation"), Truth::Met);
    let case = case.without("grant.in_force");
    assert_eq!(case.rule("creation"), Truth::Met, "370 + 26 others are enough");
    let case = case.number("grant.total.um", "20").number("grant.2020.um", "20").number("grant.2021.um", "0");
    let case = case.number("grant.2022.um", "0");
    assert_eq!(case.rule("creation"), Truth::Unknown);
    // Nothing at all is unknown, and panics nowhere.
    let empty = Case(Application { fields: [].into(), years: Vec::new(), ..clean().0 });
    assert!(empty.outcome().verdict.unwrap().rules.iter().all(|rule| rule.state == Truth::Unknown));
}

#[test]
fn a_total_that_is_not_the_sum_decides_only_where_both_agree() {
    let bare = clean().number("grant.in_force", "0").number("grant.total.um", "0").number("grant.total.des", "0");
    let mut case = bare;
    for (kind, year) in [("um", 2020), ("um", 2021), ("um", 2022), ("des", 2020), ("des", 2021)] {
        case = case.number(&format!("grant.{year}.{kind}"), "0");
    }
    // Years 10+10+10, total written 60: by the years not met, by the total met.
    for year in ["2020", "2021", "2022"] {
        case = case.number(&format!("grant.{year}.inv"), "10");
    }
    let case = case.number("grant.total.inv", "60");
    assert_eq!(case.rule("creation"), Truth::Unknown);
    assert_eq!(case.found("X1", "grant.total.inv")[0].severity, Severity::Error);
    assert_eq!(case.number("grant.total.inv", "40").rule("creation"), Truth::NotMet, "both say no");
    // Other years than those asked for prove nothing of those that are missing.
    let other = clean().number("grant.in_force", "0").number("grant.2019.inv", "500").without("grant.2022.inv");
    assert!(other.found("YEARS", "grant.2019.inv").is_empty(), "the finding names the first column");
    assert!(other.findings().iter().any(|finding| finding.id == "YEARS"));
}

#[test]
fn an_amount_that_may_be_in_yuan_carries_nobody_over_the_bound() {
    // 60 万元 in all, entered as yuan: 600,000 is above 100 and proves nothing.
    let mut case = clean();
    for (table, columns) in &TABLES[1..] {
        for (column, _) in *columns {
            let cells = match (*table, *column) {
                ("asg", "count") => ["12", "12", "12", "36"],
                ("asg", "contract") => ["200000", "200000", "200000", "600000"],
                _ => ["0"; 4],
            };
            for (year, cell) in ["2020", "2021", "2022", "total"].iter().zip(cells) {
                case = case.number(&format!("{table}.{year}.{column}"), cell);
            }
        }
    }
    assert!(!case.found("X16", "asg.2021.contract").is_empty());
    assert_eq!(case.rule("conversion"), Truth::Unknown);
    // One that would do in either unit does.
    let mut rich = case;
    for (year, cell) in [("2020", "20000000"), ("2021", "0"), ("2022", "0"), ("total", "20000000")] {
        rich = rich.number(&format!("asg.{year}.contract"), cell);
    }
    assert_eq!(rich.rule("conversion"), Truth::Met);
}

#[test]
fn a_figure_below_zero_decides_nothing() {
    let case = clean().number("grant.in_force", "-1").number("conv.enterprises", "-1");
    assert_eq!(case.rule("conversion"), Truth::Unknown);
    assert_eq!(case.rule("creation"), Truth::Met, "the others decide");
    assert_eq!(case.found("X3", "conv.enterprises")[0].severity, Severity::Error);
    let row = clean().list("budget.rows[].amount", &["55.27", "15", "-5.38"]);
    assert!(row.found("X8", "budget.rows[].amount").iter().any(Finding::says_no), "{:#?}", row.findings());
}

#[test]
fn a_wrong_or_foreign_code_is_not_known_to_be_the_provinces() {
    assert_eq!(clean().text("unit.uscc", "12219938218096797D").rule("subject"), Truth::Unknown);
    assert_eq!(clean().text("unit.uscc", "91350100M000100Y43").rule("subject"), Truth::NotMet, "another province");
    assert_eq!(clean().text("unit.kind", "其他").rule("subject"), Truth::Unknown);
    assert_eq!(clean().without("unit.kind").rule("subject"), Truth::Unknown);
    assert_eq!(clean().text("rec.unit_date", "2023-06-01").rule("deadline"), Truth::NotMet);
    let undated = clean().without("pledge.date").without("rec.unit_date").without("rec.city_date");
    assert_eq!(undated.rule("deadline"), Truth::Unknown);
}

/// What is planted, with the check and the field that must name it, and how gravely.
#[test]
fn each_thing_that_can_be_wrong_is_found_where_it_is() {
    use Severity::{Config, Eligibility, Error, Warn};
    let grants = clean();
    let cases: Vec<(Case, &str, &str, Severity)> = vec![
        (grants.number("grant.total.inv", "364"), "X1", "grant.total.inv", Error),
        (clean().number("asg.total.contract", "600.64"), "X1", "asg.total.contract", Error),
        (clean().number("asg.total.contract", "564.65"), "X1", "asg.total.contract", Warn),
        (clean().without("asg.2020.count").number("asg.total.count", "100"), "X1", "asg.total.count", Error),
        (clean().number("lic.2021.received", "50"), "X2", "lic.2021.received", Warn),
        (clean().number("asg.total.received", "999"), "X2", "asg.total.received", Error),
        (
            clean().number("asg.total.received", "999").text("plan.status", "含以前年度合同到账"),
            "X2",
            "asg.total.received",
            Warn,
        ),
        (clean().number("lic.2022.open_done", "21"), "OPEN", "lic.2022.open_done", Warn),
        (clean().number("eq.2021.amount", "0"), "X3", "eq.2021.amount", Warn),
        (clean().number("asg.2021.count", "0"), "X3", "asg.2021.contract", Warn),
        (clean().number("asg.2021.count", "-1"), "X3", "asg.2021.count", Error),
        (clean().number("grant.in_force", "200"), "X4", "grant.in_force", Warn),
        (clean().list("budget.rows[].amount", &["88", "15", "5.38"]), "X7", "budget.rows[].amount", Error),
        (clean().number("budget.applied", "100.01"), "X7", "budget.applied", Error),
        (clean().number("budget.total", "69.89"), "X8", "budget.total", Error),
        (clean().number("budget.matched", "6"), "X8", "budget.matched", Error),
        (clean().list("budget.rows[].source", &["申请", "", "配套"]), "X8", "budget.rows[].source", Warn),
        (
            clean().list("budget.rows[].item", &["专家咨询", "办公用房征地补偿", "人才培训"]),
            "X9",
            "budget.rows[].item",
            Error,
        ),
        (clean().list("budget.rows[].note", &["", "", "人员工资"]), "X9", "budget.rows[].item", Warn),
        (clean().list("budget.rows[].note", &["不含工资、津贴", "", ""]), "X9", "budget.rows[].item", Warn),
        (clean().list("budget.rows[].note", &["不含税，专利年费", "", ""]), "X9", "budget.rows[].item", Error),
        (clean().text("cover.contact_name", "蒋丽华"), "X10", "cover.contact_name", Error),
        (clean().text("cover.unit_address", "营口市求索路1号"), "X10", "cover.unit_address", Error),
        (clean().text("cover.lead_phone", "19900009999"), "X10", "cover.lead_phone", Error),
        (clean().text("pledge.date", "2023年6月1日"), "X11", "pledge.date", Eligibility),
        (clean().text("unit.uscc", "12219938218096797D"), "X12", "unit.uscc", Error),
        (clean().text("unit.uscc", "1221993821809679"), "X12", "unit.uscc", Error),
        (clean().list("mgmt.standards", &["GB/T 33250科研组织"]), "X13", "mgmt.standards", Warn),
        (clean().number("mgmt.conversion_staff", "7"), "X14", "mgmt.conversion_staff", Warn),
        (clean().number("mgmt.attorneys", "25"), "X14", "mgmt.attorneys", Warn),
        (clean().number("lic.2021.open_done", "13"), "X15", "lic.2021.open_done", Config),
        (clean().number("mgmt.funds.2021", "1187500"), "X16", "mgmt.funds.2021", Warn),
        (clean().number("asg.2021.contract", "1485600"), "X16", "asg.2021.contract", Warn),
        (clean().doubt("mgmt.funds.2021", "1187500", Why::Magnitude), "X16", "mgmt.funds.2021", Warn),
        (clean().text("plan.conversion", "累计转化99件"), "NARR", "plan.conversion", Warn),
        (
            clean().text("unit.overview", "近三年授权专利830件（发明334件），对接企业29家"),
            "NARR",
            "unit.overview",
            Warn,
        ),
        (clean().text("ops.institution", "对接企业30家"), "NARR", "ops.institution", Warn),
        (clean().doubt("mgmt.leading_group", "是☑ 否☑", Why::BothTicked), "TICKED", "mgmt.leading_group", Error),
        (clean().doubt("grant.in_force", "约980", Why::About), "UNREAD", "grant.in_force", Warn),
        (clean().without("unit.uscc"), "MISSING", "unit.uscc", Error),
        (clean().without("unit.tel"), "MISSING", "unit.tel", Warn),
        (clean().without("plan.measures"), "PLAN", "plan.measures", Error),
        (clean().text("plan.measures", " 略。"), "PLAN", "plan.measures", Error),
        (clean().text("unit.kind", "其他").text("unit.kind_other", "国有企业"), "X-KIND", "unit.kind", Eligibility),
        (clean().text("unit.kind", "其他").text("unit.kind_other", "事业单位"), "X-KIND", "unit.kind", Eligibility),
        (clean().text("contact.email", "ip.qrut00"), "FORMAT", "contact.email", Warn),
        (clean().text("contact.mobile", "1990000411"), "FORMAT", "contact.mobile", Warn),
        (clean().text("contact.postcode", "200000"), "FORMAT", "contact.postcode", Warn),
        (clean().text("unit.tel", "电话见官网"), "FORMAT", "unit.tel", Warn),
    ];
    for (at, (case, id, field, severity)) in cases.into_iter().enumerate() {
        let found = case.found(id, field);
        assert!(
            found.iter().any(|finding| finding.severity == severity),
            "case {at}: {id} {field} {severity:?} is not in {:#?}",
            case.findings()
        );
        for finding in case.findings() {
            for lang in [Lang::Zh, Lang::En] {
                let words = said(form(), lang, &finding);
                assert!(!words.contains("{}") && !words.is_empty(), "{words}");
                assert!(!label(form(), lang, &finding.field).is_empty());
            }
        }
    }
}

#[test]
fn what_only_looks_wrong_is_not_said() {
    let quiet = [
        clean().number("budget.applied", "59.51"),
        clean().list("budget.rows[].amount", &["85", "15", "5.38"]).number("budget.total", "105.38"),
        clean().list("budget.rows[].note", &["", "", "不含工资、津贴以外支出"]),
        clean().text("unit.overview", "2022年授权专利89件；近三年授权专利700余件；合同金额1072万元；合同金额0.11亿元"),
        clean().text("cover.contact_phone", "0417-55504963、19900004116"),
        clean().text("cover.lead_phone", "+86 19900001584"),
        clean().text("unit.tel", "0417-55503580转8001"),
        clean().text("unit.address", "营口市　滨海新区求索路229号"),
        clean().number("lic.2022.open_amount", "0").number("lic.total.open_amount", "1.0"),
        clean().without("plan.approach").without("contact.fax"),
        clean().text("unit.name", "青岚理工大学").text("cover.unit_name", "青岚理工大学 "),
    ];
    for (at, case) in quiet.into_iter().enumerate() {
        let loud: Vec<_> = case.findings();
        assert_eq!(loud, [], "case {at}");
    }
}

#[test]
fn a_guess_accuses_nobody() {
    let mut case = clean();
    case.0.fields.remove("asg.total.contract");
    case.0.uncertain.insert(
        "asg.total.contract".to_owned(),
        Doubt {
            value: Some(Value::Number("600.64".parse().unwrap())),
            text: "600.64".to_owned(),
            why: Why::Place,
            origin: origin(3),
        },
    );
    assert_eq!(case.found("X1", "asg.total.contract")[0].severity, Severity::Warn);
}

#[test]
fn twins_are_found_by_code_name_and_file() {
    let other = clean();
    let others = [("S-002".to_owned(), &other.0)];
    let outcome = check(&clean().0, form(), rubric().eligibility.as_ref(), &others);
    let ids: Vec<_> = outcome.findings.iter().map(|finding| (finding.id, finding.field.as_str())).collect();
    assert_eq!(ids, [("X12", "unit.uscc"), ("DUP", "unit.name"), ("DUP", "unit.name")]);
    assert!(said(form(), Lang::Zh, &outcome.findings[0]).contains("S-002"));
}

#[test]
fn the_secretary_supplies_what_is_missing_and_nothing_else() {
    let mut app = clean().without("conv.enterprises").0;
    assert_eq!(supplement(&mut app, form(), "conv.enterprises", " 29 "), Ok(()));
    assert_eq!(Case(app.clone()).outcome().findings, []);
    assert_eq!(Case(app.clone()).rule("conversion"), Truth::Met);
    assert_eq!(
        supplement(&mut app, form(), "grant.in_force", "1"),
        Err(NotTaken::Proved("979".to_owned())),
        "the form's own word stands"
    );
    assert_eq!(
        supplement(&mut app, form(), "conv.enterprise", "1"),
        Err(NotTaken::UnknownField(Some("conv.enterprises".to_owned())))
    );
    app.fields.remove("conv.enterprises");
    for wrong in ["", "二十九", "-3", "2.5"] {
        assert_eq!(supplement(&mut app, form(), "conv.enterprises", wrong), Err(NotTaken::WrongKind), "{wrong}");
    }
}

fn cells() -> impl Strategy<Value = Vec<Option<u32>>> {
    proptest::collection::vec(proptest::option::weighted(0.7, 0u32..80), 9)
}

/// An application with these grants; what is `None` is missing.
fn granted(cells: &[Option<u32>], force: Option<u32>) -> Case {
    let mut case = clean();
    for (at, cell) in cells.iter().enumerate() {
        let (kind, year) = (["inv", "um", "des"][at / 3], ["2020", "2021", "2022"][at % 3]);
        let id = format!("grant.{year}.{kind}");
        case = match cell {
            Some(cell) => case.number(&id, &cell.to_string()),
            None => case.without(&id),
        };
        case = case.without(&format!("grant.total.{kind}"));
    }
    match force {
        Some(force) => case.number("grant.in_force", &force.to_string()),
        None => case.without("grant.in_force"),
    }
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    // Whatever is filled in later, a verdict given before stands.
    #[test]
    fn no_figure_supplied_later_turns_a_verdict_round(
        cells in cells(), later in proptest::collection::vec(0u32..80, 9), force in proptest::option::of(0u32..260), stock in 0u32..260
    ) {
        let before = granted(&cells, force).rule("creation");
        let filled: Vec<_> = cells.iter().zip(&later).map(|(cell, late)| Some(cell.unwrap_or(*late))).collect();
        let after = granted(&filled, Some(force.unwrap_or(stock))).rule("creation");
        prop_assert!(after != Truth::Unknown);
        prop_assert!(before == Truth::Unknown || before == after, "{:?} {:?}", before, after);
    }

    // With every figure there, the rule is the guideline's sentence.
    #[test]
    fn with_all_figures_the_rule_is_the_sentence(cells in proptest::collection::vec(0u32..40, 9), force in 150u32..250) {
        let all: Vec<_> = cells.iter().copied().map(Some).collect();
        let (total, inventions): (u32, u32) = (cells.iter().sum(), cells[..3].iter().sum());
        let sentence = total > 100 || inventions > 50 || force >= 200;
        let state = granted(&all, Some(force)).rule("creation");
        prop_assert_eq!(state, if sentence { Truth::Met } else { Truth::NotMet });
    }

    // X1 says a column does not add up exactly when it does not.
    #[test]
    fn a_total_is_found_wrong_exactly_when_it_is(years in proptest::collection::vec(0u32..500, 3), total in 0u32..1500) {
        let mut case = clean();
        for (year, cell) in ["2020", "2021", "2022"].iter().zip(&years) {
            case = case.number(&format!("eq.{year}.count"), &cell.to_string());
        }
        let case = case.number("eq.total.count", &total.to_string());
        let said = !case.found("X1", "eq.total.count").is_empty();
        prop_assert_eq!(said, years.iter().sum::<u32>() != total);
        let sum: Decimal = years.iter().sum::<u32>().into();
        prop_assert!(case.number("eq.total.count", &sum.to_string()).found("X1", "eq.total.count").is_empty());
    }
}

/// The application as one that was entered by hand arrives: json by field.
fn written(app: &Application) -> Vec<u8> {
    let value = |value: &Value| match value {
        Value::Text(text) => serde_json::json!(text),
        Value::Number(number) => serde_json::json!(number.to_string()),
        Value::Bool(yes) => serde_json::json!(yes),
        Value::List(cells) => serde_json::json!(cells),
    };
    let fields: serde_json::Map<String, serde_json::Value> =
        app.fields.iter().map(|(id, entry)| (id.clone(), value(&entry.value))).collect();
    serde_json::to_vec(&serde_json::json!({ "fields": fields })).unwrap()
}

#[test]
fn without_a_round_a_form_is_checked_as_it_came() {
    let desk = Desk::new();
    let told = r#"[{"file": "S-001.docx", "fields": {"grant.total.inv": {"value": 60, "source": "x"}, "unit.uscc": {"value": "12219938218096797D"}}}]"#;
    fs::write(desk.path("told.json"), told).unwrap();
    let run = desk.run(&["--lang", "zh", "check", "told.json", "--format", "json"]).ends(1);
    let all: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let findings = all[0]["findings"].as_array().unwrap();
    assert!(findings.iter().any(|f| f["id"] == "X12" && f["value"] == "12219938218096797D"), "{findings:?}");
    fs::write(desk.path("other.json"), "{}").unwrap();
    assert!(desk.run(&["check", "other.json"]).ends(65).err.contains("other.json"));
}

#[test]
fn the_program_says_it_as_json_csv_and_in_lines() {
    let desk = Desk::new();
    let app = clean().without("conv.enterprises").number("grant.total.inv", "364").0;
    fs::write(desk.path("a.json"), written(&app)).unwrap();
    let run = desk.run(&["--lang", "zh", "check", "a.json", "--format", "json"]).ends(1);
    let all: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let one = &all[0];
    assert_eq!((one["file"].as_str(), one["eligible"].as_str()), (Some("a.json"), Some("unknown")));
    let rule = one["rules"].as_array().unwrap().iter().find(|rule| rule["id"] == "conversion").unwrap();
    assert_eq!((rule["state"].as_str(), rule["clause"].as_str()), (Some("unknown"), Some("辽宁工作指引 二（三）")));
    let lacking = rule["figures"].as_array().unwrap().iter().find(|figure| figure["id"] == "conv.enterprises").unwrap();
    assert!(lacking["value"].is_null() && lacking["known"] == "missing");
    let findings = one["findings"].as_array().unwrap();
    let total = findings.iter().find(|finding| finding["id"] == "X1").unwrap();
    assert_eq!((total["field"].as_str(), total["value"].as_str()), (Some("grant.total.inv"), Some("364")));
    assert_eq!(total["severity"].as_str(), Some("error"));
    assert_eq!(run.out, desk.run(&["--lang", "zh", "check", "a.json", "--format", "json"]).ends(1).out);

    let lines = desk.run(&["--lang", "zh", "check", "a.json"]).ends(1);
    assert!(lines.out.contains("待补正") && lines.out.contains("各年之和为334，合计写364"), "{}", lines.out);
    assert!(lines.err.contains("合同额"), "which amount was counted is said: {}", lines.err);
    let csv = desk.run(&["--lang", "en", "check", "a.json", "--format", "csv"]).ends(1).out;
    assert!(csv.lines().any(|line| line.starts_with(",a.json,unknown,finding,X1,error,grant.total.inv,364,")), "{csv}");

    // What the secretary supplies is counted; what the form says stands.
    let app = clean().without("conv.enterprises").0;
    fs::write(desk.path("b.json"), written(&app)).unwrap();
    fs::write(desk.path("more.csv"), "no,field,value\nb.json,conv.enterprises,29\nb.json,grant.in_force,1\n").unwrap();
    let run = desk.run(&["--lang", "en", "check", "b.json", "--supply", "more.csv"]).ends(0);
    assert!(run.out.contains("met") && run.err.contains("979"), "{} {}", run.out, run.err);
    fs::write(desk.path("bad.csv"), "no,field,value\nb.json,conv.enterprise,29\n").unwrap();
    let run = desk.run(&["--lang", "en", "check", "b.json", "--supply", "bad.csv"]).ends(65);
    assert!(run.err.contains("conv.enterprises"), "the nearest is named: {}", run.err);
}

#[test]
fn what_is_no_application_is_refused() {
    let desk = Desk::new();
    fs::write(desk.path("a.json"), "{}").unwrap();
    desk.run(&["check", "a.json"]).ends(65);
    desk.run(&["check", "gone.json"]).ends(66);
    desk.run(&["check"]).ends(66);
    desk.run(&["new", "r", "--template", ID, "--quota", "6", "--practice"]).ends(0);
    let run = desk.run(&["--lang", "en", "-C", "r", "check"]).ends(0);
    assert!(run.out.is_empty() && run.err.contains("no applications"), "{} {}", run.out, run.err);
    desk.run(&["-C", "r", "check", "--letters", "--by", "soon"]).ends(2);
}
