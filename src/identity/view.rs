//! A text as it is searched: one spelling for what people write in many ways,
//! with the way back to the characters it came from.
//!
//! `ＱＲＵＴ`, `Q R U T` and `qrut` are one name, `0417－5550 3580` and
//! `(0417)55503580` one number. Offsets given out are of the text as it stands.

use std::ops::Range;

use crate::base::clean::is_unsafe;
use crate::base::text::one_spelling;

/// What a view leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Without {
    /// Nothing but invisible characters: for patterns that need the layout.
    Nothing,
    /// Blanks and line breaks: for names.
    Blanks,
    /// Blanks and every sign that is neither letter nor digit, and digits in
    /// Chinese as plain ones: for numbers, and for names somebody took apart.
    Signs,
}

/// A text in one spelling: compatibility forms folded, capital letters, common
/// traditional characters simplified.
#[derive(Debug, Clone)]
pub(super) struct View {
    text: String,
    /// Byte offset of each of its characters, and the one it came from.
    chars: Vec<(usize, usize)>,
    original: Vec<char>,
}

/// Traditional characters of names, each with its simplified form.
const TRADITIONAL: &str = "學学農农業业醫医師师範范財财經经電电機机與与會会國国華华東东遼辽寧宁瀋沈陽阳連连錦锦營营口口撫抚順顺鐵铁嶺岭蘆芦島岛葫葫\
     術术藝艺體体語语資资訊讯環环設设計计劃划檢检測测質质輕轻紡纺織织藥药獸兽漁渔礦矿鋼钢鑽钻軟软網网絡络總总黨党書书長长處处\
     劉刘張张陳陈楊杨趙赵黃黄吳吴孫孙馬马許许鄭郑馮冯蔣蒋韓韩葉叶蕭萧鄧邓龔龚譚谭陸陆賈贾鍾钟鄒邹閻阎龍龙賀贺顧顾錢钱湯汤盧卢\
     羅罗謝谢蘇苏呂吕魯鲁魏魏潘潘聰聪麗丽華华榮荣偉伟強强軍军鳳凤雲云燕燕紅红蘭兰靜静慶庆國国興兴寶宝區区號号鄉乡鎮镇縣县樓楼";

fn simplified(c: char) -> char {
    if !('\u{4e00}'..='\u{9fff}').contains(&c) {
        return c;
    }
    let mut pairs = TRADITIONAL.chars().filter(|c| !c.is_whitespace());
    while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
        if from == c {
            return to;
        }
    }
    c
}

fn plain_digit(c: char) -> char {
    match c {
        '〇' | '零' => '0',
        '一' | '幺' => '1',
        '二' => '2',
        '三' => '3',
        '四' => '4',
        '五' => '5',
        '六' => '6',
        '七' => '7',
        '八' => '8',
        '九' => '9',
        other => other,
    }
}

impl View {
    /// A view of a text.
    pub(super) fn of(text: &str, without: Without) -> Self {
        let original: Vec<char> = text.chars().collect();
        let mut view = Self { text: String::with_capacity(text.len()), chars: Vec::new(), original: Vec::new() };
        for (at, c) in original.iter().enumerate() {
            let folded = if c.is_ascii() { c.to_string() } else { one_spelling(&c.to_string()) };
            for c in folded.chars() {
                let dropped = match without {
                    Without::Nothing => false,
                    Without::Blanks => c.is_whitespace(),
                    Without::Signs => !c.is_alphanumeric(),
                };
                if dropped || is_unsafe(c) || c == '\u{fe0f}' {
                    continue;
                }
                let c = if without == Without::Signs { plain_digit(c) } else { c };
                view.chars.push((view.text.len(), at));
                view.text.push(simplified(c).to_ascii_uppercase());
            }
        }
        view.original = original;
        view
    }

    /// The text in one spelling.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The characters of the original that a stretch of the view came from.
    pub(super) fn place(&self, bytes: Range<usize>) -> Range<usize> {
        let from = self.chars.partition_point(|(byte, _)| *byte < bytes.start);
        let to = self.chars.partition_point(|(byte, _)| *byte < bytes.end);
        let first = self.chars.get(from).map_or(self.original.len(), |(_, at)| *at);
        let last = self.chars.get(from..to).and_then(<[_]>::last).map_or(first, |(_, at)| at.saturating_add(1));
        first..last
    }

    /// The original's text of a place.
    pub(super) fn original(&self, place: &Range<usize>) -> String {
        self.original.get(place.clone()).map(|chars| chars.iter().collect()).unwrap_or_default()
    }

    /// The character just before a place of the original.
    pub(super) fn before(&self, place: &Range<usize>) -> Option<char> {
        place.start.checked_sub(1).and_then(|at| self.original.get(at)).copied()
    }

    /// The character just behind a place of the original.
    pub(super) fn behind(&self, place: &Range<usize>) -> Option<char> {
        self.original.get(place.end).copied()
    }

    /// What of the view stands before a byte of it, at most `count` characters.
    pub(super) fn left(&self, byte: usize, count: usize) -> &str {
        let to = self.chars.partition_point(|(at, _)| *at < byte);
        let from = self.chars.get(to.saturating_sub(count)).map_or(0, |(at, _)| *at);
        self.text.get(from..byte).unwrap_or_default()
    }

    /// What of the view stands from a byte of it on, at most `count` characters.
    pub(super) fn right(&self, byte: usize, count: usize) -> &str {
        let from = self.chars.partition_point(|(at, _)| *at < byte);
        let to = self.chars.get(from.saturating_add(count)).map_or(self.text.len(), |(at, _)| *at);
        self.text.get(byte..to).unwrap_or_default()
    }
}

/// A string as a view of this kind spells it.
pub(super) fn spelled(text: &str, without: Without) -> String {
    View::of(text, without).text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_text_as_it_stands() {
        let view = View::of("由 Ｑ r\u{200b}Ｕ t　模式", Without::Blanks);
        assert_eq!(view.text(), "由QRUT模式");
        let at = view.text().find("QRUT").unwrap();
        let place = view.place(at..at + 4);
        assert_eq!((place.clone(), view.original(&place).as_str()), (2..9, "Ｑ r\u{200b}Ｕ t"));
        assert_eq!((view.before(&place), view.behind(&place)), (Some(' '), Some('\u{3000}')));
        assert_eq!(spelled("（0417）－５５５·03 580", Without::Signs), "041755503580");
        assert_eq!(spelled("望舒農業大學", Without::Blanks), "望舒农业大学");
    }

    #[test]
    fn traditional_characters_come_in_pairs() {
        assert_eq!(TRADITIONAL.chars().filter(|c| !c.is_whitespace()).count() % 2, 0);
    }

    proptest::proptest! {
        #[test]
        fn every_place_is_within_the_text(text in "\\PC{0,40}", from in 0usize..60, to in 0usize..60) {
            for without in [Without::Nothing, Without::Blanks, Without::Signs] {
                let view = View::of(&text, without);
                let place = view.place(from.min(to)..from.max(to));
                proptest::prop_assert!(place.start <= place.end && place.end <= text.chars().count());
            }
        }
    }
}
