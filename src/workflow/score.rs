//! Scoring (打分): one expert's sitting at a bundle. The draft is a log of its
//! own, each act encrypted with the expert's key; every answer "saved" means "on
//! the disk".

use std::fs::File;
use std::io::Seek;
use std::path::{Path, PathBuf};

use crate::base::{Clock, Digest, ExpertCode, PacketCode, Problem, Refusal, Result, Timestamp};
use crate::domain::bundle::Manifest;
use crate::domain::desk::{Act, Desk, Given};
use crate::domain::figures::Figures;
use crate::domain::form::Form;
use crate::domain::packet::Packet;
use crate::domain::rubric::{NoSuchMark, Rubric};
use crate::formats::bundle::Reader;
use crate::formats::score_form::{self, FormKey};
use crate::seal::{Context, DraftKey, Secret, envelope, signed};
use crate::store::{EventLog, NewEvent, Purpose};
use crate::{formats, store};

use super::library;
use super::lock::{self, Lock, Taken};
use super::places::draft_beside;
use super::unlock::{Door, key_beside};
use super::update::{Amended, form_manifest};

/// What a draft's acts are bound to when they are encrypted.
const DRAFT_CONTEXT: &[u8] = b"pingshen/draft/v1\n";
/// Largest bundle that is read through before it is shown, in bytes: no more than
/// is done before anybody notices.
const LOOKED_THROUGH: u64 = 8 << 20;
/// Largest filled form, in bytes.
const LARGEST_FORM: u64 = crate::base::Limits::STANDARD.form;

/// An expert's sitting: the bundle, and the draft that grows.
#[derive(Debug)]
pub struct Sitting {
    bundle_path: PathBuf,
    draft_path: PathBuf,
    pub(super) reader: Reader<envelope::Opened>,
    secret: Option<Secret>,
    draft_key: Option<DraftKey>,
    pub(super) rubric: Rubric,
    form: &'static Form,
    pub(super) figures: Figures,
    pub(super) amended: Amended,
    pub(super) desk: Desk,
    log: Option<EventLog>,
    lock: Option<Lock>,
    held_by: Option<String>,
    /// Copies of the draft on the stick, where there are to be any.
    pub(super) copies: Option<super::copies::Copies>,
    clock: Clock,
}

impl Sitting {
    /// Opens a bundle that needs nothing to be typed, and its draft; see
    /// [`Sitting::enter`].
    ///
    /// # Errors
    /// As [`Sitting::enter`]; the bundle wants a slip or a passphrase.
    pub fn open(bundle: &Path, draft: Option<&Path>, write: bool, clock: Clock) -> Result<Self> {
        Self::enter(Self::door(bundle, draft, write)?, draft, clock)
    }

    /// The door of a bundle; the key file lies beside the draft.
    ///
    /// # Errors
    /// As [`Door::at`].
    pub fn door(bundle: &Path, draft: Option<&Path>, write: bool) -> Result<Door> {
        let draft = draft.map_or_else(|| draft_beside(bundle), Path::to_owned);
        Door::at(bundle, &key_beside(&draft), write)
    }

    /// Goes through the door and opens the draft. Where another window holds the
    /// draft, or the door was opened only to look, the sitting can be looked at
    /// and not changed.
    ///
    /// # Errors
    /// A bundle that is altered or broken, or not signed by the round it names; a
    /// draft of another bundle; a folder that can't be written.
    pub fn enter(door: Door, draft: Option<&Path>, clock: Clock) -> Result<Self> {
        let bundle = door.bundle().to_owned();
        let write = door.writes();
        let keyring = door.keyring()?;
        let name = bundle.display().to_string();
        let file = File::open(&bundle).map_err(|error| Refusal::reading(&name, &error))?;
        let in_file = |refusal: Refusal| refusal.in_file(&name);
        let mut opened = envelope::decrypt_file(&keyring.identities, file).map_err(in_file)?;
        if opened.length() <= LOOKED_THROUGH {
            whole(&mut opened).map_err(in_file)?;
        }
        let mut reader = Reader::open(opened, &crate::base::Limits::STANDARD, &|bytes| {
            let signed = signed::read(Context::Manifest, bytes)?;
            Ok((signed.body.to_vec(), signed.signer))
        })
        .map_err(in_file)?;
        let rubric = library::sound_template(&reader.template().map_err(in_file)?).map_err(in_file)?;
        let form = library::form_of(&rubric).map_err(in_file)?;
        let figures = reader.figures().map_err(in_file)?;
        let amended = Amended::of(&mut reader, &rubric, &keyring).map_err(in_file)?;
        let rubric = amended.rubric.clone();
        let draft_path = draft.map_or_else(|| draft_beside(&bundle), Path::to_owned);
        let mut sitting = Self {
            bundle_path: bundle,
            draft_path,
            reader,
            draft_key: keyring.secret.as_ref().map(Secret::draft_key),
            secret: keyring.secret,
            rubric,
            form,
            figures,
            amended,
            desk: Desk::default(),
            log: None,
            lock: None,
            held_by: None,
            copies: None,
            clock,
        };
        if write {
            match lock::take(&sitting.draft_path, &sitting.clock)? {
                Taken::Ours(lock) => sitting.lock = Some(lock),
                Taken::By(by) => sitting.held_by = Some(by),
            }
        }
        sitting.open_draft()?;
        sitting.resume()?;
        sitting.look_beside();
        Ok(sitting)
    }

    fn open_draft(&mut self) -> Result<()> {
        let write = self.lock.is_some();
        if !self.draft_path.exists() {
            if write {
                self.log = Some(EventLog::create(&self.draft_path, Purpose::Draft)?);
                self.append(&[self.begin()], &[])?;
            }
            return Ok(());
        }
        let (log, events) = EventLog::open(&self.draft_path, Purpose::Draft, write)?;
        let name = self.draft_path.display().to_string();
        self.log = Some(log);
        for event in &events {
            let act = self.open_act(&event.body).map_err(|refusal| match refusal.problem() {
                // A key that does not fit can't be told from damage, but the log is chained.
                Problem::Altered | Problem::NeedsPassphrase => Problem::OtherDraft { file: name.clone() }.into(),
                _ => refusal.in_file(&name),
            })?;
            self.desk.apply(&act, &event.time);
        }
        let begin = self.begin();
        if events.is_empty() && write {
            // A draft that was cut off between being made and its first event.
            self.append(&[begin], &[])?;
        } else if !events.is_empty() {
            let Act::Begin { round, expert, manifest, template } = begin else { return Ok(()) };
            if self.desk.begun() != Some(&(round, expert, manifest, template)) {
                return Err(Problem::OtherDraft { file: name }.into());
            }
        }
        Ok(())
    }

    fn open_act(&self, closed: &[u8]) -> Result<Act> {
        let key = self.draft_key.as_ref().ok_or(Problem::NeedsPassphrase)?;
        formats::event::decode_act(&key.open(DRAFT_CONTEXT, closed)?, &crate::base::Limits::STANDARD)
    }

    /// Appends acts to the draft, each encrypted, in one commit, and folds them.
    pub(super) fn append(&mut self, acts: &[Act], blobs: &[&[u8]]) -> Result<Timestamp> {
        let at = self.clock.now();
        let key = self.draft_key.as_ref().ok_or(Problem::NeedsPassphrase)?;
        let log = self.log.as_mut().ok_or(Problem::ReadOnly)?;
        let actor = self.reader.manifest.expert.as_str();
        let mut events = Vec::with_capacity(acts.len());
        for act in acts {
            let body = key.close(DRAFT_CONTEXT, &formats::event::encode_act(act)?)?;
            events.push(NewEvent { kind: super::clear::kind(act), actor: actor.to_owned(), time: at.clone(), body });
        }
        log.append(&events, blobs, &store::unsigned)?;
        for act in acts {
            self.desk.apply(act, &at);
        }
        Ok(at)
    }

    /// Whether the draft can be written here.
    pub(super) const fn may_write(&self) -> bool {
        self.log.is_some() && self.lock.is_some()
    }

    /// The hash of the draft's last event, where the draft is ours to write.
    pub(super) fn draft_head(&self) -> Option<Digest> {
        self.lock.as_ref().and(self.log.as_ref()).map(EventLog::head)
    }

    /// A blob kept beside the draft's log.
    pub(super) fn blob(&self, digest: &Digest) -> Result<Vec<u8>> {
        self.log.as_ref().ok_or(Problem::NotFound)?.blob(digest)
    }

    /// The expert's key, which signs sheets.
    pub(super) fn secret(&self) -> Result<&Secret> {
        self.secret.as_ref().ok_or_else(|| Problem::NeedsPassphrase.into())
    }

    /// The expert's 核对码, for the sign-in sheet; nothing where the bundle is only looked at.
    ///
    /// # Errors
    /// None that sound keys give.
    pub fn check_code(&self) -> Result<Option<String>> {
        self.secret.as_ref().map(|secret| Ok(secret.public().check_code())).transpose()
    }

    fn begin(&self) -> Act {
        let manifest = &self.reader.manifest;
        Act::Begin {
            round: manifest.round,
            expert: manifest.expert.clone(),
            manifest: self.reader.manifest_digest,
            template: manifest.template,
        }
    }

    /// The bundle's manifest, with the amendments merged since.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.amended.manifest
    }

    /// The manifest's digest, which sheets name.
    #[must_use]
    pub const fn manifest_digest(&self) -> Digest {
        self.reader.manifest_digest
    }

    /// The expert.
    #[must_use]
    pub const fn expert(&self) -> &ExpertCode {
        &self.reader.manifest.expert
    }

    /// The rubric.
    #[must_use]
    pub const fn rubric(&self) -> &Rubric {
        &self.rubric
    }

    /// The form.
    #[must_use]
    pub const fn form(&self) -> &'static Form {
        self.form
    }

    /// Figures of all packets of the bundle.
    #[must_use]
    pub const fn figures(&self) -> &Figures {
        &self.figures
    }

    /// What was given so far.
    #[must_use]
    pub const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Who else has the draft open, so that it can't be changed here.
    #[must_use]
    pub fn held_by(&self) -> Option<&str> {
        self.held_by.as_deref()
    }

    /// The draft's file.
    #[must_use]
    pub fn draft_path(&self) -> &Path {
        &self.draft_path
    }

    /// The bundle's file.
    #[must_use]
    pub fn bundle_path(&self) -> &Path {
        &self.bundle_path
    }

    /// The clock.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Codes of the bundle's packets, in its order.
    #[must_use]
    pub fn codes(&self) -> Vec<PacketCode> {
        self.amended.manifest.packets.iter().map(|entry| entry.code.clone()).collect()
    }

    /// Reads one packet; it is in memory only as long as the caller keeps it.
    ///
    /// # Errors
    /// Not in this bundle, or altered.
    pub fn packet(&mut self, code: &PacketCode) -> Result<Packet> {
        let name = self.bundle_path.display().to_string();
        if !self.manifest().packets.iter().any(|entry| entry.code == *code) {
            return Err(Problem::NotAssigned { code: code.to_string() }.into());
        }
        let bytes = match self.amended.packet(code) {
            Some(corrected) => corrected,
            None => self.reader.packet(code).map_err(|refusal| refusal.in_file(&name))?,
        };
        formats::packet::read(&bytes, &crate::base::Limits::STANDARD, self.form)
            .map_err(|refusal| refusal.in_file(&name))
    }

    /// Checks whether an act can be done; says why not.
    ///
    /// # Errors
    /// Not assigned, recused, no such criterion, a mark that can't be given.
    pub fn allowed(&self, act: &Act) -> Result<()> {
        allowed(&self.rubric, &self.desk, &self.amended.manifest, act)
    }

    /// Records an act; once this returns, it is on the disk.
    ///
    /// # Errors
    /// Not allowed, held by another window, or not saved.
    pub fn record(&mut self, act: &Act) -> Result<Timestamp> {
        self.record_all(std::slice::from_ref(act))
    }

    /// Records several acts in one commit: all or none.
    ///
    /// # Errors
    /// As [`Sitting::record`].
    pub fn record_all(&mut self, acts: &[Act]) -> Result<Timestamp> {
        for act in acts {
            self.allowed(act)?;
        }
        if let Some(by) = &self.held_by {
            return Err(Problem::Held { by: by.clone() }.into());
        }
        if self.log.is_none() || self.lock.is_none() {
            return Err(Refusal::from(Problem::ReadOnly).in_file(&self.draft_path.display().to_string()));
        }
        if acts.is_empty() {
            return Ok(self.clock.now());
        }
        self.append(acts, &[])
    }

    fn form_key(&self) -> FormKey {
        FormKey {
            round: self.reader.manifest.round,
            manifest: form_manifest(&self.reader.manifest_digest, &self.reader.manifest, self.manifest().amendment),
            expert: self.reader.manifest.expert.clone(),
        }
    }

    /// A form to fill in with a spreadsheet, with what was given so far.
    #[must_use]
    pub fn form_to_fill(&self) -> Vec<u8> {
        let codes: Vec<_> =
            self.codes().into_iter().filter(|code| !self.desk.given(code).is_some_and(Given::is_out)).collect();
        score_form::write(&self.form_key(), &self.rubric, &codes, &self.desk)
    }

    /// Writes the form to a file that is not there yet, or over it.
    ///
    /// # Errors
    /// There already, or can't be written.
    pub fn write_form(&self, file: &Path, over: bool) -> Result<()> {
        if file.exists() && !over {
            return Err(Problem::NotEmpty { dir: file.display().to_string() }.into());
        }
        crate::store::write_durable(file, &self.form_to_fill()).map(drop)
    }

    /// Reads a filled form from a file; see [`Sitting::fill`].
    ///
    /// # Errors
    /// As [`Sitting::fill`], and those of reading.
    pub fn fill_from(&mut self, file: &Path) -> Result<usize> {
        let bytes = super::packets::read_file(file, LARGEST_FORM)?;
        self.fill(&bytes).map_err(|refusal| refusal.in_file(&file.display().to_string()))
    }

    /// Reads a filled form back into the draft: what differs from it is
    /// recorded, in one commit; blank cells change nothing. Gives how many acts.
    ///
    /// # Errors
    /// A form of another bundle or expert, or any fault in it: nothing is
    /// recorded then.
    pub fn fill(&mut self, bytes: &[u8]) -> Result<usize> {
        let filled = score_form::read(bytes, &crate::base::Limits::STANDARD, &self.rubric)?;
        let key = self.form_key();
        if filled.expert.as_ref() != Some(&key.expert) {
            let code = filled.expert.map(|expert| expert.to_string()).unwrap_or_default();
            return Err(Problem::UnknownExpert { code, known: key.expert.to_string() }.into());
        }
        if filled.belongs != Some((key.round.short(), key.manifest.short())) {
            let round = filled.belongs.map(|(round, _)| round).unwrap_or_default();
            return Err(Problem::OtherRound { round }.into());
        }
        let mut acts = Vec::new();
        for ((code, criterion), points) in filled.marks {
            if self.desk.mark(&code, &criterion) != Some(points) {
                acts.push(Act::Mark { code, criterion, points: Some(points) });
            }
        }
        for ((code, criterion), text) in filled.remarks {
            if self.desk.remark(&code, &criterion) != text {
                acts.push(Act::Remark { code, criterion, text });
            }
        }
        for (code, vote) in filled.votes {
            if self.desk.given(&code).and_then(|given| given.vote) != Some(vote) {
                acts.push(Act::Vote { code, vote: Some(vote) });
            }
        }
        for (code, text) in filled.opinions {
            if self.desk.given(&code).is_none_or(|given| given.opinion != text) {
                acts.push(Act::Opinion { code, text });
            }
        }
        self.record_all(&acts)?;
        Ok(acts.len())
    }
}

/// Reads a bundle through once, so that damage is known before the first mark is
/// given, and leaves it at its beginning. Of a bundle too large for that, each
/// packet is checked when it is read.
fn whole(opened: &mut envelope::Opened) -> Result<()> {
    let read = std::io::copy(opened, &mut std::io::sink()).and_then(|_| opened.rewind());
    read.map_err(|_| Problem::Altered.into())
}

/// Whether an act can be done at this desk.
fn allowed(rubric: &Rubric, desk: &Desk, manifest: &Manifest, act: &Act) -> Result<()> {
    let code = match act {
        Act::Mark { code, .. }
        | Act::Confirm { code, .. }
        | Act::Remark { code, .. }
        | Act::Opinion { code, .. }
        | Act::Vote { code, .. }
        | Act::Recuse { code, .. }
        | Act::Recognise { code, .. }
        | Act::RedLine { code, .. } => code,
        Act::Begin { .. } | Act::Amended { .. } | Act::Undo | Act::Redo | Act::Sealed { .. } | Act::HandIn { .. } => {
            return Ok(());
        }
    };
    if !manifest.packets.iter().any(|entry| entry.code == *code) {
        return Err(Problem::NotAssigned { code: code.to_string() }.into());
    }
    let recused = desk.given(code).is_some_and(Given::is_out);
    if recused && matches!(act, Act::Mark { .. } | Act::Confirm { .. } | Act::Vote { .. }) {
        return Err(Problem::Recused { code: code.to_string() }.into());
    }
    if let Act::Mark { criterion, .. } | Act::Remark { criterion, .. } = act {
        let known =
            rubric.criterion(criterion).ok_or_else(|| Problem::UnknownCriterion { id: criterion.to_string() })?;
        if let Act::Mark { points: Some(points), .. } = act {
            rubric.allows(known, *points).map_err(|why| match why {
                NoSuchMark::AboveMax => Problem::AboveMax { value: points.to_string(), max: known.max.to_string() },
                NoSuchMark::OffGrid => Problem::NotOnGrid { value: points.to_string(), step: rubric.step.to_string() },
            })?;
        }
    }
    if let Act::Confirm { criterion, .. } = act
        && (rubric.criterion(criterion).is_none() || desk.review(code, criterion).is_none())
    {
        return Err(Problem::NothingToConfirm { code: code.to_string(), id: criterion.to_string() }.into());
    }
    if let Act::RedLine { id, .. } = act
        && !rubric.red_lines.iter().any(|red| red.id == *id)
    {
        return Err(Problem::UnknownCriterion { id: id.clone() }.into());
    }
    Ok(())
}
