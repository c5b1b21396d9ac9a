//! One criterion across all my packets (横着比), with its figures, editable in
//! place.

use ratatui::Frame;
use ratatui::text::Line;

use crate::base::PacketCode;
use crate::base::lang::fill;
use crate::base::text::{cut, pad, pad_left};
use crate::domain::desk::{Act, Progress};
use crate::domain::form::{Field, TOTAL};
use crate::domain::rubric::{Criterion, Derived};
use crate::tui::keymap::Action;
use crate::tui::message::Effect;
use crate::tui::paint::lines;

use super::entry::{self, Typed};
use super::{Page, Place, State};

/// Where the expert is in the grid.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    criterion: usize,
    row: usize,
    entry: String,
}

impl Grid {
    /// The grid of the criterion in force.
    pub(super) fn new(state: &State) -> Self {
        let last = state.book.rubric.criteria_count().saturating_sub(1);
        Self { criterion: state.place.criterion.min(last), row: state.place.packet, entry: String::new() }
    }
}

enum Column<'a> {
    Field(&'a Field, String),
    Derived(&'a Derived),
}

/// The figures shown beside the marks: totals of the criterion's rows, single
/// figures, derived ones.
fn columns<'a>(state: &'a State, grid: &Grid) -> Vec<Column<'a>> {
    let Some(criterion) = state.book.rubric.criterion_at(grid.criterion) else { return Vec::new() };
    let mut out: Vec<Column<'a>> = Vec::new();
    for id in &criterion.derived {
        out.extend(state.book.rubric.derived.iter().find(|d| d.id == *id).map(Column::Derived));
    }
    let mut seen: Vec<String> = Vec::new();
    for id in &criterion.evidence {
        let Some(field) = state.book.form.field(id).filter(|f| f.kind.is_figure() && !id.contains("[]")) else {
            continue;
        };
        let shown = state.book.form.row_pattern(id).map_or_else(|| id.clone(), |pattern| pattern.replace('*', TOTAL));
        if !seen.contains(&shown) {
            seen.push(shown.clone());
            out.push(Column::Field(field, shown));
        }
    }
    out
}

impl State {
    fn grid(&mut self) -> Option<&mut Grid> {
        match &mut self.page {
            Page::Grid(grid) => Some(grid),
            _ => None,
        }
    }

    pub(super) fn type_in_grid(&mut self, c: char) -> Vec<Effect> {
        let Page::Grid(grid) = &self.page else { return Vec::new() };
        let (row, index, so_far) = (grid.row, grid.criterion, grid.entry.clone());
        let Some(criterion) = self.book.rubric.criterion_at(index).cloned() else { return Vec::new() };
        if self.progress(row) == Progress::Recused {
            self.say(self.t().notice_row_recused);
            return Vec::new();
        }
        match entry::add(&self.book.rubric, &criterion, &so_far, c) {
            Typed::Pending(text) => {
                if let Some(grid) = self.grid() {
                    grid.entry = text;
                }
                Vec::new()
            }
            Typed::Done(_) => {
                if let Some(grid) = self.grid() {
                    grid.entry.push(c);
                }
                let effects = self.keep_row().unwrap_or_default();
                // In a grid the row stays, so that nothing is given by habit.
                self.say(self.t().notice_row_kept);
                effects
            }
            Typed::Refused(why) => {
                self.refuse(&criterion.max.to_string(), &why);
                Vec::new()
            }
        }
    }

    /// Keeps what was typed in the row; nothing where it is no mark.
    pub(super) fn keep_row(&mut self) -> Option<Vec<Effect>> {
        let Page::Grid(grid) = &self.page else { return Some(Vec::new()) };
        if grid.entry.is_empty() {
            return Some(Vec::new());
        }
        let (row, index, typed) = (grid.row, grid.criterion, grid.entry.clone());
        let criterion = self.book.rubric.criterion_at(index).cloned()?;
        let code = self.book.codes.get(row).cloned()?;
        match entry::finish(&self.book.rubric, &criterion, &typed) {
            Ok(mark) => {
                if let Some(grid) = self.grid() {
                    grid.entry.clear();
                }
                if self.mark_of(&code, &criterion) == Some(mark) {
                    return Some(self.confirm(&code, &criterion));
                }
                Some(self.record(Act::Mark { code, criterion: criterion.id, points: Some(mark) }))
            }
            Err(why) => {
                self.refuse(&criterion.max.to_string(), &why);
                None
            }
        }
    }

    pub(super) fn act_grid(&mut self, action: Action) -> Option<Vec<Effect>> {
        let Page::Grid(grid) = &self.page else { return None };
        let (row, index) = (grid.row, grid.criterion);
        let count = self.book.codes.len();
        let criteria = self.book.rubric.criteria_count();
        let page = usize::from(self.size.1).saturating_sub(9).max(1);
        let target = match action {
            Action::Up => (row.saturating_sub(1), index),
            Action::Down | Action::Accept => ((row + 1).min(count.saturating_sub(1)), index),
            Action::PageUp => (row.saturating_sub(page), index),
            Action::PageDown => ((row + page).min(count.saturating_sub(1)), index),
            Action::Top => (0, index),
            Action::Bottom => (count.saturating_sub(1), index),
            Action::Less => (row, index.saturating_sub(1)),
            Action::More => (row, (index + 1).min(criteria.saturating_sub(1))),
            Action::Erase => {
                if let Some(grid) = self.grid() {
                    grid.entry.pop();
                }
                return Some(Vec::new());
            }
            Action::Back => {
                let mut effects = self.keep_row()?;
                self.page = Page::Mark;
                effects.extend(self.go(Place { packet: row, criterion: index }));
                return Some(effects);
            }
            Action::Quit | Action::Menu | Action::HandIn => {
                let mut more = self.keep_row()?;
                if action == Action::Quit {
                    self.done = true;
                    return Some(more);
                }
                if action == Action::Menu {
                    self.place = Place { packet: row, criterion: index };
                    more.extend(self.ensure_packet());
                    self.open_overlay(action);
                    return Some(more);
                }
                return None;
            }
            _ => return None,
        };
        let nothing_typed = grid.entry.is_empty();
        let Some(mut effects) = self.keep_row() else { return Some(Vec::new()) };
        if action == Action::Accept
            && nothing_typed
            && let Some((code, criterion)) = self.book.codes.get(row).zip(self.book.rubric.criterion_at(index))
        {
            let (code, criterion) = (code.clone(), criterion.clone());
            effects.extend(self.confirm(&code, &criterion));
        }
        if let Some(grid) = self.grid() {
            (grid.row, grid.criterion) = target;
        }
        Some(effects)
    }
}

/// What stands behind a mark that waits to be confirmed.
fn sign(state: &State, code: &PacketCode, criterion: &Criterion) -> String {
    let waits = state.review_of(code, criterion).is_some();
    if waits { format!(" {}", state.texts.amending.review_sign) } else { String::new() }
}

/// What a column of marks is to be read by: that some wait, where some do.
fn note(state: &State, criterion: &Criterion, cells: usize) -> Line<'static> {
    let theme = state.brush.theme;
    let waits = state.book.codes.iter().any(|code| state.review_of(code, criterion).is_some());
    let (note, style) =
        if waits { (state.texts.amending.grid_review, theme.warn) } else { (state.t().grid_note, theme.muted) };
    state.brush.line(&format!(" {note}"), cells, style)
}

/// Paints the grid.
pub(super) fn view(state: &State, grid: &Grid, frame: &mut Frame) {
    let t = state.t();
    let theme = state.brush.theme;
    let area = frame.area();
    let cells = usize::from(area.width);
    let Some(criterion) = state.book.rubric.criterion_at(grid.criterion) else { return };
    let name = if state.zh() { &criterion.zh } else { &criterion.en };
    let columns = columns(state, grid);
    let wide = 14;
    let fixed = 34;
    let fit = columns.len().min(cells.saturating_sub(fixed) / wide);
    let demo = if state.book.demo { format!("{} | ", t.demo) } else { String::new() };
    let mut out = vec![
        state.brush.ends(
            &format!(" {demo}{}", fill(t.grid_title, &[&criterion.id, name])),
            &format!("{} ", fill(t.scale, &[&criterion.max, &state.book.rubric.step])),
            cells,
            theme.title,
        ),
        state.brush.rule(cells),
    ];
    let levels: Vec<String> = criterion
        .levels
        .iter()
        .map(|l| {
            let range = if l.min == l.max { l.min.to_string() } else { format!("{}-{}", l.min, l.max) };
            format!("{} {range}", if state.zh() { &l.zh } else { &l.en })
        })
        .collect();
    out.push(state.brush.line(&format!(" {}", levels.join("   ")), cells, theme.muted));
    let mut head = format!(
        "   {}{}{}{}",
        pad(t.column_packet, 10),
        pad(t.column_mark, 9),
        pad(t.column_level, 6),
        pad_left(t.column_total, 6)
    );
    for column in columns.iter().take(fit) {
        let label = match column {
            Column::Field(field, _) => {
                if state.zh() {
                    field.zh.clone()
                } else {
                    field.en.clone()
                }
            }
            Column::Derived(derived) => {
                if state.zh() {
                    derived.zh.clone()
                } else {
                    derived.en.clone()
                }
            }
        };
        head.push_str(&pad_left(&cut(&state.brush.words(&label), wide - 2), wide));
    }
    out.push(state.brush.line(&head, cells, theme.title));
    let height = usize::from(area.height).saturating_sub(8).max(1);
    let skip = (grid.row + 1).saturating_sub(height);
    for (row, code) in state.book.codes.iter().enumerate().skip(skip).take(height) {
        let here = row == grid.row;
        let mark = state.mark_of(code, criterion);
        let recused = state.progress(row) == Progress::Recused;
        let shown = match (recused, here && !grid.entry.is_empty(), mark) {
            (true, ..) => t.strip_recused.to_owned(),
            (_, true, _) => format!("[{}]", grid.entry),
            (_, _, Some(mark)) => format!("{mark}{}", sign(state, code, criterion)),
            (_, _, None) => "-".to_owned(),
        };
        let level = mark
            .and_then(|m| criterion.level_of(m))
            .map(|l| if state.zh() { l.zh.clone() } else { cut(&l.en, 5) })
            .unwrap_or_default();
        let total = state.desk.subtotal(code, &state.book.rubric).map(|p| p.at_least(1)).unwrap_or_default();
        let mut text = format!(
            " {} {}{}{}{}",
            if here { ">" } else { " " },
            pad(code.as_str(), 10),
            pad(&shown, 9),
            pad(&level, 6),
            pad_left(&total, 6)
        );
        for column in columns.iter().take(fit) {
            let value = match column {
                _ if recused => None,
                Column::Field(_, id) => state.book.figures.get(code, id).map(|n| n.to_string()),
                Column::Derived(derived) => {
                    state.book.figures.derived_total(state.book.form, derived, code).map(|n| format!("{n}%"))
                }
            };
            text.push_str(&pad_left(&value.unwrap_or_else(|| "-".to_owned()), wide));
        }
        out.push(state.brush.line(&text, cells, if here { theme.select } else { theme.base }));
    }
    while out.len() < height + 4 {
        out.push(Line::default());
    }
    out.push(note(state, criterion, cells));
    lines(frame, area, out);
    super::mark::paint_foot(state, frame);
}
