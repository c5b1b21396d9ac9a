//! Assignments against every one there is, of small panels.

use proptest::prelude::*;

use super::*;
use crate::domain::assignment::{Groups, Ways, alike, broken, readers, total, ways};
use crate::domain::panel::Recusal;

fn code(n: usize) -> PacketCode {
    PacketCode::parse(&format!("A-{n:02}")).unwrap()
}

fn expert(n: usize) -> ExpertCode {
    ExpertCode::parse(&format!("E{n:02}")).unwrap()
}

fn seat(n: usize, specialty: &str, recuse: &[usize]) -> Seat {
    let recusal = |n: &usize| Recusal { code: code(*n), reason: String::new() };
    Seat {
        expert: expert(n),
        recuse: recuse.iter().map(recusal).collect(),
        specialty: specialty.to_owned(),
        group: String::new(),
    }
}

/// A panel, packets, points, and what is asked for.
#[derive(Debug, Clone)]
struct Task {
    seats: Vec<Seat>,
    codes: Vec<PacketCode>,
    points: Vec<Vec<u32>>,
    rule: Rule,
}

impl Task {
    fn fit(&self) -> Fit {
        let mut fit = Fit::default();
        for (code, row) in self.codes.iter().zip(&self.points) {
            for (seat, points) in self.seats.iter().zip(row) {
                fit.note(code, &seat.expert, *points);
            }
        }
        fit
    }

    fn assign(&self) -> Result<Vec<Part>, Impossible> {
        assign(&self.seats, &self.codes, &self.rule, &self.fit())
    }

    /// Points, pairs of one specialty and loads squared; the worth of parts.
    fn worth(&self, parts: &[Part]) -> (u64, u64, u64) {
        let of = readers(parts, &self.codes, &self.rule, &self.fit());
        let loads = parts.iter().map(|part| u64::try_from(part.codes.len()).unwrap().pow(2)).sum();
        (total(&of), if self.rule.mix { alike(&of, &self.seats) } else { 0 }, loads)
    }

    /// The best worth of all assignments there are.
    fn best(&self) -> Option<(u64, u64, u64)> {
        let mut best = None;
        let mut parts: Vec<Part> = self
            .seats
            .iter()
            .map(|seat| Part { expert: seat.expert.clone(), codes: Vec::new(), recused: seat.recuse.clone() })
            .collect();
        self.search(0, &mut parts, &mut best);
        best
    }

    fn search(&self, at: usize, parts: &mut Vec<Part>, best: &mut Option<(u64, u64, u64)>) {
        let Some(code) = self.codes.get(at) else {
            let least = usize::try_from(self.rule.least.unwrap_or(0)).unwrap();
            if parts.iter().all(|part| part.codes.len() >= least) {
                let worth = self.worth(parts);
                let key = |worth: (u64, u64, u64)| (std::cmp::Reverse(worth.0), worth.1, worth.2);
                if best.is_none_or(|known| key(worth) < key(known)) {
                    *best = Some(worth);
                }
            }
            return;
        };
        for chosen in 0u32..1 << self.seats.len() {
            if chosen.count_ones() != self.rule.per.unwrap() {
                continue;
            }
            let taken: Vec<usize> = (0..self.seats.len()).filter(|at| chosen >> at & 1 == 1).collect();
            let room = |at: &usize| parts[*at].codes.len() < usize::try_from(self.rule.most.unwrap()).unwrap();
            if taken.iter().all(|at| room(at) && !self.seats[*at].is_recused(code)) {
                for at in &taken {
                    parts[*at].codes.push(code.clone());
                }
                self.search(at + 1, parts, best);
                for at in &taken {
                    parts[*at].codes.pop();
                }
            }
        }
    }
}

fn tasks() -> impl Strategy<Value = Task> {
    (1..=5usize, 1..=4usize, 1..=3u32, 1..=4u32, 0..=2u32, any::<bool>(), any::<bool>()).prop_flat_map(
        |(packets, experts, per, most, least, mix, seeded)| {
            let specialty = prop_oneof![Just(""), Just("专利代理"), Just("法律财务"), Just("市场开发")];
            let seats = proptest::collection::vec((specialty, proptest::collection::vec(0..6usize, packets)), experts);
            let points = proptest::collection::vec(proptest::collection::vec(0..4u32, experts), packets);
            (seats, points).prop_map(move |(seats, points)| Task {
                seats: seats
                    .iter()
                    .enumerate()
                    .map(|(n, (specialty, recused))| {
                        let from: Vec<usize> =
                            recused.iter().enumerate().filter(|(_, drawn)| **drawn == 0).map(|(n, _)| n).collect();
                        seat(n, specialty, &from)
                    })
                    .collect(),
                codes: (0..packets).map(code).collect(),
                points,
                rule: Rule {
                    per: Some(per),
                    most: Some(most),
                    least: (least > 0).then_some(least),
                    mix,
                    seed: seeded.then(|| "4417".to_owned()),
                    ..Rule::default()
                },
            })
        },
    )
}

/// A block is one by a count of its own: what its packets, or experts, want is
/// more than the others have room for; and none of them can be left out.
fn blocks(task: &Task, block: &Block) -> bool {
    let (per, most) = (task.rule.per.unwrap(), task.rule.most.unwrap());
    let least = task.rule.least.unwrap_or(0);
    let packets: Vec<&PacketCode> = block.packets.iter().map(|packet| &packet.code).collect();
    let experts: Vec<&ExpertCode> = block.experts.iter().map(|expert| &expert.code).collect();
    let room_of = |packets: &[&PacketCode], experts: &[&ExpertCode]| -> (u64, u64) {
        let may = |seat: &Seat, code: &PacketCode| !seat.is_recused(code);
        match block.side {
            Side::Packets => {
                let rooms = task.seats.iter().map(|seat| {
                    let may = packets.iter().filter(|code| may(seat, code)).count();
                    u64::from(u32::try_from(may).unwrap().min(most))
                });
                (u64::from(per) * u64::try_from(packets.len()).unwrap(), rooms.sum())
            }
            Side::Experts => {
                let rooms = task.codes.iter().map(|code| {
                    let may =
                        task.seats.iter().filter(|seat| experts.contains(&&seat.expert) && may(seat, code)).count();
                    u64::from(u32::try_from(may).unwrap().min(per))
                });
                (u64::from(least) * u64::try_from(experts.len()).unwrap(), rooms.sum())
            }
        }
    };
    let (wanted, room) = room_of(&packets, &experts);
    let fewer = |at: usize| {
        let without = |codes: usize| codes != at;
        let packets: Vec<_> =
            packets.iter().copied().enumerate().filter(|(n, _)| without(*n)).map(|(_, c)| c).collect();
        let experts: Vec<_> =
            experts.iter().copied().enumerate().filter(|(n, _)| without(*n)).map(|(_, c)| c).collect();
        match block.side {
            Side::Packets => room_of(&packets, &[]),
            Side::Experts => room_of(&[], &experts),
        }
    };
    let members = match block.side {
        Side::Packets => packets.len(),
        Side::Experts => experts.len(),
    };
    (wanted, room) == (block.wanted, block.room)
        && wanted > room
        && (0..members).all(|at| {
            let (wanted, room) = fewer(at);
            wanted <= room
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_better_and_what_is_impossible_is_shown(task in tasks()) {
        match (task.assign(), task.best()) {
            (Ok(parts), Some(best)) => {
                prop_assert_eq!(task.worth(&parts), best);
                prop_assert_eq!(broken(&parts, &task.seats, &task.codes, Some(&task.rule)), vec![]);
                for (part, seat) in parts.iter().zip(&task.seats) {
                    prop_assert!(!part.codes.iter().any(|code| seat.is_recused(code)));
                }
            }
            (Err(Impossible::Blocked(found)), None) => {
                prop_assert!(!found.is_empty());
                for block in &found {
                    prop_assert!(blocks(&task, block), "{:#?}", block);
                }
            }
            (found, best) => prop_assert!(false, "{found:?} {best:?}"),
        }
    }

    /// Each way out is held against every assignment there is with that figure.
    #[test]
    fn ways_out_are_enough_for_everything(task in tasks()) {
        if task.assign().is_ok() {
            return Ok(());
        }
        let can = |change: &dyn Fn(&mut Rule)| {
            let mut other = task.clone();
            change(&mut other.rule);
            other.rule.most >= other.rule.least && other.best().is_some()
        };
        let (per, most, least) = (task.rule.per.unwrap(), task.rule.most.unwrap(), task.rule.least.unwrap_or(0));
        let packets = u32::try_from(task.codes.len()).unwrap();
        let found = ways(&task.seats, &task.codes, &task.rule, true);
        prop_assert_eq!(found.most, (most + 1..=packets).find(|most| can(&|rule| rule.most = Some(*most))));
        prop_assert_eq!(found.per, (1..per).rev().find(|per| can(&|rule| rule.per = Some(*per))));
        prop_assert_eq!(found.least, (0..least).rev().find(|least| can(&|rule| rule.least = Some(*least))));
    }

    #[test]
    fn the_order_given_changes_nothing(task in tasks(), turn in 0..5usize) {
        let mut other = task.clone();
        let experts = other.seats.len();
        other.seats.rotate_left(turn % experts);
        for row in &mut other.points {
            row.rotate_left(turn % experts);
        }
        other.codes.reverse();
        other.points.reverse();
        prop_assert_eq!(task.assign(), other.assign());
    }
}

#[test]
fn a_seed_chooses_among_what_is_equally_good() {
    let codes: Vec<PacketCode> = (0..6).map(code).collect();
    let seats: Vec<Seat> = (0..6).map(|n| seat(n, "", &[])).collect();
    let by = |seed: Option<&str>| {
        let rule = Rule { per: Some(2), most: Some(2), seed: seed.map(str::to_owned), ..Rule::default() };
        assign(&seats, &codes, &rule, &Fit::default()).unwrap()
    };
    assert_eq!(by(Some("1")), by(Some("1")));
    assert_ne!(by(Some("1")), by(Some("2")));
    assert_ne!(by(None), by(Some("2")));
}

/// What was assigned once must come out again years later, when it is audited:
/// a change here is a change of every round's audit.
#[test]
fn which_of_equally_good_ones_stays_as_it_is() {
    let codes: Vec<PacketCode> = (1..=8).map(code).collect();
    let specialties = ["专利代理", "法律财务", "市场开发", "专利代理", "法律财务"];
    let seats: Vec<Seat> = specialties.iter().enumerate().map(|(n, of)| seat(n + 1, of, &[n + 1])).collect();
    let mut fit = Fit::default();
    for n in 1..=8 {
        fit.note(&code(n), &expert(n % 5 + 1), 3);
    }
    let told = |seed: Option<&str>| {
        let rule = Rule { per: Some(3), most: Some(6), mix: true, seed: seed.map(str::to_owned), ..Rule::default() };
        let parts = assign(&seats, &codes, &rule, &fit).unwrap();
        let codes = |part: &Part| {
            part.codes
                .iter()
                .map(|code| code.as_str().trim_start_matches("A-").to_owned())
                .collect::<Vec<_>>()
                .join(" ")
        };
        parts.iter().map(codes).collect::<Vec<_>>()
    };
    insta::assert_debug_snapshot!((told(None), told(Some("4417"))));
}

#[test]
fn groups_are_shared_out_each_for_itself() {
    let codes: Vec<PacketCode> = (1..=4).map(code).collect();
    let mut seats: Vec<Seat> = (1..=4).map(|n| seat(n, "", &[])).collect();
    for (seat, group) in seats.iter_mut().zip(["甲", "甲", "乙", "乙"]) {
        seat.group = group.to_owned();
    }
    let of = codes.iter().cloned().zip(["甲", "甲", "甲", "乙"].map(str::to_owned)).collect();
    let mut rule = Rule { groups: Some(Groups { drawn: false, of }), ..Rule::default() };
    let parts = assign(&seats, &codes, &rule, &Fit::default()).unwrap();
    assert_eq!(parts.iter().map(|part| part.codes.len()).collect::<Vec<_>>(), [3, 3, 1, 1]);
    assert_eq!(enough(&seats, &codes, &rule, 1), 2);
    rule.per = Some(2);
    rule.most = Some(2);
    let Err(Impossible::Blocked(blocks)) = assign(&seats, &codes, &rule, &Fit::default()) else { panic!() };
    assert_eq!(blocks.len(), 1);
    assert_eq!((blocks[0].group.as_deref(), blocks[0].wanted, blocks[0].room), (Some("甲"), 6, 4));
    assert_eq!(ways(&seats, &codes, &rule, true), Ways { most: Some(3), per: Some(1), least: None });
}

#[test]
fn experts_of_a_group_without_packets_have_nothing_to_read() {
    let codes: Vec<PacketCode> = (1..=2).map(code).collect();
    let mut seats: Vec<Seat> = (1..=2).map(|n| seat(n, "", &[])).collect();
    for (seat, group) in seats.iter_mut().zip(["甲", "乙"]) {
        seat.group = group.to_owned();
    }
    let of = codes.iter().cloned().map(|code| (code, "甲".to_owned())).collect();
    let groups = Some(Groups { drawn: false, of });
    let mut rule = Rule { per: Some(1), most: Some(2), least: Some(1), groups, ..Rule::default() };
    let Err(Impossible::Blocked(blocks)) = assign(&seats, &codes, &rule, &Fit::default()) else { panic!() };
    let [block] = blocks.as_slice() else { panic!("{blocks:?}") };
    assert_eq!((block.side, block.group.as_deref(), block.wanted, block.room), (Side::Experts, Some("乙"), 1, 0));
    assert_eq!(block.experts.iter().map(|member| &member.code).collect::<Vec<_>>(), [&expert(2)]);
    assert_eq!(ways(&seats, &codes, &rule, true), Ways { least: Some(0), ..Ways::default() });
    // Without a least there may be experts with nothing to read.
    rule.least = None;
    let parts = assign(&seats, &codes, &rule, &Fit::default()).unwrap();
    assert_eq!(broken(&parts, &seats, &codes, Some(&rule)), vec![]);
}
