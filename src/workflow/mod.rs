//! One file per step of a review. A step takes checked nouns, writes events to
//! the round's log or the expert's draft, and returns a noun; it prints nothing
//! and draws nothing.
//!
//! ```text
//! new → blind, packets → panel → assign → issue → score → collect → rank → export, publish
//! ```

pub mod allocate;
pub mod amend;
pub mod applicants;
pub mod assign;
pub mod audit;
pub mod blind;
pub mod check;
pub mod clear;
pub mod collect;
mod compared;
pub mod copies;
pub mod deciding;
pub mod declarations;
pub mod demo;
pub mod doubt;
pub mod enrol;
pub mod explain;
pub mod export;
pub mod hand_in;
pub mod history;
pub mod intake;
pub mod issue;
pub mod issue_update;
pub mod library;
mod lock;
pub mod media;
pub mod new;
pub mod open;
pub mod packets;
pub mod panel;
pub mod passphrase;
pub mod places;
pub mod publish;
pub mod rank;
pub mod reader;
pub mod receive;
mod register;
pub mod report;
pub mod round;
pub mod score;
mod score_files;
pub mod screen;
pub mod settings;
pub mod status;
pub mod tally;
pub mod unlock;
pub mod update;
mod verify;

pub use round::Round;
pub use score::Sitting;
