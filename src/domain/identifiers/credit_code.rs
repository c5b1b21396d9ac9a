//! The unified social credit code (统一社会信用代码, GB 32100-2015): 18 signs,
//! with the organisation code (组织机构代码, GB 11714-1997) inside it.

/// The signs of a code and their values: digits and capital letters without I O S V Z.
const SIGNS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Weights of the first 17 signs: powers of 3 modulo 31.
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/// Weights of the organisation code's first 8 signs.
const INNER_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// What is wrong with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Not 18 signs.
    Length(usize),
    /// A sign that occurs in no code, and its place from 1.
    Sign(char, usize),
    /// The last sign is another than the first 17 ask for.
    Check {
        /// The sign that belongs there.
        wanted: char,
    },
    /// The organisation code inside does not check.
    Inner {
        /// The sign that belongs at place 17.
        wanted: char,
    },
}

/// Reads a code: half-width, capitals, without blanks and hyphens.
#[must_use]
pub fn normal(text: &str) -> String {
    let folded = crate::base::points::fold(text);
    folded.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect()
}

fn value(sign: char) -> Option<u32> {
    SIGNS.chars().position(|known| known == sign).and_then(|at| u32::try_from(at).ok())
}

/// The value of a sign inside the organisation code: digits, then A = 10 to Z = 35.
fn inner_value(sign: char) -> Option<u32> {
    sign.to_digit(36)
}

/// The 18th sign that belongs to 17 signs.
#[must_use]
pub fn check_sign(first: &str) -> Option<char> {
    let values: Vec<u32> = first.chars().map(value).collect::<Option<_>>()?;
    if values.len() != 17 {
        return None;
    }
    // A remainder of 0 gives 0 again, not the 31 that has no sign.
    let rest = super::weighted(values, &WEIGHTS) % 31;
    let at = usize::try_from((31 - rest) % 31).ok()?;
    SIGNS.chars().nth(at)
}

/// The 9th sign that belongs to an organisation code's first 8: 10 is X, 11 is 0.
#[must_use]
pub fn organisation_check(first: &str) -> Option<char> {
    let values: Vec<u32> = first.chars().map(inner_value).collect::<Option<_>>()?;
    if values.len() != 8 {
        return None;
    }
    match 11 - super::weighted(values, &INNER_WEIGHTS) % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

/// Checks a code in its normal form, the organisation code inside it too.
///
/// # Errors
/// What is wrong with it; the first thing found.
pub fn check(code: &str) -> Result<(), Wrong> {
    let length = code.chars().count();
    if length != 18 {
        return Err(Wrong::Length(length));
    }
    for (at, sign) in code.chars().enumerate() {
        if value(sign).is_none() {
            return Err(Wrong::Sign(sign, at + 1));
        }
    }
    let first: String = code.chars().take(17).collect();
    let wanted = check_sign(&first).ok_or(Wrong::Length(length))?;
    if !code.ends_with(wanted) {
        return Err(Wrong::Check { wanted });
    }
    let inner: String = code.chars().skip(8).take(8).collect();
    let wanted = organisation_check(&inner).ok_or(Wrong::Length(length))?;
    if code.chars().nth(16) != Some(wanted) {
        return Err(Wrong::Inner { wanted });
    }
    Ok(())
}

/// The division it was registered in (行政区划), places 3 to 8.
#[must_use]
pub fn region(code: &str) -> String {
    code.chars().skip(2).take(6).collect()
}

/// The kind of body, from the first two signs: whether it is a legal person in
/// its own right, where the class says so.
#[must_use]
pub fn class(code: &str) -> Option<Class> {
    let class: String = code.chars().take(2).collect();
    Some(match class.as_str() {
        "11" => Class::Office,
        "12" => Class::Institution,
        "13" | "19" | "21" | "29" | "35" | "39" | "41" | "49" | "59" | "61" | "62" | "69" | "71" | "72" | "79"
        | "81" | "89" | "A1" | "A9" | "N1" | "N2" | "N3" | "N9" | "Y1" => Class::Other,
        "31" | "32" | "33" | "34" | "51" | "52" | "53" => Class::Social,
        "91" => Class::Company,
        "92" => Class::SoleTrader,
        "93" => Class::Cooperative,
        _ => return None,
    })
}

/// Kinds of bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// 机关.
    Office,
    /// 事业单位: a legal person.
    Institution,
    /// 社会团体, 民办非企业单位, 基金会 and the like: legal persons as a rule.
    Social,
    /// 企业: a legal person.
    Company,
    /// 个体工商户: none.
    SoleTrader,
    /// 农民专业合作社: a legal person.
    Cooperative,
    /// Any other class of the standard's table.
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    // The standard's own example and a published code.
    #[test]
    fn the_standards_vectors() {
        for sound in ["91350100M000100Y43", "11320000MB151840XJ"] {
            assert_eq!(check(sound), Ok(()), "{sound}");
        }
        // Remainder 0, to which some readers give a sign that does not exist.
        assert_eq!(check_sign("1221000040001040X"), Some('0'));
        assert_eq!(check("1221000040001040X0"), Err(Wrong::Inner { wanted: '0' }));
        assert_eq!(check("91350100M000100Y4Z"), Err(Wrong::Sign('Z', 18)));
        assert_eq!(check("91350100M000100Y44"), Err(Wrong::Check { wanted: '3' }));
        assert_eq!(check("91350100M000100Y"), Err(Wrong::Length(16)));
        assert_eq!(organisation_check("M000100Y"), Some('4'));
    }

    #[test]
    fn a_wrong_organisation_code_with_a_right_last_sign() {
        let first = "91350100M000100Y5";
        let code = format!("{first}{}", check_sign(first).unwrap());
        assert_eq!(check(&code), Err(Wrong::Inner { wanted: '4' }));
    }

    #[test]
    fn written_as_people_write_it() {
        assert_eq!(normal(" 91350100-m000100y43 "), "91350100M000100Y43");
        assert_eq!(normal("９１３５０１００Ｍ０００１００Ｙ４３"), "91350100M000100Y43");
        assert_eq!(class("12210000"), Some(Class::Institution));
        assert_eq!(region("1221000040001040X0"), "210000");
    }

    proptest::proptest! {
        #[test]
        fn one_changed_sign_is_always_found(seed in "[0-9A-HJ-NPQRTUWXY]{16}", at in 0usize..18, other in 0usize..31) {
            let inner: String = seed.chars().skip(8).take(8).collect();
            let first = format!("{seed}{}", organisation_check(&inner).unwrap());
            // The inner check may be a sign outside the table only if the table were wrong.
            let code = format!("{first}{}", check_sign(&first).unwrap());
            proptest::prop_assert_eq!(check(&code), Ok(()));
            let mut changed: Vec<char> = code.chars().collect();
            let sign = SIGNS.chars().nth(other).unwrap();
            proptest::prop_assume!(changed[at] != sign);
            changed[at] = sign;
            proptest::prop_assert!(check(&changed.iter().collect::<String>()).is_err());
        }
    }
}
