//! The mark page, narrow (one column) and wide (the whole sheet beside it).

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::base::lang::fill;
use crate::base::text::{cut, pad, width, wrap};
use crate::domain::desk::Progress;
use crate::domain::rubric::{Criterion, Dimension};
use crate::domain::sheet::Vote;
use crate::tui::keymap::footer;
use crate::tui::paint::lines;

use super::State;
use super::sheet_column;

/// From this width on the whole sheet stands beside the criterion.
const WIDE: u16 = 110;
/// Rows of the sheet column at most of the screen.
const COLUMN: u16 = 48;

struct Layout {
    /// Width of the left part.
    cells: usize,
    /// Whether the sheet column is there.
    wide: bool,
    /// Lines above the evidence, its rule included.
    above: usize,
    /// Lines of evidence.
    evidence: usize,
}

fn layout(state: &State) -> Layout {
    let (width, height) = state.size;
    let wide = width >= WIDE;
    let cells = usize::from(if wide { width - column_width(width) - 1 } else { width });
    let head = if wide { 3 } else { 2 };
    let above = head + 1 + level_lines(state, cells).len() + 1;
    let below = if wide { 1 + 2 + 3 } else { 1 + 3 + 3 } + usize::from(shows_remark(state));
    let evidence = usize::from(height).saturating_sub(above + below).max(1);
    Layout { cells, wide, above, evidence }
}

fn column_width(width: u16) -> u16 {
    COLUMN.max(width / 3)
}

impl State {
    /// Turns to the next or the previous part of the evidence.
    pub(super) fn scroll_evidence(&mut self, down: bool) {
        let Layout { cells, evidence: height, .. } = layout(self);
        let laid = self.lay_evidence(cells, height);
        let last = laid.lines.len().saturating_sub(height);
        let page = height.saturating_sub(1).max(1);
        self.scroll = if down {
            // On to the next piece where it is near, else a page.
            let next = laid.starts.iter().copied().find(|start| *start > self.scroll && *start <= self.scroll + page);
            let far = laid.starts.iter().copied().rfind(|start| *start > self.scroll && *start <= self.scroll + page);
            let target = far.or(next).unwrap_or(self.scroll + page).min(last);
            if target == self.scroll && last > 0 { 0 } else { target }
        } else {
            self.scroll.saturating_sub(page)
        };
    }
}

fn header(state: &State, cells: usize) -> Vec<Line<'static>> {
    let t = state.t();
    let demo = if state.book.demo { format!("{} | ", t.demo) } else { String::new() };
    let code = state.code().map(ToString::to_string).unwrap_or_default();
    let done = (0..state.book.codes.len()).filter(|at| state.progress(*at) == Progress::Complete).count();
    let right = fill(t.header_progress, &[&(state.place.packet + 1), &state.book.codes.len(), &done]);
    let who = fill(t.header_who, &[&state.book.expert, &code]);
    let room = cells.saturating_sub(width(&right) + width(&who) + width(&demo) + 6);
    let title = cut(&state.brush.words(&state.book.title), room);
    let left = format!(" {demo}{title} | {who}");
    vec![state.brush.ends(&left, &format!("{right} "), cells, state.brush.theme.title), state.brush.rule(cells)]
}

/// The levels of the criterion, the one in force marked.
fn level_lines(state: &State, cells: usize) -> Vec<Line<'static>> {
    let theme = state.brush.theme;
    let Some(criterion) = state.criterion() else { return overall_lines(state, cells) };
    let mark = shown_mark(state, criterion);
    let mut out = Vec::new();
    for level in &criterion.levels {
        let here = mark.is_some_and(|mark| level.min <= mark && mark <= level.max);
        let range = if level.min == level.max { level.min.to_string() } else { format!("{}-{}", level.min, level.max) };
        let name = if state.zh() { &level.zh } else { &level.en };
        let lead_width = if state.zh() { 14 } else { 19 };
        let lead = pad(&format!(" {} {} {}", if here { ">" } else { " " }, name, range), lead_width);
        let style = if here { theme.focus } else { theme.base };
        let anchor = state.brush.words(&level.anchor);
        for (at, line) in wrap(&anchor, cells.saturating_sub(lead_width + 1)).into_iter().enumerate() {
            let lead = if at == 0 { lead.clone() } else { " ".repeat(lead_width) };
            out.push(state.brush.line(&format!("{lead}{line}"), cells, style));
        }
    }
    for (number, text) in &criterion.errata {
        let lead = fill(state.texts.amending.erratum_line, &[number]);
        for line in wrap(&state.brush.words(&format!("{lead}{text}")), cells.saturating_sub(5)) {
            out.push(state.brush.line(&format!("   {line}"), cells, theme.warn));
        }
    }
    out
}

fn shown_mark(state: &State, criterion: &Criterion) -> Option<crate::base::Points> {
    let code = state.code()?;
    if state.entry.is_empty() {
        return state.mark_of(code, criterion);
    }
    super::entry::finish(&state.book.rubric, criterion, &state.entry).ok()
}

/// The overall page: totals, vote, opinion.
fn overall_lines(state: &State, cells: usize) -> Vec<Line<'static>> {
    let t = state.t();
    let theme = state.brush.theme;
    let given = state.code().and_then(|code| state.desk.given(code)).cloned().unwrap_or_default();
    let vote = match given.vote {
        Some(Vote::Recommend) => t.recommend,
        Some(Vote::Not) => t.not_recommend,
        None => t.not_said,
    };
    let mut out = Vec::new();
    if let Some((_, note)) = &given.recusal {
        out.push(state.brush.line(&format!(" {}", fill(t.overall_recused, &[note])), cells, theme.warn));
    }
    let missing = state.missing_here();
    let review = state.review_here();
    if !review.is_empty() {
        for line in wrap(&fill(state.texts.amending.overall_review, &[&review]), cells.saturating_sub(2)) {
            out.push(state.brush.line(&format!(" {line}"), cells, theme.warn));
        }
    }
    if missing.is_empty() {
        if review.is_empty() {
            out.push(state.brush.line(&format!(" {}", t.overall_complete), cells, theme.ok));
        }
    } else {
        for line in wrap(&fill(t.overall_missing, &[&missing]), cells.saturating_sub(2)) {
            out.push(state.brush.line(&format!(" {line}"), cells, theme.warn));
        }
    }
    if state.book.rubric.opinion.vote {
        let style = if given.vote.is_some() { theme.focus } else { theme.base };
        out.push(state.brush.line(&format!("   {}", fill(t.overall_vote, &[&vote])), cells, style));
    }
    let opinion = if given.opinion.is_empty() { t.overall_no_opinion.to_owned() } else { given.opinion };
    for line in
        wrap(&state.brush.words(&fill(t.overall_opinion, &[&opinion])), cells.saturating_sub(6)).into_iter().take(5)
    {
        out.push(state.brush.line(&format!("   {line}"), cells, theme.base));
    }
    if let Some(note) = &given.recognised {
        out.push(state.brush.line(&format!("   {}", fill(t.overall_recognised, &[note])), cells, theme.warn));
    }
    for (id, note) in &given.red_lines {
        out.push(state.brush.line(&format!("   {}", fill(t.overall_red_line, &[id, note])), cells, theme.warn));
    }
    out
}

/// All marks of the packet, a row or two a dimension, to look over once more.
fn given_lines(state: &State, cells: usize) -> Vec<Line<'static>> {
    let Some(code) = state.code() else { return Vec::new() };
    let wide = if state.zh() { 10 } else { 17 };
    let fit = (cells.saturating_sub(6) / wide).max(1);
    let mut out = Vec::new();
    for dimension in &state.book.rubric.dimensions {
        let marks: Vec<String> = dimension
            .criteria
            .iter()
            .map(|criterion| {
                let mark = state.mark_of(code, criterion);
                let level = mark.and_then(|mark| criterion.level_of(mark));
                let level = level.map_or("", |l| if state.zh() { &l.zh } else { &l.en });
                let sign = state.review_of(code, criterion).map_or("", |_| state.texts.amending.review_sign);
                let mark = mark.map_or_else(|| "-".to_owned(), |mark| format!("{mark}{sign}"));
                pad(&format!("{} {mark} {level}", criterion.id), wide)
            })
            .collect();
        for (at, row) in marks.chunks(fit).enumerate() {
            let lead = if at == 0 { dimension.id.as_str() } else { "" };
            out.push(state.brush.line(&format!("   {}{}", pad(lead, 3), row.concat()), cells, state.brush.theme.base));
        }
    }
    out
}

fn title_line(state: &State, cells: usize) -> Line<'static> {
    let t = state.t();
    let Some(criterion) = state.criterion() else {
        return state.brush.ends(
            &format!(" {}", t.overall_title),
            &format!("{} ", t.overall_hint),
            cells,
            state.brush.theme.title,
        );
    };
    let name = if state.zh() { &criterion.zh } else { &criterion.en };
    let scale = fill(t.scale, &[&criterion.max, &state.book.rubric.step]);
    let clause = cut(&fill(t.clause, &[&short_clause(&criterion.clause)]), cells / 3);
    let left = format!(" {} {name}", criterion.id);
    // The criterion's name is whole before its clause is there at all.
    let both = format!("{scale}  {clause} ");
    let fits = width(&left) + width(&both) < cells;
    let right = if fits { both } else { format!("{scale} ") };
    state.brush.ends(&left, &right, cells, state.brush.theme.title)
}

/// A clause without the words quoted from it.
fn short_clause(clause: &str) -> String {
    clause.split(['“', '‘', '；']).next().unwrap_or(clause).to_owned()
}

fn evidence_rule(state: &State, laid: &super::evidence::Laid, layout: &Layout) -> Line<'static> {
    let t = state.t();
    let pieces = laid.starts.len();
    let here = laid.starts.iter().filter(|start| **start <= state.scroll).count().max(1);
    let name = if pieces > 0 { fill(t.evidence, &[&here, &pieces]) } else { t.evidence_none.to_owned() };
    let more = laid.lines.len() > state.scroll + layout.evidence;
    let hint = if more || state.scroll > 0 { t.evidence_hint } else { t.evidence_hint_all };
    state.brush.named_rule(&name, hint, layout.cells)
}

fn dimension_text(state: &State, dimension: &Dimension) -> String {
    let Some(code) = state.code() else { return String::new() };
    let marks: Vec<_> = dimension.criteria.iter().map(|c| (c, state.mark_of(code, c))).collect();
    let given: Vec<_> = marks.iter().filter_map(|(_, mark)| *mark).collect();
    if given.is_empty() {
        return format!("{} -/{}", dimension.id, dimension.max);
    }
    let sum = crate::base::points::sum(given.iter().copied());
    let sum =
        i64::try_from(sum).map_or_else(|_| "?".to_owned(), |units| crate::base::Points::from_units(units).to_string());
    let left: Vec<String> = marks.iter().filter(|(_, mark)| mark.is_none()).map(|(c, _)| c.id.to_string()).collect();
    match left.len() {
        0 => format!("{} {sum}/{}", dimension.id, dimension.max),
        1 | 2 => format!("{} {sum}/{}{}", dimension.id, dimension.max, fill(state.t().left_over, &[&left.join(" ")])),
        some => format!("{} {sum}/{}{}", dimension.id, dimension.max, fill(state.t().left_over_count, &[&some])),
    }
}

/// 已存本机 with the time, or that it is not: never untrue.
pub(super) fn saved_words(state: &State) -> (String, bool) {
    let t = state.t();
    if state.unsaved.is_some() {
        return (t.unsaved.to_owned(), true);
    }
    if !state.waiting.is_empty() {
        return (t.saving.to_owned(), false);
    }
    match &state.desk.last_saved {
        Some(at) if state.desk.begun().is_some() => (fill(t.saved, &[&at.time_of_day(&state.options.zone)]), false),
        _ => (t.nothing_yet.to_owned(), false),
    }
}

/// What was marked last in this packet, and how to get back to it.
fn last_words(state: &State) -> String {
    let (Some(last), Some(code)) = (state.last, state.code()) else { return String::new() };
    let Some(criterion) = state.book.rubric.criterion_at(last) else { return String::new() };
    let Some(mark) = state.mark_of(code, criterion) else { return String::new() };
    let level = criterion.level_of(mark).map(|level| if state.zh() { level.zh.clone() } else { level.en.clone() });
    fill(state.t().last_mark, &[&criterion.id, &mark, &level.unwrap_or_default(), &saved_words(state).0])
}

fn mark_lines(state: &State, cells: usize, wide: bool) -> Vec<Line<'static>> {
    let t = state.t();
    let theme = state.brush.theme;
    let (saved, bad) = saved_words(state);
    let mut out = Vec::new();
    let saved_style = if bad { theme.bad } else { theme.ok };
    if let (Some(criterion), Some(code)) = (state.criterion(), state.code()) {
        let mark = state.mark_of(code, criterion);
        let inside =
            if state.entry.is_empty() { mark.map(|m| m.to_string()).unwrap_or_default() } else { state.entry.clone() };
        let level = shown_mark(state, criterion).and_then(|mark| criterion.level_of(mark));
        let level = level.map(|l| if state.zh() { l.zh.clone() } else { l.en.clone() }).unwrap_or_default();
        let review = state.review_of(code, criterion);
        let after = if !state.entry.is_empty() {
            fill(t.press_enter, &[&mark.map_or_else(|| t.none.to_owned(), |m| m.to_string())])
        } else if let (Some(number), false) = (review, bad) {
            fill(state.texts.amending.review_here, &[&number])
        } else if mark.is_some() || bad {
            saved
        } else {
            fill(t.range, &[&criterion.max])
        };
        let style = if state.entry.is_empty() && review.is_some() && !bad {
            theme.warn
        } else if state.entry.is_empty() && (mark.is_some() || bad) {
            saved_style
        } else {
            theme.muted
        };
        let last = last_words(state);
        let entry = format!("[ {} ]", pad(&inside, 4));
        let lead = format!("   {} ", t.mark);
        let gap = cells.saturating_sub(width(&lead) + width(&entry) + width(&level) + width(&after) + width(&last) + 6);
        let gap = if last.is_empty() { 0 } else { gap };
        out.push(Line::from(vec![
            Span::styled(lead, theme.base),
            Span::styled(entry, theme.entry),
            Span::styled(format!(" {level}  "), theme.focus),
            Span::styled(after, style),
            Span::styled(format!("{}  {last}", " ".repeat(gap)), theme.muted),
        ]));
    } else {
        let last = last_words(state);
        let text = if last.is_empty() { saved } else { last };
        out.push(Line::from(vec![Span::raw("   "), Span::styled(text, saved_style)]));
    }
    if !wide {
        let dimensions: Vec<String> = state.book.rubric.dimensions.iter().map(|d| dimension_text(state, d)).collect();
        out.push(state.brush.line(&format!("   {}", dimensions.join("   ")), cells, theme.base));
    }
    out.push(totals_line(state, cells));
    if shows_remark(state)
        && let (Some(code), Some(criterion)) = (state.code(), state.criterion())
    {
        let remark = state.desk.remark(code, &criterion.id);
        let text = if remark.is_empty() { String::new() } else { fill(t.remark_is, &[&remark]) };
        out.push(state.brush.line(&format!("   {text}"), cells, theme.base));
    }
    out
}

/// From this height on the remark stands below the mark.
fn shows_remark(state: &State) -> bool {
    state.size.1 >= 28 && !state.at_overall()
}

fn totals_line(state: &State, cells: usize) -> Line<'static> {
    let t = state.t();
    let theme = state.brush.theme;
    let Some(code) = state.code() else { return Line::default() };
    let marks: Vec<_> = state.book.rubric.criteria().filter_map(|c| state.mark_of(code, c)).collect();
    let count = state.book.rubric.criteria_count();
    let sum = i64::try_from(crate::base::points::sum(marks.iter().copied())).unwrap_or(0);
    let sum = if marks.is_empty() { "-".to_owned() } else { crate::base::Points::from_units(sum).at_least(1) };
    let left = count - marks.len().min(count);
    let text = if left == 0 {
        fill(t.totals_complete, &[&sum, &count])
    } else {
        fill(t.totals, &[&sum, &count, &marks.len(), &left])
    };
    let remark = match state.criterion() {
        None => String::new(),
        Some(criterion) => {
            let written = !state.desk.remark(code, &criterion.id).is_empty();
            let asked = shown_mark(state, criterion).is_some_and(|mark| state.book.rubric.asks_remark(criterion, mark));
            match (written, asked) {
                (true, _) => t.remark_written.to_owned(),
                (false, true) => t.remark_asked.to_owned(),
                (false, false) => t.remark_none.to_owned(),
            }
        }
    };
    state.brush.ends(&format!("   {text}"), &format!("{remark}  "), cells, theme.base)
}

/// The three lines at the foot: a rule, the keys, who can see the marks.
pub(super) fn foot(state: &State, cells: usize) -> Vec<Line<'static>> {
    let t = state.t();
    let theme = state.brush.theme;
    let context = match state.context() {
        crate::tui::keymap::Context::Mark | crate::tui::keymap::Context::Menu | crate::tui::keymap::Context::Edit => {
            state.context()
        }
        other => other,
    };
    let lead = match context {
        crate::tui::keymap::Context::Mark | crate::tui::keymap::Context::Grid => t.lead_digits,
        crate::tui::keymap::Context::Menu => t.lead_menu,
        crate::tui::keymap::Context::HandIn => t.lead_hand_in,
        _ => "",
    };
    let mut out = vec![state.brush.rule(cells), state.brush.line(&footer(context, t, lead, cells), cells, theme.base)];
    out.push(match (&state.unsaved, &state.notice) {
        (Some(unsaved), _) => state.brush.line(&format!(" {unsaved}"), cells, theme.bad),
        (None, Some(notice)) => {
            state.brush.line(&format!(" {}", notice.text), cells, if notice.bad { theme.bad } else { theme.warn })
        }
        (None, None) => {
            let stick = &state.texts.stick;
            let leave = if state.book.held_by.is_some() { t.read_only } else { t.leave_any_time };
            match &state.copied {
                Some(Err(why)) => state.brush.line(&format!(" {why}"), cells, theme.warn),
                copied => {
                    let at = copied.as_ref().and_then(|copied| copied.as_ref().ok());
                    let at = at.map(|at| fill(stick.copied, &[&at.time_of_day(&state.options.zone)]));
                    let right = at.unwrap_or_else(|| leave.to_owned());
                    state.brush.ends(&format!(" {}", privacy(state)), &format!("{right} "), cells, theme.muted)
                }
            }
        }
    });
    out
}

/// Who can see the marks: nobody before the hand-in, and what came after it.
fn privacy(state: &State) -> String {
    let t = state.t();
    match state.desk.handed_in.last() {
        None => t.privacy.to_owned(),
        Some(last) if state.desk.changed_since => fill(t.privacy_changed, &[&last.revision]),
        Some(last) => {
            fill(t.privacy_handed, &[&last.revision, &last.packets, &last.at.time_of_day(&state.options.zone)])
        }
    }
}

/// Puts the foot at the bottom of a page.
pub(super) fn paint_foot(state: &State, frame: &mut Frame) {
    let area = frame.area();
    let foot = foot(state, usize::from(area.width));
    let rows = u16::try_from(foot.len()).unwrap_or(0);
    lines(frame, Rect { y: area.height.saturating_sub(rows), height: rows, ..area }, foot);
}

/// Paints the mark page.
pub(super) fn view(state: &State, frame: &mut Frame) {
    let area = frame.area();
    let layout = layout(state);
    let full = usize::from(area.width);
    let mut head = header(state, full);
    if layout.wide {
        head.insert(1, sheet_column::packet_strip(state, full));
    }
    let top = u16::try_from(head.len()).unwrap_or(0);
    lines(frame, area, head);
    let mut left = vec![title_line(state, layout.cells)];
    left.extend(level_lines(state, layout.cells));
    let laid = if state.at_overall() {
        super::evidence::Laid::default()
    } else {
        state.lay_evidence(layout.cells, layout.evidence)
    };
    if state.at_overall() {
        left.push(state.brush.rule(layout.cells));
        if !layout.wide {
            left.extend(given_lines(state, layout.cells));
        }
    } else {
        left.push(evidence_rule(state, &laid, &layout));
        left.extend(laid.lines.into_iter().skip(state.scroll).take(layout.evidence));
    }
    left.truncate((layout.above + layout.evidence).saturating_sub(usize::from(top)));
    let below = mark_lines(state, layout.cells, layout.wide);
    let bottom = u16::try_from(below.len() + 4).unwrap_or(0);
    let left_area = Rect {
        x: 0,
        y: top,
        width: u16::try_from(layout.cells).unwrap_or(area.width),
        height: area.height.saturating_sub(top + bottom),
    };
    lines(frame, left_area, left);
    let mut mark = vec![state.brush.named_rule(t_mark(state), "", layout.cells)];
    mark.extend(below);
    lines(frame, Rect { y: area.height.saturating_sub(bottom), height: bottom.saturating_sub(3), ..left_area }, mark);
    if layout.wide {
        let x = left_area.width;
        let column =
            Rect { x, y: top, width: area.width.saturating_sub(x), height: area.height.saturating_sub(top + 3) };
        sheet_column::paint(state, frame, column);
    }
    paint_foot(state, frame);
    if let Some(field) = caret(state, left_area, area.height.saturating_sub(bottom) + 1) {
        frame.set_cursor_position(field);
    }
}

fn t_mark(state: &State) -> &'static str {
    if state.at_overall() { state.t().overall_short } else { state.t().marking }
}

/// The terminal's cursor stands where a digit would go.
fn caret(state: &State, area: Rect, row: u16) -> Option<(u16, u16)> {
    if !state.overlays.is_empty() || state.at_overall() {
        return None;
    }
    let lead = width(&format!("   {} [ ", state.t().mark)) + width(&state.entry);
    Some((area.x + u16::try_from(lead).unwrap_or(0), row))
}
