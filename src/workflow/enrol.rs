//! Keys made beforehand (登记密钥), on the machine of whoever is to hold them:
//! an expert of a remote round, or the supervisor. The secret stays there under
//! its passphrase; a public file goes to the secretary.

use std::path::{Path, PathBuf};

use crate::base::{ExpertCode, Limits, Problem, Refusal, Result};
use crate::formats::public_file::{self, PublicFile};
use crate::seal::{Context, Passphrase, Secret, secret_file, signed};
use crate::store;

use super::packets::read_file;
use super::round::keys::private;

/// Largest public file, in bytes.
const LARGEST: u64 = Limits::STANDARD.keys;

/// Keys just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// The secret, under its passphrase.
    pub secret: PathBuf,
    /// What goes to the secretary.
    pub public: PathBuf,
    /// 核对码.
    pub check_code: String,
    /// 备用码.
    pub spare: String,
}

/// Makes keys and writes `STEM.key` and `STEM.pub`; `expert` is left out by the
/// supervisor.
///
/// # Errors
/// Files that are there already, or can't be written; a weak passphrase.
pub fn enrol(stem: &Path, expert: Option<&ExpertCode>, passphrase: &str) -> Result<Enrolled> {
    let passphrase = Passphrase::new(passphrase)?;
    passphrase.check_new()?;
    let ending = |ending: &str| {
        let mut name = stem.as_os_str().to_os_string();
        name.push(ending);
        PathBuf::from(name)
    };
    let (secret_path, public_path) = (ending(".key"), ending(".pub"));
    for path in [&secret_path, &public_path] {
        if path.exists() {
            return Err(Problem::NotEmpty { dir: path.display().to_string() }.into());
        }
    }
    let secret = Secret::random()?;
    let keys = secret.public();
    store::write_durable(&secret_path, &secret_file::lock(&secret, &[], &passphrase)?)?;
    private(&secret_path, 0o600);
    let body = public_file::encode(&PublicFile { expert: expert.cloned(), keys: keys.clone() })?;
    store::write_durable(&public_path, &signed::sign(&secret, Context::Keys, &body))?;
    Ok(Enrolled {
        secret: secret_path,
        public: public_path,
        check_code: keys.check_code(),
        spare: secret.spare().to_string(),
    })
}

/// A secret from its file.
///
/// # Errors
/// No such file; a wrong passphrase.
pub fn unlock(file: &Path, passphrase: Option<&str>) -> Result<Unlocked> {
    let passphrase = passphrase.map(Passphrase::new).transpose()?;
    let unlocked = secret_file::unlock(&read_file(file, LARGEST)?, passphrase.as_ref())?;
    Ok(Unlocked(unlocked.secret))
}

/// A secret, unlocked.
#[derive(Debug)]
pub struct Unlocked(pub(super) Secret);

/// Reads a public file; it must bear the signature of its own key.
///
/// # Errors
/// No public file, or an altered one.
pub fn read(file: &Path) -> Result<PublicFile> {
    let bytes = read_file(file, LARGEST)?;
    let read = || -> Result<PublicFile> {
        let signed = signed::read(Context::Keys, &bytes)?;
        let public = public_file::decode(signed.body, &Limits::STANDARD)?;
        if public.keys.verify != signed.signer {
            return Err(Problem::OtherSigner.into());
        }
        Ok(public)
    };
    read().map_err(|refusal: Refusal| refusal.in_file(&file.display().to_string()))
}
