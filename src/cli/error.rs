//! A refusal in words: for each fault where and what, then how to mend it.

use crate::base::lang::{fill, problem};
use crate::base::problem::Fault;
use crate::base::{Lang, Refusal};

/// Most faults said of one refusal.
const MOST: usize = 50;

/// One fault: `place：what`, then the way out, indented.
pub(super) fn fault_lines(lang: Lang, fault: &Fault) -> Vec<String> {
    let said = problem(lang, fault);
    let colon = lang.pick("：", ": ");
    let first = if said.place.is_empty() { said.what } else { format!("{}{colon}{}", said.place, said.what) };
    std::iter::once(first).chain(said.mend.map(|mend| format!("    {mend}"))).collect()
}

/// All faults of a refusal.
pub(super) fn refusal_lines(lang: Lang, refusal: &Refusal) -> Vec<String> {
    let mut lines: Vec<String> = refusal.faults().take(MOST).flat_map(|fault| fault_lines(lang, fault)).collect();
    let more = refusal.faults().count().saturating_sub(MOST);
    if more > 0 {
        lines.push(fill(lang.texts().commands.more_faults, &[&more]));
    }
    lines
}

/// The first fault on one line, for answers to a script.
pub(super) fn one_line(lang: Lang, refusal: &Refusal) -> String {
    let said = refusal.faults().next().map(|fault| problem(lang, fault));
    let text = said.map_or_else(String::new, |said| match said.mend {
        Some(mend) => format!("{}{}{mend}", said.what, lang.pick("；", "; ")),
        None => said.what,
    });
    crate::base::clean::clean_line(&text)
}
