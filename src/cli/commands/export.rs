//! `export shortlist`: the standing as a document; `export declarations`: what
//! the experts sign beforehand.

use std::path::{Path, PathBuf};

use crate::base::lang::fill;
use crate::workflow::declarations::documents;
use crate::workflow::export::{Format, export_shortlist, shortlist};
use crate::workflow::rank::rank;
use crate::workflow::status::Step;

use super::super::args::{DocumentFormat, Export};
use super::super::{Context, Outcome, words};

/// Exports.
pub(super) fn run(context: &mut Context, args: &Export) -> Outcome {
    let (format, output) = match args {
        Export::Declarations { output } => return declarations(context, output.as_deref()),
        Export::Shortlist { format, output } => (format, output),
    };
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

/// Writes the declarations.
fn declarations(context: &mut Context, output: Option<&Path>) -> Outcome {
    let mut round = context.open_unlocked()?;
    let files = documents(&mut round, output)?;
    let t = &context.lang.texts().declaring;
    let papers: Vec<&PathBuf> = files.iter().filter(|file| file.extension().is_some_and(|e| e == "docx")).collect();
    for file in &papers {
        context.out.line(&file.display().to_string());
    }
    let folder = files.first().and_then(|file| file.parent()).map(|folder| folder.display().to_string());
    context.out.note(&fill(t.written, &[&papers.len(), &folder.unwrap_or_default()]));
    context.out.note(t.keep_apart);
    context.next("panel --declare E01 --none");
    Ok(None)
}
