//! What stands over a table's columns (表头): header rows with their merged
//! cells, the schema's columns found in them by label, and the cell of a row
//! that stands under each.

use crate::base::text::one_spelling;
use crate::domain::places::Column;

use super::amounts::money_unit;
use super::labels::{is_one_of, key, likeness};
use super::layout::{Grid, Spot};

/// A column of the schema, found in a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mapped {
    /// Which of the schema's columns.
    pub column: usize,
    /// The grid columns it takes.
    pub range: (u32, u32),
    /// Its rank among the header's columns, from the left.
    pub order: usize,
    /// The unit of money written over it, as a power of ten of a yuan.
    pub unit: Option<u32>,
    /// Whether its label is the schema's, not only near it.
    pub sure: bool,
}

/// The header of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// The range of the column of years, where there is one.
    pub years: Option<(u32, u32)>,
    /// Every column: its range, and the texts over it from the top.
    pub paths: Vec<((u32, u32), Vec<String>)>,
    /// Texts of its heading, for the unit.
    pub above: Vec<String>,
}

impl Header {
    /// The header made of these rows of a grid; `above` is what stands over it.
    pub(super) fn of(grid: &Grid, rows: std::ops::RangeInclusive<usize>, above: Vec<String>) -> Self {
        let last = grid.rows.get(*rows.end()).map(Vec::as_slice).unwrap_or_default();
        let paths = last.iter().map(|leaf| {
            let mut path: Vec<String> = Vec::new();
            for row in rows.clone() {
                for spot in grid.rows.get(row).into_iter().flatten() {
                    if spot.overlap(leaf.columns) > 0 && !spot.is_blank() && !path.contains(&spot.text) {
                        path.push(spot.text.clone());
                    }
                }
            }
            (leaf.columns, path)
        });
        Self { years: None, paths: paths.collect(), above }
    }

    /// The schema's columns in it.
    pub(super) fn map(&self, columns: &[Column]) -> Vec<Mapped> {
        let mut out: Vec<Mapped> = Vec::new();
        for (order, (range, path)) in self.paths.iter().enumerate() {
            if Some(*range) == self.years {
                continue;
            }
            let Some(column) = column_of(path, &self.above, columns) else { continue };
            if out.iter().any(|known| known.column == column) {
                continue;
            }
            out.push(Mapped { column, range: *range, order, unit: self.unit(path), sure: true });
        }
        self.near(columns, &mut out);
        out
    }

    /// Columns not found take what comes near their label.
    fn near(&self, columns: &[Column], out: &mut Vec<Mapped>) {
        if out.is_empty() {
            return;
        }
        for (column, wanted) in columns.iter().enumerate() {
            if out.iter().any(|known| known.column == column) {
                continue;
            }
            let free = self.paths.iter().enumerate().filter(|(order, (range, _))| {
                Some(*range) != self.years && out.iter().all(|known| known.order != *order)
            });
            let near = free
                .map(|(order, (range, path))| {
                    (path.last().map_or(0, |leaf| likeness(leaf, &wanted.labels)), order, *range, path)
                })
                .max_by_key(|(near, order, ..)| (*near, usize::MAX - order));
            if let Some((60.., order, range, path)) = near {
                out.push(Mapped { column, range, order, unit: self.unit(path), sure: false });
            }
        }
    }

    fn unit(&self, path: &[String]) -> Option<u32> {
        path.iter().rev().chain(&self.above).find_map(|text| unit_in(text))
    }

    /// The header as it is compared with that of another table.
    pub(super) fn keys(&self) -> Vec<String> {
        self.paths.iter().filter_map(|(_, path)| path.last()).map(|text| key(text)).collect()
    }
}

/// The column whose label stands lowest over these grid columns.
fn column_of(path: &[String], above: &[String], columns: &[Column]) -> Option<usize> {
    for (at, text) in path.iter().enumerate().rev() {
        let named: Vec<usize> = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| is_one_of(text, &column.labels))
            .map(|(column, _)| column)
            .collect();
        let over = path.get(..at).unwrap_or_default();
        let under = |column: &usize| {
            columns.get(*column).is_some_and(|column| {
                !column.under.is_empty() && over.iter().chain(above).any(|text| is_one_of(text, &column.under))
            })
        };
        match named.as_slice() {
            [] => {}
            [only] => return Some(*only),
            several => {
                let placed = several.iter().copied().find(|column| under(column));
                let plain = || several.iter().copied().find(|c| columns.get(*c).is_some_and(|c| c.under.is_empty()));
                return placed.or_else(plain);
            }
        }
    }
    None
}

/// The unit of money a header names: `合同额（万元）`, `单位：元`.
fn unit_in(text: &str) -> Option<u32> {
    let folded: String = one_spelling(text).chars().filter(|c| !c.is_whitespace()).collect();
    let after = folded.split(['(', '[', '【', '/', ',']).skip(1);
    let units = after.map(|piece| {
        let piece = piece.trim_start_matches("单位").trim_start_matches([':', '：']);
        piece.split([')', ']', '】', ',', '/']).next().unwrap_or(piece)
    });
    let plain = folded.strip_prefix("单位").map(|rest| rest.trim_start_matches([':', '：']));
    units.chain(plain).find_map(money_unit)
}

/// The spot of a row that stands under a column, and whether the cell's rank in
/// the row says the same as its place on the grid.
pub(super) fn under<'g>(
    spots: &'g [Spot],
    mapped: &Mapped,
    header: &Header,
    taken: &[usize],
) -> Option<(usize, &'g Spot, bool)> {
    let (at, spot) = spots
        .iter()
        .enumerate()
        .filter(|(_, spot)| spot.overlap(mapped.range) > 0)
        .max_by_key(|(at, spot)| (spot.overlap(mapped.range), usize::MAX - at))?;
    let whole = spot.overlap(mapped.range) * 2 > mapped.range.1.saturating_sub(mapped.range.0);
    // Counted from the right end, where a heading at the left may be left out.
    let from_right = header.paths.len().saturating_sub(mapped.order);
    // With cells left out, only a cell that stands exactly under the column is sure.
    let by_rank = if spots.len() == header.paths.len() {
        spots.len().saturating_sub(at) == from_right
    } else {
        spot.columns == mapped.range
    };
    Some((at, spot, whole && by_rank && !taken.contains(&at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_over_columns() {
        for (text, unit) in [
            ("合同额（万元）", Some(4)),
            ("合同额\n（元）", Some(0)),
            ("合同额(单位：千元)", Some(3)),
            ("单位：元", Some(0)),
            ("金额/万元", Some(4)),
            ("专利转让件数", None),
            ("近三年专利授权量（件）", None),
        ] {
            assert_eq!(unit_in(text), unit, "{text}");
        }
    }
}
