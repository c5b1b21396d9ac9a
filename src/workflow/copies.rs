//! Copies of the draft and its key file beside a bundle on a stick (优盘副本):
//! made when a packet becomes complete, at the hand-in and when the sitting is
//! left. Between commits the draft's one file is the whole draft, so its bytes
//! are read by whoever commits, and written by whoever has the time.
//!
//! A copy that fails fails no mark: the draft on this machine is what counts,
//! and is told apart from the copy wherever either is spoken of.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use crate::base::{Clock, Digest, PacketCode, Place, Problem, Refusal, Result, Timestamp};
use crate::domain::desk::Progress;
use crate::store;

use super::Sitting;
use super::packets::read_file;
use super::unlock::key_beside;

/// Largest draft and key file, in bytes.
const LARGEST: u64 = 256 << 20;

/// When a copy was written and read back, or why not.
pub type Copied = Result<Timestamp>;

/// What a sitting knows of its copies.
#[derive(Debug)]
pub struct Copies {
    draft: PathBuf,
    beside: PathBuf,
    /// The draft's head as the stick has it.
    copied: Arc<Mutex<Option<Digest>>>,
    complete: BTreeSet<PacketCode>,
    handed_in: usize,
}

impl Copies {
    pub(super) fn new(draft: PathBuf, beside: PathBuf, copied: Option<Digest>) -> Self {
        let copied = Arc::new(Mutex::new(copied));
        Self { draft, beside, copied, complete: BTreeSet::new(), handed_in: 0 }
    }
}

/// A draft and its key file as they stood between two commits, to be written
/// beside the bundle.
#[derive(Debug)]
pub struct Snapshot {
    files: Vec<(PathBuf, Vec<u8>)>,
    bundle: PathBuf,
    head: Digest,
    copied: Arc<Mutex<Option<Digest>>>,
    clock: Clock,
}

impl Snapshot {
    /// Writes the files and reads them back.
    ///
    /// # Errors
    /// The stick is full, can't be written, or is gone.
    pub fn write(&self) -> Copied {
        // Where a stick was mounted a folder of this machine's may be left.
        if !self.bundle.exists() {
            return Err(Refusal::new(Place::file(self.bundle.display().to_string()), Problem::NotFound));
        }
        for (path, bytes) in &self.files {
            let there = read_file(path, LARGEST).is_ok_and(|there| there == *bytes);
            if !there {
                store::write_durable(path, bytes)?;
            }
        }
        *held(&self.copied) = Some(self.head);
        Ok(self.clock.now())
    }
}

/// What a mutex holds; a thread that panicked leaves nothing half-done here.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sitting {
    /// Keeps these copies from now on, where there are to be any.
    pub fn keep_copies(&mut self, copies: Option<Copies>) {
        self.copies = copies;
        // What is complete already is no news.
        let _complete = self.copy_is_due();
    }

    /// Whether the bundle is on a stick, with a copy of the draft beside it.
    #[must_use]
    pub const fn has_copies(&self) -> bool {
        self.copies.is_some()
    }

    /// Whether since the last time this was asked a packet became complete or a
    /// sheet was handed in.
    pub fn copy_is_due(&mut self) -> bool {
        let Some(mut copies) = self.copies.take() else { return false };
        let codes = self.codes().into_iter();
        let complete: BTreeSet<PacketCode> =
            codes.filter(|code| self.desk().progress(code, self.rubric()) == Progress::Complete).collect();
        let handed_in = self.desk().handed_in.len();
        let due = !complete.is_subset(&copies.complete) || handed_in > copies.handed_in;
        (copies.complete, copies.handed_in) = (complete, handed_in);
        self.copies = Some(copies);
        due
    }

    /// The draft as it stands, for its copy; nothing where there is to be none,
    /// or the stick has it already.
    ///
    /// # Errors
    /// The draft or its key file can't be read.
    pub fn snapshot(&self) -> Result<Option<Snapshot>> {
        let (Some(copies), Some(head)) = (&self.copies, self.draft_head()) else { return Ok(None) };
        if *held(&copies.copied) == Some(head) {
            return Ok(None);
        }
        // The key first: a draft that nothing opens is no copy.
        let files =
            [(key_beside(&copies.draft), key_beside(&copies.beside)), (copies.draft.clone(), copies.beside.clone())];
        let read = files.into_iter().map(|(from, to)| Ok((to, read_file(&from, LARGEST)?)));
        let files = read.collect::<Result<_>>()?;
        let (shared, clock) = (Arc::clone(&copies.copied), self.clock().clone());
        Ok(Some(Snapshot { files, bundle: self.bundle_path().to_owned(), head, copied: shared, clock }))
    }

    /// Copies now; nothing where there is nothing to copy.
    pub fn copy(&self) -> Option<Copied> {
        self.snapshot().and_then(|snapshot| snapshot.map(|snapshot| snapshot.write()).transpose()).transpose()
    }

    /// Copies where it is due; see [`Sitting::copy_is_due`].
    pub fn copy_if_due(&mut self) -> Option<Copied> {
        if self.copy_is_due() { self.copy() } else { None }
    }

    /// The sitting is left: what the stick does not have yet is copied.
    pub fn leave(&mut self) -> Option<Copied> {
        self.copy()
    }
}

#[derive(Debug, Default)]
struct Slot {
    next: Option<Snapshot>,
    busy: bool,
    ended: bool,
}

/// Writes copies in a thread of its own, one at a time; of those that wait the
/// newest is written and the others are not.
#[derive(Debug)]
pub struct Copier {
    slot: Arc<(Mutex<Slot>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Copier {
    /// Begins; `tell` is told what came of each copy.
    #[must_use]
    pub fn new(tell: impl Fn(Copied) + Send + 'static) -> Self {
        let slot = Arc::new((Mutex::new(Slot::default()), Condvar::new()));
        let shared = Arc::clone(&slot);
        let thread = thread::spawn(move || {
            let (slot, bell) = &*shared;
            loop {
                let mut known = held(slot);
                while known.next.is_none() && !known.ended {
                    known = bell.wait(known).unwrap_or_else(PoisonError::into_inner);
                }
                let Some(snapshot) = known.next.take() else { return };
                known.busy = true;
                drop(known);
                tell(snapshot.write());
                held(slot).busy = false;
                bell.notify_all();
            }
        });
        Self { slot, thread: Some(thread) }
    }

    /// Has this copied, in place of any that waits.
    pub fn offer(&self, snapshot: Snapshot) {
        held(&self.slot.0).next = Some(snapshot);
        self.slot.1.notify_all();
    }

    /// Waits until no copy is being written; one that waited is given up, for
    /// whoever calls this copies what is newer.
    pub fn rest(&self) {
        let mut known = held(&self.slot.0);
        known.next = None;
        while known.busy {
            known = self.slot.1.wait(known).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Copier {
    fn drop(&mut self) {
        {
            let mut known = held(&self.slot.0);
            known.next = None;
            known.ended = true;
        }
        self.slot.1.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ended = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn snapshot(folder: &std::path::Path, text: &str) -> Snapshot {
        Snapshot {
            files: vec![(folder.join("E03.draft"), text.as_bytes().to_vec())],
            bundle: folder.to_owned(),
            head: Digest::of(text.as_bytes()),
            copied: Arc::default(),
            clock: Clock::System,
        }
    }

    #[test]
    fn copies_are_written_one_at_a_time_and_the_newest_wins() {
        let folder = tempfile::tempdir().unwrap();
        let (tell, told) = mpsc::channel();
        let (go, wait) = mpsc::channel::<()>();
        let copier = Copier::new(move |copied| {
            tell.send(copied).unwrap();
            // The next is not begun before this one is said to be done.
            let _go = wait.recv();
        });
        copier.offer(snapshot(folder.path(), "1"));
        assert!(told.recv().unwrap().is_ok());
        for text in ["2", "3", "4"] {
            copier.offer(snapshot(folder.path(), text));
        }
        assert_eq!(std::fs::read(folder.path().join("E03.draft")).unwrap(), b"1");
        go.send(()).unwrap();
        assert!(told.recv().unwrap().is_ok());
        assert_eq!(std::fs::read(folder.path().join("E03.draft")).unwrap(), b"4");
        copier.offer(snapshot(folder.path(), "5"));
        go.send(()).unwrap();
        go.send(()).unwrap();
        drop(go);
        copier.rest();
        drop(copier);
        let rest = told.iter().count();
        let found = std::fs::read(folder.path().join("E03.draft")).unwrap();
        assert!(matches!((rest, found.as_slice()), (0, b"4") | (1, b"5")), "{rest}");
    }

    #[test]
    fn nothing_is_written_where_a_stick_was() {
        let folder = tempfile::tempdir().unwrap();
        let mut gone = snapshot(folder.path(), "1");
        gone.bundle = folder.path().join("E03.bundle");
        assert_eq!(*gone.write().unwrap_err().problem(), Problem::NotFound);
        assert!(!folder.path().join("E03.draft").exists());
        assert_eq!(*held(&gone.copied), None);
    }
}
