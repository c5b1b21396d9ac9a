//! How far experts agree, by every figure there is for it.

use std::collections::BTreeMap;

use crate::domain::doubt::Undefined;
use crate::domain::doubt::report::{Agreement, Concordance, Figure, Icc};

use super::super::alpha::alpha;
use super::super::concordance::concordance;
use super::super::icc::icc;
use super::super::kappa::kappa;
use super::{Grid, Known, Votes, figure, shown};

/// Most different marks that are still answers and not amounts.
const MOST_ANSWERS: usize = 10;

/// The figures of a grid.
pub(super) fn agreement(grid: &Result<Grid, Undefined>) -> Agreement {
    let grid = match grid {
        Ok(grid) => grid,
        Err(why) => {
            let none = Err(*why);
            return Agreement {
                alpha: none,
                nominal: none,
                ordinal: none,
                ratio: none,
                pairable: 0,
                icc: Err(*why),
                concordance: Err(*why),
            };
        }
    };
    let alpha = alpha(grid);
    Agreement {
        alpha: figure(alpha.interval),
        nominal: figure(alpha.nominal),
        ordinal: figure(alpha.ordinal),
        ratio: figure(alpha.ratio),
        pairable: alpha.pairable,
        icc: icc(grid).and_then(|icc| {
            let squares = icc.squares;
            let [bms, wms, jms, ems] =
                [squares.applications, squares.within, squares.experts, squares.error].map(shown);
            Ok(Icc {
                single: [figure(icc.one_single), figure(icc.two_single), figure(icc.three_single)],
                mean: [figure(icc.one_mean), figure(icc.two_mean), figure(icc.three_mean)],
                squares: [bms?, wms?, jms?, ems?],
                applications: icc.applications,
                left_out: icc.left_out,
            })
        }),
        concordance: concordance(grid).and_then(|w| {
            Ok(Concordance {
                corrected: figure(w.corrected),
                uncorrected: figure(w.uncorrected),
                scatter: shown(w.scatter)?,
                ties: w.ties,
                chi_square: figure(w.chi_square),
                freedom: w.freedom,
                chance: figure(w.chance),
            })
        }),
    }
}

/// Agreement of a round's votes; else of marks, where they are answers: one
/// criterion, few different ones.
pub(super) fn votes(known: &Known<'_>, votes: Option<&Votes>) -> Figure {
    let counted = match votes {
        Some(votes) => votes.clone(),
        None => answers(known)?,
    };
    kappa(&counted).and_then(|kappa| shown(kappa.kappa))
}

fn answers(known: &Known<'_>) -> Result<Votes, Undefined> {
    let [only] = known.criteria.as_slice() else { return Err(Undefined::TooMany) };
    let grid = only.marks.as_ref().map_err(|why| *why)?;
    let mut values: BTreeMap<i64, usize> = grid.rows().iter().flatten().map(|(_, mark)| (*mark, 0)).collect();
    if values.len() > MOST_ANSWERS {
        return Err(Undefined::TooMany);
    }
    for (at, place) in values.values_mut().enumerate() {
        *place = at;
    }
    let many = values.len();
    let count = |row: &Vec<(usize, i64)>| {
        let mut counts = vec![0u64; many];
        for (_, mark) in row {
            if let Some(count) = values.get(mark).and_then(|at| counts.get_mut(*at)) {
                *count += 1;
            }
        }
        counts
    };
    Ok(grid.rows().iter().map(count).collect())
}
