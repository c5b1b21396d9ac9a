//! `--form` and `--fill`: the score form for a spreadsheet.

use std::path::Path;

use crate::base::lang::fill as put;
use crate::workflow::Sitting;

use super::super::super::{Context, Outcome, words};

/// Writes a form to fill in.
pub(super) fn write(context: &mut Context, sitting: &Sitting, file: &Path, force: bool) -> Outcome {
    sitting.write_form(file, force)?;
    let t = context.t;
    context.out.line(&file.display().to_string());
    context.out.note(&put(t.form_written, &[&sitting.codes().len(), &sitting.rubric().criteria_count()]));
    let next = format!("pingshen score {} --fill {}", words::path(sitting.bundle_path()), words::path(file));
    context.out.note(&put(t.next, &[&next]));
    Ok(None)
}

/// Reads a filled form back.
pub(super) fn fill(context: &mut Context, sitting: &mut Sitting, file: &Path) -> Outcome {
    let changed = sitting.fill_from(file)?;
    let t = context.t;
    let found = sitting.check();
    context.out.line(&put(t.form_filled, &[&changed]));
    context.out.note(&put(t.form_state, &[&found.complete.len(), &found.incomplete.len(), &found.missing_marks]));
    context.repeatable(t.again_fill);
    let next = format!("pingshen score {} --seal", words::path(sitting.bundle_path()));
    context.out.note(&put(t.next, &[&next]));
    Ok(None)
}
