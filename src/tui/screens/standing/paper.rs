//! What pages are written on: lines of a width, sections, text broken into rows.

use ratatui::style::Style;
use ratatui::text::Line;

use crate::base::clean::clean;
use crate::base::text::{width, wrap};
use crate::tui::paint::Brush;

/// Lines put under each other, each of the page's width.
#[derive(Debug)]
pub(super) struct Paper {
    /// How to paint.
    pub brush: Brush,
    /// The width.
    pub cells: usize,
    lines: Vec<Line<'static>>,
}

impl Paper {
    /// An empty one.
    #[must_use]
    pub(super) const fn new(brush: Brush, cells: usize) -> Self {
        Self { brush, cells, lines: Vec::new() }
    }

    /// A named part begins.
    pub(super) fn section(&mut self, name: &str) {
        if !self.lines.is_empty() {
            self.row("", self.brush.theme.base);
        }
        self.lines.push(self.brush.named_rule(name, "", self.cells));
    }

    /// One row; what is over is cut.
    pub(super) fn row(&mut self, text: &str, style: Style) {
        self.lines.push(self.brush.line(text, self.cells, style));
    }

    /// Text broken into rows, with something before the first that the others
    /// are indented by.
    pub(super) fn text(&mut self, lead: &str, text: &str, style: Style) {
        let lead = self.brush.words(lead);
        let indent = width(&lead);
        let room = self.cells.saturating_sub(indent + 1).max(8);
        let mut first = true;
        for paragraph in clean(text).split('\n') {
            for line in wrap(&self.brush.words(paragraph), room) {
                let before = if first { lead.clone() } else { " ".repeat(indent) };
                self.row(&format!("{before}{line}"), style);
                first = false;
            }
        }
    }

    /// The lines.
    #[must_use]
    pub(super) fn done(self) -> Vec<Line<'static>> {
        self.lines
    }
}
