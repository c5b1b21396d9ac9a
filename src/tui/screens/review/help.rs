//! The help: what each key does and what the words mean.

use ratatui::Frame;
use ratatui::text::Line;

use crate::base::text::{pad, width, wrap};
use crate::tui::keymap::{self, Action, Context, name};
use crate::tui::paint;

use super::{Layer, State};

/// Rows around the text.
const AROUND: usize = 3;

fn rows(state: &State, cells: usize) -> Vec<String> {
    let t = &state.t.reviewing;
    let mut rows = Vec::new();
    let mut text = |lead: &str, text: &str| {
        let room = cells.saturating_sub(width(lead) + 1).max(8);
        for (at, line) in wrap(text, room).into_iter().enumerate() {
            let before = if at == 0 { lead.to_owned() } else { " ".repeat(width(lead)) };
            rows.push(format!("{before}{line}"));
        }
    };
    text(" ", &format!("[ {} ]", t.help_words));
    for words in [t.help_block, t.help_warn, t.help_mask_means, t.help_alias_means, t.help_saved] {
        text("   ", words);
    }
    for (context, title) in
        [(Context::Review, t.help_hit), (Context::Progress, t.help_progress), (Context::Reason, t.help_reason)]
    {
        text(" ", "");
        text(" ", &format!("[ {title} ]"));
        for binding in keymap::rows(context) {
            let keys: Vec<String> = binding.keys.iter().map(|key| name(*key, &state.t.screens)).collect();
            text(&format!("   {} ", pad(&keys.join("  "), 24)), (binding.words)(&state.t.screens).1);
        }
    }
    rows
}

fn last(state: &State) -> usize {
    let room = usize::from(state.size.1).saturating_sub(AROUND);
    rows(state, usize::from(state.size.0)).len().saturating_sub(room)
}

impl State {
    pub(super) fn act_in_help(&mut self, action: Action) {
        let last = last(self);
        let page = usize::from(self.size.1).saturating_sub(AROUND + 1).max(1);
        let Some(Layer::Help(from)) = self.layers.last_mut() else { return };
        match action {
            Action::Up => *from = from.saturating_sub(1),
            Action::Down => *from = from.saturating_add(1).min(last),
            Action::PageUp => *from = from.saturating_sub(page),
            Action::PageDown => *from = from.saturating_add(page).min(last),
            Action::Top => *from = 0,
            Action::Bottom => *from = last,
            _ => drop(self.layers.pop()),
        }
    }
}

/// Paints the help from this line on.
pub(super) fn view(state: &State, frame: &mut Frame, from: usize) {
    let area = frame.area();
    let cells = usize::from(area.width);
    let brush = state.brush();
    let room = usize::from(area.height).saturating_sub(AROUND);
    let from = from.min(last(state));
    let rows = rows(state, cells);
    let total = rows.len();
    let mut lines = vec![
        brush.ends(
            &format!(" {}", state.t.reviewing.help),
            &format!("{}-{}/{} ", from + 1, (from + room).min(total), total),
            cells,
            brush.theme.title,
        ),
        brush.rule(cells),
    ];
    let style = |row: &str| if row.starts_with(" [") { brush.theme.title } else { brush.theme.base };
    lines.extend(rows.iter().skip(from).take(room).map(|row| brush.line(row, cells, style(row))));
    while lines.len() < room + 2 {
        lines.push(Line::raw(" ".repeat(cells)));
    }
    lines.push(Line::styled(keymap::footer(Context::Page, &state.t.screens, "", cells), brush.theme.base));
    paint::lines(frame, area, lines);
}
