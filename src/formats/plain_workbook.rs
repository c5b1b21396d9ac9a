//! A workbook with one sheet of texts, as small as one can be: five parts,
//! texts within their cells. The same rows give the same bytes.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::base::{Problem, Refusal, Result};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK_PARTS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// Writes rows of texts as the only sheet of a workbook; `widths` are those of
/// its columns, in characters.
///
/// # Errors
/// Our own fault.
pub fn write(sheet: &str, rows: &[Vec<String>], widths: &[u32]) -> Result<Vec<u8>> {
    let failed = |error: zip::result::ZipError| Refusal::from(Problem::Internal(error.to_string()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let book = format!(
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{}" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        escaped(sheet)
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", ROOT.to_owned()),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", BOOK_PARTS.to_owned()),
        ("xl/worksheets/sheet1.xml", cells(rows, widths)),
    ] {
        zip.start_file(name, options).map_err(failed)?;
        zip.write_all(HEAD.as_bytes())
            .and_then(|()| zip.write_all(text.as_bytes()))
            .map_err(|error| failed(error.into()))?;
    }
    Ok(zip.finish().map_err(failed)?.into_inner())
}

fn cells(rows: &[Vec<String>], widths: &[u32]) -> String {
    let mut out =
        String::from(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols>"#);
    for (at, width) in widths.iter().enumerate() {
        let column = at + 1;
        out.push_str(&format!(r#"<col min="{column}" max="{column}" width="{width}" customWidth="1"/>"#));
    }
    out.push_str("</cols><sheetData>");
    for (row, cells) in rows.iter().enumerate() {
        out.push_str(&format!(r#"<row r="{}">"#, row + 1));
        for (letter, text) in ('A'..='Z').zip(cells).filter(|(_, text)| !text.is_empty()) {
            let text = escaped(text);
            out.push_str(&format!(
                r#"<c r="{letter}{}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#,
                row + 1
            ));
        }
        out.push_str("</row>");
    }
    out.push_str("</sheetData></worksheet>");
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
