//! From marks to places: totals, statistics, ties, the cut line.

use std::collections::BTreeMap;

use crate::base::{CriterionId, Digest, ExpertCode, PacketCode, Points};
use crate::domain::rubric::{Criterion, QuotaKind, RankStyle, Rubric, Scope};
use crate::domain::sheet::Vote;
use crate::domain::standing::{Cut, Dropped, Flag, Rule, Standee, Standing, Votes};

use super::fraction::Fraction;
use super::statistic;

/// Everything one valid sheet gives to one packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The packet.
    pub code: PacketCode,
    /// The expert.
    pub expert: ExpertCode,
    /// One mark a criterion.
    pub marks: BTreeMap<CriterionId, Points>,
    /// 推荐 or 不推荐, where said.
    pub vote: Option<Vote>,
}

/// How many are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// How many.
    pub number: Option<u32>,
    /// What the number means.
    pub kind: QuotaKind,
}

impl Quota {
    /// The template's rule, with the round's own number where it leaves it open.
    #[must_use]
    pub const fn of(rubric: &Rubric, round: Option<u32>) -> Self {
        let number = match round {
            Some(number) => Some(number),
            None => rubric.quota.number,
        };
        let kind = match (rubric.quota.kind, number) {
            (_, None) | (QuotaKind::None, _) => QuotaKind::None,
            (QuotaKind::Open, Some(_)) => QuotaKind::Hard,
            (kind, _) => kind,
        };
        Self { number, kind }
    }
}

/// Ranks packets by the rubric's rule.
///
/// Every packet in `codes` comes out once: with a place, or without a result
/// and a flag that says why, last. Entries of equal packets and experts must
/// not occur twice; entries that lack a criterion do not count. The order of
/// `codes` and `entries` changes nothing.
#[must_use]
pub fn rank(rubric: &Rubric, quota: Quota, codes: &[PacketCode], entries: &[Entry], sheets: Digest) -> Standing {
    let mut by_code: BTreeMap<&PacketCode, Vec<&Entry>> = codes.iter().map(|code| (code, Vec::new())).collect();
    for entry in entries {
        if let Some(list) = by_code.get_mut(&entry.code)
            && rubric.criteria().all(|criterion| entry.marks.contains_key(&criterion.id))
        {
            list.push(entry);
        }
    }
    let mut places: Vec<Standee> = Vec::new();
    for (code, mut list) in by_code {
        list.sort_by(|a, b| a.expert.cmp(&b.expert));
        places.push(standee(rubric, code, &list));
    }
    let most = places.iter().map(|place| place.valid_sheets).max().unwrap_or(0);
    for place in &mut places {
        if place.valid_sheets < most && place.score.is_some() {
            place.flags.push(Flag::FewerSheets);
        }
    }
    order(rubric, &mut places);
    let cut = cut(quota, &mut places);
    for place in &mut places {
        place.flags.sort();
    }
    Standing { places, cut, sheets, rule: rule(rubric) }
}

/// The rule as applied.
#[must_use]
pub fn rule(rubric: &Rubric) -> Rule {
    Rule {
        aggregation: rubric.aggregation.clone(),
        tie_keys: rubric.tie_break.keys.clone(),
        tie_last: rubric.tie_break.last.clone(),
        pass_total: rubric.pass_line.total,
        pass_share: rubric.pass_line.dimension_share,
    }
}

fn total_of<'a>(entry: &Entry, criteria: impl IntoIterator<Item = &'a Criterion>) -> Option<Points> {
    let mut sum = Points::ZERO;
    for criterion in criteria {
        sum = sum.checked_add(*entry.marks.get(&criterion.id)?)?;
    }
    Some(sum)
}

fn standee(rubric: &Rubric, code: &PacketCode, list: &[&Entry]) -> Standee {
    let rule = &rubric.aggregation;
    let totals: Vec<Points> = list.iter().filter_map(|entry| total_of(entry, rubric.criteria())).collect();
    let names = |at: &[usize]| -> Vec<ExpertCode> { at.iter().filter_map(|at| list.get(*at)).map(|e| e.expert.clone()).collect() };
    let mut place = Standee {
        code: code.clone(),
        rank: None,
        score: None,
        valid_sheets: u32::try_from(list.len()).unwrap_or(u32::MAX),
        dropped: match rule.scope {
            Scope::ExpertTotal => Dropped::Totals(Vec::new()),
            Scope::Criterion => Dropped::Marks(BTreeMap::new()),
        },
        dimensions: BTreeMap::new(),
        tie_values: BTreeMap::new(),
        expert_totals: list.iter().zip(&totals).map(|(entry, total)| (entry.expert.clone(), *total)).collect(),
        tied: false,
        tie_break: None,
        votes: votes(list),
        flags: Vec::new(),
    };
    if place.valid_sheets < rule.min_sheets {
        place.flags.push(Flag::TooFewSheets);
        return place;
    }
    let rounded = |value: Fraction| value.rounded(rule.places, rule.rounding);
    let mut plain = false;
    match rule.scope {
        Scope::ExpertTotal => {
            if let Some(outcome) = statistic::take(rule, &totals) {
                place.score = rounded(outcome.value);
                place.dropped = Dropped::Totals(names(&outcome.dropped));
                plain = outcome.plain;
            }
        }
        Scope::Criterion => {
            let mut sum = Some(Fraction::whole(0));
            let mut dropped = BTreeMap::new();
            for criterion in rubric.criteria() {
                let outcome = of_criterion(rubric, criterion, list);
                sum = sum.zip(outcome.as_ref()).and_then(|(sum, outcome)| sum.checked_add(outcome.value));
                if let Some(outcome) = outcome {
                    plain |= outcome.plain;
                    dropped.insert(criterion.id.clone(), names(&outcome.dropped));
                }
            }
            place.score = sum.and_then(rounded);
            place.dropped = Dropped::Marks(dropped);
        }
    }
    if place.score.is_none() {
        place.flags.push(Flag::TooFewSheets);
        return place;
    }
    if plain {
        place.flags.push(Flag::PlainStatistic);
    }
    for dimension in &rubric.dimensions {
        let values: Vec<Points> = list.iter().filter_map(|entry| total_of(entry, &dimension.criteria)).collect();
        if let Some(value) = statistic::take(rule, &values).and_then(|outcome| rounded(outcome.value)) {
            if below_share(rubric, dimension.max, value) {
                place.flags.push(Flag::BelowDimension(dimension.id.clone()));
            }
            place.dimensions.insert(dimension.id.clone(), value);
        }
    }
    for key in &rubric.tie_break.keys {
        let value = match rubric.criterion(key) {
            None => place.dimensions.get(key).copied(),
            Some(criterion) => of_criterion(rubric, criterion, list).and_then(|outcome| rounded(outcome.value)),
        };
        place.tie_values.extend(value.map(|value| (key.clone(), value)));
    }
    if rubric.pass_line.total.is_some_and(|line| place.score < Some(line)) {
        place.flags.push(Flag::BelowPassLine);
    }
    place
}

fn of_criterion(rubric: &Rubric, criterion: &Criterion, list: &[&Entry]) -> Option<statistic::Outcome> {
    let marks: Vec<Points> = list.iter().filter_map(|entry| entry.marks.get(&criterion.id).copied()).collect();
    statistic::take(&rubric.aggregation, &marks)
}

/// Whether a dimension's value is below the least share of its maximum.
fn below_share(rubric: &Rubric, max: Points, value: Points) -> bool {
    rubric.pass_line.dimension_share.is_some_and(|share| {
        i128::from(value.units()) * i128::from(Points::UNIT) < i128::from(share.units()) * i128::from(max.units())
    })
}

fn votes(list: &[&Entry]) -> Votes {
    let said = list.iter().filter(|entry| entry.vote.is_some()).count();
    let recommend = list.iter().filter(|entry| entry.vote == Some(Vote::Recommend)).count();
    Votes { recommend: u32::try_from(recommend).unwrap_or(0), said: u32::try_from(said).unwrap_or(0) }
}

/// What places are compared by, best first: the score, then the tie keys.
fn key(rubric: &Rubric, place: &Standee) -> Vec<Option<Points>> {
    let ties = rubric.tie_break.keys.iter().map(|id| place.tie_values.get(id).copied());
    std::iter::once(place.score).chain(ties).collect()
}

/// Puts places in order and numbers them; marks ties and what broke them.
fn order(rubric: &Rubric, places: &mut [Standee]) {
    places.sort_by(|a, b| {
        a.score.is_none().cmp(&b.score.is_none()).then_with(|| key(rubric, b).cmp(&key(rubric, a))).then_with(|| a.code.cmp(&b.code))
    });
    let keys: Vec<_> = places.iter().map(|place| key(rubric, place)).collect();
    let with_result = places.iter().filter(|place| place.score.is_some()).count();
    let (mut number, mut distinct) = (0u32, 0u32);
    for (at, place) in places.iter_mut().enumerate().take(with_result) {
        let same = |other: Option<&Vec<Option<Points>>>| other.is_some_and(|other| Some(other) == keys.get(at));
        let with_previous = at.checked_sub(1).is_some_and(|before| same(keys.get(before)));
        if !with_previous {
            distinct += 1;
            number = match rubric.aggregation.rank_style {
                RankStyle::Competition => u32::try_from(at + 1).unwrap_or(u32::MAX),
                RankStyle::Dense => distinct,
            };
        }
        place.rank = Some(number);
        place.tied = with_previous || at + 1 < with_result && same(keys.get(at + 1));
        place.tie_break = if place.tied { None } else { breaker(rubric, &keys, at) };
    }
}

/// The key that told a place apart from the nearest one of equal score.
fn breaker(rubric: &Rubric, keys: &[Vec<Option<Points>>], at: usize) -> Option<CriterionId> {
    let mine = keys.get(at)?;
    let neighbours = [at.checked_sub(1), Some(at + 1)];
    let differs_at = neighbours
        .into_iter()
        .flatten()
        .filter_map(|other| keys.get(other))
        .filter(|other| other.first() == mine.first())
        .filter_map(|other| mine.iter().zip(other).position(|(a, b)| a != b))
        .max()?;
    rubric.tie_break.keys.get(differs_at.checked_sub(1)?).cloned()
}

/// Draws the cut line among those that pass.
fn cut(quota: Quota, places: &mut [Standee]) -> Cut {
    let mut cut = Cut { quota: quota.number, kind: quota.kind, above: Vec::new(), tied_at_line: Vec::new(), seats_left: 0 };
    let (Some(seats), false) = (quota.number, quota.kind == QuotaKind::None) else {
        cut.quota = None;
        return cut;
    };
    let seats = usize::try_from(seats).unwrap_or(usize::MAX);
    let passes = |place: &Standee| place.score.is_some() && !place.flags.iter().any(|flag| matches!(flag, Flag::BelowPassLine | Flag::BelowDimension(_)));
    let mut groups: BTreeMap<u32, Vec<PacketCode>> = BTreeMap::new();
    for place in places.iter().filter(|place| passes(place)) {
        groups.entry(place.rank.unwrap_or(u32::MAX)).or_default().push(place.code.clone());
    }
    for group in groups.into_values() {
        let left = seats - cut.above.len();
        if left == 0 {
            break;
        }
        if group.len() <= left {
            cut.above.extend(group);
        } else {
            cut.tied_at_line = group;
            break;
        }
    }
    cut.seats_left = u32::try_from(seats - cut.above.len()).unwrap_or(u32::MAX);
    for place in places {
        if cut.tied_at_line.contains(&place.code) {
            place.flags.push(Flag::TiedAtLine);
        }
    }
    cut
}

#[cfg(test)]
#[path = "rank_tests.rs"]
mod tests;
