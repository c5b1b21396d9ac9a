//! Papers (公文、表单) that people print, sign and file: made of a few kinds of
//! blocks, written as docx in the layout of GB/T 9704-2012 and as markdown.
//!
//! The same paper gives the same bytes: parts are stored in one order and with
//! no time of their own.

mod docx;
mod markdown;

pub use docx::docx;
pub use markdown::markdown;

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paper {
    /// Its blocks, from the top.
    pub blocks: Vec<Block>,
}

/// A part of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The title (标题), centred; a line each, broken by meaning.
    Title(Vec<String>),
    /// A heading of the first level, such as 一、….
    Heading(String),
    /// Whom it is for (主送), at the margin.
    Addressee(String),
    /// A paragraph, its first line indented by two signs.
    Paragraph(String),
    /// A line at the margin: labels and blanks to fill.
    Line(String),
    /// A table: the head, repeated on every page, and rows; widths are shares.
    Table {
        /// Widths of the columns, as shares of the whole.
        widths: Vec<u32>,
        /// The head.
        head: Vec<String>,
        /// Rows, as wide as the head.
        rows: Vec<Vec<String>>,
    },
    /// Who signs it (署名), and the date below, at the right.
    Signature(Vec<String>),
    /// A small note.
    Note(String),
    /// What follows begins on a page of its own.
    NewPage,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper() -> Paper {
        Paper {
            blocks: vec![
                Block::Title(vec!["关于补正材料的".to_owned(), "通知".to_owned()]),
                Block::Addressee("某大学：".to_owned()),
                Block::Paragraph("对照<指引>第二条 & 附件1，\u{1b}[31m请补正\u{202e}。".to_owned()),
                Block::Heading("一、需补正的内容".to_owned()),
                Block::Table {
                    widths: vec![1, 3],
                    head: vec!["序号".to_owned(), "内容".to_owned()],
                    rows: vec![vec!["1".to_owned(), "=1+1|两行\n第二行".to_owned()]],
                },
                Block::NewPage,
                Block::Signature(vec!["评审办公室".to_owned(), "2023年6月1日".to_owned()]),
            ],
        }
    }

    #[test]
    fn the_same_paper_gives_the_same_bytes_that_can_be_read_back() {
        let bytes = docx(&paper()).unwrap();
        assert_eq!(bytes, docx(&paper()).unwrap());
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
        let mut body = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut body).unwrap();
        assert!(body.contains("对照&lt;指引&gt;第二条 &amp; 附件1"), "{body}");
        assert!(!body.contains('\u{1b}') && !body.contains('\u{202e}'));
        let mut reader = quick_xml::Reader::from_str(&body);
        let mut depth = 0i32;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(_) => depth += 1,
                quick_xml::events::Event::End(_) => depth -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
    }

    #[test]
    fn as_text() {
        let text = markdown(&paper());
        assert!(text.starts_with("# 关于补正材料的通知\n"), "{text}");
        assert!(text.contains("| 1 | =1+1\\|两行<br>第二行 |"), "{text}");
        assert!(!text.contains('\u{1b}'));
    }
}
