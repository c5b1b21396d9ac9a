//! Standings of plain score files as json: a list, one object a panel, with the
//! words of a round's own standing. Written piece by piece: one place is in
//! memory at a time.

use std::io::Write as _;

use serde::Serialize;

use crate::base::{Digest, Points};
use crate::domain::across::Standardised;
use crate::domain::counting::Counting;
use crate::domain::rubric::{QuotaKind, Scope};
use crate::domain::tallied::{Line, Notice, Placed};

use super::standing_json::{across_file, quota_word, rule_of};

/// The files beside the marks, by their digests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis {
    /// The template's, or the rule file's.
    pub template: Digest,
    /// The table of factors'.
    pub factors: Option<Digest>,
    /// The table of additions and deductions'.
    pub adjusts: Option<Digest>,
}

/// A notice as a word of the data.
#[must_use]
pub fn notice_word(notice: &Notice<'_>) -> String {
    match notice {
        Notice::PlainStatistic => "plain_statistic".to_owned(),
        Notice::TooFewSheets => "too_few_sheets".to_owned(),
        Notice::FewerSheets => "fewer_sheets".to_owned(),
        Notice::MissingCriterion(id) => format!("missing_criterion:{id}"),
        Notice::PartialSheet(expert) => format!("partial_sheet:{expert}"),
        Notice::MissingCarry(panel) => format!("missing_carry:{panel}"),
        Notice::BelowPassLine => "below_pass_line".to_owned(),
        Notice::BelowDimension(id) => format!("below_dimension:{id}"),
        Notice::TiedAtLine => "tied_at_line".to_owned(),
    }
}

fn text(value: &impl Serialize) -> String {
    // Writing our own values into memory can't fail.
    serde_json::to_string(value).unwrap_or_default()
}

/// The beginning of a panel's object, up to its places; `first` of the list.
/// `across` is said of the list of all panels together.
#[must_use]
pub fn begin(
    panel: &str,
    rule: &Counting,
    basis: &Basis,
    marks: u64,
    across: Option<&Standardised>,
    first: bool,
) -> String {
    let open = if first { "[\n" } else { ",\n" };
    let template = basis.template;
    let mut head = vec![
        ("panel", text(&panel)),
        (
            "template",
            text(&serde_json::json!({"id": rule.id, "version": rule.version, "digest": template.to_string()})),
        ),
        ("rule", text(&rule_of(rule))),
    ];
    for (name, digest) in [("factors", basis.factors), ("adjust", basis.adjusts)] {
        head.extend(digest.map(|digest| (name, text(&serde_json::json!({"digest": digest.to_string()})))));
    }
    head.extend(across.map(|across| ("cross_group", text(&across_file(across)))));
    head.push(("marks", marks.to_string()));
    let head: Vec<String> = head.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{open}{{{},\n\"standing\":[", head.join(",\n"))
}

/// A text as json, behind what `out` holds.
fn string(out: &mut Vec<u8>, text: &str) {
    if text.bytes().all(|byte| matches!(byte, b' ' | b'!' | b'#'..=b'[' | b']'..=b'~')) {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else {
        // Writing into memory can't fail.
        let _written = serde_json::to_writer(out, text);
    }
}

/// What stands before the next of a list, or of an object's pairs.
fn next(out: &mut Vec<u8>, first: bool) {
    if !first {
        out.push(b',');
    }
}

fn list<'a>(out: &mut Vec<u8>, of: impl IntoIterator<Item = &'a str>) {
    out.push(b'[');
    for (number, text) in of.into_iter().enumerate() {
        next(out, number == 0);
        string(out, text);
    }
    out.push(b']');
}

/// Names with figures, in their order, to so many places at least; with
/// `more`, to as many as it takes to be exact.
fn pairs(out: &mut Vec<u8>, of: &[(&str, Points)], places: u32, more: bool) {
    let mut text = String::with_capacity(24);
    out.push(b'{');
    for (number, (name, value)) in of.iter().enumerate() {
        next(out, number == 0);
        string(out, name);
        text.clear();
        if more {
            text.push_str(&value.at_least(places));
        } else {
            value.write_fixed(places, &mut text);
        }
        out.extend_from_slice(b":\"");
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    }
    out.push(b'}');
}

/// Experts dropped, by criterion.
fn dropped_marks(out: &mut Vec<u8>, of: &[(&str, &str)]) {
    let mut experts: Vec<&str> = Vec::new();
    out.push(b'{');
    // Marks of one criterion have the very same name.
    for (number, group) in of.chunk_by(|(a, _), (b, _)| std::ptr::eq(*a, *b)).enumerate() {
        experts.clear();
        experts.extend(group.iter().map(|(_, expert)| *expert));
        if !experts.is_sorted() {
            experts.sort_unstable();
        }
        next(out, number == 0);
        string(out, group.first().map_or("", |(id, _)| id));
        out.push(b':');
        list(out, experts.iter().copied());
    }
    out.push(b'}');
}

/// One place, behind what `out` holds; `first` of its panel. Pairs are written
/// as they come: there are dozens in each of many places.
pub fn place(out: &mut Vec<u8>, rule: &Counting, placed: &Placed<'_>, first: bool) {
    let decimals = rule.aggregation.places;
    let by_criterion = rule.aggregation.scope == Scope::Criterion;
    let key = |out: &mut Vec<u8>, name: &str| {
        out.extend_from_slice(b",\"");
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b"\":");
    };
    let or_null = |out: &mut Vec<u8>, text: Option<&str>| match text {
        Some(text) => string(out, text),
        None => out.extend_from_slice(b"null"),
    };
    let score = |score: Option<Points>| score.map(|score| rule.score_text(score));
    out.extend_from_slice(if first { b"\n{\"rank\":" } else { b",\n{\"rank\":" });
    // Writing into memory can't fail.
    let _written = match placed.rank {
        Some(rank) => write!(out, "{rank}"),
        None => write!(out, "null"),
    };
    key(out, "code");
    string(out, placed.code);
    key(out, "score");
    or_null(out, score(placed.score).as_deref());
    if let Some((group, raw)) = placed.raw {
        key(out, "raw");
        or_null(out, score(raw).as_deref());
        key(out, "group");
        string(out, group);
    }
    if let Some(grade) = placed.grade {
        key(out, "grade");
        string(out, grade);
    }
    key(out, "valid_sheets");
    let _written = write!(out, "{}", placed.valid_sheets);
    key(out, "dropped");
    if by_criterion {
        dropped_marks(out, &placed.dropped_marks);
        key(out, "criteria");
        pairs(out, &placed.criteria, rule.shown_places(), false);
    } else {
        list(out, placed.dropped_totals.iter().copied());
    }
    key(out, "dimensions");
    pairs(out, &placed.groups, decimals, false);
    key(out, "expert_totals");
    pairs(out, &placed.expert_totals, decimals, true);
    key(out, "tied");
    let _written = write!(out, "{}", placed.tied);
    key(out, "tie_break");
    or_null(out, placed.tie_break);
    key(out, "flags");
    let flags: Vec<String> = placed.notices.iter().map(notice_word).collect();
    list(out, flags.iter().map(String::as_str));
    out.push(b'}');
}

/// The end of a panel's object.
#[must_use]
pub fn end(line: &Line<'_>, kind: QuotaKind) -> String {
    let cut = serde_json::json!({
        "quota": line.quota,
        "kind": quota_word(kind),
        "above": line.above,
        "tied_at_line": line.tied_at_line,
        "seats_left": line.seats_left,
    });
    format!("\n],\n\"cut\":{}}}", text(&cut))
}

/// The end of the list.
#[must_use]
pub const fn close(empty: bool) -> &'static str {
    if empty { "[]\n" } else { "\n]\n" }
}
