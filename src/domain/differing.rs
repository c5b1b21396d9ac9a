//! What a correction touches (材料更正): the criteria whose evidence differs
//! between a packet and the packet that takes its place.

use std::collections::BTreeSet;

use crate::base::CriterionId;

use super::form::Form;
use super::packet::Packet;
use super::rubric::{Criterion, Rubric};

/// The criteria whose evidence differs, in the rubric's order. All of them where
/// something differs that is nobody's evidence: everybody may have read it.
/// None where the packets say the same.
#[must_use]
pub fn differing(rubric: &Rubric, form: &Form, before: &Packet, after: &Packet) -> Vec<CriterionId> {
    let ids = changed(before, after);
    if ids.is_empty() {
        return Vec::new();
    }
    let rests_on = |criterion: &Criterion, id: &str| {
        let pattern = form.row_pattern(id);
        let same_row = |other: &str| other == id || pattern.is_some() && form.row_pattern(other) == pattern;
        let worked_out = rubric
            .derived
            .iter()
            .filter(|derived| criterion.derived.contains(&derived.id))
            .flat_map(|derived| derived.over.iter().chain(&derived.under));
        criterion.evidence.iter().any(|other| same_row(other))
            || worked_out.into_iter().any(|over| over == id || Some(over) == pattern.as_ref())
    };
    let nobody = ids.iter().any(|id| !rubric.criteria().any(|criterion| rests_on(criterion, id)));
    rubric
        .criteria()
        .filter(|criterion| nobody || ids.iter().any(|id| rests_on(criterion, id)))
        .map(|criterion| criterion.id.clone())
        .collect()
}

/// Ids of the fields and sections that differ.
fn changed(before: &Packet, after: &Packet) -> BTreeSet<String> {
    let fields = before.fields.keys().chain(after.fields.keys());
    let mut ids: BTreeSet<String> =
        fields.filter(|id| before.fields.get(*id) != after.fields.get(*id)).cloned().collect();
    for (one, other) in [(before, after), (after, before)] {
        ids.extend(one.sections.iter().filter(|section| !other.sections.contains(section)).map(|s| s.id.clone()));
    }
    ids
}
