//! The same form filled by other hands: every habit met in real forms is put
//! upon one and the same filled form, made here, and what is read must be the
//! same, or say that it is not certain.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "what fails ends the test")]

use pingshen::base::{Digest, Limits};
use pingshen::domain::application::{Application, Role, Source, Why};
use pingshen::domain::document::{Block, Cell, Document, Row, Table};
use pingshen::domain::packet::Value;
use pingshen::formats::application;
use pingshen::workflow::library;

/// A row: each cell its columns and text; `^` goes on with the cell above.
fn row(cells: &[(u32, &str)]) -> Row {
    let mut column = 0;
    let cells = cells.iter().map(|(span, text)| {
        let cell = cell(column, *span, text);
        column += span;
        cell
    });
    Row { cells: cells.collect() }
}

fn cell(column: u32, span: u32, text: &str) -> Cell {
    let continues = text == "^";
    let blocks = if continues { vec![paragraph("")] } else { text.split('\n').map(paragraph).collect() };
    Cell { column, span, continues, blocks }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(text.to_owned())
}

fn table(number: u32, rows: Vec<Row>) -> Block {
    Block::Table(Table { number, sheet: None, rows })
}

/// The filled form.
fn base() -> Document {
    let mut blocks: Vec<Block> = [
        "附件1",
        "申报书",
        "申报单位： 青岚理工大学 ",
        "单位地址： 营口市求索路229号 ",
        "试点负责人： 魏一鸣 电话： 19900001584 ",
        "试点联系人： 蒋海涛 电话： 19900004116 ",
        "市知识产权局： 营口市知识产权局 ",
        "信用承诺书",
        "1.我单位近三年信用状况良好，无严重失信行为；",
        "项目申报责任人（签名）魏一鸣",
        "申报单位（公章）青岚理工大学",
        "2023年5月29日",
        "一、申报单位基本信息",
    ]
    .map(paragraph)
    .to_vec();
    blocks.push(table(
        1,
        vec![
            row(&[(2, "试点\n申报\n单位"), (3, "单位名称"), (7, "青岚理工大学")]),
            row(&[(2, "^"), (3, "单位地址"), (7, "营口市求索路229号")]),
            row(&[(2, "^"), (3, "单位类型"), (7, "☑ 高等学校  □ 科研机构  其他： ")]),
            row(&[(2, "^"), (3, "统一社会信用代码"), (7, "12219938218096797C")]),
            row(&[(2, "^"), (3, "法定代表人\n或负责人"), (7, "陶磊")]),
            row(&[(2, "^"), (3, "联系电话"), (2, "0417-55503580"), (3, "传真号码"), (2, "0417-55501245")]),
            row(&[(2, "试点\n负责人"), (3, "姓名"), (2, "魏一鸣"), (3, "职务"), (2, "副校长")]),
            row(&[(2, "^"), (3, "固定电话"), (2, "0417-55501975"), (3, "手机"), (2, "19900001584")]),
            row(&[(2, "试点\n联系人"), (3, "姓名"), (2, "蒋海涛"), (3, "手机"), (2, "19900004116")]),
            row(&[(2, "^"), (3, "固定电话"), (2, "0417-55504963"), (3, "传真号码"), (2, "0417-55501492")]),
            row(&[(2, "^"), (3, "通讯地址"), (7, "营口市求索路229号")]),
            row(&[(2, "^"), (3, "邮编"), (2, "117434"), (3, "E-mail"), (2, "ip@qrut00.example")]),
            row(&[(2, "试点申报单位\n总体情况"), (10, "（对照《指引》试点任务，简要介绍。）\n我单位对接企业29家。")]),
        ],
    ));
    blocks.push(paragraph("二、申报条件"));
    blocks.push(table(2, conditions()));
    blocks.push(paragraph("三、经费预算（2023成本测算）"));
    let budget = |no, item, amount, source| {
        row(&[(1, no), (3, item), (3, "按市场价测算"), (2, amount), (1, "2023"), (2, source)])
    };
    blocks.push(table(
        3,
        vec![
            row(&[
                (1, "序号"),
                (3, "经费开支项目"),
                (3, "说    明"),
                (2, "预算金额\n（万元）"),
                (1, "实施年度"),
                (2, "拟定申请/拟定配套"),
            ]),
            budget("1", "专家咨询", "13.42", "拟定申请"),
            budget("2", "人才培训", "5.38", "拟定配套"),
            row(&[(1, "3"), (3, ""), (3, ""), (2, ""), (1, ""), (2, "")]),
            row(&[(4, "合  计"), (3, ""), (2, "18.80"), (1, ""), (2, "")]),
        ],
    ));
    blocks.push(paragraph("四、推荐意见"));
    blocks.push(table(
        4,
        vec![
            row(&[
                (2, "申报单位意见"),
                (10, "真实、有效。\n法定代表人（签字/签章） ：陶磊\n申报单位（公章）：青岚理工大学\n2023年5月30日"),
            ]),
            row(&[(2, "市知识产权局意见"), (10, "另附推荐函，加盖公章后单独上传申报系统。")]),
        ],
    ));
    blocks.extend(
        [
            "青岚理工大学知识产权运营中心三年建设方案（2023-2025）",
            "一、基本情况",
            "（一）知识产权工作现状",
            "三级管理架构。",
            "（二）专利转化运用情况",
            "累计转化228件。",
            "（三）面临问题及对策",
            "供需信息不对称。",
            "二、建设思路和目标",
            "年均转化81件。",
            "三、建设举措",
            "分级分类管理。",
            "四、保障措施",
            "三方面保障。",
            "五、进度安排",
            "2023年：机构设立",
        ]
        .map(paragraph),
    );
    Document { blocks, carriers: Vec::new() }
}

const LIC: [&str; 4] = ["2020", "2021", "2022", "合计"];

fn conditions() -> Vec<Row> {
    let wide = |label: &str, value: &str| row(&[(2, "^"), (4, label), (6, value)]);
    let mut rows = vec![
        row(&[
            (2, "知识产权管理情况"),
            (4, "知识产权管理规范贯彻情况"),
            (6, "☑ 《高等学校知识产权管理规范》  \n□ 《科研组织知识产权管理规范》  \n□ 其他：  "),
        ]),
        wide("是否成立知识产权领导小组或科技成果转移转化工作领导小组", "是□     否☑"),
        row(&[(2, "^"), (4, "知识产权管理\n专职人员总数"), (2, "16"), (2, "知识产权管理\n兼职人员总数"), (2, "18")]),
        wide("从事专利转化工作的专职人员数", "5"),
        wide("具备专利代理师资格人数", "0"),
        row(&[(2, "^"), (2, "知识产权管理\n制度建设情况"), (4, "文件名称"), (2, "文号"), (2, "发文日期")]),
        row(&[(2, "^"), (2, "^"), (4, "专利申请前评估办法"), (2, "青岚科〔2021〕54号"), (2, "2021年7月3日")]),
        row(&[(2, "^"), (2, "^"), (4, ""), (2, ""), (2, "")]),
        row(&[(2, "^"), (4, "近三年知识产权管理经费投入"), (3, "年度"), (3, "投入金额（万元）")]),
    ];
    for (year, amount) in [("2020", "186.87"), ("2021", "118.75"), ("2022", "49.15")] {
        rows.push(row(&[(2, "^"), (4, "^"), (3, year), (3, amount)]));
    }
    rows.push(row(&[(2, "专利创造产出情况"), (8, "近三年专利授权量（件）"), (2, "累计有效专利拥有量")]));
    rows.push(row(&[(2, "^"), (2, "年度"), (2, "发明"), (2, "实用新型"), (2, "外观设计"), (2, "979")]));
    for (year, values) in
        LIC.iter().zip([["89", "121", "13"], ["130", "144", "13"], ["115", "105", "0"], ["334", "370", "26"]])
    {
        rows.push(row(&[(2, "^"), (2, year), (2, values[0]), (2, values[1]), (2, values[2]), (2, "^")]));
    }
    rows.push(row(&[(2, "专利转化运用情况"), (10, "近三年专利转让")]));
    rows.push(row(&[(2, "^"), (2, "年度"), (2, "专利转让件数"), (3, "合同额（万元）"), (3, "实际到账额（万元）")]));
    for (year, values) in LIC.iter().zip([
        ["38", "178.22", "142.58"],
        ["55", "148.56", "74.28"],
        ["76", "1237.86", "147.47"],
        ["169", "1564.64", "364.33"],
    ]) {
        rows.push(row(&[(2, "^"), (2, year), (2, values[0]), (3, values[1]), (3, values[2])]));
    }
    rows.push(row(&[(2, "^"), (10, "近三年专利许可")]));
    rows.push(row(&[
        (2, "^"),
        (2, "年度"),
        (2, "专利许可件数"),
        (1, "合同额（万元）"),
        (2, "实际到账额\n（万元）"),
        (3, "专利开放许可情况"),
    ]));
    rows.push(row(&[
        (2, "^"),
        (2, "^"),
        (2, "^"),
        (1, "^"),
        (2, "^"),
        (1, "发布数"),
        (1, "实施数"),
        (1, "金额（万元）"),
    ]));
    for (year, v) in LIC.iter().zip([
        ["20", "34.87", "34.87", "16", "2", "1.0"],
        ["12", "35.49", "26.62", "32", "30", "0"],
        ["21", "45.77", "34.33", "20", "9", "4.5"],
        ["53", "116.13", "95.82", "68", "41", "5.5"],
    ]) {
        rows.push(row(&[(2, "^"), (2, year), (2, v[0]), (1, v[1]), (2, v[2]), (1, v[3]), (1, v[4]), (1, v[5])]));
    }
    rows.push(row(&[(2, "^"), (10, "近三年专利作价入股")]));
    rows.push(row(&[(2, "^"), (2, "年度"), (4, "作价入股件数"), (4, "作价金额（万元）")]));
    for (year, values) in LIC.iter().zip([["2", "95.32"], ["2", "197.55"], ["2", "98.66"], ["6", "391.53"]]) {
        rows.push(row(&[(2, "^"), (2, year), (4, values[0]), (4, values[1])]));
    }
    rows.push(row(&[(2, "知识产权运营机构建设情况"), (10, "设立科级运营机构。")]));
    rows.push(row(&[(2, "从事专利转化专职人员情况"), (10, "（包括人员总数等情况。）共5人。")]));
    rows
}

fn read(document: &Document) -> Application {
    let source = Source { file: "S.docx".to_owned(), digest: Digest::of(b""), role: Role::Form };
    application::read(document, library::forms().unwrap().first().unwrap(), source)
}

/// Changes every text of cells and lines.
fn change(blocks: &mut [Block], with: &mut dyn FnMut(&str) -> String) {
    for block in blocks {
        match block {
            Block::Paragraph(text) => *text = with(text),
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    change(&mut cell.blocks, with);
                }
            }
        }
    }
}

fn changed(mut with: impl FnMut(&str) -> String) -> Document {
    let mut document = base();
    change(&mut document.blocks, &mut with);
    document
}

fn tables(document: &mut Document) -> Vec<&mut Table> {
    let mut out = Vec::new();
    for block in &mut document.blocks {
        if let Block::Table(table) = block {
            out.push(table);
        }
    }
    out
}

fn at(table: &Table, text: &str) -> usize {
    table.rows.iter().position(|row| row.cells.iter().any(|cell| cell.text() == text)).expect(text)
}

/// The same values, apart from those named, which must not be certain.
fn same(read: &Application, apart: &[&str]) {
    let meant = self::read(&base());
    assert!(meant.fields.len() > 105, "{}: {:?} {:?}", meant.fields.len(), meant.uncertain, meant.missing);
    for (id, entry) in &meant.fields {
        if apart.contains(&id.as_str()) {
            assert!(!read.fields.contains_key(id), "{id} is certain");
            continue;
        }
        let ours = read.fields.get(id).map(|entry| &entry.value);
        assert!(ours == Some(&entry.value), "{id}: {ours:?} {:?}, not {:?}", read.uncertain.get(id), entry.value);
    }
}

fn wide(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c }).collect()
}

fn is_figure(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !["117434", "19900001584", "19900004116"].contains(&text)
}

#[test]
fn the_form_itself() {
    let read = read(&base());
    assert_eq!(read.years, ["2020", "2021", "2022"]);
    let only: Vec<&str> = read.uncertain.keys().map(String::as_str).collect();
    assert_eq!(only, ["conv.enterprises"]);
    assert_eq!(read.missing, ["rec.city_opinion", "rec.city_date", "plan.approach", "plan.task_list[]"]);
    let list = |values: &[&str]| Value::List(values.iter().map(|v| Some((*v).to_owned())).collect());
    for (id, meant) in [
        ("lead.mobile", Value::Text("19900001584".to_owned())),
        ("contact.mobile", Value::Text("19900004116".to_owned())),
        ("unit.fax", Value::Text("0417-55501245".to_owned())),
        ("contact.fax", Value::Text("0417-55501492".to_owned())),
        ("mgmt.leading_group", Value::Bool(false)),
        ("mgmt.rules[].date", list(&["2021-07-03"])),
        ("budget.rows[].source", list(&["申请", "配套"])),
        ("budget.rows[].amount", list(&["13.42", "5.38"])),
        ("rec.unit_date", Value::Text("2023-05-30".to_owned())),
        ("plan.goals", Value::Text("年均转化81件。".to_owned())),
        ("unit.overview", Value::Text("我单位对接企业29家。".to_owned())),
        ("ops.staff_text", Value::Text("共5人。".to_owned())),
    ] {
        assert_eq!(read.value(id), Some(&meant), "{id}");
    }
    assert_eq!(read.fields["lic.2021.open_amount"].origin.to_string(), "表2 行29 列8");
}

#[test]
fn figures_in_other_writing() {
    same(&read(&changed(|text| if is_figure(text) { wide(text) } else { text.to_owned() })), &[]);
    same(&read(&changed(|text| text.replace("1237.86", "1,237.86").replace("1564.64", "1，564.64"))), &[]);
    same(&read(&changed(|text| if text == "334" { "三百三十四".to_owned() } else { text.to_owned() })), &[]);
    let units = |text: &str| match text {
        "178.22" => "178.22万元".to_owned(),
        "148.56" => "1485600元".to_owned(),
        "130" => "130件".to_owned(),
        "16" => "16人".to_owned(),
        "13.42" => "134200元".to_owned(),
        "18.80" => "18.80万元".to_owned(),
        other => other.to_owned(),
    };
    let read_units = read(&changed(units));
    same(&read_units, &["lic.2020.open_published"]);
}

#[test]
fn figures_that_prove_nothing() {
    let about = read(&changed(|text| text.replace("1237.86", "约1237.86").replace("979", "979余件")));
    same(&about, &["asg.2022.contract", "grant.in_force"]);
    assert_eq!(about.uncertain["grant.in_force"].why, Why::About);
    let marks = read(&changed(|text| if text == "95.32" { "—".to_owned() } else { text.to_owned() }));
    same(&marks, &["eq.2020.amount"]);
    assert_eq!(marks.uncertain["eq.2020.amount"].why, Why::Mark);
    let blank = read(&changed(|text| if text == "95.32" { String::new() } else { text.to_owned() }));
    same(&blank, &["eq.2020.amount"]);
    assert!(blank.missing.contains(&"eq.2020.amount".to_owned()));
    let yuan = read(&changed(|text| if text == "118.75" { "1187500".to_owned() } else { text.to_owned() }));
    same(&yuan, &["mgmt.funds.2021"]);
    assert_eq!(yuan.uncertain["mgmt.funds.2021"].why, Why::Magnitude);
    let both = read(&changed(|text| text.replace("是□     否☑", "是☑     否☑")));
    same(&both, &["mgmt.leading_group"]);
    let budget = read(&changed(|text| text.replace("5.38", "约5.38")));
    same(&budget, &["budget.rows[].amount"]);
}

#[test]
fn labels_in_other_words() {
    let spaced = |text: &str| match text {
        "单位名称" => "单 位　名 称：".to_owned(),
        "手机" => "手　机".to_owned(),
        "E-mail" => "E　-　m　a　i　l".to_owned(),
        "职务" => "职　　务".to_owned(),
        other => other.to_owned(),
    };
    same(&read(&changed(spaced)), &[]);
    let others = |text: &str| match text {
        "单位名称" => "单位全称".to_owned(),
        "手机" => "联系手机".to_owned(),
        "E-mail" => "电子邮箱".to_owned(),
        "邮编" => "邮政编码".to_owned(),
        "职务" => "职务/职称".to_owned(),
        "合计" => "总计".to_owned(),
        "合  计" => "小计".to_owned(),
        "2021" => "2021年".to_owned(),
        "2022" => "２０２２年度".to_owned(),
        "实际到账额（万元）" => "到账金额(万元)".to_owned(),
        "作价金额（万元）" => "金额（万元）".to_owned(),
        "三、建设举措" => "第三部分 主要举措".to_owned(),
        other => other.to_owned(),
    };
    same(&read(&changed(others)), &[]);
    // A label nobody foresaw: the value is there, and not called certain.
    let odd = read(&changed(|text| {
        if text == "具备专利代理师资格人数" {
            "有专利代理师资格者人数".to_owned()
        } else {
            text.to_owned()
        }
    }));
    same(&odd, &["mgmt.attorneys"]);
}

#[test]
fn days_in_other_writing() {
    for day in ["2021.7.3", "2021/07/03", "2021-7-3", "二〇二一年七月三日", "２０２１年７月３日"] {
        same(&read(&changed(|text| text.replace("2021年7月3日", day))), &[]);
    }
}

#[test]
fn rows_missing() {
    let mut document = base();
    let table = &mut tables(&mut document)[1];
    let row = table.rows.iter().position(|row| row.cells.iter().any(|cell| cell.text() == "55")).unwrap();
    table.rows.remove(row);
    let gone = ["asg.2021.count", "asg.2021.contract", "asg.2021.received"];
    let read_short = read(&document);
    same(&read_short, &gone);
    assert!(gone.iter().all(|id| read_short.missing.contains(&(*id).to_owned())));

    let mut document = base();
    let table = &mut tables(&mut document)[1];
    let row = at(table, "334");
    table.rows.remove(row);
    same(&read(&document), &["grant.total.inv", "grant.total.um", "grant.total.des"]);
}

#[test]
fn a_row_whose_year_is_unclear_does_not_take_the_others_with_it() {
    let gone = ["asg.2021.count", "asg.2021.contract", "asg.2021.received"];
    for (label, doubtful) in [("21年", true), ("’21", true), ("去年", false)] {
        let mut document = base();
        let table = &mut tables(&mut document)[1];
        let row = at(table, "55");
        table.rows[row].cells[1].blocks = vec![paragraph(label)];
        let read = read(&document);
        same(&read, &gone);
        for id in gone {
            assert_eq!(read.uncertain.contains_key(id), doubtful, "{label}: {id}");
        }
    }
}

#[test]
fn other_years_than_asked_for() {
    let document = changed(|text| match text {
        "2020" => "2019".to_owned(),
        "2021" => "2020".to_owned(),
        "2022" => "2021年".to_owned(),
        other => other.to_owned(),
    });
    let read = read(&document);
    assert_eq!(read.years, ["2019", "2020", "2021"]);
    assert_eq!(read.figure("grant.2019.inv").unwrap().to_string(), "89");
    assert_eq!(read.figure("grant.2021.inv").unwrap().to_string(), "115");
    assert!(
        read.missing.contains(&"grant.2022.inv".to_owned()) && read.missing.contains(&"mgmt.funds.2022".to_owned())
    );
}

/// Cuts the second table before this row.
fn split(document: &mut Document, text: &str, before: Option<Row>) {
    let block = document.blocks.iter().position(|b| matches!(b, Block::Table(t) if t.number == 2)).unwrap();
    let Block::Table(first) = &mut document.blocks[block] else { return };
    let row = at(first, text);
    let mut rest = first.rows.split_off(row);
    // The heading at the left begins anew, or stands empty.
    for cell in &mut rest[0].cells {
        cell.continues = false;
    }
    rest.splice(0..0, before);
    document.blocks.insert(block + 1, table(9, rest));
    document.blocks.insert(block + 1, paragraph(" "));
}

#[test]
fn a_table_cut_in_two() {
    let mut document = base();
    split(&mut document, "76", None);
    same(&read(&document), &[]);
    let mut document = base();
    let header = row(&[(2, ""), (2, "年度"), (2, "专利转让件数"), (3, "合同额（万元）"), (3, "实际到账额（万元）")]);
    split(&mut document, "76", Some(header));
    same(&read(&document), &[]);
    let mut document = base();
    split(&mut document, "近三年专利许可", None);
    same(&read(&document), &[]);
}

#[test]
fn cells_left_out_before_a_row() {
    let mut document = base();
    for text in ["55", "130", "12"] {
        let table = &mut tables(&mut document)[1];
        let row = at(table, text);
        table.rows[row].cells.remove(0);
    }
    same(&read(&document), &[]);
}

#[test]
fn a_row_out_of_line_is_not_certain() {
    let mut document = base();
    let table = &mut tables(&mut document)[1];
    let shifted = at(table, "55");
    table.rows[shifted] = row(&[(2, "2021"), (2, "55"), (3, "148.56"), (3, "74.28")]);
    let read = read(&document);
    for id in ["asg.2021.count", "asg.2021.contract", "asg.2021.received"] {
        assert!(!read.fields.contains_key(id), "{id}: {:?}", read.fields.get(id));
    }
    same(&read, &["asg.2021.count", "asg.2021.contract", "asg.2021.received"]);
}

#[test]
fn a_table_in_a_cell() {
    let mut document = base();
    let outer = &mut tables(&mut document)[1];
    let from = at(outer, "文件名称");
    let to = at(outer, "年度");
    let mut inner: Vec<Row> = outer.rows.drain(from..to).collect();
    for row in &mut inner {
        row.cells.drain(..2);
    }
    let mut holder = row(&[(2, "^"), (2, "知识产权管理\n制度建设情况"), (8, "")]);
    holder.cells[2].blocks = vec![paragraph(""), table(3, inner), paragraph("")];
    outer.rows.insert(from, holder);
    same(&read(&document), &[]);
}

#[test]
fn columns_in_another_order() {
    let mut document = base();
    let table = &mut tables(&mut document)[1];
    let from = at(table, "专利转让件数");
    for row in &mut table.rows[from..=from + 4] {
        let (a, b) = (row.cells[3].blocks.clone(), row.cells[4].blocks.clone());
        row.cells[3].blocks = b;
        row.cells[4].blocks = a;
    }
    let from = at(table, "发明");
    for row in &mut table.rows[from..=from + 4] {
        let (a, b) = (row.cells[2].blocks.clone(), row.cells[3].blocks.clone());
        row.cells[2].blocks = b;
        row.cells[3].blocks = a;
    }
    same(&read(&document), &[]);
}

#[test]
fn a_column_of_running_numbers() {
    let mut document = base();
    let table = &mut tables(&mut document)[1];
    let from = at(table, "专利转让件数");
    for (at, row) in table.rows[from..=from + 4].iter_mut().enumerate() {
        let said = if at == 0 { "序号".to_owned() } else { at.to_string() };
        row.cells[0] = cell(0, 1, "^");
        row.cells.insert(1, cell(1, 1, &said));
    }
    same(&read(&document), &[]);
}

#[test]
fn boxes_of_every_kind() {
    for (yes, no) in [("是（√）", "否（ ）"), ("是√", "否"), ("☑是", "□否"), ("[x]是", "[ ]否"), ("是☒", "否☐")]
    {
        let read = read(&changed(|text| text.replace("是□     否☑", &format!("{yes}  {no}"))));
        assert_eq!(read.value("mgmt.leading_group"), Some(&Value::Bool(true)), "{yes} {no}");
    }
    let other =
        read(&changed(|text| text.replace("☑ 高等学校  □ 科研机构  其他： ", "□ 高等学校  □ 科研机构  其他：企业")));
    assert_eq!(other.text("unit.kind"), Some("其他"));
    assert_eq!(other.text("unit.kind_other"), Some("企业"));
}

#[test]
fn a_pledge_nobody_signed() {
    let read = read(&changed(|text| match text {
        "项目申报责任人（签名）魏一鸣" => "项目申报责任人（签名）".to_owned(),
        "2023年5月29日" => "年  月  日".to_owned(),
        other => other.to_owned(),
    }));
    assert!(read.missing.contains(&"pledge.signer".to_owned()) && read.missing.contains(&"pledge.date".to_owned()));
    assert!(read.is_uncertain("pledge.seal"));
}

#[test]
fn a_date_of_a_later_table_is_not_that_of_the_pledge() {
    let heading = |text: &str| {
        text.starts_with("一、申报单位") || text.starts_with("二、申报条件") || text.starts_with("三、经费")
    };
    let document = changed(|text| match text {
        "2023年5月29日" => "年  月  日".to_owned(),
        text if heading(text) => String::new(),
        other => other.to_owned(),
    });
    let read = read(&document);
    assert!(!read.fields.contains_key("pledge.date"), "{:?}", read.fields.get("pledge.date"));
    assert_eq!(read.value("mgmt.rules[].date"), self::read(&base()).value("mgmt.rules[].date"));
}

#[test]
fn label_and_value_in_one_cell() {
    let mut document = base();
    let table = &mut tables(&mut document)[0];
    table.rows[0] = row(&[(2, "试点\n申报\n单位"), (10, "单位名称：青岚理工大学")]);
    table.rows[7] = row(&[(2, "^"), (5, "固定电话：0417-55501975"), (5, "手机：19900001584")]);
    same(&read(&document), &[]);
}

/// The form as a sheet, these fields filled in.
fn filled(values: &[(&str, &str)]) -> String {
    let sheet = application::sheet(library::forms().unwrap().first().unwrap());
    let text = String::from_utf8(sheet).unwrap();
    let fill = |line: &str| {
        let value = values.iter().find(|(id, _)| line.split(',').next() == Some(*id));
        let Some((_, value)) = value else { return line.to_owned() };
        let cells: Vec<&str> = line.split(',').collect();
        format!("{},{},{value},{}", cells[0], cells[1], cells[3])
    };
    text.lines().map(fill).collect::<Vec<_>>().join("\n")
}

fn enter(text: &str) -> Application {
    let source = Source { file: "F".to_owned(), digest: Digest::of(b""), role: Role::Form };
    let form = library::forms().unwrap().first().unwrap();
    application::entered(text.as_bytes(), form, &source, &Limits::STANDARD).unwrap().unwrap()
}

#[test]
fn a_sheet_filled_in_by_hand() {
    let read = enter(&filled(&[
        ("unit.name", "青岚理工大学"),
        ("unit.kind", "高等学校"),
        ("mgmt.leading_group", "是"),
        ("mgmt.standards", "《高等学校知识产权管理规范》；其他"),
        ("grant.2021.inv", "一百三十件"),
        ("asg.2021.contract", "1485600元"),
        ("asg.2022.contract", "约100"),
        ("pledge.date", "2023年5月29日"),
        ("budget.rows[1].no", "1"),
        ("budget.rows[1].item", "专家咨询"),
        ("budget.rows[1].amount", "134200元"),
        ("budget.rows[1].source", "拟定申请"),
        ("budget.rows[3].no", "3"),
        ("budget.rows[4].item", "人才培训"),
        ("budget.rows[4].amount", "5.38"),
    ]));
    assert_eq!(read.text("unit.name"), Some("青岚理工大学"));
    assert_eq!(read.value("mgmt.leading_group"), Some(&Value::Bool(true)));
    assert_eq!(read.figure("grant.2021.inv").unwrap().to_string(), "130");
    assert_eq!(read.figure("asg.2021.contract").unwrap().to_string(), "148.56");
    assert_eq!(read.uncertain["asg.2022.contract"].why, Why::About);
    assert_eq!(read.text("pledge.date"), Some("2023-05-29"));
    let list = |values: &[Option<&str>]| Value::List(values.iter().map(|v| v.map(str::to_owned)).collect());
    assert_eq!(read.value("mgmt.standards"), Some(&list(&[Some("GB/T 33251高校"), Some("其他")])));
    assert_eq!(read.value("budget.rows[].amount"), Some(&list(&[Some("13.42"), Some("5.38")])));
    assert_eq!(read.value("budget.rows[].item"), Some(&list(&[Some("专家咨询"), Some("人才培训")])));
    assert_eq!(read.value("budget.rows[].source"), Some(&list(&[Some("申请"), None])));
    assert_eq!(read.years, ["2021", "2022"]);
    assert!(
        read.missing.contains(&"lic.2020.count".to_owned()) && !read.missing.contains(&"budget.applied".to_owned())
    );
}

#[test]
fn json_of_our_own_shape() {
    let read = enter(
        r#"[{"file": "x", "fields": {
            "unit.name": {"value": "青岚理工大学", "source": "S001.docx 表1 行1 列3"},
            "grant.2021.inv": 130, "asg.2021.contract": "148.56", "asg.2020.contract": 12345678901.2345,
            "mgmt.leading_group": {"value": false}, "grant.2022.inv": "130元", "no.such": 1,
            "budget.rows[].amount": ["13.42", null, "5.38"], "unit.fax": null}}]"#,
    );
    assert_eq!(read.figure("grant.2021.inv").unwrap().to_string(), "130");
    assert_eq!(read.figure("asg.2020.contract").unwrap().to_string(), "12345678901.2345");
    assert_eq!(read.value("mgmt.leading_group"), Some(&Value::Bool(false)));
    assert_eq!(read.uncertain["grant.2022.inv"].why, Why::Unit);
    assert!(read.value("no.such").is_none() && read.missing.contains(&"unit.fax".to_owned()));
}

#[test]
fn a_workbook_filled_in_by_hand() {
    let form = library::forms().unwrap().first().unwrap();
    let empty = application::workbook(form).unwrap();
    let mut document = pingshen::formats::document::read(&empty, "F.xlsx", &Limits::STANDARD).unwrap();
    let blank = read(&document);
    assert!(blank.fields.is_empty() && blank.uncertain.is_empty() && blank.missing.len() > 120);
    let Some(Block::Table(table)) = document.blocks.iter_mut().find(|b| matches!(b, Block::Table(_))) else {
        unreachable!("a workbook is a table")
    };
    let row = at(table, "grant.2021.inv");
    table.rows[row].cells.retain(|cell| cell.column != 2);
    table.rows[row].cells.push(cell(2, 1, "１３０件"));
    let filled = read(&document);
    assert_eq!(filled.figure("grant.2021.inv").unwrap().to_string(), "130");
    assert_eq!(filled.fields.len(), 1);
}
