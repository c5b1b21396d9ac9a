//! `issue`: one bundle per expert.

use crate::base::lang::fill;
use crate::workflow::issue::issue;
use crate::workflow::status::Step;

use super::super::{Context, Outcome, words};

/// Writes the bundles.
pub(super) fn run(context: &mut Context) -> Outcome {
    let mut round = context.open(true)?;
    let issued = issue(&mut round)?;
    let t = context.t;
    for bundle in &issued {
        let text = if bundle.again { t.issued_again } else { t.issued };
        context.out.line(&fill(text, &[&bundle.expert, &bundle.file.display(), &bundle.packets]));
    }
    context.repeatable(t.again_issue);
    context.out.note(&fill(t.experts_score, &[&words::inside(round.dir(), "outbox")]));
    let command = words::step_command(context.lang, Step::Collect, context.dir());
    context.next(&command);
    Ok(None)
}
