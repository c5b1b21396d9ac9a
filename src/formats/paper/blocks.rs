//! Blocks as `WordprocessingML`. Sizes are in half points and twips (1/20 point).

use crate::base::clean::clean;

use super::{Align, Block, Paper, Table};

/// Width of the text block, 156 mm, in twips.
const WIDTH: u32 = 8_844;

/// A typeface and size: Chinese face, half points, bold.
#[derive(Clone, Copy)]
struct Face {
    name: &'static str,
    size: u32,
}

/// 2号 小标宋, of titles.
const TITLE: Face = Face { name: "方正小标宋简体", size: 44 };
/// 3号 仿宋, of the body.
const BODY: Face = Face { name: "仿宋_GB2312", size: 32 };
/// 3号 黑体, of headings like 一、.
const FIRST: Face = Face { name: "黑体", size: 32 };
/// 3号 楷体, of headings like （一）.
const SECOND: Face = Face { name: "楷体_GB2312", size: 32 };
/// 小四 仿宋, of tables.
const CELL: Face = Face { name: "仿宋_GB2312", size: 24 };
/// 小四 黑体, of their header.
const CELL_HEAD: Face = Face { name: "黑体", size: 24 };

/// Text for XML: escaped, control signs shown as marks, what XML has no place
/// for left out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
    out
}

/// The body of the document.
pub(super) fn body(paper: &Paper) -> String {
    let mut out = String::new();
    for (at, one) in paper.blocks.iter().enumerate() {
        out.push_str(&block(one));
        // Two tables without anything between would become one, and a page
        // ends with a paragraph.
        let next = paper.blocks.get(at.saturating_add(1));
        if matches!(one, Block::Table(_)) && matches!(next, None | Some(Block::Table(_))) {
            out.push_str(&paragraph("", BODY, "", ""));
        }
    }
    out
}

fn block(block: &Block) -> String {
    match block {
        Block::Title(text) => {
            let lines: String =
                text.lines().map(|line| paragraph(line, TITLE, "<w:keepNext/>", "<w:jc w:val=\"center\"/>")).collect();
            format!("{lines}{}", paragraph("", BODY, "", ""))
        }
        Block::Heading { level, text } => {
            let face = match level {
                0 | 1 => FIRST,
                2 => SECOND,
                _ => BODY,
            };
            paragraph(text, face, "<w:keepNext/>", INDENT)
        }
        Block::Paragraph(text) => text.lines().map(|line| paragraph(line, BODY, "", INDENT)).collect(),
        Block::Line { text, align } => paragraph(text, BODY, "", jc(*align)),
        Block::Table(it) => table(it),
        Block::Signature(lines) => {
            let lines: String = lines
                .iter()
                .map(|line| {
                    // 右空四字, so that a seal finds room.
                    let indent = "<w:ind w:rightChars=\"400\" w:right=\"1280\"/><w:jc w:val=\"right\"/>";
                    paragraph(line, BODY, "<w:keepLines/>", indent)
                })
                .collect();
            format!("{}{lines}", paragraph("", BODY, "<w:keepNext/>", ""))
        }
        Block::Blank(label) => paragraph(&format!("{label}：____________________"), BODY, "", INDENT),
        Block::PageBreak => "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>".to_owned(),
    }
}

/// Two characters in.
const INDENT: &str = "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>";

const fn jc(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Centre => "<w:jc w:val=\"center\"/>",
        Align::Right => "<w:jc w:val=\"right\"/>",
    }
}

/// A paragraph: properties must stand in the schema's order, `keep` before the
/// spacing, `place` behind it.
fn paragraph(text: &str, face: Face, keep: &str, place: &str) -> String {
    format!("<w:p><w:pPr>{keep}{place}</w:pPr>{}</w:p>", run(text, face))
}

fn run(text: &str, face: Face) -> String {
    let Face { name, size } = face;
    if text.is_empty() {
        return String::new();
    }
    format!(
        "<w:r><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"{name}\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
        escape(text)
    )
}

fn table(table: &Table) -> String {
    let columns = table.columns();
    if columns == 0 {
        return String::new();
    }
    let share = |at: usize| u64::from(table.widths.get(at).copied().unwrap_or(1).max(1));
    let all: u64 = (0..columns).map(share).sum();
    let widths: Vec<u64> = (0..columns).map(|at| u64::from(WIDTH) * share(at) / all.max(1)).collect();
    let grid: String = widths.iter().map(|wide| format!("<w:gridCol w:w=\"{wide}\"/>")).collect::<Vec<_>>().concat();
    let row = |cells: &[String], head: bool| {
        let face = if head { CELL_HEAD } else { CELL };
        let cells: String = widths
            .iter()
            .enumerate()
            .map(|(at, wide)| {
                let text = cells.get(at).map_or("", String::as_str);
                // Off the page's grid, or rows come out twice as high.
                let place = if head { "<w:jc w:val=\"center\"/>" } else { "" };
                let keep = "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"360\" w:lineRule=\"exact\"/>";
                let inside: String = if text.is_empty() {
                    paragraph("", face, keep, place)
                } else {
                    text.lines().map(|line| paragraph(line, face, keep, place)).collect()
                };
                format!("<w:tc><w:tcPr><w:tcW w:w=\"{wide}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>{inside}</w:tc>")
            })
            .collect::<Vec<_>>().concat();
        let header = if head { "<w:tblHeader/>" } else { "" };
        format!("<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{cells}</w:tr>")
    };
    let head = if table.header.is_empty() { String::new() } else { row(&table.header, true) };
    let rows: String = table.rows.iter().map(|cells| row(cells, false)).collect();
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"))
        .concat();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"
    )
}
