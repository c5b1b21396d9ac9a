//! The line that says what came of the last stroke.

use ratatui::text::Line;

use crate::tui::paint::Brush;

use super::{Said, State};

/// The sentence at the foot, in one row.
#[must_use]
pub(super) fn said(state: &State, brush: &Brush, cells: usize) -> Line<'static> {
    let (text, style) = match &state.said {
        _ if state.saving.is_some() && !matches!(state.said, Some(Said::Notice(_))) => {
            (state.t.reviewing.saving, brush.theme.base)
        }
        Some(Said::Saved(text)) => (text.as_str(), brush.theme.ok),
        Some(Said::Failed(text)) => (text.as_str(), brush.theme.bad),
        Some(Said::Notice(text)) => (text.as_str(), brush.theme.warn),
        None => ("", brush.theme.base),
    };
    brush.line(&format!(" {text}"), cells, style)
}
