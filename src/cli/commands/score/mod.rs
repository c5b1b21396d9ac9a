//! `score`: one expert's bundle, at the screen, line by line, or by script.

mod clear;
mod copy;
mod door;
mod form;
mod page;
mod plain;
mod script;
mod seal;
mod typed;
mod update;

use crate::base::{Problem, Refusal};
use crate::workflow::Sitting;
use crate::workflow::places::Places;
use crate::workflow::unlock::Door;

use super::super::args::Score;
use super::super::{Context, Outcome, screens, settings, words};

/// Does what was asked of a bundle.
pub(super) fn run(context: &mut Context, args: &Score) -> Outcome {
    if args.clear {
        return clear::run(context, args);
    }
    if args.list {
        let sitting = open(context, args, false)?;
        list(context, &sitting);
        return Ok(None);
    }
    if args.dump {
        let sitting = open(context, args, false)?;
        dump(context, &sitting);
        return Ok(None);
    }
    if let Some(file) = &args.form {
        let sitting = open(context, args, false)?;
        return form::write(context, &sitting, file, args.force);
    }
    if !args.plain && !args.stdin && args.fill.is_none() && !args.seal {
        if !settings::can_draw() {
            let instead = format!("pingshen score {} --plain", words::path(&args.bundle));
            return Err(Problem::NoTerminal { instead }.into());
        }
        // A draft that another window holds is opened all the same, to look at.
        let mut places = copy::places(context, args, true)?;
        let Some(door) = door::on_screen(context, args, &places)? else { return Ok(None) };
        let mut sitting = enter(context, &mut places, door)?;
        update::merge(context, &mut sitting, args)?;
        let left = screens::score(sitting, &context.look)?;
        copy::told(context, left);
        return Ok(None);
    }
    let mut sitting = open(context, args, true)?;
    let outcome = if let Some(file) = &args.fill {
        form::fill(context, &mut sitting, file)
    } else if args.seal {
        seal::run(context, &mut sitting, args)
    } else if args.plain {
        plain::run(context, &mut sitting)
    } else {
        script::run(context, &mut sitting)
    };
    // However it ended: what is on the disk here is on the stick, too.
    copy::told(context, sitting.leave());
    outcome
}

/// Goes through the door; what was brought in for another bundle goes again.
fn enter(context: &Context, places: &mut Places, door: Door) -> crate::base::Result<Sitting> {
    let entered = Sitting::enter(door, Some(places.draft()), context.clock.clone());
    match entered {
        Ok(mut sitting) => {
            sitting.keep_copies(places.copies());
            Ok(sitting)
        }
        Err(refusal) => {
            if matches!(refusal.problem(), Problem::OtherDraft { .. }) {
                places.take_back();
            }
            Err(refusal)
        }
    }
}

/// Opens the sitting; to write, nobody else may have it open.
fn open(context: &mut Context, args: &Score, write: bool) -> crate::base::Result<Sitting> {
    let mut places = copy::places(context, args, write)?;
    let door = door::by_line(context, args, &places, write)?;
    let mut sitting = enter(context, &mut places, door)?;
    match sitting.held_by() {
        Some(by) => {
            let held = Refusal::from(Problem::Held { by: by.to_owned() });
            Err(held.in_file(&sitting.draft_path().display().to_string()))
        }
        None => {
            update::merge(context, &mut sitting, args)?;
            update::say(context, &sitting);
            Ok(sitting)
        }
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
