//! `demo`: lays out the demonstration and opens the screen of a role.

use std::path::Path;

use crate::base::lang::fill;
use crate::base::{Lang, Problem, Result};
use crate::workflow::demo::{Laid, lay_out};
use crate::workflow::{Round, Sitting};

use super::super::args::{Demo, Role};
use super::super::{Context, Outcome, screens, settings, words};
use super::home;

/// Lays out, then opens.
pub(super) fn run(context: &mut Context, args: &Demo) -> Outcome {
    let dir = args.folder.clone().unwrap_or_else(settings::demo_dir);
    let laid = lay_out(&dir, args.packets.map(usize::from), &context.clock)?;
    let text = if laid.again { context.t.demo_again } else { context.t.demo_laid };
    context.out.note(&fill(text, &[&words::path(&dir)]));
    if args.prepare {
        prepared(context, &laid);
        return Ok(None);
    }
    match args.role {
        Role::Secretary => {
            context.dir = Some(laid.meeting_dir);
            home::print_steps(context)?;
        }
        Role::Expert => expert(context, &laid)?,
        Role::Meeting => meeting(context, &laid.meeting_dir)?,
    }
    Ok(None)
}

fn prepared(context: &mut Context, laid: &Laid) {
    for path in [&laid.bundle, &laid.expert_dir, &laid.meeting_dir] {
        context.out.line(&path.display().to_string());
    }
    let t = context.t;
    let score = format!("pingshen score {}", words::path(&laid.bundle));
    context.out.note(&fill(t.next, &[&score]));
    context.out.note(&fill(t.next, &[&words::command(Some(&laid.meeting_dir), "rank")]));
}

/// Both ways to go on without a screen.
fn no_terminal(lang: Lang, laid: &Laid) -> Problem {
    let score = format!("pingshen score {} --plain", words::path(&laid.bundle));
    Problem::NoTerminal {
        instead: [score, words::command(Some(&laid.meeting_dir), "rank")].join(lang.pick("；或 ", ", or ")),
    }
}

fn expert(context: &Context, laid: &Laid) -> Result<()> {
    if !settings::can_draw() {
        return Err(no_terminal(context.lang, laid).into());
    }
    screens::score(Sitting::open(&laid.bundle, None, true, context.clock.clone())?, &context.look).map(drop)
}

fn meeting(context: &Context, dir: &Path) -> Result<()> {
    if !settings::can_draw() {
        return Err(Problem::NoTerminal { instead: words::command(Some(dir), "rank") }.into());
    }
    screens::standing(&Round::open(dir, false, context.clock.clone())?, &context.look)
}
