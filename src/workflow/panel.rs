//! The panel comes in (登记专家), with recusals known beforehand.

use std::path::Path;

use crate::base::{Digest, Problem, Refusal, Result};
use crate::domain::panel::{ExpertDraft, Panel};
use crate::domain::round::Event;
use crate::formats;

use super::Round;
use super::packets::{codes, read_file};

/// Largest panel file, in bytes.
const LARGEST: u64 = 4 << 20;

/// Sets the panel from a csv; the same panel again changes nothing.
///
/// # Errors
/// No packets yet, bundles out already, or a file with faults.
pub fn panel(round: &mut Round, file: &Path) -> Result<(Panel, bool)> {
    if round.state().packets.is_empty() {
        return Err(Problem::TooEarly { first: "packets" }.into());
    }
    let name = file.display().to_string();
    let bytes = read_file(file, LARGEST)?;
    let drafts = formats::rows::panel(&bytes).map_err(|refusal| refusal.in_file(&name))?;
    set(round, drafts, &name)
}

/// Sets the panel from the rows of the file of this name.
///
/// # Errors
/// As [`panel`].
pub(super) fn set(round: &mut Round, drafts: Vec<ExpertDraft>, name: &str) -> Result<(Panel, bool)> {
    let panel = Panel::check(drafts, &codes(round)).map_err(|faults| match Refusal::from_faults(faults) {
        Some(refusal) => refusal.in_file(name),
        None => Problem::Internal("panel".to_owned()).into(),
    })?;
    let bytes = formats::event::encode_panel(&panel)?;
    let digest = Digest::of(&bytes);
    if round.state().panel.as_ref().is_some_and(|(there, _)| *there == digest) {
        return Ok((panel, false));
    }
    if !round.state().issued.is_empty() {
        return Err(Problem::TooLate { because: "issued" }.into());
    }
    let experts = panel.experts.iter().map(|expert| expert.code.clone()).collect();
    round.append(&[Event::PanelSet { digest, experts }], &[&bytes])?;
    Ok((panel, true))
}
