//! Clearing a machine (清除): once the receipt is confirmed, the draft, the key
//! file and their copies go; the sheet and the bundle stay.
//!
//! It is the secretary who clears machines in the evening, and no passphrase of
//! an expert's is there then. So the one thing this needs to know stands in the
//! draft's log in clear: that a sheet was handed in, under which receipt code
//! (回执码), and that nothing was changed after it. The code names a signed
//! sheet and says nothing of what is in it.

use std::path::{Path, PathBuf};

use crate::base::{Clock, Problem, Refusal, Result};
use crate::domain::desk::Act;
use crate::store::{self, is_part};

use super::lock::{self, Taken};
use super::places::{Chain, Places};
use super::unlock::key_beside;

/// The word for a hand-in in a draft's log, before its receipt code.
const HANDED_IN: &str = "hand-in ";

/// An act's kind as the draft's log has it in clear.
pub(super) fn kind(act: &Act) -> String {
    match act {
        Act::HandIn { sheet, .. } => format!("{HANDED_IN}{}", sheet.receipt()),
        _ => "act".to_owned(),
    }
}

/// How a draft stands, as far as can be seen without its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The receipt code of the last sheet handed in.
    pub receipt: Option<String>,
    /// Whether something came after it.
    pub changed: bool,
}

impl Standing {
    fn of(chain: &Chain) -> Self {
        let receipt = chain.kinds.iter().rev().find_map(|kind| kind.strip_prefix(HANDED_IN)).map(str::to_owned);
        let changed = !chain.kinds.last().is_some_and(|kind| kind.starts_with(HANDED_IN));
        Self { receipt, changed }
    }
}

/// How the drafts of a bundle stand; nothing where there are none.
///
/// # Errors
/// A draft that is damaged, or two that part ways.
pub fn standing(places: &Places) -> Result<Option<Standing>> {
    let here = places.draft().exists().then(|| Chain::read(places.draft())).transpose()?;
    // A copy that is damaged keeps nothing that could still be wanted.
    let there = places.copy().filter(|copy| copy.exists()).and_then(|copy| Chain::read(copy).ok());
    let longer = match (here, there) {
        (Some(here), Some(there)) if there.begins(&here) => Some(here),
        (Some(here), Some(there)) if here.begins(&there) => Some(there),
        (Some(_), Some(_)) => return Err(places_file(places, Problem::ChangedSince)),
        (here, there) => here.or(there),
    };
    Ok(longer.as_ref().map(Standing::of))
}

/// Clears what is here of a bundle's draft; `told` is told of each file as it
/// goes. A reason stands in for a hand-in that is missing or out of date.
///
/// # Errors
/// Another receipt code; not handed in, or changed since; open in another
/// window; a file that can't be removed.
pub fn clear(
    places: &Places,
    receipt: Option<&str>,
    reason: Option<&str>,
    clock: &Clock,
    told: &mut dyn FnMut(&Path),
) -> Result<usize> {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let found = match (standing(places), reason) {
        (Ok(found), _) => found,
        (Err(_), Some(_)) => None,
        (Err(refusal), None) => return Err(refusal),
    };
    check(places, found.as_ref(), receipt, reason)?;
    let drafts: Vec<&Path> = std::iter::once(places.draft()).chain(places.copy()).collect();
    let mut count = 0;
    for draft in drafts {
        let mut files = left_by(draft)?;
        if files.is_empty() {
            continue;
        }
        let held = match lock::take(draft, clock)? {
            Taken::Ours(held) => held,
            Taken::By(by) => return Err(Problem::Held { by }.into()),
        };
        let lock_file = lock::file(draft);
        files.retain(|file| *file != lock_file);
        for file in files {
            if store::erase(&file)? {
                told(&file);
                count += 1;
            }
        }
        drop(held);
        // Empty by now, and nobody's.
        let _gone = store::erase(&lock_file)?;
    }
    Ok(count)
}

/// Whether it may be cleared.
///
/// # Errors
/// Why not.
pub fn check(places: &Places, found: Option<&Standing>, receipt: Option<&str>, reason: Option<&str>) -> Result<()> {
    let Some(found) = found else { return Ok(()) };
    let problem = match &found.receipt {
        None if reason.is_none() => Some(Problem::NotHandedIn),
        None => None,
        Some(_) if found.changed && reason.is_none() => Some(Problem::ChangedSince),
        Some(known) => match receipt {
            None => Some(Problem::ReceiptWanted),
            Some(typed) if plain(typed) == plain(known) => None,
            Some(_) => Some(Problem::OtherReceipt),
        },
    };
    problem.map_or(Ok(()), |problem| Err(places_file(places, problem)))
}

fn places_file(places: &Places, problem: Problem) -> Refusal {
    Refusal::from(problem).in_file(&places.draft().display().to_string())
}

/// A code as it was meant: no dashes, no blanks, one size.
fn plain(code: &str) -> String {
    crate::base::points::fold(code).chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase()
}

/// Files of a draft and its key: themselves, SQLite's journal, the lock, what
/// was set aside, and what was left half-written.
fn left_by(draft: &Path) -> Result<Vec<PathBuf>> {
    let folder = draft.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let name = folder.display().to_string();
    let names: Vec<String> = [draft.to_owned(), key_beside(draft)]
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Refusal::reading(&name, &error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| Refusal::reading(&name, &error))?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let ours = names.iter().filter_map(|name| file.strip_prefix(name.as_str())).any(|rest| {
            let old = rest.strip_prefix(".old").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
            matches!(rest, "" | "-journal" | ".lock") || old || (rest.starts_with('.') && is_part(&path))
        });
        if ours && !path.is_dir() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
