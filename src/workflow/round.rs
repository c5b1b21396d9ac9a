//! A round's folder: `round.db`, `inbox/`, `outbox/`, `exports/`; the one
//! handle the screens and commands hold.

use std::path::{Path, PathBuf};

use crate::base::{Clock, Digest, ExpertCode, PacketCode, Problem, Refusal, Result};
use crate::domain::form::Form;
use crate::domain::packet::Packet;
use crate::domain::panel::Panel;
use crate::domain::round::{Event, Round as State};
use crate::domain::rubric::Rubric;
use crate::formats;
use crate::store::{EventLog, NewEvent, Purpose};

use super::lock::{self, Lock, Taken};

/// Who writes a round's log, until keys come.
const SECRETARY: &str = "secretary";

/// A round, opened.
#[derive(Debug)]
pub struct Round {
    dir: PathBuf,
    log: EventLog,
    state: State,
    clock: Clock,
    rubric: Rubric,
    _lock: Option<Lock>,
}

impl Round {
    /// The log's file in a round's folder.
    #[must_use]
    pub fn log_path(dir: &Path) -> PathBuf {
        dir.join("round.db")
    }

    /// Whether a folder holds a round.
    #[must_use]
    pub fn is_in(dir: &Path) -> bool {
        Self::log_path(dir).is_file()
    }

    /// Makes the log of a new round and its first event.
    pub(super) fn create(dir: &Path, event: &Event, template: &[u8], clock: Clock) -> Result<Self> {
        let path = Self::log_path(dir);
        let mut log = EventLog::create(&path, Purpose::Round)?;
        append_events(&mut log, std::slice::from_ref(event), &[template], &clock)?;
        drop(log);
        Self::open(dir, true, clock)
    }

    /// Opens a round. To write, the round's lock must be had.
    ///
    /// # Errors
    /// No round there, held by another window, or a log that does not fit.
    pub fn open(dir: &Path, write: bool, clock: Clock) -> Result<Self> {
        let path = Self::log_path(dir);
        if !path.is_file() {
            return Err(Problem::NoRound { dir: dir.display().to_string() }.into());
        }
        let lock = if write {
            match lock::take(&path, &clock)? {
                Taken::Ours(lock) => Some(lock),
                Taken::By(by) => return Err(Refusal::from(Problem::Held { by }).in_file(&path.display().to_string())),
            }
        } else {
            None
        };
        let (log, events) = EventLog::open(&path, Purpose::Round, write)?;
        let mut state = State::default();
        for event in &events {
            let decoded =
                formats::event::decode_event(&event.body).map_err(|r| r.in_file(&path.display().to_string()))?;
            state.apply(&decoded, event.hash, &event.time);
        }
        let (template, ..) = state.template.clone().ok_or(Problem::BrokenLog { seq: 1, why: "created" })?;
        let rubric = super::library::sound_template(&log.blob(&template)?)?;
        Ok(Self { dir: dir.to_owned(), log, state, clock, rubric, _lock: lock })
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// A folder of the round, made again where it was not copied along (empty
    /// folders often are not).
    pub(super) fn folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.dir.join(name);
        std::fs::create_dir_all(&folder).map_err(|error| Refusal::writing(&folder.display().to_string(), &error))?;
        Ok(folder)
    }

    /// The fold of the log.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The rubric as frozen.
    #[must_use]
    pub const fn rubric(&self) -> &Rubric {
        &self.rubric
    }

    /// The round's id.
    ///
    /// # Errors
    /// A log without its first event, which opening refuses.
    pub fn id(&self) -> Result<Digest> {
        self.state.id.ok_or_else(|| Problem::BrokenLog { seq: 1, why: "created" }.into())
    }

    /// The template's digest.
    ///
    /// # Errors
    /// As [`Round::id`].
    pub fn template(&self) -> Result<Digest> {
        let template = self.state.template.as_ref().map(|(digest, ..)| *digest);
        template.ok_or_else(|| Problem::BrokenLog { seq: 1, why: "created" }.into())
    }

    /// The log's head (存证码 is its short form).
    #[must_use]
    pub const fn head(&self) -> Digest {
        self.log.head()
    }

    /// The round's form.
    ///
    /// # Errors
    /// A form this program does not have.
    pub fn form(&self) -> Result<&'static Form> {
        super::library::form_of(&self.rubric)
    }

    /// A blob kept beside the log.
    ///
    /// # Errors
    /// Not there, or altered.
    pub fn blob(&self, digest: &Digest) -> Result<Vec<u8>> {
        self.log.blob(digest)
    }

    /// The panel, with the experts' own names.
    ///
    /// # Errors
    /// None set yet.
    pub fn panel(&self) -> Result<Panel> {
        let (digest, _) = self.state.panel.as_ref().ok_or(Problem::TooEarly { first: "panel" })?;
        formats::event::decode_panel(&self.log.blob(digest)?)
    }

    /// A packet.
    ///
    /// # Errors
    /// No such packet.
    pub fn packet(&self, code: &PacketCode) -> Result<Packet> {
        let digest = self.state.packets.get(code).ok_or_else(|| Problem::UnknownPacket {
            code: code.to_string(),
            known: self.state.packets.keys().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        })?;
        formats::packet::read(&self.log.blob(digest)?, self.form()?)
    }

    /// Codes of the experts, or those known to the log.
    #[must_use]
    pub fn experts(&self) -> Vec<ExpertCode> {
        self.state.panel.as_ref().map(|(_, experts)| experts.clone()).unwrap_or_default()
    }

    /// Appends events and blobs in one commit, and folds them.
    pub(super) fn append(&mut self, events: &[Event], blobs: &[&[u8]]) -> Result<()> {
        if events.is_empty() && blobs.is_empty() {
            return Ok(());
        }
        let stored = append_events(&mut self.log, events, blobs, &self.clock)?;
        for (event, stored) in events.iter().zip(stored) {
            self.state.apply(event, stored.hash, &stored.time);
        }
        Ok(())
    }
}

fn append_events(
    log: &mut EventLog,
    events: &[Event],
    blobs: &[&[u8]],
    clock: &Clock,
) -> Result<Vec<crate::store::StoredEvent>> {
    let time = clock.now();
    let mut new = Vec::with_capacity(events.len());
    for event in events {
        let (kind, body) = formats::event::encode_event(event)?;
        new.push(NewEvent { kind, actor: SECRETARY.to_owned(), time: time.clone(), body });
    }
    log.append(&new, blobs)
}
