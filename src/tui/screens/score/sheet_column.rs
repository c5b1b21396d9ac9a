//! On wide screens: the whole sheet beside the criterion, as a spreadsheet would
//! show it, and the strip of packets on top.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::base::PacketCode;
use crate::base::text::{cut, pad, pad_left, spread, width};
use crate::domain::desk::Progress;
use crate::tui::paint::lines;

use super::State;

fn subtotal(state: &State, code: &PacketCode) -> String {
    state.desk.subtotal(code, &state.book.rubric).map(|points| points.at_least(1)).unwrap_or_default()
}

/// Packets around the one in force, each with where it stands.
pub(super) fn packet_strip(state: &State, cells: usize) -> Line<'static> {
    let t = state.t();
    let item = |at: usize| -> String {
        let Some(code) = state.book.codes.get(at) else { return String::new() };
        let word = match state.progress(at) {
            Progress::Untouched => t.strip_untouched.to_owned(),
            Progress::Partial(_) => subtotal(state, code),
            Progress::Review(_) => format!("{} {}", state.texts.amending.review_word, subtotal(state, code)),
            Progress::Complete => format!("{} {}", t.strip_done, subtotal(state, code)),
            Progress::Recused => t.strip_recused.to_owned(),
        };
        if at == state.place.packet { format!("[ {code} {word} ]") } else { format!("{code} {word}") }
    };
    let mut text = item(state.place.packet);
    let (mut before, mut after) = (state.place.packet, state.place.packet);
    loop {
        let mut grown = false;
        if after + 1 < state.book.codes.len() {
            let next = format!("{text}    {}", item(after + 1));
            if width(&next) + 2 <= cells {
                (text, after, grown) = (next, after + 1, true);
            }
        }
        if before > 0 {
            let next = format!("{}    {text}", item(before - 1));
            if width(&next) + 2 <= cells {
                (text, before, grown) = (next, before - 1, true);
            }
        }
        if !grown {
            break;
        }
    }
    state.brush.line(&format!("  {text}"), cells, state.brush.theme.base)
}

/// Paints the column.
pub(super) fn paint(state: &State, frame: &mut Frame, area: Rect) {
    let theme = state.brush.theme;
    let cells = usize::from(area.width).saturating_sub(2);
    let Some(code) = state.code() else { return };
    let mut rows: Vec<Line<'static>> = Vec::new();
    let mut focus = 0;
    let mut at = 0;
    for dimension in &state.book.rubric.dimensions {
        let name = if state.zh() { &dimension.zh } else { &dimension.en };
        let marks: Vec<_> = dimension.criteria.iter().filter_map(|c| state.mark_of(code, c)).collect();
        let sum = i64::try_from(crate::base::points::sum(marks.iter().copied())).unwrap_or(0);
        let sum = if marks.is_empty() { "-".to_owned() } else { crate::base::Points::from_units(sum).at_least(1) };
        let right = format!("{sum}/{}", dimension.max);
        rows.push(Line::styled(
            spread(&state.brush.words(&format!("{} {name}", dimension.id)), &right, cells),
            theme.title,
        ));
        for criterion in &dimension.criteria {
            let here = at == state.place.criterion;
            if here {
                focus = rows.len();
            }
            let mark = state.mark_of(code, criterion);
            let level = mark
                .and_then(|mark| criterion.level_of(mark))
                .map(|l| if state.zh() { l.zh.clone() } else { l.en.clone() });
            let shown = match (here, state.entry.is_empty(), mark) {
                (true, false, _) => state.entry.clone(),
                (_, _, Some(mark)) if state.review_of(code, criterion).is_some() => {
                    format!("{}{}", state.texts.amending.review_sign, mark.at_least(1))
                }
                (_, _, Some(mark)) => mark.at_least(1),
                (_, _, None) => "-".to_owned(),
            };
            let shown = if here { format!("[{}]", pad_left(&shown, 4)) } else { format!("{} ", pad_left(&shown, 5)) };
            let remark = if state.desk.remark(code, &criterion.id).is_empty() { " " } else { "\"" };
            let level_width = if state.zh() { 2 } else { 5 };
            let right = format!(
                "{shown}/{} {}{remark}",
                pad(&criterion.max.to_string(), 2),
                pad(&level.map(|l| cut(&l, level_width)).unwrap_or_default(), level_width)
            );
            let name = if state.zh() { &criterion.zh } else { &criterion.en };
            let left = format!("{} {} {name}", if here { ">" } else { " " }, criterion.id);
            let style = if here { theme.focus } else { theme.base };
            rows.push(Line::styled(spread(&state.brush.words(&left), &right, cells), style));
            at += 1;
        }
    }
    let height = usize::from(area.height);
    let skip = if rows.len() <= height {
        0
    } else {
        (focus + 3).saturating_sub(height).max(focus.saturating_sub(height / 2)).min(rows.len() - height)
    };
    let rows = rows.into_iter().skip(skip).take(height).map(|mut line| {
        let style = line.style;
        line.spans = line
            .spans
            .into_iter()
            .map(|span| {
                let patched = style.patch(span.style);
                span.style(patched)
            })
            .collect();
        line.style = ratatui::style::Style::new();
        line.spans.insert(0, ratatui::text::Span::styled("| ", theme.rule));
        line
    });
    let mut rows: Vec<Line<'static>> = rows.collect();
    while rows.len() < height {
        rows.push(Line::styled("|", theme.rule));
    }
    lines(frame, area, rows);
}
