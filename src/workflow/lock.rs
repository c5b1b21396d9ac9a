//! One writer at a time: an OS lock on a file beside the log, which goes with
//! its process however that ends. The file says who holds it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::base::{Clock, Refusal, Result};

/// A lock held until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

/// Whether the lock was had.
#[derive(Debug)]
pub(super) enum Taken {
    /// It is ours.
    Ours(Lock),
    /// Somebody else's: who.
    By(String),
}

/// Takes the lock of a log.
///
/// # Errors
/// A folder that can't be written.
pub(super) fn take(log: &Path, clock: &Clock) -> Result<Taken> {
    let mut path = log.as_os_str().to_os_string();
    path.push(".lock");
    let path = PathBuf::from(path);
    let name = path.display().to_string();
    let failed = |error: &std::io::Error| Refusal::writing(&name, error);
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(|e| failed(&e))?;
    match file.try_lock() {
        Ok(()) => {
            // Who holds it is a courtesy; the lock is what counts.
            let _told = file.set_len(0).and_then(|()| writeln!(file, "pid {}, {}", std::process::id(), clock.now()));
            Ok(Taken::Ours(Lock { _file: file }))
        }
        Err(TryLockError::WouldBlock) => {
            let mut by = String::new();
            let _read = file.rewind().and_then(|()| file.take(200).read_to_string(&mut by));
            Ok(Taken::By(crate::base::clean::clean_line(by.trim())))
        }
        Err(TryLockError::Error(error)) => Err(failed(&error)),
    }
}
