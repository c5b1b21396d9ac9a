//! Plain score files (打分明细表): which there are, what is read beside them, and
//! their marks handed on.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::base::{Digest, Limits, Problem, Refusal, Result};
use crate::domain::counting::Counting;
use crate::domain::given::{EmployerRow, Given};
use crate::domain::marks::Marks;
use crate::formats;

use super::library;
use super::packets::read_file;

/// What is read beside the marks.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Whether the panels were drawn at random.
    pub drawn: bool,
    /// Factors and bases.
    pub factors: Option<PathBuf>,
    /// Additions and deductions.
    pub adjusts: Option<PathBuf>,
}

impl Beside {
    /// What belongs to applications and not to the rule.
    ///
    /// # Errors
    /// A file that is no such table.
    pub(super) fn given(&self) -> Result<Given> {
        Ok(Given {
            factors: table(self.factors.as_ref(), formats::given::factors)?,
            adjusts: table(self.adjusts.as_ref(), formats::given::adjusts)?,
        })
    }

    /// The name of the file of factors, for what is wrong about it.
    pub(super) fn factors_name(&self) -> String {
        self.factors.as_ref().map(|path| path.display().to_string()).unwrap_or_default()
    }
}

/// A rule by its template's id or file, and the digest of its bytes.
///
/// # Errors
/// Not there, or not sound.
pub(super) fn rule_of(template: &str) -> Result<(Counting, Digest)> {
    let bytes = library::template_bytes(template)?;
    let rule = library::sound_counting(&bytes).map_err(|refusal| refusal.in_file(template))?;
    Ok((rule, Digest::of(&bytes)))
}

/// Hands on the marks of files, and of files in folders; how many there are.
///
/// # Errors
/// The first thing that is wrong in a file: a standing that leaves a file out
/// would be a wrong one.
pub(super) fn feed(files: &[PathBuf], marks: &mut impl Marks) -> Result<usize> {
    let files = list(files)?;
    for path in &files {
        let name = path.display().to_string();
        let mut file = File::open(path).map_err(|error| Refusal::reading(&name, &error))?;
        formats::long_csv::read(&mut file, &Limits::STANDARD, marks).map_err(|refusal| refusal.in_file(&name))?;
    }
    Ok(files.len())
}

/// Employers from some tables.
///
/// # Errors
/// A file that is no such table.
pub(super) fn employers(files: &[PathBuf]) -> Result<Vec<EmployerRow>> {
    let mut out = Vec::new();
    for path in files {
        out.extend(table(Some(path), formats::given::employers)?);
    }
    Ok(out)
}

fn table<T>(path: Option<&PathBuf>, read: fn(&[u8], &Limits) -> Result<Vec<T>>) -> Result<Vec<T>> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let limits = Limits { rows: usize::MAX, cells: usize::MAX, ..Limits::STANDARD };
    let bytes = read_file(path, u64::try_from(limits.text).unwrap_or(u64::MAX))?;
    read(&bytes, &limits).map_err(|refusal| refusal.in_file(&path.display().to_string()))
}

/// The files, those of a folder in order of name.
fn list(given: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for path in given {
        if path.is_dir() {
            let before = out.len();
            out.extend(in_folder(path)?);
            if out.len() == before {
                return Err(Refusal::from(Problem::NoScores).in_file(&path.display().to_string()));
            }
        } else {
            out.push(path.clone());
        }
    }
    Ok(out)
}

fn in_folder(folder: &Path) -> Result<Vec<PathBuf>> {
    let name = folder.display().to_string();
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| Refusal::reading(&name, &error))? {
        let path = entry.map_err(|error| Refusal::reading(&name, &error))?.path();
        let is_csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '~']));
        if is_csv && !hidden && path.is_file() {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}
