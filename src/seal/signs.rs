//! Codes on paper: bits and a checksum, as signs a person can copy by hand.
//!
//! The alphabet has no 0 O 1 I, so a look-alike is noticed as such rather than
//! taken for its neighbour; a slip of the pen elsewhere is caught by the
//! checksum before any key is tried.

use zeroize::Zeroizing;

use crate::base::digest::SIGNS;
use crate::base::keys::plain_key;
use crate::base::problem::BadSigns;

/// A number of so many bits, the highest first.
pub(super) type Bits = (u128, u32);

/// Both numbers one after the other as signs, in groups joined by hyphens. The
/// widths together are a multiple of five.
pub(super) fn write(parts: [Bits; 2], group: usize) -> Zeroizing<String> {
    let mut code = Zeroizing::new(String::with_capacity(64));
    let mut sign = 0u8;
    let mut gathered = 0;
    let mut written = 0;
    for (value, width) in parts {
        for place in (0..width).rev() {
            sign = sign << 1 | u8::from(value >> place & 1 == 1);
            gathered += 1;
            if gathered == 5 {
                if written > 0 && written % group == 0 {
                    code.push('-');
                }
                code.extend(SIGNS.get(usize::from(sign)).copied().map(char::from));
                written += 1;
                sign = 0;
                gathered = 0;
            }
        }
    }
    code
}

/// Reads the two numbers of these widths: in any case and width of letters,
/// with blanks, hyphens and commas anywhere.
pub(super) fn read(typed: &str, widths: [u32; 2]) -> Result<[u128; 2], BadSigns> {
    let [first, second] = widths;
    let wanted = usize::try_from((first + second) / 5).unwrap_or(0);
    let mut values = Zeroizing::new([0u128; 2]);
    let mut bits_read = 0;
    let mut signs_read = 0;
    let [high, low] = &mut *values;
    for typed in typed.chars().filter(|c| !is_between(*c)) {
        let sign = plain_key(typed).to_ascii_uppercase();
        let found = SIGNS.iter().zip(0u8..).find(|(known, _)| char::from(**known) == sign);
        let Some((_, digit)) = found else { return Err(BadSigns::Sign { sign: typed }) };
        signs_read += 1;
        for place in (0..5).rev() {
            let value = if bits_read < first { &mut *high } else { &mut *low };
            *value = *value << 1 | u128::from(digit >> place & 1);
            bits_read += 1;
        }
    }
    if signs_read != wanted {
        return Err(BadSigns::Length { read: signs_read, wanted });
    }
    Ok(*values)
}

/// What may stand between signs and means nothing.
fn is_between(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '－' | '—' | '_' | ',' | '，' | '、' | '\u{2010}'..='\u{2014}' | '\u{2212}' | '\u{feff}')
}

/// The first bits of a digest, as a checksum.
pub(super) fn checksum(context: &str, bytes: &[u8], width: u32) -> u128 {
    let digest = crate::base::Digest::of_parts(context, &[bytes]);
    let first = digest.bytes().iter().take(4).fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
    first >> (32 - width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(a: u128, b in 0u128..1 << 22) {
            let code = write([(a, 128), (b, 22)], 5);
            prop_assert_eq!(code.len(), 35);
            prop_assert_eq!(read(&code, [128, 22]), Ok([a, b]));
            prop_assert_eq!(read(&code.to_lowercase().replace('-', " 、"), [128, 22]), Ok([a, b]));
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let _ = read(&text, [70, 10]);
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(read("2345", [70, 10]), Err(BadSigns::Length { read: 4, wanted: 16 }));
        assert_eq!(read("2345 O", [70, 10]), Err(BadSigns::Sign { sign: 'O' }));
        assert_eq!(read(&"Z".repeat(1000), [70, 10]), Err(BadSigns::Length { read: 1000, wanted: 16 }));
    }
}
