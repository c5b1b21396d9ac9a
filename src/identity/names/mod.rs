//! What names an applicant: every string of an application, or of the
//! secretary's list, that says whose it is, and how each is to be looked for.
//!
//! A string is looked for as loosely as its length allows. Names and numbers of
//! some length are found anywhere, however they are spaced. A short form is
//! found only where it can't be part of an ordinary word: two characters must
//! be followed by what makes a name of them (大, 院, 所, 模式) or stand in
//! quotes; a person's two characters that are also a word (许可, 高强) want a
//! title beside them.

mod contact;
mod people;
mod places;
mod unit;

use crate::domain::application::Application;
use crate::domain::leak::LeakKind;
use crate::domain::packet::Value;

use super::view::{Without, spelled};
use super::words;

/// A string that names an applicant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Known {
    /// It, in the spelling of the view it is looked for in.
    pub text: String,
    /// What it is.
    pub kind: LeakKind,
    /// How it is looked for.
    pub how: How,
    /// Whether it can only be this applicant.
    pub certain: bool,
}

/// How a string is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// Anywhere, whatever blanks are in it.
    Anywhere,
    /// Where what follows does not make another word of its last character
    /// (大力, 所有).
    Name,
    /// Latin letters: not within a longer word.
    Word,
    /// A short form of two characters: before 大, 院, 所, 模式 or within quotes.
    Stem,
    /// A person whose name is a word too: beside a title.
    Titled,
    /// A place that begins other words too: before 市.
    City,
    /// A number of ten digits or more, whatever signs are in it.
    Number,
    /// A shorter number: between what are no digits, with blanks or hyphens.
    Digits,
}

impl How {
    /// The view it is looked for in.
    pub(super) const fn without(self) -> Without {
        match self {
            Self::Number | Self::Digits => Without::Signs,
            _ => Without::Blanks,
        }
    }
}

/// Strings as they are gathered.
#[derive(Debug, Default)]
struct Gathered {
    known: Vec<Known>,
}

impl Gathered {
    fn add(&mut self, text: &str, kind: LeakKind, how: How, certain: bool) {
        let text = spelled(text, how.without());
        let least = match how {
            How::Number => 10,
            How::Digits => 6,
            How::Word => 3,
            _ => 2,
        };
        let there = self.known.iter().any(|known| known.text == text && known.how == how);
        if text.chars().count() >= least && !there {
            self.known.push(Known { text, kind, how, certain });
        }
    }
}

/// Everything that names this applicant; `aliases` are the secretary's, one
/// with `-` first is a string that names nobody and is not looked for.
pub(super) fn of(application: &Application, aliases: &[String]) -> Vec<Known> {
    let mut gathered = Gathered::default();
    let (without, own): (Vec<&String>, Vec<&String>) = aliases.iter().partition(|alias| alias.starts_with('-'));
    unit::gather(application, &own, &mut gathered);
    people::gather(application, &mut gathered);
    places::gather(application, &mut gathered);
    contact::gather(application, &mut gathered);
    let mut known = gathered.known;
    for text in without {
        let (blanks, signs) = (spelled(text, Without::Blanks), spelled(text, Without::Signs));
        let text = blanks.trim_start_matches('-').to_owned();
        known.retain(|known| known.text != text && known.text != signs);
    }
    known
}

/// All that a field was read as: the value, and what was not proved.
fn texts(application: &Application, id: &str) -> Vec<String> {
    let doubt = application.uncertain.get(id);
    let values = application.value(id).into_iter().chain(doubt.and_then(|doubt| doubt.value.as_ref()));
    let mut texts: Vec<String> = values.flat_map(strings).collect();
    texts.extend(doubt.map(|doubt| doubt.text.clone()));
    let trimmed = texts.iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut out: Vec<String> = Vec::new();
    for text in trimmed {
        if !out.contains(&text) {
            out.push(text);
        }
    }
    out
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::Text(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Bool(_) => Vec::new(),
        Value::List(cells) => cells.iter().flatten().cloned().collect(),
    }
}

/// The name of the unit as it was read, where it was.
pub(super) fn unit_name(application: &Application) -> Option<String> {
    ["unit.name", "cover.unit_name"].iter().find_map(|id| texts(application, id).into_iter().next())
}

#[cfg(test)]
mod tests;
