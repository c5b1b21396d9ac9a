//! X9: what the requested money may not be spent on (限制开支). The ban is on the
//! requested rows only; in matched rows a forbidden word is worth a look.

use crate::base::lang::Remark;

use super::budget::{Money, rows};
use super::finding::{Case, Finding, Severity};

/// Words that say a head is left out, right before it.
const WITHOUT: [&str; 6] = ["不含", "不包括", "不包含", "不用于", "不列支", "无"];

/// Item and note of every row.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    let Some(rules) = case.rules else { return };
    for row in rows(case) {
        let text: String = format!("{} {}", row.item, row.note).chars().filter(|c| !c.is_whitespace()).collect();
        let kinds = [(&rules.forbidden, true), (&rules.doubtful, false)];
        for (words, forbidden) in kinds {
            let Some(word) = words.iter().find(|word| says(&text, word)) else { continue };
            let (severity, remark) = match (row.money, forbidden) {
                (Money::Requested, true) => (Severity::Error, Remark::ForbiddenRequested),
                (Money::Matched, true) => (Severity::Warn, Remark::ForbiddenMatched),
                (Money::Unsaid, true) => (Severity::Warn, Remark::ForbiddenUnknown),
                (Money::Requested, false) => (Severity::Warn, Remark::DoubtfulRequested),
                (Money::Matched | Money::Unsaid, false) => continue,
            };
            let args = [row.number.to_string().as_str(), &row.item, &row.note, word].map(Into::into).to_vec();
            let finding = Finding::new("X9", severity, "budget.rows[].item", remark, args);
            out.push(finding.at(row.origin.as_ref()).value(row.item.as_str()).clause(&rules.budget_clause));
            break;
        }
    }
}

/// Whether a word is said, other than to say it is left out.
fn says(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        !WITHOUT.iter().any(|without| before.ends_with(without))
    })
}
