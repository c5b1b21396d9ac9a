//! Points (分): marks, weights and scores as integers in 1/10,000 of a point.
//!
//! A mark never passes through a float. The grammar is deliberately small:
//! digits, at most one dot, at most four places. `1e5`, `1_00`, `+3`, `.5`,
//! `NaN` and a minus sign are refused (`rust_decimal` and `f64` accept some of
//! them silently). Shapes that people type (`８５`, `85分`, `3。5`) are folded
//! by [`fold`] first, and only where a person may have typed them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;

use super::digits;

/// A number of points (分), exact to 1/10,000; never negative when parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(i64);

/// Why a text is not a number of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotPoints {
    /// Nothing but blanks: a missing mark, which is never zero.
    Empty,
    /// Not digits with at most one dot.
    NotANumber,
    /// More than four places after the dot.
    TooFine,
    /// More places after the dot than what it stands for has.
    FinerThan(u32),
    /// More than six digits before the dot.
    TooLarge,
}

impl Points {
    /// Units in one point.
    pub const UNIT: i64 = 10_000;
    /// No points; a real mark, not a missing one.
    pub const ZERO: Self = Self(0);

    /// From units of 1/10,000.
    #[must_use]
    pub const fn from_units(units: i64) -> Self {
        Self(units)
    }

    /// In units of 1/10,000.
    #[must_use]
    pub const fn units(self) -> i64 {
        self.0
    }

    /// Reads `[0-9]{1,6}(\.[0-9]{1,4})?` and nothing else.
    ///
    /// # Errors
    /// Says which part of the grammar the text breaks.
    pub fn parse(text: &str) -> Result<Self, NotPoints> {
        if text.trim().is_empty() {
            return Err(NotPoints::Empty);
        }
        let (whole, places) = digits::parts(text).ok_or(NotPoints::NotANumber)?;
        if places.len() > 4 {
            return Err(NotPoints::TooFine);
        }
        if whole.trim_start_matches('0').len() > 6 || whole.len() > 9 {
            return Err(NotPoints::TooLarge);
        }
        digits::units(whole, places, 4).map(Self).ok_or(NotPoints::TooLarge)
    }

    /// The sum, or nothing where it would not fit.
    #[must_use]
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(units) => Some(Self(units)),
            None => None,
        }
    }

    /// Whether this is a whole number of steps (`step` above zero).
    #[must_use]
    pub const fn on_grid(self, step: Self) -> bool {
        step.0 > 0 && self.0 % step.0 == 0
    }

    /// Written with exactly `places` (0 to 4) places, cut and not rounded: the
    /// caller has rounded already.
    #[must_use]
    pub fn fixed(self, places: u32) -> String {
        let mut out = String::with_capacity(12);
        self.write_fixed(places, &mut out);
        out
    }

    /// [`Self::fixed`], behind what `out` holds. Digit by digit: a long list has
    /// hundreds of thousands of them.
    pub fn write_fixed(self, places: u32, out: &mut String) {
        if self.0 < 0 {
            out.push('-');
        }
        let all = self.0.unsigned_abs();
        let (mut left, places) = match places {
            0 => (all / 10_000, 0),
            1 => (all / 1_000, 1),
            2 => (all / 100, 2),
            3 => (all / 10, 3),
            _ => (all, 4),
        };
        // Backwards, from the last digit on; at least one before the dot.
        let mut digits = [b'0'; 24];
        let mut used = 0usize;
        for digit in digits.iter_mut().rev() {
            if used == places && places > 0 {
                *digit = b'.';
            } else if left == 0 && used > places + 1 {
                break;
            } else {
                *digit = b"0123456789".get(usize::try_from(left % 10).unwrap_or(0)).copied().unwrap_or(b'0');
                left /= 10;
                if places == 0 && left == 0 {
                    used += 1;
                    break;
                }
            }
            used += 1;
        }
        let written = digits.get(digits.len() - used..).unwrap_or_default();
        out.push_str(std::str::from_utf8(written).unwrap_or_default());
    }
}

impl Points {
    /// Written with at least `places` places, and as many more as it takes to
    /// be exact.
    #[must_use]
    pub fn at_least(self, places: u32) -> String {
        let places = (places.min(4)..4).find(|p| self.0 % 10i64.pow(4 - p) == 0).unwrap_or(4);
        self.fixed(places)
    }
}

/// The sum of any number of points, in i128 so that no panel is too large.
#[must_use]
pub fn sum(points: impl IntoIterator<Item = Points>) -> i128 {
    points.into_iter().map(|p| i128::from(p.0)).sum()
}

/// The shortest way of writing the value: `4`, `3.5`, `0.25`.
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.fixed(4);
        f.pad(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl FromStr for Points {
    type Err = NotPoints;
    fn from_str(text: &str) -> Result<Self, NotPoints> {
        Self::parse(text)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Points {
    /// One encoding only: `"3.5"`, never `3.5`, `"3.50"` or `"03.5"`.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        match Self::parse(&text) {
            Ok(points) if points.to_string() == text => Ok(points),
            _ => Err(serde::de::Error::custom(format!("not points: {text:?}"))),
        }
    }
}

/// Folds what people type into what [`Points::parse`] reads: full-width digits
/// and dots, the Chinese full stop, blanks around, and one 分 behind.
#[must_use]
pub fn fold(text: &str) -> String {
    // Most of what comes is plain already.
    let folded: std::borrow::Cow<'_, str> = if text.is_ascii() {
        text.into()
    } else {
        text.nfkc().map(|c| if c == '。' || c == '｡' { '.' } else { c }).collect()
    };
    let folded = folded.trim();
    folded.strip_suffix('分').unwrap_or(folded).trim_end().to_owned()
}

/// [`fold`] for a mark: what people type, and no other sign that is worth a
/// digit: `8²` is not 82, and 分 alone is no blank.
///
/// # Errors
/// Signs that no one means as digits.
pub fn typed(text: &str) -> Result<String, NotPoints> {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let folded = fold(text);
    let odd = text.chars().any(|c| c.is_numeric() && !digit(c));
    if odd || folded.is_empty() && !text.trim().is_empty() { Err(NotPoints::NotANumber) } else { Ok(folded) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_grammar_and_nothing_else() {
        assert_eq!(Points::parse("3.5").unwrap().units(), 35_000);
        assert_eq!(Points::parse("100").unwrap().to_string(), "100");
        assert_eq!(Points::parse("85.0").unwrap(), Points::parse("85").unwrap());
        for wrong in ["1e5", "1_00", "+3", "-0", ".5", "5.", "NaN", "3,5", "0x1", "3 5", "１"] {
            assert_eq!(Points::parse(wrong), Err(NotPoints::NotANumber), "{wrong}");
        }
        assert_eq!(Points::parse("1.00001"), Err(NotPoints::TooFine));
        assert_eq!(Points::parse("12345678"), Err(NotPoints::TooLarge));
        assert_eq!(Points::parse("  "), Err(NotPoints::Empty));
    }

    #[test]
    fn folds_what_people_type() {
        for (typed, meant) in [("８５．５", "85.5"), ("85分", "85"), (" 3。5 ", "3.5"), ("4 分", "4")] {
            assert_eq!(fold(typed), meant);
        }
    }

    #[test]
    fn a_mark_is_typed_in_digits() {
        for (text, meant) in [("８５．５", "85.5"), (" 85 分", "85"), ("\u{3000}", ""), ("", "")] {
            assert_eq!(typed(text).as_deref(), Ok(meant));
        }
        for odd in ["8²", "②", "Ⅷ", "½", "٨٥", "𝟖𝟓", "分"] {
            assert_eq!(typed(odd), Err(NotPoints::NotANumber), "{odd}");
        }
    }

    #[test]
    fn writes_fixed_places() {
        assert_eq!(Points::from_units(850_000).fixed(2), "85.00");
        assert_eq!(Points::from_units(5).fixed(4), "0.0005");
        for (units, places, text) in [
            (0, 0, "0"),
            (0, 2, "0.00"),
            (9_999, 0, "0"),
            (10_000, 0, "1"),
            (-105_000, 1, "-10.5"),
            (1_000_000, 3, "100.000"),
            (i64::MAX, 4, "922337203685477.5807"),
            (i64::MIN, 4, "-922337203685477.5808"),
            (i64::MIN, 0, "-922337203685477"),
        ] {
            assert_eq!(Points::from_units(units).fixed(places), text);
        }
        assert_eq!(Points::from_units(35_000).to_string(), "3.5");
        assert_eq!(Points::from_units(1_000_000).to_string(), "100");
    }
}
