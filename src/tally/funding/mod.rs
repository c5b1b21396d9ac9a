//! Fund allocation (资金分配): caps, claims and shares to amounts, exact to the
//! fen. Equals are never told apart; what cannot be given to one of them without
//! doing so is given to none and stays undistributed.

mod share;

use crate::base::problem::Fault;
use crate::base::{Money, Place, Problem, Refusal, Result, Unfunded};
use crate::domain::funding::{
    Allotment, Allotted, Bound, Funding, Gives, Last, MatchShort, Method, Missing, SHARE_PLACES, Short, Unit, Units,
};
use crate::domain::tallied::Rank;

use share::share;

/// A unit on its way to an amount.
struct Case {
    row: Allotted,
    /// Whether it takes part.
    open: bool,
}

/// Allots what there is. `total` is what the rule or the command says.
///
/// # Errors
/// What the rule has refused: a missing amount, own funds that fall short, a
/// total that is not enough. No total where one is shared out. A figure that
/// does not fit.
pub fn allot(rule: &Funding, total: Option<Money>, units: &Units) -> Result<Allotment> {
    let asked = rule.up_to_requested && units.requests;
    let mut cases: Vec<Case> = Vec::with_capacity(units.units.len());
    let mut faults = Vec::new();
    let mut unmatched = Vec::new();
    for unit in in_order(units) {
        let missing = missing(rule, total, asked, &unit);
        if rule.missing == Missing::Refuse {
            faults.extend(missing.iter().map(|bound| fault(&unit, *bound)));
        }
        let row = Allotted { unit, cap: None, bound: missing, amount: Money::ZERO };
        let mut case = Case { open: row.bound.is_empty(), row };
        if case.open {
            case.limit(rule, total, asked)?;
        }
        if case.row.bound == [Bound::MatchShort] {
            unmatched.push(case.row.unit.code.clone());
        }
        cases.push(case);
    }
    if let Some(refusal) = Refusal::from_faults(faults) {
        return Err(refusal);
    }
    let refuses = rule.matching.is_some_and(|matching| matching.short == MatchShort::Refuse);
    if refuses && !unmatched.is_empty() {
        return Err(Problem::Unfunded(Unfunded::MatchShort { codes: unmatched.join(", ") }).into());
    }
    match rule.method {
        Method::Fixed(_) | Method::Requested | Method::Tiers(_) => claims(rule, total, &mut cases)?,
        Method::Equal | Method::ByScore | Method::ByRequested => {
            let total = total.ok_or(Problem::Unfunded(Unfunded::NoTotal))?;
            shares(rule, total, &mut cases)?;
        }
    }
    let rows: Vec<Allotted> = cases.into_iter().map(|case| case.row).collect();
    let allotted = sum(rows.iter().map(|row| row.amount)).ok_or(Problem::DoesNotFit)?;
    let left = |total: Money| total.fen().checked_sub(allotted.fen()).map(Money::from_fen);
    let undistributed = match total {
        Some(total) => Some(left(total).ok_or(Problem::DoesNotFit)?),
        None => None,
    };
    Ok(Allotment { rows, total, allotted, undistributed, up_to_requested: asked })
}

/// Units in order of standing, equals by code. Without places, the score tells
/// them.
fn in_order(units: &Units) -> Vec<Unit> {
    let mut out = units.units.clone();
    if !units.ranks && units.scores {
        out.sort_by_key(|unit| std::cmp::Reverse(unit.score));
        let mut last: Option<(Option<crate::base::Points>, Rank)> = None;
        for (at, unit) in (1u32..).zip(&mut out) {
            let rank = match last {
                Some((score, rank)) if score == unit.score => rank,
                _ => Rank { whole: at, half: false },
            };
            last = Some((unit.score, rank));
            unit.rank = unit.score.map(|_| rank);
        }
    }
    out.sort_by(|a, b| {
        let key = |unit: &Unit| (unit.rank.is_none(), unit.rank);
        key(a).cmp(&key(b)).then_with(|| a.code.cmp(&b.code))
    });
    out
}

/// What the rule needs to know of a unit and does not.
fn missing(rule: &Funding, total: Option<Money>, asked: bool, unit: &Unit) -> Vec<Bound> {
    let by_request = matches!(rule.method, Method::Requested | Method::ByRequested);
    let needs = [
        (rule.needs_order(total) && unit.rank.is_none(), Bound::NoRank),
        (rule.method == Method::ByScore && unit.score.is_none(), Bound::NoScore),
        ((asked || by_request) && unit.requested.is_none(), Bound::NoRequest),
        (rule.matching.is_some() && unit.own.is_none(), Bound::NoOwn),
    ];
    needs.into_iter().filter_map(|(missing, bound)| missing.then_some(bound)).collect()
}

fn fault(unit: &Unit, bound: Bound) -> Fault {
    let name = bound.word().split_once(':').map_or("", |(_, name)| name).to_owned();
    let place = Place { file: None, line: unit.line, field: Some(unit.code.clone()) };
    Fault { place, problem: Problem::MissingValue { name } }
}

impl Case {
    /// Takes out whom the rule gives nothing.
    fn close(&mut self, why: Bound) {
        self.open = false;
        self.row.bound = vec![why];
    }

    /// Most that the unit can get, and what sets it.
    fn limit(&mut self, rule: &Funding, total: Option<Money>, asked: bool) -> Result<()> {
        let unit = &self.row.unit;
        let own_amount = match &rule.method {
            Method::Fixed(amount) => Some(*amount),
            Method::Tiers(tiers) => {
                let tier =
                    unit.rank.and_then(|rank| tiers.iter().find(|tier| rank <= Rank { whole: tier.to, half: false }));
                match tier.map(|tier| tier.gives) {
                    None => {
                        self.close(Bound::NoTier);
                        return Ok(());
                    }
                    Some(Gives::Amount(amount)) => Some(amount),
                    Some(Gives::Share(share)) => {
                        let total = total.ok_or(Problem::Unfunded(Unfunded::NoTotal))?;
                        Some(part(total, share, 10i64.pow(SHARE_PLACES)).ok_or(Problem::DoesNotFit)?)
                    }
                }
            }
            Method::Requested => unit.requested,
            _ => None,
        };
        let by_amount = if rule.method == Method::Requested { Bound::Requested } else { Bound::Amount };
        let mut caps = Vec::new();
        caps.extend(own_amount.map(|amount| (amount, by_amount)));
        caps.extend(rule.unit_cap.map(|cap| (cap, Bound::UnitCap)));
        if asked && rule.method != Method::Requested {
            caps.extend(unit.requested.map(|requested| (requested, Bound::Requested)));
        }
        let wanted = caps.iter().map(|(cap, _)| *cap).min();
        if let (Some(matching), Some(own)) = (rule.matching, unit.own) {
            let most = part(own, matching.grant.get(), matching.own.get()).ok_or(Problem::DoesNotFit)?;
            if matching.short == MatchShort::Lower {
                caps.push((most, Bound::Match));
            } else {
                let wanted = wanted.ok_or_else(|| Problem::Internal("unit_cap".to_owned()))?;
                if most < wanted {
                    self.row.cap = Some(wanted);
                    self.close(Bound::MatchShort);
                    return Ok(());
                }
            }
        }
        let Some(cap) = caps.iter().map(|(cap, _)| *cap).min() else { return Ok(()) };
        let mut bound: Vec<Bound> = caps.iter().filter(|(one, _)| *one == cap).map(|(_, bound)| *bound).collect();
        bound.sort();
        self.row.bound = bound;
        self.row.cap = Some(cap);
        let most = stepped(rule, cap);
        if most < rule.unit_floor.unwrap_or_default() {
            self.close(Bound::Floor);
        } else if most == Money::ZERO && cap > Money::ZERO {
            self.close(Bound::Step);
        }
        Ok(())
    }

    /// Most that it can get in whole steps, where there is an end.
    fn most(&self, rule: &Funding) -> Option<Money> {
        self.row.cap.map(|cap| stepped(rule, cap))
    }

    fn give(&mut self, amount: Money, why: Bound) {
        self.row.amount = amount;
        self.row.bound = vec![why];
    }
}

/// Everybody has an amount due; what is done where the total is not enough for
/// all of them is the rule's.
fn claims(rule: &Funding, total: Option<Money>, cases: &mut [Case]) -> Result<()> {
    for case in cases.iter_mut().filter(|case| case.open) {
        case.row.amount = case.most(rule).unwrap_or_default();
    }
    let claimed = sum(cases.iter().map(|case| case.row.amount)).ok_or(Problem::DoesNotFit)?;
    let Some(total) = total.filter(|total| claimed > *total) else { return Ok(()) };
    match rule.short {
        Short::Refuse => {
            let why = Unfunded::Short { claims: claimed.to_string(), total: total.to_string() };
            Err(Problem::Unfunded(why).into())
        }
        Short::Scale => {
            let weights = cases.iter().filter(|case| case.open).map(|case| (case.row.amount.fen(), None)).collect();
            divide(rule, total, cases, weights)
        }
        Short::InOrder => {
            one_after_another(rule, total, cases);
            Ok(())
        }
    }
}

/// In order of standing until the money ends. Equals get theirs together or
/// not at all, and nobody behind them goes before them.
fn one_after_another(rule: &Funding, total: Money, cases: &mut [Case]) {
    let mut left = total;
    let mut ended = false;
    for equals in cases.chunk_by_mut(|a, b| a.row.unit.rank == b.row.unit.rank) {
        // Whose own end is nothing takes nothing from the others, and is no equal
        // that the money could end between.
        let due = |case: &&mut Case| case.open && case.row.amount > Money::ZERO;
        let mut equals: Vec<&mut Case> = equals.iter_mut().filter(due).collect();
        let wanted = sum(equals.iter().map(|case| case.row.amount));
        let after = wanted.and_then(|wanted| left.fen().checked_sub(wanted.fen())).filter(|after| *after >= 0);
        if let (false, Some(after)) = (ended, after) {
            left = Money::from_fen(after);
            continue;
        }
        let among = equals.len() > 1 && !ended;
        for case in &mut equals {
            case.give(Money::ZERO, if among { Bound::Tied } else { Bound::Ended });
        }
        if let ([only], false, Last::Part) = (equals.as_mut_slice(), ended, rule.last) {
            let rest = stepped(rule, left);
            if rest > Money::ZERO && rest >= rule.unit_floor.unwrap_or_default() {
                only.give(rest, Bound::Rest);
            }
        }
        ended |= !equals.is_empty();
    }
}

/// Everybody has a share of the total; what one can't take goes to the others.
fn shares(rule: &Funding, total: Money, cases: &mut [Case]) -> Result<()> {
    let mut weights = Vec::new();
    for case in cases.iter().filter(|case| case.open) {
        let unit = &case.row.unit;
        let weight = match rule.method {
            Method::ByScore => unit.score.map_or(0, crate::base::Points::units),
            Method::ByRequested => unit.requested.map_or(0, Money::fen),
            _ => 1,
        };
        if weight < 0 {
            return Err(Problem::Unfunded(Unfunded::BelowZero { code: unit.code.clone() }).into());
        }
        weights.push((weight, case.most(rule)));
    }
    divide(rule, total, cases, weights)
}

/// Gives those that take part their shares by weight.
fn divide(rule: &Funding, total: Money, cases: &mut [Case], weights: Vec<(i64, Option<Money>)>) -> Result<()> {
    let parts: Vec<(i128, Option<i128>)> =
        weights.into_iter().map(|(weight, cap)| (weight.into(), cap.map(|cap| cap.fen().into()))).collect();
    let given = share(total.fen().into(), &parts).ok_or(Problem::DoesNotFit)?;
    for (case, given) in cases.iter_mut().filter(|case| case.open).zip(given) {
        let whole = i64::try_from(given.whole).map(Money::from_fen).map_err(|_| Problem::DoesNotFit)?;
        let whole = stepped(rule, whole);
        // The odd fen may not be what lifts a share over the least.
        if whole < rule.unit_floor.unwrap_or_default() {
            case.close(Bound::Floor);
            case.row.amount = Money::ZERO;
            continue;
        }
        let odd = i64::from(given.odd && rule.step.is_none());
        let amount = whole.fen().checked_add(odd).map(Money::from_fen).ok_or(Problem::DoesNotFit)?;
        if given.full {
            case.row.amount = amount;
        } else {
            case.give(amount, Bound::Share);
        }
    }
    Ok(())
}

/// `money · over / under`, rounded down.
fn part(money: Money, over: i64, under: i64) -> Option<Money> {
    let part = i128::from(money.fen()).checked_mul(over.into())?.checked_div(under.into())?;
    // More than fits is more than any amount there is.
    Some(Money::from_fen(i64::try_from(part).unwrap_or(i64::MAX)))
}

/// Rounded down to whole steps.
fn stepped(rule: &Funding, money: Money) -> Money {
    let step = rule.step.map_or(1, Money::fen);
    let rest = money.fen().checked_rem(step).unwrap_or(0);
    Money::from_fen(money.fen() - rest)
}

fn sum(amounts: impl Iterator<Item = Money>) -> Option<Money> {
    let fen: i128 = amounts.map(|amount| i128::from(amount.fen())).sum();
    i64::try_from(fen).ok().map(Money::from_fen)
}

#[cfg(test)]
mod tests;
