//! One comparable score on paper: the figures of its group, the formula, and its
//! neighbours in the combined list. Held to that list: where the two were not
//! one, nothing is shown.

use crate::base::Points;
use crate::domain::across::Across;
use crate::domain::doubt::left_out::Side;
use crate::domain::explained::compared::{Compared, Cut, Scaled, Spread, Stands, Step};
use crate::domain::explained::{self, Amount, Apart, Neighbour, Rounded};
use crate::domain::rubric::beyond::RankOn;
use crate::domain::rubric::{Aggregation, Rounding};

use super::super::rank::Quota;
use super::{Combined, Member, Place, Root, Sums, base, scaled, whole};

/// Places that a root is written to behind those of a score, and at most.
const FINE: u32 = 4;
const FINEST: u32 = 12;

/// What a combined list was made of, and the list.
#[derive(Debug, Clone, Copy)]
pub struct List<'a> {
    /// The rule.
    pub rule: &'a Aggregation,
    /// What went into it.
    pub members: &'a [Member],
    /// The list.
    pub combined: &'a Combined,
    /// How many are wanted.
    pub quota: Quota,
}

impl List<'_> {
    /// One member's score, made comparable step by step, and where it stands.
    /// Nothing where the steps do not lead to the list.
    #[must_use]
    pub fn explain(&self, member: usize) -> Option<Compared> {
        let at = self.combined.places.iter().position(|place| place.member == member)?;
        let (place, of) = (self.combined.places.get(at)?, self.members.get(member)?);
        let group = self.sums(Some(&of.group))?;
        let scaled = match of.raw {
            Some(raw) => Some(self.scaled(raw, &group).filter(|scaled| Some(scaled.rounded.to) == place.score)?),
            None => None,
        };
        let stands = Stands {
            rank: place.rank,
            tied: place.tied,
            score: place.score.map(|score| score.fixed(self.rule.places)),
            place: if place.rank.is_some() { Some(self.stands(at)?) } else { None },
        };
        let step = Step { group: of.group.clone(), results: usize::try_from(group.count).ok()?, scaled };
        Some(Compared { method: self.rule.beyond.across, why_not: None, step: Some(step), stands: Some(stands) })
    }

    /// Sums of a group, or of all.
    fn sums(&self, group: Option<&str>) -> Option<Sums> {
        let of = self.members.iter().filter(|member| group.is_none_or(|group| member.group == *group));
        let results: Vec<i128> = of.filter_map(|member| Some(i128::from(member.raw?.units()))).collect();
        Sums::of(&results)
    }

    fn scaled(&self, raw: Points, group: &Sums) -> Option<Scaled> {
        let rule = self.rule;
        let point = i128::from(Points::UNIT);
        let all = self.sums(None)?;
        let total = whole(std::iter::once(&all))?;
        let printed = scaled(rule, raw, group, total)?.printed;
        let sum = group.sum.checked_mul(group.unit)?;
        let places = rule.places.min(4);
        let mean = Amount::new(sum, group.count.checked_mul(point)?)?;
        let (mut of_all, mut spread) = (None, None);
        let result = if let Some((middle, times)) = base(rule.beyond.across) {
            spread = Some(group.spread(places)?);
            let (deviation, square, under) = group.apart(raw.units().into())?;
            let root = |fine: u32| {
                let unit = |value: i128| (value / point).checked_mul(10i128.checked_pow(fine)?);
                let root = Root::of(unit(times)?, square, under)?;
                Some((root.around(unit(middle)?, deviation < 0, Rounding::Down)?, root.exact))
            };
            cut(places, &root)?
        } else {
            let (sum, count) = total;
            let mean = Amount::new(sum, count.checked_mul(point)?)?;
            of_all = Some((Amount::new(sum, point)?, usize::try_from(count).ok()?, mean));
            let (over, under) = scaled(rule, raw, group, total)?.exact.parts();
            let exact = Amount::new(over, under.checked_mul(point)?)?;
            match exact.decimal() {
                Some(digits) => Cut { digits, more: false },
                None => Cut { digits: exact.cut(places), more: true },
            }
        };
        Some(Scaled {
            raw: Amount::of(raw),
            sum: Amount::new(sum, point)?,
            mean,
            all: of_all,
            spread,
            result,
            rounded: Rounded { to: printed, places, how: rule.rounding },
        })
    }

    /// Place, neighbours, equals and the cut line.
    fn stands(&self, mine: usize) -> Option<explained::Place> {
        let ranked: Vec<&Place> = self.combined.places.iter().take_while(|place| place.rank.is_some()).collect();
        let rank = ranked.get(mine)?.rank;
        let code = |place: &&Place| self.members.get(place.member).map(|member| member.code.clone());
        let first = ranked.iter().position(|place| place.rank == rank)?;
        let last = ranked.iter().rposition(|place| place.rank == rank)?;
        let next = |at: Option<usize>| match at.and_then(|at| ranked.get(at)) {
            Some(other) => Some(Some(self.neighbour(ranked.get(mine)?, other)?)),
            None => Some(None),
        };
        let equals = ranked.iter().enumerate().filter(|(at, place)| *at != mine && place.rank == rank);
        let passes = |place: &&Place| self.members.get(place.member).is_some_and(|member| member.passes);
        let cut = self.combined.quota.map(|quota| explained::Cut {
            quota,
            kind: self.quota.kind,
            side: if self.combined.above.contains(&mine) {
                Side::Above
            } else if self.combined.tied_at_line.contains(&mine) {
                Side::Tied
            } else {
                Side::Below
            },
            before: u32::try_from(ranked.iter().take(first).filter(|place| passes(place)).count()).unwrap_or(u32::MAX),
            passes: ranked.get(mine).is_some_and(passes),
            tied: self.combined.tied_at_line.iter().filter_map(|at| code(ranked.get(*at)?)).collect(),
            seats_left: self.combined.seats_left,
        });
        Some(explained::Place {
            of: ranked.len(),
            points: None,
            equals: equals.filter_map(|(_, place)| code(place)).collect(),
            above: next(first.checked_sub(1))?,
            below: next(last.checked_add(1))?,
            cut,
        })
    }

    fn neighbour(&self, mine: &Place, theirs: &Place) -> Option<Neighbour> {
        let (a, b) = (self.members.get(mine.member)?, self.members.get(theirs.member)?);
        let (x, y) = (self.exact(a)?, self.exact(b)?);
        let by = if mine.score != theirs.score {
            Apart::Score { mine: mine.score.map(Amount::of), theirs: theirs.score.map(Amount::of) }
        } else if self.rule.beyond.rank_on == RankOn::Exact && x != y {
            if self.rule.beyond.across == Across::Ratio {
                let points = |(over, under): (i128, i128)| Amount::new(over, under.checked_mul(Points::UNIT.into())?);
                Apart::Exact { mine: points(x), theirs: points(y) }
            } else {
                Apart::Square { mine: Amount::new(x.0, x.1), theirs: Amount::new(y.0, y.1) }
            }
        } else {
            let before = |member: &Member| Some((member.rank?.to_string(), member.raw.map(Amount::of)));
            Apart::Before { group: a.group.clone(), mine: before(a)?, theirs: before(b)? }
        };
        Some(Neighbour { code: b.code.clone(), rank: theirs.rank?.to_string(), by })
    }

    /// What a member is compared by.
    fn exact(&self, member: &Member) -> Option<(i128, i128)> {
        let total = whole(std::iter::once(&self.sums(None)?))?;
        Some(scaled(self.rule, member.raw?, &self.sums(Some(&member.group))?, total)?.exact.parts())
    }
}

impl Sums {
    /// σ² and σ, and what they are made of.
    fn spread(&self, places: u32) -> Option<Spread> {
        let point = i128::from(Points::UNIT);
        let grain = self.unit.checked_mul(self.unit)?;
        let under = point.checked_mul(point)?;
        // nΣX² = v + S²
        let squares = self.spread.checked_add(self.sum.checked_mul(self.sum)?)? / self.count;
        let variance =
            Amount::new(self.spread.checked_mul(grain)?, self.count.checked_mul(self.count)?.checked_mul(under)?)?;
        let (over, below) = variance.parts();
        let root = |fine: u32| {
            let root = Root::of(10i128.checked_pow(fine)?, over, below)?;
            Some((root.whole, root.exact))
        };
        Some(Spread {
            squares: Amount::new(squares.checked_mul(grain)?, under)?,
            variance,
            deviation: cut(places.saturating_add(2), &root)?,
        })
    }
}

/// A root in digits: the whole of it, or so many that its rounding can be told
/// and a few more. `root` has it in units of `10^-fine`.
fn cut(places: u32, root: &dyn Fn(u32) -> Option<(i128, bool)>) -> Option<Cut> {
    let mut best = None;
    for fine in places..=places.saturating_add(FINEST) {
        let Some((value, exact)) = root(fine) else { break };
        best = Some((value, fine, exact));
        // Behind the places, nothing but a half or a whole so far: on.
        let unit = 10u128.checked_pow(fine.saturating_sub(places))?;
        let rest = value.unsigned_abs() % unit;
        if exact || fine >= places.saturating_add(FINE) && ![0, unit / 2, unit / 2 - 1, unit - 1].contains(&rest) {
            break;
        }
    }
    let (value, fine, exact) = best?;
    let unit = 10u128.checked_pow(fine)?;
    let width = usize::try_from(fine).ok()?;
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!("{sign}{}.{:0width$}", value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    let digits = if exact { digits.trim_end_matches('0').trim_end_matches('.').to_owned() } else { digits };
    Some(Cut { digits, more: !exact })
}
