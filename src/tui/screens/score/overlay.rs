//! What lies over a page: the numbered menu, choices, the help, the palette,
//! writing a text, a line to search by.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::base::lang::fill;
use crate::base::text::{pad, width, wrap};
use crate::tui::field::Field;
use crate::tui::keymap::{self, Action, Context, Key};
use crate::tui::message::Effect;
use crate::tui::paint::{lines, popup};

use super::State;
use super::menus::{Menu, menu_view};
use super::writing::{Edit, Writing, edit_view};

/// Something over a page.
#[derive(Debug, Clone)]
pub(super) enum Overlay {
    /// A numbered menu or choice.
    Menu(Menu),
    /// A text to read: the help.
    Text(Text),
    /// Writing.
    Edit(Box<Edit>),
    /// A line to search or filter by.
    Ask(Box<Ask>),
}

/// A text to read.
#[derive(Debug, Clone)]
pub(super) struct Text {
    title: String,
    rows: Vec<String>,
    top: usize,
}

/// What a line is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Words to find in the packet.
    Search,
    /// An action by its name.
    Palette,
}

/// A line to search or filter by.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) field: Field,
    purpose: Purpose,
    cursor: usize,
}

impl Overlay {
    /// Where a key is pressed.
    pub(super) const fn context(&self) -> Context {
        match self {
            Self::Menu(_) => Context::Menu,
            Self::Text(_) => Context::Page,
            Self::Edit(_) => Context::Edit,
            Self::Ask(_) => Context::Ask,
        }
    }
}

impl State {
    pub(super) fn open_overlay(&mut self, action: Action) {
        let overlay = match action {
            Action::Menu => Overlay::Menu(self.main_menu()),
            Action::Help => Overlay::Text(self.help()),
            Action::Palette => {
                Overlay::Ask(Box::new(Ask { field: Field::new("", true), purpose: Purpose::Palette, cursor: 0 }))
            }
            Action::Recuse => Overlay::Menu(self.grounds_menu()),
            Action::RedLine => Overlay::Menu(self.red_lines_menu()),
            Action::Recognise => {
                let Some(code) = self.code().cloned() else { return };
                Overlay::Edit(Box::new(Edit::new(self, Writing::Recognise(code))))
            }
            Action::History => Overlay::Menu(self.history_menu()),
            Action::Search => {
                Overlay::Ask(Box::new(Ask { field: Field::new("", true), purpose: Purpose::Search, cursor: 0 }))
            }
            _ => return,
        };
        self.overlays.push(overlay);
    }

    fn help(&self) -> Text {
        let t = self.t();
        let here = self.context();
        let mut rows = Vec::new();
        let context_name = |context| match context {
            Context::Mark => t.context_mark,
            Context::Overall => t.context_overall,
            Context::Read => t.context_read,
            Context::Grid => t.context_grid,
            Context::List => t.context_list,
            Context::HandIn => t.context_hand_in,
            _ => t.context_edit,
        };
        let others = [
            Context::Mark,
            Context::Overall,
            Context::Read,
            Context::Grid,
            Context::List,
            Context::Edit,
            Context::HandIn,
        ];
        for context in std::iter::once(here).chain(others.into_iter().filter(|c| *c != here)) {
            rows.push(format!("[ {} ]", context_name(context)));
            if context == Context::Mark {
                rows.push(format!("  {}  {}", pad(t.key_digits, 26), t.help_digits));
            }
            for binding in keymap::rows(context) {
                let keys: Vec<String> = binding.keys.iter().map(|key| keymap::name(*key, t)).collect();
                rows.push(format!("  {}  {}", pad(&keys.join("  "), 26), (binding.words)(t).1));
            }
            rows.push(String::new());
        }
        rows.push(format!("[ {} ]", t.reading_rules));
        for (at, rule) in self.book.rubric.reading_rules.iter().enumerate() {
            rows.push(format!("  {}. {rule}", at + 1));
        }
        rows.push(String::new());
        rows.push(fill(t.help_version, &[&env!("CARGO_PKG_VERSION")]));
        Text { title: t.help_title.to_owned(), rows, top: 0 }
    }

    /// Keys while something lies over the page.
    pub(super) fn overlay_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(overlay) = self.overlays.last_mut() else { return Vec::new() };
        let context = overlay.context();
        match overlay {
            Overlay::Menu(menu) => {
                if key.is_text() {
                    self.notice =
                        Some(super::Notice { text: self.texts.screens.notice_text_key.to_owned(), bad: false });
                    return Vec::new();
                }
                let key = key.plain();
                if let (Some(digit), true) = (key.digit(), menu.numbered) {
                    let ten = menu.items.len() - 1;
                    let at = if digit == 0 { ten } else { usize::from(digit) - 1 };
                    if at < menu.items.len() && (digit == 0 || at < ten) {
                        menu.cursor = at;
                        return self.choose();
                    }
                    return Vec::new();
                }
                let count = menu.items.len().max(1);
                match keymap::resolve(context, key) {
                    Some(Action::Up) => menu.cursor = (menu.cursor + count - 1) % count,
                    Some(Action::Down) => menu.cursor = (menu.cursor + 1) % count,
                    Some(Action::Accept) => return self.choose(),
                    Some(Action::Back) => drop(self.overlays.pop()),
                    Some(Action::Quit) => self.done = true,
                    _ if key == Key::Char(' ') => drop(self.overlays.pop()),
                    _ => {}
                }
                Vec::new()
            }
            Overlay::Text(text) => {
                let page = usize::from(self.size.1).saturating_sub(6).max(1);
                let last = text.rows.len().saturating_sub(page);
                match keymap::resolve(context, key.plain()) {
                    Some(Action::Up) => text.top = text.top.saturating_sub(1),
                    Some(Action::Down) => text.top = (text.top + 1).min(last),
                    Some(Action::PageUp) => text.top = text.top.saturating_sub(page),
                    Some(Action::PageDown) => text.top = (text.top + page).min(last),
                    Some(Action::Top) => text.top = 0,
                    Some(Action::Bottom) => text.top = last,
                    Some(Action::Quit) => self.done = true,
                    _ => drop(self.overlays.pop()),
                }
                Vec::new()
            }
            Overlay::Edit(edit) => match keymap::resolve(context, key) {
                Some(Action::Accept) => self.finish_writing(),
                Some(Action::Phrase) => {
                    if let Some(phrase) = edit.phrases.get(edit.next_phrase % edit.phrases.len().max(1)).cloned() {
                        edit.field.insert(&phrase);
                        edit.next_phrase += 1;
                    }
                    Vec::new()
                }
                Some(Action::Quit) => {
                    let effects = self.finish_writing();
                    self.done = true;
                    effects
                }
                _ => {
                    edit.field.key(key);
                    Vec::new()
                }
            },
            Overlay::Ask(_) => self.ask_key(context, key),
        }
    }

    fn ask_key(&mut self, context: Context, key: Key) -> Vec<Effect> {
        let Some(Overlay::Ask(ask)) = self.overlays.last_mut() else { return Vec::new() };
        match key {
            Key::Up => ask.cursor = ask.cursor.saturating_sub(1),
            Key::Down => ask.cursor += 1,
            Key::Esc => drop(self.overlays.pop()),
            Key::Enter => {
                let (text, purpose, cursor) = (ask.field.text(), ask.purpose, ask.cursor);
                self.overlays.pop();
                match purpose {
                    Purpose::Search => self.search(&text),
                    Purpose::Palette => {
                        let rows = self.palette(&text);
                        let row = rows.get(cursor.min(rows.len().saturating_sub(1)));
                        if let Some((_, _, action)) = row {
                            let action = *action;
                            return self.act(action);
                        }
                    }
                }
            }
            key if keymap::resolve(context, key) == Some(Action::Quit) => self.done = true,
            key => {
                ask.field.key(key);
                ask.cursor = 0;
            }
        }
        Vec::new()
    }

    /// Actions whose name or key holds what was typed.
    fn palette(&self, typed: &str) -> Vec<(String, String, Action)> {
        let t = self.t();
        let context = self.page_context();
        let typed = typed.to_lowercase();
        let mut out = Vec::new();
        for binding in keymap::rows(context) {
            let (_, help) = (binding.words)(t);
            let keys: Vec<String> = binding.keys.iter().map(|key| keymap::name(*key, t)).collect();
            let other = (binding.words)(&self.texts.lang.other().texts().screens).1;
            let hay = format!("{help} {other} {:?}", binding.action).to_lowercase();
            if hay.contains(&typed) {
                out.push((help.to_owned(), keys.join(" "), binding.action));
            }
        }
        out
    }
}

/// Paints an overlay.
pub(super) fn view(state: &State, overlay: &Overlay, frame: &mut Frame) {
    match overlay {
        Overlay::Menu(menu) => menu_view(state, menu, frame),
        Overlay::Text(text) => text_view(state, text, frame),
        Overlay::Edit(edit) => edit_view(state, edit, frame),
        Overlay::Ask(ask) => ask_view(state, ask, frame),
    }
}

fn text_view(state: &State, text: &Text, frame: &mut Frame) {
    let area = frame.area();
    frame.render_widget(ratatui::widgets::Clear, area);
    let cells = usize::from(area.width);
    let mut out =
        vec![state.brush.line(&format!(" {}", text.title), cells, state.brush.theme.title), state.brush.rule(cells)];
    let height = usize::from(area.height).saturating_sub(6).max(1);
    for row in text.rows.iter().skip(text.top).take(height) {
        let heading = row.starts_with('[');
        let style = if heading { state.brush.theme.title } else { state.brush.theme.base };
        out.extend(
            wrap(row, cells.saturating_sub(2))
                .into_iter()
                .map(|line| state.brush.line(&format!(" {line}"), cells, style)),
        );
    }
    out.truncate(height + 2);
    lines(frame, area, out);
    super::mark::paint_foot(state, frame);
}

fn ask_view(state: &State, ask: &Ask, frame: &mut Frame) {
    let area = frame.area();
    let theme = state.brush.theme;
    let t = state.t();
    let wide = area.width.saturating_sub(6).min(72);
    let cells = usize::from(wide);
    let mut rows = vec![Line::default(), Line::default()];
    let title = match ask.purpose {
        Purpose::Search => t.search_title,
        Purpose::Palette => {
            let found = state.palette(&ask.field.text());
            let cursor = ask.cursor.min(found.len().saturating_sub(1));
            let room = usize::from(area.height).saturating_sub(12).max(3);
            let skip = (cursor + 1).saturating_sub(room);
            for (at, (help, keys, _)) in found.iter().enumerate().skip(skip).take(room) {
                let style = if at == cursor { theme.select } else { theme.base };
                let room = cells.saturating_sub(width(keys) + 4);
                rows.push(Line::styled(format!("  {}{keys}  ", pad(help, room)), style));
            }
            t.palette_title
        }
    };
    let count = u16::try_from(rows.len()).unwrap_or(3);
    popup(frame, &state.brush, title, rows, wide);
    super::mark::paint_foot(state, frame);
    let top = area.height.saturating_sub(count + 2) / 2;
    let left = area.width.saturating_sub(wide + 2) / 2;
    ask.field.paint(frame, Rect { x: left + 3, y: top + 1, width: wide.saturating_sub(4), height: 1 });
}
