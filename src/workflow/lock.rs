//! One writer at a time: an OS lock on a file beside the log, which goes with
//! its process however that ends. The file says who holds it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::base::{Clock, Refusal, Result};

/// A lock held until dropped; the file is left empty then, so that it names
/// nobody who has gone.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The lock itself goes with the file, whatever becomes of this.
        let _emptied = self.file.set_len(0);
    }
}

/// Whether the lock was had.
#[derive(Debug)]
pub(super) enum Taken {
    /// It is ours.
    Ours(Lock),
    /// Somebody else's: who.
    By(String),
}

/// The lock file of a log.
pub(super) fn file(log: &Path) -> PathBuf {
    let mut path = log.as_os_str().to_os_string();
    path.push(".lock");
    PathBuf::from(path)
}

/// Takes the lock of a log.
///
/// # Errors
/// A folder that can't be written.
pub(super) fn take(log: &Path, clock: &Clock) -> Result<Taken> {
    let path = file(log);
    let name = path.display().to_string();
    let failed = |error: &std::io::Error| Refusal::writing(&name, error);
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(|e| failed(&e))?;
    match file.try_lock() {
        Ok(()) => {
            // Who holds it is a courtesy; the lock is what counts.
            let _told = file.set_len(0).and_then(|()| writeln!(file, "pid {}, {}", std::process::id(), clock.now()));
            Ok(Taken::Ours(Lock { file }))
        }
        Err(TryLockError::WouldBlock) => {
            let mut by = String::new();
            let _read = file.rewind().and_then(|()| file.take(200).read_to_string(&mut by));
            Ok(Taken::By(crate::base::clean::clean_line(by.trim())))
        }
        Err(TryLockError::Error(error)) => Err(failed(&error)),
    }
}
