//! Keys as a Chinese input method sends them: full-width forms and Chinese
//! punctuation count as the keys they come from.

use unicode_normalization::UnicodeNormalization;

/// The plain key a typed character stands for, where it stands for one.
#[must_use]
pub fn plain_key(c: char) -> char {
    match c {
        '【' => '[',
        '】' => ']',
        '。' | '·' => '.',
        '、' => '/',
        '《' => '<',
        '》' => '>',
        '￥' => '$',
        '…' => '^',
        '—' => '_',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '\u{3000}' => ' ',
        _ => {
            let mut folded = std::iter::once(c).nfkc();
            match (folded.next(), folded.next()) {
                (Some(one), None) if one.is_ascii() => one,
                _ => c,
            }
        }
    }
}

/// Whether a character can only be text: outside a field it does nothing.
#[must_use]
pub fn is_text_only(c: char) -> bool {
    !plain_key(c).is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_and_chinese_forms_are_the_same_keys() {
        for (typed, key) in [
            ('８', '8'),
            ('．', '.'),
            ('。', '.'),
            ('？', '?'),
            ('：', ':'),
            ('【', '['),
            ('－', '-'),
            ('＋', '+'),
            ('ｑ', 'q'),
            ('　', ' '),
        ] {
            assert_eq!(plain_key(typed), key);
        }
        assert!(is_text_only('评'));
        assert!(!is_text_only('，'));
    }
}
