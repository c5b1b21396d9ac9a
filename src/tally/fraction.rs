//! A fraction of units, compared by cross-multiplication and rounded once.

use std::cmp::Ordering;

use crate::base::Points;
use crate::domain::rubric::Rounding;

/// `over / under` units of 1/10,000 point; `under` is above zero.
#[derive(Debug, Clone, Copy)]
pub struct Fraction {
    over: i128,
    under: i128,
}

impl Fraction {
    /// A fraction; nothing where `under` is not above zero.
    #[must_use]
    pub const fn new(over: i128, under: i128) -> Option<Self> {
        if under > 0 { Some(Self { over, under }) } else { None }
    }

    /// Whole units.
    #[must_use]
    pub const fn whole(over: i128) -> Self {
        Self { over, under: 1 }
    }

    /// Its two parts, `over` and `under`, as they were left.
    #[must_use]
    pub const fn parts(self) -> (i128, i128) {
        (self.over, self.under)
    }

    /// The sum, over the common denominator; nothing where it would not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.under == other.under {
            return Some(Self { over: self.over.checked_add(other.over)?, under: self.under });
        }
        let left = self.over.checked_mul(other.under)?;
        let right = other.over.checked_mul(self.under)?;
        let sum = Self { over: left.checked_add(right)?, under: self.under.checked_mul(other.under)? };
        Some(sum.reduced())
    }

    /// Times `over / under`; nothing where it would not fit.
    #[must_use]
    pub fn times(self, over: i128, under: i128) -> Option<Self> {
        Self::new(multiply(self.over, over)?, multiply(self.under, under)?)
    }

    fn reduced(self) -> Self {
        let (mut a, mut b) = (self.over.unsigned_abs(), self.under.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let common = i128::try_from(a.max(1)).unwrap_or(1);
        Self { over: self.over / common, under: self.under / common }
    }

    /// Rounded to `places` (0 to 4) places of a point.
    #[must_use]
    pub fn rounded(self, places: u32, how: Rounding) -> Option<Points> {
        let unit = 10i128.pow(4 - places.min(4));
        let under = multiply(self.under, unit)?;
        // Most fit half the width, where dividing takes a tenth of the time.
        let (down, rest) = match (i64::try_from(self.over), i64::try_from(under)) {
            (Ok(over), Ok(under)) => (i128::from(over.div_euclid(under)), i128::from(over.rem_euclid(under))),
            _ => (self.over.div_euclid(under), self.over.rem_euclid(under)),
        };
        let twice = rest.checked_mul(2)?;
        let up = match twice.cmp(&under) {
            _ if how == Rounding::Down => self.over < 0 && rest > 0,
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => match how {
                // Away from zero: below zero a half goes down.
                Rounding::HalfUp => self.over >= 0,
                Rounding::HalfEven | Rounding::Down => down.rem_euclid(2) == 1,
            },
        };
        let whole = if up { down.checked_add(1)? } else { down };
        i64::try_from(whole.checked_mul(unit)?).ok().map(Points::from_units)
    }
}

/// The product; of two that fit half the width it always fits.
#[inline]
pub(super) fn multiply(a: i128, b: i128) -> Option<i128> {
    match (i64::try_from(a), i64::try_from(b)) {
        (Ok(left), Ok(right)) => Some(i128::from(left) * i128::from(right)),
        _ => a.checked_mul(b),
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    /// Exact: whole parts first, then the remainders as fractions again, so
    /// that no product can overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b) = (*self, *other);
        let mut turned = false;
        loop {
            let whole = a.over.div_euclid(a.under).cmp(&b.over.div_euclid(b.under));
            let (left, right) = (a.over.rem_euclid(a.under), b.over.rem_euclid(b.under));
            let order = if whole == Ordering::Equal {
                match (left, right) {
                    (0, 0) => Ordering::Equal,
                    (0, _) => Ordering::Less,
                    (_, 0) => Ordering::Greater,
                    _ => {
                        (a, b) = (Self { over: a.under, under: left }, Self { over: b.under, under: right });
                        turned = !turned;
                        continue;
                    }
                }
            } else {
                whole
            };
            return if turned { order.reverse() } else { order };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// GB/T 8170-2008, examples of clause 3.2, and two exact halves of ISU
    /// component scores (7.125 is published as 7.13).
    #[test]
    fn rounds_as_the_standard_does() {
        let case = |text: &str, places, how| {
            Fraction::whole(Points::parse(text).unwrap().units().into()).rounded(places, how).unwrap().fixed(places)
        };
        for (given, places, even) in [
            ("12.1498", 0, "12"),
            ("12.1498", 1, "12.1"),
            ("10.5002", 0, "11"),
            ("1.05", 1, "1.0"),
            ("0.35", 1, "0.4"),
            ("28.175", 2, "28.18"),
            ("28.165", 2, "28.16"),
            ("28.35", 1, "28.4"),
            ("28.25", 1, "28.2"),
            ("28.05", 1, "28.0"),
            ("28.2501", 1, "28.3"),
            ("15.4546", 0, "15"),
        ] {
            assert_eq!(case(given, places, Rounding::HalfEven), even, "{given}");
        }
        // What five places or a sign need; no rounding of what was rounded.
        for (over, under, places, half_up, half_even) in [
            (853_459, 10, 2, "8.53", "8.53"),
            (105_000, 1, 0, "11", "10"),
            (831_350, 1, 2, "83.14", "83.14"),
            (25_000, 1, 0, "3", "2"),
            (35_000, 1, 0, "4", "4"),
            (-25_000, 1, 0, "-3", "-2"),
            (-35_000, 1, 0, "-4", "-4"),
        ] {
            let case = |how| Fraction::new(over, under).unwrap().rounded(places, how).unwrap().fixed(places);
            assert_eq!(
                (case(Rounding::HalfUp).as_str(), case(Rounding::HalfEven).as_str()),
                (half_up, half_even),
                "{over}/{under}"
            );
        }
        assert_eq!(case("7.125", 2, Rounding::HalfUp), "7.13");
        assert_eq!(case("7.125", 2, Rounding::HalfEven), "7.12");
    }

    /// As large as they come: compared without a product, added or rounded only
    /// where it fits.
    #[test]
    fn the_largest_neither_overflow_nor_lie() {
        let most = Fraction::whole(i128::MAX);
        let next = Fraction::new(i128::MAX - 1, i128::MAX).unwrap();
        let last = Fraction::new(i128::MAX - 2, i128::MAX - 1).unwrap();
        assert!(last < next && next < Fraction::whole(1) && next < most && Fraction::whole(i128::MIN) < last);
        assert!(most.checked_add(Fraction::whole(1)).is_none() && next.checked_add(last).is_none());
        assert!(most.rounded(2, Rounding::HalfUp).is_none() && next.rounded(0, Rounding::HalfUp).is_none());
        assert_eq!(Fraction::whole(i64::MAX.into()).rounded(4, Rounding::HalfUp), Some(Points::from_units(i64::MAX)));
        assert!(Fraction::new(1, 0).is_none() && Fraction::new(1, -2).is_none());
    }

    proptest! {
        #[test]
        fn orders_and_rounds_as_exact_rationals_do(a in -10_000_000i64..10_000_000, b in 1i64..5000, c in -10_000_000i64..10_000_000, d in 1i64..5000, places in 0u32..=4) {
            use num_rational::Ratio;
            let (x, y) = (Ratio::new(a.into(), i128::from(b)), Ratio::new(c.into(), i128::from(d)));
            let (p, q) = (Fraction::new(a.into(), b.into()).unwrap(), Fraction::new(c.into(), d.into()).unwrap());
            prop_assert_eq!(p.cmp(&q), x.cmp(&y));
            let unit = Ratio::from_integer(10i128.pow(4 - places));
            let oracle = (x / unit).round() * unit;
            prop_assert_eq!(i128::from(p.rounded(places, Rounding::HalfUp).unwrap().units()), oracle.to_integer());
            let (down, up) = ((x / unit).floor(), (x / unit).ceil());
            let even = if x / unit - down == Ratio::new(1, 2) { if down.to_integer() % 2 == 0 { down } else { up } } else { (x / unit).round() };
            prop_assert_eq!(i128::from(p.rounded(places, Rounding::HalfEven).unwrap().units()), (even * unit).to_integer());
            let cut = (x / unit).trunc() * unit;
            prop_assert_eq!(i128::from(p.rounded(places, Rounding::Down).unwrap().units()), cut.to_integer());
            let sum = p.checked_add(q).unwrap();
            let exact = x + y;
            prop_assert_eq!(sum, Fraction::new(*exact.numer(), *exact.denom()).unwrap());
        }
    }
}
