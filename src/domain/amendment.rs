//! Amendments (更正与变更): what changes after bundles are out. They are
//! numbered, signed and have a reason; nothing is changed without one.

use serde::{Deserialize, Serialize};

use crate::base::lang::{Lang, fill};
use crate::base::{CriterionId, Digest, ExpertCode, PacketCode};

use super::assignment::Part;
use super::desk::Touch;

/// An amendment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// The round.
    pub round: Digest,
    /// From 1, without gaps.
    pub number: u32,
    /// The document of the amendment before this one.
    pub follows: Option<Digest>,
    /// What it changes.
    pub change: Change,
    /// Why.
    pub reason: String,
}

/// What an amendment changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// A packet is withdrawn (撤回): it is in no standing any more.
    PacketWithdrawn {
        /// The packet.
        code: PacketCode,
    },
    /// A packet is corrected (材料更正).
    PacketCorrected {
        /// The packet.
        code: PacketCode,
        /// Its bytes before.
        from: Digest,
        /// Its bytes from now on.
        to: Digest,
        /// The criteria whose evidence differs: marks on them are to be
        /// confirmed (待复核).
        criteria: Vec<CriterionId>,
    },
    /// An expert joins (增补专家).
    ExpertAdded {
        /// The expert's part.
        part: Part,
    },
    /// An expert takes another's place (更换专家); the other's sheets count no more.
    ExpertReplaced {
        /// Who goes.
        expert: ExpertCode,
        /// The part of who comes.
        part: Part,
    },
    /// A criterion's wording is corrected (指标文字更正); marks on it are to be
    /// confirmed.
    Erratum {
        /// The criterion.
        criterion: CriterionId,
        /// How it is to be read.
        text: String,
    },
    /// A criterion counts for nobody (指标作废).
    CriterionVoid {
        /// The criterion.
        criterion: CriterionId,
    },
    /// Another number of places (名额调整).
    QuotaChanged {
        /// Before.
        from: Option<u32>,
        /// From now on.
        to: u32,
    },
}

impl Amendment {
    /// The marks that have to be confirmed because of it, where there are any.
    #[must_use]
    pub fn touch(&self) -> Option<Touch> {
        let amendment = self.number;
        match &self.change {
            Change::PacketCorrected { code, criteria, .. } => {
                Some(Touch { amendment, code: Some(code.clone()), criteria: criteria.clone() })
            }
            Change::Erratum { criterion, .. } => {
                Some(Touch { amendment, code: None, criteria: vec![criterion.clone()] })
            }
            _ => None,
        }
    }
}

/// Whether amendments make one unbroken chain of this round, the first of them
/// behind `before`: its number and document.
#[must_use]
pub fn is_chain(round: &Digest, before: (u32, Option<Digest>), chain: &[(Amendment, Digest)]) -> bool {
    let (mut number, mut last) = before;
    chain.iter().all(|(amendment, document)| {
        let fits =
            amendment.round == *round && Some(amendment.number) == number.checked_add(1) && amendment.follows == last;
        (number, last) = (amendment.number, Some(*document));
        fits
    })
}

impl Change {
    /// The packet it withdraws.
    #[must_use]
    pub const fn withdrawn(&self) -> Option<&PacketCode> {
        match self {
            Self::PacketWithdrawn { code } => Some(code),
            _ => None,
        }
    }

    /// The expert it replaces.
    #[must_use]
    pub const fn replaced(&self) -> Option<&ExpertCode> {
        match self {
            Self::ExpertReplaced { expert, .. } => Some(expert),
            _ => None,
        }
    }

    /// Whether it is the same as another, apart from what was worked out.
    #[must_use]
    pub fn repeats(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::PacketWithdrawn { code: a }, Self::PacketWithdrawn { code: b }) => a == b,
            (Self::PacketCorrected { code: a, to: c, .. }, Self::PacketCorrected { code: b, to: d, .. }) => {
                a == b && c == d
            }
            (Self::ExpertAdded { part: a }, Self::ExpertAdded { part: b }) => a.expert == b.expert,
            (Self::ExpertReplaced { expert: a, part: c }, Self::ExpertReplaced { expert: b, part: d }) => {
                a == b && c.expert == d.expert
            }
            (Self::Erratum { criterion: a, text: c }, Self::Erratum { criterion: b, text: d }) => a == b && c == d,
            (Self::CriterionVoid { criterion: a }, Self::CriterionVoid { criterion: b }) => a == b,
            (Self::QuotaChanged { to: a, .. }, Self::QuotaChanged { to: b, .. }) => a == b,
            _ => false,
        }
    }

    /// A word of the data for its kind.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::PacketWithdrawn { .. } => "packet_withdrawn",
            Self::PacketCorrected { .. } => "packet_corrected",
            Self::ExpertAdded { .. } => "expert_added",
            Self::ExpertReplaced { .. } => "expert_replaced",
            Self::Erratum { .. } => "erratum",
            Self::CriterionVoid { .. } => "criterion_void",
            Self::QuotaChanged { .. } => "quota_changed",
        }
    }

    /// What it changes, in a few words.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let t = &lang.texts().amending;
        match self {
            Self::PacketWithdrawn { code } => fill(t.change_withdrawn, &[code]),
            Self::PacketCorrected { code, criteria, .. } => {
                let ids = if criteria.len() > 8 {
                    fill(t.all_but_few, &[&criteria.len()])
                } else {
                    criteria.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
                };
                fill(t.change_corrected, &[code, &ids])
            }
            Self::ExpertAdded { part } => fill(t.change_added, &[&part.expert]),
            Self::ExpertReplaced { expert, part } => fill(t.change_replaced, &[expert, &part.expert]),
            Self::Erratum { criterion, text } => fill(t.change_erratum, &[criterion, text]),
            Self::CriterionVoid { criterion } => fill(t.change_void, &[criterion]),
            Self::QuotaChanged { from, to } => {
                let from = from.map_or_else(|| t.quota_open.to_owned(), |from| from.to_string());
                fill(t.change_quota, &[&from, to])
            }
        }
    }

    /// Whether marks given before it have to be looked at again.
    #[must_use]
    pub const fn asks_review(&self) -> bool {
        matches!(self, Self::PacketCorrected { .. } | Self::Erratum { .. })
    }

    /// The criterion it voids.
    #[must_use]
    pub const fn voided(&self) -> Option<&CriterionId> {
        match self {
            Self::CriterionVoid { criterion } => Some(criterion),
            _ => None,
        }
    }
}

#[cfg(test)]
#[path = "amendment_tests.rs"]
mod tests;
