//! Plain decimals as digits: what points, factors and amounts of money have in
//! common. No sign, no exponent, no separators.

/// The digits before and behind the dot of `[0-9]+(\.[0-9]+)?`; nothing for any
/// other text. Behind there may be none.
pub(super) fn parts(text: &str) -> Option<(&str, &str)> {
    let (whole, part) = match text.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (text, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && part.is_none_or(digits)).then(|| (whole, part.unwrap_or("")))
}

/// The same digits in units of `10^-places`; of `part` there are so many at most.
/// Nothing where that does not fit.
pub(super) fn units(whole: &str, part: &str, places: usize) -> Option<i64> {
    let fill = std::iter::repeat_n(b'0', places.checked_sub(part.len())?);
    let mut digits = whole.bytes().chain(part.bytes()).chain(fill);
    digits.try_fold(0i64, |units, digit| units.checked_mul(10)?.checked_add(i64::from(digit - b'0')))
}
