//! What every room stands on: identifiers, exact points and money, the clock, text as a
//! terminal shows it, digests, what can be wrong, and the words for it.
//!
//! Nothing here reads a file, a setting or the environment.

pub mod clean;
pub mod clock;
pub mod decimal;
pub mod digest;
mod digits;
pub mod hex;
pub mod id;
pub mod keys;
pub mod lang;
pub mod limits;
mod misassigned;
pub mod money;
pub mod points;
pub mod problem;
pub mod public_keys;
pub mod text;
pub mod unfunded;
pub mod unreadable;

pub use clock::{Clock, Timestamp};
pub use digest::Digest;
pub use id::{ApplicationNo, CriterionId, ExpertCode, PacketCode};
pub use lang::Lang;
pub use limits::Limits;
pub use misassigned::Misassigned;
pub use money::Money;
pub use points::Points;
pub use problem::{Class, Fault, Place, Problem, Refusal};
pub use public_keys::{PublicKeys, Recipient, VerifyKey};
pub use unfunded::Unfunded;
pub use unreadable::{FileKind, Unreadable};

/// What a step returns: the thing itself, or a refusal that says what, where
/// and how to mend it.
pub type Result<T> = std::result::Result<T, Refusal>;
