//! The files of the folder: what the log keeps is there under its name with its
//! digest, and nothing lies there that no event knows.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use crate::base::{Digest, Problem, Refusal, VerifyKey};
use crate::domain::round::Event;
use crate::seal::Secret;

use super::words::say;
use super::{Audit, Check, Evidence, Link};
use crate::workflow::check::LETTERS;
use crate::workflow::collect::INBOX;
use crate::workflow::issue::{OUTBOX, SIGN_IN};
use crate::workflow::packets::read_file;
use crate::workflow::round::keys::DESK_FILE;

/// Folders of a round; others are none of its business.
const FOLDERS: [&str; 5] = [INBOX, OUTBOX, "exports", SIGN_IN, "keys"];
/// Most names listed in a note.
const NAMES: usize = 12;

/// What a file held, oldest first, each with the event that keeps it.
pub(super) type Kept<'a> = BTreeMap<String, Vec<(Digest, &'a Link)>>;

/// Every file that events keep, with all that it ever held.
pub(super) fn kept(evidence: &Evidence) -> Kept<'_> {
    let mut kept: Kept<'_> = BTreeMap::new();
    for link in &evidence.links {
        let (file, digest) = match &link.event {
            Some(Event::FileKept { file, digest, .. }) => (file.clone(), digest),
            Some(Event::Exported { file: Some(file), digest, .. }) => (file.clone(), digest),
            Some(Event::SheetListed { file, digest, .. }) => (format!("{INBOX}/{file}"), digest),
            Some(Event::Issued { expert, bundle, .. }) => (format!("{OUTBOX}/{expert}.bundle"), bundle),
            _ => continue,
        };
        kept.entry(file).or_default().push((*digest, link));
    }
    kept
}

/// A path within the folder, where it does not lead out of it.
pub(super) fn inside(dir: &Path, file: &str) -> Option<PathBuf> {
    let path = Path::new(file);
    let plain = path.components().all(|part| matches!(part, Component::Normal(_))) && !file.contains('\\');
    (plain && !file.is_empty()).then(|| dir.join(path))
}

/// Judges the folder.
pub(super) fn check(evidence: &Evidence, audit: &mut Audit) {
    let kept = kept(evidence);
    for (file, held) in &kept {
        audit.looked(Check::Files, 1);
        file_holds(evidence, file, held, &kept, audit);
    }
    foreign(evidence, &kept, audit);
    desk_key(evidence, &kept, audit);
}

fn file_holds(evidence: &Evidence, file: &str, held: &[(Digest, &Link)], kept: &Kept<'_>, audit: &mut Audit) {
    let Some((wanted, link)) = held.last() else { return };
    let mut find = |say| audit.find(Check::Files, file, say, Some(link.who()));
    let Some(path) = inside(&evidence.dir, file) else { return find(say!(file_name)) };
    let found = match std::fs::symlink_metadata(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return find(say!(file_missing)),
        Err(error) => return find(say!(file_unreadable, Refusal::reading(file, &error))),
        Ok(found) => found,
    };
    if !found.is_file() {
        return find(say!(file_link));
    }
    let digest = std::fs::File::open(&path).and_then(Digest::of_reader);
    let digest = match digest {
        Err(error) => return find(say!(file_unreadable, Refusal::reading(file, &error))),
        Ok(digest) => digest,
    };
    if digest == *wanted {
        return;
    }
    let older = held.iter().rev().find(|(older, _)| *older == digest);
    let other = kept.iter().find(|(other, held)| *other != file && held.iter().any(|(there, _)| *there == digest));
    match (older, other) {
        (Some((_, older)), _) => find(say!(file_older, older.seq.to_string())),
        (None, Some((other, _))) => find(say!(file_swapped, other.clone())),
        (None, None) => find(say!(file_altered, digest.short(), wanted.short())),
    }
}

/// Files of one folder of the round, by their path within it.
pub(super) fn in_folder(dir: &Path, folder: &str) -> Vec<String> {
    let at = if folder.is_empty() { dir.to_owned() } else { dir.join(folder) };
    let Ok(entries) = std::fs::read_dir(at) else { return Vec::new() };
    let mut files: Vec<String> = entries
        .filter_map(Result::ok)
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            if folder.is_empty() { name } else { format!("{folder}/{name}") }
        })
        .collect();
    files.sort();
    files
}

/// What a file is that no event keeps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stray {
    /// It comes and goes with the work, and means nothing.
    Passing,
    /// An expert's own: a draft, a key, a sheet beside its bundle.
    Own,
    /// No part of a round.
    Left,
    /// It says that it is one of the round's.
    Foreign,
}

fn stray(file: &str, is_folder: bool) -> Stray {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let path = Path::new(name);
    let ends = |endings: &[&str]| {
        path.extension().is_some_and(|found| endings.iter().any(|ending| found.eq_ignore_ascii_case(ending)))
    };
    let known = matches!(file, "round.db" | "round.head") || is_folder && (FOLDERS.contains(&file) || file == LETTERS);
    if known || ends(&["lock", "part"]) || name.ends_with("-journal") {
        return Stray::Passing;
    }
    let of_the_system = name.starts_with('.') || matches!(name, "Thumbs.db" | "desktop.ini");
    if is_folder || of_the_system {
        return Stray::Left;
    }
    match folder {
        INBOX if ends(&["sheet", "csv"]) => Stray::Foreign,
        INBOX => Stray::Left,
        OUTBOX if ends(&["bundle", "update", "signed"]) => Stray::Foreign,
        OUTBOX if ends(&["draft", "key", "sheet", "old"]) => Stray::Own,
        OUTBOX => Stray::Left,
        _ => Stray::Foreign,
    }
}

/// Files that no event keeps.
fn foreign(evidence: &Evidence, kept: &Kept<'_>, audit: &mut Audit) {
    let (mut own, mut left) = (Vec::new(), Vec::new());
    let listed = |digest: &Digest| evidence.state.listed.iter().any(|listed| listed.digest == *digest);
    for folder in std::iter::once("").chain(FOLDERS) {
        for file in in_folder(&evidence.dir, folder) {
            if kept.contains_key(&file) {
                continue;
            }
            let path = evidence.dir.join(&file);
            let is_folder = path.is_dir();
            match stray(&file, is_folder) {
                Stray::Passing => {}
                Stray::Own => {
                    // A sheet that was collected from here is known by its digest.
                    if !digest(&path).is_some_and(|found| listed(&found)) {
                        own.push(file);
                    }
                }
                Stray::Left => left.push(file),
                Stray::Foreign => {
                    audit.looked(Check::Files, 1);
                    match digest(&path).and_then(|found| exported(evidence, &found)) {
                        Some(what) => audit.note(Check::Files, file, say!(file_elsewhere, what)),
                        None => audit.find(Check::Files, file, say!(file_foreign), None),
                    }
                }
            }
        }
    }
    if !own.is_empty() {
        audit.note(Check::Files, OUTBOX, say!(file_own, names(&own)));
    }
    if !left.is_empty() {
        audit.note(Check::Files, "", say!(file_left, names(&left)));
    }
}

fn digest(path: &Path) -> Option<Digest> {
    std::fs::File::open(path).and_then(Digest::of_reader).ok()
}

/// What was exported with this digest to a place of the user's.
fn exported(evidence: &Evidence, found: &Digest) -> Option<String> {
    evidence.links.iter().find_map(|link| match &link.event {
        Some(Event::Exported { what, digest, file: None }) if digest == found => Some(what.clone()),
        _ => None,
    })
}

fn names(files: &[String]) -> String {
    let some: Vec<&str> = files.iter().take(NAMES).map(String::as_str).collect();
    let more = if files.len() > NAMES { format!(" … {}", files.len()) } else { String::new() };
    format!("{}{more}", some.join(" "))
}

/// The folder's key must be the one the first event names.
fn desk_key(evidence: &Evidence, kept: &Kept<'_>, audit: &mut Audit) {
    audit.looked(Check::Files, 1);
    let key = || -> Result<VerifyKey, Refusal> {
        let bytes = read_file(&evidence.dir.join(DESK_FILE), 4096)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| Problem::NotOurEncoding)?;
        Ok(Secret::from_spare(text.trim_end())?.public().verify)
    };
    let who = kept.get(DESK_FILE).and_then(|held| held.last()).map(|(_, link)| link.who());
    match key() {
        Ok(key) if Some(key) == evidence.state.desk => {}
        // That it is not there is said already where the log keeps it.
        Err(refusal) if *refusal.problem() == Problem::NotFound && kept.contains_key(DESK_FILE) => {}
        _ => audit.find(Check::Files, DESK_FILE, say!(file_desk), who),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_event_knows_is_told_apart() {
        for (file, is_folder, expected) in [
            ("round.db", false, Stray::Passing),
            ("round.db.lock", false, Stray::Passing),
            ("round.db-journal", false, Stray::Passing),
            ("inbox", true, Stray::Passing),
            ("scans", true, Stray::Left),
            (".DS_Store", false, Stray::Left),
            ("round2.db", false, Stray::Foreign),
            ("inbox/E09.sheet", false, Stray::Foreign),
            ("inbox/E09.CSV", false, Stray::Foreign),
            ("inbox/note.txt", false, Stray::Left),
            ("outbox/E09.bundle", false, Stray::Foreign),
            ("outbox/E09.draft", false, Stray::Own),
            ("outbox/E09.draft.lock", false, Stray::Passing),
            ("exports/other.csv", false, Stray::Foreign),
            ("keys/other.key", false, Stray::Foreign),
            ("sign-in/slips-2.md", false, Stray::Foreign),
        ] {
            assert!(stray(file, is_folder) == expected, "{file}");
        }
    }

    #[test]
    fn no_name_of_the_log_leads_out_of_the_folder() {
        let dir = Path::new("r");
        assert_eq!(inside(dir, "inbox/E03.sheet"), Some(PathBuf::from("r/inbox/E03.sheet")));
        for wrong in ["../x", "/etc/passwd", "inbox/../../x", "", ".", "a\\b"] {
            assert_eq!(inside(dir, wrong), None, "{wrong}");
        }
    }
}
