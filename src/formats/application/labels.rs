//! Labels as they are compared (标签): without blanks, line breaks, punctuation,
//! brackets, width or case, and without the ordinal before them. `单 位　名称：`
//! and `1．单位名称（全称）` are both 单位名称.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::base::text::one_spelling;

/// The ways a short text is compared.
#[derive(Debug)]
pub(super) struct Keys {
    /// All of it.
    pub whole: String,
    /// Without what stands in brackets.
    pub bare: String,
    /// All of it without its ordinal.
    pub plain: String,
    /// Without ordinal and brackets.
    pub plain_bare: String,
}

/// Most texts whose keys are kept at hand.
const MOST_KEPT: usize = 20_000;

thread_local! {
    // The same few labels are compared with every cell of every form.
    static KEPT: RefCell<HashMap<String, Rc<Keys>>> = RefCell::new(HashMap::new());
}

/// The keys of a short text; worked out once.
pub(super) fn keys(text: &str) -> Rc<Keys> {
    KEPT.with(|kept| {
        let mut kept = kept.borrow_mut();
        if let Some(keys) = kept.get(text) {
            return Rc::clone(keys);
        }
        let plain = without_ordinal(text);
        let keys =
            Rc::new(Keys { whole: key(text), bare: bare_key(text), plain: key(plain), plain_bare: bare_key(plain) });
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(text.to_owned(), Rc::clone(&keys));
        keys
    })
}

/// A text as it is compared: letters, digits and characters only.
pub(super) fn key(text: &str) -> String {
    one_spelling(text).chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// The same, without what stands in brackets.
pub(super) fn bare_key(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in one_spelling(text).chars() {
        match c {
            '(' | '[' | '〔' | '【' | '{' => depth += 1,
            ')' | ']' | '〕' | '】' | '}' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

/// Longest text that may be a label, in bytes; running text is none.
const LONGEST: usize = 240;

/// Whether a cell's text is one of these labels.
pub(super) fn is_one_of(text: &str, labels: &[String]) -> bool {
    if text.len() > LONGEST || labels.is_empty() {
        return false;
    }
    let said = keys(text);
    if said.whole.is_empty() {
        return false;
    }
    labels.iter().any(|label| {
        let label = keys(label);
        !label.whole.is_empty()
            && (said.whole == label.whole
                || said.plain == label.whole
                || (!label.bare.is_empty() && (said.bare == label.bare || said.plain_bare == label.bare)))
    })
}

/// How near a text comes to one of these labels, of 100: characters they share
/// in order. Used only to say "found by its place".
pub(super) fn likeness(text: &str, labels: &[String]) -> usize {
    if text.len() > LONGEST {
        return 0;
    }
    let text: Vec<char> = keys(text).bare.chars().collect();
    if text.iter().filter(|c| !c.is_numeric()).count() < 2 {
        return 0;
    }
    labels.iter().map(|label| shared(&text, &keys(label).bare.chars().collect::<Vec<_>>())).max().unwrap_or(0)
}

fn shared(a: &[char], b: &[char]) -> usize {
    if a.is_empty() || b.is_empty() || a.len() > 40 || b.len() > 40 {
        return 0;
    }
    let mut row = vec![0_usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row.get(at + 1).copied().unwrap_or(0);
            let left = row.get(at).copied().unwrap_or(0);
            let here = if x == y { diagonal + 1 } else { above.max(left) };
            if let Some(cell) = row.get_mut(at + 1) {
                *cell = here;
            }
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or(0) * 200 / (a.len() + b.len())
}

/// The text behind an ordinal such as `一、`, `（二）`, `3.1`, `第一部分` or `①`.
pub(super) fn without_ordinal(text: &str) -> &str {
    ordinal(text).map_or_else(|| text.trim(), |(_, rest)| rest)
}

/// A heading's ordinal as its kind, and the text behind it.
pub(super) fn ordinal(text: &str) -> Option<(Ordinal, &str)> {
    let text = text.trim();
    let number = |c: char| c.is_numeric() || "一二三四五六七八九十".contains(c);
    let bracketed = |open: char, close: char| {
        let rest = text.strip_prefix(open)?;
        let (inside, rest) = rest.split_once(close)?;
        let inside = inside.trim();
        (!inside.is_empty() && inside.chars().count() <= 3 && inside.chars().all(number)).then_some(rest)
    };
    if let Some(rest) = bracketed('（', '）').or_else(|| bracketed('(', ')')).or_else(|| bracketed('（', ')')) {
        return Some((Ordinal::Second, rest.trim_start_matches(['、', '.', '．', ' ', '\u{3000}'])));
    }
    if let Some(rest) = text.strip_prefix('第') {
        let (inside, rest) = rest.split_once(['章', '部', '节'])?;
        let short = !inside.is_empty() && inside.chars().count() <= 3 && inside.trim().chars().all(number);
        return short.then(|| {
            (Ordinal::First, rest.trim_start_matches('分').trim_start_matches(['、', '：', ':', ' ', '\u{3000}']))
        });
    }
    let digits: String = text.chars().take_while(|c| number(*c) || matches!(c, '.' | '．')).collect();
    let count = digits.chars().filter(|c| number(*c)).count();
    if count == 0 || digits.chars().count() > 6 {
        return None;
    }
    let rest = text.strip_prefix(digits.as_str())?;
    let chinese = digits.chars().any(|c| "一二三四五六七八九十".contains(c));
    let dotted = digits.ends_with(['.', '．']);
    let inner = digits.trim_end_matches(['.', '．']).contains(['.', '．']);
    let after = rest.strip_prefix(['、', '，', ',', ':', '：']);
    if after.is_none()
        && !dotted
        && !inner
        && !digits.chars().any(|c| "①②③④⑤⑥⑦⑧⑨⑩".contains(c))
        && !rest.starts_with([' ', '\u{3000}'])
    {
        return None;
    }
    let kind = if chinese {
        Ordinal::First
    } else if inner {
        Ordinal::Second
    } else {
        Ordinal::Digit
    };
    Some((kind, after.unwrap_or(rest).trim_start()))
}

/// Kinds of ordinals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ordinal {
    /// 一、 or 第一部分.
    First,
    /// （一） or 1.1.
    Second,
    /// 1、 or 1.
    Digit,
}

/// A label found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// Which of the labels asked for.
    pub label: usize,
    /// Where it begins, in characters.
    pub from: usize,
    /// Where what it labels begins.
    pub to: usize,
}

/// Labels that stand in a text with something behind them: at its beginning,
/// or later with a colon. The longest label wins.
pub(super) fn hits(text: &str, labels: &[&str]) -> Vec<Hit> {
    let signs: Vec<char> = text.chars().collect();
    let words: Vec<Vec<char>> = labels.iter().map(|label| keys(label).whole.chars().collect()).collect();
    let mut out: Vec<Hit> = Vec::new();
    let start = text.chars().count() - without_ordinal_start(text);
    let mut at = 0;
    while at < signs.len() {
        let first = out.is_empty() && at <= start && signs.iter().take(at).all(|c| !c.is_alphanumeric())
            || (at == start && start > 0);
        let boundary = first || at.checked_sub(1).and_then(|b| signs.get(b)).is_some_and(|c| !c.is_alphanumeric());
        let found = if boundary { longest(&signs, at, &words) } else { None };
        if let Some((label, end)) = found {
            let colon = colon_after(&signs, end);
            let closed = signs.get(end).is_none_or(|c| !c.is_alphanumeric());
            if colon.is_some() || (first && closed) {
                let to = colon.unwrap_or_else(|| skip_signs(&signs, end));
                out.push(Hit { label, from: at, to });
                at = to.max(at + 1);
                continue;
            }
        }
        at += 1;
    }
    out
}

/// Characters that stand behind an ordinal.
fn without_ordinal_start(text: &str) -> usize {
    without_ordinal(text).chars().count()
}

fn longest(signs: &[char], from: usize, keys: &[Vec<char>]) -> Option<(usize, usize)> {
    if !signs.get(from)?.is_alphanumeric() {
        return None;
    }
    keys.iter()
        .enumerate()
        .filter_map(|(label, key)| ends(signs, from, key).map(|end| (key.len(), label, end)))
        .max_by_key(|(length, label, _)| (*length, usize::MAX - label))
        .map(|(_, label, end)| (label, end))
}

/// Where a label that begins here ends, blanks and signs within it left out.
fn ends(signs: &[char], from: usize, key: &[char]) -> Option<usize> {
    let mut wanted = key.iter().copied().peekable();
    let mut at = from;
    let mut gaps = 0;
    while wanted.peek().is_some() {
        let c = *signs.get(at)?;
        at += 1;
        if !c.is_alphanumeric() {
            // A colon ends a label; blanks and brackets are within it.
            if matches!(c, ':' | '：' | '；' | ';' | '，' | '。') || gaps > 12 {
                return None;
            }
            gaps += 1;
            continue;
        }
        for folded in folded(c).chars() {
            if wanted.next()? != folded {
                return None;
            }
        }
    }
    Some(at)
}

/// One sign as it is compared.
pub(super) fn folded(sign: char) -> String {
    if sign.is_ascii() || ('\u{4e00}'..='\u{9fff}').contains(&sign) {
        return sign.to_ascii_lowercase().to_string();
    }
    key(&sign.to_string())
}

/// Behind the colon that follows, closing brackets and blanks before it.
fn colon_after(signs: &[char], from: usize) -> Option<usize> {
    let mut at = from;
    while signs.get(at).is_some_and(|c| c.is_whitespace() || matches!(c, ')' | '）' | ']' | '】')) {
        at += 1;
    }
    // （必填）： a short remark in brackets.
    if signs.get(at).is_some_and(|c| matches!(c, '(' | '（')) {
        let close = signs.iter().skip(at).take(10).position(|c| matches!(c, ')' | '）'))?;
        at += close + 1;
        while signs.get(at).is_some_and(|c| c.is_whitespace()) {
            at += 1;
        }
    }
    signs.get(at).is_some_and(|c| matches!(c, ':' | '：' | '︰' | '∶')).then(|| skip_blanks(signs, at + 1))
}

fn skip_signs(signs: &[char], from: usize) -> usize {
    let mut at = from;
    while signs.get(at).is_some_and(|c| c.is_whitespace() || matches!(c, ')' | '）' | ']' | '】' | '_')) {
        at += 1;
    }
    at
}

fn skip_blanks(signs: &[char], from: usize) -> usize {
    let mut at = from;
    while signs.get(at).is_some_and(|c| c.is_whitespace()) {
        at += 1;
    }
    at
}

/// A text between two places, in characters, without the blanks and rules
/// (＿) people leave around what they fill in.
pub(super) fn between(text: &str, from: usize, to: usize) -> String {
    let piece: String = text.chars().skip(from).take(to.saturating_sub(from)).collect();
    piece.trim_matches(|c: char| c.is_whitespace() || matches!(c, '_' | '＿' | '\u{200b}')).to_owned()
}

/// A text without the printed instruction in brackets it begins with.
pub(super) fn without_instruction<'a>(text: &'a str, instructions: &[String]) -> &'a str {
    let text = text.trim();
    let Some(inside) = text.strip_prefix(['（', '(', '[', '【', '〔']) else { return text };
    let begins = key(&inside.chars().take(12).collect::<String>());
    if !instructions.iter().any(|word| begins.starts_with(&key(word))) {
        return text;
    }
    let mut depth = 1;
    for (at, c) in inside.char_indices() {
        match c {
            '（' | '(' | '[' | '【' | '〔' => depth += 1,
            '）' | ')' | ']' | '】' | '〕' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let rest = inside.get(at + c.len_utf8()..).unwrap_or_default();
            return rest.trim_start_matches(['：', ':', '。', '，']).trim();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(labels: &[&str]) -> Vec<String> {
        labels.iter().map(|l| (*l).to_owned()).collect()
    }

    #[test]
    fn labels_are_compared_by_what_they_say() {
        let labels = list(&["单位名称", "E-mail", "法定代表人或负责人"]);
        for same in [
            "单 位　名\n称",
            "单位名称：",
            "1.单位名称（全称）",
            "E　-　m　a　i　l",
            "Ｅ－ｍａｉｌ",
            "（一）单位名称",
            "法定代表人\n或负责人",
        ] {
            assert!(is_one_of(same, &labels), "{same}");
        }
        for other in ["单位", "单位名称变更", "", "名称"] {
            assert!(!is_one_of(other, &labels), "{other}");
        }
        assert!(likeness("法定代表人/负责人", &labels) >= 70);
    }

    #[test]
    fn lines_are_cut_at_their_labels() {
        let labels =
            ["试点负责人", "电话", "申报单位", "申报单位（公章）", "项目申报责任人（签名）", "法定代表人（签字/签章）"];
        let cut = |text: &str| -> Vec<(usize, String)> {
            let hits = hits(text, &labels);
            let ends = hits.iter().skip(1).map(|h| h.from).chain([usize::MAX]);
            hits.iter().zip(ends).map(|(hit, end)| (hit.label, between(text, hit.to, end))).collect()
        };
        let of = |pairs: &[(usize, &str)]| -> Vec<(usize, String)> {
            pairs.iter().map(|(at, text)| (*at, (*text).to_owned())).collect()
        };
        assert_eq!(cut("试点负责人： 魏一鸣 电话： 19900001584 "), of(&[(0, "魏一鸣"), (1, "19900001584")]));
        assert_eq!(cut("试 点 负责人:魏一鸣　电　话:1"), of(&[(0, "魏一鸣"), (1, "1")]));
        assert_eq!(cut("申报单位（公章）青岚大学"), of(&[(3, "青岚大学")]));
        assert_eq!(cut("项目申报责任人（签名）"), of(&[(4, "")]));
        assert_eq!(cut("法定代表人（签字/签章） ：陶磊"), of(&[(5, "陶磊")]));
        assert_eq!(cut("申报单位郑重承诺"), of(&[]));
        assert_eq!(cut("1.申报单位：某大学"), of(&[(2, "某大学")]));
    }

    #[test]
    fn ordinals_of_many_kinds() {
        for (text, rest) in [
            ("一、基本情况", "基本情况"),
            ("（一）知识产权工作现状", "知识产权工作现状"),
            ("1.现状", "现状"),
            ("1、现状", "现状"),
            ("1.1 现状", "现状"),
            ("第一部分 现状", "现状"),
            ("第三章　建设举措", "建设举措"),
            ("2023年：完成", "2023年：完成"),
            ("十", "十"),
        ] {
            assert_eq!(without_ordinal(text), rest, "{text}");
        }
    }

    #[test]
    fn printed_instructions_go() {
        let words = list(&["对照", "包括"]);
        assert_eq!(without_instruction("（包括人员（总数）等。）共5人", &words), "共5人");
        assert_eq!(without_instruction("（原某某学院）是", &words), "（原某某学院）是");
    }
}
