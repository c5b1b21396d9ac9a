//! X4: patents in force beside those granted (有效专利与授权量).

use rust_decimal::Decimal;

use crate::base::lang::Remark;

use super::finding::{Case, Finding, Severity};

/// Less than this many hundredths of what was granted is odd.
const SHARE: Decimal = Decimal::from_parts(30, 0, 0, false, 2);

/// In force against three years' grants.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    let Some(stock) = case.seen("grant.in_force") else { return };
    let granted = ["inv", "um", "des"].iter().try_fold(Decimal::ZERO, |sum, kind| {
        let total = case.seen(&format!("grant.total.{kind}"))?.value;
        sum.checked_add(total)
    });
    if let Some(granted) = granted
        && granted.checked_mul(SHARE).is_some_and(|least| stock.value < least)
    {
        let args = vec![stock.value.into(), granted.into()];
        out.push(Finding::new("X4", Severity::Warn, "grant.in_force", Remark::StockSmall, args).of(case.app));
    }
}
