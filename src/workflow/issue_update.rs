//! Updates go out (发补充包): one small file per expert, with the amendments
//! since the expert's bundle and the packets as corrected, signed and encrypted
//! as the bundle was.

use std::path::PathBuf;

use crate::base::{Digest, ExpertCode, Limits, Result};
use crate::domain::figures::Figures;
use crate::domain::form::Form;
use crate::domain::round::Event;
use crate::formats::update::Update;
use crate::identity::Register;
use crate::seal::{Context, envelope, signed};
use crate::{formats, store};

use super::issue::{OUTBOX, recipients};
use super::{Round, register};

/// An update written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Updated {
    /// The expert.
    pub expert: ExpertCode,
    /// The file.
    pub file: PathBuf,
    /// The last amendment in it.
    pub number: u32,
    /// Whether it was there already and is as it was.
    pub again: bool,
}

/// Writes one update per expert whose bundle was made before the last amendment.
/// Repeated, it changes nothing that is whole.
///
/// # Errors
/// The round is not unlocked; the folder can't be written.
pub fn issue_updates(round: &mut Round) -> Result<Vec<Updated>> {
    round.secretary()?;
    let last = round.state().last_amendment();
    let issued: Vec<ExpertCode> =
        round.state().issued.keys().filter(|expert| !round.state().is_replaced(expert)).cloned().collect();
    let mut due = Vec::new();
    for expert in issued {
        let (digest, bundle) = round.manifest(&expert)?;
        if bundle.amendment < last {
            due.push((expert, digest, bundle));
        }
    }
    if due.is_empty() {
        return Ok(Vec::new());
    }
    let folder = round.folder(OUTBOX)?;
    let mut written = Vec::new();
    let mut open: Option<Register> = None;
    for (expert, digest, bundle) in due {
        let name = format!("{expert}-update-{last}.update");
        let (file, kept) = (folder.join(&name), format!("{OUTBOX}/{name}"));
        let whole = round.state().kept.get(&kept).is_some_and(|kept| {
            std::fs::File::open(&file).is_ok_and(|there| Digest::of_reader(there).is_ok_and(|found| found == *kept))
        });
        if !whole {
            let register = match open.take() {
                Some(register) => register,
                None => register::open(round, "update")?,
            };
            let update = update(round, round.form()?, &expert, digest, &bundle)?;
            let bytes = signed::sign(round.secretary()?, Context::Update, &formats::update::encode(&update)?);
            let sealed = envelope::encrypt(&recipients(round, &register, &expert)?, &bytes)?;
            store::write_durable(&file, &sealed)?;
            let event = Event::FileKept { file: kept, digest: Digest::of(&sealed), why: "update".to_owned() };
            round.append(&[event], &[])?;
            open = Some(register);
        }
        written.push(Updated { expert, file, number: last, again: whole });
    }
    Ok(written)
}

fn update(
    round: &Round,
    form: &Form,
    expert: &ExpertCode,
    digest: Digest,
    bundle: &crate::domain::bundle::Manifest,
) -> Result<Update> {
    let state = round.state();
    let since = state.amendments.iter().filter(|(amendment, _)| amendment.number > bundle.amendment);
    let amendments = since.map(|(_, document)| round.blob(document)).collect::<Result<Vec<_>>>()?;
    let now = bundle.amended(state.amendments_to(u32::MAX));
    let (mut packets, mut read) = (Vec::new(), Vec::new());
    for entry in &now.packets {
        let bytes = round.blob(&entry.digest)?;
        read.push(formats::packet::read(&bytes, &Limits::STANDARD, form)?);
        if !bundle.packets.contains(entry) {
            packets.push((entry.code.clone(), bytes));
        }
    }
    Ok(Update {
        round: round.id()?,
        expert: expert.clone(),
        manifest: digest,
        log_head: round.head(),
        amendments,
        packets,
        figures: formats::bundle::encode_figures(&Figures::collect(form, &read))?,
    })
}
