//! The register's file: opened by the steps that must know names, each opening
//! an event; written whole, and kept under its digest.

use std::path::{Path, PathBuf};

use crate::base::{Digest, ExpertCode, Limits, Problem, Refusal, Result};
use crate::domain::round::Event;
use crate::formats::register::{RegisterFile, decode, encode};
use crate::identity::Register;
use crate::seal::envelope;
use crate::store;

use super::Round;
use super::packets::read_file;
use super::round::next::waiting;

/// Its name in a round's folder.
pub(super) const FILE: &str = "register.age";
/// Largest register, in bytes.
const LARGEST: u64 = Limits::STANDARD.register;

fn path(dir: &Path) -> PathBuf {
    dir.join(FILE)
}

/// Opens the register, and logs that it was; an empty one where none was
/// written yet.
///
/// # Errors
/// The round is not unlocked; a register that is gone or altered.
pub(super) fn open(round: &mut Round, why: &str) -> Result<Register> {
    let Some(kept) = round.state().kept.get(FILE).copied() else { return Ok(Register::default()) };
    let path = path(round.dir());
    let name = path.display().to_string();
    let bytes = read_file(&path, LARGEST)?;
    if Digest::of(&bytes) != kept {
        return Err(Refusal::from(Problem::Altered).in_file(&name));
    }
    let identity = round.secretary()?.identity();
    let content = envelope::decrypt(&[identity], &bytes, LARGEST).map_err(|refusal| refusal.in_file(&name))?;
    let file = decode(&content, &Limits::STANDARD).map_err(|refusal| refusal.in_file(&name))?;
    if file.round != round.id()? {
        return Err(Refusal::from(Problem::OtherRound { round: file.round.short() }).in_file(&name));
    }
    round.append(&[Event::RegisterOpened { why: why.to_owned() }], &[])?;
    Ok(Register {
        panel: file.panel,
        slips: file.slips.into_iter().collect(),
        applications: file.applications.into_iter().collect(),
        codes: file.codes.into_iter().collect(),
        declared: file.declared.into_iter().collect(),
        earlier: file.earlier,
        aliases: file.aliases.into_iter().collect(),
        hits: file.hits,
    })
}

/// Writes the register anew and gives the event that keeps it: the new file
/// takes the old one's place when the event is in the log.
///
/// # Errors
/// The round is not unlocked; nothing can be written.
pub(super) fn save(round: &Round, register: &Register, why: &str) -> Result<Event> {
    let pairs = |(key, value): (&ExpertCode, &String)| (key.clone(), value.clone());
    let mut file = RegisterFile::of(round.id()?);
    file.panel = register.panel.clone();
    file.slips = register.slips.iter().map(pairs).collect();
    file.applications = register.applications.iter().map(|(no, it)| (no.clone(), it.clone())).collect();
    file.codes = register.codes.iter().map(|(no, code)| (no.clone(), code.clone())).collect();
    file.declared = register.declared.iter().map(|(expert, it)| (expert.clone(), it.clone())).collect();
    file.earlier.clone_from(&register.earlier);
    file.aliases = register.aliases.iter().map(|(no, aliases)| (no.clone(), aliases.clone())).collect();
    file.hits.clone_from(&register.hits);
    let content = encode(&file)?;
    let recipient = round.secretary()?.public().recipient;
    let bytes = envelope::encrypt(&[recipient], &content)?;
    store::write_durable(&waiting(round.dir(), FILE), &bytes)?;
    Ok(Event::FileKept { file: FILE.to_owned(), digest: Digest::of(&bytes), why: why.to_owned() })
}
