//! From marks to places: totals, statistics, ties, the cut line.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::{CriterionId, Digest, ExpertCode, PacketCode, Points};
use crate::domain::rubric::{Aggregation, QuotaKind, RankStyle, Rubric, Scope, Statistic};
use crate::domain::sheet::Vote;
use crate::domain::standing::{Cut, Dropped, Flag, Rule, Standee, Standing, Votes};

use super::fraction::Fraction;
use super::statistic::{self, Outcome};

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
    /// The template's rule, with the round's own number only where it leaves
    /// that open: what the template fixes was published before the round.
    #[must_use]
    pub const fn of(rubric: &Rubric, round: Option<u32>) -> Self {
        let number = match (rubric.quota.kind, rubric.quota.number, round) {
            (QuotaKind::None, _, _) => None,
            (QuotaKind::Open, _, Some(number)) | (_, Some(number), _) => Some(number),
            (_, None, round) => round,
        };
        let kind = match (rubric.quota.kind, number) {
            (_, None) => QuotaKind::None,
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
/// not occur twice; entries that lack a criterion do not count, nor do those
/// whose total is too large for [`Points`]. The order of `codes` and `entries`
/// changes nothing.
#[must_use]
pub fn rank(rubric: &Rubric, quota: Quota, codes: &[PacketCode], entries: &[Entry], sheets: Digest) -> Standing {
    let columns = Columns::of(rubric);
    let mut by_code: BTreeMap<&PacketCode, Vec<Row<'_>>> = codes.iter().map(|code| (code, Vec::new())).collect();
    for entry in entries {
        if let Some(rows) = by_code.get_mut(&entry.code) {
            rows.extend(columns.row(entry));
        }
    }
    let most = by_code.values().map(Vec::len).max().unwrap_or(0);
    let mut places: Vec<Standee> = Vec::with_capacity(by_code.len());
    for (code, mut rows) in by_code {
        rows.sort_by_key(|row| &row.entry.expert);
        places.push(standee(rubric, &columns, code, &rows, most));
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

/// Where a rubric's criteria and dimensions stand in a [`Row`].
struct Columns<'a> {
    /// Criteria by id, each with its column.
    criteria: Vec<(&'a CriterionId, usize)>,
    /// Columns of each dimension, in the rubric's order.
    dimensions: Vec<Range<usize>>,
    /// Tie keys and what they are taken over.
    keys: Vec<(&'a CriterionId, Range<usize>)>,
}

/// An entry that counts.
struct Row<'a> {
    entry: &'a Entry,
    /// Marks by column.
    marks: Vec<Points>,
    total: Points,
}

impl<'a> Columns<'a> {
    fn of(rubric: &'a Rubric) -> Self {
        let mut criteria: Vec<_> = rubric.criteria().map(|criterion| &criterion.id).zip(0..).collect();
        let mut dimensions = Vec::new();
        let mut next = 0;
        for dimension in &rubric.dimensions {
            let first = next;
            next += dimension.criteria.len();
            dimensions.push(first..next);
        }
        let keys = rubric.tie_break.keys.iter().filter_map(|key| {
            let criterion = criteria.iter().find(|(id, _)| *id == key).map(|(_, column)| *column..*column + 1);
            let dimension = || {
                rubric
                    .dimensions
                    .iter()
                    .zip(&dimensions)
                    .find(|(dimension, _)| dimension.id == *key)
                    .map(|(_, columns)| columns.clone())
            };
            Some((key, criterion.or_else(dimension)?))
        });
        let keys = keys.collect();
        criteria.sort_unstable();
        Self { criteria, dimensions, keys }
    }

    /// The row of an entry; nothing where a mark is missing.
    fn row<'e>(&self, entry: &'e Entry) -> Option<Row<'e>> {
        let mut marks = vec![Points::ZERO; self.criteria.len()];
        let mut given = entry.marks.iter();
        // Both are in order of ids, so one walk through the marks is enough.
        for (id, column) in &self.criteria {
            let (_, mark) = given.find(|(other, _)| other >= id).filter(|(other, _)| other == id)?;
            *marks.get_mut(*column)? = *mark;
        }
        let total = add(&marks)?;
        Some(Row { entry, marks, total })
    }
}

fn add(marks: &[Points]) -> Option<Points> {
    marks.iter().try_fold(Points::ZERO, |sum, mark| sum.checked_add(*mark))
}

/// The statistics of one packet's rows.
struct Taken<'a> {
    rule: &'a Aggregation,
    rows: &'a [Row<'a>],
    /// By expert total one outcome, by criterion one a column.
    outcomes: Vec<Outcome>,
}

impl<'a> Taken<'a> {
    /// Nothing where the rule gives no result.
    fn of(rule: &'a Aggregation, rows: &'a [Row<'a>], columns: &Columns<'_>) -> Option<Self> {
        let outcomes = match rule.scope {
            Scope::ExpertTotal => {
                let totals: Vec<Points> = rows.iter().map(|row| row.total).collect();
                vec![statistic::take(rule, &totals)?]
            }
            Scope::Criterion => {
                let column =
                    |at: usize| -> Option<Vec<Points>> { rows.iter().map(|row| row.marks.get(at).copied()).collect() };
                (0..columns.criteria.len()).map(|at| statistic::take(rule, &column(at)?)).collect::<Option<_>>()?
            }
        };
        Some(Self { rule, rows, outcomes })
    }

    fn score(&self) -> Option<Points> {
        self.rounded(self.outcomes.iter().try_fold(Fraction::whole(0), |sum, outcome| sum.checked_add(outcome.value))?)
    }

    /// The statistic of some columns together, by the rule's own scope: of each
    /// sheet's sum over them, or of each column, added up.
    fn over(&self, columns: &Range<usize>) -> Option<Points> {
        let value = match self.rule.scope {
            Scope::ExpertTotal => {
                let sums: Option<Vec<Points>> =
                    self.rows.iter().map(|row| add(row.marks.get(columns.clone())?)).collect();
                statistic::take(self.rule, &sums?)?.value
            }
            Scope::Criterion => self
                .outcomes
                .get(columns.clone())?
                .iter()
                .try_fold(Fraction::whole(0), |sum, outcome| sum.checked_add(outcome.value))?,
        };
        self.rounded(value)
    }

    fn rounded(&self, value: Fraction) -> Option<Points> {
        value.rounded(self.rule.places, self.rule.rounding)
    }

    fn dropped(&self, rubric: &Rubric) -> Dropped {
        let names = |outcome: &Outcome| {
            outcome.dropped.iter().filter_map(|at| self.rows.get(*at)).map(|row| row.entry.expert.clone()).collect()
        };
        match self.rule.scope {
            Scope::ExpertTotal => Dropped::Totals(self.outcomes.iter().flat_map(names).collect::<Vec<_>>()),
            Scope::Criterion => Dropped::Marks(
                rubric.criteria().map(|criterion| criterion.id.clone()).zip(self.outcomes.iter().map(names)).collect(),
            ),
        }
    }

    /// How many maxima the statistic can reach: of a sum, one for each kept.
    fn maxima(&self) -> i128 {
        let dropped = self.outcomes.first().map_or(0, |outcome| outcome.dropped.len());
        match self.rule.statistic {
            Statistic::Sum => i128::try_from(self.rows.len().saturating_sub(dropped)).unwrap_or(i128::MAX),
            Statistic::Mean | Statistic::Median => 1,
        }
    }
}

fn standee(rubric: &Rubric, columns: &Columns<'_>, code: &PacketCode, rows: &[Row<'_>], most: usize) -> Standee {
    let rule = &rubric.aggregation;
    let mut place = Standee {
        code: code.clone(),
        rank: None,
        score: None,
        valid_sheets: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        dropped: match rule.scope {
            Scope::ExpertTotal => Dropped::Totals(Vec::new()),
            Scope::Criterion => Dropped::Marks(BTreeMap::new()),
        },
        dimensions: BTreeMap::new(),
        tie_values: BTreeMap::new(),
        expert_totals: rows.iter().map(|row| (row.entry.expert.clone(), row.total)).collect(),
        tied: false,
        tie_break: None,
        votes: votes(rows),
        flags: Vec::new(),
    };
    if place.valid_sheets < rule.min_sheets {
        place.flags.push(Flag::TooFewSheets);
        return place;
    }
    let fewer = rows.len() < most;
    // A sum over fewer sheets can't be held against one over more: it would
    // take each that is missing for 0, or beat those of which some are dropped.
    if fewer && rule.statistic == Statistic::Sum {
        place.flags.push(Flag::FewerSheets);
        return place;
    }
    let Some((taken, score)) =
        Taken::of(rule, rows, columns).and_then(|taken| taken.score().map(|score| (taken, score)))
    else {
        place.flags.push(Flag::TooFewSheets);
        return place;
    };
    place.score = Some(score);
    place.dropped = taken.dropped(rubric);
    if fewer {
        place.flags.push(Flag::FewerSheets);
    }
    if taken.outcomes.iter().any(|outcome| outcome.plain) {
        place.flags.push(Flag::PlainStatistic);
    }
    for (dimension, columns) in rubric.dimensions.iter().zip(&columns.dimensions) {
        if let Some(value) = taken.over(columns) {
            if below_share(rubric, dimension.max, taken.maxima(), value) {
                place.flags.push(Flag::BelowDimension(dimension.id.clone()));
            }
            place.dimensions.insert(dimension.id.clone(), value);
        }
    }
    for (key, columns) in &columns.keys {
        let value = place.dimensions.get(*key).copied().or_else(|| taken.over(columns));
        place.tie_values.extend(value.map(|value| ((*key).clone(), value)));
    }
    if rubric.pass_line.total.is_some_and(|line| score < line) {
        place.flags.push(Flag::BelowPassLine);
    }
    place
}

/// Whether a dimension's value is below the least share of what it can reach.
fn below_share(rubric: &Rubric, max: Points, maxima: i128, value: Points) -> bool {
    rubric.pass_line.dimension_share.is_some_and(|share| {
        let least = (i128::from(share.units()) * i128::from(max.units())).saturating_mul(maxima);
        i128::from(value.units()) * i128::from(Points::UNIT) < least
    })
}

fn votes(rows: &[Row<'_>]) -> Votes {
    let said = rows.iter().filter(|row| row.entry.vote.is_some()).count();
    let recommend = rows.iter().filter(|row| row.entry.vote == Some(Vote::Recommend)).count();
    Votes { recommend: u32::try_from(recommend).unwrap_or(0), said: u32::try_from(said).unwrap_or(0) }
}

/// What places are compared by, best first: the score, then the tie keys.
fn key(rubric: &Rubric, place: &Standee) -> Vec<Option<Points>> {
    let ties = rubric.tie_break.keys.iter().map(|id| place.tie_values.get(id).copied());
    std::iter::once(place.score).chain(ties).collect()
}

/// Puts places in order and numbers them; marks ties and what broke them.
fn order(rubric: &Rubric, places: &mut [Standee]) {
    // Nothing is below any score, so those without a result come last.
    places.sort_by_cached_key(|place| (Reverse(key(rubric, place)), place.code.clone()));
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
    let mut cut =
        Cut { quota: quota.number, kind: quota.kind, above: Vec::new(), tied_at_line: Vec::new(), seats_left: 0 };
    let (Some(seats), false) = (quota.number, quota.kind == QuotaKind::None) else {
        cut.quota = None;
        return cut;
    };
    let seats = usize::try_from(seats).unwrap_or(usize::MAX);
    let passes = |place: &Standee| {
        place.score.is_some()
            && !place.flags.iter().any(|flag| matches!(flag, Flag::BelowPassLine | Flag::BelowDimension(_)))
    };
    let mut groups: BTreeMap<u32, Vec<PacketCode>> = BTreeMap::new();
    for place in places.iter().filter(|place| passes(place)) {
        groups.entry(place.rank.unwrap_or(u32::MAX)).or_default().push(place.code.clone());
    }
    let mut tied_rank = None;
    for (rank, group) in groups {
        let left = seats - cut.above.len();
        if left == 0 {
            break;
        }
        if group.len() <= left {
            cut.above.extend(group);
        } else {
            cut.tied_at_line = group;
            tied_rank = Some(rank);
            break;
        }
    }
    cut.seats_left = u32::try_from(seats - cut.above.len()).unwrap_or(u32::MAX);
    for place in places {
        if tied_rank.is_some() && place.rank == tied_rank && passes(place) {
            place.flags.push(Flag::TiedAtLine);
        }
    }
    cut
}

#[cfg(test)]
#[path = "rank_tests.rs"]
mod tests;
