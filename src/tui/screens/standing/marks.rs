//! The marks of a place: a row a criterion, a column an expert. Where not all
//! experts fit side by side, the table is written again with the next ones.

use crate::base::text::{pad, pad_left, width};
use crate::base::{CriterionId, ExpertCode, Points};
use crate::domain::sheet::{Mark, PacketMarks, Sheet};
use crate::domain::standing::{Dropped, Standee};

use super::State;
use super::paper::Paper;

/// Cells of the column of maxima and the blank behind it.
const MAX: usize = 7;
/// Least and most cells for a criterion's name.
const NAME: (usize, usize) = (20, 52);

/// An expert's column.
struct Column<'a> {
    head: String,
    expert: &'a ExpertCode,
    packet: &'a PacketMarks,
}

impl Column<'_> {
    /// The mark for a criterion, in brackets where it was itself dropped.
    fn mark(&self, place: &Standee, criterion: &CriterionId) -> String {
        let points = self.packet.marks.iter().find(|mark| mark.criterion == *criterion).map(|mark| mark.points);
        let dropped = match &place.dropped {
            Dropped::Marks(marks) => marks.get(criterion).is_some_and(|experts| experts.contains(self.expert)),
            Dropped::Totals(_) => false,
        };
        match points {
            Some(points) if dropped => format!("({})", points.at_least(1)),
            other => written(other),
        }
    }
}

/// What an expert handed in for a place.
#[must_use]
pub(super) fn given<'a>(sheet: &'a Sheet, place: &Standee) -> Option<&'a PacketMarks> {
    sheet.packets.iter().find(|packet| packet.code == place.code)
}

/// Writes the table.
pub(super) fn write(state: &State, place: &Standee, paper: &mut Paper) {
    let t = &state.t.standing;
    let (base, title) = (paper.brush.theme.base, paper.brush.theme.title);
    let columns: Vec<Column> = state
        .material
        .ranked
        .sheets
        .iter()
        .filter_map(|sheet| {
            let head = if place.dropped.has_total(&sheet.expert) {
                format!("({})", sheet.expert)
            } else {
                format!("{} ", sheet.expert)
            };
            Some(Column { head, expert: &sheet.expert, packet: given(sheet, place)? })
        })
        .collect();
    if columns.is_empty() {
        paper.text("   ", t.no_marks, base);
        return;
    }
    let cells = columns.iter().map(|column| width(&column.head) + 1).max().unwrap_or(0).clamp(6, 14);
    let side_by_side = (paper.cells.saturating_sub(1 + NAME.0 + MAX) / cells).max(1);
    for (at, block) in columns.chunks(side_by_side).enumerate() {
        if at > 0 {
            paper.row("", base);
        }
        let name = paper.cells.saturating_sub(1 + MAX + cells * block.len()).clamp(NAME.0, NAME.1);
        let row = |label: &str, max: &str, marks: &mut dyn Iterator<Item = String>| {
            let marks: String = marks.map(|mark| pad_left(&mark, cells)).collect();
            format!(" {}{} {marks}", pad(label, name), pad_left(max, MAX - 1))
        };
        paper.row(&row(t.marks_column, t.marks_max, &mut block.iter().map(|column| column.head.clone())), title);
        for dimension in &state.material.rubric.dimensions {
            let label = format!("{} {}", dimension.id, state.t.lang.pick(&dimension.zh, &dimension.en));
            let mut sums = block.iter().map(|column| {
                let in_it = |mark: &&Mark| dimension.criteria.iter().any(|criterion| criterion.id == mark.criterion);
                written(sum(column.packet.marks.iter().filter(in_it).map(|mark| mark.points)))
            });
            paper.row(&row(&label, &dimension.max.to_string(), &mut sums), title);
            for criterion in &dimension.criteria {
                let label =
                    format!("  {} {}", pad(criterion.id.as_str(), 3), state.t.lang.pick(&criterion.zh, &criterion.en));
                let mut marks = block.iter().map(|column| column.mark(place, &criterion.id));
                paper.row(&row(&label, &criterion.max.to_string(), &mut marks), base);
            }
        }
        let mut totals = block.iter().map(|column| written(sum(column.packet.marks.iter().map(|mark| mark.points))));
        paper.row(&row(t.marks_total, &state.material.rubric.total.to_string(), &mut totals), title);
    }
    paper.text(" ", t.marks_brackets, base);
}

fn sum(points: impl Iterator<Item = Points>) -> Option<Points> {
    points.into_iter().try_fold(Points::ZERO, Points::checked_add)
}

/// A mark with the cell of a bracket behind it left free, so that figures stand
/// under their heading.
fn written(points: Option<Points>) -> String {
    points.map_or_else(|| "- ".to_owned(), |points| format!("{} ", points.at_least(1)))
}
