//! X5 and X6: conditions that are not met, or that what was read falls short of
//! (申报条件). A condition that only waits for a figure is no finding of its own.

use crate::base::lang::Remark;
use crate::domain::eligibility::figure::Known;
use crate::domain::eligibility::judge::{Judged, plain};
use crate::domain::eligibility::truth::Truth;

use super::finding::{Arg, Finding, Severity};

/// One finding a figure of a rule that fails or falls short.
pub(super) fn check(rules: &[Judged], out: &mut Vec<Finding>) {
    for rule in rules.iter().filter(|rule| rule.state != Truth::Met) {
        let id = match rule.id.as_str() {
            "creation" => "X5",
            "conversion" => "X6",
            _ => continue,
        };
        for ground in rule.grounds.iter().filter(|ground| ground.state != Truth::Met) {
            let Some((range, operator, bound)) = ground.figure else { continue };
            let (severity, remark, value) = if ground.state == Truth::NotMet {
                (Severity::Eligibility, Remark::ConditionNotMet, ground.value.clone().unwrap_or_default())
            } else if ground.known != Known::Read && !ground.sources.is_empty() && !operator.passes(range.low, bound) {
                (Severity::Eligibility, Remark::ConditionShort, plain(range.low))
            } else {
                continue;
            };
            let severity = if rule.state == Truth::NotMet { severity } else { Severity::Warn };
            let args = vec![value.as_str().into(), Arg::Bound(operator, bound)];
            let finding = Finding::new(id, severity, &ground.id, remark, args).value(value);
            let origin = ground.sources.first().map(|(_, origin)| origin);
            out.push(finding.at(origin).clause(&rule.clause));
        }
    }
}
