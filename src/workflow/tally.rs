//! Plain score files to standings (直接计分): no round, no keys, nothing kept.

use std::path::PathBuf;

use crate::base::{Refusal, Result};
use crate::domain::across::{Across, Standardised};
use crate::domain::counting::Counting;
use crate::domain::rubric::QuotaKind;
use crate::domain::tallied::{Line, Notice, Placed};
use crate::formats;
use crate::formats::tally_json::Basis;
use crate::tally::Engine;
use crate::tally::across::{Combined, combine};
use crate::tally::rank::Quota;
use crate::tally::standing::Ranked;

use super::compared::member;
use super::score_files::{Fed, feed, rule_of};

pub use super::score_files::Beside;

/// Standings of all panels.
#[derive(Debug)]
pub struct Tally {
    engine: Engine,
    basis: Basis,
    quota: Quota,
    panels: Vec<Ranked>,
    together: Option<Together>,
    /// How many files were read.
    pub files: usize,
    /// What lies in a folder and was not read, in order of name.
    pub passed_over: Vec<PathBuf>,
}

/// The name of all panels together.
pub const ALL: &str = "*";

/// All panels together, where the rule makes them comparable.
#[derive(Debug)]
struct Together {
    said: Standardised,
    combined: Combined,
    /// Whose place each member's is: panel, and place in it.
    whose: Vec<(usize, usize)>,
}

/// One panel's standing, or that of all of them together.
#[derive(Debug, Clone, Copy)]
pub struct Panel<'a> {
    tally: &'a Tally,
    /// Nothing: all of them.
    ranked: Option<&'a Ranked>,
}

/// Counts the marks of files, and of files in folders, by a template's rule.
///
/// # Errors
/// A rule that is not sound, and the first thing that is wrong in a file: a
/// standing that leaves a file out would be a wrong one.
pub fn tally(files: &[PathBuf], template: &str, beside: &Beside) -> Result<Tally> {
    let (rule, template) = rule_of(template)?;
    let quota = Quota::fixed(rule.quota);
    let in_factors = |refusal: Refusal| refusal.in_file(&beside.factors_name());
    let read = beside.read()?;
    let mut engine = Engine::new(rule, read.given).map_err(in_factors)?;
    let Fed { files, passed_over } = feed(files, &mut engine)?;
    let panels = engine.rank(quota)?;
    let basis = Basis { template, factors: read.factors, adjusts: read.adjusts };
    let mut tally = Tally { engine, basis, quota, panels, together: None, files, passed_over };
    tally.together = tally.put_together(beside.drawn);
    Ok(tally)
}

impl Tally {
    /// Panels, in order of their names.
    pub fn panels(&self) -> impl Iterator<Item = Panel<'_>> {
        self.panels.iter().map(|ranked| Panel { tally: self, ranked: Some(ranked) })
    }

    /// Panels, and behind them the list of all of them, where the rule asks for
    /// one: it has no places where it could not be made.
    pub fn standings(&self) -> impl Iterator<Item = Panel<'_>> {
        self.panels().chain(self.together.is_some().then_some(Panel { tally: self, ranked: None }))
    }

    /// What became of making the panels comparable, where the rule asks for it.
    #[must_use]
    pub fn standardised(&self) -> Option<&Standardised> {
        self.together.as_ref().map(|together| &together.said)
    }

    /// Makes the panels comparable.
    fn put_together(&self, drawn: bool) -> Option<Together> {
        let rule = &self.rule().aggregation;
        let method = rule.beyond.across;
        if method == Across::None || self.panels.len() < 2 {
            return None;
        }
        let mut members = Vec::new();
        let mut whose = Vec::new();
        for (number, panel) in self.panels().enumerate() {
            for (at, placed) in panel.places_in_short().enumerate() {
                members.push(member(panel.name().to_owned(), &placed));
                whose.push((number, at));
            }
        }
        let (combined, why_not) = match combine(rule, drawn, &members, self.quota) {
            Ok(combined) => (combined, None),
            Err(why_not) => (Combined::default(), Some(why_not)),
        };
        Some(Together { said: Standardised { method, why_not }, combined, whose })
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
        let mut text = Vec::new();
        for (number, panel) in self.standings().enumerate() {
            let across = self.standardised().filter(|_| panel.is_all());
            let begin = json::begin(panel.name(), self.rule(), &self.basis, panel.marks(), across, number == 0);
            out(begin.as_bytes());
            for (at, placed) in panel.places(true).enumerate() {
                text.clear();
                json::place(&mut text, self.rule(), &placed, at == 0);
                out(&text);
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
        let across = self.standardised().is_some_and(|across| across.why_not.is_none());
        out(csv::header(rule, &criteria, &groups, across).as_bytes());
        let mut row = String::new();
        for panel in self.standings() {
            for placed in panel.places(csv::tells_dropped(rule)) {
                row.clear();
                csv::place(&mut row, rule, panel.name(), &placed, (&criteria, &groups), across);
                out(row.as_bytes());
            }
        }
    }
}

impl<'a> Panel<'a> {
    /// Whether it is all panels together.
    #[must_use]
    pub const fn is_all(&self) -> bool {
        self.ranked.is_none()
    }

    fn together(&self) -> Option<&'a Together> {
        self.tally.together.as_ref().filter(|_| self.is_all())
    }

    /// Its name; empty where the marks name none.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.ranked.map_or(ALL, |ranked| self.tally.engine.name_of(ranked))
    }

    /// How many marks it has.
    #[must_use]
    pub fn marks(&self) -> u64 {
        self.ranked.map_or_else(|| self.tally.engine.marks(), |ranked| self.tally.engine.marks_of(ranked))
    }

    /// Its criteria, as they are shown.
    #[must_use]
    pub fn criteria(&self) -> Vec<&'a str> {
        self.ranked.map(|ranked| self.tally.engine.criteria_of(ranked)).unwrap_or_default()
    }

    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ranked.map_or_else(|| self.together().map_or(0, |all| all.combined.places.len()), Ranked::len)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Its places, best first, each worked out as it is asked for; with whose
    /// marks were dropped, if `whose`.
    pub fn places(self, whose: bool) -> impl Iterator<Item = Placed<'a>> {
        (0..self.len()).filter_map(move |place| match self.ranked {
            Some(ranked) => self.tally.engine.place(ranked, place, whose),
            None => self.place_of_all(place, whose),
        })
    }

    /// A place among all panels: that of its panel, with the comparable score.
    fn place_of_all(&self, at: usize, whose: bool) -> Option<Placed<'a>> {
        let Together { combined, whose: members, .. } = self.together()?;
        let place = combined.places.get(at)?;
        let (panel, of_panel) = members.get(place.member)?;
        let ranked = self.tally.panels.get(*panel)?;
        let mut placed = self.tally.engine.place(ranked, *of_panel, whose)?;
        placed.raw = Some((self.tally.engine.name_of(ranked), placed.score));
        placed.rank = place.rank;
        placed.score = place.score;
        placed.tied = place.tied;
        if !place.by_group {
            placed.tie_break = None;
        }
        placed.notices.retain(|notice| *notice != Notice::TiedAtLine);
        if combined.tied_at_line.contains(&at) {
            placed.notices.push(Notice::TiedAtLine);
            placed.notices.sort();
        }
        Some(placed)
    }

    /// The same without criteria.
    pub fn places_in_short(self) -> impl Iterator<Item = Placed<'a>> {
        (0..self.len()).filter_map(move |place| match self.ranked {
            Some(ranked) => self.tally.engine.place_in_short(ranked, place),
            None => self.place_of_all(place, false),
        })
    }

    /// Its cut line.
    #[must_use]
    pub fn line(&self) -> Line<'a> {
        let Some(ranked) = self.ranked else { return self.line_of_all().unwrap_or_default() };
        self.tally.engine.line_of(ranked)
    }

    fn line_of_all(&self) -> Option<Line<'a>> {
        let combined = &self.together()?.combined;
        let codes =
            |places: &[usize]| places.iter().filter_map(|at| Some(self.place_of_all(*at, false)?.code)).collect();
        Some(Line {
            quota: combined.quota,
            above: codes(&combined.above),
            tied_at_line: codes(&combined.tied_at_line),
            seats_left: combined.seats_left,
        })
    }

    /// After how many places the line is drawn, and of what kind it is.
    #[must_use]
    pub fn line_after(&self) -> Option<(usize, QuotaKind)> {
        let after = match self.ranked {
            Some(ranked) => ranked.line_after(),
            None => self.together().and_then(|all| all.combined.line_after()),
        };
        Some((after?, self.tally.quota.kind))
    }
}
