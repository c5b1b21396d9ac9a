//! The event log and the blobs beside it: opaque bytes in SQLite.
//!
//! One table of events, each hashed over the one before, and one of blobs by
//! digest. Nothing is updated and nothing deleted. What the bytes mean is
//! nobody's business here; what counts is that an answer means "on the disk".

mod files;
mod log;
pub mod raw;

pub use files::{Saved, erase, is_part, put_in_place, write_durable};
pub use log::{EventLog, NewEvent, Purpose, Signer, StoredEvent, unsigned};
