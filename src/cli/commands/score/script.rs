//! `--stdin`: one act a line, one answer a line. What is answered `ok` is on
//! the disk.

use std::io;

use crate::base::{Class, Problem, Refusal};
use crate::domain::desk::Act;
use crate::workflow::Sitting;

use super::super::super::lines::{self, LONGEST, Line};
use super::super::super::{Context, Outcome, error};
use super::copy;
use super::typed::{self, Typed};

/// Reads lines to the end; exits 65 where any was refused.
pub(super) fn run(context: &mut Context, sitting: &mut Sitting) -> Outcome {
    let mut stdin = io::stdin().lock();
    let mut ended = None;
    let mut number = 0usize;
    loop {
        let line = lines::next(&mut stdin).map_err(|error| Refusal::reading("stdin", &error))?;
        number += 1;
        let read = match line {
            None => break,
            Some(Line::Text(text)) if text.trim().is_empty() || text.trim_start().starts_with('#') => continue,
            Some(Line::Text(text)) => typed::read(&text),
            Some(Line::TooLong) => Err((
                format!("#{number}"),
                crate::base::limits::too_many(crate::base::limits::Counted::LineBytes, LONGEST),
            )),
            Some(Line::NotText) => Err((format!("#{number}"), Problem::BadEncoding { at: 0 })),
        };
        let (echo, refused) = match read {
            Err((echo, problem)) => (echo, Some(error::one_line(context.lang, &problem.into()))),
            Ok(Typed { act, echo }) => {
                let refused = impossible(context, sitting, &act);
                if refused.is_none()
                    && let Err(refusal) = sitting.record(&act)
                {
                    // The disk's doing: nothing after it can be kept either.
                    answer(context, &echo, Some(&error::one_line(context.lang, &refusal)));
                    return Err(refusal);
                }
                (echo, refused)
            }
        };
        if refused.is_some() {
            ended = Some(Class::BadData);
        }
        if !answer(context, &echo, refused.as_deref()) {
            // Nobody reads the answers any more.
            break;
        }
        copy::after_act(context, sitting);
    }
    Ok(ended)
}

/// Why an act can't be done, if it can't; an undo needs something to take back.
pub(super) fn impossible(context: &Context, sitting: &Sitting, act: &Act) -> Option<String> {
    match act {
        Act::Undo if sitting.desk().next_undo().is_none() => Some(context.t.nothing_to_undo.to_owned()),
        Act::Redo if sitting.desk().next_redo().is_none() => Some(context.t.nothing_to_redo.to_owned()),
        act => sitting.allowed(act).err().map(|refusal| error::one_line(context.lang, &refusal)),
    }
}

fn answer(context: &mut Context, echo: &str, refused: Option<&str>) -> bool {
    let text = refused.map_or_else(|| format!("ok {echo}"), |why| format!("err {echo} {why}"));
    context.out.line(&text);
    context.out.flush()
}
