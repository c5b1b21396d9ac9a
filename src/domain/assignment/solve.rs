//! So many experts a packet (每份材料若干位专家): the assignment with the most
//! points of fit, then the most different specialties, then the most even
//! loads, as a flow of least cost. Who is recused has no arc.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{ExpertCode, PacketCode};
use crate::domain::panel::Seat;

use super::blocking::{Block, Facts, May, Side, find, turned};
use super::draw::in_order;
use super::fit::Fit;
use super::flow::{Cost, Network};
use super::{Part, Rule};

/// Why there is no assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Impossible {
    /// These stand in the way, each by itself; never none.
    Blocked(Vec<Block>),
    /// Costs grow beyond what is counted with.
    TooLarge,
}

/// The packets of a group, or all, and who may read them, in the order that
/// decides between what is equally good.
pub(super) struct Table<'a> {
    group: Option<&'a str>,
    pub(super) seats: Vec<&'a Seat>,
    codes: Vec<PacketCode>,
}

pub(super) fn tables<'a>(seats: &'a [Seat], codes: &[PacketCode], rule: &'a Rule) -> Vec<Table<'a>> {
    let seed = rule.seed.as_deref();
    let table = |group: Option<&'a str>| {
        let by_code: BTreeMap<&ExpertCode, &Seat> = seats
            .iter()
            .filter(|seat| group.is_none_or(|group| seat.group == group))
            .map(|seat| (&seat.expert, seat))
            .collect();
        let experts: Vec<&ExpertCode> = by_code.keys().copied().collect();
        let seats = in_order(&experts, seed).into_iter().filter_map(|expert| by_code.get(expert).copied()).collect();
        let of = |code: &PacketCode| rule.groups.as_ref().and_then(|groups| groups.of.get(code)).map(String::as_str);
        let codes: BTreeSet<&PacketCode> = codes.iter().filter(|code| group.is_none() || of(code) == group).collect();
        let codes: Vec<PacketCode> = codes.into_iter().cloned().collect();
        Table { group, seats, codes: in_order(&codes, seed) }
    };
    match &rule.groups {
        None => vec![table(None)],
        Some(groups) => {
            // A group without packets has experts all the same, and `least` is theirs too.
            let own = seats.iter().map(|seat| seat.group.as_str());
            let names: BTreeSet<&str> = groups.of.values().map(String::as_str).chain(own).collect();
            names.into_iter().map(|name| table(Some(name))).collect()
        }
    }
}

/// The least that each expert must be ready to read, by arithmetic alone: reads
/// wanted over experts, rounded up, of the group where that is most. 1 at least.
#[must_use]
pub fn enough(seats: &[Seat], codes: &[PacketCode], rule: &Rule, per: u32) -> u32 {
    let needed = |table: Table<'_>| {
        let reads = u64::from(per).saturating_mul(u64::try_from(table.codes.len()).unwrap_or(u64::MAX));
        reads.div_ceil(u64::try_from(table.seats.len()).unwrap_or(1).max(1))
    };
    let most = tables(seats, codes, rule).into_iter().map(needed).max().unwrap_or(1).max(1);
    u32::try_from(most).unwrap_or(u32::MAX)
}

/// Assigns by a rule; the same packets, panel, rule and points give the same
/// parts, in whatever order they come. Parts are by expert, codes in order.
///
/// # Errors
/// The rule can't be kept: what stands in the way.
pub fn assign(seats: &[Seat], codes: &[PacketCode], rule: &Rule, fit: &Fit) -> Result<Vec<Part>, Impossible> {
    let mut reads: BTreeMap<&ExpertCode, BTreeSet<PacketCode>> = BTreeMap::new();
    let mut blocks = Vec::new();
    for table in tables(seats, codes, rule) {
        let shared = match rule.per {
            None => Ok(table.everybody()),
            Some(per) => Terms { per, rule, fit }.share(&table),
        };
        match shared {
            Ok(pairs) => {
                for (expert, code) in pairs {
                    reads.entry(expert).or_default().insert(code);
                }
            }
            Err(Impossible::Blocked(more)) => blocks.extend(more),
            Err(Impossible::TooLarge) => return Err(Impossible::TooLarge),
        }
    }
    if !blocks.is_empty() {
        return Err(Impossible::Blocked(blocks));
    }
    let seats: BTreeMap<&ExpertCode, &Seat> = seats.iter().map(|seat| (&seat.expert, seat)).collect();
    let part = |(expert, seat): (&ExpertCode, &Seat)| Part {
        expert: expert.clone(),
        codes: reads.get(expert).into_iter().flatten().cloned().collect(),
        recused: seat.recuse.clone(),
    };
    Ok(seats.into_iter().map(part).collect())
}

impl<'a> Table<'a> {
    fn everybody(&self) -> Vec<(&'a ExpertCode, PacketCode)> {
        let of = |seat: &'a Seat| {
            let codes = self.codes.iter().filter(|code| !seat.is_recused(code));
            codes.map(|code| (&seat.expert, code.clone())).collect::<Vec<_>>()
        };
        self.seats.iter().flat_map(|seat| of(seat)).collect()
    }

    /// For each packet, the seats that may read it.
    pub(super) fn may(&self) -> May {
        let recused: Vec<BTreeSet<&PacketCode>> =
            self.seats.iter().map(|seat| seat.recuse.iter().map(|recusal| &recusal.code).collect()).collect();
        let of = |code: &PacketCode| {
            recused.iter().enumerate().filter(|(_, recused)| !recused.contains(code)).map(|(at, _)| at).collect()
        };
        self.codes.iter().map(of).collect()
    }
}

/// What is asked of an assignment.
struct Terms<'a> {
    per: u32,
    rule: &'a Rule,
    fit: &'a Fit,
}

impl Terms<'_> {
    fn most(&self) -> u32 {
        self.rule.most.unwrap_or(u32::MAX)
    }

    fn least(&self) -> u32 {
        self.rule.least.unwrap_or(0)
    }

    fn share<'t>(&self, table: &Table<'t>) -> Result<Vec<(&'t ExpertCode, PacketCode)>, Impossible> {
        let may = table.may();
        let blocks = self.blocks(table, &may);
        if !blocks.is_empty() {
            return Err(Impossible::Blocked(blocks));
        }
        self.flow(table, &may).ok_or(Impossible::TooLarge)
    }

    /// What stands in the way: each packet with too few experts for itself, else
    /// packets together, else experts who would read too few.
    fn blocks(&self, table: &Table<'_>, may: &May) -> Vec<Block> {
        let experts: Vec<ExpertCode> = table.seats.iter().map(|seat| seat.expert.clone()).collect();
        let recused = |expert: &ExpertCode, code: &PacketCode| {
            table.seats.iter().any(|seat| seat.expert == *expert && seat.is_recused(code))
        };
        let block = |side: Side, may: &May, named: &[usize]| {
            let facts = Facts {
                side,
                group: table.group,
                packets: &table.codes,
                experts: &experts,
                may,
                per: self.per,
                most: self.most(),
                least: self.least(),
                recused: &recused,
            };
            facts.block(named)
        };
        let per = usize::try_from(self.per).unwrap_or(usize::MAX);
        let few = may.iter().enumerate().filter(|(_, all)| all.len() < per).map(|(at, _)| at);
        let mut alone: Vec<Block> = few.map(|at| block(Side::Packets, may, &[at])).collect();
        if !alone.is_empty() {
            alone.sort_by(|a, b| a.packets.first().map(|one| &one.code).cmp(&b.packets.first().map(|one| &one.code)));
            return alone;
        }
        if let Some(named) = find(may, self.per, experts.len(), self.most()) {
            return vec![block(Side::Packets, may, &named)];
        }
        let back = turned(may, experts.len());
        let named = if self.least() > 0 { find(&back, self.least(), may.len(), self.per) } else { None };
        named.map(|named| block(Side::Experts, &back, &named)).into_iter().collect()
    }

    /// The flow of least cost, which is known to be there; nothing where costs
    /// grow too large.
    fn flow<'t>(&self, table: &Table<'t>, may: &May) -> Option<Vec<(&'t ExpertCode, PacketCode)>> {
        // Sink, experts, packets; then specialties of packets.
        let (sink, first) = (0, 1 + table.seats.len());
        let mut net = Network::new(first + may.len());
        for (at, codes) in turned(may, table.seats.len()).into_iter().enumerate() {
            // Each read costs more than the one before, so loads are even: the
            // sum of these odd numbers is the load squared.
            for number in 1..=u32::try_from(codes.len()).unwrap_or(u32::MAX).min(self.most()) {
                let need = i64::from(number > self.least());
                let load = i64::from(number) * 2 - 1;
                net.arc(1 + at, sink, 1, Cost { need, load, ..Cost::default() });
            }
        }
        let top = self.fit.top();
        let mut reads = Vec::new();
        for ((at, all), code) in may.iter().enumerate().zip(&table.codes) {
            let between = self.specialties(&mut net, first + at, table, all);
            for reader in all {
                let seat = table.seats.get(*reader)?;
                let from = between.get(seat.specialty.as_str()).copied().unwrap_or(first + at);
                let fit = i64::from(top) - i64::from(self.fit.of(code, &seat.expert));
                let arc = net.arc(from, 1 + reader, 1, Cost { fit, ..Cost::default() });
                reads.push((arc, *reader, at));
            }
        }
        for at in 0..may.len() {
            if net.send(first + at, sink, self.per)? < self.per {
                return None;
            }
        }
        let read = reads.into_iter().filter(|(arc, ..)| net.flow(*arc) > 0);
        read.map(|(_, reader, at)| Some((&table.seats.get(reader)?.expert, table.codes.get(at)?.clone()))).collect()
    }

    /// One node a specialty that several experts of a packet have; the second of
    /// them costs a pair, the third two more.
    fn specialties<'t>(
        &self,
        net: &mut Network,
        packet: usize,
        table: &Table<'t>,
        all: &[usize],
    ) -> BTreeMap<&'t str, usize> {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        if self.rule.mix {
            // Whose specialty nobody wrote down is like nobody else.
            let known = all.iter().filter_map(|at| table.seats.get(*at)).filter(|seat| !seat.specialty.is_empty());
            for seat in known {
                *counts.entry(seat.specialty.as_str()).or_default() += 1;
            }
        }
        let mut nodes = BTreeMap::new();
        for (specialty, count) in counts.into_iter().filter(|(_, count)| *count > 1) {
            let node = net.node();
            for others in 0..count.min(self.per) {
                net.arc(packet, node, 1, Cost { mix: i64::from(others), ..Cost::default() });
            }
            nodes.insert(specialty, node);
        }
        nodes
    }
}

#[cfg(test)]
#[path = "solve_tests.rs"]
mod tests;
