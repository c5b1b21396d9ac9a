//! Scoring (打分): one expert's sitting at a bundle. The draft is a log of its
//! own beside the bundle; every answer "saved" means "on the disk".

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::base::{Clock, Digest, ExpertCode, PacketCode, Problem, Refusal, Result, Timestamp};
use crate::domain::bundle::Manifest;
use crate::domain::desk::{Act, Desk};
use crate::domain::figures::Figures;
use crate::domain::form::Form;
use crate::domain::packet::Packet;
use crate::domain::rubric::{NoSuchMark, Rubric};
use crate::formats::bundle::Reader;
use crate::formats::score_form::{self, FormKey};
use crate::store::{EventLog, NewEvent, Purpose};
use crate::{formats, seal};

use super::library;
use super::lock::{self, Lock, Taken};

/// Largest filled form, in bytes.
const LARGEST_FORM: u64 = 32 << 20;

/// An expert's sitting: the bundle, and the draft that grows.
#[derive(Debug)]
pub struct Sitting {
    bundle_path: PathBuf,
    draft_path: PathBuf,
    reader: Reader<seal::Opened>,
    rubric: Rubric,
    form: &'static Form,
    figures: Figures,
    desk: Desk,
    log: Option<EventLog>,
    lock: Option<Lock>,
    held_by: Option<String>,
    clock: Clock,
}

/// Where the draft of a bundle lies unless said otherwise: beside it.
#[must_use]
pub fn draft_beside(bundle: &Path) -> PathBuf {
    bundle.with_extension("draft")
}

impl Sitting {
    /// Opens a bundle and its draft. Where another window holds the draft, or
    /// `write` is not asked for, the sitting can be looked at and not changed.
    ///
    /// # Errors
    /// A bundle that is altered or broken, a draft of another bundle, a folder
    /// that can't be written.
    pub fn open(bundle: &Path, draft: Option<&Path>, write: bool, clock: Clock) -> Result<Self> {
        let name = bundle.display().to_string();
        let file = File::open(bundle).map_err(|error| Refusal::reading(&name, &error))?;
        let in_file = |refusal: Refusal| refusal.in_file(&name);
        let mut reader = Reader::open(seal::open_file(seal::Kind::Bundle, file).map_err(in_file)?).map_err(in_file)?;
        let rubric = library::sound_template(&reader.template().map_err(in_file)?).map_err(in_file)?;
        let form = library::form_of(&rubric).map_err(in_file)?;
        let figures = reader.figures().map_err(in_file)?;
        let draft_path = draft.map_or_else(|| draft_beside(bundle), Path::to_owned);
        let mut sitting = Self {
            bundle_path: bundle.to_owned(),
            draft_path,
            reader,
            rubric,
            form,
            figures,
            desk: Desk::default(),
            log: None,
            lock: None,
            held_by: None,
            clock,
        };
        if write {
            match lock::take(&sitting.draft_path, &sitting.clock)? {
                Taken::Ours(lock) => sitting.lock = Some(lock),
                Taken::By(by) => sitting.held_by = Some(by),
            }
        }
        sitting.open_draft()?;
        Ok(sitting)
    }

    fn open_draft(&mut self) -> Result<()> {
        let write = self.lock.is_some();
        if !self.draft_path.exists() {
            if write {
                let mut log = EventLog::create(&self.draft_path, Purpose::Draft)?;
                let begin = self.begin();
                let at = self.clock.now();
                append(&mut log, self.reader.manifest.expert.as_str(), std::slice::from_ref(&begin), &at)?;
                self.desk.apply(&begin, &at);
                self.log = Some(log);
            }
            return Ok(());
        }
        let (mut log, events) = EventLog::open(&self.draft_path, Purpose::Draft, write)?;
        let name = self.draft_path.display().to_string();
        for event in &events {
            let act = formats::event::decode_act(&event.body).map_err(|refusal| refusal.in_file(&name))?;
            self.desk.apply(&act, &event.time);
        }
        let begin = self.begin();
        if events.is_empty() && write {
            // A draft that was cut off between being made and its first event.
            let at = self.clock.now();
            append(&mut log, self.reader.manifest.expert.as_str(), std::slice::from_ref(&begin), &at)?;
            self.desk.apply(&begin, &at);
        } else if !events.is_empty() {
            let Act::Begin { round, expert, manifest, template } = begin else { return Ok(()) };
            if self.desk.begun() != Some(&(round, expert, manifest, template)) {
                return Err(Problem::OtherDraft { file: name }.into());
            }
        }
        self.log = Some(log);
        Ok(())
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

    /// The bundle's manifest.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.reader.manifest
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
        self.reader.manifest.packets.iter().map(|entry| entry.code.clone()).collect()
    }

    /// Reads one packet; it is in memory only as long as the caller keeps it.
    ///
    /// # Errors
    /// Not in this bundle, or altered.
    pub fn packet(&mut self, code: &PacketCode) -> Result<Packet> {
        let name = self.bundle_path.display().to_string();
        let bytes = self.reader.packet(code).map_err(|refusal| refusal.in_file(&name))?;
        formats::packet::read(&bytes, self.form).map_err(|refusal| refusal.in_file(&name))
    }

    /// Checks whether an act can be done; says why not.
    ///
    /// # Errors
    /// Not assigned, recused, no such criterion, a mark that can't be given.
    pub fn allowed(&self, act: &Act) -> Result<()> {
        allowed(&self.rubric, &self.desk, &self.reader.manifest, act)
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
        let (Some(log), Some(_)) = (&mut self.log, &self.lock) else {
            return Err(Refusal::from(Problem::ReadOnly).in_file(&self.draft_path.display().to_string()));
        };
        let at = self.clock.now();
        if acts.is_empty() {
            return Ok(at);
        }
        append(log, self.reader.manifest.expert.as_str(), acts, &at)?;
        for act in acts {
            self.desk.apply(act, &at);
        }
        Ok(at)
    }

    fn form_key(&self) -> FormKey {
        FormKey {
            round: self.reader.manifest.round,
            manifest: self.reader.manifest_digest,
            expert: self.reader.manifest.expert.clone(),
        }
    }

    /// A form to fill in with a spreadsheet, with what was given so far.
    #[must_use]
    pub fn form_to_fill(&self) -> Vec<u8> {
        let codes: Vec<_> =
            self.codes().into_iter().filter(|code| self.desk.given(code).is_none_or(|g| g.recusal.is_none())).collect();
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
        let filled = score_form::read(bytes, &self.rubric)?;
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

fn append(log: &mut EventLog, actor: &str, acts: &[Act], at: &Timestamp) -> Result<()> {
    let mut events = Vec::with_capacity(acts.len());
    for act in acts {
        let (kind, body) = formats::event::encode_act(act)?;
        events.push(NewEvent { kind, actor: actor.to_owned(), time: at.clone(), body });
    }
    log.append(&events, &[]).map(drop)
}

/// Whether an act can be done at this desk.
fn allowed(rubric: &Rubric, desk: &Desk, manifest: &Manifest, act: &Act) -> Result<()> {
    let code = match act {
        Act::Mark { code, .. }
        | Act::Remark { code, .. }
        | Act::Opinion { code, .. }
        | Act::Vote { code, .. }
        | Act::Recuse { code, .. }
        | Act::Recognise { code, .. }
        | Act::RedLine { code, .. } => code,
        Act::Begin { .. } | Act::Undo | Act::Redo | Act::HandIn { .. } => return Ok(()),
    };
    if !manifest.packets.iter().any(|entry| entry.code == *code) {
        return Err(Problem::NotAssigned { code: code.to_string() }.into());
    }
    let recused = desk.given(code).is_some_and(|given| given.recusal.is_some());
    if recused && matches!(act, Act::Mark { .. } | Act::Vote { .. }) {
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
    if let Act::RedLine { id, .. } = act
        && !rubric.red_lines.iter().any(|red| red.id == *id)
    {
        return Err(Problem::UnknownCriterion { id: id.clone() }.into());
    }
    Ok(())
}
