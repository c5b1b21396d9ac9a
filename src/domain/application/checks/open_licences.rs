//! Open licences (开放许可): carried out no more than published, and X15, whether
//! they are part of the licences, which only the office can say.

use rust_decimal::Decimal;

use crate::base::lang::Remark;

use super::finding::{Case, Finding, Severity, pairs};

/// Year by year, then cumulated, then against the licences.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    let done = case.column("lic.*.open_done");
    let published = case.column("lic.*.open_published");
    let (mut did, mut could) = (Decimal::ZERO, Decimal::ZERO);
    let mut before = true;
    for (cell, carried, put) in pairs(&done, &published) {
        did = did.checked_add(carried.value).unwrap_or(did);
        could = could.checked_add(put.value).unwrap_or(could);
        let finding = if carried.value > put.value {
            let args = vec![cell.year.as_str().into(), carried.value.into(), put.value.into()];
            Finding::new("OPEN", Severity::Warn, &cell.id, Remark::OpenOverPublished, args)
        } else if did > could && before {
            let args = vec![cell.year.as_str().into(), did.into(), could.into()];
            Finding::new("OPEN", Severity::Warn, &cell.id, Remark::OpenOverPublishedSoFar, args)
        } else {
            continue;
        };
        before = did <= could;
        out.push(finding.of(case.app));
    }
    for (of, than, remark) in [
        ("lic.*.open_done", "lic.*.count", Remark::OpenBeyondPieces),
        ("lic.*.open_amount", "lic.*.contract", Remark::OpenBeyondAmount),
    ] {
        for (cell, open, all) in pairs(&case.column(of), &case.column(than)) {
            if open.value > all.value {
                let args = vec![cell.year.as_str().into(), open.value.into(), all.value.into()];
                out.push(Finding::new("X15", Severity::Config, &cell.id, remark, args).of(case.app));
            }
        }
    }
}
