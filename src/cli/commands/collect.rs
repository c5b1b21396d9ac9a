//! `collect`: takes score sheets in, and says of every file what came of it.

use crate::base::lang::fill;
use crate::domain::round::{Decision, SheetState};
use crate::domain::sheet::Source;
use crate::workflow::Round;
use crate::workflow::collect::{Say, Taken, collect};

use super::super::args::{Collect, Partial};
use super::super::{Context, Outcome, words};
use super::ended;

/// Collects.
pub(super) fn run(context: &mut Context, args: &Collect) -> Outcome {
    let mut round = context.open(true)?;
    let decision = match (args.partial, args.void) {
        (Some(Partial::Count), _) => Some(Decision::Count),
        (Some(Partial::Void), _) | (None, true) => Some(Decision::Void),
        (None, false) => None,
    };
    let reason = args.reason.clone().unwrap_or_default();
    let say = decision.map(|decision| Say { decision, reason, whole: args.void });
    let collected = collect(&mut round, &args.files, say.as_ref())?;
    for file in &collected {
        match &file.outcome {
            Ok(taken) => {
                let text = line(context, &file.file, taken);
                context.out.line(&text);
            }
            Err(refusal) => {
                let text =
                    fill(context.t.sheet_refused, &[&file.file, &super::super::error::one_line(context.lang, refusal)]);
                context.out.line(&text);
            }
        }
    }
    let refused: Vec<_> = collected.iter().filter_map(|file| file.outcome.as_ref().err()).collect();
    close(context, &round);
    Ok(ended(&refused, collected.len()))
}

/// `E03.sheet: E03, revision 1, 16 packets: accepted`.
fn line(context: &Context, file: &str, taken: &Taken) -> String {
    let t = context.t;
    let state = match taken.state {
        SheetState::Counts if taken.unscored > 0 => t.sheet_partial_counts,
        SheetState::Counts if taken.again => t.sheet_again,
        state => words::sheet_state(context.lang, state),
    };
    let unscored = if taken.unscored > 0 { fill(t.sheet_unscored, &[&taken.unscored]) } else { String::new() };
    let source = if taken.source == Source::Spreadsheet { t.sheet_spreadsheet } else { "" };
    fill(
        t.sheet_line,
        &[&file, &taken.expert, &taken.revision, &taken.packets, &unscored, &source, &taken.digest.receipt(), &state],
    )
}

/// Who is outstanding, what is to be decided, and what comes next.
fn close(context: &mut Context, round: &Round) {
    let t = context.t;
    let state = round.state();
    let counting = state.counting();
    let silent: Vec<String> = round
        .experts()
        .iter()
        .filter(|expert| !state.sheets.iter().any(|sheet| sheet.expert == **expert))
        .map(ToString::to_string)
        .collect();
    for sheet in &state.sheets {
        match state.state_of(sheet) {
            SheetState::Undecided => {
                context.out.note(&fill(t.note_undecided, &[&sheet.expert, &sheet.packets, &sheet.unscored]));
            }
            SheetState::Conflict => context.out.note(&fill(t.note_conflict, &[&sheet.expert, &sheet.digest.receipt()])),
            SheetState::Counts | SheetState::Superseded | SheetState::Void => {}
        }
    }
    context.out.note(&fill(t.collected, &[&counting.len(), &round.experts().len()]));
    if !silent.is_empty() {
        context.out.note(&fill(t.outstanding, &[&silent.join(" ")]));
    }
    context.repeatable(t.again_collect);
    context.next(if counting.is_empty() { "status" } else { "rank" });
}
