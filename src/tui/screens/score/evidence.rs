//! Evidence as lines: figures as tables, facts, small tables, and the paragraphs
//! the criterion's words lead to. What was left empty reads 材料未填.

use ratatui::text::Line;
use rust_decimal::Decimal;

use crate::base::lang::fill;
use crate::base::text::{pad, pad_left, width, wrap};
use crate::domain::evidence::{Block, Cell, Fact, FactValue, FigureRow, FigureTable, Table};
use crate::domain::form::TOTAL;
use crate::domain::rubric::Criterion;

use super::{State, hidden};

/// From so many lines of evidence on the guide stands above it.
const ROOM_FOR_GUIDE: usize = 10;

/// Lines of evidence and where each piece of it begins.
#[derive(Debug, Default)]
pub(super) struct Laid {
    /// The lines.
    pub lines: Vec<Line<'static>>,
    /// First line of each piece.
    pub starts: Vec<usize>,
}

/// A figure as people write it: trailing zeros as given.
pub(super) fn number(value: Decimal) -> String {
    value.to_string()
}

impl State {
    /// The evidence of the criterion in force, `cells` wide, for a
    /// place of `room` lines.
    pub(super) fn lay_evidence(&self, cells: usize, room: usize) -> Laid {
        let mut laid = Laid::default();
        if let Some(lines) = hidden::lines(self, cells) {
            laid.lines = lines;
            return laid;
        }
        let Some(criterion) = self.criterion() else { return laid };
        let t = self.t();
        // With room the guide comes first; without, what the packet says does.
        let guide_first = room >= ROOM_FOR_GUIDE;
        if guide_first {
            self.guide_lines(criterion, cells, &mut laid);
        }
        if self.packet.is_none() {
            laid.lines.push(self.brush.line(&format!("   {}", t.loading), cells, self.brush.theme.muted));
            return laid;
        }
        let mut nothing: Vec<String> = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Passage(passage) if passage.paragraphs.is_empty() => {
                    let word = if passage.missing { t.left_empty } else { t.not_found_there };
                    nothing.push(format!("{} {word}", passage.title));
                    continue;
                }
                _ => laid.starts.push(laid.lines.len()),
            }
            match block {
                Block::Figures(table) => self.figure_lines(table, cells, &mut laid.lines),
                Block::Facts(facts) => self.fact_lines(facts, cells, &mut laid.lines),
                Block::Table(table) => self.table_lines(table, cells, &mut laid.lines),
                Block::Passage(passage) => {
                    laid.lines.push(self.brush.line(&format!("   {}", passage.title), cells, self.brush.theme.title));
                    for (_, paragraph) in &passage.paragraphs {
                        for line in wrap(&self.brush.words(paragraph), cells.saturating_sub(4)) {
                            let mut marked = self.brush.marked(&line, &criterion.find, self.brush.theme.base);
                            marked.spans.insert(0, ratatui::text::Span::styled(" | ", self.brush.theme.rule));
                            laid.lines.push(marked);
                        }
                    }
                }
            }
        }
        if !nothing.is_empty() {
            laid.starts.push(laid.lines.len());
            for line in wrap(&self.brush.words(&fill(t.nothing_in, &[&nothing.join("；")])), cells.saturating_sub(4)) {
                laid.lines.push(self.brush.line(&format!("   {line}"), cells, self.brush.theme.muted));
            }
        }
        if !guide_first {
            self.guide_lines(criterion, cells, &mut laid);
        }
        laid
    }

    /// How to judge the criterion.
    fn guide_lines(&self, criterion: &Criterion, cells: usize, laid: &mut Laid) {
        if criterion.guide.is_empty() {
            return;
        }
        laid.starts.push(laid.lines.len());
        for (at, line) in wrap(&self.brush.words(&criterion.guide), cells.saturating_sub(11)).into_iter().enumerate() {
            let lead = if at == 0 { pad(&format!(" {}", self.t().guide), 10) } else { " ".repeat(10) };
            laid.lines.push(Line::styled(format!("{lead}{line}"), self.brush.theme.base));
        }
    }

    /// A table of figures by year with my packets' medians.
    pub(super) fn figure_lines(&self, table: &FigureTable, cells: usize, out: &mut Vec<Line<'static>>) {
        let t = self.t();
        let theme = self.brush.theme;
        let columns = table.columns.len() + 1;
        let wide = if cells >= 100 {
            12
        } else if cells >= 70 {
            9
        } else {
            8
        };
        let label = cells.saturating_sub(3 + columns * wide + 2);
        let mut head = format!("   {}", pad(&self.brush.words(&table.title), label));
        for column in &table.columns {
            head.push_str(&pad_left(if column == TOTAL { t.total } else { column }, wide));
        }
        head.push_str(&pad_left(t.median, wide + 2));
        out.push(self.brush.line(&head, cells, theme.title));
        let added = table.rows.iter().flat_map(|row| &row.cells).any(|cell| matches!(cell, Cell::Added(_)));
        for row in &table.rows {
            out.push(self.figure_row(row, label, wide, cells));
            if let Some(sum) = row.years_sum {
                let text = fill(t.sum_differs, &[&number(sum)]);
                out.push(self.brush.line(&format!("     {text}"), cells, theme.warn));
            }
        }
        if added {
            out.push(self.brush.line(&format!("     {}", t.added_note), cells, theme.muted));
        }
    }

    fn figure_row(&self, row: &FigureRow, label: usize, wide: usize, cells: usize) -> Line<'static> {
        let t = self.t();
        let name = if self.zh() { &row.zh } else { &row.en };
        let unit = if row.derived { t.derived.to_owned() } else { row.unit.clone() };
        let name =
            if unit.is_empty() { self.brush.words(name) } else { self.brush.words(&format!("{name}（{unit}）")) };
        let mut text = format!("   {}", pad(&name, label));
        for cell in &row.cells {
            let shown = match cell {
                Cell::Given(value) => number(*value),
                Cell::Added(value) => format!("{}*", number(*value)),
                Cell::Percent(value) => format!("{value}%"),
                Cell::Missing => t.missing_short.to_owned(),
                Cell::None => "-".to_owned(),
            };
            text.push_str(&pad_left(&shown, wide));
        }
        let median = row.median.map_or_else(
            || "-".to_owned(),
            |m| {
                let m = m.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
                if row.derived { format!("{m}%") } else { number(m) }
            },
        );
        text.push_str(&pad_left(&median, wide + 2));
        let style = if row.derived { self.brush.theme.focus } else { self.brush.theme.base };
        self.brush.line(&text, cells, style)
    }

    /// A single field in words.
    pub(super) fn fact_text(&self, fact: &Fact) -> String {
        let t = self.t();
        let value = match &fact.value {
            None => t.left_empty.to_owned(),
            Some(FactValue::Bool(true)) => t.yes.to_owned(),
            Some(FactValue::Bool(false)) => t.no.to_owned(),
            Some(FactValue::Number(value)) => format!("{} {}", number(*value), fact.unit).trim_end().to_owned(),
            Some(FactValue::Text(text)) => text.clone(),
        };
        let name = if self.zh() { &fact.zh } else { &fact.en };
        match fact.median {
            Some(median) => {
                let median = median.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
                format!("{name}：{value}（{} {}）", t.median, number(median.normalize()))
            }
            None => format!("{name}：{value}"),
        }
    }

    pub(super) fn fact_lines(&self, facts: &[Fact], cells: usize, out: &mut Vec<Line<'static>>) {
        // Short facts share a line, three blanks apart.
        let mut line = String::new();
        for fact in facts {
            let text = self.brush.words(&self.fact_text(fact));
            let room = cells.saturating_sub(4);
            if !line.is_empty() && width(&line) + width(&text) + 3 <= room {
                line.push_str("   ");
                line.push_str(&text);
                continue;
            }
            if !line.is_empty() {
                out.push(self.brush.line(&format!("   {line}"), cells, self.brush.theme.base));
            }
            let mut wrapped = wrap(&text, room);
            line = wrapped.pop().unwrap_or_default();
            out.extend(wrapped.into_iter().map(|l| self.brush.line(&format!("   {l}"), cells, self.brush.theme.base)));
        }
        if !line.is_empty() {
            out.push(self.brush.line(&format!("   {line}"), cells, self.brush.theme.base));
        }
    }

    /// Repeated rows: the widest column gives way.
    pub(super) fn table_lines(&self, table: &Table, cells: usize, out: &mut Vec<Line<'static>>) {
        let t = self.t();
        let title = |(zh, en): &(String, String)| self.brush.words(if self.zh() { zh } else { en });
        let headings: Vec<String> = table.headings.iter().map(title).collect();
        if table.rows.is_empty() {
            let text = format!("   {}：{}", headings.join("、"), t.left_empty);
            out.push(self.brush.line(&text, cells, self.brush.theme.muted));
            return;
        }
        let cell = |value: &Option<String>| {
            value.as_deref().map_or_else(|| t.missing_short.to_owned(), |text| self.brush.words(text))
        };
        let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        let mut widths: Vec<usize> = headings.iter().map(|h| width(h)).collect();
        for row in &rows {
            for (wide, text) in widths.iter_mut().zip(row) {
                *wide = (*wide).max(width(text));
            }
        }
        let room = cells.saturating_sub(3 + 2 * widths.len());
        while widths.iter().sum::<usize>() > room {
            match widths.iter_mut().max() {
                Some(widest) if *widest > 4 => *widest -= 1,
                _ => break,
            }
        }
        let put = |texts: &[String]| {
            let parts: Vec<String> = texts.iter().zip(&widths).map(|(text, wide)| pad(text, *wide)).collect();
            format!("   {}", parts.join("  "))
        };
        out.push(self.brush.line(&put(&headings), cells, self.brush.theme.title));
        for row in &rows {
            let wrapped: Vec<Vec<String>> = row.iter().zip(&widths).map(|(text, wide)| wrap(text, *wide)).collect();
            let height = wrapped.iter().map(Vec::len).max().unwrap_or(1);
            for at in 0..height {
                let texts: Vec<String> =
                    wrapped.iter().map(|column| column.get(at).cloned().unwrap_or_default()).collect();
                out.push(self.brush.line(&put(&texts), cells, self.brush.theme.base));
            }
        }
    }
}
