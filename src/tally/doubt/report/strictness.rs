//! Experts beside each other: how they use the scale, how strict they are, who
//! marks like whom, and how applications of the own employer fare.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::doubt::Undefined;
use crate::domain::doubt::report::{
    Employed, Employers, Line, Model, Pair, Place, Reciprocal, Scale, Severity, Shrunken,
};
use crate::domain::given::EmployerRow;
use crate::domain::rubric::Scope;

use super::super::alike::alike;
use super::super::employers::{Own, employers as compare};
use super::super::residuals::residuals;
use super::super::severity::severity as calibrate;
use super::super::shrunken::{Variances, shrunken as shrink};
use super::super::table::Settled;
use super::super::zscores::z_scores;
use super::{Grid, Known, figure, nobody, shown, words};

/// Marks two experts must share before equal ones are worth a word.
const LEAST_ALIKE: usize = 5;

/// Each expert's scale.
pub(super) fn scales(known: &Known<'_>) -> Vec<Scale> {
    let Ok(grid) = &known.totals else { return Vec::new() };
    let one = |scores: super::super::zscores::Scores| Scale {
        expert: known.expert(scores.expert),
        mean: figure(scores.mean),
        deviation: figure(scores.deviation),
        few: scores.few,
        z: scores.z.and_then(|z| {
            z.into_iter().map(|(application, z)| Ok((known.application(application), shown(z)?))).collect()
        }),
    };
    z_scores(grid).into_iter().map(one).collect()
}

/// How strict experts are, plainly and drawn to the mean.
pub(super) fn severity(
    settled: &Settled,
    known: &Known<'_>,
    line: &Line,
    places: &[Place],
) -> (Result<Severity, Undefined>, Option<Result<Shrunken, Undefined>>) {
    let grid = match &known.totals {
        Ok(grid) => grid,
        Err(why) => return (Err(*why), None),
    };
    let rule = settled.engine().rule();
    let found = calibrate(grid, rule.aggregation.beyond.direction).map(|found| {
        let named = |numbers: &[usize]| numbers.iter().map(|at| known.application(*at)).collect();
        let mut means: Vec<(String, String, u32)> = Vec::new();
        for (at, (mean, place)) in found.means.iter().zip(&found.places).enumerate() {
            if let (Some(mean), Some(place)) = (mean, place) {
                means.push((known.application(at), words(*mean), *place));
            }
        }
        Severity {
            parts: found.parts.iter().map(|part| part.experts.iter().map(|at| known.expert(*at)).collect()).collect(),
            fragile: named(&found.fragile.applications),
            fragile_marks: found
                .fragile
                .marks
                .iter()
                .map(|(application, expert)| (known.application(*application), known.expert(*expert)))
                .collect(),
            means,
            model: found.model.and_then(|model| of_model(&model, &found.places, known, line, places)),
        }
    });
    let shrunken = rule.doubt.prior.map(|prior| {
        let value = |points: crate::base::Points| super::super::real::quotient(points.units().into(), 10_000);
        let given = Variances {
            quality: value(prior.application),
            leniency: value(prior.expert),
            noise: value(prior.rest),
            mean: value(prior.mean),
        };
        let found = shrink(grid, given)?;
        let experts = found.leniency.iter().enumerate();
        let applications = found.quality.iter().enumerate();
        Ok(Shrunken {
            experts: experts
                .map(|(at, of)| Ok((known.expert(at), shown(of.mean)?)))
                .collect::<Result<_, Undefined>>()?,
            applications: applications
                .map(|(at, of)| Ok((known.application(at), shown(of.mean)?, shown(of.variance)?)))
                .collect::<Result<_, Undefined>>()?,
        })
    });
    (found, shrunken)
}

fn of_model(
    model: &super::super::severity::Model,
    raw: &[Option<u32>],
    known: &Known<'_>,
    line: &Line,
    places: &[Place],
) -> Result<Model, Undefined> {
    let mut experts = Vec::new();
    for (at, leniency) in model.leniency.iter().enumerate() {
        if let Some(leniency) = leniency {
            experts.push((known.expert(at), shown(*leniency)?));
        }
    }
    let mut applications = Vec::new();
    for (at, (quality, place)) in model.quality.iter().zip(&model.places).enumerate() {
        if let (Some(quality), Some(place)) = (quality, place) {
            applications.push((known.application(at), shown(*quality)?, *place));
        }
    }
    applications.sort_by(|a, b| (a.2, &a.0).cmp(&(b.2, &b.0)));
    // Both by means alone, among those with a result: what else the rule looks at
    // would be taken for a difference that experts make.
    let (mut enters, mut leaves) = (Vec::new(), Vec::new());
    if let Some(quota) = line.quota {
        let with_result: BTreeSet<&str> =
            places.iter().filter(|place| place.rank.is_some()).map(|place| place.code.as_str()).collect();
        let eligible: Vec<(String, u32, u32)> = raw
            .iter()
            .zip(&model.places)
            .enumerate()
            .filter_map(|(at, (raw, set_off))| Some((known.application(at), (*raw)?, (*set_off)?)))
            .filter(|(name, ..)| with_result.contains(name.as_str()))
            .collect();
        // Inside are those with fewer than the quota before them.
        let last = |mut places: Vec<u32>| {
            places.sort_unstable();
            places.get(usize::try_from(quota).ok()?.checked_sub(1)?).copied()
        };
        let lasts = (
            last(eligible.iter().map(|(_, before, _)| *before).collect()),
            last(eligible.iter().map(|(.., after)| *after).collect()),
        );
        let inside = |place: u32, last: Option<u32>| quota > 0 && last.is_none_or(|last| place <= last);
        for (name, before, after) in &eligible {
            match (inside(*before, lasts.0), inside(*after, lasts.1)) {
                (true, false) => leaves.push(name.clone()),
                (false, true) => enters.push(name.clone()),
                _ => {}
            }
        }
        enters.sort();
        leaves.sort();
    }
    Ok(Model { experts, applications, enters, leaves, rest: figure(model.residual) })
}

/// Experts two by two, where there is something to be said of them.
pub(super) fn pairs(known: &Known<'_>) -> Vec<Pair> {
    let grids: Vec<&Grid> = known.criteria.iter().filter_map(|column| column.marks.as_ref().ok()).collect();
    let same: BTreeSet<[usize; 2]> =
        alike(&grids, LEAST_ALIKE).unwrap_or_default().into_iter().map(|pair| pair.experts).collect();
    // Of two experts what one has more the other has less: that says nothing.
    let enough = known.experts.len() > 2;
    let found = known.totals.as_ref().map_err(|why| *why).and_then(residuals).unwrap_or_default();
    // Fewer than three say nothing, and with many experts there are millions.
    let found: Vec<_> = found.into_iter().filter(|one| enough && one.applications > 2).collect();
    let pair = |experts: [usize; 2], applications, residuals| Pair {
        experts: (known.expert(experts[0]), known.expert(experts[1])),
        applications,
        identical: same.contains(&experts),
        residuals,
    };
    let mut out: Vec<Pair> = found.iter().map(|one| pair(one.experts, one.applications, figure(one.r))).collect();
    let seen: BTreeSet<[usize; 2]> = found.iter().map(|one| one.experts).collect();
    out.extend(
        same.iter()
            .filter(|experts| !seen.contains(*experts))
            .map(|experts| pair(*experts, 0, Err(Undefined::TooFewApplications))),
    );
    out
}

/// Marks for the own employer, over all panels together.
pub(super) fn employers(settled: &Settled, rows: &[EmployerRow]) -> Result<Employers, Undefined> {
    let by_total = settled.engine().rule().aggregation.scope == Scope::ExpertTotal;
    let of_expert: BTreeMap<&str, &str> =
        rows.iter().filter_map(|row| Some((row.expert.as_deref()?, row.employer.as_str()))).collect();
    let of_application = |panel: &str, name: &str| {
        let mine = |row: &&EmployerRow| {
            row.application.as_deref() == Some(name) && row.panel.as_deref().is_none_or(|of| of == panel)
        };
        rows.iter().find(mine).map(|row| row.employer.as_str())
    };
    let mut experts: Vec<&str> = Vec::new();
    for table in settled.panels() {
        experts.extend(table.experts());
    }
    experts.sort_unstable();
    experts.dedup();
    let number = |name: &str| experts.binary_search(&name).unwrap_or(usize::MAX);
    let (mut units, mut cells, mut under) = (Vec::new(), Vec::new(), 1);
    for table in settled.panels() {
        let names: Vec<usize> = table.experts().iter().map(|name| number(name)).collect();
        let at = |expert: usize| names.get(expert).copied().unwrap_or(usize::MAX);
        for (application, name) in table.applications().into_iter().enumerate() {
            let employer = of_application(table.name(), name);
            if by_total {
                under = table.total_under();
                let totals = (0..names.len()).filter_map(|e| Some((units.len(), at(e), table.total(application, e)?)));
                cells.extend(totals.collect::<Vec<_>>());
                units.push(employer);
                continue;
            }
            for criterion in 0..table.criteria().len() {
                let marks = (0..names.len()).filter_map(|expert| {
                    Some((units.len(), at(expert), table.mark(application, expert, criterion)?.units().into()))
                });
                cells.extend(marks.collect::<Vec<_>>());
                units.push(employer);
            }
        }
    }
    let grid = Grid::of_cells(units.len(), experts.len(), under, cells)?;
    let whose: Vec<Option<&str>> = experts.iter().map(|name| of_expert.get(name).copied()).collect();
    if whose.iter().all(Option::is_none) || units.iter().all(Option::is_none) {
        return Ok(nobody());
    }
    let found = compare(&grid, &whose, &units)?;
    let name = |at: usize| experts.get(at).map(|name| (*name).to_owned());
    Ok(Employers {
        experts: found
            .experts
            .iter()
            .map(|own| employed(name(own.who), whose.get(own.who).copied().flatten().unwrap_or_default(), own))
            .collect(),
        employers: found.employers.iter().map(|own| employed(None, own.who, own)).collect(),
        reciprocal: found
            .reciprocal
            .iter()
            .map(|pair| Reciprocal {
                employers: pair.employers.map(str::to_owned),
                marks: pair.marks.map(|side| side.marks),
                favours: pair.favours.map(figure),
                mutual: pair.mutual,
            })
            .collect(),
    })
}

fn employed<T>(expert: Option<String>, employer: &str, own: &Own<T>) -> Employed {
    Employed {
        expert,
        employer: employer.to_owned(),
        marks: (own.same.marks, own.other.marks),
        own: figure(own.same.mean),
        others: figure(own.other.mean),
        difference: figure(own.difference),
    }
}
