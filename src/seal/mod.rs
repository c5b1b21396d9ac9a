//! Seals: who made a file, and who may read it.
//!
//! Bytes go in, and bytes or a reader come out; what the bytes say is no
//! concern of this room. Nothing here is cryptography of our own: signatures
//! are Ed25519, encryption is the `age` format, which an auditor opens with the
//! `age` program alone.
//!
//! All keys of a person follow from one [`Secret`] of 128 bits, so that a line
//! of paper is a whole spare. `H(context, parts)` is SHA-256 over the context
//! and each part preceded by its length:
//!
//! | what | how |
//! |---|---|
//! | [`Secret`] (密钥) | 16 random bytes of the system |
//! | Ed25519 seed | `H("pingshen/derive/sign/v1\n", secret)` |
//! | X25519 secret, the `age` identity | `H("pingshen/derive/receive/v1\n", secret)` |
//! | [`DraftKey`] (草稿密钥) | `H("pingshen/derive/draft/v1\n", secret)` |
//! | paper code (备用码) | the secret, then 22 bits of `H("pingshen/check/spare/v1\n", secret)` |
//! | [`Slip`] (开包条) | 70 random bits, then 10 bits of `H("pingshen/check/slip/v1\n", bits)` |
//! | identity of a slip | `H("pingshen/derive/slip/v1\n", bits)` |
//! | identity of practice rounds (演练) | `H("pingshen/derive/practice/v1\n", a published text)` |
//! | check code (核对码) | 24 digits of `H("pingshen/check-code/v1\n", verify key, recipient)` |
//! | file of secret keys | `age` under a passphrase: scrypt, 2^15 on every machine |
//!
//! Whatever is secret is wiped when it is dropped, and shows nothing when it
//! is printed for debugging.

/// A secret's `Debug`: its name and nothing else.
macro_rules! shows_nothing {
    ($($secret:ident),+) => {$(
        impl std::fmt::Debug for $secret {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($secret), "(…)"))
            }
        }
    )+};
}

mod age_file;
pub mod draft;
pub mod envelope;
pub mod identity;
pub mod passphrase;
pub mod secret;
pub mod secret_file;
pub mod signed;
mod signs;
pub mod slip;

pub use draft::DraftKey;
pub use identity::Identity;
pub use passphrase::Passphrase;
pub use secret::Secret;
pub use signed::Context;
pub use slip::Slip;

use crate::base::{Problem, Result};

/// Random bytes of the system.
fn random<const N: usize>() -> Result<zeroize::Zeroizing<[u8; N]>> {
    let mut bytes = zeroize::Zeroizing::new([0; N]);
    getrandom::fill(&mut *bytes).map_err(|error| Problem::Internal(error.to_string()))?;
    Ok(bytes)
}
