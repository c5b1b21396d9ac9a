//! Standings of plain score files as csv: `panel,rank,code,score,…`, one row a
//! place, written row by row.

use std::fmt::Write as _;

use crate::base::clean::formula_safe;
use crate::domain::counting::Counting;
use crate::domain::rubric::Scope;
use crate::domain::tallied::Placed;

use super::tally_json::notice_word;

/// Columns before those of criteria, dimensions and experts.
const FIXED: [&str; 8] = ["panel", "rank", "code", "score", "valid_sheets", "tied", "tie_break", "flags"];

/// Whether a cell is written as it is.
fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b' ' | b':' | b';');
    // To the end and without a turn, many bytes at a time.
    text.bytes().fold(true, |all, byte| all & plain(byte)) && !text.trim_start().starts_with('-')
}

/// A cell, in quotes where it needs them, and never a formula.
fn cell(out: &mut String, text: &str) {
    if is_plain(text) {
        out.push_str(text);
        return;
    }
    let safe = formula_safe(text);
    if safe.contains([',', '"', '\n', '\r']) {
        out.push('"');
        out.push_str(&safe.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(&safe);
    }
}

/// The header: criteria and dimensions of all panels; at its end the columns of
/// the list of all panels together, if there is one.
#[must_use]
pub fn header(rule: &Counting, criteria: &[&str], groups: &[&str], across: bool) -> String {
    let mut out = FIXED.join(",");
    for name in criteria.iter().chain(groups) {
        out.push(',');
        cell(&mut out, name);
    }
    if !rule.aggregation.beyond.grades.is_empty() {
        out.push_str(",grade");
    }
    out.push_str(if across { ",raw,group" } else { "" });
    out.push_str(if tells_dropped(rule) { ",dropped\n" } else { "\n" });
    out
}

/// Whether a column tells whose totals were dropped. By criterion it would be
/// one cell for dozens of marks: json tells them, and the calculation of a place.
#[must_use]
pub fn tells_dropped(rule: &Counting) -> bool {
    rule.aggregation.scope == Scope::ExpertTotal
}

/// One place, behind what `out` holds; `across` as in the [`header`].
pub fn place(
    out: &mut String,
    rule: &Counting,
    panel: &str,
    placed: &Placed<'_>,
    (criteria, groups): (&[&str], &[&str]),
    across: bool,
) {
    cell(out, panel);
    out.push(',');
    if let Some(rank) = placed.rank {
        // Writing into memory can't fail.
        let _written = write!(out, "{rank}");
    }
    out.push(',');
    cell(out, placed.code);
    out.push(',');
    if let Some(score) = placed.score {
        out.push_str(&rule.score_text(score));
    }
    let _written = write!(out, ",{},{},", placed.valid_sheets, placed.tied);
    cell(out, placed.tie_break.unwrap_or(""));
    out.push(',');
    if !placed.notices.is_empty() {
        let notices: Vec<String> = placed.notices.iter().map(notice_word).collect();
        cell(out, &notices.join(" "));
    }
    let figures =
        [(criteria, &placed.criteria, rule.shown_places()), (groups, &placed.groups, rule.aggregation.places)];
    for (names, values, places) in figures {
        let mut left = values.iter().peekable();
        for name in names {
            out.push(',');
            // Both are in one order, except where panels differ.
            let next = left.next_if(|(id, _)| id == name).or_else(|| values.iter().find(|(id, _)| id == name));
            if let Some((_, value)) = next {
                value.write_fixed(places, out);
            }
        }
    }
    if !rule.aggregation.beyond.grades.is_empty() {
        out.push(',');
        cell(out, placed.grade.unwrap_or(""));
    }
    if across {
        let (group, raw) = placed.raw.unwrap_or_default();
        out.push(',');
        if let Some(raw) = raw {
            out.push_str(&rule.score_text(raw));
        }
        out.push(',');
        cell(out, group);
    }
    if tells_dropped(rule) {
        out.push(',');
        cell(out, &placed.dropped_totals.join(" "));
    }
    out.push('\n');
}
