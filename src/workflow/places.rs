//! Where a bundle's draft lies, and what of it lies on the stick (优盘副本).
//!
//! A bundle on the machine's own disk has its draft beside it. One on a stick
//! has it on the machine's disk, under a name that belongs to the bundle: a
//! stick is slow, and is pulled out. Copies of the draft and of the key file lie
//! beside the bundle, so that another machine can go on with the same
//! passphrase. At opening the two are compared by their chains of hashes; what
//! is longer goes on, and what parts ways is never settled by itself.

use std::path::{Path, PathBuf};

use crate::base::{Clock, Digest, Problem, Refusal, Result, Timestamp};
use crate::store::{self, EventLog, Purpose};

use super::copies::Copies;
use super::lock::{self, Taken};
use super::media;
use super::packets::read_file;
use super::round::keys::private;
use super::unlock::key_beside;

/// So much of a bundle is its name: the age header, which is never twice the same.
const NAMING: u64 = 4096;
/// Largest draft brought in, in bytes.
const LARGEST: u64 = 256 << 20;
/// Most drafts set aside of one name.
const ASIDE: u32 = 1000;

/// Where the draft of a bundle lies unless said otherwise: beside it.
#[must_use]
pub fn draft_beside(bundle: &Path) -> PathBuf {
    bundle.with_extension("draft")
}

/// Something to be told about where the draft lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// There was none here: the copy was brought in and is gone on with.
    BroughtIn(PathBuf),
    /// The copy goes further: it is gone on with, what was here is kept.
    Longer(PathBuf, PathBuf),
    /// The copy is damaged; the draft here goes on.
    Damaged(PathBuf, Refusal),
    /// A draft that parted ways was set aside: which, and under what name.
    SetAside(PathBuf, PathBuf),
}

/// Where the draft of a bundle lies.
#[derive(Debug)]
pub struct Places {
    bundle: PathBuf,
    draft: PathBuf,
    /// Where the copy is, or will be, where there is to be one.
    beside: Option<PathBuf>,
    copied: Option<Digest>,
    notes: Vec<Note>,
    brought: Vec<PathBuf>,
}

/// What of a draft can be read without its key.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Chain {
    pub hashes: Vec<Digest>,
    pub kinds: Vec<String>,
    pub last: Option<Timestamp>,
}

impl Chain {
    pub(super) fn read(draft: &Path) -> Result<Self> {
        let (_, events) = EventLog::open(draft, Purpose::Draft, false)?;
        let last = events.last().map(|event| event.time.clone());
        let (hashes, kinds) = events.into_iter().map(|event| (event.hash, event.kind)).unzip();
        Ok(Self { hashes, kinds, last })
    }

    /// Whether this one is the other's beginning, or the same.
    pub(super) fn begins(&self, other: &Self) -> bool {
        other.hashes.starts_with(&self.hashes)
    }

    fn head(&self) -> Option<Digest> {
        self.hashes.last().copied()
    }
}

impl Places {
    /// Where things lie, without looking at them: `asked` is where the draft is
    /// wanted, `local` the folder for drafts on this machine's own disk.
    ///
    /// # Errors
    /// The bundle can't be read.
    pub fn of(bundle: &Path, asked: Option<&Path>, local: &Path) -> Result<Self> {
        let beside = draft_beside(bundle);
        let foreign = media::is_foreign(bundle, local);
        let draft = match asked {
            Some(asked) => asked.to_owned(),
            None if foreign => local_draft(bundle, local)?,
            None => beside.clone(),
        };
        let beside = (foreign && !same(&draft, &beside)).then_some(beside);
        let bundle = bundle.to_owned();
        Ok(Self { bundle, draft, beside, copied: None, notes: Vec::new(), brought: Vec::new() })
    }

    /// Finds the draft to go on with, and brings it in from the stick where that
    /// one goes further. Only to look, nothing is written: the draft is then the
    /// one that goes further, wherever it lies.
    ///
    /// # Errors
    /// The two part ways; a copy that is damaged and no draft here; a folder that
    /// can't be written.
    pub fn find(bundle: &Path, asked: Option<&Path>, local: &Path, write: bool, clock: &Clock) -> Result<Self> {
        let mut places = Self::of(bundle, asked, local)?;
        if asked.is_some() {
            if write {
                places.obey(local, clock)?;
            }
            return Ok(places);
        }
        let Some(copy) = places.beside.clone() else { return Ok(places) };
        if !write {
            return places.look(&copy);
        }
        std::fs::create_dir_all(local).map_err(|error| Refusal::writing(&local.display().to_string(), &error))?;
        private(local, 0o700);
        // Nothing is brought in under a window that has the draft open.
        if let Taken::Ours(_lock) = lock::take(&places.draft, clock)? {
            places.settle(&copy)?;
        }
        Ok(places)
    }

    /// The bundle.
    #[must_use]
    pub fn bundle(&self) -> &Path {
        &self.bundle
    }

    /// The draft.
    #[must_use]
    pub fn draft(&self) -> &Path {
        &self.draft
    }

    /// The copy of the draft, where there is to be one.
    #[must_use]
    pub fn copy(&self) -> Option<&Path> {
        self.beside.as_deref()
    }

    /// What is to be told.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// What a sitting needs to keep the copies.
    #[must_use]
    pub fn copies(&self) -> Option<Copies> {
        let beside = self.beside.clone()?;
        Some(Copies::new(self.draft.clone(), beside, self.copied))
    }

    /// The copy that was brought in turned out to be another bundle's: it is
    /// taken away again here, and stays where it came from.
    pub fn take_back(&mut self) {
        for file in self.brought.drain(..) {
            let _gone = std::fs::remove_file(file);
        }
    }

    fn look(mut self, copy: &Path) -> Result<Self> {
        if !copy.exists() {
            return Ok(self);
        }
        let has = self.draft.exists();
        match Chain::read(copy) {
            Err(refusal) if has => self.notes.push(Note::Damaged(copy.to_owned(), refusal)),
            Err(refusal) => return Err(refusal),
            Ok(_) if !has => copy.clone_into(&mut self.draft),
            Ok(there) => {
                let here = Chain::read(&self.draft)?;
                if !there.begins(&here) {
                    if !here.begins(&there) {
                        return Err(self.parted(&here, copy, &there));
                    }
                    copy.clone_into(&mut self.draft);
                }
            }
        }
        self.beside = None;
        Ok(self)
    }

    fn settle(&mut self, copy: &Path) -> Result<()> {
        let has = self.draft.exists();
        if !copy.exists() {
            if !has {
                self.bring_key(copy)?;
            }
            return Ok(());
        }
        let there = match Chain::read(copy) {
            Ok(there) => there,
            Err(refusal) if has => {
                self.notes.push(Note::Damaged(copy.to_owned(), refusal));
                // Where it can't be, there will be no copy over it either.
                let _aside = set_aside(copy);
                return Ok(());
            }
            Err(refusal) => return Err(refusal),
        };
        if !has {
            self.bring(copy, &there)?;
            self.bring_key(copy)?;
            self.notes.push(Note::BroughtIn(copy.to_owned()));
            self.copied = there.head();
            return Ok(());
        }
        let here = Chain::read(&self.draft)?;
        if there.begins(&here) {
            if here.begins(&there) {
                self.copied = here.head().filter(|_| same_bytes(&key_beside(copy), &key_beside(&self.draft)));
            }
            if !key_beside(&self.draft).exists() {
                self.bring_key(copy)?;
            }
            return Ok(());
        }
        if !here.begins(&there) {
            return Err(self.parted(&here, copy, &there));
        }
        let old = set_aside(&self.draft)?;
        if let Err(refusal) = self.bring(copy, &there) {
            let _back = std::fs::rename(&old, &self.draft);
            return Err(refusal);
        }
        self.bring_key(copy)?;
        self.notes.push(Note::Longer(copy.to_owned(), old));
        self.copied = there.head();
        Ok(())
    }

    /// Brings the copy in, as it was read.
    fn bring(&mut self, copy: &Path, read: &Chain) -> Result<()> {
        let bytes = read_file(copy, LARGEST)?;
        store::write_durable(&self.draft, &bytes)?;
        if !Chain::read(&self.draft).is_ok_and(|found| found == *read) {
            let _gone = std::fs::remove_file(&self.draft);
            return Err(Refusal::from(Problem::Altered).in_file(&copy.display().to_string()));
        }
        self.brought.push(self.draft.clone());
        Ok(())
    }

    fn bring_key(&mut self, copy: &Path) -> Result<()> {
        let (from, to) = (key_beside(copy), key_beside(&self.draft));
        if !from.exists() || same_bytes(&from, &to) {
            return Ok(());
        }
        let bytes = read_file(&from, NAMING << 4)?;
        if to.exists() {
            set_aside(&to)?;
        }
        store::write_durable(&to, &bytes)?;
        private(&to, 0o600);
        self.brought.push(to);
        Ok(())
    }

    /// The draft was named: it is gone on with, and what parts ways from it at
    /// the other place is set aside there, so that the choice holds.
    fn obey(&mut self, local: &Path, clock: &Clock) -> Result<()> {
        let beside = draft_beside(&self.bundle);
        let other = match &self.beside {
            Some(copy) => copy.clone(),
            // The stick's own was chosen: what lies here is the other one.
            None if media::is_foreign(&self.bundle, local) && same(&self.draft, &beside) => {
                local_draft(&self.bundle, local)?
            }
            None => return Ok(()),
        };
        if !other.exists() || same(&other, &self.draft) {
            return Ok(());
        }
        // A draft that is to be made anew parts ways with any that is there.
        let chosen = if self.draft.exists() { Some(Chain::read(&self.draft)?) } else { None };
        let fits = chosen.zip(Chain::read(&other).ok()).is_some_and(|(chosen, found)| {
            // The stick's would be written over; this machine's stays as it is.
            found.begins(&chosen) || (self.beside.is_none() && chosen.begins(&found))
        });
        if !fits {
            match lock::take(&other, clock)
                .and_then(|taken| matches!(taken, Taken::Ours(_)).then(|| set_aside(&other)).transpose())
            {
                Ok(Some(old)) => self.notes.push(Note::SetAside(other, old)),
                // What can't be set aside is not written over.
                Ok(None) | Err(_) => self.beside = None,
            }
        }
        Ok(())
    }

    fn parted(&self, here: &Chain, copy: &Path, there: &Chain) -> Refusal {
        let side = |path: &Path, chain: &Chain| {
            let last = chain.last.as_ref().map(Timestamp::as_str).unwrap_or_default();
            (path.display().to_string(), chain.hashes.len(), last.to_owned())
        };
        let common = here.hashes.iter().zip(&there.hashes).take_while(|(here, there)| here == there).count();
        let sides = Box::new([side(&self.draft, here), side(copy, there)]);
        let problem = Problem::DraftsPart { sides, common };
        Refusal::from(problem).in_file(&self.bundle.display().to_string())
    }
}

/// The draft of a bundle on this machine's own disk: named after the bundle and
/// its first bytes, so that two bundles called E03 do not meet.
fn local_draft(bundle: &Path, local: &Path) -> Result<PathBuf> {
    use std::io::Read;
    let name = bundle.display().to_string();
    let failed = |error: &std::io::Error| Refusal::reading(&name, error);
    let file = std::fs::File::open(bundle).map_err(|error| failed(&error))?;
    let digest = Digest::of_reader(file.take(NAMING)).map_err(|error| failed(&error))?;
    let mut stem = bundle.file_stem().unwrap_or_default().to_os_string();
    stem.push(format!("-{}.draft", digest.short()));
    Ok(local.join(stem))
}

/// Whether two paths are one file, or will be.
fn same(one: &Path, two: &Path) -> bool {
    let real = |path: &Path| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        (folder.canonicalize().unwrap_or_else(|_| folder.to_owned()), path.file_name().map(ToOwned::to_owned))
    };
    one == two || real(one) == real(two)
}

fn same_bytes(one: &Path, two: &Path) -> bool {
    matches!((read_file(one, NAMING << 4), read_file(two, NAMING << 4)), (Ok(one), Ok(two)) if one == two)
}

/// Gives a file a name nobody takes for a draft, and keeps it.
fn set_aside(file: &Path) -> Result<PathBuf> {
    let name = file.display().to_string();
    for number in 1..=ASIDE {
        let mut aside = file.as_os_str().to_os_string();
        aside.push(if number == 1 { ".old".to_owned() } else { format!(".old{number}") });
        let aside = PathBuf::from(aside);
        if std::fs::symlink_metadata(&aside).is_err() {
            std::fs::rename(file, &aside).map_err(|error| Refusal::writing(&name, &error))?;
            return Ok(aside);
        }
    }
    Err(Problem::NotEmpty { dir: name }.into())
}
