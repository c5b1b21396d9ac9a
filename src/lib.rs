//! pingshen (评审): an expert review from anonymised packets to the ranked
//! shortlist, at the keyboard, in a terminal, on machines that may have no
//! network.
//!
//! Folders are rooms and may use only the rooms below them; a test in `tests/`
//! holds the code to it. [`workflow`] has one file per step; [`cli`] and [`tui`]
//! are the two ways in.

pub mod base;
pub mod cli;
pub mod domain;
pub mod formats;
pub mod identity;
pub mod seal;
pub mod store;
pub mod tally;
pub mod tui;
pub mod workflow;
