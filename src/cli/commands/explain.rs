//! `--explain` of `rank` and of `tally`: one score worked out, to be checked
//! with a calculator.

use crate::base::Problem;
use crate::base::text::wrap;
use crate::domain::explained::Cut;
use crate::domain::standing;
use crate::workflow::explain::Explanation;

use super::super::args::Format;
use super::super::{Context, Outcome, words};

/// Cells of a line.
const WIDE: usize = 80;

/// Shows an explanation, and what is known beside the sum.
pub(super) fn show(context: &mut Context, explanation: &Explanation, format: Format, beside: &[String]) -> Outcome {
    match format {
        Format::Json => context.out.bytes(&explanation.json()?),
        Format::Csv => {
            let text = "--explain --format csv".to_owned();
            return Err(Problem::BadChoice { text, choices: "table, json".to_owned() }.into());
        }
        Format::Table => {
            let lang = context.lang;
            let quota = |cut: &Cut| {
                let cut = standing::Cut {
                    quota: Some(cut.quota),
                    kind: cut.kind,
                    above: Vec::new(),
                    tied_at_line: Vec::new(),
                    seats_left: cut.seats_left,
                };
                words::quota(lang, &cut)
            };
            for (number, one) in explanation.all.iter().enumerate() {
                if number > 0 {
                    context.out.line("");
                }
                let lines = explanation.lines(lang, one, &quota, WIDE);
                for line in lines.iter().chain(beside) {
                    broken(context, line);
                }
            }
        }
    }
    Ok(None)
}

/// A line, what goes on further in.
fn broken(context: &mut Context, line: &str) {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    if crate::base::text::width(line) <= WIDE {
        context.out.line(line);
        return;
    }
    let onwards = " ".repeat(indent + 2);
    for (number, part) in wrap(text, WIDE - indent - 2).iter().enumerate() {
        let before = if number == 0 { " ".repeat(indent) } else { onwards.clone() };
        context.out.line(&format!("{before}{part}"));
    }
}
