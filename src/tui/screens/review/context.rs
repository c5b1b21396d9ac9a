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
    let whole = on_one_row(hit, cells.saturating_sub(2).max(2));
    let rows = laid(brush, (before, hit, after), whole.as_ref(), cells);
    // Signs that stay together may leave even a short hit no row of its own.
    let solid = |text: &str| text.split_whitespace().collect::<String>();
    let shown: String = rows.lines.iter().flat_map(|line| &line.spans).map(|span| span.content.as_ref()).collect();
    if whole.is_none() || solid(&shown) == solid(&format!("{before}{hit}{after}")) {
        return rows;
    }
    laid(brush, (before, hit, after), None, cells)
}

/// The rows, the hit as it is or whole.
fn laid(
    brush: &Brush,
    (before, hit, after): (&str, &str, &str),
    whole: Option<&(String, String)>,
    cells: usize,
) -> Rows {
    let signs = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let room = cells.saturating_sub(2).max(2);
    let stand_in = whole.map_or(hit, |(stand_in, _)| stand_in.as_str());
    let begin = signs(before);
    let end = begin + signs(stand_in);
    let mut seen = 0;
    let mut hit_row = None;
    let mut lines = Vec::new();
    for row in wrap(&format!("{before}{stand_in}{after}"), room) {
        let mut runs: Vec<(bool, String)> = Vec::new();
        for c in row.chars() {
            let inside = (begin..end).contains(&seen);
            let first = seen == begin + 1;
            seen += usize::from(!c.is_whitespace());
            let piece = match whole {
                Some((_, inner)) if inside && c == STAND_IN => {
                    if first {
                        inner.clone()
                    } else {
                        String::new()
                    }
                }
                _ => c.to_string(),
            };
            match runs.last_mut() {
                Some((was, run)) if *was == inside => run.push_str(&piece),
                _ => runs.push((inside, piece)),
            }
        }
        if hit_row.is_none() && runs.iter().any(|(inside, run)| *inside && !run.trim().is_empty()) {
            hit_row = Some(lines.len());
        }
        lines.push(painted(brush, runs, cells));
    }
    Rows { lines, hit: hit_row.unwrap_or(0) }
}

/// What stands for each cell of the hit while rows are broken.
const STAND_IN: char = 'x';

/// A hit that fits is not broken: a word as wide as what is between its brackets
/// stands in for it, with what is put back.
fn on_one_row(hit: &str, room: usize) -> Option<(String, String)> {
    let mut inner = hit.chars();
    let (open, close) = (inner.next()?, inner.next_back()?);
    let inner = inner.as_str();
    let cells = width(inner);
    // Signs that may not begin or end a row stay with it.
    let fits = cells > 0 && cells + 12 <= room && !inner.contains('\n');
    fits.then(|| (format!("{open}{}{close}", STAND_IN.to_string().repeat(cells)), inner.to_owned()))
}

fn painted(brush: &Brush, runs: Vec<(bool, String)>, cells: usize) -> Line<'static> {
    let base = brush.theme.base;
    let row: String = runs.iter().map(|(_, run)| run.as_str()).collect();
    if width(&row) + 1 > cells {
        return Line::styled(pad(&format!(" {row}"), cells), base);
    }
    let style = |inside: bool| if inside { brush.theme.entry } else { Style::new() };
    let mut spans = vec![Span::styled(" ", base)];
    spans.extend(runs.into_iter().map(|(inside, run)| Span::styled(run, style(inside))));
    spans.push(Span::styled(" ".repeat(cells.saturating_sub(width(&row) + 1)), base));
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Theme;
    use proptest::prelude::*;

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.spans.iter().map(|span| span.content.as_ref()).collect()).collect()
    }

    fn brush() -> Brush {
        Brush { theme: Theme::new(false), wide_signs: false }
    }

    #[test]
    fn a_hit_that_fits_is_not_broken_over_two_rows() {
        for lead in 0..40 {
            let rows = marked(&brush(), &"字".repeat(lead), "「望舒 农大 Wangshu」", "，以后", 40);
            let seen = texts(&rows.lines);
            assert!(seen[rows.hit].contains("「望舒 农大 Wangshu」"), "{seen:?}");
            assert!(seen.iter().all(|row| width(row) == 40), "{seen:?}");
        }
    }

    #[test]
    fn brackets_that_stay_together_leave_a_hit_no_row_and_lose_nothing() {
        let rows = marked(&brush(), "「「（（《「（", "「望舒望，aa」", "", 24);
        let all: String = texts(&rows.lines).concat().split_whitespace().collect();
        assert_eq!(all, "「「（（《「（「望舒望，aa」");
    }

    proptest! {
        #[test]
        fn nothing_but_blanks_is_lost_and_the_hit_alone_is_marked(
            before in "[a-z评审，。（《「 \n]{0,50}",
            hit in "[a-z0-9x望舒大，（ ]{0,30}",
            after in "[a-z评审，。）》」 \n]{0,50}",
            cells in 20usize..70,
        ) {
            let hit = format!("「{hit}」");
            let rows = marked(&brush(), &before, &hit, &after, cells);
            let solid = |text: &str| text.split_whitespace().collect::<String>();
            let all: String = texts(&rows.lines).concat();
            prop_assert_eq!(solid(&all), solid(&format!("{before}{hit}{after}")));
            let style = brush().theme.entry;
            let marked = rows.lines.iter().flat_map(|line| &line.spans).filter(|span| span.style == style);
            let marked: String = marked.map(|span| span.content.as_ref()).collect();
            prop_assert_eq!(solid(&marked), solid(&hit));
            for row in texts(&rows.lines) {
                prop_assert_eq!(width(&row), cells);
            }
        }
    }
}
