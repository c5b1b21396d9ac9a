//! How much is read of what comes from outside. One place says it all, every
//! reader is handed it, and what is beyond it is refused by name: a file made
//! to fill the memory is an answer of one line.
//!
//! The figures leave room for a round of a thousand packets by a hundred
//! experts and stop well short of what a small machine has.

/// Limits of everything that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A packet (匿名材料), in bytes.
    pub packet: u64,
    /// A table sent in: panel, names; in bytes.
    pub table: u64,
    /// A table of points of fit (匹配度): a row for each packet and expert; in bytes.
    pub fit: u64,
    /// Its rows.
    pub fit_rows: usize,
    /// A filled score form (打分表), in bytes.
    pub form: u64,
    /// A scoring template (评分模板), in bytes.
    pub template: u64,
    /// A user's settings, in bytes.
    pub settings: u64,
    /// A score sheet (评分表), sealed or open, in bytes.
    pub sheet: u64,
    /// One part of a bundle (评审包), in bytes.
    pub member: u64,
    /// Parts of a bundle.
    pub members: usize,
    /// An event of a log, or an act of a draft, in bytes.
    pub event: u64,
    /// The register of names, in bytes.
    pub register: u64,
    /// What a round's log keeps beside its events, each, in bytes.
    pub blob: u64,
    /// A file of keys, public or secret, in bytes.
    pub keys: u64,
    /// The head beside a log, and a file with one passphrase or code, in bytes.
    pub head: u64,
    /// The header of an encrypted file, in bytes.
    pub header: usize,
    /// Those who can open one encrypted file.
    pub recipients: usize,
    /// Text of any kind, before it is decoded, in bytes.
    pub text: usize,
    /// Fields of a packet.
    pub fields: usize,
    /// Sections of a packet.
    pub sections: usize,
    /// Rows of a table within a packet.
    pub packet_rows: usize,
    /// Columns of a table within a packet.
    pub packet_columns: usize,
    /// Rows of a table.
    pub rows: usize,
    /// Columns of a table.
    pub columns: usize,
    /// Cells of a table, those that short rows leave out among them; of a
    /// packet, over all its tables.
    pub cells: usize,
    /// One cell of a table, in bytes.
    pub cell: usize,
    /// One line of a script, in bytes.
    pub line: usize,
    /// A remark or opinion (意见), in characters.
    pub remark: usize,
    /// Documents of applicants (来件).
    pub document: DocumentLimits,
}

/// Limits of one document of an applicant, and of the process that reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentLimits {
    /// The file, in bytes.
    pub file: u64,
    /// Parts of the package.
    pub parts: usize,
    /// One part, unpacked, in bytes.
    pub part: usize,
    /// All parts, unpacked, in bytes.
    pub unpacked: u64,
    /// How many times larger than packed a part may be, where it is larger
    /// than a mebibyte.
    pub ratio: u64,
    /// Elements within elements.
    pub depth: usize,
    /// Elements and texts of one part.
    pub nodes: usize,
    /// Attributes of one element.
    pub attributes: usize,
    /// Tables within tables.
    pub nested: usize,
    /// Paragraphs, cells and things beside the text, over the whole document.
    pub pieces: usize,
    /// Text, over the whole document, in bytes.
    pub text: usize,
    /// What the reading process hands over, in bytes.
    pub answer: usize,
    /// Memory of the reading process, in bytes.
    pub memory: u64,
    /// How long it may take, in seconds; an office program that converts has
    /// six times as long.
    pub seconds: u64,
}

impl Limits {
    /// What the program reads.
    pub const STANDARD: Self = Self {
        packet: 8 << 20,
        table: 4 << 20,
        fit: 64 << 20,
        fit_rows: 4_000_000,
        form: 20 << 20,
        template: 4 << 20,
        settings: 64 << 10,
        sheet: 32 << 20,
        member: 32 << 20,
        members: 10_000,
        event: 64 << 20,
        register: 64 << 20,
        blob: 64 << 20,
        keys: 64 << 10,
        head: 4 << 10,
        header: 32 << 10,
        recipients: 256,
        text: 20 << 20,
        fields: 4_000,
        sections: 1_000,
        packet_rows: 4_000,
        packet_columns: 64,
        rows: 200_000,
        columns: 512,
        cells: 1_000_000,
        cell: 1 << 20,
        line: 64 << 10,
        remark: 4_000,
        document: DocumentLimits {
            file: 64 << 20,
            parts: 4_000,
            part: 20 << 20,
            unpacked: 192 << 20,
            ratio: 200,
            depth: 256,
            nodes: 1_000_000,
            attributes: 128,
            nested: 16,
            pieces: 100_000,
            text: 8 << 20,
            answer: 24 << 20,
            memory: 240 << 20,
            seconds: 8,
        },
    };
}

impl Limits {
    /// Those of a table of points of fit.
    #[must_use]
    pub fn for_fit(self) -> Self {
        let text = usize::try_from(self.fit).unwrap_or(usize::MAX);
        // Each row may have some columns beside the three that are read.
        Self { table: self.fit, text, rows: self.fit_rows, cells: self.fit_rows.saturating_mul(8), ..self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::STANDARD
    }
}

/// What there can be too many of, other than bytes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Fields of a packet.
    Fields,
    /// Sections of a packet.
    Sections,
    /// Rows of a table.
    Rows,
    /// Columns of a table.
    Columns,
    /// Cells of a table.
    Cells,
    /// Bytes of one cell.
    CellBytes,
    /// Parts of a bundle.
    Members,
    /// Recipients of one encrypted file.
    Recipients,
    /// Bytes of one line.
    LineBytes,
    /// Characters of a remark or opinion.
    Characters,
    /// Parts of a document's package.
    Parts,
    /// Elements within elements.
    Depth,
    /// Elements and texts of one part.
    Nodes,
    /// Attributes of one element.
    Attributes,
    /// Tables within tables.
    NestedTables,
    /// Paragraphs, cells and things beside the text.
    Pieces,
    /// Bytes of a document's text.
    TextBytes,
    /// Marks that are kept in memory.
    Marks,
}

/// Whether so many bytes are read.
///
/// # Errors
/// More than `limit`.
pub fn bytes(bytes: &[u8], limit: u64) -> super::Result<()> {
    match u64::try_from(bytes.len()) {
        Ok(length) if length <= limit => Ok(()),
        _ => Err(super::Problem::TooBig { limit }.into()),
    }
}

/// What is said of more than `limit` of something.
#[must_use]
pub fn too_many(what: Counted, limit: usize) -> super::Problem {
    super::Problem::TooMany { what, limit: u64::try_from(limit).unwrap_or(u64::MAX) }
}
