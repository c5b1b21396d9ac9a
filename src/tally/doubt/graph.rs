//! Who can be compared with whom: experts and applications joined by marks, the
//! parts that hang together, and what holds them together alone.

use super::grid::Grid;

/// Experts and applications that hang together by marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The experts, in order.
    pub experts: Vec<usize>,
    /// The applications, in order.
    pub applications: Vec<usize>,
}

/// What a comparison of experts hangs on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fragile {
    /// Applications without which experts could no longer be compared.
    pub applications: Vec<usize>,
    /// Marks without which experts could no longer be compared: application,
    /// expert.
    pub marks: Vec<(usize, usize)>,
}

/// One node's way in the walk.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// When it was reached, from 1; 0: not yet.
    order: usize,
    /// The earliest that it, or what was reached through it, is joined to.
    low: usize,
}

struct Step {
    node: usize,
    from: Option<usize>,
    next: usize,
}

/// The parts, by their first expert, and what is fragile in them. Who has no
/// mark is in none.
#[must_use]
pub(super) fn parts(grid: &Grid) -> (Vec<Part>, Fragile) {
    // Experts first, then applications.
    let experts = grid.experts();
    let mut joined: Vec<Vec<usize>> = grid
        .columns()
        .into_iter()
        .map(|column| column.into_iter().map(|(application, _)| experts + application).collect())
        .collect();
    joined.extend(grid.rows().iter().map(|row| row.iter().map(|(expert, _)| *expert).collect()));
    let neighbours = |node: usize| joined.get(node).map_or(&[][..], Vec::as_slice);
    let mut walk = Walk { seen: vec![Seen::default(); joined.len()], clock: 0, experts, fragile: Fragile::default() };
    let mut parts = Vec::new();
    for expert in 0..experts {
        if walk.at(expert).order == 0 && !neighbours(expert).is_empty() {
            let mut nodes = walk.from(expert, &neighbours);
            nodes.sort_unstable();
            let split = nodes.partition_point(|node| *node < experts);
            let applications = nodes.split_off(split).into_iter().map(|node| node - experts).collect();
            parts.push(Part { experts: nodes, applications });
        }
    }
    let mut fragile = walk.fragile;
    fragile.applications.sort_unstable();
    fragile.applications.dedup();
    fragile.marks.sort_unstable();
    (parts, fragile)
}

struct Walk {
    seen: Vec<Seen>,
    clock: usize,
    experts: usize,
    fragile: Fragile,
}

impl Walk {
    fn at(&self, node: usize) -> Seen {
        self.seen.get(node).copied().unwrap_or_default()
    }

    fn enter(&mut self, node: usize) {
        self.clock += 1;
        if let Some(seen) = self.seen.get_mut(node) {
            *seen = Seen { order: self.clock, low: self.clock };
        }
    }

    fn lower(&mut self, node: usize, low: usize) {
        if let Some(seen) = self.seen.get_mut(node) {
            seen.low = seen.low.min(low);
        }
    }

    /// Walks in depth from an expert, without recursion; gives all it reaches.
    fn from<'a>(&mut self, start: usize, neighbours: &impl Fn(usize) -> &'a [usize]) -> Vec<usize> {
        let mut reached = vec![start];
        let mut stack = vec![Step { node: start, from: None, next: 0 }];
        self.enter(start);
        while let Some(step) = stack.last_mut() {
            let (node, from) = (step.node, step.from);
            if let Some(other) = neighbours(node).get(step.next).copied() {
                step.next += 1;
                if self.at(other).order == 0 {
                    self.enter(other);
                    reached.push(other);
                    stack.push(Step { node: other, from: Some(node), next: 0 });
                } else if Some(other) != from {
                    self.lower(node, self.at(other).order);
                }
                continue;
            }
            stack.pop();
            if let Some(before) = from {
                self.leave(node, before, neighbours);
            }
        }
        reached
    }

    /// Back from a node to the one before it.
    fn leave<'a>(&mut self, node: usize, before: usize, neighbours: &impl Fn(usize) -> &'a [usize]) {
        let low = self.at(node).low;
        self.lower(before, low);
        // A walk starts at an expert, so an application is never its start.
        if before >= self.experts && low >= self.at(before).order {
            self.fragile.applications.push(before - self.experts);
        }
        if low > self.at(before).order {
            let (expert, application) = if node < self.experts { (node, before) } else { (before, node) };
            // An application with one mark joins nobody.
            if neighbours(application).len() > 1 {
                self.fragile.marks.push((application - self.experts, expert));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::grid::tests::grid;
    use super::*;

    #[test]
    fn one_application_joins_two_panels() {
        let (found, fragile) = parts(&grid(&["1 1 - -", "1 1 - -", "- 1 1 -", "- - 1 1", "- - 1 1", "- - - -"]));
        assert_eq!(found, [Part { experts: vec![0, 1, 2, 3], applications: vec![0, 1, 2, 3, 4] }]);
        assert_eq!(fragile, Fragile { applications: vec![2], marks: vec![(2, 1), (2, 2)] });
        let (apart, fragile) = parts(&grid(&["1 - -", "1 - -", "- - 1", "- - 1"]));
        assert_eq!(apart.len(), 2);
        assert_eq!(apart[1], Part { experts: vec![2], applications: vec![2, 3] });
        assert_eq!(fragile, Fragile::default());
        assert_eq!(parts(&grid(&["1 1 1", "1 1 1"])).1, Fragile::default());
    }

    proptest! {
        /// Against taking out each application, and each mark, in turn.
        #[test]
        fn fragile_is_what_breaks_when_taken_out(
            rows in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.4, Just(1i128)), 4), 1..7),
        ) {
            let groups = |rows: &[Vec<Option<i128>>]| {
                let grid = Grid::new(4, 1, rows).unwrap();
                let (parts, _) = parts(&grid);
                // An expert without marks is compared with nobody.
                parts.len() + 4 - grid.active().len()
            };
            let (_, fragile) = parts(&Grid::new(4, 1, &rows).unwrap());
            let now = groups(&rows);
            for at in 0..rows.len() {
                let mut without = rows.clone();
                without[at] = vec![None; 4];
                let alone = rows[at].iter().flatten().count() < 2;
                let breaks = groups(&without) > now && !alone;
                prop_assert_eq!(fragile.applications.contains(&at), breaks, "application {}", at);
                for expert in 0..4 {
                    let mut without = rows.clone();
                    let breaks = without[at][expert].take().is_some() && groups(&without) > now && !alone;
                    prop_assert_eq!(fragile.marks.contains(&(at, expert)), breaks, "mark {} {}", at, expert);
                }
            }
        }
    }
}
