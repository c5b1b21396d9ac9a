//! The door to the screens.

use crate::base::clock::Zone;
use crate::base::{Lang, Result};
use crate::domain::form::Form;
use crate::domain::leak::{Decided, Item, Review};
use crate::tui;
use crate::tui::prompt::Kind;
use crate::workflow::copies::Copied;
use crate::workflow::unlock::Door;
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

/// Opens the expert's screen; gives what came of the copy on the stick when it
/// was left.
///
/// # Errors
/// Those of the terminal.
pub(super) fn score(sitting: Sitting, look: &Look) -> Result<Option<Copied>> {
    tui::score::run(sitting, look.options())
}

/// Opens the meeting's screen.
///
/// # Errors
/// Nothing to rank yet, and those of the terminal.
pub(super) fn standing(round: &Round, look: &Look) -> Result<()> {
    tui::standing::run(round, look.options())
}

/// Opens the screen of leaks; gives the list as it is kept when it was left.
/// `save` keeps what one stroke decided, on another thread, and its refusal is
/// shown in place.
///
/// # Errors
/// Those of the terminal.
pub(super) fn review(
    title: &str,
    form: Option<&'static Form>,
    items: Vec<Item>,
    save: impl FnMut(&Decided) -> Result<()> + Send + 'static,
    look: &Look,
) -> Result<Review> {
    let material = tui::review::Material { title: title.to_owned(), form, items };
    tui::review::run(material, Box::new(save), look.options())
}

/// Asks at the screen for what a bundle needs: the open door, or nothing where
/// the expert left.
///
/// # Errors
/// Those of the terminal.
pub(super) fn unlock(door: Door, look: &Look) -> Result<Option<Door>> {
    tui::unlock::run(door, &look.options())
}

/// Asks for a passphrase on the command's line, until `check` is content; nothing
/// where it was given up.
///
/// # Errors
/// No terminal, or those of the terminal.
pub(super) fn ask_passphrase(
    question: &str,
    look: &Look,
    check: &mut dyn FnMut(&str) -> Result<()>,
) -> Result<Option<String>> {
    tui::prompt::ask(question, Kind::Passphrase, look.lang, check)
}

/// Asks for a code from paper.
///
/// # Errors
/// No terminal, or those of the terminal.
pub(super) fn ask_code(
    question: &str,
    look: &Look,
    check: &mut dyn FnMut(&str) -> Result<()>,
) -> Result<Option<String>> {
    tui::prompt::ask(question, Kind::Code, look.lang, check)
}

/// Asks for a line of text.
///
/// # Errors
/// No terminal, or those of the terminal.
pub(super) fn ask_line(
    question: &str,
    look: &Look,
    check: &mut dyn FnMut(&str) -> Result<()>,
) -> Result<Option<String>> {
    tui::prompt::ask(question, Kind::Line, look.lang, check)
}

/// Asks yes or no.
///
/// # Errors
/// No terminal, or those of the terminal.
pub(super) fn ask_yes(question: &str, look: &Look) -> Result<Option<bool>> {
    let answer = tui::prompt::ask(question, Kind::YesNo, look.lang, &mut |_| Ok(()))?;
    Ok(answer.map(|answer| answer == "yes"))
}
