//! The standing as plain csv for other programs: one row a place, the same
//! words as in the json, no time and no log head.

use std::collections::BTreeSet;

use crate::domain::standing::{Dropped, Standing};

use super::report;
use super::standing_json::flag_word;

/// Columns before those of dimensions and experts.
const FIXED: [&str; 10] =
    ["rank", "code", "score", "valid_sheets", "dropped", "recommend", "votes", "tied", "tie_break", "flags"];

/// Writes a standing; several values in a cell are separated by a blank.
#[must_use]
pub fn write(standing: &Standing) -> Vec<u8> {
    let dimensions: BTreeSet<_> = standing.places.iter().flat_map(|place| place.dimensions.keys()).collect();
    let experts: BTreeSet<_> = standing.places.iter().flat_map(|place| place.expert_totals.keys()).collect();
    let places = standing.rule.aggregation.places;
    let mut header: Vec<String> = FIXED.map(str::to_owned).to_vec();
    header.extend(dimensions.iter().map(ToString::to_string));
    header.extend(experts.iter().map(ToString::to_string));
    // Last, and only where groups were made comparable.
    let raw = standing.places.iter().any(|place| place.raw.is_some());
    header.extend(raw.then(|| "raw".to_owned()));
    let mut rows = vec![header];
    for place in &standing.places {
        let mut row = vec![
            place.rank_text().unwrap_or_default(),
            place.code.to_string(),
            place.score.map(|score| score.fixed(places)).unwrap_or_default(),
            place.valid_sheets.to_string(),
            dropped(&place.dropped),
            place.votes.recommend.to_string(),
            place.votes.said.to_string(),
            place.tied.to_string(),
            place.tie_break.as_ref().map(ToString::to_string).unwrap_or_default(),
            place.flags.iter().map(flag_word).collect::<Vec<_>>().join(" "),
        ];
        row.extend(
            dimensions.iter().map(|id| place.dimensions.get(*id).map(|value| value.fixed(places)).unwrap_or_default()),
        );
        row.extend(
            experts
                .iter()
                .map(|id| place.expert_totals.get(*id).map(|value| value.at_least(places)).unwrap_or_default()),
        );
        if raw {
            row.push(place.raw.map(|raw| raw.fixed(places)).unwrap_or_default());
        }
        rows.push(row);
    }
    report::csv(&rows)
}

fn dropped(dropped: &Dropped) -> String {
    match dropped {
        Dropped::Totals(experts) => experts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        Dropped::Marks(marks) => marks
            .iter()
            .flat_map(|(id, experts)| experts.iter().map(move |expert| format!("{id}:{expert}")))
            .collect::<Vec<_>>()
            .join(" "),
    }
}
