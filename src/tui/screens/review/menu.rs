//! Numbered menus: everything there is, and the reasons of a release.

use ratatui::Frame;
use ratatui::text::Line;

use crate::base::lang::fill;
use crate::base::text::{cut, pad, wrap};
use crate::domain::leak::Decision;
use crate::tui::keymap::{self, Action, Key};
use crate::tui::message::Effect;
use crate::tui::paint;

use super::typing::{Typed, Typing};
use super::{Layer, Page, State, words};

/// Cells of the box.
const CELLS: u16 = 62;

/// A menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Menu {
    of: MenuOf,
    /// The item under the cursor.
    cursor: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MenuOf {
    Everything,
    Reasons,
}

/// An item of a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pick {
    /// What the key of this action does.
    Do(Action),
    /// The next hit that waits.
    NextOpen,
    /// Release for this stock reason.
    For(&'static str),
    /// Type the reason.
    Own,
    /// Close the menu.
    Back,
}

/// A row: the digit, what it does, its words.
type Row = (u8, Pick, &'static str);

fn rows(state: &State, of: MenuOf) -> Vec<Row> {
    let t = &state.t.reviewing;
    match of {
        MenuOf::Everything => {
            let mut rows: Vec<Row> = Vec::new();
            if state.page == Page::Hit {
                rows.extend([
                    (1, Pick::Do(Action::Mask), t.menu_mask),
                    (2, Pick::Do(Action::Release), t.menu_release),
                    (3, Pick::Do(Action::MaskAll), t.menu_all),
                    (4, Pick::Do(Action::Alias), t.menu_alias),
                    (5, Pick::Do(Action::Clear), t.menu_clear),
                ]);
            }
            rows.extend([
                (6, Pick::Do(Action::Undo), t.menu_undo),
                (7, Pick::NextOpen, t.menu_next),
                (8, Pick::Do(Action::Overview), t.menu_overview),
                (9, Pick::Do(Action::Help), t.menu_help),
                (0, Pick::Do(Action::Quit), t.menu_leave),
            ]);
            rows
        }
        MenuOf::Reasons => vec![
            (1, Pick::For(t.reason_generic), t.reason_generic),
            (2, Pick::For(t.reason_policy), t.reason_policy),
            (3, Pick::For(t.reason_anyone), t.reason_anyone),
            (4, Pick::For(t.reason_public_body), t.reason_public_body),
            (5, Pick::Own, t.reason_own),
            (0, Pick::Back, t.reason_back),
        ],
    }
}

impl State {
    pub(super) fn open_menu(&mut self) {
        self.layers.push(Layer::Menu(Menu { of: MenuOf::Everything, cursor: 0 }));
    }

    pub(super) fn open_reasons(&mut self) {
        if self.review.current().is_some() {
            self.layers.push(Layer::Menu(Menu { of: MenuOf::Reasons, cursor: 0 }));
        }
    }

    /// Keys while a menu is open.
    pub(super) fn press_in_menu(&mut self, key: Key) -> Vec<Effect> {
        let Some(Layer::Menu(menu)) = self.layers.last().cloned() else { return Vec::new() };
        if key.is_text() {
            self.notice(self.t.reviewing.notice_text);
            return Vec::new();
        }
        let rows = rows(self, menu.of);
        if let Some(digit) = key.digit() {
            let chosen = rows.into_iter().find(|(number, ..)| *number == digit);
            return chosen.map_or_else(Vec::new, |(_, pick, _)| self.pick(pick));
        }
        let last = rows.len().saturating_sub(1);
        let to = match keymap::resolve(self.context(), key.plain()) {
            Some(Action::Up) => menu.cursor.checked_sub(1).unwrap_or(last),
            Some(Action::Down) if menu.cursor >= last => 0,
            Some(Action::Down) => menu.cursor.saturating_add(1),
            Some(Action::Accept) => {
                return rows.get(menu.cursor).map_or_else(Vec::new, |(_, pick, _)| self.pick(*pick));
            }
            Some(Action::Quit) => {
                self.leave();
                return Vec::new();
            }
            Some(Action::Back) => {
                self.layers.pop();
                return Vec::new();
            }
            _ if matches!(key, Key::Char(' ') | Key::Backspace) => {
                self.layers.pop();
                return Vec::new();
            }
            _ => menu.cursor,
        };
        if let Some(Layer::Menu(menu)) = self.layers.last_mut() {
            menu.cursor = to;
        }
        Vec::new()
    }

    fn pick(&mut self, pick: Pick) -> Vec<Effect> {
        self.layers.pop();
        match pick {
            Pick::Do(Action::Overview) => self.open_progress(),
            Pick::Do(action) => return self.act(action),
            Pick::NextOpen => self.go_to_next_open(),
            Pick::For(reason) => return self.decide(Decision::Release, reason),
            Pick::Own => self.layers.push(Layer::Typing(Box::new(Typing::new(Typed::Reason, "")))),
            Pick::Back => {}
        }
        Vec::new()
    }

    /// The applicant's alias, where this kind can be one: asked for, with the
    /// text hit to begin with.
    pub(super) fn open_alias(&mut self) {
        let Some(shown) = self.review.current().cloned() else { return };
        if words::may_name_unit(shown.leak.kind) {
            self.layers.push(Layer::Typing(Box::new(Typing::new(Typed::Alias, &shown.leak.text))));
        } else {
            self.notice(self.t.reviewing.notice_no_alias);
        }
    }

    /// Whether a text can be released for this reason, or be an alias; what is
    /// typed stays where it is not.
    pub(super) fn keep_typed(&mut self, of: Typed, text: &str) -> Vec<Effect> {
        let Some(shown) = self.review.current().cloned() else { return Vec::new() };
        let t = &self.t.reviewing;
        match of {
            Typed::Reason if text.is_empty() => {
                self.notice(t.notice_reason);
                Vec::new()
            }
            Typed::Alias if !self.review.may_be_alias(text) => {
                self.notice(&fill(t.notice_alias, &[&shown.leak.text]));
                Vec::new()
            }
            Typed::Reason => {
                self.layers.pop();
                self.decide(Decision::Release, text)
            }
            Typed::Alias => {
                self.layers.pop();
                self.decide(Decision::Alias, text)
            }
        }
    }
}

/// Paints a menu.
pub(super) fn view(state: &State, frame: &mut Frame, menu: &Menu) {
    let t = &state.t.reviewing;
    let brush = state.brush();
    let cells = usize::from(CELLS.min(frame.area().width.saturating_sub(4)));
    let mut out = vec![Line::default()];
    let shown = state.review.current();
    let title = match (menu.of, shown) {
        (MenuOf::Reasons, Some(item)) => {
            if item.leak.certain {
                for line in wrap(t.reason_certain, cells.saturating_sub(2)) {
                    out.push(brush.line(&format!(" {line}"), cells, brush.theme.warn));
                }
                out.push(Line::default());
            }
            fill(t.reason_title, &[&cut(&words::quoted(t, &brush.words(&item.leak.text)), cells / 2)])
        }
        _ => t.menu_title.to_owned(),
    };
    for (number, (digit, pick, words)) in rows(state, menu.of).into_iter().enumerate() {
        let (mark, style) = if number == menu.cursor { (">", brush.theme.select) } else { (" ", brush.theme.base) };
        if matches!(pick, Pick::Back | Pick::Do(Action::Quit | Action::Undo)) && number > 0 {
            out.push(Line::default());
        }
        out.push(Line::styled(pad(&format!(" {mark} {digit}  {}", brush.words(words)), cells), style));
    }
    out.push(Line::default());
    paint::popup(frame, &brush, &title, out, CELLS);
}
