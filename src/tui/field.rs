//! A text field: `ratatui-textarea` with the hardware cursor at the caret, so
//! that a Chinese input method puts its window there.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use super::keymap::Key;

/// Longest text kept, in characters.
pub const LONGEST: usize = crate::base::Limits::STANDARD.remark;

/// A field being written in.
#[derive(Debug, Clone)]
pub struct Field {
    area: TextArea<'static>,
    one_line: bool,
}

impl Field {
    /// A field that holds this text, the caret at its end.
    #[must_use]
    pub fn new(text: &str, one_line: bool) -> Self {
        let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let mut area = TextArea::new(lines);
        // The caret is the terminal's own; a painted one would hide it.
        area.set_cursor_style(Style::new());
        area.set_cursor_line_style(Style::new());
        area.set_wrap_mode(if one_line { WrapMode::None } else { WrapMode::Glyph });
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, one_line }
    }

    /// The text, cleaned of what would drive a terminal, trimmed.
    #[must_use]
    pub fn text(&self) -> String {
        let text = self.area.lines().join("\n");
        crate::base::clean::clean(&text).trim().chars().take(LONGEST).collect()
    }

    /// A key pressed in the field; keys that mean something else outside never
    /// reach here.
    pub fn key(&mut self, key: Key) {
        let code = match key {
            Key::Char(c) => KeyCode::Char(c),
            Key::Backspace => KeyCode::Backspace,
            Key::Delete => KeyCode::Delete,
            Key::Left => KeyCode::Left,
            Key::Right => KeyCode::Right,
            Key::Up => KeyCode::Up,
            Key::Down => KeyCode::Down,
            Key::Home => KeyCode::Home,
            Key::End => KeyCode::End,
            _ => return,
        };
        self.area.input(KeyEvent::new(code, KeyModifiers::NONE));
    }

    /// Puts text in at the caret.
    pub fn insert(&mut self, text: &str) {
        let text = crate::base::clean::clean(text);
        let text = if self.one_line { text.replace(['\n', '\t'], " ") } else { text.replace('\t', " ") };
        self.area.insert_str(text);
    }

    /// Paints the field and puts the terminal's cursor at the caret.
    pub fn paint(&self, frame: &mut Frame, area: Rect) {
        let area = area.intersection(frame.area());
        if area.width < 2 || area.height == 0 {
            return;
        }
        frame.render_widget(&self.area, area);
        let caret = self.area.screen_cursor();
        let offset = self.area.scroll_offset();
        let column = u16::try_from(caret.col.saturating_sub(usize::from(offset.1))).unwrap_or(0);
        let row = u16::try_from(caret.row.saturating_sub(usize::from(offset.0))).unwrap_or(0);
        frame.set_cursor_position((area.x + column.min(area.width - 1), area.y + row.min(area.height - 1)));
    }
}
