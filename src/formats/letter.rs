//! The letter that asks an applicant to supply and correct (补正通知): what, in
//! which cell, by which clause, by when. It turns nobody down: a figure that is
//! not there is asked for, and one that falls short may have been mistyped.

use crate::base::Lang;
use crate::base::lang::Remark;
use crate::domain::application::checks::finding::{Finding, Severity};
use crate::domain::day::Day;
use crate::domain::eligibility::judge::{Ground, Judged};
use crate::domain::eligibility::truth::Truth;
use crate::domain::form::Form;

use super::check_report::{Checked, held_against, label, place, said};
use super::paper::{Align, Block, Paper, Table};

/// Letters are in Chinese.
const ZH: Lang = Lang::Zh;
/// Findings that are about other applicants too, or for the office alone.
const OWN: [&str; 2] = ["DUP", "X15"];
/// Conditions have a part of their own.
const CONDITIONS: [&str; 2] = ["X5", "X6"];

/// What all letters of a round say alike.
#[derive(Debug, Clone)]
pub struct Office {
    /// Who signs.
    pub name: String,
    /// What is applied for, as the template is titled.
    pub title: String,
    /// By when.
    pub by: Option<Day>,
    /// The day of the letter.
    pub date: Day,
}

/// The letter to an applicant; nothing where there is nothing to mend.
#[must_use]
pub fn letter(checked: &Checked, form: &Form, office: &Office) -> Option<Paper> {
    let mine = |finding: &&Finding| {
        finding.severity != Severity::Config
            && !OWN.contains(&finding.id)
            && !CONDITIONS.contains(&finding.id)
            && finding.remark != Remark::CodeTwice
    };
    let (supply, correct): (Vec<&Finding>, Vec<&Finding>) =
        checked.outcome.findings.iter().filter(mine).partition(|finding| supplies(finding));
    let open: Vec<&Judged> = checked.rules().iter().filter(|rule| rule.state != Truth::Met).collect();
    if supply.is_empty() && correct.is_empty() && open.is_empty() {
        return None;
    }
    let name = checked.app.text("unit.name").or_else(|| checked.app.text("cover.unit_name")).unwrap_or("申报单位");
    let by = office.by.map_or_else(|| "收到本通知后及时".to_owned(), |day| format!("于{}前", day.in_words()));
    let mut blocks = vec![
        Block::Title("关于补正申报材料的通知".to_owned()),
        Block::Line { text: format!("{name}："), align: Align::Left },
        Block::Paragraph(format!(
            "你单位报送的申报材料（受理号：{}，文件：{}）收悉。经核对，下列内容需要补充、更正或者说明。请{by}将补正材料加盖公章后报送我办。",
            checked.no,
            checked.app.file(),
        )),
        Block::Paragraph(
            "本通知只涉及申报材料的补充和更正，不是评审结论。所列位置为电子文件中的表、行、列序号。".to_owned(),
        ),
    ];
    let mut parts = ["一", "二", "三"].into_iter();
    let mut heading = |blocks: &mut Vec<Block>, text: &str| {
        let number = parts.next().unwrap_or_default();
        blocks.push(Block::Heading { level: 1, text: format!("{number}、{text}") });
    };
    for (findings, title) in [(&supply, "需要补充的材料"), (&correct, "需要更正或者说明的内容")] {
        if !findings.is_empty() {
            heading(&mut blocks, title);
            blocks.push(table(findings, form));
        }
    }
    if !open.is_empty() {
        heading(&mut blocks, "申报条件中需要进一步确认的数据");
        for rule in open {
            blocks.push(Block::Paragraph(condition(rule, form)));
        }
    }
    blocks.push(Block::Signature(vec![office.name.clone(), office.date.in_words()]));
    Some(Paper { blocks })
}

/// Whether a finding asks for something that is not there.
fn supplies(finding: &Finding) -> bool {
    matches!(finding.id, "MISSING" | "PLAN") || finding.remark == Remark::NoneTicked
}

/// A row a finding; what is simply not there, a row a section of the form.
fn table(findings: &[&Finding], form: &Form) -> Block {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut gaps: Vec<(Remark, String, String, usize)> = Vec::new();
    for finding in findings {
        let section = form.field(&finding.field).map(|field| field.section.clone()).unwrap_or_default();
        let name = label(form, ZH, &finding.field);
        if finding.id == "MISSING" {
            let same = |(remark, of, clause, _): &&(Remark, String, String, usize)| {
                *remark == finding.remark && *of == section && *clause == finding.clause
            };
            if let Some((.., at)) = gaps.iter().find(same) {
                if let Some(cell) = rows.get_mut(*at).and_then(|row| row.get_mut(1)) {
                    cell.push('、');
                    cell.push_str(&name);
                }
                continue;
            }
            gaps.push((finding.remark, section.clone(), finding.clause.clone(), rows.len()));
        }
        let at_place = place(ZH, finding.origin.as_ref());
        let clause = if finding.clause.is_empty() {
            format!("附件1 {section}").trim().to_owned()
        } else {
            finding.clause.clone()
        };
        rows.push(vec![
            rows.len().saturating_add(1).to_string(),
            name,
            if at_place.is_empty() { "—".to_owned() } else { at_place },
            said(form, ZH, finding),
            clause,
        ]);
    }
    Block::Table(Table {
        header: ["序号", "栏目", "所在位置", "需补正的内容", "依据"].map(str::to_owned).to_vec(),
        rows,
        widths: vec![3, 8, 6, 16, 7],
    })
}

/// A condition that is not known to be met, with what was read.
fn condition(rule: &Judged, form: &Form) -> String {
    let figures: Vec<String> =
        rule.grounds.iter().filter(|ground| ground.state != Truth::Met).map(|ground| figure(ground, form)).collect();
    let ask = match rule.state {
        Truth::NotMet => "如填写有误或有遗漏，请更正并附证明材料",
        Truth::Unknown | Truth::Met => "现有数据尚不能确定，请补充并附证明材料",
    };
    format!("{}（{}）。{}。{ask}。", rule.zh, rule.clause, figures.join("；"))
}

fn figure(ground: &Ground, form: &Form) -> String {
    let name = label(form, ZH, &ground.id);
    let lacks: Vec<String> = ground.lacks.iter().map(|id| label(form, ZH, id)).collect();
    let lacking = if lacks.is_empty() || ground.value.is_none() {
        String::new()
    } else {
        format!("，未读出：{}", lacks.join("、"))
    };
    let found = ground.value.as_deref().map_or_else(|| "未填写或未读出".to_owned(), |value| format!("现为{value}"));
    let wanted = held_against(ZH, ground.operator, &ground.bound);
    match ground.operator {
        "region" => format!("{name}的登记地代码为{}，条件为{wanted}", ground.value.as_deref().unwrap_or("（未确认）")),
        "is" => format!("{name}未能确认为独立法人"),
        _ => format!("{name}{found}，条件为{wanted}{lacking}"),
    }
}
