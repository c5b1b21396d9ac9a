//! Updates to a bundle (补充包) and the draft they are merged into: signed by the
//! round, for this expert and bundle, each amendment behind the one before. No
//! mark is lost: those an amendment touches wait to be confirmed (待复核).

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use crate::base::{Digest, Limits, PacketCode, Problem, Refusal, Result, VerifyKey};
use crate::domain::amendment::{Amendment, is_chain};
use crate::domain::bundle::Manifest;
use crate::domain::desk::Act;
use crate::domain::rubric::Rubric;
use crate::formats;
use crate::formats::bundle::Reader;
use crate::formats::update::Update;
use crate::seal::{Context, Identity, envelope, signed};

use super::Sitting;
use super::packets::read_file;
use super::unlock::Keyring;

/// Largest update, in bytes.
const LARGEST: u64 = 64 << 20;

/// What amendments have come to at this sitting.
#[derive(Debug)]
pub(super) struct Amended {
    identities: Vec<Identity>,
    /// Number and document of the bundle's own last amendment.
    before: (u32, Option<Digest>),
    /// The rubric as the bundle has it.
    pub rubric: Rubric,
    /// The manifest as it is now.
    pub manifest: Manifest,
    chain: Vec<(Amendment, Digest)>,
    packets: BTreeMap<PacketCode, Vec<u8>>,
    news: usize,
    complaints: Vec<Refusal>,
}

/// An update, read and checked.
struct Checked {
    update: Update,
    chain: Vec<(Amendment, Digest)>,
    manifest: Manifest,
}

impl Amended {
    /// What the bundle itself takes in.
    pub(super) fn of<R: Read + Seek>(reader: &mut Reader<R>, template: &Rubric, keyring: &Keyring) -> Result<Self> {
        let manifest = reader.manifest.clone();
        let chain = documents(&reader.amendments()?, &manifest.secretary.verify)?;
        if !is_chain(&manifest.round, (0, None), &chain) {
            return Err(Problem::BrokenChain.into());
        }
        let mut identities = keyring.identities.clone();
        identities.extend(keyring.secret.as_ref().map(crate::seal::Secret::identity));
        Ok(Self {
            identities,
            before: (manifest.amendment, chain.last().map(|(_, document)| *document)),
            rubric: template.amended(chain.iter().map(|(amendment, _)| amendment)),
            manifest,
            chain: Vec::new(),
            packets: BTreeMap::new(),
            news: 0,
            complaints: Vec::new(),
        })
    }

    /// A packet as corrected.
    pub(super) fn packet(&self, code: &PacketCode) -> Option<Vec<u8>> {
        self.packets.get(code).cloned()
    }

    /// Reads an update and holds it against the bundle.
    fn check(&self, bundle: &Manifest, manifest_digest: &Digest, sealed: &[u8]) -> Result<Checked> {
        let bytes =
            envelope::decrypt(&self.identities, sealed, LARGEST).map_err(|refusal| match refusal.problem() {
                Problem::NotOurs { .. } => Problem::NotOurs { wanted: "update" }.into(),
                _ => refusal,
            })?;
        let signer = &bundle.secretary.verify;
        let update =
            formats::update::decode(signed::read_by(Context::Update, &bytes, signer)?.body, &Limits::STANDARD)?;
        if update.round != bundle.round {
            return Err(Problem::OtherRound { round: update.round.short() }.into());
        }
        if update.expert != bundle.expert || update.manifest != *manifest_digest {
            return Err(Problem::OtherBundle.into());
        }
        let chain = documents(&update.amendments, signer)?;
        if chain.is_empty() || !is_chain(&bundle.round, self.before, &chain) {
            return Err(Problem::BrokenChain.into());
        }
        let manifest = bundle.amended(chain.iter().map(|(amendment, _)| amendment));
        let manifest = Manifest { log_head: update.log_head, ..manifest };
        for (code, bytes) in &update.packets {
            let wanted = manifest.packets.iter().find(|entry| entry.code == *code);
            if wanted.is_none_or(|entry| entry.digest != Digest::of(bytes)) {
                return Err(Problem::NotInManifest { name: code.to_string() }.into());
            }
        }
        for entry in &manifest.packets {
            let same = bundle.packets.iter().any(|known| known == entry);
            if !same && !update.packets.iter().any(|(code, _)| *code == entry.code) {
                return Err(Problem::NotInManifest { name: entry.code.to_string() }.into());
            }
        }
        Ok(Checked { update, chain, manifest })
    }
}

/// Signed documents, read: each amendment with its document's digest.
fn documents(documents: &[Vec<u8>], signer: &VerifyKey) -> Result<Vec<(Amendment, Digest)>> {
    let read = |bytes: &Vec<u8>| {
        let amendment =
            formats::amendment::decode(signed::read_by(Context::Amendment, bytes, signer)?.body, &Limits::STANDARD)?;
        Ok((amendment, Digest::of(bytes)))
    };
    documents.iter().map(read).collect()
}

/// What rows of a spreadsheet form name as their bundle: its manifest, and with
/// updates merged the number of the last amendment too.
pub(super) fn form_manifest(digest: &Digest, bundle: &Manifest, seen: u32) -> Digest {
    if seen == bundle.amendment {
        return *digest;
    }
    Digest::of_parts("pingshen/form/v1\n", &[digest.to_string().as_bytes(), &seen.to_be_bytes()])
}

impl Sitting {
    /// Puts the update in force that was merged at an earlier opening.
    pub(super) fn resume(&mut self) -> Result<()> {
        let Some((_, kept)) = self.desk.merged() else { return Ok(()) };
        let checked = self.checked(&self.blob(&kept)?)?;
        self.put(checked)
    }

    /// Merges the updates that lie beside the bundle. One that can't be is left
    /// where it is and said to be wrong: it must not keep anybody from scoring.
    pub(super) fn look_beside(&mut self) {
        for file in beside(self.bundle_path()) {
            let name = file.display().to_string();
            let taken = read_file(&file, LARGEST).and_then(|sealed| self.take(&sealed));
            match taken {
                Ok(_) => {}
                Err(refusal) if matches!(refusal.problem(), Problem::OldUpdate { .. }) => {}
                Err(refusal) => self.amended.complaints.push(refusal.in_file(&name)),
            }
        }
    }

    /// Merges an update; gives whether it brought anything new.
    ///
    /// # Errors
    /// Not this bundle's, not signed by its round, a gap in it or before it, less
    /// than was merged already, or not saved.
    pub fn merge(&mut self, file: &Path) -> Result<bool> {
        if let Some(by) = self.held_by() {
            return Err(Problem::Held { by: by.to_owned() }.into());
        }
        let sealed = read_file(file, LARGEST)?;
        self.take(&sealed).map_err(|refusal| refusal.in_file(&file.display().to_string()))
    }

    /// Amendments merged at this opening.
    #[must_use]
    pub fn news(&self) -> Vec<&Amendment> {
        let old = self.amended.chain.len().saturating_sub(self.amended.news);
        self.amended.chain.iter().skip(old).map(|(amendment, _)| amendment).collect()
    }

    /// Updates beside the bundle that could not be merged, and why.
    #[must_use]
    pub fn complaints(&self) -> &[Refusal] {
        &self.amended.complaints
    }

    /// How many marks are to be confirmed.
    #[must_use]
    pub fn review_count(&self) -> usize {
        self.check().review.iter().map(|(_, marks)| marks.len()).sum()
    }

    fn checked(&self, sealed: &[u8]) -> Result<Checked> {
        let checked = self.amended.check(&self.reader.manifest, &self.reader.manifest_digest, sealed)?;
        for (code, bytes) in &checked.update.packets {
            formats::packet::read(bytes, &Limits::STANDARD, self.form())
                .map_err(|refusal| refusal.in_file(code.as_str()))?;
        }
        Ok(checked)
    }

    fn take(&mut self, sealed: &[u8]) -> Result<bool> {
        if self.desk.merged().is_some_and(|(_, merged)| merged == Digest::of(sealed)) {
            return Ok(false);
        }
        let checked = self.checked(sealed)?;
        let (known, brought) = (&self.amended.chain, &checked.chain);
        if known.iter().zip(brought).any(|((_, known), (_, brought))| known != brought) {
            return Err(Problem::BrokenChain.into());
        }
        if brought.len() < known.len() {
            let (number, merged) = (checked.manifest.amendment, self.manifest().amendment);
            return Err(Problem::OldUpdate { number, merged }.into());
        }
        let new = brought.len() - known.len();
        if new == 0 {
            return Ok(false);
        }
        let act = Act::Amended {
            number: checked.manifest.amendment,
            update: Digest::of(sealed),
            touches: brought.iter().skip(known.len()).filter_map(|(amendment, _)| amendment.touch()).collect(),
        };
        if self.may_write() {
            self.append(&[act], &[sealed])?;
        } else {
            // Only looked at: shown as it will be, and kept by whoever may write.
            let at = self.clock().now();
            self.desk.apply(&act, &at);
        }
        self.put(checked)?;
        self.amended.news += new;
        Ok(true)
    }

    fn put(&mut self, checked: Checked) -> Result<()> {
        self.figures = formats::bundle::decode_figures(&checked.update.figures, Limits::STANDARD.member)?;
        self.rubric = self.amended.rubric.amended(checked.chain.iter().map(|(amendment, _)| amendment));
        self.amended.manifest = checked.manifest;
        self.amended.packets = checked.update.packets.into_iter().collect();
        self.amended.chain = checked.chain;
        Ok(())
    }
}

/// Updates beside a bundle, in order of their names: `E03-update-2.update`.
fn beside(bundle: &Path) -> Vec<PathBuf> {
    let stem = bundle.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = match bundle.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let number = |path: &Path| -> Option<u32> {
        let name = path.file_name()?.to_str()?;
        name.strip_prefix(&format!("{stem}-update-"))?.strip_suffix(".update")?.parse().ok()
    };
    let mut found: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter_map(|path| Some((number(&path)?, path)))
        .collect();
    // The latest holds all the others.
    found.sort_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, path)| path).collect()
}

#[cfg(test)]
#[path = "update_tests.rs"]
mod tests;
