//! `keys`: the round's keys: check codes, the spare code, the passphrase.

use std::path::Path;

use crate::base::lang::fill;
use crate::base::{Problem, Result};
use crate::domain::round::Admission;
use crate::workflow::passphrase::{change, spare, unlock_with_spare};
use crate::workflow::round::keys::Hold;

use super::super::args::Keys;
use super::super::{Context, Outcome, screens, secrets, settings, table};

/// Does what was asked.
pub(super) fn run(context: &mut Context, args: &Keys) -> Outcome {
    match args {
        Keys::Show => show(context)?,
        Keys::Spare => {
            let round = context.open_unlocked()?;
            let text = fill(context.lang.texts().sealing.spare_made, &[&spare(&round)?]);
            context.out.line(&text);
        }
        Keys::Passphrase { spare, spare_file, new_passphrase_file, reason } => {
            let mut round = context.open(true)?;
            if *spare {
                let typed = typed_spare(context, spare_file.as_deref(), &mut |_| Ok(()))?;
                unlock_with_spare(&mut round, &typed, reason.as_deref().unwrap_or_default())?;
            } else {
                context.unlock(&mut round)?;
            }
            let new = match secrets::given(new_passphrase_file.as_deref(), "PINGSHEN_NEW_PASSPHRASE")? {
                Some(given) => given,
                None if settings::can_ask() => {
                    let question = context.lang.texts().sealing.ask_new_passphrase;
                    context
                        .ask_twice(question, &mut |typed| Hold::chosen(typed).map(drop))?
                        .ok_or(Problem::NeedsPassphrase)?
                }
                None => return Err(Problem::NeedsPassphrase.into()),
            };
            change(&mut round, &new)?;
            context.out.note(context.lang.texts().sealing.passphrase_changed);
        }
    }
    Ok(None)
}

/// A spare code: given, or typed from its card.
pub(super) fn typed_spare(
    context: &mut Context,
    file: Option<&Path>,
    check: &mut dyn FnMut(&str) -> Result<()>,
) -> Result<String> {
    if let Some(given) = secrets::given(file, "PINGSHEN_SPARE")? {
        return Ok(given);
    }
    if !settings::can_ask() {
        return Err(Problem::SpareWanted.into());
    }
    let typed = screens::ask_code(context.lang.texts().sealing.ask_spare, &context.look, check)?;
    typed.ok_or_else(|| Problem::SpareWanted.into())
}

fn show(context: &mut Context) -> Result<()> {
    let round = context.open(false)?;
    let (t, sealing) = (context.t, &context.lang.texts().sealing);
    let state = round.state();
    let mut rows = Vec::new();
    for (name, keys) in [(sealing.key_round, &state.secretary), (sealing.key_supervisor, &state.supervisor)] {
        if let Some(keys) = keys {
            rows.push(vec![name.to_owned(), keys.check_code(), String::new()]);
        }
    }
    for (expert, (keys, how)) in &state.keys {
        let how = match how {
            Admission::Enrolled => sealing.how_enrolled,
            Admission::Compared => sealing.how_compared,
            Admission::Practice => sealing.how_practice,
        };
        rows.push(vec![expert.to_string(), keys.check_code(), how.to_owned()]);
    }
    context.out.lines(table::lay(&[t.column_expert, sealing.column_check_code, sealing.column_how], &rows, &[]));
    Ok(())
}
