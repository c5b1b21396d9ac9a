//! One application's figures from what is kept of its marks: statistics,
//! factors, roundings, sums, in the order the rule says.

use crate::base::Points;
use crate::domain::rubric::beyond::{COUNT_BACK, Direction, RankOn, Shown, TieKey};
use crate::domain::rubric::{Below, Scope, Statistic};

use super::application::{Application, value_of, whose};
use super::engine::{Column, Engine, Panel};
use super::fraction::{Fraction, multiply};
use super::given::ONE;
use super::names::at;
use super::order::Key;
use super::statistic;

/// Why an application has no result, or what to say of the one it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Too few marks for dropping.
    Plain,
    /// Too few for a result.
    TooFew,
    /// Fewer than others have.
    Fewer,
    /// None for this criterion.
    Missing(u32),
    /// This expert, by the number within the application, left a blank.
    Partial(u32),
    /// Nothing comes from the earlier stage of this number.
    NoCarry(usize),
    /// Below the pass line.
    BelowLine,
    /// Below the least share of this group.
    BelowGroup(usize),
}

/// How much of an application's figures is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Detail {
    /// What places are told by.
    Score,
    /// And how many experts count.
    Sheets,
    /// Each criterion too.
    Figures,
    /// And whose marks were dropped.
    All,
}

/// The statistic of one criterion.
struct Taken {
    value: Fraction,
    gone: usize,
    plain: bool,
}

/// The figures of one application.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// The score, rounded as the rule says.
    pub(super) score: Option<Points>,
    /// The score before that.
    pub(super) exact: Option<Fraction>,
    /// Experts that count.
    pub(super) valid: u32,
    /// The sums behind the score, rounded to the score's places.
    pub(super) sums: Vec<Option<Fraction>>,
    /// What each criterion comes to, as it is shown.
    pub(super) criteria: Vec<(u32, Fraction)>,
    /// Marks dropped: criterion, and expert within the application.
    pub(super) dropped: Vec<(u32, u32)>,
    /// Experts, within the application, whose total counts, in order of code.
    pub(super) counted: Vec<u32>,
    /// What is to be said.
    pub(super) said: Vec<Said>,
    /// How many values the statistic was taken of.
    pub(super) kept: usize,
}

/// What comes to an application from outside its marks.
#[derive(Debug, Default)]
pub(super) struct Brought {
    /// Additions and deductions together.
    pub(super) points: i128,
    /// Additions alone.
    pub(super) additions: i128,
    /// From earlier stages.
    pub(super) carried: Vec<Fraction>,
    /// Earlier stages that gave nothing.
    pub(super) missing: Vec<usize>,
}

impl Engine {
    /// The figures of an application. Nothing where one is too large.
    pub(super) fn work(
        &self,
        panel: &Panel,
        number: u32,
        order: &[u32],
        brought: Option<&Brought>,
        detail: Detail,
    ) -> Option<Work> {
        let application = panel.applications.get(at(number))?;
        let mut work = match self.rule.aggregation.scope {
            Scope::Criterion => self.by_criterion(panel, application, order, detail)?,
            Scope::ExpertTotal => self.by_total(panel, application, order)?,
        };
        let nothing = Brought::default();
        let brought = brought.unwrap_or(&nothing);
        if let Some(missing) = brought.missing.first() {
            work.exact = None;
            work.said = vec![Said::NoCarry(*missing)];
        }
        let Some(mut exact) = work.exact else { return Some(work) };
        exact = exact.checked_add(Fraction::whole(brought.points))?;
        for carried in &brought.carried {
            exact = exact.checked_add(*carried)?;
        }
        for (sum, group) in work.sums.iter_mut().zip(&self.rule.groups) {
            if let Some(value) = sum.filter(|_| group.additions) {
                *sum = Some(value.checked_add(Fraction::whole(brought.additions))?);
            }
        }
        let score = self.rounded(exact)?;
        work.exact = Some(exact);
        work.score = Some(score);
        self.lines(&mut work, score);
        Some(work)
    }

    /// Rounded as the score is.
    pub(super) fn rounded(&self, value: Fraction) -> Option<Points> {
        value.rounded(self.rule.aggregation.places, self.rule.aggregation.rounding)
    }

    fn step(&self, value: Fraction, places: Option<u32>) -> Option<Fraction> {
        let Some(places) = places else { return Some(value) };
        let points = value.rounded(places, self.rule.aggregation.rounding)?;
        Some(Fraction::whole(points.units().into()))
    }

    /// Criterion by criterion, then added.
    fn by_criterion(&self, panel: &Panel, application: &Application, order: &[u32], detail: Detail) -> Option<Work> {
        let rule = &self.rule.aggregation;
        let round = rule.beyond.round;
        let mut work = Work::default();
        if detail >= Detail::Sheets {
            work.valid = application.experts_heard(order, self.shape);
        }
        if detail >= Detail::Figures {
            work.criteria.reserve(order.len());
        }
        if detail == Detail::All {
            work.dropped.reserve(order.len() * (self.shape.low + self.shape.high));
        }
        let mut sums: Vec<Option<Fraction>> = vec![None; self.sums.len()];
        let mut loose = Fraction::whole(0);
        let (mut few, mut fewer, mut gone, mut heard) = (false, false, None, false);
        for criterion in order {
            let column = panel.columns.get(at(*criterion))?;
            let count = application.count(*criterion, self.shape);
            let (factor, base) = application.given(*criterion).unwrap_or(column.given);
            let base = base.map(i128::from);
            if count == 0 {
                let own = rule.beyond.own_criteria;
                match base {
                    // A base is all there is where nobody has a mark; where others
                    // have one, the mark is missing.
                    Some(_) if own || column.most == 0 => {}
                    None if own || !column.is_expected() => continue,
                    _ => {
                        gone = gone.or(Some(*criterion));
                        continue;
                    }
                }
            }
            heard |= count > 0;
            few |= count > 0 && count < rule.min_sheets;
            fewer |= count < column.most && count > 0;
            let mut value = Fraction::whole(0);
            if count > 0 {
                let Some(outcome) = self.outcome(application, *criterion, at(count), detail, &mut work) else {
                    few = true;
                    continue;
                };
                work.kept = at(count).saturating_sub(outcome.gone);
                if outcome.plain && !work.said.contains(&Said::Plain) {
                    work.said.push(Said::Plain);
                }
                value = self.step(outcome.value, round.criterion)?;
            }
            let statistic = value;
            if factor != ONE && count > 0 {
                value = value.times(factor.into(), ONE.into())?;
            }
            if let Some(base) = base {
                value = value.checked_add(Fraction::whole(base))?;
            }
            value = self.step(value, round.factored)?;
            if detail >= Detail::Figures {
                let shown = if rule.beyond.shown == Shown::Statistic { statistic } else { value };
                work.criteria.push((*criterion, shown));
            }
            if round.group.is_some() {
                let grouped = column.sums.iter().any(|sum| (1..=self.rule.groups.len()).contains(sum));
                loose = if grouped { loose } else { loose.checked_add(value)? };
            }
            for sum in &column.sums {
                let there = sums.get_mut(*sum)?;
                *there = Some(there.map_or(Some(value), |sum| sum.checked_add(value))?);
            }
        }
        let total = match sums.first().copied().flatten() {
            Some(all) => Some(self.grouped(&mut sums, loose, all)?),
            None => None,
        };
        // Bases alone are no result: nobody gave a mark.
        few |= !heard && gone.is_none();
        let fewer_sum = fewer && rule.statistic == Statistic::Sum;
        work.exact = total;
        if few || fewer_sum || gone.is_some() || total.is_none() {
            work.exact = None;
            work.criteria.clear();
            work.dropped.clear();
            work.said = vec![match gone {
                _ if few => Said::TooFew,
                Some(criterion) => Said::Missing(criterion),
                None if fewer_sum => Said::Fewer,
                None => Said::TooFew,
            }];
            return Some(work);
        }
        if fewer {
            work.said.push(Said::Fewer);
        }
        sums.remove(0);
        work.sums = sums;
        Some(work)
    }

    /// Rounds each group's sum where the rule has it; what they and what is in no
    /// group then come to, or else what was added up as it is.
    fn grouped(&self, sums: &mut [Option<Fraction>], loose: Fraction, all: Fraction) -> Option<Fraction> {
        let round = self.rule.aggregation.beyond.round.group;
        for (sum, group) in sums.iter_mut().skip(1).zip(&self.rule.groups) {
            // Points given by themselves may be all there is of a group.
            if group.additions && sum.is_none() {
                *sum = Some(Fraction::whole(0));
            }
            *sum = sum.map_or(Some(None), |sum| self.step(sum, round).map(Some))?;
        }
        if round.is_none() {
            return Some(all);
        }
        let groups = sums.iter().skip(1).take(self.rule.groups.len()).flatten();
        groups.copied().try_fold(loose, Fraction::checked_add)
    }

    /// The statistic of one criterion; those dropped are put down.
    fn outcome(
        &self,
        application: &Application,
        criterion: u32,
        count: usize,
        detail: Detail,
        work: &mut Work,
    ) -> Option<Taken> {
        let rule = &self.rule.aggregation;
        if self.all_at_once() {
            let mut marks = application.all(criterion).to_vec();
            // In order of code, so that of equals the first one goes.
            marks.sort_by(|a, b| self.code(application, whose(*a)).cmp(self.code(application, whose(*b))));
            let values: Vec<i128> = marks.iter().map(|mark| value_of(*mark).into()).collect();
            let outcome = statistic::take(rule, &values, self.under)?;
            let gone = outcome.dropped.iter().filter_map(|place| marks.get(*place));
            work.dropped.extend(gone.map(|mark| (criterion, whose(*mark))));
            return Some(Taken { value: outcome.value, gone: outcome.dropped.len(), plain: outcome.plain });
        }
        let (low, high, plain) = statistic::drops(rule, count)?;
        let mut sum = i128::from(application.sum(criterion, self.shape));
        let lowest = application.lowest(criterion, self.shape).get(..low)?;
        let highest = application.highest(criterion, self.shape).get(..high)?;
        let packed = lowest.iter().chain(highest);
        sum -= packed.map(|mark| i128::from(value_of(*mark))).sum::<i128>();
        if detail == Detail::All {
            self.name_dropped(application, criterion, lowest, highest, work);
        }
        let gone = low + high;
        let kept = match rule.statistic {
            Statistic::Sum => 1,
            _ => i128::try_from(count - gone).ok()?,
        };
        let value = Fraction::new(sum, multiply(self.under, kept)?)?;
        Some(Taken { value, gone, plain })
    }

    /// Whether the statistic is taken of all marks, and not of sum and extremes.
    fn all_at_once(&self) -> bool {
        let rule = &self.rule.aggregation;
        rule.statistic == Statistic::Median || rule.below == Below::Median && rule.drop_low + rule.drop_high > 0
    }

    /// Puts down whose marks were dropped.
    fn name_dropped(
        &self,
        application: &Application,
        criterion: u32,
        lowest: &[i64],
        highest: &[i64],
        work: &mut Work,
    ) {
        let first = work.dropped.len();
        let mut twice = 0;
        work.dropped.extend(lowest.iter().map(|mark| (criterion, whose(*mark))));
        for mark in highest {
            if lowest.contains(mark) {
                twice += 1;
            } else {
                work.dropped.push((criterion, whose(*mark)));
            }
        }
        if twice > 0 {
            // A mark that is among both: then all between are equal to it, and
            // the first of those by code go in its place.
            let gone: Vec<u32> = work.dropped.iter().skip(first).map(|(_, expert)| *expert).collect();
            let mut rest = application.experts_with(&[criterion], true, self.shape);
            rest.retain(|expert| !gone.contains(expert));
            rest.sort_by(|a, b| self.code(application, *a).cmp(self.code(application, *b)));
            work.dropped.extend(rest.into_iter().take(twice).map(|expert| (criterion, expert)));
        }
    }

    /// The criteria that a whole total of an application has a mark for.
    pub(super) fn needed(&self, panel: &Panel, application: &Application, order: &[u32]) -> Vec<u32> {
        let own = self.rule.aggregation.beyond.own_criteria;
        let wanted = |criterion: &u32| {
            let there = panel.columns.get(at(*criterion)).is_some_and(Column::is_expected);
            if own { application.count(*criterion, self.shape) > 0 } else { there }
        };
        order.iter().copied().filter(wanted).collect()
    }

    /// Over whole totals of experts.
    fn by_total(&self, panel: &Panel, application: &Application, order: &[u32]) -> Option<Work> {
        let rule = &self.rule.aggregation;
        let needed = self.needed(panel, application, order);
        // Of nothing every expert has each.
        let mut counted = application.experts_with(&needed, !needed.is_empty(), self.shape);
        counted.sort_by(|a, b| self.code(application, *a).cmp(self.code(application, *b)));
        let mut work = Work { valid: u32::try_from(counted.len()).unwrap_or(u32::MAX), ..Work::default() };
        let heard = application.experts_with(&needed, false, self.shape);
        let partial = heard.into_iter().filter(|expert| !counted.contains(expert)).map(Said::Partial);
        let partial: Vec<Said> = partial.collect();
        let fewer = work.valid < panel.most;
        work.counted = counted;
        let mut sums = Vec::new();
        if work.valid < rule.min_sheets || needed.is_empty() {
            work.said.push(Said::TooFew);
        } else if fewer && rule.statistic == Statistic::Sum {
            work.said.push(Said::Fewer);
        } else {
            for sum in 0..self.sums.len() {
                let values: Option<Vec<i128>> =
                    work.counted.iter().map(|expert| self.total(application, *expert, sum)).collect();
                sums.push(statistic::take(rule, &values?, self.total_under));
            }
            match sums.first() {
                Some(Some(outcome)) => {
                    work.exact = Some(outcome.value);
                    work.kept = work.counted.len().saturating_sub(outcome.dropped.len());
                    let gone = outcome.dropped.iter().filter_map(|place| work.counted.get(*place));
                    work.dropped = gone.map(|expert| (0, *expert)).collect();
                    if fewer {
                        work.said.push(Said::Fewer);
                    }
                    if outcome.plain {
                        work.said.push(Said::Plain);
                    }
                }
                _ => work.said.push(Said::TooFew),
            }
        }
        if let Some(exact) = work.exact {
            // The score's, and those of each sum behind it.
            let mut bases = vec![Fraction::whole(0); self.sums.len().max(1)];
            for criterion in order {
                let column = panel.columns.get(at(*criterion))?;
                let (_, base) = application.given(*criterion).unwrap_or(column.given);
                let Some(base) = base else { continue };
                for sum in &column.sums {
                    let there = bases.get_mut(*sum)?;
                    *there = there.checked_add(Fraction::whole(base.into()))?;
                }
            }
            work.exact = Some(exact.checked_add(*bases.first()?)?);
            let sums = sums.into_iter().zip(&bases).skip(1);
            work.sums = sums
                .map(|(sum, base)| sum.map_or(Some(None), |sum| sum.value.checked_add(*base).map(Some)))
                .collect::<Option<_>>()?;
        }
        work.said.extend(partial);
        Some(work)
    }

    /// One of an expert's sums, rounded where the rule says.
    pub(super) fn total(&self, application: &Application, expert: u32, sum: usize) -> Option<i128> {
        let total = application.total(expert, sum, self.shape);
        let Some(places) = self.rule.aggregation.beyond.round.expert_total else { return Some(total) };
        let rounded = Fraction::new(total, self.total_under)?.rounded(places, self.rule.aggregation.rounding)?;
        i128::from(rounded.units()).checked_mul(self.total_under)
    }

    pub(super) fn code(&self, application: &Application, expert: u32) -> &str {
        application.experts.get(at(expert)).map_or("", |number| self.expert_names.name(*number))
    }

    /// What the pass line says of a score.
    fn lines(&self, work: &mut Work, score: Points) {
        let line = &self.rule.pass_line;
        let below = |value: Points, line: Points| match self.rule.aggregation.beyond.direction {
            Direction::Descending => value < line,
            Direction::Ascending => value > line,
        };
        if line.total.is_some_and(|line| below(score, line)) {
            work.said.push(Said::BelowLine);
        }
        let Some(share) = line.dimension_share else { return };
        // Of a sum, each value kept can reach the most.
        let maxima = match self.rule.aggregation.statistic {
            Statistic::Sum => i128::try_from(work.kept).unwrap_or(i128::MAX),
            Statistic::Mean | Statistic::Median => 1,
        };
        for (number, (group, sum)) in self.rule.groups.iter().zip(&work.sums).enumerate() {
            let (Some(max), Some(value)) = (group.max, sum.and_then(|sum| self.rounded(sum))) else { continue };
            let least = (i128::from(share.units()) * i128::from(max.units())).saturating_mul(maxima);
            if i128::from(value.units()) * i128::from(Points::UNIT) < least {
                work.said.push(Said::BelowGroup(number));
            }
        }
    }

    /// What a place is compared by: the score, then each key that holds.
    pub(super) fn keys(
        &self,
        work: &Work,
        panel: &Panel,
        number: u32,
        order: &[u32],
        ties: &[&TieKey],
        keys: &mut Vec<Key>,
    ) {
        let beyond = &self.rule.aggregation.beyond;
        let exact = |value: Option<Fraction>, direction| Key::Exact(value.map(Box::new), direction);
        keys.push(match beyond.rank_on {
            RankOn::Rounded => Key::Points(work.score, beyond.direction),
            RankOn::Exact => exact(work.exact, beyond.direction),
        });
        if work.exact.is_none() {
            // Without a result nothing is better than anything: by code.
            return;
        }
        for tie in ties {
            let direction = tie.direction.unwrap_or(beyond.direction);
            if tie.of == COUNT_BACK {
                keys.push(Key::Many(self.marks_best_first(work, panel, number, order, direction).into(), direction));
                continue;
            }
            let place = self.sums.iter().skip(1).position(|sum| sum.id == tie.of);
            let value = place.and_then(|place| work.sums.get(place).copied().flatten());
            let rounding = self.rule.aggregation.rounding;
            keys.push(match (tie.places, beyond.rank_on) {
                (None, RankOn::Exact) => exact(value, direction),
                (None, RankOn::Rounded) => Key::Points(value.and_then(|value| self.rounded(value)), direction),
                (Some(places), _) => Key::Points(value.and_then(|value| value.rounded(places, rounding)), direction),
            });
        }
    }

    fn marks_best_first(
        &self,
        work: &Work,
        panel: &Panel,
        number: u32,
        order: &[u32],
        direction: Direction,
    ) -> Vec<i128> {
        let Some(application) = panel.applications.get(at(number)) else { return Vec::new() };
        let mut marks: Vec<i128> = match self.rule.aggregation.scope {
            Scope::Criterion => {
                let marks = order.iter().flat_map(|criterion| application.all(*criterion));
                marks.map(|mark| value_of(*mark).into()).collect()
            }
            // The totals that count, as they go into the statistic.
            Scope::ExpertTotal => {
                work.counted.iter().filter_map(|expert| self.total(application, *expert, 0)).collect()
            }
        };
        marks.sort_unstable();
        if direction == Direction::Descending {
            marks.reverse();
        }
        marks
    }
}
