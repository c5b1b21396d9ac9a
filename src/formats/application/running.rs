//! Fields of running lines: cover, pledge and signatures (封面、承诺书、签章),
//! dates without a label, sentences that must stand as printed, and figures
//! that only the text gives.

use crate::domain::application::{Origin, Why};
use crate::domain::form::{FieldKind, Form};
use crate::domain::packet::Value;
use crate::domain::places::{Content, Find};

use super::amounts::{self, Measure, Reading};
use super::cells::{Asked, Known, asked};
use super::found::Found;
use super::labels::{between, hits, is_one_of, key, likeness};
use super::layout::{Layout, Line};
use super::{dates, numerals, values};

/// Reads them all.
pub(super) fn read(form: &Form, layout: &Layout, found: &mut Found) {
    lines(form, layout, found);
    days(form, layout, found);
    sentences(form, layout, found);
    narrative(form, layout, found);
    unsigned_seals(form, found);
}

/// `试点负责人： 魏一鸣 电话： 199…`, on one line or two.
fn lines(form: &Form, layout: &Layout, found: &mut Found) {
    let all = asked(form, Find::Line);
    let known = Known::of(form);
    let mut sections: Vec<&str> = all.iter().map(|(field, _)| field.section.as_str()).collect();
    sections.dedup();
    for section in sections {
        // Without its heading, only the cover is where it must be.
        if !layout.has_part(section) && form.places.parts.first().is_none_or(|part| part.section != section) {
            continue;
        }
        let here: Vec<Asked<'_>> = all.iter().copied().filter(|(field, _)| field.section == section).collect();
        let mut words: Vec<&str> = here.iter().flat_map(|(_, place)| place.labels.iter().map(String::as_str)).collect();
        words.extend(here.iter().flat_map(|(_, place)| place.after.iter().map(String::as_str)));
        let mut last: Option<String> = None;
        let (from, to) = layout.running(section, &form.places);
        for line in layout.lines.iter().filter(|line| (from..to).contains(&line.rank)) {
            let hits = hits(&line.text, &words);
            let ends = hits.iter().skip(1).map(|hit| hit.from).chain([usize::MAX]);
            for (hit, end) in hits.iter().zip(ends) {
                let label = words.get(hit.label).copied().unwrap_or_default();
                let named = here.iter().filter(|(_, place)| place.labels.iter().any(|l| key(l) == key(label)));
                let after = |place: &[String]| last.as_ref().is_some_and(|last| is_one_of(last, place));
                let mut named: Vec<Asked<'_>> = named.copied().collect();
                if named.iter().any(|(_, place)| !place.after.is_empty() && after(&place.after)) {
                    named.retain(|(_, place)| after(&place.after));
                } else {
                    named.retain(|(_, place)| place.after.is_empty() || key(label).chars().count() > 4);
                    last = Some(label.to_owned());
                }
                let Some((field, place)) = named.first() else { continue };
                let said = between(&line.text, hit.to, end);
                let (said, origin) =
                    if said.is_empty() { beside(layout, line, &known) } else { (said, line.origin.clone()) };
                let said = before_date(&said, place.content);
                let reading = match field.kind {
                    FieldKind::Bool if said.chars().any(char::is_alphanumeric) => Reading::Sure(Value::Bool(true)),
                    FieldKind::Bool => Reading::Empty,
                    _ => values::short(&said, place.content).map(Value::Text),
                };
                found.put(&field.id, reading, &said, origin, Why::Differs);
            }
        }
    }
}

/// A signature or seal without the date printed behind it.
fn before_date(said: &str, content: Content) -> String {
    if content == Content::Date || !said.contains('年') || !said.contains('月') {
        return said.to_owned();
    }
    let head: String = said
        .split("年")
        .next()
        .unwrap_or_default()
        .trim_end_matches(|c: char| {
            c.is_whitespace() || numerals::is_numeral(c) || matches!(c, '_' | '日' | '期' | ':' | '：')
        })
        .to_owned();
    head
}

/// The cell to the right of a label with nothing behind it.
fn beside(layout: &Layout, line: &Line, known: &Known) -> (String, Origin) {
    let nothing = (String::new(), line.origin.clone());
    let Some((grid, row, at)) = line.cell else { return nothing };
    let Some(grid) = layout.grids.get(grid) else { return nothing };
    match grid.spot(row, at + 1) {
        Some(spot) if !known.has(&spot.text) => (spot.text.trim().to_owned(), grid.origin(row, at + 1)),
        _ => nothing,
    }
}

/// Dates without a label: the last of the part, or of the row under a heading.
fn days(form: &Form, layout: &Layout, found: &mut Found) {
    for (field, place) in asked(form, Find::Date) {
        if !layout.has_part(&field.section) {
            continue;
        }
        let mut last: Option<(&Line, Reading<Value>)> = None;
        let (from, to) = layout.running(&field.section, &form.places);
        for line in layout.lines.iter().filter(|line| (from..to).contains(&line.rank)) {
            if !place.under.is_empty() && !under(layout, line, &place.under) {
                continue;
            }
            let Some(text) = dated(&line.text) else { continue };
            let reading = dates::read(&text).map(Value::Text);
            if reading != Reading::Empty {
                last = Some((line, reading));
            }
        }
        if let Some((line, reading)) = last {
            found.put(&field.id, reading, &line.text, line.origin.clone(), Why::Differs);
        }
    }
}

/// The date a line ends with, where it is one: `2023年5月29日`, `日期：2023.5.29`,
/// `（公章） 2023年5月29日`.
fn dated(line: &str) -> Option<String> {
    let text = crate::base::text::one_spelling(line);
    let text = text.trim();
    if text.chars().count() > 60 {
        return None;
    }
    let in_date = |c: char| {
        c.is_whitespace() || numerals::is_numeral(c) || matches!(c, '年' | '月' | '日' | '号' | '/' | '-' | '.')
    };
    let tail: String = text.chars().rev().take_while(|c| in_date(*c)).collect::<String>().chars().rev().collect();
    let tail = tail.trim();
    let full = tail.contains('年') || tail.matches(['.', '-', '/']).count() == 2;
    let labelled = key(text).starts_with("日期");
    (full || labelled).then(|| tail.to_owned()).filter(|tail| tail.chars().any(numerals::is_numeral))
}

/// Whether a line stands in a row under this heading.
fn under(layout: &Layout, line: &Line, headings: &[String]) -> bool {
    let Some((grid, row, at)) = line.cell else { return false };
    let Some(grid) = layout.grids.get(grid) else { return false };
    let is_heading = |text: &str| is_one_of(text, headings);
    (0..at).rev().any(|left| grid.spot(row, left).is_some_and(|spot| is_heading(&spot.text)))
        || grid.spot(row, at).is_some_and(|spot| spot.text.lines().next().is_some_and(is_heading))
        || row
            .checked_sub(1)
            .and_then(|r| grid.rows.get(r))
            .is_some_and(|above| above.iter().any(|s| is_heading(&s.text)) && above.len() == 1)
}

/// Sentences that must stand as printed.
fn sentences(form: &Form, layout: &Layout, found: &mut Found) {
    for (field, place) in asked(form, Find::Sentence) {
        for line in layout.lines.iter().filter(|line| layout.within(line.rank, &field.section)) {
            let said = key(&line.text);
            let reading = if place.labels.iter().any(|sentence| said.contains(&key(sentence))) {
                Reading::Sure(Value::Bool(true))
            } else if likeness(&line.text, &place.labels) >= 60 {
                Reading::Doubt(None, Why::NotAValue)
            } else {
                continue;
            };
            found.put(&field.id, reading, &line.text, line.origin.clone(), Why::Differs);
        }
    }
}

/// Figures the form has no box for, where its text gives them: `对接企业29家`.
fn narrative(form: &Form, layout: &Layout, found: &mut Found) {
    for (field, place) in asked(form, Find::Narrative) {
        let mut seen: Vec<(Value, String, Origin)> = Vec::new();
        for line in &layout.lines {
            let text: Vec<char> =
                crate::base::text::one_spelling(&line.text).chars().filter(|c| !c.is_whitespace()).collect();
            for pattern in &place.labels {
                let Some((head, tail)) = pattern.split_once("{}") else { continue };
                let (head, tail): (Vec<char>, Vec<char>) = (head.chars().collect(), tail.chars().collect());
                for at in 0..text.len() {
                    let Some(rest) = text.get(at..).and_then(|t| t.strip_prefix(head.as_slice())) else { continue };
                    let number: String = rest
                        .iter()
                        .take_while(|c| numerals::is_numeral(**c) || matches!(c, '余' | '多' | '约'))
                        .collect();
                    let behind = rest.get(number.chars().count()..).unwrap_or_default();
                    if number.is_empty() || !behind.starts_with(&tail) {
                        continue;
                    }
                    let figure = amounts::read(&number, Measure::of(&field.unit), None);
                    if let Reading::Sure(figure) | Reading::Doubt(Some(figure), _) = figure {
                        let value = Value::Number(figure.value);
                        if !seen.iter().any(|(known, ..)| *known == value) {
                            let said: String = text.iter().skip(at.saturating_sub(8)).take(40).collect();
                            seen.push((value, said, line.origin.clone()));
                        }
                    }
                }
            }
        }
        let why = if seen.len() > 1 { Why::Several } else { Why::Narrative };
        let said = seen.iter().map(|(_, said, _)| said.as_str()).collect::<Vec<_>>().join(" / ");
        if let Some((value, _, origin)) = seen.first() {
            found.put(&field.id, Reading::Doubt(Some(value.clone()), why), &said, origin.clone(), why);
        }
    }
}

/// A typed name on the seal's line proves no seal where nobody signed or dated
/// the paper it is on.
fn unsigned_seals(form: &Form, found: &mut Found) {
    let lines = asked(form, Find::Line);
    for (seal, _) in lines.iter().filter(|(field, _)| field.kind == FieldKind::Bool) {
        let same = |asked: &&Asked<'_>| asked.0.section == seal.section && asked.0.id != seal.id;
        let dates = asked(form, Find::Date);
        let beside: Vec<&Asked<'_>> = lines.iter().chain(&dates).filter(same).collect();
        if !beside.is_empty() && beside.iter().all(|(field, _)| !found.has(&field.id)) {
            found.doubt(&seal.id, Why::NotAValue);
        }
    }
}
