//! The safe (身份登记): who stands behind a code.
//!
//! It holds the register of applicants and experts, what names each applicant,
//! the masking of it, the leak detector, and the names a notice is published
//! with.
//! Scoring, collecting, ranking and the meeting never reach this room.

pub mod blinding;
mod detect;
mod found;
mod names;
mod redact;
mod register;
mod view;
mod words;

use std::collections::BTreeMap;

use crate::base::PacketCode;
use crate::base::problem::{Fault, Place, Problem};

pub use register::Register;

/// Names by code, as published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    names: BTreeMap<PacketCode, String>,
}

impl Names {
    /// Checks rows of `(line, code, name)`.
    ///
    /// # Errors
    /// Codes that are none or come twice, names that are missing or come twice.
    pub fn check(rows: Vec<(u32, String, String)>) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut names: BTreeMap<PacketCode, String> = BTreeMap::new();
        for (line, code, name) in rows {
            let mut fault =
                |field: &str, problem| faults.push(Fault { place: Place::default().line(line).field(field), problem });
            let name = name.trim().to_owned();
            if name.is_empty() {
                fault("name", Problem::MissingValue { name: "name".to_owned() });
            } else if names.values().any(|known| *known == name) {
                fault("name", Problem::Duplicate { what: name.clone() });
            }
            match PacketCode::parse(code.trim()) {
                None => fault("code", Problem::BadCode { text: code }),
                Some(code) if names.contains_key(&code) => fault("code", Problem::Duplicate { what: code.to_string() }),
                Some(code) => {
                    names.insert(code, name);
                }
            }
        }
        if faults.is_empty() { Ok(Self { names }) } else { Err(faults) }
    }

    /// The name behind a code.
    #[must_use]
    pub fn get(&self, code: &PacketCode) -> Option<&str> {
        self.names.get(code).map(String::as_str)
    }

    /// Codes that have a name.
    pub fn codes(&self) -> impl Iterator<Item = &PacketCode> {
        self.names.keys()
    }
}
