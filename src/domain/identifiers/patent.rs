//! Patent numbers: Chinese application numbers (ZC 0006-2003 and the form before
//! October 2003), publication numbers (ZC 0007, ZC 0008), PCT numbers.

/// Weights of an application number's digits, new form.
const NEW: [u32; 12] = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
/// Weights of the old form.
const OLD: [u32; 8] = [2, 3, 4, 5, 6, 7, 8, 9];

/// The check sign of an application number's digits: 12 of the new form
/// (year, kind 1 2 3 8 9, sequence) or 8 of the old.
#[must_use]
pub fn check_sign(digits: &str) -> Option<char> {
    let values = super::digits(digits)?;
    let sum = match values.len() {
        12 => super::weighted(values, &NEW),
        8 => super::weighted(values, &OLD),
        _ => return None,
    };
    match sum % 11 {
        10 => Some('X'),
        digit => char::from_digit(digit, 10),
    }
}

/// Whether digits and check sign are an application number (专利申请号): with the
/// dot or without, without ZL and CN before it.
#[must_use]
pub fn is_application(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| *c != '.').map(|c| c.to_ascii_uppercase()).collect();
    let Some((at, last)) = plain.char_indices().next_back() else { return false };
    let Some(digits) = plain.get(..at) else { return false };
    let kind_at = if digits.len() == 12 { 4 } else { 2 };
    let kind_fits = digits.chars().nth(kind_at).is_some_and(|kind| matches!(kind, '1' | '2' | '3' | '8' | '9'));
    let year_fits = match digits.len() {
        12 => {
            digits.get(..4).and_then(|year| year.parse::<u32>().ok()).is_some_and(|year| (1985..2100).contains(&year))
        }
        8 => digits.get(..2).and_then(|year| year.parse::<u32>().ok()).is_some_and(|year| !(4..85).contains(&year)),
        _ => false,
    };
    year_fits && kind_fits && check_sign(digits) == Some(last)
}

/// Whether it is a publication number (专利文献号), such as `CN101234567A`: the
/// first digit and the kind code must belong together.
#[must_use]
pub fn is_publication(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    let Some(rest) = upper.strip_prefix("CN") else { return false };
    let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let kind = rest.get(number.len()..).unwrap_or_default();
    if !(7..=9).contains(&number.len()) {
        return false;
    }
    let mut kind = kind.chars();
    let (letter, digit, more) = (kind.next(), kind.next(), kind.next());
    if more.is_some() || digit.is_some_and(|digit| !digit.is_ascii_digit()) {
        return false;
    }
    matches!(
        (number.chars().next(), letter),
        (Some('1'), Some('A' | 'B' | 'C')) | (Some('2'), Some('U' | 'Y')) | (Some('3'), Some('S' | 'D'))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers() {
        for sound in ["201710601862.3", "201310699744.2", "202310000002.X", "2023100000 02X".replace(' ', "").as_str()]
        {
            assert!(is_application(sound), "{sound}");
        }
        for sound in ["95115608.X", "97101765.4"] {
            assert!(is_application(sound), "{sound}");
        }
        for wrong in ["201710601862.4", "201750601862.3", "20171060186.3", "05115608.X", ""] {
            assert!(!is_application(wrong), "{wrong}");
        }
        assert!(is_publication("CN101234567A") && is_publication("CN201234567U") && is_publication("CN1234567C"));
        for wrong in ["CN101234567U", "CN301234567A", "CN1012A", "EP101234567A", "CN101234567AB"] {
            assert!(!is_publication(wrong), "{wrong}");
        }
    }
}
