//! Figures as people write them in a box (数字栏): full-width digits, thousands
//! separators, units, words, 约 and 余. A figure is sure only where it can be
//! read in one way; everything else is a doubt with the likeliest value.
//!
//! Amounts come out in the field's own unit (万元), exactly: a change of unit
//! moves the decimal point, nothing is ever divided.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::base::text::one_spelling;
use crate::domain::application::Why;

use super::numerals::{self, Numeral, Unread};

/// What a cell gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading<T> {
    /// Nothing stands there.
    Empty,
    /// A value that can be read in one way only.
    Sure(T),
    /// Something that can't be proved, with the likeliest value.
    Doubt(Option<T>, Why),
}

impl<T> Reading<T> {
    /// The same reading of another value.
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Reading<U> {
        match self {
            Self::Empty => Reading::Empty,
            Self::Sure(value) => Reading::Sure(change(value)),
            Self::Doubt(value, why) => Reading::Doubt(value.map(change), why),
        }
    }
}

/// A figure and whether its unit was written beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figure {
    /// The value, in the field's unit.
    pub value: Decimal,
    /// Whether the unit stands in the cell itself.
    pub unit: bool,
}

/// What a field counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Things: pieces, people, firms, years.
    Count(Thing),
    /// Money in a unit of so many powers of ten of a yuan: 4 for 万元.
    Money(u32),
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thing {
    /// 件: patents.
    Piece,
    /// 人.
    Person,
    /// 家: firms.
    Firm,
    /// Anything, such as a running number or a year.
    Any,
}

/// Most places of an amount.
const MOST_PLACES: u32 = 4;

impl Measure {
    /// Of a field's unit.
    pub(super) fn of(unit: &str) -> Self {
        match unit {
            "件" | "项" => Self::Count(Thing::Piece),
            "人" | "名" => Self::Count(Thing::Person),
            "家" => Self::Count(Thing::Firm),
            _ => money_unit(unit).map_or(Self::Count(Thing::Any), Self::Money),
        }
    }

    fn takes(self, word: &str) -> bool {
        let words: &[&str] = match self {
            Self::Count(Thing::Piece) => &["件", "项", "个", "件次", "项次", "件专利", "项专利", "条"],
            Self::Count(Thing::Person) => &["人", "名", "位", "个", "人次", "个人"],
            Self::Count(Thing::Firm) => &["家", "个", "户", "家企业", "家次", "家单位"],
            Self::Count(Thing::Any) => &["年", "年度", "号", "个", "件", "项", "家", "人", "名"],
            Self::Money(_) => &[],
        };
        word.is_empty() || words.contains(&word)
    }
}

/// The power of ten of a unit of money: 元 0, 千元 3, 万元 4, 亿元 8.
pub(super) fn money_unit(unit: &str) -> Option<u32> {
    let unit = unit.strip_prefix("人民币").unwrap_or(unit);
    Some(match unit {
        "元" | "圆" | "块" => 0,
        "百元" => 2,
        "千元" => 3,
        "万元" | "万" | "万圆" => 4,
        "十万元" => 5,
        "百万元" => 6,
        "千万元" => 7,
        "亿元" | "亿" => 8,
        _ => return None,
    })
}

const BEFORE: [&str; 22] = [
    "大约",
    "约为",
    "约",
    "将近",
    "接近",
    "近",
    "超过",
    "超",
    "不少于",
    "不低于",
    "至少",
    "逾",
    "多于",
    "不足",
    "不到",
    "高于",
    "大于",
    "小于",
    "不超过",
    "≥",
    "≤",
    ">",
];
const MORE_BEFORE: [&str; 7] = ["<", "~", "≈", "大概", "估计", "预计", "最多"];
const BEHIND: [&str; 9] = ["左右", "上下", "以上", "以下", "以内", "余", "多", "+", "许"];
const FILLERS: [&str; 8] = ["共计", "合计", "总计", "累计", "共", "计", "人民币", "rmb"];
const CURRENCIES: [&str; 12] = ["美元", "美金", "欧元", "港元", "港币", "日元", "英镑", "韩元", "usd", "$", "€", "£"];
const MARKS: [&str; 16] =
    ["无", "没有", "暂无", "-", "--", "---", "—", "——", "–", "/", "//", "\\", "n/a", "na", "不涉及", "无此项"];

/// Whether a text stands for nothing: 无, a dash, a stroke.
pub(super) fn is_mark(text: &str) -> bool {
    let folded = one_spelling(text).to_lowercase();
    let bare: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.trim_end_matches(['。', '.', ';', '；']);
    MARKS.contains(&bare)
        || (!bare.is_empty()
            && bare.chars().all(|c| matches!(c, '-' | '—' | '–' | '―' | '─' | '/' | '_' | '−' | '﹣' | 'ー')))
}

/// Whether a sign is the mark of a note: ¹, ①, ⑴. In one spelling it would be a digit.
fn is_note_mark(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '\u{2070}'..='\u{2089}' | '\u{2460}'..='\u{249b}' | '\u{24ea}'..='\u{24ff}' | '\u{2776}'..='\u{2793}')
}

/// Reads a figure. `header` is the unit over its column, where one is named.
pub(super) fn read(text: &str, measure: Measure, header: Option<u32>) -> Reading<Figure> {
    if text.contains(is_note_mark) {
        let without: String = text.chars().filter(|c| !is_note_mark(*c)).collect();
        return match read_plain(&without, measure, header) {
            Reading::Empty => Reading::Doubt(None, Why::NotAValue),
            Reading::Sure(figure) => Reading::Doubt(Some(figure), Why::NotAValue),
            doubt @ Reading::Doubt(..) => doubt,
        };
    }
    read_plain(text, measure, header)
}

fn read_plain(text: &str, measure: Measure, header: Option<u32>) -> Reading<Figure> {
    let folded = one_spelling(text).to_lowercase();
    if folded.chars().all(|c| c.is_whitespace() || matches!(c, '_' | '\u{200b}' | '\u{feff}')) {
        return Reading::Empty;
    }
    let doubt = |why| Reading::Doubt(None, why);
    if is_mark(text) {
        return Reading::Doubt(Some(Figure { value: Decimal::ZERO, unit: false }), Why::Mark);
    }
    if CURRENCIES.iter().any(|currency| folded.contains(currency)) {
        return doubt(Why::Unit);
    }
    let Some(mut body) = closed_up(&folded) else { return doubt(Why::Several) };
    let mut why: Option<Why> = None;
    // Words before and behind.
    let mut yen = false;
    loop {
        let before = body.len();
        for word in BEFORE.iter().chain(&MORE_BEFORE) {
            if let Some(rest) = body.strip_prefix(word) {
                why = Some(Why::About);
                body = rest.to_owned();
                break;
            }
        }
        for word in FILLERS {
            if let Some(rest) = body.strip_prefix(word) {
                body = rest.to_owned();
                break;
            }
        }
        if let Some(rest) = body.strip_prefix(['¥', '￥']) {
            yen = true;
            body = rest.to_owned();
        }
        for word in BEHIND {
            if let Some(rest) = body.strip_suffix(word) {
                why = Some(Why::About);
                body = rest.to_owned();
                break;
            }
        }
        if let Some(rest) = body.strip_suffix(['。', ';', '；', '整', '正', ',', '，', '、']) {
            body = rest.to_owned();
        }
        if body.len() == before {
            break;
        }
    }
    // A remark in brackets: with a figure of its own it is a second one.
    if let Some((head, tail)) = body.split_once('(') {
        let tail = tail.strip_suffix(')').unwrap_or(tail);
        if tail.chars().any(|c| c.is_ascii_digit()) {
            return doubt(Why::Several);
        }
        if !matches!(tail, "人民币" | "rmb" | "含税") && money_unit(tail).is_none() && !measure.takes(tail) {
            why = why.or(Some(Why::NotAValue));
        }
        body = if money_unit(tail).is_some() { format!("{head}{tail}") } else { head.to_owned() };
    }
    let negative = body.starts_with('-') && body.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    if negative {
        return doubt(Why::NotAValue);
    }
    let number: String = body.chars().take_while(|c| numerals::is_numeral(*c)).collect();
    let mut rest: &str = body.strip_prefix(number.as_str()).unwrap_or_default();
    if number.is_empty() {
        return doubt(if body.chars().filter(char::is_ascii_digit).count() > 0 {
            Why::Several
        } else {
            Why::NotAValue
        });
    }
    for word in ["余", "多", "来", "几"] {
        if let Some(after) = rest.strip_prefix(word) {
            why = Some(Why::About);
            rest = after;
        }
    }
    if rest.chars().any(|c| c.is_ascii_digit()) {
        // 12万元3千元, 12元5角, 10至12, 3/5.
        return match in_coins(&body, measure) {
            Some(value) => settle(value, true, measure, why),
            None => doubt(Why::Several),
        };
    }
    let numeral = match numerals::read(&number) {
        Ok(numeral) => numeral,
        Err(Unread::TooLong) => return doubt(Why::TooLong),
        Err(Unread::Several) => return doubt(Why::Several),
        Err(Unread::NotANumber) => {
            return in_coins(&body, measure)
                .map_or_else(|| doubt(Why::NotAValue), |value| settle(value, true, measure, why));
        }
    };
    match measure {
        Measure::Count(_) => counted(numeral, rest, measure, why),
        Measure::Money(power) => money(numeral, &number, rest, (power, header.unwrap_or(power)), yen, why),
    }
}

/// The text without its blanks; nothing where a blank parts two numbers.
fn closed_up(folded: &str) -> Option<String> {
    let signs: Vec<char> = folded.trim().chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while let Some(&c) = signs.get(at) {
        if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}') {
            let next = signs.iter().skip(at).position(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}'));
            let next_digit = next.is_some_and(|skip| signs.get(at + skip).is_some_and(char::is_ascii_digit));
            let after_digit = out.chars().last().is_some_and(|c| c.is_ascii_digit());
            if next_digit && after_digit {
                // 1 234 567: three digits behind every blank, one to three before the first.
                let group = signs.iter().skip(at + next.unwrap_or(0)).take_while(|c| c.is_ascii_digit()).count();
                let lead = out.chars().rev().take_while(char::is_ascii_digit).count();
                if group != 3 || lead > 3 || out.contains('.') {
                    return None;
                }
                out.push(',');
            }
            at += next.unwrap_or(1);
            continue;
        }
        out.push(match c {
            '。' | '·' | '．' if signs.get(at + 1).is_some_and(char::is_ascii_digit) && !out.is_empty() => '.',
            '，' | '﹐' => ',',
            c => c,
        });
        at += 1;
    }
    Some(out)
}

fn counted(numeral: Numeral, rest: &str, measure: Measure, mut why: Option<Why>) -> Reading<Figure> {
    if !measure.takes(rest) {
        let money = money_unit(rest).is_some();
        why = Some(if money || rest == "%" || is_unit(rest) { Why::Unit } else { why.unwrap_or(Why::NotAValue) });
    }
    let Some(value) = numerals::shifted(numeral.figures, numeral.power) else {
        return Reading::Doubt(None, Why::TooLong);
    };
    settle(value, !rest.is_empty(), measure, why)
}

fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "件" | "项" | "个" | "人" | "名" | "位" | "家" | "户" | "年" | "月" | "次" | "篇" | "%" | "‰" | "天" | "小时"
    )
}

/// An amount: `(field, header)` are powers of ten of the field's and the column's unit.
fn money(
    numeral: Numeral,
    written: &str,
    rest: &str,
    (field, header): (u32, u32),
    yen: bool,
    mut why: Option<Why>,
) -> Reading<Figure> {
    let in_yuan = matches!(rest, "元" | "圆" | "块" | "块钱" | "元人民币");
    let words = !written.starts_with(|c: char| c.is_ascii_digit());
    // The power of ten its figures stand for, in yuan.
    let mut power = numeral.power;
    if !in_yuan && rest.is_empty() {
        if power >= 4 {
            // 1.2万: 万元 is meant.
        } else if numeral.compound {
            // 12万3千 without 元: yuan most likely.
            why = why.or(Some(Why::Unit));
        } else if power > 0 && !words {
            // 3千: of yuan, or of the column's unit?
            why = why.or(Some(Why::Unit));
        } else {
            power += header;
            if yen && header != 0 {
                why = why.or(Some(Why::Unit));
            }
        }
    } else if !in_yuan {
        why = Some(if is_unit(rest) { Why::Unit } else { why.unwrap_or(Why::NotAValue) });
        power += header;
    }
    let value = match power.cmp(&field) {
        Ordering::Equal => Some(numeral.figures),
        Ordering::Greater => numerals::shifted(numeral.figures, power - field).map(|v| v.normalize()),
        Ordering::Less => numerals::divided(numeral.figures, field - power),
    };
    let Some(value) = value else { return Reading::Doubt(None, Why::TooLong) };
    settle(value, in_yuan || numeral.power >= 4, Measure::Money(field), why)
}

/// An amount with 元 inside: 十二万元三千元 is none, 12元5角 and 壹佰元伍角 are.
fn in_coins(body: &str, measure: Measure) -> Option<Decimal> {
    let Measure::Money(field) = measure else { return None };
    let (yuan, mut coins) = body.split_once(['元', '圆'])?;
    let yuan = numerals::read(yuan).ok()?;
    let mut value = numerals::shifted(yuan.figures, yuan.power)?;
    for (word, places) in [('角', 1), ('分', 2)] {
        if let Some((count, rest)) = coins.split_once(word) {
            let count = numerals::read(count.trim_start_matches('零')).ok()?;
            if count.power != 0 || count.figures.scale() != 0 || count.figures > Decimal::from(9) {
                return None;
            }
            value = value.checked_add(numerals::divided(count.figures, places)?)?;
            coins = rest;
        }
    }
    (coins.is_empty() && value.scale() <= 2).then(|| numerals::divided(value, field)).flatten()
}

fn settle(value: Decimal, unit: bool, measure: Measure, why: Option<Why>) -> Reading<Figure> {
    let figure = Figure { value, unit };
    let places = value.normalize().scale();
    let why = match measure {
        Measure::Count(_) if places > 0 => Some(Why::NotAValue),
        Measure::Money(_) if places > MOST_PLACES => Some(Why::TooLong),
        _ => why,
    };
    let value = if matches!(measure, Measure::Count(_)) { Figure { value: value.normalize(), unit } } else { figure };
    why.map_or(Reading::Sure(value), |why| Reading::Doubt(Some(value), why))
}

#[cfg(test)]
#[path = "amounts_tests.rs"]
mod tests;
