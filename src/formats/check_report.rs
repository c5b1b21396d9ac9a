//! What a check found, in words and as json and csv.

use crate::base::Lang;
use crate::base::lang::{doubt, fill};
use crate::domain::application::checks::finding::{Arg, Finding};
use crate::domain::application::{Application, Origin, columns};
use crate::domain::eligibility::judge::{Ground, Judged, plain};
use crate::domain::eligibility::truth::Truth;
use crate::domain::form::{Form, TOTAL};

use super::report::Value;

/// An application that was checked.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Its receipt number, or its file where it has none.
    pub no: String,
    /// The application, with what was supplied.
    pub app: Application,
    /// What the checks say.
    pub outcome: crate::domain::application::checks::Outcome,
}

impl Checked {
    /// Whether all conditions are met; unknown where the template has none.
    #[must_use]
    pub fn eligible(&self) -> Truth {
        self.outcome.verdict.as_ref().map_or(Truth::Unknown, |verdict| verdict.eligible)
    }

    /// The conditions, judged.
    #[must_use]
    pub fn rules(&self) -> &[Judged] {
        self.outcome.verdict.as_ref().map_or(&[], |verdict| &verdict.rules)
    }

    /// Whether it says no: not met, or an error.
    #[must_use]
    pub fn says_no(&self) -> bool {
        self.eligible() == Truth::NotMet || self.outcome.findings.iter().any(Finding::says_no)
    }
}

/// What a field is called: a figure of a table by years with its year, one the
/// form does not ask for too; figures of conditions that are no field have
/// words of their own.
#[must_use]
pub fn label(form: &Form, lang: Lang, id: &str) -> String {
    if id == "grant.total" {
        return lang.pick("近三年专利授权量合计", "Patents granted in three years").to_owned();
    }
    if id.contains('+') {
        let parts: Vec<String> = id.split('+').map(|part| label(form, lang, part)).collect();
        return parts.join(lang.pick("、", ", "));
    }
    let t = &lang.texts().checking;
    let year = id.split('.').find(|part| columns::is_year(part) || *part == TOTAL);
    let borrowed = year.zip(form.years.first()).map(|(year, first)| id.replacen(year, first, 1));
    let Some(field) = form.field(id).or_else(|| form.field(borrowed.as_deref()?)) else { return id.to_owned() };
    let name = lang.pick(&field.zh, &field.en);
    match year.filter(|_| form.row_pattern(&field.id).is_some()) {
        Some(TOTAL) => fill(t.of_total, &[&name]),
        Some(year) => fill(t.of_year, &[&year, &name]),
        None => name.to_owned(),
    }
}

/// Where something stands, in words; what the secretary supplied has no place.
#[must_use]
pub fn place(lang: Lang, origin: Option<&Origin>) -> String {
    match origin {
        None => String::new(),
        Some(origin) if *origin == Origin::default() => lang.pick("秘书补充", "supplied by the secretary").to_owned(),
        Some(origin) => origin.to_string(),
    }
}

/// What something is held against, in words: `超过100`, `200以上`.
#[must_use]
pub fn held_against(lang: Lang, operator: &str, bound: &str) -> String {
    let t = &lang.texts().checking;
    let text = match operator {
        ">" => t.over,
        ">=" => t.at_least,
        "<=" => t.not_after,
        "region" => t.registered_in,
        "is" => return t.legal_person.to_owned(),
        _ => t.one_of,
    };
    fill(text, &[&bound])
}

/// A finding as a sentence.
#[must_use]
pub fn said(form: &Form, lang: Lang, finding: &Finding) -> String {
    let args: Vec<String> = finding
        .args
        .iter()
        .map(|arg| match arg {
            Arg::Text(text) => crate::base::clean::clean_line(text),
            Arg::Field(id) => label(form, lang, id),
            Arg::Doubt(word) => doubt(lang, word).to_owned(),
            Arg::Bound(operator, bound) => held_against(lang, operator.sign(), &plain(*bound)),
        })
        .collect();
    let mut shown: Vec<&dyn std::fmt::Display> = Vec::new();
    for arg in &args {
        shown.push(arg);
    }
    fill(finding.remark.text(lang), &shown)
}

/// All applications as json, for other programs.
#[must_use]
pub fn json(all: &[Checked], form: &Form, lang: Lang) -> Vec<u8> {
    super::report::json(&Value::List(all.iter().map(|checked| one(checked, form, lang)).collect()))
}

fn one(checked: &Checked, form: &Form, lang: Lang) -> Value {
    let rules = checked.rules().iter().map(|rule| {
        Value::object([
            ("id", Value::text(&rule.id)),
            ("text", Value::text(lang.pick(&rule.zh, &rule.en))),
            ("state", Value::text(rule.state.word())),
            ("figures", Value::List(rule.grounds.iter().map(|ground| figure(ground, lang)).collect())),
            ("clause", Value::text(&rule.clause)),
        ])
    });
    let findings = checked.outcome.findings.iter().map(|finding| {
        Value::object([
            ("id", Value::text(finding.id)),
            ("severity", Value::text(finding.severity.word())),
            ("field", Value::text(&finding.field)),
            ("value", Value::text(&finding.value)),
            ("message", Value::Text(said(form, lang, finding))),
            ("source", Value::maybe(finding.origin.as_ref().map(|origin| place(lang, Some(origin))))),
            ("clause", Value::text(&finding.clause)),
        ])
    });
    Value::object([
        ("no", Value::maybe(checked.app.no.as_ref())),
        ("file", Value::text(checked.app.file())),
        ("eligible", Value::text(checked.eligible().word())),
        ("rules", Value::List(rules.collect())),
        ("findings", Value::List(findings.collect())),
    ])
}

fn figure(ground: &Ground, lang: Lang) -> Value {
    let sources = ground.sources.iter().map(|(field, origin)| {
        Value::object([("field", Value::text(field)), ("place", Value::Text(place(lang, Some(origin))))])
    });
    Value::object([
        ("id", Value::text(&ground.id)),
        ("value", Value::maybe(ground.value.as_ref())),
        ("operator", Value::text(ground.operator)),
        ("bound", Value::text(&ground.bound)),
        ("known", Value::text(ground.known.word())),
        ("state", Value::text(ground.state.word())),
        ("sources", Value::List(sources.collect())),
        ("missing", Value::List(ground.lacks.iter().map(Value::text).collect())),
    ])
}

/// All rules and findings as rows: `no,file,eligible,kind,id,state,field,value,message,source,clause`.
#[must_use]
pub fn csv(all: &[Checked], form: &Form, lang: Lang) -> Vec<u8> {
    let header = ["no", "file", "eligible", "kind", "id", "state", "field", "value", "message", "source", "clause"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for checked in all {
        let start = |kind: &str| {
            let no = checked.app.no.as_ref().map(ToString::to_string).unwrap_or_default();
            vec![no, checked.app.file().to_owned(), checked.eligible().word().to_owned(), kind.to_owned()]
        };
        for rule in checked.rules() {
            for ground in &rule.grounds {
                let mut row = start("rule");
                let places: Vec<String> = ground.sources.iter().map(|(_, origin)| place(lang, Some(origin))).collect();
                row.extend([
                    rule.id.clone(),
                    ground.state.word().to_owned(),
                    ground.id.clone(),
                    ground.value.clone().unwrap_or_default(),
                    format!("{} {}", ground.operator, ground.bound),
                    places.join("；"),
                    rule.clause.clone(),
                ]);
                rows.push(row);
            }
        }
        for finding in &checked.outcome.findings {
            let mut row = start("finding");
            row.extend([
                finding.id.to_owned(),
                finding.severity.word().to_owned(),
                finding.field.clone(),
                finding.value.clone(),
                said(form, lang, finding),
                place(lang, finding.origin.as_ref()),
                finding.clause.clone(),
            ]);
            rows.push(row);
        }
    }
    super::report::csv(&rows)
}
