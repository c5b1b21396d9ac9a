//! Files that are whole or not there: part file, sync, read back, rename, sync
//! the folder. The old file stays until the new one is whole.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use crate::base::{Digest, Problem, Refusal, Result};

/// What was written, and read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// Digest of the bytes, as read back.
    pub digest: Digest,
    /// How many.
    pub bytes: u64,
}

/// Writes a file so that a cut of power leaves the old one or the new one.
///
/// # Errors
/// Says that nothing was saved; after a failed sync nothing is called saved.
pub fn write_durable(path: &Path, bytes: &[u8]) -> Result<Saved> {
    let name = path.display().to_string();
    let failed = |error: &std::io::Error| Refusal::writing(&name, error);
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut part_name = path.file_name().unwrap_or_default().to_os_string();
    part_name.push(format!(".{}.part", std::process::id()));
    let part = folder.join(part_name);
    let outcome = (|| -> std::io::Result<Digest> {
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        Digest::of_reader(File::open(&part)?)
    })();
    let read_back = match outcome {
        Ok(digest) => digest,
        Err(error) => {
            let _gone = fs::remove_file(&part);
            return Err(failed(&error));
        }
    };
    let digest = Digest::of(bytes);
    if read_back != digest {
        let _gone = fs::remove_file(&part);
        return Err(Refusal::from(Problem::Altered).in_file(&name));
    }
    fs::rename(&part, path).map_err(|error| {
        let _gone = fs::remove_file(&part);
        failed(&error)
    })?;
    #[cfg(unix)]
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| failed(&error))?;
    Ok(Saved { digest, bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX) })
}
