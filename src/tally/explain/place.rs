//! Where an application stands: who is next to it, what told them apart, and the
//! cut line.

use crate::domain::doubt::left_out::Side;
use crate::domain::explained::{Amount, Apart, Cut, Neighbour, Place};
use crate::domain::rubric::Scope;
use crate::domain::rubric::beyond::{COUNT_BACK, RankOn};

use super::super::fraction::Fraction;
use super::super::names::at;
use super::super::order::{Key, compare_all};
use super::super::work::{Detail, Said, Work};
use super::{Paper, amount};

impl Paper<'_> {
    /// The figures of a place of the standing, and what it is compared by.
    fn at_place(&self, place: usize) -> Option<(Work, Vec<Key>)> {
        let ranked = self.table.ranked;
        let slot = ranked.slots.get(place)?;
        let (columns, brought) = (&ranked.columns, slot.brought.as_deref());
        let work = self.engine.work(self.panel, slot.application, columns, brought, Detail::Score)?;
        let ties = self.engine.ties_of(ranked.panel);
        let mut keys = Vec::new();
        self.engine.keys(&work, self.panel, slot.application, columns, &ties, &mut keys);
        Some((work, keys))
    }

    fn code_at(&self, place: usize) -> String {
        let slot = self.table.ranked.slots.get(place);
        slot.map_or_else(String::new, |slot| self.panel.names.name(slot.application).to_owned())
    }

    pub(super) fn place(&self, mine: usize) -> Option<Place> {
        let slots = &self.table.ranked.slots;
        let of = slots.iter().filter(|slot| slot.place.is_some()).count();
        let (work, keys) = self.at_place(mine)?;
        let (mut equals, mut above, mut below) = (Vec::new(), None, None);
        for place in (0..mine).rev() {
            let (theirs, their_keys) = self.at_place(place)?;
            if compare_all(&keys, &their_keys).is_ne() {
                above = Some(self.neighbour(place, (&work, &keys), (&theirs, &their_keys))?);
                break;
            }
            equals.insert(0, self.code_at(place));
        }
        for place in mine + 1..of {
            let (theirs, their_keys) = self.at_place(place)?;
            if compare_all(&keys, &their_keys).is_ne() {
                below = Some(self.neighbour(place, (&work, &keys), (&theirs, &their_keys))?);
                break;
            }
            equals.push(self.code_at(place));
        }
        let worth = &self.engine.rule.aggregation.beyond.place_points;
        let before = self.slot.place.as_ref()?.before;
        let points = if worth.is_empty() { None } else { Some(worth.get(at(before)).copied().unwrap_or_default()) };
        let cut = match self.table.ranked.quota {
            Some(quota) => Some(self.cut(mine, quota)?),
            None => None,
        };
        Some(Place { of, points, equals, above, below, cut })
    }

    fn neighbour(&self, place: usize, mine: (&Work, &[Key]), theirs: (&Work, &[Key])) -> Option<Neighbour> {
        let rank = self.table.ranked.slots.get(place)?.place.as_ref()?.rank.to_string();
        let first = mine
            .1
            .iter()
            .zip(theirs.1)
            .position(|(a, b)| compare_all(std::slice::from_ref(a), std::slice::from_ref(b)).is_ne())?;
        Some(Neighbour { code: self.code_at(place), rank, by: self.apart(first, mine, theirs)? })
    }

    fn apart(&self, first: usize, mine: (&Work, &[Key]), theirs: (&Work, &[Key])) -> Option<Apart> {
        let rule = &self.engine.rule.aggregation;
        let Some(before) = first.checked_sub(1) else {
            let exact = rule.beyond.rank_on == RankOn::Exact && mine.0.score == theirs.0.score;
            let rounded = |work: &Work| work.score.map(Amount::of);
            let whole = |work: &Work| work.exact.and_then(amount);
            return Some(if exact {
                Apart::Exact { mine: whole(mine.0), theirs: whole(theirs.0) }
            } else {
                Apart::Score { mine: rounded(mine.0), theirs: rounded(theirs.0) }
            });
        };
        let ties = self.engine.ties_of(self.table.ranked.panel);
        let tie = ties.get(before)?;
        let (a, b) = (mine.1.get(first)?, theirs.1.get(first)?);
        if tie.of == COUNT_BACK {
            let (Key::Many(a, _), Key::Many(b, _)) = (a, b) else { return None };
            let place = (0..a.len().max(b.len())).find(|place| a.get(*place) != b.get(*place))?;
            let under = match rule.scope {
                Scope::Criterion => self.engine.under,
                Scope::ExpertTotal => self.engine.total_under,
            };
            let mark = |of: &[i128]| amount(Fraction::new(*of.get(place)?, under)?);
            return Some(Apart::CountBack { place: place + 1, mine: mark(a), theirs: mark(b) });
        }
        let value = |key: &Key| match key {
            Key::Points(value, _) => value.map(Amount::of),
            Key::Exact(value, _) => value.as_ref().and_then(|value| amount(**value)),
            Key::Many(..) => None,
        };
        let equal = ties.iter().take(before).map(|tie| tie.of.clone()).collect();
        Some(Apart::Key { of: tie.of.clone(), equal, mine: value(a), theirs: value(b) })
    }

    /// The cut line.
    fn cut(&self, mine: usize, quota: u32) -> Option<Cut> {
        let ranked = self.table.ranked;
        let failed = |work: &Work| work.said.iter().any(|said| matches!(said, Said::BelowLine | Said::BelowGroup(_)));
        let clearly = at(self.slot.place.as_ref()?.before);
        let mut before = 0;
        for place in 0..clearly {
            before += u32::from(!failed(&self.at_place(place)?.0));
        }
        let side = if ranked.above.contains(&mine) {
            Side::Above
        } else if ranked.tied_at_line.contains(&mine) {
            Side::Tied
        } else {
            Side::Below
        };
        Some(Cut {
            quota,
            kind: self.settled.quota.kind,
            side,
            before,
            passes: !failed(&self.work),
            tied: ranked.tied_at_line.iter().map(|place| self.code_at(*place)).collect(),
            seats_left: ranked.seats_left,
        })
    }
}
