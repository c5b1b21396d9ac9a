//! A bundle (评审包): what one expert is given to score, and its manifest.

use serde::{Deserialize, Serialize};

use crate::base::{Digest, ExpertCode, PacketCode, PublicKeys};

use super::amendment::{Amendment, Change};
use super::panel::Recusal;

/// The manifest of a bundle (评审清单): what is in it, each part by digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The round: digest of its log's first event.
    pub round: Digest,
    /// The round's name on screens.
    pub title: String,
    /// Whether the round is a demonstration.
    pub demo: bool,
    /// The expert.
    pub expert: ExpertCode,
    /// Manifests of a round are numbered from 1; each names the one before.
    pub number: u32,
    /// The manifest before this one, if any.
    pub replaces: Option<Digest>,
    /// The template.
    pub template: Digest,
    /// Head of the round's log when the bundle was made.
    pub log_head: Digest,
    /// The figures of all packets of this bundle.
    pub figures: Digest,
    /// Packets, in the order the expert reads them.
    pub packets: Vec<PacketEntry>,
    /// What the expert is recused from.
    pub recused: Vec<Recusal>,
    /// The round's keys, which sign this.
    pub secretary: PublicKeys,
    /// Who opens the sheets, the outermost seal first: the secretary, and the
    /// supervisor where two must open.
    pub openers: Vec<PublicKeys>,
    /// The last amendment it takes in; 0 before the first.
    pub amendment: u32,
}

/// A packet in a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PacketEntry {
    /// Its code.
    pub code: PacketCode,
    /// Digest of its bytes.
    pub digest: Digest,
}

impl Manifest {
    /// What the expert has to score once these amendments are in force: those
    /// that the bundle takes in already change nothing.
    #[must_use]
    pub fn amended<'a>(&self, amendments: impl IntoIterator<Item = &'a Amendment>) -> Self {
        let mut manifest = self.clone();
        for amendment in amendments.into_iter().filter(|amendment| amendment.number > self.amendment) {
            manifest.amendment = amendment.number;
            match &amendment.change {
                Change::PacketWithdrawn { code } => manifest.packets.retain(|entry| entry.code != *code),
                Change::PacketCorrected { code, to, .. } => {
                    for entry in manifest.packets.iter_mut().filter(|entry| entry.code == *code) {
                        entry.digest = *to;
                    }
                }
                _ => {}
            }
        }
        manifest
    }
}
