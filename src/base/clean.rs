//! Text from outside, made safe to paint and to export.
//!
//! Control, escape, C1, bidirectional and zero-width characters become visible
//! marks (`‹U+202E›`), so that a packet's text can neither drive the terminal
//! nor hide or reorder what an expert reads. `ratatui` drops some of these and
//! lets others through; this is done at import and again before painting.

use std::borrow::Cow;

use super::text::is_printed;

/// Whether a character must not reach a terminal or a document as it is.
/// New line and tab are layout and are handled by whoever lays the text out.
#[must_use]
pub const fn is_unsafe(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Most combining marks kept on one base character.
const MOST_MARKS: usize = 4;

/// The text with every unsafe character shown as a mark; `\n` and `\t` stay,
/// `\r\n` and a lone `\r` become `\n`.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_printed(text) || !text.chars().any(|c| is_unsafe(c) || is_combining(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut marks = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        marks = if is_combining(c) { marks + 1 } else { 0 };
        if c == '\r' {
            if chars.peek() != Some(&'\n') {
                out.push('\n');
            }
        } else if is_unsafe(c) {
            out.push_str(&format!("‹U+{:04X}›", u32::from(c)));
        } else if marks <= MOST_MARKS {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// [`clean`], with new lines and tabs as blanks: for one line of a screen.
#[must_use]
pub fn clean_line(text: &str) -> String {
    if is_printed(text) {
        return text.to_owned();
    }
    clean(text).chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { c }).collect()
}

/// Marks of every script; what most texts consist of is not looked up.
fn is_combining(c: char) -> bool {
    !matches!(c, '\0'..='\u{2ff}' | '\u{3100}'..='\u{a66e}') && unicode_normalization::char::is_combining_mark(c)
}

/// A cell no spreadsheet runs: text that begins (after blanks) with a sign
/// Excel, WPS or LibreOffice take for a formula gets an apostrophe in front.
#[must_use]
pub fn formula_safe(text: &str) -> String {
    let cleaned = clean(text);
    let first = cleaned.chars().find(|c| !c.is_whitespace() && *c != '\u{3000}');
    match first {
        Some('=' | '+' | '-' | '@' | '|' | '＝' | '＋' | '－' | '＠') => format!("'{cleaned}"),
        _ => cleaned.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_would_drive_the_terminal() {
        assert_eq!(clean("a\u{1b}[2Jb"), "a‹U+001B›[2Jb");
        assert_eq!(clean("\u{202e}abc"), "‹U+202E›abc");
        assert_eq!(clean("x\r\ny\rz"), "x\ny\nz");
        assert_eq!(clean("普通文字，3.5 分"), "普通文字，3.5 分");
        for mark in ["\u{301}", "\u{1a1a}", "\u{e31}", "\u{fe0f}"] {
            assert_eq!(clean(&format!("e{}", mark.repeat(50))).chars().count(), 5, "{mark:?}");
        }
    }

    #[test]
    fn no_cell_starts_a_formula() {
        for text in ["=1+1", " =1", "@SUM", "-2", "＝A1", "|x"] {
            assert!(formula_safe(text).starts_with('\''), "{text}");
        }
        assert_eq!(formula_safe("A-07"), "A-07");
    }
}
