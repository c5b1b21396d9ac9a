//! A line typed one sign at a time: a code from paper, or a passphrase. It says
//! what it does not take, so that nobody types past a sign that was dropped.
//!
//! Codes stand in groups as they are typed and take any case, full-width forms
//! and blanks. A passphrase takes what one key gives in English; what a Chinese
//! input method makes of a key may be another sign the next time (`、` is two
//! keys), so of those only the full-width forms count.

use crate::base::keys::plain_key;
use crate::base::text::width;

use super::keymap::Key;
use super::secret::{Secret, wipe};

/// The signs of codes that are copied by hand: no 0, O, 1, I.
const SIGNS: &str = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Longest passphrase or line, in characters.
const LONGEST: usize = 128;

/// What a line takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// A code of the signs that can't be mixed up: so many groups of so many.
    Signs {
        /// Groups.
        groups: usize,
        /// Signs of a group.
        each: usize,
    },
    /// A group of digits.
    Digits(usize),
    /// Letters and digits, however many; grouped as they are typed.
    Code,
    /// What one key gives.
    Passphrase,
    /// Anything on one line.
    Line,
}

/// What was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Chinese text, or what a Chinese input method makes of a key.
    Chinese,
    /// 0, O, 1 or I, where none of them occurs.
    LookAlike(char),
    /// A sign that does not occur.
    Sign(char),
    /// All places are taken.
    Full,
}

/// A line being typed.
#[derive(Debug)]
pub struct Entry {
    text: Secret,
    /// Characters before the caret.
    caret: usize,
    takes: Takes,
}

/// The sign a full-width form stands for; others as they are.
fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

impl Entry {
    /// Nothing typed yet.
    #[must_use]
    pub fn new(takes: Takes) -> Self {
        Self { text: Secret::new(), caret: 0, takes }
    }

    /// What was typed.
    #[must_use]
    pub const fn text(&self) -> &Secret {
        &self.text
    }

    /// What it takes.
    #[must_use]
    pub const fn takes(&self) -> Takes {
        self.takes
    }

    /// Characters typed.
    #[must_use]
    pub fn count(&self) -> usize {
        self.text.count()
    }

    /// How many it wants in all; nothing where any number will do.
    #[must_use]
    pub const fn wanted(&self) -> Option<usize> {
        match self.takes {
            Takes::Signs { groups, each } => Some(groups * each),
            Takes::Digits(count) => Some(count),
            Takes::Code | Takes::Passphrase | Takes::Line => None,
        }
    }

    /// How many are still wanted.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.wanted().map_or(0, |wanted| wanted.saturating_sub(self.count()))
    }

    /// Begins anew.
    pub fn clear(&mut self) {
        self.text.clear();
        self.caret = 0;
    }

    /// The sign to keep for a character; nothing for what only separates.
    fn sign(&self, c: char) -> Result<Option<char>, Refused> {
        match self.takes {
            Takes::Line => Ok(Some(c).filter(|c| !crate::base::clean::is_unsafe(*c) && !"\n\t".contains(*c))),
            Takes::Passphrase => match half_width(c) {
                plain @ ' '..='~' => Ok(Some(plain)),
                plain if plain.is_ascii_control() => Err(Refused::Sign('?')),
                _ => Err(Refused::Chinese),
            },
            Takes::Signs { .. } | Takes::Digits(_) | Takes::Code => {
                let plain = plain_key(c).to_ascii_uppercase();
                let digits = matches!(self.takes, Takes::Digits(_));
                match plain {
                    ' ' | '-' | '_' | '\n' | '\r' | '\t' if self.takes == Takes::Code => {
                        Ok(Some('-').filter(|_| plain == '-'))
                    }
                    ' ' | '-' | '_' | '\n' | '\r' | '\t' => Ok(None),
                    '0'..='9' if digits => Ok(Some(plain)),
                    '0'..='9' | 'A'..='Z' if self.takes == Takes::Code => Ok(Some(plain)),
                    '0' | 'O' | '1' | 'I' if !digits => Err(Refused::LookAlike(plain)),
                    _ if !digits && SIGNS.contains(plain) => Ok(Some(plain)),
                    _ if plain.is_ascii_control() => Err(Refused::Sign('?')),
                    _ if plain.is_ascii() => Err(Refused::Sign(plain)),
                    _ => Err(Refused::Chinese),
                }
            }
        }
    }

    /// Takes a typed character.
    ///
    /// # Errors
    /// It is not taken.
    pub fn type_sign(&mut self, c: char) -> Result<(), Refused> {
        let Some(sign) = self.sign(c)? else { return Ok(()) };
        let most = self.wanted().unwrap_or(LONGEST);
        if self.count() >= most || !self.text.insert(self.caret, sign) {
            return Err(Refused::Full);
        }
        self.caret += 1;
        Ok(())
    }

    /// Takes pasted text and wipes it. A whole code takes the place of what was
    /// typed; a passphrase is taken whole or not at all, since nobody sees which
    /// part of it is missing.
    ///
    /// # Errors
    /// Something of it is not taken: the first of it.
    pub fn paste(&mut self, text: String) -> Result<(), Refused> {
        let said = self.take(text.trim_end_matches(['\r', '\n']));
        wipe(text);
        said
    }

    fn take(&mut self, text: &str) -> Result<(), Refused> {
        if self.takes == Takes::Passphrase {
            for c in text.chars() {
                self.sign(c)?;
            }
            if self.count() + text.chars().count() > LONGEST {
                return Err(Refused::Full);
            }
        }
        let signs = text.chars().filter(|c| matches!(self.sign(*c), Ok(Some(_)))).count();
        if self.wanted() == Some(signs) {
            self.clear();
        }
        let mut first = Ok(());
        for c in text.chars() {
            let taken = self.type_sign(c);
            if first.is_ok() {
                first = taken;
            }
        }
        first
    }

    /// Keys that move the caret or erase; whether it was one.
    pub fn key(&mut self, key: Key) -> bool {
        match key {
            Key::Backspace if self.caret > 0 => {
                self.caret -= 1;
                self.text.remove(self.caret);
            }
            Key::Delete => self.text.remove(self.caret),
            Key::Left => self.caret = self.caret.saturating_sub(1),
            Key::Right => self.caret = (self.caret + 1).min(self.count()),
            Key::Home => self.caret = 0,
            Key::End => self.caret = self.count(),
            Key::Backspace => {}
            _ => return false,
        }
        true
    }

    /// What is painted, and the cells before the caret: codes in groups with the
    /// places still open, passphrases as stars unless they are shown.
    #[must_use]
    pub fn painted(&self, shown: bool) -> (String, usize) {
        let mut out = String::new();
        let mut before = 0;
        let typed = self.text.as_str().chars().map(|c| match self.takes {
            Takes::Passphrase if !shown => '*',
            _ => c,
        });
        let open = std::iter::repeat_n('_', self.missing());
        for (at, c) in typed.chain(open).enumerate() {
            if let Takes::Signs { each, .. } = self.takes
                && at > 0
                && at % each == 0
            {
                out.push_str(" - ");
            }
            if at == self.caret {
                before = width(&out);
            }
            out.push(c);
        }
        if self.caret >= self.count() + self.missing() {
            before = width(&out);
        }
        (out, before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLIP: Takes = Takes::Signs { groups: 4, each: 4 };

    fn typed(takes: Takes, text: &str) -> (Entry, Vec<Refused>) {
        let mut entry = Entry::new(takes);
        let refused = text.chars().filter_map(|c| entry.type_sign(c).err()).collect();
        (entry, refused)
    }

    #[test]
    fn a_code_takes_any_case_full_width_forms_and_blanks() {
        let (entry, refused) = typed(SLIP, "7f3k-２２ｑｄ　w");
        assert_eq!((entry.text().as_str(), refused), ("7F3K22QDW", Vec::new()));
        assert_eq!(entry.painted(false), ("7F3K - 22QD - W___ - ____".to_owned(), 15));
        assert_eq!(entry.missing(), 7);
    }

    #[test]
    fn signs_that_do_not_occur_are_named() {
        let (entry, refused) = typed(SLIP, "7O#评");
        assert_eq!(entry.text().as_str(), "7");
        assert_eq!(refused, [Refused::LookAlike('O'), Refused::Sign('#'), Refused::Chinese]);
        let (_, refused) = typed(Takes::Digits(4), "12a45");
        assert_eq!(refused, [Refused::Sign('A')]);
    }

    #[test]
    fn a_passphrase_takes_what_one_key_gives() {
        let (entry, refused) = typed(Takes::Passphrase, "aＢ　c，");
        assert_eq!((entry.text().as_str(), refused), ("aB c,", Vec::new()));
        let (entry, refused) = typed(Takes::Passphrase, "口、…é");
        assert_eq!((entry.text().as_str(), refused.len()), ("", 4));
    }

    #[test]
    fn the_caret_mends_a_sign_in_the_middle() {
        let (mut entry, _) = typed(SLIP, "7F3K22QD");
        for key in [Key::Home, Key::Right, Key::Delete] {
            assert!(entry.key(key));
        }
        entry.type_sign('w').unwrap();
        assert_eq!(entry.text().as_str(), "7W3K22QD");
        entry.key(Key::End);
        entry.key(Key::Backspace);
        assert_eq!(entry.text().as_str(), "7W3K22Q");
        assert!(!entry.key(Key::Enter));
    }

    #[test]
    fn a_whole_code_pasted_takes_the_place_of_what_was_typed() {
        let (mut entry, _) = typed(SLIP, "7F");
        assert_eq!(entry.paste("abcd-efgh-jklm-npqr\n".to_owned()), Ok(()));
        assert_eq!(entry.text().as_str(), "ABCDEFGHJKLMNPQR");
        assert_eq!(entry.paste("22".to_owned()), Err(Refused::Full));
        let (mut entry, _) = typed(Takes::Passphrase, "");
        assert_eq!(entry.paste("ab口令".to_owned()), Err(Refused::Chinese));
        assert_eq!(entry.paste("ab\tc".to_owned()), Err(Refused::Sign('?')));
        assert_eq!(entry.count(), 0);
        assert_eq!(entry.paste("ab c\r\n".to_owned()), Ok(()));
        assert_eq!(entry.painted(false), ("****".to_owned(), 4));
        assert_eq!(entry.painted(true), ("ab c".to_owned(), 4));
    }
}
