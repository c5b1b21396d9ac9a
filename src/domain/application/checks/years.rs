//! The years of the tables are those asked for (年度).

use crate::base::lang::Remark;
use crate::domain::application::columns::{is_year, patterns};

use super::finding::{Case, Finding, Severity};

/// Years as given against years asked for.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    let mut given: Vec<String> = case.app.years.iter().filter_map(|text| year(text)).collect();
    for pattern in patterns(case.form) {
        given.extend(case.column(&pattern).foreign.into_iter().map(|cell| cell.year));
    }
    given.sort_unstable();
    given.dedup();
    let asked = &case.form.years;
    let wanted = asked.join("、");
    let first = patterns(case.form).first().cloned().unwrap_or_default();
    let field = |year: &str| first.replace('*', year);
    if given.iter().any(|year| !asked.contains(year)) {
        let args = vec![given.join("、").into(), wanted.into()];
        let foreign = given.iter().find(|year| !asked.contains(year)).map_or("", String::as_str);
        let finding = Finding::new("YEARS", Severity::Error, &field(foreign), Remark::ForeignYears, args);
        out.push(finding.of(case.app).value(given.join("、")));
    } else if !given.is_empty() {
        for missing in asked.iter().filter(|year| !given.contains(year)) {
            let args = vec![missing.as_str().into()];
            out.push(Finding::new("YEARS", Severity::Warn, &field(missing), Remark::YearMissing, args));
        }
    }
}

/// The four digits of `2020年` or `２０２０年度`.
fn year(text: &str) -> Option<String> {
    let digits: String = crate::base::points::fold(text).chars().filter(char::is_ascii_digit).collect();
    is_year(&digits).then_some(digits)
}
