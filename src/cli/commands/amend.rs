//! `amend`: what changes once bundles are out, and what becomes of sheets that
//! came before.

use crate::base::Result;
use crate::base::lang::fill;
use crate::domain::round::Round as State;
use crate::domain::tallied::Rank;
use crate::workflow::Round;
use crate::workflow::amend::{Done, Standings, What, amend, is_asked, review, stale};

use super::super::args::{Amend, Review};
use super::super::{Context, Outcome, table};

/// Amends, says what becomes of a sheet, or lists.
pub(super) fn run(context: &mut Context, args: &Amend) -> Outcome {
    let (what, why) = match args {
        Amend::List => return list(context),
        Amend::Accept(args) => return said(context, args, true),
        Amend::Ask(args) => return said(context, args, false),
        Amend::Withdraw { code, why } => (What::Withdraw(code.clone()), why),
        Amend::Correct { file, why } => (What::Correct(file.clone()), why),
        Amend::AddExpert { file, why } => (What::AddExpert(file.clone()), why),
        Amend::Replace { expert, file, why } => (What::Replace(expert.clone(), file.clone()), why),
        Amend::Erratum { criterion, text, why } => (What::Erratum(criterion.clone(), text.clone()), why),
        Amend::Void { criterion, why } => (What::Void(criterion.clone()), why),
        Amend::Quota { number, why } => (What::Quota(*number), why),
    };
    let mut round = context.open_unlocked()?;
    let done = amend(&mut round, &what, &why.reason)?;
    say(context, &round, &done);
    Ok(None)
}

fn say(context: &mut Context, round: &Round, done: &Done) {
    let (lang, t) = (context.lang, &context.lang.texts().amending);
    let words = done.amendment.change.words(lang);
    let text = if done.again { t.amended_again } else { t.amended };
    context.out.line(&fill(text, &[&done.amendment.number, &words]));
    context.out.line(&fill(t.document, &[&done.file.display()]));
    if done.again {
        return;
    }
    for key in &done.ties_less {
        context.out.note(&fill(t.ties_less, &[key]));
    }
    if done.amendment.change.voided().is_some() && round.rubric().pass_line.total.is_some() {
        context.out.note(&fill(t.pass_stays, &[&round.rubric().total]));
    }
    if let Some(standings) = &done.standings {
        moved(context, standings);
    }
    stale_notes(context, round.state());
    let command = context.command("issue --update");
    context.out.note(&fill(t.next_issue, &[&command]));
}

/// Which places an amendment changed.
fn moved(context: &mut Context, standings: &Standings) {
    let t = &context.lang.texts().amending;
    let Some(after) = &standings.after else {
        context.out.note(&fill(t.standing_before, &[&standings.before.display()]));
        context.out.note(t.no_standing);
        return;
    };
    context.out.note(&fill(t.standings, &[&standings.before.display(), &after.display()]));
    if standings.moved.is_empty() {
        context.out.line(t.moved_none);
        return;
    }
    context.out.line(t.moved_head);
    let place = |rank: Option<Rank>| rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
    for (code, before, after) in &standings.moved {
        context.out.line(&fill(t.moved, &[code, &place(*before), &place(*after)]));
    }
}

/// Sheets that wait because of an amendment, and what can be done about each.
pub(super) fn stale_notes(context: &mut Context, state: &State) {
    let t = &context.lang.texts().amending;
    let list = |numbers: &[u32]| {
        numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(context.lang.pick("、", ", "))
    };
    let mut lines = Vec::new();
    let mut how = false;
    for (sheet, numbers) in stale(state) {
        let receipt = sheet.digest.receipt();
        let (asked, open): (Vec<u32>, Vec<u32>) =
            numbers.into_iter().partition(|number| is_asked(state, &sheet.digest, *number));
        if !open.is_empty() {
            how = true;
            lines.push(fill(t.note_stale, &[&sheet.expert, &receipt, &list(&open)]));
        }
        if !asked.is_empty() {
            lines.push(fill(t.note_asked, &[&sheet.expert, &receipt, &list(&asked)]));
        }
    }
    if how {
        let accept = context.command("amend accept EXPERT --reason WHY");
        let ask = context.command("amend ask EXPERT --reason WHY");
        lines.push(fill(t.note_stale_how, &[&accept, &ask]));
    }
    context.out.notes(lines);
}

fn said(context: &mut Context, args: &Review, stands: bool) -> Outcome {
    let mut round = context.open_unlocked()?;
    let reviewed = review(&mut round, &args.expert, args.number, stands, &args.why.reason)?;
    let t = &context.lang.texts().amending;
    let receipt = reviewed.sheet.receipt();
    if reviewed.numbers.is_empty() {
        context.out.line(t.said_already);
    }
    for number in &reviewed.numbers {
        let text = if stands {
            fill(t.accepted, &[&args.expert, &receipt, number])
        } else {
            fill(t.asked, &[&args.expert, number, &receipt])
        };
        context.out.line(&text);
    }
    if let Some(standings) = &reviewed.standings {
        moved(context, standings);
    }
    if reviewed.waiting > 0 {
        context.out.note(&fill(t.still_stale, &[&reviewed.waiting]));
    }
    Ok(None)
}

fn list(context: &mut Context) -> Outcome {
    let round = context.open(false)?;
    let t = &context.lang.texts().amending;
    let rows: Vec<Vec<String>> = round
        .state()
        .amendments
        .iter()
        .map(|(amendment, document)| {
            let words = amendment.change.words(context.lang);
            vec![amendment.number.to_string(), words, amendment.reason.clone(), document.short()]
        })
        .collect();
    if rows.is_empty() {
        context.out.line(t.list_empty);
    } else {
        let header = [t.column_number, t.column_change, t.column_reason, t.column_document];
        context.out.lines(table::lay(&header, &rows, &[0]));
    }
    stale_notes(context, round.state());
    Ok(None)
}

/// `issue --update`: the updates, after bundles of new experts.
pub(super) fn updates(context: &mut Context, round: &mut Round) -> Result<()> {
    let t = &context.lang.texts().amending;
    let written = crate::workflow::issue_update::issue_updates(round)?;
    for update in &written {
        let file = update.file.display();
        let text = if update.again {
            fill(t.update_again, &[&update.expert, &file])
        } else {
            fill(t.update_written, &[&update.expert, &file, &update.number])
        };
        context.out.line(&text);
    }
    context.out.note(if written.is_empty() { t.update_none } else { t.update_how });
    Ok(())
}
