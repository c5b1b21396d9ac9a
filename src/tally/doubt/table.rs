//! The marks kept, as the table they are of: applications, experts, criteria.
//!
//! The engine keeps no marks; what is asked beside a result (whose absence would
//! change it, how far experts agree, the calculation on paper) needs them. Every
//! mark goes to an engine first, which holds it to the rule, and only then into
//! the table; what is an error there is one here. Once settled, everything is in
//! order of names, so that the order of rows changes nothing.

use std::cmp::Ordering;

use crate::base::limits::{Counted, too_many};
use crate::base::{PacketCode, Points, Result};
use crate::domain::counting::Counting;
use crate::domain::given::Given;
use crate::domain::marks::{Marks, Spot};
use crate::domain::rubric::Rubric;

use super::super::engine::{Engine, Panel};
use super::super::names::at;
use super::super::rank::{Entry, Quota};
use super::super::standing::Ranked;

/// Most marks that are kept.
pub const MOST_MARKS: usize = 5_000_000;

/// What takes marks in and keeps them.
#[derive(Debug)]
pub struct Table {
    engine: Engine,
    kept: Vec<(Spot, Option<Points>)>,
    only: Option<String>,
    most: usize,
}

impl Table {
    /// An empty table for a rule, with what belongs to applications and not to it.
    ///
    /// # Errors
    /// Two rows of factors for the same.
    pub fn new(rule: Counting, given: Given) -> Result<Self> {
        Ok(Self::around(Engine::new(rule, given)?))
    }

    /// Keeps the marks of one application only, whatever panels it is in; all
    /// others are counted and not kept.
    #[must_use]
    pub fn only(mut self, application: &str) -> Self {
        self.only = Some(application.to_owned());
        self
    }

    /// The table of a round: what its sheets give to its packets.
    ///
    /// # Errors
    /// More marks than are kept.
    pub fn of_round(rubric: &Rubric, codes: &[PacketCode], entries: &[Entry]) -> Result<Self> {
        let mut table = Self::around(Engine::bare(Counting::of(rubric), Given::default())?);
        let panel = table.panel("")?;
        for code in codes {
            table.application(panel, code.as_str())?;
        }
        for entry in entries.iter().filter(|entry| codes.contains(&entry.code)) {
            let marks = rubric.criteria().map(|criterion| Some((&criterion.id, *entry.marks.get(&criterion.id)?)));
            // As in a standing, a sheet with a blank counts for nothing.
            let Some(marks) = marks.collect::<Option<Vec<_>>>() else { continue };
            let application = table.application(panel, entry.code.as_str())?;
            let expert = table.expert(entry.expert.as_str())?;
            for (id, mark) in marks {
                let criterion = table.criterion(panel, id.as_str())?;
                table.mark(Spot { panel, application, expert, criterion }, Some(mark))?;
            }
        }
        Ok(table)
    }

    fn around(engine: Engine) -> Self {
        Self { engine: engine.with_totals(), kept: Vec::new(), only: None, most: MOST_MARKS }
    }

    /// Ranks, and puts everything in order of names. No mark can come in after
    /// that.
    ///
    /// # Errors
    /// What [`Engine::rank`] refuses.
    pub fn settled(self, quota: Quota) -> Result<Settled> {
        let Self { mut engine, kept, .. } = self;
        let ranked = engine.rank(quota)?;
        let panels = ranked.iter().map(|ranked| Block::new(&engine, ranked)).collect();
        let mut settled = Settled { engine, quota, ranked, panels };
        settled.sort_in(kept);
        Ok(settled)
    }
}

impl Marks for Table {
    fn panel(&mut self, name: &str) -> Result<u32> {
        self.engine.panel(name)
    }

    fn application(&mut self, panel: u32, name: &str) -> Result<u32> {
        self.engine.application(panel, name)
    }

    fn expert(&mut self, name: &str) -> Result<u32> {
        self.engine.expert(name)
    }

    fn criterion(&mut self, panel: u32, name: &str) -> Result<u32> {
        self.engine.criterion(panel, name)
    }

    fn below_zero(&self) -> bool {
        self.engine.below_zero()
    }

    fn mark(&mut self, spot: Spot, mark: Option<Points>) -> Result<()> {
        self.engine.mark(spot, mark)?;
        if let Some(only) = &self.only {
            let panel = self.engine.panels.get(at(spot.panel));
            if panel.is_none_or(|panel| panel.names.name(spot.application) != only.as_str()) {
                return Ok(());
            }
        }
        if self.kept.len() >= self.most {
            return Err(too_many(Counted::Marks, self.most).into());
        }
        self.kept.push((spot, mark));
        Ok(())
    }
}

/// The table in order, with the standing of each panel.
#[derive(Debug)]
pub struct Settled {
    pub(in crate::tally) engine: Engine,
    pub(in crate::tally) quota: Quota,
    pub(in crate::tally) ranked: Vec<Ranked>,
    panels: Vec<Block>,
}

/// A panel's marks, by the numbers of the engine but in order of names.
#[derive(Debug)]
struct Block {
    /// The panel's number.
    panel: u32,
    /// Numbers of applications, in order of name.
    applications: Vec<u32>,
    /// Numbers of experts that gave a mark, in order of name.
    experts: Vec<u32>,
    /// Numbers of criteria, as they are shown.
    criteria: Vec<u32>,
    /// Application, expert and where the marks begin; in that order.
    rows: Vec<(u32, u32, usize)>,
    /// Criterion and mark; places in the lists above, as in `rows`.
    cells: Vec<(u32, Option<Points>)>,
}

/// A list's places by the numbers that stand in it.
fn places(numbers: &[u32]) -> Vec<u32> {
    let most = numbers.iter().max().map_or(0, |most| at(*most) + 1);
    let mut out = vec![u32::MAX; most];
    for (place, number) in (0u32..).zip(numbers) {
        if let Some(slot) = out.get_mut(at(*number)) {
            *slot = place;
        }
    }
    out
}

impl Block {
    fn new(engine: &Engine, ranked: &Ranked) -> Self {
        let mut applications: Vec<u32> = ranked.slots.iter().map(|slot| slot.application).collect();
        if let Some(panel) = engine.panels.get(at(ranked.panel)) {
            applications.sort_unstable_by_key(|number| panel.names.name(*number));
        }
        Self {
            panel: ranked.panel,
            applications,
            experts: Vec::new(),
            criteria: ranked.columns.clone(),
            rows: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// Takes in the panel's marks.
    fn fill(&mut self, engine: &Engine, kept: &mut [(Spot, Option<Points>)]) {
        let mut experts: Vec<u32> =
            kept.iter().filter(|(_, mark)| mark.is_some()).map(|(spot, _)| spot.expert).collect();
        experts.sort_unstable();
        experts.dedup();
        experts.sort_unstable_by_key(|number| engine.expert_names.name(*number));
        self.experts = experts;
        let (applications, experts, criteria) =
            (places(&self.applications), places(&self.experts), places(&self.criteria));
        let place = |of: &[u32], number: u32| of.get(at(number)).copied().unwrap_or(u32::MAX);
        for (spot, _) in kept.iter_mut() {
            spot.application = place(&applications, spot.application);
            spot.expert = place(&experts, spot.expert);
            spot.criterion = place(&criteria, spot.criterion);
        }
        kept.sort_unstable_by_key(|(spot, _)| (spot.application, spot.expert, spot.criterion));
        for (spot, mark) in kept.iter().filter(|(spot, _)| spot.expert != u32::MAX) {
            let row = (spot.application, spot.expert);
            if self.rows.last().is_none_or(|(application, expert, _)| (*application, *expert) != row) {
                self.rows.push((row.0, row.1, self.cells.len()));
            }
            self.cells.push((spot.criterion, *mark));
        }
    }

    /// The marks of a row.
    fn cells_of(&self, row: usize) -> &[(u32, Option<Points>)] {
        let Some((_, _, from)) = self.rows.get(row) else { return &[] };
        let to = self.rows.get(row + 1).map_or(self.cells.len(), |(.., next)| *next);
        self.cells.get(*from..to).unwrap_or_default()
    }

    fn row(&self, application: usize, expert: usize) -> Option<usize> {
        let compare = |(a, e, _): &(u32, u32, usize)| -> Ordering { (at(*a), at(*e)).cmp(&(application, expert)) };
        self.rows.binary_search_by(compare).ok()
    }
}

impl Settled {
    fn sort_in(&mut self, mut kept: Vec<(Spot, Option<Points>)>) {
        kept.sort_unstable_by_key(|(spot, _)| spot.panel);
        for marks in kept.chunk_by_mut(|(a, _), (b, _)| a.panel == b.panel) {
            let panel = marks.first().map_or(u32::MAX, |(spot, _)| spot.panel);
            if let Some(block) = self.panels.iter_mut().find(|block| block.panel == panel) {
                block.fill(&self.engine, marks);
            }
        }
    }

    /// The engine that counted the marks.
    #[must_use]
    pub const fn engine(&self) -> &Engine {
        &self.engine
    }

    /// How many are wanted.
    #[must_use]
    pub const fn quota(&self) -> Quota {
        self.quota
    }

    /// Panels, in order of their names.
    pub fn panels(&self) -> impl ExactSizeIterator<Item = PanelTable<'_>> {
        self.panels.iter().zip(&self.ranked).map(|(block, ranked)| PanelTable { of: self, block, ranked })
    }

    /// The panel of a name.
    #[must_use]
    pub fn panel(&self, name: &str) -> Option<PanelTable<'_>> {
        self.panels().find(|panel| panel.name() == name)
    }
}

/// One panel's table. Applications, experts and criteria go by their place in
/// the lists given here, from 0.
#[derive(Debug, Clone, Copy)]
pub struct PanelTable<'a> {
    of: &'a Settled,
    block: &'a Block,
    /// The standing.
    pub ranked: &'a Ranked,
}

impl<'a> PanelTable<'a> {
    fn panel(&self) -> Option<&'a Panel> {
        self.of.engine.panels.get(at(self.block.panel))
    }

    /// Its name; empty where the marks name none.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.of.engine.panel_names.name(self.block.panel)
    }

    /// Applications, in order of their names.
    #[must_use]
    pub fn applications(&self) -> Vec<&'a str> {
        let name = |number: &u32| self.panel().map_or("", |panel| panel.names.name(*number));
        self.block.applications.iter().map(name).collect()
    }

    /// Experts that gave a mark, in order of their names.
    #[must_use]
    pub fn experts(&self) -> Vec<&'a str> {
        self.block.experts.iter().map(|number| self.of.engine.expert_names.name(*number)).collect()
    }

    /// Criteria: as the template has them, else in order of their names.
    #[must_use]
    pub fn criteria(&self) -> Vec<&'a str> {
        self.of.engine.criteria_of(self.ranked)
    }

    /// How many marks are kept.
    #[must_use]
    pub fn marks(&self) -> usize {
        self.block.cells.iter().filter(|(_, mark)| mark.is_some()).count()
    }

    /// Every mark and every blank: application, expert, criterion; in that order.
    pub fn cells(&self) -> impl Iterator<Item = (usize, usize, usize, Option<Points>)> {
        let block = self.block;
        block.rows.iter().enumerate().flat_map(move |(row, (application, expert, _))| {
            let cells = block.cells_of(row).iter();
            cells.map(move |(criterion, mark)| (at(*application), at(*expert), at(*criterion), *mark))
        })
    }

    /// What an expert gave to an application: criterion, and the mark or that
    /// it is missing; nothing where neither is said.
    pub fn marks_of(&self, application: usize, expert: usize) -> impl Iterator<Item = (usize, Option<Points>)> {
        let cells = self.block.row(application, expert).map(|row| self.block.cells_of(row));
        cells.unwrap_or_default().iter().map(|(criterion, mark)| (at(*criterion), *mark))
    }

    /// The mark of a cell.
    #[must_use]
    pub fn mark(&self, application: usize, expert: usize, criterion: usize) -> Option<Points> {
        let cells = self.block.cells_of(self.block.row(application, expert)?);
        let place = cells.binary_search_by(|(number, _)| at(*number).cmp(&criterion)).ok()?;
        cells.get(place)?.1
    }

    /// An expert's total for an application as the rule counts it, after factors
    /// and roundings, over [`Self::total_under`] units of 1/10,000 point. Nothing
    /// where a mark is missing that a total needs.
    #[must_use]
    pub fn total(&self, application: usize, expert: usize) -> Option<i128> {
        let (panel, engine) = (self.panel()?, &self.of.engine);
        let there = panel.applications.get(at(*self.block.applications.get(application)?))?;
        let whose = there.find(*self.block.experts.get(expert)?)?;
        let needed = engine.needed(panel, there, &self.block.criteria);
        let complete = !needed.is_empty() && needed.iter().all(|criterion| there.has(*criterion, whose, engine.shape));
        if complete { engine.total(there, whose, 0) } else { None }
    }

    /// What totals are over.
    #[must_use]
    pub const fn total_under(&self) -> i128 {
        self.of.engine.total_under
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
pub(crate) mod tests;
