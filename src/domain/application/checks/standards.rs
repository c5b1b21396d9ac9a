//! X13: the standard ticked goes with the kind of applicant (贯标与单位类型).

use crate::base::lang::Remark;
use crate::domain::packet::Value;

use super::finding::{Case, Finding, Severity, shown};

/// The field.
const FIELD: &str = "mgmt.standards";

/// Universities GB/T 33251, research institutes GB/T 33250.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    let (Some(kind), Some(value)) = (case.text("unit.kind"), case.app.value(FIELD)) else { return };
    let ticked = match value {
        Value::List(_) | Value::Text(_) => shown(value),
        Value::Number(_) | Value::Bool(_) => return,
    };
    let (university, institute) = (
        ticked.contains("33251") || ticked.contains("高等学校"),
        ticked.contains("33250") || ticked.contains("科研组织"),
    );
    let odd = match kind {
        "高等学校" => institute && !university,
        "科研机构" | "科研院所" => university && !institute,
        _ => false,
    };
    if odd {
        let args = vec![kind.into(), ticked.into()];
        out.push(Finding::new("X13", Severity::Warn, FIELD, Remark::StandardKind, args).of(case.app));
    }
}
