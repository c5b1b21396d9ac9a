//! What was not read for certain, and what is not there (未读出与缺件).

use crate::base::lang::Remark;
use crate::domain::application::Why;
use crate::domain::packet::Value;

use super::finding::{Arg, Case, Finding, Severity};
use super::plan;

/// Fields that need not be filled in.
const OPTIONAL: [&str; 18] = [
    "unit.name_aliases",
    "unit.kind_other",
    "unit.fax",
    "lead.tel",
    "contact.tel",
    "contact.fax",
    "mgmt.standards",
    "mgmt.standards_other",
    "mgmt.rules[].doc_no",
    "conv.total_pieces",
    "conv.total_amount",
    "budget.rows[].no",
    "budget.applied",
    "budget.matched",
    "prio.flags",
    "plan.task_list[]",
    "plan.title",
    "rec.legal_rep_signed",
];
/// Signatures, seals and dates: on paper, and in a scan, rather than in the file.
const PAPER: [&str; 2] = ["pledge.", "rec."];
/// What an application can't be without.
const VITAL: [&str; 4] = ["unit.name", "unit.uscc", "unit.kind", "unit.legal_rep"];
/// What the conditions need and the form has no box for.
const NO_BOX: [&str; 1] = ["conv.enterprises"];

/// Doubts, then gaps.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    for (id, doubt) in &case.app.uncertain {
        let text: Arg = doubt.text.as_str().into();
        let finding = match doubt.why {
            Why::BothTicked => Finding::new("TICKED", Severity::Error, id, Remark::BothTicked, vec![text]),
            Why::NoneTicked => Finding::new("TICKED", Severity::Warn, id, Remark::NoneTicked, vec![text]),
            Why::Magnitude => Finding::new("X16", Severity::Warn, id, Remark::MagnitudeDoubt, vec![text]),
            why => {
                let args = vec![text, Arg::Doubt(why.word())];
                Finding::new("UNREAD", Severity::Warn, id, Remark::Unread, args)
            }
        };
        // A magnitude that was found by comparing is not said twice.
        let said = out.iter().any(|other| other.id == finding.id && other.field == finding.field);
        if !said {
            out.push(finding.of(case.app));
        }
    }
    let has_plan = plan::has_any(case.app);
    for field in case.form.fields() {
        let id = field.id.as_str();
        let there = case.app.fields.get(id).is_some_and(|entry| !is_empty(&entry.value));
        if there || case.app.is_uncertain(id) || OPTIONAL.contains(&id) || plan::covers(id) {
            continue;
        }
        // Years of a table that gives others are said once, not cell by cell.
        if case.form.row_pattern(id).is_some_and(|pattern| !case.column(&pattern).foreign.is_empty()) {
            continue;
        }
        let (severity, remark) = if NO_BOX.contains(&id) {
            (Severity::Warn, Remark::MissingNoBox)
        } else if PAPER.iter().any(|part| id.starts_with(part)) {
            (Severity::Warn, Remark::MissingPaper)
        } else if VITAL.contains(&id) {
            (Severity::Error, Remark::MissingField)
        } else {
            (Severity::Warn, Remark::MissingField)
        };
        if id.starts_with("plan.") && !has_plan {
            continue;
        }
        out.push(Finding::new("MISSING", severity, id, remark, Vec::new()));
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.trim().is_empty(),
        Value::List(cells) => cells.iter().flatten().all(|cell| cell.trim().is_empty()),
        Value::Number(_) | Value::Bool(_) => false,
    }
}
