//! Flow of least cost (最小费用流), in integers: one cheapest way after another,
//! found by Dijkstra with potentials; and the greatest flow, where costs do not
//! matter.
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
    /// How far nodes are, and the arc to them, while a way is looked for.
    far: Vec<Option<(Cost, usize)>>,
}

impl Network {
    /// A network of so many nodes.
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            arcs: Vec::new(),
            out: vec![Vec::new(); nodes],
            potential: vec![Cost::NONE; nodes],
            far: vec![None; nodes],
        }
    }

    /// One more node.
    pub(super) fn node(&mut self) -> usize {
        self.out.push(Vec::new());
        self.potential.push(Cost::NONE);
        self.far.push(None);
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

    /// Sends so much from a node to the sink, each time the cheapest way that
    /// there is; gives how much. All that was sent so far then costs the least it
    /// can, whatever the order it was sent in. Nothing where costs grow beyond what
    /// is counted with.
    pub(super) fn send(&mut self, from: usize, sink: usize, wanted: u32) -> Option<u32> {
        let mut sent = 0u32;
        while sent < wanted {
            let path = self.cheapest(from, sink)?;
            if path.is_empty() {
                break;
            }
            sent = sent.checked_add(self.push(&path, wanted - sent)?)?;
        }
        Some(sent)
    }

    /// Sends as much as there is room for, whatever it costs; gives how much.
    pub(super) fn fill(&mut self, source: usize, sink: usize) -> Option<u64> {
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
                    sent = sent.checked_add(u64::from(self.push(&path, u32::MAX)?))?;
                    path.clear();
                } else if let Some(number) = self.out.get(at)?.get(*next.get(at)?) {
                    let arc = *self.arcs.get(*number)?;
                    let deeper = levels.get(arc.to)?.is_some_and(|to| levels.get(at) == Some(&to.checked_sub(1)));
                    if arc.room > 0 && deeper {
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

    /// The cheapest way, by its arcs; no arcs where there is none. Potentials
    /// then say how much nearer each node passed is than the sink.
    fn cheapest(&mut self, from: usize, sink: usize) -> Option<Vec<usize>> {
        // Of what is as near, the sink comes first, then what was found last: much
        // is as near, and most of it leads nowhere else.
        let mut heap = BinaryHeap::from([Reverse((Cost::NONE, u64::MAX, from))]);
        let mut turn = u64::MAX;
        let mut touched = vec![from];
        *self.far.get_mut(from)? = Some((Cost::NONE, usize::MAX));
        let mut end = None;
        while let Some(Reverse((cost, _, node))) = heap.pop() {
            if (*self.far.get(node)?).is_some_and(|(known, _)| known < cost) {
                continue;
            }
            if node == sink {
                end = Some(cost);
                break;
            }
            for at in 0..self.out.get(node)?.len() {
                let number = *self.out.get(node)?.get(at)?;
                if !self.nearer(node, cost, number, &mut touched)? {
                    continue;
                }
                let (next, there) = self.end(number)?;
                turn = turn.checked_sub(1)?;
                heap.push(Reverse((there, if next == sink { 0 } else { turn }, next)));
                // Where the sink is next to it, the way is tried at once: what is as
                // near is then not searched in vain.
                if let Some(last) = self.last_step(next, sink)
                    && self.nearer(next, there, last, &mut touched)?
                {
                    heap.push(Reverse((self.end(last)?.1, 0, sink)));
                }
            }
        }
        let path = if end.is_some() { self.back(from, sink)? } else { Vec::new() };
        for node in touched {
            let Some((far, _)) = self.far.get_mut(node)?.take() else { continue };
            if let Some(end) = end.filter(|end| far < *end) {
                let potential = self.potential.get_mut(node)?;
                *potential = potential.plus(far.less(end)?)?;
            }
        }
        Some(path)
    }

    /// The first open arc from a node to the sink, where such arcs come first.
    fn last_step(&self, node: usize, sink: usize) -> Option<usize> {
        let mut steps = self.out.get(node)?.iter().map_while(|number| {
            let arc = self.arcs.get(*number)?;
            (arc.to == sink).then_some((*number, arc.room))
        });
        steps.find(|(_, room)| *room > 0).map(|(number, _)| number)
    }

    /// The end of an arc, and how far it is.
    fn end(&self, number: usize) -> Option<(usize, Cost)> {
        let to = self.arcs.get(number)?.to;
        Some((to, (*self.far.get(to)?)?.0))
    }

    /// Goes along an arc from a node so far away: whether its end is nearer than
    /// was known.
    fn nearer(&mut self, node: usize, cost: Cost, number: usize, touched: &mut Vec<usize>) -> Option<bool> {
        let arc = *self.arcs.get(number)?;
        if arc.room == 0 {
            return Some(false);
        }
        let there = cost.plus(self.beyond(node, arc)?)?;
        let known = self.far.get_mut(arc.to)?;
        if known.is_some_and(|(known, _)| known <= there) {
            return Some(false);
        }
        if known.is_none() {
            touched.push(arc.to);
        }
        *known = Some((there, number));
        Some(true)
    }

    /// The way just found, from its end.
    fn back(&self, from: usize, sink: usize) -> Option<Vec<usize>> {
        let mut path = Vec::new();
        let mut at = sink;
        while at != from {
            let (_, arc) = (*self.far.get(at)?)?;
            path.push(arc);
            at = self.arcs.get(arc ^ 1)?.to;
        }
        Some(path)
    }

    /// How many open arcs each node is away.
    fn levels(&self, source: usize) -> Option<Vec<Option<usize>>> {
        let mut levels = vec![None; self.out.len()];
        *levels.get_mut(source)? = Some(0);
        let mut queue = VecDeque::from([(source, 0usize)]);
        while let Some((node, level)) = queue.pop_front() {
            for (_, arc) in self.open(node) {
                let there = levels.get_mut(arc.to)?;
                if there.is_none() {
                    *there = Some(level + 1);
                    queue.push_back((arc.to, level + 1));
                }
            }
        }
        Some(levels)
    }

    /// Sends along a path what it has room for, and no more than this.
    fn push(&mut self, path: &[usize], most: u32) -> Option<u32> {
        let rooms = path.iter().filter_map(|number| self.arcs.get(*number)).map(|arc| arc.room);
        let room = rooms.min()?.min(most);
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
        assert_eq!((net.send(0, 5, 1), net.send(0, 5, 9)), (Some(1), Some(1)));
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
        assert_eq!(net.send(0, last, 1), Some(1));
        assert_eq!((net.flow(dear), net.flow(cheap)), (0, 1));
    }

    #[test]
    fn what_is_too_large_to_count_is_said() {
        let mut net = Network::new(3);
        net.arc(0, 1, 1, cost(i64::MAX));
        net.arc(1, 2, 1, cost(1));
        assert_eq!(net.send(0, 2, 1), None);
        assert_eq!(net.fill(0, 2), Some(1));
    }
}
