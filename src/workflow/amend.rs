//! Amendments (更正与变更): what changes once bundles are out. Each is signed,
//! numbered, names the one before and says why; nothing issued is taken back.

use std::path::{Path, PathBuf};

use crate::base::{CriterionId, Digest, ExpertCode, Limits, Misassigned, PacketCode, Problem, Refusal, Result};
use crate::domain::amendment::{Amendment, Change};
use crate::domain::assignment::{everybody_everything, joining};
use crate::domain::differing::differing;
use crate::domain::panel::{Expert, Panel, Recusal, Seat};
use crate::domain::round::{Event, Received, Round as State, SheetState};
use crate::domain::rubric::QuotaKind;
use crate::domain::tallied::Rank;
use crate::seal::{Context, signed};
use crate::{formats, store};

use super::issue::OUTBOX;
use super::packets::{codes, read_file};
use super::rank::{json, rank};
use super::{Round, export, register};

/// Largest packet or panel file, in bytes.
const LARGEST: u64 = 8 << 20;

/// What is to be amended, as asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Withdraw a packet.
    Withdraw(String),
    /// Correct a packet, from its file.
    Correct(PathBuf),
    /// Add an expert, from a panel file of one row.
    AddExpert(PathBuf),
    /// Replace an expert by the one of a panel file of one row.
    Replace(String, PathBuf),
    /// Correct the wording of a criterion.
    Erratum(String, String),
    /// Void a criterion.
    Void(String),
    /// Change the quota.
    Quota(u32),
}

/// A place that changed: code, place before, place after.
pub type Moved = (String, Option<Rank>, Option<Rank>);

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The amendment.
    pub amendment: Amendment,
    /// Whether it had been made before.
    pub again: bool,
    /// The signed document.
    pub file: PathBuf,
    /// Tie keys that fall out with a void criterion.
    pub ties_less: Vec<CriterionId>,
    /// The standing before and after, where sheets are open.
    pub standings: Option<Standings>,
}

/// A standing before and after an amendment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standings {
    /// The file of the one before.
    pub before: PathBuf,
    /// The file of the one after; nothing where no sheet counts for now.
    pub after: Option<PathBuf>,
    /// Places that changed: code, before, after.
    pub moved: Vec<Moved>,
}

/// A change that was worked out, and what comes with it.
struct Proposed {
    change: Change,
    packet: Option<Vec<u8>>,
    expert: Option<Expert>,
}

impl Proposed {
    const fn plain(change: Change) -> Self {
        Self { change, packet: None, expert: None }
    }
}

/// Amends. The same once more changes nothing.
///
/// # Errors
/// No bundles are out; no reason; not unlocked; something that can't be amended
/// so; nothing can be written.
pub fn amend(round: &mut Round, what: &What, reason: &str) -> Result<Done> {
    if round.state().issued.is_empty() {
        return Err(Problem::TooEarly { first: "issue" }.into());
    }
    let reason = said(reason)?;
    round.secretary()?;
    let proposed = propose(round, what)?;
    if in_force(round.state(), &proposed.change) {
        return again(round, &proposed.change, &reason);
    }
    possible(round, &proposed.change)?;
    let keys_before = round.rubric().tie_break.keys.clone();
    let before = standing(round)?;
    let number = round.state().last_amendment().saturating_add(1);
    let follows = round.state().amendments.last().map(|(_, document)| *document);
    let Proposed { change, packet, expert } = proposed;
    let amendment = Amendment { round: round.id()?, number, follows, change, reason };
    let document = signed::sign(round.secretary()?, Context::Amendment, &formats::amendment::encode(&amendment)?);
    let digest = Digest::of(&document);
    let mut events = Vec::new();
    if let Some(expert) = expert {
        let mut register = register::open(round, "amend")?;
        register.panel.experts.retain(|known| known.code != expert.code);
        register.panel.experts.push(expert);
        register.panel.experts.sort_by(|a, b| a.code.cmp(&b.code));
        events.push(register::save(round, &register, "amend")?);
    }
    let (file, name) = document_file(round, number)?;
    store::write_durable(&file, &document)?;
    events.push(Event::Amended { amendment: amendment.clone(), document: digest });
    events.push(Event::FileKept { file: name, digest, why: "amend".to_owned() });
    let blobs: Vec<&[u8]> = std::iter::once(document.as_slice()).chain(packet.as_deref()).collect();
    round.append(&events, &blobs)?;
    let standings = before.map(|before| standings(round, number, Some(&before))).transpose()?;
    let ties_less = keys_before.into_iter().filter(|key| !round.rubric().tie_break.keys.contains(key)).collect();
    Ok(Done { amendment, again: false, file, ties_less, standings })
}

fn said(reason: &str) -> Result<String> {
    let reason = crate::base::clean::clean_line(reason.trim());
    if reason.is_empty() { Err(Problem::NeedsReason.into()) } else { Ok(reason) }
}

fn document_file(round: &Round, number: u32) -> Result<(PathBuf, String)> {
    let name = format!("amendment-{number}.signed");
    Ok((round.folder(OUTBOX)?.join(&name), format!("{OUTBOX}/{name}")))
}

/// The same change a second time: there already, where the reason is the same
/// too. A document that is gone is written again.
fn again(round: &Round, change: &Change, reason: &str) -> Result<Done> {
    let made = round.state().amendments.iter().rfind(|(amendment, _)| amendment.change.repeats(change));
    let Some((amendment, document)) = made.cloned() else {
        return Err(match change {
            Change::ExpertReplaced { expert, .. } => Problem::Replaced { expert: expert.to_string() },
            Change::ExpertAdded { part } => Problem::Duplicate { what: part.expert.to_string() },
            _ => Problem::NothingChanges,
        }
        .into());
    };
    if amendment.reason != reason {
        return Err(Problem::AmendedAlready { number: amendment.number }.into());
    }
    let (file, _) = document_file(round, amendment.number)?;
    let bytes = round.blob(&document)?;
    if !std::fs::read(&file).is_ok_and(|there| there == bytes) {
        store::write_durable(&file, &bytes)?;
    }
    Ok(Done { amendment, again: true, file, ties_less: Vec::new(), standings: None })
}

/// Whether a change is as things stand already.
fn in_force(state: &State, change: &Change) -> bool {
    match change {
        Change::PacketWithdrawn { code } => state.is_withdrawn(code),
        Change::PacketCorrected { code, to, .. } => state.packets.get(code) == Some(to),
        Change::ExpertAdded { part } => state.part(&part.expert).is_some(),
        Change::ExpertReplaced { expert, .. } => state.is_replaced(expert),
        Change::Erratum { criterion, text } => {
            let mut errata = state.amendments.iter().filter_map(|(amendment, _)| match &amendment.change {
                Change::Erratum { criterion: of, text } if of == criterion => Some(text),
                _ => None,
            });
            errata.next_back() == Some(text)
        }
        Change::CriterionVoid { criterion } => state.is_void(criterion),
        Change::QuotaChanged { to, .. } => state.quota == Some(*to),
    }
}

/// Refuses what makes no sense as things stand.
fn possible(round: &Round, change: &Change) -> Result<()> {
    let state = round.state();
    let problem = match change {
        Change::PacketCorrected { code, .. } if state.is_withdrawn(code) => {
            Problem::Withdrawn { code: code.to_string() }
        }
        Change::PacketCorrected { criteria, .. } if criteria.is_empty() => Problem::NothingChanges,
        Change::Erratum { criterion, .. } if state.is_void(criterion) => {
            Problem::VoidCriterion { id: criterion.to_string() }
        }
        Change::CriterionVoid { criterion } if round.rubric().criteria_count() <= 1 => {
            Problem::LastCriterion { id: criterion.to_string() }
        }
        Change::ExpertReplaced { part, .. } if state.part(&part.expert).is_some() => {
            Problem::Duplicate { what: part.expert.to_string() }
        }
        Change::QuotaChanged { .. } if round.rubric().quota.kind != QuotaKind::Open => Problem::QuotaFixed,
        _ => return Ok(()),
    };
    Err(problem.into())
}

fn propose(round: &Round, what: &What) -> Result<Proposed> {
    Ok(match what {
        What::Withdraw(code) => Proposed::plain(Change::PacketWithdrawn { code: packet_code(round, code)? }),
        What::Correct(file) => return correction(round, file),
        What::AddExpert(file) => {
            let (expert, part) = row(round, file, None)?;
            Proposed { expert: Some(expert), ..Proposed::plain(Change::ExpertAdded { part }) }
        }
        What::Replace(code, file) => {
            let gone = ExpertCode::parse(code).filter(|code| round.state().part(code).is_some());
            let gone = gone.ok_or_else(|| unknown_expert(round, code))?;
            let (expert, part) = row(round, file, Some(&gone))?;
            Proposed { expert: Some(expert), ..Proposed::plain(Change::ExpertReplaced { expert: gone, part }) }
        }
        What::Erratum(id, text) => {
            let text = crate::base::clean::clean_line(text.trim());
            if text.is_empty() {
                return Err(Problem::MissingValue { name: "--text".to_owned() }.into());
            }
            Proposed::plain(Change::Erratum { criterion: criterion_id(round, id)?, text })
        }
        What::Void(id) => Proposed::plain(Change::CriterionVoid { criterion: criterion_id(round, id)? }),
        What::Quota(to) => Proposed::plain(Change::QuotaChanged { from: round.state().quota, to: *to }),
    })
}

fn unknown_expert(round: &Round, code: &str) -> Refusal {
    let known = round.experts().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    Problem::UnknownExpert { code: code.to_owned(), known }.into()
}

fn packet_code(round: &Round, code: &str) -> Result<PacketCode> {
    let parsed = PacketCode::parse(code).filter(|code| round.state().packets.contains_key(code));
    parsed.ok_or_else(|| {
        let known = round.state().codes().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        Problem::UnknownPacket { code: code.to_owned(), known }.into()
    })
}

/// A criterion of the template, be it void by now or not.
fn criterion_id(round: &Round, id: &str) -> Result<CriterionId> {
    let parsed = CriterionId::parse(id).filter(|id| round.rubric_at(0).criterion(id).is_some());
    parsed.ok_or_else(|| Problem::UnknownCriterion { id: id.to_owned() }.into())
}

fn correction(round: &Round, file: &Path) -> Result<Proposed> {
    let name = file.display().to_string();
    let bytes = read_file(file, LARGEST)?;
    let form = round.form()?;
    let after = formats::packet::read(&bytes, &Limits::STANDARD, form).map_err(|refusal| refusal.in_file(&name))?;
    let code = packet_code(round, after.code.as_str()).map_err(|refusal| refusal.in_file(&name))?;
    let from = *round.state().packets.get(&code).ok_or(Problem::EmptyPacket)?;
    let criteria = differing(round.rubric(), form, &round.packet(&code)?, &after);
    let change = Change::PacketCorrected { code, from, to: Digest::of(&bytes), criteria };
    Ok(Proposed { packet: Some(bytes), ..Proposed::plain(change) })
}

/// The one expert of a panel file, and the expert's part of what is still in the
/// review: what was the part of who goes, or what lacks readers. Other experts read the part, so why somebody is recused stays in the
/// register.
fn row(round: &Round, file: &Path, gone: Option<&ExpertCode>) -> Result<(Expert, crate::domain::assignment::Part)> {
    let name = file.display().to_string();
    let drafts = formats::rows::panel(&read_file(file, LARGEST)?, &Limits::STANDARD)
        .map_err(|refusal| refusal.in_file(&name))?;
    if drafts.len() != 1 {
        return Err(Refusal::from(Problem::OneRow { rows: drafts.len() }).in_file(&name));
    }
    let panel = Panel::check(drafts, &codes(round)).map_err(|faults| match Refusal::from_faults(faults) {
        Some(refusal) => refusal.in_file(&name),
        None => Problem::Internal("panel".to_owned()).into(),
    })?;
    let expert = panel.experts.into_iter().next().ok_or(Problem::OneRow { rows: 0 })?;
    let recuse = expert.recuse.iter().map(|known| Recusal { code: known.code.clone(), reason: String::new() });
    let seat = Seat { recuse: recuse.collect(), ..Seat::from(&expert) };
    let codes = joining(round.state(), &seat, gone);
    if codes.is_empty() && round.state().assigned_by.as_ref().is_some_and(|rule| rule.groups.is_some()) {
        let experts = seat.expert.to_string();
        return Err(Refusal::from(Problem::Misassigned(Misassigned::NoGroup { experts })).in_file(&name));
    }
    let parts = everybody_everything(std::slice::from_ref(&seat), &codes);
    let part = parts.into_iter().next().ok_or(Problem::OneRow { rows: 0 })?;
    Ok((expert, part))
}

/// The standing as it is, where sheets are open and some count.
fn standing(round: &Round) -> Result<Option<Vec<u8>>> {
    match rank(round) {
        Ok(ranked) => json(&ranked).map(Some),
        Err(refusal) if matches!(refusal.problem(), Problem::TooEarly { .. }) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

/// Writes the standing before an amendment, unless it is there, and the one
/// after; says which places differ.
fn standings(round: &mut Round, number: u32, before: Option<&[u8]>) -> Result<Standings> {
    let name = |which: &str| format!("standing-{which}-{number}.json");
    let first = round.dir().join("exports").join(name("before"));
    let kept = round.state().kept.get(&format!("exports/{}", name("before"))).copied();
    let there = kept.and_then(|kept| std::fs::read(&first).ok().filter(|bytes| Digest::of(bytes) == kept));
    let (before, file) = match (there, before) {
        (Some(there), _) => (there, first),
        (None, Some(before)) => (before.to_vec(), export::write(round, &name("before"), None, before)?),
        // It was written and is gone or altered: that is for an audit to say.
        (None, None) => return Err(Refusal::from(Problem::Altered).in_file(&first.display().to_string())),
    };
    let after = standing(round)?;
    let moved = match &after {
        Some(after) => moved(&before, after)?,
        None => Vec::new(),
    };
    let after = after.map(|after| export::write(round, &name("after"), None, &after)).transpose()?;
    Ok(Standings { before: file, after, moved })
}

/// Places that differ between two standings, by where they are now.
fn moved(before: &[u8], after: &[u8]) -> Result<Vec<Moved>> {
    let (before, after) = (formats::standing_json::places(before)?, formats::standing_json::places(after)?);
    let of = |places: &[(String, Option<Rank>)], code: &str| {
        places.iter().find(|(known, _)| known == code).and_then(|(_, rank)| *rank)
    };
    let gone = before.iter().filter(|(code, _)| !after.iter().any(|(known, _)| known == code));
    let all = after.iter().chain(gone).map(|(code, _)| (code.clone(), of(&before, code), of(&after, code)));
    Ok(all.filter(|(_, before, after)| before != after).collect())
}

/// What was said of a sheet that came before an amendment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// The sheet.
    pub sheet: Digest,
    /// The amendments it was said of; none where all was said already.
    pub numbers: Vec<u32>,
    /// How many sheets still wait.
    pub waiting: usize,
    /// The standing before the earliest of the amendments, and as it is now.
    pub standings: Option<Standings>,
}

/// Sheets that wait because of an amendment, each with the amendments.
#[must_use]
pub fn stale(state: &State) -> Vec<(&Received, Vec<u32>)> {
    let live = |sheet: &&Received| !matches!(state.state_of(sheet), SheetState::Superseded | SheetState::Void);
    let all = state.sheets.iter().filter(live).map(|sheet| (sheet, state.outstanding_reviews(sheet)));
    all.filter(|(_, numbers)| !numbers.is_empty()).collect()
}

/// Whether a revision of this sheet was asked for because of an amendment.
#[must_use]
pub fn is_asked(state: &State, sheet: &Digest, number: u32) -> bool {
    state.reviews.iter().rfind(|(of, amendment, ..)| of == sheet && *amendment == number).is_some_and(|said| !said.2)
}

/// Says that an expert's sheet stands in spite of amendments, or that a revision
/// is asked for. The same once more changes nothing.
///
/// # Errors
/// No reason; no such expert; no amendment touches the expert's sheet; not unlocked.
pub fn review(round: &mut Round, expert: &str, number: Option<u32>, stands: bool, reason: &str) -> Result<Reviewed> {
    let reason = said(reason)?;
    round.secretary()?;
    let code = ExpertCode::parse(expert).filter(|code| round.state().part(code).is_some());
    let code = code.ok_or_else(|| unknown_expert(round, expert))?;
    if let Some(number) = number.filter(|number| *number == 0 || *number > round.state().last_amendment()) {
        return Err(Problem::UnknownAmendment { number }.into());
    }
    let wanted = |of: &u32| number.is_none_or(|number| number == *of);
    let mut events = Vec::new();
    let mut found = None;
    for (sheet, numbers) in stale(round.state()) {
        let numbers: Vec<u32> = numbers.into_iter().filter(wanted).collect();
        if sheet.expert != code || numbers.is_empty() {
            continue;
        }
        let (digest, reason) = (sheet.digest, &reason);
        let asked = |number: &u32| !stands && is_asked(round.state(), &digest, *number);
        let numbers: Vec<u32> = numbers.into_iter().filter(|number| !asked(number)).collect();
        events.extend(numbers.iter().map(|number| Event::SheetReviewed {
            digest,
            amendment: *number,
            stands,
            reason: reason.clone(),
        }));
        found = Some((digest, numbers));
    }
    let (sheet, numbers) = match found {
        Some(found) => found,
        None => {
            let said = round.state().reviews.iter().rfind(|(sheet, of, stood, _)| {
                *stood == stands && wanted(of) && round.state().sheet(sheet).is_some_and(|sheet| sheet.expert == code)
            });
            let said = said.ok_or_else(|| Problem::NothingToReview { expert: code.to_string() })?;
            (said.0, Vec::new())
        }
    };
    round.append(&events, &[])?;
    // Each amendment's own two standings; the earliest is shown.
    let mut shown = None;
    for number in numbers.iter().copied().filter(|_| stands).rev() {
        if round.state().kept.contains_key(&format!("exports/standing-before-{number}.json")) {
            shown = Some(standings(round, number, None)?);
        }
    }
    Ok(Reviewed { sheet, numbers, waiting: stale(round.state()).len(), standings: shown })
}
