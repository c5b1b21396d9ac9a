//! One score worked out on paper: what the engine did, step by step, from the
//! same marks by the same functions, and held to what the engine says at the end.
//! Where the two were not one, nothing would be shown.

mod parts;
mod place;
mod reasons;
mod steps;

use crate::base::{Points, Problem, Result};
use crate::domain::explained::{Amount, Explained, MarkRow, MarkTable, Pass};
use crate::domain::rubric::Scope;
use crate::domain::rubric::beyond::{Direction, FACTOR_PLACES, VALUE_PLACES};

use super::application::Application;
use super::doubt::table::{PanelTable, Settled};
use super::engine::{Engine, Panel};
use super::fraction::Fraction;
use super::given::ONE;
use super::names::at;
use super::standing::Slot;
use super::work::{Detail, Said, Work};

/// One application, with all that is known of it.
struct Paper<'a> {
    settled: &'a Settled,
    engine: &'a Engine,
    table: PanelTable<'a>,
    panel: &'a Panel,
    application: &'a Application,
    slot: &'a Slot,
    work: Work,
    /// Its place in the table.
    row: usize,
    /// Places in the table of experts that gave it anything.
    experts: Vec<usize>,
    /// Criteria that matter to it: place in the table, and number.
    criteria: Vec<(usize, u32)>,
}

/// A figure of the engine in points.
fn amount(value: Fraction) -> Option<Amount> {
    let (over, under) = value.parts();
    Amount::new(over, under.checked_mul(Points::UNIT.into())?)
}

impl Settled {
    /// One application's score, worked out. Nothing where the panel has none of
    /// that name.
    ///
    /// # Errors
    /// A figure that does not fit on the way.
    pub fn explain(&self, panel: PanelTable<'_>, code: &str) -> Result<Option<Explained>> {
        let Some(paper) = Paper::new(self, panel, code) else { return Ok(None) };
        let off = || Problem::Internal(format!("the steps for {code} do not lead to its score"));
        Ok(Some(paper.explained().ok_or_else(off)?))
    }
}

impl<'a> Paper<'a> {
    fn new(settled: &'a Settled, table: PanelTable<'a>, code: &str) -> Option<Self> {
        let engine = &settled.engine;
        let panel = engine.panels.get(at(table.ranked.panel))?;
        let number = panel.names.find(code)?;
        let application = panel.applications.get(at(number))?;
        let slot = table.ranked.slots.iter().find(|slot| slot.application == number)?;
        let brought = slot.brought.as_deref();
        let work = engine.work(panel, number, &table.ranked.columns, brought, Detail::All)?;
        let row = table.applications().iter().position(|name| *name == code)?;
        let experts = (0..table.experts().len()).filter(|expert| table.marks_of(row, *expert).next().is_some());
        let own = engine.rule.aggregation.beyond.own_criteria;
        let matters = |number: u32| {
            let column = panel.columns.get(at(number));
            let there = column.is_some_and(|column| column.declared || column.most > 0);
            let has = application.count(number, engine.shape) > 0 || base_of(application, panel, number).is_some();
            has || there && !own
        };
        let criteria = table.ranked.columns.iter().copied().enumerate().filter(|(_, number)| matters(*number));
        let (experts, criteria) = (experts.collect(), criteria.collect());
        Some(Self { settled, engine, table, panel, application, slot, work, row, experts, criteria })
    }

    fn explained(&self) -> Option<Explained> {
        let rule = &self.engine.rule;
        let slot = self.table.ranked.slots.iter().position(|slot| slot.application == self.slot.application)?;
        let placed = self.engine.place(self.table.ranked, slot, false)?;
        let by_criterion = rule.aggregation.scope == Scope::Criterion;
        let mut marks = self.marks();
        let (mut parts, mut groups) = (Vec::new(), Vec::new());
        if self.work.score.is_some() {
            (parts, groups) = if by_criterion { self.by_criterion(&mut marks)? } else { self.by_total()? };
        }
        Some(Explained {
            panel: self.table.name().to_owned(),
            code: placed.code.to_owned(),
            rank: placed.rank,
            tied: placed.tied,
            score: placed.score.map(|score| rule.score_text(score)),
            places: rule.aggregation.places,
            by_criterion,
            marks,
            parts,
            reasons: self.reasons(),
            passes: self.passes()?,
            groups,
            place: if self.work.score.is_some() { Some(self.place(slot)?) } else { None },
            compared: None,
        })
    }

    fn name_of(&self, criterion: u32) -> String {
        self.panel.criteria.name(criterion).to_owned()
    }

    /// Factor and base of a criterion.
    fn given(&self, criterion: u32) -> (i64, Option<i64>) {
        let column = self.panel.columns.get(at(criterion)).map_or((ONE, None), |column| column.given);
        self.application.given(criterion).unwrap_or(column)
    }

    /// What a mark is worth.
    fn worth(&self, mark: Points) -> Fraction {
        match self.engine.rule.aggregation.beyond.mark_values.get(&mark) {
            Some(value) => Fraction::new(i128::from(*value), 10i128.pow(VALUE_PLACES - 4)),
            None => None,
        }
        .unwrap_or_else(|| Fraction::whole(mark.units().into()))
    }

    /// The table of marks; none is dropped yet.
    fn marks(&self) -> MarkTable {
        let names = self.table.experts();
        let name = |expert: &usize| names.get(*expert).copied().unwrap_or_default().to_owned();
        let valued = !self.engine.rule.aggregation.beyond.mark_values.is_empty();
        let rows = self.criteria.iter().map(|(place, number)| {
            let marks: Vec<Option<Points>> =
                self.experts.iter().map(|expert| self.table.mark(self.row, *expert, *place)).collect();
            let (factor, base) = self.given(*number);
            let worth = marks.iter().map(|mark| amount(self.worth((*mark)?)));
            MarkRow {
                criterion: self.name_of(*number),
                factor: Amount::new(factor.into(), ONE.into()).filter(|_| factor != ONE),
                base: base.map(|base| Amount::of(Points::from_units(base))),
                worth: if valued { worth.collect() } else { Vec::new() },
                dropped: vec![false; marks.len()],
                marks,
            }
        });
        let by_criterion = self.engine.rule.aggregation.scope == Scope::Criterion;
        let total = |expert: &usize| {
            let total = Fraction::new(self.table.total(self.row, *expert)?, self.table.total_under())?;
            amount(total)
        };
        MarkTable {
            experts: self.experts.iter().map(name).collect(),
            rows: rows.collect(),
            totals: if by_criterion { Vec::new() } else { self.experts.iter().map(total).collect() },
        }
    }

    /// The pass line, figure by figure.
    fn passes(&self) -> Option<Vec<Pass>> {
        let line = &self.engine.rule.pass_line;
        let Some(score) = self.work.score else { return Some(Vec::new()) };
        let mut out = Vec::new();
        if let Some(least) = line.total {
            let passes = match self.engine.rule.aggregation.beyond.direction {
                Direction::Descending => score >= least,
                Direction::Ascending => score <= least,
            };
            if passes == self.work.said.contains(&Said::BelowLine) {
                return None;
            }
            let result = Amount::of(least);
            let least = crate::domain::explained::Formula::Same(result);
            out.push(Pass { of: None, value: score, least, result, passes });
        }
        let Some(share) = line.dimension_share else { return Some(out) };
        let values = match self.engine.rule.aggregation.statistic {
            crate::domain::rubric::Statistic::Sum => i128::try_from(self.work.kept).ok()?,
            _ => 1,
        };
        for (number, (group, sum)) in self.engine.rule.groups.iter().zip(&self.work.sums).enumerate() {
            let (Some(max), Some(sum)) = (group.max, *sum) else { continue };
            let value = self.engine.rounded(sum)?;
            let mut factors = vec![Amount::of(max), Amount::of(share)];
            if values != 1 {
                factors.insert(1, Amount::new(values, 1)?);
            }
            let least = i128::from(share.units()).checked_mul(max.units().into())?.checked_mul(values)?;
            let result = Amount::new(least, i128::from(Points::UNIT) * i128::from(Points::UNIT))?;
            let passes = !self.work.said.contains(&Said::BelowGroup(number));
            let least = crate::domain::explained::Formula::Product(factors);
            out.push(Pass { of: Some(group.id.clone()), value, least, result, passes });
        }
        Some(out)
    }

    /// A factor in points.
    fn factor(factor: i64) -> Option<Amount> {
        Amount::new(factor.into(), 10i128.pow(FACTOR_PLACES))
    }
}

/// What is added to a criterion.
fn base_of(application: &Application, panel: &Panel, criterion: u32) -> Option<i64> {
    let column = panel.columns.get(at(criterion)).and_then(|column| column.given.1);
    application.given(criterion).map_or(column, |(_, base)| base)
}

#[cfg(test)]
#[path = "tests.rs"]
pub(crate) mod tests;
