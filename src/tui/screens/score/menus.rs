//! The numbered menus: everything by digit, so that a Chinese input method can
//! stay on.

use ratatui::Frame;
use ratatui::text::Line;

use crate::base::lang::fill;
use crate::base::text::{pad, wrap};
use crate::domain::desk::Act;
use crate::domain::sheet::Ground;
use crate::tui::keymap::Action;
use crate::tui::message::Effect;
use crate::tui::paint::popup;

use super::overlay::Overlay;
use super::writing::Writing;
use super::{Page, State, lists};

/// A numbered menu.
#[derive(Debug, Clone)]
pub(super) struct Menu {
    pub(super) title: String,
    pub(super) items: Vec<(String, Choice)>,
    pub(super) cursor: usize,
    pub(super) note: String,
    /// Whether items are chosen by their number.
    pub(super) numbered: bool,
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

impl State {
    pub(super) fn menu(title: &str, items: Vec<(String, Choice)>, note: &str) -> Menu {
        let numbered = items.len() <= 10;
        Menu { title: title.to_owned(), items, cursor: 0, note: note.to_owned(), numbered }
    }

    /// All actions, by digit.
    pub(super) fn main_menu(&self) -> Menu {
        let t = self.t();
        let counts = lists::counts(self);
        let here = self.criterion().map_or_else(
            || t.overall_short.to_owned(),
            |c| format!("{} {}", c.id, if self.zh() { &c.zh } else { &c.en }),
        );
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
        Self::menu(t.menu_title, items, t.menu_note)
    }

    /// Recognising, recusing, excluding, and taking each back.
    pub(super) fn concerns_menu(&self) -> Menu {
        let t = self.t();
        let Some(code) = self.code().cloned() else { return Self::menu("", Vec::new(), "") };
        let given = self.desk.given(&code).cloned().unwrap_or_default();
        let mut items = Vec::new();
        items.push(match &given.recognised {
            None => (t.concern_recognise.to_owned(), Choice::Recognise),
            Some(_) => {
                (t.concern_unrecognise.to_owned(), Choice::Record(Act::Recognise { code: code.clone(), note: None }))
            }
        });
        items.push(match &given.recusal {
            None => (t.concern_recuse.to_owned(), Choice::Act(Action::Recuse)),
            Some(_) => {
                (t.concern_unrecuse.to_owned(), Choice::Record(Act::Recuse { code: code.clone(), recusal: None }))
            }
        });
        items.push((t.concern_red_line.to_owned(), Choice::RedLines));
        for id in given.red_lines.keys() {
            let act = Act::RedLine { code: code.clone(), id: id.clone(), note: None };
            items.push((fill(t.concern_unred, &[id]), Choice::Record(act)));
        }
        items.truncate(9);
        items.push((t.back.to_owned(), Choice::Back));
        Self::menu(&fill(t.concerns_title, &[&code]), items, t.concerns_note)
    }

    pub(super) fn grounds_menu(&self) -> Menu {
        let t = self.t();
        let mut items: Vec<_> = Ground::ALL.iter().map(|g| (g.words(t).to_owned(), Choice::Ground(*g))).collect();
        items.push((t.back.to_owned(), Choice::Back));
        let code = self.code().map(ToString::to_string).unwrap_or_default();
        Self::menu(&fill(t.grounds_title, &[&code]), items, t.grounds_note)
    }

    pub(super) fn red_lines_menu(&self) -> Menu {
        let t = self.t();
        let word = |zh: &String, en: &String| if self.zh() { zh.clone() } else { en.clone() };
        let mut items: Vec<_> = self
            .book
            .rubric
            .red_lines
            .iter()
            .take(9)
            .map(|red| (word(&red.zh, &red.en), Choice::RedLine(red.id.clone())))
            .collect();
        items.push((t.back.to_owned(), Choice::Back));
        Self::menu(t.red_lines_title, items, t.red_lines_note)
    }

    pub(super) fn history_menu(&self) -> Menu {
        let t = self.t();
        let words = |act: Option<&Act>| act.map_or_else(|| t.none.to_owned(), |act| self.act_words(act));
        let items = vec![
            (fill(t.history_undo, &[&words(self.desk.next_undo())]), Choice::Act(Action::Undo)),
            (fill(t.history_redo, &[&words(self.desk.next_redo())]), Choice::Act(Action::Redo)),
            (t.back.to_owned(), Choice::Back),
        ];
        Self::menu(t.history_title, items, t.history_note)
    }

    pub(super) fn choose(&mut self) -> Vec<Effect> {
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
}

pub(super) fn menu_view(state: &State, menu: &Menu, frame: &mut Frame) {
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
