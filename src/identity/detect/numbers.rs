//! Numbers that carry their own check: credit codes, organisation codes,
//! identity cards, bank accounts.

use std::ops::Range;

use crate::domain::identifiers::{bank_card, credit_code, identity_card};
use crate::domain::leak::LeakKind;

use super::super::found::Found;
use super::super::view::View;
use super::{found, is_amount, labelled, pattern, stands_alone};

pattern!(RUN = r"[0-9A-Z](?:[ .·\-–—－]{0,2}[0-9A-Z]){6,40}");

const ACCOUNT: [&str; 6] = ["账号", "帐号", "开户", "卡号", "户名", "账户"];
const IDENTITY: [&str; 3] = ["身份证", "证件号", "公民身份"];
const ORGANISATION: [&str; 2] = ["组织机构代码", "机构代码"];

/// Longest number that is looked at piece by piece.
const MOST_PIECES: usize = 12;

pub(super) fn find(view: &View) -> Vec<Found> {
    let mut out = Vec::new();
    for (run, _) in super::matches(&RUN, view) {
        if !stands_alone(view, &run) {
            continue;
        }
        for (bytes, number) in stretches(view, &run) {
            if let Some((kind, certain)) = judge(view, &bytes, &number) {
                out.push(found(view, bytes, kind, certain));
            }
        }
    }
    out
}

/// Every stretch of whole pieces of a run, with its signs alone.
pub(super) fn stretches(view: &View, run: &Range<usize>) -> Vec<(Range<usize>, String)> {
    let text = view.text().get(run.clone()).unwrap_or_default();
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        match (c.is_ascii_alphanumeric(), from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                pieces.push(start..at);
                from = None;
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    for (first, start) in pieces.iter().enumerate() {
        let mut number = String::new();
        for piece in pieces.iter().skip(first).take(MOST_PIECES) {
            number.push_str(text.get(piece.clone()).unwrap_or_default());
            out.push((run.start.saturating_add(start.start)..run.start.saturating_add(piece.end), number.clone()));
        }
    }
    out
}

fn judge(view: &View, bytes: &Range<usize>, number: &str) -> Option<(LeakKind, bool)> {
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    match number.len() {
        18 if credit_code::check(number).is_ok() && credit_code::class(number).is_some() => {
            Some((LeakKind::CreditCode, true))
        }
        18 if identity_card::is_one(number) => Some((LeakKind::IdCard, true)),
        18 if labelled(view, bytes.start, 12, &["信用代码"]) => Some((LeakKind::CreditCode, false)),
        9 if labelled(view, bytes.start, 10, &ORGANISATION) => {
            let (first, last) = number.split_at_checked(8)?;
            let right = credit_code::organisation_check(first).map(|sign| sign.to_string()).as_deref() == Some(last);
            Some((LeakKind::CreditCode, right))
        }
        15 if identity_card::is_old(number) && labelled(view, bytes.start, 10, &IDENTITY) => {
            Some((LeakKind::IdCard, true))
        }
        16..=19 if bank_card::is_one(number) && !is_amount(view, bytes.end) => Some((LeakKind::Bank, true)),
        12..=30 if digits && labelled(view, bytes.start, 14, &ACCOUNT) => Some((LeakKind::Bank, false)),
        _ => None,
    }
}
