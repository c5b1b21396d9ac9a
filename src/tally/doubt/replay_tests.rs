//! Standings without an expert: published lists, what the rows without that
//! expert give, and what is said where nothing is left.

use proptest::prelude::*;

use super::super::table::tests::{Row, rule, settled};
use super::*;
use crate::domain::counting::Counting;
use crate::domain::given::Given;
use crate::domain::rubric::{Scope, Statistic};

/// Five applications by five experts; above the line of three without each
/// expert, worked out by a full enumeration in Python.
pub(crate) const CASE: [(&str, [i64; 5]); 5] = [
    ("A", [92, 90, 95, 88, 91]),
    ("B", [85, 88, 86, 90, 84]),
    ("C", [87, 83, 88, 85, 86]),
    ("D", [80, 95, 78, 82, 99]),
    ("E", [70, 75, 72, 74, 71]),
];

pub(crate) fn case() -> Vec<Row<'static>> {
    let experts = ["e1", "e2", "e3", "e4", "e5"];
    let rows = CASE.iter().flat_map(|(application, marks)| {
        experts.iter().zip(marks).map(|(expert, mark)| ("", *application, *expert, "x", Some(*mark)))
    });
    rows.collect()
}

#[test]
fn the_line_without_each_expert() {
    let table = settled(rule(Scope::ExpertTotal), Given::default(), &case());
    let out = left_out(&table, table.panel("").unwrap()).unwrap();
    let above: Vec<(&str, String)> = out
        .experts
        .iter()
        .map(|without| {
            let mut above = without.above.clone();
            above.sort();
            (without.expert.as_str(), above.concat())
        })
        .collect();
    assert_eq!(
        above,
        [("e1", "ABD"), ("e2", "ABC"), ("e3", "ABD"), ("e4", "ACD"), ("e5", "ABC")].map(|(e, a)| (e, a.to_owned()))
    );
    // With everyone: A 91.2, D 86.8, B 86.6, C 85.8, E 72.4.
    let order: Vec<&str> = out.places.iter().map(|place| place.application.as_str()).collect();
    assert_eq!(order, ["A", "D", "B", "C", "E"]);
    let by = |name: &str| out.places.iter().find(|place| place.application == name).unwrap();
    let d = by("D");
    assert_eq!((d.same_side, d.same_rank, d.best_worst.map(|(b, w)| (b.whole, w.whole))), (3, 3, Some((2, 4))));
    assert_eq!((by("A").same_rank, by("E").same_rank, by("E").same_side), (5, 5, 5));
    let without = &out.experts[1];
    let crossings: Vec<(&str, Side, Side)> =
        without.crossings.iter().map(|one| (one.application.as_str(), one.from, one.to)).collect();
    assert_eq!(crossings, [("D", Side::Above, Side::Below), ("C", Side::Below, Side::Above)]);
    assert!(without.crossings[0].leaves() && without.crossings[1].enters());
}

/// Nobody marked B but e2, and A needs two.
#[test]
fn that_nothing_is_left_is_said() {
    let rows: [Row<'_>; 3] =
        [("", "A", "e1", "x", Some(8)), ("", "A", "e2", "x", Some(9)), ("", "B", "e2", "x", Some(5))];
    let mut few = rule(Scope::Criterion);
    let table = settled(few.clone(), Given::default(), &rows);
    let out = left_out(&table, table.panel("").unwrap()).unwrap();
    assert_eq!(out.experts[1].no_result, ["B"]);
    assert_eq!((out.places[1].no_result, out.places[1].same_rank, out.places[1].stand.sheets), (1, 1, 1));
    // Who did not mark it takes nothing from it.
    assert_eq!(out.places[1].without[0], out.places[1].stand);
    assert!(!out.experts[1].is_empty(&out));
    few.aggregation.min_sheets = 2;
    let table = settled(few, Given::default(), &rows);
    let out = left_out(&table, table.panel("").unwrap()).unwrap();
    assert!(out.experts.iter().all(|without| without.is_empty(&out)), "{out:?}");
    assert!(out.experts.iter().all(|without| without.above.is_empty() && without.crossings.len() == 1));
}

pub(crate) const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// A rule, and rows of some applications by `experts` experts.
pub(crate) fn any_panel(experts: usize) -> impl Strategy<Value = (Counting, Vec<Row<'static>>)> {
    let marks = prop::collection::vec(prop::option::weighted(0.8, 0i64..6), 4 * experts * 2);
    let statistic = prop::sample::select(vec![Statistic::Mean, Statistic::Median, Statistic::Sum]);
    let rules = (any::<bool>(), statistic, 0u32..2, 0u32..2, 1u32..5, 1u32..3, 0u32..3, 0u32..4, any::<bool>());
    (rules, marks).prop_map(move |((by_criterion, statistic, low, high, from, least, places, quota, down), marks)| {
        let mut rule = rule(if by_criterion { Scope::Criterion } else { Scope::ExpertTotal });
        let a = &mut rule.aggregation;
        (a.statistic, a.drop_low, a.drop_high, a.drop_from) = (statistic, low, high, from.max(low + high + 1));
        (a.min_sheets, a.places) = (least, places);
        if down {
            a.beyond.direction = crate::domain::rubric::beyond::Direction::Ascending;
        }
        rule.quota.number = Some(quota);
        let cells = (0..4).flat_map(|a| (0..experts).flat_map(move |e| ["x", "y"].map(move |c| (a, e, c))));
        let rows = cells.zip(marks).map(|((a, e, c), mark)| ("", NAMES[a], NAMES[e], c, mark)).collect();
        (rule, rows)
    })
}

proptest! {
    /// Counted again without an expert is counted without that expert's rows.
    #[test]
    fn the_same_as_without_the_rows((rule, rows) in any_panel(4)) {
        let table = settled(rule.clone(), Given::default(), &rows);
        let panel = table.panel("").unwrap();
        let out = left_out(&table, panel).unwrap();
        for (number, without) in out.experts.iter().enumerate() {
            let rest: Vec<Row<'_>> = rows.iter().filter(|row| row.2 != without.expert && row.4.is_some()).copied().collect();
            let rest = settled(rule.clone(), Given::default(), &rest);
            let Some(rest) = rest.panel("").map(|panel| stands(rest.engine(), panel.ranked)).map(|stands| {
                stands.into_iter().map(|(name, stand)| (name.to_owned(), stand)).collect::<HashMap<String, Stand>>()
            }) else { continue };
            let mut moved = 0;
            for place in &out.places {
                let stand = place.without[number];
                let rest = rest.get(&place.application).map(|stand| (stand.rank, stand.score, stand.side));
                prop_assert_eq!(rest.unwrap_or((None, None, Some(Side::Below))), (stand.rank, stand.score, stand.side));
                moved += usize::from(stand.rank != place.stand.rank);
            }
            prop_assert_eq!(moved, without.moved);
        }
    }
}
