//! `open`: sheets that were kept sealed, or that two must open together.

use crate::base::ExpertCode;
use crate::base::lang::fill;
use crate::workflow::open::open;

use super::super::args::Open;
use super::super::{Context, Outcome, screens, settings};
use super::collect::{Codes, close, say};
use super::ended;

/// Opens.
pub(super) fn run(context: &mut Context, args: &Open) -> Outcome {
    let mut round = context.open_unlocked()?;
    let supervisor = match (&round.state().supervisor, &args.supervisor_key) {
        (Some(_), Some(file)) => Some(context.supervisor(file, args.supervisor_passphrase_file.as_deref())?),
        _ => None,
    };
    let sealing = &context.lang.texts().sealing;
    let listed: Vec<_> = round.state().listed.iter().filter(|listed| !listed.done).cloned().collect();
    context.out.note(sealing.digests);
    for listed in &listed {
        context.out.line(&format!("{}  {}", listed.digest, listed.file));
    }
    let mut codes = Codes::read(context, args.codes.as_deref(), !round.state().practice)?;
    let look = context.look.clone();
    let reason = args.reason.clone();
    let mut missing = |expert: &ExpertCode| -> String {
        let asked = || screens::ask_line(&fill(sealing.ask_missing, &[expert]), &look, &mut |_| Ok(())).ok().flatten();
        let said = reason.clone().or_else(|| if settings::can_ask() { asked() } else { None });
        said.filter(|said| !said.trim().is_empty()).unwrap_or_else(|| sealing.missing_unsaid.to_owned())
    };
    let opened = open(&mut round, supervisor.as_ref(), &mut missing, &mut |expert, keys| codes.compare(expert, keys))?;
    for file in &opened {
        say(context, file);
    }
    let refused: Vec<_> = opened.iter().filter_map(|file| file.outcome.as_ref().err()).collect();
    context.out.note(&fill(sealing.opened, &[&(opened.len() - refused.len())]));
    close(context, &round);
    Ok(ended(&refused, opened.len()))
}
