//! `packets`: takes in packets that are anonymised already.

use std::path::PathBuf;

use crate::base::lang::fill;
use crate::workflow::packets::packets;
use crate::workflow::status::Step;

use super::super::{Context, Outcome, words};
use super::ended;

/// Takes packets in; the good ones are kept.
pub(super) fn run(context: &mut Context, files: &[PathBuf]) -> Outcome {
    let mut round = context.open(true)?;
    let came = packets(&mut round, files)?;
    let t = context.t;
    for came in &came {
        match &came.outcome {
            Ok((code, true)) => context.out.line(&fill(t.packet_new, &[code, &came.file])),
            Ok((code, false)) => context.out.line(&fill(t.packet_again, &[code, &came.file])),
            Err(refusal) => context.refuse(refusal),
        }
    }
    let refused: Vec<_> = came.iter().filter_map(|came| came.outcome.as_ref().err()).collect();
    let new = came.iter().filter(|came| matches!(came.outcome, Ok((_, true)))).count();
    context.out.note(&fill(
        t.packets_sum,
        &[&new, &(came.len() - new - refused.len()), &refused.len(), &round.state().packets.len()],
    ));
    context.repeatable(t.again_packets);
    if !round.state().packets.is_empty() {
        let command = words::step_command(context.lang, Step::Panel, context.dir());
        context.next(&command);
    }
    Ok(ended(&refused, came.len()))
}
