//! What stands beside a standing (一致性与存疑): of a round, or of plain score
//! files. It reads the sheets that count and nothing else, and changes nothing.

use std::path::PathBuf;

use crate::base::{PacketCode, Result};
use crate::domain::doubt::left_out::LeftOut;
use crate::domain::doubt::report::{Panel, Report};
use crate::domain::given::EmployerRow;
use crate::domain::rubric::Rubric;
use crate::domain::sheet::Vote;
use crate::formats;
use crate::tally::Entry;
use crate::tally::doubt::replay::left_out;
use crate::tally::doubt::report::{Votes, report};
use crate::tally::doubt::table::Table;
use crate::tally::rank::Quota;

use super::Round;
use super::rank::{Ranked, entries, rank};
use super::score_files::{Beside, employers as read_employers, empty_table, feed};

/// What a report on a round needs beside its standing: plain data, so that the
/// report can be made when somebody asks for it.
#[derive(Debug, Clone)]
pub struct Basis {
    codes: Vec<PacketCode>,
    quota: Quota,
}

impl Basis {
    /// Of a round.
    #[must_use]
    pub fn of(round: &Round) -> Self {
        Self { codes: round.state().codes(), quota: Quota::of(round.rubric(), round.state().quota) }
    }

    /// The standing without each expert; nothing where its scores were made
    /// comparable and counting again would be of others.
    ///
    /// # Errors
    /// A sheet that does not fit the rubric, more marks than are counted again.
    pub fn left_out(&self, rubric: &Rubric, ranked: &Ranked) -> Result<Option<LeftOut>> {
        if is_comparable(ranked) {
            return Ok(None);
        }
        let settled = Table::of_round(rubric, &self.codes, &entries(&ranked.sheets))?.settled(self.quota)?;
        settled.panels().next().map(|panel| left_out(&settled, panel)).transpose()
    }

    /// The whole report, with employers where they are known. Drawing experts anew
    /// may take two seconds.
    ///
    /// # Errors
    /// As for [`Self::left_out`].
    pub fn report(&self, rubric: &Rubric, ranked: &Ranked, employers: Option<&[EmployerRow]>) -> Result<Report> {
        let entries = entries(&ranked.sheets);
        let settled = Table::of_round(rubric, &self.codes, &entries)?.settled(self.quota)?;
        let mut report = report(&settled, votes(&self.codes, &entries).as_ref(), employers)?;
        if is_comparable(ranked) {
            report.panels.iter_mut().for_each(Panel::leave_raw);
        }
        Ok(report)
    }
}

fn is_comparable(ranked: &Ranked) -> bool {
    ranked.standing.across.as_ref().is_some_and(|across| across.why_not.is_none())
}

/// The report on a round.
///
/// # Errors
/// No sheet counts yet, or one can't be read back.
pub fn of_round(round: &Round) -> Result<Report> {
    with_employers(round, None)
}

/// The same, with employers where they are known.
pub(super) fn with_employers(round: &Round, employers: Option<&[EmployerRow]>) -> Result<Report> {
    Basis::of(round).report(round.rubric(), &rank(round)?, employers)
}

/// 推荐 and 不推荐 by packet; nothing where nobody said either.
fn votes(codes: &[PacketCode], entries: &[Entry]) -> Option<Votes> {
    entries.iter().any(|entry| entry.vote.is_some()).then(|| {
        let count = |code: &PacketCode, wanted: Vote| -> u64 {
            let votes = entries.iter().filter(|entry| entry.code == *code && entry.vote == Some(wanted));
            u64::try_from(votes.count()).unwrap_or(u64::MAX)
        };
        codes.iter().map(|code| vec![count(code, Vote::Recommend), count(code, Vote::Not)]).collect()
    })
}

/// The report on plain score files.
///
/// # Errors
/// As for a standing of them; more marks than are kept.
pub fn of_files(files: &[PathBuf], template: &str, beside: &Beside, employers: &[PathBuf]) -> Result<Report> {
    let (mut table, quota) = empty_table(template, beside)?;
    feed(files, &mut table)?;
    let rows = read_employers(employers)?;
    report(&table.settled(quota)?, None, (!employers.is_empty()).then_some(rows.as_slice()))
}

/// The report as json.
#[must_use]
pub fn json(report: &Report) -> Vec<u8> {
    formats::doubt_json::write(report)
}

/// The report's table of places as csv.
#[must_use]
pub fn csv(report: &Report) -> Vec<u8> {
    formats::doubt_csv::write(report)
}
