//! Blinding (匿名处理): from an application to a packet that names nobody.
//!
//! A packet is built from the form's list of fields: what is not listed is
//! absent, what was not proved is absent, and every text that goes in has been
//! masked first, whatever field it is. Then the detector reads it again.

mod figures;
mod shown;

use std::collections::BTreeMap;

use crate::base::PacketCode;
use crate::domain::application::Application;
use crate::domain::form::{Blind, FieldKind, Form};
use crate::domain::leak::{Decision, Hit, Leak, LeakKind, Level, Masked, SourceLeak};
use crate::domain::packet::{Packet, Section, Value};

use super::found::Found;
use super::redact::{Finder, mask};
use super::{detect, names};

/// An application with its code.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The code drawn for it.
    pub code: &'a PacketCode,
    /// It.
    pub application: &'a Application,
    /// What the secretary says it is called too; with `-` first, what it is not.
    pub aliases: &'a [String],
}

/// A packet as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blinded {
    /// The packet.
    pub packet: Packet,
    /// What was masked in it.
    pub masked: Vec<Masked>,
    /// What in it may still say whose it is.
    pub leaks: Vec<Leak>,
    /// What the source carries beside its text; what names the applicant first.
    pub sources: Vec<SourceLeak>,
}

/// Sections of running text are the fields of the plan.
const PLAN: &str = "plan.";

/// Makes the packets of a round, all at once: each is searched for the names of
/// every applicant. What was decided on earlier leaks is done.
#[must_use]
pub fn blind(cases: &[Case<'_>], form: &Form, decided: &[Hit]) -> Vec<Blinded> {
    let known: Vec<_> = cases.iter().map(|case| names::of(case.application, case.aliases)).collect();
    let finder = Finder::new(&known);
    let mut made: Vec<Blinded> = cases
        .iter()
        .enumerate()
        .map(|(applicant, case)| Maker { finder: &finder, applicant, case, decided, masked: Vec::new() }.make(form))
        .collect();
    figures::unique(form, &mut made);
    made
}

/// Whether a text names an applicant of the round, or anybody of theirs.
#[must_use]
pub fn names_somebody(cases: &[Case<'_>], text: &str) -> bool {
    let known: Vec<_> = cases.iter().map(|case| names::of(case.application, case.aliases)).collect();
    let finder = Finder::new(&known);
    (0..cases.len()).any(|applicant| finder.find(text, applicant).iter().any(|found| found.certain))
}

/// One packet in the making.
struct Maker<'a> {
    finder: &'a Finder,
    applicant: usize,
    case: &'a Case<'a>,
    decided: &'a [Hit],
    masked: Vec<Masked>,
}

impl Maker<'_> {
    fn make(mut self, form: &Form) -> Blinded {
        let application = self.case.application;
        let mut packet = Packet { code: self.case.code.clone(), fields: BTreeMap::new(), sections: Vec::new() };
        for field in form.fields().iter().filter(|field| field.blind.may_show()) {
            let Some(value) = application.value(&field.id) else { continue };
            let value = match field.blind {
                Blind::Mask => shown::part(&field.id, value, names::unit_name(application).as_deref()),
                _ => Some(value.clone()),
            };
            let Some(value) = value.and_then(|value| self.clean(&field.id, value)) else { continue };
            match value {
                Value::Text(text) if field.kind == FieldKind::LongText && field.id.starts_with(PLAN) => {
                    packet.sections.push(Section { id: field.id.clone(), title: field.zh.clone(), text });
                }
                value => {
                    packet.fields.insert(field.id.clone(), value);
                }
            }
        }
        even_columns(&mut packet);
        let leaks = self.leaks(&packet);
        let sources = self.sources();
        Blinded { packet, masked: self.masked, leaks, sources }
    }

    /// A value without what names somebody; nothing where it is empty.
    fn clean(&mut self, field: &str, value: Value) -> Option<Value> {
        match value {
            Value::Text(text) => {
                let text = self.mask(field, &text);
                (!text.trim().is_empty()).then_some(Value::Text(text))
            }
            Value::List(cells) => {
                let mut clean = Vec::with_capacity(cells.len());
                for (at, cell) in cells.into_iter().enumerate() {
                    let cell = cell.map(|cell| self.mask(&format!("{field}[{at}]"), &cell));
                    clean.push(cell.filter(|cell| !cell.trim().is_empty()));
                }
                (!clean.is_empty()).then_some(Value::List(clean))
            }
            other => Some(other),
        }
    }

    fn mask(&mut self, field: &str, text: &str) -> String {
        let text = visible(text);
        let found = self.finder.find(&text, self.applicant);
        let (mut text, masked) = mask(field, &text, &found);
        self.masked.extend(masked);
        for hit in self.decided {
            let here = hit.code == *self.case.code && hit.field == field;
            let wanted = match hit.decision {
                Some(Decision::Mask) => here,
                Some(Decision::MaskEverywhere) => true,
                // The name itself is on the list; what was hit goes whatever the list makes of it.
                Some(Decision::Alias) => hit.code == *self.case.code,
                Some(Decision::Release) | None => false,
            };
            if wanted && !hit.text.is_empty() {
                let found: Vec<Found> = places(&text, &hit.text, hit.kind);
                let (clean, masked) = mask(field, &text, &found);
                text = clean;
                self.masked.extend(masked);
            }
        }
        text
    }

    /// What the packet still holds.
    fn leaks(&self, packet: &Packet) -> Vec<Leak> {
        let mut leaks = Vec::new();
        for (field, text) in texts(packet) {
            let chars: Vec<char> = text.chars().collect();
            let mut add = |found: Found, level: Level| {
                let text = chars.get(found.place.clone()).map(|chars| chars.iter().collect()).unwrap_or_default();
                let leak = Leak {
                    field: field.clone(),
                    offset: found.place.start,
                    kind: found.kind,
                    text,
                    level,
                    certain: found.certain,
                };
                leaks.push(leak);
            };
            let mut register = self.finder.find(&text, self.applicant);
            register.extend(self.finder.taken_apart(&text, self.applicant));
            let register = super::redact::merged(register);
            let free = |found: &Found, taken: &[Found]| {
                taken.iter().all(|taken| found.place.end <= taken.place.start || taken.place.end <= found.place.start)
            };
            let generic: Vec<Found> = detect::all(&text).into_iter().filter(|found| free(found, &register)).collect();
            let stems = self.finder.bare_stems(&text, self.applicant);
            let stems: Vec<Found> =
                stems.into_iter().filter(|found| free(found, &register) && free(found, &generic)).collect();
            for found in register {
                add(found, Level::Block);
            }
            for found in generic.into_iter().chain(stems) {
                add(found, Level::Warn);
            }
        }
        leaks.sort();
        leaks
    }

    /// What the source carries, held against the register.
    fn sources(&self) -> Vec<SourceLeak> {
        let mut sources: Vec<SourceLeak> = self
            .case
            .application
            .carriers
            .iter()
            .map(|carrier| SourceLeak {
                kind: carrier.kind,
                place: carrier.place.clone(),
                text: carrier.text.clone(),
                names: !self.finder.find(&carrier.text, self.applicant).is_empty()
                    || !self.finder.bare_stems(&carrier.text, self.applicant).is_empty(),
            })
            .collect();
        sources.sort_by_key(|source| !source.names);
        sources
    }
}

/// The text without what nobody sees, and without the marks that reading put in
/// its place: a name must not hide behind either.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('‹') {
        out.push_str(before);
        match after.split_once('›') {
            Some((mark, behind)) if mark.starts_with("U+") && mark.len() <= 8 => rest = behind,
            _ => {
                out.push('‹');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| !crate::base::clean::is_unsafe(*c)).collect()
}

/// Every place of exactly this text.
fn places(text: &str, wanted: &str, kind: LeakKind) -> Vec<Found> {
    let length = wanted.chars().count();
    let start = |byte: usize| text.get(..byte).map_or(0, |before| before.chars().count());
    text.match_indices(wanted)
        .map(|(byte, _)| Found { place: start(byte)..start(byte).saturating_add(length), kind, certain: true })
        .collect()
}

/// Columns of one table are equally long, also where one of them lost its last cells.
fn even_columns(packet: &mut Packet) {
    let group = |id: &str| id.split_once("[].").map(|(group, _)| group.to_owned());
    let mut longest: BTreeMap<String, usize> = BTreeMap::new();
    for (id, value) in &packet.fields {
        if let (Some(group), Value::List(cells)) = (group(id), value) {
            let length = longest.entry(group).or_default();
            *length = cells.len().max(*length);
        }
    }
    for (id, value) in &mut packet.fields {
        if let (Some(length), Value::List(cells)) = (group(id).and_then(|group| longest.get(&group)), value) {
            cells.resize(*length, None);
        }
    }
}

/// Every text of a packet, with the name of its place.
#[must_use]
pub fn texts(packet: &Packet) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (id, value) in &packet.fields {
        match value {
            Value::Text(text) => out.push((id.clone(), text.clone())),
            Value::List(cells) => {
                let cells = cells.iter().enumerate();
                out.extend(cells.filter_map(|(at, cell)| Some((format!("{id}[{at}]"), cell.clone()?))));
            }
            Value::Number(_) | Value::Bool(_) => {}
        }
    }
    out.extend(packet.sections.iter().map(|section| (section.id.clone(), section.text.clone())));
    out
}

#[cfg(test)]
mod tests;
