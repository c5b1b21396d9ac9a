//! `collect`: takes score sheets in, and says of every file what came of it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::base::lang::fill;
use crate::base::{ExpertCode, Problem, PublicKeys, Result};
use crate::domain::round::{Decision, SheetState};
use crate::domain::sheet::Source;
use crate::workflow::Round;
use crate::workflow::collect::{Collected, Compared, Say, Taken, Wish, collect};
use crate::workflow::open::pending;

use super::super::args::{Collect, Partial};
use super::super::screens::Look;
use super::super::{Context, Outcome, screens, settings, words};
use super::ended;

/// Collects.
pub(super) fn run(context: &mut Context, args: &Collect) -> Outcome {
    let mut round = context.open(true)?;
    let stays = args.keep_sealed || round.state().kept_sealed || round.state().supervisor.is_some();
    if !stays && !round.state().issued.is_empty() {
        context.unlock(&mut round)?;
    }
    let decision = match (args.partial, args.void) {
        (Some(Partial::Count), _) => Some(Decision::Count),
        (Some(Partial::Void), _) | (None, true) => Some(Decision::Void),
        (None, false) => None,
    };
    let reason = args.reason.clone().unwrap_or_default();
    let said = decision.map(|decision| Say { decision, reason, whole: args.void });
    let wish = Wish { say: said.as_ref(), keep_sealed: args.keep_sealed, late: args.reason.as_deref() };
    let mut codes = Codes::read(context, args.codes.as_deref(), !round.state().practice)?;
    let collected = collect(&mut round, &args.files, &wish, &mut |expert, keys| codes.compare(expert, keys))?;
    for file in &collected {
        say(context, file);
    }
    let refused: Vec<_> = collected
        .iter()
        .filter_map(|file| file.outcome.as_ref().err())
        .filter(|refusal| *refusal.problem() != Problem::KeptSealed)
        .collect();
    if stays {
        sealed(context, &round);
    } else {
        close(context, &round);
    }
    Ok(ended(&refused, collected.len()))
}

/// What is listed and stays sealed, each with its whole digest.
fn sealed(context: &mut Context, round: &Round) {
    let sealing = &context.lang.texts().sealing;
    context.out.note(sealing.digests);
    for listed in &round.state().listed {
        context.out.note(&format!("{}  {}", listed.digest, listed.file));
    }
    let command = context.command("open");
    context.out.note(&fill(sealing.kept_sealed, &[&pending(round), &command]));
}

/// What came of one file, on one line.
pub(super) fn say(context: &mut Context, file: &Collected) {
    let text = match &file.outcome {
        Ok(taken) => line(context, &file.file, taken),
        Err(refusal) if *refusal.problem() == Problem::KeptSealed => {
            let said = context.lang.texts().sealing.sheet_kept_sealed;
            format!("{}{}{said}", file.file, context.lang.pick("：", ": "))
        }
        Err(refusal) => {
            let waits = matches!(refusal.problem(), Problem::CodeNotCompared { .. });
            let text = if waits { context.lang.texts().sealing.sheet_waits } else { context.t.sheet_refused };
            fill(text, &[&file.file, &super::super::error::one_line(context.lang, refusal)])
        }
    };
    context.out.line(&text);
}

/// Check codes as they stand on the signed sign-in sheet: from a file, or asked
/// one by one at the terminal.
pub(super) struct Codes {
    given: BTreeMap<String, String>,
    ask: bool,
    look: Look,
}

impl Codes {
    /// Reads the file of codes; without one they are asked for, where there is
    /// somebody to ask.
    pub(super) fn read(context: &Context, file: Option<&Path>, ask: bool) -> Result<Self> {
        let mut given = BTreeMap::new();
        if let Some(file) = file {
            let bytes = crate::workflow::packets::read_file(file, 1 << 20)?;
            let text = String::from_utf8_lossy(&bytes);
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                if let Some((expert, code)) = line.split_once([',', '，', '\t']) {
                    given.insert(expert.trim().to_owned(), code.trim().trim_matches('"').to_owned());
                }
            }
        }
        Ok(Self { given, ask: ask && file.is_none() && settings::can_ask(), look: context.look.clone() })
    }

    /// What the sign-in sheet says of an expert's code.
    pub(super) fn compare(&mut self, expert: &ExpertCode, keys: &PublicKeys) -> Result<Compared> {
        if let Some(known) = self.given.get(expert.as_str()) {
            return Ok(if keys.check_code_is(known) { Compared::Same } else { Compared::Differs });
        }
        if !self.ask {
            return Ok(Compared::NotYet);
        }
        let question = fill(self.look.lang.texts().sealing.ask_same, &[expert, &keys.check_code()]);
        Ok(match screens::ask_yes(&question, &self.look)? {
            Some(true) => Compared::Same,
            Some(false) => Compared::Differs,
            None => Compared::NotYet,
        })
    }
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
pub(super) fn close(context: &mut Context, round: &Round) {
    let t = context.t;
    let state = round.state();
    let counting = state.counting();
    let silent: Vec<String> = state
        .readers()
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
            SheetState::Counts | SheetState::Superseded | SheetState::Void | SheetState::Stale => {}
        }
    }
    super::amend::stale_notes(context, state);
    context.out.note(&fill(t.collected, &[&counting.len(), &state.readers().len()]));
    if !silent.is_empty() {
        context.out.note(&fill(t.outstanding, &[&silent.join(" ")]));
    }
    context.repeatable(t.again_collect);
    context.next(if counting.is_empty() { "status" } else { "rank" });
}
