//! X1: the years add up to the total (各年之和等于合计).

use rust_decimal::Decimal;

use crate::base::lang::Remark;
use crate::domain::application::columns::patterns;

use super::finding::{Case, Finding, Severity, if_sure};

/// What rounding may make of three amounts with two places.
const ROUNDING: Decimal = Decimal::from_parts(2, 0, 0, false, 2);

/// Every column that has a total.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    for pattern in patterns(case.form) {
        let column = case.column(&pattern);
        let Some(total) = &column.total.seen else { continue };
        let rows: Vec<_> = column.rows().collect();
        let seen: Vec<_> = rows.iter().filter_map(|cell| cell.seen.as_ref()).collect();
        let sum = seen.iter().try_fold(Decimal::ZERO, |sum, seen| sum.checked_add(seen.value));
        let Some(sum) = sum.filter(|_| !seen.is_empty()) else { continue };
        let sure = total.sure && seen.iter().all(|seen| seen.sure);
        let whole = seen.len() == rows.len() && rows.len() >= case.form.years.len();
        let apart = (sum - total.value).abs();
        let money = sum.scale() > 0 || total.value.scale() > 0;
        let finding = if whole && apart > Decimal::ZERO {
            let (remark, severity) = if money && apart <= ROUNDING {
                (Remark::TotalRounds, Severity::Warn)
            } else {
                (Remark::TotalDiffers, Severity::Error)
            };
            Finding::new(
                "X1",
                if_sure(sure, severity),
                &column.total.id,
                remark,
                vec![sum.into(), total.value.into(), apart.into()],
            )
        } else if !whole && sum > total.value {
            let args = vec![sum.into(), total.value.into()];
            Finding::new("X1", if_sure(sure, Severity::Error), &column.total.id, Remark::TotalTooSmall, args)
        } else {
            continue;
        };
        out.push(finding.of(case.app));
    }
}
