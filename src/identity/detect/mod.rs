//! The leak detector (泄露检查): what in a packet's text may still say whose it
//! is, by the form of numbers and by what stands around names.
//!
//! It looks at texts after masking. A number with a right check digit is
//! certain; a name told by its context is a guess, and only warns.

mod contacts;
mod documents;
mod honours;
mod numbers;
mod online;
mod organisations;
mod patents;
mod people;
mod places;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::leak::LeakKind;

use super::found::{Found, without_overlaps};
use super::view::{View, Without};

pub(super) use places::city_fits;

/// A pattern, made once. All of ours are sound; a test sees to it.
type Pattern = LazyLock<Option<Regex>>;

macro_rules! pattern {
    ($name:ident = $text:expr) => {
        static $name: super::Pattern = std::sync::LazyLock::new(|| regex::Regex::new($text).ok());
    };
}
use pattern;

/// Every match of a pattern, by its first group where it has one.
fn matches<'t>(pattern: &'static Pattern, view: &'t View) -> impl Iterator<Item = (Range<usize>, regex::Captures<'t>)> {
    let found = pattern.as_ref().map(|pattern| pattern.captures_iter(view.text()));
    found.into_iter().flatten().filter_map(|captures| {
        let range = captures.name("it").or_else(|| captures.get(0))?.range();
        Some((range, captures))
    })
}

fn found(view: &View, bytes: Range<usize>, kind: LeakKind, certain: bool) -> Found {
    Found { place: view.place(bytes), kind, certain }
}

/// Whether what stands around a match is no part of the same number or word.
fn stands_alone(view: &View, bytes: &Range<usize>) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    !part(view.left(bytes.start, 1).chars().next()) && !part(view.right(bytes.end, 1).chars().next())
}

/// Whether one of these words stands shortly before.
fn labelled(view: &View, at: usize, within: usize, labels: &[&str]) -> bool {
    let left = view.left(at, within);
    labels.iter().any(|label| left.contains(label))
}

/// Whether a number is an amount by what follows.
fn is_amount(view: &View, end: usize) -> bool {
    view.right(end, 1).chars().next().is_some_and(|c| "元万件家人项个次亿%".contains(c))
}

/// What a text may give away, in order, nothing twice.
pub(super) fn all(text: &str) -> Vec<Found> {
    let view = View::of(text, Without::Nothing);
    let families: [fn(&View) -> Vec<Found>; 9] = [
        online::find,
        numbers::find,
        patents::find,
        contacts::find,
        documents::find,
        honours::find,
        places::find,
        organisations::find,
        people::find,
    ];
    let labels = labels(text);
    let mut taken: Vec<Found> = Vec::new();
    for family in families {
        for found in without_overlaps(family(&view)) {
            let free = |place: &Range<usize>| found.place.end <= place.start || place.end <= found.place.start;
            if labels.iter().all(free) && taken.iter().all(|taken| free(&taken.place)) {
                taken.push(found);
            }
        }
    }
    taken.sort_by_key(|found| found.place.start);
    taken
}

/// Mail addresses, sites, telephones and document numbers as wholes.
pub(super) fn wholes(view: &View) -> Vec<Found> {
    let mut all = online::find(view);
    all.extend(documents::every(view));
    all.extend(contacts::find(view));
    all
}

/// Places of what masking has put in: 【本单位】.
fn labels(text: &str) -> Vec<Range<usize>> {
    let mut labels = Vec::new();
    let mut open = None;
    for (at, c) in text.chars().enumerate() {
        match (c, open) {
            ('【', _) => open = Some(at),
            ('】', Some(from)) => {
                labels.push(from..at.saturating_add(1));
                open = None;
            }
            _ => {}
        }
    }
    labels
}

#[cfg(test)]
mod tests;
