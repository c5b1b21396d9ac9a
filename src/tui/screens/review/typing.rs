//! A line typed at the foot: the reason of a release, or the applicant's alias.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::base::lang::fill;
use crate::base::text::cut;
use crate::tui::field::Field;
use crate::tui::keymap::{self, Action, Context, Key};
use crate::tui::message::Effect;
use crate::tui::paint;

use super::{State, words};

/// What a line is typed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    /// Why a hit is released.
    Reason,
    /// A name of the applicant.
    Alias,
}

/// A line being typed.
#[derive(Debug, Clone)]
pub(super) struct Typing {
    field: Field,
    of: Typed,
}

impl Typing {
    pub(super) fn new(of: Typed, text: &str) -> Self {
        Self { field: Field::new(&text.replace(['\n', '\r', '\t'], " "), true), of }
    }

    pub(super) fn insert(&mut self, text: &str) {
        self.field.insert(text);
    }
}

impl State {
    /// Keys while a line is typed.
    pub(super) fn press_in_typing(&mut self, key: Key) -> Vec<Effect> {
        let Some(super::Layer::Typing(typing)) = self.layers.last_mut() else { return Vec::new() };
        let text = typing.field.text();
        let of = typing.of;
        match keymap::resolve(Context::Reason, key) {
            Some(Action::Accept) => return self.keep_typed(of, &text),
            Some(Action::Quit) => self.leave(),
            Some(Action::Back) => drop(self.layers.pop()),
            _ if key == Key::Backspace && text.is_empty() => drop(self.layers.pop()),
            _ => typing.field.key(key),
        }
        Vec::new()
    }
}

/// Paints the line over the foot of the page.
pub(super) fn view(state: &State, frame: &mut Frame, typing: &Typing) {
    const ROWS: u16 = 6;
    let t = &state.t.reviewing;
    let area = frame.area();
    let cells = usize::from(area.width);
    let brush = state.brush();
    let Some(shown) = state.review.current() else { return };
    let top = area.height.saturating_sub(ROWS);
    let place = Rect { x: 0, y: top, width: area.width, height: ROWS }.intersection(area);
    frame.render_widget(ratatui::widgets::Clear, place);
    let title = match typing.of {
        Typed::Reason => {
            let text = cut(&words::quoted(t, &brush.words(&shown.leak.text)), cells / 2);
            fill(t.write_reason, &[&text])
        }
        Typed::Alias => fill(t.write_alias, &[&shown.code]),
    };
    let footer = keymap::footer(Context::Reason, &state.t.screens, "", cells);
    let rows = vec![
        brush.named_rule(&title, "", cells),
        Line::default(),
        Line::default(),
        brush.line(&format!(" {}", t.write_hint), cells, brush.theme.muted),
        super::saying::said(state, &brush, cells),
        Line::styled(footer, brush.theme.base),
    ];
    paint::lines(frame, place, rows);
    let line = Rect { x: 1, y: top.saturating_add(1), width: area.width.saturating_sub(2), height: 1 };
    typing.field.paint(frame, line);
}
