//! The application form read from what arrives: the filled forms beside the
//! sources against their answer key, field by field. Right, uncertain and
//! missing are counted; a value that is silently wrong fails.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "what fails ends the test, and what is skipped is said"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pingshen::base::{Digest, Limits};
use pingshen::domain::application::{Application, Role, Source};
use pingshen::domain::packet::Value;
use pingshen::formats::{application, document};
use pingshen::workflow::library;
use rust_decimal::Decimal;
use serde_json::Value as Json;

const LIMITS: &Limits = &Limits::STANDARD;

fn shared() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("PINGSHEN_SHARED").map(PathBuf::from);
    let places = [named, Some(here.join("../shared")), Some(here.join("../../shared"))];
    let found = places.into_iter().flatten().map(|place| place.join("forms")).find(|p| p.is_dir());
    if found.is_none() {
        eprintln!("skipped: the filled forms are not there; set PINGSHEN_SHARED");
    }
    found
}

fn read(path: &Path) -> Application {
    let bytes = fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let document = document::read(&bytes, &name, LIMITS).unwrap();
    let form = library::forms().unwrap().first().unwrap();
    application::read(&document, form, Source { file: name, digest: Digest::of(&bytes), role: Role::Form })
}

/// What the key says an application holds, by field id, as text.
fn truth(key: &Json) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let truth = &key["truth"];
    let text = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut put = |id: String, value: &Json| {
        if !value.is_null() {
            out.insert(id, text(value));
        }
    };
    let tables: [(&str, &str, &str, &[(&str, &str)]); 4] = [
        ("grants", "grants_total_written", "grant", &[("inv", "inv"), ("um", "um"), ("des", "des")]),
        (
            "transfer",
            "transfer_total_written",
            "asg",
            &[("n", "count"), ("contract", "contract"), ("arrived", "received")],
        ),
        (
            "license",
            "license_total",
            "lic",
            &[
                ("n", "count"),
                ("contract", "contract"),
                ("arrived", "received"),
                ("pub", "open_published"),
                ("done", "open_done"),
                ("money", "open_amount"),
            ],
        ),
        ("equity", "equity_total", "eq", &[("n", "count"), ("money", "amount")]),
    ];
    for (table, total, group, columns) in tables {
        for (theirs, ours) in columns {
            for (year, row) in truth[table].as_object().unwrap() {
                put(format!("{group}.{year}.{ours}"), &row[*theirs]);
            }
            put(format!("{group}.total.{ours}"), &truth[total][*theirs]);
        }
    }
    for (year, value) in truth["fund_wanyuan"].as_object().unwrap() {
        put(format!("mgmt.funds.{year}"), value);
    }
    put("grant.in_force".to_owned(), &truth["valid"]);
    for (theirs, ours) in
        [("full", "staff_full"), ("part", "staff_part"), ("conv", "conversion_staff"), ("agent", "attorneys")]
    {
        put(format!("mgmt.{ours}"), &truth["staff"][theirs]);
    }
    put("budget.total".to_owned(), &truth["budget_total_written"]);
    let rows = truth["budget"].as_array().unwrap();
    for (theirs, ours) in
        [("item", "item"), ("note", "note"), ("amount", "amount"), ("year", "year"), ("src", "source")]
    {
        let column: Vec<String> = rows.iter().map(|row| text(&row[theirs]).replace("拟定", "")).collect();
        put(format!("budget.rows[].{ours}"), &Json::String(column.join("；")));
    }
    for (at, ours) in ["title", "doc_no", "date"].iter().enumerate() {
        let column: Vec<String> = truth["regs"].as_array().unwrap().iter().map(|row| text(&row[at])).collect();
        put(format!("mgmt.rules[].{ours}"), &Json::String(column.join("；")));
    }
    let boxes = &truth["checkboxes"];
    put("unit.kind".to_owned(), &boxes["type"]);
    put("mgmt.leading_group".to_owned(), &boxes["lead_group"]);
    let mut standards = Vec::new();
    for (theirs, ours) in [("std_gx", "GB/T 33251高校"), ("std_ky", "GB/T 33250科研组织"), ("std_other", "其他")]
    {
        if boxes[theirs] == Json::Bool(true) {
            standards.push(ours);
        }
    }
    put("mgmt.standards".to_owned(), &Json::String(standards.join("；")));
    put("conv.enterprises".to_owned(), &truth["firms"]);
    let identity = &key["identity"];
    for (theirs, ours) in [
        ("unit", "unit.name"),
        ("address", "unit.address"),
        ("uscc", "unit.uscc"),
        ("legal", "unit.legal_rep"),
        ("unit_tel", "unit.tel"),
        ("unit_fax", "unit.fax"),
        ("leader", "lead.name"),
        ("leader_title", "lead.title"),
        ("leader_tel", "lead.tel"),
        ("leader_mobile", "lead.mobile"),
        ("contact", "contact.name"),
        ("contact_mobile", "contact.mobile"),
        ("contact_tel", "contact.tel"),
        ("contact_fax", "contact.fax"),
        ("address", "contact.address"),
        ("post", "contact.postcode"),
        ("email", "contact.email"),
        ("unit", "cover.unit_name"),
        ("address", "cover.unit_address"),
        ("leader", "cover.lead_name"),
        ("bureau", "cover.city_office"),
    ] {
        put(ours.to_owned(), &identity[theirs]);
    }
    out
}

fn said(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::List(values) => values.iter().map(|v| v.clone().unwrap_or_default()).collect::<Vec<_>>().join("；"),
    }
}

/// Figures are the same whatever zeros stand behind them.
fn same(ours: &str, theirs: &str) -> bool {
    let one = |text: &str| {
        text.split('；')
            .map(|piece| {
                Decimal::from_str_exact(piece).map_or_else(|_| piece.to_owned(), |d| d.normalize().to_string())
            })
            .collect::<Vec<_>>()
    };
    one(ours) == one(theirs)
}

#[test]
fn every_field_of_the_key_is_right_or_uncertain() {
    let Some(folder) = shared() else { return };
    let key: Json = serde_json::from_slice(&fs::read(folder.join("answer_key.json")).unwrap()).unwrap();
    let (mut right, mut uncertain, mut missing, mut near) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for case in key["applications"].as_array().unwrap() {
        let file = case["file"].as_str().unwrap();
        let read = read(&folder.join(file));
        let planted = case["planted"].to_string() + &case["notes"].to_string();
        for (id, meant) in truth(case) {
            if let Some(entry) = read.fields.get(&id) {
                let ours = said(&entry.value);
                let differs = id == "unit.uscc" && planted.contains("uscc")
                    || id.contains("contact") && planted.contains("contact")
                    || planted.contains("phone_differs") && id.contains("phone");
                if same(&ours, &meant) || differs {
                    right += 1;
                } else {
                    wrong.push(format!("{file} {id}: {ours:?}, not {meant:?} ({})", entry.origin));
                }
            } else if let Some(doubt) = read.uncertain.get(&id) {
                uncertain += 1;
                near += usize::from(doubt.value.as_ref().is_some_and(|value| same(&said(value), &meant)));
                eprintln!("{file} {id}: uncertain, {} {:?} for {meant:?}", doubt.why.word(), doubt.text);
            } else {
                missing += 1;
                eprintln!("{file} {id}: missing, {meant:?}");
            }
        }
    }
    eprintln!(
        "right {right}, uncertain {uncertain} (of them {near} with the right value), missing {missing}, wrong {}",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(right > 1_000, "{right}");
}

#[test]
fn the_command_says_what_it_read() {
    let Some(folder) = shared() else { return };
    let run = |args: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_pingshen"))
            .args(["--lang", "zh", "intake", "--dry-run"])
            .args(args)
            .arg(&folder.join("S008.docx"))
            .arg(&folder.join("S010.docx"))
            .arg("no-such.docx")
            .output()
            .unwrap()
    };
    let out = run(&["--format", "json"]);
    assert_eq!(out.status.code(), Some(65), "{}", String::from_utf8_lossy(&out.stderr));
    assert!(String::from_utf8_lossy(&out.stderr).contains("no-such.docx"));
    let all: Json = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 2);
    let fields = &all[0]["fields"];
    assert_eq!(fields["grant.2019.des"], serde_json::json!({"value": 2, "source": "S008.docx 表2 行16 列5"}));
    assert_eq!(fields["lic.2019.received"]["value"], "17.12");
    assert_eq!(fields["mgmt.leading_group"]["value"], true);
    let doubt = all[0]["uncertain"].as_array().unwrap().iter().find(|d| d["id"] == "mgmt.funds.2021").unwrap();
    assert!(doubt["value"] == "417400" && doubt["why"].as_str().unwrap().contains("万元"), "{doubt}");
    assert!(all[0]["missing"].as_array().unwrap().contains(&Json::from("grant.2022.inv")));
    assert!(all[0]["source_leaks"][0]["kind"].is_string());
    assert!(all[1]["uncertain"].as_array().unwrap().iter().any(|d| d["id"] == "mgmt.leading_group"));
    let table = String::from_utf8(run(&[]).stdout).unwrap();
    assert!(
        table.contains("S008.docx：读到") && table.contains("2019、2020、2021") && table.contains("417400"),
        "{table}"
    );
    let csv = String::from_utf8(run(&["--format", "csv"]).stdout).unwrap();
    assert!(
        csv.starts_with("file,id,label,state,value,source,why\n") && csv.contains("S010.docx,unit.name,单位名称,read,")
    );
}
