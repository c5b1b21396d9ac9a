//! Draws that anyone can draw again: a stream of bytes from a seed, and numbers
//! from it of which none is likelier than another.
//!
//! Block `i` of the stream is the SHA-256 of `pingshen/draws/v1\n`, the seed and
//! `i` from 0 (eight bytes, highest first), each of both behind its length (the
//! same). Four bytes at a time, highest first, are a number; one that would make
//! small results likelier is passed over.

use crate::base::Digest;

/// The stream of a seed.
#[derive(Debug)]
pub(super) struct Chance {
    seed: Digest,
    block: u64,
    bytes: Vec<u8>,
}

impl Chance {
    pub(super) const fn new(seed: Digest) -> Self {
        Self { seed, block: 0, bytes: Vec::new() }
    }

    fn number(&mut self) -> u32 {
        if self.bytes.is_empty() {
            let block = Digest::of_parts("pingshen/draws/v1\n", &[self.seed.bytes(), &self.block.to_be_bytes()]);
            self.block = self.block.wrapping_add(1);
            // The next byte is the last one.
            self.bytes = block.bytes().iter().rev().copied().collect();
        }
        (0..4).fold(0, |number, _| number << 8 | u32::from(self.bytes.pop().unwrap_or(0)))
    }

    /// A number below `most`, which is above 0.
    pub(super) fn below(&mut self, most: u32) -> u32 {
        // What is left of 2^32 when taken away in whole lots of `most`.
        let over = (u32::MAX % most + 1) % most;
        loop {
            let number = self.number();
            if number <= u32::MAX - over {
                return number % most;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked out with Python's `hashlib` and `struct`.
    #[test]
    fn anyone_can_draw_the_same() {
        let mut chance = Chance::new(Digest::of(b"panel"));
        let drawn: Vec<u32> = (0..24).map(|_| chance.below(7)).collect();
        assert_eq!(drawn, PYTHON);
    }

    const PYTHON: [u32; 24] = [2, 6, 4, 6, 4, 0, 6, 3, 6, 0, 5, 5, 5, 3, 2, 2, 4, 6, 5, 1, 6, 2, 1, 5];

    #[test]
    fn none_is_likelier_than_another() {
        // Three of four numbers below 3 x 2^30: a plain remainder would favour
        // those below 2^30.
        let mut chance = Chance::new(Digest::of(b"even"));
        let low = (0..4_000).filter(|_| chance.below(3 << 30) < 1 << 30).count();
        assert!((1_200..1_467).contains(&low), "{low}");
        assert!((0..100).all(|_| chance.below(1) == 0));
    }
}
