//! Names by number: each is kept once, and what is counted goes by the number.

use std::collections::HashMap;
use std::sync::Arc;

/// Names in the order they were first heard.
#[derive(Debug, Default)]
pub(super) struct Names {
    list: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
    /// The one asked for last: files mostly name them in one order.
    last: u32,
}

impl Names {
    /// The number of a name and whether it is new; nothing beyond `most`.
    pub(super) fn number(&mut self, name: &str, most: usize) -> Option<(u32, bool)> {
        let next = self.last.saturating_add(1);
        if self.list.get(at(next)).is_some_and(|known| **known == *name) {
            self.last = next;
            return Some((next, false));
        }
        if let Some(number) = self.numbers.get(name) {
            self.last = *number;
            return Some((*number, false));
        }
        let number = u32::try_from(self.list.len()).ok().filter(|_| self.list.len() < most)?;
        let shared: Arc<str> = name.into();
        self.list.push(Arc::clone(&shared));
        self.numbers.insert(shared, number);
        self.last = number;
        Some((number, true))
    }

    /// The number of a name that was heard.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    /// The name of a number.
    pub(super) fn name(&self, number: u32) -> &str {
        self.list.get(at(number)).map_or("", |name| name)
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
