//! `tally` over the performance workload: files per expert, 24 criteria, seven
//! marks each, about 3 % of applications with one expert fewer and 3 % with one
//! more; one highest and one lowest mark go, mean, weight, sum.
//!
//! From the files to the last byte of the csv, as the command does it.

#![allow(missing_docs, reason = "criterion's macros make public functions")]

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::PathBuf;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pingshen::workflow::tally::{Beside, tally};

const CRITERIA: usize = 24;
const PANEL: usize = 7;
const GROUP: usize = 200;

/// Files that look drawn by lot and are the same on every machine.
fn write(dir: &std::path::Path, applications: usize) -> (PathBuf, PathBuf, u64) {
    let mut state = 7u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let sheets = dir.join("sheets");
    fs::create_dir_all(&sheets).unwrap();
    let mut rows = 0;
    for group in 0..applications.div_ceil(GROUP) {
        let mut files: Vec<String> = vec!["application,expert,criterion,score,comment\n".to_owned(); PANEL + 1];
        for application in group * GROUP..applications.min((group + 1) * GROUP) {
            let lot = next(100);
            let (gone, more) = (if lot < 3 { usize::try_from(next(7)).unwrap() } else { PANEL + 1 }, lot >= 97);
            for (expert, file) in files.iter_mut().enumerate() {
                if expert == gone || expert == PANEL && !more {
                    continue;
                }
                for criterion in 1..=CRITERIA {
                    let mark = next(21);
                    let code = group * (PANEL + 1) + expert + 1;
                    writeln!(file, "A{:06},E{code:05},I{criterion:02},{}.{},", application + 1, mark / 2, mark % 2 * 5)
                        .unwrap();
                    rows += 1;
                }
            }
        }
        for (expert, file) in files.iter().enumerate() {
            fs::write(sheets.join(format!("E{:05}.csv", group * (PANEL + 1) + expert + 1)), file).unwrap();
        }
    }
    let factors = dir.join("factors.csv");
    let lines: String = (1..=CRITERIA)
        .map(|criterion| format!("I{criterion:02},{}\n", if criterion <= 8 { "0.45" } else { "0.4" }))
        .collect();
    fs::write(&factors, format!("criterion,factor\n{lines}")).unwrap();
    (sheets, factors, rows)
}

fn counting(bench: &mut Criterion) {
    let rule = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rules/workload.toml");
    let mut group = bench.benchmark_group("tally");
    group.sample_size(10);
    for applications in [60, 600, 6_000, 20_000, 60_000] {
        let dir = tempfile::tempdir().unwrap();
        let (sheets, factors, rows) = write(dir.path(), applications);
        let beside = Beside { factors: Some(factors), ..Beside::default() };
        group.throughput(Throughput::Elements(rows));
        group.bench_function(BenchmarkId::new("marks", rows), |bench| {
            bench.iter(|| {
                let counted = tally(std::slice::from_ref(&sheets), rule, &beside).unwrap();
                let mut bytes = 0;
                counted.csv(&mut |row| bytes += row.len());
                black_box(bytes)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, counting);
criterion_main!(benches);
