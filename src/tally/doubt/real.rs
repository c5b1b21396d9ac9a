//! From exact integers to a float that is shown, and to its text.
#![expect(clippy::float_arithmetic, reason = "what is shown beside a result")]

/// 2^32.
const HALF: f64 = 4_294_967_296.0;

/// An integer as the nearest float.
#[must_use]
pub fn real(number: i128) -> f64 {
    let (mut rest, mut scale) = (number.unsigned_abs(), 1.0);
    // What is cut off still tells which way to round.
    while rest >> 64 != 0 {
        rest = (rest >> 1) | (rest & 1);
        scale *= 2.0;
    }
    let part = |shift: u32| u32::try_from((rest >> shift) & u128::from(u32::MAX)).map_or(0.0, f64::from);
    let size = (part(32) * HALF + part(0)) * scale;
    if number < 0 { -size } else { size }
}

/// A count as a float.
#[must_use]
pub fn count(number: usize) -> f64 {
    real(whole(number))
}

/// A count as a number to reckon with.
#[must_use]
pub fn whole(number: usize) -> i128 {
    i128::try_from(number).unwrap_or(i128::MAX)
}

/// The largest number that goes into both; of two zeros, 1.
#[must_use]
pub fn common(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i128::try_from(a.max(1)).unwrap_or(1)
}

/// `over / under`, reduced first, so that equal fractions are equal floats.
/// `under` is not zero.
#[must_use]
pub fn quotient(over: i128, under: i128) -> f64 {
    let common = common(over, under);
    real(over / common) / real(under / common)
}

/// A float with exactly so many places; there is no `-0.00`.
#[must_use]
pub fn fixed(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.bytes().all(|sign| matches!(sign, b'0' | b'.')) => rest.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_minus_stands_before_nothing() {
        assert_eq!(fixed(-0.0004, 3), "0.000");
        assert_eq!(fixed(-0.0006, 3), "-0.001");
        assert_eq!(fixed(2.0 / 3.0, 4), "0.6667");
        assert_eq!(fixed(quotient(-1, 3), 2), "-0.33");
    }

    proptest! {
        #[test]
        #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "what the conversion is held to")]
        fn an_integer_becomes_the_nearest_float(number: i128, small: i64, shift in 0u32..127) {
            for number in [number, number >> shift, i128::from(small)] {
                prop_assert_eq!(real(number).to_bits(), (number as f64).to_bits());
            }
        }
    }
}
