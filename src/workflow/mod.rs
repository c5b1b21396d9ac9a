//! One file per step of a review. A step takes checked nouns, writes events to
//! the round's log or the expert's draft, and returns a noun; it prints nothing
//! and draws nothing.
//!
//! ```text
//! new → packets → panel → assign → issue → score → collect → rank → export, publish
//! ```

pub mod assign;
pub mod collect;
pub mod demo;
pub mod export;
pub mod hand_in;
pub mod issue;
pub mod library;
mod lock;
pub mod new;
pub mod packets;
pub mod panel;
pub mod publish;
pub mod rank;
pub mod report;
pub mod round;
pub mod score;
pub mod settings;
pub mod status;

pub use round::Round;
pub use score::Sitting;
