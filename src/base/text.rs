//! Text as a terminal shows it: widths in cells, wrapping, padding, cutting.
//!
//! A Chinese character is two cells. `ratatui`'s own wrapping leaves holes
//! between Latin and Chinese runs and an opening bracket at a line's end, so
//! lines are broken here and painted as they are.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Width in cells.
#[must_use]
pub fn width(text: &str) -> usize {
    if is_printed(text) { text.len() } else { UnicodeWidthStr::width(text) }
}

/// Whether a text is of ASCII signs alone that are a cell wide each.
#[must_use]
pub fn is_printed(text: &str) -> bool {
    // To the end and without a turn, many bytes at a time.
    text.bytes().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'))
}

/// The one spelling of a text typed in different ways: composed, and with
/// full-width letters and digits as plain ones (NFKC).
#[must_use]
pub fn one_spelling(text: &str) -> String {
    text.nfkc().collect()
}

/// Never first on a line (避头).
const NOT_FIRST: &str = "，。、；：？！）》」』】〕”’…—％%),.;:?!]}’";
/// Never last on a line (避尾).
const NOT_LAST: &str = "（《「『【〔“‘([{";

/// Breaks a text into lines of at most `cells` cells. New lines in the text
/// stay; a line is broken between Chinese characters and at blanks, never
/// within a number or a Latin word that fits, and not before a closing or
/// after an opening sign. At least one grapheme stands on each line.
#[must_use]
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    text.split('\n').flat_map(|line| wrap_line(line, cells.max(2))).collect()
}

fn wrap_line(text: &str, cells: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for piece in pieces(text) {
        let wide = width(piece);
        if used + wide <= cells {
            line.push_str(piece);
            used += wide;
            continue;
        }
        if piece.trim().is_empty() {
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0;
        }
        if wide <= cells {
            line.push_str(piece);
            used = wide;
            continue;
        }
        for grapheme in piece.graphemes(true).flat_map(|grapheme| fitting(grapheme, cells)) {
            let wide = width(grapheme);
            if used + wide > cells && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(grapheme);
            used += wide;
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// A grapheme that fits on a line, else its characters: of some scripts' signs
/// any number make one grapheme.
fn fitting(grapheme: &str, cells: usize) -> Vec<&str> {
    if width(grapheme) <= cells {
        return vec![grapheme];
    }
    grapheme.split_inclusive(|_: char| true).collect()
}

/// The runs that stay whole: a Latin word or number with what is glued to it,
/// one Chinese character with the closing signs behind it or the opening signs
/// before it, a blank.
fn pieces(text: &str) -> Vec<&str> {
    let mut cuts = Vec::new();
    let mut before: Option<&str> = None;
    for (at, grapheme) in text.grapheme_indices(true) {
        if let Some(last) = before
            && may_break(last, grapheme)
        {
            cuts.push(at);
        }
        before = Some(grapheme);
    }
    cuts.push(text.len());
    let mut out = Vec::with_capacity(cuts.len());
    let mut rest = text;
    let mut done = 0;
    for cut in cuts {
        let (piece, after) = rest.split_at(cut - done);
        if !piece.is_empty() {
            out.push(piece);
        }
        rest = after;
        done = cut;
    }
    out
}

fn may_break(last: &str, next: &str) -> bool {
    let narrow = |g: &str| width(g) < 2 && !g.trim().is_empty();
    if NOT_FIRST.contains(next) || NOT_LAST.contains(last) {
        return false;
    }
    !(narrow(last) && narrow(next))
}

/// Cut to at most `cells` cells; what does not fit ends in `..`.
#[must_use]
pub fn cut(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let tail = if cells >= 4 { ".." } else { "" };
    let room = cells - width(tail).min(cells);
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let wide = width(grapheme);
        if used + wide > room {
            break;
        }
        out.push_str(grapheme);
        used += wide;
    }
    out.push_str(tail);
    out
}

/// Exactly `cells` cells, the text at the left.
#[must_use]
pub fn pad(text: &str, cells: usize) -> String {
    let text = cut(text, cells);
    let room = cells - width(&text).min(cells);
    format!("{text}{}", " ".repeat(room))
}

/// Exactly `cells` cells, the text at the right.
#[must_use]
pub fn pad_left(text: &str, cells: usize) -> String {
    let text = cut(text, cells);
    let room = cells - width(&text).min(cells);
    format!("{}{text}", " ".repeat(room))
}

/// Exactly `cells` cells: `left` at the left, `right` at the right; where both
/// do not fit, `left` is cut.
#[must_use]
pub fn spread(left: &str, right: &str, cells: usize) -> String {
    let right = cut(right, cells);
    let room = cells - width(&right).min(cells);
    if right.is_empty() {
        return pad(left, cells);
    }
    let left = pad(left, room.saturating_sub(1));
    let gap = room - width(&left).min(room);
    format!("{left}{}{right}", " ".repeat(gap))
}

/// Characters that a console with an East Asian font draws two cells wide while
/// everyone counts one, as plain signs. Painted text only, never stored text.
#[must_use]
pub fn plain_signs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '“' | '”' => out.push('"'),
            '‘' | '’' => out.push('\''),
            '—' | '―' | '–' | '─' => out.push('-'),
            '…' => out.push_str(".."),
            '·' | '•' => out.push('.'),
            '×' => out.push('x'),
            '→' => out.push_str("->"),
            '±' => out.push_str("+-"),
            '≥' => out.push_str(">="),
            '≤' => out.push_str("<="),
            '①'..='⑨' => {
                out.push_str(&format!("({})", u32::from(c) - u32::from('①') + 1));
            }
            '│' | '┃' => out.push('|'),
            '※' | '●' | '★' | '■' => out.push('*'),
            '□' | '○' => out.push('o'),
            '°' => out.push('o'),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_neither_begins_with_a_closing_nor_ends_with_an_opening_sign() {
        let lines = wrap("评审得分88.50分，《管理办法》已印发（2021年），另有实例。", 20);
        for line in &lines {
            let first = line.chars().next().unwrap();
            let last = line.chars().last().unwrap();
            assert!(!NOT_FIRST.contains(first), "{lines:?}");
            assert!(!NOT_LAST.contains(last), "{lines:?}");
            assert!(width(line) <= 20, "{lines:?}");
        }
        assert_eq!(lines.concat(), "评审得分88.50分，《管理办法》已印发（2021年），另有实例。");
    }

    #[test]
    fn numbers_and_words_stay_whole() {
        assert_eq!(wrap("共有专利1234.56万元", 12), ["共有专利", "1234.56万元"]);
        assert_eq!(wrap("a fine-grained word", 12), ["a", "fine-grained", "word"]);
    }

    #[test]
    fn one_endless_grapheme_is_broken_too() {
        for sign in ["\u{1100}", "\u{1a1a}"] {
            let lines = wrap(&format!("字{}", sign.repeat(40)), 10);
            assert!(lines.iter().all(|line| width(line) <= 10), "{lines:?}");
            assert_eq!(lines.concat().chars().count(), 41);
        }
    }

    #[test]
    fn cells_are_counted_and_not_characters() {
        assert_eq!(pad("评审", 6), "评审  ");
        assert_eq!(cut("高价值专利组合", 9), "高价值..");
        assert_eq!(spread("左边", "右", 8), "左边  右");
        assert_eq!(width(&spread("很长很长很长很长", "右边", 10)), 10);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_too_wide(text in "[a-z0-9评审，。（《 ]{0,60}", cells in 4usize..40) {
            let lines = wrap(&text, cells);
            let kept: String = lines.concat().split_whitespace().collect();
            let given: String = text.split_whitespace().collect();
            prop_assert_eq!(kept, given);
            for line in &lines {
                prop_assert!(width(line) <= cells, "{:?}", lines);
            }
        }
    }
}
