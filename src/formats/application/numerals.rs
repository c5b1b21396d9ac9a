//! Numbers in words and digits (中文数字): 一百八十二, 二〇二一, 壹佰贰拾, 廿三,
//! 三点五, 1.2万, 12万3千. Only what can be read in one way is read; the
//! colloquial 一百八, which some mean as 108, is not.

use rust_decimal::Decimal;

/// A number as far as it goes: its figures, and the power of ten that stands
/// behind them as a word (万 in `1.2万`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numeral {
    /// The figures as written, `1.2`.
    pub figures: Decimal,
    /// The power of ten named behind them, 4 for 万.
    pub power: u32,
    /// Whether 万 or 亿 stands inside, not at the end: `12万3千`.
    pub compound: bool,
}

/// Most digits that are kept.
const MOST_DIGITS: usize = 20;

/// A digit in words.
const fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' | '壱' | '弌' | '幺' => 1,
        '二' | '贰' | '貳' | '两' | '兩' | '弍' | '俩' => 2,
        '三' | '叁' | '參' | '叄' | '弎' | '仨' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// A power of ten within a group of four places.
const fn small_power(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        _ => return None,
    })
}

/// A power of ten that closes a group.
const fn great_power(c: char) -> Option<u32> {
    Some(match c {
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        _ => return None,
    })
}

/// Whether a sign belongs to a number.
pub(super) fn is_numeral(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '.' | ',' | '点' | '點' | '廿' | '卅')
        || digit(c).is_some()
        || small_power(c).is_some()
        || great_power(c).is_some()
}

/// Reads a whole text as a number.
pub(super) fn read(text: &str) -> Result<Numeral, Unread> {
    if text.is_empty() {
        return Err(Unread::NotANumber);
    }
    if text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        return arabic(text).map(|figures| Numeral { figures, power: 0, compound: false });
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) { mixed(text) } else { words(text) }
}

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// Not a number of any kind we are sure of.
    NotANumber,
    /// Separators that do not part thousands, or more than one dot.
    Several,
    /// More digits than are kept.
    TooLong,
}

/// `1,234.5`: digits, commas every three places, one dot with digits on both sides.
fn arabic(text: &str) -> Result<Decimal, Unread> {
    let (whole, places) = match text.split_once('.') {
        Some((whole, places)) => (whole, Some(places)),
        None => (text, None),
    };
    if places.is_some_and(|p| p.contains(['.', ','])) {
        return Err(Unread::Several);
    }
    if whole.is_empty() || places.is_some_and(str::is_empty) {
        return Err(Unread::NotANumber);
    }
    if whole.contains(',') {
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or_default();
        if !(1..=3).contains(&first.len()) || first.starts_with('0') || groups.any(|group| group.len() != 3) {
            return Err(Unread::Several);
        }
    }
    let digits: String = text.chars().filter(|c| *c != ',').collect();
    if digits.len() > MOST_DIGITS {
        return Err(Unread::TooLong);
    }
    Decimal::from_str_exact(&digits).map_err(|_| Unread::TooLong)
}

/// `1.2万`, `12万3千`, `3千`: digits with powers in words.
fn mixed(text: &str) -> Result<Numeral, Unread> {
    let mut parts: Vec<(Decimal, u32)> = Vec::new();
    let mut digits = String::new();
    let mut power = 0;
    let mut lead = String::new();
    for c in text.chars() {
        if c.is_ascii_digit() || matches!(c, '.' | ',') {
            if power > 0 {
                parts.push((arabic(&lead)?, power));
                power = 0;
            }
            digits.push(c);
        } else {
            let more = small_power(c).or_else(|| great_power(c)).ok_or(Unread::NotANumber)?;
            if power == 0 {
                lead = std::mem::take(&mut digits);
            }
            power += more;
        }
    }
    let whole = if power > 0 { (arabic(&lead)?, power) } else { (arabic(&digits)?, 0) };
    let Some(&(_, first)) = parts.first() else {
        return Ok(Numeral { figures: whole.0, power: whole.1, compound: false });
    };
    // Each part below the power before it, and whole: 12万3千, never 1.2万3千.
    parts.push(whole);
    let mut sum = Decimal::ZERO;
    let mut room = first + 20;
    for (figures, power) in parts {
        let size = u32::try_from(figures.trunc().to_string().len()).unwrap_or(u32::MAX);
        if size + power > room || (figures.scale() > 0 && power > 0) {
            return Err(Unread::NotANumber);
        }
        room = power;
        sum = sum.checked_add(shifted(figures, power).ok_or(Unread::TooLong)?).ok_or(Unread::TooLong)?;
    }
    Ok(Numeral { figures: sum, power: 0, compound: true })
}

/// A number in words.
fn words(text: &str) -> Result<Numeral, Unread> {
    let (whole, places) = match text.split_once(['点', '點']) {
        Some((whole, places)) => (whole, Some(places)),
        None => (text, None),
    };
    // Places, with a power behind them: 三点五, 三点五万.
    if let Some(places) = places {
        let tail: String = places.chars().take_while(|c| digit(*c).is_some()).collect();
        let mut power = 0;
        for c in places.chars().skip(tail.chars().count()) {
            power += small_power(c).or_else(|| great_power(c)).ok_or(Unread::NotANumber)?;
        }
        let figures = format!("{}.{}", simple(whole)?, digits_of(&tail)?);
        return Ok(Numeral { figures: arabic(&figures)?, power, compound: false });
    }
    // Digit by digit: 二〇二一.
    if text.chars().count() > 1 && text.chars().all(|c| digit(c).is_some()) {
        return Ok(Numeral { figures: arabic(&digits_of(text)?)?, power: 0, compound: false });
    }
    let plain = simple(text)?;
    let compound = text.chars().any(|c| great_power(c).is_some());
    let figures = Decimal::from(plain);
    // 一百二十万 is 120 and 万; 十二万三千 is one number.
    let ending = text.chars().last().and_then(great_power);
    match ending {
        Some(power) if text.chars().filter(|c| great_power(*c).is_some()).count() == 1 => {
            let lead: String = text.chars().take(text.chars().count().saturating_sub(1)).collect();
            Ok(Numeral { figures: Decimal::from(simple(&lead)?), power, compound: false })
        }
        _ => Ok(Numeral { figures, power: 0, compound }),
    }
}

fn digits_of(text: &str) -> Result<String, Unread> {
    let digits: Option<String> = text.chars().map(|c| digit(c).and_then(|d| char::from_digit(d, 10))).collect();
    digits.filter(|d| !d.is_empty() && d.len() <= MOST_DIGITS).ok_or(Unread::NotANumber)
}

/// A whole number in words, every power named: 一千零五十, 十二万三千, 廿三.
fn simple(text: &str) -> Result<u64, Unread> {
    let mut total = 0_u64;
    let mut group = 0_u64;
    let mut one: Option<u32> = None;
    let mut seen_small = 5;
    let mut seen_great = 13;
    let mut zero = false;
    let mut any = false;
    let bad = Unread::NotANumber;
    for c in text.chars() {
        if c == '廿' || c == '卅' {
            if one.is_some() || group > 0 || total > 0 {
                return Err(bad);
            }
            group = if c == '廿' { 20 } else { 30 };
            seen_small = 1;
        } else if let Some(d) = digit(c) {
            if one.is_some() {
                return Err(bad);
            }
            if d == 0 {
                zero = true;
            } else {
                one = Some(d);
            }
        } else if let Some(power) = small_power(c) {
            // 十二 is twelve at the head of a group; 百 wants its digit.
            let lead = match one.take() {
                Some(d) => u64::from(d),
                None if power == 1 && group == 0 && !zero => 1,
                None => return Err(bad),
            };
            if power >= seen_small {
                return Err(bad);
            }
            seen_small = power;
            zero = false;
            group += lead * 10_u64.pow(power);
        } else if let Some(power) = great_power(c) {
            let sum = group + u64::from(one.take().unwrap_or(0));
            if sum == 0 || power >= seen_great {
                return Err(bad);
            }
            seen_great = power;
            seen_small = 5;
            zero = false;
            total = total.checked_add(sum.checked_mul(10_u64.pow(power)).ok_or(bad)?).ok_or(bad)?;
            group = 0;
        } else {
            return Err(bad);
        }
        any = true;
    }
    if let Some(d) = one {
        // 一百八: eight, or eighty. 三万五: five, or five thousand.
        let named = group > 0 && seen_small > 1 || group == 0 && total > 0;
        if named && !zero {
            return Err(bad);
        }
        group += u64::from(d);
    }
    if any { total.checked_add(group).ok_or(bad) } else { Err(bad) }
}

/// A number times a power of ten, exactly.
pub(super) fn shifted(figures: Decimal, power: u32) -> Option<Decimal> {
    let scale = figures.scale();
    let mut moved = figures;
    if scale >= power {
        moved.set_scale(scale - power).ok()?;
        return Some(moved);
    }
    moved.set_scale(0).ok()?;
    let factor = Decimal::from(10_u64.checked_pow(power - scale)?);
    moved.checked_mul(factor)
}

/// A number divided by a power of ten, exactly.
pub(super) fn divided(figures: Decimal, power: u32) -> Option<Decimal> {
    let mut moved = figures;
    let scale = moved.scale().checked_add(power).filter(|scale| *scale <= 28)?;
    moved.set_scale(scale).ok()?;
    Some(moved.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<String> {
        let read = read(text).ok()?;
        Some(shifted(read.figures, read.power)?.normalize().to_string())
    }

    #[test]
    fn words_and_digits() {
        for (text, meant) in [
            ("0", "0"),
            ("零", "0"),
            ("1,234.5", "1234.5"),
            ("一百八十二", "182"),
            ("二〇二一", "2021"),
            ("两百", "200"),
            ("廿", "20"),
            ("廿三", "23"),
            ("十二", "12"),
            ("二十", "20"),
            ("一千零五", "1005"),
            ("一千零五十", "1050"),
            ("壹佰贰拾万", "1200000"),
            ("三点五", "3.5"),
            ("三点五万", "35000"),
            ("十二万三千", "123000"),
            ("1.2万", "12000"),
            ("3千", "3000"),
            ("12万3千", "123000"),
            ("5百万", "5000000"),
            ("一亿零三百万", "103000000"),
            ("二", "2"),
        ] {
            assert_eq!(value(text).as_deref(), Some(meant), "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_not_read() {
        for text in [
            "一百八",
            "三万五",
            "百二",
            "十十",
            "二三十",
            "1.2万3千",
            "1,23",
            "1.2.3",
            "12,34",
            "1万2万",
            "点五",
            "",
            ".",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
        assert_eq!(read("123456789012345678901"), Err(Unread::TooLong));
    }
}
