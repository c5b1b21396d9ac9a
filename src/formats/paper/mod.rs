//! Papers to be printed (公文): one noun, written as a word-processor file after
//! GB/T 9704-2012 and as Markdown. The parts are put together by hand, so that
//! the same paper gives the same bytes and nothing of the machine is in it: no
//! author, no time, no program.

mod blocks;
mod markdown;
mod parts;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::base::{Problem, Refusal, Result};

pub use markdown::to_markdown;

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paper {
    /// What stands on it, from the top.
    pub blocks: Vec<Block>,
}

/// A piece of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The title (标题): 2号 小标宋, centred; a new line where it is to break.
    Title(String),
    /// A heading: 一、 黑体 (level 1), （一） 楷体 (level 2), 1. 仿宋 (below).
    Heading {
        /// From 1.
        level: u8,
        /// With its number.
        text: String,
    },
    /// Body text (正文): 3号 仿宋, the first line two characters in.
    Paragraph(String),
    /// A line without an indent, such as whom it is to (主送机关).
    Line {
        /// The line.
        text: String,
        /// Where it stands.
        align: Align,
    },
    /// A table with borders, its first row repeated on every page.
    Table(Table),
    /// Who signs and when (署名、成文日期), at the right.
    Signature(Vec<String>),
    /// Room to sign by hand: a label and a line.
    Blank(String),
    /// A new page.
    PageBreak,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// 顶格.
    Left,
    /// 居中.
    Centre,
    /// 居右.
    Right,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Titles of the columns; none, no such row.
    pub header: Vec<String>,
    /// Rows; each with as many cells as there are columns.
    pub rows: Vec<Vec<String>>,
    /// Widths of the columns beside each other, such as 1, 3, 6; none, all alike.
    pub widths: Vec<u32>,
}

impl Table {
    /// How many columns it has.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.rows.iter().map(Vec::len).chain([self.header.len()]).max().unwrap_or(0)
    }
}

/// Writes a paper as docx.
///
/// # Errors
/// None that a paper can give.
pub fn to_docx(paper: &Paper) -> Result<Vec<u8>> {
    let failed = |error: zip::result::ZipError| Refusal::from(Problem::Internal(error.to_string()));
    // A fixed time: the same paper gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let document = parts::document(&blocks::body(paper));
    let all = parts::FIXED.iter().map(|(name, text)| (*name, *text)).chain([("word/document.xml", document.as_str())]);
    for (name, text) in all {
        zip.start_file(name, options).map_err(failed)?;
        zip.write_all(text.as_bytes()).map_err(|error| Problem::Internal(error.to_string()))?;
    }
    Ok(zip.finish().map_err(failed)?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn paper() -> Paper {
        Paper {
            blocks: vec![
                Block::Title("关于补正的通知".to_owned()),
                Block::Line { text: "某单位：".to_owned(), align: Align::Left },
                Block::Paragraph("A<b>&\"c\" \u{1}\u{202e}\u{ffff}正文\n第二段".to_owned()),
                Block::Heading { level: 1, text: "一、需要补充".to_owned() },
                Block::Table(Table {
                    header: vec!["序号".to_owned(), "内容".to_owned()],
                    rows: vec![vec!["1".to_owned(), "甲|乙".to_owned()], vec!["2".to_owned()]],
                    widths: vec![1, 5],
                }),
                Block::Signature(vec!["评审办公室".to_owned(), "2023年6月1日".to_owned()]),
                Block::Blank("签名".to_owned()),
                Block::PageBreak,
            ],
        }
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let mut text = String::new();
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn the_same_paper_gives_the_same_bytes() {
        assert_eq!(to_docx(&paper()).unwrap(), to_docx(&paper()).unwrap());
    }

    #[test]
    fn every_part_is_sound_xml_and_named_in_the_list_of_parts() {
        let bytes = to_docx(&paper()).unwrap();
        let names: Vec<String> = zip::ZipArchive::new(Cursor::new(&bytes))
            .unwrap()
            .file_names()
            .map(|name| name.unwrap().to_string())
            .collect();
        assert_eq!(names.first().map(String::as_str), Some("[Content_Types].xml"));
        let types = part(&bytes, "[Content_Types].xml");
        for name in &names {
            let text = part(&bytes, name);
            let mut reader = quick_xml::Reader::from_str(&text);
            let mut open = 0i32;
            loop {
                match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
                    quick_xml::events::Event::Start(_) => open += 1,
                    quick_xml::events::Event::End(_) => open -= 1,
                    quick_xml::events::Event::Eof => break,
                    _ => {}
                }
            }
            assert_eq!(open, 0, "{name}");
            if name.starts_with("word/") && !name.contains("_rels") {
                assert!(types.contains(&format!("/{name}")), "{name}");
            }
        }
        assert!(!names.iter().any(|name| name.starts_with("docProps")), "nothing about who and when");
    }

    #[test]
    fn text_is_escaped_and_carries_no_control_signs() {
        let document = part(&to_docx(&paper()).unwrap(), "word/document.xml");
        assert!(document.contains("A&lt;b&gt;&amp;&quot;c&quot; ‹U+0001›‹U+202E›正文"), "{document}");
        assert!(!document.chars().any(|c| (c < ' ' && c != '\n') || c == '\u{ffff}'));
        assert!(document.contains("第二段"));
        assert_eq!(document.matches("<w:tc>").count(), 6, "a short row is filled up");
    }

    #[test]
    fn the_same_as_markdown() {
        let text = to_markdown(&paper());
        assert!(text.starts_with("# 关于补正的通知\n\n某单位：\n\n"), "{text}");
        assert!(text.contains("| 序号 | 内容 |\n|---|---|\n| 1 | 甲\\|乙 |\n| 2 |  |\n"), "{text}");
        assert!(text.contains("## 一、需要补充\n"), "{text}");
        assert!(!text.contains('\u{1}') && !text.contains("<b>"), "{text}");
    }
}
