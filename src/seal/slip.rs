//! One-time slips, which open a bundle the first time.
//!
//! A bundle is issued before the expert has keys. It is encrypted to a slip,
//! printed and handed over by itself; at the first opening the expert's own
//! keys are made. Seventy bits are beyond trying, and sixteen signs are short
//! enough to type once.

use std::fmt;

use zeroize::Zeroizing;

use crate::base::problem::BadSigns;
use crate::base::{Problem, Recipient, Result};

use super::identity::Identity;
use super::{random, signs};

const RANDOM: u32 = 70;
const CHECK: u32 = 10;

/// A one-time slip (开包条): four groups of four signs.
#[derive(Clone)]
pub struct Slip {
    bits: Zeroizing<u128>,
    identity: Identity,
}

shows_nothing!(Slip);

impl Slip {
    /// A new one.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub fn random() -> Result<Self> {
        Self::new(u128::from_be_bytes(*random()?) >> (128 - RANDOM))
    }

    fn new(bits: u128) -> Result<Self> {
        let identity = Identity::derive("pingshen/derive/slip/v1\n", &bits.to_be_bytes())?;
        Ok(Self { bits: Zeroizing::new(bits), identity })
    }

    /// Reads a slip as it was typed.
    ///
    /// # Errors
    /// [`Problem::BadSlip`]: too short or long, a sign that occurs in none, or
    /// a checksum that does not fit.
    pub fn parse(typed: &str) -> Result<Self> {
        let [value, check] = signs::read(typed, [RANDOM, CHECK]).map_err(Problem::BadSlip)?;
        let slip = Self::new(value)?;
        if slip.check() != check {
            return Err(Problem::BadSlip(BadSigns::Check).into());
        }
        Ok(slip)
    }

    fn check(&self) -> u128 {
        signs::checksum("pingshen/check/slip/v1\n", &self.bits.to_be_bytes(), CHECK)
    }

    /// What opens a bundle encrypted to this slip.
    #[must_use]
    pub fn identity(&self) -> Identity {
        self.identity.clone()
    }

    /// To whom such a bundle is encrypted.
    #[must_use]
    pub fn recipient(&self) -> Recipient {
        self.identity.recipient()
    }
}

/// As it is printed. This is the secret itself.
impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&signs::write([(*self.bits, RANDOM), (self.check(), CHECK)], 4))
    }
}

/// The identity of practice and demonstration rounds (演练), in place of slips
/// and passphrases. **It hides nothing**: it follows from a text that stands in
/// this file, and anybody can open what is encrypted to it.
///
/// # Errors
/// Only if `age` should one day read identities otherwise.
pub fn practice_identity() -> Result<Identity> {
    Identity::derive("pingshen/derive/practice/v1\n", b"Practice rounds hide nothing: this text is published.")
}

/// To whom practice and demonstration rounds (演练) are encrypted; see
/// [`practice_identity`].
///
/// # Errors
/// As [`practice_identity`].
pub fn practice_recipient() -> Result<Recipient> {
    Ok(practice_identity()?.recipient())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_slip_is_read_as_it_is_printed(bits in 0u128..1 << RANDOM) {
            let slip = Slip::new(bits).unwrap();
            let printed = slip.to_string();
            prop_assert_eq!(printed.len(), 19);
            let typed = printed.to_lowercase().replace('-', "，");
            prop_assert_eq!(Slip::parse(&typed).unwrap().recipient(), slip.recipient());
        }

        #[test]
        fn any_text_is_refused(text: String) {
            prop_assert!(Slip::parse(&text).is_err());
        }
    }

    #[test]
    fn slips_differ_and_show_nothing() {
        let (one, two) = (Slip::random().unwrap(), Slip::random().unwrap());
        assert_ne!(one.recipient(), two.recipient());
        assert_eq!(format!("{one:?}"), "Slip(…)");
        assert_eq!(
            *Slip::parse("2345-6789").unwrap_err().problem(),
            Problem::BadSlip(BadSigns::Length { read: 8, wanted: 16 })
        );
        assert_eq!(
            *Slip::parse("2222-2222-2222-2O22").unwrap_err().problem(),
            Problem::BadSlip(BadSigns::Sign { sign: 'O' })
        );
    }

    /// Those of practice rounds stand in files given to others.
    #[test]
    fn the_practice_recipient_stays_what_it_was() {
        assert_eq!(
            practice_recipient().unwrap().as_str(),
            "age10dc9y73vfkf9gcnejhzjz3f2c4yl7sddg6hlsfsugusjygvnw3nsxqy3wq"
        );
        let slip = Slip::new(12345).unwrap();
        assert_eq!(slip.to_string(), "2222-2222-222E-3T67");
        assert_eq!(slip.recipient().as_str(), "age12as4vcsqt8wkh9fdqyzf6ct0eves532hdcjjalycyrlhy64guamq9pwxz7");
    }
}
