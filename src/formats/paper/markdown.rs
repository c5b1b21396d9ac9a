//! A paper as markdown: the text copy that lies beside the docx.

use crate::base::clean::clean;

use super::{Block, Paper};

/// Text for a line: cleaned, one line, signs that markdown reads escaped.
fn line(text: &str) -> String {
    let cleaned = clean(text).replace('\n', "<br>");
    cleaned.replace('\\', "\\\\").replace('|', "\\|").replace('*', "\\*").replace('`', "\\`")
}

/// Writes it.
#[must_use]
pub fn markdown(paper: &Paper) -> String {
    let mut out = String::new();
    for block in &paper.blocks {
        match block {
            Block::Title(lines) => out.push_str(&format!("# {}\n", line(&lines.concat()))),
            Block::Heading(text) => out.push_str(&format!("\n## {}\n", line(text))),
            Block::Addressee(text) | Block::Paragraph(text) | Block::Line(text) => {
                out.push_str(&format!("\n{}\n", line(text)));
            }
            Block::Table { head, rows, .. } => {
                let row = |cells: &[String]| {
                    format!("| {} |\n", cells.iter().map(|cell| line(cell)).collect::<Vec<_>>().join(" | "))
                };
                out.push('\n');
                out.push_str(&row(head));
                out.push_str(&format!("|{}\n", "---|".repeat(head.len())));
                for cells in rows {
                    out.push_str(&row(cells));
                }
            }
            Block::Signature(lines) => {
                for text in lines {
                    out.push_str(&format!("\n{}\n", line(text)));
                }
            }
            Block::Note(text) => out.push_str(&format!("\n> {}\n", line(text))),
            Block::NewPage => out.push_str("\n---\n"),
        }
    }
    out
}
