//! Days as people write them (日期): 2021年7月3日, 2021.7.3, 二〇二一年七月三日.

use crate::base::text::one_spelling;
use crate::domain::application::Why;

use super::amounts::{Reading, is_mark};
use super::numerals;

/// Reads a day as `2021-07-03`, a month as `2021-07`.
pub(super) fn read(text: &str) -> Reading<String> {
    let folded: String = one_spelling(text).chars().filter(|c| !c.is_whitespace() && *c != '_').collect();
    let blank = folded.chars().all(|c| matches!(c, '年' | '月' | '日' | '号' | '.' | '-' | '/' | '期' | ':' | '：'));
    if folded.is_empty() || (blank && folded.contains(['年', '月', '日', '期'])) {
        return Reading::Empty;
    }
    if is_mark(text) {
        return Reading::Doubt(None, Why::Mark);
    }
    let body = folded.strip_prefix("日期").unwrap_or(&folded).trim_start_matches([':', '：']);
    // The time of day a spreadsheet puts behind.
    let body = body.strip_suffix("00:00:00").or_else(|| body.strip_suffix("0:00")).unwrap_or(body);
    let body = body.trim_end_matches(['t', 'T', '。', ';', '；']);
    let digits = |c: &char| c.is_ascii_digit();
    if body.chars().all(|c| c.is_ascii_digit()) {
        return match body.chars().count() {
            8 => {
                let part = |from: usize, to: usize| body.get(from..to).and_then(number);
                day(part(0, 4), part(4, 6), part(6, 8).or(Some(0)))
            }
            4 | 6 => Reading::Doubt(None, Why::NotAValue),
            // Days since 1900, as a spreadsheet counts them.
            5 => Reading::Doubt(number(body).and_then(serial), Why::NotAValue),
            _ => Reading::Doubt(None, Why::NotAValue),
        };
    }
    let mut parts: Vec<&str> = body.split(['年', '月', '日', '号', '.', '-', '/', '—', '、', '．']).collect();
    let tail = parts.last().is_some_and(|last| last.is_empty());
    if tail {
        parts.pop();
    }
    if parts.len() > 3 {
        let figures = body.chars().filter(digits).count();
        return Reading::Doubt(None, if figures > 8 { Why::Several } else { Why::NotAValue });
    }
    let mut parts = parts.into_iter();
    let mut next = || parts.next().map(|part| number(part).unwrap_or(0));
    day(next(), next(), next())
}

fn number(text: &str) -> Option<u32> {
    let read = numerals::read(text.trim()).ok()?;
    (read.power == 0 && read.figures.scale() == 0).then(|| u32::try_from(read.figures).ok()).flatten()
}

/// A day that there is; the month may stand alone. A part that is written and
/// is no number comes as 0, which no month and no day is.
fn day(year: Option<u32>, month: Option<u32>, day: Option<u32>) -> Reading<String> {
    let none = Reading::Doubt(None, Why::NotAValue);
    let (Some(year @ 1949..=2100), Some(month @ 1..=12)) = (year, month) else { return none };
    match day {
        None => Reading::Sure(format!("{year:04}-{month:02}")),
        Some(day) if (1..=days(year, month)).contains(&day) => Reading::Sure(format!("{year:04}-{month:02}-{day:02}")),
        Some(_) => none,
    }
}

const fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(400) || (year.is_multiple_of(4) && !year.is_multiple_of(100)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn serial(number: u32) -> Option<String> {
    let mut left = number.checked_sub(60)?;
    let mut year = 1900;
    let mut month = 3;
    while left > days(year, month) {
        left -= days(year, month);
        month += 1;
        if month > 12 {
            month = 1;
            year += 1;
        }
    }
    (left > 0 && (1980..=2100).contains(&year)).then(|| format!("{year:04}-{month:02}-{left:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months() {
        for (text, meant) in [
            ("2021年7月3日", "2021-07-03"),
            ("2021 年 07 月 03 日", "2021-07-03"),
            ("２０２１年７月３日", "2021-07-03"),
            ("2021.7.3", "2021-07-03"),
            ("2021．7．3", "2021-07-03"),
            ("2021/07/03", "2021-07-03"),
            ("2021-07-03", "2021-07-03"),
            ("2021-07-03 00:00:00", "2021-07-03"),
            ("20210703", "2021-07-03"),
            ("二〇二一年七月三日", "2021-07-03"),
            ("二○二一年十二月三十一日", "2021-12-31"),
            ("2021年7月3号", "2021-07-03"),
            ("2021年7月", "2021-07"),
            ("2021.07", "2021-07"),
            ("日期：2023年5月29日", "2023-05-29"),
        ] {
            assert_eq!(read(text), Reading::Sure(meant.to_owned()), "{text}");
        }
        for blank in ["", "年  月  日", "　　年　月　日", "日期："] {
            assert_eq!(read(blank), Reading::Empty, "{blank}");
        }
        for wrong in ["2021年13月1日", "2021-02-29", "7月3日", "21.7.3", "明年", "2021.7.3-2022.7.3", "无", "2021"]
        {
            assert!(matches!(read(wrong), Reading::Doubt(None, _)), "{wrong}");
        }
        assert_eq!(read("44380"), Reading::Doubt(Some("2021-07-03".to_owned()), Why::NotAValue));
    }
}
