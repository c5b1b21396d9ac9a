//! Bundles go out (发评审包): one file per expert, signed by the round's key and
//! encrypted to the expert: to the keys the expert enrolled with, or to a
//! one-time slip (开包条) that is handed out at sign-in.

use std::path::PathBuf;

use crate::base::{Digest, ExpertCode, Problem, PublicKeys, Recipient, Result};
use crate::domain::assignment::{Part, stands};
use crate::domain::bundle::{Manifest, PacketEntry};
use crate::domain::figures::Figures;
use crate::domain::form::Form;
use crate::domain::round::Event;
use crate::formats::sign_in::{self, Row};
use crate::identity::Register;
use crate::seal::slip::practice_recipient;
use crate::seal::{Context, Secret, Slip, envelope, signed};
use crate::{formats, store};

use super::{Round, blind, register};

/// Where bundles go in a round's folder.
pub const OUTBOX: &str = "outbox";
/// Where the papers of the sign-in go.
pub const SIGN_IN: &str = "sign-in";

/// A bundle written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The expert.
    pub expert: ExpertCode,
    /// The file.
    pub file: PathBuf,
    /// How many packets are in it.
    pub packets: usize,
    /// Whether it had been issued before and is as it was.
    pub again: bool,
}

/// What was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Bundles, by expert.
    pub bundles: Vec<Issued>,
    /// Papers for the sign-in: the sheet, and the slips where there are any.
    pub papers: Vec<PathBuf>,
    /// Possible leaks in the packets that nobody decided on; none of them blocks.
    pub warnings: usize,
    /// Experts who have nothing to read, and so no bundle.
    pub idle: Vec<ExpertCode>,
}

/// Whether `issue` still waits for the round's spare code: it is typed in once,
/// so that the envelope is known to hold what it must.
#[must_use]
pub fn wants_spare(round: &Round) -> bool {
    !round.state().spare_confirmed && !round.state().practice
}

/// Writes one bundle per expert into `outbox/`, and the papers of the sign-in.
/// Repeated, it changes nothing that is whole.
///
/// # Errors
/// Nothing assigned yet; packets that came after the assignment; the spare code
/// not typed in, or another's; the folder can't be written.
pub fn issue(round: &mut Round, spare: Option<&str>) -> Result<Outcome> {
    let replaced = |part: &Part| round.state().is_replaced(&part.expert);
    let parts: Vec<Part> = round.state().parts.iter().filter(|part| !replaced(part)).cloned().collect();
    if parts.is_empty() {
        return Err(Problem::TooEarly { first: "assign" }.into());
    }
    // A packet or expert that came after the assignment must not be left out.
    let codes: Vec<_> = round.state().packets.keys().cloned().collect();
    let rule = round.state().assigned_by.as_ref();
    if round.state().issued.is_empty() && !stands(&parts, round.seats()?, &codes, rule) {
        return Err(Problem::TooEarly { first: "assign" }.into());
    }
    let (parts, idle): (Vec<Part>, Vec<Part>) =
        parts.into_iter().partition(|part| !part.codes.is_empty() || round.state().issued.contains_key(&part.expert));
    let idle: Vec<ExpertCode> = idle.into_iter().map(|part| part.expert).collect();
    round.secretary()?;
    if wants_spare(round) {
        let typed = Secret::from_spare(spare.ok_or(Problem::SpareWanted)?)?;
        if Some(typed.public()) != round.state().secretary {
            return Err(Problem::OtherSpare.into());
        }
        round.append(&[Event::SpareConfirmed], &[])?;
    }
    if let Some(whole) = as_it_was(round, &parts) {
        return Ok(Outcome { idle, ..whole });
    }
    let mut register = register::open(round, "issue")?;
    let warnings = if round.state().issued.is_empty() { blind::ready(round, &register)? } else { 0 };
    slips(round, &mut register, &parts)?;
    let form = round.form()?;
    let head = round.head();
    let mut bundles = Vec::new();
    for part in &parts {
        bundles.push(bundle(round, &register, form, part, head)?);
    }
    let papers = if round.state().practice { Vec::new() } else { papers(round, &register, &parts)? };
    Ok(Outcome { bundles, papers, warnings, idle })
}

/// What was issued before, where all of it is there and whole: then the register
/// need not be opened.
fn as_it_was(round: &Round, parts: &[Part]) -> Option<Outcome> {
    let whole = |file: &str| -> Option<PathBuf> {
        let path = round.dir().join(file);
        let there = std::fs::File::open(&path).ok().and_then(|there| Digest::of_reader(there).ok());
        there.filter(|found| round.state().kept.get(file) == Some(found)).map(|_| path)
    };
    let mut bundles = Vec::new();
    for part in parts {
        let issued = round.state().issued.contains_key(&part.expert);
        let file = whole(&format!("{OUTBOX}/{}.bundle", part.expert)).filter(|_| issued)?;
        bundles.push(Issued { expert: part.expert.clone(), file, packets: part.codes.len(), again: true });
    }
    let mut papers = Vec::new();
    for (file, _) in round.state().kept.iter().filter(|(file, _)| file.starts_with(SIGN_IN)) {
        papers.push(whole(file)?);
    }
    Some(Outcome { bundles, papers, warnings: 0, idle: Vec::new() })
}

/// Draws a slip for every expert whose keys are not known.
fn slips(round: &mut Round, register: &mut Register, parts: &[Part]) -> Result<()> {
    let before = register.slips.len();
    for part in parts {
        let known = round.state().keys.contains_key(&part.expert) || round.state().practice;
        if !known && !register.slips.contains_key(&part.expert) {
            register.slips.insert(part.expert.clone(), Slip::random()?.to_string());
        }
    }
    if register.slips.len() > before {
        let kept = register::save(round, register, "slips")?;
        round.append(&[kept], &[])?;
    }
    Ok(())
}

/// To whom what is for an expert is encrypted: the expert, and the round itself.
pub(super) fn recipients(round: &Round, register: &Register, expert: &ExpertCode) -> Result<Vec<Recipient>> {
    let own = round.secretary()?.public().recipient;
    let theirs = if round.state().practice {
        practice_recipient()?
    } else if let Some((keys, _)) = round.state().keys.get(expert) {
        keys.recipient.clone()
    } else {
        let slip = register.slips.get(expert).ok_or_else(|| Problem::Internal("slip".to_owned()))?;
        Slip::parse(slip)?.recipient()
    };
    Ok(vec![theirs, own])
}

/// Who opens sheets, the outermost seal first.
pub(super) fn openers(round: &Round) -> Result<Vec<PublicKeys>> {
    let secretary = round.state().secretary.clone().ok_or(Problem::BrokenLog { seq: 1, why: "created" })?;
    Ok(std::iter::once(secretary).chain(round.state().supervisor.clone()).collect())
}

fn bundle(round: &mut Round, register: &Register, form: &Form, part: &Part, head: Digest) -> Result<Issued> {
    let earlier = round.state().issued.get(&part.expert).cloned();
    let name = format!("{}.bundle", part.expert);
    let file = round.folder(OUTBOX)?.join(&name);
    if let Some(issued) = &earlier
        && let Ok(there) = std::fs::File::open(&file)
        && Digest::of_reader(there).is_ok_and(|found| found == issued.bundle)
    {
        return Ok(Issued { expert: part.expert.clone(), file, packets: part.codes.len(), again: true });
    }
    let mut packets = Vec::new();
    let mut entries = Vec::new();
    let mut read = Vec::new();
    // Made again, it is what it was: packets as they were then.
    let before = earlier.as_ref().map(|_| round.manifest(&part.expert)).transpose()?;
    let last = before.as_ref().map_or(round.state().last_amendment(), |(_, manifest)| manifest.amendment);
    for code in &part.codes {
        let then = before.as_ref().map(|(_, manifest)| &manifest.packets);
        let then = then.map(|entries| entries.iter().find(|entry| entry.code == *code).map(|entry| entry.digest));
        let digest = match then {
            Some(then) => then,
            None => round.state().packets.get(code).copied().filter(|_| !round.state().is_withdrawn(code)),
        };
        let digest = digest.ok_or(Problem::TooEarly { first: "assign" })?;
        let bytes = round.blob(&digest)?;
        read.push(formats::packet::read(&bytes, &crate::base::Limits::STANDARD, form)?);
        entries.push(PacketEntry { code: code.clone(), digest });
        packets.push((code.clone(), bytes));
    }
    let figures = formats::bundle::encode_figures(&Figures::collect(form, &read))?;
    let template = round.template()?;
    let secretary = round.secretary()?;
    let (manifest, number) = match &earlier {
        Some(issued) => (round.blob(&issued.manifest)?, issued.number),
        None => {
            let body = formats::bundle::encode_manifest(&Manifest {
                round: round.id()?,
                title: round.rubric().title_zh.clone(),
                demo: round.state().demo || round.state().practice,
                expert: part.expert.clone(),
                number: 1,
                replaces: None,
                template,
                log_head: head,
                figures: Digest::of(&figures),
                packets: entries,
                recused: part.recused.clone(),
                secretary: secretary.public(),
                openers: openers(round)?,
                amendment: last,
            })?;
            (signed::sign(secretary, Context::Manifest, &body), 1)
        }
    };
    let documents = round.state().amendments.iter().filter(|(amendment, _)| amendment.number <= last);
    let amendments = documents.map(|(_, document)| round.blob(document)).collect::<Result<Vec<_>>>()?;
    let content = formats::bundle::write(&manifest, &round.blob(&template)?, &figures, &amendments, &packets)?;
    let sealed = envelope::encrypt(&recipients(round, register, &part.expert)?, &content)?;
    store::write_durable(&file, &sealed)?;
    let bundle = Digest::of(&sealed);
    let event = Event::Issued { expert: part.expert.clone(), number, manifest: Digest::of(&manifest), bundle };
    let kept = Event::FileKept { file: format!("{OUTBOX}/{name}"), digest: bundle, why: "issue".to_owned() };
    round.append(&[event, kept], &[&manifest])?;
    Ok(Issued { expert: part.expert.clone(), file, packets: part.codes.len(), again: false })
}

/// The sign-in sheet (签到表), and the slips to cut apart.
fn papers(round: &mut Round, register: &Register, parts: &[Part]) -> Result<Vec<PathBuf>> {
    let rows: Vec<Row> = parts
        .iter()
        .map(|part| Row {
            expert: part.expert.clone(),
            name: register.panel.expert(&part.expert).map(|expert| expert.name.clone()).unwrap_or_default(),
            check_code: round.state().keys.get(&part.expert).map(|(keys, _)| keys.check_code()),
            slip: register.slips.get(&part.expert).cloned(),
        })
        .collect();
    let title = round.rubric().title_zh.clone();
    let round_code = round.state().secretary.as_ref().map(PublicKeys::check_code).unwrap_or_default();
    // The head the first bundle carries: made again, the paper says the same.
    let first = parts.first().map(|part| round.manifest(&part.expert)).transpose()?;
    let head = first.map_or_else(|| round.head(), |(_, manifest)| manifest.log_head);
    let mut papers = vec![("sign-in.md", sign_in::sheet(&title, &round_code, &head, &rows))];
    if rows.iter().any(|row| row.slip.is_some()) {
        papers.push(("slips.md", sign_in::slips(&title, &rows)));
    }
    let folder = round.folder(SIGN_IN)?;
    let mut written = Vec::new();
    for (name, text) in papers {
        let (path, file) = (folder.join(name), format!("{SIGN_IN}/{name}"));
        let digest = Digest::of(text.as_bytes());
        let whole = std::fs::read(&path).is_ok_and(|there| there == text.as_bytes());
        if !whole {
            store::write_durable(&path, text.as_bytes())?;
            super::round::keys::private(&path, 0o600);
        }
        if round.state().kept.get(&file) != Some(&digest) {
            round.append(&[Event::FileKept { file, digest, why: "sign-in".to_owned() }], &[])?;
        }
        written.push(path);
    }
    Ok(written)
}
