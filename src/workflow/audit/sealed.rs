//! The sealed files, decrypted again with the keys of those who opened them:
//! that what lies in `inbox` is what was opened. A sheet that has not been
//! opened is not opened here.

use std::path::Path;

use crate::base::{Digest, Problem, Refusal, Result};
use crate::domain::sheet::Source;
use crate::seal::{Identity, Passphrase, envelope, secret_file};

use super::words::say;
use super::{Audit, Check, Evidence, Signer, Who};
use crate::workflow::collect::{INBOX, LARGEST};
use crate::workflow::enrol::Unlocked;
use crate::workflow::packets::read_file;
use crate::workflow::round::keys;

/// What the sealed files are opened with, the outermost seal first.
#[derive(Debug)]
pub struct Keys {
    identities: Vec<Identity>,
}

impl Keys {
    /// The round's key from its file, and the supervisor's where there is one.
    /// A round for practice needs no passphrase.
    ///
    /// # Errors
    /// A wrong passphrase, a key file that is not there or altered.
    pub fn read(dir: &Path, passphrase: Option<&str>, supervisor: Option<&Unlocked>) -> Result<Self> {
        let passphrase = passphrase.map(Passphrase::new).transpose()?;
        let secret = secret_file::unlock(&keys::secretary_file(dir)?, passphrase.as_ref())?.secret;
        let identities = std::iter::once(secret.identity()).chain(supervisor.map(|unlocked| unlocked.0.identity()));
        Ok(Self { identities: identities.collect() })
    }
}

/// Judges every file that was opened.
pub(super) fn check(evidence: &Evidence, keys: &Keys, audit: &mut Audit) {
    let state = &evidence.state;
    let seals = if state.supervisor.is_some() { 2 } else { 1 };
    for received in state.sheets.iter().filter(|received| received.source == Source::Program) {
        let Some(listed) = state.listed.iter().find(|listed| listed.digest == received.file) else { continue };
        let file = format!("{INBOX}/{}", listed.file);
        let Some(path) = super::files::inside(&evidence.dir, &file) else { continue };
        audit.looked(Check::Sealed, 1);
        let who = Some(Who { name: Signer::Expert(received.expert.clone()), seq: None });
        match read_file(&path, LARGEST).and_then(|bytes| opened(&bytes, keys, seals)) {
            Err(refusal) => audit.find(Check::Sealed, file, say!(open_fails, plain(&refusal)), who),
            Ok(inside) if Digest::of(&inside) != received.digest => {
                audit.find(Check::Sealed, file, say!(open_differs), who);
            }
            Ok(_) => {}
        }
    }
    let waiting: Vec<&str> =
        state.listed.iter().filter(|listed| !listed.done).map(|listed| listed.file.as_str()).collect();
    if !waiting.is_empty() {
        audit.note(Check::Sealed, INBOX, say!(open_waiting, waiting.join(" ")));
    }
}

/// What lies behind so many seals.
fn opened(bytes: &[u8], keys: &Keys, seals: usize) -> Result<Vec<u8>> {
    let mut bytes = bytes.to_vec();
    let mut identities = keys.identities.iter();
    for _ in 0..seals {
        let identity = identities.next().ok_or(Problem::SupervisorWanted)?;
        bytes = envelope::decrypt(std::slice::from_ref(identity), &bytes, LARGEST)?;
    }
    Ok(bytes)
}

/// The refusal without the file, which the finding names.
fn plain(refusal: &Refusal) -> Refusal {
    refusal.problem().clone().into()
}
