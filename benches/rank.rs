//! Ranking: the size of the demonstration, and a province's whole year.

#![allow(missing_docs, reason = "criterion's macros make public functions")]

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pingshen::base::{CriterionId, Digest, ExpertCode, PacketCode, Points};
use pingshen::domain::rubric as r;
use pingshen::domain::sheet::Vote;
use pingshen::tally::rank::Quota;
use pingshen::tally::{Entry, rank};

/// The shape of the built-in template: four criteria a dimension, 100 points.
fn rubric(criteria: usize, scope: r::Scope) -> r::Rubric {
    let max = Points::from_units(40_000);
    let id = |text: String| CriterionId::parse(&text).unwrap();
    let criterion = |dimension: usize, at: usize| r::Criterion {
        errata: Vec::new(),
        id: id(format!("D{dimension}{at}")),
        zh: String::new(),
        en: String::new(),
        max,
        clause: String::new(),
        guide: String::new(),
        evidence: Vec::new(),
        find: Vec::new(),
        derived: Vec::new(),
        levels: Vec::new(),
    };
    let dimensions: Vec<r::Dimension> = (0..criteria.div_ceil(4))
        .map(|dimension| r::Dimension {
            id: id(format!("D{dimension}")),
            zh: String::new(),
            en: String::new(),
            max: Points::from_units(160_000),
            clause: String::new(),
            criteria: (0..4.min(criteria - dimension * 4)).map(|at| criterion(dimension, at)).collect(),
        })
        .collect();
    r::Rubric {
        doubt: r::doubt::DoubtRule::default(),
        funding: None,
        eligibility: None,
        id: "bench".to_owned(),
        version: "1".to_owned(),
        title_zh: String::new(),
        title_en: String::new(),
        basis: Vec::new(),
        total: Points::from_units(40_000 * i64::try_from(criteria).unwrap()),
        step: Points::from_units(5_000),
        form: String::new(),
        reading_rules: Vec::new(),
        note: String::new(),
        least_experts: 3,
        aggregation: r::Aggregation {
            scope,
            statistic: r::Statistic::Mean,
            drop_high: 1,
            drop_low: 1,
            drop_from: 5,
            below: r::Below::Plain,
            min_sheets: 3,
            places: 2,
            rounding: r::Rounding::HalfUp,
            rank_style: r::RankStyle::Competition,
            beyond: Box::default(),
        },
        quota: r::QuotaRule { kind: r::QuotaKind::Hard, number: Some(16) },
        pass_line: r::PassLine {
            total: Some(Points::from_units(300_000)),
            dimension_share: Some(Points::from_units(4_000)),
        },
        tie_break: r::TieBreak {
            keys: dimensions
                .iter()
                .take(4)
                .map(|dimension| dimension.id.clone())
                .chain([id("D00".to_owned())])
                .collect(),
            last: "panel_vote".to_owned(),
            undecided: false,
        },
        remarks: r::RemarkRule::default(),
        opinion: r::OpinionRule { text: r::Asked::Optional, vote: true },
        red_lines: Vec::new(),
        derived: Vec::new(),
        dimensions,
        after_review: Vec::new(),
    }
}

/// Marks that look drawn by lot and are the same on every machine.
fn entries(rubric: &r::Rubric, codes: &[PacketCode], experts: usize) -> Vec<Entry> {
    let mut state = 7u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(state >> 33).unwrap() % 9 * 5_000
    };
    let mut out = Vec::new();
    for expert in 0..experts {
        for code in codes {
            let marks: BTreeMap<_, _> =
                rubric.criteria().map(|criterion| (criterion.id.clone(), Points::from_units(next()))).collect();
            let expert = ExpertCode::parse(&format!("E{expert:02}")).unwrap();
            out.push(Entry { code: code.clone(), expert, marks, vote: Some(Vote::Recommend) });
        }
    }
    out
}

fn ranking(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("rank");
    for (name, packets, experts) in [("demonstration", 16, 7), ("province", 1_000, 9)] {
        for (scope_name, scope) in [("expert_total", r::Scope::ExpertTotal), ("criterion", r::Scope::Criterion)] {
            let rubric = rubric(28, scope);
            let codes: Vec<PacketCode> =
                (0..packets).map(|at| PacketCode::parse(&format!("A-{at:04}")).unwrap()).collect();
            let entries = entries(&rubric, &codes, experts);
            let quota = Quota::of(&rubric, None);
            let marks = u64::try_from(packets * experts * rubric.criteria_count()).unwrap();
            group.throughput(Throughput::Elements(marks));
            group.bench_function(BenchmarkId::new(name, scope_name), |bench| {
                bench.iter(|| rank(black_box(&rubric), quota, &codes, black_box(&entries), Digest::of(b"")));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, ranking);
criterion_main!(benches);
