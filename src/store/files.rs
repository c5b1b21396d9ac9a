//! Files that are whole or not there: part file, sync, read back, rename, sync
//! the folder. The old file stays until the new one is whole.
//!
//! What is read back ought to come from the medium and not from the memory it
//! has just been written to: sticks exist that take everything and keep
//! nothing. Where the system lets go of its copy when asked (Linux), it is
//! asked; elsewhere the read-back catches less.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::base::{Digest, Problem, Refusal, Result};

/// How a file being written is called until it is whole; never taken for one.
const PART: &str = "part";
/// How many names of part files are tried.
const TRIES: u32 = 100;

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
    write_on(&Machine, path, bytes)
}

/// Whether a file is one that was being written when its process was cut off.
#[must_use]
pub fn is_part(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(PART))
}

/// Puts a file that is whole and on the disk in another's place, in the same
/// folder: at no moment is there neither.
///
/// # Errors
/// It can't be renamed.
pub fn put_in_place(from: &Path, to: &Path) -> Result<()> {
    let failed = |error: &io::Error| Refusal::writing(&to.display().to_string(), error);
    fs::rename(from, to).map_err(|error| failed(&error))?;
    Machine.sync_folder(folder_of(to)).map_err(|error| failed(&error))
}

/// Overwrites a file with zeros once and removes it; says whether there was
/// one. On flash the old bytes may stay where no program can reach them: what
/// protects them is that they are encrypted.
///
/// # Errors
/// It can't be written or removed.
pub fn erase(path: &Path) -> Result<bool> {
    let name = path.display().to_string();
    let failed = |error: &io::Error| Refusal::writing(&name, error);
    let found = match fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(failed(&error)),
    };
    // What a link points at is somebody else's.
    if found.is_file() {
        let zeros = vec![0u8; 1 << 16];
        let mut file = OpenOptions::new().write(true).open(path).map_err(|error| failed(&error))?;
        let mut left = found.len();
        while left > 0 {
            let now = usize::try_from(left).unwrap_or(usize::MAX).min(zeros.len());
            file.write_all(zeros.get(..now).unwrap_or_default()).map_err(|error| failed(&error))?;
            left -= u64::try_from(now).unwrap_or(left);
        }
        file.sync_all().map_err(|error| failed(&error))?;
    }
    fs::remove_file(path).map_err(|error| failed(&error))?;
    Machine.sync_folder(folder_of(path)).map_err(|error| failed(&error))?;
    Ok(true)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

/// What of a disk is needed to write a file; tests let each step fail.
trait Disk {
    /// Makes a file that is not there and no link either.
    fn make(&self, path: &Path) -> io::Result<File>;
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()>;
    fn sync(&self, file: &File) -> io::Result<()>;
    /// Reads from the medium, as far as can be.
    fn read_back(&self, path: &Path) -> io::Result<Digest>;
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// The machine's own.
struct Machine;

impl Disk for Machine {
    fn make(&self, path: &Path) -> io::Result<File> {
        OpenOptions::new().write(true).create_new(true).open(path)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn read_back(&self, path: &Path) -> io::Result<Digest> {
        let file = File::open(path)?;
        // What is synced is clean, and what is clean can be let go of.
        #[cfg(target_os = "linux")]
        let _let_go = rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed);
        Digest::of_reader(file)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        match File::open(folder).and_then(|folder| folder.sync_all()) {
            // Some file systems of sticks and shares do not know this at all,
            // which is not the same as having failed at it.
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
            other => other,
        }
    }

    #[cfg(not(unix))]
    fn sync_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// Makes the part file, under a name nobody else has: neither another window,
/// nor another thread, nor a process that was cut off and had the same number.
fn part_file(disk: &impl Disk, path: &Path) -> io::Result<(PathBuf, File)> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let mut last = io::Error::from(ErrorKind::AlreadyExists);
    for _ in 0..TRIES {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".{}-{count}.{PART}", std::process::id()));
        let part = folder_of(path).join(name);
        match disk.make(&part) {
            Ok(file) => return Ok((part, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

fn write_on(disk: &impl Disk, path: &Path, bytes: &[u8]) -> Result<Saved> {
    let name = path.display().to_string();
    let failed = |error: &io::Error| Refusal::writing(&name, error);
    let (part, mut file) = part_file(disk, path).map_err(|error| failed(&error))?;
    let undone = |refusal: Refusal| {
        // What is half-written is of no use; should it stay, it is a part file.
        let _gone = fs::remove_file(&part);
        refusal
    };
    let written = disk.write(&mut file, bytes).and_then(|()| disk.sync(&file));
    drop(file);
    // A sync that failed is not tried again: the system may have dropped what
    // could not be written and would say that all is well.
    written.map_err(|error| undone(failed(&error)))?;
    let digest = Digest::of(bytes);
    match disk.read_back(&part) {
        Ok(found) if found == digest => {}
        Ok(_) => return Err(undone(Refusal::from(Problem::Altered).in_file(&name))),
        Err(error) => return Err(undone(failed(&error))),
    }
    disk.rename(&part, path).map_err(|error| undone(failed(&error)))?;
    disk.sync_folder(folder_of(path)).map_err(|error| failed(&error))?;
    Ok(Saved { digest, bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX) })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// A disk whose n-th step fails, or whose medium keeps something else.
    struct Faulty {
        until: Cell<u32>,
        torn: bool,
        forgets: bool,
    }

    impl Faulty {
        fn at(step: u32) -> Self {
            Self { until: Cell::new(step), torn: false, forgets: false }
        }

        fn step(&self) -> io::Result<()> {
            let left = self.until.get();
            self.until.set(left.wrapping_sub(1));
            if left == 0 { Err(io::Error::other("fault")) } else { Ok(()) }
        }
    }

    impl Disk for Faulty {
        fn make(&self, path: &Path) -> io::Result<File> {
            self.step()?;
            Machine.make(path)
        }
        fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
            let failed = self.step();
            if failed.is_err() && self.torn {
                Machine.write(file, bytes.split_at(bytes.len() / 2).0)?;
            }
            failed?;
            Machine.write(file, bytes)
        }
        fn sync(&self, file: &File) -> io::Result<()> {
            self.step()?;
            Machine.sync(file)
        }
        fn read_back(&self, path: &Path) -> io::Result<Digest> {
            self.step()?;
            if self.forgets { Ok(Digest::of(b"")) } else { Machine.read_back(path) }
        }
        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            self.step()?;
            Machine.rename(from, to)
        }
        fn sync_folder(&self, folder: &Path) -> io::Result<()> {
            self.step()?;
            Machine.sync_folder(folder)
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn whichever_step_fails_the_file_is_the_old_one_or_the_new_one_and_never_called_saved() {
        let mut failed = 0;
        for torn in [false, true] {
            for step in 0.. {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("E03.draft");
                fs::write(&path, b"old").unwrap();
                let outcome = write_on(&Faulty { torn, ..Faulty::at(step) }, &path, b"the new one");
                let found = fs::read(&path).unwrap();
                assert_eq!(names(folder.path()), ["E03.draft"], "step {step}: nothing is left over");
                if let Ok(saved) = outcome {
                    assert_eq!((found.as_slice(), saved.digest), (&b"the new one"[..], Digest::of(b"the new one")));
                    break;
                }
                failed += 1;
                // Only the last step comes after the rename.
                let wanted: &[u8] = if step == 5 { b"the new one" } else { b"old" };
                assert_eq!(found, wanted, "step {step}");
            }
        }
        assert_eq!(failed, 12, "make, write, sync, read back, rename, sync the folder");
    }

    #[test]
    fn a_medium_that_keeps_something_else_is_found_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("E03.sheet");
        let refusal = write_on(&Faulty { forgets: true, ..Faulty::at(99) }, &path, b"sheet").unwrap_err();
        assert_eq!(*refusal.problem(), Problem::Altered);
        assert!(names(folder.path()).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_planted_at_the_part_file_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        let other = folder.path().join("other");
        fs::write(&other, b"somebody's").unwrap();
        // Every name that could come next is taken by a link; other tests count on.
        for count in 0..5000 {
            let name = format!("x.{}-{count}.part", std::process::id());
            std::os::unix::fs::symlink(&other, folder.path().join(name)).unwrap();
        }
        let outcome = write_durable(&path, b"ours");
        assert!(outcome.is_err(), "{outcome:?}");
        assert_eq!(fs::read(&other).unwrap(), b"somebody's");
        assert!(!path.exists());
    }

    #[test]
    fn one_left_over_is_in_nobodys_way_and_is_no_file_of_ours() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("E03.sheet");
        let left = folder.path().join("E03.sheet.4711-0.part");
        fs::write(&left, b"half").unwrap();
        write_durable(&path, b"whole").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert!(is_part(&left) && !is_part(&path));
        assert_eq!(fs::read(&left).unwrap(), b"half");
    }

    #[test]
    fn what_is_erased_is_gone_and_a_link_takes_nothing_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("E03.draft");
        fs::write(&path, vec![7u8; 200_000]).unwrap();
        // Another name for the same bytes shows what became of them.
        let same = folder.path().join("same");
        fs::hard_link(&path, &same).unwrap();
        assert!(erase(&path).unwrap());
        assert!(!path.exists());
        assert_eq!(fs::read(&same).unwrap(), vec![0u8; 200_000]);
        assert!(!erase(&path).unwrap(), "not there any more");
        #[cfg(unix)]
        {
            fs::write(&same, b"kept").unwrap();
            std::os::unix::fs::symlink(&same, &path).unwrap();
            assert!(erase(&path).unwrap());
            assert_eq!(fs::read(&same).unwrap(), b"kept");
        }
    }
}
