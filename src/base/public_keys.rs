//! What others may know of a person's keys: enough to check a signature and
//! to encrypt to them.
//!
//! The two go together, because one without the other is of no use in a
//! review: a sheet is signed by an expert, and a bundle is encrypted to that
//! same expert. That the keys are the expert's own is settled between people:
//! the check code is read out or written on the sign-in sheet.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::digest::Digest;
use super::hex;
use super::keys::plain_key;

/// A person's public keys (公钥).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicKeys {
    /// By it signatures are checked.
    pub verify: VerifyKey,
    /// To it bundles and sheets are encrypted.
    pub recipient: Recipient,
}

impl PublicKeys {
    /// The check code (核对码): 24 digits in groups of four, about 80 bits of
    /// the keys' digest, short enough to be read out and too long to be met by
    /// trying keys.
    #[must_use]
    pub fn check_code(&self) -> String {
        let digits = self.check_digits();
        let mut code = String::with_capacity(29);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                code.push(' ');
            }
            code.push(digit);
        }
        code
    }

    /// Whether this is the check code as a person typed it, with or without
    /// blanks and hyphens and in either width.
    #[must_use]
    pub fn check_code_is(&self, typed: &str) -> bool {
        let signs = typed.chars().map(plain_key).filter(|c| !c.is_whitespace() && !is_hyphen(*c));
        signs.eq(self.check_digits().chars())
    }

    fn check_digits(&self) -> String {
        let parts: [&[u8]; 2] = [self.verify.bytes(), self.recipient.as_str().as_bytes()];
        let digest = Digest::of_parts("pingshen/check-code/v1\n", &parts);
        let number = digest.bytes().iter().take(16).fold(0u128, |number, byte| number << 8 | u128::from(*byte));
        format!("{:024}", number % 10u128.pow(24))
    }
}

/// Signs that stand for a hyphen; a Chinese input method's dash reaches us as
/// `_` by way of [`plain_key`].
const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The key by which a signature is checked (验签公钥): Ed25519, 64 lower-case
/// hex digits. That it is a point of the curve is checked where it is used.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerifyKey([u8; 32]);

impl VerifyKey {
    /// From its bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads 64 lower-case hex digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        hex::read(text).map(Self)
    }

    /// Its bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for VerifyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::write(&self.0))
    }
}

impl fmt::Debug for VerifyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyKey({self})")
    }
}

impl Serialize for VerifyKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for VerifyKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a verify key: 64 lower-case hex digits"))
    }
}

/// Whom a file is encrypted to (加密公钥): the `age1…` line of the `age`
/// program, in its one canonical spelling. The line's own checksum is checked
/// where it is used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Recipient(String);

impl Recipient {
    /// Length of the line: `age1`, 52 signs for 32 bytes, 6 of checksum.
    const LENGTH: usize = 62;

    /// Reads an `age1…` line of the right length and signs.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        const SIGNS: &str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
        let rest = text.strip_prefix("age1")?;
        let fits = text.len() == Self::LENGTH && rest.chars().all(|c| SIGNS.contains(c));
        fits.then(|| Self(text.to_owned()))
    }

    /// The line.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Recipient {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Recipient {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a recipient: age1 and 58 lower-case signs"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> PublicKeys {
        PublicKeys {
            verify: VerifyKey::new([7; 32]),
            recipient: Recipient::parse("age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa").unwrap(),
        }
    }

    #[test]
    fn the_check_code_is_recognised_as_people_type_it() {
        let keys = keys();
        let code = keys.check_code();
        assert_eq!(code.len(), 29);
        assert!(code.split(' ').all(|group| group.len() == 4 && group.bytes().all(|b| b.is_ascii_digit())), "{code}");
        let digits: String = code.split(' ').collect();
        let wide: String = digits.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
        for typed in [code.clone(), digits.clone(), code.replace(' ', "-"), code.replace(' ', "——"), wide] {
            assert!(keys.check_code_is(&typed), "{typed}");
        }
        for wrong in ["", " ", digits.get(1..).unwrap(), &format!("{digits}0"), &code.replace(' ', "/")] {
            assert!(!keys.check_code_is(wrong), "{wrong}");
        }
        let other = PublicKeys { verify: VerifyKey::new([8; 32]), ..keys };
        assert_ne!(other.check_code(), code);
    }

    #[test]
    fn the_check_code_stays_what_it_was() {
        assert_eq!(keys().check_code(), "6485 3923 7754 3623 9915 9949");
    }

    fn read(fields: &[(&str, &str)]) -> Option<PublicKeys> {
        let fields = fields.iter().copied();
        PublicKeys::deserialize(serde::de::value::MapDeserializer::<_, serde::de::value::Error>::new(fields)).ok()
    }

    #[test]
    fn read_as_two_lines_of_text_each_in_one_spelling() {
        let (verify, recipient) = (keys().verify.to_string(), keys().recipient.to_string());
        assert_eq!(read(&[("verify", &verify), ("recipient", &recipient)]), Some(keys()));
        assert_eq!(read(&[("verify", &verify), ("recipient", &recipient), ("more", "1")]), None);
        assert_eq!(read(&[("verify", &verify)]), None);
        for wrong in ["", verify.get(1..).unwrap(), &verify.replace("0707", "070G"), &format!(" {verify}")] {
            assert_eq!(read(&[("verify", wrong), ("recipient", &recipient)]), None, "{wrong}");
        }
        for (of, by) in [("age1t", "AGE1T"), ("age1t7", "age1t"), ("age1t7", "age1tb"), ("age1t7rx", "age1t分")] {
            let wrong = recipient.replace(of, by);
            assert_ne!(wrong, recipient);
            assert_eq!(read(&[("verify", &verify), ("recipient", &wrong)]), None, "{wrong}");
        }
    }
}
