//! A document's package (zip), opened without trusting it: so many parts, so
//! large, so well packed and no more; no part twice, none that leads out or is
//! a link, none under a password. Nothing is ever unpacked to a disk, and a zip
//! inside is named and stays shut.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::base::limits::{Counted, DocumentLimits, too_many};
use crate::base::{Place, Problem, Refusal, Result, Unreadable};

/// Parts below this size may be packed as well as they like.
const SMALL: u64 = 1 << 20;

/// A package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    limits: DocumentLimits,
    /// Where a part is, by its name in small letters.
    places: BTreeMap<String, usize>,
    /// Names as written, in the order of the archive.
    names: Vec<String>,
    /// How much has been unpacked.
    unpacked: u64,
}

fn broken(error: &ZipError) -> Problem {
    match error {
        ZipError::UnsupportedArchive(why) if why.contains("assword") || why.contains("ncrypt") => {
            Problem::Unreadable(Unreadable::Locked)
        }
        other => Problem::Unreadable(Unreadable::Broken(other.to_string())),
    }
}

/// A name as packages write it: `word/document.xml`.
fn tidy(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_owned()
}

fn leads_out(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    let control = name.chars().any(char::is_control);
    drive || control || name.starts_with("//") || name.split(['/', '\\']).any(|part| part == "..")
}

impl<'a> Package<'a> {
    /// Opens a package and looks at every entry, without unpacking any.
    ///
    /// # Errors
    /// Not a sound zip, or one beyond the limits.
    pub(super) fn open(bytes: &'a [u8], limits: &DocumentLimits) -> Result<Self> {
        if stated_parts(bytes).is_some_and(|parts| parts > u64::try_from(limits.parts).unwrap_or(u64::MAX)) {
            return Err(too_many(Counted::Parts, limits.parts).into());
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        if archive.len() > limits.parts {
            return Err(too_many(Counted::Parts, limits.parts).into());
        }
        if archive.has_duplicate_names() {
            return Err(Problem::Unreadable(Unreadable::Broken("two parts of one name".to_owned())).into());
        }
        let mut places = BTreeMap::new();
        let mut names = Vec::with_capacity(archive.len());
        let mut all: u64 = 0;
        for at in 0..archive.len() {
            let entry = archive.by_index_raw(at).map_err(|error| broken(&error))?;
            let name = entry.name().map_err(|error| broken(&error))?.into_owned();
            let in_part = |why: Unreadable| Refusal::new(Place::file(name.as_str()), Problem::Unreadable(why));
            if entry.encrypted() {
                return Err(Problem::Unreadable(Unreadable::Locked).into());
            }
            if entry.is_symlink() || leads_out(&name) {
                return Err(Problem::Unreadable(Unreadable::Unsafe { name }).into());
            }
            let (size, packed) = (entry.size(), entry.compressed_size());
            if size > SMALL && size > packed.saturating_mul(limits.ratio) {
                return Err(in_part(Unreadable::Bomb { ratio: limits.ratio }));
            }
            all = all.saturating_add(size);
            if all > limits.unpacked {
                return Err(Problem::TooBig { limit: limits.unpacked }.into());
            }
            if !entry.is_dir() && places.insert(tidy(&name).to_lowercase(), at).is_some() {
                return Err(in_part(Unreadable::Broken("two parts of one name".to_owned())));
            }
            names.push(tidy(&name));
        }
        Ok(Self { archive, limits: *limits, places, names, unpacked: 0 })
    }

    /// Names of all parts, folders left out.
    pub(super) fn names(&self) -> Vec<String> {
        self.names.iter().filter(|name| !name.ends_with('/') && !name.is_empty()).cloned().collect()
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.places.contains_key(&tidy(name).to_lowercase())
    }

    /// The limits it was opened under.
    pub(super) const fn limits(&self) -> DocumentLimits {
        self.limits
    }

    /// What is written behind the whole archive.
    pub(super) fn comment(&self) -> String {
        String::from_utf8_lossy(self.archive.comment()).into_owned()
    }

    /// The bytes of a part, if there is one of this name.
    ///
    /// # Errors
    /// Broken, or larger than its limit whatever the directory says.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let Some(at) = self.places.get(&tidy(name).to_lowercase()).copied() else { return Ok(None) };
        let mut bytes = Vec::new();
        self.unpack(at, &mut bytes)?;
        Ok(Some(bytes))
    }

    /// The first bytes of a part; for those that are not read as a whole.
    pub(super) fn head(&mut self, name: &str, length: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        if let Some(at) = self.places.get(&tidy(name).to_lowercase()).copied()
            && let Ok(entry) = self.archive.by_index(at)
        {
            // What can't be unpacked is said by its name alone.
            let _read = entry.take(length).read_to_end(&mut bytes);
        }
        bytes
    }

    fn unpack(&mut self, at: usize, into: &mut Vec<u8>) -> Result<()> {
        let limit = u64::try_from(self.limits.part).unwrap_or(u64::MAX);
        let name = self.names.get(at).cloned().unwrap_or_default();
        let entry = self.archive.by_index(at).map_err(|error| Refusal::from(broken(&error)).in_file(&name))?;
        let packed = entry.compressed_size();
        entry.take(limit.saturating_add(1)).read_to_end(into).map_err(|error| {
            Refusal::new(Place::file(name.as_str()), Problem::Unreadable(Unreadable::Broken(error.to_string())))
        })?;
        let size = u64::try_from(into.len()).unwrap_or(u64::MAX);
        self.unpacked = self.unpacked.saturating_add(size);
        if size > limit || self.unpacked > self.limits.unpacked {
            return Err(Refusal::new(Place::file(name), Problem::TooBig { limit }));
        }
        if size > SMALL && size > packed.saturating_mul(self.limits.ratio) {
            let ratio = self.limits.ratio;
            return Err(Refusal::new(Place::file(name), Problem::Unreadable(Unreadable::Bomb { ratio })));
        }
        Ok(())
    }

    /// Unpacks every part once, into nothing, so that a reader that trusts the
    /// directory can be given the whole.
    ///
    /// # Errors
    /// As for one part.
    pub(super) fn verify(&mut self) -> Result<()> {
        for at in 0..self.names.len() {
            if !self.names.get(at).is_some_and(|name| name.ends_with('/')) {
                self.unpack(at, &mut Vec::new())?;
            }
        }
        Ok(())
    }
}

/// How many parts the archive says it has, from the record at its end: `zip`
/// keeps all of a directory, however long.
fn stated_parts(bytes: &[u8]) -> Option<u64> {
    let tail = bytes.get(bytes.len().saturating_sub(22 + 0xffff)..)?;
    let at = tail.windows(4).rposition(|four| four == b"PK\x05\x06")?;
    let record = tail.get(at..)?;
    let short = u16::from_le_bytes([*record.get(10)?, *record.get(11)?]);
    if short != u16::MAX {
        return Some(u64::from(short));
    }
    let long = bytes.windows(4).rposition(|four| four == b"PK\x06\x06")?;
    let field: [u8; 8] = bytes.get(long.checked_add(32)?..long.checked_add(40)?)?.try_into().ok()?;
    Some(u64::from_le_bytes(field))
}
