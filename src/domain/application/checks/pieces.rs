//! X3: no pieces, no money; and figures below zero (件数与金额).

use rust_decimal::Decimal;

use crate::base::lang::Remark;
use crate::domain::packet::Value;

use super::finding::{Case, Finding, Severity, pairs};

/// Pieces and the money they go with.
const TABLES: [(&str, &str); 5] = [
    ("asg.*.count", "asg.*.contract"),
    ("asg.*.count", "asg.*.received"),
    ("lic.*.count", "lic.*.contract"),
    ("lic.*.count", "lic.*.received"),
    ("eq.*.count", "eq.*.amount"),
];

/// Year by year.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    for (count, money) in TABLES {
        for (cell, amount, pieces) in pairs(&case.column(money), &case.column(count)) {
            let received = money.ends_with("received");
            if pieces.value.is_zero() && amount.value > Decimal::ZERO && !received {
                let args = vec![cell.year.as_str().into(), amount.value.into()];
                out.push(Finding::new("X3", Severity::Warn, &cell.id, Remark::MoneyWithoutPieces, args).of(case.app));
            } else if pieces.value > Decimal::ZERO && amount.value.is_zero() && !received {
                let args = vec![cell.year.as_str().into(), pieces.value.into()];
                out.push(Finding::new("X3", Severity::Warn, &cell.id, Remark::PiecesWithoutMoney, args).of(case.app));
            }
        }
    }
    // A free open licence has no money; money without one is another matter.
    for (cell, amount, done) in pairs(&case.column("lic.*.open_amount"), &case.column("lic.*.open_done")) {
        if done.value.is_zero() && amount.value > Decimal::ZERO {
            let args = vec![cell.year.as_str().into(), amount.value.into()];
            out.push(Finding::new("X3", Severity::Warn, &cell.id, Remark::MoneyWithoutPieces, args).of(case.app));
        }
    }
    for (id, entry) in &case.app.fields {
        if let Value::Number(value) = entry.value
            && value < Decimal::ZERO
        {
            out.push(Finding::new("X3", Severity::Error, id, Remark::NegativeFigure, vec![value.into()]).of(case.app));
        }
    }
}
