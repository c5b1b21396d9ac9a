//! The cut line under resampling (名额线的重抽样): experts are drawn with
//! replacement, as many as there are, the same draw for every application; the
//! same engine counts by the same rule, dropping and rounding as ever; an expert
//! drawn twice counts as two. An application is inside where it has a result, is
//! past the pass line, and fewer than the quota have a strictly better score;
//! what else tells equals apart is left aside. What an earlier stage gave stands
//! as it is.
//!
//! Of `n` experts there are `n^n` draws. Those that differ in the order alone come
//! to the same, so each lot is counted once and weighs as often as it comes up:
//! 462 lots stand for all 46,656 draws of six. Where even that is too much, draws
//! are made by chance from a seed that is the digest of the marks.

use crate::base::{Digest, Points, Result};
use crate::domain::doubt::resampled::{Draws, Member, NotDrawn, Resampled};
use crate::domain::marks::{Marks as _, Spot};
use crate::domain::rubric::beyond::{Direction, RankOn};
use crate::domain::rubric::{QuotaKind, Scope};

use super::super::engine::Engine;
use super::super::fraction::Fraction;
use super::super::names::at;
use super::super::work::{Detail, Said};
use super::chance::Chance;
use super::table::{PanelTable, Settled};

/// Most marks that are counted over all draws: some two seconds.
pub const MOST_DRAWN: u64 = 60_000_000;
/// A whole total is counted in the time of so many marks, however many it has.
const TOTAL: u64 = 3;
/// Marks of a total beyond which nothing more is saved.
const MOST_SAVED: u64 = 18;
/// Experts beyond so many are kept apart, which takes several times as long.
const NEAR: usize = 64;
/// How many times.
const DEARER: u64 = 4;
/// Draws by chance, where so many are within reach.
pub const DRAWS: u32 = 10_000;
/// Fewest that say anything.
const FEWEST: u32 = 200;

/// Draws experts of a panel and counts who is inside.
///
/// # Errors
/// Figures that do not fit.
pub fn resampled(table: &Settled, panel: PanelTable<'_>) -> Result<std::result::Result<Resampled, NotDrawn>> {
    within(table, panel, MOST_DRAWN)
}

/// The same with another budget of marks.
fn within(table: &Settled, panel: PanelTable<'_>, most: u64) -> Result<std::result::Result<Resampled, NotDrawn>> {
    let quota = table.quota.number.filter(|_| table.quota.kind != QuotaKind::None);
    let Some(quota) = quota else { return Ok(Err(NotDrawn::NoLine)) };
    let names = panel.experts();
    let experts = names.len();
    if experts < 2 {
        return Ok(Err(NotDrawn::TooFewExperts));
    }
    let applications = panel.applications();
    // An application costs something even without a mark.
    let cost = u64::try_from(panel.marks().saturating_add(applications.len())).unwrap_or(u64::MAX).max(1);
    let by_total = table.engine.rule.aggregation.scope == Scope::ExpertTotal;
    let criteria = u64::try_from(panel.criteria().len()).unwrap_or(u64::MAX);
    let most = match (by_total, experts <= NEAR) {
        (true, true) => most.saturating_mul(criteria.clamp(1, MOST_SAVED)) / TOTAL,
        (false, true) => most,
        (_, false) => most / DEARER,
    };
    let affordable = most / cost;
    let mut desk = Desk::new(table, panel, quota)?;
    let mut counts: Vec<(u128, u128)> = vec![(0, 0); applications.len()];
    let mut add = |desk: &mut Desk<'_>, lot: &[u32], weight: u128| -> Result<()> {
        for (count, (inside, none)) in counts.iter_mut().zip(desk.count(lot)?) {
            count.0 += weight * u128::from(*inside);
            count.1 += weight * u128::from(*none);
        }
        Ok(())
    };
    let draws = if let Some((total, different)) = all(experts).filter(|(_, different)| *different <= affordable) {
        let mut lots = Lots::new(experts);
        while let Some((lot, weight)) = lots.next() {
            add(&mut desk, lot, weight)?;
        }
        Draws::All { total, different }
    } else {
        let total = u32::try_from(affordable).unwrap_or(u32::MAX).min(DRAWS);
        if total < FEWEST {
            return Ok(Err(NotDrawn::TooLarge));
        }
        let seed = seed(panel);
        let mut chance = Chance::new(seed);
        let (mut lot, below) = (vec![0u32; experts], u32::try_from(experts).unwrap_or(u32::MAX));
        for _ in 0..total {
            lot.fill(0);
            for _ in 0..experts {
                if let Some(times) = lot.get_mut(at(chance.below(below))) {
                    *times += 1;
                }
            }
            add(&mut desk, &lot, 1)?;
        }
        Draws::Seeded { total, seed }
    };
    let members = applications.into_iter().zip(counts).map(|(application, (inside, no_result))| Member {
        application: application.to_owned(),
        inside,
        no_result,
    });
    Ok(Ok(Resampled { panel: panel.name().to_owned(), quota, experts, draws, members: members.collect() }))
}

/// The digest of a panel's marks, in order of names.
fn seed(panel: PanelTable<'_>) -> Digest {
    let (applications, experts, criteria) = (panel.applications(), panel.experts(), panel.criteria());
    let mut parts: Vec<Vec<u8>> = Vec::new();
    let name = |of: &[&str], place: usize| of.get(place).map_or_else(Vec::new, |name| name.as_bytes().to_vec());
    for (application, expert, criterion, mark) in panel.cells() {
        let Some(mark) = mark else { continue };
        parts.extend([name(&applications, application), name(&experts, expert), name(&criteria, criterion)]);
        parts.push(mark.to_string().into_bytes());
    }
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    Digest::of_parts("pingshen/panel/v1\n", &parts)
}

/// How many draws of so many experts there are, and how many lots; nothing
/// where that does not fit.
fn all(experts: usize) -> Option<(u128, u64)> {
    let n = u32::try_from(experts).ok()?;
    let total = u128::from(n).checked_pow(n)?;
    // (2n-1) over n, whole at every step.
    let mut lots = 1u128;
    for k in 1..=u128::from(n) {
        lots = lots.checked_mul(u128::from(n) - 1 + k)? / k;
    }
    Some((total, u64::try_from(lots).ok()?))
}

/// Every lot of `n` out of `n`, each with how many draws come to it.
struct Lots {
    times: Vec<u32>,
    first: bool,
    factorials: Vec<u128>,
}

impl Lots {
    fn new(experts: usize) -> Self {
        let mut times = vec![0; experts];
        if let Some(last) = times.last_mut() {
            *last = u32::try_from(experts).unwrap_or(0);
        }
        let mut factorials = vec![1u128];
        for k in 1..=experts {
            let last = factorials.last().copied().unwrap_or(1);
            factorials.push(last.saturating_mul(u128::try_from(k).unwrap_or(1)));
        }
        Self { times, first: true, factorials }
    }

    fn next(&mut self) -> Option<(&[u32], u128)> {
        if !std::mem::take(&mut self.first) {
            // One is moved from the first that has any behind the start to the
            // place before it; the rest of that place goes to the end.
            let from = self.times.iter().skip(1).rposition(|times| *times > 0)? + 1;
            let moved = std::mem::take(self.times.get_mut(from)?);
            *self.times.get_mut(from - 1)? += 1;
            *self.times.last_mut()? += moved - 1;
        }
        let factorial = |times: u32| self.factorials.get(at(times)).copied().unwrap_or(1);
        let weight = self.times.iter().fold(*self.factorials.last()?, |weight, times| weight / factorial(*times));
        Some((&self.times, weight))
    }
}

/// A mark, worked out once.
#[derive(Clone, Copy)]
struct Cell {
    spot: Spot,
    value: i64,
    adds: i128,
}

/// All that one expert gave to one application, where totals are counted.
#[derive(Clone)]
struct Sheet {
    spot: Spot,
    criteria: Vec<u32>,
    totals: Vec<i128>,
}

/// What one expert gave: whole sheets where those are enough, else mark by mark.
#[derive(Clone, Default)]
struct Given {
    cells: Vec<Cell>,
    sheets: Vec<Sheet>,
}

impl Given {
    /// Takes a mark in that goes into these sums.
    fn take(&mut self, cell: Cell, sums: &[usize], totals: usize, whole: bool) -> Option<()> {
        if !whole {
            self.cells.push(cell);
            return Some(());
        }
        if self.sheets.last().is_none_or(|sheet| sheet.spot.application != cell.spot.application) {
            let spot = Spot { criterion: 0, ..cell.spot };
            self.sheets.push(Sheet { spot, criteria: Vec::new(), totals: vec![0; totals] });
        }
        let sheet = self.sheets.last_mut()?;
        sheet.criteria.push(cell.spot.criterion);
        for sum in sums {
            let total = sheet.totals.get_mut(*sum)?;
            *total = total.checked_add(cell.adds)?;
        }
        Some(())
    }
}

/// An engine that counts one lot after another.
struct Desk<'a> {
    engine: Engine,
    of: PanelTable<'a>,
    panel: u32,
    /// Marks by expert.
    given: Vec<Given>,
    /// Numbers of criteria, as they are shown.
    columns: Vec<u32>,
    /// By the engine's number of an application, its place in the standing.
    slots: Vec<usize>,
    quota: usize,
    /// By number: whether each is inside, and whether it has no result.
    out: Vec<(bool, bool)>,
}

/// A score as it is compared.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
enum Score {
    Points(Points),
    Exact(Fraction),
}

impl<'a> Desk<'a> {
    fn new(table: &'a Settled, of: PanelTable<'a>, quota: u32) -> Result<Self> {
        let mut engine = Engine::bare(table.engine.rule.clone(), table.engine.given.of_panels(&[of.name()]))?;
        let panel = engine.panel(of.name())?;
        let criteria: Vec<u32> =
            of.criteria().iter().map(|name| engine.criterion(panel, name)).collect::<Result<_>>()?;
        let applications: Vec<u32> =
            of.applications().iter().map(|name| engine.application(panel, name)).collect::<Result<_>>()?;
        // In place of names that experts have: those of their seats.
        let experts = of.experts().len();
        for seat in 0..experts {
            engine.expert(&seat.to_string())?;
        }
        engine.settle()?;
        let mut given = vec![Given::default(); experts];
        let whole = engine.rule.aggregation.scope == Scope::ExpertTotal && experts <= NEAR;
        for (application, expert, criterion, mark) in of.cells() {
            let Some(mark) = mark else { continue };
            let number = |of: &[u32], place: usize| of.get(place).copied().unwrap_or(u32::MAX);
            let spot = Spot {
                panel,
                application: number(&applications, application),
                expert: 0,
                criterion: number(&criteria, criterion),
            };
            let (value, adds) = engine.worked(spot, mark)?;
            let sums = engine.panels.get(at(panel)).and_then(|panel| panel.columns.get(at(spot.criterion)));
            let sums = sums.map(|column| column.sums.as_slice()).unwrap_or_default();
            let cell = Cell { spot, value, adds };
            let taken = given.get_mut(expert).and_then(|given| given.take(cell, sums, engine.shape.totals, whole));
            taken.ok_or(crate::base::Problem::DoesNotFit)?;
        }
        let known = table.engine.panels.get(at(of.ranked.panel));
        let mut places = std::collections::HashMap::new();
        for (place, slot) in of.ranked.slots.iter().enumerate() {
            places.insert(known.map_or("", |known| known.names.name(slot.application)), place);
        }
        let slots = of.applications().iter().map(|name| places.get(name).copied().unwrap_or(usize::MAX)).collect();
        let quota = at(quota);
        let mut desk = Self { engine, of, panel, given, columns: criteria, slots, quota, out: Vec::new() };
        desk.out = vec![(false, false); desk.slots.len()];
        Ok(desk)
    }

    /// Counts one lot: how often each expert was drawn.
    fn count(&mut self, lot: &[u32]) -> Result<&[(bool, bool)]> {
        self.engine.forget();
        let mut seat = 0;
        for (times, given) in lot.iter().zip(&self.given) {
            for _ in 0..*times {
                for sheet in &given.sheets {
                    self.engine.put_sheet(Spot { expert: seat, ..sheet.spot }, &sheet.criteria, &sheet.totals)?;
                }
                for cell in &given.cells {
                    self.engine.put_worked(Spot { expert: seat, ..cell.spot }, cell.value, cell.adds)?;
                }
                seat += 1;
            }
        }
        let (shape, rule) = (self.engine.shape, &self.engine.rule.aggregation);
        let (direction, on) = (rule.beyond.direction, rule.beyond.rank_on);
        if let Some(panel) = self.engine.panels.get_mut(at(self.panel)) {
            panel.recount(shape, rule);
        }
        let Some(panel) = self.engine.panels.get(at(self.panel)) else { return Ok(&[]) };
        let mut scores: Vec<Option<Score>> = Vec::with_capacity(self.slots.len());
        for ((number, slot), out) in (0u32..).zip(&self.slots).zip(&mut self.out) {
            let brought = self.of.ranked.slots.get(*slot).and_then(|slot| slot.brought.as_deref());
            let work = self
                .engine
                .work(panel, number, &self.columns, brought, Detail::Score)
                .ok_or_else(|| crate::base::Problem::TooLarge { code: panel.names.name(number).to_owned() })?;
            let failed = work.said.iter().any(|said| matches!(said, Said::BelowLine | Said::BelowGroup(_)));
            let score = match on {
                RankOn::Rounded => work.score.map(Score::Points),
                RankOn::Exact => work.exact.map(Score::Exact),
            };
            *out = (false, score.is_none());
            scores.push(score.filter(|_| !failed));
        }
        // The score of the last seat: whoever has that or better is inside.
        let mut order: Vec<Score> = scores.iter().flatten().copied().collect();
        order.sort_unstable();
        if direction == Direction::Descending {
            order.reverse();
        }
        let last = self.quota.checked_sub(1).and_then(|last| order.get(last).or(order.last())).copied();
        for (score, out) in scores.iter().zip(&mut self.out) {
            out.0 = score.zip(last).is_some_and(|(score, last)| match direction {
                Direction::Descending => score >= last,
                Direction::Ascending => score <= last,
            });
        }
        Ok(&self.out)
    }
}

#[cfg(test)]
#[path = "resample_tests.rs"]
mod tests;
