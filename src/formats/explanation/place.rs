//! Where an application stands, and what to know of its result.

use crate::base::lang::fill;
use crate::domain::doubt::left_out::Side;
use crate::domain::explained::{Amount, Apart, Cut, Neighbour, Place, Reason};
use crate::domain::tallied::Rank;

use super::Words;

impl Words<'_> {
    pub(super) fn place(&self, place: &Place, rank: Option<Rank>, quota: &dyn Fn(&Cut) -> String) -> Vec<String> {
        let t = self.t;
        let rank = rank.map(|rank| rank.to_string()).unwrap_or_default();
        let mut out = vec![fill(t.place_of, &[&place.of, &rank])];
        out.extend(place.points.map(|points| fill(t.place_points, &[&rank, &points])));
        if !place.equals.is_empty() {
            out.push(fill(t.equals, &[&self.list(&place.equals)]));
        }
        for (next, words, none) in [(&place.above, t.above, t.first), (&place.below, t.below, t.last)] {
            out.push(next.as_ref().map_or_else(|| none.to_owned(), |next| self.neighbour(next, words)));
        }
        if let Some(cut) = &place.cut {
            let side = match cut.side {
                _ if !cut.passes => t.side_failed,
                Side::Above => t.side_above,
                Side::Tied => t.side_tied,
                Side::Below => t.side_below,
            };
            out.push(fill(t.cut, &[&quota(cut), &cut.before, &side]));
            if cut.side == Side::Tied {
                out.push(fill(t.cut_tied, &[&self.list(&cut.tied), &cut.seats_left]));
            }
        }
        out
    }

    fn neighbour(&self, next: &Neighbour, words: &str) -> String {
        let t = self.t;
        let figure = |value: &Option<Amount>| match value {
            Some(value) => self.result(*value, self.of.places),
            None => t.none.to_owned(),
        };
        let score = |value: &Option<Amount>| match value.and_then(Amount::points) {
            Some(points) => points.fixed(self.of.places),
            None => figure(value),
        };
        let by = match &next.by {
            Apart::Score { mine, theirs } => fill(t.by_score, &[&score(theirs), &score(mine)]),
            Apart::Exact { mine, theirs } => fill(t.by_exact, &[&figure(theirs), &figure(mine)]),
            Apart::Key { of, equal, mine, theirs } => {
                let equal = if equal.is_empty() { String::new() } else { fill(t.by_key_equal, &[&self.list(equal)]) };
                fill(t.by_key, &[&equal, of, &figure(theirs), &figure(mine)])
            }
            Apart::Square { mine, theirs } => fill(t.by_square, &[&figure(theirs), &figure(mine)]),
            Apart::Before { group, mine, theirs } => {
                fill(t.by_before, &[group, &theirs.0, &score(&theirs.1), &mine.0, &score(&mine.1)])
            }
            Apart::CountBack { place, mine, theirs } => fill(t.by_count_back, &[place, &figure(theirs), &figure(mine)]),
        };
        format!("{}{by}", fill(words, &[&next.code, &next.rank]))
    }

    pub(super) fn reason(&self, reason: &Reason) -> String {
        let t = self.t;
        let of = |criterion: &Option<String>| match criterion {
            Some(id) => fill(t.marks_of, &[id]),
            None => t.sheets.to_owned(),
        };
        match reason {
            Reason::TooFew { criterion, have, least } => fill(t.too_few, &[&of(criterion), have, least]),
            Reason::TooFewToDrop { criterion, have, from } => fill(t.too_few_to_drop, &[&of(criterion), have, from]),
            Reason::NothingDropped { criterion, have, from } => fill(t.nothing_dropped, &[&of(criterion), have, from]),
            Reason::Fewer { criterion, have, most, decides } => {
                fill(if *decides { t.fewer_decides } else { t.fewer }, &[&of(criterion), have, most])
            }
            Reason::Missing { criterion } => fill(t.missing, &[criterion]),
            Reason::Partial { expert, criteria } => fill(t.partial, &[expert, &self.list(criteria)]),
            Reason::NoCarry { panel } => fill(t.no_carry, &[panel]),
            Reason::NoMarks => t.no_marks.to_owned(),
        }
    }
}
