//! The door to the screens.

use crate::base::clock::Zone;
use crate::base::{Lang, Result};
use crate::tui;
use crate::workflow::{Round, Sitting};

/// How a screen is to look, as settings and command line say.
#[derive(Debug, Clone)]
pub(super) struct Look {
    /// Language of the interface.
    pub lang: Lang,
    /// Whether doubtful signs are two cells wide.
    pub wide_signs: bool,
    /// Whether colour may be used.
    pub color: bool,
    /// The zone times are shown in.
    pub zone: Zone,
}

impl Look {
    fn options(&self) -> tui::Options {
        tui::Options { lang: self.lang, color: self.color, wide_signs: self.wide_signs, zone: self.zone.clone() }
    }
}

/// Opens the expert's screen.
///
/// # Errors
/// Those of the terminal.
pub(super) fn score(sitting: Sitting, look: &Look) -> Result<()> {
    tui::score::run(sitting, look.options())
}

/// Opens the meeting's screen.
///
/// # Errors
/// Nothing to rank yet, and those of the terminal.
pub(super) fn standing(round: &Round, look: &Look) -> Result<()> {
    tui::standing::run(round, look.options())
}
