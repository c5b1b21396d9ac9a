//! X11: nothing is dated after the deadline (不晚于截止日期), and dates are dates.

use crate::base::lang::Remark;
use crate::domain::day::Day;
use crate::domain::packet::Value;

use super::finding::{Case, Finding, Severity};

/// Dates that must not be late.
const DATES: [&str; 3] = ["pledge.date", "rec.unit_date", "rec.city_date"];
/// When each regulation was issued.
const ISSUED: &str = "mgmt.rules[].date";

/// The form's dates, and those of the regulations it lists.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    let deadline = case.rules.map(|rules| (rules.deadline, rules.deadline_clause.as_str()));
    for field in DATES {
        let Some(text) = case.text(field) else { continue };
        match (Day::read(text), deadline) {
            (None, _) => {
                let finding = Finding::new("X11", Severity::Warn, field, Remark::BadDate, vec![text.into()]);
                out.push(finding.of(case.app));
            }
            (Some(day), Some((last, clause))) if day > last => {
                let args = vec![day.to_string().into(), last.to_string().into()];
                let finding = Finding::new("X11", Severity::Eligibility, field, Remark::Late, args);
                out.push(finding.of(case.app).clause(clause));
            }
            _ => {}
        }
    }
    let Some(Value::List(cells)) = case.app.value(ISSUED) else { return };
    for text in cells.iter().flatten().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        let (remark, args) = match (Day::read(text), deadline) {
            // Some give year and month only, which is enough to find the document.
            (None, _) if text.chars().filter(char::is_ascii_digit).count() < 5 => (Remark::BadDate, vec![text.into()]),
            (Some(day), Some((last, _))) if day > last => {
                (Remark::RuleLate, vec![day.to_string().into(), last.to_string().into()])
            }
            _ => continue,
        };
        out.push(Finding::new("X11", Severity::Warn, ISSUED, remark, args).of(case.app).value(text));
    }
}
