//! From all marks to the standing of each panel, and its places one by one.

use crate::base::{Points, Problem, Result};
use crate::domain::rubric::beyond::{FACTOR_PLACES, TieKey, stands_for};
use crate::domain::rubric::{Aggregation, QuotaKind, Scope};
use crate::domain::tallied::{Line, Notice, Placed};

use super::application::Shape;
use super::engine::{Column, Engine, Panel};
use super::fraction::Fraction;
use super::names::at;
use super::order::{self, Key, Place};
use super::rank::Quota;
use super::work::{Brought, Detail, Said};

/// The standing of a panel, as far as it must be kept: who stands where.
#[derive(Debug)]
pub struct Ranked {
    pub(super) panel: u32,
    /// Criteria in the order they are shown.
    pub(super) columns: Vec<u32>,
    pub(super) slots: Vec<Slot>,
    pub(super) above: Vec<usize>,
    pub(super) tied_at_line: Vec<usize>,
    pub(super) seats_left: u32,
    pub(super) quota: Option<u32>,
}

#[derive(Debug)]
pub(super) struct Slot {
    pub(super) application: u32,
    pub(super) place: Option<Place>,
    pub(super) brought: Option<Box<Brought>>,
    pub(super) at_line: bool,
    pub(super) passes: bool,
}

impl Ranked {
    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// After how many places the cut line is drawn; nothing where there is none.
    #[must_use]
    pub fn line_after(&self) -> Option<usize> {
        self.quota?;
        self.slots.first().filter(|slot| slot.place.is_some())?;
        Some(self.above.iter().chain(&self.tied_at_line).max().map_or(0, |last| last + 1))
    }
}

impl Panel {
    /// The most marks, and the most whole totals, that any application has.
    pub(super) fn recount(&mut self, shape: Shape, rule: &Aggregation) {
        let Self { applications, columns, .. } = self;
        // Application by application, as they lie in memory.
        for application in applications.iter() {
            for (column, criterion) in columns.iter_mut().zip(0u32..) {
                column.most = column.most.max(application.count(criterion, shape));
            }
        }
        if rule.scope == Scope::ExpertTotal {
            let all = 0..u32::try_from(columns.len()).unwrap_or(0);
            let mut needed: Vec<u32> =
                all.clone().filter(|criterion| columns.get(at(*criterion)).is_some_and(Column::is_expected)).collect();
            let counted = applications.iter().map(|one| {
                if rule.beyond.own_criteria {
                    needed.clear();
                    needed.extend(all.clone().filter(|criterion| one.count(*criterion, shape) > 0));
                }
                one.experts_with(&needed, !needed.is_empty(), shape).len()
            });
            self.most = counted.max().and_then(|most| u32::try_from(most).ok()).unwrap_or(0);
        }
    }
}

impl Engine {
    /// The standings of all panels, in order of their names. No mark can come
    /// in after that.
    ///
    /// # Errors
    /// A figure that does not fit, a tie key that nothing is called by, stages
    /// that carry their scores in a circle.
    pub fn rank(&mut self, quota: Quota) -> Result<Vec<Ranked>> {
        self.settle()?;
        let mut open: Vec<u32> = (0..u32::try_from(self.panels.len()).unwrap_or(u32::MAX)).collect();
        open.sort_by_key(|panel| self.panel_names.name(*panel).to_owned());
        let names: Vec<u32> = open.clone();
        let mut scores: Vec<Option<Vec<Option<Points>>>> = vec![None; self.panels.len()];
        let mut done: Vec<Option<Ranked>> = (0..self.panels.len()).map(|_| None).collect();
        while !open.is_empty() {
            let ready = |panel: &u32| {
                self.earlier(*panel)
                    .iter()
                    .all(|(_, from)| from.is_none_or(|from| scores.get(at(from)).is_some_and(Option::is_some)))
            };
            let Some(next) = open.iter().position(ready) else {
                let panels: Vec<&str> = open.iter().map(|panel| self.panel_names.name(*panel)).collect();
                return Err(Problem::CarryCircle { panels: panels.join(", ") }.into());
            };
            let panel = open.remove(next);
            let (ranked, given) = self.rank_panel(panel, quota, &scores)?;
            if let Some(slot) = scores.get_mut(at(panel)) {
                *slot = Some(given);
            }
            if let Some(slot) = done.get_mut(at(panel)) {
                *slot = Some(ranked);
            }
        }
        Ok(names.into_iter().filter_map(|panel| done.get_mut(at(panel))?.take()).collect())
    }

    /// Criteria that have a base only, factors of applications, most marks.
    pub(super) fn settle(&mut self) -> Result<()> {
        let rows = self.given.factors.iter().filter(|row| row.base.is_some());
        let mut wanted: Vec<(u32, String)> = Vec::new();
        for row in rows {
            let Some(criterion) = &row.criterion else { continue };
            let panels: Vec<u32> = match &row.panel {
                Some(name) => self.panel_names.find(name).into_iter().collect(),
                None => (0..u32::try_from(self.panels.len()).unwrap_or(0)).collect(),
            };
            for panel in panels {
                let there = self.panels.get(at(panel));
                let has = |name: &String| there.is_some_and(|there| there.names.find(name).is_some());
                if row.application.as_ref().is_none_or(has) {
                    wanted.push((panel, criterion.clone()));
                }
            }
        }
        for (panel, criterion) in wanted {
            self.column(panel, &criterion)?;
        }
        let shape = self.shape;
        let Self { panels, panel_names, factors, rule, .. } = self;
        for (number, panel) in (0u32..).zip(panels.iter_mut()) {
            panel.recount(shape, &rule.aggregation);
            let Panel { applications, columns, criteria, names, .. } = panel;
            if factors.by_application() {
                for (application, one) in applications.iter_mut().zip(0u32..) {
                    let spec = |criterion: u32| {
                        let name = criteria.name(criterion);
                        let own = rule.aggregation.beyond.factors.get(name).copied();
                        factors.of(panel_names.name(number), Some(names.name(one)), name, own)
                    };
                    application.give((0..u32::try_from(columns.len()).unwrap_or(0)).map(spec).collect());
                }
            }
        }
        Ok(())
    }

    /// The earlier stages a panel takes over from: the carry, and the panel if
    /// there is one of that name.
    pub(super) fn earlier(&self, panel: u32) -> Vec<(usize, Option<u32>)> {
        let name = self.panel_names.name(panel);
        let carries = self.rule.aggregation.beyond.carries.iter().enumerate();
        carries
            .filter_map(|(number, carry)| {
                let stood = stands_for(&carry.to, name)?;
                let from = carry.from.replacen('*', stood, 1);
                Some((number, self.panel_names.find(&from).filter(|from| *from != panel)))
            })
            .collect()
    }

    fn rank_panel(
        &self,
        number: u32,
        quota: Quota,
        scores: &[Option<Vec<Option<Points>>>],
    ) -> Result<(Ranked, Vec<Option<Points>>)> {
        let Some(panel) = self.panels.get(at(number)) else { return Err(Problem::DoesNotFit.into()) };
        let mut columns: Vec<u32> = (0..u32::try_from(panel.columns.len()).unwrap_or(0)).collect();
        if self.rule.columns.is_empty() {
            columns.sort_by_key(|column| panel.criteria.name(*column));
        }
        let ties = self.ties_of(number);
        let known = |name: &str| {
            panel.criteria.find(name).is_some()
                || name == crate::domain::rubric::beyond::COUNT_BACK
                || self.rule.groups.iter().any(|group| group.id == name)
        };
        if let Some(tie) = ties.iter().find(|tie| !known(&tie.of)) {
            let mut names: Vec<&str> = self.rule.groups.iter().map(|group| group.id.as_str()).collect();
            names.extend(columns.iter().map(|column| panel.criteria.name(*column)));
            return Err(Problem::UnknownTieKey { id: tie.of.clone(), known: names.join(" ") }.into());
        }
        let brought = self.brought(number, panel, scores)?;
        let mut given: Vec<Option<Points>> = Vec::new();
        let mut slots: Vec<Slot> = Vec::with_capacity(panel.applications.len());
        // The keys of all, one after another, and where each one's end.
        let mut keys: Vec<Key> = Vec::with_capacity(panel.applications.len() * (1 + ties.len()));
        let mut ends: Vec<usize> = Vec::with_capacity(panel.applications.len());
        for (application, brought) in (0u32..).zip(brought) {
            let large = || Problem::TooLarge { code: panel.names.name(application).to_owned() };
            let work = self.work(panel, application, &columns, brought.as_deref(), Detail::Score).ok_or_else(large)?;
            if !self.rule.aggregation.beyond.carries.is_empty() {
                given.push(work.score);
            }
            self.keys(&work, panel, application, &columns, &ties, &mut keys);
            ends.push(keys.len());
            let passes = work.score.is_some()
                && !work.said.iter().any(|said| matches!(said, Said::BelowLine | Said::BelowGroup(_)));
            slots.push(Slot { application, place: None, brought, at_line: false, passes });
        }
        let keys_of = |slot: &Slot| {
            let one = at(slot.application);
            let from = one.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
            ends.get(one).and_then(|end| keys.get(from..*end)).unwrap_or_default()
        };
        slots.sort_unstable_by(|a, b| {
            order::compare_all(keys_of(a), keys_of(b))
                .then_with(|| panel.names.name(a.application).cmp(panel.names.name(b.application)))
        });
        let with_result = slots.iter().take_while(|slot| keys_of(slot).first().is_some_and(Key::is_there)).count();
        let there = |place: usize| slots.get(place).map(keys_of);
        let places = order::number(there, with_result, self.rule.aggregation.rank_style);
        let passing: Vec<(u32, bool)> =
            places.iter().zip(&slots).map(|(place, slot)| (place.before, slot.passes)).collect();
        let seats = quota.number.filter(|_| quota.kind != QuotaKind::None);
        let (above, tied_at_line, seats_left) = seats.map(|seats| order::cut(seats, &passing)).unwrap_or_default();
        for (slot, place) in slots.iter_mut().zip(places) {
            slot.place = Some(place);
        }
        for place in &tied_at_line {
            if let Some(slot) = slots.get_mut(*place) {
                slot.at_line = true;
            }
        }
        Ok((Ranked { panel: number, columns, slots, above, tied_at_line, seats_left, quota: seats }, given))
    }

    /// What each application of a panel has from outside its marks.
    fn brought(
        &self,
        number: u32,
        panel: &Panel,
        scores: &[Option<Vec<Option<Points>>>],
    ) -> Result<Vec<Option<Box<Brought>>>> {
        let mut out: Vec<Option<Box<Brought>>> = panel.applications.iter().map(|_| None).collect();
        let name = self.panel_names.name(number);
        for row in &self.given.adjusts {
            if row.panel.as_ref().is_some_and(|panel| panel != name) {
                continue;
            }
            let Some(brought) = panel.names.find(&row.application).and_then(|one| out.get_mut(at(one))) else {
                continue;
            };
            let brought = brought.get_or_insert_default();
            brought.points = brought.points.checked_add(row.points.into()).ok_or(Problem::DoesNotFit)?;
            brought.additions = brought.additions.checked_add(row.points.max(0).into()).ok_or(Problem::DoesNotFit)?;
        }
        for (carry, from) in self.earlier(number) {
            let factor = self.rule.aggregation.beyond.carries.get(carry).map_or(0, |carry| carry.factor);
            let stage = from.and_then(|from| Some((self.panels.get(at(from))?, scores.get(at(from))?.as_ref()?)));
            for (brought, one) in out.iter_mut().zip(0u32..) {
                let brought = brought.get_or_insert_default();
                let score = stage.and_then(|(stage, scores)| {
                    scores.get(at(stage.names.find(panel.names.name(one))?)).copied().flatten()
                });
                let under = 10i128.pow(FACTOR_PLACES);
                match score.and_then(|score| Fraction::new(i128::from(score.units()) * i128::from(factor), under)) {
                    Some(carried) => brought.carried.push(carried),
                    None => brought.missing.push(carry),
                }
            }
        }
        Ok(out)
    }

    /// A panel's name; empty where the marks name none.
    #[must_use]
    pub fn name_of(&self, ranked: &Ranked) -> &str {
        self.panel_names.name(ranked.panel)
    }

    /// How many marks a panel has.
    #[must_use]
    pub fn marks_of(&self, ranked: &Ranked) -> u64 {
        self.panels.get(at(ranked.panel)).map_or(0, |panel| panel.marks)
    }

    /// Ids of a panel's criteria, as they are shown.
    #[must_use]
    pub fn criteria_of(&self, ranked: &Ranked) -> Vec<&str> {
        let Some(panel) = self.panels.get(at(ranked.panel)) else { return Vec::new() };
        ranked.columns.iter().map(|column| panel.criteria.name(*column)).collect()
    }

    /// The cut line of a panel.
    #[must_use]
    pub fn line_of(&self, ranked: &Ranked) -> Line<'_> {
        let names = |places: &[usize]| -> Vec<&str> {
            let panel = self.panels.get(at(ranked.panel));
            places.iter().filter_map(|place| Some(panel?.names.name(ranked.slots.get(*place)?.application))).collect()
        };
        Line {
            quota: ranked.quota,
            above: names(&ranked.above),
            tied_at_line: names(&ranked.tied_at_line),
            seats_left: ranked.seats_left,
        }
    }

    /// A place, worked out anew; with whose marks were dropped, if `whose`.
    #[must_use]
    pub fn place<'a>(&'a self, ranked: &Ranked, place: usize, whose: bool) -> Option<Placed<'a>> {
        self.placed(ranked, place, if whose { Detail::All } else { Detail::Figures })
    }

    /// A place without its criteria, as a table on the screen has it.
    #[must_use]
    pub fn place_in_short<'a>(&'a self, ranked: &Ranked, place: usize) -> Option<Placed<'a>> {
        self.placed(ranked, place, Detail::Sheets)
    }

    fn placed<'a>(&'a self, ranked: &Ranked, place: usize, detail: Detail) -> Option<Placed<'a>> {
        let slot = ranked.slots.get(place)?;
        let panel = self.panels.get(at(ranked.panel))?;
        let application = panel.applications.get(at(slot.application))?;
        let work = self.work(panel, slot.application, &ranked.columns, slot.brought.as_deref(), detail)?;
        let rule = &self.rule.aggregation;
        let by_criterion = rule.scope == Scope::Criterion;
        let criterion = |number: u32| panel.criteria.name(number);
        let expert = |number: u32| self.code(application, number);
        let worth = |place: &Place| rule.beyond.place_points.get(at(place.before)).copied().unwrap_or_default();
        let score = match (&slot.place, rule.beyond.place_points.is_empty()) {
            (Some(place), false) => work.score.map(|_| worth(place)),
            _ => work.score,
        };
        let mut notices: Vec<Notice<'a>> = work
            .said
            .iter()
            .map(|said| match said {
                Said::Plain => Notice::PlainStatistic,
                Said::TooFew => Notice::TooFewSheets,
                Said::Fewer => Notice::FewerSheets,
                Said::Missing(number) => Notice::MissingCriterion(criterion(*number)),
                Said::Partial(number) => Notice::PartialSheet(expert(*number)),
                Said::NoCarry(number) => {
                    Notice::MissingCarry(rule.beyond.carries.get(*number).map_or("", |carry| carry.from.as_str()))
                }
                Said::BelowLine => Notice::BelowPassLine,
                Said::BelowGroup(number) => {
                    Notice::BelowDimension(self.rule.groups.get(*number).map_or("", |group| group.id.as_str()))
                }
            })
            .chain(slot.at_line.then_some(Notice::TiedAtLine))
            .collect();
        notices.sort();
        let (mut dropped_marks, mut dropped_totals) = (Vec::new(), Vec::new());
        if by_criterion {
            dropped_marks = work.dropped.iter().map(|(number, who)| (criterion(*number), expert(*who))).collect();
        } else {
            dropped_totals = work.dropped.iter().map(|(_, who)| expert(*who)).collect();
        }
        let shown = self.rule.shown_places();
        let mut criteria = Vec::with_capacity(work.criteria.len());
        for (number, value) in &work.criteria {
            criteria.extend(value.rounded(shown, rule.rounding).map(|value| (criterion(*number), value)));
        }
        let total = |who: &u32| {
            let total = Fraction::new(self.total(application, *who, 0)?, self.total_under)?;
            Some((expert(*who), total.rounded(4, rule.rounding)?))
        };
        let groups = self.rule.groups.iter().zip(&work.sums);
        let ties = self.ties_of(ranked.panel);
        let tie_value = |tie: &&'a TieKey| {
            let number = self.sums.iter().skip(1).position(|sum| sum.id == tie.of)?;
            let places = tie.places.unwrap_or(rule.places);
            Some((tie.of.as_str(), work.sums.get(number).copied().flatten()?.rounded(places, rule.rounding)?))
        };
        Some(Placed {
            tie_values: ties.iter().filter_map(tie_value).collect(),
            code: panel.names.name(slot.application),
            rank: slot.place.as_ref().map(|place| place.rank),
            score,
            grade: work.score.and_then(|score| self.rule.grade_of(score)),
            valid_sheets: work.valid,
            dropped_totals,
            dropped_marks,
            criteria,
            groups: groups.filter_map(|(group, sum)| Some((group.id.as_str(), self.rounded((*sum)?)?))).collect(),
            expert_totals: work.counted.iter().filter_map(total).collect(),
            tied: slot.place.as_ref().is_some_and(|place| place.tied),
            tie_break: slot.place.as_ref().and_then(|place| Some(ties.get(usize::from(place.breaker?))?.of.as_str())),
            notices,
            raw: None,
        })
    }

    /// Lines of the files of factors and of adjustments that touch no
    /// application of any panel.
    #[must_use]
    pub fn untouched(&self) -> (Vec<u32>, Vec<u32>) {
        let panels = |name: &Option<String>| -> Vec<&Panel> {
            match name {
                Some(name) => {
                    self.panel_names.find(name).and_then(|number| self.panels.get(at(number))).into_iter().collect()
                }
                None => self.panels.iter().collect(),
            }
        };
        let has = |names: &super::names::Names, name: &Option<String>| {
            name.as_ref().is_none_or(|name| names.find(name).is_some())
        };
        let factors = self.given.factors.iter().filter(|row| {
            !panels(&row.panel)
                .iter()
                .any(|panel| has(&panel.names, &row.application) && has(&panel.criteria, &row.criterion))
        });
        let adjusts = self
            .given
            .adjusts
            .iter()
            .filter(|row| !panels(&row.panel).iter().any(|panel| panel.names.find(&row.application).is_some()));
        (factors.map(|row| row.line).collect(), adjusts.map(|row| row.line).collect())
    }

    /// The rule it goes by.
    #[must_use]
    pub const fn rule(&self) -> &crate::domain::counting::Counting {
        &self.rule
    }
}
