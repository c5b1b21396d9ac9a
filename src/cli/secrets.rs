//! Passphrases, slips and codes as they reach a command: from a file or the
//! environment for scripts, else typed at the terminal.

use std::path::{Path, PathBuf};

use crate::base::{Problem, Refusal, Result};
use crate::workflow::Round;
use crate::workflow::enrol::{self, Unlocked};

use super::{Context, screens, settings};

/// Largest file of one secret, in bytes.
const LARGEST: u64 = crate::base::Limits::STANDARD.head;

/// Where secrets of this run may come from, apart from the terminal.
#[derive(Debug, Clone, Default)]
pub(super) struct Sources {
    /// `--passphrase-file`.
    pub passphrase_file: Option<PathBuf>,
}

/// The first line of a file.
pub(super) fn first_line(file: &Path) -> Result<String> {
    let bytes = crate::workflow::packets::read_file(file, LARGEST)?;
    let text = String::from_utf8(bytes)
        .map_err(|error| Problem::BadEncoding { at: error.utf8_error().valid_up_to() })
        .map_err(|problem| Refusal::from(problem).in_file(&file.display().to_string()))?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// A secret from its file, else from the environment.
pub(super) fn given(file: Option<&Path>, variable: &str) -> Result<Option<String>> {
    match file {
        Some(file) => first_line(file).map(Some),
        None => Ok(settings::variable(variable)),
    }
}

impl Context {
    /// The passphrase given for scripts.
    pub(super) fn given_passphrase(&self) -> Result<Option<String>> {
        given(self.sources.passphrase_file.as_deref(), "PINGSHEN_PASSPHRASE")
    }

    /// Opens the round to write, its key unlocked.
    pub(super) fn open_unlocked(&mut self) -> Result<Round> {
        let mut round = self.open(true)?;
        self.unlock(&mut round)?;
        Ok(round)
    }

    /// Unlocks a round: with the passphrase given, or typed.
    pub(super) fn unlock(&mut self, round: &mut Round) -> Result<()> {
        if round.is_unlocked() {
            return Ok(());
        }
        if let Some(given) = self.given_passphrase()? {
            return round.unlock(&given);
        }
        if !settings::can_ask() {
            return Err(Problem::NeedsPassphrase.into());
        }
        let typed = screens::ask_passphrase(self.lang.texts().sealing.ask_passphrase, &self.look, &mut |typed| {
            round.unlock(typed)
        })?;
        typed.map(drop).ok_or_else(|| Problem::NeedsPassphrase.into())
    }

    /// A passphrase chosen now: given, or typed twice.
    pub(super) fn choose_passphrase(
        &mut self,
        question: &str,
        check: &mut dyn FnMut(&str) -> Result<()>,
    ) -> Result<Option<String>> {
        if let Some(given) = self.given_passphrase()? {
            check(&given)?;
            return Ok(Some(given));
        }
        if settings::can_ask() { self.ask_twice(question, check) } else { Ok(None) }
    }

    /// A passphrase chosen now, typed twice.
    pub(super) fn ask_twice(
        &mut self,
        question: &str,
        check: &mut dyn FnMut(&str) -> Result<()>,
    ) -> Result<Option<String>> {
        let first = screens::ask_passphrase(question, &self.look, check)?;
        let Some(first) = first else { return Err(Problem::NeedsPassphrase.into()) };
        let again = screens::ask_passphrase(self.lang.texts().sealing.ask_again, &self.look, &mut |typed| {
            if typed == first { Ok(()) } else { Err(Problem::PassphrasesDiffer.into()) }
        })?;
        again.map(Some).ok_or_else(|| Problem::NeedsPassphrase.into())
    }

    /// The supervisor's keys: the passphrase given, or typed by the supervisor.
    pub(super) fn supervisor(&self, file: &Path, passphrase_file: Option<&Path>) -> Result<Unlocked> {
        if let Some(given) = given(passphrase_file, "PINGSHEN_SUPERVISOR_PASSPHRASE")? {
            return enrol::unlock(file, Some(&given));
        }
        let mut unlocked = None;
        screens::ask_passphrase(self.lang.texts().sealing.ask_supervisor, &self.look, &mut |typed| {
            unlocked = Some(enrol::unlock(file, Some(typed))?);
            Ok(())
        })?;
        unlocked.ok_or_else(|| Problem::NeedsPassphrase.into())
    }
}
