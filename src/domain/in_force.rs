//! What amendments come to in a round's fold (变更后的轮次): who and what is still
//! in the review, and which sheets came before.

use std::collections::BTreeSet;

use crate::base::{CriterionId, Digest, ExpertCode, PacketCode};

use super::amendment::{Amendment, Change};
use super::panel::Seat;
use super::round::{Received, Round};

impl Round {
    pub(super) fn amend(&mut self, amendment: &Amendment, document: &Digest) {
        match &amendment.change {
            Change::PacketCorrected { code, to, .. } => {
                self.packets.insert(code.clone(), *to);
            }
            Change::ExpertAdded { part } | Change::ExpertReplaced { part, .. } => {
                if let Some((_, seats)) = &mut self.panel {
                    seats.push(Seat {
                        expert: part.expert.clone(),
                        recuse: part.recused.clone(),
                        specialty: String::new(),
                        group: String::new(),
                    });
                }
                self.parts.push(part.clone());
            }
            Change::QuotaChanged { to, .. } => self.quota = Some(*to),
            Change::PacketWithdrawn { .. } | Change::Erratum { .. } | Change::CriterionVoid { .. } => {}
        }
        self.amendments.push((amendment.clone(), *document));
    }

    /// Number of the last amendment; 0 before the first.
    #[must_use]
    pub fn last_amendment(&self) -> u32 {
        self.amendments.last().map_or(0, |(amendment, _)| amendment.number)
    }

    /// The amendments that were in force at this number.
    pub fn amendments_to(&self, number: u32) -> impl Iterator<Item = &Amendment> {
        self.amendments.iter().map(|(amendment, _)| amendment).filter(move |amendment| amendment.number <= number)
    }

    /// The amendment that makes this change already, where there is one.
    #[must_use]
    pub fn amendment_of(&self, change: &Change) -> Option<&Amendment> {
        self.amendments.iter().map(|(amendment, _)| amendment).rfind(|amendment| amendment.change.repeats(change))
    }

    /// Whether a packet was withdrawn.
    #[must_use]
    pub fn is_withdrawn(&self, code: &PacketCode) -> bool {
        self.amendments.iter().any(|(amendment, _)| amendment.change.withdrawn() == Some(code))
    }

    /// Whether a criterion counts for nobody any more.
    #[must_use]
    pub fn is_void(&self, criterion: &CriterionId) -> bool {
        self.amendments.iter().any(|(amendment, _)| amendment.change.voided() == Some(criterion))
    }

    /// Codes of the packets that are still in the review.
    #[must_use]
    pub fn codes(&self) -> Vec<PacketCode> {
        let withdrawn: BTreeSet<&PacketCode> =
            self.amendments.iter().filter_map(|(amendment, _)| amendment.change.withdrawn()).collect();
        self.packets.keys().filter(|code| !withdrawn.contains(code)).cloned().collect()
    }

    /// Codes of the experts, without those who were replaced.
    #[must_use]
    pub fn experts(&self) -> Vec<ExpertCode> {
        let seats = self.panel.iter().flat_map(|(_, seats)| seats);
        seats.map(|seat| seat.expert.clone()).filter(|expert| !self.is_replaced(expert)).collect()
    }

    /// Codes of the experts who have something to read; before anything is
    /// assigned, of all.
    #[must_use]
    pub fn readers(&self) -> Vec<ExpertCode> {
        let idle = |expert: &ExpertCode| self.part(expert).is_some_and(|part| part.codes.is_empty());
        self.experts().into_iter().filter(|expert| !idle(expert)).collect()
    }

    /// Whether an expert was replaced by another, so that the expert's sheets
    /// count no more.
    #[must_use]
    pub fn is_replaced(&self, expert: &ExpertCode) -> bool {
        self.amendments.iter().any(|(amendment, _)| amendment.change.replaced() == Some(expert))
    }

    /// Amendments that touch this sheet and of which nobody has said that it
    /// stands all the same.
    #[must_use]
    pub fn outstanding_reviews(&self, sheet: &Received) -> Vec<u32> {
        let part = self.part(&sheet.expert);
        self.amendments
            .iter()
            .map(|(amendment, _)| amendment)
            .filter(|amendment| amendment.number > sheet.amendment)
            .filter(|amendment| match &amendment.change {
                Change::PacketCorrected { code, criteria, .. } => {
                    part.is_some_and(|part| part.codes.contains(code))
                        && !self.is_withdrawn(code)
                        && criteria.iter().any(|criterion| !self.is_void(criterion))
                }
                Change::Erratum { criterion, .. } => !self.is_void(criterion),
                Change::PacketWithdrawn { .. }
                | Change::ExpertAdded { .. }
                | Change::ExpertReplaced { .. }
                | Change::CriterionVoid { .. }
                | Change::QuotaChanged { .. } => false,
            })
            .map(|amendment| amendment.number)
            .filter(|number| {
                let said = self.reviews.iter().rfind(|(digest, of, ..)| digest == &sheet.digest && of == number);
                !said.is_some_and(|(_, _, stands, _)| *stands)
            })
            .collect()
    }
}
