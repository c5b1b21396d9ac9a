//! A stranger's file to a [`Document`]: what it is, by its content and never by
//! its name; then the reader of its kind, within limits. These run in a process
//! of their own (see `workflow::reader`): whatever a file does to them, it does
//! to nobody else.

mod carriers;
mod docx;
mod package;
mod pictures;
mod xml;

use crate::base::limits::bytes as within;
use crate::base::{FileKind, Limits, Problem, Result, Unreadable};
use crate::domain::document::{Carrier, CarrierKind, Document};

use carriers::Collector;
use package::Package;

/// What kind of file the bytes are. A zip is opened to see what is in it.
#[must_use]
pub fn kind(bytes: &[u8], limits: &Limits) -> FileKind {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let starts = |marks: &[&[u8]]| marks.iter().any(|mark| start.starts_with(mark));
    if start.is_empty() {
        FileKind::Empty
    } else if starts(&[b"PK\x03\x04", b"PK\x05\x06"]) {
        Package::open(bytes, &limits.document).map_or(FileKind::Zip, |package| packed_kind(&package))
    } else if starts(&[b"\xd0\xcf\x11\xe0"]) {
        old_kind(bytes)
    } else if starts(&[b"%PDF"]) {
        FileKind::Pdf
    } else if starts(&[b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"])
        || bytes.get(8..12) == Some(b"WEBP")
        || matches!(bytes.get(4..12), Some(b"ftypheic" | b"ftypmif1"))
    {
        FileKind::Picture
    } else if starts(&[b"{\\rtf", b"<html", b"<HTML", b"<!DOCTYPE", b"<!doctype", b"MIME-Version", b"<?xml"]) {
        FileKind::Doc
    } else if starts(&[b"{", b"["]) {
        FileKind::Json
    } else if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || !bytes.contains(&0) {
        FileKind::Csv
    } else {
        FileKind::Other
    }
}

fn packed_kind(package: &Package<'_>) -> FileKind {
    if package.has("word/document.xml") {
        return FileKind::Docx;
    }
    let names = package.names();
    let any = |folder: &str| names.iter().any(|name| name.to_ascii_lowercase().starts_with(folder));
    if any("word/") {
        FileKind::Docx
    } else if any("xl/") {
        FileKind::Xlsx
    } else {
        FileKind::Zip
    }
}

/// Of the old container, which has its streams' names in sixteen bits.
fn old_kind(bytes: &[u8]) -> FileKind {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if holds("EncryptedPackage") {
        FileKind::Locked
    } else if holds("WordDocument") {
        FileKind::Doc
    } else if holds("Workbook") || holds("Book") {
        FileKind::Xls
    } else {
        FileKind::Doc
    }
}

/// Reads a document. Its name is only reported, as what it may give away.
///
/// # Errors
/// Not a kind that is read, broken, or beyond the limits.
pub fn read(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Document> {
    within(bytes, limits.document.file)?;
    let kind = kind(bytes, limits);
    let mut collector = Collector::new(&limits.document);
    let blocks = match kind {
        FileKind::Docx => docx::read(&mut Package::open(bytes, &limits.document)?, &mut collector)?,
        FileKind::Locked => return Err(Problem::Unreadable(Unreadable::Locked).into()),
        // What is wrong with it is said, rather than that it is a zip.
        FileKind::Zip => match Package::open(bytes, &limits.document) {
            Err(refusal) => return Err(refusal),
            Ok(_) => return Err(Problem::Unreadable(Unreadable::Kind(kind)).into()),
        },
        other => return Err(Problem::Unreadable(Unreadable::Kind(other)).into()),
    };
    let mut carriers = collector.carriers;
    carriers.push(named(file_name));
    carriers.sort();
    carriers.dedup();
    Ok(Document { blocks, carriers })
}

/// What the file's own name says.
#[must_use]
pub fn named(file_name: &str) -> Carrier {
    Carrier { kind: CarrierKind::Filename, place: String::new(), text: file_name.to_owned() }
}
