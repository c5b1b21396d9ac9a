//! A packet whose applicant the expert may have recognised: what it says is
//! hidden from the expert, who is told what comes of it and how to take it back.

use ratatui::text::Line;

use crate::base::lang::fill;
use crate::base::text::wrap;

use super::State;

/// What stands in place of the packet, where it is hidden.
pub(super) fn lines(state: &State, cells: usize) -> Option<Vec<Line<'static>>> {
    let note = state.recognised_here()?;
    let t = state.t();
    let theme = state.brush.theme;
    let mut out = vec![state.brush.line(&format!("   {}", t.hidden_title), cells, theme.warn), Line::default()];
    for text in [&fill(t.hidden_note, &[&note]), t.hidden_who, t.hidden_marks, t.hidden_back] {
        for line in wrap(&state.brush.words(text), cells.saturating_sub(5)) {
            out.push(state.brush.line(&format!("   {line}"), cells, theme.base));
        }
    }
    Some(out)
}

impl State {
    /// By what the expert thinks to have recognised this packet's applicant.
    fn recognised_here(&self) -> Option<&str> {
        self.desk.given(self.code()?)?.recognised.as_deref()
    }

    /// Why the packet in hand takes no marks.
    pub(super) fn out_notice(&self) -> &'static str {
        if self.recognised_here().is_some() { self.t().notice_hidden } else { self.t().notice_recused }
    }
}
