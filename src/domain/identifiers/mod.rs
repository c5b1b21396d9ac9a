//! Identifiers that carry their own check (标识符校验): credit codes, identity
//! cards, patent numbers, bank cards. Whether a string is one is arithmetic,
//! not a guess; where they may stand in a text is the leak detector's business.

pub mod bank_card;
pub mod credit_code;
pub mod identity_card;
pub mod patent;

/// The weighted sum of digits, each times its weight.
fn weighted(digits: impl IntoIterator<Item = u32>, weights: &[u32]) -> u32 {
    digits.into_iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// The digits of a text that holds nothing else.
fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}
