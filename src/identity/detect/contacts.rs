//! Telephones and post codes: a mobile by its form, a landline by its area
//! code, shorter numbers only beside their label.

use crate::domain::leak::LeakKind;

use super::super::found::Found;
use super::super::view::View;
use super::{found, is_amount, labelled, matches, pattern};

pattern!(MOBILE = r"(?:(?:\+|00)?86[ \-]?)?1[3-9][0-9](?:[ .\-–—]{0,2}[0-9]){8}");
pattern!(
    LANDLINE =
        r"\(?0[1-9][0-9]{1,2}\)?[ \-–—]{0,3}[2-9][0-9]{2,3}[ \-–—]?[0-9]{3,4}(?:[ ]?(?:转|-|–|—)[ ]?[0-9]{1,6})?"
);
pattern!(SERVICE = r"[48]00[ \-–—]?[0-9]{3,4}[ \-–—]?[0-9]{3,4}");
pattern!(SHORT = r"[2-9][0-9]{2,3}[ \-]?[0-9]{4}");
pattern!(SIX = r"[1-8][0-9]{5}");

const PHONES: [&str; 9] = ["电话", "传真", "TEL", "FAX", "热线", "联系方式", "手机", "座机", "致电"];
const POST: [&str; 4] = ["邮编", "邮政编码", "邮码", "ZIP"];

pub(super) fn find(view: &View) -> Vec<Found> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let alone = |bytes: &std::ops::Range<usize>| {
        let before = view.left(bytes.start, 1).chars().next();
        let behind = view.right(bytes.end, 1).chars().next();
        !digit(before) && !digit(behind) && before != Some('.') && !is_amount(view, bytes.end)
    };
    let count = |bytes: &std::ops::Range<usize>| {
        view.text().get(bytes.clone()).unwrap_or_default().bytes().filter(u8::is_ascii_digit).count()
    };
    let mut out = Vec::new();
    for pattern in [&MOBILE, &LANDLINE] {
        for (bytes, _) in matches(pattern, view).filter(|(bytes, _)| alone(bytes) && count(bytes) >= 10) {
            out.push(found(view, bytes, LeakKind::Phone, true));
        }
    }
    for (bytes, _) in matches(&SERVICE, view).filter(|(bytes, _)| alone(bytes) && count(bytes) == 10) {
        out.push(found(view, bytes, LeakKind::Phone, true));
    }
    for (bytes, _) in matches(&SHORT, view) {
        if alone(&bytes) && labelled(view, bytes.start, 8, &PHONES) {
            out.push(found(view, bytes, LeakKind::Phone, false));
        }
    }
    for (bytes, _) in matches(&SIX, view) {
        if alone(&bytes) && labelled(view, bytes.start, 8, &POST) {
            out.push(found(view, bytes, LeakKind::PostCode, false));
        }
    }
    out
}
