//! Plain score files to standings (直接计分): no round, no keys, nothing kept.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::base::{Digest, Limits, Problem, Refusal, Result};
use crate::domain::counting::Counting;
use crate::domain::given::Given;
use crate::domain::rubric::QuotaKind;
use crate::domain::tallied::{Line, Placed};
use crate::formats;
use crate::tally::Engine;
use crate::tally::rank::Quota;
use crate::tally::standing::Ranked;

use super::library;
use super::packets::read_file;

/// What is read beside the marks.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Factors and bases.
    pub factors: Option<PathBuf>,
    /// Additions and deductions.
    pub adjusts: Option<PathBuf>,
}

/// Standings of all panels.
#[derive(Debug)]
pub struct Tally {
    engine: Engine,
    template: Digest,
    quota: Quota,
    panels: Vec<Ranked>,
    /// How many files were read.
    pub files: usize,
}

/// One panel's standing.
#[derive(Debug, Clone, Copy)]
pub struct Panel<'a> {
    tally: &'a Tally,
    ranked: &'a Ranked,
}

/// Counts the marks of files, and of files in folders, by a template's rule.
///
/// # Errors
/// A rule that is not sound, and the first thing that is wrong in a file: a
/// standing that leaves a file out would be a wrong one.
pub fn tally(files: &[PathBuf], template: &str, beside: &Beside) -> Result<Tally> {
    let bytes = library::template_bytes(template)?;
    let rule = library::sound_counting(&bytes).map_err(|refusal| refusal.in_file(template))?;
    let quota = Quota::fixed(rule.quota);
    let given = Given {
        factors: given(beside.factors.as_ref(), formats::given::factors)?,
        adjusts: given(beside.adjusts.as_ref(), formats::given::adjusts)?,
    };
    let named = |path: Option<&PathBuf>| path.map(|path| path.display().to_string()).unwrap_or_default();
    let mut engine = Engine::new(rule, given).map_err(|refusal| refusal.in_file(&named(beside.factors.as_ref())))?;
    let files = list(files)?;
    for path in &files {
        let name = path.display().to_string();
        let mut file = File::open(path).map_err(|error| Refusal::reading(&name, &error))?;
        formats::long_csv::read(&mut file, &Limits::STANDARD, &mut engine).map_err(|refusal| refusal.in_file(&name))?;
    }
    let panels = engine.rank(quota)?;
    Ok(Tally { engine, template: Digest::of(&bytes), quota, panels, files: files.len() })
}

fn given<T>(path: Option<&PathBuf>, read: fn(&[u8], &Limits) -> Result<Vec<T>>) -> Result<Vec<T>> {
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

impl Tally {
    /// Panels, in order of their names.
    pub fn panels(&self) -> impl Iterator<Item = Panel<'_>> {
        self.panels.iter().map(|ranked| Panel { tally: self, ranked })
    }

    /// The rule it goes by.
    #[must_use]
    pub const fn rule(&self) -> &Counting {
        self.engine.rule()
    }

    /// How many marks were read.
    #[must_use]
    pub fn marks(&self) -> u64 {
        self.engine.marks()
    }

    /// Lines of factors and of adjustments that nothing was made of.
    #[must_use]
    pub fn untouched(&self) -> (Vec<u32>, Vec<u32>) {
        self.engine.untouched()
    }

    /// Everything as json, piece by piece.
    pub fn json(&self, out: &mut dyn FnMut(&[u8])) {
        use formats::tally_json as json;
        for (number, panel) in self.panels().enumerate() {
            out(json::begin(panel.name(), self.rule(), self.template, panel.marks(), number == 0).as_bytes());
            for (at, placed) in panel.places(true).enumerate() {
                out(json::place(self.rule(), &placed, at == 0).as_bytes());
            }
            out(json::end(&panel.line(), self.quota.kind).as_bytes());
        }
        out(json::close(self.panels.is_empty()).as_bytes());
    }

    /// Everything as csv, row by row.
    pub fn csv(&self, out: &mut dyn FnMut(&[u8])) {
        use formats::tally_csv as csv;
        let rule = self.rule();
        let mut criteria: Vec<&str> = Vec::new();
        if rule.aggregation.scope == crate::domain::rubric::Scope::Criterion {
            criteria = self.panels().flat_map(|panel| panel.criteria()).collect();
            if rule.columns.is_empty() {
                criteria.sort_unstable();
                criteria.dedup();
            } else {
                criteria = rule.columns.iter().map(|column| column.id.as_str()).collect();
            }
        }
        let groups: Vec<&str> = rule.groups.iter().map(|group| group.id.as_str()).collect();
        out(csv::header(&criteria, &groups).as_bytes());
        let mut row = String::new();
        for panel in self.panels() {
            for placed in panel.places(false) {
                row.clear();
                csv::place(&mut row, rule, panel.name(), &placed, &criteria, &groups);
                out(row.as_bytes());
            }
        }
    }
}

impl<'a> Panel<'a> {
    /// Its name; empty where the marks name none.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.tally.engine.name_of(self.ranked)
    }

    /// How many marks it has.
    #[must_use]
    pub fn marks(&self) -> u64 {
        self.tally.engine.marks_of(self.ranked)
    }

    /// Its criteria, as they are shown.
    #[must_use]
    pub fn criteria(&self) -> Vec<&'a str> {
        self.tally.engine.criteria_of(self.ranked)
    }

    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ranked.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranked.is_empty()
    }

    /// Its places, best first, each worked out as it is asked for; with whose
    /// marks were dropped, if `whose`.
    pub fn places(self, whose: bool) -> impl Iterator<Item = Placed<'a>> {
        (0..self.ranked.len()).filter_map(move |place| self.tally.engine.place(self.ranked, place, whose))
    }

    /// Its cut line.
    #[must_use]
    pub fn line(&self) -> Line<'a> {
        self.tally.engine.line_of(self.ranked)
    }

    /// After how many places the line is drawn, and of what kind it is.
    #[must_use]
    pub fn line_after(&self) -> Option<(usize, QuotaKind)> {
        Some((self.ranked.line_after()?, self.tally.quota.kind))
    }
}
