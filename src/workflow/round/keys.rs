//! The keys in a round's folder: the round's own, which the secretary holds
//! under a passphrase and which signs whatever binds anybody; and the folder's,
//! which signs the steps that need no passphrase.

use std::fs;
use std::path::Path;

use crate::base::{Digest, Limits, Problem, Refusal, Result};
use crate::seal::{Passphrase, Secret, secret_file};
use crate::store;

/// The round's secret, under its passphrase.
pub const SECRETARY_FILE: &str = "keys/secretary.age";
/// The folder's key.
pub const DESK_FILE: &str = "keys/desk.key";
/// Largest key file, in bytes.
const LARGEST: u64 = Limits::STANDARD.keys;

/// How a new round's keys are held.
#[derive(Debug, Clone)]
pub enum Hold {
    /// Under this passphrase.
    Passphrase(Passphrase),
    /// With the published key: a demonstration, or practice (演练).
    Practice,
}

impl Hold {
    /// Under a passphrase chosen now.
    ///
    /// # Errors
    /// Too weak, or not in Latin letters.
    pub fn chosen(passphrase: &str) -> Result<Self> {
        let passphrase = Passphrase::new(passphrase)?;
        passphrase.check_new()?;
        Ok(Self::Passphrase(passphrase))
    }
}

/// Keys of a new round, made and written.
pub(in crate::workflow) struct Made {
    pub secretary: Secret,
    pub desk: Secret,
    /// What the key files hold: path within the folder, bytes.
    pub files: Vec<(&'static str, Digest)>,
}

/// Makes a round's keys and writes their files.
pub(in crate::workflow) fn make(dir: &Path, hold: &Hold) -> Result<Made> {
    let folder = dir.join("keys");
    fs::create_dir_all(&folder).map_err(|error| Refusal::writing(&folder.display().to_string(), &error))?;
    private(&folder, 0o700);
    let (secretary, desk) = (Secret::random()?, Secret::random()?);
    let locked = locked(&secretary, hold)?;
    write(dir, SECRETARY_FILE, &locked)?;
    let line = format!("{}\n", desk.spare().as_str());
    write(dir, DESK_FILE, line.as_bytes())?;
    let files = vec![(SECRETARY_FILE, Digest::of(&locked)), (DESK_FILE, Digest::of(line.as_bytes()))];
    Ok(Made { secretary, desk, files })
}

pub(in crate::workflow) fn locked(secret: &Secret, hold: &Hold) -> Result<Vec<u8>> {
    match hold {
        Hold::Passphrase(passphrase) => secret_file::lock(secret, &[], passphrase),
        Hold::Practice => secret_file::lock_for_practice(secret, &[]),
    }
}

/// Writes a key file that only its owner can read.
pub(in crate::workflow) fn write(dir: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = dir.join(name);
    store::write_durable(&path, bytes)?;
    private(&path, 0o600);
    Ok(())
}

#[cfg(unix)]
pub(in crate::workflow) fn private(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    // A stick's file system knows no owners; what is on it is sealed anyway.
    let _where_it_can_be = fs::set_permissions(path, fs::Permissions::from_mode(mode));
}

#[cfg(not(unix))]
pub(in crate::workflow) fn private(_path: &Path, _mode: u32) {}

/// The folder's key, where its file is there and whole.
pub(super) fn desk(dir: &Path) -> Option<Secret> {
    let bytes = crate::workflow::packets::read_file(&dir.join(DESK_FILE), LARGEST).ok()?;
    let text = std::str::from_utf8(&bytes).ok()?;
    Secret::from_spare(text.trim_end()).ok()
}

/// The bytes of the secretary's key file.
pub(in crate::workflow) fn secretary_file(dir: &Path) -> Result<Vec<u8>> {
    crate::workflow::packets::read_file(&dir.join(SECRETARY_FILE), LARGEST)
}

/// The round's secret from its file; the passphrase is not needed in practice.
pub(super) fn secretary(dir: &Path, passphrase: Option<&Passphrase>) -> Result<Secret> {
    let bytes = secretary_file(dir)?;
    let name = dir.join(SECRETARY_FILE).display().to_string();
    secret_file::unlock(&bytes, passphrase).map(|unlocked| unlocked.secret).map_err(|refusal| match refusal.problem() {
        Problem::NeedsPassphrase | Problem::WrongPassphrase => refusal,
        _ => refusal.in_file(&name),
    })
}
