//! Blinding (匿名处理): codes are drawn at random for the applications of the
//! register, packets made from them, and what may leak is listed until the
//! secretary has decided.
//!
//! What the log says of it has codes and numbers only. Whose a code is, and
//! what a leak says, is in the register.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::base::{ApplicationNo, Digest, Limits, PacketCode, Place, Problem, Refusal, Result};
use crate::domain::form::Form;
use crate::domain::leak::{Decision, Hit, Item, Leak, LeakKind, Level, Masked, SourceLeak};
use crate::domain::packet::Packet;
use crate::domain::round::Event;
use crate::formats;
use crate::identity::Register;
use crate::identity::blinding::{self, Blinded, Case};

use super::packets::read_file;
use super::{Round, register};

/// What is wanted of it.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// A table of what applicants are called too.
    pub aliases: Option<PathBuf>,
    /// Leaks by number, and what becomes of each.
    pub decide: Vec<(u32, Decision)>,
    /// Why.
    pub reason: String,
}

/// A packet, and what may leak in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its code.
    pub code: PacketCode,
    /// What was masked.
    pub masked: Vec<Masked>,
    /// Leaks in their context, each with its number and what was decided.
    pub items: Vec<Item>,
    /// Figures that no other packet has, where it has some.
    pub figures: Option<Leak>,
    /// What the source carries beside its text.
    pub sources: Vec<SourceLeak>,
}

impl Seen {
    /// Leaks of this level that nobody decided on.
    #[must_use]
    pub fn undecided(&self, level: Level) -> usize {
        self.items.iter().filter(|item| item.leak.level == level && item.decision.is_none()).count()
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Packets, by code.
    pub packets: Vec<Seen>,
    /// Codes drawn now.
    pub drawn: usize,
    /// Packets made again because something changed.
    pub rebuilt: usize,
}

/// Blinds the applications of the register. Repeated, it changes nothing.
///
/// # Errors
/// No applications; bundles out already; a leak or application nobody knows; a
/// release without a reason, or a reason that names somebody.
pub fn blind(round: &mut Round, wish: &Wish) -> Result<Outcome> {
    if !round.state().issued.is_empty() {
        return Err(Problem::TooLate { because: "issued" }.into());
    }
    round.secretary()?;
    let form = round.form()?;
    let mut register = register::open(round, "blind")?;
    if register.applications.is_empty() {
        return Err(Problem::TooEarly { first: "intake" }.into());
    }
    let before = register.clone();
    if let Some(file) = &wish.aliases {
        aliases(&mut register, file)?;
    }
    let drawn = draw(round, &mut register)?;
    let mut made = make(&register, form);
    number(&mut register, &made);
    let decided = decide(&mut register, wish)?;
    if !decided.is_empty() {
        made = make(&register, form);
        number(&mut register, &made);
    }
    let mut events = Vec::new();
    if register != before {
        events.push(register::save(round, &register, "blind")?);
    }
    if !drawn.is_empty() {
        events.push(Event::CodesDrawn { codes: drawn.clone() });
    }
    let mut outcome = Outcome { drawn: drawn.len(), ..Outcome::default() };
    let mut blobs = Vec::new();
    for blinded in &made {
        let bytes = encode(&register, &blinded.packet, form)?;
        let (code, digest) = (blinded.packet.code.clone(), Digest::of(&bytes));
        match round.state().packets.get(&code) {
            Some(there) if *there == digest => continue,
            Some(_) => {
                outcome.rebuilt = outcome.rebuilt.saturating_add(1);
                events.push(Event::PacketRebuilt { code, digest });
            }
            None => events.push(Event::PacketAdded { code, digest }),
        }
        blobs.push(bytes);
    }
    events.extend(decided);
    let blobs: Vec<&[u8]> = blobs.iter().map(Vec::as_slice).collect();
    round.append(&events, &blobs)?;
    outcome.packets = made.into_iter().map(|blinded| seen(round, &register, blinded)).collect();
    Ok(outcome)
}

/// Whether the packets may go out: gives how many warnings nobody decided on.
///
/// # Errors
/// Leaks that block and wait; applications or decisions newer than the packets.
pub(super) fn ready(round: &Round, register: &Register) -> Result<usize> {
    if register.codes.is_empty() {
        return Ok(0);
    }
    let form = round.form()?;
    let (mut faults, mut warnings) = (Vec::new(), 0_usize);
    let mut stale = register.applications.keys().any(|no| !register.codes.contains_key(no));
    for blinded in make(register, form) {
        let digest = Digest::of(&encode(register, &blinded.packet, form)?);
        stale |= round.state().packets.get(&blinded.packet.code) != Some(&digest);
        for leak in blinded.leaks.iter().filter(|leak| leak.kind != LeakKind::UniqueFigure) {
            let hit = register.hits.iter().find(|hit| hit.is_of(&blinded.packet.code, leak));
            match (hit.and_then(|hit| hit.decision), leak.level) {
                (Some(_), _) => {}
                (None, Level::Warn) => warnings = warnings.saturating_add(1),
                (None, Level::Block) => faults.push(crate::base::Fault {
                    place: Place::default().field(format!("{} {}", blinded.packet.code, leak.field)),
                    problem: Problem::LeakUndecided { number: hit.map_or(0, |hit| hit.number) },
                }),
            }
        }
    }
    match Refusal::from_faults(faults) {
        Some(refusal) => Err(refusal),
        None if stale => Err(Problem::NotBlinded.into()),
        None => Ok(warnings),
    }
}

/// A packet of the round, to be read before it goes out.
///
/// # Errors
/// No packet of this code.
pub fn show(round: &Round, code: &str) -> Result<Packet> {
    let known = &round.state().packets;
    let digest = PacketCode::parse(code).and_then(|code| known.get(&code).copied()).ok_or_else(|| {
        let known = known.keys().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        Problem::UnknownPacket { code: code.to_owned(), known }
    })?;
    formats::packet::read(&round.blob(&digest)?, &Limits::STANDARD, round.form()?)
}

/// The names of applicants by code, for the list that is published.
///
/// # Errors
/// The round is not unlocked.
pub(super) fn names(round: &mut Round) -> Result<Vec<(u32, String, String)>> {
    let register = register::open(round, "publish")?;
    let name = |no: &ApplicationNo| {
        let application = register.applications.get(no)?;
        application.text("unit.name").or_else(|| application.text("cover.unit_name")).map(|name| name.trim().to_owned())
    };
    Ok(register.codes.iter().filter_map(|(no, code)| Some((0, code.to_string(), name(no)?))).collect())
}

/// The bytes of a packet, which must be ones that we read.
fn encode(register: &Register, packet: &Packet, form: &Form) -> Result<Vec<u8>> {
    // Who mends it knows the application by its number, not by a code.
    let no = register.codes.iter().find(|(_, code)| **code == packet.code).map(|(no, _)| no.to_string());
    let name = no.unwrap_or_else(|| packet.code.to_string());
    let bytes = formats::packet_write::write(packet, form)?;
    formats::packet::read(&bytes, &Limits::STANDARD, form).map_err(|refusal| refusal.in_file(&name))?;
    Ok(bytes)
}

pub(super) fn cases(register: &Register) -> Vec<Case<'_>> {
    let case = |(no, code)| {
        let aliases = register.aliases.get(no).map_or(&[][..], Vec::as_slice);
        Some(Case { code, application: register.applications.get(no)?, aliases })
    };
    register.codes.iter().filter_map(case).collect()
}

fn make(register: &Register, form: &Form) -> Vec<Blinded> {
    // By code: the order of receipt would say whose each is, in the log too.
    let mut made = blinding::blind(&cases(register), form, &register.hits);
    made.sort_by(|a, b| a.packet.code.cmp(&b.packet.code));
    made
}

/// Draws codes for those that have none: the lowest numbers that are free, in
/// an order that chance gives and that is never the order of receipt.
fn draw(round: &Round, register: &mut Register) -> Result<Vec<PacketCode>> {
    let new: Vec<ApplicationNo> =
        register.applications.keys().filter(|no| !register.codes.contains_key(*no)).cloned().collect();
    let taken: BTreeSet<&PacketCode> = register.codes.values().chain(round.state().packets.keys()).collect();
    let numbers = (1..=u32::MAX).filter_map(|number| PacketCode::parse(&format!("A-{number:02}")));
    let codes: Vec<PacketCode> = numbers.filter(|code| !taken.contains(code)).take(new.len()).collect();
    let mut drawn = codes.clone();
    loop {
        shuffle(&mut drawn)?;
        if drawn != codes || codes.len() < 3 {
            break;
        }
    }
    register.codes.extend(new.into_iter().zip(drawn));
    Ok(codes)
}

/// Every order equally likely (Fisher and Yates).
fn shuffle(codes: &mut [PacketCode]) -> Result<()> {
    for last in (1..codes.len()).rev() {
        codes.swap(below(last.saturating_add(1))?, last);
    }
    Ok(())
}

/// A number below this one, each equally likely.
fn below(count: usize) -> Result<usize> {
    let count = u64::try_from(count).unwrap_or(1).max(1);
    loop {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(|error| Problem::Internal(error.to_string()))?;
        let number = u64::from_le_bytes(bytes);
        if number < u64::MAX - u64::MAX % count {
            return usize::try_from(number % count).map_err(|error| Problem::Internal(error.to_string()).into());
        }
    }
}

fn aliases(register: &mut Register, file: &Path) -> Result<()> {
    let name = file.display().to_string();
    let bytes = read_file(file, Limits::STANDARD.table)?;
    let rows = formats::rows::aliases(&bytes, &Limits::STANDARD).map_err(|refusal| refusal.in_file(&name))?;
    for (line, no, alias) in rows {
        let known = ApplicationNo::parse(no.trim()).filter(|no| register.applications.contains_key(no));
        let Some(known) = known else {
            let place = Place::file(&name).line(line).field("no");
            let known = register.applications.keys().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            return Err(Refusal::new(place, Problem::BadChoice { text: no, choices: known }));
        };
        // A spreadsheet's guard against formulas is no part of `-name`.
        let alias = alias.trim().trim_start_matches('\'').to_owned();
        let list = register.aliases.entry(known).or_default();
        if !alias.is_empty() && !list.contains(&alias) {
            list.push(alias);
        }
    }
    Ok(())
}

/// Gives every leak that has none its number.
fn number(register: &mut Register, made: &[Blinded]) {
    let mut last = register.hits.iter().map(|hit| hit.number).max().unwrap_or(0);
    for blinded in made {
        for leak in blinded.leaks.iter().filter(|leak| leak.kind != LeakKind::UniqueFigure) {
            let code = &blinded.packet.code;
            if !register.hits.iter().any(|hit| hit.is_of(code, leak)) {
                last = last.saturating_add(1);
                register.hits.push(Hit {
                    number: last,
                    code: code.clone(),
                    kind: leak.kind,
                    text: leak.text.clone(),
                    field: leak.field.clone(),
                    decision: None,
                });
            }
        }
    }
}

/// Decides, and gives the events that say so; what was decided so already is
/// not said again.
fn decide(register: &mut Register, wish: &Wish) -> Result<Vec<Event>> {
    let reason = wish.reason.trim();
    if !wish.decide.is_empty() && blinding::names_somebody(&cases(register), reason) {
        return Err(Problem::ReasonNames.into());
    }
    let mut events = Vec::new();
    for (number, decision) in &wish.decide {
        if *decision == Decision::Release && reason.is_empty() {
            return Err(Problem::NeedsReason.into());
        }
        let hit = register.hits.iter_mut().find(|hit| hit.number == *number);
        let hit = hit.ok_or(Problem::UnknownLeak { number: *number })?;
        if hit.decision != Some(*decision) {
            hit.decision = Some(*decision);
            let (code, reason) = (hit.code.clone(), reason.to_owned());
            events.push(Event::LeakDecided { code, number: *number, decision: Some(*decision), reason });
        }
    }
    Ok(events)
}

fn seen(round: &Round, register: &Register, blinded: Blinded) -> Seen {
    let texts = blinding::texts(&blinded.packet);
    let code = blinded.packet.code;
    let (mut items, mut figures) = (Vec::new(), None);
    for leak in blinded.leaks {
        if leak.kind == LeakKind::UniqueFigure {
            figures = Some(leak);
            continue;
        }
        let hit = register.hits.iter().find(|hit| hit.is_of(&code, &leak));
        let text = texts.iter().find(|(field, _)| *field == leak.field).map_or("", |(_, text)| text.as_str());
        let (before, after) = around(text, leak.offset, leak.text.chars().count());
        let number = hit.map_or(0, |hit| hit.number);
        let reason = round.state().leaks.get(&number).cloned().unwrap_or_default();
        let decision = hit.and_then(|hit| hit.decision).map(|decision| (decision, reason));
        items.push(Item { number, code: code.clone(), leak, before, after, decision });
    }
    Seen { code, masked: blinded.masked, items, figures, sources: blinded.sources }
}

/// The text on either side of a place, all of it: who shows it cuts it.
fn around(text: &str, offset: usize, length: usize) -> (String, String) {
    let before = text.chars().take(offset).collect();
    (before, text.chars().skip(offset.saturating_add(length)).collect())
}

#[cfg(test)]
#[path = "blind_tests.rs"]
mod tests;
