//! The opening (开启): sheets that were kept sealed, or that two people must open
//! together. The list is closed and logged before a key is used.

use crate::base::{Digest, ExpertCode, Problem, Refusal, Result};
use crate::domain::round::{Event, Missing};

use super::Round;
use super::collect::{Collected, Compare, INBOX, LARGEST, settle, take};
use super::enrol::Unlocked;
use super::packets::read_file;

/// Experts whose sheet is not among those listed, as far as sealed files tell:
/// how many files are listed, and how many experts have a bundle.
#[must_use]
pub fn pending(round: &Round) -> usize {
    round.state().listed.iter().filter(|listed| !listed.done).count()
}

/// Opens every listed file that is not opened yet. `missing` says why experts
/// have handed nothing in; it is asked for each expert without a sheet, after the
/// opening shows who that is.
///
/// # Errors
/// Nothing is listed; the round is not unlocked, or the supervisor's key is
/// wanted; a file's own fault is in its outcome.
pub fn open(
    round: &mut Round,
    supervisor: Option<&Unlocked>,
    missing: &mut dyn FnMut(&ExpertCode) -> String,
    compare: Compare<'_>,
) -> Result<Vec<Collected>> {
    round.secretary()?;
    if pending(round) == 0 {
        return Err(Problem::TooEarly { first: "sheets" }.into());
    }
    let identity = match (&round.state().supervisor, supervisor) {
        (None, _) => None,
        (Some(keys), Some(secret)) if secret.0.public() == *keys => Some(secret.0.identity()),
        (Some(_), Some(_)) => return Err(Problem::OtherSigner.into()),
        (Some(_), None) => return Err(Problem::SupervisorWanted.into()),
    };
    let listed: Vec<_> = round.state().listed.iter().filter(|listed| !listed.done).cloned().collect();
    let files: Vec<Digest> = listed.iter().map(|listed| listed.digest).collect();
    round.append(&[Event::Opening { files, missing: Vec::new() }], &[])?;
    let folder = round.folder(INBOX)?;
    let mut out = Vec::new();
    for listed in listed {
        let path = folder.join(&listed.file);
        let name = path.display().to_string();
        let outcome = read_file(&path, LARGEST)
            .and_then(|bytes| {
                if Digest::of(&bytes) != listed.digest {
                    return Err(Refusal::from(Problem::Altered));
                }
                take(round, listed.digest, &bytes, identity.as_ref(), None, false, compare)
            })
            .map_err(|refusal| refusal.in_file(&name));
        out.push(Collected { file: name, outcome });
    }
    let silent: Vec<ExpertCode> = round
        .state()
        .readers()
        .into_iter()
        .filter(|expert| !round.state().sheets.iter().any(|sheet| sheet.expert == *expert))
        .collect();
    if !silent.is_empty() {
        let missing = silent.into_iter().map(|expert| Missing { reason: missing(&expert), expert }).collect();
        round.append(&[Event::Opening { files: Vec::new(), missing }], &[])?;
    }
    settle(round, &mut out);
    Ok(out)
}
