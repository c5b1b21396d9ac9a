//! The check before handing in (交卷检查): what is missing, what to look at
//! once more, what may go.

use std::collections::BTreeMap;

use crate::base::{CriterionId, PacketCode, Points};

use super::desk::{Desk, Progress, missing_remarks};
use super::rubric::{Asked, Rubric};
use super::sheet::Vote;

/// What the check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Check {
    /// Packets whose every mark is there and that lack nothing the template
    /// insists on.
    pub complete: Vec<PacketCode>,
    /// Packets that can't go yet, with the criteria that have no mark.
    pub incomplete: Vec<(PacketCode, Vec<CriterionId>)>,
    /// Marks to be confirmed since an amendment (材料更正后待复核), with its number.
    pub review: Vec<(PacketCode, Vec<(CriterionId, u32)>)>,
    /// Packets recused at the desk.
    pub recused: Vec<PacketCode>,
    /// Remarks asked for and not there.
    pub remarks: Vec<(PacketCode, Vec<CriterionId>)>,
    /// Packets without 推荐 or 不推荐, where the template asks.
    pub votes: Vec<PacketCode>,
    /// Packets without an overall opinion, where the template insists.
    pub opinions: Vec<PacketCode>,
    /// Packets with the same total.
    pub equal: Vec<(Points, Vec<PacketCode>)>,
    /// Marks at the lower edge of a level above the lowest.
    pub edges: Vec<(PacketCode, CriterionId, Points)>,
    /// How many are recommended, and not.
    pub recommended: (usize, usize),
    /// My own order: totals, highest first, by code among equals.
    pub order: Vec<(PacketCode, Points)>,
    /// Marks missing in all.
    pub missing_marks: usize,
}

/// Runs the check over the packets of a bundle.
#[must_use]
pub fn check(rubric: &Rubric, desk: &Desk, packets: &[PacketCode]) -> Check {
    let mut found = Check::default();
    let mut totals: BTreeMap<Points, Vec<PacketCode>> = BTreeMap::new();
    for code in packets {
        let given = desk.given(code).cloned().unwrap_or_default();
        match desk.progress(code, rubric) {
            Progress::Recused => {
                found.recused.push(code.clone());
                continue;
            }
            Progress::Untouched | Progress::Partial(_) => {
                let missing: Vec<_> =
                    rubric.criteria().filter(|c| !given.marks.contains_key(&c.id)).map(|c| c.id.clone()).collect();
                found.missing_marks += missing.len();
                found.incomplete.push((code.clone(), missing));
                let review: Vec<_> = desk.to_review(code, rubric).collect();
                if !review.is_empty() {
                    found.review.push((code.clone(), review));
                }
                continue;
            }
            Progress::Review(_) | Progress::Complete => {}
        }
        let review: Vec<_> = desk.to_review(code, rubric).collect();
        let remarks = missing_remarks(rubric, &given);
        let no_opinion = rubric.opinion.text == Asked::Required && given.opinion.trim().is_empty();
        if rubric.remarks.refuse && !remarks.is_empty() || no_opinion || !review.is_empty() {
            found.incomplete.push((code.clone(), Vec::new()));
        } else {
            found.complete.push(code.clone());
        }
        if !review.is_empty() {
            found.review.push((code.clone(), review));
        }
        if !remarks.is_empty() {
            found.remarks.push((code.clone(), remarks));
        }
        if no_opinion {
            found.opinions.push(code.clone());
        }
        match given.vote {
            Some(Vote::Recommend) => found.recommended.0 += 1,
            Some(Vote::Not) => found.recommended.1 += 1,
            None if rubric.opinion.vote => found.votes.push(code.clone()),
            None => {}
        }
        if let Some(total) = desk.total(code, rubric) {
            totals.entry(total).or_default().push(code.clone());
        }
        for criterion in rubric.criteria() {
            let Some(mark) = given.marks.get(&criterion.id) else { continue };
            if criterion
                .level_of(*mark)
                .is_some_and(|level| level.min == *mark && level.min != level.max && *mark > Points::ZERO)
            {
                found.edges.push((code.clone(), criterion.id.clone(), *mark));
            }
        }
    }
    for (total, codes) in totals.into_iter().rev() {
        found.order.extend(codes.iter().map(|code| (code.clone(), total)));
        if codes.len() > 1 {
            found.equal.push((total, codes));
        }
    }
    found
}
