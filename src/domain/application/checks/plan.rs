//! The parts of the three-year plan (三年建设方案的各部分).

use crate::base::lang::Remark;
use crate::domain::application::Application;

use super::finding::{Case, Finding, Severity};

/// Parts, each under any of these ids; those without which there is no plan.
const PARTS: [(&[&str], Severity); 7] = [
    (&["plan.measures"], Severity::Error),
    (&["plan.goals", "plan.approach"], Severity::Error),
    (&["plan.schedule"], Severity::Error),
    (&["plan.safeguards"], Severity::Error),
    (&["plan.status"], Severity::Warn),
    (&["plan.conversion"], Severity::Warn),
    (&["plan.problems"], Severity::Warn),
];
/// Words that stand for nothing.
const NOTHING: [&str; 8] = ["无", "略", "暂无", "待补", "待补充", "见附件", "同上", "没有"];

/// Whether a field is one of a part that is judged here.
pub(super) fn covers(id: &str) -> bool {
    PARTS.iter().any(|(ids, _)| ids.contains(&id))
}

/// Every part is there and says something.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    for (ids, severity) in PARTS {
        let Some(first) = ids.first() else { continue };
        let texts: Vec<&str> = ids.iter().filter_map(|id| case.text(id)).collect();
        let doubted = ids.iter().any(|id| case.app.is_uncertain(id));
        if texts.iter().any(|text| says_something(text)) || doubted {
            continue;
        }
        let finding = match texts.first() {
            Some(text) => Finding::new("PLAN", severity, first, Remark::SectionEmpty, vec![(*text).into()]),
            None => Finding::new("PLAN", severity, first, Remark::SectionMissing, Vec::new()),
        };
        out.push(finding.of(case.app));
    }
}

fn says_something(text: &str) -> bool {
    let words: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    !words.is_empty() && !NOTHING.contains(&words.as_str())
}

/// Whether the application has any of its plan at all.
pub(super) fn has_any(app: &Application) -> bool {
    PARTS.iter().flat_map(|(ids, _)| *ids).any(|id| app.fields.contains_key(*id))
}
