//! `--seal`: hands the sheet in, and shows the receipt to be written down.

use crate::base::lang::fill;
use crate::domain::hand_in::Check;
use crate::workflow::Sitting;
use crate::workflow::hand_in::{HandedIn, Wish};

use super::super::super::args::Score;
use super::super::super::{Context, Outcome};

/// Most missing things listed.
const MOST: usize = 10;

/// Hands in.
pub(super) fn run(context: &mut Context, sitting: &mut Sitting, args: &Score) -> Outcome {
    let found = sitting.check();
    let text = missing(context, sitting, &found);
    context.out.notes(text);
    if args.correction.is_none()
        && let Some(last) = sitting.desk().handed_in.last().cloned()
    {
        context.out.note(&fill(context.t.seal_before, &[&last.revision, &last.sheet.receipt()]));
    }
    let partial = args.partial.then(|| args.reason.clone().unwrap_or_default());
    let wish = Wish { partial, correction: args.correction.clone(), to: args.output.clone() };
    let handed = sitting.hand_in(&wish)?;
    say(context, &handed);
    Ok(None)
}

/// Says what was handed in: the file on stdout, the rest as messages.
pub(super) fn say(context: &mut Context, handed: &HandedIn) {
    let t = context.t;
    context.out.line(&handed.file.display().to_string());
    context.out.note(&fill(t.sealed, &[&handed.revision, &handed.packets, &handed.unscored]));
    context.out.note(&fill(t.receipt, &[&handed.digest.receipt()]));
    context.out.note(t.seal_next);
}

/// What is missing, in lines: what keeps a packet back, then what is only to
/// be looked at.
pub(super) fn missing(context: &Context, sitting: &Sitting, found: &Check) -> Vec<String> {
    let rubric = sitting.rubric();
    let t = context.t;
    let mut lines = Vec::new();
    for (code, criteria) in found.incomplete.iter().take(MOST) {
        if criteria.is_empty() {
            lines.push(fill(t.seal_lacks_words, &[code]));
        } else if criteria.len() == rubric.criteria_count() {
            lines.push(fill(t.seal_untouched, &[code]));
        } else {
            let ids = criteria.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            lines.push(fill(t.seal_lacks_marks, &[code, &criteria.len(), &ids]));
        }
    }
    let more = found.incomplete.len().saturating_sub(MOST);
    if more > 0 {
        lines.push(fill(t.seal_more, &[&more]));
    }
    for (code, criteria) in found.remarks.iter().take(MOST) {
        let ids = criteria.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        lines.push(fill(t.seal_remarks, &[code, &ids]));
    }
    let more = found.remarks.len().saturating_sub(MOST);
    if more > 0 {
        lines.push(fill(t.seal_more_remarks, &[&more]));
    }
    if !found.votes.is_empty() {
        let codes = found.votes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        lines.push(fill(t.seal_votes, &[&codes]));
    }
    if !found.opinions.is_empty() {
        let codes = found.opinions.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        lines.push(fill(t.seal_opinions, &[&codes]));
    }
    lines
}
