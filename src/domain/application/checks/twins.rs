//! Applications that are the same, or of the same applicant (重复申报).

use crate::base::lang::Remark;
use crate::domain::application::Application;
use crate::domain::application::Role;
use crate::domain::identifiers::credit_code;

use super::credit_codes::FIELD;
use super::finding::{Finding, Severity};

/// What an application shares with others of its batch; each is named by how
/// the caller calls it.
pub(super) fn check(app: &Application, others: &[(String, &Application)], out: &mut Vec<Finding>) {
    let code = |app: &Application| app.text(FIELD).map(credit_code::normal).filter(|code| !code.is_empty());
    let name = |app: &Application| {
        let name: String = app.text("unit.name")?.chars().filter(|c| !c.is_whitespace()).collect();
        (!name.is_empty()).then_some(name)
    };
    for (called, other) in others {
        let mut say = |id: &'static str, field: &str, remark: Remark| {
            let args = vec![called.as_str().into()];
            out.push(Finding::new(id, Severity::Error, field, remark, args).of(app));
        };
        if code(app).is_some() && code(app) == code(other) {
            say("X12", FIELD, Remark::CodeTwice);
        }
        if name(app).is_some() && name(app) == name(other) {
            say("DUP", "unit.name", Remark::NameTwice);
        }
        let forms = |app: &Application| {
            app.files.iter().filter(|file| file.role == Role::Form).map(|file| file.digest).collect::<Vec<_>>()
        };
        if forms(app).iter().any(|digest| forms(other).contains(digest)) {
            say("DUP", "unit.name", Remark::FileTwice);
        }
    }
}
