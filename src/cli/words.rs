//! Words that several commands use: states, flags, quotas, commands as typed.

use std::path::Path;

use crate::base::Lang;
use crate::base::lang::fill;
use crate::domain::round::SheetState;
use crate::domain::rubric::QuotaKind;
use crate::domain::standing::Cut;
use crate::workflow::status::{Cell, Step};

/// A path as one word of a shell.
pub(super) fn path(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '\\' | '.' | '-' | '_' | ':' | '+' | '=');
    if !text.is_empty() && text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// A folder of the round, as one word of a shell.
pub(super) fn inside(dir: &Path, name: &str) -> String {
    path(&dir.strip_prefix(".").unwrap_or(dir).join(name))
}

/// A command for the round in a folder, as it can be typed.
pub(super) fn command(dir: Option<&Path>, rest: &str) -> String {
    match dir {
        Some(dir) if dir != Path::new(".") => format!("pingshen -C {} {rest}", path(dir)),
        _ => format!("pingshen {rest}"),
    }
}

/// What a step of a round is called.
pub(super) const fn step(lang: Lang, step: Step) -> &'static str {
    let t = &lang.texts().commands;
    match step {
        Step::Intake => t.step_intake,
        Step::Blind => t.step_blind,
        Step::Declare => t.step_declare,
        Step::Packets => t.step_packets,
        Step::Panel => t.step_panel,
        Step::Assign => t.step_assign,
        Step::Issue => t.step_issue,
        Step::Collect => t.step_collect,
        Step::Rank => t.step_rank,
        Step::Meet => t.step_meet,
        Step::Publish => t.step_publish,
    }
}

/// The command that does a step, without the round's folder before it.
pub(super) fn step_command(lang: Lang, step: Step, dir: &Path) -> String {
    let t = &lang.texts().commands;
    match step {
        Step::Intake => format!("intake {}", t.word_forms),
        Step::Blind => "blind".to_owned(),
        Step::Declare => "export declarations".to_owned(),
        Step::Packets => format!("packets {}", t.word_folder),
        Step::Panel => format!("panel {}", t.word_panel_file),
        Step::Assign => "assign".to_owned(),
        Step::Issue => "issue".to_owned(),
        Step::Collect => format!("collect {}", inside(dir, "inbox")),
        Step::Rank => "rank".to_owned(),
        Step::Meet => "meet".to_owned(),
        Step::Publish => format!("publish --names {}", t.word_names_file),
    }
}

/// Where a sheet stands.
pub(super) const fn sheet_state(lang: Lang, state: SheetState) -> &'static str {
    let t = &lang.texts().commands;
    match state {
        SheetState::Counts => t.sheet_counts,
        SheetState::Undecided => t.sheet_undecided,
        SheetState::Superseded => t.sheet_superseded,
        SheetState::Void => t.sheet_void,
        SheetState::Conflict => t.sheet_conflict,
        SheetState::Stale => lang.texts().sealing.sheet_stale,
    }
}

/// Where a sheet stands, as a word of the data.
pub(super) const fn sheet_word(state: Option<SheetState>) -> &'static str {
    match state {
        None => "outstanding",
        Some(SheetState::Counts) => "counts",
        Some(SheetState::Undecided) => "undecided",
        Some(SheetState::Superseded) => "superseded",
        Some(SheetState::Void) => "void",
        Some(SheetState::Conflict) => "conflict",
        Some(SheetState::Stale) => "stale",
    }
}

/// A cell of the matrix: its short sign, and what it means.
pub(super) const fn cell(lang: Lang, cell: Cell) -> (&'static str, &'static str) {
    let t = &lang.texts().commands;
    match cell {
        Cell::None => (t.sign_none, t.cell_none),
        Cell::Outstanding => (t.sign_outstanding, t.cell_outstanding),
        Cell::Counts => (t.sign_counts, t.cell_counts),
        Cell::Open => (t.sign_open, t.cell_open),
        Cell::Unscored => (t.sign_unscored, t.cell_unscored),
        Cell::Recused => (t.sign_recused, t.cell_recused),
        Cell::Void => (t.sign_void, t.cell_void),
    }
}

/// A cell of the matrix, as a word of the data.
pub(super) const fn cell_word(cell: Cell) -> &'static str {
    match cell {
        Cell::None => "",
        Cell::Outstanding => "outstanding",
        Cell::Counts => "counts",
        Cell::Open => "open",
        Cell::Unscored => "unscored",
        Cell::Recused => "recused",
        Cell::Void => "void",
    }
}

/// What the cut line says.
pub(super) fn quota(lang: Lang, cut: &Cut) -> String {
    let t = &lang.texts().commands;
    match (cut.kind, cut.quota) {
        (QuotaKind::Soft, Some(number)) => fill(t.quota_soft, &[&number]),
        (QuotaKind::Exact, Some(number)) => fill(t.quota_exact, &[&number]),
        (QuotaKind::Hard | QuotaKind::Open, Some(number)) => fill(t.quota_hard, &[&number]),
        _ => t.quota_none.to_owned(),
    }
}
