//! Reports for other programs (报表): what a command says, as csv or json.

pub use crate::formats::report::{Value, csv, json};
