//! A round's folder: `round.db`, `keys/`, `inbox/`, `outbox/`, `exports/`; the
//! one handle the screens and commands hold.
//!
//! Every event is signed: by the round's key where the secretary has typed the
//! passphrase, else by the folder's, which may sign only what binds nobody.

pub mod head;
pub mod keys;
pub(super) mod next;

use std::path::{Path, PathBuf};

use crate::base::{Clock, Digest, ExpertCode, Limits, PacketCode, Problem, Refusal, Result, VerifyKey};
use crate::domain::bundle::Manifest;
use crate::domain::form::Form;
use crate::domain::packet::Packet;
use crate::domain::panel::Seat;
use crate::domain::round::{Event, Round as State};
use crate::domain::rubric::Rubric;
use crate::domain::sheet::Sheet;
use crate::formats;
use crate::seal::{Context, Passphrase, Secret, signed};
use crate::store::{EventLog, NewEvent, Purpose, StoredEvent};

use super::lock::{self, Lock, Taken};

/// The actor whose events bear the round's own signature.
pub const SECRETARY: &str = "secretary";
/// The actor whose events bear the folder's.
pub const DESK: &str = "desk";

/// A round, opened.
#[derive(Debug)]
pub struct Round {
    dir: PathBuf,
    log: EventLog,
    state: State,
    clock: Clock,
    template: Rubric,
    rubric: Rubric,
    desk: Option<Secret>,
    secretary: Option<Secret>,
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

    /// Makes the log of a new round and its first events.
    pub(super) fn create(
        dir: &Path,
        events: &[Event],
        template: &[u8],
        (secretary, desk): (&Secret, &Secret),
        clock: Clock,
    ) -> Result<Self> {
        let path = Self::log_path(dir);
        let mut log = EventLog::create(&path, Purpose::Round)?;
        append_events(&mut log, events, &[template], &clock, Some(secretary), Some(desk))?;
        drop(log);
        let mut round = Self::open(dir, true, clock)?;
        round.secretary = Some(secretary.clone());
        round.write_head()?;
        Ok(round)
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
        let name = path.display().to_string();
        let lock = if write {
            match lock::take(&path, &clock)? {
                Taken::Ours(lock) => Some(lock),
                Taken::By(by) => return Err(Refusal::from(Problem::Held { by }).in_file(&name)),
            }
        } else {
            None
        };
        let (log, events) = EventLog::open(&path, Purpose::Round, write)?;
        let mut state = State::default();
        for event in &events {
            let decoded = formats::event::decode_event(&event.body, &Limits::STANDARD)
                .map_err(|refusal| refusal.in_file(&name))?;
            state.apply(&decoded, event.hash, &event.time);
            check_signature(&state, &decoded, event).map_err(|refusal| refusal.in_file(&name))?;
        }
        let (template, ..) = state.template.clone().ok_or(Problem::BrokenLog { seq: 1, why: "created" })?;
        if write {
            next::settle_all(dir, &state)?;
        }
        let template = super::library::sound_template(&log.blob(&template)?)?;
        let rubric = template.amended(state.amendments_to(u32::MAX));
        let desk = if write { keys::desk(dir) } else { None };
        let mut round =
            Self { dir: dir.to_owned(), log, state, clock, template, rubric, desk, secretary: None, _lock: lock };
        if write && round.state.practice {
            round.secretary = keys::secretary(dir, None).ok();
        }
        Ok(round)
    }

    /// Whether the round's key is at hand.
    #[must_use]
    pub const fn is_unlocked(&self) -> bool {
        self.secretary.is_some()
    }

    /// Unlocks the round's key with its passphrase.
    ///
    /// # Errors
    /// A wrong passphrase; a key file that is not there, or another round's.
    pub fn unlock(&mut self, passphrase: &str) -> Result<()> {
        let secret = keys::secretary(&self.dir, Some(&Passphrase::new(passphrase)?))?;
        self.unlock_with(secret)
    }

    /// Unlocks the round's key with the key itself.
    pub(super) fn unlock_with(&mut self, secret: Secret) -> Result<()> {
        if self.state.secretary.as_ref() != Some(&secret.public()) {
            return Err(Problem::OtherSigner.into());
        }
        self.secretary = Some(secret);
        Ok(())
    }

    /// The round's key, unlocked.
    pub(super) fn secretary(&self) -> Result<&Secret> {
        self.secretary.as_ref().ok_or_else(|| Problem::NeedsPassphrase.into())
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

    /// The rubric as frozen, with the amendments that are in force.
    #[must_use]
    pub const fn rubric(&self) -> &Rubric {
        &self.rubric
    }

    /// The rubric as it was at this amendment; 0 is before the first.
    #[must_use]
    pub fn rubric_at(&self, amendment: u32) -> Rubric {
        self.template.amended(self.state.amendments_to(amendment))
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

    /// A sheet that was received: its content, the signature checked.
    ///
    /// # Errors
    /// Not there, or altered.
    pub fn sheet(&self, digest: &Digest) -> Result<Sheet> {
        let bytes = self.log.blob(digest)?;
        formats::sheet::decode(signed::read(Context::Sheet, &bytes)?.body, &Limits::STANDARD)
    }

    /// The manifest an expert's bundle was issued with, and its digest.
    ///
    /// # Errors
    /// No bundle was issued to this expert.
    pub fn manifest(&self, expert: &ExpertCode) -> Result<(Digest, Manifest)> {
        let issued = self.state.issued.get(expert).ok_or_else(|| Problem::UnknownExpert {
            code: expert.to_string(),
            known: self.state.issued.keys().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        })?;
        let bytes = self.log.blob(&issued.manifest)?;
        let signed = signed::read(Context::Manifest, &bytes)?;
        Ok((issued.manifest, formats::bundle::decode_manifest(signed.body, &Limits::STANDARD)?))
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
        formats::packet::read(&self.log.blob(digest)?, &Limits::STANDARD, self.form()?)
    }

    /// The experts as the log knows them.
    ///
    /// # Errors
    /// No panel yet.
    pub fn seats(&self) -> Result<&[Seat]> {
        let seats = self.state.panel.as_ref().map(|(_, seats)| seats.as_slice());
        seats.ok_or_else(|| Problem::TooEarly { first: "panel" }.into())
    }

    /// Codes of the experts, or those known to the log.
    #[must_use]
    pub fn experts(&self) -> Vec<ExpertCode> {
        self.state.experts()
    }

    /// Appends events and blobs in one commit, and folds them.
    pub(super) fn append(&mut self, events: &[Event], blobs: &[&[u8]]) -> Result<()> {
        if events.is_empty() && blobs.is_empty() {
            return Ok(());
        }
        let (secretary, desk) = (self.secretary.as_ref(), self.desk.as_ref());
        let stored = append_events(&mut self.log, events, blobs, &self.clock, secretary, desk)?;
        for (event, stored) in events.iter().zip(stored) {
            self.state.apply(event, stored.hash, &stored.time);
        }
        for event in events {
            if let Event::FileKept { file, .. } = event {
                next::settle(&self.dir, file, &self.state)?;
            }
        }
        if events.iter().any(|event| matches!(event, Event::Amended { .. })) {
            self.rubric = self.rubric_at(u32::MAX);
        }
        self.write_head()
    }

    fn write_head(&self) -> Result<()> {
        let secret = self.secretary.as_ref().or(self.desk.as_ref()).ok_or(Problem::NeedsPassphrase)?;
        head::write(&self.dir, secret, &self.id()?, self.log.length(), &self.log.head())
    }
}

/// The key an event must bear the signature of.
#[must_use]
pub fn signer(state: &State, actor: &str) -> Option<VerifyKey> {
    match actor {
        SECRETARY => state.secretary.as_ref().map(|keys| keys.verify),
        DESK => state.desk,
        _ => None,
    }
}

fn check_signature(state: &State, event: &Event, stored: &StoredEvent) -> Result<()> {
    let broken = |why| Refusal::from(Problem::BrokenLog { seq: stored.seq, why });
    if event.binds() && stored.actor != SECRETARY {
        return Err(broken("actor"));
    }
    let signer = signer(state, &stored.actor).ok_or_else(|| broken("actor"))?;
    signed::check(&signer, Context::Event, stored.hash.to_string().as_bytes(), &stored.sig).map_err(|_| broken("sig"))
}

fn append_events(
    log: &mut EventLog,
    events: &[Event],
    blobs: &[&[u8]],
    clock: &Clock,
    secretary: Option<&Secret>,
    desk: Option<&Secret>,
) -> Result<Vec<StoredEvent>> {
    let (actor, secret) = match (secretary, desk) {
        (Some(secret), _) => (SECRETARY, secret),
        (None, Some(secret)) if !events.iter().any(Event::binds) => (DESK, secret),
        _ => return Err(Problem::NeedsPassphrase.into()),
    };
    let time = clock.now();
    let mut new = Vec::with_capacity(events.len());
    for event in events {
        let (kind, body) = formats::event::encode_event(event)?;
        new.push(NewEvent { kind, actor: actor.to_owned(), time: time.clone(), body });
    }
    log.append(&new, blobs, &|_, hash| {
        Ok(signed::signature(secret, Context::Event, hash.to_string().as_bytes()).to_vec())
    })
}
