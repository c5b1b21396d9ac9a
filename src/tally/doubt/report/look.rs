//! Marks, totals and sheets that deserve a second look (复核). They open a
//! question to the expert and never change anything.

use crate::base::Points;
use crate::domain::doubt::Undefined;
use crate::domain::doubt::report::{SecondLook, Why};
use crate::domain::doubt::shown::Shown;
use crate::domain::rubric::doubt::{Corridor, DoubtRule};
use crate::tally::fraction::Fraction;

use super::super::corridor::{Allowed, corridor};
use super::super::outliers::{Far, outliers};
use super::super::recheck::{abnormal, differing};
use super::super::table::Settled;
use super::{Known, exact, shown, words};

/// All of a panel, by application and expert.
pub(super) fn second_look(settled: &Settled, known: &Known<'_>) -> Vec<SecondLook> {
    let rule = &settled.engine().rule().doubt;
    let mut out = Vec::new();
    outlying(settled, known, rule, &mut out);
    // What is too large to be told is told by the agreement's own figures.
    let _too_large = by_criterion(known, rule, &mut out);
    let _too_large = out_of_corridor(known, rule, &mut out);
    let order = |look: &SecondLook| {
        let kind = match look.why {
            Why::Objective { .. } => 0,
            Why::Outlier { .. } => 1,
            Why::Corridor { .. } => 2,
            Why::Abnormal { .. } => 3,
        };
        (look.application.clone(), look.expert.clone(), kind, look.criterion.clone())
    };
    out.sort_by_cached_key(order);
    out
}

/// The highest total there can be; nothing where nobody says.
fn full(settled: &Settled, known: &Known<'_>) -> Option<Points> {
    let factors = &settled.engine().rule().aggregation.beyond.factors;
    let mut full = Fraction::whole(0);
    for column in &known.criteria {
        let max = Fraction::whole(column.max?.units().into());
        let factor = factors.get(column.id).copied().unwrap_or(1_000_000);
        full = full.checked_add(max.times(factor.into(), 1_000_000)?)?;
    }
    full.rounded(4, crate::domain::rubric::Rounding::HalfUp)
}

/// Modified z of each expert's total for an application.
pub(super) fn modified_z(known: &Known<'_>, application: usize) -> Vec<(String, Shown)> {
    let none = Far { full: Points::ZERO, share: Points::ZERO };
    let found = known.totals.as_ref().map_err(|why| *why).and_then(|grid| outliers(grid, application, none));
    let marks = found.map(|found| found.marks).unwrap_or_default();
    marks.iter().filter_map(|mark| Some((known.expert(mark.expert), shown(mark.z).ok()?))).collect()
}

/// Totals that stand apart.
fn outlying(settled: &Settled, known: &Known<'_>, rule: &DoubtRule, out: &mut Vec<SecondLook>) {
    let Ok(grid) = &known.totals else { return };
    // Nobody says how high a total can be: then the z alone decides.
    let full = full(settled, known).unwrap_or(Points::ZERO);
    let far = Far { full, share: rule.far };
    for application in 0..grid.applications() {
        let Ok(found) = outliers(grid, application, far) else { continue };
        for mark in found.marks.iter().filter(|mark| mark.outlying) {
            let total = grid
                .exact(application, mark.expert)
                .and_then(|total| Fraction::new(i128::from(total).checked_mul(Points::UNIT.into())?, grid.under()));
            let (Some(total), Ok(z)) = (total, shown(mark.z)) else { continue };
            out.push(SecondLook {
                application: known.application(application),
                expert: Some(known.expert(mark.expert)),
                criterion: None,
                why: Why::Outlier { total: words(total), median: words(found.median), z },
            });
        }
    }
}

/// Marks far from the median of their criterion, and facts on which experts differ.
fn by_criterion(known: &Known<'_>, rule: &DoubtRule, out: &mut Vec<SecondLook>) -> Result<(), Undefined> {
    for column in &known.criteria {
        let marks = column.marks.as_ref().map_err(|why| *why)?;
        let look = |application: usize, expert: Option<usize>, why: Why| SecondLook {
            application: known.application(application),
            expert: expert.map(|expert| known.expert(expert)),
            criterion: Some(column.id.to_owned()),
            why,
        };
        if rule.objective.iter().any(|id| id == column.id) {
            for found in differing(marks)? {
                let marks = found.marks.iter().map(|(expert, mark)| {
                    (
                        known.expert(*expert),
                        mark.rounded(4, crate::domain::rubric::Rounding::HalfUp).unwrap_or_default(),
                    )
                });
                out.push(look(found.application, None, Why::Objective { marks: marks.collect() }));
            }
        } else if let Some(max) = column.max {
            for found in abnormal(marks, max, rule.abnormal)? {
                let mark = found.mark.rounded(4, crate::domain::rubric::Rounding::HalfUp).unwrap_or_default();
                let why = Why::Abnormal { mark, median: words(found.median), max };
                out.push(look(found.application, Some(found.expert), why));
            }
        }
    }
    Ok(())
}

/// Sheets whose marks together are out of the corridor.
fn out_of_corridor(known: &Known<'_>, rule: &DoubtRule, out: &mut Vec<SecondLook>) -> Result<(), Undefined> {
    let mut allowed = Vec::new();
    for column in &known.criteria {
        let marks = column.marks.as_ref().map_err(|why| *why)?;
        let tolerance = match (rule.corridor, column.max) {
            (Corridor::Points(points), _) => points,
            (Corridor::Share(share), Some(max)) => {
                let units = i128::from(share.units()) * i128::from(max.units()) / i128::from(Points::UNIT);
                i64::try_from(units).map(Points::from_units).map_err(|_| Undefined::TooLarge)?
            }
            (Corridor::Share(_), None) => continue,
        };
        allowed.push(Allowed { marks, tolerance });
    }
    for found in corridor(&allowed)?.into_iter().filter(|found| found.beyond) {
        out.push(SecondLook {
            application: known.application(found.application),
            expert: Some(known.expert(found.expert)),
            criterion: None,
            why: Why::Corridor { off: exact(found.distance)?, allowed: words(found.allowed) },
        });
    }
    Ok(())
}
