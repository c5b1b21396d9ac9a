//! Check boxes, however they were made: one sign for ticked and one for empty.
//!
//! Some signs are boxes wherever they stand; others (■ ● ○ √) also do as
//! bullets, noughts and roots, and count as boxes by what stands around them.

use crate::domain::document::{TICKED, UNTICKED};

use super::look::Font;

/// A sign of a font of signs: what its letter stands for.
pub(super) fn sign(font: Font, c: char) -> char {
    let code = u32::from(c);
    let code = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    match (font, code) {
        (Font::Letters, _) => c,
        (_, 0x9 | 0xa | 0x20 | 0xa0) => ' ',
        (Font::Wingdings2, 0x50..=0x54) | (Font::Wingdings, 0xfc..=0xfe) | (Font::Webdings, 0x61) => TICKED,
        (Font::Wingdings2, 0xa3 | 0x2a | 0x30) | (Font::Wingdings, 0x6f | 0x71 | 0x72 | 0xa8) => UNTICKED,
        (Font::Webdings, 0x63) => UNTICKED,
        (Font::Wingdings, 0x6e) | (Font::Webdings, 0x67) | (Font::Wingdings2, 0xa2) => '■',
        (Font::Wingdings, 0x6c) | (Font::Wingdings2, 0x97) | (Font::Webdings, 0x6e) => '●',
        (Font::Wingdings, 0xa1) | (Font::Wingdings2, 0x99) => '○',
        (Font::Symbol, 0xd6) => '√',
        (Font::Symbol, 0xb1) => '±',
        (Font::Symbol, 0xb3) => '≥',
        (Font::Symbol, 0xa3) => '≤',
        (Font::Symbol, 0xb4) => '×',
        (Font::Symbol, 0xb8) => '÷',
        (Font::Symbol, 0x6d) => 'μ',
        // Digits and brackets of Symbol are what they look like.
        (Font::Symbol, 0x21..=0x3f) if code != 0x22 && code != 0x24 && code != 0x27 => {
            char::from_u32(code).unwrap_or('•')
        }
        // A Chinese letter in a run of signs comes from another font.
        (_, 0x100..) => c,
        // The sign of no box: never the letter it is kept as.
        _ => '•',
    }
}

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

/// The text of a paragraph with its boxes made one.
pub(super) fn normalised(text: String, in_cell: bool) -> String {
    let any = |c: char| always_on(c) || always_off(c) || filled(c) || ring(c) || c == '√';
    if !text.chars().any(any) {
        return text;
    }
    let chars: Vec<char> = text.chars().collect();
    let at = |index: Option<usize>| index.and_then(|index| chars.get(index)).copied();
    let next = |from: usize| chars.iter().skip(from + 1).copied().find(|c| !matches!(c, ' ' | '\u{a0}' | '\u{3000}'));
    // Boxes that are nothing else, or two kinds of sign side by side: a choice.
    let sure = chars.iter().any(|c| always_on(*c) || always_off(*c));
    let both = chars.iter().any(|c| filled(*c)) && chars.iter().any(|c| ring(*c));
    let ticked = chars.iter().enumerate().any(|(here, c)| *c == '√' && !is_root(&chars, here));
    let choice = sure || both || ticked;
    let short = in_cell && chars.iter().filter(|c| !c.is_whitespace()).count() <= 16;
    let mut out = String::with_capacity(text.len());
    for (here, c) in chars.iter().copied().enumerate() {
        let nought = |c: Option<char>| c.is_some_and(|c| c.is_numeric() || "〇零一二三四五六七八九十年".contains(c));
        let box_sign = if always_on(c) || (c == '√' && !is_root(&chars, here)) {
            Some(TICKED)
        } else if always_off(c) {
            Some(UNTICKED)
        } else if filled(c) && (choice || (short && yes_or_no(&chars))) {
            Some(TICKED)
        } else if ring(c)
            && (choice || (short && yes_or_no(&chars)))
            && !(nought(at(here.checked_sub(1))) && nought(next(here)))
        {
            Some(UNTICKED)
        } else {
            None
        };
        out.push(box_sign.unwrap_or(c));
    }
    out
}

/// Whether a short cell is an answer to a question.
fn yes_or_no(chars: &[char]) -> bool {
    let rest: String = chars.iter().filter(|c| !c.is_whitespace() && !filled(**c) && !ring(**c)).collect();
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
