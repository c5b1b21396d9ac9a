//! X12: the credit code checks (统一社会信用代码), the organisation code in it too,
//! and was given out in the province.

use crate::base::lang::Remark;
use crate::domain::eligibility::Condition;
use crate::domain::identifiers::credit_code::{self, Wrong};

use super::finding::{Arg, Case, Finding, Severity};

/// The field.
pub(super) const FIELD: &str = "unit.uscc";

/// Length, signs, both check signs, region.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    let Some(text) = case.text(FIELD) else { return };
    let code = credit_code::normal(text);
    let (severity, remark, args): (_, _, Vec<Arg>) = match credit_code::check(&code) {
        Err(Wrong::Length(length)) => {
            (Severity::Error, Remark::CodeLength, vec![code.into(), length.to_string().into()])
        }
        Err(Wrong::Sign(sign, at)) => {
            (Severity::Error, Remark::CodeSign, vec![code.into(), at.to_string().into(), sign.to_string().into()])
        }
        Err(Wrong::Check { wanted }) => {
            (Severity::Error, Remark::CodeCheck, vec![code.into(), wanted.to_string().into()])
        }
        Err(Wrong::Inner { wanted }) => {
            (Severity::Error, Remark::CodeInner, vec![code.into(), wanted.to_string().into()])
        }
        Ok(()) => {
            let division = credit_code::region(&code);
            let Some(wanted) = elsewhere(case, &division) else { return };
            (Severity::Warn, Remark::CodeRegion, vec![division.into(), wanted.into()])
        }
    };
    out.push(Finding::new("X12", severity, FIELD, remark, args).of(case.app));
}

/// The division a code should be of, where it is of another.
fn elsewhere(case: Case<'_>, division: &str) -> Option<String> {
    fn regions<'a>(condition: &'a Condition, into: &mut Vec<&'a crate::domain::eligibility::Region>) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| regions(part, into)),
            Condition::Region(region) => into.push(region),
            _ => {}
        }
    }
    let mut found = Vec::new();
    case.rules?.rules.iter().for_each(|rule| regions(&rule.condition, &mut found));
    let region = found.first()?;
    let fits = division.starts_with(&region.prefix) || region.open.iter().any(|open| division.starts_with(open));
    (!fits).then(|| region.prefix.clone())
}
