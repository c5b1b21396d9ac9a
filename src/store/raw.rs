//! A log read as it lies there, for an audit: nothing is believed, nothing is
//! changed, and a fault ends nothing. The file is opened as one that nobody
//! writes to: no lock is taken, no journal is rolled back or made.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use crate::base::{Digest, Timestamp};

use super::log::{APPLICATION_ID, LARGEST, Purpose, TABLES, VERSION, chain, journal};

/// A value as it stands in the table, whatever its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Number(i64),
    /// A number of another kind.
    Real,
    /// A text.
    Text(String),
    /// Bytes, or a text that is not UTF-8.
    Bytes(Vec<u8>),
}

impl Cell {
    fn of(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(number) => Self::Number(number),
            ValueRef::Real(_) => Self::Real,
            ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Self::Text(text.to_owned()),
                Err(_) => Self::Bytes(bytes.to_vec()),
            },
            ValueRef::Blob(bytes) => Self::Bytes(bytes.to_vec()),
        }
    }

    /// The text, where it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The bytes, where it is bytes.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    /// The number, where it is a whole one.
    #[must_use]
    pub const fn number(&self) -> Option<i64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }
}

/// A row of the table of events, as it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawEvent {
    /// From 1, without gaps, if all is well.
    pub seq: Cell,
    /// The hash before.
    pub prev: Cell,
    /// Its own hash.
    pub hash: Cell,
    /// A word for what happened.
    pub kind: Cell,
    /// Who did it.
    pub actor: Cell,
    /// When.
    pub time: Cell,
    /// The exact bytes.
    pub body: Cell,
    /// The signature.
    pub sig: Cell,
}

/// A row of the table of blobs: its key, and the digest of what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawBlob {
    /// The key.
    pub key: Cell,
    /// Digest of the data; nothing where the data are no bytes, or too many.
    pub digest: Option<Digest>,
}

/// What differs from the tables as this program makes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaFault {
    /// It is not there: a trigger dropped, a table gone.
    Missing(String),
    /// It does not belong there.
    Foreign(String),
    /// It is there, but reads otherwise.
    Changed(String),
}

/// A log's file, read without belief in it.
#[derive(Debug)]
pub struct RawLog {
    connection: Connection,
}

/// Takes a row: given what gives its values by their place.
type TakeRow<'a> = &'a mut dyn FnMut(&dyn Fn(usize) -> Cell);

/// Most rows of complaints taken from `SQLite`.
const COMPLAINTS: usize = 20;

impl RawLog {
    /// Opens the file to read only, as it lies there.
    ///
    /// # Errors
    /// `SQLite`'s own words.
    pub fn open(path: &Path) -> Result<Self, String> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(uri(path), flags).map_err(|error| error.to_string())?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(|error| error.to_string())?;
        connection
            .execute_batch("PRAGMA query_only=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY")
            .map_err(|error| error.to_string())?;
        Ok(Self { connection })
    }

    /// Whether a writer was cut off midway, or is writing now: what is in the
    /// file may be half of a change, and the other half in its journal.
    #[must_use]
    pub fn is_half_written(path: &Path) -> bool {
        std::fs::metadata(journal(path)).is_ok_and(|found| found.len() > 0)
    }

    /// What `SQLite` finds wrong with the file; nothing where it is sound.
    #[must_use]
    pub fn complaints(&self) -> Vec<String> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare(&format!("PRAGMA integrity_check({COMPLAINTS})"))?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
            rows.collect()
        };
        match read() {
            Ok(said) if said == ["ok"] => Vec::new(),
            Ok(said) if said.is_empty() => vec!["?".to_owned()],
            Ok(said) => said,
            Err(error) => vec![error.to_string()],
        }
    }

    /// The mark of whose file it is and of its tables' version, each as found
    /// and as it must be, where they differ.
    #[must_use]
    pub fn marks(&self) -> Vec<(&'static str, String, i64)> {
        [("application_id", APPLICATION_ID), ("user_version", VERSION)]
            .into_iter()
            .filter_map(|(name, wanted)| {
                let found = self.connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
                match found {
                    Ok(found) if found == wanted => None,
                    Ok(found) => Some((name, found.to_string(), wanted)),
                    Err(error) => Some((name, error.to_string(), wanted)),
                }
            })
            .collect()
    }

    /// What differs from the tables and triggers as this program makes them.
    ///
    /// # Errors
    /// `SQLite`'s own words.
    pub fn schema_faults(&self) -> Result<Vec<SchemaFault>, String> {
        let ours = || -> rusqlite::Result<_> {
            let made = Connection::open_in_memory()?;
            made.execute_batch(TABLES)?;
            schema(&made)
        };
        let (ours, theirs) = (ours().map_err(|e| e.to_string())?, schema(&self.connection).map_err(|e| e.to_string())?);
        let name = |entry: &[String; 4]| {
            let [kind, name, ..] = entry;
            format!("{kind} {name}")
        };
        let mut faults = Vec::new();
        for entry in &ours {
            match theirs.iter().find(|other| name(other) == name(entry)) {
                None => faults.push(SchemaFault::Missing(name(entry))),
                Some(other) if other != entry => faults.push(SchemaFault::Changed(name(entry))),
                Some(_) => {}
            }
        }
        let foreign = theirs.iter().filter(|entry| !ours.iter().any(|other| name(other) == name(entry)));
        faults.extend(foreign.map(|entry| SchemaFault::Foreign(name(entry))));
        if theirs.len() > ours.len() && faults.is_empty() {
            faults.push(SchemaFault::Foreign("sqlite_schema".to_owned()));
        }
        Ok(faults)
    }

    /// All rows of events that can be read, in order of their place; and why
    /// the reading broke off, where it did.
    #[must_use]
    pub fn events(&self) -> (Vec<RawEvent>, Option<String>) {
        let mut events = Vec::new();
        let broke =
            self.each("SELECT seq, prev, hash, kind, actor, time, body, sig FROM event ORDER BY seq", &mut |cell| {
                events.push(RawEvent {
                    seq: cell(0),
                    prev: cell(1),
                    hash: cell(2),
                    kind: cell(3),
                    actor: cell(4),
                    time: cell(5),
                    body: cell(6),
                    sig: cell(7),
                });
            });
        (events, broke)
    }

    /// All blobs that can be read, by what they are; and why the reading broke off.
    #[must_use]
    pub fn blobs(&self) -> (Vec<RawBlob>, Option<String>) {
        let mut blobs = Vec::new();
        let all = format!("SELECT hash, CASE WHEN length(data) <= {LARGEST} THEN data END FROM blob ORDER BY rowid");
        let broke = self.each(&all, &mut |cell| {
            let data = cell(1);
            blobs.push(RawBlob { key: cell(0), digest: data.bytes().map(Digest::of) });
        });
        (blobs, broke)
    }

    /// A blob's data, where they are what their key says.
    #[must_use]
    pub fn blob(&self, digest: &Digest) -> Option<Vec<u8>> {
        let mut found = None;
        let one = format!("SELECT data FROM blob WHERE hash = '{digest}' AND length(data) <= {LARGEST}");
        let _broke = self.each(&one, &mut |cell| {
            if let Cell::Bytes(bytes) = cell(0)
                && Digest::of(&bytes) == *digest
            {
                found = Some(bytes);
            }
        });
        found
    }

    fn each(&self, sql: &str, take: TakeRow<'_>) -> Option<String> {
        let read = |take: TakeRow<'_>| -> rusqlite::Result<()> {
            let mut statement = self.connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                take(&|at| row.get_ref(at).map_or(Cell::Null, Cell::of));
            }
            Ok(())
        };
        read(take).err().map(|error| error.to_string())
    }
}

/// What stands before a round's first event.
#[must_use]
pub fn root() -> Digest {
    Purpose::Round.root()
}

/// The hash an event of a round must have.
#[must_use]
pub fn hash(seq: u64, prev: &Digest, kind: &str, actor: &str, time: &str, body: &[u8]) -> Digest {
    chain(Purpose::Round, seq, prev, kind, actor, &Timestamp::from_stored(time), body)
}

fn schema(connection: &Connection) -> rusqlite::Result<Vec<[String; 4]>> {
    let mut statement =
        connection.prepare("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")?;
    let rows = statement.query_map([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?;
    rows.collect()
}

/// The path as `SQLite` takes it, said to be a file that does not change.
fn uri(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut out = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => out.push(char::from(*byte)),
            b'\\' if cfg!(windows) => out.push('/'),
            b':' if cfg!(windows) => {
                // A drive: `file:/C:/…`.
                out.insert(5, '/');
                out.push(':');
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out.push_str("?immutable=1");
    out
}

#[cfg(test)]
mod tests {
    use super::super::log::{EventLog, NewEvent, unsigned};
    use super::*;

    fn made(folder: &Path) -> std::path::PathBuf {
        let path = folder.join("a b?#%.db");
        let mut log = EventLog::create(&path, Purpose::Round).unwrap();
        let event =
            NewEvent { kind: "k".into(), actor: "a".into(), time: Timestamp::from_stored("t"), body: b"body".to_vec() };
        log.append(&[event], &[b"blob"], &unsigned).unwrap();
        path
    }

    #[test]
    fn a_sound_log_has_nothing_to_complain_of_and_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = made(folder.path());
        let before = std::fs::read(&path).unwrap();
        let names = || std::fs::read_dir(folder.path()).unwrap().count();
        let count = names();
        let raw = RawLog::open(&path).unwrap();
        assert_eq!(raw.complaints(), Vec::<String>::new());
        assert_eq!(raw.marks(), []);
        assert_eq!(raw.schema_faults().unwrap(), []);
        let (events, broke) = raw.events();
        let [event] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!(broke, None);
        assert_eq!(event.prev.text(), Some(root().to_string().as_str()));
        assert_eq!(event.hash.text(), Some(hash(1, &root(), "k", "a", "t", b"body").to_string().as_str()));
        let (blobs, _) = raw.blobs();
        assert_eq!(blobs.iter().map(|blob| blob.digest).collect::<Vec<_>>(), [Some(Digest::of(b"blob"))]);
        assert_eq!(raw.blob(&Digest::of(b"blob")).as_deref(), Some(&b"blob"[..]));
        drop(raw);
        assert_eq!((std::fs::read(&path).unwrap(), names()), (before, count));
    }

    #[test]
    fn what_plain_sql_did_is_read_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = made(folder.path());
        let plain = Connection::open(&path).unwrap();
        plain
            .execute_batch(
                "DROP TRIGGER event_no_update; DROP TRIGGER blob_no_update; UPDATE event SET sig = x'00', time = '';
                 UPDATE blob SET data = x'00'; CREATE TABLE more (x); PRAGMA user_version=7;",
            )
            .unwrap();
        drop(plain);
        let raw = RawLog::open(&path).unwrap();
        let faults = raw.schema_faults().unwrap();
        assert!(faults.contains(&SchemaFault::Missing("trigger event_no_update".to_owned())), "{faults:?}");
        assert!(faults.contains(&SchemaFault::Foreign("table more".to_owned())), "{faults:?}");
        assert_eq!(raw.marks(), [("user_version", "7".to_owned(), VERSION)]);
        assert_eq!(raw.blob(&Digest::of(b"blob")), None);
    }

    #[test]
    fn garbage_is_a_complaint_and_no_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        std::fs::write(&path, b"SQLite format 3\0and nothing more").unwrap();
        if let Ok(raw) = RawLog::open(&path) {
            assert!(!raw.complaints().is_empty());
            assert!(raw.events().1.is_some());
        }
    }
}
