//! The log on SQLite. The settings are those that lost no confirmed mark in
//! simulated power cuts, full disks and read-only folders (SQLite's defaults
//! and WAL with NORMAL both did); they are read back at opening.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, TransactionBehavior, params};

use crate::base::{Digest, Problem, Refusal, Result, Timestamp};

/// Marks the file as ours: "pshn".
pub(super) const APPLICATION_ID: i64 = 0x7073_686e;
/// The tables' version.
pub(super) const VERSION: i64 = 1;
/// Largest event and blob read, in bytes.
pub(super) const LARGEST: u64 = crate::base::Limits::STANDARD.blob;

pub(super) const TABLES: &str = "
CREATE TABLE event (
  seq   INTEGER PRIMARY KEY,
  prev  TEXT NOT NULL,
  hash  TEXT NOT NULL UNIQUE,
  kind  TEXT NOT NULL,
  actor TEXT NOT NULL,
  time  TEXT NOT NULL,
  body  BLOB NOT NULL,
  sig   BLOB NOT NULL
) STRICT;
CREATE TABLE blob (hash TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER blob_no_update BEFORE UPDATE ON blob BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER blob_no_delete BEFORE DELETE ON blob BEGIN SELECT RAISE(ABORT, 'append only'); END;
";

/// A row as it stands in the table.
type Row = (i64, String, String, String, String, String, Vec<u8>, Vec<u8>);

/// Signs an event's hash in the name of its actor; a draft's events are not
/// signed and give no bytes.
pub type Signer<'a> = &'a dyn Fn(&str, &Digest) -> Result<Vec<u8>>;

/// The signer of a log that is not signed.
///
/// # Errors
/// None.
pub fn unsigned(_actor: &str, _hash: &Digest) -> Result<Vec<u8>> {
    Ok(Vec::new())
}

/// What a log is for: its kind is written into it at the start, so that a draft
/// can't be taken for a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A round of the secretary's.
    Round,
    /// An expert's draft.
    Draft,
}

impl Purpose {
    const fn context(self) -> &'static str {
        match self {
            Self::Round => "pingshen/round-log/v1\n",
            Self::Draft => "pingshen/draft-log/v1\n",
        }
    }

    /// What stands before the first event.
    pub(super) fn root(self) -> Digest {
        Digest::of(self.context().as_bytes())
    }
}

/// An event to be appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// A word for what happened.
    pub kind: String,
    /// Who did it, by code or role.
    pub actor: String,
    /// When, by the clock of that machine.
    pub time: Timestamp,
    /// The exact bytes.
    pub body: Vec<u8>,
}

/// An event as stored, its hash checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// From 1, without gaps.
    pub seq: u64,
    /// Its own hash.
    pub hash: Digest,
    /// A word for what happened.
    pub kind: String,
    /// Who did it.
    pub actor: String,
    /// When.
    pub time: Timestamp,
    /// The exact bytes.
    pub body: Vec<u8>,
    /// The actor's signature over the hash; empty where the log is not signed.
    pub sig: Vec<u8>,
}

/// An append-only, chained log and its blobs, in one file.
#[derive(Debug)]
pub struct EventLog {
    connection: Connection,
    purpose: Purpose,
    path: PathBuf,
    head: Digest,
    length: u64,
}

impl EventLog {
    /// Makes a new log; there must be no file yet.
    ///
    /// # Errors
    /// A file that is there already, a folder that can't be written.
    pub fn create(path: &Path, purpose: Purpose) -> Result<Self> {
        let name = path.display().to_string();
        if path.exists() {
            return Err(Refusal::from(Problem::NotEmpty { dir: name }));
        }
        // Made under another name, so that a cut midway leaves no half-made log.
        let mut part = path.as_os_str().to_os_string();
        part.push(".new.part");
        let part = PathBuf::from(part);
        let _left_over = std::fs::remove_file(&part);
        let make = || -> Result<()> {
            let flags =
                OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(&part, flags).map_err(|e| said(&e))?;
            settings(&connection, true)?;
            connection
                .execute_batch(&format!("BEGIN IMMEDIATE; PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={VERSION}; {TABLES} COMMIT;"))
                .map_err(|e| said(&e))?;
            connection.close().map_err(|(_, e)| said(&e))
        };
        make().map_err(|refusal| refusal.in_file(&name))?;
        std::fs::rename(&part, path).map_err(|error| Refusal::writing(&name, &error))?;
        // The journal of a closed log is empty and belongs to no name any more.
        let _empty = std::fs::remove_file(journal(&part));
        #[cfg(unix)]
        if let Some(folder) = path.parent() {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            std::fs::File::open(folder).and_then(|f| f.sync_all()).map_err(|error| Refusal::writing(&name, &error))?;
        }
        Self::open(path, purpose, true).map(|(log, _)| log)
    }

    /// Opens a log, checks the chain from the first event to the last and gives
    /// the events.
    ///
    /// # Errors
    /// Not there, not ours, settings that do not take, or a broken chain.
    pub fn open(path: &Path, purpose: Purpose, write: bool) -> Result<(Self, Vec<StoredEvent>)> {
        let name = path.display().to_string();
        if !path.is_file() {
            return Err(Refusal::new(crate::base::Place::file(&name), Problem::NotFound));
        }
        if !write {
            roll_back(path);
        }
        let open = || -> Result<(Self, Vec<StoredEvent>)> {
            let access = if write { OpenFlags::SQLITE_OPEN_READ_WRITE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
            let connection =
                Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(|e| said(&e))?;
            settings(&connection, write)?;
            let ours =
                |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, i64>(0)).map_err(|e| said(&e));
            if ours("PRAGMA application_id")? != APPLICATION_ID || ours("PRAGMA user_version")? != VERSION {
                return Err(Problem::NotOurs { wanted: "log" }.into());
            }
            let mut log = Self { connection, purpose, path: path.to_owned(), head: purpose.root(), length: 0 };
            let events = log.read_from(0)?;
            Ok((log, events))
        };
        open().map_err(|refusal| refusal.in_file(&name))
    }

    /// The hash of the last event, or what stands before the first.
    #[must_use]
    pub const fn head(&self) -> Digest {
        self.head
    }

    /// How many events there are.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads and checks the events after `seq` and moves the head.
    fn read_from(&mut self, seq: u64) -> Result<Vec<StoredEvent>> {
        let mut statement = self
            .connection
            .prepare("SELECT seq, prev, hash, kind, actor, time, body, sig FROM event WHERE seq > ?1 ORDER BY seq")
            .map_err(|e| said(&e))?;
        let mut rows = statement.query([i64::try_from(seq).unwrap_or(i64::MAX)]).map_err(|e| said(&e))?;
        let mut events = Vec::new();
        let (mut head, mut length) = (self.head, self.length);
        while let Some(row) = rows.next().map_err(|e| said(&e))? {
            let read = || -> rusqlite::Result<Row> {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                    row.get(5)?,
                    row.get(6)?,
                    row.get(7)?,
                ))
            };
            let (seq, prev, hash, kind, actor, time, body, sig) = read().map_err(|e| said(&e))?;
            length += 1;
            let broken = |why| Refusal::from(Problem::BrokenLog { seq: length, why });
            if u64::try_from(seq) != Ok(length) {
                return Err(broken("seq"));
            }
            if prev != head.to_string() {
                return Err(broken("prev"));
            }
            let time = Timestamp::from_stored(&time);
            let found = chain(self.purpose, length, &head, &kind, &actor, &time, &body);
            if hash != found.to_string() {
                return Err(broken("hash"));
            }
            head = found;
            events.push(StoredEvent { seq: length, hash: found, kind, actor, time, body, sig });
        }
        drop(rows);
        drop(statement);
        (self.head, self.length) = (head, length);
        Ok(events)
    }

    /// Appends events and blobs in one commit; once this returns, they are on
    /// the disk.
    ///
    /// # Errors
    /// Somebody else appended first, or the disk; nothing is kept then.
    pub fn append(&mut self, events: &[NewEvent], blobs: &[&[u8]], sign: Signer<'_>) -> Result<Vec<StoredEvent>> {
        let name = self.path.display().to_string();
        self.append_all(events, blobs, sign).map_err(|refusal| refusal.in_file(&name))
    }

    fn append_all(&mut self, events: &[NewEvent], blobs: &[&[u8]], sign: Signer<'_>) -> Result<Vec<StoredEvent>> {
        let commit = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(|e| said(&e))?;
        let last: Option<(i64, String)> = commit
            .query_row("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()
            .map_err(|e| said(&e))?;
        let there =
            last.map_or((0, self.purpose.root().to_string()), |(seq, hash)| (u64::try_from(seq).unwrap_or(0), hash));
        if there != (self.length, self.head.to_string()) {
            return Err(Problem::MovedOn.into());
        }
        let (mut head, mut length) = (self.head, self.length);
        let mut stored = Vec::with_capacity(events.len());
        {
            let mut put = commit
                .prepare_cached("INSERT OR IGNORE INTO blob (hash, data) VALUES (?1, ?2)")
                .map_err(|e| said(&e))?;
            for blob in blobs {
                put.execute(params![Digest::of(blob).to_string(), blob]).map_err(|e| said(&e))?;
            }
            let mut insert = commit
                .prepare_cached("INSERT INTO event (seq, prev, hash, kind, actor, time, body, sig) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
                .map_err(|e| said(&e))?;
            for event in events {
                length += 1;
                let hash = chain(self.purpose, length, &head, &event.kind, &event.actor, &event.time, &event.body);
                let seq = i64::try_from(length).unwrap_or(i64::MAX);
                let sig = sign(&event.actor, &hash)?;
                insert
                    .execute(params![
                        seq,
                        head.to_string(),
                        hash.to_string(),
                        event.kind,
                        event.actor,
                        event.time.as_str(),
                        event.body,
                        sig
                    ])
                    .map_err(|e| said(&e))?;
                head = hash;
                stored.push(StoredEvent {
                    seq: length,
                    hash,
                    kind: event.kind.clone(),
                    actor: event.actor.clone(),
                    time: event.time.clone(),
                    body: event.body.clone(),
                    sig,
                });
            }
        }
        commit.commit().map_err(|e| said(&e))?;
        (self.head, self.length) = (head, length);
        Ok(stored)
    }

    /// A blob by its digest, checked.
    ///
    /// # Errors
    /// Not there, or not what it says it is.
    pub fn blob(&self, digest: &Digest) -> Result<Vec<u8>> {
        let found: Option<Vec<u8>> = self
            .connection
            .query_row(
                "SELECT data FROM blob WHERE hash = ?1 AND length(data) <= ?2",
                params![digest.to_string(), i64::try_from(LARGEST).unwrap_or(i64::MAX)],
                |row| row.get(0),
            )
            .optional()
            .map_err(|e| said(&e))?;
        let name = self.path.display().to_string();
        let bytes =
            found.ok_or_else(|| Refusal::from(Problem::NotInManifest { name: digest.short() }).in_file(&name))?;
        if Digest::of(&bytes) != *digest {
            return Err(Refusal::from(Problem::Altered).in_file(&name));
        }
        Ok(bytes)
    }
}

pub(super) fn chain(
    purpose: Purpose,
    seq: u64,
    prev: &Digest,
    kind: &str,
    actor: &str,
    time: &Timestamp,
    body: &[u8],
) -> Digest {
    Digest::of_parts(
        purpose.context(),
        &[
            &seq.to_be_bytes(),
            prev.to_string().as_bytes(),
            kind.as_bytes(),
            actor.as_bytes(),
            time.as_str().as_bytes(),
            body,
        ],
    )
}

/// Sets what must be set and reads it back.
fn settings(connection: &Connection, write: bool) -> Result<()> {
    connection.busy_timeout(Duration::from_secs(5)).map_err(|e| said(&e))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(|e| said(&e))?;
    let mut wanted = vec![
        ("synchronous", "EXTRA", "3"),
        ("locking_mode", "NORMAL", "normal"),
        ("foreign_keys", "ON", "1"),
        ("trusted_schema", "OFF", "0"),
        ("secure_delete", "ON", "1"),
        ("temp_store", "MEMORY", "2"),
        ("cell_size_check", "ON", "1"),
    ];
    if cfg!(target_os = "macos") {
        wanted.push(("fullfsync", "ON", "1"));
    }
    if write {
        wanted.push(("journal_mode", "TRUNCATE", "truncate"));
    }
    connection.execute_batch("PRAGMA mmap_size=0").map_err(|e| said(&e))?;
    for (name, value, expected) in wanted {
        connection.execute_batch(&format!("PRAGMA {name}={value}")).map_err(|e| said(&e))?;
        let found: String = connection
            .query_row(&format!("PRAGMA {name}"), [], |row| {
                row.get::<_, String>(0).or_else(|_| row.get::<_, i64>(0).map(|number| number.to_string()))
            })
            .map_err(|e| said(&e))?;
        if found != expected {
            return Err(Problem::BadStore { why: format!("{name}={found}") }.into());
        }
    }
    Ok(())
}

/// Where `SQLite` keeps what it takes back.
pub(super) fn journal(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push("-journal");
    PathBuf::from(name)
}

/// Takes back what a process that was cut off midway left half-written: `SQLite`
/// does so by itself at the first read, but not through a connection that may
/// only read. Where the folder can't be written, opening says what is wrong.
fn roll_back(path: &Path) {
    if !std::fs::metadata(journal(path)).is_ok_and(|found| found.len() > 0) {
        return;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if let Ok(connection) = Connection::open_with_flags(path, flags) {
        let _rolled_back = settings(&connection, true).and_then(|()| {
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(|e| said(&e))
        });
    }
}

/// What `SQLite` says, as a problem of ours.
fn said(error: &rusqlite::Error) -> Refusal {
    let problem = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Problem::DiskFull,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Problem::ReadOnly,
        Some(ErrorCode::CannotOpen) => Problem::CannotWrite(error.to_string()),
        Some(ErrorCode::NotADatabase) => Problem::NotOurs { wanted: "log" },
        Some(ErrorCode::DatabaseCorrupt) => Problem::Altered,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Problem::Held { by: "SQLite".to_owned() },
        _ => Problem::BadStore { why: error.to_string() },
    };
    problem.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(body: &[u8]) -> NewEvent {
        NewEvent { kind: "k".into(), actor: "a".into(), time: Timestamp::from_stored("t"), body: body.to_vec() }
    }

    #[test]
    fn what_was_appended_is_there_after_reopening() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        let mut log = EventLog::create(&path, Purpose::Draft).unwrap();
        log.append(&[event(b"1"), event(b"2")], &[b"blob"], &unsigned).unwrap();
        let head = log.head();
        drop(log);
        let (log, events) = EventLog::open(&path, Purpose::Draft, false).unwrap();
        assert_eq!(events.iter().map(|e| e.body.clone()).collect::<Vec<_>>(), [b"1", b"2"]);
        assert_eq!(log.head(), head);
        assert_eq!(log.blob(&Digest::of(b"blob")).unwrap(), b"blob");
        assert!(EventLog::open(&path, Purpose::Round, false).is_err(), "a draft is no round");
    }

    #[test]
    fn a_change_by_plain_sql_breaks_the_chain() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        let mut log = EventLog::create(&path, Purpose::Draft).unwrap();
        log.append(&[event(b"1"), event(b"2"), event(b"3")], &[], &unsigned).unwrap();
        drop(log);
        let plain = Connection::open(&path).unwrap();
        assert!(plain.execute("UPDATE event SET body = x'39' WHERE seq = 2", []).is_err(), "append only");
        plain.execute_batch("DROP TRIGGER event_no_update; UPDATE event SET body = x'39' WHERE seq = 2").unwrap();
        let refusal = EventLog::open(&path, Purpose::Draft, false).unwrap_err();
        assert_eq!(*refusal.problem(), Problem::BrokenLog { seq: 2, why: "hash" });
    }

    #[test]
    fn two_writers_never_mix() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        let mut one = EventLog::create(&path, Purpose::Draft).unwrap();
        let (mut two, _) = EventLog::open(&path, Purpose::Draft, true).unwrap();
        one.append(&[event(b"1")], &[], &unsigned).unwrap();
        let refusal = two.append(&[event(b"2")], &[], &unsigned).unwrap_err();
        assert_eq!(*refusal.problem(), Problem::MovedOn);
    }
}
