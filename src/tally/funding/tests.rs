//! Allotments by hand, and against an oracle in exact rationals.

use std::collections::BTreeMap;
use std::num::NonZeroI64;

use num_rational::Ratio;
use proptest::prelude::*;

use super::*;
use crate::base::Points;
use crate::domain::funding::{Matching, OWN_FIELD, REQUESTED_FIELD, Tier};

fn yuan(yuan: i64) -> Money {
    Money::from_fen(yuan * 100)
}

fn rule(method: Method) -> Funding {
    let (short, last) = match method {
        Method::Requested => (Short::InOrder, Last::Part),
        _ => (Short::Refuse, Last::Nothing),
    };
    Funding {
        total: None,
        method,
        unit_cap: None,
        unit_floor: None,
        matching: None,
        up_to_requested: true,
        step: None,
        short,
        last,
        missing: Missing::Refuse,
        requested_field: REQUESTED_FIELD.to_owned(),
        own_field: OWN_FIELD.to_owned(),
        clause: String::new(),
    }
}

fn one_to_one(short: MatchShort) -> Matching {
    let one = NonZeroI64::new(10_000).unwrap();
    Matching { own: one, grant: one, short }
}

/// Code, place, score, asked for, own; -1 is missing.
fn units(rows: &[(&str, u32, i64, i64, i64)]) -> Units {
    let there = |amount: i64| (amount >= 0).then(|| yuan(amount));
    let unit = |(code, rank, score, requested, own): &(&str, u32, i64, i64, i64)| Unit {
        code: (*code).to_owned(),
        rank: (*rank > 0).then_some(Rank { whole: *rank, half: false }),
        score: (*score >= 0).then(|| Points::from_units(score * 100)),
        requested: there(*requested),
        own: there(*own),
        line: None,
    };
    let any = |which: fn(&(&str, u32, i64, i64, i64)) -> bool| rows.iter().any(which);
    Units {
        units: rows.iter().map(unit).collect(),
        ranks: any(|row| row.1 > 0),
        scores: any(|row| row.2 >= 0),
        requests: any(|row| row.3 >= 0),
        owns: any(|row| row.4 >= 0),
    }
}

fn amounts(made: &Allotment) -> Vec<(&str, i64, &'static str)> {
    let row = |row: &'_ Allotted| row.bound.first().map_or("", |bound| bound.word());
    made.rows.iter().map(|one| (one.unit.code.as_str(), one.amount.fen(), row(one))).collect()
}

#[test]
fn as_requested_in_order_until_it_is_used_up() {
    let mut rule = rule(Method::Requested);
    rule.unit_cap = Some(yuan(800));
    rule.matching = Some(one_to_one(MatchShort::Lower));
    let list =
        units(&[("C", 3, 80, 500, 900), ("A", 1, 90, 1000, 900), ("B", 2, 85, 700, 300), ("D", 4, 70, 500, 900)]);
    let made = allot(&rule, Some(yuan(1400)), &list).unwrap();
    let wanted = [("A", 80_000, "unit_cap"), ("B", 30_000, "match"), ("C", 30_000, "rest"), ("D", 0, "ended")];
    assert_eq!(amounts(&made), wanted);
    assert_eq!(made.undistributed, Some(Money::ZERO));
    // Enough for all: nobody is cut, and what is over is said.
    let made = allot(&rule, Some(yuan(5000)), &list).unwrap();
    assert_eq!((made.allotted, made.undistributed), (yuan(2100), Some(yuan(2900))));
    // Without a total there is nothing over.
    let made = allot(&rule, None, &list).unwrap();
    assert_eq!((made.allotted, made.undistributed), (yuan(2100), None));
}

#[test]
fn money_that_ends_between_equals_goes_to_none_of_them() {
    let list = units(&[("A", 1, 90, 500, -1), ("C", 2, 85, 400, -1), ("B", 2, 85, 300, -1), ("D", 4, 70, 10, -1)]);
    let made = allot(&rule(Method::Requested), Some(yuan(1000)), &list).unwrap();
    // D, behind them, does not go before them either.
    assert_eq!(amounts(&made), [("A", 50_000, "requested"), ("B", 0, "tied"), ("C", 0, "tied"), ("D", 0, "ended")]);
    assert_eq!(made.undistributed, Some(yuan(500)));
    assert_eq!(made.codes(|bound| bound == Bound::Tied), ["B", "C"]);
    let made = allot(&rule(Method::Requested), Some(yuan(1200)), &list).unwrap();
    assert_eq!(made.undistributed, Some(Money::ZERO));
}

#[test]
fn who_can_get_nothing_is_no_equal_that_money_ends_between() {
    // A and B share the first place, and B asks for nothing: the rest is A's.
    let list = units(&[("A", 1, -1, 500, -1), ("B", 1, -1, 0, -1), ("C", 3, -1, 100, -1), ("D", 4, -1, 0, -1)]);
    let made = allot(&rule(Method::Requested), Some(yuan(300)), &list).unwrap();
    let wanted = [("A", 30_000, "rest"), ("B", 0, "requested"), ("C", 0, "ended"), ("D", 0, "requested")];
    assert_eq!(amounts(&made), wanted);
    assert_eq!(made.undistributed, Some(Money::ZERO));
    // One fen is something.
    let mut list = list;
    list.units[1].requested = Some(Money::from_fen(1));
    let made = allot(&rule(Method::Requested), Some(yuan(300)), &list).unwrap();
    assert_eq!(amounts(&made)[..2], [("A", 0, "tied"), ("B", 0, "tied")]);
}

#[test]
fn what_a_full_one_cannot_take_goes_to_the_others() {
    let mut rule = rule(Method::ByScore);
    rule.unit_cap = Some(yuan(300));
    // 50:30:20 of 1000 is 500, 300, 200; the first is full at 300, which leaves
    // 700 to 30:20; the second is full then as well.
    let list = units(&[("A", 1, 50, -1, -1), ("B", 2, 30, -1, -1), ("C", 3, 20, -1, -1)]);
    let made = allot(&rule, Some(yuan(700)), &list).unwrap();
    assert_eq!(amounts(&made), [("A", 30_000, "unit_cap"), ("B", 24_000, "share"), ("C", 16_000, "share")]);
    let made = allot(&rule, Some(yuan(1000)), &list).unwrap();
    assert_eq!(made.undistributed, Some(yuan(100)));
    assert!(allot(&rule, None, &list).is_err());
}

#[test]
fn odd_fen_go_to_the_largest_remainders_and_to_none_of_equals() {
    // 100 fen by 3:3:1 are 42 6/7, 42 6/7, 14 2/7: both equals get their fen.
    let list = units(&[("A", 1, 3, -1, -1), ("B", 2, 3, -1, -1), ("C", 3, 1, -1, -1)]);
    let made = allot(&rule(Method::ByScore), Some(yuan(1)), &list).unwrap();
    assert_eq!(amounts(&made).iter().map(|row| row.1).collect::<Vec<_>>(), [43, 43, 14]);
    // Ten fen among three equals: one is over, and nobody's.
    let made = allot(&rule(Method::Equal), Some(Money::from_fen(10)), &list).unwrap();
    assert_eq!(amounts(&made).iter().map(|row| row.1).collect::<Vec<_>>(), [3, 3, 3]);
    assert_eq!(made.undistributed, Some(Money::from_fen(1)));
}

#[test]
fn too_little_is_lowered_refused_or_ends() {
    let list = units(&[("A", 1, -1, -1, -1), ("B", 2, -1, -1, -1), ("C", 3, -1, -1, -1)]);
    let mut rule = rule(Method::Fixed(yuan(50)));
    assert_eq!(allot(&rule, Some(yuan(150)), &list).unwrap().undistributed, Some(Money::ZERO));
    let refusal = allot(&rule, Some(yuan(149)), &list).unwrap_err();
    assert!(matches!(refusal.problem(), Problem::Unfunded(Unfunded::Short { .. })));
    rule.short = Short::InOrder;
    let made = allot(&rule, Some(yuan(149)), &list).unwrap();
    assert_eq!(amounts(&made), [("A", 5_000, "amount"), ("B", 5_000, "amount"), ("C", 0, "ended")]);
    rule.last = Last::Part;
    assert_eq!(allot(&rule, Some(yuan(149)), &list).unwrap().rows[2].amount, yuan(49));
    rule.unit_floor = Some(yuan(50));
    assert_eq!(allot(&rule, Some(yuan(149)), &list).unwrap().rows[2].amount, Money::ZERO);
    rule.short = Short::Scale;
    rule.unit_floor = None;
    let made = allot(&rule, Some(yuan(100)), &list).unwrap();
    assert_eq!(amounts(&made)[0], ("A", 3_333, "share"));
    assert_eq!(made.undistributed, Some(Money::from_fen(1)));
}

#[test]
fn tiers_go_by_place_and_whole_steps_are_rounded_down() {
    let tier = |to, gives| Tier { to, gives };
    let tiers = vec![tier(1, Gives::Amount(yuan(500))), tier(3, Gives::Share(123_456))];
    let mut rule = rule(Method::Tiers(tiers));
    rule.step = Some(yuan(10));
    let list = units(&[("A", 1, -1, -1, -1), ("B", 2, -1, -1, -1), ("C", 2, -1, -1, -1), ("D", 4, -1, -1, -1)]);
    let made = allot(&rule, Some(yuan(1000)), &list).unwrap();
    assert_eq!(
        amounts(&made),
        [("A", 50_000, "amount"), ("B", 12_000, "amount"), ("C", 12_000, "amount"), ("D", 0, "no_tier")]
    );
    assert_eq!(made.undistributed, Some(yuan(260)));
    let mut little = list.clone();
    little.requests = true;
    for unit in &mut little.units {
        unit.requested = Some(yuan(if unit.code == "B" { 9 } else { 500 }));
    }
    assert_eq!(amounts(&allot(&rule, Some(yuan(1000)), &little).unwrap())[1], ("B", 0, "step"));
    let without = units(&[("A", 1, -1, -1, -1), ("B", 0, -1, -1, -1)]);
    assert!(matches!(allot(&rule, Some(yuan(1000)), &without).unwrap_err().problem(), Problem::MissingValue { .. }));
}

#[test]
fn missing_is_never_nothing() {
    let mut rule = rule(Method::ByRequested);
    rule.matching = Some(one_to_one(MatchShort::Lower));
    let list = units(&[("A", 1, -1, 500, 500), ("B", 2, -1, -1, 500), ("C", 3, -1, 500, -1)]);
    let refusal = allot(&rule, Some(yuan(600)), &list).unwrap_err();
    let named: Vec<_> = refusal.faults().map(|fault| fault.place.field.clone().unwrap()).collect();
    assert_eq!(named, ["B", "C"]);
    rule.missing = Missing::List;
    let made = allot(&rule, Some(yuan(600)), &list).unwrap();
    assert_eq!(amounts(&made), [("A", 50_000, "requested"), ("B", 0, "missing:requested"), ("C", 0, "missing:own")]);
    assert_eq!(made.undistributed, Some(yuan(100)));
    // Nothing asked for is not a request that is missing.
    let list = units(&[("A", 1, -1, 500, 500), ("B", 2, -1, 0, 500)]);
    assert_eq!(allot(&rule, Some(yuan(600)), &list).unwrap().rows[1].amount, Money::ZERO);
}

#[test]
fn own_funds_that_fall_short() {
    let mut rule = rule(Method::Fixed(yuan(50)));
    let list = units(&[("A", 1, -1, -1, 50), ("B", 2, -1, -1, 49)]);
    let give = |rule: &Funding| allot(rule, None, &list).map(|made| made.rows[1].amount);
    rule.matching = Some(one_to_one(MatchShort::Lower));
    assert_eq!(give(&rule), Ok(yuan(49)));
    rule.matching = Some(one_to_one(MatchShort::Nothing));
    assert_eq!(give(&rule), Ok(Money::ZERO));
    rule.matching = Some(one_to_one(MatchShort::Refuse));
    assert!(
        matches!(give(&rule).unwrap_err().problem(), Problem::Unfunded(Unfunded::MatchShort { codes }) if codes == "B")
    );
    // Twice as much of one's own as is granted: half of it, to the fen, down.
    rule.matching = Some(Matching {
        own: NonZeroI64::new(20_000).unwrap(),
        grant: NonZeroI64::new(10_000).unwrap(),
        short: MatchShort::Lower,
    });
    assert_eq!(give(&rule), Ok(Money::from_fen(2_450)));
}

#[test]
fn the_largest_amounts_neither_overflow_nor_lie() {
    let most = 999_999_999_999;
    let rows: Vec<(String, u32)> = (1..=200).map(|at| (format!("U{at:03}"), at)).collect();
    let rows: Vec<(&str, u32, i64, i64, i64)> =
        rows.iter().map(|(code, at)| (code.as_str(), *at, 99_999_900, most, most)).collect();
    let list = units(&rows);
    for method in [Method::ByRequested, Method::ByScore, Method::Requested, Method::Equal] {
        let made = allot(&rule(method), Some(yuan(most)), &list).unwrap();
        let sum: i64 = made.rows.iter().map(|row| row.amount.fen()).sum();
        assert_eq!(sum + made.undistributed.unwrap().fen(), most * 100);
    }
}

type Row = (u32, i64, i64, i64);

fn any_rule() -> impl Strategy<Value = Funding> {
    let tiers = vec![
        Tier { to: 2, gives: Gives::Amount(Money::from_fen(70_001)) },
        Tier { to: 4, gives: Gives::Share(90_000) },
    ];
    let methods = prop_oneof![
        Just(Method::Fixed(Money::from_fen(33_333))),
        Just(Method::Equal),
        Just(Method::Requested),
        Just(Method::ByScore),
        Just(Method::ByRequested),
        Just(Method::Tiers(tiers)),
    ];
    let cap = prop::option::of(20_000i64..90_000);
    let floor = prop::option::of(1i64..20_000);
    let ratio = prop::option::of((1i64..40_000, 1i64..40_000));
    let step = prop::option::weighted(0.3, 1i64..5_000);
    (methods, cap, floor, ratio, step, any::<(bool, bool, bool)>()).prop_map(
        |(method, cap, floor, ratio, step, (scale, part, asked))| Funding {
            unit_cap: cap.map(Money::from_fen),
            unit_floor: floor.map(Money::from_fen),
            matching: ratio.map(|(own, grant)| Matching {
                own: NonZeroI64::new(own).unwrap(),
                grant: NonZeroI64::new(grant).unwrap(),
                short: MatchShort::Lower,
            }),
            step: step.map(Money::from_fen),
            short: if scale { Short::Scale } else { Short::InOrder },
            last: if part { Last::Part } else { Last::Nothing },
            up_to_requested: asked,
            ..rule(method)
        },
    )
}

fn any_list() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec((1u32..6, 0i64..1_000_000, 0i64..100_000, 0i64..100_000), 1..9)
}

fn listed(rows: &[Row]) -> Units {
    let unit = |(at, (rank, score, requested, own)): (usize, &Row)| Unit {
        code: format!("U{at}"),
        rank: Some(Rank { whole: *rank, half: false }),
        score: Some(Points::from_units(*score)),
        requested: Some(Money::from_fen(*requested)),
        own: Some(Money::from_fen(*own)),
        line: None,
    };
    let units = rows.iter().enumerate().map(unit).collect();
    Units { units, ranks: true, scores: true, requests: true, owns: true }
}

/// Exact shares under caps, found otherwise than the program finds them: round
/// by round, everybody over the cap is filled, until nobody is.
fn oracle(total: i64, parts: &[(i64, Option<i64>)]) -> Vec<Ratio<i128>> {
    let mut full: BTreeMap<usize, i64> = BTreeMap::new();
    loop {
        let rest: i128 = i128::from(total) - full.values().map(|cap| i128::from(*cap)).sum::<i128>();
        let open = parts.iter().enumerate().filter(|(at, _)| !full.contains_key(at));
        let weight: i128 = open.map(|(_, (weight, _))| i128::from(*weight)).sum();
        let share = |at: usize, weight_of: i64| match full.get(&at) {
            Some(cap) => Ratio::from_integer(i128::from(*cap)),
            None if weight == 0 => Ratio::from_integer(0),
            None => Ratio::new(rest * i128::from(weight_of), weight),
        };
        let shares: Vec<Ratio<i128>> = parts.iter().enumerate().map(|(at, (weight, _))| share(at, *weight)).collect();
        let over = parts.iter().enumerate().filter_map(|(at, (_, cap))| {
            let cap = (*cap)?;
            (!full.contains_key(&at) && shares[at] > Ratio::from_integer(i128::from(cap))).then_some((at, cap))
        });
        let over: Vec<(usize, i64)> = over.collect();
        if over.is_empty() {
            return shares;
        }
        full.extend(over);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Nothing is lost or made, nobody is above a cap, equals in everything are
    /// given the same, and the order of rows says nothing.
    #[test]
    fn whatever_the_rule(rule in any_rule(), rows in any_list(), total in 0i64..400_000, turn in 0usize..8) {
        let list = listed(&rows);
        let made = allot(&rule, Some(Money::from_fen(total)), &list).unwrap();
        let sum: i64 = made.rows.iter().map(|row| row.amount.fen()).sum();
        prop_assert_eq!(sum, made.allotted.fen());
        prop_assert_eq!(sum + made.undistributed.unwrap().fen(), total);
        prop_assert!(made.undistributed.unwrap() >= Money::ZERO);
        for row in &made.rows {
            let (amount, unit) = (row.amount.fen(), &row.unit);
            prop_assert!(amount >= 0);
            prop_assert!(rule.unit_cap.is_none_or(|cap| amount <= cap.fen()));
            prop_assert!(rule.unit_floor.is_none_or(|floor| amount == 0 || amount >= floor.fen()));
            prop_assert!(!rule.up_to_requested || amount <= unit.requested.unwrap().fen());
            prop_assert!(rule.method != Method::Requested || amount <= unit.requested.unwrap().fen());
            prop_assert!(rule.step.is_none_or(|step| amount % step.fen() == 0));
            if let Some(matching) = rule.matching {
                let (own, grant) = (i128::from(unit.own.unwrap().fen()), i128::from(amount));
                prop_assert!(own * i128::from(matching.grant.get()) >= grant * i128::from(matching.own.get()));
            }
            prop_assert!(!row.bound.is_empty());
            for other in &made.rows {
                let same = |unit: &Unit| Unit { code: String::new(), ..unit.clone() };
                if same(&other.unit) == same(unit) {
                    prop_assert_eq!(other.amount, row.amount);
                }
            }
        }
        let mut turned = list.clone();
        turned.units.reverse();
        let turn = turn % turned.units.len();
        turned.units.rotate_left(turn);
        prop_assert_eq!(allot(&rule, Some(Money::from_fen(total)), &turned).unwrap(), made);
    }

    /// More to share never gives anybody less; but an odd fen may go to another.
    #[test]
    fn more_is_not_less(rule in any_rule(), rows in any_list(), total in 0i64..400_000, more in 0i64..2_000) {
        // A tier's share of the total is another rule for another total.
        prop_assume!(!matches!(rule.method, Method::Tiers(_)));
        let list = listed(&rows);
        let (a, b) = (allot(&rule, Some(Money::from_fen(total)), &list).unwrap(), allot(&rule, Some(Money::from_fen(total + more)), &list).unwrap());
        for (a, b) in a.rows.iter().zip(&b.rows) {
            let shared = a.bound == [Bound::Share] && rule.step.is_none();
            prop_assert!(b.amount.fen() >= a.amount.fen() - i64::from(shared), "{a:?} {b:?}");
        }
    }

    /// Every share is the exact one, rounded down or up to the next fen; those
    /// that are rounded up have larger remainders than those that are not.
    #[test]
    fn shares_are_those_of_exact_rationals(rows in any_list(), total in 0i64..400_000, capped in any::<bool>(), by_score in any::<bool>()) {
        let mut rule = rule(if by_score { Method::ByScore } else { Method::ByRequested });
        rule.up_to_requested = capped;
        rule.unit_cap = capped.then(|| Money::from_fen(50_000));
        let made = allot(&rule, Some(Money::from_fen(total)), &listed(&rows)).unwrap();
        let parts: Vec<(i64, Option<i64>)> = made.rows.iter().map(|row| {
            let (score, requested) = (row.unit.score.unwrap().units(), row.unit.requested.unwrap().fen());
            (if by_score { score } else { requested }, capped.then(|| requested.min(50_000)))
        }).collect();
        let exact = oracle(total, &parts);
        let (mut up, mut down) = (Vec::new(), Vec::new());
        for (row, exact) in made.rows.iter().zip(exact) {
            let floor = exact.floor().to_integer();
            let amount = i128::from(row.amount.fen());
            prop_assert!(amount == floor || amount == exact.ceil().to_integer(), "{row:?} {exact}");
            if amount > floor { up.push(exact.fract()) } else { down.push(exact.fract()) }
        }
        let least = up.iter().min();
        prop_assert!(least.is_none_or(|least| down.iter().all(|down| down < least)));
        // What is over is less than the equals it could not be shared among.
        let most = down.iter().max().copied().unwrap_or_default();
        let equals = down.iter().filter(|one| **one == most).count();
        let all_full = parts.iter().zip(&made.rows).all(|((weight, cap), row)| *weight == 0 || *cap == Some(row.amount.fen()));
        prop_assert!(all_full || usize::try_from(made.undistributed.unwrap().fen()).unwrap() < equals.max(1));
    }
}
