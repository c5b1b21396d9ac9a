//! The order of rows and the lines drawn between them.

use crate::domain::rubric::QuotaKind;
use crate::domain::standing::{Flag, Standee, Standing};

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// A place, by its number in the standing's own order.
    Place(usize),
    /// A line between places.
    Divider(Divider),
}

/// A line between places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Divider {
    /// Above those tied at the line.
    Band,
    /// The cut line.
    Cut,
    /// Above those that do not pass.
    Failed,
    /// Above those without a result.
    NoResult,
    /// Above all, where rows are in the order of codes.
    Codes,
}

/// Whether a place has a score that does not pass.
#[must_use]
pub(super) fn fails(place: &Standee) -> bool {
    place.flags.iter().any(|flag| matches!(flag, Flag::BelowPassLine | Flag::BelowDimension(_)))
}

/// The rows, in the order of places or of codes.
///
/// By place, those that can be recommended come first, with the cut line
/// through them; then those that do not pass, then those without a result.
#[must_use]
pub(super) fn rows(standing: &Standing, by_code: bool) -> Vec<Row> {
    if by_code {
        let mut order: Vec<(usize, &Standee)> = standing.places.iter().enumerate().collect();
        order.sort_by(|a, b| a.1.code.cmp(&b.1.code));
        let head = std::iter::once(Row::Divider(Divider::Codes));
        return head.chain(order.into_iter().map(|(at, _)| Row::Place(at))).collect();
    }
    let cut = &standing.cut;
    let drawn = cut.kind != QuotaKind::None && cut.quota.is_some();
    let (mut above, mut band, mut below, mut failed, mut none) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (at, place) in standing.places.iter().enumerate() {
        let group = if place.score.is_none() {
            &mut none
        } else if fails(place) {
            &mut failed
        } else if !drawn || cut.above.contains(&place.code) {
            &mut above
        } else if cut.tied_at_line.contains(&place.code) {
            &mut band
        } else {
            &mut below
        };
        group.push(Row::Place(at));
    }
    let mut rows = above;
    if !band.is_empty() {
        rows.push(Row::Divider(Divider::Band));
        rows.extend(band);
    }
    if drawn {
        rows.push(Row::Divider(Divider::Cut));
    }
    rows.extend(below);
    for (divider, group) in [(Divider::Failed, failed), (Divider::NoResult, none)] {
        if !group.is_empty() {
            rows.push(Row::Divider(divider));
            rows.extend(group);
        }
    }
    rows
}

/// Rows of places only, as indices into `rows`.
#[must_use]
pub(super) fn stops(rows: &[Row]) -> Vec<usize> {
    rows.iter().enumerate().filter(|(_, row)| matches!(row, Row::Place(_))).map(|(at, _)| at).collect()
}

/// Where a window of `height` rows begins so that the row `at` is in it, and
/// with it the lines right above and below, as near as can be to `from`.
#[must_use]
pub(super) fn window(rows: &[Row], from: usize, at: usize, height: usize) -> usize {
    let is_divider = |at: usize| matches!(rows.get(at), Some(Row::Divider(_)));
    let mut first = at;
    while first > 0 && at - first < 2 && is_divider(first - 1) {
        first -= 1;
    }
    let last = if is_divider(at + 1) { at + 1 } else { at };
    let mut from = from.min(rows.len().saturating_sub(height));
    if last + 1 > from + height {
        from = last + 1 - height.min(last + 1);
    }
    if first < from {
        from = first;
    }
    if at + 1 > from + height {
        from = at + 1 - height.min(at + 1);
    }
    from
}
