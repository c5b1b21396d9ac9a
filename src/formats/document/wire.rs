//! How the process that reads a document hands it to the one that asked: the
//! document, or why there is none, as one piece of JSON. The one that asked
//! bounds what it takes and believes nothing else of it.

use serde::{Deserialize, Serialize};

use crate::base::limits::{Counted, Limits, too_many};
use crate::base::{FileKind, Place, Problem, Refusal, Result, Unreadable};
use crate::domain::document::Document;

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Answer {
    Document(Document),
    Refused { part: Option<String>, line: Option<u32>, why: Why },
}

/// The same, as it is written.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Told<'a> {
    Document(&'a Document),
    Refused { part: Option<String>, line: Option<u32>, why: Why },
}

/// The problems a reader has.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Why {
    TooBig(u64),
    TooMany(String, u64),
    BadEncoding(usize),
    BadCsv(String),
    Kind(String),
    Locked,
    Broken(String),
    Bomb(u64),
    Entities,
    Unsafe(String),
}

const KINDS: [(FileKind, &str); 12] = [
    (FileKind::Docx, "docx"),
    (FileKind::Xlsx, "xlsx"),
    (FileKind::Xls, "xls"),
    (FileKind::Doc, "doc"),
    (FileKind::Locked, "locked"),
    (FileKind::Pdf, "pdf"),
    (FileKind::Picture, "picture"),
    (FileKind::Csv, "csv"),
    (FileKind::Json, "json"),
    (FileKind::Zip, "zip"),
    (FileKind::Empty, "empty"),
    (FileKind::Other, "other"),
];

const COUNTED: [(Counted, &str); 11] = [
    (Counted::Rows, "rows"),
    (Counted::Columns, "columns"),
    (Counted::Cells, "cells"),
    (Counted::CellBytes, "cell_bytes"),
    (Counted::Parts, "parts"),
    (Counted::Depth, "depth"),
    (Counted::Nodes, "nodes"),
    (Counted::Attributes, "attributes"),
    (Counted::NestedTables, "nested_tables"),
    (Counted::Pieces, "pieces"),
    (Counted::TextBytes, "text_bytes"),
];

fn word<T: PartialEq>(table: &[(T, &'static str)], thing: &T) -> String {
    table.iter().find(|(known, _)| known == thing).map_or("", |(_, word)| word).to_owned()
}

fn thing<T: Copy>(table: &[(T, &'static str)], word: &str) -> Option<T> {
    table.iter().find(|(_, known)| *known == word).map(|(thing, _)| *thing)
}

fn why(problem: &Problem) -> Why {
    match problem {
        Problem::TooBig { limit } => Why::TooBig(*limit),
        Problem::TooMany { what, limit } => Why::TooMany(word(&COUNTED, what), *limit),
        Problem::BadEncoding { at } => Why::BadEncoding(*at),
        Problem::BadCsv(why) => Why::BadCsv(why.clone()),
        Problem::Unreadable(Unreadable::Kind(kind)) => Why::Kind(word(&KINDS, kind)),
        Problem::Unreadable(Unreadable::Locked) => Why::Locked,
        Problem::Unreadable(Unreadable::Bomb { ratio }) => Why::Bomb(*ratio),
        Problem::Unreadable(Unreadable::Entities) => Why::Entities,
        Problem::Unreadable(Unreadable::Unsafe { name }) => Why::Unsafe(name.clone()),
        Problem::Unreadable(Unreadable::Broken(why)) => Why::Broken(why.clone()),
        other => Why::Broken(format!("{other:?}")),
    }
}

fn problem(why: Why) -> Option<Problem> {
    let unreadable = match why {
        Why::TooBig(limit) => return Some(Problem::TooBig { limit }),
        Why::TooMany(what, limit) => {
            return Some(too_many(thing(&COUNTED, &what)?, usize::try_from(limit).unwrap_or(usize::MAX)));
        }
        Why::BadEncoding(at) => return Some(Problem::BadEncoding { at }),
        Why::BadCsv(why) => return Some(Problem::BadCsv(why)),
        Why::Kind(kind) => Unreadable::Kind(thing(&KINDS, &kind)?),
        Why::Locked => Unreadable::Locked,
        Why::Broken(why) => Unreadable::Broken(why),
        Why::Bomb(ratio) => Unreadable::Bomb { ratio },
        Why::Entities => Unreadable::Entities,
        Why::Unsafe(name) => Unreadable::Unsafe { name },
    };
    Some(Problem::Unreadable(unreadable))
}

/// What the reading process writes.
#[must_use]
pub fn encode(read: &Result<Document>) -> Vec<u8> {
    let answer = match read {
        Ok(document) => Told::Document(document),
        Err(refusal) => {
            let place = refusal.faults().next().map(|fault| fault.place.clone()).unwrap_or_default();
            Told::Refused { part: place.file, line: place.line, why: why(refusal.problem()) }
        }
    };
    serde_json::to_vec(&answer).unwrap_or_default()
}

/// What it wrote, as the one that asked sees it: the refusal is of the whole
/// file, and the part of it is the field.
///
/// # Errors
/// The reader's refusal; an answer that is none, cut short or too long.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Document> {
    let died = |how: &str| Refusal::from(Problem::Unreadable(Unreadable::Died { how: how.to_owned() }));
    if bytes.len() > limits.document.answer {
        return Err(too_many(Counted::TextBytes, limits.document.text).into());
    }
    match serde_json::from_slice(bytes) {
        Ok(Answer::Document(document)) => Ok(document),
        Ok(Answer::Refused { part, line, why }) => {
            let problem = problem(why).ok_or_else(|| died("?"))?;
            Err(Refusal::new(Place { file: None, line, field: part }, problem))
        }
        Err(_) => Err(died("no answer")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_comes_through_as_it_was() {
        let all = [
            Problem::TooBig { limit: 7 },
            Problem::TooMany { what: Counted::Depth, limit: 256 },
            Problem::BadEncoding { at: 3 },
            Problem::BadCsv("x".to_owned()),
            Problem::Unreadable(Unreadable::Locked),
            Problem::Unreadable(Unreadable::Broken("坏".to_owned())),
            Problem::Unreadable(Unreadable::Bomb { ratio: 200 }),
            Problem::Unreadable(Unreadable::Entities),
            Problem::Unreadable(Unreadable::Unsafe { name: "../x".to_owned() }),
        ];
        let kinds = KINDS.map(|(kind, _)| Problem::Unreadable(Unreadable::Kind(kind)));
        let counted = COUNTED.map(|(what, _)| Problem::TooMany { what, limit: 1 });
        for problem in all.into_iter().chain(kinds).chain(counted) {
            let refusal = Refusal::new(Place::file("word/document.xml").line(2), problem.clone());
            let back = decode(&encode(&Err(refusal)), &Limits::STANDARD).unwrap_err();
            assert_eq!(back.problem(), &problem);
            let place = &back.faults().next().unwrap().place;
            assert_eq!((place.field.as_deref(), place.line), (Some("word/document.xml"), Some(2)));
        }
        for bad in [&b""[..], b"{}", b"{\"document\":{", b"{\"refused\":{\"why\":{\"kind\":\"?\"}}}"] {
            assert!(matches!(
                decode(bad, &Limits::STANDARD).unwrap_err().problem(),
                Problem::Unreadable(Unreadable::Died { .. })
            ));
        }
    }
}
