//! X16: amounts that may be yuan entered for 万元 (数量级): the price of a piece, a
//! year beside the others, and amounts beyond any of their kind.

use rust_decimal::Decimal;

use crate::base::lang::Remark;
use crate::domain::application::columns::Cell;

use super::budget::rows;
use super::finding::{Case, Finding, Severity, pairs};

/// A piece for more than this, in 万元.
const DEAR: Decimal = Decimal::from_parts(1_000, 0, 0, false, 0);
/// A piece for less than this.
const CHEAP: Decimal = Decimal::from_parts(1, 0, 0, false, 2);
/// A year so many times another.
const TIMES: Decimal = Decimal::from_parts(100, 0, 0, false, 0);
/// Below this a year is only a better one.
const NOTABLE: Decimal = Decimal::from_parts(1_000, 0, 0, false, 0);
/// No year's spending on management is this much.
const HUGE: Decimal = Decimal::from_parts(100_000, 0, 0, false, 0);
/// No row of a budget of at most some hundreds is this much.
const HUGE_ROW: Decimal = Decimal::from_parts(1_000, 0, 0, false, 0);

/// Pieces and amounts.
const PRICES: [(&str, &str); 3] =
    [("asg.*.count", "asg.*.contract"), ("lic.*.count", "lic.*.contract"), ("eq.*.count", "eq.*.amount")];
/// Amounts by year.
const AMOUNTS: [&str; 7] = [
    "mgmt.funds.*",
    "asg.*.contract",
    "asg.*.received",
    "lic.*.contract",
    "lic.*.received",
    "lic.*.open_amount",
    "eq.*.amount",
];

/// Prices, years, rows of the budget.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    let mut found: Vec<Finding> = Vec::new();
    for (count, money) in PRICES {
        for (cell, amount, pieces) in pairs(&case.column(money), &case.column(count)) {
            if pieces.value <= Decimal::ZERO || amount.value <= Decimal::ZERO {
                continue;
            }
            let bound = |price: Decimal| pieces.value.checked_mul(price);
            let remark = if bound(DEAR).is_some_and(|most| amount.value > most) {
                Remark::PriceHigh
            } else if bound(CHEAP).is_some_and(|least| amount.value < least) {
                Remark::PriceLow
            } else {
                continue;
            };
            let args = vec![cell.year.as_str().into(), pieces.value.into(), amount.value.into()];
            found.push(Finding::new("X16", Severity::Warn, &cell.id, remark, args).of(case.app));
        }
    }
    for pattern in AMOUNTS {
        let column = case.column(pattern);
        for cell in column.rows() {
            let known = found.iter().any(|finding| finding.field == cell.id);
            found.extend((!known).then(|| out_of_scale(case, cell, column.rows())).flatten());
        }
    }
    for row in rows(case) {
        if let Some(amount) = row.amount.filter(|amount| *amount >= HUGE_ROW) {
            let args = vec![amount.into()];
            let finding = Finding::new("X16", Severity::Warn, "budget.rows[].amount", Remark::AmountHuge, args);
            found.push(finding.at(row.origin.as_ref()).value(amount.normalize().to_string()));
        }
    }
    out.extend(found);
}

fn out_of_scale<'a>(case: Case<'_>, cell: &Cell, all: impl Iterator<Item = &'a Cell>) -> Option<Finding> {
    let amount = cell.seen.as_ref()?.value;
    let others = all.filter(|other| other.year != cell.year).filter_map(|other| Some(other.seen.as_ref()?.value));
    let least = others.filter(|other| *other > Decimal::ZERO).min();
    let beside = least.filter(|other| other.checked_mul(TIMES).is_some_and(|most| amount >= most));
    let (remark, args) = match beside {
        Some(other) if amount >= NOTABLE => {
            (Remark::YearOutOfScale, vec![cell.year.as_str().into(), amount.into(), other.into()])
        }
        _ if amount >= HUGE => (Remark::AmountHuge, vec![amount.into()]),
        _ => return None,
    };
    Some(Finding::new("X16", Severity::Warn, &cell.id, remark, args).of(case.app))
}
