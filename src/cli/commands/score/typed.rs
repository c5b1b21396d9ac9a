//! A line as scripts and people type it, read as an act: `A-07 A1 3.5`,
//! `remark A-07 A1 …`, `vote A-07 recommend`, `recuse A-07 kin …`, `undo`.

use crate::base::clean::{clean, clean_line};
use crate::base::points::{self, Points};
use crate::base::{CriterionId, PacketCode, Problem};
use crate::domain::desk::Act;
use crate::domain::sheet::{Ground, Vote};

/// Longest text of a remark or opinion, in characters.
const LONGEST: usize = crate::base::Limits::STANDARD.remark;

/// A line, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    /// What it asks for.
    pub act: Act,
    /// How it is echoed: the tokens as typed, without free text.
    pub echo: String,
}

/// A line that could not be read: how it is echoed, and why not.
pub(super) type NotRead = (String, Problem);

/// Cuts the next word off.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_once(char::is_whitespace).map_or((text, ""), |(word, rest)| (word, rest.trim_start()))
}

/// The names of the grounds, as in sheets.
const GROUNDS: [(&str, Ground); 9] = [
    ("employer", Ground::Employer),
    ("officer", Ground::Officer),
    ("holder", Ground::Holder),
    ("kin", Ground::Kin),
    ("collaborator", Ground::Collaborator),
    ("advisor", Ground::Advisor),
    ("service", Ground::Service),
    ("rival", Ground::Rival),
    ("other", Ground::Other),
];

fn code(text: &str) -> Result<PacketCode, Problem> {
    PacketCode::parse(text).ok_or_else(|| Problem::BadCode { text: clean_line(text) })
}

fn criterion(text: &str) -> Result<CriterionId, Problem> {
    CriterionId::parse(text).ok_or_else(|| Problem::UnknownCriterion { id: clean_line(text) })
}

fn free(text: &str) -> Result<String, Problem> {
    if text.chars().count() > LONGEST {
        return Err(crate::base::limits::too_many(crate::base::limits::Counted::Characters, LONGEST));
    }
    Ok(clean(text.trim()).into_owned())
}

/// A mark as a person types it; blank is no mark, which is never zero.
pub(super) fn mark(text: &str) -> Result<Points, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::NoMark);
    }
    points::typed(text)
        .and_then(|text| Points::parse(&text))
        .map_err(|why| Problem::BadPoints { text: clean_line(text), why })
}

/// Reads a line that is neither blank nor a comment.
pub(super) fn read(line: &str) -> Result<Typed, NotRead> {
    let (first, rest) = word(line);
    let (second, after) = word(rest);
    let (third, last) = word(after);
    let echo = |parts: &[&str]| {
        parts.iter().filter(|part| !part.is_empty()).map(|part| clean_line(part)).collect::<Vec<_>>().join(" ")
    };
    let (echoed, act) = match first {
        "undo" => (echo(&[first]), alone(rest, Act::Undo, "undo")),
        "redo" => (echo(&[first]), alone(rest, Act::Redo, "redo")),
        "remark" => (echo(&[first, second, third]), remark(second, third, last)),
        "opinion" => (echo(&[first, second]), opinion(second, after)),
        "vote" => (echo(&[first, second, third]), vote(second, after.trim())),
        "recuse" => (echo(&[first, second, third]), recuse(second, third, last)),
        "confirm" => (echo(&[first, second, third]), confirm(second, after.trim())),
        "clear" => (echo(&[first, second, third]), clear(second, after.trim())),
        _ => (echo(&[first, second, after.trim_end()]), give(first, second, after)),
    };
    let echo = crate::base::text::cut(&echoed, 200);
    match act {
        Ok(act) => Ok(Typed { act, echo }),
        Err(problem) => Err((echo, problem)),
    }
}

fn alone(rest: &str, act: Act, wanted: &'static str) -> Result<Act, Problem> {
    if rest.trim().is_empty() { Ok(act) } else { Err(Problem::BadLine { wanted }) }
}

fn give(packet: &str, id: &str, points: &str) -> Result<Act, Problem> {
    if id.is_empty() {
        return Err(Problem::BadLine { wanted: "A-07 A1 3.5" });
    }
    Ok(Act::Mark { code: code(packet)?, criterion: criterion(id)?, points: Some(mark(points)?) })
}

fn remark(packet: &str, id: &str, text: &str) -> Result<Act, Problem> {
    if id.is_empty() {
        return Err(Problem::BadLine { wanted: "remark A-07 A1 TEXT" });
    }
    Ok(Act::Remark { code: code(packet)?, criterion: criterion(id)?, text: free(text)? })
}

fn opinion(packet: &str, text: &str) -> Result<Act, Problem> {
    if packet.is_empty() {
        return Err(Problem::BadLine { wanted: "opinion A-07 TEXT" });
    }
    Ok(Act::Opinion { code: code(packet)?, text: free(text)? })
}

fn vote(packet: &str, said: &str) -> Result<Act, Problem> {
    let vote = match said {
        "recommend" | "推荐" => Some(Vote::Recommend),
        "not" | "不推荐" => Some(Vote::Not),
        "none" | "未定" => None,
        "" => return Err(Problem::BadLine { wanted: "vote A-07 recommend" }),
        other => {
            return Err(Problem::BadChoice {
                text: clean_line(other),
                choices: "recommend, not, none; 推荐, 不推荐, 未定".to_owned(),
            });
        }
    };
    Ok(Act::Vote { code: code(packet)?, vote })
}

fn recuse(packet: &str, ground: &str, text: &str) -> Result<Act, Problem> {
    if ground.is_empty() {
        return Err(Problem::BadLine { wanted: "recuse A-07 employer TEXT" });
    }
    let code = code(packet)?;
    if ground == "none" {
        return Ok(Act::Recuse { code, recusal: None });
    }
    let known = GROUNDS.iter().find(|(name, _)| *name == ground).map(|(_, ground)| *ground);
    let choices = || GROUNDS.iter().map(|(name, _)| *name).chain(["none"]).collect::<Vec<_>>().join(", ");
    let ground = known.ok_or_else(|| Problem::BadChoice { text: clean_line(ground), choices: choices() })?;
    Ok(Act::Recuse { code, recusal: Some((ground, free(text)?)) })
}

fn confirm(packet: &str, id: &str) -> Result<Act, Problem> {
    if id.is_empty() {
        return Err(Problem::BadLine { wanted: "confirm A-07 A1" });
    }
    Ok(Act::Confirm { code: code(packet)?, criterion: criterion(id)? })
}

fn clear(packet: &str, id: &str) -> Result<Act, Problem> {
    if id.is_empty() {
        return Err(Problem::BadLine { wanted: "clear A-07 A1" });
    }
    Ok(Act::Mark { code: code(packet)?, criterion: criterion(id)?, points: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(line: &str) -> Option<String> {
        match read(line).ok()?.act {
            Act::Mark { points, .. } => points.map(|points| points.to_string()),
            _ => None,
        }
    }

    #[test]
    fn marks_are_read_as_meant_and_echoed_as_typed() {
        for line in ["A-07 A1 3.5", "  A-07\tA1   ３．５ ", "A-07 A1 3。5分", "A-07　A1　3.50 分"] {
            assert_eq!(points(line).as_deref(), Some("3.5"), "{line}");
        }
        assert_eq!(read("A-07  A1  ３．５").unwrap().echo, "A-07 A1 ３．５");
        for (line, echo) in [
            ("A-07 A1", "A-07 A1"),
            ("A-07 A1 -1", "A-07 A1 -1"),
            ("A-07", "A-07"),
            ("undo 2", "undo"),
            ("A-07 A1 1e1 x", "A-07 A1 1e1 x"),
        ] {
            assert_eq!(read(line).unwrap_err().0, echo, "{line}");
        }
    }

    #[test]
    fn words_do_the_rest() {
        assert!(matches!(read("vote A-07 不推荐").unwrap().act, Act::Vote { vote: Some(Vote::Not), .. }));
        assert!(matches!(
            read("recuse A-07 kin 近亲属").unwrap().act,
            Act::Recuse { recusal: Some((Ground::Kin, _)), .. }
        ));
        assert!(matches!(read("recuse A-07 none").unwrap().act, Act::Recuse { recusal: None, .. }));
        assert!(matches!(read("clear A-07 A1").unwrap().act, Act::Mark { points: None, .. }));
        let Act::Remark { text, .. } = read("remark A-07 A1 到账凭证缺  不给优").unwrap().act else {
            panic!("a remark")
        };
        assert_eq!(text, "到账凭证缺  不给优");
        for wrong in ["recuse A-07 friend", "vote A-07 maybe", "opinion", "remark A-07", "redo now"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
