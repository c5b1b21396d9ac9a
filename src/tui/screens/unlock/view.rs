//! How the door looks: the question on top, what it is about, a box to type
//! into, what to do next, and below that what went wrong and how to mend it.
//! Where rows are scarce, empty ones go first.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::base::lang::fill;
use crate::base::text::{pad, width, wrap};
use crate::tui::entry::{Entry, Takes};
use crate::tui::keymap::{self, Action, Context};
use crate::tui::paint::{LEAST_HEIGHT, LEAST_WIDTH, lines, too_small};

use super::page::{Button, Kind};
use super::{LEAST, State};

/// A row of the page.
enum Row {
    /// Left out first where there is no room.
    Blank,
    /// What it is about: left out next.
    About(Line<'static>),
    /// Painted.
    Text(Line<'static>),
    /// Painted, with the caret in this column.
    Typed(Line<'static>, usize),
}

const MARGIN: usize = 3;

/// Paints the screen.
pub fn view(state: &State, frame: &mut Frame) {
    let area = frame.area();
    let t = state.t();
    if area.width < LEAST_WIDTH || area.height < LEAST_HEIGHT {
        too_small(frame, &fill(t.too_small, &[&LEAST_WIDTH, &LEAST_HEIGHT, &area.width, &area.height]));
        return;
    }
    let cells = usize::from(area.width);
    let room = usize::from(area.height).saturating_sub(5);
    let rows = if state.help { help(state, cells) } else { page(state, cells) };
    let rows = squeeze(rows, room);
    let theme = state.brush.theme;
    let head = fill(t.head, &[&state.hint]);
    let step = fill(t.step, &[&state.steps.0, &state.steps.1]);
    let mut out =
        vec![state.brush.ends(&format!(" {head}"), &format!("{step} "), cells, theme.title), state.brush.rule(cells)];
    let mut caret = None;
    for row in rows {
        let line = match row {
            Row::Blank => Line::default(),
            Row::About(line) | Row::Text(line) => line,
            Row::Typed(line, column) => {
                caret = Some((column, out.len()));
                line
            }
        };
        out.push(line);
    }
    while out.len() < room + 2 {
        out.push(Line::default());
    }
    out.push(state.brush.rule(cells));
    out.push(state.brush.line(&foot(state, cells), cells, theme.base));
    let leave = if state.codes.is_some() { "" } else { t.leave_any_time };
    out.push(state.brush.ends(&format!(" {}", t.privacy), &format!("{leave} "), cells, theme.muted));
    lines(frame, area, out);
    if let (Some((column, row)), None, false) = (caret, state.busy, state.help) {
        let column = u16::try_from(column).unwrap_or(0).min(area.width - 1);
        let row = u16::try_from(row).unwrap_or(0).min(area.height - 1);
        frame.set_cursor_position((column, row));
    }
}

fn foot(state: &State, cells: usize) -> String {
    if state.help {
        return pad(&format!(" {}", state.t().help_leave), cells);
    }
    keymap::footer_of(state.context(), &state.texts.screens, "", cells, |action| match action {
        Action::NextButton => state.page.places() > 1,
        Action::Erase => state.page.field().is_some(),
        _ => true,
    })
}

/// Leaves empty rows out, then what the question is about, from the bottom up,
/// until the rest fits.
fn squeeze(mut rows: Vec<Row>, room: usize) -> Vec<Row> {
    while rows.len() > room {
        let blank = rows.iter().rposition(|row| matches!(row, Row::Blank));
        let about = || rows.iter().rposition(|row| matches!(row, Row::About(_)));
        let Some(at) = blank.or_else(about) else { break };
        rows.remove(at);
    }
    rows.truncate(room);
    rows
}

fn words(state: &State, text: &str, cells: usize, style: Style) -> Vec<Row> {
    let wrapped = wrap(&painted_text(state, text), cells.saturating_sub(2 * MARGIN));
    wrapped.into_iter().map(|line| Row::Text(Line::styled(format!("{}{line}", " ".repeat(MARGIN)), style))).collect()
}

/// Each line of a text, made safe to paint; the breaks between them stay.
fn painted_text(state: &State, text: &str) -> String {
    text.split('\n').map(|line| state.brush.words(line)).collect::<Vec<_>>().join("\n")
}

fn help(state: &State, cells: usize) -> Vec<Row> {
    let t = state.t();
    let theme = state.brush.theme;
    let mut rows = vec![Row::Blank];
    rows.extend(words(state, t.help_title, cells, theme.title));
    rows.push(Row::Blank);
    rows.extend(words(state, t.help_words, cells, theme.base));
    rows.push(Row::Blank);
    for binding in keymap::rows(Context::Secret) {
        let screens = &state.texts.screens;
        let keys: Vec<String> = binding.keys.iter().map(|key| keymap::name(*key, screens)).collect();
        let text = format!("{}  {}", pad(&keys.join("  "), 16), (binding.words)(screens).1);
        rows.extend(words(state, &text, cells, theme.base));
    }
    rows
}

fn page(state: &State, cells: usize) -> Vec<Row> {
    let t = state.t();
    let theme = state.brush.theme;
    let (title, about) = match state.page.kind {
        Kind::Slip => (t.slip_title, t.slip_about),
        Kind::Spare => (t.spare_title, t.spare_about),
        Kind::Passphrase => (t.passphrase_title, t.passphrase_about),
        Kind::Choose => (t.choose_title, t.choose_about),
        Kind::Copy => (t.copy_title, t.copy_about),
        Kind::Verify => (t.verify_title, t.verify_about),
    };
    let mut rows = vec![Row::Blank];
    rows.extend(words(state, title, cells, theme.title));
    rows.push(Row::Blank);
    if state.page.kind == Kind::Copy {
        rows.extend(copy(state, cells));
        rows.extend(words(state, about, cells, theme.warn).into_iter().map(about_row));
    } else {
        rows.extend(words(state, about, cells, theme.base).into_iter().map(about_row));
        rows.push(Row::Blank);
        rows.extend(boxes(state, cells));
        rows.extend(buttons(state));
    }
    rows.push(Row::Blank);
    let (next, style) = next(state);
    rows.extend(words(state, &format!("> {next}"), cells, style));
    rows.push(Row::Blank);
    if let Some(notice) = &state.notice {
        let style = if notice.bad { theme.bad } else { theme.ok };
        for row in words(state, &notice.text, cells, style) {
            rows.push(margin_plain(row));
        }
    }
    rows
}

fn about_row(row: Row) -> Row {
    if let Row::Text(line) = row { Row::About(line) } else { row }
}

/// The margin of a reversed line is not reversed with it.
fn margin_plain(row: Row) -> Row {
    let Row::Text(line) = row else { return row };
    let style = line.style;
    let text: String = line.spans.iter().map(|span| span.content.as_ref()).collect();
    let text = text.trim_start().to_owned();
    Row::Text(Line::from(vec![Span::raw(" ".repeat(MARGIN)), Span::styled(text, style)]))
}

fn frame_row(inner: usize) -> String {
    format!("+{}+", "-".repeat(inner + 2))
}

/// The two codes, each in a box of its own.
fn copy(state: &State, cells: usize) -> Vec<Row> {
    let t = state.t();
    let theme = state.brush.theme;
    let Some(codes) = &state.codes else { return Vec::new() };
    let mut rows = Vec::new();
    for (name, code, between) in [(t.copy_check, &codes.check, "   "), (t.copy_spare, &codes.spare, " - ")] {
        rows.extend(words(state, name, cells, theme.base));
        let groups: Vec<&str> = code.as_str().split(['-', ' ']).filter(|group| !group.is_empty()).collect();
        let text = groups.join(between);
        let edge = format!("{}{}", " ".repeat(MARGIN + 3), frame_row(width(&text) + 2));
        let margin = " ".repeat(MARGIN + 3);
        rows.push(Row::Text(Line::raw(edge.clone())));
        rows.push(Row::Text(Line::from(vec![
            Span::raw(format!("{margin}|  ")),
            Span::styled(text, theme.title),
            Span::raw("  |"),
        ])));
        rows.push(Row::Text(Line::raw(edge)));
        rows.push(Row::Blank);
    }
    rows
}

fn field_name(state: &State, at: usize) -> &'static str {
    let t = state.t();
    match (state.page.kind, at) {
        (Kind::Slip, _) => t.field_slip,
        (Kind::Spare, _) => t.field_spare,
        (Kind::Choose, 1) => t.field_again,
        (Kind::Verify, 0) => t.field_last_check,
        (Kind::Verify, _) => t.field_last_spare,
        _ => t.field_passphrase,
    }
}

fn boxes(state: &State, cells: usize) -> Vec<Row> {
    let theme = state.brush.theme;
    let names = (0..state.page.fields.len()).map(|at| width(field_name(state, at))).max().unwrap_or(0);
    let left = MARGIN + names + 2;
    let mut rows = Vec::new();
    for (at, field) in state.page.fields.iter().enumerate() {
        let here = at == state.page.focus;
        let style = if here { theme.title } else { theme.base };
        let room = cells.saturating_sub(left + 4 + MARGIN);
        let (text, before) = shown(field, state.page.shown, room);
        let inner = width(&text);
        let edge = format!("{}{}", " ".repeat(left), frame_row(inner));
        rows.push(Row::Text(Line::styled(edge.clone(), style)));
        let name = pad(field_name(state, at), names);
        let lead = format!("{}{name}  | ", " ".repeat(MARGIN));
        let column = width(&lead) + before;
        let line = Line::styled(format!("{lead}{text} |"), style);
        rows.push(if here { Row::Typed(line, column) } else { Row::Text(line) });
        rows.push(Row::Text(Line::styled(edge, style)));
    }
    rows
}

/// What stands in a box, and the cells before the caret: a code as long as it
/// will be, a passphrase in a box of its own width with its end in sight.
fn shown(field: &Entry, open: bool, room: usize) -> (String, usize) {
    let (text, before) = field.painted(open);
    if field.takes() != Takes::Passphrase {
        return (text, before);
    }
    let room = room.min(44);
    // One cell is the caret's.
    let skip = (before + 1).saturating_sub(room);
    let text: String = text.chars().skip(skip).collect();
    let text: String = text.chars().take(room).collect();
    (pad(&text, room), before - skip)
}

fn button_name(state: &State, button: Button) -> &'static str {
    let t = state.t();
    match button {
        Button::Show if state.page.shown => t.button_hide,
        Button::Show => t.button_show,
        Button::Forgot => t.button_forgot,
        Button::Again => t.button_again,
    }
}

fn buttons(state: &State) -> Vec<Row> {
    let buttons = state.page.kind.buttons();
    if buttons.is_empty() {
        return Vec::new();
    }
    let mut spans = vec![Span::raw(" ".repeat(MARGIN))];
    for button in buttons {
        let here = state.page.button() == Some(*button);
        let style = if here { state.brush.theme.select } else { state.brush.theme.base };
        spans.push(Span::styled(format!("[ {} ]", button_name(state, *button)), style));
        spans.push(Span::raw("   "));
    }
    vec![Row::Blank, Row::Text(Line::from(spans))]
}

/// What to do next, in one sentence.
fn next(state: &State) -> (String, Style) {
    let t = state.t();
    let theme = state.brush.theme;
    if state.busy.is_some() {
        let making = state.page.kind == Kind::Choose;
        return ((if making { t.making } else { t.checking }).to_owned(), theme.warn);
    }
    if let Some(button) = state.page.button() {
        return (fill(t.next_button, &[&button_name(state, button)]), theme.focus);
    }
    let field = state.page.field();
    let count = field.map_or(0, Entry::count);
    let missing = field.map_or(0, Entry::missing);
    let text = match state.page.kind {
        Kind::Slip | Kind::Spare if state.mend => t.next_mend.to_owned(),
        Kind::Slip | Kind::Spare if count > 0 && missing > 0 => fill(t.next_more, &[&count, &missing]),
        Kind::Slip | Kind::Spare if count > 0 => fill(t.next_full, &[&count]),
        Kind::Slip => t.next_slip.to_owned(),
        Kind::Spare => t.next_spare.to_owned(),
        Kind::Passphrase if count > 0 => fill(t.next_passphrase_typed, &[&count]),
        Kind::Passphrase => t.next_passphrase.to_owned(),
        Kind::Choose if state.page.focus == 0 => match count {
            0 => t.next_choose.to_owned(),
            few if few < LEAST => fill(t.next_choose_more, &[&few]),
            enough => fill(t.next_choose_enough, &[&enough]),
        },
        Kind::Choose if count > 0 => fill(t.next_passphrase_typed, &[&count]),
        Kind::Choose => t.next_again.to_owned(),
        Kind::Copy => t.next_copy.to_owned(),
        Kind::Verify if state.page.fields.iter().all(|field| field.missing() == 0) => t.next_verify_full.to_owned(),
        Kind::Verify if state.page.focus == 0 => t.next_verify_check.to_owned(),
        Kind::Verify => t.next_verify_spare.to_owned(),
    };
    (text, theme.focus)
}
