//! `panel`: the experts.

use std::path::Path;

use crate::base::lang::fill;
use crate::base::{Problem, Refusal, Result, points};
use crate::domain::sheet::Ground;
use crate::workflow::Round;
use crate::workflow::declarations::{Answer, declare, outstanding};
use crate::workflow::panel::{admit_keys, panel};

use super::super::args::Panel;
use super::super::{Context, Outcome, table};

/// Sets the panel, and admits the keys experts enrolled with.
pub(super) fn run(context: &mut Context, args: &Panel) -> Outcome {
    let mut round = context.open_unlocked()?;
    if let Some(expert) = &args.declare {
        return declared(context, &mut round, expert, args);
    }
    if let Some(file) = &args.file {
        set(context, &mut round, file)?;
    }
    let sealing = &context.lang.texts().sealing;
    for (expert, code) in admit_keys(&mut round, &args.keys)? {
        context.out.note(&fill(sealing.keys_admitted, &[&expert, &code]));
    }
    context.repeatable(context.t.again_panel);
    context.next("assign");
    Ok(None)
}

/// Enters what an expert declared.
fn declared(context: &mut Context, round: &mut Round, expert: &str, args: &Panel) -> Outcome {
    let t = &context.lang.texts().declaring;
    if !args.none && args.recuse.is_empty() {
        return Err(Problem::NothingDeclared.into());
    }
    let answers = args.recuse.iter().map(|text| answer(text)).collect::<Result<Vec<_>>>()?;
    let assigned = !round.state().parts.is_empty();
    let recuse = declare(round, expert, &answers)?;
    if recuse.is_empty() {
        context.out.line(&fill(t.none, &[&expert]));
    }
    for recusal in &recuse {
        context.out.line(&fill(t.recused, &[&expert, &recusal.code, &recusal.reason]));
    }
    let waiting: Vec<String> = outstanding(round).iter().map(ToString::to_string).collect();
    if waiting.is_empty() {
        context.out.note(t.all_in);
    } else {
        context.out.note(&fill(t.waiting, &[&waiting.join(" ")]));
    }
    if assigned {
        context.out.note(t.assign_anew);
    }
    context.next("assign");
    Ok(None)
}

/// An answer as it is typed: the applicant, a blank, the ground's number.
fn answer(text: &str) -> Result<Answer> {
    let bad = || Refusal::from(Problem::BadAnswer { text: text.to_owned() });
    let (applicant, ground) = text.trim().rsplit_once([' ', '\u{3000}']).ok_or_else(bad)?;
    let number: usize = points::fold(ground).trim().parse().map_err(|_| bad())?;
    let ground = number.checked_sub(1).and_then(|at| Ground::ALL.get(at)).ok_or_else(bad)?;
    Ok(Answer { applicant: applicant.trim().to_owned(), ground: *ground })
}

fn set(context: &mut Context, round: &mut Round, file: &Path) -> Result<()> {
    let (panel, new) = panel(round, file)?;
    let t = context.t;
    let row = |expert: &crate::domain::panel::Expert| {
        let recused = expert.recuse.iter().map(|recusal| recusal.code.to_string()).collect::<Vec<_>>().join(" ");
        vec![expert.code.to_string(), expert.name.clone(), expert.specialty.clone(), recused]
    };
    let rows: Vec<_> = panel.experts.iter().map(row).collect();
    context.out.lines(table::lay(&[t.column_expert, t.column_name, t.column_specialty, t.column_recused], &rows, &[]));
    let text = if new { t.panel_set } else { t.panel_same };
    context.out.note(&fill(text, &[&panel.experts.len()]));
    let least = round.rubric().least_experts;
    if u32::try_from(panel.experts.len()).is_ok_and(|given| given < least) {
        context.out.note(&fill(t.panel_few, &[&least]));
    }
    Ok(())
}
