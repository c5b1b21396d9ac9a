//! Telephones, mail, post code: of the right form (联系方式的格式).

use crate::base::lang::Remark;
use crate::base::points::fold;

use super::finding::{Case, Finding, Severity};

/// Telephones of either kind.
const PHONES: [&str; 7] =
    ["unit.tel", "unit.fax", "lead.tel", "contact.tel", "contact.fax", "cover.lead_phone", "cover.contact_phone"];
/// Mobile telephones.
const MOBILES: [&str; 2] = ["lead.mobile", "contact.mobile"];

/// Each by its form.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    let mut say = |field: &str, remark: Remark, text: &str| {
        out.push(Finding::new("FORMAT", Severity::Warn, field, remark, vec![text.into()]).of(case.app));
    };
    for field in PHONES {
        if let Some(text) = case.text(field)
            && !parts(text).all(|part| is_mobile(part) || is_landline(part))
        {
            say(field, Remark::BadPhone, text);
        }
    }
    for field in MOBILES {
        if let Some(text) = case.text(field)
            && !parts(text).all(is_mobile)
        {
            say(field, Remark::BadMobile, text);
        }
    }
    if let Some(text) = case.text("contact.email")
        && !parts(text).all(is_mail)
    {
        say("contact.email", Remark::BadEmail, text);
    }
    if let Some(text) = case.text("contact.postcode") {
        let code = fold(text).replace(' ', "");
        let whole = code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
        let ours = case.rules.is_none_or(|rules| rules.province != "辽宁省")
            || ["11", "12"].iter().any(|p| code.starts_with(p));
        if !whole {
            say("contact.postcode", Remark::BadPostcode, text);
        } else if !ours {
            say("contact.postcode", Remark::PostcodeElsewhere, text);
        }
    }
}

/// Several in one box.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', ';', '；', '/']).map(str::trim).filter(|part| !part.is_empty())
}

/// The digits, where nothing but digits and what parts them is there.
fn digits(text: &str) -> Option<String> {
    let folded = fold(text);
    let number = folded.split(['转', '分']).next().unwrap_or_default();
    let plain = number.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "-—–()+.".contains(c));
    let all: String = number.chars().filter(char::is_ascii_digit).collect();
    let short = all.strip_prefix("0086").or_else(|| all.strip_prefix("86").filter(|rest| rest.len() == 11));
    plain.then(|| short.map_or_else(|| all.clone(), str::to_owned))
}

fn is_mobile(text: &str) -> bool {
    digits(text).is_some_and(|number| {
        let mut signs = number.bytes();
        number.len() == 11 && signs.next() == Some(b'1') && signs.next().is_some_and(|b| (b'3'..=b'9').contains(&b))
    })
}

fn is_landline(text: &str) -> bool {
    digits(text).is_some_and(|number| {
        let area = number.starts_with('0') && (10..=12).contains(&number.len());
        let local = (7..=8).contains(&number.len()) && !number.starts_with(['0', '1']);
        let service = (number.starts_with("400") || number.starts_with("800")) && number.len() == 10;
        // An extension behind a hyphen makes it longer.
        let extended = number.starts_with('0') && (13..=17).contains(&number.len()) && text.contains('-');
        area || local || service || extended
    })
}

fn is_mail(text: &str) -> bool {
    let folded = fold(text);
    let Some((name, site)) = folded.split_once('@') else { return false };
    let sound = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "._-+".contains(c));
    sound(name) && sound(site) && site.contains('.') && !site.starts_with('.') && !site.ends_with('.')
}
