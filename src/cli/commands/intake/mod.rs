//! `intake`: application forms as they arrive. `--dry-run` reads them and says
//! what was read, what is uncertain and why, and what is missing.

use crate::base::lang::{fill, why};
use crate::base::{Problem, Refusal, Result};
use crate::domain::application::{Application, Doubt};
use crate::domain::form::{FieldKind, Form};
use crate::domain::packet::Value as Held;
use crate::workflow::check::label;
use crate::workflow::intake;
use crate::workflow::report::{self, Value};

use super::ended;
use crate::cli::args::{Format, Intake};
use crate::cli::{Context, Outcome, reading, table};

mod keeping;

pub(super) use keeping::unconfirmed;

/// Reads forms, or writes the form as a sheet.
pub(super) fn run(context: &mut Context, args: &Intake) -> Outcome {
    if let Some(file) = &args.supply {
        return keeping::supply(context, file);
    }
    if !args.confirm.is_empty() {
        return keeping::confirm(context, &args.confirm, args.reason.as_deref().unwrap_or_default());
    }
    if !args.withdraw.is_empty() {
        return keeping::withdraw(context, &args.withdraw, args.reason.as_deref().unwrap_or_default());
    }
    // In a round its own form is read; by itself, the one that is named.
    let round = if args.dry_run || args.form.is_some() { None } else { Some(context.open_unlocked()?) };
    let form = match &round {
        Some(round) if args.template.is_none() => round.form()?,
        _ => intake::form(args.template.as_deref())?,
    };
    if let Some(file) = &args.form {
        intake::write_form(file, form)?;
        let text = fill(context.lang.texts().intake.written, &[&file.display()]);
        context.out.note(&text);
        return Ok(None);
    }
    let reader = reading::reader()?;
    let jobs = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let progress = context.lang.texts().intake.progress;
    let out = &mut context.out;
    let mut read = intake::read(&args.files, form, &reader, jobs, &mut |done, all| {
        out.progress(&fill(progress, &[&done, &all]));
    });
    context.out.progress_done();
    if let Some(file) = &args.cities {
        intake::cities(&mut read, file)?;
    }
    report(context, form, &read, args.report.format);
    match round {
        None => finish(context, &read),
        Some(round) => keeping::take(context, round, read, args.report.format),
    }
}

/// Says what was read.
fn report(context: &mut Context, form: &Form, read: &[intake::Came], format: Format) {
    let good = || read.iter().filter_map(|(_, outcome)| outcome.as_ref().ok());
    match format {
        Format::Json => {
            let values = good().map(|application| value(context, form, application)).collect();
            context.out.bytes(&report::json(&Value::List(values)));
        }
        Format::Csv => {
            let mut rows = vec![["file", "id", "label", "state", "value", "source", "why"].map(str::to_owned).to_vec()];
            for application in good() {
                rows.extend(csv_rows(context, form, application));
            }
            context.out.bytes(&report::csv(&rows));
        }
        Format::Table => {
            for application in good() {
                print(context, form, application);
            }
        }
    }
}

fn finish(context: &mut Context, read: &[(String, Result<Application>)]) -> Outcome {
    let refused: Vec<&Refusal> = read.iter().filter_map(|(_, outcome)| outcome.as_ref().err()).collect();
    for refusal in &refused {
        context.refuse(refusal);
    }
    let text = fill(context.lang.texts().intake.total, &[&read.len(), &(read.len() - refused.len()), &refused.len()]);
    context.out.note(&text);
    if read.is_empty() {
        return Err(Problem::EmptyPacket.into());
    }
    Ok(ended(&refused, read.len()))
}

fn print(context: &mut Context, form: &Form, application: &Application) {
    let t = &context.lang.texts().intake;
    let lang = context.lang;
    let counts = (application.fields.len(), application.uncertain.len(), application.missing.len());
    context.out.line(&fill(t.sum, &[&application.file(), &counts.0, &counts.1, &counts.2]));
    if !application.years.is_empty() && application.years != form.years {
        let years = [application.years.join(t.list_stop), form.years.join(t.list_stop)];
        context.out.line(&fill(t.years, &[&years[0], &years[1]]));
    }
    if !application.uncertain.is_empty() {
        let header = [t.head_field, t.head_value, t.head_text, t.head_why, t.head_place];
        let header: Vec<String> = header
            .iter()
            .enumerate()
            .map(|(at, head)| if at == 0 { format!("  {head}") } else { (*head).to_owned() })
            .collect();
        let row = |(id, doubt): (&String, &Doubt)| {
            vec![
                format!("  {}", label(form, lang, id)),
                doubt.value.as_ref().map_or_else(|| t.no_value.to_owned(), |value| short(&value.to_string())),
                short(&doubt.text),
                why(lang, doubt.why.word()).to_owned(),
                doubt.origin.to_string(),
            ]
        };
        let rows: Vec<Vec<String>> = application.uncertain.iter().map(row).collect();
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        context.out.lines(table::lay(&header, &rows, &[]));
    }
    if !application.missing.is_empty() {
        let labels: Vec<String> = application.missing.iter().map(|id| label(form, lang, id)).collect();
        context.out.line(&fill(t.missing, &[&labels.join(t.list_stop)]));
    }
    if !application.carriers.is_empty() {
        context.out.line(&fill(t.leaks, &[&application.carriers.len()]));
    }
}

/// A text short enough for a table.
fn short(text: &str) -> String {
    let line = text.replace('\n', " ");
    if line.chars().count() <= 24 { line } else { line.chars().take(23).chain(['…']).collect() }
}

/// A value for other programs: counts as integers, amounts as strings.
fn held(form: &Form, id: &str, value: &Held) -> Value {
    match value {
        Held::Text(text) => Value::text(text),
        Held::Bool(yes) => Value::Bool(*yes),
        Held::List(values) => Value::List(values.iter().map(|v| Value::maybe(v.as_ref())).collect()),
        Held::Number(number) => {
            let count = form.field_like(id).is_some_and(|field| field.kind == FieldKind::Int);
            let whole = number.is_integer().then(|| number.trunc().to_string().parse::<usize>().ok()).flatten();
            match whole {
                Some(whole) if count => Value::Count(whole),
                _ => Value::text(number),
            }
        }
    }
}

fn value(context: &Context, form: &Form, application: &Application) -> Value {
    let file = application.file();
    let fields = application.fields.iter().map(|(id, entry)| {
        let source = format!("{file} {}", entry.origin);
        (id.clone(), Value::object([("value", held(form, id, &entry.value)), ("source", Value::text(&source))]))
    });
    let uncertain = application.uncertain.iter().map(|(id, doubt)| {
        Value::object([
            ("id", Value::text(id)),
            ("value", doubt.value.as_ref().map_or(Value::Nothing, |value| held(form, id, value))),
            ("why", Value::text(why(context.lang, doubt.why.word()))),
            ("reason", Value::text(doubt.why.word())),
            ("text", Value::text(&doubt.text)),
            ("source", Value::text(&format!("{file} {}", doubt.origin))),
        ])
    });
    let leaks = application.carriers.iter().map(|carrier| {
        Value::object([
            ("kind", Value::text(carrier.kind.word())),
            ("where", Value::text(&carrier.place)),
            ("text", Value::text(&carrier.text)),
        ])
    });
    Value::object([
        ("file", Value::text(file)),
        ("years", Value::List(application.years.iter().map(Value::text).collect())),
        ("fields", Value::Object(fields.collect())),
        ("uncertain", Value::List(uncertain.collect())),
        ("missing", Value::List(application.missing.iter().map(Value::text).collect())),
        ("source_leaks", Value::List(leaks.collect())),
    ])
}

fn csv_rows(context: &Context, form: &Form, application: &Application) -> Vec<Vec<String>> {
    let row = |id: &str, state: &str, value: String, source: String, why: &str| {
        vec![
            application.file().to_owned(),
            id.to_owned(),
            label(form, context.lang, id),
            state.to_owned(),
            value,
            source,
            why.to_owned(),
        ]
    };
    let mut rows = Vec::new();
    for (id, entry) in &application.fields {
        rows.push(row(id, "read", entry.value.to_string(), entry.origin.to_string(), ""));
    }
    for (id, doubt) in &application.uncertain {
        let value = doubt.value.as_ref().map(ToString::to_string).unwrap_or_default();
        rows.push(row(id, "uncertain", value, doubt.origin.to_string(), why(context.lang, doubt.why.word())));
    }
    for id in &application.missing {
        rows.push(row(id, "missing", String::new(), String::new(), ""));
    }
    rows
}
