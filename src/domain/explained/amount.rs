//! An exact number of points, of any fineness.

use serde::{Serialize, Serializer};

use crate::base::Points;

/// A fraction of points, in lowest terms; what is below the line is above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    over: i128,
    under: i128,
}

/// Most places a decimal is written to in full.
const MOST_PLACES: usize = 20;

impl Amount {
    /// `over / under` points; nothing where `under` is not above zero.
    #[must_use]
    pub fn new(over: i128, under: i128) -> Option<Self> {
        if under <= 0 {
            return None;
        }
        let (mut a, mut b) = (over.unsigned_abs(), under.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let common = i128::try_from(a.max(1)).unwrap_or(1);
        Some(Self { over: over / common, under: under / common })
    }

    /// So many points.
    #[must_use]
    pub fn of(points: Points) -> Self {
        Self::new(points.units().into(), Points::UNIT.into()).unwrap_or(Self { over: 0, under: 1 })
    }

    /// The same as points, where it is on their grid.
    #[must_use]
    pub fn points(self) -> Option<Points> {
        let units = self.over.checked_mul(i128::from(Points::UNIT))?;
        if units % self.under != 0 {
            return None;
        }
        i64::try_from(units / self.under).ok().map(Points::from_units)
    }

    /// What stands above and below the line, in lowest terms.
    #[must_use]
    pub const fn parts(self) -> (i128, i128) {
        (self.over, self.under)
    }

    /// Whether it is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.over < 0
    }

    /// The same above zero.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self { over: self.over.saturating_abs(), under: self.under }
    }

    /// The digits behind the point, `at_most` of them, and whether more follow.
    fn digits(self, at_most: usize) -> (String, bool) {
        let (over, under) = (self.over.unsigned_abs(), self.under.unsigned_abs());
        let mut rest = over % under;
        let mut out = String::new();
        while rest != 0 && out.len() < at_most {
            // Digit by digit; what does not fit is said to go on.
            let Some(next) = rest.checked_mul(10) else { return (out, true) };
            out.push(char::from_digit(u32::try_from(next / under).unwrap_or(0), 10).unwrap_or('0'));
            rest = next % under;
        }
        (out, rest != 0)
    }

    fn written(self, digits: &str) -> String {
        let sign = if self.over < 0 { "-" } else { "" };
        let whole = self.over.unsigned_abs() / self.under.unsigned_abs();
        let point = if digits.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{digits}")
    }

    /// The whole decimal, where there is one of no more than 20 places.
    #[must_use]
    pub fn decimal(self) -> Option<String> {
        let (digits, more) = self.digits(MOST_PLACES);
        (!more).then(|| self.written(&digits))
    }

    /// As many digits as it takes to see how it rounds to `places`, cut and not
    /// rounded, for what has no end.
    #[must_use]
    pub fn cut(self, places: u32) -> String {
        // From half a unit of the last place it is further away than that.
        let fine = self.under.to_string().len();
        let places = usize::try_from(places).unwrap_or(4);
        let (digits, _) = self.digits((places + fine + 1).min(MOST_PLACES));
        self.written(&digits)
    }

    /// `263/3`.
    #[must_use]
    pub fn fraction(self) -> String {
        if self.under == 1 { self.over.to_string() } else { format!("{}/{}", self.over, self.under) }
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.decimal().unwrap_or_else(|| self.fraction()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_as_a_decimal_or_as_a_fraction() {
        let amount = |over, under| Amount::new(over, under).unwrap();
        for (over, under, decimal, cut, fraction) in [
            (263, 3, None, "87.6666", "263/3"),
            (16_250, 2_000, Some("8.125"), "8.125", "65/8"),
            (-1, 8, Some("-0.125"), "-0.125", "-1/8"),
            (-10, 3, None, "-3.3333", "-10/3"),
            (170, 2, Some("85"), "85", "85"),
            (0, 7, Some("0"), "0", "0"),
        ] {
            let amount = amount(over, under);
            assert_eq!((amount.decimal().as_deref(), amount.cut(2).as_str()), (decimal, cut), "{over}/{under}");
            assert_eq!(amount.fraction(), fraction);
        }
        // Cut where rounding can already be told: a hair above the half.
        let near = amount(8_125 * 3 + 1, 3_000);
        assert_eq!(near.cut(2), "8.125333");
        assert!(Amount::new(1, 0).is_none());
        assert_eq!(Amount::of(Points::from_units(85_500)).decimal().unwrap(), "8.55");
    }
}
