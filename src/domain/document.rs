//! A document as its reader hands it on (来件的内容): running text, tables with
//! their grid, and everything beside the text that may name somebody. No file
//! format is left in it: a check box is a sign, a merged cell says so.

use serde::{Deserialize, Serialize};

/// A ticked box, whatever the file made it of (☑ ☒ ■ √ content control, symbol font).
pub const TICKED: char = '☑';
/// An empty box.
pub const UNTICKED: char = '□';

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Paragraphs and tables, in order.
    pub blocks: Vec<Block>,
    /// What lies beside the accepted text and never reaches a packet.
    pub carriers: Vec<Carrier>,
}

/// A piece of a document or of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Block {
    /// A paragraph: accepted text only; a line break within it is `\n`.
    Paragraph(String),
    /// A table.
    Table(Table),
}

/// A table, or a sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its number in the document, from 1, nested ones counted where they stand.
    pub number: u32,
    /// The sheet's name, in a workbook.
    pub sheet: Option<String>,
    /// Rows, from the first; an empty row is kept, so that row numbers are the file's.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Cells, from the left; what `gridBefore` leaves out is not here.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// The grid column it begins in, from 0.
    pub column: u32,
    /// How many grid columns it takes, at least 1.
    pub span: u32,
    /// Whether it goes on with the cell above (merged downwards).
    pub continues: bool,
    /// What is in it.
    pub blocks: Vec<Block>,
}

impl Cell {
    /// Its own text, paragraphs one a line; text of tables inside it is left out.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        for block in &self.blocks {
            if let Block::Paragraph(text) = block {
                lines.push(text.as_str());
            }
        }
        lines.join("\n")
    }

    /// Tables inside it.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        })
    }
}

/// Something beside the accepted text: properties, comments, deleted text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carrier {
    /// What it is.
    pub kind: CarrierKind,
    /// The part of the file it is in, such as `docProps/core.xml`.
    pub place: String,
    /// What it says.
    pub text: String,
}

/// Kinds of [`Carrier`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CarrierKind {
    /// Author or last editor in the file's properties.
    CoreAuthor,
    /// Another property: title, subject, company, manager, keywords.
    CoreProp,
    /// A property of the user's own, or of the office program.
    CustomProp,
    /// Who wrote a comment.
    CommentAuthor,
    /// What a comment says.
    CommentText,
    /// Who made a tracked change.
    TrackedAuthor,
    /// Text that a tracked change deletes.
    DeletedText,
    /// A header.
    HeaderName,
    /// A footer.
    FooterName,
    /// A footnote or endnote.
    Note,
    /// A picture's alternative text, title or name.
    ImageAlt,
    /// A picture: only a person can say what it shows.
    ImageText,
    /// Hidden text.
    HiddenText,
    /// A bookmark's name.
    BookmarkName,
    /// A content control's title or tag.
    SdtAlias,
    /// Where a link leads, or a file outside.
    LinkTarget,
    /// A hidden sheet, row or column of a workbook.
    HiddenSheet,
    /// A defined name of a workbook.
    DefinedName,
    /// Data of the file's own (custom XML), embedded files.
    EmbeddedData,
    /// The file's own name.
    Filename,
}

impl CarrierKind {
    /// Its word in reports, as `core_author`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::CoreAuthor => "core_author",
            Self::CoreProp => "core_prop",
            Self::CustomProp => "custom_prop",
            Self::CommentAuthor => "comment_author",
            Self::CommentText => "comment_text",
            Self::TrackedAuthor => "tracked_author",
            Self::DeletedText => "deleted_text",
            Self::HeaderName => "header_name",
            Self::FooterName => "footer_name",
            Self::Note => "note",
            Self::ImageAlt => "image_alt",
            Self::ImageText => "image_text",
            Self::HiddenText => "hidden_text",
            Self::BookmarkName => "bookmark_name",
            Self::SdtAlias => "sdt_alias",
            Self::LinkTarget => "link_target",
            Self::HiddenSheet => "hidden_sheet",
            Self::DefinedName => "defined_name",
            Self::EmbeddedData => "embedded_data",
            Self::Filename => "filename",
        }
    }
}
