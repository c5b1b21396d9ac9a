//! What stands beside a standing (一致性与存疑): of a round, or of plain score
//! files. It reads the sheets that count and nothing else, and changes nothing.

use std::path::PathBuf;

use crate::base::{PacketCode, Result};
use crate::domain::doubt::report::{Panel, Report};
use crate::domain::given::EmployerRow;
use crate::domain::sheet::Vote;
use crate::formats;
use crate::tally::Entry;
use crate::tally::doubt::report::{Votes, report};
use crate::tally::doubt::table::Table;
use crate::tally::rank::Quota;

use super::Round;
use super::rank::{entries, rank};
use super::score_files::{Beside, employers as read_employers, empty_table, feed};

/// The report on a round.
///
/// # Errors
/// No sheet counts yet, or one can't be read back.
pub fn of_round(round: &Round) -> Result<Report> {
    with_employers(round, None)
}

/// The same, with employers where they are known.
pub(super) fn with_employers(round: &Round, employers: Option<&[EmployerRow]>) -> Result<Report> {
    let ranked = rank(round)?;
    let entries = entries(&ranked.sheets);
    let codes: Vec<PacketCode> = round.state().codes();
    let quota = Quota::of(round.rubric(), round.state().quota);
    let settled = Table::of_round(round.rubric(), &codes, &entries)?.settled(quota)?;
    let mut report = report(&settled, votes(&codes, &entries).as_ref(), employers)?;
    if ranked.standing.across.is_some_and(|across| across.why_not.is_none()) {
        report.panels.iter_mut().for_each(Panel::leave_raw);
    }
    Ok(report)
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
