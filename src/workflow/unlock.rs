//! The door of a bundle (开包): what still has to be typed before it opens.
//!
//! In a review room nobody enrols beforehand: a one-time slip opens the bundle,
//! and the expert's keys are made then and there, on the expert's machine, under
//! a passphrase the expert chooses. They lie beside the draft, so that wherever
//! the draft goes on, the passphrase is all that is needed. The key file is
//! written when the bundle is entered, once the expert has copied the codes: left
//! before that, the next opening begins anew. A bundle for practice opens by
//! itself.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::base::{Limits, Problem, Refusal, Result};
use crate::seal::slip::practice_identity;
use crate::seal::{Identity, Passphrase, Secret, Slip, envelope, secret_file};
use crate::store;

use super::packets::read_file;
use super::round::keys::private;

/// Largest key file, in bytes.
const LARGEST: u64 = Limits::STANDARD.keys;

/// What a bundle still needs before it opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: it can be entered.
    Nothing,
    /// The one-time slip.
    Slip,
    /// A passphrase of the expert's own, chosen now.
    Choose,
    /// The passphrase chosen before.
    Passphrase,
    /// The paper code in place of the passphrase, after [`Door::forgot`].
    Spare,
}

/// Codes of keys just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// 核对码: for the signed sign-in sheet.
    pub check_code: String,
    /// 备用码: for the sealed envelope.
    pub spare: String,
}

/// What opens a bundle and its draft.
#[derive(Debug, Clone)]
pub(super) struct Keyring {
    /// The expert's keys; none where the bundle is only looked at.
    pub secret: Option<Secret>,
    /// What opens the bundle.
    pub identities: Vec<Identity>,
}

/// The door of a bundle.
#[derive(Debug)]
pub struct Door {
    bundle: PathBuf,
    hint: String,
    key: PathBuf,
    write: bool,
    need: Need,
    keyring: Keyring,
    locked: Option<Vec<u8>>,
    passphrase: Option<Passphrase>,
    to_write: Option<Vec<u8>>,
    chosen: bool,
    passed: usize,
}

impl Door {
    /// Comes to the door of a bundle, with the key file that lies beside its
    /// draft, or will. Only to look, no keys are made.
    ///
    /// # Errors
    /// No such file, or no bundle; a key file that can't be read.
    pub fn at(bundle: &Path, key: &Path, write: bool) -> Result<Self> {
        let hint = bundle.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let locked = if key.exists() { Some(read_file(key, LARGEST)?) } else { None };
        let mut door = Self {
            bundle: bundle.to_owned(),
            hint,
            key: key.to_owned(),
            write,
            need: Need::Slip,
            keyring: Keyring { secret: None, identities: Vec::new() },
            locked,
            passphrase: None,
            to_write: None,
            chosen: false,
            passed: 0,
        };
        let practice = practice_identity()?;
        if door.fits(std::slice::from_ref(&practice))? {
            door.keyring.identities.push(practice);
            door.keyring.secret = match &door.locked {
                Some(bytes) => Some(secret_file::unlock(bytes, None).map_err(|r| door.in_key_file(r))?.secret),
                None if write => Some(door.make(None)?),
                None => None,
            };
            door.need = Need::Nothing;
        } else if door.locked.is_some() {
            door.need = Need::Passphrase;
        }
        Ok(door)
    }

    /// Whether a passphrase may be chosen.
    ///
    /// # Errors
    /// Too weak, or not in Latin letters.
    pub fn check_new(passphrase: &str) -> Result<()> {
        Passphrase::new(passphrase)?.check_new()
    }

    /// What is needed next.
    #[must_use]
    pub const fn need(&self) -> Need {
        self.need
    }

    /// Which step this is, from 1, and of how many.
    #[must_use]
    pub const fn steps(&self) -> (usize, usize) {
        // Choosing a passphrase is followed by copying the codes.
        let left = match self.need {
            Need::Nothing if self.chosen => 1,
            Need::Nothing => 0,
            Need::Passphrase => 1,
            Need::Choose => 2,
            Need::Slip if self.write => 3,
            Need::Slip => 1,
            Need::Spare => 3,
        };
        let all = self.passed + left;
        (if left == 0 { all } else { self.passed + 1 }, all)
    }

    /// The bundle's file name, to be shown.
    #[must_use]
    pub fn expert_hint(&self) -> &str {
        &self.hint
    }

    /// Where the key file lies.
    #[must_use]
    pub fn key_path(&self) -> &Path {
        &self.key
    }

    /// Tries the slip.
    ///
    /// # Errors
    /// Mistyped, or another bundle's.
    pub fn slip(&mut self, text: &str) -> Result<()> {
        let identity = Slip::parse(text)?.identity();
        if !self.fits(std::slice::from_ref(&identity))? {
            return Err(Problem::OtherSlip.into());
        }
        self.keyring.identities.push(identity);
        self.passed += 1;
        self.need = match (&self.keyring.secret, self.write) {
            (None, true) => Need::Choose,
            (None, false) => Need::Nothing,
            (Some(_), _) if self.passphrase.is_none() => Need::Choose,
            (Some(secret), _) => {
                self.lock(&secret.clone())?;
                Need::Nothing
            }
        };
        Ok(())
    }

    /// Takes the passphrase the expert chose, and makes the keys unless a spare
    /// code gave them.
    ///
    /// # Errors
    /// Too weak.
    pub fn choose(&mut self, passphrase: &str) -> Result<Made> {
        let passphrase = Passphrase::new(passphrase)?;
        passphrase.check_new()?;
        self.passphrase = Some(passphrase);
        let secret = match self.keyring.secret.clone() {
            Some(secret) => {
                self.lock(&secret)?;
                secret
            }
            None => self.make(self.passphrase.clone())?,
        };
        let made = Made { check_code: secret.public().check_code(), spare: secret.spare().to_string() };
        self.keyring.secret = Some(secret);
        self.chosen = true;
        self.passed += 1;
        self.need = Need::Nothing;
        Ok(made)
    }

    /// Tries the passphrase chosen before.
    ///
    /// # Errors
    /// A wrong one.
    pub fn passphrase(&mut self, text: &str) -> Result<()> {
        let passphrase = Passphrase::new(text)?;
        let bytes = self.locked.as_ref().ok_or(Problem::NotFound)?;
        let unlocked = secret_file::unlock(bytes, Some(&passphrase)).map_err(|refusal| self.in_key_file(refusal))?;
        self.passphrase = Some(passphrase);
        self.keyring.identities = unlocked.others;
        self.keyring.identities.push(unlocked.secret.identity());
        self.keyring.secret = Some(unlocked.secret);
        self.passed += 1;
        self.need = if self.fits(&self.keyring.identities)? { Need::Nothing } else { Need::Slip };
        Ok(())
    }

    /// The passphrase is forgotten: the paper code is wanted in its place.
    pub fn forgot(&mut self) {
        if self.need == Need::Passphrase {
            self.need = Need::Spare;
        }
    }

    /// The passphrase came back to mind.
    pub fn remembered(&mut self) {
        if self.need == Need::Spare {
            self.need = Need::Passphrase;
        }
    }

    /// Takes the paper code (备用码); a new passphrase comes next, after the slip
    /// where the bundle was opened with one.
    ///
    /// # Errors
    /// Mistyped.
    pub fn spare(&mut self, text: &str) -> Result<()> {
        let secret = Secret::from_spare(text)?;
        self.keyring.identities = vec![secret.identity()];
        self.keyring.secret = Some(secret);
        self.passphrase = None;
        self.passed += 1;
        self.need = if self.fits(&self.keyring.identities)? { Need::Choose } else { Need::Slip };
        Ok(())
    }

    pub(super) fn bundle(&self) -> &Path {
        &self.bundle
    }

    pub(super) const fn writes(&self) -> bool {
        self.write
    }

    /// What opens the bundle, once nothing is needed any more; writes the key
    /// file where that is new.
    pub(super) fn keyring(self) -> Result<Keyring> {
        match self.need {
            Need::Nothing => {
                if let Some(bytes) = &self.to_write {
                    store::write_durable(&self.key, bytes)?;
                    private(&self.key, 0o600);
                }
                Ok(self.keyring)
            }
            Need::Slip => Err(Problem::SlipWanted.into()),
            Need::Choose | Need::Passphrase | Need::Spare => Err(Problem::NeedsPassphrase.into()),
        }
    }

    fn fits(&self, identities: &[Identity]) -> Result<bool> {
        let name = self.bundle.display().to_string();
        let file = File::open(&self.bundle).map_err(|error| Refusal::reading(&name, &error))?;
        match envelope::decrypt_file(identities, file) {
            Ok(_) => Ok(true),
            Err(refusal) if *refusal.problem() == Problem::NoKeyFits => Ok(false),
            Err(refusal) => Err(match refusal.problem() {
                Problem::NotOurs { .. } => Problem::NotOurs { wanted: "bundle" }.into(),
                _ => refusal,
            }),
        }
        .map_err(|refusal: Refusal| refusal.in_file(&name))
    }

    fn make(&mut self, passphrase: Option<Passphrase>) -> Result<Secret> {
        let secret = Secret::random()?;
        let bytes = match passphrase {
            Some(passphrase) => secret_file::lock(&secret, &self.keyring.identities, &passphrase)?,
            None => secret_file::lock_for_practice(&secret, &[])?,
        };
        self.to_write = Some(bytes);
        Ok(secret)
    }

    fn lock(&mut self, secret: &Secret) -> Result<()> {
        let passphrase = self.passphrase.as_ref().ok_or(Problem::NeedsPassphrase)?;
        let own = secret.identity().recipient();
        let others: Vec<Identity> =
            self.keyring.identities.iter().filter(|identity| identity.recipient() != own).cloned().collect();
        self.to_write = Some(secret_file::lock(secret, &others, passphrase)?);
        Ok(())
    }

    fn in_key_file(&self, refusal: Refusal) -> Refusal {
        refusal.in_file(&self.key.display().to_string())
    }
}

/// Where the key file of a draft lies: beside it.
#[must_use]
pub fn key_beside(draft: &Path) -> PathBuf {
    draft.with_extension("key")
}
