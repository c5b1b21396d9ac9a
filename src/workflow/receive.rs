//! Applications come in (收件登记): what was read goes into the register under
//! a receipt number, names and all; the log learns the number and the digests.
//!
//! The same files again change nothing. What an applicant sends anew is a new
//! version, with the difference shown, and the earlier one is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::base::{ApplicationNo, Digest, Limits, Place, Problem, Refusal, Result};
use crate::domain::application::checks::{NotTaken, supplement as supplement_field};
use crate::domain::application::difference::{Difference, differences};
use crate::domain::application::{Application, Origin, Role, Source, Why};
use crate::domain::identifiers::credit_code;
use crate::domain::round::Event;
use crate::formats::paper::{to_docx, to_markdown};
use crate::formats::register::encode_application;
use crate::formats::{self, confirmation};
use crate::identity::Register;
use crate::store;

use super::packets::read_file;
use super::{Round, register};

/// What became of one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It is new.
    New(ApplicationNo),
    /// It was there already, word for word.
    Same(ApplicationNo),
    /// It is a new version of one that was there.
    Changed {
        /// Its number.
        no: ApplicationNo,
        /// The version it is now.
        version: u32,
        /// What differs from the one before.
        differences: Vec<Difference>,
    },
}

impl Taken {
    /// Its number.
    #[must_use]
    pub const fn no(&self) -> &ApplicationNo {
        match self {
            Self::New(no) | Self::Same(no) | Self::Changed { no, .. } => no,
        }
    }
}

/// One application given.
#[derive(Debug)]
pub struct Arrival {
    /// As it was named.
    pub name: String,
    /// What became of it, or why it was refused.
    pub outcome: Result<Taken>,
}

/// Takes applications in, in the order given.
///
/// # Errors
/// The round is not unlocked, bundles are out, nothing can be written.
pub fn receive(round: &mut Round, came: Vec<(String, Result<Application>)>) -> Result<Vec<Arrival>> {
    if !round.state().issued.is_empty() {
        return Err(Problem::TooLate { because: "issued" }.into());
    }
    round.secretary()?;
    let mut register = register::open(round, "intake")?;
    // Two that come together are two applications, however alike: whether one
    // was sent in twice is for the check to ask.
    let known: Vec<ApplicationNo> = register.applications.keys().cloned().collect();
    let mut claimed = BTreeSet::new();
    let mut events = Vec::new();
    let mut arrivals = Vec::new();
    for (name, application) in came {
        let outcome = application.and_then(|application| {
            let before = known.iter().filter(|no| !claimed.contains(*no));
            let no = same_sender(&register, before, &application);
            let taken = take(round, &mut register, no, application, &mut events)?;
            claimed.insert(taken.no().clone());
            Ok(taken)
        });
        arrivals.push(Arrival { outcome: outcome.map_err(|refusal| refusal.in_file(&name)), name });
    }
    keep(round, &register, events)?;
    Ok(arrivals)
}

/// Puts values supplied later (补正) in fields that are missing or uncertain, as
/// a new version whose values name the file they came from (csv: `no,field,value`).
/// One row at fault and nothing is taken.
///
/// # Errors
/// A number nobody has, a field the form does not have or proves itself, a value
/// of another kind; as [`receive`].
pub fn supplement(round: &mut Round, file: &Path) -> Result<Vec<Arrival>> {
    if !round.state().issued.is_empty() {
        return Err(Problem::TooLate { because: "issued" }.into());
    }
    let name = file.display().to_string();
    let bytes = read_file(file, Limits::STANDARD.table)?;
    let rows = formats::rows::supplies(&bytes, &Limits::STANDARD).map_err(|refusal| refusal.in_file(&name))?;
    let short = file.file_name().map_or_else(|| name.clone(), |name| name.to_string_lossy().into_owned());
    let source = Source { file: short, digest: Digest::of(&bytes), role: Role::Supplement };
    let mut register = register::open(round, "intake")?;
    let form = round.form()?;
    let mut changed: BTreeMap<ApplicationNo, Application> = BTreeMap::new();
    for row in rows {
        let place = |problem| Refusal::new(Place::file(&name).line(row.line).field(&row.field), problem);
        let no = ApplicationNo::parse(&row.no).filter(|no| register.applications.contains_key(no));
        let no = no.ok_or_else(|| unknown(&register, &row.no).in_file(&name))?;
        let there = register.applications.get(&no).cloned().unwrap_or_default();
        let application = changed.entry(no).or_insert(there);
        supplement_field(application, form, &row.field, &row.value).map_err(|why| match why {
            NotTaken::UnknownField(like) => place(Problem::UnknownField { id: row.field.clone(), like }),
            NotTaken::WrongKind => {
                place(Problem::WrongKind { id: row.field.clone(), wanted: "value", text: row.value.clone() })
            }
            NotTaken::Proved(there) => place(Problem::ProvedAlready { id: row.field.clone(), there }),
        })?;
        let known = application.files.iter().position(|known| known.digest == source.digest);
        let at = known.unwrap_or_else(|| {
            application.files.push(source.clone());
            application.files.len().saturating_sub(1)
        });
        if let Some(entry) = application.fields.get_mut(&row.field) {
            entry.origin = Origin { file: u32::try_from(at).unwrap_or(u32::MAX), row: row.line, ..Origin::default() };
        }
    }
    let mut events = Vec::new();
    let mut arrivals = Vec::new();
    for (no, application) in changed {
        let outcome = take(round, &mut register, Some(no.clone()), application, &mut events);
        arrivals.push(Arrival { name: no.to_string(), outcome });
    }
    keep(round, &register, events)?;
    Ok(arrivals)
}

/// Notes that applicants confirmed their figures as read; none named is all of
/// them. Gives those that were not confirmed before.
///
/// # Errors
/// A number nobody has, no word of how.
pub fn confirm(round: &mut Round, nos: &[String], how: &str) -> Result<Vec<ApplicationNo>> {
    if how.trim().is_empty() {
        return Err(Problem::NeedsReason.into());
    }
    let mut wanted: Vec<ApplicationNo> = Vec::new();
    for text in nos {
        let known = round.state().applications.keys().find(|no| no.as_str() == text);
        wanted.push(known.cloned().ok_or_else(|| unknown_of(round.state().applications.keys(), text))?);
    }
    if wanted.is_empty() {
        wanted = round.state().applications.keys().cloned().collect();
    }
    let open: Vec<(ApplicationNo, u32)> = wanted
        .into_iter()
        .filter_map(|no| round.state().applications.get(&no).map(|taken| (no.clone(), taken.version, taken.confirmed)))
        .filter(|(.., confirmed)| !confirmed)
        .map(|(no, version, _)| (no, version))
        .collect();
    let events: Vec<Event> = open
        .iter()
        .map(|(no, version)| Event::ApplicationConfirmed { no: no.clone(), version: *version, how: how.to_owned() })
        .collect();
    if !events.is_empty() {
        round.append(&events, &[])?;
    }
    Ok(open.into_iter().map(|(no, _)| no).collect())
}

/// Takes applications out of the round: withdrawn by their applicants, or not
/// taken up (不予受理). A packet made of one goes with it.
///
/// # Errors
/// A number nobody has, no reason, bundles out already.
pub fn withdraw(round: &mut Round, nos: &[String], reason: &str) -> Result<Vec<ApplicationNo>> {
    if !round.state().issued.is_empty() {
        return Err(Problem::TooLate { because: "issued" }.into());
    }
    if reason.trim().is_empty() {
        return Err(Problem::NeedsReason.into());
    }
    let mut register = register::open(round, "intake")?;
    let mut events = Vec::new();
    let mut out = Vec::new();
    for text in nos {
        let no = register.applications.keys().find(|no| no.as_str() == text).cloned();
        let no = no.ok_or_else(|| unknown(&register, text))?;
        let version = round.state().applications.get(&no).map_or(1, |taken| taken.version);
        if let Some(gone) = register.applications.remove(&no) {
            register.earlier.push((no.clone(), version, gone));
        }
        let code = register.codes.remove(&no).filter(|code| round.state().packets.contains_key(code));
        for recuse in register.declared.values_mut() {
            recuse.retain(|recusal| Some(&recusal.code) != code.as_ref());
        }
        events.push(Event::ApplicationWithdrawn { no: no.clone(), code, reason: reason.trim().to_owned() });
        out.push(no);
    }
    keep(round, &register, events)?;
    Ok(out)
}

/// Where confirmation sheets go in a round's folder.
pub const CONFIRMATIONS: &str = "exports/confirmations";

/// Writes a confirmation sheet (申报数据确认单) for each of these applications, as
/// docx and markdown; `why` says a doubt in words. Gives the docx files.
///
/// # Errors
/// The round is not unlocked; nothing can be written.
pub fn confirmations(
    round: &mut Round,
    nos: &BTreeSet<ApplicationNo>,
    why: &dyn Fn(Why) -> String,
) -> Result<Vec<PathBuf>> {
    let register = register::open(round, "intake")?;
    let form = round.form()?;
    let title = round.rubric().title_zh.clone();
    let folder = round.folder(CONFIRMATIONS)?;
    let mut written = Vec::new();
    for (no, application) in register.applications.iter().filter(|(no, _)| nos.contains(*no)) {
        let paper = confirmation::paper(application, form, &title, why);
        for (ending, bytes) in [("md", to_markdown(&paper).into_bytes()), ("docx", to_docx(&paper)?)] {
            let file = folder.join(format!("{no}.{ending}"));
            store::write_durable(&file, &bytes)?;
            super::round::keys::private(&file, 0o600);
            if ending == "docx" {
                written.push(file);
            }
        }
    }
    Ok(written)
}

fn keep(round: &mut Round, register: &Register, mut events: Vec<Event>) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    events.insert(0, register::save(round, register, "intake")?);
    round.append(&events, &[])
}

fn take(
    round: &Round,
    register: &mut Register,
    no: Option<ApplicationNo>,
    mut application: Application,
    events: &mut Vec<Event>,
) -> Result<Taken> {
    let files: Vec<Digest> = application.files.iter().map(|file| file.digest).collect();
    let Some(no) = no else {
        let no = next_no(register)?;
        application.no = Some(no.clone());
        let digest = Digest::of(&encode_application(&application)?);
        events.push(Event::ApplicationReceived { no: no.clone(), version: 1, digest, files });
        register.applications.insert(no.clone(), application);
        return Ok(Taken::New(no));
    };
    application.no = Some(no.clone());
    let before = register.applications.get(&no).ok_or_else(|| unknown(register, no.as_str()))?;
    if *before == application {
        return Ok(Taken::Same(no));
    }
    let found = differences(before, &application);
    let version = round.state().applications.get(&no).map_or(1, |taken| taken.version);
    let digest = Digest::of(&encode_application(&application)?);
    events.push(Event::ApplicationReceived { no: no.clone(), version: version + 1, digest, files });
    if let Some(earlier) = register.applications.insert(no.clone(), application) {
        register.earlier.push((no.clone(), version, earlier));
    }
    Ok(Taken::Changed { no, version: version + 1, differences: found })
}

/// The number of the one that this is sent in for: one of the same files, of
/// the same file name, or of the same name and credit code.
fn same_sender<'a>(
    register: &Register,
    known: impl Iterator<Item = &'a ApplicationNo>,
    application: &Application,
) -> Option<ApplicationNo> {
    let bytes = |application: &Application| application.files.first().map(|file| file.digest);
    let name = |application: &Application| {
        let file = application.file().rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        (!file.is_empty()).then_some(file)
    };
    let who = |application: &Application| {
        let code = credit_code::normal(application.text("unit.uscc")?);
        Some((application.text("unit.name")?.trim().to_owned(), code))
    };
    let known: Vec<(&ApplicationNo, &Application)> =
        known.filter_map(|no| register.applications.get(no).map(|there| (no, there))).collect();
    let find =
        |same: &dyn Fn(&Application) -> bool| known.iter().find(|(_, there)| same(there)).map(|(no, _)| (*no).clone());
    find(&|there| bytes(there) == bytes(application))
        .or_else(|| who(application).and_then(|who_it_is| find(&|there| who(there).as_ref() == Some(&who_it_is))))
        .or_else(|| {
            // A file of the same name is the same sender's only if it does not
            // say otherwise: every applicant may call it 申报书.docx.
            let file = name(application)?;
            find(&|there| {
                let unlike = who(there).zip(who(application)).is_some_and(|(a, b)| a.0 != b.0 && a.1 != b.1);
                name(there).as_ref() == Some(&file) && there.file() == application.file() && !unlike
            })
        })
}

fn next_no(register: &Register) -> Result<ApplicationNo> {
    // The number of one that is out is not given again.
    let known = register.applications.keys().chain(register.earlier.iter().map(|(no, ..)| no));
    let last = known.filter_map(|no| no.as_str().strip_prefix("S-")?.parse::<u32>().ok()).max();
    let text = format!("S-{:03}", last.unwrap_or(0) + 1);
    ApplicationNo::parse(&text).ok_or_else(|| Problem::Internal(text).into())
}

fn unknown(register: &Register, no: &str) -> Refusal {
    unknown_of(register.applications.keys(), no)
}

fn unknown_of<'a>(known: impl Iterator<Item = &'a ApplicationNo>, no: &str) -> Refusal {
    let known = known.map(ToString::to_string).collect::<Vec<_>>().join(" ");
    Problem::UnknownApplication { no: no.to_owned(), known }.into()
}
