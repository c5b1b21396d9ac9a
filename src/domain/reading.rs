//! A whole packet to read (通读): the form's headings in the form's order, with
//! its tables, then the plan.

use super::evidence::{Fact, FigureTable, Table, fact, figure_row, repeated};
use super::figures::Figures;
use super::form::{FieldKind, Form};
use super::packet::Packet;

/// A part of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A heading; 1 is the form's section, 2 a field or section of the plan.
    Heading(u8, String),
    /// Figures by year.
    Figures(FigureTable),
    /// Single fields.
    Facts(Vec<Fact>),
    /// Repeated rows.
    Table(Table),
    /// A paragraph: the id of its section, its place there, its text.
    Paragraph(String, usize, String),
    /// A section that was left empty.
    Empty(String),
}

/// Lays a packet out as a document.
#[must_use]
pub fn document(form: &Form, packet: &Packet, figures: &Figures) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut section = "";
    let mut seen: Vec<String> = Vec::new();
    for field in form.fields().iter().filter(|field| field.blind.may_show()) {
        let in_plan = packet.sections.iter().any(|known| known.id == field.id);
        if in_plan || (field.kind == FieldKind::LongText && field.id.starts_with("plan.")) {
            continue;
        }
        let mut open = |parts: &mut Vec<Part>| {
            if section != field.section {
                section = &field.section;
                parts.push(Part::Heading(1, field.section.clone()));
            }
        };
        if let Some(pattern) = form.row_pattern(&field.id) {
            if seen.contains(&pattern) {
                continue;
            }
            open(&mut parts);
            let row = figure_row(form, packet, figures, field, &pattern);
            seen.push(pattern);
            match parts.last_mut() {
                Some(Part::Figures(table)) if table.title == field.group => table.rows.push(row),
                _ => parts.push(Part::Figures(FigureTable {
                    title: field.group.clone(),
                    columns: form.columns().map(str::to_owned).collect(),
                    rows: vec![row],
                })),
            }
        } else if let Some((prefix, _)) = field.id.split_once("[]") {
            if seen.iter().any(|known| known == prefix) {
                continue;
            }
            open(&mut parts);
            seen.push(prefix.to_owned());
            let ids: Vec<&String> = form
                .fields()
                .iter()
                .filter(|f| f.blind.may_show() && f.id.split_once("[]").is_some_and(|(p, _)| p == prefix))
                .map(|f| &f.id)
                .collect();
            parts.push(Part::Table(repeated(form, packet, prefix, &ids)));
        } else if field.kind == FieldKind::LongText {
            open(&mut parts);
            running(&mut parts, &field.id, &field.zh, packet.text(&field.id).unwrap_or(""));
        } else {
            open(&mut parts);
            let fact = fact(field, packet, figures);
            match parts.last_mut() {
                Some(Part::Facts(facts)) => facts.push(fact),
                _ => parts.push(Part::Facts(vec![fact])),
            }
        }
    }
    for given in &packet.sections {
        if let Some(field) = form.field(&given.id)
            && section != field.section
        {
            section = &field.section;
            parts.push(Part::Heading(1, field.section.clone()));
        }
        running(&mut parts, &given.id, &given.title, &given.text);
    }
    parts
}

fn running(parts: &mut Vec<Part>, id: &str, title: &str, text: &str) {
    parts.push(Part::Heading(2, title.to_owned()));
    if text.trim().is_empty() {
        parts.push(Part::Empty(id.to_owned()));
        return;
    }
    for (place, paragraph) in text.split('\n').enumerate() {
        if !paragraph.trim().is_empty() {
            parts.push(Part::Paragraph(id.to_owned(), place, paragraph.trim().to_owned()));
        }
    }
}
