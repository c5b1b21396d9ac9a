//! The page of a hit: what it is and why it is suspected, its context, what a
//! packet reads once it is masked, and the digits to press.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::base::lang::fill;
use crate::base::text::{cut, pad, wrap};
use crate::domain::leak::{Decision, Item, Level, Made};
use crate::tui::keymap::{self, Context};
use crate::tui::paint::{self, Brush};

use super::progress::Tally;
use super::{Said, State, context, progress, saying, words};

/// From this width on the packets stand at the right.
const WIDE: u16 = 120;
/// Cells of that column.
const SIDE: u16 = 37;
/// Rows of the options.
const OPTIONS: usize = 5;

/// How the page's rows are shared out.
#[derive(Debug)]
struct Shares {
    /// Cells of the left part.
    cells: usize,
    /// Why it is suspected.
    why: Vec<String>,
    /// The sentence at the foot.
    said: Vec<String>,
    /// Rows of the context.
    context: usize,
    /// Rows of what is read once masked.
    outcome: usize,
}

impl Shares {
    fn of(state: &State, item: &Item) -> Self {
        let (width, height) = (usize::from(state.size.0), usize::from(state.size.1));
        let side = if state.size.0 >= WIDE { usize::from(SIDE) } else { 0 };
        let cells = width.saturating_sub(side);
        let t = &state.t.reviewing;
        let why = fill(t.suspected, &[&words::kind(t, item.leak.kind).1, &words::basis(t, item)]);
        let mut why = wrap(&why, cells.saturating_sub(2));
        why.truncate(2);
        let mut said = match &state.said {
            Some(Said::Failed(text)) => wrap(&state.brush().words(text), width.saturating_sub(2)),
            _ => Vec::new(),
        };
        said.truncate(3);
        let outcome = match height {
            0..22 => 1,
            22..30 => 2,
            _ => 3,
        };
        // Title, place and rule; kind; three rules between the parts; footer.
        let around = 3 + 1 + why.len() + 3 + outcome + OPTIONS + said.len().max(1) + 1;
        Self { cells, why, said, context: height.saturating_sub(around).max(1), outcome }
    }
}

/// Where the context begins after a page up or down.
#[must_use]
pub(super) fn scrolled(state: &State, down: bool) -> usize {
    let Some(item) = state.review.current() else { return 0 };
    let shares = Shares::of(state, item);
    let rows = context::rows(&state.brush(), item, shares.cells);
    let from = first(state, &rows, shares.context);
    let step = shares.context.saturating_sub(1).max(1);
    let to = if down { from.saturating_add(step) } else { from.saturating_sub(step) };
    to.min(rows.lines.len().saturating_sub(shares.context))
}

/// The first row of context shown: the hit stands at a third of the height.
fn first(state: &State, rows: &context::Rows, height: usize) -> usize {
    let most = rows.lines.len().saturating_sub(height);
    state.from.unwrap_or_else(|| rows.hit.saturating_sub(height / 3)).min(most)
}

/// Paints the page.
pub(super) fn view(state: &State, frame: &mut Frame) {
    let Some(item) = state.review.current() else { return };
    let area = frame.area();
    let brush = state.brush();
    let all = usize::from(area.width);
    let shares = Shares::of(state, item);
    let cells = shares.cells;
    let t = &state.t.reviewing;

    let mut left = vec![kind_line(state, &brush, item, cells)];
    left.extend(shares.why.iter().map(|line| brush.line(&format!(" {line}"), cells, brush.theme.base)));
    let rows = context::rows(&brush, item, cells);
    let from = first(state, &rows, shares.context);
    let shown = rows.lines.len().min(shares.context);
    let hint = if rows.lines.len() > shown { t.text_hint } else { "" };
    left.push(brush.named_rule(t.text, hint, cells));
    let at = 3 + left.len() + rows.hit.saturating_sub(from);
    let hit_is_shown = (from..from + shares.context).contains(&rows.hit);
    left.extend(rows.lines.into_iter().skip(from).take(shares.context));
    left.extend((shown..shares.context).map(|_| blank(cells)));
    left.push(brush.named_rule(t.masked, "", cells));
    let label = match &item.decision {
        Some((Decision::Release, _)) => words::label(item.leak.kind, None),
        made => words::label(item.leak.kind, made.as_ref()),
    };
    let outcome = context::outcome(&brush, item, label.unwrap_or_default(), cells, shares.outcome);
    let drawn = outcome.len();
    left.extend(outcome);
    left.extend((drawn..shares.outcome).map(|_| blank(cells)));
    let made = fill(t.state, &[&words::made(t, item.decision.as_ref())]);
    left.push(brush.named_rule(t.do_what, &cut(&brush.words(&made), cells / 2), cells));
    left.extend(options(state, &brush, item, cells));
    let height = left.len();

    paint::lines(frame, area, head(state, &brush, item, all));
    let body = u16::try_from(height).unwrap_or(u16::MAX);
    let width = u16::try_from(cells).unwrap_or(u16::MAX);
    paint::lines(frame, Rect { x: 0, y: 3, width, height: body }, left);
    if cells < all {
        let side = Rect { x: width, y: 3, width: area.width.saturating_sub(width), height: body };
        paint::lines(frame, side, packets(state, &brush, item, usize::from(side.width), height));
    }
    let mut foot: Vec<Line> =
        shares.said.iter().map(|line| brush.line(&format!(" {line}"), all, brush.theme.bad)).collect();
    if foot.is_empty() {
        foot.push(saying::said(state, &brush, all));
    }
    foot.push(Line::styled(keymap::footer(Context::Review, &state.t.screens, "", all), brush.theme.base));
    let rows = u16::try_from(foot.len()).unwrap_or(1);
    let y = area.height.saturating_sub(rows);
    paint::lines(frame, Rect { x: 0, y, width: area.width, height: rows }, foot);
    if state.layers.is_empty() && hit_is_shown {
        // A magnifier follows the terminal's own cursor.
        frame.set_cursor_position((0, u16::try_from(at).unwrap_or(0).min(area.height.saturating_sub(1))));
    }
}

fn blank(cells: usize) -> Line<'static> {
    Line::raw(" ".repeat(cells))
}

/// The round, the place in the list, what waits; the packet and the field.
fn head(state: &State, brush: &Brush, item: &Item, cells: usize) -> Vec<Line<'static>> {
    let t = &state.t.reviewing;
    let place = fill(t.place, &[&state.review.at().saturating_add(1), &state.review.items().len()]);
    let title = format!(" {}", if state.title.is_empty() { t.name } else { &state.title });
    let tallies = progress::tallies(&state.review);
    let field = words::field(state.t, state.form, &item.leak.field);
    let packet = format!(" {} | {field}", fill(t.packet, &[&item.code]));
    let here = match tallies.get(&item.code).map_or(0, Tally::waiting) {
        0 => t.packet_done.to_owned(),
        waiting => fill(t.packet_waiting, &[&waiting]),
    };
    vec![
        brush.ends(&title, &format!("{place}  {} ", progress::waiting(t, &state.review)), cells, brush.theme.title),
        brush.ends(&packet, &format!("{here} "), cells, brush.theme.base),
        brush.rule(cells),
    ]
}

fn kind_line(state: &State, brush: &Brush, item: &Item, cells: usize) -> Line<'static> {
    let t = &state.t.reviewing;
    let kind = words::kind(t, item.leak.kind).0;
    let sure = if item.leak.certain { t.certain } else { t.likely };
    let (level, long, style) = match item.leak.level {
        Level::Block => (t.blocks, t.blocks_long, brush.theme.bad),
        Level::Warn => (t.warns, t.warns_long, brush.theme.warn),
    };
    brush.ends(&format!(" [{level}] {kind} | {sure}"), &format!("{long} "), cells, style)
}

/// The digits, with the decision in force marked.
fn options(state: &State, brush: &Brush, item: &Item, cells: usize) -> Vec<Line<'static>> {
    let t = &state.t.reviewing;
    let text = cut(&words::quoted(t, &brush.words(&item.leak.text)), 24);
    let alias = if words::may_name_unit(item.leak.kind) { t.option_alias } else { t.option_no_alias };
    let is = |decision: Decision| item.decision.as_ref().is_some_and(|(made, _): &Made| *made == decision);
    let alike = |other: &&Item| other.leak.text == item.leak.text;
    let all = match state.review.items().iter().filter(alike).count().saturating_sub(1) {
        0 => fill(t.option_all, &[&text]),
        others => fill(t.option_all_more, &[&text, &others]),
    };
    let rows = [
        (is(Decision::Mask), fill(t.option_mask, &[&item.leak.kind.label()])),
        (is(Decision::Release), t.option_release.to_owned()),
        (is(Decision::MaskEverywhere), all),
        (is(Decision::Alias), alias.to_owned()),
        (false, t.option_clear.to_owned()),
    ];
    let mut lines = Vec::with_capacity(OPTIONS);
    for (at, (made, words)) in rows.into_iter().enumerate() {
        let (mark, style) = if made { (">", brush.theme.focus) } else { (" ", brush.theme.base) };
        lines.push(brush.line(&format!(" {mark} {}  {words}", at + 1), cells, style));
    }
    lines
}

/// The packets with what waits in each, around the one shown.
fn packets(state: &State, brush: &Brush, item: &Item, cells: usize, height: usize) -> Vec<Line<'static>> {
    let t = &state.t.reviewing;
    let room = cells.saturating_sub(2);
    let tallies = progress::tallies(&state.review);
    let at = tallies.keys().position(|code| *code == item.code).unwrap_or(0);
    let rows = height.saturating_sub(1);
    let from = at.saturating_sub(rows / 2).min(tallies.len().saturating_sub(rows));
    let heading = progress::side_row(t.column_packet, t.column_block, t.column_warn, t.column_decided, room);
    let mut lines = vec![brush.line(&format!("| {heading}"), cells, brush.theme.title)];
    for (code, tally) in tallies.iter().skip(from).take(rows) {
        let row = progress::side_row(
            code.as_str(),
            &progress::count(tally.blocks),
            &progress::count(tally.warns),
            &progress::count(tally.decided()),
            room,
        );
        let style = if *code == item.code { brush.theme.select } else { brush.theme.base };
        lines.push(brush.line(&format!("| {row}"), cells, style));
    }
    while lines.len() < height {
        lines.push(brush.line(&pad("|", cells), cells, brush.theme.base));
    }
    lines
}
