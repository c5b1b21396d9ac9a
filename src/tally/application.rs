//! What is kept of one application's marks: of each criterion their sum, who
//! gave one, and as many of the lowest and highest as the rule drops. The memory
//! so grows with applications and criteria, and by one bit only with each mark.

use std::collections::HashMap;

use super::given::Spec;
use super::names::at;

/// Words of a criterion before its extremes: who gave a mark (a bit each of the
/// first 64 experts), and the sum.
const HEAD: usize = 2;
/// Bits of the first word.
const NEAR: u32 = 64;
/// Bits of a packed mark that say whose it is.
const WHOSE: u32 = 16;

/// How much of each criterion is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shape {
    /// So many of the lowest.
    pub(super) low: usize,
    /// So many of the highest.
    pub(super) high: usize,
    /// Sums of experts that are kept; none where criteria are counted.
    pub(super) totals: usize,
    /// Whether every mark is kept (a median, or marks compared one by one).
    pub(super) all: bool,
}

impl Shape {
    const fn stride(self) -> usize {
        HEAD + self.low + self.high
    }
}

/// Experts beyond the first 64.
#[derive(Debug, Default)]
struct Far {
    numbers: HashMap<u32, u32>,
    seen: HashMap<u32, Vec<u64>>,
    counts: HashMap<u32, u32>,
}

/// What is kept of an application.
#[derive(Debug, Default)]
pub(super) struct Application {
    /// Experts, in the order they came.
    pub(super) experts: Vec<u32>,
    cells: Vec<i64>,
    far: Option<Box<Far>>,
    more: Option<Box<More>>,
}

/// What most rules have no need of.
#[derive(Debug, Default)]
struct More {
    /// By expert one sum after another.
    totals: Vec<i128>,
    /// By criterion every mark.
    kept: Vec<Vec<i64>>,
    /// Factor and base by criterion, where they are the application's own.
    given: Vec<Spec>,
}

/// A mark with whose it is.
pub(super) fn pack(value: i64, whose: u32) -> i64 {
    // A value takes 47 bits at most.
    (value << WHOSE) | i64::from(whose)
}

/// The mark of a packed one.
pub(super) const fn value_of(packed: i64) -> i64 {
    packed >> WHOSE
}

/// Whose a packed mark is.
pub(super) fn whose(packed: i64) -> u32 {
    u32::try_from(packed & ((1 << WHOSE) - 1)).unwrap_or(0)
}

/// Why a mark was not taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotTaken {
    /// There is one already.
    Twice,
    /// The sum would not fit.
    Overflow,
    /// It is of one expert too many.
    TooMany,
}

impl Application {
    /// Room for so many criteria.
    pub(super) fn with_room(criteria: usize, shape: Shape) -> Self {
        Self { cells: vec![0; criteria * shape.stride()], ..Self::default() }
    }

    /// Forgets the marks, and keeps the factors.
    pub(super) fn forget(&mut self) {
        self.experts.clear();
        self.cells.fill(0);
        self.far = None;
        if let Some(more) = &mut self.more {
            more.totals.clear();
            more.kept.iter_mut().for_each(Vec::clear);
        }
    }

    /// The number of an expert within the application; nothing beyond 65,535.
    pub(super) fn number_of(&mut self, expert: u32) -> Option<u32> {
        let near = self.experts.iter().take(at(NEAR)).position(|known| *known == expert);
        if let Some(place) = near.and_then(|place| u32::try_from(place).ok()) {
            return Some(place);
        }
        let next = u32::try_from(self.experts.len()).ok()?;
        if next >= NEAR {
            let far = self.far.get_or_insert_default();
            if let Some(place) = far.numbers.get(&expert) {
                return Some(*place);
            }
            if next >= (1 << WHOSE) - 1 {
                return None;
            }
            far.numbers.insert(expert, next);
        }
        self.experts.push(expert);
        Some(next)
    }

    /// The number of an expert who is there.
    pub(super) fn find(&self, expert: u32) -> Option<u32> {
        if let Some(number) = self.far.as_ref().and_then(|far| far.numbers.get(&expert)) {
            return Some(*number);
        }
        let near = self.experts.iter().take(at(NEAR)).position(|known| *known == expert);
        near.and_then(|place| u32::try_from(place).ok())
    }

    /// Whether an expert gave a mark for a criterion.
    pub(super) fn has(&self, criterion: u32, expert: u32, shape: Shape) -> bool {
        if expert < NEAR {
            let seen = self.cells.get(at(criterion) * shape.stride()).map_or(0, |seen| seen.cast_unsigned());
            return seen >> expert & 1 == 1;
        }
        let (word, bit) = ((expert - NEAR) / 64, (expert - NEAR) % 64);
        let words = self.far.as_ref().and_then(|far| far.seen.get(&criterion));
        words.and_then(|words| words.get(at(word))).is_some_and(|word| word >> bit & 1 == 1)
    }

    /// How many marks there are for a criterion.
    #[inline]
    pub(super) fn count(&self, criterion: u32, shape: Shape) -> u32 {
        let near = self.cells.get(at(criterion) * shape.stride()).map_or(0, |seen| seen.count_ones());
        near + self.far.as_ref().and_then(|far| far.counts.get(&criterion)).copied().unwrap_or(0)
    }

    /// The sum of the marks for a criterion.
    #[inline]
    pub(super) fn sum(&self, criterion: u32, shape: Shape) -> i64 {
        self.cells.get(at(criterion) * shape.stride() + 1).copied().unwrap_or(0)
    }

    /// The lowest marks of a criterion, lowest first.
    #[inline]
    pub(super) fn lowest(&self, criterion: u32, shape: Shape) -> &[i64] {
        let from = at(criterion) * shape.stride() + HEAD;
        self.cells.get(from..from + shape.low).unwrap_or_default()
    }

    /// The highest marks of a criterion, highest first.
    #[inline]
    pub(super) fn highest(&self, criterion: u32, shape: Shape) -> &[i64] {
        let from = at(criterion) * shape.stride() + HEAD + shape.low;
        self.cells.get(from..from + shape.high).unwrap_or_default()
    }

    /// Every mark of a criterion, where all are kept.
    pub(super) fn all(&self, criterion: u32) -> &[i64] {
        self.more.as_ref().and_then(|more| more.kept.get(at(criterion))).map(Vec::as_slice).unwrap_or_default()
    }

    /// Experts that gave a mark for any criterion, or for each of `criteria`.
    pub(super) fn experts_with(&self, criteria: &[u32], each: bool, shape: Shape) -> Vec<u32> {
        if self.far.is_none() {
            // All experts of a criterion are in one word.
            let seen = |criterion: &u32| {
                self.cells.get(at(*criterion) * shape.stride()).map_or(0, |seen| seen.cast_unsigned())
            };
            let seen = criteria.iter().map(seen);
            let all =
                if each { seen.fold(u64::MAX, |all, seen| all & seen) } else { seen.fold(0, |all, seen| all | seen) };
            let count = u32::try_from(self.experts.len()).unwrap_or(0).min(NEAR);
            return (0..count).filter(|expert| all >> expert & 1 == 1).collect();
        }
        let has = |expert: &u32| {
            let mut has = criteria.iter().map(|criterion| self.has(*criterion, *expert, shape));
            if each { has.all(|has| has) } else { has.any(|has| has) }
        };
        (0..u32::try_from(self.experts.len()).unwrap_or(0)).filter(has).collect()
    }

    /// How many experts gave a mark for any of `criteria`.
    pub(super) fn experts_heard(&self, criteria: &[u32], shape: Shape) -> u32 {
        if self.far.is_some() {
            return u32::try_from(self.experts_with(criteria, false, shape).len()).unwrap_or(u32::MAX);
        }
        let seen = criteria.iter().map(|criterion| self.cells.get(at(*criterion) * shape.stride()).copied());
        seen.flatten().fold(0, |all, seen| all | seen).count_ones()
    }

    /// One of an expert's sums.
    pub(super) fn total(&self, expert: u32, sum: usize, shape: Shape) -> i128 {
        let totals = self.more.as_ref().map(|more| more.totals.as_slice()).unwrap_or_default();
        totals.get(at(expert) * shape.totals + sum).copied().unwrap_or(0)
    }

    /// Factor and base of a criterion, where they are the application's own.
    pub(super) fn given(&self, criterion: u32) -> Option<Spec> {
        self.more.as_ref().and_then(|more| more.given.get(at(criterion))).copied()
    }

    /// Sets those of all criteria.
    pub(super) fn give(&mut self, given: Vec<Spec>) {
        self.more.get_or_insert_default().given = given;
    }

    /// Takes a mark in. `earlier` says of two experts of the application whether
    /// the first comes before the second in the list of codes.
    #[inline]
    pub(super) fn put(
        &mut self,
        criterion: u32,
        expert: u32,
        value: i64,
        shape: Shape,
        earlier: impl Fn(u32, u32, &[u32]) -> bool,
    ) -> Result<(), NotTaken> {
        let stride = shape.stride();
        let from = at(criterion) * stride;
        if self.cells.len() < from + stride {
            self.cells.resize(from + stride, 0);
        }
        let before = self.far.is_some().then(|| at(self.count(criterion, shape)));
        let Some([seen, sum, slots @ ..]) = self.cells.get_mut(from..from + stride) else {
            return Err(NotTaken::Overflow);
        };
        let filled = before.unwrap_or_else(|| ones(*seen, shape.low.max(shape.high)));
        if expert < NEAR {
            let bit = (1u64 << expert).cast_signed();
            if *seen & bit != 0 {
                return Err(NotTaken::Twice);
            }
            *seen |= bit;
        } else {
            let far = self.far.get_or_insert_default();
            let (word, bit) = (at((expert - NEAR) / 64), (expert - NEAR) % 64);
            let words = far.seen.entry(criterion).or_default();
            if words.len() <= word {
                words.resize(word + 1, 0);
            }
            let Some(word) = words.get_mut(word) else { return Err(NotTaken::Overflow) };
            if *word >> bit & 1 == 1 {
                return Err(NotTaken::Twice);
            }
            *word |= 1 << bit;
            *far.counts.entry(criterion).or_default() += 1;
        }
        *sum = sum.checked_add(value).ok_or(NotTaken::Overflow)?;
        let packed = pack(value, expert);
        if let Some((low, high)) = slots.split_at_mut_checked(shape.low) {
            let experts = &self.experts;
            let first = |a: i64, b: i64| earlier(whose(a), whose(b), experts);
            insert(low, filled, packed, |a, b| value_of(a) < value_of(b) || value_of(a) == value_of(b) && first(a, b));
            insert(high, filled, packed, |a, b| value_of(a) > value_of(b) || value_of(a) == value_of(b) && first(a, b));
        }
        if shape.all {
            let more = self.more.get_or_insert_default();
            if more.kept.len() <= at(criterion) {
                more.kept.resize(at(criterion) + 1, Vec::new());
            }
            if let Some(kept) = more.kept.get_mut(at(criterion)) {
                kept.push(packed);
            }
        }
        Ok(())
    }

    /// Takes all of an expert's marks in at once, as far as totals are counted:
    /// for which criteria there are some, and what they add up to. Of the first
    /// 64 experts only, and of each once.
    pub(super) fn put_sheet(
        &mut self,
        expert: u32,
        criteria: &[u32],
        totals: &[i128],
        shape: Shape,
    ) -> Result<(), NotTaken> {
        if expert >= NEAR {
            return Err(NotTaken::TooMany);
        }
        let bit = (1u64 << expert).cast_signed();
        for criterion in criteria {
            *self.cells.get_mut(at(*criterion) * shape.stride()).ok_or(NotTaken::Overflow)? |= bit;
        }
        let from = at(expert) * shape.totals;
        let more = self.more.get_or_insert_default();
        if more.totals.len() < from + shape.totals {
            more.totals.resize(from + shape.totals, 0);
        }
        more.totals.get_mut(from..from + shape.totals).ok_or(NotTaken::Overflow)?.copy_from_slice(totals);
        Ok(())
    }

    /// Adds to one of an expert's sums.
    pub(super) fn add(&mut self, expert: u32, sum: usize, value: i128, shape: Shape) -> Result<(), NotTaken> {
        let place = at(expert) * shape.totals + sum;
        let more = self.more.get_or_insert_default();
        if more.totals.len() <= place {
            more.totals.resize((at(expert) + 1) * shape.totals, 0);
        }
        let total = more.totals.get_mut(place).ok_or(NotTaken::Overflow)?;
        *total = total.checked_add(value).ok_or(NotTaken::Overflow)?;
        Ok(())
    }
}

/// How many bits are set, counted up to `most`: that is all that is asked of
/// every mark, and little next to counting all of them.
#[inline]
const fn ones(seen: i64, most: usize) -> usize {
    let (mut rest, mut count) = (seen.cast_unsigned(), 0);
    while count < most && rest != 0 {
        rest &= rest - 1;
        count += 1;
    }
    count
}

/// Puts a mark in its place among the first ones, of which `filled` were there.
fn insert(slots: &mut [i64], filled: usize, packed: i64, before: impl Fn(i64, i64) -> bool) {
    let mut place = filled;
    if filled >= slots.len() {
        // Nearly every mark ends here.
        match slots.last_mut() {
            Some(last) if before(packed, *last) => *last = packed,
            _ => return,
        }
        place = slots.len() - 1;
    } else if let Some(slot) = slots.get_mut(filled) {
        *slot = packed;
    }
    while let Some([left, right]) = place.checked_sub(1).and_then(|one| slots.get_mut(one..=place)) {
        if !before(*right, *left) {
            break;
        }
        std::mem::swap(left, right);
        place -= 1;
    }
}
