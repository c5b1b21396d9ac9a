//! Standings of plain score files as json: a list, one object a panel, with the
//! words of a round's own standing. Written piece by piece: one place is in
//! memory at a time.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::base::{Digest, Points};
use crate::domain::across::Standardised;
use crate::domain::counting::Counting;
use crate::domain::rubric::{QuotaKind, Scope};
use crate::domain::tallied::{Line, Notice, Placed};

use super::standing_json::{across_file, quota_word, rank_number, rule_of};

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

/// Names with figures, in their order, to so many places at least; with
/// `more`, to as many as it takes to be exact.
struct Pairs<'a> {
    of: &'a [(&'a str, Points)],
    places: u32,
    more: bool,
}

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.of.len()))?;
        let mut text = String::with_capacity(24);
        for (name, value) in self.of {
            text.clear();
            if self.more {
                text.push_str(&value.at_least(self.places));
            } else {
                value.write_fixed(self.places, &mut text);
            }
            map.serialize_entry(name, text.as_str())?;
        }
        map.end()
    }
}

/// Experts dropped, by criterion.
struct ByCriterion<'a>(&'a [(&'a str, &'a str)]);

impl Serialize for ByCriterion<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        let mut experts: Vec<&str> = Vec::new();
        // Marks of one criterion have the very same name.
        for group in self.0.chunk_by(|(a, _), (b, _)| std::ptr::eq(*a, *b)) {
            experts.clear();
            experts.extend(group.iter().map(|(_, expert)| *expert));
            experts.sort_unstable();
            map.serialize_entry(group.first().map_or("", |(id, _)| id), &experts)?;
        }
        map.end()
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Gone<'a> {
    Totals(&'a [&'a str]),
    Marks(ByCriterion<'a>),
}

/// In the list of all panels together.
#[derive(Serialize)]
struct AcrossPlace<'a> {
    raw: Option<String>,
    group: &'a str,
}

#[derive(Serialize)]
struct PlaceFile<'a> {
    rank: Option<serde_json::Number>,
    code: &'a str,
    score: Option<String>,
    #[serde(flatten)]
    across: Option<AcrossPlace<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<&'a str>,
    valid_sheets: u32,
    dropped: Gone<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    criteria: Option<Pairs<'a>>,
    dimensions: Pairs<'a>,
    expert_totals: Pairs<'a>,
    tied: bool,
    tie_break: Option<&'a str>,
    flags: Vec<String>,
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

/// One place; `first` of its panel.
#[must_use]
pub fn place(rule: &Counting, placed: &Placed<'_>, first: bool) -> Vec<u8> {
    let decimals = rule.aggregation.places;
    let pairs = |of, places, more| Pairs { of, places, more };
    let by_criterion = rule.aggregation.scope == Scope::Criterion;
    let file = PlaceFile {
        rank: placed.rank.and_then(rank_number),
        code: placed.code,
        score: placed.score.map(|score| rule.score_text(score)),
        across: placed.raw.map(|(group, raw)| AcrossPlace { raw: raw.map(|raw| rule.score_text(raw)), group }),
        grade: placed.grade,
        valid_sheets: placed.valid_sheets,
        dropped: if by_criterion {
            Gone::Marks(ByCriterion(&placed.dropped_marks))
        } else {
            Gone::Totals(&placed.dropped_totals)
        },
        criteria: by_criterion.then(|| pairs(&placed.criteria, rule.shown_places(), false)),
        dimensions: pairs(&placed.groups, decimals, false),
        expert_totals: pairs(&placed.expert_totals, decimals, true),
        tied: placed.tied,
        tie_break: placed.tie_break,
        flags: placed.notices.iter().map(notice_word).collect(),
    };
    let mut out = Vec::with_capacity(2048);
    out.extend_from_slice(if first { b"\n" } else { b",\n" });
    // Writing our own values into memory can't fail.
    let _written = serde_json::to_writer(&mut out, &file);
    out
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
