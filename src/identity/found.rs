//! A place of a text that says something: what finders give and maskers take.

use std::ops::Range;

use crate::domain::leak::LeakKind;

/// A place of a text that names somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Where, in characters of the text as it stands.
    pub place: Range<usize>,
    /// What it is.
    pub kind: LeakKind,
    /// Whether it can be nothing else.
    pub certain: bool,
}

/// The longest first; what overlaps one that was taken is left out.
pub(super) fn without_overlaps(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|found| (std::cmp::Reverse(found.place.len()), found.place.start, !found.certain));
    let mut taken: Vec<Found> = Vec::new();
    for found in found {
        let free =
            taken.iter().all(|taken| found.place.end <= taken.place.start || taken.place.end <= found.place.start);
        if free && !found.place.is_empty() {
            taken.push(found);
        }
    }
    taken.sort_by_key(|found| found.place.start);
    taken
}
