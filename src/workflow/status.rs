//! Where a round stands (进度): steps with their state, and the matrix of
//! experts and applications.

use super::Round;
use crate::base::{ExpertCode, PacketCode, Result};
use crate::domain::round::SheetState;
use crate::domain::sheet::Sheet;

/// One cell of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Not assigned.
    None,
    /// Nothing in yet.
    Outstanding,
    /// Handed in and counts.
    Counts,
    /// Handed in, not decided or in conflict.
    Open,
    /// Listed as not scored.
    Unscored,
    /// Recused.
    Recused,
    /// On a sheet that was voided.
    Void,
}

/// The matrix of experts and applications.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matrix {
    /// Columns.
    pub experts: Vec<(ExpertCode, Option<SheetState>)>,
    /// Rows, one cell an expert.
    pub rows: Vec<(PacketCode, Vec<Cell>)>,
}

/// The matrix as it stands.
///
/// # Errors
/// A sheet that can't be read back.
pub fn matrix(round: &Round) -> Result<Matrix> {
    let state = round.state();
    let mut matrix = Matrix::default();
    let mut sheets: Vec<Option<(SheetState, Sheet)>> = Vec::new();
    for expert in round.experts() {
        let mine =
            state.sheets.iter().filter(|sheet| sheet.expert == expert).map(|sheet| (state.state_of(sheet), sheet));
        // The sheet that says most about where the expert stands.
        let best = mine.filter(|(state, _)| *state != SheetState::Superseded).min_by_key(|(state, _)| match state {
            SheetState::Counts => 0,
            SheetState::Undecided | SheetState::Stale => 1,
            SheetState::Conflict => 2,
            SheetState::Void | SheetState::Superseded => 3,
        });
        let read = match best {
            Some((state, received)) => Some((state, round.sheet(&received.digest)?)),
            None => None,
        };
        matrix.experts.push((expert, read.as_ref().map(|(state, _)| *state)));
        sheets.push(read);
    }
    for code in &state.codes() {
        let cells = matrix.experts.iter().zip(&sheets).map(|((expert, _), sheet)| {
            let Some(part) = state.part(expert) else { return Cell::None };
            if part.recused.iter().any(|recusal| recusal.code == *code) {
                return Cell::Recused;
            }
            if !part.codes.contains(code) {
                return Cell::None;
            }
            let Some((sheet_state, sheet)) = sheet else { return Cell::Outstanding };
            if sheet.recusals.iter().any(|recusal| recusal.code == *code) {
                Cell::Recused
            } else if sheet.unscored.iter().any(|unscored| unscored.code == *code) {
                Cell::Unscored
            } else {
                match sheet_state {
                    SheetState::Counts => Cell::Counts,
                    SheetState::Undecided | SheetState::Stale | SheetState::Conflict => Cell::Open,
                    SheetState::Void | SheetState::Superseded => Cell::Void,
                }
            }
        });
        matrix.rows.push((code.clone(), cells.collect()));
    }
    Ok(matrix)
}

/// A step of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// 收申报材料.
    Intake,
    /// 匿名处理.
    Blind,
    /// 收匿名材料.
    Packets,
    /// 登记专家.
    Panel,
    /// 回避声明.
    Declare,
    /// 分配.
    Assign,
    /// 发评审包.
    Issue,
    /// 收评分表.
    Collect,
    /// 推荐排序.
    Rank,
    /// 会议研究.
    Meet,
    /// 公示.
    Publish,
}

/// A step with its state: done, and what there is to say in figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepState {
    /// The step.
    pub step: Step,
    /// Whether it is done.
    pub done: bool,
    /// How many of how many, where that says something.
    pub figures: Option<(usize, usize)>,
}

/// The steps in order; the first that is not done is next.
#[must_use]
pub fn steps(round: &Round) -> Vec<StepState> {
    let state = round.state();
    let experts = round.experts().len();
    let readers = state.readers();
    let counting = state.counting().len();
    let exported = |what: &str| state.exported.iter().any(|(known, _)| known.starts_with(what));
    let step = |step, done, figures| StepState { step, done, figures };
    let (applications, packets) = (state.applications.len(), state.packets.len());
    // Packets that come anonymised have no applications before them.
    let before = if applications == 0 {
        vec![step(Step::Packets, packets > 0, Some((packets, packets)))]
    } else {
        vec![
            step(Step::Intake, true, Some((applications, applications))),
            step(Step::Blind, packets >= applications, Some((packets, applications))),
        ]
    };
    let declared = round.experts().iter().filter(|expert| state.declared.contains(expert)).count();
    let declare = (applications > 0).then(|| {
        step(Step::Declare, experts > 0 && (declared == experts || !state.issued.is_empty()), Some((declared, experts)))
    });
    let mut steps = before;
    steps.push(step(Step::Panel, state.panel.is_some(), Some((experts, experts))));
    steps.extend(declare);
    steps.extend([
        step(Step::Assign, !state.parts.is_empty(), None),
        step(
            Step::Issue,
            !state.issued.is_empty() && readers.iter().all(|expert| state.issued.contains_key(expert)),
            Some((state.issued.len(), readers.len())),
        ),
        step(Step::Collect, !readers.is_empty() && counting == readers.len(), Some((counting, readers.len()))),
        step(Step::Rank, exported("shortlist"), None),
        step(Step::Meet, false, None),
        step(Step::Publish, exported("publish"), None),
    ]);
    steps
}
