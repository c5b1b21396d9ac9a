//! A row's mark: read digit by digit where it stands, or as people write it.

use crate::base::points::{NotPoints, typed};
use crate::base::{Points, Problem, Refusal, Result};
use crate::domain::marks::Marks;

use super::Scan;
use super::field::{Field, text};

impl<M: Marks> Scan<'_, M> {
    /// A number as nearly all of them stand: digits, at most one dot, and the
    /// end of the field. Gives what comes behind, and whether the row ends.
    #[inline]
    pub(super) fn plain_number<'a>(&self, rest: &'a [u8]) -> Option<(Points, &'a [u8], bool)> {
        // `8.5` and `7` before all.
        let ends = |byte: u8| byte == self.delimiter || byte == b'\n';
        let digit = |byte: u8| i64::from(byte.wrapping_sub(b'0'));
        match rest {
            [whole @ b'0'..=b'9', b'.', part @ b'0'..=b'9', end, after @ ..] if ends(*end) => {
                let units = digit(*whole) * 10_000 + digit(*part) * 1_000;
                return Some((Points::from_units(units), after, *end == b'\n'));
            }
            [whole @ b'0'..=b'9', end, after @ ..] if ends(*end) => {
                return Some((Points::from_units(digit(*whole) * 10_000), after, *end == b'\n'));
            }
            _ => {}
        }
        self.longer_number(rest)
    }

    /// Apart, so that the short way stays short.
    #[inline(never)]
    fn longer_number<'a>(&self, rest: &'a [u8]) -> Option<(Points, &'a [u8], bool)> {
        let mut units = 0i64;
        let (mut digits, mut places) = (0u32, None::<u32>);
        let mut bytes = rest;
        loop {
            let (byte, after) = bytes.split_first()?;
            bytes = after;
            match byte {
                b'0'..=b'9' => {
                    units = units * 10 + i64::from(byte - b'0');
                    digits += 1;
                    if let Some(places) = &mut places {
                        *places += 1;
                    }
                    if digits > 10 {
                        return None;
                    }
                }
                b'.' if places.is_none() && digits > 0 => places = Some(0),
                _ => {
                    let last = *byte == b'\n';
                    let done = places.unwrap_or(0);
                    let odd = digits == 0 || places == Some(0) || done > 4 || digits - done > 6;
                    if odd || !last && *byte != self.delimiter {
                        return None;
                    }
                    return Some((Points::from_units(units * 10i64.pow(4 - done)), bytes, last));
                }
            }
        }
    }

    /// A number as people write them; nothing where there is none.
    pub(super) fn number(&self, field: &Field<'_>) -> Result<Option<Points>> {
        let text = text(field)?;
        let wrong = |why| Refusal::from(Problem::BadPoints { text: text.chars().take(40).collect(), why });
        let folded = typed(&text).map_err(wrong)?;
        if folded.is_empty() {
            return Ok(None);
        }
        let read = match folded.strip_prefix('-') {
            Some(_) if self.below_zero => crate::base::decimal::parse(&folded, 4).map(Points::from_units),
            _ => Points::parse(&folded),
        };
        match read {
            Ok(points) => Ok(Some(points)),
            Err(NotPoints::Empty) => Ok(None),
            Err(why) => Err(wrong(why)),
        }
    }
}
