//! Bundles go out (发评审包): one file per expert, with its manifest.

use std::path::PathBuf;

use crate::base::{Digest, ExpertCode, Problem, Result};
use crate::domain::assignment::everybody_everything;
use crate::domain::bundle::{Manifest, PacketEntry};
use crate::domain::figures::Figures;
use crate::domain::round::Event;
use crate::{formats, seal, store};

use super::Round;

/// A bundle written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The expert.
    pub expert: ExpertCode,
    /// The file.
    pub file: PathBuf,
    /// How many packets are in it.
    pub packets: usize,
    /// Whether it had been issued before and was written again, byte for byte.
    pub again: bool,
}

/// Writes one bundle per expert into `outbox/`. Repeated, it writes the same
/// bytes again.
///
/// # Errors
/// Nothing assigned yet, packets that came after the assignment, or the folder can't be written.
pub fn issue(round: &mut Round) -> Result<Vec<Issued>> {
    let parts = round.state().parts.clone();
    if parts.is_empty() {
        return Err(Problem::TooEarly { first: "assign" }.into());
    }
    // A packet or expert that came after the assignment must not be left out.
    let packets: Vec<_> = round.state().packets.keys().cloned().collect();
    if round.state().issued.is_empty() && everybody_everything(&round.panel()?, &packets) != parts {
        return Err(Problem::TooEarly { first: "assign" }.into());
    }
    let form = round.form()?;
    let template = round.template()?;
    let template_bytes = round.blob(&template)?;
    let title = round.rubric().title_zh.clone();
    let first_head = round.head();
    let mut written = Vec::new();
    for part in parts {
        let earlier = round.state().issued.get(&part.expert).cloned();
        let mut packets = Vec::new();
        let mut entries = Vec::new();
        let mut read = Vec::new();
        for code in &part.codes {
            let digest = *round.state().packets.get(code).ok_or(Problem::TooEarly { first: "assign" })?;
            let bytes = round.blob(&digest)?;
            read.push(formats::packet::read(&bytes, form)?);
            entries.push(PacketEntry { code: code.clone(), digest });
            packets.push((code.clone(), bytes));
        }
        let figures = formats::bundle::encode_figures(&Figures::collect(form, &read))?;
        let manifest_bytes = match &earlier {
            Some(issued) => round.blob(&issued.manifest)?,
            None => formats::bundle::encode_manifest(&Manifest {
                round: round.id()?,
                title: title.clone(),
                demo: round.state().demo,
                expert: part.expert.clone(),
                number: 1,
                replaces: None,
                template,
                log_head: first_head,
                figures: Digest::of(&figures),
                packets: entries,
                recused: part.recused.clone(),
            })?,
        };
        let content = formats::bundle::write(&manifest_bytes, &template_bytes, &figures, &packets)?;
        let sealed = seal::wrap(seal::Kind::Bundle, &content);
        let file = round.folder("outbox")?.join(format!("{}.bundle", part.expert));
        store::write_durable(&file, &sealed)?;
        if earlier.is_none() {
            let event = Event::Issued {
                expert: part.expert.clone(),
                number: 1,
                manifest: Digest::of(&manifest_bytes),
                bundle: Digest::of(&sealed),
            };
            round.append(&[event], &[&manifest_bytes])?;
        }
        written.push(Issued { expert: part.expert, file, packets: packets.len(), again: earlier.is_some() });
    }
    Ok(written)
}
