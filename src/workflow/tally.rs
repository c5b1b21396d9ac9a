//! Plain score files to standings (直接计分): no round, no keys, nothing kept.

use std::path::PathBuf;

use crate::base::{Digest, Refusal, Result};
use crate::domain::counting::Counting;
use crate::domain::rubric::QuotaKind;
use crate::domain::tallied::{Line, Placed};
use crate::formats;
use crate::tally::Engine;
use crate::tally::rank::Quota;
use crate::tally::standing::Ranked;

use super::score_files::{feed, rule_of};

pub use super::score_files::Beside;

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
    let (rule, digest) = rule_of(template)?;
    let quota = Quota::fixed(rule.quota);
    let in_factors = |refusal: Refusal| refusal.in_file(&beside.factors_name());
    let mut engine = Engine::new(rule, beside.given()?).map_err(in_factors)?;
    let files = feed(files, &mut engine)?;
    let panels = engine.rank(quota)?;
    Ok(Tally { engine, template: digest, quota, panels, files })
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
