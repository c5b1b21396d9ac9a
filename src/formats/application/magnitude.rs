//! Amounts in yuan where ten thousands are asked for (元当万元). The figure alone
//! proves nothing; beside its neighbours it may be so large that a person must
//! look. The rule, for amounts written without a unit:
//!
//! * at least 1,000, and 100 times the middle of the other years of its column
//!   (or of the other amounts of its row, where the column has none);
//! * or a whole number of hundreds from 1,000 on, as yuan of such forms are, and
//!   20 times that middle;
//! * or 10,000 and more where all the others are below 1,000;
//! * or 100,000 (十亿元) and more in any case.
//!
//! The figure stays as it was written; nothing is converted on suspicion.

use rust_decimal::Decimal;

use crate::domain::application::Why;
use crate::domain::form::TOTAL;

use super::found::Found;

/// An amount as it was read from a table.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Its field.
    pub id: String,
    /// Its table.
    pub table: usize,
    /// Its column.
    pub column: String,
    /// Its year or total.
    pub row: String,
    /// The value.
    pub value: Decimal,
    /// Whether it was written without a unit.
    pub plain: bool,
}

/// Makes doubtful what is too large beside its neighbours.
pub(super) fn doubt(cells: &[Cell], found: &mut Found) {
    for cell in cells.iter().filter(|cell| cell.plain) {
        let in_column =
            |other: &&Cell| other.table == cell.table && other.column == cell.column && other.row != cell.row;
        let in_row = |other: &&Cell| other.table == cell.table && other.row == cell.row && other.column != cell.column;
        let values =
            |cells: Vec<&Cell>| cells.into_iter().map(|c| c.value).filter(|v| !v.is_zero()).collect::<Vec<_>>();
        let years = values(cells.iter().filter(in_column).filter(|c| c.row != TOTAL).collect());
        let others = if years.is_empty() { values(cells.iter().filter(in_column).collect()) } else { years };
        let row = values(cells.iter().filter(in_row).collect());
        if too_large(cell.value, &others)
            || (others.is_empty() || cell.value >= Decimal::from(10_000)) && too_large(cell.value, &row)
        {
            found.doubt(&cell.id, Why::Magnitude);
        }
    }
}

/// Whether an amount is too large beside others.
pub(super) fn too_large(value: Decimal, others: &[Decimal]) -> bool {
    let thousand = Decimal::from(1_000);
    if value < thousand {
        return false;
    }
    if value >= Decimal::from(100_000) {
        return true;
    }
    let Some(middle) = median(others) else { return false };
    let hundreds = value.is_integer() && (value % Decimal::ONE_HUNDRED).is_zero();
    let times = |factor: u32| middle.checked_mul(Decimal::from(factor)).is_some_and(|limit| value >= limit);
    times(100)
        || (hundreds && times(20))
        || (value >= Decimal::from(10_000) && others.iter().all(|other| *other < thousand))
}

fn median(values: &[Decimal]) -> Option<Decimal> {
    let mut sorted = values.to_vec();
    sorted.sort();
    // Of an even number the lower: one honest neighbour is enough to compare with.
    sorted.get(sorted.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(texts: &[&str]) -> Vec<Decimal> {
        texts.iter().map(|text| Decimal::from_str_exact(text).unwrap_or_default()).collect()
    }

    #[test]
    fn yuan_among_ten_thousands() {
        for (value, others) in [
            ("417400", &["131.84", "136.41"][..]),
            ("5000", &["131.84", "136.41"]),
            ("12000", &["950", "870"]),
            ("171200", &[]),
            ("35000", &["300"]),
        ] {
            assert!(too_large(numbers(&[value])[0], &numbers(others)), "{value}");
        }
        for (value, others) in [
            ("999", &["1"][..]),
            ("1300.38", &["400.33", "481.06"]),
            ("3200", &["1500", "1800"]),
            ("12000", &["9500", "8700"]),
            ("1234.5", &[]),
        ] {
            assert!(!too_large(numbers(&[value])[0], &numbers(others)), "{value}");
        }
    }
}
