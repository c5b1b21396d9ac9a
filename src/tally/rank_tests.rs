//! The tally against real and published figures, and against an oracle that
//! shares nothing with it but the rule: rationals from `num_rational`, and
//! places found by counting who is better instead of by sorting.

use super::*;
use crate::domain::rubric::{
    Aggregation, Asked, Below, Criterion, Dimension, OpinionRule, PassLine, RankStyle, RemarkRule, Rounding, Statistic,
    TieBreak,
};

use num_rational::Ratio;
use proptest::prelude::*;
use std::cmp::Ordering;
use std::collections::BTreeSet;

type Exact = Ratio<i128>;

// ---- Building rubrics and entries -------------------------------------------------

fn points(text: &str) -> Points {
    Points::parse(text).unwrap()
}

fn id(text: &str) -> CriterionId {
    CriterionId::parse(text).unwrap()
}

fn packet(text: &str) -> PacketCode {
    PacketCode::parse(text).unwrap()
}

fn expert(at: usize) -> ExpertCode {
    ExpertCode::parse(&format!("E{at:02}")).unwrap()
}

/// The defaults of the design.
fn default_rule() -> Aggregation {
    Aggregation {
        scope: Scope::ExpertTotal,
        statistic: Statistic::Mean,
        drop_high: 1,
        drop_low: 1,
        drop_from: 5,
        below: Below::Plain,
        min_sheets: 3,
        places: 2,
        rounding: Rounding::HalfUp,
        rank_style: RankStyle::Competition,
        beyond: Box::default(),
    }
}

/// A plain mean of whatever there is.
fn plain_rule() -> Aggregation {
    Aggregation { drop_high: 0, drop_low: 0, min_sheets: 1, ..default_rule() }
}

fn rubric(dimensions: &[(&str, &[(&str, &str)])], aggregation: Aggregation) -> Rubric {
    let criterion = |(name, max): &(&str, &str)| Criterion {
        errata: Vec::new(),
        id: id(name),
        zh: String::new(),
        en: String::new(),
        max: points(max),
        clause: String::new(),
        guide: String::new(),
        evidence: Vec::new(),
        find: Vec::new(),
        derived: Vec::new(),
        levels: Vec::new(),
    };
    let add = |all: &[Points]| Points::from_units(all.iter().map(|points| points.units()).sum());
    let dimensions: Vec<Dimension> = dimensions
        .iter()
        .map(|(name, criteria)| {
            let criteria: Vec<Criterion> = criteria.iter().map(criterion).collect();
            let max = add(&criteria.iter().map(|criterion| criterion.max).collect::<Vec<_>>());
            Dimension { id: id(name), zh: String::new(), en: String::new(), max, clause: String::new(), criteria }
        })
        .collect();
    Rubric {
        doubt: crate::domain::rubric::doubt::DoubtRule::default(),
        id: "test".to_owned(),
        version: "1".to_owned(),
        title_zh: String::new(),
        title_en: String::new(),
        basis: Vec::new(),
        total: add(&dimensions.iter().map(|dimension| dimension.max).collect::<Vec<_>>()),
        step: points("0.5"),
        form: String::new(),
        reading_rules: Vec::new(),
        note: String::new(),
        least_experts: 1,
        aggregation,
        quota: QuotaRule { kind: QuotaKind::None, number: None },
        pass_line: PassLine::default(),
        tie_break: TieBreak { keys: Vec::new(), last: "panel_vote".to_owned(), undecided: false },
        remarks: RemarkRule::default(),
        opinion: OpinionRule { text: Asked::No, vote: false },
        red_lines: Vec::new(),
        eligibility: None,
        funding: None,
        derived: Vec::new(),
        dimensions,
        after_review: Vec::new(),
    }
}

/// One entry a row, from experts E00, E01 and so on; `""` is a mark not given.
fn panel(rubric: &Rubric, code: &str, rows: &[&[&str]]) -> Vec<Entry> {
    let entry = |(at, row): (usize, &&[&str])| {
        let given = rubric.criteria().zip(*row).filter(|(_, mark)| !mark.is_empty());
        Entry {
            code: packet(code),
            expert: expert(at),
            marks: given.map(|(c, mark)| (c.id.clone(), points(mark))).collect(),
            vote: None,
        }
    };
    rows.iter().enumerate().map(entry).collect()
}

const NO_QUOTA: Quota = Quota { number: None, kind: QuotaKind::None };

fn hard(number: u32) -> Quota {
    Quota { number: Some(number), kind: QuotaKind::Hard }
}

fn standing(rubric: &Rubric, quota: Quota, entries: &[Entry]) -> Standing {
    let codes: BTreeSet<PacketCode> = entries.iter().map(|entry| entry.code.clone()).collect();
    rank(rubric, quota, &codes.into_iter().collect::<Vec<_>>(), entries, Digest::of(b""))
}

fn of<'a>(standing: &'a Standing, code: &str) -> &'a Standee {
    standing.places.iter().find(|place| place.code.as_str() == code).unwrap()
}

fn score(place: &Standee) -> Option<String> {
    place.score.map(|score| score.fixed(2))
}

fn names(codes: &[PacketCode]) -> Vec<&str> {
    codes.iter().map(PacketCode::as_str).collect()
}

/// One criterion of 100 points, and for each score a packet by one expert.
fn by_scores(scores: &[&str], style: RankStyle) -> Vec<u32> {
    let rubric = rubric(&[("A", &[("A1", "100")])], Aggregation { rank_style: style, ..plain_rule() });
    let entries: Vec<Entry> =
        scores.iter().enumerate().flat_map(|(at, score)| panel(&rubric, &format!("P{at}"), &[&[score]])).collect();
    let standing = standing(&rubric, NO_QUOTA, &entries);
    (0..scores.len()).map(|at| of(&standing, &format!("P{at}")).rank.unwrap()).collect()
}

// ---- Real and published figures ---------------------------------------------------

/// Constructed after the rules of the ISU and World Aquatics; figures worked
/// out with exact fractions in another language. `kept` of `0` is no result.
#[test]
fn trimmed_means_at_the_edges() {
    type Case = (&'static str, &'static [&'static str], u32, u32, usize, &'static str, &'static str);
    #[rustfmt::skip]
    let cases: &[Case] = &[
        ("five", &["85", "90", "88", "92", "79"], 1, 5, 3, "87.67", "87.67"),
        ("equal at both extremes: one a side goes", &["90", "90", "90", "80", "70", "70"], 1, 5, 4, "82.50", "82.50"),
        ("all equal", &["88", "88", "88", "88", "88"], 1, 5, 3, "88.00", "88.00"),
        ("three: plain", &["80", "90", "70"], 1, 5, 3, "80.00", "80.00"),
        ("three from three on: the median", &["80", "90", "70"], 1, 3, 1, "80.00", "80.00"),
        ("two", &["80", "91"], 1, 5, 2, "85.50", "85.50"),
        ("one", &["80"], 1, 5, 1, "80.00", "80.00"),
        ("none: no result, never 0", &[], 1, 5, 0, "", ""),
        ("a missing mark goes first", &["85", "", "90", "88", "92", "79"], 1, 5, 3, "87.67", "87.67"),
        ("a true 0 is a mark", &["0", "85", "90", "88", "92"], 1, 5, 3, "87.67", "87.67"),
        ("two a side", &["1", "2", "3", "4", "5", "6", "7"], 2, 5, 3, "4.00", "4.00"),
        ("an exact half", &["7.5", "7.75", "8.0", "7.25", "7.5", "7.75", "7.0", "8.25"], 1, 5, 6, "7.63", "7.62"),
    ];
    for (note, marks, drops, from, kept, half_up, half_even) in cases {
        for (rounding, expected) in [(Rounding::HalfUp, half_up), (Rounding::HalfEven, half_even)] {
            for scope in [Scope::ExpertTotal, Scope::Criterion] {
                let rule = Aggregation {
                    scope,
                    drop_high: *drops,
                    drop_low: *drops,
                    drop_from: *from,
                    min_sheets: 1,
                    rounding,
                    ..default_rule()
                };
                let rubric = rubric(&[("A", &[("A1", "100")])], rule);
                let rows: Vec<[&str; 1]> = marks.iter().map(|mark| [*mark]).collect();
                let rows: Vec<&[&str]> = rows.iter().map(<[&str; 1]>::as_slice).collect();
                let entries = panel(&rubric, "P1", &rows);
                let standing = rank(&rubric, NO_QUOTA, &[packet("P1")], &entries, Digest::of(b""));
                let place = of(&standing, "P1");
                let given = marks.iter().filter(|mark| !mark.is_empty()).count();
                assert_eq!(score(place).unwrap_or_default(), *expected, "{note}");
                assert_eq!(given - dropped_of(place, "A1").len(), *kept, "{note}");
                assert_eq!(place.flags.contains(&Flag::PlainStatistic), *kept > 0 && *kept == given, "{note}");
                assert_eq!(place.rank.is_none(), *kept == 0, "{note}");
            }
        }
    }
}

fn dropped_of<'a>(place: &'a Standee, criterion: &str) -> &'a [ExpertCode] {
    match &place.dropped {
        Dropped::Totals(experts) => experts,
        Dropped::Marks(marks) => marks.get(&id(criterion)).map_or(&[], Vec::as_slice),
    }
}

/// Constructed by search: five experts, four criteria of 25 points, and each
/// scope has another winner.
#[test]
fn the_scope_of_dropping_changes_the_winner() {
    let first: &[&[&str]] = &[
        &["24", "25", "16", "16"],
        &["16", "21", "16", "17"],
        &["16", "23", "16", "15"],
        &["19", "15", "14", "15"],
        &["15", "14", "16", "21"],
    ];
    let second: &[&[&str]] = &[
        &["15", "17", "13", "18"],
        &["16", "15", "20", "20"],
        &["15", "22", "24", "13"],
        &["22", "19", "12", "13"],
        &["12", "19", "25", "15"],
    ];
    for (scope, a, b) in
        [(Scope::Criterion, ("68.67", 1), ("68.00", 2)), (Scope::ExpertTotal, ("68.67", 2), ("69.33", 1))]
    {
        let rubric = rubric(
            &[("A", &[("A1", "25"), ("A2", "25"), ("A3", "25"), ("A4", "25")])],
            Aggregation { scope, ..default_rule() },
        );
        let entries = [panel(&rubric, "A", first), panel(&rubric, "B", second)].concat();
        let standing = standing(&rubric, NO_QUOTA, &entries);
        for (code, (points, rank)) in [("A", a), ("B", b)] {
            assert_eq!(
                (score(of(&standing, code)).as_deref(), of(&standing, code).rank),
                (Some(points), Some(rank)),
                "{scope:?} {code}"
            );
        }
    }
}

/// Constructed, checked by hand; figure skating breaks ties the same way.
#[test]
fn a_chain_of_tie_keys_leaves_what_is_equal_to_the_meeting() {
    let mut rubric = rubric(&[("A", &[("C1", "30"), ("C2", "30"), ("C3", "40")])], plain_rule());
    rubric.tie_break.keys = vec![id("C1"), id("C2")];
    let items = [
        ("A01", ["26", "25", "35.5"]),
        ("A02", ["27", "24", "35.5"]),
        ("A03", ["27", "25", "34.5"]),
        ("A04", ["30", "30", "26.49"]),
        ("A05", ["27", "25", "34.5"]),
    ];
    let entries: Vec<Entry> = items.iter().flat_map(|(code, row)| panel(&rubric, code, &[row])).collect();
    let standing = standing(&rubric, NO_QUOTA, &entries);
    let found: Vec<_> = standing
        .places
        .iter()
        .map(|place| {
            (place.code.as_str(), place.rank.unwrap(), place.tied, place.tie_break.as_ref().map(CriterionId::as_str))
        })
        .collect();
    assert_eq!(
        found,
        [
            ("A03", 1, true, None),
            ("A05", 1, true, None),
            ("A02", 3, false, Some("C2")),
            ("A01", 4, false, Some("C1")),
            ("A04", 5, false, None)
        ]
    );
}

/// By definition; the same from `rankdata` of scipy.
#[test]
fn equals_share_a_place() {
    let basic = ["92.50", "88.0", "88.00", "75.25"];
    assert_eq!(by_scores(&basic, RankStyle::Competition), [1, 2, 2, 4]);
    assert_eq!(by_scores(&basic, RankStyle::Dense), [1, 2, 2, 3]);
    assert_eq!(by_scores(&basic, RankStyle::Modified), [1, 3, 3, 4]);
    let triple = ["90", "90", "90", "85", "85", "70", "95"];
    assert_eq!(by_scores(&triple, RankStyle::Competition), [2, 2, 2, 5, 5, 7, 1]);
    assert_eq!(by_scores(&triple, RankStyle::Dense), [2, 2, 2, 3, 3, 4, 1]);
}

/// Eurovision 2018, jury of Portugal: Austria was ranked 3 7 2 4 5, Bulgaria
/// 2 4 3 5 7, so they are equal under any weights; added as binary fractions
/// in that order they are not. Weights 12 × 0.827^(rank − 1), to four places.
#[test]
fn the_order_of_adding_breaks_no_tie() {
    let weights = ["12", "9.924", "8.2071", "6.7873", "5.6131", "4.642", "3.839"];
    for statistic in [Statistic::Sum, Statistic::Mean] {
        let rubric = rubric(&[("A", &[("A1", "12")])], Aggregation { statistic, ..plain_rule() });
        let jury = |code: &str, ranks: [usize; 5]| {
            panel(&rubric, code, &ranks.map(|rank| [weights[rank - 1]]).each_ref().map(<[&str; 1]>::as_slice))
        };
        let standing =
            standing(&rubric, NO_QUOTA, &[jury("AT", [3, 7, 2, 4, 5]), jury("BG", [2, 4, 3, 5, 7])].concat());
        assert!(standing.places.iter().all(|place| place.rank == Some(1) && place.tied), "{statistic:?}");
    }
}

/// Constructed: criteria already multiplied by weights 0.3 0.3 0.2 0.2. A and C
/// differ, and are equal on the published figure.
#[test]
fn places_go_by_the_published_figure() {
    let rubric = rubric(&[("A", &[("A1", "30"), ("A2", "30"), ("A3", "20"), ("A4", "20")])], plain_rule());
    let rows = [
        ("A", ["25.5999", "27.03", "15.554", "16.2"]),
        ("B", ["25.602", "27.027", "15.552", "16.204"]),
        ("C", ["25.5", "27", "15.6", "16.277"]),
    ];
    let entries: Vec<Entry> = rows.iter().flat_map(|(code, row)| panel(&rubric, code, &[row])).collect();
    let standing = standing(&rubric, NO_QUOTA, &entries);
    for (code, points, exact, rank) in
        [("A", "84.38", "84.3839", 2), ("B", "84.39", "84.385", 1), ("C", "84.38", "84.377", 2)]
    {
        let place = of(&standing, code);
        assert_eq!((score(place).unwrap().as_str(), place.rank), (points, Some(rank)));
        assert_eq!(place.expert_totals[&expert(0)].to_string(), exact);
    }
}

/// GB/T 8170-2008, as far as its values can be marks, through a whole ranking.
#[test]
fn rounding_reaches_the_score() {
    for (value, places, half_up, half_even) in [
        ("12.1498", 1, "12.1", "12.1"),
        ("1.05", 1, "1.1", "1.0"),
        ("28.165", 2, "28.17", "28.16"),
        ("83.125", 2, "83.13", "83.12"),
        ("2.5", 0, "3", "2"),
        ("3.5", 0, "4", "4"),
    ] {
        for (rounding, expected) in [(Rounding::HalfUp, half_up), (Rounding::HalfEven, half_even)] {
            let rubric = rubric(&[("A", &[("A1", "100")])], Aggregation { places, rounding, ..plain_rule() });
            let standing = standing(&rubric, NO_QUOTA, &panel(&rubric, "P1", &[&[value]]));
            assert_eq!(of(&standing, "P1").score.unwrap().fixed(places), expected, "{value}");
        }
    }
}

// ---- Faults found and mended ------------------------------------------------------

/// Where marks are dropped criterion by criterion, a dimension is the sum of
/// its criteria's own statistics, so the dimensions add up to the score. Taken
/// over each expert's sum it would say 6 here, and break ties by another rule
/// than the one that made the score.
#[test]
fn dimensions_follow_the_scope() {
    let rows: &[&[&str]] = &[&["0", "6", "1"], &["6", "0", "1"], &["1", "5", "1"], &["5", "1", "1"], &["1", "1", "1"]];
    for (scope, dimension, total) in [(Scope::Criterion, "4.67", "5.67"), (Scope::ExpertTotal, "6.00", "7.00")] {
        let rubric = rubric(
            &[("A", &[("A1", "6"), ("A2", "6")]), ("B", &[("B1", "6")])],
            Aggregation { scope, ..default_rule() },
        );
        let standing = standing(&rubric, NO_QUOTA, &panel(&rubric, "P1", rows));
        let place = of(&standing, "P1");
        assert_eq!(place.dimensions[&id("A")].fixed(2), dimension, "{scope:?}");
        assert_eq!(score(place).unwrap(), total, "{scope:?}");
    }
}

/// Four sheets of 70 add up to more than the three kept of five sheets of 80:
/// sums over unequal panels say nothing, and a missing sheet is no 0 either.
#[test]
fn a_sum_over_fewer_sheets_is_no_result() {
    let rubric = rubric(&[("A", &[("A1", "100")])], Aggregation { statistic: Statistic::Sum, ..default_rule() });
    let full: &[&[&str]] = &[&["80"], &["80"], &["80"], &["80"], &["80"]];
    let short: &[&[&str]] = &[&["70"], &["70"], &["70"], &["70"]];
    let standing = standing(&rubric, hard(1), &[panel(&rubric, "P1", full), panel(&rubric, "P2", short)].concat());
    assert_eq!((score(of(&standing, "P1")).as_deref(), of(&standing, "P1").rank), (Some("240.00"), Some(1)));
    assert_eq!((of(&standing, "P2").score, of(&standing, "P2").rank), (None, None));
    assert_eq!(of(&standing, "P2").flags, [Flag::FewerSheets]);
    assert_eq!(of(&standing, "P2").valid_sheets, 4);
    assert_eq!(names(&standing.cut.above), ["P1"]);
}

/// The least share is of what can be had: of a sum over three, three maxima.
#[test]
fn the_least_share_of_a_sum_is_of_all_kept() {
    let mut rubric = rubric(&[("A", &[("A1", "10")])], Aggregation { statistic: Statistic::Sum, ..plain_rule() });
    rubric.pass_line.dimension_share = Some(points("0.6"));
    let entries =
        [panel(&rubric, "P1", &[&["6"], &["6"], &["6"]]), panel(&rubric, "P2", &[&["6"], &["6"], &["5"]])].concat();
    let standing = standing(&rubric, NO_QUOTA, &entries);
    assert_eq!(of(&standing, "P1").flags, []);
    assert_eq!(of(&standing, "P2").flags, [Flag::BelowDimension(id("A"))]);
}

/// What the template fixes before the round stands; the round's number fills
/// in only what it leaves open.
#[test]
fn a_round_cannot_change_a_quota_the_template_fixes() {
    let mut rubric = rubric(&[("A", &[("A1", "10")])], plain_rule());
    let mut quota = |kind, number, round| {
        rubric.quota = QuotaRule { kind, number };
        let quota = Quota::of(&rubric, round);
        (quota.kind, quota.number)
    };
    assert_eq!(quota(QuotaKind::Hard, Some(16), Some(20)), (QuotaKind::Hard, Some(16)));
    assert_eq!(quota(QuotaKind::Exact, Some(16), None), (QuotaKind::Exact, Some(16)));
    assert_eq!(quota(QuotaKind::Soft, None, Some(20)), (QuotaKind::Soft, Some(20)));
    assert_eq!(quota(QuotaKind::Open, None, Some(20)), (QuotaKind::Hard, Some(20)));
    assert_eq!(quota(QuotaKind::Open, Some(16), Some(20)), (QuotaKind::Hard, Some(20)));
    assert_eq!(quota(QuotaKind::Open, Some(16), None), (QuotaKind::Hard, Some(16)));
    assert_eq!(quota(QuotaKind::Open, None, None), (QuotaKind::None, None));
    assert_eq!(quota(QuotaKind::None, None, Some(20)), (QuotaKind::None, None));
}

/// Marks no file can hold: such a sheet does not count, and every count, name
/// and total says the same about it.
#[test]
fn a_total_that_does_not_fit_is_no_sheet() {
    let rubric = rubric(&[("A", &[("A1", "10"), ("A2", "10")])], default_rule());
    let mut entries =
        panel(&rubric, "P1", &[&["1", "1"], &["9", "9"], &["2", "2"], &["3", "3"], &["4", "4"], &["5", "5"]]);
    for criterion in ["A1", "A2"] {
        entries[0].marks.insert(id(criterion), Points::from_units(i64::MAX));
    }
    let standing = standing(&rubric, NO_QUOTA, &entries);
    let place = of(&standing, "P1");
    assert_eq!((place.valid_sheets, place.expert_totals.len(), score(place).as_deref()), (5, 5, Some("8.00")));
    assert_eq!(place.dropped, Dropped::Totals(vec![expert(1), expert(2)]));
}

// ---- Looked for and found right ---------------------------------------------------

#[test]
fn of_equals_at_an_extreme_the_first_code_is_named() {
    let rubric = rubric(&[("A", &[("A1", "10")])], default_rule());
    let dropped = |marks: [&str; 6]| {
        let mut entries = panel(&rubric, "P1", &marks.each_ref().map(std::slice::from_ref));
        entries.reverse();
        of(&standing(&rubric, NO_QUOTA, &entries), "P1").dropped.clone()
    };
    assert_eq!(dropped(["3", "9", "9", "5", "3", "3"]), Dropped::Totals(vec![expert(0), expert(1)]));
    assert_eq!(dropped(["7", "7", "7", "7", "7", "7"]), Dropped::Totals(vec![expert(0), expert(1)]));
}

/// Of several equal scores each is told apart from its nearest by that key.
#[test]
fn the_key_named_is_the_one_that_was_needed() {
    let mut rubric = rubric(&[("A", &[("C1", "9"), ("C2", "9"), ("C3", "9"), ("C4", "40")])], plain_rule());
    rubric.tie_break.keys = vec![id("C1"), id("C2"), id("C3")];
    let rows = [
        ("P1", ["9", "1", "1", "9"]),
        ("P2", ["5", "5", "5", "5"]),
        ("P3", ["5", "5", "4", "6"]),
        ("P4", ["5", "5", "4", "6"]),
        ("P5", ["5", "1", "9", "5"]),
        ("P6", ["1", "9", "9", "1"]),
        ("P7", ["1", "1", "1", "1"]),
    ];
    let entries: Vec<Entry> = rows.iter().flat_map(|(code, row)| panel(&rubric, code, &[row])).collect();
    let standing = standing(&rubric, NO_QUOTA, &entries);
    let found: Vec<_> = standing
        .places
        .iter()
        .map(|place| (place.code.as_str(), place.rank.unwrap(), place.tie_break.as_ref().map(CriterionId::as_str)))
        .collect();
    assert_eq!(
        found,
        [
            ("P1", 1, Some("C1")),
            ("P2", 2, Some("C3")),
            ("P3", 3, None),
            ("P4", 3, None),
            ("P5", 5, Some("C2")),
            ("P6", 6, Some("C1")),
            ("P7", 7, None)
        ]
    );
}

/// A place that does not pass takes no seat, whoever it stands between.
#[test]
fn the_line_passes_over_those_that_do_not_pass() {
    let mut rubric = rubric(&[("A", &[("A1", "10")]), ("B", &[("B1", "10")])], plain_rule());
    rubric.pass_line.dimension_share = Some(points("0.5"));
    rubric.pass_line.total = Some(points("11"));
    let rows = [
        ("P1", ["9", "9"]),
        ("P2", ["10", "4.5"]),
        ("P3", ["7", "7"]),
        ("P4", ["10", "4"]),
        ("P5", ["7", "7"]),
        ("P6", ["5", "5"]),
    ];
    let entries: Vec<Entry> = rows.iter().flat_map(|(code, row)| panel(&rubric, code, &[row])).collect();
    let cut = |number| {
        let standing = standing(&rubric, hard(number), &entries);
        let lists = (
            names(&standing.cut.above).join(" "),
            names(&standing.cut.tied_at_line).join(" "),
            standing.cut.seats_left,
        );
        let flagged: Vec<_> = standing
            .places
            .iter()
            .filter(|place| place.flags.contains(&Flag::TiedAtLine))
            .map(|place| place.code.clone())
            .collect();
        assert_eq!(flagged, standing.cut.tied_at_line);
        lists
    };
    let lists = |above: &str, tied: &str, left| (above.to_owned(), tied.to_owned(), left);
    assert_eq!(cut(0), lists("", "", 0));
    assert_eq!(cut(1), lists("P1", "", 0));
    assert_eq!(cut(2), lists("P1", "P3 P5", 1));
    assert_eq!(cut(3), lists("P1 P3 P5", "", 0));
    assert_eq!(cut(9), lists("P1 P3 P5", "", 6));
}

// ---- The oracle -------------------------------------------------------------------

/// A round drawn by lot.
#[derive(Debug, Clone)]
struct Lot {
    rubric: Rubric,
    quota: Quota,
    codes: Vec<PacketCode>,
    entries: Vec<Entry>,
}

impl Lot {
    fn rank(&self) -> Standing {
        rank(&self.rubric, self.quota, &self.codes, &self.entries, Digest::of(b"lot"))
    }
}

fn any_rule() -> impl Strategy<Value = Aggregation> {
    let scope = prop_oneof![Just(Scope::ExpertTotal), Just(Scope::Criterion)];
    let statistic = prop_oneof![3 => Just(Statistic::Mean), 1 => Just(Statistic::Median), 1 => Just(Statistic::Sum)];
    let below = prop_oneof![3 => Just(Below::Plain), 1 => Just(Below::NoResult)];
    let rounding = prop_oneof![Just(Rounding::HalfUp), Just(Rounding::HalfEven), Just(Rounding::Down)];
    let style = prop_oneof![
        Just(RankStyle::Competition),
        Just(RankStyle::Dense),
        Just(RankStyle::Modified),
        Just(RankStyle::Fractional)
    ];
    (scope, statistic, (0u32..=2, 0u32..=2, 0u32..=6), below, (0u32..=4, 0u32..=4), rounding, style).prop_map(
        |(scope, statistic, (drop_high, drop_low, drop_from), below, (min_sheets, places), rounding, rank_style)| {
            Aggregation {
                scope,
                statistic,
                drop_high,
                drop_low,
                drop_from,
                below,
                min_sheets,
                places,
                rounding,
                rank_style,
                beyond: Box::default(),
            }
        },
    )
}

fn any_quota() -> impl Strategy<Value = Quota> {
    let kind = prop_oneof![3 => Just(QuotaKind::Hard), 1 => Just(QuotaKind::Soft), 1 => Just(QuotaKind::Exact), 1 => Just(QuotaKind::None)];
    (kind, proptest::option::weighted(0.9, 0u32..=8)).prop_map(|(kind, number)| Quota { number, kind })
}

/// Marks from a small grid, so that much is equal; a fifth of the sheets are
/// missing, some lack a mark, and some are of packets nobody asked about.
fn any_lot() -> impl Strategy<Value = Lot> {
    let shape = proptest::collection::vec(1usize..=3, 1..=3);
    (shape, 0usize..=9, 1usize..=8, 1u32..=6)
        .prop_flat_map(|(shape, experts, packets, top)| {
            let criteria: usize = shape.iter().sum();
            let sheet = (proptest::collection::vec(0..=top, criteria), 0u8..20, 0u8..3);
            let sheets = proptest::collection::vec(sheet, experts * packets);
            let keys = proptest::sample::subsequence(
                (0..shape.len() + criteria).collect::<Vec<_>>(),
                0..=shape.len() + criteria,
            )
            .prop_shuffle();
            let pass = (proptest::option::of(0i64..=200_000), proptest::option::of(0i64..=10_000));
            (any_rule(), any_quota(), keys, pass, sheets, Just((shape, experts, packets)))
        })
        .prop_map(|(rule, quota, keys, (total, share), sheets, (shape, experts, packets))| {
            let ids: Vec<(String, Vec<String>)> = shape
                .iter()
                .enumerate()
                .map(|(at, count)| (format!("D{at}"), (0..*count).map(|n| format!("D{at}c{n}")).collect()))
                .collect();
            let dimensions: Vec<(&str, Vec<(&str, &str)>)> = ids
                .iter()
                .map(|(name, criteria)| (name.as_str(), criteria.iter().map(|c| (c.as_str(), "3")).collect()))
                .collect();
            let dimensions: Vec<(&str, &[(&str, &str)])> =
                dimensions.iter().map(|(name, criteria)| (*name, criteria.as_slice())).collect();
            let mut rubric = rubric(&dimensions, rule);
            let all: Vec<CriterionId> =
                rubric.dimensions.iter().map(|d| d.id.clone()).chain(rubric.criteria().map(|c| c.id.clone())).collect();
            rubric.tie_break.keys = keys.into_iter().map(|at| all[at].clone()).collect();
            rubric.pass_line =
                PassLine { total: total.map(Points::from_units), dimension_share: share.map(Points::from_units) };
            let codes: Vec<PacketCode> = (0..packets).map(|at| packet(&format!("P{at}"))).collect();
            let mut entries = Vec::new();
            for (at, (marks, fate, vote)) in sheets.into_iter().enumerate() {
                let mut entry = Entry {
                    code: codes[at % packets].clone(),
                    expert: expert(at / packets),
                    marks: rubric
                        .criteria()
                        .zip(marks)
                        .map(|(c, half)| (c.id.clone(), Points::from_units(i64::from(half) * 5_000)))
                        .collect(),
                    vote: [None, Some(Vote::Recommend), Some(Vote::Not)][usize::from(vote)],
                };
                match fate {
                    0..=3 => continue,
                    4 => drop(entry.marks.pop_last()),
                    5 => entry.code = packet("ZZ"),
                    _ => {}
                }
                entries.push(entry);
            }
            assert!(experts < 10);
            Lot { rubric, quota, codes, entries }
        })
}

fn exact(points: Points) -> Exact {
    Exact::new(points.units().into(), 10_000)
}

/// What the rule makes of some values: the statistic, and how many it keeps;
/// nothing for no result.
fn oracle_statistic(rule: &Aggregation, mut values: Vec<Exact>) -> Option<(Exact, usize)> {
    values.sort();
    let (low, high) = (rule.drop_low as usize, rule.drop_high as usize);
    if low + high > 0 {
        if values.len() >= rule.drop_from as usize && values.len() > low + high {
            values = values[low..values.len() - high].to_vec();
        } else if rule.below == Below::NoResult {
            return None;
        }
    }
    let kept = values.len();
    let sum: Exact = values.iter().sum();
    let value = match rule.statistic {
        Statistic::Mean if kept > 0 => sum / Exact::from_integer(kept as i128),
        Statistic::Sum if kept > 0 => sum,
        Statistic::Median if kept > 0 => (values[(kept - 1) / 2] + values[kept / 2]) / Exact::from_integer(2),
        _ => return None,
    };
    Some((value, kept))
}

fn oracle_round(rule: &Aggregation, value: Exact) -> Exact {
    let unit = Exact::from_integer(10i128.pow(rule.places));
    let scaled = value * unit;
    let (down, up) = (scaled.floor(), scaled.ceil());
    let even = if down.to_integer() % 2 == 0 { down } else { up };
    let nearest = match ((scaled - down).cmp(&(up - scaled)), rule.rounding) {
        (Ordering::Less, _) | (_, Rounding::Down) => down,
        (Ordering::Greater, _) | (Ordering::Equal, Rounding::HalfUp) => up,
        (Ordering::Equal, Rounding::HalfEven) => even,
    };
    nearest / unit
}

/// What the oracle says of one packet.
#[derive(Debug, PartialEq)]
struct Said {
    sheets: usize,
    dropped: usize,
    score: Option<Exact>,
    dimensions: BTreeMap<CriterionId, Exact>,
    ties: BTreeMap<CriterionId, Exact>,
    passes: bool,
    below: BTreeSet<CriterionId>,
}

/// The values of one statistic of some criteria together, by the scope.
fn oracle_group(rubric: &Rubric, sheets: &[&Entry], criteria: &[&Criterion]) -> Option<(Exact, usize)> {
    let rule = &rubric.aggregation;
    let of = |criteria: &[&Criterion]| {
        oracle_statistic(
            rule,
            sheets.iter().map(|sheet| criteria.iter().map(|c| exact(sheet.marks[&c.id])).sum()).collect(),
        )
    };
    match rule.scope {
        Scope::ExpertTotal => of(criteria),
        Scope::Criterion => {
            let parts: Option<Vec<(Exact, usize)>> = criteria.iter().map(|criterion| of(&[criterion])).collect();
            let parts = parts?;
            Some((parts.iter().map(|(value, _)| *value).sum(), parts[0].1))
        }
    }
}

fn oracle(lot: &Lot) -> Vec<Said> {
    let rubric = &lot.rubric;
    let rule = &rubric.aggregation;
    let sheets_of = |code: &PacketCode| -> Vec<&Entry> {
        lot.entries.iter().filter(|entry| entry.code == *code && entry.marks.len() == rubric.criteria_count()).collect()
    };
    let most = lot.codes.iter().map(|code| sheets_of(code).len()).max().unwrap();
    let mut said = Vec::new();
    for code in &lot.codes {
        let sheets = sheets_of(code);
        let all: Vec<&Criterion> = rubric.criteria().collect();
        let enough =
            sheets.len() >= rule.min_sheets as usize && (rule.statistic != Statistic::Sum || sheets.len() == most);
        let result = oracle_group(rubric, &sheets, &all).filter(|_| enough);
        let mut place = Said {
            sheets: sheets.len(),
            dropped: 0,
            score: None,
            dimensions: BTreeMap::new(),
            ties: BTreeMap::new(),
            passes: false,
            below: BTreeSet::new(),
        };
        if let Some((score, kept)) = result {
            place.dropped = sheets.len() - kept;
            place.score = Some(oracle_round(rule, score));
            for dimension in &rubric.dimensions {
                let (value, kept) =
                    oracle_group(rubric, &sheets, &dimension.criteria.iter().collect::<Vec<_>>()).unwrap();
                let value = oracle_round(rule, value);
                let times = if rule.statistic == Statistic::Sum { kept as i128 } else { 1 };
                if rubric
                    .pass_line
                    .dimension_share
                    .is_some_and(|share| value < exact(share) * exact(dimension.max) * Exact::from_integer(times))
                {
                    place.below.insert(dimension.id.clone());
                }
                place.dimensions.insert(dimension.id.clone(), value);
            }
            for key in &rubric.tie_break.keys {
                let value = match all.iter().find(|criterion| criterion.id == *key) {
                    Some(criterion) => oracle_round(rule, oracle_group(rubric, &sheets, &[criterion]).unwrap().0),
                    None => place.dimensions[key],
                };
                place.ties.insert(key.clone(), value);
            }
            place.passes =
                place.below.is_empty() && rubric.pass_line.total.is_none_or(|line| place.score >= Some(exact(line)));
        }
        said.push(place);
    }
    said
}

/// What a place is compared by.
fn oracle_key(rubric: &Rubric, said: &Said) -> Option<Vec<Exact>> {
    Some(std::iter::once(said.score?).chain(rubric.tie_break.keys.iter().map(|key| said.ties[key])).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn scores_are_the_oracles(lot in any_lot()) {
        let standing = lot.rank();
        prop_assert_eq!(standing.places.len(), lot.codes.len());
        for (code, said) in lot.codes.iter().zip(oracle(&lot)) {
            let place = of(&standing, code.as_str());
            let dropped = match &place.dropped {
                Dropped::Totals(experts) => vec![experts.clone()],
                Dropped::Marks(marks) if marks.is_empty() => vec![Vec::new()],
                Dropped::Marks(marks) => {
                    prop_assert!(marks.keys().eq(lot.rubric.criteria().map(|c| &c.id).collect::<BTreeSet<_>>()));
                    marks.values().cloned().collect()
                }
            };
            for experts in dropped {
                prop_assert_eq!(experts.len(), said.dropped);
                prop_assert_eq!(experts.iter().collect::<BTreeSet<_>>().len(), said.dropped);
                prop_assert!(experts.iter().all(|expert| place.expert_totals.contains_key(expert)));
            }
            let rule = &lot.rubric.aggregation;
            let drops = (rule.drop_high + rule.drop_low) as usize;
            let enough = said.sheets >= rule.drop_from as usize && said.sheets > drops;
            prop_assert_eq!(said.dropped, if said.score.is_some() && enough { drops } else { 0 });
            prop_assert_eq!(place.flags.contains(&Flag::PlainStatistic), said.score.is_some() && drops > 0 && !enough);
            prop_assert_eq!(place.score.map(exact), said.score);
            prop_assert_eq!(place.valid_sheets as usize, said.sheets);
            prop_assert_eq!(place.expert_totals.len(), said.sheets);
            let values = |map: &BTreeMap<CriterionId, Points>| map.iter().map(|(id, value)| (id.clone(), exact(*value))).collect::<BTreeMap<_, _>>();
            prop_assert_eq!(values(&place.dimensions), said.dimensions);
            prop_assert_eq!(values(&place.tie_values), said.ties);
            let below: BTreeSet<CriterionId> = place.flags.iter().filter_map(|flag| if let Flag::BelowDimension(id) = flag { Some(id.clone()) } else { None }).collect();
            prop_assert_eq!(&below, &said.below);
            let passes = place.score.is_some() && below.is_empty() && !place.flags.contains(&Flag::BelowPassLine);
            prop_assert_eq!(passes, said.passes);
        }
    }

    #[test]
    fn places_are_the_oracles(lot in any_lot()) {
        let standing = lot.rank();
        let said: BTreeMap<_, _> = lot.codes.iter().cloned().zip(oracle(&lot)).collect();
        let keys: Vec<(&PacketCode, Vec<Exact>)> = said.iter().filter_map(|(code, said)| Some((code, oracle_key(&lot.rubric, said)?))).collect();
        for (code, mine) in &keys {
            let place = of(&standing, code.as_str());
            let better: Vec<&Vec<Exact>> = keys.iter().map(|(_, key)| key).filter(|key| *key > mine).collect();
            let equal = keys.iter().filter(|(_, key)| key == mine).count();
            // Twice the place, so that a half is whole.
            let twice = match lot.rubric.aggregation.rank_style {
                RankStyle::Competition => 2 * better.len() + 2,
                RankStyle::Dense => 2 * better.into_iter().collect::<BTreeSet<_>>().len() + 2,
                RankStyle::Modified => 2 * (better.len() + equal),
                RankStyle::Fractional => 2 * better.len() + equal + 1,
            };
            prop_assert_eq!(place.rank.map(|rank| 2 * rank as usize + usize::from(place.half)), Some(twice));
            let tied = keys.iter().any(|(other, key)| other != code && key == mine);
            prop_assert_eq!(place.tied, tied);
            // The longest chain needed against anybody with this score.
            let needed = keys.iter().filter(|(_, key)| key[0] == mine[0] && key != mine).filter_map(|(_, key)| mine.iter().zip(key).position(|(a, b)| a != b)).max();
            let needed = needed.filter(|_| !tied).map(|at| lot.rubric.tie_break.keys[at - 1].clone());
            prop_assert_eq!(&place.tie_break, &needed);
        }
        let order: Vec<_> = standing.places.iter().map(|place| (place.rank.is_none(), place.rank, place.code.clone())).collect();
        prop_assert!(order.is_sorted());
        for place in standing.places.iter().filter(|place| said[&place.code].score.is_none()) {
            prop_assert!(place.rank.is_none() && !place.tied && place.tie_break.is_none());
            prop_assert!(place.flags.contains(&Flag::TooFewSheets) || place.flags.contains(&Flag::FewerSheets));
        }
    }

    #[test]
    fn the_cut_is_the_oracles(lot in any_lot()) {
        let standing = lot.rank();
        let said: BTreeMap<_, _> = lot.codes.iter().cloned().zip(oracle(&lot)).collect();
        let cut = &standing.cut;
        prop_assert_eq!(cut.kind, lot.quota.kind);
        let Some(seats) = lot.quota.number.filter(|_| lot.quota.kind != QuotaKind::None) else {
            prop_assert_eq!((cut.quota, cut.above.len(), cut.tied_at_line.len(), cut.seats_left), (None, 0, 0, 0));
            return Ok(());
        };
        prop_assert_eq!(cut.quota, Some(seats));
        let keys: Vec<(&PacketCode, Vec<Exact>)> = said.iter().filter(|(_, said)| said.passes).filter_map(|(code, said)| Some((code, oracle_key(&lot.rubric, said)?))).collect();
        let (mut above, mut tied) = (BTreeSet::new(), BTreeSet::new());
        for (code, mine) in &keys {
            let better = keys.iter().filter(|(_, key)| key > mine).count();
            let not_worse = keys.iter().filter(|(_, key)| key >= mine).count();
            if not_worse <= seats as usize {
                above.insert((*code).clone());
            } else if better < seats as usize {
                tied.insert((*code).clone());
            }
        }
        prop_assert_eq!(cut.seats_left as usize, seats as usize - above.len());
        prop_assert_eq!(cut.above.iter().cloned().collect::<BTreeSet<_>>(), above.clone());
        prop_assert_eq!(cut.tied_at_line.iter().cloned().collect::<BTreeSet<_>>(), tied.clone());
        prop_assert_eq!((cut.above.len(), cut.tied_at_line.len()), (above.len(), tied.len()));
        for place in &standing.places {
            prop_assert_eq!(place.flags.contains(&Flag::TiedAtLine), tied.contains(&place.code));
        }
    }

    /// Exactly the highest and the lowest go, in value; of equals the first codes.
    #[test]
    fn what_is_dropped_is_at_the_ends(lot in any_lot()) {
        let standing = lot.rank();
        for place in &standing.places {
            let Dropped::Totals(dropped) = &place.dropped else { continue };
            if dropped.is_empty() {
                continue;
            }
            let rule = &lot.rubric.aggregation;
            let mut by_value: Vec<_> = place.expert_totals.iter().map(|(expert, total)| (*total, expert.clone())).collect();
            by_value.sort();
            let mut expected: Vec<_> = by_value.drain(..rule.drop_low as usize).map(|(_, expert)| expert).collect();
            by_value.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            expected.extend(by_value.drain(..rule.drop_high as usize).map(|(_, expert)| expert));
            expected.sort();
            prop_assert_eq!(dropped, &expected);
        }
    }

    #[test]
    fn the_order_things_come_in_changes_nothing(
        (lot, codes, entries) in any_lot().prop_flat_map(|lot| (Just(lot.codes.clone()).prop_shuffle(), Just(lot.entries.clone()).prop_shuffle(), Just(lot)).prop_map(|(codes, entries, lot)| (lot, codes, entries)))
    ) {
        let doubled: Vec<PacketCode> = codes.iter().chain(&codes).cloned().collect();
        prop_assert_eq!(lot.rank(), Lot { codes, entries, ..lot.clone() }.rank());
        prop_assert_eq!(lot.rank(), Lot { codes: doubled, ..lot.clone() }.rank());
    }

    /// A sheet that does not count leaves no trace: not where it lacks a mark,
    /// not where its packet is none of the round's.
    #[test]
    fn what_does_not_count_was_never_there(lot in any_lot(), at in any::<proptest::sample::Index>(), torn in any::<bool>()) {
        if lot.entries.is_empty() {
            return Ok(());
        }
        let at = at.index(lot.entries.len());
        let mut without = lot.clone();
        without.entries.remove(at);
        let mut with = lot.clone();
        if torn {
            with.entries[at].marks.pop_first();
        } else {
            with.entries[at].code = packet("nobody");
        }
        prop_assert_eq!(without.rank(), with.rank());
    }

    /// Taking one sheet away touches its own packet's figures and no other's.
    #[test]
    fn a_sheet_speaks_of_its_packet_only(lot in any_lot(), at in any::<proptest::sample::Index>()) {
        if lot.entries.is_empty() || lot.rubric.aggregation.statistic == Statistic::Sum {
            return Ok(());
        }
        let mut without = lot.clone();
        let gone = without.entries.remove(at.index(lot.entries.len()));
        let (before, after) = (lot.rank(), without.rank());
        for code in lot.codes.iter().filter(|code| **code != gone.code) {
            let (a, b) = (of(&before, code.as_str()), of(&after, code.as_str()));
            prop_assert_eq!((a.score, &a.dropped, &a.dimensions, &a.tie_values, a.votes), (b.score, &b.dropped, &b.dimensions, &b.tie_values, b.votes));
        }
    }

    /// Other names for the same packets and experts give the same figures and
    /// places; only who of the tied is written first may change.
    #[test]
    fn names_decide_nothing(
        (lot, codes, experts) in any_lot().prop_flat_map(|lot| (Just(lot.codes.clone()).prop_shuffle(), Just((0..10).collect::<Vec<usize>>()).prop_shuffle(), Just(lot)).prop_map(|(codes, experts, lot)| (lot, codes, experts)))
    ) {
        let new_code = |code: &PacketCode| lot.codes.iter().position(|old| old == code).map_or_else(|| code.clone(), |at| codes[at].clone());
        let new_expert = |old: &ExpertCode| (0..10).find(|at| expert(*at) == *old).map(|at| expert(experts[at])).unwrap();
        let mut renamed = lot.clone();
        for entry in &mut renamed.entries {
            (entry.code, entry.expert) = (new_code(&entry.code), new_expert(&entry.expert));
        }
        let (before, after) = (lot.rank(), renamed.rank());
        for code in &lot.codes {
            let (a, b) = (of(&before, code.as_str()), of(&after, new_code(code).as_str()));
            prop_assert_eq!((a.rank, a.score, a.tied, &a.tie_break, &a.flags), (b.rank, b.score, b.tied, &b.tie_break, &b.flags));
            prop_assert_eq!((&a.dimensions, &a.tie_values, a.votes, a.valid_sheets), (&b.dimensions, &b.tie_values, b.votes, b.valid_sheets));
        }
        let set = |codes: &[PacketCode]| codes.iter().cloned().collect::<BTreeSet<_>>();
        let mapped = |codes: &[PacketCode]| codes.iter().map(new_code).collect::<BTreeSet<_>>();
        prop_assert_eq!(mapped(&before.cut.above), set(&after.cut.above));
        prop_assert_eq!(mapped(&before.cut.tied_at_line), set(&after.cut.tied_at_line));
        prop_assert_eq!(before.cut.seats_left, after.cut.seats_left);
    }
}
