//! A new round (新建轮次): a folder, a template frozen by its digest, a quota.

use std::fs;
use std::path::Path;

use crate::base::{Clock, Digest, Problem, Refusal, Result};
use crate::domain::round::Event;
use crate::domain::rubric::QuotaKind;

use super::{Round, library};

/// Makes a round in a folder that is not there yet, or is empty.
///
/// # Errors
/// A folder with something in it, a template that is not sound or fixes the
/// quota itself, no randomness.
pub fn new(dir: &Path, template: &str, quota: Option<u32>, demo: bool, clock: Clock) -> Result<Round> {
    let bytes = library::template_bytes(template)?;
    let rubric = library::sound_template(&bytes).map_err(|refusal| refusal.in_file(template))?;
    if quota.is_some() && rubric.quota.kind != QuotaKind::Open {
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
    let mut nonce = [0u8; 16];
    getrandom::fill(&mut nonce).map_err(|error| Problem::Internal(error.to_string()))?;
    let event = Event::Created {
        nonce: Digest::of(&nonce).to_string(),
        template: Digest::of(&bytes),
        template_id: rubric.id.clone(),
        template_version: rubric.version.clone(),
        quota,
        demo,
    };
    Round::create(dir, &event, &bytes, clock)
}
