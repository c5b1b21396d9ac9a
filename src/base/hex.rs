//! Bytes as lower-case hex digits, and nothing else taken for them: one
//! spelling for a digest, a key or a signature, so that equal things are equal
//! as text too.

/// Two lower-case digits a byte.
#[must_use]
pub fn write(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or('?');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Exactly `N` bytes, from exactly twice as many lower-case digits.
#[must_use]
pub fn read<const N: usize>(text: &str) -> Option<[u8; N]> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = value(*high)? << 4 | value(*low)?;
    }
    Some(bytes)
}

const fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_only() {
        assert_eq!(write(&[0, 0x1f, 0xff]), "001fff");
        assert_eq!(read("001fff"), Some([0, 0x1f, 0xff]));
        for wrong in ["001FFF", "001ff", "001ffff", "001fffff", "00 fff", "+01fff", "分fff", ""] {
            assert_eq!(read::<3>(wrong), None, "{wrong}");
        }
    }
}
