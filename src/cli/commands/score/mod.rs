//! `score`: one expert's bundle, at the screen, line by line, or by script.

mod form;
mod page;
mod plain;
mod script;
mod seal;
mod typed;

use crate::base::{Problem, Refusal};
use crate::workflow::Sitting;

use super::super::args::Score;
use super::super::{Context, Outcome, screens, settings, words};

/// Does what was asked of a bundle.
pub(super) fn run(context: &mut Context, args: &Score) -> Outcome {
    if args.list {
        list(context, &open(context, args, false)?);
        return Ok(None);
    }
    if args.dump {
        dump(context, &open(context, args, false)?);
        return Ok(None);
    }
    if let Some(file) = &args.form {
        return form::write(context, &open(context, args, false)?, file, args.force);
    }
    if !args.plain && !args.stdin && args.fill.is_none() && !args.seal {
        if !settings::can_draw() {
            let instead = format!("pingshen score {} --plain", words::path(&args.bundle));
            return Err(Problem::NoTerminal { instead }.into());
        }
        // A draft that another window holds is opened all the same, to look at.
        let sitting = Sitting::open(&args.bundle, args.draft.as_deref(), true, context.clock.clone())?;
        screens::score(sitting, &context.look)?;
        return Ok(None);
    }
    let mut sitting = open(context, args, true)?;
    if let Some(file) = &args.fill {
        form::fill(context, &mut sitting, file)
    } else if args.seal {
        seal::run(context, &mut sitting, args)
    } else if args.plain {
        plain::run(context, &mut sitting)
    } else {
        script::run(context, &mut sitting)
    }
}

/// Opens the sitting; to write, nobody else may have it open.
fn open(context: &Context, args: &Score, write: bool) -> crate::base::Result<Sitting> {
    let sitting = Sitting::open(&args.bundle, args.draft.as_deref(), write, context.clock.clone())?;
    match sitting.held_by() {
        Some(by) => {
            let held = Refusal::from(Problem::Held { by: by.to_owned() });
            Err(held.in_file(&sitting.draft_path().display().to_string()))
        }
        None => Ok(sitting),
    }
}

/// `CODE CRITERION STEP MAX`, one a line.
fn list(context: &mut Context, sitting: &Sitting) {
    let rubric = sitting.rubric();
    for code in sitting.codes() {
        for criterion in rubric.criteria() {
            context.out.line(&format!("{code} {} {} {}", criterion.id, rubric.step, criterion.max));
        }
    }
}

/// `CODE CRITERION MARK` for every mark given, one a line.
fn dump(context: &mut Context, sitting: &Sitting) {
    for code in sitting.codes() {
        for criterion in sitting.rubric().criteria() {
            if let Some(mark) = sitting.desk().mark(&code, &criterion.id) {
                context.out.line(&format!("{code} {} {mark}", criterion.id));
            }
        }
    }
}
