//! Scores of several groups made comparable (组间标准化), exactly. A deviation
//! over a standard deviation is irrational: its square is not, so it is compared
//! by squares and rounded by a root in integers, whose neighbour is checked.
//!
//! With n results X of a group, S their sum: d = nX − S, v = nΣX² − S², and
//! (X − μ)/σ = d/√v.

mod paper;

use std::collections::BTreeMap;

use crate::base::{PacketCode, Points};
use crate::domain::across::{Across, LEAST_OF_A_GROUP, Standardised, WhyNot};
use crate::domain::rubric::beyond::{Direction, RankOn};
use crate::domain::rubric::{Aggregation, QuotaKind, Rounding};
use crate::domain::standing::{Flag, Standing};
use crate::domain::tallied::Rank;

use super::fraction::Fraction;
use super::order::{self, Key};
use super::rank::Quota;

pub use paper::List;

/// What goes into the combined list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its group.
    pub group: String,
    /// Its code.
    pub code: String,
    /// Its score as printed; nothing without a result.
    pub raw: Option<Points>,
    /// Its place by that score and the rule's tie keys.
    pub rank: Option<Rank>,
    /// Whether it may be above the line.
    pub passes: bool,
}

/// The combined list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Combined {
    /// Places, best first; those without a result last.
    pub places: Vec<Place>,
    /// How many places there are above the line.
    pub quota: Option<u32>,
    /// Clearly above the line, as numbers of places.
    pub above: Vec<usize>,
    /// Equal at the line.
    pub tied_at_line: Vec<usize>,
    /// Seats for those, or empty ones.
    pub seats_left: u32,
}

/// A place of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Whose, as a number of the members given.
    pub member: usize,
    /// The place; nothing without a result.
    pub rank: Option<Rank>,
    /// The score made comparable.
    pub score: Option<Points>,
    /// Still equal with another; nothing tells equals of several groups apart.
    pub tied: bool,
    /// Told apart from equals, all of its own group, by its place there.
    pub by_group: bool,
}

/// A group's sums, over the largest number that divides all its scores.
struct Sums {
    unit: i128,
    count: i128,
    sum: i128,
    /// nΣX² − S².
    spread: i128,
}

/// A comparable score: what it is compared by, and what is printed.
struct Scaled {
    exact: Fraction,
    printed: Points,
}

/// What a member is ordered by, its number, itself, and the score printed.
type Keyed<'a> = (Vec<Key>, usize, &'a Member, Option<Points>);

/// The combined list of several groups.
///
/// # Errors
/// Why the scores must stay as they are.
pub fn combine(rule: &Aggregation, drawn: bool, members: &[Member], quota: Quota) -> Result<Combined, WhyNot> {
    if !drawn {
        return Err(WhyNot::NotDrawn);
    }
    let mut groups: BTreeMap<&str, Vec<i128>> = BTreeMap::new();
    for member in members {
        let results = groups.entry(&member.group).or_default();
        results.extend(member.raw.map(|raw| i128::from(raw.units())));
    }
    let mut sums = BTreeMap::new();
    for (group, results) in groups {
        if results.len() < LEAST_OF_A_GROUP {
            return Err(WhyNot::TooFew(group.to_owned(), results.len()));
        }
        let of = Sums::of(&results).ok_or(WhyNot::DoesNotFit)?;
        if of.spread <= 0 {
            return Err(WhyNot::NoSpread(group.to_owned()));
        }
        if rule.beyond.across == Across::Ratio && of.sum <= 0 {
            return Err(WhyNot::NoMean(group.to_owned()));
        }
        sums.insert(group, of);
    }
    let all = whole(sums.values()).ok_or(WhyNot::DoesNotFit)?;
    let mut slots: Vec<(usize, &Member, Option<Scaled>)> = Vec::with_capacity(members.len());
    for (number, member) in members.iter().enumerate() {
        let scaled = match (member.raw, sums.get(member.group.as_str())) {
            (Some(raw), Some(of)) => Some(scaled(rule, raw, of, all).ok_or(WhyNot::DoesNotFit)?),
            _ => None,
        };
        slots.push((number, member, scaled));
    }
    let direction = rule.beyond.direction;
    let key = |scaled: &Option<Scaled>| match (rule.beyond.rank_on, scaled) {
        (RankOn::Rounded, scaled) => Key::Points(scaled.as_ref().map(|scaled| scaled.printed), direction),
        (RankOn::Exact, scaled) => Key::Exact(scaled.as_ref().map(|scaled| Box::new(scaled.exact)), direction),
    };
    let mut keyed: Vec<Keyed<'_>> = slots
        .iter()
        .map(|(number, member, scaled)| (vec![key(scaled)], *number, *member, scaled.as_ref().map(|one| one.printed)))
        .collect();
    let better = |(a, _, one, _): &Keyed<'_>, (b, _, other, _): &Keyed<'_>| {
        order::compare_all(a, b).then_with(|| (&one.code, &one.group).cmp(&(&other.code, &other.group)))
    };
    keyed.sort_by(better);
    for equals in keyed.chunk_by_mut(|(a, ..), (b, ..)| order::compare_all(a, b).is_eq()) {
        // Equals of one group stand as they do there; of several, tie keys say nothing.
        let one_group =
            equals.first().is_some_and(|(_, _, first, _)| equals.iter().all(|one| one.2.group == first.group));
        for (keys, _, member, _) in equals {
            let rank =
                member.rank.filter(|_| one_group).map_or(0, |rank| i64::from(rank.whole) * 2 + i64::from(rank.half));
            keys.push(Key::Points(Some(Points::from_units(rank)), Direction::Ascending));
        }
    }
    keyed.sort_by(better);
    let with_result = keyed.iter().take_while(|(keys, ..)| keys.first().is_some_and(Key::is_there)).count();
    let keys = |place: usize| keyed.get(place).map(|(keys, ..)| keys.as_slice());
    let numbered = order::number(keys, with_result, rule.rank_style);
    let passing: Vec<(u32, bool)> =
        numbered.iter().zip(&keyed).map(|(place, (_, _, member, _))| (place.before, member.passes)).collect();
    let seats = quota.number.filter(|_| quota.kind != QuotaKind::None);
    let (above, tied_at_line, seats_left) = seats.map(|seats| order::cut(seats, &passing)).unwrap_or_default();
    let places = keyed.iter().enumerate().map(|(at, (_, member, _, score))| {
        let numbered = numbered.get(at);
        Place {
            member: *member,
            rank: numbered.map(|place| place.rank),
            score: *score,
            tied: numbered.is_some_and(|place| place.tied),
            by_group: numbered.is_some_and(|place| place.breaker.is_some()),
        }
    });
    Ok(Combined { places: places.collect(), quota: seats, above, tied_at_line, seats_left })
}

impl Combined {
    /// After how many places the line is drawn.
    #[must_use]
    pub fn line_after(&self) -> Option<usize> {
        self.quota?;
        self.places.first().filter(|place| place.rank.is_some())?;
        Some(self.above.iter().chain(&self.tied_at_line).max().map_or(0, |last| last + 1))
    }
}

/// Makes a round's standing of its groups' scores: each place with the score it
/// had beside the comparable one, or the list as it was and why.
pub fn standardise(standing: &mut Standing, groups: &BTreeMap<PacketCode, String>, drawn: bool, quota: Quota) {
    let method = standing.rule.aggregation.beyond.across;
    let several = groups.values().collect::<std::collections::BTreeSet<_>>().len() > 1;
    if method == Across::None || !several {
        return;
    }
    let why_not = rearrange(standing, groups, drawn, quota).err();
    standing.across = Some(Standardised { method, why_not });
}

fn rearrange(
    standing: &mut Standing,
    groups: &BTreeMap<PacketCode, String>,
    drawn: bool,
    quota: Quota,
) -> Result<(), WhyNot> {
    let below = |flag: &Flag| matches!(flag, Flag::BelowPassLine | Flag::BelowDimension(_));
    let mut members = Vec::with_capacity(standing.places.len());
    for place in &standing.places {
        let group = groups.get(&place.code).ok_or_else(|| WhyNot::NoGroup(place.code.to_string()))?;
        members.push(Member {
            group: group.clone(),
            code: place.code.to_string(),
            raw: place.score,
            rank: place.rank.map(|whole| Rank { whole, half: place.half }),
            passes: place.score.is_some() && !place.flags.iter().any(below),
        });
    }
    let combined = combine(&standing.rule.aggregation, drawn, &members, quota)?;
    let mut places = Vec::with_capacity(combined.places.len());
    for (at, place) in combined.places.iter().enumerate() {
        let Some(mut standee) = standing.places.get(place.member).cloned() else { continue };
        standee.raw = standee.score;
        standee.score = place.score;
        standee.rank = place.rank.map(|rank| rank.whole);
        standee.half = place.rank.is_some_and(|rank| rank.half);
        standee.tied = place.tied;
        if !place.by_group {
            standee.tie_break = None;
        }
        standee.flags.retain(|flag| *flag != Flag::TiedAtLine);
        if combined.tied_at_line.contains(&at) {
            standee.flags.push(Flag::TiedAtLine);
            standee.flags.sort();
        }
        places.push(standee);
    }
    let codes = |numbers: &[usize]| -> Vec<PacketCode> {
        numbers.iter().filter_map(|at| Some(places.get(*at)?.code.clone())).collect()
    };
    standing.cut.above = codes(&combined.above);
    standing.cut.tied_at_line = codes(&combined.tied_at_line);
    standing.cut.seats_left = combined.seats_left;
    standing.places = places;
    Ok(())
}

impl Sums {
    fn of(results: &[i128]) -> Option<Self> {
        // Scores of two places are whole hundreds: without that, larger ones fit.
        let unit = results.iter().fold(0, |a, b| divisor(a, b.abs())).max(1);
        let count = i128::try_from(results.len()).ok()?;
        let (mut sum, mut squares) = (0i128, 0i128);
        for result in results {
            let result = result / unit;
            sum = sum.checked_add(result)?;
            squares = squares.checked_add(result.checked_mul(result)?)?;
        }
        let spread = count.checked_mul(squares)?.checked_sub(sum.checked_mul(sum)?)?;
        Some(Self { unit, count, sum, spread })
    }

    /// d of a score, and d² over v in lowest terms.
    fn apart(&self, raw: i128) -> Option<(i128, i128, i128)> {
        let deviation = self.count.checked_mul(raw / self.unit)?.checked_sub(self.sum)?;
        let square = deviation.checked_mul(deviation)?;
        let common = divisor(square, self.spread).max(1);
        Some((deviation, square / common, self.spread / common))
    }
}

/// Sum and number of all results.
fn whole<'a>(groups: impl Iterator<Item = &'a Sums>) -> Option<(i128, i128)> {
    let mut all = (0i128, 0i128);
    for of in groups {
        all = (all.0.checked_add(of.sum.checked_mul(of.unit)?)?, all.1.checked_add(of.count)?);
    }
    Some(all)
}

/// What (x − μ)/σ is added to and multiplied by, where the method has it.
fn base(method: Across) -> Option<(i128, i128)> {
    match method {
        Across::TScore => Some((i128::from(Points::UNIT) * 50, i128::from(Points::UNIT) * 10)),
        Across::ZScore => Some((0, i128::from(Points::UNIT))),
        Across::Ratio | Across::None => None,
    }
}

fn scaled(rule: &Aggregation, raw: Points, of: &Sums, (sum, count): (i128, i128)) -> Option<Scaled> {
    let raw = i128::from(raw.units());
    let Some((middle, spread)) = base(rule.beyond.across) else {
        // x · (S_all / n_all) / (S_g / n_g)
        let over = raw.checked_mul(sum)?.checked_mul(of.count)?;
        let exact = Fraction::new(over, count.checked_mul(of.sum)?.checked_mul(of.unit)?)?;
        return Some(Scaled { exact, printed: exact.rounded(rule.places, rule.rounding)? });
    };
    let (deviation, square, variance) = of.apart(raw)?;
    // Order is kept by a square with the sign of what was squared.
    let exact = Fraction::new(square * deviation.signum(), variance)?;
    let unit = 10i128.pow(4 - rule.places.min(4));
    let root = Root::of(spread / unit, square, variance)?;
    let printed = root.around(middle / unit, deviation < 0, rule.rounding)?.checked_mul(unit)?;
    Some(Scaled { exact, printed: Points::from_units(i64::try_from(printed).ok()?) })
}

/// `times · √(square / under)`: the whole part, and how the rest compares with a
/// half.
struct Root {
    whole: i128,
    rest: std::cmp::Ordering,
    /// Nothing behind the whole part.
    exact: bool,
}

impl Root {
    fn of(times: i128, square: i128, under: i128) -> Option<Self> {
        let square = times.checked_mul(times)?.checked_mul(square)?;
        // The root of the whole part of a quotient is that of the quotient.
        let whole = square.checked_div(under)?.isqrt();
        let exact = whole.checked_mul(whole)?.checked_mul(under)? == square;
        // (whole + ½)² against the quotient, four times over.
        let half = whole.checked_mul(2)?.checked_add(1)?;
        let rest = square.checked_mul(4)?.cmp(&half.checked_mul(half)?.checked_mul(under)?);
        Some(Self { whole, rest, exact })
    }

    /// `middle` with this above it, or below it, rounded to a whole number.
    fn around(&self, middle: i128, below: bool, how: Rounding) -> Option<i128> {
        use std::cmp::Ordering;
        let next = self.whole.checked_add(1)?;
        let (near, far) = if below {
            (middle.checked_sub(self.whole)?, middle.checked_sub(next)?)
        } else {
            (middle.checked_add(self.whole)?, middle.checked_add(next)?)
        };
        if self.exact {
            return Some(near);
        }
        Some(match (self.rest, how) {
            // Towards zero, whichever is nearer.
            (_, Rounding::Down) if near.min(far) >= 0 => near.min(far),
            (_, Rounding::Down) => near.max(far),
            (Ordering::Less, _) => near,
            (Ordering::Greater, _) => far,
            // Away from zero: as the sum lies, not as the deviation does.
            (Ordering::Equal, Rounding::HalfUp) if near.min(far) >= 0 => near.max(far),
            (Ordering::Equal, Rounding::HalfUp) => near.min(far),
            (Ordering::Equal, Rounding::HalfEven) if near % 2 == 0 => near,
            (Ordering::Equal, Rounding::HalfEven) => far,
        })
    }
}

/// The largest number that divides both; neither is below zero.
const fn divisor(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
#[path = "across_tests.rs"]
mod tests;
