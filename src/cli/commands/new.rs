//! `new`: a round's folder.

use crate::base::lang::fill;
use crate::domain::rubric::QuotaKind;
use crate::workflow::new::new;
use crate::workflow::status::Step;

use super::super::args::New;
use super::super::{Context, Outcome, words};

/// Makes a round.
pub(super) fn run(context: &mut Context, args: &New) -> Outcome {
    let round = new(&args.folder, &args.template, args.quota, false, context.clock.clone())?;
    let (lang, t) = (context.lang, context.t);
    let rubric = round.rubric();
    context.out.line(&fill(
        t.new_made,
        &[&args.folder.display(), &lang.pick(&rubric.title_zh, &rubric.title_en), &round.template()?.short()],
    ));
    if rubric.quota.kind == QuotaKind::Open && args.quota.is_none() {
        let again = format!("pingshen new DIR --template {} --quota N", args.template);
        context.out.note(&fill(t.new_no_quota, &[&again]));
    }
    context.dir = Some(args.folder.clone());
    let command = words::step_command(lang, Step::Packets, context.dir());
    context.next(&command);
    Ok(None)
}
