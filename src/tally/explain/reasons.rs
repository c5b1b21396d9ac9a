//! Why there is no result, or what to know of the one there is, with the counts.

use crate::domain::explained::Reason;
use crate::domain::rubric::{Below, Scope, Statistic};

use super::super::names::at;
use super::super::statistic;
use super::super::work::Said;
use super::Paper;

impl Paper<'_> {
    pub(super) fn reasons(&self) -> Vec<Reason> {
        let mut out = match self.engine.rule.aggregation.scope {
            Scope::Criterion => self.of_criteria(),
            Scope::ExpertTotal => self.of_sheets(),
        };
        for said in &self.work.said {
            if let Said::NoCarry(number) = said {
                let panel = self.engine.rule.aggregation.beyond.carries.get(*number);
                out.push(Reason::NoCarry { panel: panel.map_or_else(String::new, |carry| carry.from.clone()) });
            }
        }
        let none = self.experts.is_empty() && self.work.score.is_none();
        if none && out.iter().all(|reason| matches!(reason, Reason::TooFew { have: 0, .. })) {
            out = vec![Reason::NoMarks];
        }
        out
    }

    /// How so many values fare under the rule.
    fn of_count(&self, criterion: Option<String>, have: u32, out: &mut Vec<Reason>) {
        let rule = &self.engine.rule.aggregation;
        if have < rule.min_sheets {
            out.push(Reason::TooFew { criterion, have, least: rule.min_sheets });
            return;
        }
        match statistic::drops(rule, at(have)) {
            Some((_, _, false)) => {}
            _ => {
                let from = rule.drop_from.max(rule.drop_low.saturating_add(rule.drop_high).saturating_add(1));
                out.push(match rule.below {
                    Below::Plain | Below::Median => Reason::NothingDropped { criterion, have, from },
                    Below::NoResult => Reason::TooFewToDrop { criterion, have, from },
                });
            }
        }
    }

    fn of_criteria(&self) -> Vec<Reason> {
        let rule = &self.engine.rule.aggregation;
        let mut out = Vec::new();
        for (_, number) in &self.criteria {
            let have = self.application.count(*number, self.engine.shape);
            let most = self.panel.columns.get(at(*number)).map_or(0, |column| column.most);
            let criterion = self.name_of(*number);
            if have == 0 {
                // A base is enough where nobody has a mark.
                if self.given(*number).1.is_none() || most > 0 && !rule.beyond.own_criteria {
                    out.push(Reason::Missing { criterion });
                }
                continue;
            }
            self.of_count(Some(criterion.clone()), have, &mut out);
            if have < most {
                let decides = rule.statistic == Statistic::Sum;
                out.push(Reason::Fewer { criterion: Some(criterion), have, most, decides });
            }
        }
        out
    }

    fn of_sheets(&self) -> Vec<Reason> {
        let mut out = Vec::new();
        self.of_count(None, self.work.valid, &mut out);
        if self.work.valid < self.panel.most {
            let decides = self.engine.rule.aggregation.statistic == Statistic::Sum;
            out.push(Reason::Fewer { criterion: None, have: self.work.valid, most: self.panel.most, decides });
        }
        let needed = self.engine.needed(self.panel, self.application, &self.table.ranked.columns);
        for said in &self.work.said {
            let Said::Partial(local) = said else { continue };
            let blank = |number: &&u32| !self.application.has(**number, *local, self.engine.shape);
            out.push(Reason::Partial {
                expert: self.engine.code(self.application, *local).to_owned(),
                criteria: needed.iter().filter(blank).map(|number| self.name_of(*number)).collect(),
            });
        }
        out
    }
}
