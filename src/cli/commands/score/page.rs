//! What a packet says, as plain lines that a screen reader can read out: the
//! evidence of one criterion, and the whole packet.

use crate::base::Lang;
use crate::base::lang::fill;
use crate::domain::evidence::{Block, Cell, Fact, FactValue, FigureRow, FigureTable, Passage, Table};
use crate::domain::form::TOTAL;
use crate::domain::reading::Part;

/// The evidence of one criterion.
pub(super) fn evidence(lang: Lang, blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Figures(table) => lines.extend(figures(lang, table)),
            Block::Facts(facts) => lines.extend(facts.iter().map(|known| fact(lang, known))),
            Block::Table(table) => lines.extend(grid(lang, table)),
            Block::Passage(known) => lines.extend(passage(lang, known)),
        }
    }
    lines
}

/// A whole packet.
pub(super) fn document(lang: Lang, parts: &[Part]) -> Vec<String> {
    let mut lines = Vec::new();
    for part in parts {
        match part {
            Part::Heading(1, text) => lines.extend([String::new(), format!("== {text}")]),
            Part::Heading(_, text) => lines.push(format!("-- {text}")),
            Part::Figures(table) => lines.extend(figures(lang, table)),
            Part::Facts(facts) => lines.extend(facts.iter().map(|known| fact(lang, known))),
            Part::Table(table) => lines.extend(grid(lang, table)),
            Part::Paragraph(_, _, text) => lines.push(text.clone()),
            Part::Empty(_) => lines.push(lang.texts().commands.left_empty.to_owned()),
        }
    }
    lines
}

fn cell(lang: Lang, cell: Cell) -> String {
    match cell {
        Cell::Given(value) => value.to_string(),
        Cell::Added(value) => fill(lang.texts().commands.added_up, &[&value]),
        Cell::Percent(value) => format!("{value}%"),
        Cell::Missing => lang.texts().commands.left_empty.to_owned(),
        Cell::None => "-".to_owned(),
    }
}

fn median(lang: Lang, median: Option<String>, unit: &str) -> String {
    median.map(|value| fill(lang.texts().commands.median, &[&value, &unit])).unwrap_or_default()
}

fn figures(lang: Lang, table: &FigureTable) -> Vec<String> {
    let mut lines = Vec::new();
    if !table.title.is_empty() {
        lines.push(format!("-- {}", table.title));
    }
    lines.extend(table.rows.iter().map(|row| figure_row(lang, &table.columns, row)));
    lines
}

fn figure_row(lang: Lang, columns: &[String], row: &FigureRow) -> String {
    let t = &lang.texts().commands;
    let colon = lang.pick("：", ": ");
    let comma = lang.pick("，", ", ");
    let unit = if row.derived { "%" } else { row.unit.as_str() };
    let name = lang.pick(&row.zh, &row.en);
    let name = if row.unit.is_empty() {
        name.to_owned()
    } else {
        format!("{name}{}{}{}", lang.pick("（", " ("), row.unit, lang.pick("）", ")"))
    };
    let mut parts: Vec<String> = columns
        .iter()
        .zip(&row.cells)
        .filter(|(_, known)| **known != Cell::None)
        .map(|(column, known)| format!("{} {}", if column == TOTAL { t.total } else { column }, cell(lang, *known)))
        .collect();
    let middle = median(lang, row.median.map(|value| value.normalize().to_string()), unit);
    parts.extend((!middle.is_empty()).then_some(middle));
    parts.extend(row.years_sum.map(|sum| fill(t.years_sum, &[&sum])));
    format!("{name}{colon}{}", parts.join(comma))
}

fn fact(lang: Lang, fact: &Fact) -> String {
    let t = &lang.texts().commands;
    let value = match &fact.value {
        None => t.left_empty.to_owned(),
        Some(FactValue::Number(number)) => format!("{number}{}", fact.unit),
        Some(FactValue::Bool(yes)) => if *yes { t.yes } else { t.no }.to_owned(),
        Some(FactValue::Text(text)) => text.clone(),
    };
    let middle = median(lang, fact.median.map(|value| value.normalize().to_string()), &fact.unit);
    let comma = if middle.is_empty() { "" } else { lang.pick("，", ", ") };
    format!("{}{}{value}{comma}{middle}", lang.pick(&fact.zh, &fact.en), lang.pick("：", ": "))
}

fn grid(lang: Lang, table: &Table) -> Vec<String> {
    let t = &lang.texts().commands;
    let headings: Vec<&str> = table.headings.iter().map(|(zh, en)| lang.pick(zh.as_str(), en.as_str())).collect();
    if table.rows.is_empty() {
        return vec![format!("{}{}{}", headings.join(" / "), lang.pick("：", ": "), t.left_empty)];
    }
    let row = |(at, row): (usize, &Vec<Option<String>>)| {
        let cells: Vec<String> = headings
            .iter()
            .zip(row)
            .filter_map(|(heading, cell)| cell.as_ref().map(|cell| format!("{heading} {cell}")))
            .collect();
        format!("{}. {}", at + 1, cells.join(lang.pick("，", ", ")))
    };
    table.rows.iter().enumerate().map(row).collect()
}

fn passage(lang: Lang, passage: &Passage) -> Vec<String> {
    let t = &lang.texts().commands;
    let colon = lang.pick("：", ": ");
    if passage.missing {
        return vec![format!("{}{colon}{}", passage.title, t.left_empty)];
    }
    if passage.paragraphs.is_empty() {
        return vec![format!("{}{colon}{}", passage.title, t.says_nothing)];
    }
    let paragraphs = passage.paragraphs.iter().map(|(_, text)| format!("| {text}"));
    std::iter::once(format!("{}{colon}", passage.title)).chain(paragraphs).collect()
}
