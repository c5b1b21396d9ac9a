//! `status`: the matrix of experts and applications.

use crate::base::lang::fill;
use crate::workflow::report::{self, Value};
use crate::workflow::status::{Cell, Matrix, matrix};

use super::super::args::Format;
use super::super::{Context, Outcome, table, words};

/// Every kind of cell, in the order of the legend.
const CELLS: [Cell; 7] =
    [Cell::Counts, Cell::Outstanding, Cell::Open, Cell::Unscored, Cell::Recused, Cell::Void, Cell::None];

/// Prints the matrix.
pub(super) fn run(context: &mut Context, format: Format) -> Outcome {
    let round = context.open(false)?;
    let mut matrix = matrix(&round)?;
    match format {
        Format::Table => print(context, &matrix),
        Format::Csv => {
            let mut rows = vec![
                std::iter::once("code".to_owned())
                    .chain(matrix.experts.iter().map(|(expert, _)| expert.to_string()))
                    .collect::<Vec<_>>(),
            ];
            for (code, cells) in &matrix.rows {
                rows.push(
                    std::iter::once(code.to_string())
                        .chain(cells.iter().map(|cell| words::cell_word(*cell).to_owned()))
                        .collect(),
                );
            }
            context.out.bytes(&report::csv(&rows));
        }
        Format::Json => context.out.bytes(&report::json(&value(&matrix))),
    }
    let readers = round.state().readers();
    matrix.experts.retain(|(expert, _)| readers.contains(expert));
    outstanding(context, &matrix);
    super::amend::stale_notes(context, round.state());
    Ok(None)
}

fn print(context: &mut Context, matrix: &Matrix) {
    let (lang, t) = (context.lang, context.t);
    let experts: Vec<String> = matrix.experts.iter().map(|(expert, _)| expert.to_string()).collect();
    let header: Vec<&str> = std::iter::once(t.column_code).chain(experts.iter().map(String::as_str)).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (code, cells) in &matrix.rows {
        let signs = cells.iter().map(|cell| words::cell(lang, *cell).0.to_owned());
        rows.push(std::iter::once(code.to_string()).chain(signs).collect());
    }
    context.out.lines(table::lay(&header, &rows, &[]));
    let used = |cell: &Cell| matrix.rows.iter().any(|(_, cells)| cells.contains(cell));
    let legend: Vec<String> = CELLS
        .into_iter()
        .filter(used)
        .map(|cell| words::cell(lang, cell))
        .map(|(sign, text)| format!("{sign} {text}"))
        .collect();
    if !legend.is_empty() {
        context.out.line(&legend.join(lang.pick("；", "; ")));
    }
}

fn value(matrix: &Matrix) -> Value {
    let experts = matrix.experts.iter().map(|(expert, state)| {
        Value::object([("code", Value::text(expert)), ("state", Value::text(words::sheet_word(*state)))])
    });
    let rows = matrix.rows.iter().map(|(code, cells)| {
        let cells = matrix
            .experts
            .iter()
            .zip(cells)
            .map(|((expert, _), cell)| (expert.to_string(), Value::text(words::cell_word(*cell))));
        Value::object([("code", Value::text(code)), ("cells", Value::Object(cells.collect()))])
    });
    Value::object([("experts", Value::List(experts.collect())), ("rows", Value::List(rows.collect()))])
}

fn outstanding(context: &mut Context, matrix: &Matrix) {
    let (lang, t) = (context.lang, context.t);
    let silent: Vec<String> =
        matrix.experts.iter().filter(|(_, state)| state.is_none()).map(|(expert, _)| expert.to_string()).collect();
    if !silent.is_empty() {
        context.out.note(&fill(t.outstanding, &[&silent.join(" ")]));
    }
    for (expert, state) in &matrix.experts {
        if let Some(state) = state
            && !matches!(words::sheet_word(Some(*state)), "counts" | "stale")
        {
            context.out.note(&format!("{expert}{}{}", lang.pick("：", ": "), words::sheet_state(lang, *state)));
        }
    }
}
