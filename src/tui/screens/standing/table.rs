//! The table: one row a place, the strips on one scale, the cut line drawn
//! through it.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::base::lang::fill;
use crate::base::text::{cut, pad, pad_left, width};
use crate::domain::standing::Standee;
use crate::tui::keymap::{self, Context};
use crate::tui::paint::{self, Brush};

use super::State;
use super::material::spread;
use super::order::{Divider, Row, window};
use super::strip::{marks_dropped, strip};
use super::words;

/// Rows above and below the places.
const AROUND: usize = 9;

/// How many rows of places and lines a screen of this height has.
#[must_use]
pub(super) fn room(height: u16) -> usize {
    usize::from(height).saturating_sub(AROUND)
}

/// Cells of the columns. Rank, code, score, strip, votes and notes are always
/// there; the others come with the width.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says whether a column is there")]
struct Columns {
    rank: usize,
    code: usize,
    score: usize,
    strip: usize,
    spread: bool,
    holds: bool,
    valid: bool,
    votes: bool,
    tie: bool,
    notes: usize,
}

impl Columns {
    fn of(state: &State, cells: usize) -> Self {
        let t = &state.t.standing;
        let places = &state.material.standing().places;
        let widest =
            |text: &dyn Fn(&Standee) -> String| places.iter().map(|place| width(&text(place))).max().unwrap_or(0);
        let longest_code = if cells < 100 { 10 } else { 20 };
        let rank = widest(&|place| words::rank(t, place)).max(width(t.column_rank)) + 1;
        let code = widest(&|place| place.code.to_string()).clamp(width(t.column_code), longest_code);
        let score = widest(&|place| state.material.score(place).unwrap_or_default()).max(width(t.column_score) + 1);
        let votes = places.iter().any(|place| place.votes.said > 0);
        let (spread, holds, valid, tie) = (cells >= 100, cells >= 100, cells >= 100, cells >= 120);
        let fixed = 2 + rank + code + 2 + score + 2 + 2;
        let optional: usize = [(spread, 7), (holds, 7), (valid, 8), (votes, 8), (tie, 10)]
            .into_iter()
            .filter_map(|(is, cells)| is.then_some(cells))
            .sum();
        let rest = cells.saturating_sub(fixed + optional);
        let wanted = match cells {
            0..80 => 10,
            80..100 => 18,
            100..120 => 20,
            120..160 => 22,
            _ => 28,
        };
        let strip = rest.saturating_sub(wanted).clamp(10, 64);
        Self { rank, code, score, strip, spread, holds, valid, votes, tie, notes: rest.saturating_sub(strip) }
    }

    /// What stands before the strip.
    fn before(&self, mark: &str, rank: &str, code: &str, score: &str) -> String {
        format!("{}{}{}  {}  ", pad(mark, 2), pad(rank, self.rank), pad(code, self.code), pad_left(score, self.score))
    }

    /// What stands behind the strip.
    fn behind(&self, spread: &str, holds: &str, valid: &str, votes: &str, tie: &str, notes: &str) -> String {
        let mut out = String::new();
        for (is, text, cells) in
            [(self.spread, spread, 5), (self.holds, holds, 5), (self.valid, valid, 6), (self.votes, votes, 6)]
        {
            if is {
                out.push_str(&format!("  {}", pad_left(text, cells)));
            }
        }
        if self.tie {
            out.push_str(&format!("  {}", pad(tie, 8)));
        }
        out.push_str(&format!("  {}", pad(notes, self.notes)));
        out
    }
}

/// Paints the table.
pub(super) fn view(state: &State, frame: &mut Frame) {
    let area = frame.area();
    let cells = usize::from(area.width);
    let brush = state.brush();
    let columns = Columns::of(state, cells);
    let mut lines = header(state, &brush, cells);
    lines.push(heading(state, &brush, &columns, cells));
    let height = room(area.height);
    let at = state.row();
    let from = window(&state.rows, state.from, at, height);
    let top = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    for (number, row) in state.rows.iter().enumerate().skip(from).take(height) {
        lines.push(match row {
            Row::Place(place) => match state.material.place(*place) {
                Some(place) => place_line(state, &brush, &columns, place, number == at, cells),
                None => Line::default(),
            },
            Row::Divider(divider) => divider_line(state, &brush, *divider, cells),
        });
    }
    let shown = state.rows.len().saturating_sub(from).min(height);
    lines.extend((shown..height).map(|_| Line::raw(" ".repeat(cells))));
    lines.extend(bottom(state, &brush, from, shown, cells));
    paint::lines(frame, area, lines);
    let y = top.saturating_add(u16::try_from(at.saturating_sub(from)).unwrap_or(u16::MAX));
    if state.layers.is_empty() && y < area.height {
        // A magnifier follows the terminal's own cursor.
        frame.set_cursor_position((0, y));
    }
}

/// The name of the page at the left, the log's code at the right, and before
/// both the mark of a demonstration.
pub(super) fn title(state: &State, brush: &Brush, name: &str, cells: usize) -> Line<'static> {
    let head = format!("{} ", fill(state.t.standing.head, &[&state.material.receipt]));
    let demo = if state.material.ranked.of.demo { format!(" {} ", state.t.screens.demo) } else { String::new() };
    let demo = cut(&brush.words(&demo), cells);
    let rest = brush.ends(&format!(" {name}"), &head, cells.saturating_sub(width(&demo)), brush.theme.title);
    let mut spans = vec![Span::styled(demo, brush.theme.bad)];
    spans.extend(rest.spans.into_iter().map(|span| span.patch_style(brush.theme.title)));
    Line::from(spans)
}

fn header(state: &State, brush: &Brush, cells: usize) -> Vec<Line<'static>> {
    let t = &state.t.standing;
    let material = &state.material;
    let standing = material.standing();
    let name = state.t.lang.pick(&material.rubric.title_zh, &material.rubric.title_en);
    let counting = format!("{} ", fill(t.counting, &[&material.experts, &material.ranked.sheets.len()]));
    let style = if material.ranked.outstanding.is_empty() { brush.theme.base } else { brush.theme.warn };
    let quota = fill(t.quota, &[&words::quota(t, &standing.cut)]);
    let pass = fill(t.pass, &[&words::pass(t, &standing.rule)]);
    vec![
        title(state, brush, name, cells),
        brush.ends(&format!(" {}", t.nature), &counting, cells, style),
        brush.ends(&format!(" {quota}   {pass}"), &format!("{} ", t.read_only), cells, brush.theme.base),
        brush.rule(cells),
    ]
}

fn heading(state: &State, brush: &Brush, columns: &Columns, cells: usize) -> Line<'static> {
    let t = &state.t.standing;
    let text = format!(
        "{}{}{}",
        columns.before("", t.column_rank, t.column_code, t.column_score),
        state.scale.heading(t, columns.strip),
        columns.behind(t.column_spread, t.column_holds, t.column_valid, t.column_votes, t.column_tie, t.column_notes)
    );
    brush.line(&text, cells, brush.theme.title)
}

fn place_line(
    state: &State,
    brush: &Brush,
    columns: &Columns,
    place: &Standee,
    selected: bool,
    cells: usize,
) -> Line<'static> {
    let t = &state.t.standing;
    let material = &state.material;
    let before = columns.before(
        if selected { ">" } else { "" },
        &words::rank(t, place),
        place.code.as_str(),
        &material.score(place).unwrap_or_else(|| "-".to_owned()),
    );
    let strip = strip(place, &state.scale, columns.strip);
    let behind = columns.behind(
        &spread(place).unwrap_or_else(|| "-".to_owned()),
        &words::holds(t, material, place.code.as_str()),
        &place.valid_sheets.to_string(),
        &words::votes(place),
        &words::tie(t, place),
        &words::notes(t, material, place, !columns.tie, state.by_code),
    );
    if selected {
        return brush.line(&format!("{before}{strip}{behind}"), cells, brush.theme.select);
    }
    let style = if material.is_at_line(&place.code) { brush.theme.warn } else { brush.theme.base };
    let mut spans = vec![Span::styled(before.clone(), style)];
    spans.extend(strip_spans(&strip, style, brush));
    let used = width(&before) + width(&strip);
    spans.push(Span::styled(pad(&behind, cells.saturating_sub(used)), style));
    Line::from(spans)
}

/// The dots of a strip stand back, the signs do not.
fn strip_spans(strip: &str, style: Style, brush: &Brush) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    let mut run = String::new();
    let mut dots = true;
    for sign in strip.chars() {
        if (sign == '.') != dots && !run.is_empty() {
            spans.push(Span::styled(std::mem::take(&mut run), if dots { brush.theme.rule } else { style }));
        }
        dots = sign == '.';
        run.push(sign);
    }
    spans.push(Span::styled(run, if dots { brush.theme.rule } else { style }));
    spans
}

fn divider_line(state: &State, brush: &Brush, divider: Divider, cells: usize) -> Line<'static> {
    let text = words::divider(&state.t.standing, divider, &state.material.standing().cut);
    let (lead, fill, style) = match divider {
        Divider::Cut => ("====", "=", brush.theme.title),
        Divider::Band => (". .", " .", brush.theme.warn),
        Divider::Failed | Divider::NoResult | Divider::Codes => ("- -", " -", brush.theme.base),
    };
    let text = cut(&format!("{lead} {} ", brush.words(&text)), cells);
    let room = cells.saturating_sub(width(&text));
    let filler: String = fill.chars().cycle().take(room).collect();
    Line::styled(format!("{text}{filler}"), style)
}

/// The lines below the table: where one is, the place in words or a notice,
/// the legend, the keys.
fn bottom(state: &State, brush: &Brush, from: usize, shown: usize, cells: usize) -> Vec<Line<'static>> {
    let t = &state.t.standing;
    let material = &state.material;
    let place = fill(t.place, &[&(state.cursor + 1).min(state.stops.len()), &state.stops.len()]);
    let below = state.rows.len().saturating_sub(from + shown);
    let mut hidden = Vec::new();
    if from > 0 {
        hidden.push(fill(t.hidden_above, &[&from]));
    }
    if below > 0 {
        hidden.push(fill(t.hidden_below, &[&below]));
    }
    let second = match (&state.notice, state.place()) {
        (Some(notice), _) => brush.line(&format!(" {notice}"), cells, brush.theme.warn),
        (None, Some(place)) => {
            let against = place.votes.said.saturating_sub(place.votes.recommend);
            let text = match (material.score(place), spread(place)) {
                (Some(score), Some(spread)) => fill(
                    t.summary,
                    &[&place.code, &score, &spread, &place.valid_sheets, &place.votes.recommend, &against],
                ),
                _ => fill(t.summary_none, &[&place.code, &place.valid_sheets]),
            };
            brush.line(&format!(" {text}"), cells, brush.theme.base)
        }
        (None, None) => brush.line("", cells, brush.theme.base),
    };
    let legend = if marks_dropped(material.standing()) { t.legend } else { t.legend_marks };
    vec![
        brush.named_rule(&place, &hidden.join(t.and), cells),
        second,
        brush.line(&format!(" {legend}"), cells, brush.theme.base),
        Line::styled(keymap::footer(Context::Standing, &state.t.screens, "", cells), brush.theme.base),
    ]
}
