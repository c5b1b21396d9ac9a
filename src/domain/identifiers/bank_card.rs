//! Bank card numbers: the check of ISO/IEC 7812-1 (Luhn).

/// Whether 16 to 19 digits check.
#[must_use]
pub fn is_one(text: &str) -> bool {
    let Some(values) = super::digits(text).filter(|values| (16..=19).contains(&values.len())) else { return false };
    let sum: u32 = values
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => *digit,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    sum.is_multiple_of(10) && values.iter().any(|digit| *digit != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_and_lengths() {
        assert!(is_one("6222021234567890128"));
        for wrong in ["6222021234567890127", "622202123456789", "0000000000000000", "62220212345678901x8"] {
            assert!(!is_one(wrong), "{wrong}");
        }
    }
}
