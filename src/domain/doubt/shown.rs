//! A figure that is only shown (参考数): it decides nothing, so it is kept as
//! it is printed, and nobody can reckon on with it.

/// Places that are kept.
pub const PLACES: u32 = 10;

/// A figure in units of `10^-10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shown(i128);

impl Shown {
    /// Of a decimal with at most [`PLACES`] places, such as `-0.25`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (below, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let places = usize::try_from(PLACES).ok()?;
        let plain = |text: &str| text.bytes().all(|sign| sign.is_ascii_digit());
        if whole.is_empty() || part.len() > places || !plain(whole) || !plain(part) {
            return None;
        }
        let units: i128 = format!("{whole}{part:0<places$}").parse().ok()?;
        Some(Self(if below { -units } else { units }))
    }

    /// Of an integer.
    #[must_use]
    pub fn whole(number: u32) -> Self {
        Self(i128::from(number).saturating_mul(10i128.pow(PLACES)))
    }

    /// With exactly so many places, at most [`PLACES`]; a half goes away from
    /// zero, and there is no `-0`.
    #[must_use]
    pub fn fixed(self, places: u32) -> String {
        let places = places.min(PLACES);
        let unit = 10u128.pow(PLACES - places);
        let rounded = (self.0.unsigned_abs() + unit / 2) / unit;
        let under = 10u128.pow(places);
        let sign = if self.0 < 0 && rounded > 0 { "-" } else { "" };
        let whole = rounded / under;
        if places == 0 {
            return format!("{sign}{whole}");
        }
        let width = usize::try_from(places).unwrap_or(0);
        format!("{sign}{whole}.{:0width$}", rounded % under)
    }

    /// A share of 1 as a percentage with one place.
    #[must_use]
    pub fn percent(self) -> String {
        format!("{}%", Self(self.0.saturating_mul(100)).fixed(1))
    }

    /// With as many places as it has.
    #[must_use]
    pub fn shortest(self) -> String {
        let text = self.fixed(PLACES);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// Whether it is above zero.
    #[must_use]
    pub const fn is_above_zero(self) -> bool {
        self.0 > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_and_written_as_it_is() {
        for text in ["0", "-0.25", "12.3456789012", "7.1"] {
            assert_eq!(Shown::parse(text).unwrap().shortest(), text);
        }
        for text in ["", "-", ".5", "1e3", "NaN", "0.12345678901", "+1", "1,5"] {
            assert_eq!(Shown::parse(text), None, "{text}");
        }
        let of = |text: &str, places| Shown::parse(text).unwrap().fixed(places);
        assert_eq!(
            (of("0.125", 2), of("-0.125", 2), of("-0.004", 2), of("9.999", 2)),
            ("0.13".to_owned(), "-0.13".to_owned(), "0.00".to_owned(), "10.00".to_owned())
        );
        assert_eq!((of("2.5", 0), Shown::parse("0.55648").unwrap().percent()), ("3".to_owned(), "55.6%".to_owned()));
    }
}
