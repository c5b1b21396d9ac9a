//! A sheet held against its round: every way in which it can be foreign.

use std::collections::BTreeSet;

use crate::base::{Place, Problem, Refusal, Result};
use crate::domain::rubric::NoSuchMark;
use crate::domain::sheet::Sheet;

use super::Round;

/// Holds a sheet against the round: every way in which it can be foreign.
pub(super) fn verify(round: &Round, sheet: &Sheet) -> Result<()> {
    if sheet.round != round.id()? {
        return Err(Problem::OtherRound { round: sheet.round.short() }.into());
    }
    if sheet.template != round.template()? {
        return Err(Problem::OtherTemplate.into());
    }
    let (digest, manifest) = round.manifest(&sheet.expert)?;
    if sheet.manifest != digest {
        return Err(Problem::OtherTemplate.into());
    }
    if sheet.replaces.is_some() != sheet.reason.is_some() {
        return Err(Problem::NeedsReason.into());
    }
    if sheet.revision == 0 || (sheet.revision == 1) != sheet.replaces.is_none() {
        return Err(Problem::NotOurEncoding.into());
    }
    let state = round.state();
    if sheet.amendment < manifest.amendment || sheet.amendment > state.last_amendment() {
        return Err(Problem::UnknownAmendment { number: sheet.amendment }.into());
    }
    // What the expert had before the eyes: marks are held against that.
    let manifest = manifest.amended(state.amendments_to(sheet.amendment));
    let rubric = &round.rubric_at(sheet.amendment);
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
