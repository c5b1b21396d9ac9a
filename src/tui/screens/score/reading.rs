//! Reading a whole packet (通读): headings, tables, search; the paragraphs the
//! criterion in force is judged by are marked.

use ratatui::Frame;
use ratatui::text::Line;

use crate::base::lang::fill;
use crate::base::text::wrap;
use crate::domain::reading::{Part, document};
use crate::tui::keymap::Action;
use crate::tui::message::Effect;
use crate::tui::paint::lines;

use super::{Page, State, hidden};

/// Where the reader is.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    top: usize,
    search: String,
}

struct Row {
    line: Line<'static>,
    plain: String,
    evidence: bool,
}

impl Reading {
    /// Opens at the first paragraph that is evidence for the criterion in force.
    pub(super) fn at_evidence(state: &State) -> Self {
        let rows = rows(state, "");
        let top = rows.iter().position(|row| row.evidence).map_or(0, |at| at.saturating_sub(2));
        Self { top, search: String::new() }
    }
}

fn rows(state: &State, search: &str) -> Vec<Row> {
    let t = state.t();
    let theme = state.brush.theme;
    let cells = usize::from(state.size.0);
    if let Some(lines) = hidden::lines(state, cells) {
        let row = |line: Line<'static>| {
            let plain = line.spans.iter().map(|span| span.content.as_ref()).collect();
            Row { line, plain, evidence: false }
        };
        return lines.into_iter().map(row).collect();
    }
    let Some(packet) = &state.packet else {
        return vec![Row {
            line: state.brush.line(&format!("   {}", t.loading), cells, theme.muted),
            plain: String::new(),
            evidence: false,
        }];
    };
    let criterion = state.criterion();
    let mut words: Vec<String> = Vec::new();
    if search.is_empty() {
        words.extend(criterion.map(|c| c.find.clone()).unwrap_or_default());
    } else {
        words.push(search.to_owned());
    }
    let mut out: Vec<Row> = Vec::new();
    let mut push = |line: Line<'static>, evidence: bool| {
        let plain = line.spans.iter().map(|span| span.content.as_ref()).collect();
        out.push(Row { line, plain, evidence });
    };
    for part in document(state.book.form, packet, &state.book.figures) {
        let mut made: Vec<Line<'static>> = Vec::new();
        match &part {
            Part::Heading(1, text) => {
                made.push(Line::default());
                made.push(state.brush.named_rule(text, "", cells));
            }
            Part::Heading(_, text) => {
                made.push(Line::default());
                made.push(state.brush.line(&format!(" {text}"), cells, theme.title));
            }
            Part::Figures(table) => state.figure_lines(table, cells, &mut made),
            Part::Facts(facts) => state.fact_lines(facts, cells, &mut made),
            Part::Table(table) => state.table_lines(table, cells, &mut made),
            Part::Empty(_) => made.push(state.brush.line(&format!("   {}", t.left_empty), cells, theme.warn)),
            Part::Paragraph(id, _, text) => {
                let evidence = criterion
                    .is_some_and(|c| c.evidence.contains(id) && c.find.iter().any(|word| text.contains(word.as_str())));
                let bar = if evidence { " | " } else { "   " };
                for line in wrap(&state.brush.words(text), cells.saturating_sub(5)) {
                    let mut marked = state.brush.marked(&line, &words, theme.base);
                    marked.spans.insert(0, ratatui::text::Span::styled(bar, theme.focus));
                    push(marked, evidence);
                }
                continue;
            }
        }
        for line in made {
            push(line, false);
        }
    }
    out
}

fn height(state: &State) -> usize {
    usize::from(state.size.1).saturating_sub(6).max(1)
}

impl State {
    pub(super) fn act_reading(&mut self, action: Action) -> Option<Vec<Effect>> {
        let Page::Read(reading) = &self.page else { return None };
        let mut reading = reading.clone();
        let count = rows(self, &reading.search).len();
        let page = height(self);
        let last = count.saturating_sub(page);
        match action {
            Action::Up => reading.top = reading.top.saturating_sub(1),
            Action::Down => reading.top = (reading.top + 1).min(last),
            Action::PageUp => reading.top = reading.top.saturating_sub(page.saturating_sub(1)),
            Action::PageDown => reading.top = (reading.top + page.saturating_sub(1)).min(last),
            Action::Top => reading.top = 0,
            Action::Bottom => reading.top = last,
            Action::Search => {
                self.open_overlay(Action::Search);
                return Some(Vec::new());
            }
            Action::NextHit | Action::PreviousHit => {
                if !self.turn_to_hit(&mut reading, action == Action::NextHit) {
                    let word = if reading.search.is_empty() {
                        self.t().evidence_word.to_owned()
                    } else {
                        reading.search.clone()
                    };
                    self.say(fill(self.t().notice_not_found, &[&word]));
                }
            }
            Action::Back => return Some(self.back_to_mark()),
            _ => return None,
        }
        self.page = Page::Read(reading);
        Some(Vec::new())
    }

    /// To the next line that holds the word, or is evidence where no word was
    /// given; around the end.
    fn turn_to_hit(&self, reading: &mut Reading, forward: bool) -> bool {
        let rows = rows(self, &reading.search);
        let hits: Vec<usize> = rows
            .iter()
            .enumerate()
            .filter(
                |(_, row)| if reading.search.is_empty() { row.evidence } else { row.plain.contains(&reading.search) },
            )
            .map(|(at, _)| at)
            .collect();
        let here = reading.top + 2;
        let target = if forward {
            hits.iter().find(|at| **at > here).or_else(|| hits.first())
        } else {
            hits.iter().rfind(|at| **at < here).or_else(|| hits.last())
        };
        let Some(target) = target else { return false };
        reading.top = target.saturating_sub(2);
        true
    }

    /// Searches the packet for a word.
    pub(super) fn search(&mut self, text: &str) {
        let Page::Read(reading) = &self.page else { return };
        let mut reading = reading.clone();
        text.trim().clone_into(&mut reading.search);
        if !self.turn_to_hit(&mut reading, true) {
            self.say(fill(self.t().notice_not_found, &[&text]));
        }
        self.page = Page::Read(reading);
    }
}

/// Paints the page.
pub(super) fn view(state: &State, reading: &Reading, frame: &mut Frame) {
    let t = state.t();
    let area = frame.area();
    let cells = usize::from(area.width);
    let all = rows(state, &reading.search);
    let page = height(state);
    let top = reading.top.min(all.len().saturating_sub(1));
    let code = state.code().map(ToString::to_string).unwrap_or_default();
    let shown = (top + page).min(all.len());
    let demo = if state.book.demo { format!("{} | ", t.demo) } else { String::new() };
    let mut out = vec![
        state.brush.ends(
            &format!(" {demo}{}", fill(t.reading_title, &[&code])),
            &format!("{} ", fill(t.reading_place, &[&shown, &all.len()])),
            cells,
            state.brush.theme.title,
        ),
        state.brush.rule(cells),
    ];
    if let Some(criterion) = state.criterion() {
        let name = if state.zh() { &criterion.zh } else { &criterion.en };
        out.push(state.brush.line(
            &format!(" {}", fill(t.reading_marked, &[&criterion.id, name])),
            cells,
            state.brush.theme.muted,
        ));
    } else {
        out.push(Line::default());
    }
    out.extend(all.into_iter().skip(top).take(page).map(|row| row.line));
    lines(frame, area, out);
    super::mark::paint_foot(state, frame);
}
