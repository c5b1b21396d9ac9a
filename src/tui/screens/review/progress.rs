//! How far the decisions are: counts, packet by packet, and what is next. It
//! comes up by itself once nothing waits.

use std::collections::BTreeMap;

use ratatui::Frame;
use ratatui::text::Line;

use crate::base::PacketCode;
use crate::base::lang::{Reviewing, fill};
use crate::base::text::{pad, pad_left, wrap};
use crate::domain::leak::{Decision, Level, Review};
use crate::tui::keymap::{self, Action, Context};
use crate::tui::paint::{self, Brush};

use super::{Page, State, saying};

/// Rows around the list, without the words above it.
const AROUND: usize = 8;

/// The page's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Progress {
    /// The packet under the cursor.
    cursor: usize,
}

/// What a packet's leaks have come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    /// Those that wait and stop `issue`.
    pub blocks: usize,
    /// Those that wait and do not.
    pub warns: usize,
    masked: usize,
    released: usize,
    aliases: usize,
}

impl Tally {
    /// Those that wait.
    #[must_use]
    pub(super) const fn waiting(&self) -> usize {
        self.blocks + self.warns
    }

    /// Those that do not.
    #[must_use]
    pub(super) const fn decided(&self) -> usize {
        self.masked + self.released + self.aliases
    }
}

/// Tallies by packet, in order of their codes.
#[must_use]
pub(super) fn tallies(review: &Review) -> BTreeMap<PacketCode, Tally> {
    let mut tallies: BTreeMap<PacketCode, Tally> = BTreeMap::new();
    for item in review.items() {
        let tally = tallies.entry(item.code.clone()).or_default();
        let counted = match (&item.decision, item.leak.level) {
            (None, Level::Block) => &mut tally.blocks,
            (None, Level::Warn) => &mut tally.warns,
            (Some((Decision::Mask | Decision::MaskEverywhere, _)), _) => &mut tally.masked,
            (Some((Decision::Release, _)), _) => &mut tally.released,
            (Some((Decision::Alias, _)), _) => &mut tally.aliases,
        };
        *counted += 1;
    }
    tallies
}

/// How many wait that stop `issue`, and how many that do not.
#[must_use]
fn waits(review: &Review) -> (usize, usize) {
    let tallies = tallies(review);
    (tallies.values().map(|tally| tally.blocks).sum(), tallies.values().map(|tally| tally.warns).sum())
}

/// What waits, in words.
#[must_use]
pub(super) fn waiting(t: &Reviewing, review: &Review) -> String {
    match waits(review) {
        (0, 0) => t.none_waiting.to_owned(),
        (blocks, warns) => fill(t.waiting, &[&blocks, &warns]),
    }
}

/// A count; nothing for none, so that what waits stands out.
#[must_use]
pub(super) fn count(number: usize) -> String {
    if number == 0 { "-".to_owned() } else { number.to_string() }
}

/// A row of the narrow list beside a hit.
#[must_use]
pub(super) fn side_row(code: &str, blocks: &str, warns: &str, decided: &str, cells: usize) -> String {
    let code_cells = cells.saturating_sub(6 + 6 + 9);
    format!("{}{}{}{}", pad(code, code_cells), pad_left(blocks, 6), pad_left(warns, 6), pad_left(decided, 9))
}

impl State {
    /// Opens the page, on the packet of the hit shown.
    pub(super) fn open_progress(&mut self) {
        let code = self.review.current().map(|item| item.code.clone());
        let cursor = tallies(&self.review).keys().position(|known| Some(known) == code.as_ref()).unwrap_or(0);
        self.page = Page::Progress(Progress { cursor });
    }

    pub(super) fn act_in_progress(&mut self, action: Action) {
        let Page::Progress(progress) = &mut self.page else { return };
        if self.review.items().is_empty() {
            if matches!(action, Action::Back | Action::Accept) {
                self.leave();
            }
            return;
        }
        let tallies = tallies(&self.review);
        let last = tallies.len().saturating_sub(1);
        let page = room(self.size.1).saturating_sub(1).max(1);
        match action {
            Action::Up => progress.cursor = progress.cursor.saturating_sub(1),
            Action::Down => progress.cursor = progress.cursor.saturating_add(1).min(last),
            Action::PageUp => progress.cursor = progress.cursor.saturating_sub(page),
            Action::PageDown => progress.cursor = progress.cursor.saturating_add(page).min(last),
            Action::Top => progress.cursor = 0,
            Action::Bottom => progress.cursor = last,
            Action::Back => {
                // To what waits, where something does.
                if self.review.undecided() > 0 {
                    self.go_to_next_open_from_here();
                } else {
                    self.page = Page::Hit;
                }
            }
            Action::Accept => {
                let Some(code) = tallies.keys().nth(progress.cursor) else { return };
                let items = self.review.items();
                let of =
                    |open: bool| items.iter().position(|item| item.code == *code && (!open || item.decision.is_none()));
                if let Some(at) = of(true).or_else(|| of(false)) {
                    self.show(at);
                }
            }
            _ => {}
        }
    }

    /// Back to the hit that was shown where it waits, else to the next that does.
    fn go_to_next_open_from_here(&mut self) {
        if self.review.current().is_some_and(|item| item.decision.is_none()) {
            self.page = Page::Hit;
        } else {
            self.go_to_next_open();
        }
    }
}

/// Rows of the list on a screen of this height.
fn room(height: u16) -> usize {
    usize::from(height).saturating_sub(AROUND + 3)
}

/// Paints the page.
pub(super) fn view(state: &State, frame: &mut Frame, progress: Progress) {
    let area = frame.area();
    let cells = usize::from(area.width);
    let t = &state.t.reviewing;
    let brush = state.brush();
    let tallies = tallies(&state.review);
    let title = format!(" {}", if state.title.is_empty() { t.name } else { &state.title });
    let right = if tallies.is_empty() { String::new() } else { format!("{} ", waiting(t, &state.review)) };
    let mut lines = vec![
        brush.ends(&title, &right, cells, brush.theme.title),
        brush.line(&format!(" {}", counts(t, &state.review)), cells, brush.theme.base),
        brush.rule(cells),
    ];
    let mut next = Vec::new();
    for (text, style) in next_steps(state, &brush) {
        next.extend(
            wrap(&brush.words(&text), cells.saturating_sub(2))
                .into_iter()
                .map(|line| brush.line(&format!(" {line}"), cells, style)),
        );
    }
    next.truncate(usize::from(area.height).saturating_sub(AROUND));
    lines.extend(next);
    let mut cursor_row = None;
    if !tallies.is_empty() {
        lines.push(brush.named_rule(t.packets, "", cells));
        lines.push(brush.line(
            &row(
                "",
                t.column_packet,
                &[t.column_block, t.column_warn, t.column_masked, t.column_released, t.column_alias].map(str::to_owned),
            ),
            cells,
            brush.theme.title,
        ));
        let height = usize::from(area.height).saturating_sub(lines.len() + 3).max(1);
        let from = progress.cursor.saturating_sub(height / 2).min(tallies.len().saturating_sub(height));
        for (at, (code, tally)) in tallies.iter().enumerate().skip(from).take(height) {
            let (mark, style) = if at == progress.cursor { (">", brush.theme.select) } else { (" ", brush.theme.base) };
            if at == progress.cursor {
                cursor_row = Some(lines.len());
            }
            let numbers = [tally.blocks, tally.warns, tally.masked, tally.released, tally.aliases].map(count);
            lines.push(brush.line(&row(mark, code.as_str(), &numbers), cells, style));
        }
        let to = (from + height).min(tallies.len());
        let shown = fill(t.rows_shown, &[&(from + 1), &to, &tallies.len()]);
        pad_to(&mut lines, usize::from(area.height).saturating_sub(3), cells);
        lines.push(brush.named_rule("", &shown, cells));
    }
    pad_to(&mut lines, usize::from(area.height).saturating_sub(2), cells);
    lines.push(saying::said(state, &brush, cells));
    let does = |action| !tallies.is_empty() || matches!(action, Action::Quit);
    let footer = keymap::footer_of(Context::Progress, &state.t.screens, "", cells, does);
    lines.push(Line::styled(footer, brush.theme.base));
    paint::lines(frame, area, lines);
    if let Some(y) = cursor_row.and_then(|row| u16::try_from(row).ok())
        && state.layers.is_empty()
        && y < area.height
    {
        frame.set_cursor_position((0, y));
    }
}

fn pad_to(lines: &mut Vec<Line<'static>>, height: usize, cells: usize) {
    while lines.len() < height {
        lines.push(Line::raw(" ".repeat(cells)));
    }
}

fn row(mark: &str, code: &str, numbers: &[String; 5]) -> String {
    let numbers: String = numbers.iter().map(|number| pad_left(number, 9)).collect();
    format!("{}{}{numbers}", pad(mark, 2), pad(code, 12))
}

fn counts(t: &Reviewing, review: &Review) -> String {
    if review.items().is_empty() {
        return t.name.to_owned();
    }
    let decided = [
        (t.progress_masked, Decision::Mask),
        (t.progress_all, Decision::MaskEverywhere),
        (t.progress_alias, Decision::Alias),
        (t.progress_released, Decision::Release),
    ];
    let mut parts: Vec<String> = decided
        .into_iter()
        .map(|(words, decision)| (words, review.decided(decision)))
        .filter(|(_, number)| *number > 0)
        .map(|(words, number)| fill(words, &[&number]))
        .collect();
    parts.push(fill(t.progress_waiting, &[&review.undecided()]));
    parts.join(t.and)
}

/// What is next, in a sentence or two.
fn next_steps(state: &State, brush: &Brush) -> Vec<(String, ratatui::style::Style)> {
    let t = &state.t.reviewing;
    let base = brush.theme.base;
    if state.review.items().is_empty() {
        return vec![(t.nothing.to_owned(), brush.theme.title), (t.nothing_more.to_owned(), base)];
    }
    let codes: Vec<String> = tallies(&state.review)
        .into_iter()
        .filter(|(_, tally)| tally.blocks > 0)
        .map(|(code, _)| code.to_string())
        .collect();
    match waits(&state.review) {
        (0, 0) => vec![(t.next_clear.to_owned(), brush.theme.ok), (t.next_step.to_owned(), base)],
        (0, warns) => vec![(fill(t.next_warned, &[&warns]), brush.theme.warn), (t.next_step.to_owned(), base)],
        (blocks, _) => vec![
            (fill(t.next_blocked, &[&blocks]), brush.theme.bad),
            (fill(t.next_blocked_in, &[&crate::base::text::cut(&codes.join(" "), 200)]), base),
        ],
    }
}
