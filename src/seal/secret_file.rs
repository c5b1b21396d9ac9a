//! The file in which a person's secret lies on their disk, under a passphrase.
//!
//! An `age` file, and what is in it is an identity file of the `age` program:
//! should this program be gone, `age -d -i` still opens whatever was
//! encrypted to the person. The work of trying a passphrase is fixed, not
//! measured: a file made on a fast machine opens as well on a slow one.

use zeroize::Zeroizing;

use crate::base::{Limits, Problem, Refusal, Result};

use super::identity::Identity;
use super::passphrase::Passphrase;
use super::secret::Secret;
use super::slip::practice_identity;
use super::{age_file, envelope};

/// scrypt with N = 2^15: 32 MiB, some tenths of a second.
const WORK: u8 = 15;

/// Longest content read, in bytes.
const LIMIT: u64 = Limits::STANDARD.keys;

const TITLE: &str = "# pingshen secret v1\n";
const SPARE: &str = "# spare ";

/// What a file of secret keys holds.
#[derive(Debug, Clone)]
pub struct Unlocked {
    /// The person's secret.
    pub secret: Secret,
    /// Identities kept beside it: those of slips already used.
    pub others: Vec<Identity>,
}

/// The file, under a passphrase.
///
/// # Errors
/// More than fits in a file of secret keys.
pub fn lock(secret: &Secret, others: &[Identity], passphrase: &Passphrase) -> Result<Vec<u8>> {
    let mut recipient = age::scrypt::Recipient::new(passphrase.to_age());
    recipient.set_work_factor(WORK);
    lock_to(&recipient, secret, others)
}

/// The file of a practice round (演练): no passphrase, and nothing hidden.
///
/// # Errors
/// As [`lock`].
pub fn lock_for_practice(secret: &Secret, others: &[Identity]) -> Result<Vec<u8>> {
    lock_to(&practice_identity()?.to_age_recipient(), secret, others)
}

fn lock_to(recipient: &dyn age::Recipient, secret: &Secret, others: &[Identity]) -> Result<Vec<u8>> {
    let content = content(secret, others);
    if u64::try_from(content.len()).is_ok_and(|length| length > LIMIT) {
        return Err(Problem::TooBig { limit: LIMIT }.into());
    }
    age_file::encrypt(std::iter::once(recipient), content.as_bytes())
}

/// Whether this is the file of a practice round.
#[must_use]
pub fn is_practice(bytes: &[u8]) -> bool {
    let fits = |identity: Identity| {
        let file = age_file::parse_bytes(bytes).ok()?;
        file.decrypt(std::iter::once(identity.as_age())).ok()
    };
    practice_identity().ok().and_then(fits).is_some()
}

/// Opens a file of secret keys; that of a practice round needs no passphrase.
///
/// # Errors
/// [`Problem::NeedsPassphrase`], [`Problem::WrongPassphrase`], or it is
/// another file, altered, or not as this program writes it.
pub fn unlock(bytes: &[u8], passphrase: Option<&Passphrase>) -> Result<Unlocked> {
    if is_practice(bytes) {
        return read(&Zeroizing::new(envelope::decrypt(&[practice_identity()?], bytes, LIMIT)?));
    }
    if !envelope::looks_encrypted(bytes) {
        return Err(Problem::NotOurs { wanted: "secret" }.into());
    }
    let file = age_file::parse_bytes(bytes)?;
    if !file.is_scrypt() {
        return Err(Problem::NotOurs { wanted: "secret" }.into());
    }
    let passphrase = passphrase.ok_or(Problem::NeedsPassphrase)?;
    let mut identity = age::scrypt::Identity::new(passphrase.to_age());
    identity.set_max_work_factor(WORK);
    let opened = file.decrypt(std::iter::once::<&dyn age::Identity>(&identity)).map_err(|error| match error {
        age::DecryptError::DecryptionFailed => Refusal::from(Problem::WrongPassphrase),
        other => age_file::refused(other),
    })?;
    read(&Zeroizing::new(age_file::read_all(opened, LIMIT)?))
}

/// What the file says: for people the spare, for `age` the identities.
fn content(secret: &Secret, others: &[Identity]) -> Zeroizing<String> {
    let own = secret.identity();
    let mut text = Zeroizing::new(String::with_capacity(256 + others.len() * 80));
    text.push_str(TITLE);
    text.push_str(SPARE);
    text.push_str(&secret.spare());
    text.push('\n');
    for identity in std::iter::once(&own).chain(others) {
        text.push_str(&identity.to_line());
        text.push('\n');
    }
    text
}

/// Reads it back, and only what [`content`] writes.
fn read(bytes: &[u8]) -> Result<Unlocked> {
    let not_ours = || Refusal::from(Problem::NotOurs { wanted: "secret" });
    let text = std::str::from_utf8(bytes).map_err(|_| not_ours())?;
    let rest = text.strip_prefix(TITLE).and_then(|rest| rest.strip_prefix(SPARE)).ok_or_else(not_ours)?;
    let mut lines = rest.lines();
    let secret = Secret::from_spare(lines.next().unwrap_or_default()).map_err(|_| Problem::NotOurEncoding)?;
    let others: Option<Vec<Identity>> = lines.skip(1).map(Identity::from_line).collect();
    let others = others.ok_or(Problem::NotOurEncoding)?;
    if content(&secret, &others).as_str() != text {
        return Err(Problem::NotOurEncoding.into());
    }
    Ok(Unlocked { secret, others })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::Slip;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text).unwrap()
    }

    fn problem(bytes: &[u8], typed: Option<&str>) -> Problem {
        unlock(bytes, typed.map(passphrase).as_ref()).unwrap_err().problem().clone()
    }

    #[test]
    fn what_was_locked_opens_with_the_passphrase_alone() {
        let secret = Secret::random().unwrap();
        let others = [Slip::random().unwrap().identity(), Slip::random().unwrap().identity()];
        let file = lock(&secret, &others, &passphrase("a long passphrase")).unwrap();
        assert!(!is_practice(&file));
        let opened = unlock(&file, Some(&passphrase("a long passphrase"))).unwrap();
        assert_eq!(opened.secret.public(), secret.public());
        let recipients = |identities: &[Identity]| identities.iter().map(Identity::recipient).collect::<Vec<_>>();
        assert_eq!(recipients(&opened.others), recipients(&others));
        assert_eq!(problem(&file, None), Problem::NeedsPassphrase);
        assert_eq!(problem(&file, Some("a longer passphrase")), Problem::WrongPassphrase);
        let mut altered = file.clone();
        *altered.last_mut().unwrap() ^= 1;
        assert_eq!(problem(&altered, Some("a long passphrase")), Problem::Altered);
        assert_eq!(problem(&file[..file.len() - 1], Some("a long passphrase")), Problem::Altered);
        assert!(!format!("{opened:?}").contains("AGE"));
    }

    #[test]
    fn a_practice_file_needs_none() {
        let secret = Secret::random().unwrap();
        let file = lock_for_practice(&secret, &[]).unwrap();
        assert!(is_practice(&file));
        assert_eq!(unlock(&file, None).unwrap().secret.public(), secret.public());
        assert_eq!(unlock(&file, Some(&passphrase("whatever"))).unwrap().secret.public(), secret.public());
    }

    #[test]
    fn other_files_are_not_taken_for_it() {
        assert_eq!(problem(b"", Some("whatever")), Problem::NotOurs { wanted: "secret" });
        assert_eq!(problem(b"PK\x03\x04", None), Problem::NotOurs { wanted: "secret" });
        let other = envelope::encrypt(&[Slip::random().unwrap().recipient()], b"a bundle").unwrap();
        assert_eq!(problem(&other, Some("whatever")), Problem::NotOurs { wanted: "secret" });
    }

    /// 2^16 would take a second, 2^40 a terabyte.
    #[test]
    fn more_work_than_ours_is_refused_before_it_is_done() {
        let mut recipient = age::scrypt::Recipient::new(passphrase("whatever").to_age());
        recipient.set_work_factor(1);
        let content = content(&Secret::random().unwrap(), &[]);
        let file = age_file::encrypt(std::iter::once::<&dyn age::Recipient>(&recipient), content.as_bytes()).unwrap();
        let at = file.windows(3).position(|window| window == b" 1\n").unwrap();
        for work in ["16", "40", "63"] {
            let file = [&file[..at], b" ", work.as_bytes(), &file[at + 2..]].concat();
            assert_eq!(problem(&file, Some("whatever")), Problem::NotOurEncoding, "{work}");
        }
    }

    #[test]
    fn only_what_is_written_is_read() {
        let secret = Secret::random().unwrap();
        let other = Slip::random().unwrap().identity();
        let good = content(&secret, &[other]);
        assert_eq!(read(good.as_bytes()).unwrap().others.len(), 1);
        let second = good.lines().nth(2).unwrap();
        for wrong in [
            good.trim_end().to_owned(),
            format!("{}\n", *good),
            good.replace('\n', "\r\n"),
            good.to_lowercase(),
            good.replace("# spare ", "# spare  "),
            good.replace(second, &Secret::random().unwrap().identity().to_line()),
            format!("{}# more\n", *good),
        ] {
            assert!(read(wrong.as_bytes()).is_err(), "{wrong}");
        }
        assert!(read(b"# pingshen secret v1\n# spare \xff").is_err());
    }
}
