//! X14: parts of the staff are no more than the staff (人员数).

use crate::base::lang::Remark;

use super::finding::{Case, Finding, Severity};

/// Conversion staff, attorneys.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    let count = |id: &str| case.seen(id).map(|seen| seen.value);
    let full = count("mgmt.staff_full");
    if let (Some(part), Some(full)) = (count("mgmt.conversion_staff"), full)
        && part > full
    {
        let args = vec![part.into(), full.into()];
        out.push(Finding::new("X14", Severity::Warn, "mgmt.conversion_staff", Remark::StaffOver, args).of(case.app));
    }
    let all = full.zip(count("mgmt.staff_part")).and_then(|(full, part)| full.checked_add(part));
    if let (Some(attorneys), Some(all)) = (count("mgmt.attorneys"), all)
        && attorneys > all
    {
        let args = vec![attorneys.into(), all.into()];
        out.push(Finding::new("X14", Severity::Warn, "mgmt.attorneys", Remark::AttorneysOver, args).of(case.app));
    }
}
