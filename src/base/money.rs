//! Money (金额) in fen, exact: an amount never passes through a float, and
//! nothing is rounded when it is read.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::digits;

/// An amount in fen (分), 1/100 of a yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i64);

/// Why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotMoney {
    /// Nothing but blanks: a missing amount, which is never zero.
    Empty,
    /// Not digits with at most one dot.
    NotANumber,
    /// Finer than a fen.
    TooFine,
    /// Twelve digits of yuan are read.
    TooLarge,
}

/// What a column's figures are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// 元: two places.
    Yuan,
    /// 万元: six places.
    Wan,
}

impl Unit {
    /// Places after the dot; the last one is the fen.
    const fn places(self) -> usize {
        match self {
            Self::Yuan => 2,
            Self::Wan => 6,
        }
    }

    /// As it is written behind a figure.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::Wan => "万元",
        }
    }
}

impl Money {
    /// Nothing; an amount that was given, not a missing one.
    pub const ZERO: Self = Self(0);
    /// 10,000 yuan.
    pub const WAN: Self = Self(1_000_000);

    /// From fen.
    #[must_use]
    pub const fn from_fen(fen: i64) -> Self {
        Self(fen)
    }

    /// In fen.
    #[must_use]
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// Reads `[0-9]+(\.[0-9]+)?` in this unit and nothing else: no sign, no
    /// exponent, no separators, nothing finer than a fen. Noughts behind the fen
    /// say nothing and are read.
    ///
    /// # Errors
    /// Says which part of the grammar the text breaks.
    pub fn parse(text: &str, unit: Unit) -> Result<Self, NotMoney> {
        if text.trim().is_empty() {
            return Err(NotMoney::Empty);
        }
        let (whole, places) = digits::parts(text).ok_or(NotMoney::NotANumber)?;
        let places = places.trim_end_matches('0');
        if places.len() > unit.places() {
            return Err(NotMoney::TooFine);
        }
        let most = 14 - unit.places();
        if whole.trim_start_matches('0').len() > most || whole.len() > 20 {
            return Err(NotMoney::TooLarge);
        }
        digits::units(whole, places, unit.places()).map(Self).ok_or(NotMoney::TooLarge)
    }

    /// As a person would say it in Chinese: whole 万元 as such, else 元.
    #[must_use]
    pub fn zh(self) -> String {
        if self.0 != 0 && self.0 % Self::WAN.0 == 0 {
            format!("{} 万元", self.0 / Self::WAN.0)
        } else {
            let text = self.to_string();
            format!("{} 元", text.strip_suffix(".00").unwrap_or(&text))
        }
    }
}

/// In yuan, with both places: `500000.00`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        f.pad(&format!("{sign}{}.{:02}", fen / 100, fen % 100))
    }
}

/// Folds what people type into what [`Money::parse`] reads: full-width digits
/// and dots, blanks around, and the unit behind.
#[must_use]
pub fn fold(text: &str, unit: Unit) -> String {
    let folded: String = text.nfkc().map(|c| if c == '。' { '.' } else { c }).collect();
    let folded = folded.trim();
    folded.strip_suffix(unit.zh()).unwrap_or(folded).trim_end().to_owned()
}

/// An amount as a rule says it: in 元, or in 万元 where that stands behind it.
///
/// # Errors
/// As [`Money::parse`].
pub fn written(text: &str) -> Result<Money, NotMoney> {
    let folded = fold(text, Unit::Wan);
    if text.trim_end().ends_with(Unit::Wan.zh()) {
        return Money::parse(&folded, Unit::Wan);
    }
    Money::parse(&fold(text, Unit::Yuan), Unit::Yuan)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_grammar_and_nothing_else() {
        for (text, unit, fen) in [
            ("500000", Unit::Yuan, 50_000_000),
            ("0.01", Unit::Yuan, 1),
            ("0.10", Unit::Yuan, 10),
            ("007", Unit::Yuan, 700),
            ("89.55", Unit::Wan, 89_550_000),
            ("0.000001", Unit::Wan, 1),
            ("1.500", Unit::Yuan, 150),
            ("999999999999.99", Unit::Yuan, 99_999_999_999_999),
            ("99999999.999999", Unit::Wan, 99_999_999_999_999),
        ] {
            assert_eq!(Money::parse(text, unit).map(Money::fen), Ok(fen), "{text}");
        }
        for wrong in ["1e5", "1_00", "+3", "-0", "-1", ".5", "5.", "NaN", "inf", "3,5", "0x1", "3 5", "１", "1.2.3"] {
            assert_eq!(Money::parse(wrong, Unit::Yuan), Err(NotMoney::NotANumber), "{wrong}");
        }
        assert_eq!(Money::parse("0.001", Unit::Yuan), Err(NotMoney::TooFine));
        assert_eq!(Money::parse("0.0000001", Unit::Wan), Err(NotMoney::TooFine));
        assert_eq!(Money::parse("1000000000000", Unit::Yuan), Err(NotMoney::TooLarge));
        assert_eq!(Money::parse("9223372036854775808", Unit::Yuan), Err(NotMoney::TooLarge));
        assert_eq!(Money::parse(" ", Unit::Yuan), Err(NotMoney::Empty));
    }

    #[test]
    fn folds_what_people_type_and_keeps_units_apart() {
        assert_eq!(fold(" ５０００００．５ 元", Unit::Yuan), "500000.5");
        assert_eq!(fold("50万元", Unit::Wan), "50");
        // Ten thousand times too little must not be read.
        let wrong = fold("50万元", Unit::Yuan);
        assert_eq!(Money::parse(&wrong, Unit::Yuan), Err(NotMoney::NotANumber));
        assert_eq!(written("80 万元"), Ok(Money::from_fen(80_000_000)));
        assert_eq!(written("80.5元"), Ok(Money::from_fen(8_050)));
        assert_eq!(written("８０"), Ok(Money::from_fen(8_000)));
        assert_eq!(written("1_000"), Err(NotMoney::NotANumber));
    }

    #[test]
    fn says_amounts_as_people_do() {
        assert_eq!(Money::from_fen(80_000_000).zh(), "80 万元");
        assert_eq!(Money::from_fen(150_000).zh(), "1500 元");
        assert_eq!(Money::from_fen(150_001).zh(), "1500.01 元");
        assert_eq!(Money::ZERO.zh(), "0 元");
        assert_eq!(Money::from_fen(-5).to_string(), "-0.05");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(fen in 0i64..100_000_000_000_000) {
            let money = Money::from_fen(fen);
            prop_assert_eq!(Money::parse(&money.to_string(), Unit::Yuan), Ok(money));
        }
    }
}
