//! The half of `intake` that keeps: into the round's register, what was supplied
//! later, what applicants confirmed.

use std::collections::BTreeSet;
use std::path::Path;

use crate::base::lang::{fill, why};
use crate::base::{ApplicationNo, Class, Refusal};
use crate::cli::args::Format;
use crate::cli::commands::ended;
use crate::cli::{Context, Outcome};
use crate::workflow::Round;
use crate::workflow::check::label;
use crate::workflow::intake::Came;
use crate::workflow::receive::{self, Arrival, CONFIRMATIONS, Taken};

/// Takes what was read into the round and writes confirmation sheets.
pub(super) fn take(context: &mut Context, mut round: Round, read: Vec<Came>, format: Format) -> Outcome {
    let arrivals = receive::receive(&mut round, read)?;
    let fresh = told(context, &round, &arrivals, format);
    let lang = context.lang;
    let sheets = receive::confirmations(&mut round, &fresh, &|doubt| why(lang, doubt.word()).to_owned())?;
    let t = &lang.texts().intake;
    if !sheets.is_empty() {
        let folder = round.dir().join(CONFIRMATIONS).display().to_string();
        context.out.note(&fill(t.confirmations, &[&folder]));
    }
    Ok(end(context, &arrivals))
}

/// Takes in what was supplied later.
pub(super) fn supply(context: &mut Context, file: &Path) -> Outcome {
    let mut round = context.open_unlocked()?;
    let arrivals = receive::supplement(&mut round, file)?;
    let fresh = told(context, &round, &arrivals, Format::Table);
    let lang = context.lang;
    receive::confirmations(&mut round, &fresh, &|doubt| why(lang, doubt.word()).to_owned())?;
    Ok(end(context, &arrivals))
}

/// Notes that applicants confirmed their figures.
pub(super) fn confirm(context: &mut Context, nos: &[String], how: &str) -> Outcome {
    let mut round = context.open_unlocked()?;
    let t = &context.lang.texts().intake;
    let all = nos.iter().any(|no| no.eq_ignore_ascii_case("all"));
    let confirmed = receive::confirm(&mut round, if all { &[] } else { nos }, how)?;
    if confirmed.is_empty() {
        context.out.note(t.confirmed_none);
    } else {
        context.out.line(&fill(t.confirmed, &[&listed(&confirmed)]));
    }
    let open: Vec<ApplicationNo> = unconfirmed(&round);
    if !open.is_empty() {
        context.out.note(&fill(t.unconfirmed, &[&listed(&open)]));
    }
    context.next("check");
    Ok(None)
}

/// Takes applications out of the round.
pub(super) fn withdraw(context: &mut Context, nos: &[String], reason: &str) -> Outcome {
    let mut round = context.open_unlocked()?;
    let out = receive::withdraw(&mut round, nos, reason)?;
    context.out.line(&fill(context.lang.texts().intake.withdrawn, &[&listed(&out)]));
    context.next("blind");
    Ok(None)
}

/// Applications of which the version in force was not confirmed.
pub(in crate::cli) fn unconfirmed(round: &Round) -> Vec<ApplicationNo> {
    let open = round.state().applications.iter().filter(|(_, taken)| !taken.confirmed);
    open.map(|(no, _)| no.clone()).collect()
}

fn listed(nos: &[ApplicationNo]) -> String {
    nos.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// Says what became of each; gives those that are new or changed.
fn told(context: &mut Context, round: &Round, arrivals: &[Arrival], format: Format) -> BTreeSet<ApplicationNo> {
    let t = &context.lang.texts().intake;
    let mut fresh = BTreeSet::new();
    let mut counts = [0usize; 3];
    let [new, changed, same] = &mut counts;
    for arrival in arrivals {
        let mut lines = Vec::new();
        match &arrival.outcome {
            Err(refusal) => {
                context.refuse(refusal);
                continue;
            }
            Ok(Taken::New(no)) => {
                *new += 1;
                fresh.insert(no.clone());
                lines.push(fill(t.taken_new, &[no, &arrival.name]));
            }
            Ok(Taken::Same(no)) => {
                *same += 1;
                lines.push(fill(t.taken_same, &[no, &arrival.name]));
            }
            Ok(Taken::Changed { no, version, differences }) => {
                *changed += 1;
                fresh.insert(no.clone());
                lines.push(fill(t.taken_changed, &[no, version, &arrival.name, &differences.len()]));
                let shown =
                    |value: &Option<_>| value.as_ref().map_or_else(|| t.nothing.to_owned(), ToString::to_string);
                for difference in differences {
                    let form = round.form();
                    let label = form
                        .map_or_else(|_| difference.field.clone(), |form| label(form, context.lang, &difference.field));
                    let (before, after): (String, String) = (shown(&difference.before), shown(&difference.after));
                    lines.push(fill(t.difference, &[&label, &cut(&before), &cut(&after)]));
                }
            }
        }
        // A report for other programs is not mixed with lines for people.
        if format == Format::Table { context.out.lines(lines) } else { context.out.notes(lines) }
    }
    let refused = arrivals.iter().filter(|arrival| arrival.outcome.is_err()).count();
    let all = round.state().applications.len();
    context.out.note(&fill(t.taken_sum, &[&counts[0], &counts[1], &counts[2], &refused, &all]));
    fresh
}

fn cut(text: &str) -> String {
    let line = text.replace('\n', " ");
    if line.chars().count() <= 40 { line } else { line.chars().take(39).chain(['…']).collect() }
}

fn end(context: &mut Context, arrivals: &[Arrival]) -> Option<Class> {
    context.repeatable(context.lang.texts().intake.again);
    context.next("check");
    let refused: Vec<&Refusal> = arrivals.iter().filter_map(|arrival| arrival.outcome.as_ref().err()).collect();
    ended(&refused, arrivals.len())
}
