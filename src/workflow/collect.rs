//! Collecting (收评分表): every file given is accepted, said to be a duplicate,
//! or refused with its reason; none is lost. What counts is worked out from the
//! set of sheets, never from the order they came in.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::base::{Digest, ExpertCode, Place, Problem, Refusal, Result};
use crate::domain::bundle::Manifest;
use crate::domain::desk::{Act, Desk};
use crate::domain::hand_in::check;
use crate::domain::round::{Decision, Event, SheetState};
use crate::domain::rubric::NoSuchMark;
use crate::domain::sheet::{Sheet, Source};
use crate::formats::score_form;
use crate::{formats, seal};

use super::Round;
use super::hand_in::{Revision, build};
use super::packets::read_all;

/// Largest sheet file, in bytes.
const LARGEST: u64 = 32 << 20;

/// What the secretary says of a sheet, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    /// Count what is complete, or void it.
    pub decision: Decision,
    /// Why.
    pub reason: String,
    /// Also for a whole sheet (`--void`), not only for one that is not complete.
    pub whole: bool,
}

/// What came of one file.
#[derive(Debug)]
pub struct Collected {
    /// The file.
    pub file: String,
    /// The sheet, or why it was refused.
    pub outcome: Result<Taken>,
}

/// A sheet that is one of this round's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its digest.
    pub digest: Digest,
    /// Whose it is.
    pub expert: ExpertCode,
    /// Its revision.
    pub revision: u32,
    /// How many packets it holds.
    pub packets: u32,
    /// How many it lists as not scored.
    pub unscored: u32,
    /// Whether it was there already.
    pub again: bool,
    /// Whether it came as a spreadsheet form.
    pub source: Source,
    /// Where it stands after all files were taken.
    pub state: SheetState,
}

/// Takes sheets in.
///
/// # Errors
/// No bundles are out yet, or nothing can be written; a file's own fault is in
/// its outcome.
pub fn collect(round: &mut Round, files: &[PathBuf], say: Option<&Say>) -> Result<Vec<Collected>> {
    if round.state().issued.is_empty() {
        return Err(Problem::TooEarly { first: "issue" }.into());
    }
    if say.is_some_and(|say| say.reason.trim().is_empty()) {
        return Err(Problem::NeedsReason.into());
    }
    let mut out = Vec::new();
    // A decision already made is changed only where its file is named alone:
    // never by a sweep over many.
    let alone = matches!(files, [file] if file.is_file());
    for (file, bytes) in read_all(files, &["sheet", "csv"], LARGEST) {
        let outcome = bytes.and_then(|bytes| take(round, &bytes, say, alone));
        out.push(Collected { outcome: outcome.map_err(|refusal| refusal.in_file(&file)), file });
    }
    for collected in &mut out {
        if let Ok(taken) = &mut collected.outcome
            && let Some(sheet) = round.state().sheet(&taken.digest)
        {
            taken.state = round.state().state_of(sheet);
        }
    }
    Ok(out)
}

fn take(round: &mut Round, bytes: &[u8], say: Option<&Say>, alone: bool) -> Result<Taken> {
    let read = if seal::looks_like(seal::Kind::Sheet, bytes) {
        seal::open(seal::Kind::Sheet, bytes).and_then(|inner| Ok((formats::sheet::decode(&inner)?, inner)))
    } else if score_form::looks_like(bytes) {
        from_form(round, bytes)
            .and_then(|sheet| Ok((formats::sheet::encode(&sheet)?, sheet)))
            .map(|(inner, sheet)| (sheet, inner))
    } else {
        Err(Problem::NotOurs { wanted: "sheet" }.into())
    };
    let checked = read.and_then(|(sheet, inner)| verify(round, &sheet).map(|()| (sheet, inner)));
    let (sheet, inner) = match checked {
        Ok(ok) => ok,
        Err(refusal) => {
            let digest = Digest::of(bytes);
            if !round.state().refused.contains(&digest) {
                let why = format!("{:?}", refusal.class());
                round.append(&[Event::SheetRefused { digest, why }], &[bytes])?;
            }
            return Err(refusal);
        }
    };
    let digest = Digest::of(&inner);
    let again = round.state().sheet(&digest).is_some();
    let mut events = Vec::new();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    if !again {
        events.push(Event::SheetReceived {
            digest,
            expert: sheet.expert.clone(),
            revision: sheet.revision,
            replaces: sheet.replaces,
            source: sheet.source,
            packets: count(sheet.packets.len()),
            unscored: count(sheet.unscored.len()),
        });
    }
    let undecided = round.state().sheet(&digest).is_none_or(|known| known.decision.is_none());
    if let Some(say) = say
        && (say.whole || sheet.is_partial() && (alone || undecided))
        && round.state().sheet(&digest).and_then(|known| known.decision.clone())
            != Some((say.decision, say.reason.clone()))
    {
        events.push(Event::SheetDecided { digest, decision: say.decision, reason: say.reason.clone() });
    }
    round.append(&events, &[&inner])?;
    Ok(Taken {
        digest,
        expert: sheet.expert.clone(),
        revision: sheet.revision,
        packets: count(sheet.packets.len()),
        unscored: count(sheet.unscored.len()),
        again,
        source: sheet.source,
        state: SheetState::Counts,
    })
}

/// The manifest an expert's bundle was issued with.
pub(super) fn manifest(round: &Round, expert: &ExpertCode) -> Result<(Digest, Manifest)> {
    let issued = round.state().issued.get(expert).ok_or_else(|| Problem::UnknownExpert {
        code: expert.to_string(),
        known: round.state().issued.keys().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    })?;
    let bytes = round.blob(&issued.manifest)?;
    let manifest = formats::bundle::decode_manifest(&bytes)?;
    Ok((issued.manifest, manifest))
}

/// A filled spreadsheet form as a sheet; the same form gives the same bytes.
fn from_form(round: &Round, bytes: &[u8]) -> Result<Sheet> {
    let rubric = round.rubric();
    let filled = score_form::read(bytes, rubric)?;
    let expert = filled.expert.clone().ok_or_else(|| Problem::MissingColumn { name: "[id]".to_owned() })?;
    let (round_short, manifest_short) = filled.belongs.clone().unwrap_or_default();
    if round_short != round.id()?.short() {
        return Err(Problem::OtherRound { round: round_short }.into());
    }
    let (digest, manifest) = manifest(round, &expert)?;
    if manifest_short != digest.short() {
        return Err(Problem::OtherTemplate.into());
    }
    let mut desk = Desk::default();
    let at = crate::base::Timestamp::from_stored("");
    let marks =
        filled.marks.into_iter().map(|((code, criterion), points)| Act::Mark { code, criterion, points: Some(points) });
    let remarks = filled.remarks.into_iter().map(|((code, criterion), text)| Act::Remark { code, criterion, text });
    let votes = filled.votes.into_iter().map(|(code, vote)| Act::Vote { code, vote: Some(vote) });
    let opinions = filled.opinions.into_iter().map(|(code, text)| Act::Opinion { code, text });
    for act in marks.chain(remarks).chain(votes).chain(opinions) {
        desk.apply(&act, &at);
    }
    let codes: Vec<_> = manifest.packets.iter().map(|entry| entry.code.clone()).collect();
    let found = check(rubric, &desk, &codes);
    if found.complete.is_empty() {
        return Err(Problem::NothingComplete.into());
    }
    build(rubric, &manifest, digest, &desk, &found, Revision::FIRST, Source::Spreadsheet, "表格中没有填完")
}

/// Holds a sheet against the round: every way in which it can be foreign.
fn verify(round: &Round, sheet: &Sheet) -> Result<()> {
    if sheet.round != round.id()? {
        return Err(Problem::OtherRound { round: sheet.round.short() }.into());
    }
    if sheet.template != round.template()? {
        return Err(Problem::OtherTemplate.into());
    }
    let (digest, manifest) = manifest(round, &sheet.expert)?;
    if sheet.manifest != digest {
        return Err(Problem::OtherTemplate.into());
    }
    if sheet.replaces.is_some() != sheet.reason.is_some() {
        return Err(Problem::NeedsReason.into());
    }
    if sheet.revision == 0 || (sheet.revision == 1) != sheet.replaces.is_none() {
        return Err(Problem::NotOurEncoding.into());
    }
    let rubric = round.rubric();
    let mut seen = BTreeSet::new();
    let mut once = |code: &crate::base::PacketCode| {
        if seen.insert(code.clone()) {
            Ok(())
        } else {
            Err(Refusal::from(Problem::Duplicate { what: code.to_string() }))
        }
    };
    for packet in &sheet.packets {
        once(&packet.code)?;
        let entry = manifest.packets.iter().find(|entry| entry.code == packet.code);
        let entry = entry.ok_or_else(|| Problem::NotAssigned { code: packet.code.to_string() })?;
        if entry.digest != packet.digest {
            return Err(Problem::OtherPacket { code: packet.code.to_string() }.into());
        }
        for red in &packet.red_lines {
            if !rubric.red_lines.iter().any(|known| known.id == red.id) {
                return Err(Problem::UnknownCriterion { id: red.id.clone() }.into());
            }
        }
        if packet.marks.len() != rubric.criteria_count() {
            return Err(Problem::Incomplete {
                packets: 1,
                missing: rubric.criteria_count().abs_diff(packet.marks.len()),
                first: packet.code.to_string(),
            }
            .into());
        }
        for (mark, criterion) in packet.marks.iter().zip(rubric.criteria()) {
            let place = || Place::default().field(format!("{} {}", packet.code, mark.criterion));
            if mark.criterion != criterion.id {
                return Err(Refusal::new(place(), Problem::UnknownCriterion { id: mark.criterion.to_string() }));
            }
            rubric.allows(criterion, mark.points).map_err(|why| {
                let (value, step, max) = (mark.points.to_string(), rubric.step.to_string(), criterion.max.to_string());
                Refusal::new(
                    place(),
                    match why {
                        NoSuchMark::AboveMax => Problem::AboveMax { value, max },
                        NoSuchMark::OffGrid => Problem::NotOnGrid { value, step },
                    },
                )
            })?;
        }
    }
    for seen in &sheet.recognised {
        if !manifest.packets.iter().any(|entry| entry.code == seen.code) {
            return Err(Problem::NotAssigned { code: seen.code.to_string() }.into());
        }
    }
    let others = sheet.unscored.iter().map(|u| &u.code).chain(sheet.recusals.iter().map(|r| &r.code));
    for code in others {
        if !manifest.packets.iter().any(|entry| entry.code == *code) {
            return Err(Problem::NotAssigned { code: code.to_string() }.into());
        }
        once(code)?;
    }
    for entry in &manifest.packets {
        if !seen.contains(&entry.code) {
            return Err(Problem::Incomplete {
                packets: 1,
                missing: rubric.criteria_count(),
                first: entry.code.to_string(),
            }
            .into());
        }
    }
    Ok(())
}
