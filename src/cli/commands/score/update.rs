//! Updates merged into a draft (补充包), and what is said of them.

use crate::base::Result;
use crate::base::lang::fill;
use crate::workflow::Sitting;

use super::super::super::args::Score;
use super::super::super::{Context, error};

/// Merges the update given; those beside the bundle are merged by now.
pub(super) fn merge(context: &mut Context, sitting: &mut Sitting, args: &Score) -> Result<()> {
    if let Some(file) = &args.update
        && !sitting.merge(file)?
    {
        context.out.note(context.lang.texts().amending.merged_already);
    }
    Ok(())
}

/// Says what was merged, what is to be confirmed, and what could not be merged.
pub(super) fn say(context: &mut Context, sitting: &Sitting) {
    let (lang, t) = (context.lang, &context.lang.texts().amending);
    for refusal in sitting.complaints() {
        context.out.note(t.not_merged);
        context.out.notes(error::refusal_lines(lang, refusal));
    }
    let news = sitting.news();
    if let Some(last) = news.last() {
        context.out.note(&fill(t.merged, &[&last.number]));
    }
    for amendment in &news {
        let words = amendment.change.words(lang);
        context.out.note(&fill(t.merged_line, &[&amendment.number, &words, &amendment.reason]));
    }
    let review = sitting.review_count();
    if review > 0 {
        context.out.note(&fill(t.merged_review, &[&review]));
    }
    if !news.is_empty() && !sitting.desk().handed_in.is_empty() {
        context.out.note(t.merged_corrects);
    }
}
