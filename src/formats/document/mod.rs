//! A stranger's file to a [`Document`]: what it is, by its content and never by
//! its name; then the reader of its kind, within limits. These run in a process
//! of their own (see `workflow::reader`): whatever a file does to them, it does
//! to nobody else.

mod boxes;
mod carriers;
mod docx;
mod package;
mod pictures;
mod plain;
pub mod wire;
mod workbook;
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
        Package::open(bytes, &limits.document).map_or(FileKind::Zip, packed_kind)
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
    } else if starts(&[b"\xff\xfe", b"\xfe\xff"]) || !bytes.iter().any(|byte| matches!(byte, 0..=8 | 14..=31)) {
        FileKind::Csv
    } else {
        FileKind::Other
    }
}

/// By its main part, wherever that is.
fn packed_kind(mut package: Package<'_>) -> FileKind {
    let links = carriers::relations(&mut package, "");
    let main = links.into_iter().find(|link| link.kind == "officeDocument" && !link.outside).map(|link| link.target);
    for part in main.iter().map(String::as_str).chain(["word/document.xml", "xl/workbook.xml"]) {
        let head = package.head(part, 4 << 10);
        let head = String::from_utf8_lossy(&head);
        if head.contains("wordprocessingml") || (package.has(part) && part.starts_with("word/")) {
            return FileKind::Docx;
        }
        if head.contains("spreadsheetml") || (package.has(part) && part.starts_with("xl/")) {
            return FileKind::Xlsx;
        }
    }
    FileKind::Zip
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
        FileKind::Xlsx => workbook::read(bytes, limits, &mut collector)?,
        FileKind::Csv => plain::read(bytes, limits, &mut collector)?,
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
