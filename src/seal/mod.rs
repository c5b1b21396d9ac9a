//! Seals: a format tag and a digest round the bytes of a bundle or sheet.
//!
//! What is altered or cut short is noticed; who made it is not proved yet, and
//! nothing is hidden yet. Keys and encryption take the place of these two
//! functions and of nothing else.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use crate::base::{Digest, Problem, Refusal, Result};

/// What a sealed file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A bundle for an expert (评审包).
    Bundle,
    /// A score sheet (评分表).
    Sheet,
}

impl Kind {
    const fn tag(self) -> &'static str {
        match self {
            Self::Bundle => "pingshen/bundle/v1\n",
            Self::Sheet => "pingshen/sheet/v1\n",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Bundle => "bundle",
            Self::Sheet => "sheet",
        }
    }

    /// Tag, 64 hex digits, new line.
    const fn header(self) -> usize {
        self.tag().len() + 65
    }
}

/// Puts a tag and a digest round the bytes.
#[must_use]
pub fn wrap(kind: Kind, bytes: &[u8]) -> Vec<u8> {
    let digest = Digest::of_parts(kind.tag(), &[bytes]);
    let mut out = Vec::with_capacity(bytes.len() + kind.header());
    out.extend_from_slice(kind.tag().as_bytes());
    out.extend_from_slice(digest.to_string().as_bytes());
    out.push(b'\n');
    out.extend_from_slice(bytes);
    out
}

/// Whether these bytes begin as a sealed file of this kind does.
#[must_use]
pub fn looks_like(kind: Kind, bytes: &[u8]) -> bool {
    bytes.starts_with(kind.tag().as_bytes())
}

/// Takes the bytes out again.
///
/// # Errors
/// Not a file of this kind, or altered or cut short.
pub fn open(kind: Kind, sealed: &[u8]) -> Result<Vec<u8>> {
    let (stated, bytes) = header(kind, sealed)?;
    if Digest::of_parts(kind.tag(), &[bytes]) != stated {
        return Err(Problem::Altered.into());
    }
    Ok(bytes.to_vec())
}

fn header(kind: Kind, sealed: &[u8]) -> Result<(Digest, &[u8])> {
    let not_ours = || Refusal::from(Problem::NotOurs { wanted: kind.name() });
    let rest = sealed.strip_prefix(kind.tag().as_bytes()).ok_or_else(not_ours)?;
    let (hex, bytes) = rest.split_at_checked(64).ok_or(Problem::Altered)?;
    let stated = std::str::from_utf8(hex).ok().and_then(Digest::parse).ok_or(Problem::Altered)?;
    let bytes = bytes.strip_prefix(b"\n").ok_or(Problem::Altered)?;
    Ok((stated, bytes))
}

/// A sealed file's content, to be read by seeking.
#[derive(Debug)]
pub struct Opened {
    file: File,
    start: u64,
}

/// Checks a sealed file as a whole and gives its content as a seekable reader.
///
/// # Errors
/// As [`open`], and those of reading.
pub fn open_file(kind: Kind, mut file: File) -> Result<Opened> {
    let failed = |error: io::Error| Refusal::from(Problem::CannotRead(error.to_string()));
    let mut head = vec![0; kind.header()];
    let size = file.metadata().map_err(failed)?.len();
    let short = file.read_exact(&mut head).is_err();
    if short {
        file.rewind().map_err(failed)?;
        head.clear();
        file.read_to_end(&mut head).map_err(failed)?;
    }
    let (stated, _) = header(kind, &head)?;
    let start = u64::try_from(kind.header()).unwrap_or(0);
    // The digest is over the tag and the length-prefixed content, as in `wrap`.
    let length = size.saturating_sub(start);
    let prefix = [kind.tag().as_bytes(), &length.to_be_bytes()].concat();
    let found = Digest::of_reader((&prefix[..]).chain(&mut file)).map_err(failed)?;
    if found != stated {
        return Err(Problem::Altered.into());
    }
    file.seek(SeekFrom::Start(start)).map_err(failed)?;
    Ok(Opened { file, start })
}

impl Read for Opened {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        self.file.read(piece)
    }
}

impl Seek for Opened {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => SeekFrom::Start(at.saturating_add(self.start)),
            other => other,
        };
        self.file.seek(to)?.checked_sub(self.start).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn every_altered_byte_is_noticed() {
        let sealed = wrap(Kind::Sheet, b"content");
        assert_eq!(open(Kind::Sheet, &sealed).unwrap(), b"content");
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(open(Kind::Sheet, &altered).is_err(), "byte {at}");
            assert!(open(Kind::Sheet, &sealed[..at]).is_err(), "cut at {at}");
        }
        assert!(open(Kind::Bundle, &sealed).is_err());
    }

    #[test]
    fn a_file_is_read_by_seeking() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&wrap(Kind::Bundle, b"0123456789")).unwrap();
        file.rewind().unwrap();
        let mut opened = open_file(Kind::Bundle, file).unwrap();
        opened.seek(SeekFrom::Start(4)).unwrap();
        let mut rest = String::new();
        opened.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "456789");
        assert_eq!(opened.seek(SeekFrom::End(-3)).unwrap(), 7);
    }
}
