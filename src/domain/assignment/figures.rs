//! What an assignment comes to (分配结果): who reads each packet, loads, points of
//! fit; and whether it keeps its rule.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{ExpertCode, PacketCode};
use crate::domain::panel::Seat;

use super::fit::Fit;
use super::{Part, Rule, draw, everybody_everything};

/// Who reads a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readers {
    /// The packet.
    pub code: PacketCode,
    /// Its group, where there are groups.
    pub group: Option<String>,
    /// Its experts with their points of fit, by code.
    pub experts: Vec<(ExpertCode, u32)>,
}

/// Readers of each packet, by code.
#[must_use]
pub fn readers(parts: &[Part], codes: &[PacketCode], rule: &Rule, fit: &Fit) -> Vec<Readers> {
    let mut of: BTreeMap<&PacketCode, BTreeSet<&ExpertCode>> =
        codes.iter().map(|code| (code, BTreeSet::new())).collect();
    for part in parts {
        for code in &part.codes {
            of.entry(code).or_default().insert(&part.expert);
        }
    }
    let groups = rule.groups.as_ref();
    of.into_iter()
        .map(|(code, experts)| Readers {
            code: code.clone(),
            group: groups.and_then(|groups| groups.of.get(code)).cloned(),
            experts: experts.into_iter().map(|expert| (expert.clone(), fit.of(code, expert))).collect(),
        })
        .collect()
}

/// All points of fit together.
#[must_use]
pub fn total(readers: &[Readers]) -> u64 {
    readers.iter().flat_map(|of| &of.experts).map(|(_, points)| u64::from(*points)).sum()
}

/// Pairs of experts of one specialty who read the same packet.
#[must_use]
pub fn alike(readers: &[Readers], seats: &[Seat]) -> u64 {
    let specialty: BTreeMap<&ExpertCode, &str> =
        seats.iter().map(|seat| (&seat.expert, seat.specialty.as_str())).collect();
    let pairs = |of: &Readers| {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        let known = of.experts.iter().filter_map(|(expert, _)| specialty.get(expert)).filter(|known| !known.is_empty());
        for known in known {
            *counts.entry(known).or_default() += 1;
        }
        counts.into_values().map(|count| count * (count - 1) / 2).sum::<u64>()
    };
    readers.iter().map(pairs).sum()
}

/// How an assignment does not keep its rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// Packets with more or fewer readers than the rule says.
    Readers(Vec<PacketCode>),
    /// Experts with more or fewer packets than the rule says.
    Loads(Vec<ExpertCode>),
    /// Packets without a group, or read by an expert of another one.
    Groups(Vec<PacketCode>),
    /// Groups that are not those the seed gives.
    Drawn(Vec<PacketCode>),
}

/// Holds parts against their rule, without making them again.
#[must_use]
pub fn broken(parts: &[Part], seats: &[Seat], codes: &[PacketCode], rule: Option<&Rule>) -> Vec<Broken> {
    let Some(rule) = rule else {
        let wanted: BTreeSet<_> = pairs(&everybody_everything(seats, codes)).into_iter().collect();
        let there: BTreeSet<_> = pairs(parts).into_iter().collect();
        let wrong: BTreeSet<PacketCode> = wanted.symmetric_difference(&there).map(|(_, code)| code.clone()).collect();
        return if wrong.is_empty() { Vec::new() } else { vec![Broken::Readers(wrong.into_iter().collect())] };
    };
    let mut broken = Vec::new();
    let readers = readers(parts, codes, rule, &Fit::default());
    let group: BTreeMap<&ExpertCode, &str> = seats.iter().map(|seat| (&seat.expert, seat.group.as_str())).collect();
    let in_group = |seat: &Seat, of: &Readers| rule.groups.is_none() || of.group.as_deref() == Some(&seat.group);
    let wrong_readers = |of: &&Readers| {
        let wanted = rule.per.map_or_else(
            || seats.iter().filter(|seat| in_group(seat, of) && !seat.is_recused(&of.code)).count(),
            |per| usize::try_from(per).unwrap_or(usize::MAX),
        );
        of.experts.len() != wanted
    };
    let wrong_group = |of: &&Readers| {
        let Some(own) = &of.group else { return rule.groups.is_some() };
        of.experts.iter().any(|(expert, _)| group.get(expert) != Some(&own.as_str()))
    };
    let codes_of =
        |wrong: &dyn Fn(&&Readers) -> bool| readers.iter().filter(wrong).map(|of| of.code.clone()).collect::<Vec<_>>();
    let found = codes_of(&wrong_readers);
    if !found.is_empty() {
        broken.push(Broken::Readers(found));
    }
    let load = |part: &&Part| {
        let load = u32::try_from(part.codes.len()).unwrap_or(u32::MAX);
        rule.most.is_some_and(|most| load > most) || rule.least.is_some_and(|least| load < least)
    };
    let found: Vec<ExpertCode> = parts.iter().filter(load).map(|part| part.expert.clone()).collect();
    if !found.is_empty() {
        broken.push(Broken::Loads(found));
    }
    let found = codes_of(&wrong_group);
    if !found.is_empty() {
        broken.push(Broken::Groups(found));
    }
    if let Some(groups) = rule.groups.as_ref().filter(|groups| groups.drawn) {
        let names = seats.iter().map(|seat| seat.group.clone()).collect();
        let anew = draw::groups(codes, &names, rule.seed.as_deref().unwrap_or(""));
        let all: BTreeSet<&PacketCode> = anew.keys().chain(groups.of.keys()).collect();
        let other = |code: &&PacketCode| anew.get(*code) != groups.of.get(*code);
        let found: Vec<PacketCode> = all.into_iter().filter(other).cloned().collect();
        if !found.is_empty() {
            broken.push(Broken::Drawn(found));
        }
    }
    broken
}

fn pairs(parts: &[Part]) -> Vec<(ExpertCode, PacketCode)> {
    parts.iter().flat_map(|part| part.codes.iter().map(|code| (part.expert.clone(), code.clone()))).collect()
}

/// Whether parts can still go out: these experts and packets, and the rule kept.
#[must_use]
pub fn stands(parts: &[Part], seats: &[Seat], codes: &[PacketCode], rule: Option<&Rule>) -> bool {
    let same_seats = parts.len() == seats.len()
        && parts.iter().zip(seats).all(|(part, seat)| part.expert == seat.expert && part.recused == seat.recuse);
    let known: BTreeSet<&PacketCode> = codes.iter().collect();
    let allowed = |part: &Part| {
        let recused = |code: &PacketCode| part.recused.iter().any(|recusal| recusal.code == *code);
        part.codes.iter().all(|code| known.contains(code) && !recused(code))
    };
    same_seats && parts.iter().all(allowed) && broken(parts, seats, codes, rule).is_empty()
}
