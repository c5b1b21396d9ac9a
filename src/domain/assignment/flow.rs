//! Flow of least cost (最小费用流), in integers: Dijkstra with potentials finds
//! how far the sink is, then everything that goes that far is sent at once.
//!
//! Arcs are looked at in the order they were made, so the same network always
//! gives the same flow.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// A cost in parts, each weighed only where all before it are equal. Parts are
/// added, never traded, so no part needs a factor that is large enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Cost {
    /// Reads of experts who have as many as they need.
    pub(super) need: i64,
    /// Points of fit that are not had.
    pub(super) fit: i64,
    /// Pairs of one specialty at one packet.
    pub(super) mix: i64,
    /// Loads, squared.
    pub(super) load: i64,
}

impl Cost {
    const NONE: Self = Self { need: 0, fit: 0, mix: 0, load: 0 };

    fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            need: self.need.checked_add(other.need)?,
            fit: self.fit.checked_add(other.fit)?,
            mix: self.mix.checked_add(other.mix)?,
            load: self.load.checked_add(other.load)?,
        })
    }

    fn less(self, other: Self) -> Option<Self> {
        Some(Self {
            need: self.need.checked_sub(other.need)?,
            fit: self.fit.checked_sub(other.fit)?,
            mix: self.mix.checked_sub(other.mix)?,
            load: self.load.checked_sub(other.load)?,
        })
    }

    fn negative(self) -> Option<Self> {
        Self::NONE.less(self)
    }
}

/// An arc; the one that takes its flow back stands beside it.
#[derive(Debug, Clone, Copy)]
struct Arc {
    to: usize,
    room: u32,
    cost: Cost,
}

/// A network; nodes are numbered from 0.
#[derive(Debug, Default)]
pub(super) struct Network {
    arcs: Vec<Arc>,
    out: Vec<Vec<usize>>,
    potential: Vec<Cost>,
}

impl Network {
    /// A network of so many nodes.
    pub(super) fn new(nodes: usize) -> Self {
        Self { arcs: Vec::new(), out: vec![Vec::new(); nodes], potential: vec![Cost::NONE; nodes] }
    }

    /// One more node.
    pub(super) fn node(&mut self) -> usize {
        self.out.push(Vec::new());
        self.potential.push(Cost::NONE);
        self.out.len() - 1
    }

    /// An arc that has room for so much, at a cost that is not below nothing;
    /// gives its number.
    pub(super) fn arc(&mut self, from: usize, to: usize, room: u32, cost: Cost) -> usize {
        let number = self.arcs.len();
        let back = cost.negative().unwrap_or_default();
        self.arcs.extend([Arc { to, room, cost }, Arc { to: from, room: 0, cost: back }]);
        for (node, arc) in [(from, number), (to, number + 1)] {
            if let Some(out) = self.out.get_mut(node) {
                out.push(arc);
            }
        }
        number
    }

    /// How much flows through an arc.
    pub(super) fn flow(&self, arc: usize) -> u32 {
        self.arcs.get(arc ^ 1).map_or(0, |back| back.room)
    }

    /// Sends as much as there is room for, at the least cost; gives how much.
    /// Nothing where costs grow beyond what is counted with.
    pub(super) fn fill(&mut self, source: usize, sink: usize) -> Option<u64> {
        let mut sent = 0u64;
        while self.approach(source, sink)? {
            sent = sent.checked_add(self.saturate(source, sink)?)?;
        }
        Some(sent)
    }

    /// The nodes that more could still be sent to.
    pub(super) fn reached(&self, source: usize) -> Vec<bool> {
        let mut seen = vec![false; self.out.len()];
        let mut queue = VecDeque::from([source]);
        while let Some(node) = queue.pop_front() {
            match seen.get_mut(node) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            queue.extend(self.open(node).map(|(_, arc)| arc.to));
        }
        seen
    }

    /// Arcs out of a node with room left, with their numbers.
    fn open(&self, node: usize) -> impl Iterator<Item = (usize, Arc)> {
        let out = self.out.get(node).into_iter().flatten();
        out.filter_map(|number| Some((*number, *self.arcs.get(*number)?))).filter(|(_, arc)| arc.room > 0)
    }

    /// What an arc costs beyond what its ends are apart; never below nothing on
    /// an open arc.
    fn beyond(&self, from: usize, arc: Arc) -> Option<Cost> {
        arc.cost.plus(*self.potential.get(from)?)?.less(*self.potential.get(arc.to)?)
    }

    /// Sets potentials so that the shortest ways to the sink cost nothing beyond
    /// them; whether there is a way at all.
    fn approach(&mut self, source: usize, sink: usize) -> Option<bool> {
        let mut far: Vec<Option<Cost>> = vec![None; self.out.len()];
        let mut heap = BinaryHeap::from([Reverse((Cost::NONE, source))]);
        *far.get_mut(source)? = Some(Cost::NONE);
        let mut end = None;
        while let Some(Reverse((cost, node))) = heap.pop() {
            if far.get(node)?.is_some_and(|known| known < cost) {
                continue;
            }
            if node == sink {
                end = Some(cost);
                break;
            }
            for (_, arc) in self.open(node) {
                let there = cost.plus(self.beyond(node, arc)?)?;
                let known = far.get_mut(arc.to)?;
                if known.is_none_or(|known| there < known) {
                    *known = Some(there);
                    heap.push(Reverse((there, arc.to)));
                }
            }
        }
        let Some(end) = end else { return Some(false) };
        for (potential, far) in self.potential.iter_mut().zip(far) {
            *potential = potential.plus(far.map_or(end, |far| far.min(end)))?;
        }
        Some(true)
    }

    /// Sends all that can go along arcs that cost nothing beyond the potentials.
    fn saturate(&mut self, source: usize, sink: usize) -> Option<u64> {
        let mut sent = 0u64;
        loop {
            let levels = self.levels(source)?;
            if levels.get(sink)?.is_none() {
                return Some(sent);
            }
            let mut next = vec![0usize; self.out.len()];
            let mut path: Vec<usize> = Vec::new();
            loop {
                let at = match path.last() {
                    Some(last) => self.arcs.get(*last)?.to,
                    None => source,
                };
                if at == sink {
                    sent = sent.checked_add(u64::from(self.push(&path)?))?;
                    path.clear();
                } else if let Some(number) = self.out.get(at)?.get(*next.get(at)?) {
                    let arc = *self.arcs.get(*number)?;
                    let deeper = levels.get(arc.to)?.is_some_and(|to| levels.get(at) == Some(&to.checked_sub(1)));
                    if arc.room > 0 && deeper && self.beyond(at, arc)? == Cost::NONE {
                        path.push(*number);
                    } else {
                        *next.get_mut(at)? += 1;
                    }
                } else if let Some(last) = path.pop() {
                    *next.get_mut(self.arcs.get(last ^ 1)?.to)? += 1;
                } else {
                    break;
                }
            }
        }
    }

    /// How many arcs each node is away, along arcs that cost nothing beyond.
    fn levels(&self, source: usize) -> Option<Vec<Option<usize>>> {
        let mut levels = vec![None; self.out.len()];
        *levels.get_mut(source)? = Some(0);
        let mut queue = VecDeque::from([(source, 0usize)]);
        while let Some((node, level)) = queue.pop_front() {
            for (_, arc) in self.open(node) {
                let there = levels.get_mut(arc.to)?;
                if there.is_none() && self.beyond(node, arc)? == Cost::NONE {
                    *there = Some(level + 1);
                    queue.push_back((arc.to, level + 1));
                }
            }
        }
        Some(levels)
    }

    /// Sends along a path what it has room for.
    fn push(&mut self, path: &[usize]) -> Option<u32> {
        let rooms = path.iter().filter_map(|number| self.arcs.get(*number)).map(|arc| arc.room);
        let room = rooms.min()?;
        for number in path {
            let arc = self.arcs.get_mut(*number)?;
            arc.room = arc.room.checked_sub(room)?;
            let back = self.arcs.get_mut(*number ^ 1)?;
            back.room = back.room.checked_add(room)?;
        }
        Some(room)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(fit: i64) -> Cost {
        Cost { fit, ..Cost::NONE }
    }

    #[test]
    fn flow_is_taken_back_where_that_is_cheaper() {
        // 0 → 1, 2 → 3; the cheapest first way blocks the only second one.
        let mut net = Network::new(6);
        net.arc(0, 1, 1, cost(0));
        net.arc(0, 2, 1, cost(0));
        let direct = net.arc(1, 3, 1, cost(1));
        let other = net.arc(1, 4, 1, cost(5));
        let only = net.arc(2, 3, 1, cost(2));
        net.arc(3, 5, 1, cost(0));
        net.arc(4, 5, 1, cost(0));
        assert_eq!(net.fill(0, 5), Some(2));
        assert_eq!((net.flow(direct), net.flow(other), net.flow(only)), (0, 1, 1));
        assert!(!net.reached(0)[5]);
    }

    #[test]
    fn a_part_is_weighed_only_where_those_before_are_equal() {
        let mut net = Network::new(4);
        let dear = net.arc(0, 1, 1, Cost { fit: 1, ..Cost::NONE });
        let cheap = net.arc(0, 2, 1, Cost { mix: i64::MAX / 4, load: 7, ..Cost::NONE });
        net.arc(1, 3, 1, Cost::NONE);
        net.arc(2, 3, 1, Cost::NONE);
        let last = net.node();
        net.arc(3, last, 1, Cost::NONE);
        assert_eq!(net.fill(0, last), Some(1));
        assert_eq!((net.flow(dear), net.flow(cheap)), (0, 1));
    }

    #[test]
    fn what_is_too_large_to_count_is_said() {
        let mut net = Network::new(3);
        net.arc(0, 1, 1, cost(i64::MAX));
        net.arc(1, 2, 1, cost(1));
        assert_eq!(net.fill(0, 2), None);
    }
}
