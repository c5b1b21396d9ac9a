//! A new round (新建轮次): a folder, a template frozen by its digest, a quota.

use std::fs;
use std::path::Path;

use crate::base::{Clock, Digest, Problem, PublicKeys, Refusal, Result};
use crate::domain::round::Event;
use crate::domain::rubric::QuotaKind;

use super::round::keys::{self, Hold};
use super::{Round, library};

/// What a new round is to be.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// Id of an embedded template, or a file.
    pub template: &'a str,
    /// How many places, where the template leaves it open.
    pub quota: Option<u32>,
    /// How the round's keys are held; held for practice, the round is one for
    /// practice, and says so.
    pub hold: Hold,
    /// Whether it is a demonstration.
    pub demo: bool,
    /// The supervisor's keys, where two must open.
    pub supervisor: Option<PublicKeys>,
}

/// Makes a round in a folder that is not there yet, or is empty. Gives the
/// round, its key unlocked, and the spare code (备用码) of its key.
///
/// # Errors
/// A folder with something in it, a template that is not sound or fixes the
/// quota itself, no randomness.
pub fn new(dir: &Path, wanted: &Wanted<'_>, clock: Clock) -> Result<(Round, String)> {
    let bytes = library::template_bytes(wanted.template)?;
    let rubric = library::sound_template(&bytes).map_err(|refusal| refusal.in_file(wanted.template))?;
    if wanted.quota.is_some() && rubric.quota.kind != QuotaKind::Open {
        return Err(Problem::QuotaFixed.into());
    }
    let name = dir.display().to_string();
    let failed = |error: std::io::Error| Refusal::writing(&name, &error);
    let occupied = match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(error) => return Err(failed(error)),
    };
    if occupied || dir.is_file() {
        return Err(Problem::NotEmpty { dir: name }.into());
    }
    for folder in ["inbox", "outbox", "exports"] {
        fs::create_dir_all(dir.join(folder)).map_err(failed)?;
    }
    let made = keys::make(dir, &wanted.hold)?;
    let mut nonce = [0u8; 16];
    getrandom::fill(&mut nonce).map_err(|error| Problem::Internal(error.to_string()))?;
    let created = Event::Created {
        nonce: Digest::of(&nonce).to_string(),
        template: Digest::of(&bytes),
        template_id: rubric.id.clone(),
        template_version: rubric.version.clone(),
        quota: wanted.quota,
        demo: wanted.demo,
        practice: matches!(wanted.hold, Hold::Practice),
        secretary: made.secretary.public(),
        desk: made.desk.public().verify,
        supervisor: wanted.supervisor.clone(),
    };
    let kept = made.files.iter().map(|(file, digest)| Event::FileKept {
        file: (*file).to_owned(),
        digest: *digest,
        why: "new".to_owned(),
    });
    let events: Vec<Event> = std::iter::once(created).chain(kept).collect();
    let round = Round::create(dir, &events, &bytes, (&made.secretary, &made.desk), clock)?;
    Ok((round, made.secretary.spare().to_string()))
}
