//! Heads of the log (存证码) that are kept elsewhere: in the file beside it, in
//! an auditor's notes, on documents. Each must occur in the log; a log that was
//! cut back or written anew lacks one.

use std::collections::BTreeMap;

use crate::base::digest::SIGNS;
use crate::base::keys::plain_key;
use crate::base::{Digest, Problem, Refusal, Result};

use super::words::{Part, say};
use super::{Audit, Check, Evidence, Link, Signer};
use crate::workflow::packets::read_file;
use crate::workflow::round::head;

/// A head as somebody noted it.
pub(super) struct Noted {
    signs: String,
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Whole,
    Short,
    Receipt,
}

impl Noted {
    /// Reads 64 or 16 hex digits, or the 8 signs of a 存证码, in either width,
    /// with or without blanks and hyphens.
    ///
    /// # Errors
    /// None of these.
    pub(super) fn read(text: &str) -> Result<Self> {
        let plain: String = text
            .chars()
            .map(plain_key)
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
            .collect();
        let hex = plain.bytes().all(|byte| byte.is_ascii_hexdigit());
        let upper = plain.to_ascii_uppercase();
        let form = match plain.len() {
            64 if hex => Form::Whole,
            16 if hex => Form::Short,
            8 if upper.bytes().all(|byte| SIGNS.contains(&byte)) => Form::Receipt,
            _ => return Err(Problem::BadHead { text: crate::base::clean::clean_line(text) }.into()),
        };
        let signs = match form {
            Form::Receipt => {
                let (first, last) = upper.split_at_checked(4).unwrap_or_default();
                format!("{first}-{last}")
            }
            Form::Whole | Form::Short => plain.to_ascii_lowercase(),
        };
        Ok(Self { signs, form })
    }

    fn fits(&self, hash: &Digest) -> bool {
        match self.form {
            Form::Whole => hash.to_string() == self.signs,
            Form::Short => hash.short() == self.signs,
            Form::Receipt => hash.receipt() == self.signs,
        }
    }
}

/// Judges the head file, the head noted, and those printed on exports.
pub(super) fn check(evidence: &Evidence, since: Option<&Noted>, audit: &mut Audit) {
    beside(evidence, audit);
    if let Some(noted) = since {
        noted_earlier(evidence, noted, audit);
    }
    printed(evidence, audit);
}

fn beside(evidence: &Evidence, audit: &mut Audit) {
    const FILE: &str = "round.head";
    audit.looked(Check::Head, 1);
    let head = match head::read(&evidence.dir) {
        Ok(head) => head,
        Err(refusal) => {
            let said = match refusal.problem() {
                Problem::NotFound => say!(head_missing),
                problem => say!(head_bad, Refusal::from(problem.clone())),
            };
            audit.find(Check::Head, FILE, said, None);
            return;
        }
    };
    let secretary = evidence.state.secretary.as_ref().map(|keys| keys.verify);
    let who = if Some(head.signer) == secretary {
        Some(Signer::Secretary)
    } else if Some(head.signer) == evidence.state.desk {
        Some(Signer::Desk)
    } else {
        audit.find(Check::Head, FILE, say!(head_signer), None);
        None
    };
    let who = who.map(|name| super::Who { name, seq: None });
    if Some(head.round) != evidence.state.id {
        audit.find(Check::Head, FILE, say!(head_round, head.round.short()), who.clone());
    }
    let length = evidence.links.last().map_or(0, |link| link.seq);
    let there = evidence.links.iter().find(|link| link.seq == head.length);
    if head.length > length {
        let said = say!(head_cut, length.to_string(), head.length.to_string());
        audit.find(Check::Head, FILE, said, who);
    } else if there.is_none_or(|link| link.hash != head.head) {
        audit.find(Check::Head, FILE, say!(head_other, head.length.to_string()), who);
    } else if head.length < length {
        audit.note(Check::Head, FILE, say!(head_behind, head.length.to_string(), length.to_string()));
    }
}

fn noted_earlier(evidence: &Evidence, noted: &Noted, audit: &mut Audit) {
    audit.looked(Check::Since, 1);
    let Some(link) = evidence.links.iter().find(|link| noted.fits(&link.hash)) else {
        audit.find(Check::Since, "round.db", say!(since_lost, noted.signs.clone()), None);
        return;
    };
    let after = || evidence.links.iter().filter(|other| other.seq > link.seq);
    let mut by: BTreeMap<&str, usize> = BTreeMap::new();
    for link in after() {
        *by.entry(&link.actor).or_default() += 1;
    }
    let by: Vec<(Signer, usize)> = by.iter().map(|(actor, many)| (Signer::of(actor), *many)).collect();
    let by = if by.is_empty() { Part::from(String::new()) } else { say!(since_by, by).into() };
    let said = say!(since_found, noted.signs.clone(), link.seq.to_string(), after().count().to_string(), by);
    audit.note(Check::Since, link.place(), said);
}

/// Codes printed in exports and papers, behind the words 存证码.
fn printed(evidence: &Evidence, audit: &mut Audit) {
    let known: std::collections::BTreeSet<String> = evidence.links.iter().map(|link| link.hash.receipt()).collect();
    for file in super::files::in_folder(&evidence.dir, "exports") {
        let Some(path) = super::files::inside(&evidence.dir, &file) else { continue };
        let Ok(bytes) = read_file(&path, 8 << 20) else { continue };
        for code in codes(&String::from_utf8_lossy(&bytes)) {
            audit.looked(Check::Witnesses, 1);
            if !known.contains(&code) {
                let who = keeper(evidence, &file).map(Link::who);
                audit.find(Check::Witnesses, file.clone(), say!(witness_export, code), who);
            }
        }
    }
}

/// The last event that keeps a file.
fn keeper<'a>(evidence: &'a Evidence, file: &str) -> Option<&'a Link> {
    super::files::kept(evidence).get(file).and_then(|kept| kept.last().map(|(_, link)| *link))
}

/// What stands behind 存证码 in a text, where it is a code.
fn codes(text: &str) -> Vec<String> {
    let mut codes = Vec::new();
    for after in text.split("存证码").skip(1) {
        let code: String =
            after.chars().skip_while(|c| matches!(c, '：' | ':' | ',' | ' ' | '"' | '|')).take(9).collect();
        let fits = code.len() == 9
            && code.char_indices().all(|(at, c)| {
                if at == 4 { c == '-' } else { u8::try_from(c).is_ok_and(|byte| SIGNS.contains(&byte)) }
            });
        if fits {
            codes.push(code);
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_known_in_each_of_its_forms() {
        let hash = Digest::of(b"x");
        let upper = hash.to_string().to_uppercase();
        let wide = hash.receipt().replace('-', "－").to_lowercase();
        for text in [
            hash.to_string(),
            hash.short(),
            format!("  {upper} "),
            hash.receipt(),
            wide,
            hash.receipt().replace('-', ""),
        ] {
            assert!(Noted::read(&text).is_ok_and(|noted| noted.fits(&hash)), "{text}");
            assert!(!Noted::read(&text).is_ok_and(|noted| noted.fits(&Digest::of(b"y"))), "{text}");
        }
        for text in ["", "0000-0000", "7F3K-22Q", "zz", "E03", &hash.to_string()[..63]] {
            assert!(Noted::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn codes_are_found_wherever_a_document_prints_them() {
        let code = Digest::of(b"x").receipt();
        assert_eq!(codes(&format!("存证码,{code}\r\n- 存证码：{code}\n存证码：无\n存证码")), [code.clone(), code]);
    }
}
