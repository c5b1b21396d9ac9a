//! A score worked out step by step as json: the same steps, exact figures as
//! text (a decimal, or a fraction where there is none).

use serde::Serialize;

use crate::base::{Problem, Result};
use crate::domain::counting::Counting;
use crate::domain::explained::compared::Compared;
use crate::domain::explained::{Explained, MarkTable, Part, Pass, Place, Reason};

use super::standing_json::{quota_word, rank_number, rule_of};

#[derive(Serialize)]
struct File<'a> {
    panel: &'a str,
    code: &'a str,
    rank: Option<serde_json::Number>,
    tied: bool,
    score: Option<&'a str>,
    rule: serde_json::Value,
    marks: &'a MarkTable,
    parts: &'a [Part],
    pass_line: &'a [Pass],
    dimensions: &'a [Part],
    place: Option<&'a Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quota_kind: Option<&'static str>,
    reasons: &'a [Reason],
    #[serde(skip_serializing_if = "Option::is_none")]
    cross_group: Option<AcrossFile<'a>>,
}

#[derive(Serialize)]
struct AcrossFile<'a> {
    applied: bool,
    #[serde(flatten)]
    compared: &'a Compared,
    #[serde(skip_serializing_if = "Option::is_none")]
    combined: Option<CombinedFile<'a>>,
}

#[derive(Serialize)]
struct CombinedFile<'a> {
    rank: Option<serde_json::Number>,
    tied: bool,
    score: Option<&'a str>,
    place: Option<&'a Place>,
}

fn across(compared: &Compared) -> AcrossFile<'_> {
    let combined = compared.stands.as_ref().map(|stands| CombinedFile {
        rank: stands.rank.and_then(rank_number),
        tied: stands.tied,
        score: stands.score.as_deref(),
        place: stands.place.as_ref(),
    });
    AcrossFile { applied: compared.why_not.is_none(), compared, combined }
}

/// A list of explanations.
///
/// # Errors
/// None that an explanation can give.
pub fn write(rule: &Counting, all: &[Explained]) -> Result<Vec<u8>> {
    let internal = |error: serde_json::Error| Problem::Internal(error.to_string());
    let rule = serde_json::to_value(rule_of(rule)).map_err(internal)?;
    let files: Vec<File<'_>> = all
        .iter()
        .map(|one| File {
            panel: &one.panel,
            code: &one.code,
            rank: one.rank.and_then(rank_number),
            tied: one.tied,
            score: one.score.as_deref(),
            rule: rule.clone(),
            marks: &one.marks,
            parts: &one.parts,
            pass_line: &one.passes,
            dimensions: &one.groups,
            place: one.place.as_ref(),
            quota_kind: one.place.as_ref().and_then(|place| place.cut.as_ref()).map(|cut| quota_word(cut.kind)),
            reasons: &one.reasons,
            cross_group: one.compared.as_ref().map(across),
        })
        .collect();
    let mut out = serde_json::to_vec_pretty(&files).map_err(internal)?;
    out.push(b'\n');
    Ok(out)
}
