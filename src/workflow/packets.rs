//! Packets that arrive already anonymised (收匿名材料).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::base::{Digest, PacketCode, Problem, Refusal, Result};
use crate::domain::round::Event;
use crate::formats;

use super::Round;

/// Largest packet file, in bytes.
const LARGEST: u64 = 8 << 20;

/// What came of one file.
#[derive(Debug)]
pub struct Came {
    /// The file.
    pub file: String,
    /// The packet and whether it is new, or why it was refused.
    pub outcome: Result<(PacketCode, bool)>,
}

/// Files of a list in which a folder stands for the files in it that end so,
/// in order of name.
///
/// # Errors
/// A folder that can't be read, or nothing in it.
pub fn expand(files: &[PathBuf], endings: &[&str]) -> Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for file in files {
        if !file.is_dir() {
            out.push(file.clone());
            continue;
        }
        let name = file.display().to_string();
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(file).map_err(|error| Refusal::reading(&name, &error))? {
            let path = entry.map_err(|error| Refusal::reading(&name, &error))?.path();
            let fits = path.extension().is_some_and(|e| endings.iter().any(|ending| e.eq_ignore_ascii_case(ending)));
            if fits && path.is_file() {
                inside.push(path);
            }
        }
        if inside.is_empty() {
            return Err(Refusal::from(Problem::EmptyPacket).in_file(&name));
        }
        inside.sort();
        out.append(&mut inside);
    }
    Ok(out)
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
    std::fs::read(path).map_err(|error| Refusal::reading(&name, &error))
}

/// Takes packets in: the good ones are kept, the others named. A packet that is
/// there already with the same content changes nothing.
///
/// # Errors
/// Bundles are out already, or nothing can be written.
pub fn packets(round: &mut Round, files: &[PathBuf]) -> Result<Vec<Came>> {
    let read =
        expand(files, &["json"])?.into_iter().map(|path| (path.display().to_string(), read_file(&path, LARGEST)));
    add(round, read)
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
            let packet = formats::packet::read(&bytes, form)?;
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
