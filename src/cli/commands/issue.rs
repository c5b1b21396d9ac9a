//! `issue`: one bundle per expert, and the papers of the sign-in.

use crate::base::lang::fill;
use crate::workflow::issue::{issue, wants_spare};
use crate::workflow::status::Step;

use super::super::args::Issue;
use super::super::{Context, Outcome, words};
use super::intake::unconfirmed;
use super::keys::typed_spare;

/// Writes the bundles.
pub(super) fn run(context: &mut Context, args: &Issue) -> Outcome {
    let mut round = context.open_unlocked()?;
    let spare = if wants_spare(&round) && !round.state().parts.is_empty() {
        Some(typed_spare(context, args.spare_file.as_deref(), &mut |_| Ok(()))?)
    } else {
        None
    };
    if args.update && round.state().issued.is_empty() {
        return Err(crate::base::Problem::TooEarly { first: "issue" }.into());
    }
    let issued = issue(&mut round, spare.as_deref())?;
    let (t, sealing) = (context.t, &context.lang.texts().sealing);
    for bundle in &issued.bundles {
        let text = if bundle.again { t.issued_again } else { t.issued };
        context.out.line(&fill(text, &[&bundle.expert, &bundle.file.display(), &bundle.packets]));
    }
    if args.update {
        super::amend::updates(context, &mut round)?;
    }
    for paper in &issued.papers {
        context.out.line(&fill(sealing.papers, &[&paper.display()]));
    }
    if !issued.idle.is_empty() {
        let idle = issued.idle.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        context.out.note(&fill(context.lang.texts().assigning.idle, &[&idle]));
    }
    if issued.warnings > 0 {
        context.out.note(&fill(context.lang.texts().blinding.issue_warnings, &[&issued.warnings]));
    }
    let open = unconfirmed(&round);
    if !open.is_empty() {
        let open = open.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        context.out.note(&fill(context.lang.texts().intake.unconfirmed, &[&open]));
    }
    if round.state().practice {
        context.out.note(sealing.practice_bundles);
    }
    context.repeatable(t.again_issue);
    context.out.note(&fill(t.experts_score, &[&words::inside(round.dir(), "outbox")]));
    let command = words::step_command(context.lang, Step::Collect, context.dir());
    context.next(&command);
    Ok(None)
}
