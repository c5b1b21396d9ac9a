//! Handing in (交卷): the check, then a sheet in a file.

use std::path::{Path, PathBuf};

use crate::base::{Digest, Problem, PublicKeys, Recipient, Refusal, Result};
use crate::domain::bundle::Manifest;
use crate::domain::desk::{Act, Desk, Progress};
use crate::domain::hand_in::{Check, check};
use crate::domain::rubric::Rubric;
use crate::domain::sheet::{
    DeclaredRecusal, FORMAT, Ground, Mark, PacketMarks, Recognised, RedLineProposal, Sheet, Source, Unscored,
};
use crate::seal::{Context, Secret, envelope, signed};
use crate::{formats, store};

use super::Sitting;

/// What to hand in, and with what words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wish {
    /// Hand in what is complete and list the rest with this reason.
    pub partial: Option<String>,
    /// Why a sheet handed in before is corrected.
    pub correction: Option<String>,
    /// Where the sheet goes; beside the bundle unless said otherwise.
    pub to: Option<PathBuf>,
}

/// A sheet handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// The file.
    pub file: PathBuf,
    /// The sheet's digest; its short form is the 回执码.
    pub digest: Digest,
    /// Its revision.
    pub revision: u32,
    /// How many packets it holds.
    pub packets: usize,
    /// How many it lists as not scored.
    pub unscored: usize,
    /// Whether it lies on a stick, written and read back, that can be pulled out.
    pub unplug: bool,
}

/// What revision a new sheet is, which one it corrects and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// From 1.
    pub number: u32,
    /// The sheet corrected.
    pub replaces: Option<Digest>,
    /// Why.
    pub reason: Option<String>,
}

impl Revision {
    /// A first sheet.
    pub const FIRST: Self = Self { number: 1, replaces: None, reason: None };
}

impl Sitting {
    /// Runs the check before handing in.
    #[must_use]
    pub fn check(&self) -> Check {
        check(self.rubric(), self.desk(), &self.codes())
    }

    /// Where the next sheet goes.
    #[must_use]
    pub fn sheet_path(&self) -> PathBuf {
        let revision = self.desk().handed_in.len() + 1;
        let stem = self.bundle_path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = if revision == 1 { format!("{stem}.sheet") } else { format!("{stem}-{revision}.sheet") };
        self.bundle_path().with_file_name(name)
    }

    /// Hands in: writes the sheet, reads it back, and notes it in the draft.
    ///
    /// # Errors
    /// Something is missing and `partial` was not asked for; nothing is
    /// complete; a correction without its reason; nothing could be written.
    pub fn hand_in(&mut self, wish: &Wish) -> Result<HandedIn> {
        if let Some(by) = self.held_by() {
            return Err(Problem::Held { by: by.to_owned() }.into());
        }
        let found = self.check();
        if !found.incomplete.is_empty() {
            match &wish.partial {
                None => return Err(incomplete(&found)),
                Some(reason) if reason.trim().is_empty() => return Err(Problem::NeedsReason.into()),
                Some(_) => {}
            }
        }
        if found.complete.is_empty() && found.recused.is_empty() {
            return Err(Problem::NothingComplete.into());
        }
        let before = self.desk().handed_in.last().cloned();
        let revision = match &before {
            None => Revision::FIRST,
            Some(last) => {
                let reason = wish.correction.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
                Revision {
                    number: last.revision.saturating_add(1),
                    replaces: Some(last.sheet),
                    reason: Some(reason.ok_or(Problem::NeedsReason)?.to_owned()),
                }
            }
        };
        let number = revision.number;
        if wish.to.is_none() && self.has_copies() && !self.bundle_path().exists() {
            // The stick is gone: beside the bundle is nowhere.
            return Err(Refusal::from(Problem::NotFound).in_file(&self.bundle_path().display().to_string()));
        }
        let reason = wish.partial.clone().unwrap_or_default();
        let sheet = build(
            self.rubric(),
            self.manifest(),
            self.manifest_digest(),
            self.desk(),
            &found,
            revision,
            Source::Program,
            reason.trim(),
            &self.secret()?.public(),
        )?;
        let file = wish.to.clone().unwrap_or_else(|| self.sheet_path());
        let (digest, sealed) = self.sealed(&sheet)?;
        write(&sealed, &file)?;
        let packets = sheet.packets.len();
        let act = Act::HandIn { sheet: digest, revision: number, packets: u32::try_from(packets).unwrap_or(u32::MAX) };
        self.record(&act)?;
        let unplug = super::media::is_foreign(&file, self.draft_path());
        Ok(HandedIn { file, digest, revision: number, packets, unscored: sheet.unscored.len(), unplug })
    }
}

fn incomplete(found: &Check) -> Refusal {
    if found.missing_marks == 0
        && let Some((code, marks)) = found.review.first()
        && let Some((id, number)) = marks.first()
    {
        return Problem::NeedsReview { code: code.to_string(), id: id.to_string(), number: *number }.into();
    }
    let first = found.incomplete.first().map(|(code, criteria)| match criteria.first() {
        Some(criterion) => format!("{code} {criterion}"),
        None => code.to_string(),
    });
    Problem::Incomplete {
        packets: found.incomplete.len(),
        missing: found.missing_marks,
        first: first.unwrap_or_default(),
    }
    .into()
}

impl Sitting {
    /// The sheet's digest, and its bytes signed and sealed. Sealing is never
    /// twice the same, so the bytes are kept with the draft first: cut off here,
    /// the same file is written next time.
    fn sealed(&mut self, sheet: &Sheet) -> Result<(Digest, Vec<u8>)> {
        let signed = sign(sheet, self.secret()?)?;
        let digest = Digest::of(&signed);
        if let Some(file) = self.desk().sealed(&digest) {
            return Ok((digest, self.blob(&file)?));
        }
        let sealed = seal_for(&sheet.openers, &signed)?;
        self.append(&[Act::Sealed { sheet: digest, file: Digest::of(&sealed) }], &[&sealed])?;
        Ok((digest, sealed))
    }
}

/// A sheet's exact bytes with their signature.
pub(super) fn sign(sheet: &Sheet, secret: &Secret) -> Result<Vec<u8>> {
    Ok(signed::sign(secret, Context::Sheet, &formats::sheet::encode(sheet)?))
}

/// Encrypts a signed sheet to those who open it: one inside the other.
pub(super) fn seal_for(openers: &[PublicKeys], signed: &[u8]) -> Result<Vec<u8>> {
    let recipients: Vec<Recipient> = openers.iter().map(|keys| keys.recipient.clone()).collect();
    envelope::nest(&recipients, signed)
}

/// Writes sealed bytes where nothing is yet; the same bytes are as good.
pub(super) fn write(sealed: &[u8], file: &Path) -> Result<()> {
    if !file.exists() {
        store::write_durable(file, sealed)?;
    } else if !std::fs::read(file).is_ok_and(|there| there == sealed) {
        return Err(Problem::NotEmpty { dir: file.display().to_string() }.into());
    }
    Ok(())
}

/// Makes a sheet of a desk: what is complete, the rest listed with the reason.
///
/// # Errors
/// A desk and a manifest that do not fit together.
#[expect(clippy::too_many_arguments, reason = "a sheet binds all of these and nothing can be left out")]
pub fn build(
    rubric: &Rubric,
    manifest: &Manifest,
    manifest_digest: Digest,
    desk: &Desk,
    found: &Check,
    revision: Revision,
    source: Source,
    unscored_reason: &str,
    keys: &PublicKeys,
) -> Result<Sheet> {
    let mut packets = Vec::new();
    for code in &found.complete {
        let entry = manifest.packets.iter().find(|entry| entry.code == *code);
        let entry = entry.ok_or_else(|| Problem::NotAssigned { code: code.to_string() })?;
        let given = desk.given(code).cloned().unwrap_or_default();
        let mut marks = Vec::with_capacity(given.marks.len());
        for criterion in rubric.criteria() {
            let points = given.marks.get(&criterion.id).copied().ok_or(Problem::NoMark)?;
            let remark = given.remarks.get(&criterion.id).cloned().unwrap_or_default();
            marks.push(Mark { criterion: criterion.id.clone(), points, remark });
        }
        packets.push(PacketMarks {
            code: code.clone(),
            digest: entry.digest,
            marks,
            vote: given.vote,
            opinion: given.opinion,
            red_lines: given.red_lines.into_iter().map(|(id, note)| RedLineProposal { id, note }).collect(),
        });
    }
    let unscored = found.incomplete.iter().map(|(code, _)| Unscored {
        code: code.clone(),
        given: match desk.progress(code, rubric) {
            Progress::Partial(given) => u32::try_from(given).unwrap_or(0),
            Progress::Review(_) | Progress::Complete => u32::try_from(rubric.criteria_count()).unwrap_or(0),
            Progress::Untouched | Progress::Recused => 0,
        },
        reason: unscored_reason.to_owned(),
    });
    let mut recusals = Vec::new();
    let mut recognised = Vec::new();
    for entry in &manifest.packets {
        let Some(given) = desk.given(&entry.code) else { continue };
        if let Some((ground, note)) = &given.recusal {
            recusals.push(DeclaredRecusal { code: entry.code.clone(), ground: *ground, note: note.clone() });
        }
        if let Some(note) = &given.recognised {
            if given.recusal.is_none() {
                let (ground, note) = (Ground::Recognised, String::new());
                recusals.push(DeclaredRecusal { code: entry.code.clone(), ground, note });
            }
            recognised.push(Recognised { code: entry.code.clone(), note: note.clone() });
        }
    }
    Ok(Sheet {
        format: FORMAT.to_owned(),
        round: manifest.round,
        expert: manifest.expert.clone(),
        keys: keys.clone(),
        openers: manifest.openers.clone(),
        revision: revision.number,
        replaces: revision.replaces,
        reason: revision.reason,
        template: manifest.template,
        manifest: manifest_digest,
        log_head: manifest.log_head,
        amendment: manifest.amendment,
        source,
        packets,
        unscored: unscored.collect(),
        recusals,
        recognised,
    })
}
