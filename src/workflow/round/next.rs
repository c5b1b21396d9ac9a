//! A file of the round's folder and the event that keeps it change together:
//! the new file lies beside the old one as `NAME.next` until the log has its
//! digest, and takes its place then. Cut off between the two, the old file is
//! still there and still the one the log knows; cut off after, the next opening
//! puts the new one in place.

use std::path::{Path, PathBuf};

use crate::base::{Digest, Result};
use crate::domain::round::Round as State;
use crate::store;

const NEXT: &str = "next";

/// Where the new file of this name waits.
pub(in crate::workflow) fn waiting(dir: &Path, file: &str) -> PathBuf {
    dir.join(format!("{file}.{NEXT}"))
}

/// Puts this file in place, if it waits and is the one the log keeps.
pub(super) fn settle(dir: &Path, file: &str, state: &State) -> Result<()> {
    let next = waiting(dir, file);
    let Ok(bytes) = std::fs::read(&next) else { return Ok(()) };
    if state.kept.get(file) == Some(&Digest::of(&bytes)) {
        store::put_in_place(&next, &dir.join(file))?;
    }
    Ok(())
}

/// Puts in place what a step that was cut off left waiting.
pub(super) fn settle_all(dir: &Path, state: &State) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(dir) else { return Ok(()) };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(file) = name.strip_suffix(&format!(".{NEXT}")) {
            settle(dir, file, state)?;
        }
    }
    Ok(())
}
