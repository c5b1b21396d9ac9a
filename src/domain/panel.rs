//! The panel (专家组): who scores, and from what they are recused beforehand.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::base::problem::{Fault, Place, Problem};
use crate::base::{ExpertCode, PacketCode};

/// An expert (专家). Only the code travels with sheets and standings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expert {
    /// The code, such as `E03`.
    pub code: ExpertCode,
    /// The expert's own name.
    pub name: String,
    /// Employer.
    pub employer: String,
    /// Other names of the employer.
    pub aliases: String,
    /// Specialty.
    pub specialty: String,
    /// Group (组别), empty where there is one.
    pub group: String,
    /// Packets the expert is recused from (回避).
    pub recuse: Vec<Recusal>,
}

/// A recusal known to the secretary before assignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recusal {
    /// From this packet.
    pub code: PacketCode,
    /// The reason, in the secretary's words.
    pub reason: String,
}

/// An expert as the log knows one: no name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// The code.
    pub expert: ExpertCode,
    /// Recusals known beforehand.
    pub recuse: Vec<Recusal>,
    /// Specialty (专业); empty where none is known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub specialty: String,
    /// Group (组别); empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
}

impl Seat {
    /// Whether the expert is recused from a packet.
    #[must_use]
    pub fn is_recused(&self, code: &PacketCode) -> bool {
        self.recuse.iter().any(|recusal| recusal.code == *code)
    }
}

impl From<&Expert> for Seat {
    fn from(expert: &Expert) -> Self {
        Self {
            expert: expert.code.clone(),
            recuse: expert.recuse.clone(),
            specialty: expert.specialty.clone(),
            group: expert.group.clone(),
        }
    }
}

/// A row of the panel file as written.
#[derive(Debug, Clone, Default)]
pub struct ExpertDraft {
    /// The row in the file, from 1.
    pub line: u32,
    /// Columns as written.
    pub code: String,
    /// The expert's own name.
    pub name: String,
    /// Employer.
    pub employer: String,
    /// Other names of the employer.
    pub aliases: String,
    /// Specialty.
    pub specialty: String,
    /// Group.
    pub group: String,
    /// `A-03;A-11 合作` : codes, each with a reason behind a blank or colon.
    pub recuse: String,
}

/// The whole panel.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Panel {
    /// Experts, by code.
    pub experts: Vec<Expert>,
}

impl Panel {
    /// Checks the rows of a panel file against the round's packets.
    ///
    /// # Errors
    /// Every fault, each with its row.
    pub fn check(rows: Vec<ExpertDraft>, packets: &BTreeSet<PacketCode>) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut experts: Vec<Expert> = Vec::new();
        for row in rows {
            let place = |field: &str| Place::default().line(row.line).field(field);
            let Some(code) = ExpertCode::parse(row.code.trim()) else {
                faults.push(Fault { place: place("code"), problem: Problem::BadCode { text: row.code.clone() } });
                continue;
            };
            if experts.iter().any(|known| known.code == code) {
                faults.push(Fault { place: place("code"), problem: Problem::Duplicate { what: code.to_string() } });
                continue;
            }
            if row.name.trim().is_empty() {
                faults.push(Fault { place: place("name"), problem: Problem::MissingValue { name: "name".to_owned() } });
            }
            let mut recuse: Vec<Recusal> = Vec::new();
            for part in row.recuse.split([';', '；', '、', ',', '，']).map(str::trim).filter(|part| !part.is_empty())
            {
                let (text, reason) = part.split_once([' ', ':', '：', '\u{3000}']).unwrap_or((part, ""));
                match PacketCode::parse(text) {
                    Some(code) if packets.contains(&code) => {
                        if !recuse.iter().any(|known| known.code == code) {
                            recuse.push(Recusal { code, reason: reason.trim().to_owned() });
                        }
                    }
                    _ => {
                        let known = packets.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
                        let problem = Problem::UnknownPacket { code: text.to_owned(), known };
                        faults.push(Fault { place: place("recuse"), problem });
                    }
                }
            }
            recuse.sort_by(|a, b| a.code.cmp(&b.code));
            experts.push(Expert {
                code,
                name: row.name.trim().to_owned(),
                employer: row.employer.trim().to_owned(),
                aliases: row.aliases.trim().to_owned(),
                specialty: row.specialty.trim().to_owned(),
                group: row.group.trim().to_owned(),
                recuse,
            });
        }
        experts.sort_by(|a, b| a.code.cmp(&b.code));
        if experts.is_empty() && faults.is_empty() {
            faults.push(Fault { place: Place::default(), problem: Problem::MissingValue { name: "code".to_owned() } });
        }
        if faults.is_empty() { Ok(Self { experts }) } else { Err(faults) }
    }

    /// The expert of this code.
    #[must_use]
    pub fn expert(&self, code: &ExpertCode) -> Option<&Expert> {
        self.experts.iter().find(|expert| expert.code == *code)
    }
}
