//! What places rest on, as plain csv: one row an application.

use crate::domain::doubt::report::{Figure, Panel, Place, Report, share};
use crate::domain::doubt::shown::Shown;

use super::report;

const HEADER: [&str; 17] = [
    "panel",
    "code",
    "rank",
    "score",
    "lowest",
    "highest",
    "median",
    "sd",
    "standings",
    "same_place",
    "same_side",
    "no_result",
    "best",
    "worst",
    "draws",
    "inside",
    "share",
];

/// Writes the places of all panels.
#[must_use]
pub fn write(all: &Report) -> Vec<u8> {
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    for panel in &all.panels {
        rows.extend(panel.places.iter().map(|place| row(panel, place)));
    }
    // What follows panel and code are figures.
    report::csv_with_figures(&rows, &(2..HEADER.len()).collect::<Vec<_>>())
}

/// Writes experts with their own employers.
#[must_use]
pub fn employers(all: &Report) -> Vec<u8> {
    let header = ["expert", "employer", "own_marks", "own", "other_marks", "others", "difference"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    let figure = |figure: &Figure| figure.map(Shown::shortest).unwrap_or_default();
    for of in all.employers.iter().flatten().flat_map(|employers| &employers.experts) {
        rows.push(vec![
            of.expert.clone().unwrap_or_default(),
            of.employer.clone(),
            of.marks.0.to_string(),
            figure(&of.own),
            of.marks.1.to_string(),
            figure(&of.others),
            figure(&of.difference),
        ]);
    }
    report::csv_with_figures(&rows, &[2, 3, 4, 5, 6])
}

fn row(panel: &Panel, place: &Place) -> Vec<String> {
    let figure = |figure: &Figure| figure.map(Shown::shortest).unwrap_or_default();
    let (lowest, highest) = place.ends.clone().unwrap_or_default();
    let replayed = panel.left_out.places.iter().find(|replayed| replayed.application == place.code);
    let times = |count: Option<usize>| count.map(|count| count.to_string()).unwrap_or_default();
    let (best, worst) = replayed
        .and_then(|replayed| replayed.best_worst)
        .map_or_else(Default::default, |(best, worst)| (best.to_string(), worst.to_string()));
    let drawn = panel.resampled.as_ref().ok();
    let member = drawn.and_then(|drawn| drawn.members.iter().find(|member| member.application == place.code));
    let total = drawn.map(|drawn| drawn.draws.total());
    vec![
        panel.name.clone(),
        place.code.clone(),
        place.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        place.score.clone().unwrap_or_default(),
        lowest,
        highest,
        figure(&place.median),
        figure(&place.deviation),
        times(Some(panel.left_out.experts.len()).filter(|_| !panel.of_raw)),
        times(replayed.map(|replayed| replayed.same_rank)),
        times(replayed.filter(|_| panel.line.quota.is_some()).map(|replayed| replayed.same_side)),
        times(replayed.map(|replayed| replayed.no_result)),
        best,
        worst,
        total.map(|total| total.to_string()).unwrap_or_default(),
        member.map(|member| member.inside.to_string()).unwrap_or_default(),
        member
            .zip(total)
            .and_then(|(member, total)| share(member.inside, total))
            .map(Shown::shortest)
            .unwrap_or_default(),
    ]
}
