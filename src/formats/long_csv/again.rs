//! What stands in a row as it stood in the one before, passed over at once.

/// Bytes that the next row is likely to hold again, none of them empty. Short
/// ones are compared as one number.
#[derive(Debug, Clone, Default)]
pub(super) struct Again {
    pub(super) bytes: Vec<u8>,
    value: u128,
    mask: u128,
}

impl Again {
    pub(super) fn set(&mut self, bytes: &[u8]) {
        self.bytes.clear();
        self.bytes.extend_from_slice(bytes);
        let mut first = [0u8; 16];
        for (to, from) in first.iter_mut().zip(bytes) {
            *to = *from;
        }
        self.value = u128::from_le_bytes(first);
        let bits = u32::try_from(bytes.len()).unwrap_or(u32::MAX).saturating_mul(8);
        // All ones for what is compared; of longer ones nothing is.
        self.mask = 1u128.checked_shl(bits).map_or(u128::MAX, |one| one - 1);
    }

    /// What comes behind them.
    #[inline]
    pub(super) fn strip<'a>(&self, rest: &'a [u8]) -> Option<&'a [u8]> {
        let length = self.bytes.len();
        if length == 0 {
            return None;
        }
        match rest.first_chunk::<16>() {
            Some(first) if length <= 16 => {
                let same = u128::from_le_bytes(*first) & self.mask == self.value;
                if same { rest.get(length..) } else { None }
            }
            _ => rest.strip_prefix(self.bytes.as_slice()),
        }
    }
}
