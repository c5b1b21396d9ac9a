//! Names by number: each is kept once, and what is counted goes by the number.

use std::hash::{BuildHasher as _, RandomState};

/// Names in the order they were first heard. All stand in one text: there may
/// be millions of them.
#[derive(Debug, Default)]
pub(super) struct Names {
    text: String,
    /// Where each one ends.
    ends: Vec<usize>,
    /// Numbers, each one above itself, where the hash of its name or the next
    /// free place is; nought is free. Its length is a power of two.
    table: Vec<u32>,
    hasher: RandomState,
    /// The one asked for last: files mostly name them in one order.
    last: u32,
}

impl Names {
    /// The number of a name and whether it is new; nothing beyond `most`.
    pub(super) fn number(&mut self, name: &str, most: usize) -> Option<(u32, bool)> {
        // The next one, or the first again.
        for likely in [self.last.saturating_add(1), 0] {
            if self.get(likely).is_some_and(|known| known == name) {
                self.last = likely;
                return Some((likely, false));
            }
        }
        if let Some(number) = self.find(name) {
            self.last = number;
            return Some((number, false));
        }
        let number = u32::try_from(self.ends.len()).ok().filter(|_| self.ends.len() < most)?;
        self.text.push_str(name);
        self.ends.push(self.text.len());
        if self.ends.len() * 2 > self.table.len() {
            self.grow();
        } else {
            self.put(number);
        }
        self.last = number;
        Some((number, true))
    }

    /// The number of a name that was heard.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        let mut place = self.place(name)?;
        loop {
            let number = self.table.get(place)?.checked_sub(1)?;
            if self.name(number) == name {
                return Some(number);
            }
            place = (place + 1) & (self.table.len() - 1);
        }
    }

    /// The name of a number.
    pub(super) fn name(&self, number: u32) -> &str {
        self.get(number).unwrap_or("")
    }

    fn get(&self, number: u32) -> Option<&str> {
        let end = *self.ends.get(at(number))?;
        let from = at(number).checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(from..end)
    }

    /// Where a name is looked for first; nothing in an empty table.
    fn place(&self, name: &str) -> Option<usize> {
        let hash = usize::try_from(self.hasher.hash_one(name) >> 32).ok()?;
        Some(hash & self.table.len().checked_sub(1)?)
    }

    /// Puts a number to the others; at least half of the table is free.
    fn put(&mut self, number: u32) {
        let Some(mut place) = self.place(self.name(number)) else { return };
        while self.table.get(place).is_some_and(|taken| *taken != 0) {
            place = (place + 1) & (self.table.len() - 1);
        }
        if let Some(free) = self.table.get_mut(place) {
            *free = number.saturating_add(1);
        }
    }

    fn grow(&mut self) {
        self.table = vec![0; (self.ends.len() * 4).next_power_of_two()];
        for number in 0..u32::try_from(self.ends.len()).unwrap_or(u32::MAX) {
            self.put(number);
        }
    }
}

/// A number as a place in a list.
pub(super) fn at(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The first eight bytes of a name as a number of the same order, so that most
/// names are told apart without reading them.
pub(super) fn sort_key(name: &str) -> u64 {
    let mut first = [0u8; 8];
    for (to, from) in first.iter_mut().zip(name.bytes()) {
        *to = from;
    }
    u64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_number() {
        let mut names = Names::default();
        assert_eq!(names.find("x"), None);
        let of = |number: u32| format!("A{}", u64::from(number) * 7_919 % 10_007);
        for number in 0..10_000 {
            assert_eq!(names.number(&of(number), 10_000), Some((number, true)));
        }
        assert_eq!(names.number("one more", 10_000), None);
        for number in (0..10_000).rev() {
            assert_eq!(names.number(&of(number), 10_000), Some((number, false)));
            assert_eq!((names.find(&of(number)), names.name(number)), (Some(number), of(number).as_str()));
        }
        assert_eq!((names.find("A"), names.name(10_000)), (None, ""));
        assert_eq!(names.number("", 20_000), Some((10_000, true)));
        assert_eq!(names.find(""), Some(10_000));
    }
}
