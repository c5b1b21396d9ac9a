//! X10: the cover says what the form says (封面与正文一致).

use crate::base::lang::Remark;

use super::finding::{Arg, Case, Finding, Severity};

/// Cover and form.
const PAIRS: [(&str, &str); 4] = [
    ("cover.unit_name", "unit.name"),
    ("cover.unit_address", "unit.address"),
    ("cover.lead_name", "lead.name"),
    ("cover.contact_name", "contact.name"),
];
/// The cover's telephones, and those one of which it must be.
const PHONES: [(&str, [&str; 2]); 2] =
    [("cover.lead_phone", ["lead.tel", "lead.mobile"]), ("cover.contact_phone", ["contact.tel", "contact.mobile"])];

/// Names, addresses, telephones.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    for (cover, body) in PAIRS {
        if let (Some(front), Some(inside)) = (case.text(cover), case.text(body))
            && plain(front) != plain(inside)
        {
            let args = vec![front.into(), Arg::Field(body.to_owned()), inside.into()];
            out.push(Finding::new("X10", Severity::Error, cover, Remark::CoverDiffers, args).of(case.app));
        }
    }
    for (cover, inside) in PHONES {
        let Some(front) = case.text(cover) else { continue };
        let known: Vec<&str> = inside.iter().filter_map(|id| case.text(id)).collect();
        let agrees = |number: &str| known.iter().any(|other| same_number(number, other));
        // Of several on the cover, each must be known.
        let fronts = front.split(['/', '、', '，', ',', ';', '；']).filter(|part| !digits(part).is_empty());
        if !known.is_empty() && !fronts.clone().all(agrees) && !agrees(front) {
            let args = vec![front.into(), known.join("、").into()];
            out.push(Finding::new("X10", Severity::Error, cover, Remark::CoverPhoneDiffers, args).of(case.app));
        }
    }
}

/// The digits of a telephone number, without the country's.
fn digits(text: &str) -> String {
    let all: String = crate::base::points::fold(text).chars().filter(char::is_ascii_digit).collect();
    let short = all.strip_prefix("0086").or_else(|| all.strip_prefix("86").filter(|rest| rest.len() == 11));
    short.map_or_else(|| all.clone(), str::to_owned)
}

fn same_number(a: &str, b: &str) -> bool {
    let (a, b) = (digits(a), digits(b));
    // A landline may be given without its area code.
    let within = |long: &str, short: &str| short.len() >= 7 && long.starts_with('0') && long.ends_with(short);
    a == b || within(&a, &b) || within(&b, &a)
}

/// How texts are compared: letters, digits and characters only, half-width.
fn plain(text: &str) -> String {
    crate::base::points::fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}
