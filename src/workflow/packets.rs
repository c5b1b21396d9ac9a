//! Packets that arrive already anonymised (收匿名材料).

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::base::{Digest, Limits, PacketCode, Problem, Refusal, Result};
use crate::domain::round::Event;
use crate::formats;

use super::Round;

/// What came of one file.
#[derive(Debug)]
pub struct Came {
    /// The file.
    pub file: String,
    /// The packet and whether it is new, or why it was refused.
    pub outcome: Result<(PacketCode, bool)>,
}

/// The files of a list, read: a folder stands for the files in it that end so,
/// in order of name. A folder or file that can't be read comes with why, and
/// the others are read all the same.
#[must_use]
pub fn read_all(files: &[PathBuf], endings: &[&str], limit: u64) -> Vec<(String, Result<Vec<u8>>)> {
    let read = |(name, path): (String, Result<PathBuf>)| (name, path.and_then(|path| read_file(&path, limit)));
    list(files, endings).into_iter().map(read).collect()
}

/// The files of a list, not yet read: a folder stands for the files in it that
/// end so, in order of name.
fn list(files: &[PathBuf], endings: &[&str]) -> Vec<(String, Result<PathBuf>)> {
    let mut out = Vec::new();
    for file in files {
        let name = file.display().to_string();
        let inside = if file.is_dir() { folder(file, endings) } else { Ok(vec![file.clone()]) };
        match inside {
            Ok(_) if crate::store::is_part(file) => {
                out.push((name.clone(), Err(Refusal::from(Problem::PartFile).in_file(&name))));
            }
            Ok(inside) => out.extend(inside.into_iter().map(|path| (path.display().to_string(), Ok(path)))),
            Err(refusal) => out.push((name.clone(), Err(refusal.in_file(&name)))),
        }
    }
    out
}

/// Files of a folder that end so, in order of name; never none.
fn folder(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>> {
    let name = folder.display().to_string();
    let mut inside = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| Refusal::reading(&name, &error))? {
        let path = entry.map_err(|error| Refusal::reading(&name, &error))?.path();
        let fits = path.extension().is_some_and(|e| endings.iter().any(|ending| e.eq_ignore_ascii_case(ending)));
        if fits && path.is_file() {
            inside.push(path);
        }
    }
    if inside.is_empty() {
        return Err(Problem::EmptyPacket.into());
    }
    inside.sort();
    Ok(inside)
}

/// Reads a file of at most `limit` bytes.
///
/// # Errors
/// Not there, not a file, too large.
pub fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>> {
    let name = path.display().to_string();
    let size = std::fs::metadata(path).map_err(|error| Refusal::reading(&name, &error))?.len();
    if size > limit {
        return Err(Refusal::from(Problem::TooBig { limit }).in_file(&name));
    }
    // A pipe or device says it is empty; what is read is held to the limit too.
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|error| Refusal::reading(&name, &error))?;
    let read = file.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| Refusal::reading(&name, &error))?;
    if u64::try_from(bytes.len()).map_or(true, |size| size > limit) {
        return Err(Refusal::from(Problem::TooBig { limit }).in_file(&name));
    }
    Ok(bytes)
}

/// Takes packets in: the good ones are kept, the others named. A packet that is
/// there already with the same content changes nothing.
///
/// # Errors
/// Bundles are out already, or nothing can be written.
pub fn packets(round: &mut Round, files: &[PathBuf]) -> Result<Vec<Came>> {
    add(round, read_all(files, &["json"], Limits::STANDARD.packet))
}

/// Takes packets in that were read already: each with its name.
///
/// # Errors
/// As [`packets`].
pub(super) fn add(round: &mut Round, files: impl IntoIterator<Item = (String, Result<Vec<u8>>)>) -> Result<Vec<Came>> {
    if !round.state().issued.is_empty() {
        return Err(Problem::TooLate { because: "issued" }.into());
    }
    let form = round.form()?;
    let mut came = Vec::new();
    let mut events = Vec::new();
    let mut blobs: Vec<Vec<u8>> = Vec::new();
    let mut known = round.state().packets.clone();
    for (file, bytes) in files {
        let outcome = bytes.and_then(|bytes| {
            let packet = formats::packet::read(&bytes, &Limits::STANDARD, form)?;
            let digest = Digest::of(&bytes);
            match known.get(&packet.code) {
                Some(there) if *there == digest => Ok((packet.code, false)),
                Some(_) => Err(Problem::PacketDiffers { code: packet.code.to_string() }.into()),
                None => {
                    known.insert(packet.code.clone(), digest);
                    events.push(Event::PacketAdded { code: packet.code.clone(), digest });
                    blobs.push(bytes);
                    Ok((packet.code, true))
                }
            }
        });
        came.push(Came { outcome: outcome.map_err(|refusal| refusal.in_file(&file)), file });
    }
    let blobs: Vec<&[u8]> = blobs.iter().map(Vec::as_slice).collect();
    round.append(&events, &blobs)?;
    Ok(came)
}

/// Codes of all packets of a round.
#[must_use]
pub fn codes(round: &Round) -> BTreeSet<PacketCode> {
    round.state().packets.keys().cloned().collect()
}
