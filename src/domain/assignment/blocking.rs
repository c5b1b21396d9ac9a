//! Why there is no assignment (为什么分不下去): packets whose experts have too
//! little room together, or experts who together find too little to read. None
//! of those named can be left out, so that a person can count it over; others
//! may stand in the way too, sometimes fewer of them.

use crate::base::{ExpertCode, PacketCode};

use super::flow::{Cost, Network};

/// Who wants what there is too little of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Packets want readers.
    Packets,
    /// Experts are to read no fewer than the rule says.
    Experts,
}

/// A packet or an expert of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member<C> {
    /// Which.
    pub code: C,
    /// How many of the other side of the block it may be put together with.
    pub may: u32,
    /// How many it wants, or has room for.
    pub count: u32,
}

/// What makes an assignment impossible (阻塞集): of the whole rule, these packets
/// and experts are enough to see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Who wants.
    pub side: Side,
    /// The group it is in, where there are groups.
    pub group: Option<String>,
    /// Packets, by code.
    pub packets: Vec<Member<PacketCode>>,
    /// Experts, by code.
    pub experts: Vec<Member<ExpertCode>>,
    /// Who is recused from which of the packets.
    pub recused: Vec<(ExpertCode, Vec<PacketCode>)>,
    /// How many reads are wanted.
    pub wanted: u64,
    /// How many there is room for; always fewer.
    pub room: u64,
    /// How many more experts who may read all of the packets would do.
    pub more: u64,
    /// Whether there would be more room with fewer recusals.
    pub by_recusal: bool,
}

/// Who may go with whom: for each of those who want, the places of those who
/// give, in order.
pub(super) type May = Vec<Vec<usize>>;

/// The same seen from the other side.
pub(super) fn turned(may: &May, givers: usize) -> May {
    let mut turned = vec![Vec::new(); givers];
    for (wanter, all) in may.iter().enumerate() {
        for giver in all {
            if let Some(wanters) = turned.get_mut(*giver) {
                wanters.push(wanter);
            }
        }
    }
    turned
}

/// How many of these each giver may serve.
fn served(may: &May, wanters: &[usize], givers: usize) -> Vec<u32> {
    let mut served = vec![0u32; givers];
    for giver in wanters.iter().filter_map(|wanter| may.get(*wanter)).flatten() {
        if let Some(served) = served.get_mut(*giver) {
            *served = served.saturating_add(1);
        }
    }
    served
}

fn sum(counts: &[u32], cap: u32) -> u64 {
    counts.iter().map(|count| u64::from((*count).min(cap))).sum()
}

fn times(number: u32, many: usize) -> u64 {
    u64::from(number).saturating_mul(u64::try_from(many).unwrap_or(u64::MAX))
}

/// Those who want so much each and can't all have it from givers with so much
/// room each; nothing where they can. None can be left out of those named.
pub(super) fn find(may: &May, wanted: u32, givers: usize, cap: u32) -> Option<Vec<usize>> {
    // Source, sink, wanters, givers.
    let (source, sink, first) = (0, 1, 2 + may.len());
    let mut net = Network::new(first + givers);
    for (wanter, all) in may.iter().enumerate() {
        net.arc(source, 2 + wanter, wanted, Cost::default());
        for giver in all {
            net.arc(2 + wanter, first + giver, 1, Cost::default());
        }
    }
    for giver in 0..givers {
        net.arc(first + giver, sink, cap, Cost::default());
    }
    if net.fill(source, sink)? >= times(wanted, may.len()) {
        return None;
    }
    let reached = net.reached(source);
    let all = (0..may.len()).filter(|wanter| reached.get(2 + wanter) == Some(&true)).collect();
    Some(needed(may, all, wanted, givers, cap))
}

/// Leaves out whoever is not needed, until nobody more can be.
fn needed(may: &May, mut named: Vec<usize>, wanted: u32, givers: usize, cap: u32) -> Vec<usize> {
    let mut served = served(may, &named, givers);
    let mut room = sum(&served, cap);
    loop {
        let before = named.len();
        // The last first, so that what is left begins the list.
        for at in (0..named.len()).rev() {
            let of = || named.get(at).and_then(|wanter| may.get(*wanter)).into_iter().flatten();
            let freed = of().filter(|giver| served.get(**giver).is_some_and(|served| *served <= cap)).count();
            let left = room.saturating_sub(u64::try_from(freed).unwrap_or(u64::MAX));
            if times(wanted, named.len() - 1) <= left {
                continue;
            }
            room = left;
            let gone: Vec<usize> = of().copied().collect();
            for giver in gone {
                if let Some(served) = served.get_mut(giver) {
                    *served = served.saturating_sub(1);
                }
            }
            named.remove(at);
        }
        if named.len() == before {
            return named;
        }
    }
}

/// What a block is told from.
pub(super) struct Facts<'a> {
    pub(super) side: Side,
    pub(super) group: Option<&'a str>,
    pub(super) packets: &'a [PacketCode],
    pub(super) experts: &'a [ExpertCode],
    /// Who may go with whom, from the side that wants.
    pub(super) may: &'a May,
    pub(super) per: u32,
    pub(super) most: u32,
    pub(super) least: u32,
    /// Whether an expert is recused from a packet.
    pub(super) recused: &'a dyn Fn(&ExpertCode, &PacketCode) -> bool,
}

impl Facts<'_> {
    /// The block that these make.
    pub(super) fn block(&self, named: &[usize]) -> Block {
        let (wanted, cap, givers) = match self.side {
            Side::Packets => (self.per, self.most, self.experts.len()),
            Side::Experts => (self.least, self.per, self.packets.len()),
        };
        let served = served(self.may, named, givers);
        let room = sum(&served, cap);
        let many = u64::try_from(named.len()).unwrap_or(u64::MAX).max(1);
        let wanting = |wanter: &usize| {
            let open = self.may.get(*wanter).map_or(0, Vec::len);
            (*wanter, u32::try_from(open).unwrap_or(u32::MAX), wanted)
        };
        let wanting: Vec<_> = named.iter().map(wanting).collect();
        let giving: Vec<_> = served
            .iter()
            .enumerate()
            .filter(|(_, may)| **may > 0)
            .map(|(at, may)| (at, *may, (*may).min(cap)))
            .collect();
        let (packets, experts) = match self.side {
            Side::Packets => (&wanting, &giving),
            Side::Experts => (&giving, &wanting),
        };
        let packets = members(self.packets, packets);
        let experts = members(self.experts, experts);
        let concerned: Vec<PacketCode> = match self.side {
            Side::Packets => packets.iter().map(|packet| packet.code.clone()).collect(),
            Side::Experts => self.packets.to_vec(),
        };
        let from = |expert: &ExpertCode| {
            let mut codes: Vec<PacketCode> =
                concerned.iter().filter(|code| (self.recused)(expert, code)).cloned().collect();
            codes.sort();
            (expert.clone(), codes)
        };
        let recused =
            |expert: &&ExpertCode| self.side == Side::Packets || experts.iter().any(|member| member.code == **expert);
        let mut recused: Vec<_> =
            self.experts.iter().filter(recused).map(from).filter(|(_, of)| !of.is_empty()).collect();
        recused.sort();
        let lifted = |have: u32, more: usize| have < cap && more > 0;
        let by_recusal = match self.side {
            Side::Packets => recused.iter().any(|(expert, of)| lifted(room_of(&experts, expert), of.len())),
            Side::Experts => recused.iter().flat_map(|(_, of)| of).any(|code| lifted(room_of(&packets, code), 1)),
        };
        let whole = times(wanted, named.len());
        // A new expert takes as many as an expert may, and each packet once.
        let each = u64::from(self.most).min(many);
        let more = match self.side {
            Side::Packets => {
                let short = named.iter().map(|at| {
                    self.per.saturating_sub(u32::try_from(self.may.get(*at).map_or(0, Vec::len)).unwrap_or(u32::MAX))
                });
                whole.saturating_sub(room).div_ceil(each.max(1)).max(u64::from(short.max().unwrap_or(0)))
            }
            Side::Experts => 0,
        };
        let group = self.group.map(str::to_owned);
        Block { side: self.side, group, packets, experts, recused, wanted: whole, room, more, by_recusal }
    }
}

/// How much room a member of a block has; none where it is no member.
fn room_of<C: PartialEq>(members: &[Member<C>], code: &C) -> u32 {
    members.iter().find(|member| member.code == *code).map_or(0, |member| member.count)
}

fn members<C: Clone + Ord>(codes: &[C], named: &[(usize, u32, u32)]) -> Vec<Member<C>> {
    let member = |(at, may, count): &(usize, u32, u32)| {
        codes.get(*at).map(|code| Member { code: code.clone(), may: *may, count: *count })
    };
    let mut members: Vec<_> = named.iter().filter_map(member).collect();
    members.sort_by(|a, b| a.code.cmp(&b.code));
    members
}
