//! Why a stranger's document was not read (来件读不了). Data, like every
//! problem; the words are in the language tables.

/// What kind of file the bytes are, whatever the name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A document of Word or WPS as they are now: docx, docm, dotx.
    Docx,
    /// A workbook as they are now: xlsx, xlsm.
    Xlsx,
    /// An old workbook: xls, et.
    Xls,
    /// An old document: doc, wps, rtf, a web page saved by a word processor.
    Doc,
    /// An office file under a password.
    Locked,
    /// A PDF, often a scan (盖章扫描件).
    Pdf,
    /// A picture.
    Picture,
    /// A table as text: csv.
    Csv,
    /// JSON.
    Json,
    /// A zip that is no document.
    Zip,
    /// Nothing at all.
    Empty,
    /// Anything else.
    Other,
}

/// Why a document was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the figures are named as their sentence names them")]
pub enum Unreadable {
    /// Another kind of file than is read here.
    Kind(FileKind),
    /// It is under a password.
    Locked,
    /// Broken inside; the reader's own words.
    Broken(String),
    /// Made to grow without measure when unpacked.
    Bomb { ratio: u64 },
    /// It says what it is made of by a document type or entities of its own.
    Entities,
    /// Something a document has no business to hold: a link, a name that leads out.
    Unsafe { name: String },
    /// The process that read it took longer than this, in seconds.
    TooSlow { seconds: u64 },
    /// The process that read it wanted more memory than this, in MiB.
    TooHungry { mebibytes: u64 },
    /// The process that read it came to grief; how.
    Died { how: String },
    /// An old document, and no office program here to convert it.
    NoConverter,
    /// An old document that the office program did not convert.
    NotConverted,
}
