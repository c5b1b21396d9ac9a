//! Decimals that are no marks: factors, values of a table, deductions. They may
//! be finer than [`super::Points`] and may stand below zero; the grammar is as
//! narrow, and no float is passed through.

use super::digits;
use super::points::NotPoints;

/// Reads `-?[0-9]{1,6}(\.[0-9]{1,places})?` in units of `10^-places`; `places`
/// is 12 at most. Minus nothing (`-0`, `-0.00`) is refused: nobody means it.
///
/// # Errors
/// Says which part of the grammar the text breaks.
pub fn parse(text: &str, places: u32) -> Result<i64, NotPoints> {
    if text.trim().is_empty() {
        return Err(NotPoints::Empty);
    }
    let (below, plain) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, part) = digits::parts(plain).ok_or(NotPoints::NotANumber)?;
    let most = places.min(12);
    let places = usize::try_from(most).unwrap_or(12);
    if part.len() > places {
        return Err(NotPoints::FinerThan(most));
    }
    if whole.trim_start_matches('0').len() > 6 || whole.len() > 9 {
        return Err(NotPoints::TooLarge);
    }
    match (below, digits::units(whole, part, places).ok_or(NotPoints::TooLarge)?) {
        (true, 0) => Err(NotPoints::NotANumber),
        (true, units) => Ok(-units),
        (false, units) => Ok(units),
    }
}

/// The shortest way of writing so many units of `10^-places`.
#[must_use]
pub fn shortest(units: i64, places: u32) -> String {
    let one = 10u64.pow(places.min(12));
    let sign = if units < 0 { "-" } else { "" };
    let (whole, part) = (units.unsigned_abs() / one, units.unsigned_abs() % one);
    let width = usize::try_from(places.min(12)).unwrap_or(12);
    let text = format!("{sign}{whole}.{part:0width$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_nothing_else() {
        for (text, units) in [("1.2", 1_200_000), ("0.45", 450_000), ("-1.5", -1_500_000), ("12", 12_000_000), ("0", 0)]
        {
            assert_eq!(parse(text, 6), Ok(units));
            assert_eq!(shortest(units, 6), text);
        }
        for wrong in ["-0", "-0.00", "1e5", "1_0", "+1", ".5", "5.", "--1", "- 1", "NaN", "0x1"] {
            assert_eq!(parse(wrong, 6), Err(NotPoints::NotANumber), "{wrong}");
        }
        assert_eq!(parse("0.0000001", 6), Err(NotPoints::FinerThan(6)));
        assert_eq!(parse("1234567", 6), Err(NotPoints::TooLarge));
        assert_eq!(parse("999999.999999999999", 12), Ok(999_999_999_999_999_999));
        assert_eq!(parse(" ", 6), Err(NotPoints::Empty));
    }
}
