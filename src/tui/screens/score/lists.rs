//! Lists: my packets with where each stands, and my own ranking.

use ratatui::Frame;
use ratatui::text::Line;

use crate::base::Points;
use crate::base::lang::fill;
use crate::base::text::{pad, pad_left};
use crate::domain::desk::Progress;
use crate::domain::sheet::Vote;
use crate::tui::keymap::Action;
use crate::tui::message::Effect;
use crate::tui::paint::lines;

use super::{Page, Place, State};

/// Which list it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Packets,
    Mine,
}

/// What of it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    All,
    Open,
    Done,
    Concerns,
}

/// A list and the row in force.
#[derive(Debug, Clone)]
pub(super) struct List {
    kind: Kind,
    filter: Filter,
    cursor: usize,
}

impl List {
    /// My packets, at the one in force.
    pub(super) fn packets(state: &State) -> Self {
        Self { kind: Kind::Packets, filter: Filter::All, cursor: state.place.packet }
    }

    /// My ranking, at the packet in force where it has a total.
    pub(super) fn mine(state: &State) -> Self {
        let list = Self { kind: Kind::Mine, filter: Filter::All, cursor: 0 };
        let cursor = list.rows(state).iter().position(|row| row.packet == state.place.packet).unwrap_or(0);
        Self { cursor, ..list }
    }

    fn rows(&self, state: &State) -> Vec<Row> {
        let all = state.book.codes.iter().enumerate().map(|(packet, code)| Row {
            packet,
            rank: None,
            total: state.desk.total(code, &state.book.rubric),
        });
        match self.kind {
            Kind::Packets => all.filter(|row| self.filter.takes(state, row.packet)).collect(),
            Kind::Mine => {
                let mut rows: Vec<Row> = all.filter(|row| row.total.is_some()).collect();
                rows.sort_by(|a, b| b.total.cmp(&a.total).then(a.packet.cmp(&b.packet)));
                let totals: Vec<_> = rows.iter().map(|row| row.total).collect();
                for row in &mut rows {
                    row.rank = totals.iter().position(|total| *total == row.total).map(|at| at + 1);
                }
                rows
            }
        }
    }
}

impl Filter {
    fn takes(self, state: &State, packet: usize) -> bool {
        let progress = state.progress(packet);
        match self {
            Self::All => true,
            Self::Open => state.is_open(packet),
            Self::Done => progress == Progress::Complete,
            Self::Concerns => {
                state.book.codes.get(packet).and_then(|code| state.desk.given(code)).is_some_and(|given| {
                    given.recusal.is_some() || given.recognised.is_some() || !given.red_lines.is_empty()
                })
            }
        }
    }

    const fn next(self) -> Self {
        match self {
            Self::All => Self::Open,
            Self::Open => Self::Done,
            Self::Done => Self::Concerns,
            Self::Concerns => Self::All,
        }
    }
}

struct Row {
    packet: usize,
    rank: Option<usize>,
    total: Option<Points>,
}

/// How many packets are open, done, recused.
pub(super) fn counts(state: &State) -> (usize, usize, usize) {
    let all: Vec<Progress> = (0..state.book.codes.len()).map(|at| state.progress(at)).collect();
    let done = all.iter().filter(|p| **p == Progress::Complete).count();
    let recused = all.iter().filter(|p| **p == Progress::Recused).count();
    (all.len() - done - recused, done, recused + state.book.recused_before)
}

impl State {
    pub(super) fn act_list(&mut self, action: Action) -> Option<Vec<Effect>> {
        let Page::List(now) = &self.page else { return None };
        let mut list = now.clone();
        let rows = list.rows(self);
        let end = rows.len().saturating_sub(1);
        let height = usize::from(self.size.1).saturating_sub(8).max(1);
        list.cursor = list.cursor.min(end);
        match action {
            Action::Up => list.cursor = list.cursor.saturating_sub(1),
            Action::Down => list.cursor = (list.cursor + 1).min(end),
            Action::PageUp => list.cursor = list.cursor.saturating_sub(height),
            Action::PageDown => list.cursor = (list.cursor + height).min(end),
            Action::Top => list.cursor = 0,
            Action::Bottom => list.cursor = end,
            Action::Filter => {
                list.filter = list.filter.next();
                list.cursor = 0;
            }
            Action::Back => return Some(self.back_to_mark()),
            Action::Accept => {
                let Some(packet) = rows.get(list.cursor).map(|row| row.packet) else {
                    return Some(self.back_to_mark());
                };
                self.page = Page::Mark;
                let criterion = self.first_blank(packet).unwrap_or(if list.kind == Kind::Mine {
                    self.book.rubric.criteria_count()
                } else {
                    0
                });
                return Some(self.go(Place { packet, criterion }));
            }
            _ => return None,
        }
        self.page = Page::List(list);
        Some(Vec::new())
    }
}

/// Paints a list.
pub(super) fn view(state: &State, list: &List, frame: &mut Frame) {
    let t = state.t();
    let theme = state.brush.theme;
    let area = frame.area();
    let cells = usize::from(area.width);
    let rows = list.rows(state);
    let cursor = list.cursor.min(rows.len().saturating_sub(1));
    let (open, done, recused) = counts(state);
    let title = match list.kind {
        Kind::Packets => t.packets_title,
        Kind::Mine => t.mine_title,
    };
    let filter = match list.filter {
        Filter::All => t.filter_all,
        Filter::Open => t.filter_open,
        Filter::Done => t.filter_done,
        Filter::Concerns => t.filter_concerns,
    };
    let right = match list.kind {
        Kind::Packets => fill(t.packets_counts, &[&open, &done, &recused, &filter]),
        Kind::Mine => t.mine_note.to_owned(),
    };
    let demo = if state.book.demo { format!("{} | ", t.demo) } else { String::new() };
    let mut out = vec![
        state.brush.ends(&format!(" {demo}{title}"), &format!("{right} "), cells, theme.title),
        state.brush.rule(cells),
    ];
    let dims: Vec<_> = state.book.rubric.dimensions.iter().take(cells.saturating_sub(50) / 9).collect();
    let lead = if list.kind == Kind::Mine { pad(t.column_rank, 6) } else { String::new() };
    let mut head = format!(
        "   {lead}{}{}{}",
        pad(t.column_packet, 10),
        pad_left(t.column_total, 7),
        pad(&format!("   {}", t.column_state), 20)
    );
    for dimension in &dims {
        head.push_str(&pad_left(&format!("{} /{}", dimension.id, dimension.max), 9));
    }
    out.push(state.brush.line(&head, cells, theme.title));
    let height = usize::from(area.height).saturating_sub(6).max(1);
    let skip = (cursor + 1).saturating_sub(height);
    if rows.is_empty() {
        out.push(state.brush.line(&format!("   {}", t.list_empty), cells, theme.muted));
    }
    for (at, row) in rows.iter().enumerate().skip(skip).take(height) {
        let Some(code) = state.book.codes.get(row.packet) else { continue };
        let given = state.desk.given(code);
        let word = match state.progress(row.packet) {
            Progress::Untouched => t.strip_untouched.to_owned(),
            Progress::Partial(some) => fill(t.list_partial, &[&some, &state.book.rubric.criteria_count()]),
            Progress::Review(some) => fill(state.texts.amending.review_count, &[&some]),
            Progress::Complete => match given.and_then(|given| given.vote) {
                Some(Vote::Recommend) => format!("{} {}", t.strip_done, t.recommend),
                Some(Vote::Not) => format!("{} {}", t.strip_done, t.not_recommend),
                None => t.strip_done.to_owned(),
            },
            Progress::Recused if given.is_some_and(|given| given.recusal.is_none()) => t.word_recognised.to_owned(),
            Progress::Recused => t.strip_recused.to_owned(),
        };
        let flag = given.map_or("", |given| {
            if !given.red_lines.is_empty() {
                "!"
            } else if given.recognised.is_some() {
                "?"
            } else {
                ""
            }
        });
        let lead = if list.kind == Kind::Mine {
            pad(&row.rank.map(|r| r.to_string()).unwrap_or_default(), 6)
        } else {
            String::new()
        };
        let total = state.desk.subtotal(code, &state.book.rubric).map_or_else(|| "-".to_owned(), |p| p.at_least(1));
        let mut text = format!(
            " {} {lead}{}{}{}",
            if at == cursor { ">" } else { " " },
            pad(code.as_str(), 10),
            pad_left(&total, 7),
            pad(&format!("   {word} {flag}"), 20)
        );
        for dimension in &dims {
            let marks: Vec<Points> = dimension.criteria.iter().filter_map(|c| state.mark_of(code, c)).collect();
            let sum = i64::try_from(crate::base::points::sum(marks.iter().copied())).unwrap_or(0);
            let sum = if marks.is_empty() { "-".to_owned() } else { Points::from_units(sum).at_least(1) };
            text.push_str(&pad_left(&sum, 9));
        }
        out.push(state.brush.line(&text, cells, if at == cursor { theme.select } else { theme.base }));
    }
    while out.len() < height + 3 {
        out.push(Line::default());
    }
    lines(frame, area, out);
    super::mark::paint_foot(state, frame);
}
