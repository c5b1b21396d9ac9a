//! What there can be too many of, in words.

use crate::base::limits::Counted;

use super::Lang;

/// So many of it at most.
pub(super) fn at_most(lang: Lang, what: Counted, limit: u64) -> String {
    let (zh, en) = match what {
        Counted::Fields => ("个字段", "fields"),
        Counted::Sections => ("个章节", "sections"),
        Counted::Rows => ("行", "rows"),
        Counted::Columns => ("列", "columns"),
        Counted::Cells => ("个单元格", "cells"),
        Counted::CellBytes => ("字节（一个单元格）", "bytes in one cell"),
        Counted::Members => ("个文件（评审包内）", "files in a bundle"),
        Counted::Recipients => ("个收件人", "recipients"),
        Counted::LineBytes => ("字节（一行）", "bytes in one line"),
        Counted::Characters => ("个字", "characters"),
        Counted::Parts => ("个部件（文档内）", "parts in a document"),
        Counted::Depth => ("层元素嵌套", "elements within elements"),
        Counted::Nodes => ("个元素（一个部件）", "elements in one part"),
        Counted::Attributes => ("个属性（一个元素）", "attributes of one element"),
        Counted::NestedTables => ("层表格嵌套", "tables within tables"),
        Counted::Pieces => ("个段落和单元格", "paragraphs and cells"),
        Counted::TextBytes => ("字节文字", "bytes of text"),
        Counted::Marks => (
            "个分数（这一项要把分数都留在内存里；请按组分成几个文件，一次算一组）",
            "marks, since this keeps them all in memory; split the files by panel and count one at a time",
        ),
    };
    match lang {
        Lang::Zh => format!("太多：最多 {limit} {zh}"),
        Lang::En => format!("Too many: at most {limit} {en}"),
    }
}
