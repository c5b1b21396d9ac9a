//! Collecting (收评分表): every file given is accepted, said to be a duplicate,
//! or refused with its reason; none is lost. What counts is worked out from the
//! set of sheets, never from the order they came in.

use std::path::{Path, PathBuf};

use crate::base::{Digest, ExpertCode, Problem, PublicKeys, Refusal, Result};
use crate::domain::desk::{Act, Desk};
use crate::domain::hand_in::check;
use crate::domain::round::{Admission, Decision, Event, Received, Round as State, SheetState};
use crate::domain::sheet::{Sheet, Source};
use crate::formats::score_form;
use crate::seal::{Context, Identity, envelope, signed};
use crate::{formats, store};

use super::Round;
use super::hand_in::{Revision, build, sign};
use super::packets::read_all;
use super::update::form_manifest;
use super::verify::verify;

/// Where sheets are kept as they came.
pub const INBOX: &str = "inbox";

/// Largest sheet file, in bytes.
pub(super) const LARGEST: u64 = crate::base::Limits::STANDARD.sheet;

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

/// How the keys of experts are known to be theirs, where they were not admitted
/// before: given the expert and the keys a sheet is signed with, whose 核对码 is compared.
pub type Compare<'a> = &'a mut dyn FnMut(&ExpertCode, &PublicKeys) -> Result<Compared>;

/// What the signed sign-in sheet says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// The same code: the keys are the expert's.
    Same,
    /// Another code: the sheet is refused.
    Differs,
    /// Nobody has looked yet: the sheet waits, listed.
    NotYet,
}

/// How sheets are to be taken in.
#[derive(Debug, Clone, Default)]
pub struct Wish<'a> {
    /// What the secretary says of incomplete sheets.
    pub say: Option<&'a Say>,
    /// List them, and open nothing (`--keep-sealed`).
    pub keep_sealed: bool,
    /// Why they come after the opening, where they do.
    pub late: Option<&'a str>,
}

/// Takes sheets in: every file is listed by its digest and kept in `inbox` before
/// anything is opened. Then, unless they are to stay sealed or two must open,
/// they are opened, verified and merged.
///
/// # Errors
/// No bundles are out yet, or nothing can be written; a file's own fault is in
/// its outcome.
pub fn collect(round: &mut Round, files: &[PathBuf], wish: &Wish<'_>, compare: Compare<'_>) -> Result<Vec<Collected>> {
    if round.state().issued.is_empty() {
        return Err(Problem::TooEarly { first: "issue" }.into());
    }
    if wish.say.is_some_and(|say| say.reason.trim().is_empty()) {
        return Err(Problem::NeedsReason.into());
    }
    let stays = wish.keep_sealed || round.state().kept_sealed || round.state().supervisor.is_some();
    if !stays {
        round.secretary()?;
    }
    // A decision already made is changed only where its file is named alone:
    // never by a sweep over many.
    let alone = matches!(files, [file] if file.is_file());
    let mut listed = Vec::new();
    for (file, bytes) in read_all(files, &["sheet", "csv"], LARGEST) {
        let came = bytes.and_then(|bytes| Ok((list(round, &file, &bytes, wish.late)?, bytes)));
        listed.push((file, came));
    }
    if stays {
        let first = listed.iter().any(|(_, came)| came.is_ok()) && !round.state().kept_sealed;
        if first && !round.state().opened {
            round.append(&[Event::KeptSealed], &[])?;
        }
        let kept = |(file, came): (String, Result<_>)| match came {
            Ok((digest, _)) => {
                let known = round.state().sheets.iter().find(|sheet| sheet.file == digest);
                let outcome = match known {
                    Some(sheet) => Ok(Taken::of(round.state(), sheet, true)),
                    None => Err(Problem::KeptSealed.into()),
                };
                Collected { file, outcome }
            }
            Err(refusal) => Collected { outcome: Err(refusal.in_file(&file)), file },
        };
        return Ok(listed.into_iter().map(kept).collect());
    }
    let fresh: Vec<Digest> = listed
        .iter()
        .filter_map(|(_, came)| came.as_ref().ok().map(|(digest, _)| *digest))
        .filter(|digest| round.state().listed.iter().any(|listed| listed.digest == *digest && !listed.done))
        .collect();
    if !fresh.is_empty() {
        round.append(&[Event::Opening { files: fresh, missing: Vec::new() }], &[])?;
    }
    let mut out = Vec::new();
    for (file, came) in listed {
        let taken = came.and_then(|(digest, bytes)| take(round, digest, &bytes, None, wish.say, alone, compare));
        out.push(Collected { outcome: taken.map_err(|refusal| refusal.in_file(&file)), file });
    }
    settle(round, &mut out);
    Ok(out)
}

/// Says of each sheet where it stands after all were taken.
pub(super) fn settle(round: &Round, out: &mut [Collected]) {
    for collected in out {
        if let Ok(taken) = &mut collected.outcome
            && let Some(sheet) = round.state().sheet(&taken.digest)
        {
            taken.state = round.state().state_of(sheet);
        }
    }
}

/// Lists a file by its digest and keeps it in `inbox`; one that is listed already
/// is only kept again where it is gone.
fn list(round: &mut Round, file: &str, bytes: &[u8], late: Option<&str>) -> Result<Digest> {
    let digest = Digest::of(bytes);
    let folder = round.folder(INBOX)?;
    if let Some(known) = round.state().listed.iter().find(|listed| listed.digest == digest) {
        let path = folder.join(&known.file);
        if !path.exists() {
            store::write_durable(&path, bytes)?;
        }
        return Ok(digest);
    }
    // Anything called a sheet, and whatever lies in `inbox`, is on record.
    let ours = envelope::looks_encrypted(bytes) || score_form::looks_like(bytes, &crate::base::Limits::STANDARD);
    let called = Path::new(file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("sheet"));
    let inside = Path::new(file).parent().is_some_and(|parent| parent == folder);
    if !(ours || called || inside) {
        return Err(Problem::NotOurs { wanted: "sheet" }.into());
    }
    let late = match (round.state().opened, late.map(str::trim).filter(|why| !why.is_empty())) {
        (false, _) => None,
        (true, Some(why)) => Some(why.to_owned()),
        (true, None) => return Err(Problem::LateSheet.into()),
    };
    let name = name_in_inbox(round, &folder, Path::new(file), bytes, &digest);
    let path = folder.join(&name);
    if !path.exists() {
        store::write_durable(&path, bytes)?;
    }
    round.append(&[Event::SheetListed { digest, file: name, late }], &[])?;
    Ok(digest)
}

/// A name for a file in `inbox`: its own where that is free or already this very
/// file, else with its digest.
fn name_in_inbox(round: &Round, folder: &Path, file: &Path, bytes: &[u8], digest: &Digest) -> String {
    let plain = |name: &str| {
        !name.starts_with('.')
            && name.len() <= 80
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
    };
    let own = file.file_name().and_then(|name| name.to_str()).filter(|name| plain(name));
    if let Some(own) = own {
        let taken = round.state().listed.iter().any(|listed| listed.file == own);
        let there = std::fs::read(folder.join(own));
        if !taken && there.as_ref().map_or(true, |there| there == bytes) {
            return own.to_owned();
        }
    }
    let ending = file.extension().and_then(|ending| ending.to_str()).filter(|e| plain(e)).unwrap_or("sheet");
    format!("{}.{ending}", digest.short())
}

/// Opens a listed file and takes its sheet in. With the supervisor's key where
/// two must open.
pub(super) fn take(
    round: &mut Round,
    file: Digest,
    bytes: &[u8],
    supervisor: Option<&Identity>,
    say: Option<&Say>,
    alone: bool,
    compare: Compare<'_>,
) -> Result<Taken> {
    let known = round.state().sheets.iter().find(|sheet| sheet.file == file).cloned();
    let again = known.is_some();
    let received = match known {
        Some(received) => received,
        None => match receive(round, file, bytes, supervisor, compare) {
            Ok(received) => received,
            Err(refusal) => {
                let waits = matches!(refusal.problem(), Problem::CodeNotCompared { .. } | Problem::NeedsPassphrase);
                if !waits && !round.state().refused.contains(&file) {
                    let why = format!("{:?}", refusal.class());
                    round.append(&[Event::SheetRefused { digest: file, why }], &[])?;
                }
                return Err(refusal);
            }
        },
    };
    let undecided = received.decision.is_none();
    if let Some(say) = say
        && (say.whole || received.unscored > 0 && (alone || undecided))
        && received.decision != Some((say.decision, say.reason.clone()))
    {
        let digest = received.digest;
        let event = Event::SheetDecided { digest, decision: say.decision, reason: say.reason.clone() };
        round.append(&[event], &[])?;
    }
    Ok(Taken::of(round.state(), &received, again))
}

/// Opens, verifies and keeps a sheet that is not known yet.
fn receive(
    round: &mut Round,
    file: Digest,
    bytes: &[u8],
    supervisor: Option<&Identity>,
    compare: Compare<'_>,
) -> Result<Received> {
    let (sheet, signed, key) = if score_form::looks_like(bytes, &crate::base::Limits::STANDARD) {
        let keys = round.secretary()?.public();
        let sheet = from_form(round, bytes, &keys)?;
        let signed = sign(&sheet, round.secretary()?)?;
        (sheet, signed, keys.verify)
    } else {
        let foreign = |refusal: Refusal| match refusal.problem() {
            Problem::NoKeyFits => Problem::SealedForOthers.into(),
            Problem::NotOurs { .. } => Problem::NotOurs { wanted: "sheet" }.into(),
            _ => refusal,
        };
        let mut inner = envelope::decrypt(&[round.secretary()?.identity()], bytes, LARGEST).map_err(foreign)?;
        if round.state().supervisor.is_some() {
            let identity = supervisor.ok_or(Problem::NeedsPassphrase)?;
            inner = envelope::decrypt(std::slice::from_ref(identity), &inner, LARGEST).map_err(foreign)?;
        }
        let read = signed::read(Context::Sheet, &inner)?;
        let by = read.signer;
        let sheet = formats::sheet::decode(read.body, &crate::base::Limits::STANDARD)?;
        (sheet, inner, by)
    };
    if sheet.keys.verify != key {
        return Err(Problem::OtherSigner.into());
    }
    verify(round, &sheet)?;
    let digest = Digest::of(&signed);
    if let Some(there) = round.state().sheet(&digest).cloned() {
        // The same sheet, sealed anew: there is nothing more to keep.
        return Ok(there);
    }
    let mut events = Vec::new();
    if sheet.source == Source::Program {
        events.extend(admission(round, &sheet, compare)?);
    } else if Some(&sheet.keys) != round.state().secretary.as_ref() {
        return Err(Problem::OtherSigner.into());
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    events.push(Event::SheetReceived {
        digest,
        file,
        signer: key,
        amendment: sheet.amendment,
        expert: sheet.expert.clone(),
        revision: sheet.revision,
        replaces: sheet.replaces,
        source: sheet.source,
        packets: count(sheet.packets.len()),
        unscored: count(sheet.unscored.len()),
    });
    round.append(&events, &[&signed])?;
    round.state().sheet(&digest).cloned().ok_or_else(|| Problem::Internal("sheet".to_owned()).into())
}

/// Whether the keys a sheet is signed with are the expert's.
fn admission(round: &Round, sheet: &Sheet, compare: Compare<'_>) -> Result<Option<Event>> {
    let expert = sheet.expert.clone();
    let other = || Problem::OtherKeys { expert: sheet.expert.to_string() };
    let known = round.state().keys.get(&expert);
    if known.is_some_and(|(keys, _)| *keys == sheet.keys) {
        return Ok(None);
    }
    // Keys made anew, as after a machine was lost, are the expert's only where a
    // signed paper says so.
    let how = match (known, compare(&expert, &sheet.keys)?) {
        (_, Compared::Same) => Admission::Compared,
        (None, Compared::NotYet) if round.state().practice => Admission::Practice,
        (None, Compared::NotYet) => {
            let code = sheet.keys.check_code();
            return Err(Problem::CodeNotCompared { expert: expert.to_string(), code }.into());
        }
        (Some(_), Compared::NotYet) | (_, Compared::Differs) => return Err(other().into()),
    };
    Ok(Some(Event::KeyAdmitted { expert, keys: sheet.keys.clone(), how }))
}

impl Taken {
    fn of(state: &State, sheet: &Received, again: bool) -> Self {
        Self {
            digest: sheet.digest,
            expert: sheet.expert.clone(),
            revision: sheet.revision,
            packets: sheet.packets,
            unscored: sheet.unscored,
            again,
            source: sheet.source,
            state: state.state_of(sheet),
        }
    }
}

/// A filled spreadsheet form as a sheet; the same form gives the same bytes.
fn from_form(round: &Round, bytes: &[u8], keys: &PublicKeys) -> Result<Sheet> {
    // A form holds the criteria of the template or fewer of them.
    let filled = score_form::read(bytes, &crate::base::Limits::STANDARD, &round.rubric_at(0))?;
    let expert = filled.expert.clone().ok_or_else(|| Problem::MissingColumn { name: "[id]".to_owned() })?;
    let (round_short, manifest_short) = filled.belongs.clone().unwrap_or_default();
    if round_short != round.id()?.short() {
        return Err(Problem::OtherRound { round: round_short }.into());
    }
    let (digest, manifest) = round.manifest(&expert)?;
    let seen = (manifest.amendment..=round.state().last_amendment())
        .find(|seen| form_manifest(&digest, &manifest, *seen).short() == manifest_short)
        .ok_or(Problem::OtherTemplate)?;
    let rubric = &round.rubric_at(seen);
    let manifest = manifest.amended(round.state().amendments_to(seen));
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
    build(rubric, &manifest, digest, &desk, &found, Revision::FIRST, Source::Spreadsheet, "表格中没有填完", keys)
}
