//! Drafts on an expert's own disk, closed with a key of their secret.
//!
//! Rows are short and many, so each is closed by itself; what row it is goes
//! in as context, and a row moved elsewhere does not open.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::base::{Problem, Result};

use super::random;

/// Bytes of the nonce before each ciphertext: long enough to be random.
const NONCE: usize = 24;

/// The key of an expert's drafts (草稿密钥): XChaCha20-Poly1305.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DraftKey([u8; 32]);

shows_nothing!(DraftKey);

impl DraftKey {
    pub(super) const fn new(bytes: &[u8; 32]) -> Self {
        Self(*bytes)
    }

    /// Closes some bytes; they open again only with the same context.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub fn close(&self, context: &[u8], bytes: &[u8]) -> Result<Vec<u8>> {
        let nonce = random::<NONCE>()?;
        let closed = self
            .cipher()
            .encrypt(XNonce::from_slice(&*nonce), Payload { msg: bytes, aad: context })
            .map_err(|_| Problem::Internal("encryption failed".to_owned()))?;
        Ok([nonce.as_slice(), &closed].concat())
    }

    /// Opens them.
    ///
    /// # Errors
    /// [`Problem::Altered`]; another key or context can't be told from damage.
    pub fn open(&self, context: &[u8], closed: &[u8]) -> Result<Vec<u8>> {
        let (nonce, bytes) = closed.split_at_checked(NONCE).ok_or(Problem::Altered)?;
        let opened = self.cipher().decrypt(XNonce::from_slice(nonce), Payload { msg: bytes, aad: context });
        Ok(opened.map_err(|_| Problem::Altered)?)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&self.0).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_row_opens_where_it_was_closed(context: Vec<u8>, bytes: Vec<u8>, at: proptest::sample::Index) {
            let key = DraftKey::new(&[3; 32]);
            let closed = key.close(&context, &bytes).unwrap();
            prop_assert_eq!(key.open(&context, &closed).unwrap(), &bytes[..]);
            let elsewhere = [&context[..], b"x"].concat();
            prop_assert!(key.open(&elsewhere, &closed).is_err());
            prop_assert!(DraftKey::new(&[4; 32]).open(&context, &closed).is_err());
            let mut altered = closed.clone();
            let at = at.index(altered.len());
            altered[at] ^= 1;
            prop_assert!(key.open(&context, &altered).is_err());
            prop_assert!(key.open(&context, &closed[..at]).is_err());
        }
    }

    #[test]
    fn the_same_row_is_closed_differently_each_time() {
        let key = DraftKey::new(&[3; 32]);
        assert_ne!(key.close(b"", b"3.5").unwrap(), key.close(b"", b"3.5").unwrap());
        assert_eq!(format!("{key:?}"), "DraftKey(…)");
        assert_eq!(*key.open(b"", b"short").unwrap_err().problem(), Problem::Altered);
    }
}
