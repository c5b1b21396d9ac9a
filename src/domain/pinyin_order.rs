//! Names in the order of their pinyin (按拼音排序), sign by sign as a dictionary
//! has them: by sound, then tone, then the sign itself.

use pinyin::ToPinyin;

/// Readings that signs have in place names and names of institutions, where
/// the most common reading is another: two signs, which of them, its sound.
const READINGS: [(&str, usize, &str, u8); 9] = [
    ("重庆", 0, "chong", 2),
    ("厦门", 0, "xia", 4),
    ("长春", 0, "chang", 2),
    ("长沙", 0, "chang", 2),
    ("长江", 0, "chang", 2),
    ("长安", 0, "chang", 2),
    ("朝阳", 0, "chao", 2),
    ("乐山", 0, "le", 4),
    ("六安", 0, "lu", 4),
];

/// One sign's place in the order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sound {
    /// Not a Chinese sign: as it is, before all that are.
    Other(char),
    /// Sound without tone, tone, sign.
    Han(String, u8, char),
}

/// The key to sort a name by.
#[must_use]
pub fn key(name: &str) -> Vec<Sound> {
    let signs: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    signs
        .iter()
        .enumerate()
        .map(|(at, sign)| {
            let special = READINGS.iter().find(|(pair, which, ..)| {
                at.checked_sub(*which)
                    .is_some_and(|from| pair.chars().eq(signs.iter().skip(from).take(pair.chars().count()).copied()))
            });
            match (special, sign.to_pinyin()) {
                (Some((_, _, sound, tone)), _) => Sound::Han((*sound).to_owned(), *tone, *sign),
                (None, Some(read)) => {
                    let tone = read.with_tone_num_end().chars().next_back().and_then(|c| c.to_digit(10)).unwrap_or(0);
                    Sound::Han(read.plain().to_owned(), u8::try_from(tone).unwrap_or(0), *sign)
                }
                (None, None) => Sound::Other(*sign),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_a_dictionary_has_them() {
        let mut names = [
            "云栖工程学院",
            "澜洲化工研究设计院",
            "重庆大学",
            "朝阳师专",
            "岱屿职业技术学院",
            "长春大学",
            "ABC研究院",
            "碧流科技学院",
        ];
        names.sort_by_key(|name| key(name));
        let sorted = [
            "ABC研究院",
            "碧流科技学院",
            "长春大学",
            "朝阳师专",
            "重庆大学",
            "岱屿职业技术学院",
            "澜洲化工研究设计院",
            "云栖工程学院",
        ];
        assert_eq!(names, sorted);
    }
}
