//! The application form out of a document (申报书读取): every field found by its
//! labels and headings as the form's schema names them, never by coordinates.
//! A field that could not be proved is a doubt with its reason; one that was
//! left empty is missing; none is guessed.

mod amounts;
mod cells;
mod columns;
mod dates;
mod entered;
mod found;
mod labels;
mod layout;
mod lists;
mod magnitude;
mod numerals;
mod plan;
mod running;
mod ticks;
mod values;
mod years;

use crate::domain::application::{Application, Source};
use crate::domain::document::{Carrier, Document};
use crate::domain::form::Form;

pub use entered::{entered, sheet, workbook};
use found::Found;
use layout::Layout;

/// Reads a filled form.
#[must_use]
pub fn read(document: &Document, form: &Form, source: Source) -> Application {
    if let Some(filled) = entered::of_document(document, form, &source) {
        return filled;
    }
    let layout = Layout::of(document, &form.places);
    let mut found = Found::default();
    let years = years::read(form, &layout, &mut found);
    lists::read(form, &layout, &mut found);
    cells::read(form, &layout, &mut found);
    running::read(form, &layout, &mut found);
    plan::read(form, &layout, &mut found);
    gathered(form, source, years, found, document.carriers.clone())
}

/// What was found, with what is missing.
fn gathered(form: &Form, source: Source, years: Vec<String>, found: Found, carriers: Vec<Carrier>) -> Application {
    let missing =
        form.fields().iter().map(|field| &field.id).filter(|id| form.asks_for(id) && !found.has(id)).cloned().collect();
    Application {
        no: None,
        files: vec![source],
        city: None,
        years,
        fields: found.fields,
        uncertain: found.uncertain,
        missing,
        carriers,
    }
}
