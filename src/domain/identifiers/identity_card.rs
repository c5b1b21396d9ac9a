//! The citizen's identity number (公民身份号码, GB 11643-1999): division, date of
//! birth, sequence, check sign.

use super::super::day::Day;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const SIGNS: &str = "10X98765432";

/// Whether 18 signs are one: a date that exists and the check sign that belongs.
#[must_use]
pub fn is_one(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    if upper.len() != 18 {
        return false;
    }
    let Some((first, last)) = upper.split_at_checked(17) else { return false };
    let Some(values) = super::digits(first) else { return false };
    let number =
        |from: usize, length: usize| values.iter().skip(from).take(length).fold(0u32, |sum, digit| sum * 10 + digit);
    let wanted = usize::try_from(super::weighted(values.iter().copied(), &WEIGHTS) % 11)
        .ok()
        .and_then(|at| SIGNS.chars().nth(at));
    is_date(number(6, 4), number(10, 2), number(12, 2)) && last.chars().next() == wanted
}

/// Whether 15 digits may be one of the old form: to be asked near a label only,
/// since nothing in it checks but the date.
#[must_use]
pub fn is_old(text: &str) -> bool {
    let Some(values) = super::digits(text).filter(|values| values.len() == 15) else { return false };
    let number = |from: usize| values.iter().skip(from).take(2).fold(0u32, |sum, digit| sum * 10 + digit);
    is_date(1900 + number(6), number(8), number(10))
}

fn is_date(year: u32, month: u32, day: u32) -> bool {
    let small = |number: u32| u8::try_from(number).unwrap_or(0);
    u16::try_from(year).is_ok_and(|year| year < 2100 && Day::new(year, small(month), small(day)).is_some())
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_example_and_what_is_near_it() {
        assert!(is_one("11010519491231002X") && is_one("11010519491231002x"));
        for wrong in ["110105194912310021", "11010519491331002X", "11010519490229002X", "1101051949123100", "十一"] {
            assert!(!is_one(wrong), "{wrong}");
        }
        assert!(is_old("110105491231002") && !is_old("110105491331002"));
    }
}
