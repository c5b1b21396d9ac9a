//! Places and the line as they are, with how far each application's totals lie
//! apart.

use crate::domain::doubt::report::{Line, Place};

use super::super::spread::spread;
use super::super::table::Settled;
use super::{Known, exact, figure, look, words};

/// The line and the places of a panel, in order of the standing.
pub(super) fn places(settled: &Settled, known: &Known<'_>) -> (Line, Vec<Place>) {
    let (engine, ranked) = (settled.engine(), known.table.ranked);
    let drawn = engine.line_of(ranked);
    let line = Line {
        quota: drawn.quota,
        tied: drawn.tied_at_line.iter().map(|code| (*code).to_owned()).collect(),
        seats_left: drawn.seats_left,
    };
    let place = |placed: crate::domain::tallied::Placed<'_>| {
        let number = known.applications.binary_search(&placed.code).ok();
        let spread = number.zip(known.totals.as_ref().ok()).and_then(|(at, grid)| spread(grid, at).ok());
        let none = crate::domain::doubt::Undefined::TooFewMarks;
        let z = number.map(|at| look::modified_z(known, at)).unwrap_or_default();
        Place {
            z,
            rank: placed.rank,
            score: placed.score.map(|score| engine.rule().score_text(score)),
            above: drawn.above.contains(&placed.code),
            ends: spread.as_ref().map(|spread| (words(spread.lowest), words(spread.highest))),
            median: spread.as_ref().map_or(Err(none), |spread| exact(spread.median)),
            deviation: spread.as_ref().map_or(Err(none), |spread| figure(spread.deviation)),
            code: placed.code.to_owned(),
        }
    };
    let places = (0..ranked.len()).filter_map(|at| engine.place(ranked, at, false)).map(place).collect();
    (line, places)
}
