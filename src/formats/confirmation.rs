//! The confirmation sheet (申报数据确认单): what the program read in an
//! application, for the applicant to check line by line, correct and seal.

use crate::domain::application::{Application, Why};
use crate::domain::form::{FieldKind, Form};

use super::paper::{Align, Block, Paper, Table};

/// Lays it out; `why` says a doubt in words.
#[must_use]
pub fn paper(application: &Application, form: &Form, title: &str, why: &dyn Fn(Why) -> String) -> Paper {
    let no = application.no.as_ref().map(ToString::to_string).unwrap_or_default();
    let name = application.text("unit.name").or_else(|| application.text("cover.unit_name")).unwrap_or_default();
    let mut rows = Vec::new();
    let mut unread = 0;
    for field in form.fields() {
        // Running text is read back by nobody line by line.
        if field.kind == FieldKind::LongText {
            continue;
        }
        let label = if field.unit.is_empty() { field.zh.clone() } else { format!("{}（{}）", field.zh, field.unit) };
        if let Some(entry) = application.fields.get(&field.id) {
            rows.push(vec![label, entry.value.to_string(), entry.origin.to_string(), String::new()]);
        } else if let Some(doubt) = application.uncertain.get(&field.id) {
            unread += 1;
            let value = doubt.value.as_ref().map_or_else(|| doubt.text.clone(), ToString::to_string);
            let text = format!("【待确认】{value}（{}）", why(doubt.why));
            rows.push(vec![label, text, doubt.origin.to_string(), String::new()]);
        } else if application.missing.contains(&field.id) {
            unread += 1;
            rows.push(vec![label, "【未读到】".to_owned(), String::new(), String::new()]);
        }
    }
    let text = |text: String| Block::Paragraph(text);
    let line = |text: String| Block::Line { text, align: Align::Left };
    Paper {
        blocks: vec![
            Block::Title("申报数据确认单".to_owned()),
            line(format!("评审事项：{title}")),
            line(format!("申报单位：{name}    受理号：{no}")),
            text("下列数据由程序从贵单位的申报书中读出，评审以确认后的数据为准。请逐行核对：无误的不填；有误或空缺的，在“更正”栏写明并附说明。".to_owned()),
            text(format!("其中 {unread} 项没有读准或没有读到，已标“【待确认】”“【未读到】”，请务必填写。")),
            Block::Table(Table {
                widths: vec![34, 30, 18, 18],
                header: ["项目", "读出的数据", "出处", "更正"].map(str::to_owned).to_vec(),
                rows,
            }),
            Block::Signature(vec!["申报单位（公章）".to_owned(), "经办人：________  电话：________".to_owned(), "年    月    日".to_owned()]),
        ],
    }
}
