//! X9: what the requested money may not be spent on (限制开支). The ban is on the
//! requested rows only; in matched rows a forbidden word is worth a look.

use crate::base::lang::Remark;

use super::budget::{Money, rows};
use super::finding::{Case, Finding, Severity};

/// Words that say what follows is left out, up to the end of the clause.
const WITHOUT: [&str; 5] = ["不含", "不包括", "不包含", "不用于", "不列支"];
/// Signs that end a clause; 、 goes on with a list.
const ENDS: [char; 9] = ['，', ',', '。', '；', ';', '（', '）', '(', ')'];

/// Item and note of every row.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    let Some(rules) = case.rules else { return };
    for row in rows(case) {
        let text: String = format!("{} {}", row.item, row.note).chars().filter(|c| !c.is_whitespace()).collect();
        let kinds = [(&rules.forbidden, true), (&rules.doubtful, false)];
        for (words, forbidden) in kinds {
            let said = words.iter().filter_map(|word| Some((word, says(&text, word)?)));
            // One that is said counts before one that is left out.
            let Some((word, left_out)) = said.min_by_key(|(_, left_out)| *left_out) else { continue };
            let (severity, remark) = match (row.money, forbidden && !left_out) {
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

/// Whether a word is said, and then whether only to say that it is left out.
fn says(text: &str, word: &str) -> Option<bool> {
    let left_out = text.match_indices(word).map(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let clause = before.rsplit(ENDS).next().unwrap_or_default();
        WITHOUT.iter().any(|without| clause.contains(without))
    });
    left_out.min()
}
