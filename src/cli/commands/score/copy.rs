//! Where the draft of a bundle on a stick lies, and what is said of its copy.

use crate::base::lang::{copy_trouble, fill};
use crate::base::{Problem, Refusal, Result, Timestamp};
use crate::workflow::Sitting;
use crate::workflow::copies::Copied;
use crate::workflow::places::{Note, Places};

use super::super::super::args::Score;
use super::super::super::{Context, error, settings};

/// Finds the draft to go on with, and says where it is if it is not beside the
/// bundle.
pub(super) fn places(context: &mut Context, args: &Score, write: bool) -> Result<Places> {
    let local = settings::drafts_dir(&args.bundle);
    let found = Places::find(&args.bundle, args.draft.as_deref(), &local, write, &context.clock);
    let places = found.map_err(|refusal| in_our_time(context, refusal))?;
    let t = &context.lang.texts().stick;
    if write && args.draft.is_none() && places.copy().is_some() {
        context.out.note(&fill(t.draft_here, &[&places.draft().display()]));
    }
    for note in places.notes() {
        let text = match note {
            Note::BroughtIn(from) => fill(t.brought_in, &[&from.display()]),
            Note::Longer(from, old) => fill(t.longer, &[&from.display(), &old.display()]),
            Note::Damaged(file, refusal) => {
                fill(t.damaged, &[&file.display(), &error::one_line(context.lang, refusal)])
            }
            Note::SetAside(file, old) => fill(t.set_aside, &[&file.display(), &old.display()]),
        };
        context.out.note(&text);
    }
    Ok(places)
}

/// Two drafts are told apart by their times, as the clock on the wall has them.
fn in_our_time(context: &Context, refusal: Refusal) -> Refusal {
    let Problem::DraftsPart { mut sides, common } = refusal.problem().clone() else { return refusal };
    for (_, _, at) in sides.as_mut() {
        *at = Timestamp::from_stored(at).date_and_minute(&context.zone);
    }
    let place = refusal.faults().next().map(|fault| fault.place.clone()).unwrap_or_default();
    Refusal::new(place, Problem::DraftsPart { sides, common })
}

/// Copies where a packet has just become complete; what fails is only said.
pub(super) fn after_act(context: &mut Context, sitting: &mut Sitting) {
    if let Some(failed @ Err(_)) = sitting.copy_if_due() {
        told(context, Some(failed));
    }
}

/// Says what came of a copy.
pub(super) fn told(context: &mut Context, copied: Option<Copied>) {
    let t = &context.lang.texts().stick;
    let text = match copied {
        None => return,
        Some(Ok(at)) => fill(t.copied, &[&at.time_of_day(&context.zone)]),
        Some(Err(refusal)) => copy_trouble(context.lang, &refusal),
    };
    context.out.note(&text);
}
