//! The one engine: a stream of marks in, standings out.
//!
//! Marks come in any order and none is kept. Nothing of a result depends on that
//! order: names are told apart by what they are, and of equals the one with the
//! lower code goes first. Marks are integers on the grid; what does not fit is
//! refused, never wrapped.

use crate::base::limits::{Counted, too_many};
use crate::base::{Points, Problem, Result};
use crate::domain::counting::{Column as Known, Counting};
use crate::domain::given::Given;
use crate::domain::marks::{Marks, Spot};
use crate::domain::rubric::beyond::{COUNT_BACK, Group, TieKey, VALUE_PLACES};
use crate::domain::rubric::{Below, Scope, Statistic};

use super::application::{Application, NotTaken, Shape};
use super::fraction::Fraction;
use super::given::{Factors, ONE};
use super::names::{Names, at, sort_key};

/// Most panels of one run.
const MOST_PANELS: usize = 100_000;
/// Most applications of one panel.
const MOST_APPLICATIONS: usize = 10_000_000;
/// Most experts.
const MOST_EXPERTS: usize = 1_000_000;
/// Most criteria of one panel.
const MOST_CRITERIA: usize = 4_096;
/// Most marks dropped a side.
const MOST_DROPPED: usize = 1_000;
/// Largest of a packed mark: 47 bits.
const MOST_VALUE: i64 = 1 << 46;

/// What takes marks in and makes standings of them.
#[derive(Debug)]
pub struct Engine {
    pub(super) rule: Counting,
    pub(super) shape: Shape,
    /// The score, the groups, and what else equals are told apart by.
    pub(super) sums: Vec<Group>,
    /// Units of a value that make 1/10,000 of a point.
    pub(super) under: i128,
    /// The same of an expert's total.
    pub(super) total_under: i128,
    pub(super) panel_names: Names,
    pub(super) panels: Vec<Panel>,
    pub(super) expert_names: Names,
    expert_keys: Vec<u64>,
    pub(super) factors: Factors,
    pub(super) given: Given,
    limits: bool,
    /// Marks are taken as they are, and go into no expert's total.
    direct: bool,
    last: (Spot, u32),
}

/// A panel (组、场次): what is ranked together.
#[derive(Debug, Default)]
pub(super) struct Panel {
    pub(super) names: Names,
    pub(super) applications: Vec<Application>,
    pub(super) criteria: Names,
    pub(super) columns: Vec<Column>,
    /// Marks that are missing and were said to be.
    blanks: std::collections::HashSet<(u32, u32, u32)>,
    pub(super) marks: u64,
    /// Most experts whose totals count for one application.
    pub(super) most: u32,
}

/// A criterion within a panel.
#[derive(Debug, Default)]
pub(super) struct Column {
    /// The template knows it.
    pub(super) declared: bool,
    /// Highest mark and step, in units.
    grid: Option<(i64, i64)>,
    /// Which sums it belongs to, by their numbers.
    pub(super) sums: Vec<usize>,
    /// Factor and base, where no application has its own.
    pub(super) given: (i64, Option<i64>),
    /// Most marks that any application has.
    pub(super) most: u32,
}

impl Column {
    /// Whether a whole sheet has a mark for it.
    pub(super) const fn is_expected(&self) -> bool {
        self.declared || self.most > 0
    }
}

impl Engine {
    /// An engine for a rule, with what belongs to applications and not to it.
    ///
    /// # Errors
    /// Two rows of factors for the same.
    pub fn new(rule: Counting, given: Given) -> Result<Self> {
        let mut engine = Self::bare(rule, given)?;
        engine.limits = true;
        Ok(engine)
    }

    /// The same, for marks that were held to the template already.
    pub(super) fn bare(rule: Counting, given: Given) -> Result<Self> {
        let factors = Factors::new(&given.factors)?;
        let of = |id: &str, criteria: Vec<String>| Group { id: id.to_owned(), criteria, max: None, additions: false };
        let mut sums = vec![of("", vec!["*".to_owned()])];
        sums.extend(rule.groups.iter().cloned());
        for key in &rule.ties {
            if key.of != COUNT_BACK && sums.iter().all(|sum| sum.id != key.of) {
                sums.push(of(&key.of, vec![key.of.clone()]));
            }
        }
        let a = &rule.aggregation;
        let by_total = a.scope == Scope::ExpertTotal;
        let drops = a.drop_low > 0 || a.drop_high > 0;
        let all_kept = a.statistic == Statistic::Median || drops && a.below == Below::Median;
        let (low, high) = if all_kept || by_total { (0, 0) } else { (at(a.drop_low), at(a.drop_high)) };
        let shape = Shape {
            low,
            high,
            totals: if by_total { sums.len() } else { 0 },
            all: !by_total && (all_kept || rule.ties.iter().any(|key| key.of == COUNT_BACK)),
        };
        let under = if a.beyond.mark_values.is_empty() { 1 } else { 10i128.pow(VALUE_PLACES - 4) };
        let plain = a.beyond.mark_values.is_empty();
        let unweighted = factors.is_empty() && a.beyond.factors.is_empty();
        let total_under = if unweighted { under } else { under * i128::from(ONE) };
        if low.max(high) > MOST_DROPPED {
            return Err(too_many(Counted::Rows, MOST_DROPPED).into());
        }
        let rule_is_open = rule.columns.is_empty();
        Ok(Self {
            rule,
            shape,
            sums,
            under,
            total_under,
            panel_names: Names::default(),
            panels: Vec::new(),
            expert_names: Names::default(),
            expert_keys: Vec::new(),
            factors,
            given,
            limits: false,
            direct: plain && shape.totals == 0 && rule_is_open,
            last: (Spot { application: u32::MAX, ..Spot::default() }, 0),
        })
    }

    /// Keeps experts' totals under a rule by criterion too; before the first mark.
    pub(super) fn with_totals(mut self) -> Self {
        self.shape.totals = self.sums.len();
        self.direct = false;
        self
    }

    /// What a mark is worth, in units.
    fn worth(&self, mark: Points, column: &Column) -> Result<i64> {
        let units = mark.units();
        if let (true, Some((max, step))) = (self.limits, column.grid) {
            if units > max {
                let max = Points::from_units(max).to_string();
                return Err(Problem::AboveMax { value: mark.to_string(), max }.into());
            }
            if units.checked_rem(step).is_none_or(|rest| rest != 0) {
                let step = Points::from_units(step).to_string();
                return Err(Problem::NotOnGrid { value: mark.to_string(), step }.into());
            }
        }
        let values = &self.rule.aggregation.beyond.mark_values;
        if values.is_empty() {
            return if units.abs() < MOST_VALUE { Ok(units) } else { Err(Problem::DoesNotFit.into()) };
        }
        values.get(&mark).copied().ok_or_else(|| {
            let known: Vec<String> = values.keys().map(ToString::to_string).collect();
            Problem::BadChoice { text: mark.to_string(), choices: known.join(", ") }.into()
        })
    }

    fn taken(&self, spot: Spot, why: NotTaken) -> Problem {
        let Some(panel) = self.panels.get(at(spot.panel)) else { return Problem::DoesNotFit };
        match why {
            NotTaken::Overflow => Problem::DoesNotFit,
            NotTaken::TooMany => too_many(Counted::Rows, 65_535),
            NotTaken::Twice => {
                let names = [
                    self.panel_names.name(spot.panel),
                    panel.names.name(spot.application),
                    self.expert_names.name(spot.expert),
                    panel.criteria.name(spot.criterion),
                ];
                let said: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
                Problem::Duplicate { what: said.join(" ") }
            }
        }
    }

    /// The number of a criterion, whether marks are of it or not.
    pub(super) fn column(&mut self, panel: u32, name: &str) -> Result<u32> {
        let known: &[Known] = &self.rule.columns;
        let declared = known.iter().find(|column| column.id == name);
        let Some(there) = self.panels.get_mut(at(panel)) else { return Err(Problem::DoesNotFit.into()) };
        let (number, new) =
            there.criteria.number(name, MOST_CRITERIA).ok_or_else(|| too_many(Counted::Columns, MOST_CRITERIA))?;
        if new {
            if self.rule.groups.iter().any(|group| group.id == name) {
                // A sum of that name: which of the two would a key mean?
                return Err(Problem::Duplicate { what: name.to_owned() }.into());
            }
            if !known.is_empty() && declared.is_none() {
                return Err(Problem::UnknownCriterion { id: name.to_owned() }.into());
            }
            let own = self.rule.aggregation.beyond.factors.get(name).copied();
            let sums: Vec<usize> =
                self.sums.iter().enumerate().filter(|(_, sum)| sum.has(name)).map(|(number, _)| number).collect();
            let groups = self.rule.groups.len();
            let in_groups = sums.iter().filter(|sum| (1..=groups).contains(*sum)).count();
            if self.rule.aggregation.beyond.round.group.is_some() && in_groups > 1 {
                return Err(Problem::Duplicate { what: name.to_owned() }.into());
            }
            there.columns.push(Column {
                declared: declared.is_some(),
                grid: declared.map(|column| (column.max.units(), column.step.units())),
                sums,
                given: self.factors.of(self.panel_names.name(panel), None, name, own),
                most: 0,
            });
        }
        Ok(number)
    }

    /// Factor and base of a cell, before everything has settled.
    fn spec(&self, spot: Spot) -> (i64, Option<i64>) {
        let Some(panel) = self.panels.get(at(spot.panel)) else { return (ONE, None) };
        if !self.factors.by_application() {
            return panel.columns.get(at(spot.criterion)).map_or((ONE, None), |column| column.given);
        }
        let criterion = panel.criteria.name(spot.criterion);
        let own = self.rule.aggregation.beyond.factors.get(criterion).copied();
        self.factors.of(self.panel_names.name(spot.panel), Some(panel.names.name(spot.application)), criterion, own)
    }

    /// What a mark adds to its expert's total.
    fn share(&self, spot: Spot, value: i64) -> Result<i128> {
        let places = self.rule.aggregation.beyond.round.mark;
        let mut share = i128::from(value);
        if self.total_under != self.under {
            share *= i128::from(self.spec(spot).0);
        }
        let Some(places) = places else { return Ok(share) };
        let rounded = Fraction::new(share, self.total_under)
            .and_then(|share| share.rounded(places, self.rule.aggregation.rounding))
            .ok_or(Problem::DoesNotFit)?;
        Ok(i128::from(rounded.units()) * self.total_under)
    }

    /// Takes in all of an expert's marks for an application, worked out, where
    /// nothing but totals is counted: the criteria there are marks for, and what
    /// those add to each sum. The expert is one of the first 64.
    pub(super) fn put_sheet(&mut self, spot: Spot, criteria: &[u32], totals: &[i128]) -> Result<()> {
        let shape = self.shape;
        let panel = self.panels.get_mut(at(spot.panel)).ok_or(Problem::DoesNotFit)?;
        let application = panel.applications.get_mut(at(spot.application)).ok_or(Problem::DoesNotFit)?;
        let number = application.number_of(spot.expert).ok_or(Problem::DoesNotFit)?;
        application.put_sheet(number, criteria, totals, shape).map_err(|_| Problem::DoesNotFit.into())
    }

    /// Forgets the marks and keeps what is known by name.
    pub(super) fn forget(&mut self) {
        for panel in &mut self.panels {
            panel.applications.iter_mut().for_each(Application::forget);
            panel.columns.iter_mut().for_each(|column| column.most = 0);
            panel.blanks.clear();
            (panel.marks, panel.most) = (0, 0);
        }
        self.last = (Spot { application: u32::MAX, ..Spot::default() }, 0);
    }

    /// The keys that tell equals of a panel apart.
    pub(super) fn ties_of(&self, panel: u32) -> Vec<&TieKey> {
        let name = self.panel_names.name(panel);
        self.rule.ties.iter().filter(|key| key.holds_for(name)).collect()
    }

    /// How many marks came in.
    #[must_use]
    pub fn marks(&self) -> u64 {
        self.panels.iter().map(|panel| panel.marks).sum()
    }
}

impl Marks for Engine {
    fn panel(&mut self, name: &str) -> Result<u32> {
        let (number, new) =
            self.panel_names.number(name, MOST_PANELS).ok_or_else(|| too_many(Counted::Rows, MOST_PANELS))?;
        if new {
            self.panels.push(Panel::default());
            let declared: Vec<String> = self.rule.columns.iter().map(|column| column.id.clone()).collect();
            for id in declared {
                self.column(number, &id)?;
            }
        }
        Ok(number)
    }

    fn application(&mut self, panel: u32, name: &str) -> Result<u32> {
        let shape = self.shape;
        let Some(panel) = self.panels.get_mut(at(panel)) else { return Err(Problem::DoesNotFit.into()) };
        let found = panel.names.number(name, MOST_APPLICATIONS);
        let (number, new) = found.ok_or_else(|| too_many(Counted::Rows, MOST_APPLICATIONS))?;
        if new {
            panel.applications.push(Application::with_room(panel.columns.len(), shape));
        }
        Ok(number)
    }

    fn expert(&mut self, name: &str) -> Result<u32> {
        let found = self.expert_names.number(name, MOST_EXPERTS);
        let (number, new) = found.ok_or_else(|| too_many(Counted::Rows, MOST_EXPERTS))?;
        if new {
            self.expert_keys.push(sort_key(name));
        }
        Ok(number)
    }

    fn criterion(&mut self, panel: u32, name: &str) -> Result<u32> {
        self.column(panel, name)
    }

    fn below_zero(&self) -> bool {
        self.rule.aggregation.beyond.negative
    }

    #[inline]
    fn mark(&mut self, spot: Spot, mark: Option<Points>) -> Result<()> {
        match mark {
            // Most rules take any mark as it is, and keep no experts' totals.
            Some(mark) if self.direct && mark.units().abs() < MOST_VALUE => {
                self.store(spot, mark.units()).map_err(|why| self.taken(spot, why))?;
                Ok(())
            }
            Some(mark) => self.held_to_the_rule(spot, mark),
            None => self.blank(spot),
        }
    }
}

impl Engine {
    /// An expert's number within an application.
    #[inline]
    fn expert_of(application: &mut Application, last: &mut (Spot, u32), spot: Spot) -> Option<u32> {
        let whose = Spot { criterion: 0, ..spot };
        if whose == last.0 {
            return Some(last.1);
        }
        let number = application.number_of(spot.expert)?;
        *last = (whose, number);
        Some(number)
    }

    /// Puts a mark to the others of its cell.
    #[inline]
    fn store(&mut self, spot: Spot, value: i64) -> std::result::Result<u32, NotTaken> {
        let shape = self.shape;
        let Self { panels, expert_keys, expert_names, last, .. } = self;
        let panel = panels.get_mut(at(spot.panel)).ok_or(NotTaken::Overflow)?;
        let application = panel.applications.get_mut(at(spot.application)).ok_or(NotTaken::Overflow)?;
        let expert = Self::expert_of(application, last, spot).ok_or(NotTaken::TooMany)?;
        if !panel.blanks.is_empty() && panel.blanks.contains(&(spot.application, expert, spot.criterion)) {
            return Err(NotTaken::Twice);
        }
        let earlier = |a: u32, b: u32, experts: &[u32]| {
            let (Some(a), Some(b)) = (experts.get(at(a)), experts.get(at(b))) else { return false };
            let key = |number: u32| expert_keys.get(at(number)).copied().unwrap_or(0);
            match key(*a).cmp(&key(*b)) {
                std::cmp::Ordering::Equal => expert_names.name(*a) < expert_names.name(*b),
                order => order.is_lt(),
            }
        };
        application.put(spot.criterion, expert, value, shape, earlier)?;
        panel.marks += 1;
        Ok(expert)
    }

    /// A mark that the rule may refuse, or make something else of.
    fn held_to_the_rule(&mut self, spot: Spot, mark: Points) -> Result<()> {
        let (value, adds) = self.worked(spot, mark)?;
        self.put_worked(spot, value, adds)
    }

    /// What a mark is worth, and what it adds to its expert's total.
    pub(super) fn worked(&self, spot: Spot, mark: Points) -> Result<(i64, i128)> {
        let known = self.panels.get(at(spot.panel));
        let column = known.and_then(|panel| panel.columns.get(at(spot.criterion))).ok_or(Problem::DoesNotFit)?;
        let value = self.worth(mark, column)?;
        Ok((value, if self.shape.totals > 0 { self.share(spot, value)? } else { 0 }))
    }

    /// Takes in what [`Self::worked`] gave for a cell.
    pub(super) fn put_worked(&mut self, spot: Spot, value: i64, adds: i128) -> Result<()> {
        let shape = self.shape;
        let mut put = self.store(spot, value);
        if shape.totals > 0
            && let Ok(expert) = put
            && let Some(panel) = self.panels.get_mut(at(spot.panel))
            && let Some(application) = panel.applications.get_mut(at(spot.application))
        {
            let sums = panel.columns.get(at(spot.criterion)).map(|column| column.sums.as_slice());
            for sum in sums.unwrap_or_default() {
                put = put.and_then(|_| application.add(expert, *sum, adds, shape).map(|()| expert));
            }
        }
        put.map_err(|why| self.taken(spot, why))?;
        Ok(())
    }

    /// A mark that is missing and said to be.
    fn blank(&mut self, spot: Spot) -> Result<()> {
        let shape = self.shape;
        let Self { panels, last, .. } = self;
        let panel = panels.get_mut(at(spot.panel)).ok_or(Problem::DoesNotFit)?;
        let application = panel.applications.get_mut(at(spot.application)).ok_or(Problem::DoesNotFit)?;
        let Some(expert) = Self::expert_of(application, last, spot) else {
            return Err(self.taken(spot, NotTaken::TooMany).into());
        };
        let again = application.has(spot.criterion, expert, shape)
            || !panel.blanks.insert((spot.application, expert, spot.criterion));
        if again { Err(self.taken(spot, NotTaken::Twice).into()) } else { Ok(()) }
    }
}
