//! Bytes to text: UTF-8 with or without a mark, UTF-16 with one, else GB18030.
//! What is none of them is refused; nothing is ever replaced by U+FFFD.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use crate::base::{Limits, Problem, Result};

/// The text of a file as people send them.
///
/// # Errors
/// Too large, or in none of the encodings.
pub fn text(bytes: &[u8], limits: &Limits) -> Result<String> {
    if bytes.len() > limits.text {
        return Err(Problem::TooBig { limit: u64::try_from(limits.text).unwrap_or(u64::MAX) }.into());
    }
    let sixteen = match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = sixteen {
        return encoding
            .decode_without_bom_handling_and_without_replacement(bytes.get(2..).unwrap_or_default())
            .map(std::borrow::Cow::into_owned)
            .ok_or_else(|| Problem::BadEncoding { at: 0 }.into());
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bad = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.to_owned()),
        Err(error) => error.valid_up_to(),
    };
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        // A file that is UTF-8 but for a torn character is not Chinese GB text.
        Some(text) if !text.contains('\0') && !looks_torn(bytes, bad) => Ok(text.into_owned()),
        _ => Err(Problem::BadEncoding { at: bad }.into()),
    }
}

/// UTF-8 with Chinese in it that breaks off: cut short, not GB18030.
fn looks_torn(bytes: &[u8], valid_up_to: usize) -> bool {
    let (good, rest) = bytes.split_at(valid_up_to);
    let has_wide = std::str::from_utf8(good).is_ok_and(|text| text.chars().any(|c| u32::from(c) > 0x2e80));
    has_wide && rest.len() < 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Result<String> {
        super::text(bytes, &Limits::STANDARD)
    }

    #[test]
    fn reads_what_offices_send_and_replaces_nothing() {
        let (gb, ..) = GB18030.encode("编号,得分");
        assert_eq!(text(&gb).unwrap(), "编号,得分");
        assert_eq!(text("\u{feff}编号".as_bytes()).unwrap(), "编号");
        assert_eq!(text(b"\xff\xfe\x16\x7f\xf7\x53").unwrap(), "编号");
        assert!(text(b"\x80\xff\xfe\x00").is_err());
        assert!(text(&"评审".as_bytes()[..5]).is_err(), "cut short");
    }
}
