//! The rubric with amendments in force (变更后的评分标准): a void criterion is
//! out of its dimension and of every total, an erratum stands beside the wording.
//! The frozen template is never touched; this is worked out from it each time.

use crate::base::{CriterionId, Points};

use super::Rubric;
use crate::domain::amendment::{Amendment, Change};

impl Rubric {
    /// This rubric with these amendments in force, in their order.
    ///
    /// A tie key that is void, or whose dimension has no criterion left, falls
    /// out of the chain: over nothing all are equal, so it could tell nobody
    /// apart. The pass line stays as the template has it.
    #[must_use]
    pub fn amended<'a>(&self, amendments: impl IntoIterator<Item = &'a Amendment>) -> Self {
        let mut rubric = self.clone();
        for amendment in amendments {
            match &amendment.change {
                Change::CriterionVoid { criterion } => rubric.void(criterion),
                Change::Erratum { criterion, text } => {
                    for known in rubric.dimensions.iter_mut().flat_map(|dimension| &mut dimension.criteria) {
                        if known.id == *criterion {
                            known.errata.push((amendment.number, text.clone()));
                        }
                    }
                }
                _ => {}
            }
        }
        rubric
    }

    fn void(&mut self, id: &CriterionId) {
        for dimension in &mut self.dimensions {
            let Some(at) = dimension.criteria.iter().position(|criterion| criterion.id == *id) else { continue };
            let gone = dimension.criteria.remove(at);
            dimension.max = less(dimension.max, gone.max);
            self.total = less(self.total, gone.max);
        }
        self.dimensions.retain(|dimension| !dimension.criteria.is_empty());
        let known: Vec<CriterionId> = self
            .dimensions
            .iter()
            .map(|dimension| dimension.id.clone())
            .chain(self.criteria().map(|criterion| criterion.id.clone()))
            .collect();
        self.tie_break.keys.retain(|key| known.contains(key));
    }
}

fn less(from: Points, gone: Points) -> Points {
    Points::from_units(from.units().saturating_sub(gone.units()))
}
