//! The door to the screens.

use crate::base::clock::Zone;
use crate::base::{Clock, Lang, Problem, Result};
use crate::workflow::settings::{Ambiguous, Borders, Color};
use crate::workflow::{Round, Sitting};

/// How a screen is to look, as settings and command line say.
#[derive(Debug, Clone)]
pub(super) struct Look {
    /// Language of the interface.
    pub lang: Lang,
    /// Signs that lines are drawn with.
    pub borders: Borders,
    /// Width of doubtful characters.
    pub ambiguous: Ambiguous,
    /// Colour.
    pub color: Color,
    /// The clock.
    pub clock: Clock,
    /// The zone times are shown in.
    pub zone: Zone,
}

/// Opens the expert's screen.
///
/// # Errors
/// No terminal to draw on, and those of the sitting.
pub(super) fn score(sitting: Sitting, look: Look) -> Result<()> {
    let instead = format!("pingshen score {} --plain", sitting.bundle_path().display());
    drop((sitting, look));
    Err(Problem::NoTerminal { instead }.into())
}

/// Opens the meeting's screen.
///
/// # Errors
/// No terminal to draw on, and those of the round.
pub(super) fn standing(round: Round, look: Look) -> Result<()> {
    let instead = format!("pingshen -C {} rank", round.dir().display());
    drop((round, look));
    Err(Problem::NoTerminal { instead }.into())
}
