//! Ranking (推荐排序): the standing from the sheets that count.

use std::collections::BTreeMap;

use crate::base::{Digest, ExpertCode, Lang, PacketCode, Problem, Result};
use crate::domain::round::{Round as State, SheetState};
use crate::domain::rubric::Rubric;
use crate::domain::sheet::{Sheet, Source};
use crate::domain::standing::{Flag, Standing};
use crate::formats;
use crate::formats::standing_json::Of;
use crate::tally::{Entry, rank as tally_rank};

use super::Round;

/// A standing with what it was made from.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// The standing.
    pub standing: Standing,
    /// What it is of.
    pub of: Of,
    /// The sheets that count, by expert.
    pub sheets: Vec<Sheet>,
    /// Experts without a sheet that counts, and why.
    pub outstanding: Vec<(ExpertCode, Option<SheetState>)>,
}

/// Ranks what the round has.
///
/// # Errors
/// No sheet counts yet, or one can't be read back.
pub fn rank(round: &Round) -> Result<Ranked> {
    ranked(round.state(), round.rubric(), &mut |digest| round.sheet(digest))
}

/// The same from the fold alone, with the sheets read by the caller.
pub(super) fn ranked(state: &State, rubric: &Rubric, read: &mut dyn FnMut(&Digest) -> Result<Sheet>) -> Result<Ranked> {
    let (sheets, digests) = counting_sheets(state, read)?;
    let counting = state.counting();
    let parts: Vec<String> = digests.iter().map(ToString::to_string).collect();
    let parts: Vec<&[u8]> = parts.iter().map(String::as_bytes).collect();
    let sheets_digest = Digest::of_parts("pingshen/sheets/v1\n", &parts);
    let entries = entries(&sheets);
    let codes: Vec<PacketCode> = state.codes();
    let quota = crate::tally::rank::Quota::of(rubric, state.quota);
    let mut standing = tally_rank(rubric, quota, &codes, &entries, sheets_digest);
    crate::tally::across::standardise(&mut standing, &state.groups, state.groups_drawn, quota);
    flag(state, &sheets, &mut standing);
    enough(state, &mut standing);
    let outstanding = state
        .readers()
        .into_iter()
        .filter(|expert| !counting.contains_key(expert))
        .map(|expert| {
            let last = state.sheets.iter().rfind(|sheet| sheet.expert == expert).map(|sheet| state.state_of(sheet));
            (expert, last)
        })
        .collect();
    let round = state.id.ok_or(Problem::BrokenLog { seq: 1, why: "created" })?;
    let (template, id, version) = state.template.clone().ok_or(Problem::BrokenLog { seq: 1, why: "created" })?;
    let of = Of {
        round,
        template: (id, version, template),
        demo: state.demo,
        practice: state.practice,
        amendments: state.amendments.clone(),
    };
    Ok(Ranked { standing, of, sheets, outstanding })
}

/// The sheets that count, by expert, and their digests in order.
fn counting_sheets(state: &State, read: &mut dyn FnMut(&Digest) -> Result<Sheet>) -> Result<(Vec<Sheet>, Vec<Digest>)> {
    if state.kept_sealed {
        return Err(Problem::TooEarly { first: "open" }.into());
    }
    let counting = state.counting();
    if counting.is_empty() {
        let waits = state.sheets.iter().any(|sheet| state.state_of(sheet) == SheetState::Stale);
        let first = match (state.sheets.is_empty(), waits) {
            (true, _) => "sheets",
            (false, true) => "stale",
            (false, false) => "partial",
        };
        return Err(Problem::TooEarly { first }.into());
    }
    let mut sheets = Vec::new();
    let mut digests: Vec<Digest> = Vec::new();
    for received in counting.values() {
        sheets.push(read(&received.digest)?);
        digests.push(received.digest);
    }
    digests.sort();
    Ok((sheets, digests))
}

/// What sheets give to packets.
#[must_use]
pub fn entries(sheets: &[Sheet]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for sheet in sheets {
        for packet in &sheet.packets {
            entries.push(Entry {
                code: packet.code.clone(),
                expert: sheet.expert.clone(),
                marks: packet.marks.iter().map(|mark| (mark.criterion.clone(), mark.points)).collect(),
                vote: packet.vote,
            });
        }
    }
    entries
}

/// A place that has the sheets its assignment wants has no fewer than others:
/// so many a packet, or as many as any other of its group.
fn enough(state: &State, standing: &mut Standing) {
    let Some(rule) = &state.assigned_by else { return };
    let mut most: BTreeMap<Option<&String>, u32> = BTreeMap::new();
    for place in &standing.places {
        let most = most.entry(state.groups.get(&place.code)).or_default();
        *most = place.valid_sheets.max(*most);
    }
    for place in &mut standing.places {
        let wanted = rule.per.or_else(|| most.get(&state.groups.get(&place.code)).copied());
        if wanted.is_some_and(|wanted| place.valid_sheets >= wanted) {
            place.flags.retain(|flag| *flag != Flag::FewerSheets);
        }
    }
}

/// Adds what the sheets themselves say about a place.
fn flag(state: &State, sheets: &[Sheet], standing: &mut Standing) {
    for place in &mut standing.places {
        for part in state.parts.iter().filter(|part| !state.is_replaced(&part.expert)) {
            if part.recused.iter().any(|recusal| recusal.code == place.code) {
                place.flags.push(Flag::Recused(part.expert.clone()));
            }
        }
        for sheet in sheets {
            if sheet.recusals.iter().any(|recusal| recusal.code == place.code) {
                place.flags.push(Flag::Recused(sheet.expert.clone()));
            }
            if sheet.recognised.iter().any(|seen| seen.code == place.code) {
                place.flags.push(Flag::Recognised(sheet.expert.clone()));
            }
            let packet = sheet.packets.iter().find(|packet| packet.code == place.code);
            if packet.is_some() && sheet.source == Source::Spreadsheet {
                place.flags.push(Flag::Spreadsheet(sheet.expert.clone()));
            }
            for red in packet.iter().flat_map(|packet| &packet.red_lines) {
                place.flags.push(Flag::RedLine(red.id.clone()));
            }
        }
        place.flags.sort();
        place.flags.dedup();
    }
}

/// The standing as json.
///
/// # Errors
/// None that a standing can give.
pub fn json(ranked: &Ranked) -> Result<Vec<u8>> {
    formats::standing_json::write(&ranked.of, &ranked.standing)
}

/// The standing as plain csv.
#[must_use]
pub fn csv(ranked: &Ranked) -> Vec<u8> {
    formats::standing_csv::write(&ranked.standing)
}

/// A place's calculation, as a person would check it on paper.
#[must_use]
pub fn sum_in_words(ranked: &Ranked, place: &crate::domain::standing::Standee) -> String {
    formats::export::sum_in_words(place, &ranked.standing.rule)
}

/// The rule in one Chinese sentence.
#[must_use]
pub fn rule_in_words(ranked: &Ranked) -> String {
    formats::rule_words::rule_in_words(Lang::Zh, &ranked.standing.rule)
}

/// The same in the language of the screen.
#[must_use]
pub fn rule_in(lang: Lang, ranked: &Ranked) -> String {
    formats::rule_words::rule_in_words(lang, &ranked.standing.rule)
}
