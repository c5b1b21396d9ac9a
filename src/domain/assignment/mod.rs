//! Who reads what (分配): everybody everything, or so many experts a packet;
//! a recusal is never weighed against anything.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::lang::{Lang, fill};
use crate::base::{Digest, ExpertCode, PacketCode};

use super::panel::{Recusal, Seat};

mod blocking;
pub mod draw;
mod figures;
mod fit;
mod flow;
mod joining;
mod solve;
mod ways;

pub use blocking::{Block, Member, Side};
pub use figures::{Broken, Readers, alike, broken, readers, stands, total};
pub use fit::Fit;
pub use joining::joining;
pub use solve::{Impossible, assign, enough};
pub use ways::{Ways, ways};

/// One expert's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The expert.
    pub expert: ExpertCode,
    /// What the expert scores, by code.
    pub codes: Vec<PacketCode>,
    /// What the expert is recused from, by code.
    pub recused: Vec<Recusal>,
}

/// How an assignment was made (分配规则): enough to make it again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// So many experts read a packet; nothing where all do who may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<u32>,
    /// No expert reads more; always there where `per` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
    /// No expert reads fewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<u32>,
    /// Whether the experts of a packet are of different specialties, where that
    /// costs no fit.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mix: bool,
    /// The publicly drawn seed (公开抽取的种子) that orders what is equally good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<String>,
    /// Groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Groups>,
    /// The points of fit, kept beside the log under this digest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<Digest>,
}

impl Rule {
    /// The rule in a sentence.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let t = &lang.texts().assigning;
        let mut said = match (self.per, self.most) {
            (Some(per), most) => fill(t.rule_per, &[&per, &most.unwrap_or(u32::MAX)]),
            (None, _) => t.rule_all.to_owned(),
        };
        if let Some(least) = self.least {
            said += &fill(t.rule_least, &[&least]);
        }
        let seed = self.seed.as_deref().unwrap_or("");
        let drawn = self.groups.as_ref().is_some_and(|groups| groups.drawn);
        if drawn {
            said += &fill(t.rule_drawn, &[&seed]);
        } else if self.groups.is_some() {
            said += t.rule_groups;
        }
        if self.fit.is_some() {
            said += t.rule_fit;
        }
        if self.mix {
            said += t.rule_mix;
        }
        if self.seed.is_some() && !drawn {
            said += &fill(t.rule_seed, &[&seed]);
        }
        said
    }
}

/// Packets by group (分组评审): an expert reads those of the own group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Groups {
    /// Whether they were drawn by the seed; else the secretary gave them.
    pub drawn: bool,
    /// The group of each packet, named as the panel names it.
    pub of: BTreeMap<PacketCode, String>,
}

/// Gives everybody everything minus recusals; experts and codes in order, so
/// that the same panel gives the same assignment.
#[must_use]
pub fn everybody_everything(seats: &[Seat], packets: &[PacketCode]) -> Vec<Part> {
    seats
        .iter()
        .map(|expert| Part {
            expert: expert.expert.clone(),
            codes: packets.iter().filter(|code| !expert.is_recused(code)).cloned().collect(),
            recused: expert.recuse.clone(),
        })
        .collect()
}
