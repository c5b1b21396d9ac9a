//! `export shortlist`: the standing as a document.

use std::path::Path;

use crate::base::lang::fill;
use crate::workflow::export::{Format, export_shortlist, shortlist};
use crate::workflow::rank::rank;
use crate::workflow::status::Step;

use super::super::args::{DocumentFormat, Export};
use super::super::{Context, Outcome, words};

/// Exports.
pub(super) fn run(context: &mut Context, args: &Export) -> Outcome {
    let Export::Shortlist { format, output } = args;
    let format = match format {
        DocumentFormat::Csv => Format::Csv,
        DocumentFormat::Json => Format::Json,
        DocumentFormat::Md => Format::Md,
    };
    if output.as_deref() == Some(Path::new("-")) {
        let round = context.open(false)?;
        let at = context.clock.now().date_and_minute(&context.zone);
        let bytes = shortlist(&round, &rank(&round)?, format, &at)?;
        context.out.bytes(&bytes);
        return Ok(None);
    }
    let mut round = context.open(true)?;
    let file = export_shortlist(&mut round, format, output.as_deref(), &context.clock, &context.zone)?;
    context.out.line(&file.display().to_string());
    let t = context.t;
    context.out.note(&fill(t.exported, &[&round.head().receipt()]));
    context.repeatable(t.again_export);
    context.next("meet");
    let publish = words::step_command(context.lang, Step::Publish, context.dir());
    context.next(&publish);
    Ok(None)
}
