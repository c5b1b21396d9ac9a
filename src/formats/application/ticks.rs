//! What is ticked (勾选): 「是□ 否☑」 has its boxes behind, 「☑ 高等学校」 before;
//! ticks are drawn, typed as √ or V, or set in brackets. Both ticked, none
//! ticked and a tick that may mean no are doubts.

use crate::domain::application::Why;
use crate::domain::document::{TICKED, UNTICKED};
use crate::domain::places::Choice;

use super::amounts::{Reading, is_mark};
use super::labels::{between, folded, key, keys};

/// What the boxes of a text say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ticks {
    /// Choices that are ticked, in the form's order.
    pub on: Vec<usize>,
    /// Choices with an empty box of their own.
    pub off: Vec<usize>,
    /// Choices that are named.
    pub named: Vec<usize>,
    /// Whether there is any box or tick.
    pub boxes: bool,
    /// A cross, which is a tick to some and no to others.
    pub cross: bool,
    /// What stands beside 其他.
    pub other: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    On,
    Off,
    Cross,
    Name { choice: usize, end: usize },
}

/// The value of the choice that takes a text of its own.
const OTHER: &str = "其他";

/// Finds boxes, ticks and the names beside them.
pub(super) fn read(text: &str, choices: &[Choice]) -> Ticks {
    let signs: Vec<char> = text.chars().collect();
    let names: Vec<(usize, Vec<char>)> = choices
        .iter()
        .enumerate()
        .flat_map(|(at, choice)| choice.labels.iter().map(move |label| (at, keys(label).whole.chars().collect())))
        .collect();
    let tokens = tokens(&signs, &names);
    let mut ticks = Ticks::default();
    let first_box = tokens.iter().position(|(_, t)| !matches!(t, Token::Name { .. }));
    let first_name = tokens.iter().position(|(_, t)| matches!(t, Token::Name { .. }));
    let before = first_box < first_name || first_name.is_none() || nearer_behind(&signs, &tokens);
    ticks.boxes = first_box.is_some();
    let any_on = tokens.iter().any(|(_, t)| *t == Token::On);
    for (at, (_, token)) in tokens.iter().enumerate() {
        ticks.cross |= *token == Token::Cross && !any_on;
        let Token::Name { choice, end } = *token else { continue };
        let beside = if before { at.checked_sub(1) } else { Some(at + 1) };
        let mark = beside.and_then(|beside| tokens.get(beside)).map(|(_, t)| *t);
        let list = match mark.filter(|_| ticks.boxes) {
            Some(Token::On) => Some(&mut ticks.on),
            Some(Token::Off | Token::Cross) => Some(&mut ticks.off),
            _ => None,
        };
        if let Some(list) = list.filter(|list| !list.contains(&choice)) {
            list.push(choice);
        }
        if !ticks.named.contains(&choice) {
            ticks.named.push(choice);
        }
        if choices.get(choice).is_some_and(|c| c.value == OTHER) {
            let next = tokens.get(at + 1).map_or(signs.len(), |(from, _)| *from);
            let stop = signs.iter().skip(end).position(|c| *c == '\n').map_or(next, |line| next.min(end + line));
            let said = between(text, end, stop.max(end));
            let said = said.trim_matches(|c: char| {
                c.is_whitespace()
                    || matches!(c, ':' | '：' | '(' | '（' | ')' | '）' | '_' | '，' | '。' | TICKED | UNTICKED)
            });
            if said.chars().any(char::is_alphanumeric)
                && !is_mark(said)
                && key(said) != "请说明"
                && key(said) != "请注明"
            {
                ticks.other = Some(said.to_owned());
            }
        }
    }
    ticks.on.sort_unstable();
    ticks
}

/// Whether ticks stand before their names though none does before the first:
/// without empty boxes only the ticked name has a sign, and it is the one the
/// sign stands nearer to, by the blanks between. With both alike it is no proof.
fn nearer_behind(signs: &[char], tokens: &[(usize, Token)]) -> bool {
    let name = |t: &Token| matches!(t, Token::Name { .. });
    if tokens.iter().any(|(_, t)| *t == Token::Off) || tokens.last().is_some_and(|(_, t)| !name(t)) {
        return false;
    }
    let blanks = |from: usize, to: usize| {
        signs.iter().skip(from).take(to.saturating_sub(from)).filter(|c| c.is_whitespace()).count()
    };
    let nearer = tokens.windows(3).filter_map(|three| match three {
        [(_, Token::Name { end, .. }), (at, Token::On), (next, Token::Name { .. })] => {
            Some(blanks(at + 1, *next) < blanks(*end, *at))
        }
        _ => None,
    });
    nearer.collect::<Vec<_>>().contains(&true)
}

fn tokens(signs: &[char], names: &[(usize, Vec<char>)]) -> Vec<(usize, Token)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&c) = signs.get(at) {
        if let Some((token, end)) = bracketed(signs, at) {
            out.push((at, token));
            at = end;
            continue;
        }
        let lone = |at: usize| signs.get(at).is_none_or(|c| !c.is_ascii_alphanumeric());
        let alone = lone(at + 1) && at.checked_sub(1).is_none_or(lone);
        let token = match c {
            TICKED | '☒' | '■' | '√' | '✓' | '✔' | '✅' | '●' | '◉' | '▣' => Some(Token::On),
            UNTICKED | '☐' | '▢' | '○' | '◯' | '◻' => Some(Token::Off),
            '×' | '✗' | '✘' | '╳' => Some(Token::Cross),
            'v' | 'V' | 'ｖ' | 'Ｖ' | 'y' | 'Y' if alone => Some(Token::On),
            'x' | 'X' if alone => Some(Token::Cross),
            _ => None,
        };
        if let Some(token) = token {
            out.push((at, token));
            at += 1;
            continue;
        }
        let name = names
            .iter()
            .filter_map(|(choice, name)| name_ends(signs, at, name).map(|end| (name.len(), *choice, end)))
            .max_by_key(|(length, _, _)| *length);
        if let Some((_, choice, end)) = name {
            out.push((at, Token::Name { choice, end }));
            at = end;
        } else {
            at += 1;
        }
    }
    out
}

/// `（√）`, `[x]`, `[ ]`.
fn bracketed(signs: &[char], at: usize) -> Option<(Token, usize)> {
    if !matches!(signs.get(at)?, '(' | '（' | '[' | '［' | '【' | '〔') {
        return None;
    }
    let inside: Vec<char> = signs.iter().skip(at + 1).take(6).copied().collect();
    let close = inside.iter().position(|c| matches!(c, ')' | '）' | ']' | '］' | '】' | '〕'))?;
    let said: String = inside.iter().take(close).filter(|c| !c.is_whitespace()).collect();
    let token = match said.as_str() {
        "" => Token::Off,
        "√" | "✓" | "✔" | "☑" | "■" | "v" | "V" | "x" | "X" | "y" | "Y" | "*" | "●" => Token::On,
        "□" | "☐" => Token::Off,
        "×" => Token::Cross,
        _ => return None,
    };
    Some((token, at + close + 2))
}

fn name_ends(signs: &[char], from: usize, name: &[char]) -> Option<usize> {
    let mut wanted = name.iter();
    let mut next = wanted.next()?;
    let mut at = from;
    loop {
        let c = *signs.get(at)?;
        at += 1;
        if !c.is_alphanumeric() {
            if at == from + 1 || !(c.is_whitespace() || matches!(c, '/' | '-' | '—' | '《' | '》' | '－')) {
                return None;
            }
            continue;
        }
        for folded in folded(c).chars() {
            if *next != folded {
                return None;
            }
            match wanted.next() {
                Some(more) => next = more,
                None => return Some(at),
            }
        }
    }
}

/// 是 or 否, the first and the second choice.
pub(super) fn yes_or_no(text: &str, choices: &[Choice]) -> Reading<bool> {
    if text.trim().is_empty() {
        return Reading::Empty;
    }
    let ticks = read(text, choices);
    match (ticks.on.as_slice(), ticks.named.as_slice()) {
        ([0], _) => Reading::Sure(true),
        ([1], _) => Reading::Sure(false),
        ([_, _, ..], _) => Reading::Doubt(None, Why::BothTicked),
        (_, [only @ (0 | 1)]) if !ticks.boxes => {
            let yes = *only == 0;
            let plain = choices.get(*only).is_some_and(|c| c.labels.iter().any(|label| key(label) == key(text)));
            if plain { Reading::Sure(yes) } else { Reading::Doubt(Some(yes), Why::NotAValue) }
        }
        (_, []) if ticks.boxes => Reading::Doubt((!ticks.cross).then_some(true), Why::NotAValue),
        (_, []) => Reading::Doubt(None, Why::NotAValue),
        _ => Reading::Doubt(None, Why::NoneTicked),
    }
}

/// One of several, with the text beside 其他.
pub(super) fn one_of(text: &str, choices: &[Choice]) -> (Reading<String>, Option<String>) {
    if text.trim().is_empty() {
        return (Reading::Empty, None);
    }
    let ticks = read(text, choices);
    let value = |at: usize| choices.get(at).map(|choice| choice.value.clone());
    let other = choices.iter().position(|choice| choice.value == OTHER);
    let reading = match (ticks.on.as_slice(), &ticks.other) {
        ([only], Some(_)) if Some(*only) != other => Reading::Doubt(value(*only), Why::BothTicked),
        ([only], _) => value(*only).map_or(Reading::Empty, Reading::Sure),
        ([_, _, ..], _) => Reading::Doubt(None, Why::BothTicked),
        ([], Some(_)) => match other {
            Some(at) if ticks.off.contains(&at) => Reading::Doubt(value(at), Why::NoneTicked),
            Some(at) => value(at).map_or(Reading::Empty, Reading::Sure),
            None => Reading::Doubt(None, Why::NoneTicked),
        },
        ([], None) if ticks.boxes => Reading::Doubt(None, Why::NoneTicked),
        ([], None) => match ticks.named.as_slice() {
            [only] => {
                let plain = choices.get(*only).is_some_and(|c| c.labels.iter().any(|label| key(label) == key(text)));
                match value(*only) {
                    Some(value) if plain => Reading::Sure(value),
                    value => Reading::Doubt(value, Why::NotAValue),
                }
            }
            [] => Reading::Doubt(None, Why::NotAValue),
            _ => Reading::Doubt(None, Why::NoneTicked),
        },
    };
    (reading, ticks.other)
}

/// Any number of several, with the text beside 其他.
pub(super) fn some_of(text: &str, choices: &[Choice]) -> (Reading<Vec<String>>, Option<String>) {
    if text.trim().is_empty() {
        return (Reading::Empty, None);
    }
    let ticks = read(text, choices);
    let value = |at: &usize| choices.get(*at).map(|choice| choice.value.clone());
    let values: Vec<String> = ticks.on.iter().filter_map(value).collect();
    let other = choices.iter().position(|choice| choice.value == OTHER);
    let untold = ticks.other.is_some() && other.is_none_or(|at| !ticks.on.contains(&at));
    let reading = if !ticks.boxes {
        let named: Vec<String> = ticks.named.iter().filter_map(value).collect();
        Reading::Doubt(Some(named), if ticks.named.is_empty() { Why::NotAValue } else { Why::NoneTicked })
    } else if untold || ticks.cross {
        Reading::Doubt(Some(values), Why::NoneTicked)
    } else if ticks.named.is_empty() {
        Reading::Doubt(None, Why::NotAValue)
    } else {
        Reading::Sure(values)
    };
    (reading, ticks.other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(list: &[(&str, &[&str])]) -> Vec<Choice> {
        let choice = |(value, labels): &(&str, &[&str])| Choice {
            value: (*value).to_owned(),
            labels: labels.iter().map(|l| (*l).to_owned()).collect(),
        };
        list.iter().map(choice).collect()
    }

    #[test]
    fn yes_and_no_in_every_hand() {
        let yn = choices(&[("是", &["是", "已成立", "有"]), ("否", &["否", "未成立", "没有", "无"])]);
        for (text, meant) in [
            ("是□     否☑", Reading::Sure(false)),
            ("是☑ 否□", Reading::Sure(true)),
            ("☑是 □否", Reading::Sure(true)),
            ("□ 是 ☑ 否", Reading::Sure(false)),
            ("是（√） 否（ ）", Reading::Sure(true)),
            ("是[ ] 否[x]", Reading::Sure(false)),
            ("是√  否", Reading::Sure(true)),
            ("是 否√", Reading::Sure(false)),
            ("是 V 否", Reading::Sure(true)),
            ("是√ 否×", Reading::Sure(true)),
            ("是", Reading::Sure(true)),
            ("未成立", Reading::Sure(false)),
            ("没有", Reading::Sure(false)),
            ("是☑ 否☑", Reading::Doubt(None, Why::BothTicked)),
            ("是□ 否□", Reading::Doubt(None, Why::NoneTicked)),
            ("是 否", Reading::Doubt(None, Why::NoneTicked)),
            ("是□ 否×", Reading::Doubt(None, Why::NoneTicked)),
            ("", Reading::Empty),
        ] {
            assert_eq!(yes_or_no(text, &yn), meant, "{text}");
        }
    }

    #[test]
    fn one_kind_and_what_stands_beside_other() {
        let kinds = choices(&[
            ("高等学校", &["高等学校", "高校"]),
            ("科研机构", &["科研机构", "科研院所"]),
            ("其他", &["其他", "其它"]),
        ]);
        let sure = |text: &str| Reading::Sure(text.to_owned());
        for (text, meant, other) in [
            ("☑ 高等学校  □ 科研机构  其他： ", sure("高等学校"), None),
            ("□ 高等学校  ■ 科研机构  其他：____", sure("科研机构"), None),
            ("□ 高等学校  □ 科研机构  其他：企业", sure("其他"), Some("企业")),
            ("□ 高等学校  □ 科研机构  ☑ 其他（医院）", sure("其他"), Some("医院")),
            ("高等学校☑ 科研机构□ 其他□", sure("高等学校"), None),
            ("高校", sure("高等学校"), None),
            ("☑ 高等学校 ☑ 科研机构 其他：", Reading::Doubt(None, Why::BothTicked), None),
            (
                "☑ 高等学校 □ 科研机构 其他：企业",
                Reading::Doubt(Some("高等学校".to_owned()), Why::BothTicked),
                Some("企业"),
            ),
            ("□ 高等学校 □ 科研机构 其他：", Reading::Doubt(None, Why::NoneTicked), None),
            ("高等学校 科研机构 其他：", Reading::Doubt(None, Why::NoneTicked), None),
            ("√高等学校 科研机构 其他：", sure("高等学校"), None),
            ("  高等学校  √ 科研机构  其他： ", sure("科研机构"), None),
            ("高等学校 √  科研机构  其他： ", sure("高等学校"), None),
        ] {
            assert_eq!(one_of(text, &kinds), (meant, other.map(str::to_owned)), "{text}");
        }
    }

    #[test]
    fn none_of_several_is_a_value_where_the_boxes_are() {
        let standards = choices(&[
            ("33251", &["高等学校知识产权管理规范"]),
            ("33250", &["科研组织知识产权管理规范"]),
            ("其他", &["其他"]),
        ]);
        let list = |values: &[&str]| values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>();
        let text = |a: char, b: char, c: char, other: &str| {
            format!("{a} 《高等学校知识产权管理规范》  \n{b} 《科研组织知识产权管理规范》  \n{c} 其他：{other}  ")
        };
        assert_eq!(some_of(&text('□', '□', '□', ""), &standards), (Reading::Sure(list(&[])), None));
        assert_eq!(some_of(&text('☑', '□', '□', ""), &standards).0, Reading::Sure(list(&["33251"])));
        let both = some_of(&text('☑', '□', '☑', "ISO56005"), &standards);
        assert_eq!(both, (Reading::Sure(list(&["33251", "其他"])), Some("ISO56005".to_owned())));
        assert!(matches!(some_of(&text('☑', '□', '□', "ISO56005"), &standards).0, Reading::Doubt(_, Why::NoneTicked)));
        assert!(matches!(some_of("《高等学校知识产权管理规范》", &standards).0, Reading::Doubt(_, Why::NoneTicked)));
        assert_eq!(some_of(" ", &standards).0, Reading::Empty);
    }
}
