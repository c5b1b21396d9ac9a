//! Writing: remarks, opinions, reasons; phrases from the levels to begin with.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::base::lang::fill;
use crate::base::{CriterionId, PacketCode};
use crate::domain::desk::Act;
use crate::domain::sheet::Ground;
use crate::tui::field::Field;
use crate::tui::message::Effect;
use crate::tui::paint::lines;
use crate::workflow::hand_in::Wish;

use super::State;
use super::overlay::Overlay;

/// What is being written.
#[derive(Debug, Clone)]
pub(super) enum Writing {
    /// A remark on a criterion.
    Remark(PacketCode, CriterionId),
    /// The overall opinion.
    Opinion(PacketCode),
    /// Why recused.
    Recuse(PacketCode, Ground),
    /// Whom the applicant seems to be, or why.
    Recognise(PacketCode),
    /// Why to exclude.
    RedLine(PacketCode, String),
    /// Why the rest is not scored.
    Partial,
    /// Why a sheet is corrected.
    Correction,
}

impl Writing {
    /// What is written where the expert is.
    pub(super) fn for_place(state: &State) -> Option<Self> {
        let code = state.code()?.clone();
        Some(match state.criterion() {
            Some(criterion) => Self::Remark(code, criterion.id.clone()),
            None => Self::Opinion(code),
        })
    }
}

/// Writing a text.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    pub(super) field: Field,
    pub(super) writing: Writing,
    pub(super) phrases: Vec<String>,
    pub(super) next_phrase: usize,
}

impl Edit {
    pub(super) fn new(state: &State, writing: Writing) -> Self {
        let before = match &writing {
            Writing::Remark(code, criterion) => state.desk.remark(code, criterion).to_owned(),
            Writing::Opinion(code) => state.desk.given(code).map(|given| given.opinion.clone()).unwrap_or_default(),
            Writing::Recognise(code) => {
                state.desk.given(code).and_then(|given| given.recognised.clone()).unwrap_or_default()
            }
            Writing::RedLine(code, id) => {
                state.desk.given(code).and_then(|given| given.red_lines.get(id).cloned()).unwrap_or_default()
            }
            Writing::Recuse(..) | Writing::Partial | Writing::Correction => String::new(),
        };
        let phrases = match &writing {
            Writing::Remark(..) => state.phrases(),
            Writing::Opinion(_) => vec![state.t().opinion_start.to_owned()],
            Writing::Partial => vec![state.t().partial_start.to_owned()],
            _ => Vec::new(),
        };
        Self { field: Field::new(&before, false), writing, phrases, next_phrase: 0 }
    }
}

impl State {
    /// Phrases to begin a remark with: what the levels say, part by part, those
    /// of the level in force first.
    pub(super) fn phrases(&self) -> Vec<String> {
        let (Some(code), Some(criterion)) = (self.code(), self.criterion()) else { return Vec::new() };
        let mark = self.mark_of(code, criterion);
        let mut levels: Vec<_> = criterion.levels.iter().collect();
        levels.sort_by_key(|level| mark.is_none_or(|mark| !(level.min <= mark && mark <= level.max)));
        levels
            .into_iter()
            .flat_map(|level| level.anchor.split('；'))
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect()
    }

    /// Keeps a text half-written when the program is told to end; reasons of
    /// acts that were not confirmed are none.
    pub(super) fn keep_writing(&mut self) -> Vec<Effect> {
        match self.overlays.last() {
            Some(Overlay::Edit(edit)) if matches!(edit.writing, Writing::Remark(..) | Writing::Opinion(_)) => {
                self.finish_writing()
            }
            _ => Vec::new(),
        }
    }

    /// Keeps what was written.
    pub(super) fn finish_writing(&mut self) -> Vec<Effect> {
        let Some(Overlay::Edit(edit)) = self.overlays.pop() else { return Vec::new() };
        let text = edit.field.text();
        let act = match edit.writing {
            Writing::Remark(code, criterion) => {
                if self.desk.remark(&code, &criterion) == text {
                    return Vec::new();
                }
                Act::Remark { code, criterion, text }
            }
            Writing::Opinion(code) => {
                if self.desk.given(&code).map_or("", |given| &given.opinion) == text {
                    return Vec::new();
                }
                Act::Opinion { code, text }
            }
            Writing::Recuse(code, ground) => Act::Recuse { code, recusal: Some((ground, text)) },
            Writing::Recognise(code) => {
                if text.is_empty() {
                    self.say(self.t().notice_needs_words);
                    return Vec::new();
                }
                Act::Recognise { code, note: Some(text) }
            }
            Writing::RedLine(code, id) => {
                if text.is_empty() {
                    self.say(self.t().notice_needs_words);
                    return Vec::new();
                }
                Act::RedLine { code, id, note: Some(text) }
            }
            Writing::Partial => return self.hand_in(&Wish { partial: Some(text), ..Wish::default() }),
            Writing::Correction => return self.hand_in(&Wish { correction: Some(text), ..Wish::default() }),
        };
        self.record(act)
    }
}

pub(super) fn edit_title(state: &State, writing: &Writing) -> String {
    let t = state.t();
    match writing {
        Writing::Remark(code, criterion) => fill(t.write_remark, &[code, criterion]),
        Writing::Opinion(code) => fill(t.write_opinion, &[code]),
        Writing::Recuse(code, ground) => fill(t.write_recuse, &[code, &ground.words(t)]),
        Writing::Recognise(code) => fill(t.write_recognise, &[code]),
        Writing::RedLine(code, id) => fill(t.write_red_line, &[code, id]),
        Writing::Partial => t.write_partial.to_owned(),
        Writing::Correction => t.write_correction.to_owned(),
    }
}

pub(super) fn edit_view(state: &State, edit: &Edit, frame: &mut Frame) {
    let area = frame.area();
    let theme = state.brush.theme;
    let cells = usize::from(area.width);
    let phrases: Vec<String> = edit.phrases.iter().take(3).cloned().collect();
    let text_rows = 5u16;
    let height = text_rows + u16::try_from(phrases.len()).unwrap_or(0) + 2;
    let top = area.height.saturating_sub(height + 3);
    let place = Rect { x: 0, y: top, width: area.width, height: height.min(area.height) }.intersection(area);
    frame.render_widget(ratatui::widgets::Clear, place);
    let mut out = vec![state.brush.named_rule(&edit_title(state, &edit.writing), "", cells)];
    for _ in 0..text_rows {
        out.push(Line::default());
    }
    if !phrases.is_empty() {
        out.push(state.brush.line(&format!(" {}", state.t().phrases), cells, theme.muted));
    }
    for (at, phrase) in phrases.iter().enumerate() {
        let next = edit.next_phrase % edit.phrases.len().max(1) == at;
        let text = format!("  {} {phrase}", if next { ">" } else { " " });
        out.push(state.brush.line(&text, cells, if next { theme.focus } else { theme.muted }));
    }
    lines(frame, place, out);
    super::mark::paint_foot(state, frame);
    edit.field.paint(frame, Rect { x: 1, y: top + 1, width: area.width.saturating_sub(2), height: text_rows });
}
