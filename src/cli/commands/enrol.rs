//! `enrol`: keys made beforehand, on the machine of whoever holds them.

use crate::base::lang::fill;
use crate::base::{ExpertCode, Problem};
use crate::workflow::enrol::enrol;
use crate::workflow::round::keys::Hold;

use super::super::args::Enrol;
use super::super::{Context, Outcome};

/// Makes the keys and says where they are.
pub(super) fn run(context: &mut Context, args: &Enrol) -> Outcome {
    let sealing = &context.lang.texts().sealing;
    let expert = match &args.expert {
        Some(text) => Some(ExpertCode::parse(text).ok_or_else(|| Problem::BadCode { text: text.clone() })?),
        None => None,
    };
    let chosen = context.choose_passphrase(sealing.ask_own_new, &mut |typed| Hold::chosen(typed).map(drop))?;
    let enrolled = enrol(&args.stem, expert.as_ref(), &chosen.ok_or(Problem::NeedsPassphrase)?)?;
    let text = fill(sealing.enrolled, &[&enrolled.secret.display(), &enrolled.public.display()]);
    context.out.line(&text);
    context.out.line(&fill(sealing.own_code, &[&enrolled.check_code]));
    context.out.line(&fill(sealing.own_spare, &[&enrolled.spare]));
    Ok(None)
}
