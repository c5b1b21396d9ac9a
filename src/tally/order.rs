//! From figures to places: the order, the numbers among equals, what told
//! equals apart, and the cut line.

use std::cmp::Ordering;

use crate::base::Points;
use crate::domain::rubric::RankStyle;
use crate::domain::rubric::beyond::Direction;
use crate::domain::tallied::Rank;

use super::fraction::Fraction;

/// What two places are compared by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    /// A rounded figure, and which way is better.
    Points(Option<Points>, Direction),
    /// One that is not rounded.
    Exact(Option<Box<Fraction>>, Direction),
    /// Marks, best first.
    Many(Box<[i128]>, Direction),
}

impl Key {
    /// Whether there is a figure.
    pub(super) const fn is_there(&self) -> bool {
        !matches!(self, Self::Points(None, _) | Self::Exact(None, _))
    }
}

/// Where a place stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Its number.
    pub(super) rank: Rank,
    /// Still equal with another.
    pub(super) tied: bool,
    /// The key, by its number behind the score, that told it apart from an
    /// equal score.
    pub(super) breaker: Option<u16>,
    /// How many are clearly better.
    pub(super) before: u32,
}

/// How two keys compare; better is less, and nothing is worse than anything.
fn compare(a: &Key, b: &Key) -> Ordering {
    let turned = |order: Ordering, direction: Direction| match direction {
        Direction::Descending => order.reverse(),
        Direction::Ascending => order,
    };
    match (a, b) {
        (Key::Points(Some(a), direction), Key::Points(Some(b), _)) => turned(a.cmp(b), *direction),
        (Key::Points(a, _), Key::Points(b, _)) => b.is_some().cmp(&a.is_some()),
        (Key::Exact(Some(a), direction), Key::Exact(Some(b), _)) => turned(a.cmp(b), *direction),
        (Key::Exact(a, _), Key::Exact(b, _)) => b.is_some().cmp(&a.is_some()),
        (Key::Many(a, direction), Key::Many(b, _)) => {
            let first = a.iter().zip(b.iter()).find(|(a, b)| a != b);
            first.map_or_else(|| b.len().cmp(&a.len()), |(a, b)| turned(a.cmp(b), *direction))
        }
        // Chains of one panel are of one shape.
        _ => Ordering::Equal,
    }
}

/// How two chains of keys compare; better is less.
pub(super) fn compare_all(a: &[Key], b: &[Key]) -> Ordering {
    a.iter().zip(b).map(|(a, b)| compare(a, b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// Numbers places that stand in order.
pub(super) fn number<'k>(keys: impl Fn(usize) -> Option<&'k [Key]>, count: usize, style: RankStyle) -> Vec<Place> {
    let same = |a: usize, b: usize| match (keys(a), keys(b)) {
        (Some(a), Some(b)) => compare_all(a, b).is_eq(),
        _ => false,
    };
    let mut out: Vec<Place> = Vec::with_capacity(count);
    let (mut first, mut distinct) = (0usize, 0u32);
    while first < count {
        let mut end = first + 1;
        while end < count && same(first, end) {
            end += 1;
        }
        distinct = distinct.saturating_add(1);
        let whole = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let rank = match style {
            RankStyle::Competition => Rank { whole: whole(first + 1), half: false },
            RankStyle::Dense => Rank { whole: distinct, half: false },
            RankStyle::Modified => Rank { whole: whole(end), half: false },
            // The mean of the first and the last place of the equals.
            RankStyle::Fractional => {
                Rank { whole: whole(usize::midpoint(first + 1, end)), half: (first + 1 + end) % 2 == 1 }
            }
        };
        let tied = end - first > 1;
        for place in first..end {
            let breaker = if tied { None } else { breaker(&keys, place, count) };
            out.push(Place { rank, tied, breaker, before: whole(first) });
        }
        first = end;
    }
    out
}

/// The key that told a place apart from the nearest one of equal score.
fn breaker<'k>(keys: &impl Fn(usize) -> Option<&'k [Key]>, place: usize, count: usize) -> Option<u16> {
    let mine = keys(place)?;
    let neighbours = [place.checked_sub(1), Some(place + 1).filter(|next| *next < count)];
    let differs = neighbours
        .into_iter()
        .flatten()
        .filter_map(keys)
        .filter(|other| mine.first().zip(other.first()).is_some_and(|(a, b)| compare(a, b).is_eq()))
        .filter_map(|other| mine.iter().zip(other).position(|(a, b)| compare(a, b).is_ne()))
        .max()?;
    u16::try_from(differs.checked_sub(1)?).ok()
}

/// Draws the cut line: which of `places` are above it, which are equal at it,
/// and how many seats are left. Each place comes with how many are clearly
/// better, and whether it may be above at all.
pub(super) fn cut(seats: u32, places: &[(u32, bool)]) -> (Vec<usize>, Vec<usize>, u32) {
    let seats = usize::try_from(seats).unwrap_or(usize::MAX);
    let (mut above, mut tied) = (Vec::new(), Vec::new());
    let passing: Vec<(u32, usize)> = places
        .iter()
        .enumerate()
        .filter(|(_, (_, passes))| *passes)
        .map(|(number, (before, _))| (*before, number))
        .collect();
    for group in passing.chunk_by(|(a, _), (b, _)| a == b) {
        let left = seats - above.len();
        if left == 0 {
            break;
        }
        let numbers = group.iter().map(|(_, number)| *number);
        if group.len() <= left {
            above.extend(numbers);
        } else {
            tied.extend(numbers);
            break;
        }
    }
    let left = u32::try_from(seats - above.len()).unwrap_or(u32::MAX);
    (above, tied, left)
}
