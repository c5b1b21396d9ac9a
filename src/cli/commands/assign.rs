//! `assign`: everybody everything, minus recusals.

use crate::base::lang::fill;
use crate::workflow::assign::assign;
use crate::workflow::declarations::outstanding;

use super::super::{Context, Outcome, table};

/// Assigns.
pub(super) fn run(context: &mut Context) -> Outcome {
    let mut round = context.open(true)?;
    let (parts, new) = assign(&mut round)?;
    let t = context.t;
    let rows: Vec<Vec<String>> = parts
        .iter()
        .map(|part| {
            let recused = part.recused.iter().map(|recusal| recusal.code.to_string()).collect::<Vec<_>>().join(" ");
            vec![part.expert.to_string(), part.codes.len().to_string(), recused]
        })
        .collect();
    context.out.lines(table::lay(&[t.column_expert, t.column_packets, t.column_recused], &rows, &[1]));
    context.out.note(&fill(if new { t.assigned } else { t.assigned_same }, &[&parts.len()]));
    let waiting = outstanding(&round);
    if !waiting.is_empty() {
        let waiting = waiting.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        context.out.note(&fill(context.lang.texts().declaring.waiting, &[&waiting]));
    }
    context.repeatable(t.again_assign);
    context.next("issue");
    Ok(None)
}
