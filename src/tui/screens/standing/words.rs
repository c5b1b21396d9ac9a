//! A standing in the words of the interface. Documents have their own words
//! and are always in Chinese; the rule and a calculation are taken from there.

use crate::base::Lang;
use crate::base::lang::{Standing as Texts, fill};
use crate::base::{ExpertCode, Points};
use crate::domain::rubric::{QuotaKind, Statistic};
use crate::domain::standing::{Cut, Dropped, Flag, Rule, Standee};
use crate::workflow::rank::{rule_in, sum_in_words};

use super::material::Material;
use super::order::Divider;

/// The place's number, with the word for a tie.
#[must_use]
pub(super) fn rank(t: &Texts, place: &Standee) -> String {
    match place.rank_text() {
        Some(rank) if place.tied => fill(t.tied_rank, &[&rank]),
        Some(rank) => rank,
        None => "-".to_owned(),
    }
}

/// In how many standings with one expert left out a place is the same.
#[must_use]
pub(super) fn holds(t: &Texts, material: &Material, code: &str) -> String {
    let Some(left_out) = &material.left_out else { return "-".to_owned() };
    let replayed = left_out.places.iter().find(|place| place.application == code);
    replayed
        .filter(|place| place.stand.rank.is_some())
        .map_or_else(|| "-".to_owned(), |place| fill(t.holds, &[&place.same_rank, &left_out.experts.len()]))
}

/// Votes: those for it of those who said either.
#[must_use]
pub(super) fn votes(place: &Standee) -> String {
    if place.votes.said == 0 { "-".to_owned() } else { format!("{}/{}", place.votes.recommend, place.votes.said) }
}

/// What split a tie, or that nothing did.
#[must_use]
pub(super) fn tie(t: &Texts, place: &Standee) -> String {
    match &place.tie_break {
        _ if place.tied => t.tied.to_owned(),
        Some(key) => fill(t.broken_by, &[key]),
        None => String::new(),
    }
}

/// What the quota's number means.
#[must_use]
pub(super) fn quota(t: &Texts, cut: &Cut) -> String {
    match (cut.kind, cut.quota) {
        (QuotaKind::Hard | QuotaKind::Open, Some(n)) => fill(t.quota_hard, &[&n]),
        (QuotaKind::Soft, Some(n)) => fill(t.quota_soft, &[&n]),
        (QuotaKind::Exact, Some(n)) => fill(t.quota_exact, &[&n]),
        _ => t.quota_none.to_owned(),
    }
}

/// A share in per cent.
fn per_cent(share: Points) -> String {
    Points::from_units(share.units().saturating_mul(100)).to_string()
}

/// The pass line.
#[must_use]
pub(super) fn pass(t: &Texts, rule: &Rule) -> String {
    let total = rule.pass_total.map(|total| fill(t.pass_total, &[&total]));
    let share = rule.pass_share.map(|share| fill(t.pass_share, &[&per_cent(share)]));
    let parts: Vec<String> = [total, share].into_iter().flatten().collect();
    if parts.is_empty() { t.pass_none.to_owned() } else { parts.join(t.and) }
}

/// The words on a line between places.
#[must_use]
pub(super) fn divider(t: &Texts, divider: Divider, cut: &Cut) -> String {
    let quota = cut.quota.unwrap_or(0);
    match divider {
        Divider::Codes => t.divider_codes.to_owned(),
        Divider::Failed => t.divider_failed.to_owned(),
        Divider::NoResult => t.divider_none.to_owned(),
        Divider::Band => fill(t.band, &[&cut.seats_left, &cut.tied_at_line.len()]),
        Divider::Cut => {
            let line = match cut.kind {
                QuotaKind::Soft => t.cut_soft,
                QuotaKind::Exact => t.cut_exact,
                QuotaKind::Hard | QuotaKind::Open | QuotaKind::None => t.cut_hard,
            };
            let mut line = fill(line, &[&quota]);
            if !cut.tied_at_line.is_empty() {
                line.push_str(&fill(t.cut_band, &[&cut.seats_left]));
            } else if cut.seats_left > 0 {
                line.push_str(&fill(t.cut_empty, &[&cut.seats_left]));
            }
            line
        }
    }
}

/// The notes of a place, without any expert's code: the table may stand on a
/// wall. `with_tie` where no column of its own says it, `with_line` where no
/// line is drawn.
#[must_use]
pub(super) fn notes(t: &Texts, material: &Material, place: &Standee, with_tie: bool, with_line: bool) -> String {
    let mut parts: Vec<String> = Vec::new();
    let has = |wanted: &Flag| place.flags.contains(wanted);
    let count = |is: fn(&Flag) -> bool| place.flags.iter().filter(|flag| is(flag)).count();
    if has(&Flag::TooFewSheets) {
        parts.push(t.note_too_few.to_owned());
    }
    if has(&Flag::BelowPassLine) {
        parts.push(t.note_below_pass.to_owned());
    }
    for flag in &place.flags {
        if let Flag::BelowDimension(id) = flag {
            parts.push(fill(t.note_below_dimension, &[id]));
        }
    }
    if with_line && parts.is_empty() && material.standing().cut.quota.is_some() {
        let line = if material.is_above(&place.code) {
            t.note_above
        } else if material.is_at_line(&place.code) {
            t.note_at_line
        } else {
            t.note_below
        };
        parts.push(line.to_owned());
    }
    if with_tie && let (false, Some(key)) = (place.tied, &place.tie_break) {
        parts.push(fill(t.note_broken_by, &[key]));
    }
    if count(|flag| matches!(flag, Flag::RedLine(_))) > 0 {
        parts.push(t.note_red_line.to_owned());
    }
    let recognised = count(|flag| matches!(flag, Flag::Recognised(_)));
    if recognised > 0 {
        parts.push(fill(t.note_recognised, &[&recognised]));
    }
    let recused = count(|flag| matches!(flag, Flag::Recused(_)));
    if recused > 0 {
        parts.push(fill(t.note_fewer_recused, &[&recused]));
    } else if has(&Flag::FewerSheets) {
        parts.push(t.note_fewer.to_owned());
    }
    if has(&Flag::PlainStatistic) {
        parts.push(t.note_plain.to_owned());
    }
    let spreadsheets = count(|flag| matches!(flag, Flag::Spreadsheet(_)));
    if spreadsheets > 0 {
        parts.push(fill(t.note_spreadsheet, &[&spreadsheets]));
    }
    parts.join(t.and)
}

/// Whether an expert's total was dropped, and on which side: the lowest of
/// those dropped went as low ones.
#[must_use]
pub(super) fn dropped_as<'a>(t: &'a Texts, place: &Standee, rule: &Rule, expert: &ExpertCode) -> Option<&'a str> {
    let Dropped::Totals(dropped) = &place.dropped else { return None };
    let mut totals: Vec<(Option<&Points>, &ExpertCode)> =
        dropped.iter().map(|expert| (place.expert_totals.get(expert), expert)).collect();
    totals.sort();
    let at = totals.iter().position(|(_, other)| *other == expert)?;
    let low = usize::try_from(rule.aggregation.drop_low).unwrap_or(usize::MAX);
    let high = usize::try_from(rule.aggregation.drop_high).unwrap_or(usize::MAX);
    Some(match totals.len() == low.saturating_add(high) {
        false => t.dropped,
        true if at < low => t.dropped_low,
        true => t.dropped_high,
    })
}

/// A place's calculation, as one would check it on paper. The sign of division
/// is two cells wide on some consoles and is written `/`.
#[must_use]
pub(super) fn sum(lang: Lang, material: &Material, place: &Standee) -> String {
    if lang == Lang::Zh {
        return sum_in_words(&material.ranked, place).replace('÷', "/");
    }
    let rule = &material.standing().rule;
    let Some(score) = material.score(place) else { return "No result".to_owned() };
    let Dropped::Totals(dropped) = &place.dropped else {
        return format!("each criterion on its own, then added = {score}");
    };
    let kept: Vec<Points> =
        place.expert_totals.iter().filter(|(expert, _)| !dropped.contains(expert)).map(|(_, total)| *total).collect();
    let terms = kept.iter().map(ToString::to_string).collect::<Vec<_>>().join(" + ");
    let sum = i64::try_from(crate::base::points::sum(kept.iter().copied()))
        .map_or_else(|_| "?".to_owned(), |units| Points::from_units(units).to_string());
    let away: Vec<String> = dropped
        .iter()
        .map(|expert| {
            format!("{expert} {}", place.expert_totals.get(expert).map(ToString::to_string).unwrap_or_default())
        })
        .collect();
    let away = if away.is_empty() { String::new() } else { format!(" (dropped: {})", away.join(", ")) };
    let n = kept.len();
    match rule.aggregation.statistic {
        Statistic::Mean => format!("({terms}) / {n} = {sum} / {n} = {score}{away}"),
        Statistic::Sum => format!("{terms} = {score}{away}"),
        Statistic::Median => format!("median of {terms} = {score}{away}"),
    }
}

/// The rule as sentences.
#[must_use]
pub(super) fn rule(lang: Lang, material: &Material) -> String {
    rule_in(lang, &material.ranked)
}
