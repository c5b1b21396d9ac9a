//! X2: no more is received than was contracted (到账额不大于合同额), year by year
//! and in all; money of earlier contracts is explained in the text (跨年到账).

use crate::base::lang::Remark;
use crate::domain::form::TOTAL;

use super::finding::{Case, Finding, Severity, if_sure, pairs};

/// Where applicants explain.
const TEXTS: [&str; 4] = ["unit.overview", "plan.status", "plan.conversion", "ops.institution"];
/// Words of such an explanation.
const EXPLAINED: [&str; 4] = ["跨年", "以前年度", "往年合同", "此前年度"];

/// Assignments and licences.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    for table in ["asg", "lic"] {
        let contract = case.column(&format!("{table}.*.contract"));
        let received = case.column(&format!("{table}.*.received"));
        for (cell, got, agreed) in pairs(&received, &contract) {
            if got.value > agreed.value {
                let args = vec![cell.year.as_str().into(), got.value.into(), agreed.value.into()];
                out.push(Finding::new("X2", Severity::Warn, &cell.id, Remark::ReceivedOverContract, args).of(case.app));
            }
        }
        if let (Some(got), Some(agreed)) = (&received.total.seen, &contract.total.seen)
            && got.value > agreed.value
        {
            let severity = if explained(case) { Severity::Warn } else { Severity::Error };
            let severity = if_sure(got.sure && agreed.sure, severity);
            let args = vec![got.value.into(), agreed.value.into()];
            let field = format!("{table}.{TOTAL}.received");
            out.push(Finding::new("X2", severity, &field, Remark::ReceivedOverTotal, args).of(case.app));
        }
    }
}

fn explained(case: Case<'_>) -> bool {
    TEXTS.iter().filter_map(|id| case.text(id)).any(|text| EXPLAINED.iter().any(|word| text.contains(word)))
}
