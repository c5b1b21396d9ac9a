//! Text that is not to be left lying in memory: overwritten before it is given
//! back, and never shown by `Debug`.
//!
//! What the screen paints and what the system keeps is out of reach; this holds
//! for what is typed.

use std::fmt;

/// Room made at once, so that growing leaves no copies behind.
const ROOM: usize = 1024;

/// A text that is overwritten when dropped.
#[derive(PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self(String::with_capacity(ROOM))
    }

    /// Takes a text over; the place it was in is wiped.
    #[must_use]
    pub fn from_text(text: String) -> Self {
        let mut own = Self::new();
        own.0.push_str(&text);
        wipe(text);
        own
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Characters.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.chars().count()
    }

    /// The same text a second time, wiped on its own.
    #[must_use]
    pub fn copy(&self) -> Self {
        let mut other = Self::new();
        other.0.push_str(&self.0);
        other
    }

    fn byte(&self, at: usize) -> Option<usize> {
        let ends = self.0.char_indices().map(|(byte, _)| byte).chain(std::iter::once(self.0.len()));
        ends.skip(at).take(1).next()
    }

    /// Puts a character in before the one at this place; whether there was room.
    pub fn insert(&mut self, at: usize, c: char) -> bool {
        let fits = self.0.len() + c.len_utf8() <= self.0.capacity();
        match self.byte(at) {
            Some(byte) if fits => {
                self.0.insert(byte, c);
                true
            }
            _ => false,
        }
    }

    /// Takes the character at this place out.
    pub fn remove(&mut self, at: usize) {
        if at < self.count()
            && let Some(byte) = self.byte(at)
        {
            self.0.remove(byte);
        }
    }

    /// Begins anew.
    pub fn clear(&mut self) {
        drop(std::mem::take(self));
    }

    /// Hands the text on, to someone who takes care of it from there.
    #[must_use]
    pub fn into_text(mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

impl Default for Secret {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        wipe(std::mem::take(&mut self.0));
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// Overwrites a text, with what lies behind its end, and gives it back.
pub fn wipe(text: String) {
    let mut bytes = text.into_bytes();
    let room = bytes.capacity();
    bytes.clear();
    bytes.resize(room, b' ');
    // Without someone who may look, the overwriting might be left out.
    drop(std::hint::black_box(bytes));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_edited_by_characters_and_never_shown() {
        let mut secret = Secret::new();
        for (at, c) in ['a', '评', 'c'].into_iter().enumerate() {
            assert!(secret.insert(at, c));
        }
        secret.insert(1, 'b');
        assert_eq!(secret.as_str(), "ab评c");
        secret.remove(2);
        secret.remove(9);
        assert_eq!((secret.as_str(), secret.count()), ("abc", 3));
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        assert_eq!(secret.copy(), secret);
        secret.clear();
        assert_eq!(secret.into_text(), "");
    }

    #[test]
    fn it_never_moves_to_another_place_as_it_grows() {
        let mut secret = Secret::new();
        let before = secret.as_str().as_ptr();
        while secret.insert(0, 'x') {}
        assert_eq!(secret.as_str().as_ptr(), before);
    }
}
