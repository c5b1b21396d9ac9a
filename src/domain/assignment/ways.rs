//! What would be enough (够用的改法): of what was asked for, one figure changed
//! such that everything can be assigned, not just what was named.

use crate::base::PacketCode;
use crate::domain::panel::Seat;

use super::Rule;
use super::blocking::{May, find, turned};
use super::solve::{enough, tables};

/// One figure changed, the others as they were; nothing where no value of it is
/// enough for everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ways {
    /// The least `most` that is enough.
    pub most: Option<u32>,
    /// A lower `per` with which it can be done; where `most` was asked for, the
    /// greatest.
    pub per: Option<u32>,
    /// The greatest `least` that is not too much.
    pub least: Option<u32>,
}

impl Ways {
    /// Whether there is none.
    #[must_use]
    pub const fn none(self) -> bool {
        self.most.is_none() && self.per.is_none() && self.least.is_none()
    }
}

/// A group, or all: who may go with whom, from either side.
struct Sides {
    packets: May,
    experts: May,
}

impl Sides {
    fn packets_fit(&self, per: u32, most: u32) -> bool {
        find(&self.packets, per, self.experts.len(), most).is_none()
    }

    fn experts_fit(&self, per: u32, least: u32) -> bool {
        least == 0 || find(&self.experts, least, self.packets.len(), per).is_none()
    }
}

/// The ways out of a rule that can't be kept. `asked` says whether its `most`
/// was asked for; if not, another `per` brings another.
#[must_use]
pub fn ways(seats: &[Seat], codes: &[PacketCode], rule: &Rule, asked: bool) -> Ways {
    let (Some(per), Some(most)) = (rule.per, rule.most) else { return Ways::default() };
    let least = rule.least.unwrap_or(0);
    let sides = |table: super::solve::Table<'_>| {
        let packets = table.may();
        Sides { experts: turned(&packets, table.seats.len()), packets }
    };
    let all: Vec<Sides> = tables(seats, codes, rule).into_iter().map(sides).collect();
    let packets = |per: u32, most: u32| all.iter().all(|sides| sides.packets_fit(per, most));
    let experts = |per: u32, least: u32| all.iter().all(|sides| sides.experts_fit(per, least));
    // Both sides can be had together where each can by itself.
    let largest = all.iter().map(|sides| sides.packets.len()).max().unwrap_or(0);
    let largest = u32::try_from(largest).unwrap_or(u32::MAX);
    let raised = experts(per, least).then(|| first(most, largest, |most| packets(per, most))).flatten();
    let most_of = |per: u32| if asked { most } else { enough(seats, codes, rule, per) };
    let fewest = all.iter().flat_map(|sides| &sides.packets).map(Vec::len).min().unwrap_or(0);
    let highest = per.saturating_sub(1).min(u32::try_from(fewest).unwrap_or(u32::MAX));
    // The fewer a packet is read by, the less there is to read for all: whatever
    // is enough for packets, the highest of it is the best for experts.
    let lowered = Some(last(highest, |per| packets(per, most_of(per))))
        .filter(|per| *per > 0 && least <= most_of(*per) && experts(*per, least));
    let eased = if least > 0 && packets(per, most) { Some(last(least - 1, |least| experts(per, least))) } else { None };
    Ways { most: raised, per: lowered, least: eased }
}

/// The first above `from`, up to `to`, that holds, where all behind it do too.
fn first(from: u32, to: u32, holds: impl Fn(u32) -> bool) -> Option<u32> {
    let (mut below, mut found) = (from, to);
    if from >= to || !holds(to) {
        return None;
    }
    while found - below > 1 {
        let middle = below + (found - below) / 2;
        if holds(middle) { found = middle } else { below = middle }
    }
    Some(found)
}

/// The last up to `to` that holds, where all before it do too; 0 always does.
fn last(to: u32, holds: impl Fn(u32) -> bool) -> u32 {
    if holds(to) {
        return to;
    }
    let (mut found, mut above) = (0, to);
    while above - found > 1 {
        let middle = found + (above - found) / 2;
        if holds(middle) { found = middle } else { above = middle }
    }
    found
}
