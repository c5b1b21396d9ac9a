//! `pingshen` alone: where the round stands and what comes next; outside a
//! round, where to begin.

use crate::base::Result;
use crate::base::lang::fill;
use crate::workflow::Round;
use crate::workflow::open::pending;
use crate::workflow::status::{Step, steps};

use super::super::{Context, Outcome, table, words};

/// Prints the steps, or a welcome.
pub(super) fn run(context: &mut Context) -> Outcome {
    if context.dir.is_none() && !Round::is_in(context.dir()) {
        let t = context.t;
        context.out.line(t.welcome);
        for (command, text) in
            [("pingshen demo", t.welcome_demo), ("pingshen new", t.welcome_new), ("pingshen score", t.welcome_score)]
        {
            context.out.line(&format!("  {command:<16}{text}"));
        }
        context.out.line(t.welcome_help);
        return Ok(None);
    }
    print_steps(context)?;
    Ok(None)
}

/// Prints the steps of the round with their state, and the next command.
pub(super) fn print_steps(context: &mut Context) -> Result<()> {
    let round = context.open(false)?;
    let (lang, t) = (context.lang, context.t);
    let rubric = round.rubric();
    context.out.line(lang.pick(&rubric.title_zh, &rubric.title_en));
    if round.state().demo {
        context.out.line(t.demo_data);
    } else if round.state().practice {
        context.out.line(context.lang.texts().sealing.practice_round);
    }
    let steps = steps(&round);
    let mut rows = Vec::new();
    for (at, state) in steps.iter().enumerate() {
        let done = if state.done { t.step_done } else { t.step_open };
        let figures = match state.figures {
            Some((some, all)) if some != all => format!("{some}/{all}"),
            Some((0, 0)) | None => String::new(),
            Some((all, _)) => all.to_string(),
        };
        rows.push(vec![(at + 1).to_string(), words::step(lang, state.step).to_owned(), done.to_owned(), figures]);
    }
    context.out.lines(table::lay(&["#", t.column_step, t.column_state, t.column_count], &rows, &[0, 3]));
    if round.state().kept_sealed || round.state().supervisor.is_some() && pending(&round) > 0 {
        let command = context.command("open");
        let text = fill(context.lang.texts().sealing.kept_sealed, &[&pending(&round), &command]);
        context.out.note(&text);
        return Ok(());
    }
    let next = steps.iter().find(|state| !state.done && state.step != Step::Meet);
    match next.map(|state| state.step) {
        None => {}
        Some(Step::Rank) => {
            context.next("rank");
            context.next("export shortlist");
        }
        Some(Step::Publish) => {
            context.next("meet");
            // Where applications came in, the register has the names.
            if !round.state().applications.is_empty() {
                context.next("publish");
                return Ok(());
            }
            let publish = words::step_command(lang, Step::Publish, context.dir());
            context.next(&publish);
        }
        Some(Step::Packets) => {
            for step in [Step::Intake, Step::Packets] {
                let command = words::step_command(lang, step, context.dir());
                context.next(&command);
            }
        }
        Some(step) => {
            let command = words::step_command(lang, step, context.dir());
            context.next(&command);
        }
    }
    if steps.iter().any(|state| state.step == Step::Collect && !state.done) && !round.state().issued.is_empty() {
        context.out.note(&fill(t.experts_score, &[&words::inside(round.dir(), "outbox")]));
    }
    Ok(())
}
