//! Pages to read: the detail of a place, the rule, the help. A page is lines
//! of a width, from which a window is shown.

use ratatui::Frame;
use ratatui::text::Line;

use crate::base::lang::fill;
use crate::domain::round::SheetState;
use crate::tui::keymap::{self, Context, name};
use crate::tui::paint;

use super::paper::Paper;
use super::{PageOf, State, detail, doubt, table, words};

/// Rows above and below a page's lines.
const AROUND: usize = 5;

/// How many lines of a page a screen of this height has.
#[must_use]
pub(super) fn room(height: u16) -> usize {
    usize::from(height).saturating_sub(AROUND)
}

/// The lines of a page.
#[must_use]
pub(super) fn lines(state: &State, of: PageOf, cells: usize) -> Vec<Line<'static>> {
    let mut paper = Paper::new(state.brush(), cells);
    match of {
        PageOf::Detail => {
            if let Some(place) = state.place() {
                detail::write(state, place, &mut paper);
            }
        }
        PageOf::Rule => rule(state, &mut paper),
        PageOf::Doubt => doubt::write(state, &mut paper),
        PageOf::Help => help(state, &mut paper),
    }
    paper.done()
}

/// Paints a page from this line on.
pub(super) fn view(state: &State, frame: &mut Frame, of: PageOf, from: usize) {
    let area = frame.area();
    let cells = usize::from(area.width);
    let brush = state.brush();
    let t = &state.t.standing;
    let lines = lines(state, of, cells);
    let height = room(area.height);
    let from = from.min(lines.len().saturating_sub(height));
    let (title, under, context) = match (of, state.place()) {
        (PageOf::Detail, Some(place)) => {
            (fill(t.page_detail, &[&place.code]), detail::under(state, place), Context::Detail)
        }
        (PageOf::Detail, None) => (String::new(), String::new(), Context::Detail),
        (PageOf::Rule, _) => (t.page_rule.to_owned(), t.nature.to_owned(), Context::Page),
        (PageOf::Doubt, _) => (t.page_doubt.to_owned(), state.t.lang.texts().doubting.beside.to_owned(), Context::Page),
        (PageOf::Help, _) => (t.page_help.to_owned(), t.nature.to_owned(), Context::Page),
    };
    let total = lines.len();
    let shown = total.saturating_sub(from).min(height);
    let mut out = vec![
        table::title(state, &brush, &title, cells),
        brush.line(&format!(" {under}"), cells, brush.theme.base),
        brush.rule(cells),
    ];
    out.extend(lines.into_iter().skip(from).take(height));
    out.extend((shown..height).map(|_| Line::raw(" ".repeat(cells))));
    let below = total.saturating_sub(from + shown);
    let hidden = if below > 0 { fill(t.hidden_below, &[&below]) } else { String::new() };
    out.push(match &state.notice {
        Some(notice) => brush.line(&format!(" {notice}"), cells, brush.theme.warn),
        None => {
            brush.named_rule(&fill(t.page_place, &[&(from + 1).min(total), &(from + shown), &total]), &hidden, cells)
        }
    });
    out.push(Line::styled(keymap::footer(context, &state.t.screens, "", cells), brush.theme.base));
    paint::lines(frame, area, out);
}

fn rule(state: &State, paper: &mut Paper) {
    let t = &state.t.standing;
    let material = &state.material;
    let standing = material.standing();
    let base = paper.brush.theme.base;
    if material.ranked.of.demo {
        paper.text(" ! ", t.rule_demo, paper.brush.theme.warn);
    }
    paper.section(t.rule_section);
    paper.text(" ", &words::rule(state.t.lang, material), base);
    paper.text(" ", t.dimensions_note, base);
    paper.section(t.rule_quota);
    paper.text(" ", &fill(t.quota, &[&words::quota(t, &standing.cut)]), base);
    paper.text(" ", &fill(t.pass, &[&words::pass(t, &standing.rule)]), base);
    paper.section(t.rule_sheets);
    paper.text(" ", &fill(t.counting, &[&material.experts, &material.ranked.sheets.len()]), base);
    for (state_of, words) in [
        (None, t.rule_outstanding_none),
        (Some(SheetState::Undecided), t.rule_outstanding_undecided),
        (Some(SheetState::Void), t.rule_outstanding_void),
        (Some(SheetState::Conflict), t.rule_outstanding_conflict),
        (Some(SheetState::Superseded), t.rule_outstanding_other),
        (Some(SheetState::Counts), t.rule_outstanding_other),
    ] {
        let count = material.ranked.outstanding.iter().filter(|(_, last)| *last == state_of).count();
        if count > 0 {
            paper.text(" ! ", &fill(words, &[&count]), paper.brush.theme.warn);
        }
    }
    paper.section(t.rule_basis);
    let (id, version, _) = &material.ranked.of.template;
    paper.text(" ", &fill(t.rule_template, &[id, version]), base);
    for document in &material.rubric.basis {
        paper.text(" ", document, base);
    }
    if !material.rubric.after_review.is_empty() {
        paper.text(" ", &fill(t.rule_decides, &[&material.rubric.after_review.join(" > ")]), base);
    }
}

fn help(state: &State, paper: &mut Paper) {
    let t = &state.t.standing;
    let (base, title) = (paper.brush.theme.base, paper.brush.theme.title);
    for (context, section) in [(Context::Standing, t.help_table), (Context::Detail, t.help_detail)] {
        paper.section(section);
        for binding in keymap::rows(context) {
            let keys: Vec<String> = binding.keys.iter().map(|key| name(*key, &state.t.screens)).collect();
            let lead = format!(" {} ", crate::base::text::pad(&keys.join("  "), 18));
            paper.text(&lead, (binding.words)(&state.t.screens).1, base);
        }
    }
    paper.section(t.help_signs);
    paper.text(
        " ",
        if super::strip::marks_dropped(state.material.standing()) { t.legend } else { t.legend_marks },
        title,
    );
    paper.text(" ", t.help_strip, base);
    paper.text(" ", t.help_holds, base);
    paper.text(" ", t.help_band, base);
}
