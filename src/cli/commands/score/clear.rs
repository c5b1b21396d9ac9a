//! `--clear`: the draft, the key file and their copies go from this machine, once
//! the receipt code is confirmed.

use crate::base::Problem;
use crate::base::lang::fill;
use crate::workflow::clear::{check, clear, standing};
use crate::workflow::places::Places;

use super::super::super::args::Score;
use super::super::super::{Context, Outcome, screens, settings};

/// Clears, saying each file as it goes.
pub(super) fn run(context: &mut Context, args: &Score) -> Outcome {
    let t = &context.lang.texts().stick;
    let local = settings::drafts_dir(&args.bundle);
    let places = Places::of(&args.bundle, args.draft.as_deref(), &local)?;
    let reason = args.reason.as_deref();
    let mut receipt = args.receipt.clone();
    if receipt.is_none() && settings::can_ask() {
        let found = standing(&places).ok().flatten();
        let wanted = check(&places, found.as_ref(), None, reason);
        if wanted.is_err_and(|refusal| *refusal.problem() == Problem::ReceiptWanted) {
            receipt = screens::ask_code(t.ask_receipt, &context.look, &mut |typed| {
                check(&places, found.as_ref(), Some(typed), reason)
            })?;
        }
    }
    let cleared = context.lang.texts().sealing.cleared;
    let out = &mut context.out;
    let clock = context.clock.clone();
    let count = clear(&places, receipt.as_deref(), reason, &clock, &mut |file| {
        out.line(&fill(cleared, &[&file.display()]));
    })?;
    if count == 0 {
        out.note(t.nothing_to_clear);
        return Ok(None);
    }
    if let Some(reason) = reason {
        out.line(&fill(t.cleared_reason, &[&reason]));
    }
    out.note(&fill(t.cleared_count, &[&count]));
    Ok(None)
}
