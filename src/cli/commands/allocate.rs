//! `allocate`: what every unit on a list is allotted, with the rule.

use crate::base::lang::fill;
use crate::domain::funding::Allotted;
use crate::workflow::allocate::{Allocation, bound_text, of_file, of_round};

use super::super::args::{Allocate, Format};
use super::super::{Context, Outcome, table, words};

/// Allots.
pub(super) fn run(context: &mut Context, args: &Allocate) -> Outcome {
    let total = args.total.as_deref();
    let made = match (&args.file, &args.template) {
        (Some(file), Some(template)) => of_file(file, template, total)?,
        (list, template) => {
            let round = context.open(false)?;
            of_round(&round, list.as_deref(), template.as_deref(), total, args.requests.as_deref())?
        }
    };
    match args.report.format {
        Format::Table => print(context, &made),
        Format::Csv => context.out.bytes(&made.csv()),
        Format::Json => context.out.bytes(&made.json()),
    }
    let t = &context.lang.texts().funding;
    let (tied, missing) = made.left_out();
    let join = |codes: &[&str]| codes.join(context.lang.pick("、", ", "));
    for (codes, said) in [(&tied, t.left_by_tie), (&missing, t.left_missing)] {
        if !codes.is_empty() {
            context.out.note(&fill(said, &[&join(codes)]));
        }
    }
    if made.has_no_line() {
        context.out.note(t.no_line);
    }
    for (expert, state) in made.ranked.iter().flat_map(|ranked| &ranked.outstanding) {
        let state = state.map_or(context.t.sheet_outstanding, |state| words::sheet_state(context.lang, state));
        context.out.note(&fill(context.t.rank_without, &[expert, &state]));
    }
    Ok(None)
}

fn print(context: &mut Context, made: &Allocation) {
    let (t, f) = (context.t, &context.lang.texts().funding);
    if !made.rule.title.is_empty() {
        context.out.line(&made.rule.title);
    }
    context.out.line(f.nature);
    let header = [
        t.column_rank,
        t.column_code,
        t.column_score,
        f.column_requested,
        f.column_own,
        f.column_cap,
        f.column_amount,
        f.column_why,
    ];
    let separator = context.lang.pick("、", ", ");
    let cells = |row: &Allotted| {
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        let unit = &row.unit;
        vec![
            or_dash(unit.rank.map(|rank| rank.to_string())),
            unit.code.clone(),
            or_dash(unit.score.map(|score| score.at_least(made.of.places))),
            or_dash(unit.requested.map(|amount| amount.to_string())),
            or_dash(unit.own.map(|amount| amount.to_string())),
            or_dash(row.cap.map(|amount| amount.to_string())),
            row.amount.to_string(),
            row.bound.iter().map(|bound| bound_text(f, *bound)).collect::<Vec<_>>().join(separator),
        ]
    };
    let rows: Vec<Vec<String>> = made.made.rows.iter().map(cells).collect();
    context.out.lines(table::lay(&header, &rows, &[2, 3, 4, 5, 6]));
    let allotted = &made.made.allotted;
    let sum = match (made.made.total, made.made.undistributed) {
        (Some(total), Some(left)) => fill(f.sum, &[&total, allotted, &left]),
        _ => fill(f.sum_open, &[allotted]),
    };
    context.out.line(&sum);
    context.out.line(&fill(f.rule, &[&made.rule_in_words()]));
}
