//! Cross-checks of an application (交叉核对): what does not fit together, what is
//! missing, what should be looked at. One idea a file; none of them changes
//! anything, and what was not read for certain accuses nobody.

pub mod finding;

mod budget;
mod conditions;
mod contacts;
mod cover;
mod credit_codes;
mod dates;
mod kind;
mod magnitude;
mod narrative;
mod open_licences;
mod pieces;
mod plan;
mod received;
mod spending;
mod staff;
mod standards;
mod statements;
mod stock;
mod supplement;
mod totals;
mod twins;
mod unread;
mod years;

use crate::domain::eligibility::Eligibility;
use crate::domain::eligibility::figure::Doubted;
use crate::domain::eligibility::judge::{Verdict, judge};
use crate::domain::form::Form;

use super::Application;
use finding::{Case, Finding};

pub use supplement::{NotTaken, supplement};

/// What the checks say of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The template's conditions, where it has any.
    pub verdict: Option<Verdict>,
    /// What was found, the gravest first.
    pub findings: Vec<Finding>,
}

/// Checks an application by its form and template, and beside the others of its
/// batch, each as the caller calls it.
#[must_use]
pub fn check(
    app: &Application,
    form: &Form,
    rules: Option<&Eligibility>,
    others: &[(String, &Application)],
) -> Outcome {
    let case = Case { app, form, rules };
    let mut findings = Vec::new();
    for one in [
        totals::check,
        received::check,
        open_licences::check,
        pieces::check,
        stock::check,
        budget::check,
        spending::check,
        cover::check,
        dates::check,
        credit_codes::check,
        standards::check,
        staff::check,
        magnitude::check,
        years::check,
        kind::check,
        plan::check,
        contacts::check,
        narrative::check,
        unread::check,
    ] {
        one(case, &mut findings);
    }
    // What may be in yuan must not carry anybody over a bound in 万元.
    let doubted: Doubted =
        findings.iter().filter(|finding| finding.id == "X16").map(|finding| finding.field.clone()).collect();
    let verdict = rules.map(|rules| judge(app, form, rules, &doubted));
    if let Some(verdict) = &verdict {
        conditions::check(&verdict.rules, &mut findings);
    }
    twins::check(app, others, &mut findings);
    // What a condition waits for is asked for by the condition's clause.
    for rule in verdict.iter().flat_map(|verdict| &verdict.rules) {
        for finding in findings.iter_mut().filter(|finding| finding.clause.is_empty()) {
            if rule.grounds.iter().any(|ground| ground.lacks.contains(&finding.field)) {
                finding.clause.clone_from(&rule.clause);
            }
        }
    }
    findings.sort_by_key(|finding| finding.severity);
    Outcome { verdict, findings }
}
