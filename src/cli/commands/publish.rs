//! `publish`: the list with names.

use std::path::Path;

use crate::base::lang::fill;
use crate::workflow::publish::publish;

use super::super::{Context, Outcome};

/// Publishes.
pub(super) fn run(context: &mut Context, names: Option<&Path>) -> Outcome {
    let mut round = if names.is_some() { context.open(true)? } else { context.open_unlocked()? };
    let outcome = publish(&mut round, names)?;
    let t = context.t;
    context.out.lines(outcome.files.iter().map(|file| file.display().to_string()));
    context.out.note(&fill(t.published, &[&outcome.listed]));
    if !outcome.left_to_meeting.is_empty() {
        let codes = outcome.left_to_meeting.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        context.out.note(&fill(t.published_tied, &[&codes]));
    }
    context.repeatable(t.again_publish);
    context.out.note(t.published_next);
    Ok(None)
}
