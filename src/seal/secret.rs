//! The one secret of a person, from which all their keys follow.
//!
//! Sixteen bytes, because thirty signs is what a person will still copy from
//! paper without giving up, and 128 bits is as strong as the keys made of it.

use ed25519_dalek::SigningKey;
use zeroize::Zeroizing;

use crate::base::problem::BadSigns;
use crate::base::{Digest, Problem, PublicKeys, Result, VerifyKey};

use super::draft::DraftKey;
use super::identity::Identity;
use super::{random, signs};

/// Bits of the checksum at the end of a paper code.
const CHECK: u32 = 22;

/// A person's secret (密钥): whoever has it signs and reads as that person.
#[derive(Clone)]
pub struct Secret {
    bytes: Zeroizing<[u8; 16]>,
    identity: Identity,
}

shows_nothing!(Secret);

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub fn random() -> Result<Self> {
        Self::new(random()?)
    }

    fn new(bytes: Zeroizing<[u8; 16]>) -> Result<Self> {
        let identity = Identity::derive("pingshen/derive/receive/v1\n", &*bytes)?;
        Ok(Self { bytes, identity })
    }

    /// Reads a paper code (备用码).
    ///
    /// # Errors
    /// [`Problem::BadSpare`]: too short or long, a sign that occurs in none, or
    /// a checksum that does not fit.
    pub fn from_spare(typed: &str) -> Result<Self> {
        let [value, check] = signs::read(typed, [128, CHECK]).map_err(Problem::BadSpare)?;
        let secret = Self::new(Zeroizing::new(value.to_be_bytes()))?;
        if secret.check() != check {
            return Err(Problem::BadSpare(BadSigns::Check).into());
        }
        Ok(secret)
    }

    /// The paper code (备用码): six groups of five signs, kept in a sealed
    /// envelope.
    #[must_use]
    pub fn spare(&self) -> Zeroizing<String> {
        signs::write([(u128::from_be_bytes(*self.bytes), 128), (self.check(), CHECK)], 5)
    }

    fn check(&self) -> u128 {
        signs::checksum("pingshen/check/spare/v1\n", &*self.bytes, CHECK)
    }

    /// What others may know.
    #[must_use]
    pub fn public(&self) -> PublicKeys {
        let verify = VerifyKey::new(self.signing().verifying_key().to_bytes());
        PublicKeys { verify, recipient: self.identity.recipient() }
    }

    /// What opens files encrypted to this person.
    #[must_use]
    pub fn identity(&self) -> Identity {
        self.identity.clone()
    }

    /// What signs for this person.
    pub(super) fn signing(&self) -> SigningKey {
        SigningKey::from_bytes(&self.derive("pingshen/derive/sign/v1\n"))
    }

    /// What drafts on this person's own disk are closed with.
    #[must_use]
    pub fn draft_key(&self) -> DraftKey {
        DraftKey::new(&self.derive("pingshen/derive/draft/v1\n"))
    }

    fn derive(&self, context: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(*Digest::of_parts(context, &[&*self.bytes]).bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn secret(bytes: [u8; 16]) -> Secret {
        Secret::new(Zeroizing::new(bytes)).unwrap()
    }

    proptest! {
        #[test]
        fn a_paper_code_gives_the_same_keys(bytes: [u8; 16]) {
            let secret = secret(bytes);
            let spare = secret.spare();
            prop_assert_eq!(spare.len(), 35);
            let typed = spare.to_lowercase().replace('-', "　");
            prop_assert_eq!(Secret::from_spare(&typed).unwrap().public(), secret.public());
        }

        #[test]
        fn any_text_is_refused(text: String) {
            prop_assert!(Secret::from_spare(&text).is_err());
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_noticed() {
        let spare = secret([9; 16]).spare();
        let signs: Vec<char> = spare.chars().collect();
        for at in (0..signs.len()).filter(|at| signs[*at] != '-') {
            for sign in crate::base::digest::SIGNS.map(char::from) {
                let mut wrong = signs.clone();
                wrong[at] = sign;
                let wrong: String = wrong.iter().collect();
                if wrong == *spare {
                    continue;
                }
                let refused = Secret::from_spare(&wrong).unwrap_err();
                assert_eq!(*refused.problem(), Problem::BadSpare(BadSigns::Check), "{wrong}");
            }
        }
        let short = Secret::from_spare(spare.get(..34).unwrap()).unwrap_err();
        assert_eq!(*short.problem(), Problem::BadSpare(BadSigns::Length { read: 29, wanted: 30 }));
    }

    #[test]
    fn chance_does_not_repeat_and_nothing_is_shown() {
        let (one, two) = (Secret::random().unwrap(), Secret::random().unwrap());
        assert_ne!(one.public(), two.public());
        assert_eq!(format!("{one:?}"), "Secret(…)");
    }

    /// These stand in files and on paper: a change would lock people out.
    #[test]
    fn what_follows_from_a_secret_stays_what_it_was() {
        let secret = secret([1; 16]);
        assert_eq!(*secret.spare(), "262J4-2A326-2J42A-3262J-42A32-8ABZT");
        assert_eq!(
            secret.public().verify.to_string(),
            "7a1b7b50577d176f3b816aafe6f24b5c78d2b5b0bd03b590da6379c72a776ba5"
        );
        assert_eq!(
            secret.public().recipient.as_str(),
            "age16ggeae7kyfmtsf5w36ne9n7nt3vyl6djacwk99k9t573277jtugsc8ufxv"
        );
        let closed = crate::base::hex::read::<45>(
            "000102030405060708090a0b0c0d0e0f101112131415161746be42c16be22d861bd76f91f983694656f4a607ae",
        )
        .unwrap();
        assert_eq!(secret.draft_key().open(b"row", &closed).unwrap(), b"draft");
    }
}
