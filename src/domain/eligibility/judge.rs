//! Conditions judged: each with the figures it was judged by, so that anybody
//! can see why.

use rust_decimal::Decimal;

use crate::domain::application::{Application, Origin};
use crate::domain::day::Day;
use crate::domain::form::Form;
use crate::domain::identifiers::credit_code;

use super::figure::{Doubted, Known, Range, figure};
use super::truth::Truth;
use super::{Comparison, Condition, Eligibility, OneOf, Operator, Region, Rule};

/// What became of an applicant's conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// All of them together.
    pub eligible: Truth,
    /// Each.
    pub rules: Vec<Judged>,
}

/// A condition judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Its id.
    pub id: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The clause.
    pub clause: String,
    /// Whether it is met.
    pub state: Truth,
    /// What it was judged by.
    pub grounds: Vec<Ground>,
}

/// One thing a condition was judged by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// What it is called.
    pub id: String,
    /// What was found; nothing where nothing was.
    pub value: Option<String>,
    /// How it was compared, such as `>`.
    pub operator: &'static str,
    /// With what.
    pub bound: String,
    /// How well it is known.
    pub known: Known,
    /// Whether this alone is met.
    pub state: Truth,
    /// Fields it rests on, with their places.
    pub sources: Vec<(String, Origin)>,
    /// Fields it lacks.
    pub lacks: Vec<String>,
    /// The range and the bound, where it is a figure.
    pub figure: Option<(Range, Operator, Decimal)>,
}

/// What conditions are judged by.
#[derive(Debug, Clone, Copy)]
struct Bench<'a> {
    app: &'a Application,
    form: &'a Form,
    deadline: Day,
    doubted: &'a Doubted,
}

/// Judges all conditions of a template. An amount whose unit is in doubt decides
/// nothing that the unit would change.
#[must_use]
pub fn judge(app: &Application, form: &Form, eligibility: &Eligibility, doubted: &Doubted) -> Verdict {
    let bench = Bench { app, form, deadline: eligibility.deadline, doubted };
    let rules: Vec<Judged> = eligibility.rules.iter().map(|rule| judged(bench, rule)).collect();
    Verdict { eligible: Truth::all(rules.iter().map(|rule| rule.state)), rules }
}

fn judged(bench: Bench<'_>, rule: &Rule) -> Judged {
    let mut grounds = Vec::new();
    let state = condition(bench, &rule.condition, &mut grounds);
    Judged {
        id: rule.id.clone(),
        zh: rule.zh.clone(),
        en: rule.en.clone(),
        clause: rule.clause.clone(),
        state,
        grounds,
    }
}

fn condition(bench: Bench<'_>, it: &Condition, grounds: &mut Vec<Ground>) -> Truth {
    let app = bench.app;
    let ground = match it {
        Condition::All(parts) => {
            let states: Vec<Truth> = parts.iter().map(|part| condition(bench, part, grounds)).collect();
            return Truth::all(states);
        }
        Condition::Any(parts) => {
            let states: Vec<Truth> = parts.iter().map(|part| condition(bench, part, grounds)).collect();
            return Truth::any(states);
        }
        Condition::Figure(comparison) => compared(bench, comparison),
        Condition::OneOf(one) => one_of(app, one),
        Condition::Region(region) => in_region(app, region),
        Condition::LegalPerson(field) => legal_person(app, field),
        Condition::NotLate(fields) => not_late(app, fields, bench.deadline),
    };
    let state = ground.state;
    grounds.push(ground);
    state
}

fn compared(bench: Bench<'_>, comparison: &Comparison) -> Ground {
    let found = figure(bench.app, bench.form, comparison, bench.doubted);
    let range = found.range;
    let value = match range.high {
        Some(high) if high == range.low => Some(plain(high)),
        Some(high) => Some(format!("{}–{}", plain(range.low), plain(high))),
        None if found.sources.is_empty() => None,
        None => Some(format!("≥{}", plain(range.low))),
    };
    Ground {
        id: comparison.id.clone(),
        value,
        operator: comparison.operator.sign(),
        bound: plain(comparison.bound),
        known: found.known,
        state: range.against(comparison.operator, comparison.bound, comparison.near),
        sources: found.sources,
        lacks: found.lacks,
        figure: Some((range, comparison.operator, comparison.bound)),
    }
}

/// A figure without the zeros behind it.
#[must_use]
pub fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// A ground that rests on the text of one field.
fn of_text(app: &Application, field: &str, operator: &'static str, bound: String) -> Ground {
    let entry = app.fields.get(field);
    let doubt = app.uncertain.get(field);
    let known = match (entry, doubt) {
        (Some(_), _) => Known::Read,
        (None, Some(_)) => Known::Uncertain,
        (None, None) => Known::Missing,
    };
    let origin = entry.map(|entry| &entry.origin).or_else(|| doubt.map(|doubt| &doubt.origin));
    Ground {
        id: field.to_owned(),
        value: app.text(field).map(str::to_owned).or_else(|| doubt.map(|doubt| doubt.text.clone())),
        operator,
        bound,
        known,
        state: Truth::Unknown,
        sources: origin.map(|origin| (field.to_owned(), origin.clone())).into_iter().collect(),
        lacks: if known == Known::Read { Vec::new() } else { vec![field.to_owned()] },
        figure: None,
    }
}

fn one_of(app: &Application, one: &OneOf) -> Ground {
    let mut ground = of_text(app, &one.field, "in", one.values.join("、"));
    if let Some(text) = app.text(&one.field) {
        let holds = |values: &[String]| values.iter().any(|value| text.trim() == value);
        ground.state = if holds(&one.values) {
            Truth::Met
        } else if holds(&one.open) {
            Truth::Unknown
        } else {
            Truth::NotMet
        };
    }
    ground
}

/// The code of a field, where it checks.
fn sound_code(app: &Application, field: &str) -> Option<String> {
    let code = credit_code::normal(app.text(field)?);
    credit_code::check(&code).is_ok().then_some(code)
}

fn in_region(app: &Application, region: &Region) -> Ground {
    let mut ground = of_text(app, &region.field, "region", region.prefix.clone());
    if let Some(code) = sound_code(app, &region.field) {
        let division = credit_code::region(&code);
        ground.state = if division.starts_with(&region.prefix) {
            Truth::Met
        } else if region.open.iter().any(|open| division.starts_with(open)) {
            Truth::Unknown
        } else {
            Truth::NotMet
        };
        ground.value = Some(division);
    }
    ground
}

fn legal_person(app: &Application, field: &str) -> Ground {
    use credit_code::Class;
    let mut ground = of_text(app, field, "is", "legal_person".to_owned());
    if let Some(code) = sound_code(app, field) {
        ground.state = match credit_code::class(&code) {
            Some(Class::Institution | Class::Social | Class::Company | Class::Cooperative) => Truth::Met,
            Some(Class::SoleTrader) => Truth::NotMet,
            Some(Class::Office | Class::Other) | None => Truth::Unknown,
        };
        ground.value = Some(code.chars().take(2).collect());
    }
    ground
}

fn not_late(app: &Application, fields: &[String], deadline: Day) -> Ground {
    let mut ground = Ground {
        id: fields.join("+"),
        value: None,
        operator: "<=",
        bound: deadline.to_string(),
        known: Known::Missing,
        state: Truth::Unknown,
        sources: Vec::new(),
        lacks: Vec::new(),
        figure: None,
    };
    let mut latest: Option<Day> = None;
    for field in fields {
        let day = app.text(field).and_then(Day::read);
        match (day, app.fields.get(field)) {
            (Some(day), Some(entry)) => {
                ground.sources.push((field.clone(), entry.origin.clone()));
                latest = latest.max(Some(day));
            }
            _ => ground.lacks.push(field.clone()),
        }
    }
    if let Some(day) = latest {
        ground.known = Known::Read;
        ground.value = Some(day.to_string());
        // Any one of them is enough to show lateness; that none is late can be
        // said of those there are.
        ground.state = if day <= deadline { Truth::Met } else { Truth::NotMet };
    }
    ground
}
