//! A paper as Markdown, to be read anywhere.

use crate::formats::export::md;

use super::{Align, Block, Paper, Table};

/// Writes a paper as Markdown.
#[must_use]
pub fn to_markdown(paper: &Paper) -> String {
    let mut out = String::new();
    for block in &paper.blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        match block {
            Block::Title(text) => out.push_str(&format!("# {}\n", md(&text.replace('\n', "")))),
            Block::Heading { level, text } => {
                let signs = "#".repeat(usize::from((*level).clamp(1, 5)).saturating_add(1));
                out.push_str(&format!("{signs} {}\n", md(text)));
            }
            Block::Paragraph(text) => {
                let lines: Vec<String> = text.lines().map(md).collect();
                out.push_str(&format!("{}\n", lines.join("\n\n")));
            }
            Block::Line { text, align } => {
                let text = md(text);
                match align {
                    Align::Left | Align::Right => out.push_str(&format!("{text}\n")),
                    Align::Centre => out.push_str(&format!("**{text}**\n")),
                }
            }
            Block::Table(table) => out.push_str(&rows(table)),
            Block::Signature(lines) => {
                let lines: Vec<String> = lines.iter().map(|line| md(line)).collect();
                out.push_str(&format!("{}\n", lines.join("  \n")));
            }
            Block::Blank(label) => out.push_str(&format!("{}：____________\n", md(label))),
            Block::PageBreak => out.push_str("---\n"),
        }
    }
    out
}

fn rows(table: &Table) -> String {
    let columns = table.columns();
    let line = |cells: &[String]| {
        let cells: Vec<String> =
            (0..columns).map(|at| cells.get(at).map(|cell| md(cell)).unwrap_or_default()).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let mut out = line(&table.header);
    out.push_str(&format!("|{}\n", "---|".repeat(columns)));
    for row in &table.rows {
        out.push_str(&line(row));
    }
    out
}
