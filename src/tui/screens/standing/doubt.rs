//! The page on what places rest on: the line without each expert, how often a
//! place holds, how far experts agree. How strict experts are, and which marks
//! to check again, is for the secretary and not for the wall.

use crate::base::text::{pad, pad_left, width};
use crate::domain::doubt::page::{Part, of_meeting};

use super::State;
use super::paper::Paper;

/// Writes the page.
pub(super) fn write(state: &State, paper: &mut Paper) {
    let lang = state.t.lang;
    let base = paper.brush.theme.base;
    let Some(panel) = state.material.doubt() else {
        paper.text(" ", state.t.standing.doubt_none, base);
        return;
    };
    for section in of_meeting(panel, lang) {
        paper.section(&section.title);
        for part in section.parts {
            match part {
                Part::Text(text) => paper.text(" ", &text, base),
                Part::Table { header, rows, right } => table(paper, &header, &rows, &right),
            }
        }
    }
}

/// A table: columns as wide as what is in them.
fn table(paper: &mut Paper, header: &[&str], rows: &[Vec<String>], right: &[usize]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cells = |row: &dyn Fn(usize) -> usize| (0..columns).map(row).collect::<Vec<_>>();
    let widths = cells(&|at| {
        let body = rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0);
        body.max(header.get(at).map_or(0, |title| width(title)))
    });
    let lay = |row: &mut dyn Iterator<Item = &str>| {
        let cells = row
            .zip(&widths)
            .enumerate()
            .map(|(at, (cell, wide))| if right.contains(&at) { pad_left(cell, *wide) } else { pad(cell, *wide) });
        format!("  {}", cells.collect::<Vec<_>>().join("  "))
    };
    if !header.is_empty() {
        let line = lay(&mut header.iter().copied());
        paper.row(&line, paper.brush.theme.title);
    }
    for row in rows {
        let line = lay(&mut row.iter().map(String::as_str));
        paper.row(&line, paper.brush.theme.base);
    }
}
