//! `--seal`: hands the sheet in, and shows the receipt to be written down.

use crate::base::PacketCode;
use crate::base::lang::fill;
use crate::domain::hand_in::Check;
use crate::workflow::Sitting;
use crate::workflow::hand_in::{HandedIn, Wish};

use super::super::super::args::Score;
use super::super::super::{Context, Outcome};
use super::copy;

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
    copy::after_act(context, sitting);
    say(context, &handed);
    if let Some(code) = sitting.check_code()? {
        context.out.note(&fill(context.lang.texts().sealing.score_code, &[&code]));
    }
    Ok(None)
}

/// Says what was handed in: the file on stdout, the rest as messages.
pub(super) fn say(context: &mut Context, handed: &HandedIn) {
    let t = context.t;
    context.out.line(&handed.file.display().to_string());
    context.out.note(&fill(t.sealed, &[&handed.revision, &handed.packets, &handed.unscored]));
    context.out.note(&fill(t.receipt, &[&handed.digest.receipt()]));
    if handed.unplug {
        context.out.note(context.lang.texts().stick.unplug);
    }
    context.out.note(t.seal_next);
}

/// What is missing, in lines: what keeps a packet back, then what is only to
/// be looked at.
pub(super) fn missing(context: &Context, sitting: &Sitting, found: &Check) -> Vec<String> {
    let rubric = sitting.rubric();
    let t = context.t;
    let mut lines = Vec::new();
    // Marks that only wait to be confirmed are listed by themselves.
    let waits = |code: &PacketCode| found.review.iter().any(|(of, _)| of == code);
    let lacking: Vec<_> =
        found.incomplete.iter().filter(|(code, criteria)| !criteria.is_empty() || !waits(code)).collect();
    for (code, criteria) in lacking.iter().take(MOST) {
        if criteria.is_empty() {
            lines.push(fill(t.seal_lacks_words, &[code]));
        } else if criteria.len() == rubric.criteria_count() {
            lines.push(fill(t.seal_untouched, &[code]));
        } else {
            let ids = criteria.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            lines.push(fill(t.seal_lacks_marks, &[code, &criteria.len(), &ids]));
        }
    }
    let more = lacking.len().saturating_sub(MOST);
    if more > 0 {
        lines.push(fill(t.seal_more, &[&more]));
    }
    let a = &context.lang.texts().amending;
    let review: Vec<_> = found
        .review
        .iter()
        .flat_map(|(code, marks)| marks.iter().map(move |(id, number)| (code, id, number)))
        .collect();
    lines.extend(review.iter().take(MOST).map(|(code, id, number)| fill(a.seal_review, &[code, id, number])));
    let more = review.len().saturating_sub(MOST);
    if more > 0 {
        lines.push(fill(a.seal_more_review, &[&more]));
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
