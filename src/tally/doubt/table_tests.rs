//! The table of marks: what is kept, in what order, and what is refused.

use super::*;
use crate::domain::given::{FactorRow, Given};
use crate::domain::rubric::beyond::Beyond;
use crate::domain::rubric::{
    Aggregation, Below, PassLine, QuotaKind, QuotaRule, RankStyle, Rounding, Scope, Statistic,
};

pub(crate) type Row<'a> = (&'a str, &'a str, &'a str, &'a str, Option<i64>);

/// A rule without dimensions: the mean, from one sheet on, to 2 places.
pub(crate) fn rule(scope: Scope) -> Counting {
    Counting {
        doubt: crate::domain::rubric::doubt::DoubtRule::default(),
        id: String::new(),
        version: String::new(),
        title_zh: String::new(),
        title_en: String::new(),
        aggregation: Aggregation {
            scope,
            statistic: Statistic::Mean,
            drop_high: 0,
            drop_low: 0,
            drop_from: 1,
            below: Below::Plain,
            min_sheets: 1,
            places: 2,
            rounding: Rounding::HalfUp,
            rank_style: RankStyle::Competition,
            beyond: Box::new(Beyond::default()),
        },
        quota: QuotaRule { kind: QuotaKind::Hard, number: Some(3) },
        pass_line: PassLine::default(),
        ties: Vec::new(),
        tie_last: String::new(),
        columns: Vec::new(),
        groups: Vec::new(),
    }
}

pub(crate) fn put(into: &mut impl Marks, rows: &[Row<'_>]) -> Result<()> {
    for (panel, application, expert, criterion, mark) in rows {
        let panel = into.panel(panel)?;
        let application = into.application(panel, application)?;
        let expert = into.expert(expert)?;
        let criterion = into.criterion(panel, criterion)?;
        into.mark(Spot { panel, application, expert, criterion }, mark.map(|mark| Points::from_units(mark * 10_000)))?;
    }
    Ok(())
}

pub(crate) fn settled(rule: Counting, given: Given, rows: &[Row<'_>]) -> Settled {
    let quota = Quota::fixed(rule.quota);
    let mut table = Table::new(rule, given).unwrap();
    put(&mut table, rows).unwrap();
    table.settled(quota).unwrap()
}

const ROWS: [Row<'static>; 9] = [
    ("p", "B", "e2", "y", Some(4)),
    ("p", "A", "e1", "x", Some(5)),
    ("p", "A", "e2", "x", Some(7)),
    ("p", "A", "e2", "y", Some(1)),
    ("p", "A", "e1", "y", None),
    ("p", "B", "e2", "x", Some(9)),
    ("q", "A", "e3", "z", Some(2)),
    ("p", "A", "e9", "x", None),
    ("p", "C", "e1", "y", Some(3)),
];

fn said(table: &Settled) -> String {
    let mut out = String::new();
    for panel in table.panels() {
        out.push_str(&format!(
            "{} {:?} {:?} {:?}\n",
            panel.name(),
            panel.applications(),
            panel.experts(),
            panel.criteria()
        ));
        for (application, expert, criterion, mark) in panel.cells() {
            let total = panel.total(application, expert);
            out.push_str(&format!("{application} {expert} {criterion} {mark:?} {total:?}\n"));
        }
    }
    out
}

#[test]
fn everything_is_by_name_whatever_the_order_of_rows() {
    let first = settled(rule(Scope::ExpertTotal), Given::default(), &ROWS);
    let mut turned = ROWS;
    turned.reverse();
    turned.swap(1, 5);
    assert_eq!(said(&first), said(&settled(rule(Scope::ExpertTotal), Given::default(), &turned)));
    let panel = first.panel("p").unwrap();
    assert_eq!(panel.applications(), ["A", "B", "C"]);
    assert_eq!(panel.experts(), ["e1", "e2"], "a blank is no mark");
    assert_eq!(panel.criteria(), ["x", "y"]);
    assert_eq!(panel.mark(0, 1, 0), Some(Points::from_units(70_000)));
    assert_eq!(panel.mark(0, 0, 1), None);
    assert_eq!(panel.marks_of(0, 0).count(), 2, "the blank is there");
    assert_eq!((panel.total(0, 1), panel.total(0, 0), panel.total(2, 0)), (Some(80_000), None, None));
    assert_eq!(panel.marks(), 6);
    assert_eq!(first.panel("q").unwrap().experts(), ["e3"]);
}

/// A total is the engine's own, by criterion too: times the factor, the
/// application's where it has one.
#[test]
fn totals_are_as_the_rule_counts_them() {
    let factor = |application: Option<&str>, criterion: &str, factor| FactorRow {
        application: application.map(str::to_owned),
        criterion: Some(criterion.to_owned()),
        factor: Some(factor),
        ..FactorRow::default()
    };
    let given =
        Given { factors: vec![factor(None, "x", 500_000), factor(Some("B"), "x", 2_000_000)], ..Given::default() };
    for scope in [Scope::Criterion, Scope::ExpertTotal] {
        let table = settled(rule(scope), given.clone(), &ROWS);
        let panel = table.panel("p").unwrap();
        let points = |total: Option<i128>| total.map(|total| total / (panel.total_under() / 10)).unwrap();
        // 7 x 0.5 + 1 and 9 x 2 + 4, in tenths of a unit.
        assert_eq!((points(panel.total(0, 1)), points(panel.total(1, 1))), (450_000, 2_200_000));
    }
}

#[test]
fn what_the_engine_refuses_is_refused_and_too_many_are_too() {
    let mut table = Table::new(rule(Scope::Criterion), Given::default()).unwrap();
    let twice = put(&mut table, &[ROWS[0], ROWS[0]]).unwrap_err();
    assert!(matches!(twice.problem(), crate::base::Problem::Duplicate { .. }), "{twice:?}");
    let mut table = Table::new(rule(Scope::Criterion), Given::default()).unwrap();
    table.most = 3;
    let many = put(&mut table, &ROWS).unwrap_err();
    assert!(matches!(many.problem(), crate::base::Problem::TooMany { what: Counted::Marks, limit: 3 }), "{many:?}");
    // Of one application alone there may be as many others as you like.
    let mut table = Table::new(rule(Scope::Criterion), Given::default()).unwrap().only("C");
    table.most = 1;
    put(&mut table, &ROWS).unwrap();
    let table = table.settled(Quota { number: None, kind: QuotaKind::None }).unwrap();
    assert_eq!((table.panel("p").unwrap().marks(), table.panel("p").unwrap().applications().len()), (1, 3));
}
