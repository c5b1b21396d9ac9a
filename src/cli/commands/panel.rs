//! `panel`: the experts.

use std::path::Path;

use crate::base::Result;
use crate::base::lang::fill;
use crate::workflow::Round;
use crate::workflow::panel::{admit_keys, panel};

use super::super::args::Panel;
use super::super::{Context, Outcome, table};

/// Sets the panel, and admits the keys experts enrolled with.
pub(super) fn run(context: &mut Context, args: &Panel) -> Outcome {
    let mut round = context.open_unlocked()?;
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
