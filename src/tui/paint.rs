//! Painting: rows of exactly the screen's width, put together from pieces whose
//! cells are counted. Rules and frames are ASCII and every other sign narrow or
//! wide without doubt, so that no row shifts on any console.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::base::clean::{clean_line, is_unsafe};
use crate::base::text::{pad, plain_signs, spread, width};

use super::theme::Theme;

/// Least width drawn at.
pub const LEAST_WIDTH: u16 = 60;
/// Least height drawn at.
pub const LEAST_HEIGHT: u16 = 18;

/// What painting needs to know of the terminal.
#[derive(Debug, Clone, Copy)]
pub struct Brush {
    /// Styles.
    pub theme: Theme,
    /// Whether ambiguous signs must be replaced.
    pub wide_signs: bool,
}

impl Brush {
    /// Outside text for one line: cleaned, and in signs the terminal can draw.
    #[must_use]
    pub fn words(&self, text: &str) -> String {
        let cleaned = clean_line(text);
        if self.wide_signs { plain_signs(&cleaned) } else { cleaned }
    }

    /// A line of exactly `cells` cells.
    #[must_use]
    pub fn line(&self, text: &str, cells: usize, style: Style) -> Line<'static> {
        Line::styled(pad(&self.words(text), cells), style)
    }

    /// A line with something at either end.
    #[must_use]
    pub fn ends(&self, left: &str, right: &str, cells: usize, style: Style) -> Line<'static> {
        Line::styled(spread(&self.words(left), &self.words(right), cells), style)
    }

    /// A rule across.
    #[must_use]
    pub fn rule(&self, cells: usize) -> Line<'static> {
        Line::styled("-".repeat(cells), self.theme.rule)
    }

    /// A rule with a name at the left and a hint at the right.
    #[must_use]
    pub fn named_rule(&self, name: &str, hint: &str, cells: usize) -> Line<'static> {
        let (name, hint) = (self.words(name), self.words(hint));
        let left = if name.is_empty() { String::new() } else { format!("-- {name} ") };
        let right = if hint.is_empty() { String::new() } else { format!(" {hint} --") };
        let (left, right) = if width(&left) + width(&right) > cells { (left, String::new()) } else { (left, right) };
        let left = crate::base::text::cut(&left, cells);
        let room = cells - (width(&left) + width(&right)).min(cells);
        Line::from(vec![
            Span::styled(left, self.theme.title),
            Span::styled("-".repeat(room), self.theme.rule),
            Span::styled(right, self.theme.muted),
        ])
    }

    /// A line with every occurrence of these words marked.
    #[must_use]
    pub fn marked(&self, text: &str, words: &[String], base: Style) -> Line<'static> {
        let text = self.words(text);
        let mut spans = Vec::new();
        let mut rest = text.as_str();
        loop {
            let next = words
                .iter()
                .filter(|word| !word.is_empty())
                .filter_map(|word| rest.find(word.as_str()).map(|at| (at, word.len())))
                .min_by_key(|(at, long)| (*at, usize::MAX - long));
            let Some((at, long)) = next else { break };
            let (before, from) = rest.split_at(at);
            let (hit, after) = from.split_at(long);
            if !before.is_empty() {
                spans.push(Span::styled(before.to_owned(), base));
            }
            spans.push(Span::styled(hit.to_owned(), self.theme.hit));
            rest = after;
        }
        if !rest.is_empty() {
            spans.push(Span::styled(rest.to_owned(), base));
        }
        Line::from(spans)
    }
}

/// Paints lines into an area, from its top; what is over is left out.
pub fn lines(frame: &mut Frame, area: Rect, lines: Vec<Line<'static>>) {
    let area = area.intersection(frame.area());
    frame.render_widget(Paragraph::new(lines), area);
}

/// Paints a screen that was laid out for this size.
///
/// A terminal that has changed its size since the last message is left blank:
/// what the state has laid out would not fit, and the message that says so is
/// on its way.
pub fn screen(frame: &mut Frame, size: (u16, u16), view: impl FnOnce(&mut Frame)) {
    let area = frame.area();
    if (area.width, area.height) != size {
        return;
    }
    view(frame);
    sweep(frame.buffer_mut());
}

/// The last step before the terminal: no cell may drive it.
pub fn sweep(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().chars().any(|c| is_unsafe(c) || c == '\n' || c == '\t') {
            cell.set_symbol("?");
        }
    }
}

/// A box in the middle of the screen, drawn over what is there, with its rows
/// inside; at most as large as the screen.
pub fn popup(frame: &mut Frame, brush: &Brush, title: &str, rows: Vec<Line<'static>>, wanted: u16) {
    let area = frame.area();
    let inner_width = wanted.min(area.width.saturating_sub(4));
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_add(2).min(area.height);
    let outer = Rect {
        x: (area.width.saturating_sub(inner_width + 2)) / 2,
        y: (area.height.saturating_sub(height)) / 2,
        width: inner_width + 2,
        height,
    }
    .intersection(area);
    if outer.width < 4 || outer.height < 3 {
        return;
    }
    let cells = usize::from(outer.width) - 2;
    // One cell more on either side: half of a wide sign must not stay behind.
    let around = Rect { x: outer.x.saturating_sub(1), width: outer.width + 2, ..outer }.intersection(area);
    frame.render_widget(ratatui::widgets::Clear, around);
    let title = crate::base::text::cut(&format!(" {} ", brush.words(title)), cells);
    let room = cells - width(&title).min(cells);
    let top = format!("+{}{title}{}+", "-".repeat(room / 2), "-".repeat(room - room / 2));
    let mut out = vec![Line::styled(top, brush.theme.title)];
    for row in rows.into_iter().take(usize::from(outer.height) - 2) {
        let used: usize = row.spans.iter().map(|span| width(&span.content)).sum();
        let style = row.style;
        let mut spans = vec![Span::styled("|", brush.theme.title)];
        let fill = cells.saturating_sub(used);
        spans.extend(row.spans.into_iter().map(|span| {
            let patched = style.patch(span.style);
            span.style(patched)
        }));
        spans.push(Span::styled(" ".repeat(fill), style));
        spans.push(Span::styled("|", brush.theme.title));
        out.push(Line::from(spans));
    }
    out.push(Line::styled(format!("+{}+", "-".repeat(cells)), brush.theme.title));
    lines(frame, outer, out);
}

/// The page for a terminal that is too small to draw on.
pub fn too_small(frame: &mut Frame, words: &str) {
    let area = frame.area();
    let wrapped = crate::base::text::wrap(words, usize::from(area.width).max(2));
    lines(frame, area, wrapped.into_iter().map(Line::from).collect());
}

/// What a terminal of this size shows, as text: a cell behind a wide one is no
/// cell of its own. For tests and for reading a screen aloud.
#[must_use]
pub fn screen_text(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer.cell((x, y)).map_or(" ", |cell| cell.symbol());
            line.push_str(symbol);
            x += u16::try_from(width(symbol)).unwrap_or(1).max(1);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
