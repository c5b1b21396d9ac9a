//! One score worked out on paper (计算过程), from a round or from plain score files.

use std::path::PathBuf;

use crate::base::{Lang, PacketCode, Problem, Result};
use crate::domain::counting::Counting;
use crate::domain::explained::{Cut, Explained};
use crate::formats;
use crate::tally::doubt::table::{Settled, Table};
use crate::tally::rank::Quota;

use super::Round;
use super::compared;
use super::rank::{Ranked, entries};
use super::score_files::{Beside, empty_table, feed};
use super::tally::ALL;

/// Most codes that are named where one is not known.
const MOST_NAMED: usize = 40;

/// An application, worked out in each panel it is in.
#[derive(Debug, Clone)]
pub struct Explanation {
    rule: Counting,
    /// One a panel, in order of their names.
    pub all: Vec<Explained>,
}

/// Works one packet of a round out.
///
/// # Errors
/// No such packet.
pub fn of_round(round: &Round, ranked: &Ranked, code: &str) -> Result<Explanation> {
    let wanted = PacketCode::parse(code).map_or_else(|| code.to_owned(), |code| code.to_string());
    let (rubric, state) = (round.rubric(), round.state());
    let table = Table::of_round(rubric, &state.codes(), &entries(&ranked.sheets))?;
    let table = table.settled(Quota::of(rubric, state.quota))?;
    let mut explanation = settled(&table, &wanted, None)?;
    compared::of_round(&mut explanation.all, &table, state, &ranked.standing)?;
    Ok(explanation)
}

/// Works one application of plain score files out; of one panel only, or of all
/// together ([`ALL`]), if so.
///
/// # Errors
/// What counting refuses; no such application, no such panel.
pub fn of_files(
    files: &[PathBuf],
    template: &str,
    beside: &Beside,
    code: &str,
    panel: Option<&str>,
) -> Result<Explanation> {
    let (table, quota) = empty_table(template, beside)?;
    let mut table = table.only(code);
    feed(files, &mut table)?;
    let table = table.settled(quota)?;
    let together = panel.filter(|name| *name == ALL && table.panel(ALL).is_none());
    let mut explanation = settled(&table, code, panel.filter(|_| together.is_none()))?;
    compared::of_files(&mut explanation.all, &table, beside.drawn)?;
    if let Some(name) = together {
        if explanation.all.iter().any(|one| one.compared.is_none()) {
            // No list of all together: the name is of nothing.
            return settled(&table, code, Some(name));
        }
        explanation.all.iter_mut().for_each(compared::lift);
    }
    Ok(explanation)
}

fn settled(settled: &Settled, code: &str, panel: Option<&str>) -> Result<Explanation> {
    let mut all = Vec::new();
    for table in settled.panels().filter(|table| panel.is_none_or(|name| name == table.name())) {
        all.extend(settled.explain(table, code)?);
    }
    if all.is_empty() {
        let mut known: Vec<&str> = settled.panels().flat_map(|panel| panel.applications()).collect();
        if let Some(panel) = panel.filter(|name| settled.panel(name).is_none()) {
            known = settled.panels().map(|panel| panel.name()).collect();
            return Err(Problem::BadChoice { text: panel.to_owned(), choices: some(&mut known) }.into());
        }
        return Err(Problem::UnknownPacket { code: code.to_owned(), known: some(&mut known) }.into());
    }
    Ok(Explanation { rule: settled.engine().rule().clone(), all })
}

/// The first names of a list.
fn some(names: &mut Vec<&str>) -> String {
    names.sort_unstable();
    names.dedup();
    let more = names.len() > MOST_NAMED;
    names.truncate(MOST_NAMED);
    format!("{}{}", names.join(" "), if more { " …" } else { "" })
}

impl Explanation {
    /// The rule in a sentence.
    #[must_use]
    pub fn rule(&self, lang: Lang) -> String {
        formats::rule_words::counting_in_words(lang, &self.rule)
    }

    /// One of them, line by line; tables are so many cells wide.
    #[must_use]
    pub fn lines(&self, lang: Lang, one: &Explained, quota: &dyn Fn(&Cut) -> String, cells: usize) -> Vec<String> {
        formats::explanation::lines(lang, one, &self.rule(lang), quota, cells)
    }

    /// All of them as json.
    ///
    /// # Errors
    /// None that an explanation can give.
    pub fn json(&self) -> Result<Vec<u8>> {
        formats::explanation_json::write(&self.rule, &self.all)
    }
}

#[cfg(test)]
#[path = "explain_tests.rs"]
mod tests;
