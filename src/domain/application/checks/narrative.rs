//! What the running text says against the tables (叙述与表格): grants, inventions,
//! pieces converted, amounts, enterprises. Only statements about the three years
//! are held against them; plans, single years and rough figures are not.

use std::collections::BTreeSet;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::base::lang::Remark;
use crate::domain::application::columns::{Cell, seen};
use crate::domain::eligibility::judge::plain;

use super::finding::{Case, Finding, Severity};
use super::statements::{Statement, Subject, statements};

/// Texts that tell what was done; goals and measures tell what will be.
const TEXTS: [&str; 5] = ["unit.overview", "plan.status", "plan.conversion", "ops.institution", "ops.staff_text"];

/// Every statement of those texts.
pub(super) fn check(case: Case<'_>, out: &mut Vec<Finding>) {
    let mut enterprises: Vec<(Decimal, String)> = Vec::new();
    for field in TEXTS {
        let Some(text) = case.text(field) else { continue };
        for statement in statements(text, &case.form.years) {
            let mut say = |remark: Remark, args| {
                let finding = Finding::new("NARR", Severity::Warn, field, remark, args).of(case.app);
                out.push(finding.value(statement.words.clone()));
            };
            if statement.subject == Subject::Enterprises {
                match enterprises.first() {
                    Some((first, words)) if *first != statement.value => {
                        let args = vec![words.as_str().into(), statement.words.as_str().into()];
                        say(Remark::NarrativesDiffer, args);
                    }
                    _ => enterprises.push((statement.value, format!("“{}”", statement.words))),
                }
            }
            let tables = from_tables(case, statement.subject);
            if !tables.is_empty() && !tables.iter().any(|table| agrees(&statement, *table)) {
                let table = tables.iter().map(|table| plain(*table)).collect::<Vec<_>>().join(" / ");
                say(Remark::NarrativeDiffers, vec![statement.words.as_str().into(), table.into()]);
            }
        }
    }
}

/// Whether a statement says what a table does, as exactly as it says it.
fn agrees(statement: &Statement, table: Decimal) -> bool {
    let said = statement.value;
    let Some(table) = table.checked_div(statement.unit) else { return true };
    if statement.rough {
        let tenth = Decimal::new(1, 1);
        return (said - table).abs() <= table.abs().checked_mul(tenth).unwrap_or(table);
    }
    let places = said.scale();
    let rounded = |how| table.round_dp_with_strategy(places, how);
    said == rounded(RoundingStrategy::MidpointAwayFromZero) || said == rounded(RoundingStrategy::ToZero)
}

/// What the tables come to: with the totals as written and with the years added
/// up, with and without what may be left out. Nothing where a figure is missing.
fn from_tables(case: Case<'_>, subject: Subject) -> BTreeSet<Decimal> {
    let sums = |patterns: &[&str]| sums(case, patterns);
    let either = |a: BTreeSet<Decimal>, b: BTreeSet<Decimal>| -> BTreeSet<Decimal> { a.union(&b).copied().collect() };
    match subject {
        Subject::Grants => sums(&["grant.*.inv", "grant.*.um", "grant.*.des"]),
        Subject::Inventions => sums(&["grant.*.inv"]),
        Subject::UtilityModels => sums(&["grant.*.um"]),
        Subject::Designs => sums(&["grant.*.des"]),
        Subject::InForce => seen(case.app, "grant.in_force").map(|seen| seen.value).into_iter().collect(),
        Subject::Pieces => {
            let all = sums(&["asg.*.count", "lic.*.count", "eq.*.count"]);
            if all.is_empty() { all } else { either(all, sums(&["asg.*.count", "lic.*.count"])) }
        }
        Subject::Assigned => sums(&["asg.*.count"]),
        Subject::Licensed => either(sums(&["lic.*.count"]), sums(&["lic.*.open_done"])),
        Subject::Invested => sums(&["eq.*.count"]),
        Subject::Amount => {
            let all = sums(&["asg.*.contract", "lic.*.contract", "eq.*.amount"]);
            if all.is_empty() {
                return all;
            }
            let short = sums(&["asg.*.contract", "lic.*.contract"]);
            let received = sums(&["asg.*.received", "lic.*.received", "eq.*.amount"]);
            either(either(all, short), either(received, sums(&["asg.*.received", "lic.*.received"])))
        }
        Subject::Received => {
            let all = sums(&["asg.*.received", "lic.*.received"]);
            either(all, sums(&["asg.*.received", "lic.*.received", "eq.*.amount"]))
        }
        Subject::Enterprises => seen(case.app, "conv.enterprises").map(|seen| seen.value).into_iter().collect(),
    }
}

/// Every sum of columns, each by its total as written or by its years.
fn sums(case: Case<'_>, patterns: &[&str]) -> BTreeSet<Decimal> {
    let mut sums = BTreeSet::from([Decimal::ZERO]);
    for pattern in patterns {
        let column = case.column(pattern);
        let rows: Vec<&Cell> = column.rows().collect();
        let years: Option<Decimal> = rows
            .iter()
            .try_fold(Decimal::ZERO, |sum, cell| sum.checked_add(cell.seen.as_ref()?.value))
            .filter(|_| rows.len() >= case.form.years.len());
        let each: BTreeSet<Decimal> =
            column.total.seen.as_ref().map(|total| total.value).into_iter().chain(years).collect();
        sums = sums.iter().flat_map(|sum| each.iter().filter_map(|one| sum.checked_add(*one))).collect();
    }
    sums
}
