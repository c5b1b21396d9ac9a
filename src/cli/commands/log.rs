//! `log`: the round told, a sentence an act.

use crate::base::clean::clean_line;
use crate::workflow::history::{Entry, Wish, csv, history, line};
use crate::workflow::report::{self, Value};

use super::super::args::{Format, Log};
use super::super::{Context, Outcome};

/// Tells it.
pub(super) fn run(context: &mut Context, args: &Log) -> Outcome {
    let round = context.open(false)?;
    let wish = Wish { packet: args.packet.as_deref(), expert: args.expert.as_deref(), act: args.act.as_deref() };
    let entries = history(&round, context.lang, &wish)?;
    match args.report.format {
        Format::Table => {
            for entry in &entries {
                context.out.line(&clean_line(&line(context.lang, entry, &context.zone)));
            }
        }
        Format::Csv => context.out.bytes(&csv(context.lang, &entries, &context.zone)),
        Format::Json => context.out.bytes(&report::json(&Value::List(entries.iter().map(value).collect()))),
    }
    if entries.is_empty() {
        context.out.note(context.lang.texts().history.nothing);
    }
    Ok(None)
}

fn value(entry: &Entry) -> Value {
    Value::object([
        ("seq", Value::Count(usize::try_from(entry.seq).unwrap_or(usize::MAX))),
        ("time", Value::text(&entry.at)),
        ("actor", Value::text(&entry.actor)),
        ("act", Value::text(&entry.kind)),
        ("experts", Value::List(entry.experts.iter().map(Value::text).collect())),
        ("packets", Value::List(entry.packets.iter().map(Value::text).collect())),
        ("text", Value::text(&entry.text)),
        ("head", Value::text(&entry.head)),
    ])
}
