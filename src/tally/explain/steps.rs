//! Steps: what is dropped of some values, the statistic of the rest, one figure
//! after another, each rounded where the rule says.

use std::cmp::Reverse;

use crate::domain::explained::{Amount, Choice, Fate, Formula, Listed, Rounded, Step, Sum, Term, What};
use crate::domain::rubric::Statistic;

use super::super::fraction::Fraction;
use super::super::statistic;
use super::{Paper, amount};

/// Steps so far, and what they come to.
pub(super) struct Sheet {
    pub(super) steps: Vec<Step>,
    pub(super) value: Fraction,
}

/// A term of a sum.
pub(super) fn term(value: Fraction) -> Option<Term> {
    Some(Term { value: amount(value)?, factor: None })
}

impl Paper<'_> {
    /// Rounded to so many places, if any.
    fn round(&self, value: Fraction, places: Option<u32>) -> Option<(Fraction, Option<Rounded>)> {
        let Some(places) = places else { return Some((value, None)) };
        let how = self.engine.rule.aggregation.rounding;
        let to = value.rounded(places, how)?;
        Some((Fraction::whole(to.units().into()), Some(Rounded { to, places: places.min(4), how })))
    }

    /// A step behind the others; what it comes to goes on, rounded if so.
    pub(super) fn step(
        &self,
        sheet: &mut Sheet,
        what: What,
        formula: Formula,
        value: Fraction,
        places: Option<u32>,
    ) -> Option<()> {
        let (rounded_to, rounded) = self.round(value, places)?;
        sheet.steps.push(Step::Sum(Sum { what, formula, result: amount(value)?, rounded }));
        sheet.value = rounded_to;
        Some(())
    }

    /// The statistic of values by expert, in order of code.
    pub(super) fn statistic(
        &self,
        values: &[(String, i128)],
        under: i128,
        places: Option<u32>,
    ) -> Option<(Sheet, Vec<usize>)> {
        let rule = &self.engine.rule.aggregation;
        let plain: Vec<i128> = values.iter().map(|(_, value)| *value).collect();
        let outcome = statistic::take(rule, &plain, under)?;
        let one = |value: i128| Fraction::new(value, under);
        let mut sheet = Sheet { steps: vec![order(values, &outcome.dropped, rule.drop_low, under)?], value: one(0)? };
        let mut kept: Vec<i128> =
            plain.iter().enumerate().filter(|(at, _)| !outcome.dropped.contains(at)).map(|(_, value)| *value).collect();
        kept.sort_unstable_by_key(|value| Reverse(*value));
        let sum = kept.iter().try_fold(0i128, |sum, value| sum.checked_add(*value))?;
        let terms: Option<Vec<Term>> = kept.iter().map(|value| term(one(*value)?)).collect();
        let count = u32::try_from(kept.len()).ok()?;
        match statistic::of(rule, outcome.plain) {
            Statistic::Sum => self.step(&mut sheet, What::Added, Formula::Sum(terms?), one(sum)?, places)?,
            Statistic::Mean => {
                if count > 1 {
                    self.step(&mut sheet, What::Added, Formula::Sum(terms?), one(sum)?, None)?;
                }
                let mean = Fraction::new(sum, under.checked_mul(count.into())?)?;
                self.step(&mut sheet, What::Mean, Formula::Quotient(amount(one(sum)?)?, count), mean, places)?;
            }
            Statistic::Median => {
                let low = kept.get(kept.len() / 2).copied()?;
                if kept.len() % 2 == 1 {
                    self.step(&mut sheet, What::Median, Formula::Same(amount(one(low)?)?), one(low)?, places)?;
                } else {
                    let high = kept.get((kept.len() / 2).checked_sub(1)?).copied()?;
                    let both = Fraction::new(high.checked_add(low)?, under.checked_mul(2)?)?;
                    let formula = Formula::Middle(amount(one(high)?)?, amount(one(low)?)?);
                    self.step(&mut sheet, What::Median, formula, both, places)?;
                }
            }
        }
        Some((sheet, outcome.dropped))
    }
}

/// Values by size, with what becomes of them.
fn order(values: &[(String, i128)], dropped: &[usize], low: u32, under: i128) -> Option<Step> {
    let mut gone: Vec<(i128, usize)> = dropped.iter().filter_map(|at| Some((values.get(*at)?.1, *at))).collect();
    gone.sort_unstable();
    let low = usize::try_from(low).unwrap_or(usize::MAX).min(gone.len());
    let (lowest, highest) = gone.split_at_checked(low)?;
    let fate = |place: usize| {
        if lowest.iter().any(|(_, at)| *at == place) {
            Fate::Lowest
        } else if highest.iter().any(|(_, at)| *at == place) {
            Fate::Highest
        } else {
            Fate::Kept
        }
    };
    let exact = |value: i128| -> Option<Amount> { amount(Fraction::new(value, under)?) };
    let mut sorted: Vec<(Reverse<i128>, usize)> =
        values.iter().enumerate().map(|(at, (_, value))| (Reverse(*value), at)).collect();
    sorted.sort_unstable();
    let (mut listed, mut choices) = (Vec::new(), Vec::new());
    for group in sorted.chunk_by(|(a, _), (b, _)| a == b) {
        let Some((Reverse(value), _)) = group.first() else { continue };
        let (mut out, mut kept) = (Vec::new(), Vec::new());
        for (_, at) in group {
            let expert = values.get(*at)?.0.clone();
            if fate(*at) == Fate::Kept {
                kept.push(expert.clone());
            } else {
                out.push(expert.clone());
            }
            listed.push(Listed { expert, value: exact(*value)?, fate: fate(*at) });
        }
        if !out.is_empty() && !kept.is_empty() {
            choices.push(Choice { value: exact(*value)?, dropped: out, kept });
        }
    }
    Some(Step::Order { values: listed, choices })
}
