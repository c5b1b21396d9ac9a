//! A hit in its context, broken into rows with the hit marked by brackets and
//! by its style, so that it is found on a terminal without colours too.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::base::clean::clean;
use crate::base::text::{pad, width, wrap};
use crate::domain::leak::Item;
use crate::tui::paint::Brush;

/// What stands around the hit.
const MARKS: (&str, &str) = ("「", "」");
/// Characters of context kept on either side; a reader needs no more to decide.
const MOST: usize = 2000;

/// The same item with no more context than is shown.
#[must_use]
pub(super) fn trimmed(mut item: Item, more: &str) -> Item {
    let over = item.before.chars().count().saturating_sub(MOST);
    if over > 0 {
        item.before = more.chars().chain(item.before.chars().skip(over)).collect();
    }
    if item.after.chars().count() > MOST {
        item.after = item.after.chars().take(MOST).chain(more.chars()).collect();
    }
    item
}

/// Outside text of several lines, cleaned.
fn words(brush: &Brush, text: &str) -> String {
    clean(text).split('\n').map(|line| brush.words(line)).collect::<Vec<_>>().join("\n")
}

/// The rows, and which of them the hit begins on.
#[derive(Debug)]
pub(super) struct Rows {
    /// Each of the width asked for.
    pub lines: Vec<Line<'static>>,
    /// The row of the hit's first character.
    pub hit: usize,
}

/// The item's text with the hit marked.
#[must_use]
pub(super) fn rows(brush: &Brush, item: &Item, cells: usize) -> Rows {
    let hit = format!("{}{}{}", MARKS.0, brush.words(&item.leak.text), MARKS.1);
    marked(brush, &words(brush, &item.before), &hit, &words(brush, &item.after), cells)
}

/// What a packet reads with this in the hit's place: a row or two around it.
#[must_use]
pub(super) fn outcome(brush: &Brush, item: &Item, label: &str, cells: usize, height: usize) -> Vec<Line<'static>> {
    let before = item.before.rsplit('\n').next().unwrap_or_default();
    let after = item.after.split('\n').next().unwrap_or_default();
    let room = cells.saturating_sub(2).max(8) * height;
    let label = brush.words(label);
    let tail = tail(&brush.words(before), (room / 2).saturating_sub(width(&label)));
    let mut lines = marked(brush, &tail, &label, &brush.words(after), cells).lines;
    lines.truncate(height);
    lines
}

/// The end of a text, at most so many cells wide.
fn tail(text: &str, cells: usize) -> String {
    let mut used = 0;
    let fits = |c: &char| {
        used += width(c.encode_utf8(&mut [0; 4]));
        used <= cells
    };
    let kept = text.chars().rev().take_while(fits).count();
    let over = text.chars().count() - kept;
    if over == 0 { text.to_owned() } else { "..".chars().chain(text.chars().skip(over)).collect() }
}

/// Breaks the three into rows and marks the middle one. Wrapping loses blanks at
/// most, so that the place is kept by counting all else.
fn marked(brush: &Brush, before: &str, hit: &str, after: &str, cells: usize) -> Rows {
    let signs = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let begin = signs(before);
    let end = begin + signs(hit);
    let room = cells.saturating_sub(2).max(2);
    let mut seen = 0;
    let mut hit_row = None;
    let mut lines = Vec::new();
    for row in wrap(&format!("{before}{hit}{after}"), room) {
        let mut runs: Vec<(bool, String)> = Vec::new();
        for c in row.chars() {
            let inside = (begin..end).contains(&seen);
            seen += usize::from(!c.is_whitespace());
            match runs.last_mut() {
                Some((was, run)) if *was == inside => run.push(c),
                _ => runs.push((inside, c.to_string())),
            }
        }
        if hit_row.is_none() && runs.iter().any(|(inside, run)| *inside && !run.trim().is_empty()) {
            hit_row = Some(lines.len());
        }
        lines.push(painted(brush, &row, runs, cells));
    }
    Rows { lines, hit: hit_row.unwrap_or(0) }
}

fn painted(brush: &Brush, row: &str, runs: Vec<(bool, String)>, cells: usize) -> Line<'static> {
    let base = brush.theme.base;
    if width(row) + 1 > cells {
        return Line::styled(pad(&format!(" {row}"), cells), base);
    }
    let style = |inside: bool| if inside { brush.theme.entry } else { Style::new() };
    let mut spans = vec![Span::styled(" ", base)];
    spans.extend(runs.into_iter().map(|(inside, run)| Span::styled(run, style(inside))));
    spans.push(Span::styled(" ".repeat(cells.saturating_sub(width(row) + 1)), base));
    Line::from(spans)
}
