//! From sheets to a standing: what a round's sheets say, counted by the one
//! [`Engine`], and told in the words of a round.

use std::collections::BTreeMap;

use crate::base::{CriterionId, Digest, ExpertCode, PacketCode, Points, Result};
use crate::domain::counting::Counting;
use crate::domain::given::Given;
use crate::domain::marks::{Marks as _, Spot};
use crate::domain::rubric::{QuotaKind, QuotaRule, Rubric, Scope};
use crate::domain::sheet::Vote;
use crate::domain::standing::{Cut, Dropped, Flag, Rule, Standee, Standing, Votes};
use crate::domain::tallied::{Line, Notice, Placed};

use super::engine::Engine;

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
        Self::with(rubric.quota, round)
    }

    /// The rule alone, where there is no round.
    #[must_use]
    pub const fn fixed(rule: QuotaRule) -> Self {
        Self::with(rule, None)
    }

    const fn with(rule: QuotaRule, round: Option<u32>) -> Self {
        let number = match (rule.kind, rule.number, round) {
            (QuotaKind::None, _, _) => None,
            (QuotaKind::Open, _, Some(number)) | (_, Some(number), _) => Some(number),
            (_, None, round) => round,
        };
        let kind = match (rule.kind, number) {
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
    let mut by_code: BTreeMap<&PacketCode, Vec<Row<'_>>> = codes.iter().map(|code| (code, Vec::new())).collect();
    for entry in entries {
        if let Some(rows) = by_code.get_mut(&entry.code) {
            rows.extend(row(rubric, entry));
        }
    }
    for rows in by_code.values_mut() {
        rows.sort_by_key(|row| &row.entry.expert);
    }
    // Marks of sheets were held to the template and to one another where they
    // were sealed, so nothing is left that the engine could refuse.
    let (places, cut) = count(rubric, quota, &by_code).unwrap_or_else(|_| {
        let without = |(code, rows)| standee(rubric, code, rows, None);
        let cut = Cut { quota: None, kind: quota.kind, above: Vec::new(), tied_at_line: Vec::new(), seats_left: 0 };
        (by_code.iter().map(|(code, rows)| without((*code, rows))).collect(), cut)
    });
    Standing { places, cut, sheets, rule: rule(rubric), across: None }
}

/// Hands the marks to the engine and takes its places back.
fn count(rubric: &Rubric, quota: Quota, by_code: &BTreeMap<&PacketCode, Vec<Row<'_>>>) -> Result<(Vec<Standee>, Cut)> {
    let mut engine = Engine::bare(Counting::of(rubric), Given::default())?;
    let panel = engine.panel("")?;
    let criteria: Vec<(&CriterionId, u32)> = rubric
        .criteria()
        .map(|criterion| Ok((&criterion.id, engine.criterion(panel, criterion.id.as_str())?)))
        .collect::<Result<_>>()?;
    for (code, rows) in by_code {
        let application = engine.application(panel, code.as_str())?;
        for row in rows {
            let expert = engine.expert(row.entry.expert.as_str())?;
            for (id, criterion) in &criteria {
                let spot = Spot { panel, application, expert, criterion: *criterion };
                engine.mark(spot, row.entry.marks.get(*id).copied())?;
            }
        }
    }
    let ranked = engine.rank(quota)?;
    let Some(ranked) = ranked.first() else { return Ok((Vec::new(), cut(quota, &Line::default()))) };
    let places = (0..ranked.len()).filter_map(|place| engine.place(ranked, place, true)).filter_map(|placed| {
        let (code, rows) = by_code
            .iter()
            .find(|(code, _)| code.as_str() == placed.code)
            .or_else(|| by_code.get_key_value(&PacketCode::parse(placed.code)?))?;
        Some(standee(rubric, code, rows, Some(&placed)))
    });
    Ok((places.collect(), cut(quota, &engine.line_of(ranked))))
}

/// The cut line in a round's words.
fn cut(quota: Quota, line: &Line<'_>) -> Cut {
    let codes = |names: &[&str]| names.iter().filter_map(|name| PacketCode::parse(name)).collect();
    Cut {
        quota: line.quota,
        kind: quota.kind,
        above: codes(&line.above),
        tied_at_line: codes(&line.tied_at_line),
        seats_left: line.seats_left,
    }
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

/// An entry that counts, with its total.
struct Row<'a> {
    entry: &'a Entry,
    total: Points,
}

/// The row of an entry; nothing where a mark is missing.
fn row<'a>(rubric: &Rubric, entry: &'a Entry) -> Option<Row<'a>> {
    let mut total = Points::ZERO;
    for criterion in rubric.criteria() {
        total = total.checked_add(*entry.marks.get(&criterion.id)?)?;
    }
    Some(Row { entry, total })
}

/// A place in a round's words; without one, that there is no result.
fn standee(rubric: &Rubric, code: &PacketCode, rows: &[Row<'_>], placed: Option<&Placed<'_>>) -> Standee {
    let expert = |name: &str| ExpertCode::parse(name);
    let id = |name: &str| CriterionId::parse(name);
    let points = |of: &[(&str, Points)]| of.iter().filter_map(|(name, value)| Some((id(name)?, *value))).collect();
    let dropped = match rubric.aggregation.scope {
        Scope::ExpertTotal => Dropped::Totals(
            placed.iter().flat_map(|placed| &placed.dropped_totals).filter_map(|name| expert(name)).collect(),
        ),
        Scope::Criterion => {
            let mut marks: BTreeMap<CriterionId, Vec<ExpertCode>> = BTreeMap::new();
            if placed.is_some_and(|placed| placed.score.is_some()) {
                marks.extend(rubric.criteria().map(|criterion| (criterion.id.clone(), Vec::new())));
            }
            for (name, who) in placed.iter().flat_map(|placed| &placed.dropped_marks) {
                if let (Some(id), Some(who)) = (id(name), expert(who)) {
                    marks.entry(id).or_default().push(who);
                }
            }
            for experts in marks.values_mut() {
                experts.sort();
            }
            Dropped::Marks(marks)
        }
    };
    let mut totals: BTreeMap<ExpertCode, Points> =
        rows.iter().map(|row| (row.entry.expert.clone(), row.total)).collect();
    // With factors, as they go into the score.
    for (name, total) in placed.iter().flat_map(|placed| &placed.expert_totals) {
        totals.extend(expert(name).map(|expert| (expert, *total)));
    }
    let mut flags: Vec<Flag> = match placed {
        None => vec![Flag::TooFewSheets],
        Some(placed) => placed.notices.iter().filter_map(flag).collect(),
    };
    flags.sort();
    flags.dedup();
    Standee {
        code: code.clone(),
        rank: placed.and_then(|placed| placed.rank).map(|rank| rank.whole),
        half: placed.and_then(|placed| placed.rank).is_some_and(|rank| rank.half),
        score: placed.and_then(|placed| placed.score),
        raw: None,
        valid_sheets: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        dropped,
        dimensions: placed.map(|placed| points(&placed.groups)).unwrap_or_default(),
        tie_values: placed.map(|placed| points(&placed.tie_values)).unwrap_or_default(),
        expert_totals: totals,
        tied: placed.is_some_and(|placed| placed.tied),
        tie_break: placed.and_then(|placed| placed.tie_break).and_then(id),
        votes: votes(rows),
        flags,
    }
}

/// A notice in a round's words.
fn flag(notice: &Notice<'_>) -> Option<Flag> {
    Some(match notice {
        Notice::PlainStatistic => Flag::PlainStatistic,
        Notice::TooFewSheets | Notice::MissingCriterion(_) | Notice::MissingCarry(_) => Flag::TooFewSheets,
        Notice::FewerSheets => Flag::FewerSheets,
        Notice::BelowPassLine => Flag::BelowPassLine,
        Notice::BelowDimension(name) => Flag::BelowDimension(CriterionId::parse(name)?),
        Notice::TiedAtLine => Flag::TiedAtLine,
        // A sheet with a blank is no row.
        Notice::PartialSheet(_) => return None,
    })
}

fn votes(rows: &[Row<'_>]) -> Votes {
    let said = rows.iter().filter(|row| row.entry.vote.is_some()).count();
    let recommend = rows.iter().filter(|row| row.entry.vote == Some(Vote::Recommend)).count();
    Votes { recommend: u32::try_from(recommend).unwrap_or(0), said: u32::try_from(said).unwrap_or(0) }
}

#[cfg(test)]
#[path = "rank_tests.rs"]
mod tests;
