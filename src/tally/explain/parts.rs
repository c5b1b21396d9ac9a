//! The calculation itself: totals or criteria, factors, bases, roundings, sums.

use crate::base::Points;
use crate::domain::explained::{Formula, MarkTable, Of, Part, Term, What};

use super::super::fraction::Fraction;
use super::super::given::ONE;
use super::super::names::at;
use super::steps::{Sheet, term};
use super::{Paper, amount};

/// Parts of the score, and of the sums that are shown.
type Parts = (Vec<Part>, Vec<Part>);

impl Paper<'_> {
    /// Criterion by criterion, then added.
    pub(super) fn by_criterion(&self, marks: &mut MarkTable) -> Option<Parts> {
        let rule = &self.engine.rule;
        let round = rule.aggregation.beyond.round;
        let mut parts = Vec::new();
        let mut values: Vec<(u32, Fraction)> = Vec::new();
        for (row, (_, number)) in marks.rows.iter_mut().zip(&self.criteria) {
            let (factor, base) = self.given(*number);
            let mut given: Vec<(String, i128)> = Vec::new();
            let mut places: Vec<usize> = Vec::new();
            for (place, (expert, mark)) in marks.experts.iter().zip(&row.marks).enumerate() {
                let Some(mark) = mark else { continue };
                let (over, under) = self.worth(*mark).parts();
                given.push((expert.clone(), over.checked_mul(self.engine.under / under)?));
                places.push(place);
            }
            let mut sheet = Sheet { steps: Vec::new(), value: Fraction::whole(0) };
            if !given.is_empty() {
                let dropped;
                // Where neither follows, this is what is rounded last.
                (sheet, dropped) = self.statistic(&given, self.engine.under, round.criterion)?;
                for gone in dropped.iter().filter_map(|gone| places.get(*gone)) {
                    if let Some(slot) = row.dropped.get_mut(*gone) {
                        *slot = true;
                    }
                }
            } else if base.is_none() {
                continue;
            }
            let factored = round.factored;
            if factor != ONE && !given.is_empty() {
                let formula = Formula::Product(vec![amount(sheet.value)?, Self::factor(factor)?]);
                let value = sheet.value.times(factor.into(), ONE.into())?;
                let places = factored.filter(|_| base.is_none());
                self.step(&mut sheet, What::Factor, formula, value, places)?;
            } else if base.is_none() && factored.is_some() {
                let formula = Formula::Same(amount(sheet.value)?);
                let value = sheet.value;
                self.step(&mut sheet, What::Factor, formula, value, factored)?;
            }
            if let Some(base) = base {
                let base = Fraction::whole(base.into());
                let value = sheet.value.checked_add(base)?;
                let formula = if given.is_empty() {
                    Formula::Same(amount(base)?)
                } else {
                    Formula::Sum(vec![term(sheet.value)?, term(base)?])
                };
                self.step(&mut sheet, What::Base, formula, value, factored)?;
            }
            values.push((*number, sheet.value));
            parts.push(Part { of: Of::Criterion(row.criterion.clone()), steps: sheet.steps });
        }
        let (groups, total) = self.groups_of_criteria(&values)?;
        let mut score = Sheet { steps: Vec::new(), value: Fraction::whole(0) };
        let mut added = |terms: Vec<Fraction>| {
            let sum = terms.iter().try_fold(Fraction::whole(0), |sum, one| sum.checked_add(*one))?;
            let terms: Option<Vec<Term>> = terms.into_iter().map(term).collect();
            self.step(&mut score, What::Criteria, Formula::Sum(terms?), sum, None)
        };
        added(total)?;
        self.brought(&mut score)?;
        let groups_shown = self.shown(groups, &mut parts, round.group.is_some())?;
        parts.extend(self.carried()?);
        parts.push(self.score(score)?);
        Some((parts, groups_shown))
    }

    /// Sums of criteria, and what the score is the sum of.
    fn groups_of_criteria(&self, values: &[(u32, Fraction)]) -> Option<(Vec<Option<Sheet>>, Vec<Fraction>)> {
        let rule = &self.engine.rule;
        let places = rule.aggregation.beyond.round.group;
        let of = |group: usize| values.iter().filter(move |(number, _)| self.is_of(*number, group));
        let mut sheets = Vec::new();
        for (number, group) in rule.groups.iter().enumerate() {
            let terms: Vec<Fraction> = of(number + 1).map(|(_, value)| *value).collect();
            if terms.is_empty() && !group.additions {
                sheets.push(None);
                continue;
            }
            let sum = terms.iter().try_fold(Fraction::whole(0), |sum, one| sum.checked_add(*one))?;
            let mut sheet = Sheet { steps: Vec::new(), value: sum };
            if !terms.is_empty() {
                let terms: Option<Vec<Term>> = terms.into_iter().map(term).collect();
                self.step(&mut sheet, What::Criteria, Formula::Sum(terms?), sum, places)?;
            }
            sheets.push(Some(sheet));
        }
        if places.is_none() {
            return Some((sheets, values.iter().map(|(_, value)| *value).collect()));
        }
        let grouped = |number: u32| (1..=rule.groups.len()).any(|group| self.is_of(number, group));
        let loose = values.iter().filter(|(number, _)| !grouped(*number)).map(|(_, value)| *value);
        let total = sheets.iter().flatten().map(|sheet| sheet.value).chain(loose).collect();
        Some((sheets, total))
    }

    /// Whether a criterion belongs to a sum.
    fn is_of(&self, criterion: u32, sum: usize) -> bool {
        self.panel.columns.get(at(criterion)).is_some_and(|column| column.sums.contains(&sum))
    }

    /// Sums as they are shown; those that the score is made of are parts of it.
    fn shown(&self, sheets: Vec<Option<Sheet>>, parts: &mut Vec<Part>, of_score: bool) -> Option<Vec<Part>> {
        let mut shown = Vec::new();
        for ((sheet, group), wanted) in sheets.into_iter().zip(&self.engine.rule.groups).zip(&self.work.sums) {
            let Some(mut sheet) = sheet else { continue };
            if of_score && !sheet.steps.is_empty() {
                parts.push(Part { of: Of::Group(group.id.clone()), steps: sheet.steps.clone() });
            }
            let additions: Vec<i128> = self.adjusts().filter(|points| *points > 0).collect();
            if group.additions && !additions.is_empty() {
                let mut terms = vec![term(sheet.value)?];
                let mut sum = sheet.value;
                for points in additions {
                    terms.push(term(Fraction::whole(points))?);
                    sum = sum.checked_add(Fraction::whole(points))?;
                }
                self.step(&mut sheet, What::Additions, Formula::Sum(terms), sum, None)?;
            }
            if *wanted != Some(sheet.value) {
                return None;
            }
            let (formula, value) = (Formula::Same(amount(sheet.value)?), sheet.value);
            self.step(&mut sheet, What::Shown, formula, value, Some(self.engine.rule.aggregation.places))?;
            shown.push(Part { of: Of::Group(group.id.clone()), steps: sheet.steps });
        }
        Some(shown)
    }

    /// Over whole totals of experts.
    pub(super) fn by_total(&self) -> Option<Parts> {
        let mut parts = Vec::new();
        for expert in &self.experts {
            let Some(total) = self.table.total(self.row, *expert) else { continue };
            let total = Fraction::new(total, self.table.total_under())?;
            parts.extend(self.total(*expert, total)?);
        }
        let values = |sum: usize| -> Option<Vec<(String, i128)>> {
            let value = |local: &u32| {
                let code = self.engine.code(self.application, *local).to_owned();
                Some((code, self.engine.total(self.application, *local, sum)?))
            };
            self.work.counted.iter().map(value).collect()
        };
        let (sheet, _) = self.statistic(&values(0)?, self.engine.total_under, None)?;
        let mut score = Sheet { steps: Vec::new(), value: sheet.value };
        parts.push(Part { of: Of::Totals, steps: sheet.steps });
        let mut groups = Vec::new();
        for number in 1..=self.engine.rule.groups.len() {
            // A sum that no criterion is of has no figure.
            let there = self.work.sums.get(number - 1).is_some_and(Option::is_some);
            let mut sheet =
                if there { Some(self.statistic(&values(number)?, self.engine.total_under, None)?.0) } else { None };
            if let Some(sheet) = &mut sheet {
                self.bases(sheet, number)?;
            }
            groups.push(sheet);
        }
        let groups = self.shown(groups, &mut parts, false)?;
        self.bases(&mut score, 0)?;
        self.brought(&mut score)?;
        parts.extend(self.carried()?);
        parts.push(self.score(score)?);
        Some((parts, groups))
    }

    /// Bases of the criteria of a sum, added.
    fn bases(&self, sheet: &mut Sheet, sum: usize) -> Option<()> {
        let theirs = self.criteria.iter().filter(|(_, number)| self.is_of(*number, sum));
        let bases: Vec<i64> = theirs.filter_map(|(_, number)| self.given(*number).1).collect();
        if bases.is_empty() {
            return Some(());
        }
        let mut terms = vec![term(sheet.value)?];
        let mut value = sheet.value;
        for base in bases {
            let base = Fraction::whole(base.into());
            terms.push(term(base)?);
            value = value.checked_add(base)?;
        }
        self.step(sheet, What::Bases, Formula::Sum(terms), value, None)
    }

    /// An expert's total, where it is more than the marks added up.
    fn total(&self, expert: usize, total: Fraction) -> Option<Vec<Part>> {
        let beyond = &self.engine.rule.aggregation.beyond;
        let weighted = self.engine.total_under != self.engine.under;
        let rounded = beyond.round.mark.is_some() || beyond.round.expert_total.is_some();
        if !weighted && beyond.mark_values.is_empty() && !rounded {
            return Some(Vec::new());
        }
        let mut sheet = Sheet { steps: Vec::new(), value: Fraction::whole(0) };
        let (mut terms, mut sum) = (Vec::new(), Fraction::whole(0));
        for (place, number) in &self.criteria {
            let Some(mark) = self.table.mark(self.row, expert, *place) else { continue };
            let (worth, factor) = (self.worth(mark), self.given(*number).0);
            let mut value = worth.times(factor.into(), ONE.into())?;
            if beyond.round.mark.is_some() {
                let formula = if weighted {
                    Formula::Product(vec![amount(worth)?, Self::factor(factor)?])
                } else {
                    Formula::Same(amount(worth)?)
                };
                self.step(&mut sheet, What::Mark(self.name_of(*number)), formula, value, beyond.round.mark)?;
                value = sheet.value;
                terms.push(term(value)?);
            } else {
                let factor = if factor == ONE { None } else { Self::factor(factor) };
                terms.push(Term { value: amount(worth)?, factor });
            }
            sum = sum.checked_add(value)?;
        }
        self.step(&mut sheet, What::Total, Formula::Sum(terms), sum, beyond.round.expert_total)?;
        let name = self.table.experts().get(expert).copied().unwrap_or_default().to_owned();
        if sheet.value == total { Some(vec![Part { of: Of::Total(name), steps: sheet.steps }]) } else { None }
    }

    /// Additions and deductions of this application, in order of the file's lines.
    fn adjusts(&self) -> impl Iterator<Item = i128> {
        let (panel, code) = (self.table.name(), self.panel.names.name(self.slot.application));
        let rows = self.engine.given.adjusts.iter();
        let mine = rows
            .filter(move |row| row.application == code && row.panel.as_ref().is_none_or(|name| name.as_str() == panel));
        mine.map(|row| i128::from(row.points))
    }

    /// What comes from outside the marks, added.
    fn brought(&self, sheet: &mut Sheet) -> Option<()> {
        let carried = self.slot.brought.iter().flat_map(|brought| brought.carried.iter().copied());
        let all: Vec<Fraction> = self.adjusts().map(Fraction::whole).chain(carried).collect();
        if all.is_empty() {
            return Some(());
        }
        let mut terms = vec![term(sheet.value)?];
        let mut sum = sheet.value;
        for one in all {
            terms.push(term(one)?);
            sum = sum.checked_add(one)?;
        }
        self.step(sheet, What::Brought, Formula::Sum(terms), sum, None)
    }

    /// Scores of earlier stages, times their factors.
    fn carried(&self) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        let carried = self.slot.brought.iter().flat_map(|brought| &brought.carried);
        for ((carry, from), value) in self.engine.earlier(self.table.ranked.panel).into_iter().zip(carried) {
            let factor = self.engine.rule.aggregation.beyond.carries.get(carry)?.factor;
            let (over, under) = value.parts();
            // Made of a whole score, so it can be taken apart again.
            let score = Fraction::new(over, under.checked_mul(factor.into())?)
                .or_else(|| Fraction::new(over.checked_neg()?, under.checked_mul(i128::from(factor).checked_neg()?)?))
                .and_then(|score| score.times(ONE.into(), 1));
            let name = self.engine.panel_names.name(from?).to_owned();
            let formula = match score {
                Some(score) => Formula::Product(vec![amount(score)?, Self::factor(factor)?]),
                None => Formula::Same(amount(*value)?),
            };
            let mut sheet = Sheet { steps: Vec::new(), value: *value };
            self.step(&mut sheet, What::Carried, formula, *value, None)?;
            parts.push(Part { of: Of::Carried(name), steps: sheet.steps });
        }
        Some(parts)
    }

    /// What it all comes to, held to the engine's own.
    fn score(&self, mut sheet: Sheet) -> Option<Part> {
        if self.work.exact != Some(sheet.value) {
            return None;
        }
        let (formula, value) = (Formula::Same(amount(sheet.value)?), sheet.value);
        self.step(&mut sheet, What::Score, formula, value, Some(self.engine.rule.aggregation.places))?;
        let score = self.work.score.map(|score: Points| Fraction::whole(score.units().into()));
        if score == Some(sheet.value) { Some(Part { of: Of::Score, steps: sheet.steps }) } else { None }
    }
}
