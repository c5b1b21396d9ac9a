//! Leaving one expert out (逐一去掉一位专家): every panel counted again by the same
//! engine and the same rule, without one expert's marks. What comes of it is what
//! the files without that expert's rows would give; applications that nobody else
//! marked stay, without a result.

use std::collections::{BTreeSet, HashMap};

use crate::base::limits::{Counted, too_many};
use crate::base::{Problem, Result};
use crate::domain::doubt::left_out::{Crossing, LeftOut, Replayed, Side, Stand, Without};
use crate::domain::given::Given;
use crate::domain::marks::{Marks as _, Spot};

use super::super::engine::Engine;
use super::super::names::at;
use super::super::standing::Ranked;
use super::table::{PanelTable, Settled};

/// Most marks that are counted again, over all experts of a panel.
pub const MOST_AGAIN: usize = 400_000_000;

/// A standing by application.
type Stands<'a> = HashMap<&'a str, Stand>;

/// Counts a panel again without each of its experts. Where it takes over scores
/// of an earlier stage, the expert is left out there too.
///
/// # Errors
/// More marks than are counted again; figures that do not fit without an expert.
pub fn left_out(table: &Settled, panel: PanelTable<'_>) -> Result<LeftOut> {
    let stages = stages(table, panel);
    let given = table.engine.given.of_panels(&stages.iter().map(PanelTable::name).collect::<Vec<_>>());
    let marks: usize = stages.iter().map(PanelTable::marks).sum();
    let experts = panel.experts();
    if marks.saturating_mul(experts.len()) > MOST_AGAIN {
        return Err(too_many(Counted::Marks, MOST_AGAIN.checked_div(experts.len()).unwrap_or(0)).into());
    }
    let full = stands(&table.engine, panel.ranked);
    let order: Vec<&str> = names(&table.engine, panel.ranked);
    let mut places: Vec<Replayed> = Vec::with_capacity(order.len());
    for application in &order {
        let Some(stand) = full.get(application) else { continue };
        places.push(Replayed {
            application: (*application).to_owned(),
            stand: *stand,
            without: Vec::with_capacity(experts.len()),
            same_rank: 0,
            same_side: 0,
            no_result: 0,
            best_worst: None,
        });
    }
    let mut out = Vec::with_capacity(experts.len());
    for expert in experts {
        let (engine, ranked) = without(table, (&stages, &given), panel.name(), expert)?;
        let stands = stands(&engine, &ranked);
        out.push(compare(expert, &engine, &ranked, &stands, &mut places));
    }
    for place in &mut places {
        place.sum_up();
    }
    Ok(LeftOut { panel: panel.name().to_owned(), places, experts: out })
}

impl Replayed {
    fn sum_up(&mut self) {
        let ranks = || self.without.iter().filter_map(|stand| stand.rank);
        let best_worst = ranks().min().zip(ranks().max());
        let same_rank = self.without.iter().filter(|stand| stand.rank.is_some() && stand.rank == self.stand.rank);
        let same_rank = same_rank.count();
        self.same_side = self.without.iter().filter(|stand| stand.side == self.stand.side).count();
        self.no_result = self.without.iter().filter(|stand| stand.rank.is_none()).count();
        (self.same_rank, self.best_worst) = (same_rank, best_worst);
    }
}

/// What is other without an expert; each application's stand is put to the others.
fn compare(expert: &str, engine: &Engine, ranked: &Ranked, stands: &Stands<'_>, places: &mut [Replayed]) -> Without {
    let line = engine.line_of(ranked);
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let mut out = Without {
        expert: expert.to_owned(),
        above: owned(&line.above),
        tied: owned(&line.tied_at_line),
        seats_left: line.seats_left,
        crossings: Vec::new(),
        moved: 0,
        no_result: Vec::new(),
    };
    for place in places {
        let nothing = Stand { rank: None, score: None, sheets: 0, side: place.stand.side.map(|_| Side::Below) };
        let stand = stands.get(place.application.as_str()).copied().unwrap_or(nothing);
        out.moved += usize::from(stand.rank != place.stand.rank);
        if place.stand.rank.is_some() && stand.rank.is_none() {
            out.no_result.push(place.application.clone());
        }
        if let (Some(from), Some(to)) = (place.stand.side, stand.side)
            && from != to
        {
            out.crossings.push(Crossing { application: place.application.clone(), from, to });
        }
        place.without.push(stand);
    }
    out
}

/// The panel, and all that it takes scores over from.
fn stages<'a>(table: &'a Settled, panel: PanelTable<'a>) -> Vec<PanelTable<'a>> {
    let mut wanted: BTreeSet<u32> = BTreeSet::new();
    let mut open = vec![panel.ranked.panel];
    while let Some(next) = open.pop() {
        if wanted.insert(next) {
            open.extend(table.engine.earlier(next).into_iter().filter_map(|(_, from)| from));
        }
    }
    table.panels().filter(|panel| wanted.contains(&panel.ranked.panel)).collect()
}

/// The standing of a panel without an expert.
fn without(
    table: &Settled,
    (stages, given): (&[PanelTable<'_>], &Given),
    panel: &str,
    expert: &str,
) -> Result<(Engine, Ranked)> {
    let mut engine = Engine::bare(table.engine.rule.clone(), given.clone())?;
    for stage in stages {
        let panel = engine.panel(stage.name())?;
        // In one order everywhere, and nobody is lost with the last mark.
        let applications: Vec<u32> =
            stage.applications().iter().map(|name| engine.application(panel, name)).collect::<Result<_>>()?;
        let criteria: Vec<u32> =
            stage.criteria().iter().map(|name| engine.criterion(panel, name)).collect::<Result<_>>()?;
        let names = stage.experts();
        let experts: Vec<u32> = names.iter().map(|name| engine.expert(name)).collect::<Result<_>>()?;
        let gone = names.iter().position(|name| *name == expert);
        for (application, expert, criterion, mark) in stage.cells() {
            if Some(expert) == gone {
                continue;
            }
            let number = |of: &[u32], place: usize| of.get(place).copied().unwrap_or(u32::MAX);
            let spot = Spot {
                panel,
                application: number(&applications, application),
                expert: number(&experts, expert),
                criterion: number(&criteria, criterion),
            };
            engine.mark(spot, mark)?;
        }
    }
    let ranked = engine.rank(table.quota)?;
    let found = ranked.into_iter().find(|ranked| engine.name_of(ranked) == panel);
    Ok((engine, found.ok_or(Problem::DoesNotFit)?))
}

/// Applications in order of a standing.
fn names<'a>(engine: &'a Engine, ranked: &Ranked) -> Vec<&'a str> {
    let panel = engine.panels.get(at(ranked.panel));
    ranked.slots.iter().map(|slot| panel.map_or("", |panel| panel.names.name(slot.application))).collect()
}

/// Where everyone stands.
fn stands<'a>(engine: &'a Engine, ranked: &Ranked) -> Stands<'a> {
    let side = |place: usize| {
        ranked.quota?;
        Some(if ranked.above.contains(&place) {
            Side::Above
        } else if ranked.tied_at_line.contains(&place) {
            Side::Tied
        } else {
            Side::Below
        })
    };
    (0..ranked.len())
        .filter_map(|place| {
            let placed = engine.place(ranked, place, false)?;
            let (rank, score, sheets) = (placed.rank, placed.score, placed.valid_sheets);
            Some((placed.code, Stand { rank, score, sheets, side: side(place) }))
        })
        .collect()
}

#[cfg(test)]
#[path = "replay_tests.rs"]
pub(crate) mod tests;
