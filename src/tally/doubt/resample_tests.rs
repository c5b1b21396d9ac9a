//! Draws of experts: a published case, every draw written out as rows, and
//! draws by chance near the exact counts.

use proptest::prelude::*;

use super::super::replay::tests::{NAMES, any_panel, case};
use super::super::table::tests::{Row, rule, settled};
use super::*;
use crate::domain::given::Given;

fn inside(of: &Resampled) -> Vec<(&str, u128)> {
    of.members.iter().map(|member| (member.application.as_str(), member.inside)).collect()
}

/// Every one of 3,125 draws, worked out by a full enumeration in Python.
#[test]
fn who_is_inside_of_all_draws() {
    let table = settled(rule(Scope::ExpertTotal), Given::default(), &case());
    let out = resampled(&table, table.panel("").unwrap()).unwrap().unwrap();
    assert_eq!(out.draws, Draws::All { total: 3125, different: 126 });
    assert_eq!(inside(&out), [("A", 3125), ("B", 2524), ("C", 1739), ("D", 2022), ("E", 0)]);
}

/// By chance, each share is within 0.02 of the exact one, and the same again.
#[test]
fn by_chance_it_is_near_and_always_the_same() {
    let table = settled(rule(Scope::ExpertTotal), Given::default(), &case());
    let panel = table.panel("").unwrap();
    // 25 marks and 5 applications: not enough for 126 lots, let alone for 200 draws.
    let draw = |most| within(&table, panel, most * TOTAL).unwrap();
    assert_eq!(draw(30 * 120), Err(NotDrawn::TooLarge), "120 draws say nothing");
    let exact = draw(30 * 126).unwrap();
    assert!(matches!(exact.draws, Draws::All { .. }));
    let mut desk = Desk::new(&table, panel, 3).unwrap();
    let mut chance = Chance::new(seed(panel));
    let mut counts = [0u32; 5];
    for _ in 0..DRAWS {
        let mut lot = [0u32; 5];
        (0..5).for_each(|_| lot[at(chance.below(5))] += 1);
        for (count, (inside, _)) in counts.iter_mut().zip(desk.count(&lot).unwrap()) {
            *count += u32::from(*inside);
        }
    }
    for (count, (name, exact)) in counts.iter().zip(inside(&exact)) {
        let off = i128::from(*count) * 3125 - i128::try_from(exact).unwrap() * i128::from(DRAWS);
        assert!(off.abs() * 50 <= i128::from(DRAWS) * 3125, "{name}: {count} of {DRAWS}");
    }
    // Worked out with `hashlib` from the marks in order of names.
    assert_eq!(seed(panel).short(), "59cc40e183a6a82f");
}

#[test]
fn where_nothing_is_drawn_it_is_said() {
    let rows: [Row<'_>; 2] = [("", "A", "e1", "x", Some(8)), ("", "B", "e1", "x", Some(9))];
    let table = settled(rule(Scope::Criterion), Given::default(), &rows);
    assert_eq!(resampled(&table, table.panel("").unwrap()).unwrap(), Err(NotDrawn::TooFewExperts));
    let mut open = rule(Scope::Criterion);
    open.quota.kind = QuotaKind::None;
    let table = settled(open, Given::default(), &case());
    assert_eq!(resampled(&table, table.panel("").unwrap()).unwrap(), Err(NotDrawn::NoLine));
}

#[test]
fn lots_stand_for_all_draws() {
    for experts in 2..=9 {
        let (total, different) = all(experts).unwrap();
        let (mut lots, mut count, mut weights) = (Lots::new(experts), 0u64, 0u128);
        let mut seen = std::collections::BTreeSet::new();
        while let Some((lot, weight)) = lots.next() {
            assert_eq!(lot.iter().sum::<u32>(), u32::try_from(experts).unwrap());
            assert!(seen.insert(lot.to_vec()));
            (count, weights) = (count + 1, weights + weight);
        }
        assert_eq!((count, weights), (different, total), "{experts}");
    }
    assert_eq!([6, 7, 8].map(|n| all(n).unwrap().1), [462, 1716, 6435]);
    assert_eq!(all(40), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Every draw written out as rows of experts with names of their own, and
    /// counted as any file is.
    #[test]
    fn the_same_as_every_draw_written_out((rule, rows) in any_panel(3)) {
        let table = settled(rule.clone(), Given::default(), &rows);
        let panel = table.panel("").unwrap();
        let names = panel.experts();
        prop_assume!(names.len() > 1);
        let out = resampled(&table, panel).unwrap().unwrap();
        let n = names.len();
        let mut wanted: Vec<(String, u128, u128)> =
            panel.applications().iter().map(|name| ((*name).to_owned(), 0, 0)).collect();
        let ascending = rule.aggregation.beyond.direction == Direction::Ascending;
        for draw in 0..n.pow(u32::try_from(n).unwrap()) {
            let mut drawn: Vec<Row<'_>> = Vec::new();
            for seat in 0..n {
                let expert = names[draw / n.pow(u32::try_from(seat).unwrap()) % n];
                let own = rows.iter().filter(|row| row.2 == expert && row.4.is_some());
                drawn.extend(own.map(|row| ("", row.1, NAMES[seat], row.3, row.4)));
            }
            let counted = settled(rule.clone(), Given::default(), &drawn);
            let Some(standing) = counted.panel("") else {
                for (.., none) in &mut wanted {
                    *none += 1;
                }
                continue;
            };
            let scores: Vec<(&str, Option<i64>)> = (0..standing.ranked.len())
                .map(|place| counted.engine().place(standing.ranked, place, false).unwrap())
                .map(|placed| (placed.code, placed.score.map(|score| if ascending { -score.units() } else { score.units() })))
                .collect();
            for (name, inside, none) in &mut wanted {
                let Some(score) = scores.iter().find(|(code, _)| code == name).and_then(|(_, score)| *score) else {
                    *none += 1;
                    continue;
                };
                let better = scores.iter().filter(|(_, other)| other.is_some_and(|other| other > score)).count();
                *inside += u128::from(better < at(rule.quota.number.unwrap()));
            }
        }
        let got: Vec<(String, u128, u128)> =
            out.members.into_iter().map(|member| (member.application, member.inside, member.no_result)).collect();
        prop_assert_eq!(got, wanted);
    }
}
