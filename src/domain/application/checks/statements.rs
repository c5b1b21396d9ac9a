//! Figures in running text (叙述中的数字): “近三年授权专利206件（发明94件）” is two
//! statements. What a number is about is told by the words of its own clause.

use rust_decimal::Decimal;

use crate::domain::packet::read_number;

/// What a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// 专利授权量.
    Grants,
    /// 发明专利授权量.
    Inventions,
    /// 实用新型.
    UtilityModels,
    /// 外观设计.
    Designs,
    /// 有效专利.
    InForce,
    /// 转化件数.
    Pieces,
    /// 转让件数.
    Assigned,
    /// 许可件数.
    Licensed,
    /// 作价入股件数.
    Invested,
    /// 合同金额.
    Amount,
    /// 到账额.
    Received,
    /// 对接企业数.
    Enterprises,
}

/// A figure of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// What it is about.
    pub(super) subject: Subject,
    /// The figure as written.
    pub(super) value: Decimal,
    /// What one of it is in the tables' unit: 10,000 for 亿元.
    pub(super) unit: Decimal,
    /// Whether it is given roughly (约, 余).
    pub(super) rough: bool,
    /// The clause, to be shown.
    pub(super) words: String,
}

/// Words of what is not yet, or not of all three years.
const NOT_DONE: [&str; 15] = [
    "年均", "每年", "目标", "力争", "预计", "计划", "拟", "将", "争取", "到2025", "到2024", "到2023", "年度", "未来",
    "今后",
];
/// Words of what the tables do not count.
const OTHER_THINGS: [&str; 14] = [
    "PCT",
    "国际",
    "国外",
    "海外",
    "美国",
    "软件",
    "商标",
    "著作",
    "新品种",
    "申请量",
    "受理",
    "评估",
    "重点维护",
    "备案",
];
/// Signs that end a sentence.
const SENTENCE: [char; 5] = ['。', '；', ';', '\n', '！'];
/// Signs that end a clause.
const CLAUSE: [char; 8] = ['，', ',', '、', '（', '(', '）', ')', '：'];
/// A rough figure, said before it and behind it.
const ROUGH: [&str; 7] = ["约", "近", "超", "超过", "逾", "达到近", "不少于"];

/// The statements of a text about the years asked for.
pub(super) fn statements(text: &str, years: &[String]) -> Vec<Statement> {
    let mut out = Vec::new();
    let folded: String = text.chars().map(half_width).collect();
    for sentence in folded.split(SENTENCE) {
        let mut before = String::new();
        for clause in clauses(sentence) {
            out.extend(statement(&before, &clause, years));
            before.push_str(&clause);
            before.push('，');
        }
    }
    out
}

/// Digits, letters and the signs of numbers, half-width; text marks stay.
fn half_width(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '．' | '％' => {
            char::from_u32(u32::from(c).saturating_sub(0xfee0)).unwrap_or(c)
        }
        _ => c,
    }
}

/// Clauses of a sentence; a comma between digits is of the number.
fn clauses(sentence: &str) -> Vec<String> {
    let signs: Vec<char> = sentence.chars().collect();
    let mut out = vec![String::new()];
    for (at, sign) in signs.iter().enumerate() {
        let digit = |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(char::is_ascii_digit);
        let within = matches!(sign, ',' | '，') && digit(at.checked_sub(1)) && thousand(&signs, at);
        if CLAUSE.contains(sign) && !within {
            out.push(String::new());
        } else if let Some(last) = out.last_mut() {
            last.push(if within { ',' } else { *sign });
        }
    }
    out
}

/// Whether exactly three digits follow.
fn thousand(signs: &[char], at: usize) -> bool {
    let digit = |ahead: usize| signs.get(at.saturating_add(ahead)).is_some_and(char::is_ascii_digit);
    digit(1) && digit(2) && digit(3) && !digit(4)
}

/// The last figure of a clause with a unit, and what it is about.
fn statement(before: &str, clause: &str, years: &[String]) -> Option<Statement> {
    let (head, number, tail) = last_number(clause)?;
    let value = read_number(&number)?;
    let behind = tail.trim_start().trim_start_matches(['余', '多']);
    let (unit, of) = [("亿元", 10_000), ("万元", 1), ("件", 1), ("项", 1), ("家", 1)]
        .into_iter()
        .find(|(unit, _)| behind.starts_with(unit))?;
    let rough = tail.trim_start().starts_with(['余', '多'])
        || ROUGH.iter().any(|word| head.trim_end().ends_with(word))
        || behind.trim_start_matches(unit).starts_with(['以', '左', '余', '多']);
    let whole = format!("{before}{head}");
    if NOT_DONE.iter().any(|word| head.contains(word) || before.ends_with(&format!("{word}，")))
        || OTHER_THINGS.iter().any(|word| head.contains(word))
        || single_year(&whole, years)
    {
        return None;
    }
    let subject = subject(before, &head, unit)?;
    let words = format!("{}{number}{}", head.trim(), tail.get(..tail.find(unit)? + unit.len())?);
    Some(Statement { subject, value, unit: Decimal::from(of), rough, words })
}

/// The last run of digits of a clause, with what stands before and behind.
fn last_number(clause: &str) -> Option<(String, String, String)> {
    let signs: Vec<char> = clause.chars().collect();
    let part = |c: &char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let end = signs.iter().rposition(char::is_ascii_digit)?.checked_add(1)?;
    let start = signs.get(..end)?.iter().rposition(|c| !part(c)).map_or(0, |at| at.saturating_add(1));
    let text = |range: Option<&[char]>| range.unwrap_or_default().iter().collect::<String>();
    Some((text(signs.get(..start)), text(signs.get(start..end)), text(signs.get(end..))))
}

/// Whether a year is named, and not the first and the last of those asked for.
fn single_year(text: &str, years: &[String]) -> bool {
    let named = text.match_indices("20").any(|(at, _)| {
        text.get(at..).is_some_and(|rest| {
            let digits = rest.chars().take_while(char::is_ascii_digit).count();
            digits == 4
        })
    });
    let span =
        years.first().zip(years.last()).is_some_and(|(a, z)| text.contains(a.as_str()) && text.contains(z.as_str()));
    named && !span
}

fn subject(before: &str, head: &str, unit: &str) -> Option<Subject> {
    let says = |words: &[&str]| words.iter().any(|word| head.contains(word));
    let said = |words: &[&str]| words.iter().any(|word| before.contains(word) || head.contains(word));
    match unit {
        "家" => (says(&["对接"]) && says(&["企业"])).then_some(Subject::Enterprises),
        "万元" | "亿元" => {
            if says(&["到账", "到帐"]) && said(&["转化", "转让", "合同"]) && !says(&["转让", "许可", "入股"])
            {
                Some(Subject::Received)
            } else if says(&["合同金额", "合同额", "合同总额", "转化金额", "成交额", "交易额", "转化合同"])
                && !head_names_one_table(head)
            {
                Some(Subject::Amount)
            } else {
                None
            }
        }
        _ => pieces(before, head, unit),
    }
}

fn head_names_one_table(head: &str) -> bool {
    let named = ["转让", "许可", "入股"].iter().filter(|word| head.contains(**word)).count();
    named == 1
}

fn pieces(before: &str, head: &str, unit: &str) -> Option<Subject> {
    let says = |word: &str| head.contains(word);
    if unit != "件" || says("申请") && !says("授权") || says("发布") || says("开放许可") {
        return None;
    }
    // Deals put on record (备案) are counted otherwise.
    if says("应备") || says("已备") {
        return None;
    }
    // “转让、许可和作价入股共218件” names the ways and counts them together.
    let last = before.trim_end_matches('，').rsplit('，').next().unwrap_or_default();
    let with = if last.chars().any(|c| c.is_ascii_digit()) { "" } else { last };
    let ways = ["转让", "许可", "入股"].iter().filter(|way| says(way) || with.contains(**way)).count();
    if says("转化") || ways > 1 {
        return Some(Subject::Pieces);
    }
    for (word, subject) in [("转让", Subject::Assigned), ("作价入股", Subject::Invested), ("许可", Subject::Licensed)]
    {
        if says(word) {
            return Some(subject);
        }
    }
    if says("有效") {
        return (!says("发明")).then_some(Subject::InForce);
    }
    // 累计授权 without 近三年 is of all years.
    let granted = says("授权") || before.contains("授权");
    let all_years = (says("累计") || says("历年")) && !says("三年") && !before.contains("三年");
    let later = ["转化", "转让", "许可", "有效"].iter().any(|word| before.contains(word)) && !says("授权");
    if !granted || all_years || later {
        return None;
    }
    if says("发明") {
        Some(Subject::Inventions)
    } else if says("实用新型") {
        Some(Subject::UtilityModels)
    } else if says("外观") {
        Some(Subject::Designs)
    } else {
        (says("授权") && says("专利")).then_some(Subject::Grants)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(Subject, String)> {
        let years = ["2020", "2021", "2022"].map(str::to_owned);
        statements(text, &years).into_iter().map(|one| (one.subject, one.value.to_string())).collect()
    }

    #[test]
    fn one_sentence_says_several_things() {
        let text = "我单位建有12个二级单位。近三年授权专利730件（发明334件），通过转让、许可、作价入股累计转化实施专利228件，合同金额1072.30万元，对接企业29家。";
        assert_eq!(
            said(text),
            [
                (Subject::Grants, "730".to_owned()),
                (Subject::Inventions, "334".to_owned()),
                (Subject::Pieces, "228".to_owned()),
                (Subject::Amount, "1072.30".to_owned()),
                (Subject::Enterprises, "29".to_owned()),
            ]
        );
        assert_eq!(said("近三年转让、许可和作价入股218件"), [(Subject::Pieces, "218".to_owned())]);
        assert_eq!(said("转让、许可应备39件，已备31件"), []);
        assert_eq!(said("专利授权量共１，２０６件"), [(Subject::Grants, "1206".to_owned())]);
        assert_eq!(
            said("其中转让专利40件、许可15件"),
            [(Subject::Assigned, "40".to_owned()), (Subject::Licensed, "15".to_owned())]
        );
    }

    #[test]
    fn plans_single_years_and_other_things_are_no_statements() {
        for text in [
            "到2025年，年均转化专利81件。",
            "2022年授权专利89件",
            "力争授权专利100件",
            "累计授权专利5000件",
            "申请专利300件",
            "PCT专利授权5件",
            "实行专利分级分类管理，9件列入A类重点维护",
            "推进专利开放许可，发布30件",
            "授权专利占比30%",
        ] {
            assert_eq!(said(text), [], "{text}");
        }
        assert_eq!(said("2020年至2022年授权专利206件"), [(Subject::Grants, "206".to_owned())]);
    }

    #[test]
    fn rough_figures_say_so() {
        let years = ["2020", "2021", "2022"].map(str::to_owned);
        for text in ["近三年授权专利200余件", "近三年授权专利约200件", "近三年授权专利200件左右"]
        {
            assert!(statements(text, &years)[0].rough, "{text}");
        }
        assert!(!statements("近三年授权专利200件", &years)[0].rough);
        assert_eq!(statements("合同金额1.2亿元", &years)[0].unit, Decimal::from(10_000));
    }
}
