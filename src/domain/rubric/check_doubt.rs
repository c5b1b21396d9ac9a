//! The lint of `[doubt]`: shares are shares, and criteria are the template's.

use crate::base::Points;
use crate::base::problem::Problem;

use super::check::Lint;
use super::doubt::{Corridor, DoubtRule, Prior};
use super::draft::{Cell, TemplateDraft};

impl Lint<'_> {
    /// What is looked at beside the result.
    pub(super) fn doubt(&mut self, draft: &TemplateDraft) -> DoubtRule {
        let usual = DoubtRule::default();
        let Some(d) = &draft.doubt else { return usual };
        let known: Vec<&str> = draft
            .dimensions
            .iter()
            .flat_map(|dimension| &dimension.criteria)
            .filter_map(|criterion| Some(criterion.id.as_ref()?.value.as_str()))
            .collect();
        for at in d.objective.iter().filter(|at| !known.is_empty() && !known.contains(&at.value.as_str())) {
            self.error(at.line, "doubt.objective", Problem::UnknownCriterion { id: at.value.clone() });
        }
        let corridor = match (&d.corridor, &d.corridor_share) {
            (Some(at), Some(_)) => {
                self.error(at.line, "doubt.corridor", Problem::Duplicate { what: "corridor_share".to_owned() });
                usual.corridor
            }
            (points, None) if points.is_some() => {
                self.optional_points(points, "doubt.corridor").map_or(usual.corridor, Corridor::Points)
            }
            (_, share) => self.share(share, "doubt.corridor_share").map_or(usual.corridor, Corridor::Share),
        };
        let prior = d.prior.as_ref().and_then(|prior| {
            let mut variance = |cell: &Cell, name: &str, least: i64| {
                let field = format!("doubt.prior.{name}");
                let value = self.points(cell, prior.line, &field)?;
                if value.units() < least {
                    self.error(prior.line, field, Problem::ZeroWeight { of: name.to_owned() });
                }
                Some(value)
            };
            let application = variance(&prior.application, "application", 1);
            let expert = variance(&prior.expert, "expert", 1);
            let rest = variance(&prior.rest, "rest", 1);
            let mean = variance(&prior.mean, "mean", 0);
            Some(Prior { application: application?, expert: expert?, rest: rest?, mean: mean? })
        });
        DoubtRule {
            objective: d.objective.iter().map(|at| at.value.clone()).collect(),
            abnormal: self.share(&d.abnormal_share, "doubt.abnormal_share").unwrap_or(usual.abnormal),
            far: self.share(&d.far_share, "doubt.far_share").unwrap_or(usual.far),
            corridor,
            full: self.optional_points(&d.full, "doubt.full"),
            prior,
        }
    }

    /// A share: from nothing to the whole.
    fn share(&mut self, cell: &Cell, field: &str) -> Option<Points> {
        let share = self.optional_points(cell, field)?;
        if share.units() > Points::UNIT {
            let line = cell.as_ref().map_or(1, |at| at.line);
            self.error(line, field, Problem::AboveMax { value: share.to_string(), max: "1".to_owned() });
            return None;
        }
        Some(share)
    }
}
