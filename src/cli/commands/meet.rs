//! `meet`: the meeting's screen, to look at.

use crate::base::Problem;
use crate::workflow::rank::rank;

use super::super::{Context, Outcome, screens, settings};

/// Opens the screen.
pub(super) fn run(context: &mut Context) -> Outcome {
    let round = context.open(false)?;
    // What can't be ranked can't be shown: say so before drawing anything.
    rank(&round)?;
    if !settings::can_draw() {
        return Err(Problem::NoTerminal { instead: context.command("rank") }.into());
    }
    screens::standing(&round, &context.look)?;
    Ok(None)
}
