//! The panel comes in (登记专家), with recusals known beforehand.

use std::path::{Path, PathBuf};

use crate::base::{ExpertCode, Limits, Problem, Refusal, Result};
use crate::domain::panel::{ExpertDraft, Panel};
use crate::domain::round::{Admission, Event};
use crate::formats;

use super::packets::{codes, read_file};
use super::{Round, declarations, register};

/// Largest panel file, in bytes.
const LARGEST: u64 = Limits::STANDARD.table;

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
    let drafts = formats::rows::panel(&bytes, &Limits::STANDARD).map_err(|refusal| refusal.in_file(&name))?;
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
    let mut register = register::open(round, "panel")?;
    let before = std::mem::replace(&mut register.panel, panel);
    let experts = declarations::seats(&mut register);
    let panel = register.panel.clone();
    // A log from before specialties and groups stood in it learns them here.
    let known = round.state().panel.as_ref().map(|(_, seats)| *seats == experts || !round.state().issued.is_empty());
    if known == Some(true) && before == panel {
        return Ok((panel, false));
    }
    if !round.state().issued.is_empty() {
        return Err(Problem::TooLate { because: "issued" }.into());
    }
    let kept = register::save(round, &register, "panel")?;
    let Event::FileKept { digest, .. } = kept else { return Err(Problem::Internal("register".to_owned()).into()) };
    round.append(&[kept, Event::PanelSet { digest, experts }], &[])?;
    Ok((panel, true))
}

/// Admits the keys that experts enrolled with beforehand; the same again change
/// nothing. Gives each expert's code and 核对码.
///
/// # Errors
/// A file that is no key file, an expert the panel does not have, other keys
/// than were admitted before.
pub fn admit_keys(round: &mut Round, files: &[PathBuf]) -> Result<Vec<(ExpertCode, String)>> {
    let mut admitted = Vec::new();
    for file in files {
        let name = file.display().to_string();
        let enrolled = super::enrol::read(file)?;
        let known = round.experts();
        let expert = enrolled.expert.filter(|code| known.contains(code)).ok_or_else(|| {
            let known = known.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            Refusal::from(Problem::UnknownExpert { code: name.clone(), known }).in_file(&name)
        })?;
        match round.state().keys.get(&expert) {
            Some((there, _)) if *there == enrolled.keys => {}
            Some(_) => return Err(Refusal::from(Problem::OtherKeys { expert: expert.to_string() }).in_file(&name)),
            None => {
                let event = Event::KeyAdmitted {
                    expert: expert.clone(),
                    keys: enrolled.keys.clone(),
                    how: Admission::Enrolled,
                };
                round.append(&[event], &[])?;
            }
        }
        admitted.push((expert, enrolled.keys.check_code()));
    }
    Ok(admitted)
}
