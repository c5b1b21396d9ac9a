//! What lies over a page: the numbered menu, choices, the help, the palette,
//! writing a text, a line to search by.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::base::lang::fill;
use crate::base::text::{pad, width, wrap};
use crate::base::{CriterionId, PacketCode};
use crate::domain::desk::Act;
use crate::domain::sheet::Ground;
use crate::tui::app::Effect;
use crate::tui::field::Field;
use crate::tui::keymap::{self, Action, Context, Key};
use crate::tui::paint::{lines, popup};
use crate::workflow::hand_in::Wish;

use super::{Page, State, lists};

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

/// A numbered menu.
#[derive(Debug, Clone)]
pub(super) struct Menu {
    title: String,
    items: Vec<(String, Choice)>,
    cursor: usize,
    note: String,
    /// Whether items are chosen by their number.
    numbered: bool,
}

/// What an item of a menu does.
#[derive(Debug, Clone)]
pub(super) enum Choice {
    /// An action of the table.
    Act(Action),
    /// Nothing but a step back.
    Back,
    /// Recuse on this ground.
    Ground(Ground),
    /// Record this act.
    Record(Act),
    /// Open the grounds of recusal.
    Grounds,
    /// Open the red lines.
    RedLines,
    /// Write about a red line.
    RedLine(String),
    /// Write that the applicant is recognised.
    Recognise,
}

/// A text to read.
#[derive(Debug, Clone)]
pub(super) struct Text {
    title: String,
    rows: Vec<String>,
    top: usize,
}

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
    writing: Writing,
    phrases: Vec<String>,
    next_phrase: usize,
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

impl Edit {
    pub(super) fn new(state: &State, writing: Writing) -> Self {
        let before = match &writing {
            Writing::Remark(code, criterion) => state.desk.remark(code, criterion).to_owned(),
            Writing::Opinion(code) => state.desk.given(code).map(|given| given.opinion.clone()).unwrap_or_default(),
            Writing::Recognise(code) => state.desk.given(code).and_then(|given| given.recognised.clone()).unwrap_or_default(),
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

fn ground_words(state: &State, ground: Ground) -> &'static str {
    let t = state.t();
    match ground {
        Ground::Employer => t.ground_employer,
        Ground::Officer => t.ground_officer,
        Ground::Holder => t.ground_holder,
        Ground::Kin => t.ground_kin,
        Ground::Collaborator => t.ground_collaborator,
        Ground::Advisor => t.ground_advisor,
        Ground::Service => t.ground_service,
        Ground::Rival => t.ground_rival,
        Ground::Other => t.ground_other,
    }
}

impl State {
    /// Phrases to begin a remark with: what the levels say, part by part, those
    /// of the level in force first.
    fn phrases(&self) -> Vec<String> {
        let (Some(code), Some(criterion)) = (self.code(), self.criterion()) else { return Vec::new() };
        let mark = self.mark_of(code, criterion);
        let mut levels: Vec<_> = criterion.levels.iter().collect();
        levels.sort_by_key(|level| mark.is_none_or(|mark| !(level.min <= mark && mark <= level.max)));
        levels.into_iter().flat_map(|level| level.anchor.split('；')).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
    }

    pub(super) fn open_overlay(&mut self, action: Action) {
        let overlay = match action {
            Action::Menu => Overlay::Menu(self.main_menu()),
            Action::Help => Overlay::Text(self.help()),
            Action::Palette => Overlay::Ask(Box::new(Ask { field: Field::new("", true), purpose: Purpose::Palette, cursor: 0 })),
            Action::Recuse => Overlay::Menu(self.grounds_menu()),
            Action::RedLine => Overlay::Menu(self.red_lines_menu()),
            Action::Recognise => {
                let Some(code) = self.code().cloned() else { return };
                Overlay::Edit(Box::new(Edit::new(self, Writing::Recognise(code))))
            }
            Action::History => Overlay::Menu(self.history_menu()),
            Action::Search => Overlay::Ask(Box::new(Ask { field: Field::new("", true), purpose: Purpose::Search, cursor: 0 })),
            _ => return,
        };
        self.overlays.push(overlay);
    }

    fn menu(&self, title: &str, items: Vec<(String, Choice)>, note: &str) -> Menu {
        let numbered = items.len() <= 10;
        Menu { title: title.to_owned(), items, cursor: 0, note: note.to_owned(), numbered }
    }

    /// All actions, by digit.
    fn main_menu(&self) -> Menu {
        let t = self.t();
        let counts = lists::counts(self);
        let here = self.criterion().map_or_else(|| t.overall_short.to_owned(), |c| format!("{} {}", c.id, if self.zh() { &c.zh } else { &c.en }));
        let remark = if self.at_overall() { t.menu_opinion.to_owned() } else { fill(t.menu_remark, &[&here]) };
        let items = vec![
            (t.menu_unscored.to_owned(), Choice::Act(Action::NextUnscored)),
            (fill(t.menu_packets, &[&counts.0, &counts.1, &counts.2]), Choice::Act(Action::Packets)),
            (remark, Choice::Act(Action::Remark)),
            (t.menu_overall.to_owned(), Choice::Act(Action::Overall)),
            (fill(t.menu_grid, &[&self.book.codes.len()]), Choice::Act(Action::Grid)),
            (t.menu_mine.to_owned(), Choice::Act(Action::Mine)),
            (t.menu_concerns.to_owned(), Choice::Grounds),
            (t.menu_history.to_owned(), Choice::Act(Action::History)),
            (t.menu_hand_in.to_owned(), Choice::Act(Action::HandIn)),
            (t.menu_leave.to_owned(), Choice::Act(Action::Quit)),
        ];
        self.menu(t.menu_title, items, t.menu_note)
    }

    /// Recognising, recusing, excluding, and taking each back.
    fn concerns_menu(&self) -> Menu {
        let t = self.t();
        let Some(code) = self.code().cloned() else { return self.menu("", Vec::new(), "") };
        let given = self.desk.given(&code).cloned().unwrap_or_default();
        let mut items = Vec::new();
        items.push(match &given.recognised {
            None => (t.concern_recognise.to_owned(), Choice::Recognise),
            Some(_) => (t.concern_unrecognise.to_owned(), Choice::Record(Act::Recognise { code: code.clone(), note: None })),
        });
        items.push(match &given.recusal {
            None => (t.concern_recuse.to_owned(), Choice::Act(Action::Recuse)),
            Some(_) => (t.concern_unrecuse.to_owned(), Choice::Record(Act::Recuse { code: code.clone(), recusal: None })),
        });
        items.push((t.concern_red_line.to_owned(), Choice::RedLines));
        for id in given.red_lines.keys() {
            let act = Act::RedLine { code: code.clone(), id: id.clone(), note: None };
            items.push((fill(t.concern_unred, &[id]), Choice::Record(act)));
        }
        items.truncate(9);
        items.push((t.back.to_owned(), Choice::Back));
        self.menu(&fill(t.concerns_title, &[&code]), items, t.concerns_note)
    }

    fn grounds_menu(&self) -> Menu {
        let t = self.t();
        let mut items: Vec<_> = Ground::ALL.iter().map(|g| (ground_words(self, *g).to_owned(), Choice::Ground(*g))).collect();
        items.push((t.back.to_owned(), Choice::Back));
        let code = self.code().map(ToString::to_string).unwrap_or_default();
        self.menu(&fill(t.grounds_title, &[&code]), items, t.grounds_note)
    }

    fn red_lines_menu(&self) -> Menu {
        let t = self.t();
        let word = |zh: &String, en: &String| if self.zh() { zh.clone() } else { en.clone() };
        let mut items: Vec<_> =
            self.book.rubric.red_lines.iter().take(9).map(|red| (word(&red.zh, &red.en), Choice::RedLine(red.id.clone()))).collect();
        items.push((t.back.to_owned(), Choice::Back));
        self.menu(t.red_lines_title, items, t.red_lines_note)
    }

    fn history_menu(&self) -> Menu {
        let t = self.t();
        let words = |act: Option<&Act>| act.map_or_else(|| t.none.to_owned(), |act| self.act_words(act));
        let items = vec![
            (fill(t.history_undo, &[&words(self.desk.next_undo())]), Choice::Act(Action::Undo)),
            (fill(t.history_redo, &[&words(self.desk.next_redo())]), Choice::Act(Action::Redo)),
            (t.back.to_owned(), Choice::Back),
        ];
        self.menu(t.history_title, items, t.history_note)
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
        let others = [Context::Mark, Context::Overall, Context::Read, Context::Grid, Context::List, Context::Edit, Context::HandIn];
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
                    self.notice = Some(super::Notice { text: self.texts.screens.notice_text_key.to_owned(), bad: false });
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
        let context = match &self.page {
            Page::Mark if self.at_overall() => Context::Overall,
            Page::Mark => Context::Mark,
            Page::Read(_) => Context::Read,
            Page::Grid(_) => Context::Grid,
            Page::List(_) => Context::List,
            Page::HandIn(_) => Context::HandIn,
        };
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

    fn choose(&mut self) -> Vec<Effect> {
        let Some(Overlay::Menu(menu)) = self.overlays.pop() else { return Vec::new() };
        let Some((_, choice)) = menu.items.get(menu.cursor).cloned() else { return Vec::new() };
        let Some(code) = self.code().cloned() else { return Vec::new() };
        match choice {
            Choice::Act(Action::Recuse) => self.overlays.push(Overlay::Menu(self.grounds_menu())),
            Choice::Act(action) => {
                if matches!(action, Action::Remark) && !matches!(self.page, Page::Mark) {
                    self.page = Page::Mark;
                }
                return self.act(action);
            }
            Choice::Back => {}
            Choice::Grounds => self.overlays.push(Overlay::Menu(self.concerns_menu())),
            Choice::RedLines => self.overlays.push(Overlay::Menu(self.red_lines_menu())),
            Choice::Record(act) => return self.record(act),
            Choice::Ground(ground) => return self.write(Some(Writing::Recuse(code, ground))),
            Choice::Recognise => return self.write(Some(Writing::Recognise(code))),
            Choice::RedLine(id) => return self.write(Some(Writing::RedLine(code, id))),
        }
        Vec::new()
    }

    /// Keeps what was written.
    fn finish_writing(&mut self) -> Vec<Effect> {
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
            Writing::Partial => return self.hand_in(Wish { partial: Some(text), ..Wish::default() }),
            Writing::Correction => return self.hand_in(Wish { correction: Some(text), ..Wish::default() }),
        };
        self.record(act)
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

fn menu_view(state: &State, menu: &Menu, frame: &mut Frame) {
    let theme = state.brush.theme;
    let wide = frame.area().width.saturating_sub(6).min(76);
    let cells = usize::from(wide);
    let mut rows = vec![Line::default()];
    for (at, (words, _)) in menu.items.iter().enumerate() {
        let number = if at + 1 == menu.items.len() { "0".to_owned() } else { (at + 1).to_string() };
        let style = if at == menu.cursor { theme.select } else { theme.base };
        for (part, line) in wrap(&state.brush.words(words), cells.saturating_sub(8)).into_iter().enumerate() {
            let lead = if part == 0 { format!("  {number}  ") } else { "     ".to_owned() };
            rows.push(Line::styled(pad(&format!("{lead}{line}"), cells), style));
        }
    }
    rows.push(Line::default());
    if !menu.note.is_empty() {
        for line in wrap(&state.brush.words(&menu.note), cells.saturating_sub(6)) {
            rows.push(Line::styled(format!("  {line}"), theme.muted));
        }
    }
    popup(frame, &state.brush, &menu.title, rows, wide);
    super::mark::paint_foot(state, frame);
}

fn text_view(state: &State, text: &Text, frame: &mut Frame) {
    let area = frame.area();
    frame.render_widget(ratatui::widgets::Clear, area);
    let cells = usize::from(area.width);
    let mut out = vec![state.brush.line(&format!(" {}", text.title), cells, state.brush.theme.title), state.brush.rule(cells)];
    let height = usize::from(area.height).saturating_sub(6).max(1);
    for row in text.rows.iter().skip(text.top).take(height) {
        let heading = row.starts_with('[');
        let style = if heading { state.brush.theme.title } else { state.brush.theme.base };
        out.extend(wrap(row, cells.saturating_sub(2)).into_iter().map(|line| state.brush.line(&format!(" {line}"), cells, style)));
    }
    out.truncate(height + 2);
    lines(frame, area, out);
    super::mark::paint_foot(state, frame);
}

fn edit_title(state: &State, writing: &Writing) -> String {
    let t = state.t();
    match writing {
        Writing::Remark(code, criterion) => fill(t.write_remark, &[code, criterion]),
        Writing::Opinion(code) => fill(t.write_opinion, &[code]),
        Writing::Recuse(code, ground) => fill(t.write_recuse, &[code, &ground_words(state, *ground)]),
        Writing::Recognise(code) => fill(t.write_recognise, &[code]),
        Writing::RedLine(code, id) => fill(t.write_red_line, &[code, id]),
        Writing::Partial => t.write_partial.to_owned(),
        Writing::Correction => t.write_correction.to_owned(),
    }
}

fn edit_view(state: &State, edit: &Edit, frame: &mut Frame) {
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
