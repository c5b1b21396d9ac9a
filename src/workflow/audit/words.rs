//! What a finding says, as data: the name of a text of the tables, which is
//! also the word other programs are given, and the values in it.

use crate::base::lang::{Audit as Words, fill, problem};
use crate::base::{Lang, Refusal};
use crate::domain::round::Round as State;

use super::{Check, Signer, Who, Wish};
use crate::workflow::round::{DESK, SECRETARY};

/// A sentence with its values.
#[derive(Debug, Clone)]
pub struct Say {
    /// A word for it that no language changes.
    pub word: &'static str,
    pub(super) text: fn(&Words) -> &'static str,
    pub(super) parts: Vec<Part>,
}

impl PartialEq for Say {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word && self.parts == other.parts
    }
}

impl Eq for Say {}

/// A value in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// As it is.
    Text(String),
    /// A refusal, in the words of the language.
    Refused(Refusal),
    /// Another sentence.
    Said(Box<Say>),
    /// How many events in whose name.
    By(Vec<(Signer, usize)>),
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<(Signer, usize)>> for Part {
    fn from(all: Vec<(Signer, usize)>) -> Self {
        Self::By(all)
    }
}

impl From<Refusal> for Part {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Say> for Part {
    fn from(say: Say) -> Self {
        Self::Said(Box::new(say))
    }
}

/// A sentence of the audit's table by its name, with values.
macro_rules! say {
    ($name:ident $(, $value:expr)* $(,)?) => {
        $crate::workflow::audit::words::Say {
            word: stringify!($name),
            text: |words| words.$name,
            parts: vec![$($crate::workflow::audit::words::Part::from($value)),*],
        }
    };
}
pub(super) use say;

impl Say {
    /// In words.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let said: Vec<String> = self.parts.iter().map(|part| part.words(lang)).collect();
        let values: Vec<&dyn std::fmt::Display> =
            said.iter().map(|value| -> &dyn std::fmt::Display { value }).collect();
        fill((self.text)(&lang.texts().audit), &values)
    }
}

impl Part {
    fn words(&self, lang: Lang) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Said(say) => say.words(lang),
            Self::By(all) => {
                let all: Vec<String> = all.iter().map(|(name, many)| format!("{} {many}", name.words(lang))).collect();
                all.join(lang.pick("、", ", "))
            }
            Self::Refused(refusal) => refusal.faults().next().map_or_else(String::new, |fault| {
                let said = problem(lang, fault);
                if said.place.is_empty() {
                    said.what
                } else {
                    format!("{}{}{}", said.place, lang.pick("：", ": "), said.what)
                }
            }),
        }
    }
}

impl Check {
    /// A word that no language changes.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Chain => "chain",
            Self::Signatures => "signatures",
            Self::Steps => "steps",
            Self::Head => "head",
            Self::Since => "since",
            Self::Witnesses => "witnesses",
            Self::Files => "files",
            Self::Blobs => "blobs",
            Self::Manifests => "manifests",
            Self::Sheets => "sheets",
            Self::Ranking => "ranking",
            Self::Sealed => "sealed",
        }
    }

    /// In words.
    #[must_use]
    pub const fn words(self, lang: Lang) -> &'static str {
        let t = &lang.texts().audit;
        match self {
            Self::Database => t.check_database,
            Self::Chain => t.check_chain,
            Self::Signatures => t.check_signatures,
            Self::Steps => t.check_steps,
            Self::Head => t.check_head,
            Self::Since => t.check_since,
            Self::Witnesses => t.check_witnesses,
            Self::Files => t.check_files,
            Self::Blobs => t.check_blobs,
            Self::Manifests => t.check_manifests,
            Self::Sheets => t.check_sheets,
            Self::Ranking => t.check_ranking,
            Self::Sealed => t.check_sealed,
        }
    }
}

impl Signer {
    /// The actor of an event.
    pub(super) fn of(actor: &str) -> Self {
        match actor {
            SECRETARY => Self::Secretary,
            DESK => Self::Desk,
            other => Self::Other(other.to_owned()),
        }
    }

    /// In words.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let t = &lang.texts().audit;
        match self {
            Self::Secretary => t.who_secretary.to_owned(),
            Self::Desk => t.who_desk.to_owned(),
            Self::Expert(expert) => fill(t.who_expert, &[expert]),
            Self::Other(name) => name.clone(),
        }
    }
}

impl Who {
    /// In words.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let t = &lang.texts().audit;
        let name = self.name.words(lang);
        self.seq.map_or_else(|| name.clone(), |seq| fill(t.who_event, &[&name, &seq]))
    }

    /// As words of the data.
    #[must_use]
    pub fn word(&self) -> String {
        match &self.name {
            Signer::Secretary => "secretary".to_owned(),
            Signer::Desk => "desk".to_owned(),
            Signer::Expert(expert) => expert.to_string(),
            Signer::Other(name) => name.clone(),
        }
    }
}

/// What this audit can't prove.
pub(super) fn unproved(state: &State, wish: &Wish<'_>) -> Vec<Say> {
    let mut out = vec![say!(cannot_key)];
    if wish.since.is_none() {
        out.push(say!(cannot_end));
    }
    if state.panel.is_some() {
        out.push(say!(cannot_names));
    }
    if !state.sheets.is_empty() {
        out.push(say!(cannot_paper));
        if wish.keys.is_none() {
            out.push(say!(cannot_sealed));
        }
    }
    if !state.issued.is_empty() {
        out.push(say!(cannot_unlisted));
    }
    if state.exported.iter().any(|(what, _)| what.starts_with("publish.")) {
        out.push(say!(cannot_publish));
    }
    out.push(say!(cannot_time));
    out
}
