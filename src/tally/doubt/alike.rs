//! Experts whose marks are the same (雷同打分): every mark they both gave. A
//! screen for the secretary, never a verdict.

use std::collections::BTreeMap;

use crate::domain::doubt::Undefined;

use super::grid::Grid;

/// Most comparisons of two marks that are made.
pub(super) const MOST_PAIRS: usize = 100_000_000;

/// Two experts with the same marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alike {
    /// The experts, in order.
    pub experts: [usize; 2],
    /// How many marks they share, all equal.
    pub marks: usize,
}

/// Pairs of experts who gave the same mark wherever both gave one, on `least`
/// marks or more. `criteria` are grids of the same applications and experts.
///
/// # Errors
/// Too many to compare.
pub fn alike(criteria: &[&Grid], least: usize) -> Result<Vec<Alike>, Undefined> {
    let rows = || criteria.iter().flat_map(|grid| grid.rows());
    may_compare(rows())?;
    // How many they share; nothing once they differ.
    let mut pairs: BTreeMap<[usize; 2], Option<usize>> = BTreeMap::new();
    for row in rows() {
        let mut rest = row.as_slice();
        while let Some(((expert, mark), others)) = rest.split_first() {
            for (other, second) in others {
                let shared = pairs.entry([*expert, *other]).or_insert(Some(0));
                *shared = shared.filter(|_| mark == second).map(|shared| shared + 1);
            }
            rest = others;
        }
    }
    let same = |(experts, marks): ([usize; 2], Option<usize>)| Some(Alike { experts, marks: marks? });
    Ok(pairs.into_iter().filter_map(same).filter(|pair| pair.marks >= least.max(1)).collect())
}

/// Whether there are few enough pairs.
pub(super) fn may_compare<'a>(rows: impl Iterator<Item = &'a Vec<(usize, i64)>>) -> Result<(), Undefined> {
    let pairs = rows.fold(0usize, |pairs, row| pairs.saturating_add(row.len().saturating_mul(row.len()) / 2));
    if pairs > MOST_PAIRS { Err(Undefined::TooMany) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::super::grid::tests::grid;
    use super::*;

    #[test]
    fn the_same_wherever_both_marked() {
        let (first, second) = (grid(&["5 5 5 -", "6 6 7 6"]), grid(&["1 1 1 -", "- 2 2 2"]));
        let pairs = |least| alike(&[&first, &second], least).unwrap();
        let found = |experts, marks| Alike { experts, marks };
        assert_eq!(pairs(1), [found([0, 1], 3), found([0, 3], 1), found([1, 3], 2)]);
        assert_eq!(pairs(3), [found([0, 1], 3)]);
        assert_eq!(pairs(4), []);
    }
}
