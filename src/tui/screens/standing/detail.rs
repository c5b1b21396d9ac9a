//! The detail of a place: how its score comes about, what each expert gave and
//! said. Experts are named by their codes here, and only here.

use std::collections::BTreeSet;

use crate::base::lang::{Standing as Texts, fill};
use crate::base::text::{pad, pad_left, width};
use crate::base::{CriterionId, ExpertCode};
use crate::domain::sheet::Vote;
use crate::domain::standing::{Flag, Standee};

use super::marks::given;
use super::material::ends;
use super::paper::Paper;
use super::{State, marks, words};

/// What stands under the title of the page.
#[must_use]
pub(super) fn under(state: &State, place: &Standee) -> String {
    let t = &state.t.standing;
    let rank = match place.rank_text() {
        Some(rank) if place.tied => fill(t.detail_rank_tied, &[&rank]),
        Some(rank) => fill(t.detail_rank, &[&rank]),
        None => t.detail_no_rank.to_owned(),
    };
    let score =
        state.material.score(place).map_or_else(|| t.no_result.to_owned(), |score| fill(t.detail_score, &[&score]));
    let notes = words::notes(t, &state.material, place, true, true);
    [rank, score, notes].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("   ")
}

/// Writes the page.
pub(super) fn write(state: &State, place: &Standee, paper: &mut Paper) {
    let t = &state.t.standing;
    let base = paper.brush.theme.base;
    paper.section(t.section_sum);
    paper.text(" ", &words::sum(state.t.lang, &state.material, place), base);
    for flag in &place.flags {
        paper.text(" ! ", &flag.words(state.t.lang), paper.brush.theme.warn);
    }
    totals(state, place, paper);
    dimensions(state, place, paper);
    ties(state, place, paper);
    paper.section(t.section_marks);
    marks::write(state, place, paper);
    opinions(state, place, paper);
    reports(state, place, paper);
}

fn vote_words(t: &Texts, vote: Option<Vote>) -> &str {
    match vote {
        Some(Vote::Recommend) => t.vote_for,
        Some(Vote::Not) => t.vote_against,
        None => t.vote_none,
    }
}

fn totals(state: &State, place: &Standee, paper: &mut Paper) {
    let t = &state.t.standing;
    let (base, title) = (paper.brush.theme.base, paper.brush.theme.title);
    let sheets = &state.material.ranked.sheets;
    paper.section(t.section_totals);
    let mut experts: BTreeSet<&ExpertCode> = place.expert_totals.keys().collect();
    experts.extend(place.flags.iter().filter_map(|flag| match flag {
        Flag::Recused(expert) => Some(expert),
        _ => None,
    }));
    experts.extend(
        sheets
            .iter()
            .filter(|sheet| sheet.unscored.iter().any(|unscored| unscored.code == place.code))
            .map(|sheet| &sheet.expert),
    );
    let code = experts.iter().map(|expert| width(expert.as_str())).max().unwrap_or(0).clamp(8, 20);
    let row = |expert: &str, total: &str, counted: &str, vote: &str| {
        format!("   {}{}    {}{vote}", pad(expert, code), pad_left(total, 10), pad(counted, 22))
    };
    paper.row(&row(t.expert, &format!("{} ", t.total), t.counted, t.vote), title);
    for expert in experts {
        let sheet = sheets.iter().find(|sheet| sheet.expert == *expert);
        let line = match place.expert_totals.get(expert) {
            Some(total) => {
                let vote = vote_words(t, sheet.and_then(|sheet| given(sheet, place)).and_then(|packet| packet.vote));
                match words::dropped_as(t, place, &state.material.standing().rule, expert) {
                    Some(dropped) => row(expert.as_str(), &format!("({})", total.at_least(1)), dropped, vote),
                    None => row(expert.as_str(), &format!("{} ", total.at_least(1)), t.kept, vote),
                }
            }
            None => {
                let why = sheet.and_then(|sheet| sheet.unscored.iter().find(|unscored| unscored.code == place.code));
                let why = why.map_or_else(
                    || t.recused.to_owned(),
                    |unscored| {
                        fill(t.not_scored, &[&if unscored.reason.is_empty() { t.no_reason } else { &unscored.reason }])
                    },
                );
                format!("   {}{}    {why}", pad(expert.as_str(), code), pad_left("- ", 10))
            }
        };
        paper.row(&line, base);
    }
    if let (Some((lowest, highest)), Some(spread)) = (ends(place), super::material::spread(place)) {
        paper.text("   ", &fill(t.range, &[&highest.at_least(1), &lowest.at_least(1), &spread]), base);
    }
    let against = place.votes.said.saturating_sub(place.votes.recommend);
    let silent = place.valid_sheets.saturating_sub(place.votes.said);
    paper.text("   ", &fill(t.votes, &[&place.votes.recommend, &against, &silent]), base);
}

/// The name of a dimension or criterion.
fn name_of(state: &State, id: &CriterionId) -> String {
    let rubric = &state.material.rubric;
    let dimension =
        rubric.dimensions.iter().find(|dimension| dimension.id == *id).map(|dimension| (&dimension.zh, &dimension.en));
    let found = dimension.or_else(|| rubric.criterion(id).map(|criterion| (&criterion.zh, &criterion.en)));
    found.map_or_else(String::new, |(zh, en)| state.t.lang.pick(zh, en).to_owned())
}

/// Cells for names in a list with figures behind them.
fn names(paper: &Paper) -> usize {
    paper.cells.saturating_sub(32).clamp(16, 48)
}

fn dimensions(state: &State, place: &Standee, paper: &mut Paper) {
    let t = &state.t.standing;
    let base = paper.brush.theme.base;
    if place.dimensions.is_empty() {
        return;
    }
    paper.section(t.section_dimensions);
    let places = state.material.standing().rule.aggregation.places;
    let cells = names(paper);
    for dimension in &state.material.rubric.dimensions {
        let value = place.dimensions.get(&dimension.id).map_or_else(|| "-".to_owned(), |value| value.fixed(places));
        let name = state.t.lang.pick(&dimension.zh, &dimension.en);
        let below = if place.flags.contains(&Flag::BelowDimension(dimension.id.clone())) {
            format!("  {}", fill(t.note_below_dimension, &[&dimension.id]))
        } else {
            String::new()
        };
        paper.row(
            &format!(
                "   {}{}{} {}{below}",
                pad(dimension.id.as_str(), 5),
                pad(name, cells),
                pad_left(&value, 8),
                fill(t.of_max, &[&dimension.max])
            ),
            base,
        );
    }
    paper.text("   ", t.dimensions_note, base);
}

fn ties(state: &State, place: &Standee, paper: &mut Paper) {
    let t = &state.t.standing;
    let base = paper.brush.theme.base;
    let rule = &state.material.standing().rule;
    if place.score.is_none() {
        return;
    }
    paper.section(t.section_ties);
    if rule.tie_keys.is_empty() {
        paper.text("   ", t.ties_none, base);
        return;
    }
    paper.text("   ", t.ties_order, base);
    let cells = names(paper);
    for (at, key) in rule.tie_keys.iter().enumerate() {
        let value =
            place.tie_values.get(key).map_or_else(|| "-".to_owned(), |value| value.fixed(rule.aggregation.places));
        paper.row(
            &format!(
                "   {} {}{}{}",
                pad(&(at + 1).to_string(), 3),
                pad(key.as_str(), 5),
                pad(&name_of(state, key), cells.saturating_sub(4)),
                pad_left(&value, 8)
            ),
            base,
        );
    }
    let outcome = match &place.tie_break {
        _ if place.tied => fill(t.ties_left, &[&equals(state, place)]),
        Some(key) => fill(t.ties_broken, &[key]),
        None => t.ties_unique.to_owned(),
    };
    paper.text("   ", &outcome, base);
}

/// Codes of those at the same place.
fn equals(state: &State, place: &Standee) -> String {
    let places = &state.material.standing().places;
    let others = places.iter().filter(|other| other.rank == place.rank && other.code != place.code);
    others.map(|other| other.code.to_string()).collect::<Vec<_>>().join(" ")
}

fn opinions(state: &State, place: &Standee, paper: &mut Paper) {
    let t = &state.t.standing;
    let (base, title) = (paper.brush.theme.base, paper.brush.theme.title);
    paper.section(t.section_opinions);
    let mut any = false;
    for sheet in &state.material.ranked.sheets {
        let Some(packet) = given(sheet, place) else { continue };
        any = true;
        paper.row(&format!(" {}  {}", sheet.expert, vote_words(t, packet.vote)), title);
        paper.text("   ", if packet.opinion.trim().is_empty() { t.no_opinion } else { &packet.opinion }, base);
        for mark in packet.marks.iter().filter(|mark| !mark.remark.trim().is_empty()) {
            let lead = format!("   {} ", pad(mark.criterion.as_str(), 4));
            paper.text(
                &lead,
                &fill(t.mark_remark, &[&name_of(state, &mark.criterion), &mark.points, &mark.remark]),
                base,
            );
        }
    }
    if !any {
        paper.text("   ", t.no_marks, base);
    }
}

fn reports(state: &State, place: &Standee, paper: &mut Paper) {
    let t = &state.t.standing;
    let base = paper.brush.theme.base;
    paper.section(t.section_reports);
    let mut any = false;
    for sheet in &state.material.ranked.sheets {
        for red in given(sheet, place).iter().flat_map(|packet| &packet.red_lines) {
            let rule = state.material.rubric.red_lines.iter().find(|line| line.id == red.id);
            let name = rule.map_or("", |line| state.t.lang.pick(&line.zh, &line.en));
            paper.text("   ", &fill(t.report_red, &[&sheet.expert, &red.id, &name]), base);
            if !red.note.trim().is_empty() {
                paper.text("     ", &red.note, base);
            }
            any = true;
        }
        for seen in sheet.recognised.iter().filter(|seen| seen.code == place.code) {
            paper.text("   ", &fill(t.report_recognised, &[&sheet.expert]), base);
            if !seen.note.trim().is_empty() {
                paper.text("     ", &seen.note, base);
            }
            any = true;
        }
    }
    if !any {
        paper.text("   ", t.reports_none, base);
    }
}
