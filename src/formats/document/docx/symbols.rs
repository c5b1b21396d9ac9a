//! Fonts of signs (Wingdings and its like): which sign a letter stands for.

use crate::domain::document::{TICKED, UNTICKED};

/// Fonts whose letters are signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Font {
    /// One of letters.
    Letters,
    /// Wingdings.
    Wingdings,
    /// Wingdings 2.
    Wingdings2,
    /// Webdings.
    Webdings,
    /// Wingdings 3, Marlett and others whose signs are no boxes.
    Signs,
    /// Symbol: Greek and mathematics.
    Symbol,
}

/// A font by its name.
pub(super) fn font(name: &str) -> Font {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    match name.as_str() {
        "wingdings" => Font::Wingdings,
        "wingdings2" => Font::Wingdings2,
        "webdings" => Font::Webdings,
        "wingdings3" | "zapfdingbats" => Font::Signs,
        "symbol" | "symbolmt" => Font::Symbol,
        _ => Font::Letters,
    }
}

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
