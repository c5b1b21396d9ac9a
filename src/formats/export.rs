//! What leaves the program as a document: csv that no spreadsheet runs, and
//! markdown; always in Chinese. Times and heads come in as arguments, so that
//! the same input gives the same bytes.

use crate::base::clean::{clean, clean_line, formula_safe};
use crate::base::{Digest, Lang};
use crate::domain::across::Standardised;
use crate::domain::rubric::{QuotaKind, Statistic};
use crate::domain::standing::{Dropped, Rule, Standee, Standing};

use super::rule_words::rule_in_words;
use super::standing_json::Of;

/// A table as csv: UTF-8 with a mark (Excel and WPS in China read it as GBK
/// without), CRLF, no cell that starts a formula.
#[must_use]
pub fn csv_bytes(table: &[Vec<String>]) -> Vec<u8> {
    let mut out = b"\xef\xbb\xbf".to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(&mut out);
    for row in table {
        // Writing into memory can't fail.
        let _written = writer.write_record(row.iter().map(|cell| formula_safe(cell)));
    }
    drop(writer);
    out
}

/// What stands on every document beside its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Title of the template.
    pub title: String,
    /// The log's head (存证码).
    pub head: Digest,
    /// The moment, local, to the minute.
    pub at: String,
}

/// What the quota's number means, in Chinese.
#[must_use]
pub fn quota_in_words(kind: QuotaKind, quota: Option<u32>) -> String {
    match (kind, quota) {
        (QuotaKind::Hard, Some(n)) => format!("不超过 {n} 家"),
        (QuotaKind::Soft, Some(n)) => format!("{n} 家左右"),
        (QuotaKind::Exact, Some(n)) => format!("正好 {n} 家"),
        _ => "未定名额".to_owned(),
    }
}

/// A place's calculation, as a person would check it on paper.
#[must_use]
pub fn sum_in_words(place: &Standee, rule: &Rule) -> String {
    let Some(score) = place.score else { return "没有结果".to_owned() };
    let places = rule.aggregation.places;
    if let Some(raw) = place.raw {
        let raw = Standee { score: Some(raw), raw: None, ..place.clone() };
        return format!("{}（原始分）；组间标准化后 {}", sum_in_words(&raw, rule), score.fixed(places));
    }
    match &place.dropped {
        Dropped::Marks(_) => format!("各项分别统计后相加 = {}", score.fixed(places)),
        Dropped::Totals(dropped) => {
            let kept: Vec<_> = place.expert_totals.iter().filter(|(expert, _)| !dropped.contains(expert)).collect();
            let sum = crate::base::points::sum(kept.iter().map(|(_, total)| **total));
            let sum = i64::try_from(sum)
                .map_or_else(|_| "?".to_owned(), |units| crate::base::Points::from_units(units).to_string());
            let terms = kept.iter().map(|(_, total)| total.to_string()).collect::<Vec<_>>().join(" + ");
            let away: Vec<String> = dropped
                .iter()
                .map(|expert| {
                    format!("{expert} {}", place.expert_totals.get(expert).map(ToString::to_string).unwrap_or_default())
                })
                .collect();
            let away = if away.is_empty() { String::new() } else { format!("（去掉 {}）", away.join("、")) };
            match rule.aggregation.statistic {
                Statistic::Mean => {
                    format!("({terms}) ÷ {} = {sum} ÷ {} = {}{away}", kept.len(), kept.len(), score.fixed(places))
                }
                Statistic::Sum => format!("{terms} = {}{away}", score.fixed(places)),
                Statistic::Median => format!("{terms} 的中位数 = {}{away}", score.fixed(places)),
            }
        }
    }
}

fn rank_text(place: &Standee) -> String {
    match place.rank_text() {
        Some(rank) if place.tied => format!("{rank} 并列"),
        Some(rank) => rank,
        None => "-".to_owned(),
    }
}

fn line_text(place: &Standee, standing: &Standing) -> &'static str {
    if standing.cut.above.contains(&place.code) {
        "线上"
    } else if standing.cut.tied_at_line.contains(&place.code) {
        "线上同分"
    } else if standing.cut.kind == QuotaKind::None {
        ""
    } else {
        "线下"
    }
}

fn totals_text(place: &Standee) -> String {
    place
        .expert_totals
        .iter()
        .map(
            |(expert, total)| {
                if place.dropped.has_total(expert) {
                    format!("{expert} ({total})")
                } else {
                    format!("{expert} {total}")
                }
            },
        )
        .collect::<Vec<_>>()
        .join("；")
}

fn flags_text(place: &Standee) -> String {
    place.flags.iter().map(|flag| flag.words(Lang::Zh)).collect::<Vec<_>>().join("；")
}

/// What a document of a round for practice says of itself.
fn practice_line(practice: bool) -> Option<&'static str> {
    practice.then_some("演练：本轮用公开的密钥，没有设口令，签名和加密都不作数。")
}

fn demo_line(demo: bool) -> Option<&'static str> {
    demo.then_some("演示数据：单位、专家和分数都是虚构的，不得用于任何评审。")
}

/// The shortlist as csv.
#[must_use]
pub fn shortlist_csv(of: &Of, standing: &Standing, stamp: &Stamp) -> Vec<u8> {
    let dimensions: Vec<_> = standing
        .places
        .iter()
        .flat_map(|p| p.dimensions.keys())
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    let mut header: Vec<String> = ["名次", "编号", "得分", "有效表", "推荐票", "名额线"].map(str::to_owned).to_vec();
    let raw = standing.places.iter().any(|place| place.raw.is_some());
    header.extend(dimensions.iter().map(|id| format!("{id} 平均")));
    header.extend(["同分由何项分出", "专家总分（括号内为去掉的）", "算式", "说明"].map(str::to_owned));
    header.extend(raw.then(|| "原始分".to_owned()));
    let mut table = vec![header];
    let places = standing.rule.aggregation.places;
    for place in &standing.places {
        let mut row = vec![
            rank_text(place),
            place.code.to_string(),
            place.score.map(|score| score.fixed(places)).unwrap_or_default(),
            place.valid_sheets.to_string(),
            format!("{}/{}", place.votes.recommend, place.votes.said),
            line_text(place, standing).to_owned(),
        ];
        row.extend(dimensions.iter().map(|id| place.dimensions.get(id).map(|v| v.fixed(places)).unwrap_or_default()));
        row.push(place.tie_break.as_ref().map(ToString::to_string).unwrap_or_default());
        row.push(totals_text(place));
        row.push(sum_in_words(place, &standing.rule));
        row.push(flags_text(place));
        if raw {
            row.push(place.raw.map(|raw| raw.fixed(places)).unwrap_or_default());
        }
        table.push(row);
    }
    table.push(Vec::new());
    for (name, value) in particulars(of, standing, stamp) {
        table.push(vec![name, value]);
    }
    csv_bytes(&table)
}

fn particulars(of: &Of, standing: &Standing, stamp: &Stamp) -> Vec<(String, String)> {
    let mut lines = vec![
        ("评审".to_owned(), stamp.title.clone()),
        ("名额".to_owned(), quota_in_words(standing.cut.kind, standing.cut.quota)),
        ("计分规则".to_owned(), rule_in_words(Lang::Zh, &standing.rule)),
        ("一级指标".to_owned(), "各自用全部有效表按同一规则统计，所以不一定加得成得分。".to_owned()),
        ("模板".to_owned(), format!("{} {}，{}", of.template.0, of.template.1, of.template.2)),
        ("评分表摘要".to_owned(), standing.sheets.to_string()),
        ("轮次".to_owned(), of.round.to_string()),
        ("存证码".to_owned(), stamp.head.receipt()),
        ("导出时间".to_owned(), stamp.at.clone()),
        ("性质".to_owned(), "推荐排序，会议研究材料，不是评审结论。".to_owned()),
    ];
    lines.extend(standing.across.as_ref().map(|across| ("组间标准化".to_owned(), across_in_words(across))));
    if !of.amendments.is_empty() {
        let each = of.amendments.iter().map(|(amendment, document)| {
            let words = amendment.change.words(Lang::Zh);
            format!("第 {} 号：{words}（理由：{}；文件 {}）", amendment.number, amendment.reason, document.short())
        });
        lines.push(("更正与变更".to_owned(), each.collect::<Vec<_>>().join("；")));
    }
    if let Some(note) = demo_line(of.demo).or(practice_line(of.practice)) {
        lines.insert(0, ("注意".to_owned(), note.to_owned()));
    }
    lines
}

/// What became of making groups comparable.
fn across_in_words(across: &Standardised) -> String {
    across.why_not.as_ref().map_or_else(
        || "已按规则标准化；得分是标准化以后的，原始分另列".to_owned(),
        |why| format!("没有标准化，全部用原始分：{}", why.words(Lang::Zh)),
    )
}

/// Text as a markdown cell.
pub(super) fn md(text: &str) -> String {
    clean_line(text)
        .replace('\\', "\\\\")
        .replace('|', "\\|")
        .replace('<', "&lt;")
        .replace('*', "\\*")
        .replace('_', "\\_")
        .replace('`', "\\`")
        .replace('[', "\\[")
}

/// The shortlist as markdown.
#[must_use]
pub fn shortlist_md(of: &Of, standing: &Standing, stamp: &Stamp) -> String {
    let places = standing.rule.aggregation.places;
    let mut out = format!("# 推荐排序（会议研究材料）\n\n{}\n\n", md(&stamp.title));
    if let Some(demo) = demo_line(of.demo).or(practice_line(of.practice)) {
        out.push_str(&format!("**{demo}**\n\n"));
    }
    out.push_str("| 名次 | 编号 | 得分 | 有效表 | 推荐票 | 专家总分（括号内为去掉的） | 说明 |\n|---:|---|---:|---:|---:|---|---|\n");
    let line = format!("| | **名额线：{}** | | | | | |\n", quota_in_words(standing.cut.kind, standing.cut.quota));
    for (at, place) in standing.places.iter().enumerate() {
        if standing.line_after() == Some(at) {
            out.push_str(&line);
        }
        let tie = place.tie_break.as_ref().map(|id| format!("同分由 {id} 分出"));
        let raw = place.raw.map(|raw| format!("原始分 {}", raw.fixed(places)));
        let notes: Vec<String> =
            raw.into_iter().chain(tie).chain(place.flags.iter().map(|flag| flag.words(Lang::Zh))).collect();
        out.push_str(&format!(
            "| {} | {} | {} | {} | {}/{} | {} | {} |\n",
            rank_text(place),
            place.code,
            place.score.map_or_else(|| "-".to_owned(), |score| score.fixed(places)),
            place.valid_sheets,
            place.votes.recommend,
            place.votes.said,
            md(&totals_text(place)),
            md(&notes.join("；"))
        ));
    }
    if standing.line_after() == Some(standing.places.len()) {
        out.push_str(&line);
    }
    if !standing.cut.tied_at_line.is_empty() {
        let tied = standing.cut.tied_at_line.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
        out.push_str(&format!(
            "\n名额线上还剩 {} 个名额，{tied} 同分，规则已用尽，由会议表决。\n",
            standing.cut.seats_left
        ));
    }
    out.push_str("\n## 算式\n\n");
    for place in &standing.places {
        out.push_str(&format!("- {}：{}\n", place.code, md(&sum_in_words(place, &standing.rule))));
    }
    out.push_str("\n## 依据\n\n");
    for (name, value) in particulars(of, standing, stamp) {
        out.push_str(&format!("- {name}：{}\n", md(&value)));
    }
    out
}

/// A published list: number, name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Title of the template.
    pub title: String,
    /// Names in order.
    pub names: Vec<String>,
    /// Steps after review, as the template has them.
    pub steps: Vec<String>,
    /// The log's head.
    pub head: Digest,
    /// Whether the round is a demonstration.
    pub demo: bool,
    /// Whether the round is for practice.
    pub practice: bool,
}

/// The list to be published, as csv: no scores, no codes, no experts.
#[must_use]
pub fn published_csv(list: &Published) -> Vec<u8> {
    let mut table = vec![["序号", "单位名称"].map(str::to_owned).to_vec()];
    for (at, name) in list.names.iter().enumerate() {
        table.push(vec![(at + 1).to_string(), name.clone()]);
    }
    if let Some(demo) = demo_line(list.demo) {
        table.push(vec![String::new(), demo.to_owned()]);
    }
    csv_bytes(&table)
}

/// The list to be published, as markdown.
#[must_use]
pub fn published_md(list: &Published) -> String {
    let mut out = format!("# 拟推荐名单\n\n{}\n\n", md(&list.title));
    if let Some(demo) = demo_line(list.demo).or(practice_line(list.practice)) {
        out.push_str(&format!("**{demo}**\n\n"));
    }
    out.push_str("| 序号 | 单位名称 |\n|---:|---|\n");
    for (at, name) in list.names.iter().enumerate() {
        out.push_str(&format!("| {} | {} |\n", at + 1, md(name)));
    }
    if !list.steps.is_empty() {
        out.push_str(&format!(
            "\n程序：{}。本名单按得分次序排列，未经会议研究和公示无异议的，不是最终结果。\n",
            clean(&list.steps.join(" → "))
        ));
    }
    out.push_str(&format!("\n存证码：{}\n", list.head.receipt()));
    out
}
