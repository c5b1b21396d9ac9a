//! Comparable scores: figures worked out apart from the program, to sixty
//! places; rounding and order against exact squares; every guard.

use num_rational::Ratio;
use proptest::prelude::*;

use super::*;
use crate::base::Digest;
use crate::domain::rubric::beyond::Beyond;
use crate::domain::rubric::{Below, RankStyle, Scope, Statistic};
use crate::domain::standing::{Cut, Dropped, Rule, Standee, Votes};

const A: &str = "91.20 88.40 86.15 84.00 82.33 80.07 78.90 77.25 75.10 72.66 70.05 65.00";
const B: &str = "95.50 94.10 93.75 92.00 91.25 90.60 90.10 89.40 88.05 84.95";
const NO_QUOTA: Quota = Quota { number: None, kind: QuotaKind::None };

fn rule(across: Across, places: u32) -> Aggregation {
    Aggregation {
        scope: Scope::ExpertTotal,
        statistic: Statistic::Mean,
        drop_high: 1,
        drop_low: 1,
        drop_from: 5,
        below: Below::Plain,
        min_sheets: 3,
        places,
        rounding: Rounding::HalfUp,
        rank_style: RankStyle::Competition,
        beyond: Box::new(Beyond { across, ..Beyond::default() }),
    }
}

fn group(name: &str, scores: &str) -> Vec<Member> {
    let member = |(at, score): (usize, &str)| Member {
        group: name.to_owned(),
        code: format!("{name}-{at:02}"),
        raw: Some(Points::parse(score).unwrap()),
        rank: None,
        passes: true,
    };
    scores.split_whitespace().enumerate().map(member).collect()
}

fn both() -> Vec<Member> {
    [group("A", A), group("B", B)].concat()
}

/// Scores by member, as printed.
fn scores(rule: &Aggregation, members: &[Member]) -> Vec<String> {
    let combined = combine(rule, true, members, NO_QUOTA).unwrap();
    let mut out = vec![String::new(); members.len()];
    for place in combined.places {
        out[place.member] = place.score.unwrap().fixed(rule.places);
    }
    out
}

#[test]
fn figures_worked_out_apart() {
    for (method, wanted) in [
        (
            Across::TScore,
            "66.11 62.33 59.30 56.40 54.14 51.09 49.52 47.29 44.39 41.10 37.58 30.76 \
             65.33 60.59 59.41 53.49 50.95 48.75 47.06 44.69 40.12 29.63",
        ),
        (
            Across::ZScore,
            "1.61 1.23 0.93 0.64 0.41 0.11 -0.05 -0.27 -0.56 -0.89 -1.24 -1.92 \
             1.53 1.06 0.94 0.35 0.09 -0.13 -0.29 -0.53 -0.99 -2.04",
        ),
        (
            Across::Ratio,
            "97.33 94.34 91.94 89.64 87.86 85.45 84.20 82.44 80.14 77.54 74.75 69.37 \
             88.79 87.49 87.17 85.54 84.84 84.24 83.77 83.12 81.87 78.98",
        ),
    ] {
        let wanted: Vec<&str> = wanted.split_whitespace().collect();
        assert_eq!(scores(&rule(method, 2), &both()), wanted, "{method:?}");
    }
}

/// Ten results of which five are at 1 and five at -1 around their mean: the
/// deviation is one, and T is 60 or 40 to the last digit.
#[test]
fn roots_that_are_whole_stay_whole() {
    let flat = [group("A", &"81 79 ".repeat(5)), group("B", &"60.5 40.5 ".repeat(5))].concat();
    for (places, wanted) in [(0, ["60", "40"]), (2, ["60.00", "40.00"]), (4, ["60.0000", "40.0000"])] {
        assert_eq!(scores(&rule(Across::TScore, places), &flat)[..2], wanted);
    }
    let combined = combine(&rule(Across::TScore, 2), true, &flat, NO_QUOTA).unwrap();
    assert!(combined.places.iter().all(|place| place.tied));
    assert_eq!(combined.places.iter().filter(|place| place.rank.unwrap().whole == 1).count(), 10);
}

/// Two of one group with the same score stand as the rule's tie keys have them
/// there; with one of another group among them, all of them are equal.
#[test]
fn equals_of_one_group_stand_as_they_do_there() {
    let mut members = both();
    members[1].raw = members[0].raw;
    let placed = |at| Some(Rank { whole: at, half: false });
    (members[0].rank, members[1].rank) = (placed(2), placed(1));
    let top = |members: &[Member]| -> Vec<(String, u32, bool, bool)> {
        let combined = combine(&rule(Across::TScore, 2), true, members, NO_QUOTA).unwrap();
        let place =
            |place: &Place| (members[place.member].code.clone(), place.rank.unwrap().whole, place.tied, place.by_group);
        combined.places.iter().filter(|place| members[place.member].raw == members[0].raw).map(place).collect()
    };
    let rows = |rows: [(&str, u32, bool, bool); 2]| {
        rows.map(|(code, rank, tied, by)| (code.to_owned(), rank, tied, by)).to_vec()
    };
    let first = top(&members)[0].1;
    assert_eq!(top(&members), rows([("A-01", first, false, true), ("A-00", first + 1, false, true)]));
    members[0].rank = placed(1);
    assert_eq!(top(&members), rows([("A-00", first, true, false), ("A-01", first, true, false)]));
    // The same scores in another group, so the same T there.
    let mut mixed: Vec<Member> = members.iter().filter(|member| member.group == "A").cloned().collect();
    let other =
        |member: &Member| Member { group: "C".to_owned(), code: member.code.replace('A', "C"), ..member.clone() };
    mixed.extend(mixed.clone().iter().map(other));
    mixed[0].rank = placed(2);
    let combined = combine(&rule(Across::TScore, 2), true, &mixed, NO_QUOTA).unwrap();
    assert!(combined.places[..4].iter().all(|place| place.tied && !place.by_group && place.rank.unwrap().whole == 1));
}

/// A half of the last place, above and below the middle: away from zero is up
/// for both, since what is rounded is T and not its deviation.
#[test]
fn exact_halves() {
    let half = |below: bool, middle: i128, how| {
        // √(9/4) = 1.5
        let root = Root::of(1, 9, 4).unwrap();
        root.around(middle, below, how).unwrap()
    };
    assert_eq!((half(false, 50, Rounding::HalfUp), half(true, 50, Rounding::HalfUp)), (52, 49));
    assert_eq!((half(false, 50, Rounding::HalfEven), half(true, 50, Rounding::HalfEven)), (52, 48));
    assert_eq!((half(false, 0, Rounding::HalfUp), half(true, 0, Rounding::HalfUp)), (2, -2));
    assert_eq!((half(false, 0, Rounding::HalfEven), half(true, 0, Rounding::HalfEven)), (2, -2));
    assert_eq!((half(false, 50, Rounding::Down), half(true, 0, Rounding::Down)), (51, -1));
    // Just beside it: the root itself must not be rounded first.
    let beside = |over, how| Root::of(1, over, 4_000_000).unwrap().around(0, false, how).unwrap();
    assert_eq!((beside(8_999_999, Rounding::HalfUp), beside(9_000_001, Rounding::HalfEven)), (1, 2));
}

#[test]
fn it_is_done_only_where_it_can_be_defended() {
    let why = |drawn, members: &[Member], method| combine(&rule(method, 2), drawn, members, NO_QUOTA).err();
    assert_eq!(why(false, &both(), Across::TScore), Some(WhyNot::NotDrawn));
    assert_eq!(why(true, &both(), Across::TScore), None);
    let mut few = both();
    few.pop();
    assert_eq!(why(true, &few, Across::TScore), Some(WhyNot::TooFew("B".to_owned(), 9)));
    // Ten applications of which one has no result are nine.
    let mut few = both();
    few[15].raw = None;
    assert_eq!(why(true, &few, Across::ZScore), Some(WhyNot::TooFew("B".to_owned(), 9)));
    let flat = [group("A", A), group("B", &"80 ".repeat(10))].concat();
    assert_eq!(why(true, &flat, Across::TScore), Some(WhyNot::NoSpread("B".to_owned())));
    let mut below = both();
    for member in below.iter_mut().filter(|member| member.group == "A") {
        member.raw = member.raw.map(|raw| Points::from_units(-raw.units()));
    }
    assert_eq!(why(true, &below, Across::Ratio), Some(WhyNot::NoMean("A".to_owned())));
    let mut large = both();
    for (member, at) in large.iter_mut().zip(1i64..) {
        member.raw = Some(Points::from_units(i64::MAX - at));
    }
    assert_eq!(why(true, &large, Across::TScore), Some(WhyNot::DoesNotFit));
}

#[test]
fn the_line_is_drawn_through_the_combined_list() {
    let quota = |number| Quota { number: Some(number), kind: QuotaKind::Hard };
    let mut members = both();
    members[0].passes = false;
    members.push(Member { group: "B".to_owned(), code: "B-99".to_owned(), raw: None, rank: None, passes: false });
    let combined = combine(&rule(Across::TScore, 2), true, &members, quota(2)).unwrap();
    let codes = |places: &[usize]| -> Vec<&str> {
        places.iter().map(|at| members[combined.places[*at].member].code.as_str()).collect()
    };
    // The best of A does not pass; without a result one is last.
    assert_eq!(codes(&combined.above), ["B-00", "A-01"]);
    assert_eq!(codes(&[0, 22]), ["A-00", "B-99"]);
    assert_eq!((combined.places[22].rank, combined.places[22].score), (None, None));
    assert_eq!(combined.line_after(), Some(3));
}

#[test]
fn a_round_keeps_the_raw_score_beside_it_or_says_why_not() {
    let standing = |across| {
        let standee = |member: &Member| Standee {
            code: PacketCode::parse(&member.code).unwrap(),
            rank: Some(1),
            half: false,
            score: member.raw,
            raw: None,
            valid_sheets: 5,
            dropped: Dropped::Totals(Vec::new()),
            dimensions: BTreeMap::new(),
            tie_values: BTreeMap::new(),
            expert_totals: BTreeMap::new(),
            tied: false,
            tie_break: None,
            votes: Votes::default(),
            flags: vec![Flag::TiedAtLine],
        };
        Standing {
            places: both().iter().map(standee).collect(),
            cut: Cut {
                quota: Some(3),
                kind: QuotaKind::Hard,
                above: Vec::new(),
                tied_at_line: Vec::new(),
                seats_left: 0,
            },
            sheets: Digest::of(b""),
            rule: Rule {
                aggregation: rule(across, 2),
                tie_keys: Vec::new(),
                tie_last: String::new(),
                pass_total: None,
                pass_share: None,
            },
            across: None,
        }
    };
    let group_of = |member: &Member| (PacketCode::parse(&member.code).unwrap(), member.group.clone());
    let groups: BTreeMap<PacketCode, String> = both().iter().map(group_of).collect();
    let quota = Quota { number: Some(3), kind: QuotaKind::Hard };
    let before = standing(Across::TScore);
    let mut after = before.clone();
    standardise(&mut after, &groups, true, quota);
    let first = &after.places[0];
    assert_eq!((first.code.as_str(), first.rank, first.flags.len()), ("A-00", Some(1), 0));
    assert_eq!(first.score.map(|score| score.fixed(2)).as_deref(), Some("66.11"));
    assert_eq!(first.raw.map(|raw| raw.fixed(2)).as_deref(), Some("91.20"));
    let above: Vec<&str> = after.cut.above.iter().map(PacketCode::as_str).collect();
    assert_eq!(above, ["A-00", "B-00", "A-01"]);
    assert_eq!(after.across.clone().unwrap().why_not, None);
    // Not drawn: every place as it was, and the reason.
    let mut after = before.clone();
    standardise(&mut after, &groups, false, quota);
    assert_eq!(after.across.clone().unwrap().why_not, Some(WhyNot::NotDrawn));
    assert_eq!((&after.places, &after.cut), (&before.places, &before.cut));
    // Without groups, with one, or without the rule, nothing is said at all.
    for (across, groups) in [
        (Across::TScore, BTreeMap::new()),
        (Across::TScore, groups.keys().map(|code| (code.clone(), "A".to_owned())).collect()),
        (Across::None, groups.clone()),
    ] {
        let before = standing(across);
        let mut after = before.clone();
        standardise(&mut after, &groups, true, quota);
        assert_eq!(after, before);
    }
    // A packet that came later and is in no group.
    let mut fewer = groups.clone();
    fewer.pop_last();
    let mut after = before.clone();
    standardise(&mut after, &fewer, true, quota);
    assert_eq!(after.across.unwrap().why_not, Some(WhyNot::NoGroup("B-09".to_owned())));
}

/// A square with the sign of what was squared.
fn signed(of: Ratio<i128>) -> Ratio<i128> {
    if of < Ratio::from_integer(0) { -(of * of) } else { of * of }
}

proptest! {
    /// What is printed is within half a unit of the exact value, by squares and
    /// from the definition; order is that of the exact values.
    #[test]
    fn rounded_to_the_nearest_and_ordered_exactly(a in prop::collection::vec(0i64..20_000, 10..15), b in prop::collection::vec(0i64..20_000, 10..15), places in 0u32..=4, z in any::<bool>()) {
        let member = |name: &str, at: usize, score: i64| Member { group: name.to_owned(), code: format!("{name}{at:02}"), raw: Some(Points::from_units(score * 50)), rank: None, passes: true };
        let of = |name: &str, scores: &[i64]| scores.iter().enumerate().map(|(at, score)| member(name, at, *score)).collect::<Vec<_>>();
        let members = [of("A", &a), of("B", &b)].concat();
        prop_assume!([&a, &b].iter().all(|group| group.iter().any(|one| *one != group[0])));
        let method = if z { Across::ZScore } else { Across::TScore };
        let mut rule = rule(method, places);
        rule.beyond.rank_on = RankOn::Exact;
        let combined = combine(&rule, true, &members, NO_QUOTA).unwrap();
        let (middle, times) = if z { (0, 1) } else { (50, 10) };
        let unit = Ratio::new(1, 10i128.pow(places));
        let mut last: Option<Ratio<i128>> = None;
        for place in &combined.places {
            let member = &members[place.member];
            let group: Vec<Ratio<i128>> = members.iter().filter(|one| one.group == member.group).map(|one| Ratio::new(one.raw.unwrap().units().into(), 10_000)).collect();
            let count = Ratio::from_integer(i128::try_from(group.len()).unwrap());
            let mean = group.iter().sum::<Ratio<i128>>() / count;
            let variance = group.iter().map(|one| (one - mean) * (one - mean)).sum::<Ratio<i128>>() / count;
            let deviation = Ratio::new(member.raw.unwrap().units().into(), 10_000) - mean;
            let exact = signed(deviation) / variance * Ratio::from_integer(times * times);
            let printed = Ratio::new(i128::from(place.score.unwrap().units()), 10_000) - Ratio::from_integer(middle);
            prop_assert!(signed(printed - unit / 2) <= exact && exact <= signed(printed + unit / 2));
            let order = signed(deviation) / variance;
            prop_assert!(last.is_none_or(|last| order <= last));
            last = Some(order);
        }
        let mut turned = members.clone();
        turned.reverse();
        let codes = |combined: &Combined, members: &[Member]| combined.places.iter().map(|place| (members[place.member].code.clone(), place.rank, place.score)).collect::<Vec<_>>();
        prop_assert_eq!(codes(&combined, &members), codes(&combine(&rule, true, &turned, NO_QUOTA).unwrap(), &turned));
    }
}
