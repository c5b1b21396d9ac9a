//! Passphrases: typed on one machine, and on another years later.
//!
//! What is typed is brought to one spelling first, and text an input method
//! composes is refused: the same keys would give other characters elsewhere,
//! and the keys under it would be lost.

use age::secrecy::SecretString;
use zeroize::Zeroizing;

use crate::base::clean::is_unsafe;
use crate::base::keys::plain_key;
use crate::base::text::{one_spelling, width};
use crate::base::{Problem, Result};

/// Fewest characters of a passphrase being chosen.
const LEAST: usize = 8;

/// What everybody tries first; lower case.
const COMMON: [&str; 32] = [
    "01234567",
    "012345678",
    "0123456789",
    "11223344",
    "1122334455",
    "12121212",
    "123123123",
    "12341234",
    "12344321",
    "12345678",
    "123456789",
    "1234567890",
    "147258369",
    "1q2w3e4r",
    "1qaz2wsx",
    "66668888",
    "87654321",
    "987654321",
    "9876543210",
    "a1234567",
    "a12345678",
    "abc12345",
    "abcd1234",
    "abcdefgh",
    "admin123",
    "asdfghjk",
    "iloveyou",
    "passw0rd",
    "password",
    "password1",
    "pingshen",
    "qwertyuiop",
];

/// What a person types to use their keys (口令).
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

shows_nothing!(Passphrase);

impl Passphrase {
    /// Takes what was typed or read from a file; one new line at its end is
    /// not part of it.
    ///
    /// # Errors
    /// [`Problem::NeedsPassphrase`] where it is empty,
    /// [`Problem::ChinesePassphrase`], [`Problem::HiddenInPassphrase`].
    pub fn new(typed: &str) -> Result<Self> {
        let typed = typed.strip_suffix('\n').map_or(typed, |line| line.strip_suffix('\r').unwrap_or(line));
        let text = Zeroizing::new(one_spelling(typed));
        if text.is_empty() {
            return Err(Problem::NeedsPassphrase.into());
        }
        if text.chars().any(|c| is_unsafe(c) || c.is_control()) {
            return Err(Problem::HiddenInPassphrase.into());
        }
        if typed.chars().any(is_other_sign) || text.chars().any(is_wide) {
            return Err(Problem::ChinesePassphrase.into());
        }
        Ok(Self(text))
    }

    /// Whether it will do, where one is being chosen.
    ///
    /// # Errors
    /// [`Problem::WeakPassphrase`].
    pub fn check_new(&self) -> Result<()> {
        let short = self.0.chars().count() < LEAST;
        let mut signs = self.0.chars();
        let first = signs.next();
        let one_sign = signs.all(|c| Some(c) == first);
        let common = COMMON.iter().any(|known| self.0.eq_ignore_ascii_case(known));
        if short || one_sign || common {
            return Err(Problem::WeakPassphrase { least: LEAST }.into());
        }
        Ok(())
    }

    /// As `age` takes it.
    pub(super) fn to_age(&self) -> SecretString {
        SecretString::from(self.0.as_str())
    }
}

/// Whether a sign is an input method's own, in place of the one on the key:
/// `。` for a full stop, `…` for `^`. Full-width forms of the same sign are not.
fn is_other_sign(c: char) -> bool {
    let key = plain_key(c);
    key != c && !one_spelling(c.encode_utf8(&mut [0; 4])).chars().eq([key])
}

/// Whether a character takes two cells, as Han characters do.
fn is_wide(c: char) -> bool {
    width(c.encode_utf8(&mut [0; 4])) > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use age::secrecy::ExposeSecret;

    fn problem(typed: &str) -> Problem {
        Passphrase::new(typed).unwrap_err().problem().clone()
    }

    #[test]
    fn one_spelling_whatever_was_typed() {
        for (typed, meant) in [
            ("correct horse", "correct horse"),
            (" two  blanks ", " two  blanks "),
            ("from a file\n", "from a file"),
            ("from a file\r\n", "from a file"),
            ("ｆｕｌｌ　ｗｉｄｔｈ，１", "full width,1"),
            ("cafe\u{301} au lait", "café au lait"),
        ] {
            assert_eq!(Passphrase::new(typed).unwrap().to_age().expose_secret(), meant);
        }
    }

    #[test]
    fn what_other_keyboards_cannot_repeat_is_refused() {
        for typed in ["口令abcdefg", "abc。defgh", "abc……defgh", "“abcdefgh”", "abc￥defg", "abc【defg", "かな1234567"]
        {
            assert_eq!(problem(typed), Problem::ChinesePassphrase, "{typed}");
        }
        for typed in ["abc\tdefgh", "abcdefgh\n\n", "abc\u{200b}defgh", "\u{feff}abcdefgh", "abc\u{1b}[Adefgh"] {
            assert_eq!(problem(typed), Problem::HiddenInPassphrase, "{typed:?}");
        }
        for typed in ["", "\n", "\r\n"] {
            assert_eq!(problem(typed), Problem::NeedsPassphrase);
        }
    }

    #[test]
    fn an_easy_one_opens_but_is_not_chosen() {
        for weak in ["short", "1234567", "aaaaaaaaaaaa", "12345678", "PassWord", "１２３４５６７８"] {
            let refused = Passphrase::new(weak).unwrap().check_new().unwrap_err();
            assert_eq!(*refused.problem(), Problem::WeakPassphrase { least: LEAST }, "{weak}");
        }
        Passphrase::new("four plain words").unwrap().check_new().unwrap();
        assert!(COMMON.iter().all(|known| known.len() >= LEAST && *known == known.to_lowercase()));
    }

    #[test]
    fn nothing_is_shown() {
        assert_eq!(format!("{:?}", Passphrase::new("secret text").unwrap()), "Passphrase(…)");
    }
}
