//! The passphrase of a round's key (口令): changed by who knows it, or, once it
//! is forgotten, by the spare code from its envelope, which is an event.

use crate::base::{Digest, Problem, Result};
use crate::domain::round::Event;
use crate::seal::Secret;

use super::Round;
use super::round::keys::{self, Hold, SECRETARY_FILE};

/// The spare code (备用码) of the round's key.
///
/// # Errors
/// The round is not unlocked.
pub fn spare(round: &Round) -> Result<String> {
    Ok(round.secretary()?.spare().to_string())
}

/// Unlocks a round with its spare code; the log says so, and why.
///
/// # Errors
/// A mistyped code, or another round's; no reason.
pub fn unlock_with_spare(round: &mut Round, spare: &str, reason: &str) -> Result<()> {
    if reason.trim().is_empty() {
        return Err(Problem::NeedsReason.into());
    }
    let secret = Secret::from_spare(spare)?;
    round.unlock_with(secret).map_err(|_| Problem::OtherSpare)?;
    let event = Event::SpareUsed { whose: "secretary".to_owned(), reason: reason.trim().to_owned() };
    round.append(&[event], &[])
}

/// Puts the round's key under another passphrase.
///
/// # Errors
/// The round is not unlocked; a weak passphrase; a demonstration, which has none.
pub fn change(round: &mut Round, passphrase: &str) -> Result<()> {
    if round.state().practice {
        return Err(Problem::PracticeOnly.into());
    }
    let locked = keys::locked(round.secretary()?, &Hold::chosen(passphrase)?)?;
    keys::write(round.dir(), SECRETARY_FILE, &locked)?;
    let kept =
        Event::FileKept { file: SECRETARY_FILE.to_owned(), digest: Digest::of(&locked), why: "passphrase".to_owned() };
    round.append(&[kept], &[])
}
