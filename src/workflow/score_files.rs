//! Plain score files (打分明细表): which there are, what is read beside them, and
//! their marks handed on.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::base::{Digest, Limits, Problem, Refusal, Result};
use crate::domain::counting::Counting;
use crate::domain::given::{EmployerRow, Given};
use crate::domain::marks::Marks;
use crate::formats;
use crate::tally::doubt::table::Table;
use crate::tally::rank::Quota;

use super::library;
use super::packets::read_file;

/// How deep folders are looked through.
const DEEPEST: u32 = 16;

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

/// What was read beside the marks, with the digests of its files.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) given: Given,
    pub(super) factors: Option<Digest>,
    pub(super) adjusts: Option<Digest>,
}

impl Beside {
    /// What belongs to applications and not to the rule.
    ///
    /// # Errors
    /// A file that is no such table.
    pub(super) fn read(&self) -> Result<Read> {
        let (rows, factors) = table(self.factors.as_ref(), formats::given::factors)?;
        let (points, adjusts) = table(self.adjusts.as_ref(), formats::given::adjusts)?;
        Ok(Read { given: Given { factors: rows, adjusts: points }, factors, adjusts })
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

/// An empty table for a rule, to keep the marks of score files in.
///
/// # Errors
/// A rule or a table beside it that is not sound.
pub(super) fn empty_table(template: &str, beside: &Beside) -> Result<(Table, Quota)> {
    let (rule, _) = rule_of(template)?;
    let quota = Quota::fixed(rule.quota);
    let in_factors = |refusal: Refusal| refusal.in_file(&beside.factors_name());
    Ok((Table::new(rule, beside.read()?.given).map_err(in_factors)?, quota))
}

/// What was read.
#[derive(Debug)]
pub(super) struct Fed {
    /// How many files.
    pub(super) files: usize,
    /// What lies in a folder and was not read, in order of name.
    pub(super) passed_over: Vec<PathBuf>,
}

/// Hands on the marks of files, and of files in folders.
///
/// # Errors
/// The first thing that is wrong in a file: a standing that leaves a file out
/// would be a wrong one. No mark in any of them.
pub(super) fn feed(files: &[PathBuf], marks: &mut impl Marks) -> Result<Fed> {
    let Listed { files, passed_over } = list(files)?;
    let mut any = false;
    for path in &files {
        let name = path.display().to_string();
        let mut file = File::open(path).map_err(|error| Refusal::reading(&name, &error))?;
        any |=
            formats::long_csv::read(&mut file, &Limits::STANDARD, marks).map_err(|refusal| refusal.in_file(&name))? > 0;
    }
    if !any {
        let only = files.first().filter(|_| files.len() == 1).map(|path| path.display().to_string());
        return Err(Refusal::from(Problem::NoMarks).in_file(&only.unwrap_or_default()));
    }
    Ok(Fed { files: files.len(), passed_over })
}

/// Employers from some tables.
///
/// # Errors
/// A file that is no such table.
pub(super) fn employers(files: &[PathBuf]) -> Result<Vec<EmployerRow>> {
    let mut out = Vec::new();
    for path in files {
        out.extend(table(Some(path), formats::given::employers)?.0);
    }
    Ok(out)
}

/// The rows of a table beside the marks, and its digest.
fn table<T>(path: Option<&PathBuf>, read: fn(&[u8], &Limits) -> Result<Vec<T>>) -> Result<(Vec<T>, Option<Digest>)> {
    let Some(path) = path else { return Ok((Vec::new(), None)) };
    let limits = Limits { rows: usize::MAX, cells: usize::MAX, ..Limits::STANDARD };
    let bytes = read_file(path, u64::try_from(limits.text).unwrap_or(u64::MAX))?;
    let rows = read(&bytes, &limits).map_err(|refusal| refusal.in_file(&path.display().to_string()))?;
    Ok((rows, Some(Digest::of(&bytes))))
}

/// Files to read, and what lies beside them.
#[derive(Debug, Default)]
struct Listed {
    files: Vec<PathBuf>,
    passed_over: Vec<PathBuf>,
}

/// The files; those of a folder, and of folders in it, in order of name.
fn list(given: &[PathBuf]) -> Result<Listed> {
    let mut out = Listed::default();
    for path in given {
        if path.is_dir() {
            let before = out.files.len();
            in_folder(path, &mut out, DEEPEST)?;
            if out.files.len() == before {
                return Err(Refusal::from(Problem::NoScores).in_file(&path.display().to_string()));
            }
        } else {
            out.files.push(path.clone());
        }
    }
    Ok(out)
}

fn in_folder(folder: &Path, out: &mut Listed, deeper: u32) -> Result<()> {
    let name = folder.display().to_string();
    let mut there = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| Refusal::reading(&name, &error))? {
        there.push(entry.map_err(|error| Refusal::reading(&name, &error))?.path());
    }
    there.sort();
    for path in there {
        let is_csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '~']));
        let folder = path.is_dir() && !path.is_symlink();
        match deeper.checked_sub(1).filter(|_| folder) {
            _ if hidden => {}
            Some(deeper) => in_folder(&path, out, deeper)?,
            None if is_csv && path.is_file() => out.files.push(path),
            None => out.passed_over.push(path),
        }
    }
    Ok(())
}
