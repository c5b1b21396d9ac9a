//! Check boxes, however they were made: one sign for ticked and one for empty.
//!
//! Some signs are boxes wherever they stand; others (■ ● ○ √) also do as
//! bullets, noughts and roots, and count as boxes by what stands around them.

use crate::domain::document::{Block, TICKED, UNTICKED};

const fn always_on(c: char) -> bool {
    matches!(c, '☑' | '☒' | '✔' | '✓' | '🗹' | '🗸' | '🗷' | '✅')
}

const fn always_off(c: char) -> bool {
    matches!(c, '□' | '☐' | '◻' | '▢' | '❏' | '❑' | '❐' | '❒' | '⬜' | '🗆')
}

/// Filled signs that may be bullets.
const fn filled(c: char) -> bool {
    matches!(c, '■' | '◼' | '▣' | '●' | '⬛' | '◉' | '⦿')
}

/// The empty one that may be a nought.
const fn ring(c: char) -> bool {
    matches!(c, '○' | '◯')
}

/// Makes the boxes of these paragraphs one. What one line of a cell shows to be
/// a choice holds for its other lines; outside of tables, for the lines beside
/// it that begin with a sign too.
pub(super) fn normalise(blocks: &mut [Block], in_cell: bool) {
    let any = |c: char| always_on(c) || always_off(c) || filled(c) || ring(c) || c == '√';
    let texts = blocks.iter().map(|block| match block {
        Block::Paragraph(text) => text.as_str(),
        Block::Table(_) => "",
    });
    let texts: Vec<&str> = texts.collect();
    if !texts.iter().any(|text| text.chars().any(any)) {
        return;
    }
    let choices: Vec<bool> = if in_cell {
        let all = texts.join("\n");
        vec![is_choice(&all) || yes_or_no(&all); texts.len()]
    } else {
        let begins = |text: &str| text.trim_start().chars().next().is_some_and(any);
        let mut choices = Vec::with_capacity(texts.len());
        for group in texts.chunk_by(|one, next| begins(one) && begins(next)) {
            let choice = is_choice(&group.join("\n"));
            choices.extend(group.iter().map(|_| choice));
        }
        choices
    };
    for (block, choice) in blocks.iter_mut().zip(choices) {
        if let Block::Paragraph(text) = block
            && text.chars().any(any)
        {
            *text = normalised(text, choice);
        }
    }
}

/// Whether there are signs that are boxes and nothing else, or filled ones
/// beside empty ones.
fn is_choice(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let sure = chars.iter().any(|c| always_on(*c) || always_off(*c));
    let ringed = || chars.iter().enumerate().any(|(here, c)| ring(*c) && !is_nought(&chars, here));
    let both = chars.iter().any(|c| filled(*c)) && ringed();
    sure || both || chars.iter().enumerate().any(|(here, c)| *c == '√' && !is_root(&chars, here))
}

/// The text with its boxes made one; in a choice, the signs that may be others too.
pub(super) fn normalised(text: &str, choice: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (here, c) in chars.iter().copied().enumerate() {
        let sign = if always_on(c) || (c == '√' && !is_root(&chars, here)) || (filled(c) && choice) {
            TICKED
        } else if always_off(c) || (ring(c) && choice && !is_nought(&chars, here)) {
            UNTICKED
        } else {
            c
        };
        out.push(sign);
    }
    out
}

/// Whether a ring stands for nought: 二○二五年.
fn is_nought(chars: &[char], here: usize) -> bool {
    let figure = |c: Option<&char>| c.is_some_and(|c| c.is_numeric() || "〇零一二三四五六七八九十年○".contains(*c));
    figure(here.checked_sub(1).and_then(|before| chars.get(before))) && figure(chars.get(here + 1))
}

/// Whether a cell is a short answer to a question: 是●, ●有.
fn yes_or_no(text: &str) -> bool {
    let rest: String = text.chars().filter(|c| !c.is_whitespace() && !filled(*c) && !ring(*c)).collect();
    if rest.chars().count() > 12 {
        return false;
    }
    rest.is_empty()
        || ["是", "否", "有", "无", "已", "未"].iter().any(|word| rest.starts_with(word) || rest.ends_with(word))
}

/// Whether a √ is a root: before a figure, a bracket or a single letter, with
/// nothing between.
fn is_root(chars: &[char], here: usize) -> bool {
    let after: Vec<char> = chars.iter().skip(here + 1).take(8).copied().collect();
    let Some(first) = after.first() else { return false };
    let operand = |c: char| c.is_ascii_digit() || matches!(c, '.' | '０'..='９');
    if operand(*first) {
        // 「√2021年」 is a tick before a label.
        let unit = after.iter().find(|c| !operand(**c));
        return !unit.is_some_and(|c| matches!(c, '年' | '项' | '件' | '个' | '人' | '、' | '．' | '期' | '级' | '类'));
    }
    if matches!(first, '(' | '（') {
        let inner = after.get(1).copied().unwrap_or(' ');
        let numbered = matches!(inner, '一'..='龥') || matches!(after.get(2), Some(')' | '）'));
        let before = here.checked_sub(1).and_then(|before| chars.get(before));
        return !numbered
            && before
                .is_some_and(|c| matches!(c, '=' | '＝' | '+' | '-' | '×' | '*' | '/') || c.is_ascii_alphanumeric());
    }
    let letter = |c: Option<&char>| c.is_some_and(char::is_ascii_lowercase);
    letter(Some(first)) && !after.get(1).is_some_and(char::is_ascii_alphabetic)
}
