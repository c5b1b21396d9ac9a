//! A day of the calendar (日期), as forms and guidelines give it: no time, no zone.

use std::fmt;

/// A day that exists; days are ordered as the calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    date: u8,
}

impl Day {
    /// The day of this year, month and day of the month, where there is one.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        ((1..=last).contains(&day) && (1900..=2999).contains(&year)).then_some(Self { year, month, date: day })
    }

    /// Reads `2023-05-31`, `2023年5月31日`, `2023.5.31` and `2023/5/31`, full-width too.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let folded: String = crate::base::points::fold(text).chars().filter(|c| !c.is_whitespace()).collect();
        let plain = folded.strip_suffix(['日', '号']).unwrap_or(&folded);
        let mut parts = plain.split(['年', '月', '-', '.', '/']);
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits =
            |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if parts.next().is_some() || year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// `2023年5月31日`, as documents write it.
    #[must_use]
    pub fn in_words(self) -> String {
        format!("{}年{}月{}日", self.year, self.month, self.date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write_and_no_day_that_is_none() {
        for text in ["2023-05-31", "2023年5月31日", "2023.5.31", "２０２３年５月３１日", " 2023 / 05 / 31 "]
        {
            assert_eq!(Day::read(text).map(|day| day.to_string()).as_deref(), Some("2023-05-31"), "{text}");
        }
        for wrong in ["", "年 月 日", "2023-02-29", "2023-13-01", "2023-5", "23-5-1", "2023-05-31-1", "2023年5月32日"]
        {
            assert_eq!(Day::read(wrong), None, "{wrong}");
        }
        assert!(Day::read("2024-02-29") > Day::read("2024-02-28"));
        assert_eq!(Day::read("2023-05-09").unwrap().in_words(), "2023年5月9日");
    }
}
