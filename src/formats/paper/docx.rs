//! A paper as docx: a handful of parts written by hand, so that the layout of
//! GB/T 9704-2012 comes out and the bytes are the same each time.
//!
//! A4 with margins of 37, 28, 26 and 35 mm; 22 lines of 28 signs of size 3 (16
//! point) at 29 point; title in size 2; page number between dashes, odd pages
//! right and even pages left. Fonts are named, never embedded. Cells of tables
//! leave the line grid, or their rows would come out twice as high.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use crate::base::clean::clean;
use crate::base::{Problem, Result};

use super::{Block, Paper};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const R: &str = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
/// Width of the text, in twentieths of a point: 156 mm.
const WIDTH: u32 = 8844;

const BODY: &str = "仿宋_GB2312";
const TITLE: &str = "方正小标宋简体";
const HEADING: &str = "黑体";

const CONTENT_TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
<Override PartName=\"/word/fontTable.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml\"/>\
<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
<Override PartName=\"/word/footer2.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
</Types>";

const ROOT_RELS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
</Relationships>";

const DOCUMENT_RELS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/>\
<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable\" Target=\"fontTable.xml\"/>\
<Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>\
<Relationship Id=\"rId5\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer2.xml\"/>\
</Relationships>";

const SETTINGS: &str = "<w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"compressPunctuation\"/>";

/// What an office that lacks a font takes in its place.
const FONTS: [(&str, &str); 3] = [(TITLE, "华文中宋"), (BODY, "仿宋"), (HEADING, "SimHei")];

/// Writes it.
///
/// # Errors
/// None that a paper can give.
pub fn docx(paper: &Paper) -> Result<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", ROOT_RELS.to_owned()),
        ("word/_rels/document.xml.rels", DOCUMENT_RELS.to_owned()),
        ("word/document.xml", document(paper)),
        ("word/styles.xml", styles()),
        ("word/settings.xml", format!("<w:settings {W}>{SETTINGS}</w:settings>")),
        ("word/fontTable.xml", font_table()),
        ("word/footer1.xml", footer("right", "right")),
        ("word/footer2.xml", footer("left", "left")),
    ];
    for (name, text) in parts {
        archive.start_file(name, options).map_err(|error| Problem::Internal(error.to_string()))?;
        archive.write_all(format!("{HEAD}{text}").as_bytes()).map_err(|error| Problem::Internal(error.to_string()))?;
    }
    let bytes = archive.finish().map_err(|error| Problem::Internal(error.to_string()))?;
    Ok(bytes.into_inner())
}

fn escaped(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn run(text: &str, font: &str, half_points: u32, bold: bool) -> String {
    let bold = if bold { "<w:b/>" } else { "" };
    let lines: Vec<String> =
        escaped(text).split('\n').map(|line| format!("<w:t xml:space=\"preserve\">{line}</w:t>")).collect();
    format!(
        "<w:r><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"{font}\"/>{bold}\
         <w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/></w:rPr>{}</w:r>",
        lines.join("<w:br/>")
    )
}

fn paragraph(properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

fn document(paper: &Paper) -> String {
    let mut body = String::new();
    for block in &paper.blocks {
        match block {
            Block::Title(lines) => {
                let centred = "<w:spacing w:line=\"640\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>";
                for text in lines {
                    body.push_str(&paragraph(centred, &run(text, TITLE, 44, false)));
                }
                body.push_str(&paragraph("", ""));
            }
            Block::Heading(text) => {
                let properties = "<w:keepNext/><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>";
                body.push_str(&paragraph(properties, &run(text, HEADING, 32, false)));
            }
            Block::Paragraph(text) => {
                let properties = "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>";
                body.push_str(&paragraph(properties, &run(text, BODY, 32, false)));
            }
            Block::Addressee(text) | Block::Line(text) => body.push_str(&paragraph("", &run(text, BODY, 32, false))),
            Block::Table { widths, head, rows } => body.push_str(&table(widths, head, rows)),
            Block::Signature(lines) => {
                body.push_str(&paragraph("", ""));
                for text in lines {
                    let properties = "<w:ind w:rightChars=\"200\" w:right=\"640\"/><w:jc w:val=\"right\"/>";
                    body.push_str(&paragraph(properties, &run(text, BODY, 32, false)));
                }
            }
            Block::Note(text) => body.push_str(&paragraph("", &run(text, BODY, 24, false))),
            Block::NewPage => body.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
        }
    }
    format!(
        "<w:document {W} {R}><w:body>{body}<w:sectPr>\
         <w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"even\" r:id=\"rId5\"/>\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\" w:header=\"851\" w:footer=\"1400\" w:gutter=\"0\"/>\
         <w:docGrid w:type=\"lines\" w:linePitch=\"579\"/></w:sectPr></w:body></w:document>"
    )
}

fn table(widths: &[u32], head: &[String], rows: &[Vec<String>]) -> String {
    let all: u32 = widths.iter().sum::<u32>().max(1);
    let wide = |at: usize| widths.get(at).map_or(WIDTH / 4, |share| WIDTH * share / all);
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"))
        .concat();
    let grid: Vec<String> = (0..head.len()).map(|at| format!("<w:gridCol w:w=\"{}\"/>", wide(at))).collect();
    let grid = grid.concat();
    let cell = |at: usize, text: &str, font: &str| {
        let properties = "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"360\" w:lineRule=\"atLeast\"/>";
        format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>{}</w:tc>",
            wide(at),
            paragraph(properties, &run(text, font, 24, false))
        )
    };
    let row = |cells: &[String], properties: &str, font: &str| {
        let cells: String = cells.iter().enumerate().map(|(at, text)| cell(at, text, font)).collect();
        format!("<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{cells}</w:tr>")
    };
    let head = row(head, "<w:tblHeader/>", HEADING);
    let rows: String = rows.iter().map(|cells| row(cells, "", BODY)).collect();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/><w:tblBorders>{borders}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>{}",
        paragraph("", "")
    )
}

fn styles() -> String {
    format!(
        "<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"{BODY}\"/>\
         <w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:line=\"580\" w:lineRule=\"exact\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style></w:styles>"
    )
}

fn font_table() -> String {
    let fonts: String = FONTS
        .map(|(name, instead)| format!("<w:font w:name=\"{name}\"><w:altName w:val=\"{instead}\"/></w:font>"))
        .concat();
    format!("<w:fonts {W}>{fonts}</w:fonts>")
}

/// The page number between dashes, one sign in from the outer edge.
fn footer(side: &str, indent: &str) -> String {
    let properties = format!("<w:ind w:{indent}Chars=\"100\" w:{indent}=\"280\"/><w:jc w:val=\"{side}\"/>");
    let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr><w:t>1</w:t></w:r>\
         <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let runs = format!("{}{field}{}", run("— ", "宋体", 28, false), run(" —", "宋体", 28, false));
    format!("<w:ftr {W}>{}</w:ftr>", paragraph(&properties, &runs))
}
