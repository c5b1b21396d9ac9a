//! Masking (遮去): the register's strings found in a text and replaced by what
//! they are, the longest first, so that 【本单位】 stands where the whole name
//! stood and not a piece of it.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;

use crate::domain::leak::{LeakKind, Masked};

use super::detect::{self, city_fits};
use super::found::{Found, without_overlaps};
use super::names::{How, Known};
use super::view::{View, Without, spelled};
use super::words::{INTRODUCES, TITLES, is_han};

/// Strings looked for in one view, with whose they are.
#[derive(Debug)]
struct Searcher {
    without: Without,
    automaton: AhoCorasick,
    owners: Vec<Vec<(usize, Known)>>,
}

impl Searcher {
    fn new(without: Without, strings: BTreeMap<String, Vec<(usize, Known)>>) -> Option<Self> {
        let (texts, owners): (Vec<String>, Vec<_>) = strings.into_iter().unzip();
        Some(Self { without, automaton: AhoCorasick::new(&texts).ok()?, owners })
    }
}

/// Everything that names an applicant of the round, to be looked for at once.
#[derive(Debug)]
pub(super) struct Finder {
    exact: Vec<Searcher>,
    loose: Option<Searcher>,
}

/// Shortest name that is looked for with signs strewn into it.
const LEAST_LOOSE: usize = 4;

impl Finder {
    /// A finder of these strings, one list an applicant.
    pub(super) fn new(all: &[Vec<Known>]) -> Self {
        let mut by_view: [BTreeMap<String, Vec<(usize, Known)>>; 2] = Default::default();
        let mut loose: BTreeMap<String, Vec<(usize, Known)>> = BTreeMap::new();
        let [blanks, signs] = &mut by_view;
        for (owner, strings) in all.iter().enumerate() {
            for known in strings {
                let map = if known.how.without() == Without::Signs { &mut *signs } else { &mut *blanks };
                map.entry(known.text.clone()).or_default().push((owner, known.clone()));
                let text = spelled(&known.text, Without::Signs);
                if known.certain
                    && text.chars().count() >= LEAST_LOOSE
                    && (text.chars().any(is_han) || known.how == How::Word)
                {
                    loose.entry(text).or_default().push((owner, known.clone()));
                }
            }
        }
        let [blanks, signs] = by_view;
        let exact = [(Without::Blanks, blanks), (Without::Signs, signs)];
        Self {
            exact: exact.into_iter().filter_map(|(without, map)| Searcher::new(without, map)).collect(),
            loose: Searcher::new(Without::Signs, loose),
        }
    }

    /// What names somebody in a text of this applicant: places that do not
    /// overlap, in order.
    pub(super) fn find(&self, text: &str, applicant: usize) -> Vec<Found> {
        let mut found = Vec::new();
        for searcher in &self.exact {
            let view = View::of(text, searcher.without);
            for hit in searcher.automaton.find_overlapping_iter(view.text()) {
                let place = view.place(hit.range());
                let owners = searcher.owners.get(hit.pattern().as_usize()).map_or(&[][..], Vec::as_slice);
                let own = owners.iter().filter(|(owner, _)| *owner == applicant);
                let fits =
                    own.map(|(_, known)| (known, known.kind)).find(|(known, _)| fits(known, &view, &hit, &place));
                let fits = fits.or_else(|| {
                    let others = owners.iter().filter(|(owner, known)| *owner != applicant && of_others(known));
                    let mut others = others.map(|(_, known)| (known, others_kind(known.kind)));
                    others.find(|(known, _)| self::fits(known, &view, &hit, &place))
                });
                if let Some((known, kind)) = fits {
                    found.push(Found { place, kind, certain: known.certain });
                }
            }
        }
        widen(text, &mut found);
        merged(found)
    }

    /// Names that are there once every sign between their characters is left
    /// out: somebody took them apart, or a line break did.
    pub(super) fn taken_apart(&self, text: &str, applicant: usize) -> Vec<Found> {
        let Some(searcher) = &self.loose else { return Vec::new() };
        let view = View::of(text, Without::Signs);
        let mut found = Vec::new();
        for hit in searcher.automaton.find_overlapping_iter(view.text()) {
            let owners = searcher.owners.get(hit.pattern().as_usize()).map_or(&[][..], Vec::as_slice);
            let own = owners.iter().find(|(owner, _)| *owner == applicant).map(|(_, known)| known.kind);
            let kind = own.or_else(|| {
                let other = owners.iter().find(|(_, known)| of_others(known));
                other.map(|(_, known)| others_kind(known.kind))
            });
            let place = view.place(hit.range());
            let letters = owners.iter().all(|(_, known)| known.how == How::Word && !known.text.chars().any(is_han));
            if let Some(kind) = kind.filter(|_| !letters || dotted(&view, &place)) {
                found.push(Found { place, kind, certain: false });
            }
        }
        merged(found)
    }

    /// Short forms of two characters that stand where they may be a word.
    pub(super) fn bare_stems(&self, text: &str, applicant: usize) -> Vec<Found> {
        let Some(searcher) = self.exact.first() else { return Vec::new() };
        let view = View::of(text, Without::Blanks);
        let mut found = Vec::new();
        for hit in searcher.automaton.find_overlapping_iter(view.text()) {
            let owners = searcher.owners.get(hit.pattern().as_usize()).map_or(&[][..], Vec::as_slice);
            let stem = |known: &Known| known.how == How::Stem && known.certain;
            if owners.iter().any(|(owner, known)| *owner == applicant && stem(known)) {
                found.push(Found { place: view.place(hit.range()), kind: LeakKind::Abbreviation, certain: false });
            }
        }
        without_overlaps(found)
    }
}

/// Whether another applicant's string is looked for at all: what is certain and
/// long enough to be nobody else's.
fn of_others(known: &Known) -> bool {
    let sure = !matches!(known.how, How::Stem | How::Titled | How::City | How::Digits);
    known.certain && sure && known.text.chars().count() >= 3
}

const fn others_kind(kind: LeakKind) -> LeakKind {
    match kind {
        LeakKind::UnitName | LeakKind::Abbreviation => LeakKind::OtherApplicant,
        LeakKind::Lead | LeakKind::Contact | LeakKind::LegalRep => LeakKind::Person,
        other => other,
    }
}

/// Characters that make another word of the last one of a short name.
fn makes_a_word(last: Option<char>, next: Option<char>) -> bool {
    let (Some(last), Some(next)) = (last, next) else { return false };
    match last {
        '大' => "力量规型会家幅约多数众胆批体概小部致局额".contains(next),
        '所' => "有需属在提示得做能处以谓述".contains(next),
        _ => false,
    }
}

/// What makes a name of two characters.
const NAME_OF_STEM: [&str; 10] = ["大", "院", "所", "校", "模式", "经验", "特色", "品牌", "精神", "人才"];
/// The same, of two characters that may be a word.
const NAME_OF_DOUBTFUL: [&str; 5] = ["模式", "经验", "特色", "品牌", "精神"];

fn is_latin(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}'))
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '\u{ff10}'..='\u{ff19}'))
}

/// Whether letters in capitals stand in a longer word as a part of it: QRUTIP,
/// `QRUTip`, `iQRUT`. In small letters they are syllables of any word.
fn glued(name: &str, original: &str, before: Option<char>, behind: Option<char>) -> bool {
    let capital = |c: char| c.is_ascii_uppercase() || matches!(c, '\u{ff21}'..='\u{ff3a}');
    let inside = |c: Option<char>| c.is_some_and(capital);
    let letters = || original.chars().filter(|c| c.is_alphabetic());
    let shown = letters().count() >= 3 && letters().all(capital);
    // Of three letters many words are made: only where the case changes on both sides.
    let least = if name.chars().count() >= LEAST_LOOSE { 1 } else { 2 };
    let parted = [before, behind].into_iter().filter(|c| !inside(*c)).count();
    shown && parted >= least
}

/// Whether a name in letters was taken apart, a sign behind every letter: Q.R.U.T.
fn dotted(view: &View, place: &Range<usize>) -> bool {
    let original: Vec<char> = view.original(place).chars().collect();
    let signs = original.windows(2).all(|two| match two {
        [a, b] => a.is_alphanumeric() != b.is_alphanumeric(),
        _ => true,
    });
    signs && !is_latin(view.before(place)) && !is_latin(view.behind(place))
}

fn fits(known: &Known, view: &View, hit: &aho_corasick::Match, place: &Range<usize>) -> bool {
    let length = known.text.chars().count();
    let original = view.original(place);
    let (before, behind) = (view.before(place), view.behind(place));
    let one_line = length >= LEAST_LOOSE || !original.contains('\n');
    match known.how {
        How::Anywhere => one_line,
        How::Name if known.kind == LeakKind::City => one_line && city_fits(&known.text, before, behind),
        How::Name => {
            let safe = known.certain && length >= LEAST_LOOSE;
            one_line && (safe || !makes_a_word(known.text.chars().last(), behind))
        }
        How::Word => {
            let digits = known.text.chars().last().is_some_and(|c| c.is_ascii_digit());
            let open = !is_latin(before) && !is_latin(behind);
            (open || glued(&known.text, &original, before, behind))
                && !(digits && (is_digit(before) || is_digit(behind)))
                && (length >= 4 || one_line)
        }
        How::Stem => {
            let next = view.right(hit.end(), 3);
            let makes: &[&str] = if known.certain { &NAME_OF_STEM } else { &NAME_OF_DOUBTFUL };
            let named = makes.iter().any(|word| {
                next.strip_prefix(word).is_some_and(|rest| !makes_a_word(word.chars().last(), rest.chars().next()))
            });
            let quoted =
                before.is_some_and(|c| "“\"「『《‘'".contains(c)) && behind.is_some_and(|c| "”\"」』》’'".contains(c));
            !original.contains('\n') && (named || quoted)
        }
        How::Titled => {
            let next = view.right(hit.end(), 4);
            let left = view.left(hit.start(), 7);
            let left = left.trim_end_matches([':', '：']);
            let titled = TITLES.iter().take(TITLED).any(|title| next.starts_with(title));
            titled || INTRODUCES.iter().any(|word| left.ends_with(word))
        }
        How::City => behind == Some('市'),
        How::Number => true,
        How::Digits => {
            let inside = original.chars().all(|c| !is_han(c) && (c.is_alphanumeric() || " -－–—\u{3000}".contains(c)));
            let amount = behind.is_some_and(|c| "元万件家人项个次亿%％".contains(c));
            let point = |c: Option<char>| c.is_some_and(|c| matches!(c, '.' | '．' | ','));
            let alone = !is_digit(before) && !is_digit(behind) && !point(before) && (!point(behind) || length >= 7);
            inside && alone && !amount
        }
    }
}

/// Titles that tell a person from a word; those behind them may follow a word too.
const TITLED: usize = 33;

/// Widens what is part of a mail address, a site or a document's number to the
/// whole of it.
fn widen(text: &str, found: &mut Vec<Found>) {
    if found.is_empty() {
        return;
    }
    let view = View::of(text, Without::Nothing);
    for whole in detect::wholes(&view) {
        let touches = |found: &Found| found.place.start < whole.place.end && whole.place.start < found.place.end;
        if found.iter().any(|found| touches(found) && found.place.len() < whole.place.len()) {
            found.push(Found { certain: true, ..whole });
        }
    }
}

/// Places that overlap as one, which is what the longest of them is: of no name
/// is a piece left.
pub(super) fn merged(mut found: Vec<Found>) -> Vec<Found> {
    found.retain(|found| !found.place.is_empty());
    found.sort_by_key(|found| (found.place.start, std::cmp::Reverse(found.place.end), !found.certain));
    let mut out: Vec<(Found, usize)> = Vec::new();
    for found in found {
        let length = found.place.len();
        match out.last_mut() {
            Some((last, longest)) if found.place.start < last.place.end => {
                last.place.end = last.place.end.max(found.place.end);
                last.certain |= found.certain;
                if length > *longest {
                    (last.kind, *longest) = (found.kind, length);
                }
            }
            _ => out.push((found, length)),
        }
    }
    out.into_iter().map(|(found, _)| found).collect()
}

/// The text with these places masked, and what was masked.
pub(super) fn mask(field: &str, text: &str, found: &[Found]) -> (String, Vec<Masked>) {
    if found.is_empty() {
        return (text.to_owned(), Vec::new());
    }
    let chars: Vec<char> = text.chars().collect();
    let piece =
        |place: Range<usize>| -> String { chars.get(place).map(|chars| chars.iter().collect()).unwrap_or_default() };
    let (mut out, mut masked, mut at) = (String::new(), Vec::new(), 0);
    for found in found {
        out.push_str(&piece(at..found.place.start));
        out.push_str(found.kind.label());
        masked.push(Masked {
            field: field.to_owned(),
            offset: found.place.start,
            kind: found.kind,
            text: piece(found.place.clone()),
        });
        at = found.place.end;
    }
    out.push_str(&piece(at..chars.len()));
    (out, masked)
}
