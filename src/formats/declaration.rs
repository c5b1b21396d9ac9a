//! What an expert signs before packets are given out (专家承诺书与回避声明): the
//! applicants by name, in the order of their pinyin, without codes, and beside
//! each whether there is a ground of recusal. It stays on the secretary's machine:
//! names and codes are never on one sheet.

use super::paper::{Align, Block, Paper, Table};

/// What the paper is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The round's title.
    pub title: String,
    /// The expert's code.
    pub expert: String,
    /// The expert's own name.
    pub name: String,
    /// Applicants, in order: name, recommending city.
    pub applicants: Vec<(String, String)>,
    /// Grounds of recusal, numbered as they stand here.
    pub grounds: Vec<String>,
}

/// Lays it out.
#[must_use]
pub fn paper(of: &Declaration) -> Paper {
    let text = |text: &str| Block::Paragraph(text.to_owned());
    let line = |text: String| Block::Line { text, align: Align::Left };
    let heading = |text: &str| Block::Heading { level: 1, text: text.to_owned() };
    let mut blocks = vec![
        Block::Title("评审专家承诺书\n暨回避声明".to_owned()),
        line(format!("评审事项：{}", of.title)),
        line(format!("专家：{}（代号 {}）", of.name, of.expert)),
        heading("一、承诺"),
        text("1．独立评审，只凭匿名材料和评分标准打分，不委托他人代评，不替他人打分。"),
        text("2．不打听申报单位和编号的对应关系，不与申报单位及其人员联系，不接受请托。"),
        text("3．不外传匿名材料、打分和讨论内容，评审结束后不留存材料。"),
        text("4．评审中认出申报单位的，立即在程序中注明；发现应当回避的，立即申请回避。"),
        text("5．如实填写下列回避声明；有隐瞒的，所打分数作废，后果自负。"),
        heading("二、回避声明"),
        text(
            "下表按拼音列出全部申报单位，不含评审编号。请逐行填写：没有下列情形的，在“无”栏画√；有的，在“情形”栏写序号。",
        ),
    ];
    blocks.extend(of.grounds.iter().enumerate().map(|(at, ground)| text(&format!("（{}）{ground}", at + 1))));
    let rows = of
        .applicants
        .iter()
        .enumerate()
        .map(|(at, (name, city))| vec![(at + 1).to_string(), name.clone(), city.clone(), String::new(), String::new()])
        .collect();
    blocks.push(Block::Table(Table {
        widths: vec![8, 44, 16, 10, 22],
        header: ["序号", "申报单位", "推荐市", "无", "情形（序号）"].map(str::to_owned).to_vec(),
        rows,
    }));
    blocks.push(Block::Signature(vec!["专家签名：____________".to_owned(), "年    月    日".to_owned()]));
    blocks.push(line("（本表由评审秘书单独保管，不与匿名材料放在一起。）".to_owned()));
    Paper { blocks }
}
