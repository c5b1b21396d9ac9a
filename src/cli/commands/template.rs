//! `template list|show|check`: the scoring templates and their lint.

use crate::base::lang::{fill, problem};
use crate::base::problem::Fault;
use crate::base::{Class, Digest, Result};
use crate::domain::rubric::Rubric;
use crate::domain::rubric::check::Report;
use crate::workflow::library::{Checked, check_either, check_template, template_bytes, template_ids};
use crate::workflow::report::{self, Value};

use super::super::args::{Format, Template};
use super::super::{Context, Outcome, error, table};

/// Does what was asked of templates.
pub(super) fn run(context: &mut Context, args: &Template) -> Outcome {
    match args {
        Template::List(report) => list(context, report.format),
        Template::Show { template } => show(context, template),
        Template::Check { template, report } => check(context, template, report.format),
    }
}

fn list(context: &mut Context, format: Format) -> Outcome {
    let mut rows = Vec::new();
    for id in template_ids() {
        if let (Some(rubric), _) = check_template(id)? {
            let title = context.lang.pick(&rubric.title_zh, &rubric.title_en).to_owned();
            rows.push([
                id.to_owned(),
                rubric.version.clone(),
                rubric.criteria_count().to_string(),
                rubric.total.to_string(),
                digest(id)?,
                title,
            ]);
        }
    }
    let names = ["id", "version", "criteria", "total", "digest", "title"];
    match format {
        Format::Table => {
            let t = context.t;
            let header = ["id", t.column_version, t.column_criteria, t.column_total, t.column_title];
            let short = rows.iter().map(|[id, version, criteria, total, _, title]| {
                [id, version, criteria, total, title].map(Clone::clone).to_vec()
            });
            let short: Vec<Vec<String>> = short.collect();
            context.out.lines(table::lay(&header, &short, &[2, 3]));
            context.out.note(&fill(t.next, &[&"pingshen template show ID"]));
        }
        Format::Csv => {
            let mut all = vec![names.map(str::to_owned).to_vec()];
            all.extend(rows.into_iter().map(Vec::from));
            context.out.bytes(&report::csv(&all));
        }
        Format::Json => {
            let object = |row: [String; 6]| {
                Value::Object(names.iter().map(|name| (*name).to_owned()).zip(row.map(Value::Text)).collect())
            };
            context.out.bytes(&report::json(&Value::List(rows.into_iter().map(object).collect())));
        }
    }
    Ok(None)
}

fn digest(template: &str) -> Result<String> {
    Ok(Digest::of(&template_bytes(template)?).to_string())
}

fn show(context: &mut Context, template: &str) -> Outcome {
    // What is no template at all is not printed as one.
    check_either(context.lang, template)?;
    let bytes = template_bytes(template)?;
    context.out.bytes(&bytes);
    context.out.note(context.t.template_own);
    Ok(None)
}

fn check(context: &mut Context, template: &str, format: Format) -> Outcome {
    let (checked, report, said) = check_either(context.lang, template)?;
    let digest = digest(template)?;
    let rubric = match &checked {
        Checked::Template(rubric) => rubric.as_deref(),
        Checked::Rule(..) | Checked::Funding(_) => None,
    };
    match format {
        Format::Table => {
            print(context, template, rubric, &report, &digest);
            let sound = match &checked {
                Checked::Rule(Some(_), None) => Some(context.t.rule_sound),
                Checked::Rule(Some(_), Some(_)) => Some(context.t.rules_sound),
                Checked::Funding(Some(_)) => Some(context.t.funding_sound),
                _ => None,
            };
            if let Some(sound) = sound.filter(|_| report.errors.is_empty()) {
                context.out.line(&fill(sound, &[&template, &digest]));
            }
            if let Some(said) = &said.counting {
                context.out.line(&fill(context.t.rule_said, &[said]));
            }
            if let Some(said) = &said.funding {
                context.out.line(&fill(context.t.funding_said, &[said]));
            }
        }
        Format::Csv => {
            let mut rows = vec![["kind", "line", "field", "what", "mend"].map(str::to_owned).to_vec()];
            let kinds = [("error", &report.errors), ("note", &report.notes)];
            for (kind, fault) in
                kinds.into_iter().flat_map(|(kind, faults)| faults.iter().map(move |fault| (kind, fault)))
            {
                let said = problem(context.lang, fault);
                let line = fault.place.line.map(|line| line.to_string()).unwrap_or_default();
                let field = fault.place.field.clone().unwrap_or_default();
                rows.push(vec![kind.to_owned(), line, field, said.what, said.mend.unwrap_or_default()]);
            }
            context.out.bytes(&report::csv(&rows));
        }
        Format::Json => {
            let faults = |faults: &[Fault]| Value::List(faults.iter().map(|fault| finding(context, fault)).collect());
            let value = Value::object([
                ("template", Value::text(template)),
                ("ok", Value::Bool(report.errors.is_empty())),
                ("errors", faults(&report.errors)),
                ("notes", faults(&report.notes)),
                ("criteria", rubric.map_or(Value::Nothing, |rubric| Value::Count(rubric.criteria_count()))),
                ("total", Value::maybe(rubric.map(|rubric| rubric.total))),
                ("rule", Value::maybe(said.counting)),
                ("funding", Value::maybe(said.funding)),
                ("digest", Value::Text(digest)),
            ]);
            context.out.bytes(&report::json(&value));
        }
    }
    Ok((!report.errors.is_empty()).then_some(Class::Check))
}

fn finding(context: &Context, fault: &Fault) -> Value {
    let said = problem(context.lang, fault);
    Value::object([
        ("line", fault.place.line.and_then(|line| usize::try_from(line).ok()).map_or(Value::Nothing, Value::Count)),
        ("field", Value::maybe(fault.place.field.clone())),
        ("what", Value::Text(said.what)),
        ("mend", Value::maybe(said.mend)),
    ])
}

fn print(context: &mut Context, template: &str, rubric: Option<&Rubric>, report: &Report, digest: &str) {
    let (lang, t) = (context.lang, context.t);
    for (heading, faults) in [(t.template_errors, &report.errors), (t.template_notes, &report.notes)] {
        if faults.is_empty() {
            continue;
        }
        context.out.line(&fill(heading, &[&template, &faults.len()]));
        for fault in faults {
            context.out.lines(error::fault_lines(lang, fault).iter().map(|line| format!("  {line}")));
        }
    }
    if let Some(rubric) = rubric {
        context.out.line(&fill(
            t.template_sound,
            &[&template, &rubric.dimensions.len(), &rubric.criteria_count(), &rubric.total, &digest],
        ));
    }
}
