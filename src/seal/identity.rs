//! An identity: what opens an encrypted file.
//!
//! A person has one of the secret, and one more of each slip already used, so
//! that a bundle can be opened again after its slip is thrown away.

use age::secrecy::ExposeSecret;
use bech32::{Bech32, Hrp};
use zeroize::Zeroizing;

use crate::base::{Digest, Problem, Recipient, Result};

/// The key that opens what is encrypted to its [`Recipient`] (解密密钥).
#[derive(Clone)]
pub struct Identity {
    key: age::x25519::Identity,
    recipient: Recipient,
}

shows_nothing!(Identity);

impl Identity {
    /// The identity that follows from some secret bytes, by a context.
    pub(super) fn derive(context: &str, secret: &[u8]) -> Result<Self> {
        let scalar = Zeroizing::new(*Digest::of_parts(context, &[secret]).bytes());
        let failed = || Problem::Internal("an identity could not be derived".to_owned());
        let prefix = Hrp::parse("age-secret-key-").map_err(|_| failed())?;
        let line = bech32::encode_upper::<Bech32>(prefix, &*scalar).map(Zeroizing::new).map_err(|_| failed())?;
        Ok(Self::from_line(&line).ok_or_else(failed)?)
    }

    /// Reads an `AGE-SECRET-KEY-1…` line, written as [`Identity::to_line`] does.
    #[must_use]
    pub fn from_line(line: &str) -> Option<Self> {
        let key: age::x25519::Identity = line.parse().ok()?;
        let recipient = Recipient::parse(&key.to_public().to_string())?;
        let identity = Self { key, recipient };
        (*identity.to_line() == line).then_some(identity)
    }

    /// The line the `age` program takes in an identity file.
    #[must_use]
    pub fn to_line(&self) -> Zeroizing<String> {
        Zeroizing::new(self.key.to_string().expose_secret().to_owned())
    }

    /// To whom a file is encrypted that this opens.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        self.recipient.clone()
    }

    /// As `age` takes it.
    pub(super) fn as_age(&self) -> &dyn age::Identity {
        &self.key
    }

    /// As `age` encrypts to it.
    pub(super) fn to_age_recipient(&self) -> age::x25519::Recipient {
        self.key.to_public()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_one_spelling() {
        let identity = Identity::derive("test", b"1").unwrap();
        let line = identity.to_line();
        assert!(line.starts_with("AGE-SECRET-KEY-1"));
        assert_eq!(Identity::from_line(&line).unwrap().recipient(), identity.recipient());
        for wrong in [line.to_lowercase(), format!("{} ", *line), line.get(..60).unwrap().to_owned(), String::new()] {
            assert!(Identity::from_line(&wrong).is_none(), "{wrong}");
        }
        assert_eq!(format!("{identity:?}"), "Identity(…)");
    }

    #[test]
    fn the_same_secret_gives_the_same_identity() {
        let of = |context, secret| Identity::derive(context, secret).unwrap().recipient();
        assert_eq!(of("a", b"1"), of("a", b"1"));
        assert_ne!(of("a", b"1"), of("b", b"1"));
        assert_ne!(of("a", b"1"), of("a", b"2"));
    }
}
