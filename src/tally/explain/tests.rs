//! Steps lead where the engine goes, whatever the rule, and each is right by
//! itself.

use num_rational::Ratio;
use proptest::prelude::*;

use super::super::doubt::replay::tests::any_panel;
use super::super::doubt::table::tests::{Row, rule, settled};
use crate::base::Points;
use crate::domain::counting::Counting;
use crate::domain::explained::{Amount, Apart, Explained, Formula, Of, Reason, Step};
use crate::domain::given::{AdjustRow, FactorRow, Given};
use crate::domain::rubric::beyond::{COUNT_BACK, Carry, Group, RankOn, TieKey};
use crate::domain::rubric::{Rounding, Scope};

type Exact = Ratio<i128>;

fn exact(amount: Amount) -> Exact {
    let (over, under) = amount.parts();
    Ratio::new(over, under)
}

fn worked(formula: &Formula) -> Exact {
    let one = |amount: &Amount| exact(*amount);
    match formula {
        Formula::Sum(terms) => {
            terms.iter().map(|term| one(&term.value) * term.factor.map_or(Ratio::from_integer(1), exact)).sum()
        }
        Formula::Quotient(over, under) => one(over) / Ratio::from_integer(i128::from(*under)),
        Formula::Product(factors) => factors.iter().map(one).product(),
        Formula::Middle(a, b) => (one(a) + one(b)) / Ratio::from_integer(2),
        Formula::Same(value) => one(value),
    }
}

fn points(points: Points) -> Exact {
    Ratio::new(points.units().into(), 10_000)
}

/// Groups, factors, bases, roundings, additions, pass lines and keys on top of a
/// panel's rule.
pub(crate) fn any_rule() -> impl Strategy<Value = (Counting, Given, Vec<Row<'static>>)> {
    let factor = prop::option::of(prop::sample::select(vec![300_000i64, 1_234_567, 2_000_000, 0]));
    let round = prop::option::of(0u32..4);
    let more = (
        factor,
        prop::option::of(-30_000i64..30_000),
        prop::collection::vec(-40_000i64..40_000, 0..3),
        (round.clone(), round.clone(), round.clone(), round.clone(), round),
        any::<[bool; 7]>(),
    );
    (any_panel(4), more).prop_map(|((mut rule, rows), (factor, base, adjusts, rounds, flags))| {
        let [even, exact, groups, mine, lines, values, bare] = flags;
        let a = &mut rule.aggregation;
        a.rounding = if even { Rounding::HalfEven } else { Rounding::HalfUp };
        a.beyond.rank_on = if exact { RankOn::Exact } else { RankOn::Rounded };
        match a.scope {
            Scope::Criterion => {
                (a.beyond.round.criterion, a.beyond.round.factored, a.beyond.round.group) =
                    (rounds.0, rounds.1, rounds.2);
            }
            Scope::ExpertTotal => (a.beyond.round.mark, a.beyond.round.expert_total) = (rounds.3, rounds.4),
        }
        if values {
            for mark in 0..6 {
                a.beyond.mark_values.insert(Points::from_units(mark * 10_000), 12_345_678_901 * mark);
            }
        }
        if groups {
            rule.groups = vec![
                Group {
                    id: "G".into(),
                    criteria: vec!["x".into()],
                    max: Some(Points::from_units(50_000)),
                    additions: true,
                },
                Group { id: "H".into(), criteria: vec!["y".into()], max: None, additions: false },
            ];
            rule.ties = vec![TieKey::plain("H"), TieKey::plain("x"), TieKey::plain(COUNT_BACK)];
        }
        if lines {
            rule.pass_line.total = Some(Points::from_units(30_000));
            rule.pass_line.dimension_share = Some(Points::from_units(4_000));
        }
        let application = mine.then(|| "a".to_owned());
        let row = FactorRow { application, criterion: Some("x".into()), factor, base, panel: None, line: 0 };
        let adjusts =
            adjusts.into_iter().map(|points| AdjustRow { application: "b".into(), points, ..AdjustRow::default() });
        let factors = if bare { Vec::new() } else { vec![row] };
        let given = Given { factors, adjusts: adjusts.collect(), ..Given::default() };
        (rule, given, rows)
    })
}

/// Every step, and what the figures of a part are.
fn held(of: &Explained) -> Result<usize, TestCaseError> {
    let mut steps = 0;
    for part in of.parts.iter().chain(&of.groups) {
        for step in &part.steps {
            let Step::Sum(sum) = step else { continue };
            steps += 1;
            prop_assert_eq!(worked(&sum.formula), exact(sum.result), "{:?}", step);
            if let Some(rounded) = sum.rounded {
                let unit = Ratio::new(1, 10i128.pow(rounded.places));
                let off = points(rounded.to) - exact(sum.result);
                let off = if off < Ratio::from_integer(0) { -off } else { off };
                prop_assert!(off <= unit / 2, "{:?}", step);
                prop_assert!((points(rounded.to) / unit).is_integer());
                if off == unit / 2 {
                    let even = (points(rounded.to) / unit).to_integer() % 2 == 0;
                    let away = (points(rounded.to) < exact(sum.result)) == (exact(sum.result) < Ratio::from_integer(0));
                    prop_assert!(if rounded.how == Rounding::HalfEven { even } else { away }, "{:?}", step);
                }
            }
        }
    }
    for pass in &of.passes {
        prop_assert_eq!(worked(&pass.least), exact(pass.result));
    }
    Ok(steps)
}

proptest! {
    #[test]
    fn steps_lead_to_the_engines_score((rule, given, rows) in any_rule()) {
        let table = settled(rule, given, &rows);
        let panel = table.panel("").unwrap();
        for place in 0..panel.ranked.len() {
            let placed = table.engine().place(panel.ranked, place, true).unwrap();
            let of = table.explain(panel, placed.code).unwrap().unwrap();
            prop_assert_eq!((of.rank, of.tied), (placed.rank, placed.tied));
            let steps = held(&of)?;
            let score = of.parts.last().and_then(|part| match part.steps.last() {
                Some(Step::Sum(sum)) if part.of == Of::Score => sum.rounded,
                _ => None,
            });
            prop_assert_eq!(score.map(|rounded| rounded.to), placed.score);
            prop_assert_eq!(steps > 0, placed.score.is_some());
            if placed.score.is_none() {
                prop_assert!(!of.reasons.is_empty());
                continue;
            }
            // Whose marks were dropped, as the standing says it.
            let mut dropped: Vec<(&str, &str)> = Vec::new();
            for row in &of.marks.rows {
                let gone = of.marks.experts.iter().zip(&row.dropped).filter(|(_, gone)| **gone);
                dropped.extend(gone.map(|(expert, _)| (row.criterion.as_str(), expert.as_str())));
            }
            let mut said = placed.dropped_marks.clone();
            said.sort_unstable();
            dropped.sort_unstable();
            if of.by_criterion {
                prop_assert_eq!(dropped, said);
            }
            let failed = of.passes.iter().any(|pass| !pass.passes);
            let below = |notice: &crate::domain::tallied::Notice<'_>| {
                use crate::domain::tallied::Notice;
                matches!(notice, Notice::BelowPassLine | Notice::BelowDimension(_))
            };
            prop_assert_eq!(failed, placed.notices.iter().any(below));
        }
    }
}

const ROWS: [Row<'static>; 8] = [
    ("p", "A", "e1", "x", Some(5)),
    ("p", "A", "e2", "x", Some(7)),
    ("p", "A", "e3", "x", Some(7)),
    ("p", "B", "e1", "x", Some(6)),
    ("p", "B", "e2", "x", Some(7)),
    ("p", "B", "e3", "x", Some(6)),
    ("p", "C", "e1", "x", Some(5)),
    ("p", "D", "e2", "x", None),
];

#[test]
fn what_told_two_apart_and_why_there_is_none() {
    let mut few = rule(Scope::Criterion);
    few.aggregation.min_sheets = 2;
    few.ties = vec![TieKey::plain(COUNT_BACK)];
    let table = settled(few.clone(), Given::default(), &ROWS);
    let of = |name| table.explain(table.panel("p").unwrap(), name).unwrap().unwrap();
    // Both have 6.33; the best two of A are 7 and 7, of B 7 and 6.
    let place = of("B").place.unwrap();
    let point = |points: i64| Some(Amount::of(Points::from_units(points * 10_000)));
    let above = place.above.unwrap();
    assert_eq!((above.code.as_str(), above.by), ("A", Apart::CountBack { place: 2, mine: point(6), theirs: point(7) }));
    assert!(place.below.is_none() && place.equals.is_empty() && place.of == 2);
    let cut = place.cut.unwrap();
    assert_eq!((cut.quota, cut.before, cut.seats_left), (3, 1, 1));
    let c = of("C");
    assert_eq!(c.reasons[0], Reason::TooFew { criterion: Some("x".into()), have: 1, least: 2 });
    assert!(c.parts.is_empty() && c.place.is_none());
    assert_eq!(of("D").reasons, [Reason::Missing { criterion: "x".into() }]);
    assert!(table.explain(table.panel("p").unwrap(), "E").unwrap().is_none());
    few.ties.clear();
    let table = settled(few, Given::default(), &ROWS);
    let place = table.explain(table.panel("p").unwrap(), "B").unwrap().unwrap().place.unwrap();
    assert_eq!((place.equals, place.above), (vec!["A".to_owned()], None));
}

/// An earlier stage's score comes with its factor, and adds up.
#[test]
fn a_score_carried_over_is_a_step() {
    let mut stages = rule(Scope::ExpertTotal);
    stages.aggregation.beyond.carries = vec![Carry { from: "first".into(), to: "last".into(), factor: 333_333 }];
    let rows: [Row<'_>; 3] =
        [("first", "A", "e1", "x", Some(8)), ("last", "A", "e1", "x", Some(5)), ("last", "A", "e2", "x", Some(6))];
    let table = settled(stages, Given::default(), &rows);
    let of = table.explain(table.panel("last").unwrap(), "A").unwrap().unwrap();
    let carried = of.parts.iter().find(|part| part.of == Of::Carried("first".into())).unwrap();
    let Step::Sum(sum) = &carried.steps[0] else { panic!() };
    let factor = Amount::new(333_333, 1_000_000).unwrap();
    assert_eq!(sum.formula, Formula::Product(vec![Amount::of(Points::from_units(80_000)), factor]));
    assert_eq!(of.score.as_deref(), Some("8.17"));
}
