//! The score sheets (评分表): signed by the expert, of this round, about the
//! packets the expert was given, complete, and exactly what the log says of them.

use std::collections::BTreeSet;

use crate::base::{CriterionId, Digest, ExpertCode, Limits, PacketCode, Problem, Refusal};
use crate::domain::amendment::Change;
use crate::domain::bundle::Manifest;
use crate::domain::round::{Event, Received, Round as State};
use crate::domain::rubric::Rubric;
use crate::domain::sheet::{PacketMarks, Sheet, Source};
use crate::formats;
use crate::formats::score_form;
use crate::seal::{Context, signed};

use super::words::{Say, say};
use super::{Audit, Check, Evidence, Link, Signer, Who};
use crate::workflow::collect::{INBOX, LARGEST};
use crate::workflow::packets::read_file;

/// Judges every sheet that was opened.
pub(super) fn check(evidence: &mut Evidence, audit: &mut Audit) {
    let mut state = State::default();
    let mut opened = BTreeSet::new();
    let mut read = Vec::new();
    for link in &evidence.links {
        let Some(event) = &link.event else { continue };
        let before = if matches!(event, Event::SheetReceived { .. }) { state.clone() } else { State::default() };
        state.apply(event, link.hash, &link.time);
        if let Event::Opening { files, .. } = event {
            opened.extend(files.iter().copied());
        }
        if let Event::SheetReceived { .. } = event
            && let Some(received) = state.sheets.last()
        {
            audit.looked(Check::Sheets, 1);
            let place =
                format!("{} {} r{} {}", link.place(), received.expert, received.revision, received.digest.receipt());
            let mut find = |say| audit.find(Check::Sheets, place.clone(), say, Some(link.who()));
            if !before.listed.iter().any(|listed| listed.digest == received.file) {
                find(say!(sheet_unlisted));
            } else if !opened.contains(&received.file) {
                find(say!(sheet_unopened));
            }
            if before.sheet(&received.digest).is_some() {
                find(say!(sheet_twice));
            }
            let Some(bytes) = evidence.blob(&received.digest) else { continue };
            match sheet(&bytes) {
                Err(refusal) => find(say!(sheet_bad, refusal)),
                Ok((sheet, signer)) => {
                    judge(evidence, &before, received, &sheet, signer, link, &place, audit);
                    read.push((received.digest, sheet));
                }
            }
        }
    }
    evidence.sheets = read.into_iter().collect();
    replacements(evidence, audit);
}

/// A sheet, its signature checked, and whose that is.
pub(super) fn sheet(bytes: &[u8]) -> Result<(Sheet, crate::base::VerifyKey), Refusal> {
    let signed = signed::read(Context::Sheet, bytes)?;
    Ok((formats::sheet::decode(signed.body, &Limits::STANDARD)?, signed.signer))
}

#[expect(clippy::too_many_arguments, reason = "a sheet is held against all of these")]
fn judge(
    evidence: &Evidence,
    before: &State,
    received: &Received,
    sheet: &Sheet,
    signer: crate::base::VerifyKey,
    link: &Link,
    place: &str,
    audit: &mut Audit,
) {
    let expert = Who { name: Signer::Expert(sheet.expert.clone()), seq: Some(link.seq) };
    for field in event_differs(received, sheet, signer) {
        audit.find(Check::Sheets, place, say!(sheet_event, field.to_owned()), Some(link.who()));
    }
    let keys = match sheet.source {
        Source::Program => before.keys.get(&sheet.expert).map(|(keys, _)| keys),
        Source::Spreadsheet => before.secretary.as_ref(),
    };
    if keys != Some(&sheet.keys) || sheet.keys.verify != signer {
        let whose = if sheet.source == Source::Program { sheet.expert.to_string() } else { "secretary".to_owned() };
        audit.find(Check::Sheets, place, say!(sheet_keys, whose), Some(expert.clone()));
    }
    let manifest = manifest_of(evidence, before, sheet);
    for field in foreign(sheet, before, manifest) {
        audit.find(Check::Sheets, place, say!(sheet_field, field.to_owned()), Some(expert.clone()));
    }
    audit.looked(Check::Witnesses, 1);
    if !evidence.known_before(&sheet.log_head, link.seq) {
        let said = say!(witness_sheet, sheet.expert.to_string(), sheet.log_head.receipt());
        audit.find(Check::Witnesses, place, said, Some(expert.clone()));
    }
    if let (Some(manifest), Some(rubric)) = (manifest, &evidence.rubric) {
        for said in content(evidence, before, rubric, manifest, sheet) {
            audit.find(Check::Sheets, place, said, Some(expert.clone()));
        }
    }
    if sheet.source == Source::Spreadsheet
        && let Some(rubric) = &evidence.rubric
        && form_differs(evidence, before, received, rubric, sheet)
    {
        audit.find(Check::Sheets, place, say!(sheet_form), Some(link.who()));
    }
}

/// The fields of the event that are not what the sheet says.
fn event_differs(received: &Received, sheet: &Sheet, signer: crate::base::VerifyKey) -> Vec<&'static str> {
    let many = |count: u32, list: usize| usize::try_from(count) == Ok(list);
    [
        ("signer", received.signer == signer),
        ("amendment", received.amendment == sheet.amendment),
        ("expert", received.expert == sheet.expert),
        ("revision", received.revision == sheet.revision),
        ("replaces", received.replaces == sheet.replaces),
        ("source", received.source == sheet.source),
        ("packets", many(received.packets, sheet.packets.len())),
        ("unscored", many(received.unscored, sheet.unscored.len())),
    ]
    .into_iter()
    .filter(|(_, same)| !same)
    .map(|(field, _)| field)
    .collect()
}

/// The manifest a sheet names, where it is one that its expert was given.
fn manifest_of<'a>(evidence: &'a Evidence, before: &State, sheet: &Sheet) -> Option<&'a Manifest> {
    let manifest = evidence.manifests.get(&sheet.manifest)?;
    (manifest.expert == sheet.expert && before.issued.contains_key(&sheet.expert)).then_some(manifest)
}

/// The fields of a sheet that are not this round's.
fn foreign(sheet: &Sheet, before: &State, manifest: Option<&Manifest>) -> Vec<&'static str> {
    let template = before.template.as_ref().map(|(digest, ..)| *digest);
    let reason = sheet.reason.as_ref().is_some_and(|reason| !reason.trim().is_empty());
    [
        ("round", Some(sheet.round) == before.id),
        ("template", Some(sheet.template) == template),
        ("manifest", manifest.is_some()),
        ("openers", manifest.is_none_or(|manifest| manifest.openers == sheet.openers)),
        ("reason", sheet.replaces.is_some() == reason && (reason || sheet.reason.is_none())),
        ("revision", sheet.revision > 0 && (sheet.revision == 1) == sheet.replaces.is_none()),
        ("amendment", sheet.amendment <= before.last_amendment()),
    ]
    .into_iter()
    .filter(|(_, same)| !same)
    .map(|(field, _)| field)
    .collect()
}

/// What is wrong with the packets and marks of a sheet.
fn content(evidence: &Evidence, before: &State, rubric: &Rubric, manifest: &Manifest, sheet: &Sheet) -> Vec<Say> {
    let mut wrong = Vec::new();
    // What the expert knew to be changed.
    let seen = || before.amendments.iter().map(|(amendment, _)| amendment).filter(|a| a.number <= sheet.amendment);
    let void: BTreeSet<&CriterionId> = seen().filter_map(|amendment| amendment.change.voided()).collect();
    let withdrawn: BTreeSet<&PacketCode> = seen().filter_map(|amendment| amendment.change.withdrawn()).collect();
    let corrected: BTreeSet<Digest> = seen()
        .filter_map(|amendment| match &amendment.change {
            Change::PacketCorrected { to, .. } => Some(*to),
            _ => None,
        })
        .collect();
    let entry = |code: &PacketCode| manifest.packets.iter().find(|entry| entry.code == *code);
    let recused = |code: &PacketCode| {
        manifest.recused.iter().any(|recusal| recusal.code == *code)
            || sheet.recusals.iter().any(|recusal| recusal.code == *code)
    };
    let mut named: BTreeSet<&PacketCode> = BTreeSet::new();
    let all = sheet.packets.iter().map(|packet| &packet.code);
    let all = all.chain(sheet.unscored.iter().map(|unscored| &unscored.code));
    for code in all.chain(sheet.recusals.iter().map(|recusal| &recusal.code)) {
        if !named.insert(code) {
            wrong.push(say!(sheet_code_twice, code.to_string()));
        }
        if entry(code).is_none() {
            wrong.push(say!(sheet_not_assigned, code.to_string()));
        }
    }
    for code in manifest.packets.iter().map(|entry| &entry.code) {
        if !named.contains(code) && !withdrawn.contains(code) {
            wrong.push(say!(sheet_missing, code.to_string()));
        }
    }
    for packet in &sheet.packets {
        if recused(&packet.code) {
            wrong.push(say!(sheet_recused, packet.code.to_string()));
        }
        let issued = entry(&packet.code).is_none_or(|entry| entry.digest == packet.digest);
        let known = evidence.packets.get(&packet.code).is_some_and(|digests| digests.contains(&packet.digest));
        if !known || !issued && !corrected.contains(&packet.digest) {
            wrong.push(say!(sheet_packet, packet.code.to_string()));
        }
        wrong.extend(marks(rubric, &void, packet));
    }
    wrong
}

/// One mark a criterion, in the rubric's order, on the grid.
fn marks(rubric: &Rubric, void: &BTreeSet<&CriterionId>, packet: &PacketMarks) -> Vec<Say> {
    let code = packet.code.to_string();
    let given = packet.marks.iter().map(|mark| &mark.criterion);
    let asked = rubric.criteria().map(|criterion| &criterion.id).filter(|id| !void.contains(id));
    if !given.eq(asked) {
        return vec![say!(sheet_criteria, code)];
    }
    let allowed = |mark: &crate::domain::sheet::Mark| {
        let criterion = rubric.criteria().find(|criterion| criterion.id == mark.criterion);
        criterion.is_some_and(|criterion| rubric.allows(criterion, mark.points).is_ok())
    };
    let off = packet.marks.iter().filter(|mark| !allowed(mark));
    off.map(|mark| say!(sheet_mark, format!("{code} {}", mark.criterion), mark.points.to_string())).collect()
}

/// Whether the marks are others than in the form that came in, which is not
/// sealed and can be read again.
fn form_differs(evidence: &Evidence, before: &State, received: &Received, rubric: &Rubric, sheet: &Sheet) -> bool {
    let Some(listed) = before.listed.iter().find(|listed| listed.digest == received.file) else { return false };
    let Some(path) = super::files::inside(&evidence.dir, &format!("{INBOX}/{}", listed.file)) else { return false };
    let Ok(bytes) = read_file(&path, LARGEST) else { return false };
    if Digest::of(&bytes) != received.file {
        // Said of the file itself.
        return false;
    }
    let Ok(form) = score_form::read(&bytes, &Limits::STANDARD, rubric) else { return true };
    let scored: BTreeSet<&PacketCode> = sheet.packets.iter().map(|packet| &packet.code).collect();
    let in_form = form.marks.iter().filter(|((code, _), _)| scored.contains(code));
    let in_sheet: std::collections::BTreeMap<_, _> = sheet
        .packets
        .iter()
        .flat_map(|packet| packet.marks.iter().map(|mark| ((packet.code.clone(), mark.criterion.clone()), mark.points)))
        .collect();
    let same_expert = form.expert.as_ref().is_some_and(|expert: &ExpertCode| *expert == sheet.expert);
    let votes = sheet.packets.iter().all(|packet| form.votes.get(&packet.code).copied() == packet.vote);
    !same_expert || !votes || !in_form.map(|(key, points)| (key.clone(), *points)).eq(in_sheet)
}

/// What a sheet corrects is the same expert's sheet before it.
fn replacements(evidence: &Evidence, audit: &mut Audit) {
    for received in &evidence.state.sheets {
        let Some(replaced) = received.replaces else { continue };
        let place = format!("{} r{} {}", received.expert, received.revision, received.digest.receipt());
        match evidence.state.sheet(&replaced) {
            None => audit.note(Check::Sheets, place, say!(sheet_replaces_unknown)),
            Some(earlier) => {
                if earlier.expert != received.expert || earlier.revision.checked_add(1) != Some(received.revision) {
                    let who = Who { name: Signer::Expert(received.expert.clone()), seq: None };
                    audit.find(Check::Sheets, place, say!(sheet_replaces), Some(who));
                }
            }
        }
    }
}

/// A sheet that an event names, for those who rank.
pub(super) fn of(evidence: &Evidence, digest: &Digest) -> Result<Sheet, Refusal> {
    evidence.sheets.get(digest).cloned().ok_or_else(|| Problem::NotInManifest { name: digest.short() }.into())
}
