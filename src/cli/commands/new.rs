//! `new`: a round's folder and its keys.

use crate::base::lang::fill;
use crate::base::{PublicKeys, Result};
use crate::domain::rubric::QuotaKind;
use crate::workflow::enrol;
use crate::workflow::new::{Wanted, new};
use crate::workflow::round::keys::Hold;
use crate::workflow::status::Step;

use super::super::args::New;
use super::super::{Context, Outcome, words};

/// Makes a round.
pub(super) fn run(context: &mut Context, args: &New) -> Outcome {
    let (lang, t, sealing) = (context.lang, context.t, &context.lang.texts().sealing);
    let supervisor = args.supervisor.as_deref().map(enrol::read).transpose()?.map(|public| public.keys);
    let hold = hold(context, args.practice, supervisor.as_ref())?;
    let practice = matches!(hold, Hold::Practice);
    let wanted = Wanted { template: &args.template, quota: args.quota, hold, demo: false, supervisor };
    let (round, spare) = new(&args.folder, &wanted, context.clock.clone())?;
    let rubric = round.rubric();
    context.out.line(&fill(
        t.new_made,
        &[&args.folder.display(), &lang.pick(&rubric.title_zh, &rubric.title_en), &round.template()?.short()],
    ));
    if practice {
        if !args.practice {
            context.out.note(sealing.practice_made);
        }
    } else {
        let code = round.state().secretary.as_ref().map(PublicKeys::check_code).unwrap_or_default();
        context.out.line(&fill(sealing.round_code, &[&code]));
        if let Some(keys) = &wanted.supervisor {
            context.out.line(&fill(sealing.supervisor_code, &[&keys.check_code()]));
        }
        context.out.line(&fill(sealing.spare_made, &[&spare]));
        context.out.note(sealing.spare_how);
    }
    if rubric.quota.kind == QuotaKind::Open && args.quota.is_none() {
        let again = format!("pingshen new DIR --template {} --quota N", args.template);
        context.out.note(&fill(t.new_no_quota, &[&again]));
    }
    context.dir = Some(args.folder.clone());
    let command = words::step_command(lang, Step::Intake, context.dir());
    context.next(&command);
    let command = words::step_command(lang, Step::Packets, context.dir());
    context.next(&command);
    Ok(None)
}

/// Under the passphrase given or chosen; where none can be had, and no
/// supervisor counts on one, the round is for practice.
fn hold(context: &mut Context, practice: bool, supervisor: Option<&PublicKeys>) -> Result<Hold> {
    if practice {
        return Ok(Hold::Practice);
    }
    let question = context.lang.texts().sealing.ask_new_passphrase;
    match context.choose_passphrase(question, &mut |typed| Hold::chosen(typed).map(drop))? {
        Some(passphrase) => Hold::chosen(&passphrase),
        None if supervisor.is_some() => Err(crate::base::Problem::NeedsPassphrase.into()),
        None => Ok(Hold::Practice),
    }
}
