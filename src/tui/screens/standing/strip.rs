//! A strip of the experts' totals, on one scale for all rows: where they lie
//! together and where apart is seen without reading a figure.

use crate::base::Points;
use crate::base::lang::{Standing as Texts, fill};
use crate::base::text::{pad, pad_left, width};
use crate::domain::standing::{Dropped, Standee, Standing};

/// The scale common to all rows; its ends are whole points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    low: i64,
    high: i64,
}

impl Scale {
    /// From the least to the greatest total of the standing.
    #[must_use]
    pub(super) fn of(standing: &Standing) -> Self {
        let totals =
            || standing.places.iter().flat_map(|place| place.expert_totals.values()).map(|total| total.units());
        let low = totals().min().unwrap_or(0).div_euclid(Points::UNIT);
        let high = totals().max().unwrap_or(0);
        let high = high.div_euclid(Points::UNIT) + i64::from(high.rem_euclid(Points::UNIT) > 0);
        Self { low, high: high.max(low + 1) }
    }

    /// The cell of a strip this wide a total falls in.
    #[must_use]
    pub(super) fn cell(&self, total: Points, cells: usize) -> usize {
        let last = i128::try_from(cells.saturating_sub(1)).unwrap_or(0);
        let low = i128::from(self.low) * i128::from(Points::UNIT);
        let span = i128::from(self.high - self.low) * i128::from(Points::UNIT);
        let from = i128::from(total.units()) - low;
        let cell = (2 * from * last + span).div_euclid(2 * span).clamp(0, last);
        usize::try_from(cell).unwrap_or(0)
    }

    /// The heading of a strip: the scale's ends over its ends.
    #[must_use]
    pub(super) fn heading(&self, t: &Texts, cells: usize) -> String {
        let (low, high) = (fill(t.scale_end, &[&self.low]), fill(t.scale_end, &[&self.high]));
        let room = cells.saturating_sub(width(&low) + width(&high));
        let label = [t.column_strip, t.column_strip_short, ""]
            .into_iter()
            .find(|label| label.is_empty() || width(label) + 2 <= room)
            .unwrap_or("");
        let before = room.saturating_sub(width(label)) / 2;
        let left = format!("{low}{}{label}", " ".repeat(before));
        let left = pad(&left, cells.saturating_sub(width(&high)));
        pad_left(&format!("{left}{high}"), cells)
    }
}

/// The strip of a place.
#[must_use]
pub(super) fn strip(place: &Standee, scale: &Scale, cells: usize) -> String {
    let mut counts = vec![(0u32, 0u32); cells];
    for (expert, total) in &place.expert_totals {
        if let Some((kept, dropped)) = counts.get_mut(scale.cell(*total, cells)) {
            if place.dropped.has_total(expert) { *dropped += 1 } else { *kept += 1 }
        }
    }
    counts.into_iter().map(sign).collect()
}

fn sign((kept, dropped): (u32, u32)) -> char {
    match (kept, dropped) {
        (0, 0) => '.',
        (0, _) => 'x',
        (1, 0) => 'o',
        (kept, 0) => char::from_digit(kept.min(9), 10).unwrap_or('9'),
        _ => '*',
    }
}

/// Whether totals are dropped whole, so that a strip can mark them.
#[must_use]
pub(super) fn marks_dropped(standing: &Standing) -> bool {
    !standing.places.iter().any(|place| matches!(place.dropped, Dropped::Marks(_)))
}
