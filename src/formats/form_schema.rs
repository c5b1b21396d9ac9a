//! Application forms as schemas, in TOML.

use serde::Deserialize;

use crate::base::{Limits, Problem, Result, limits};
use crate::domain::form::{Blind, Field, FieldKind, Form};

use super::form_places::{self, FieldHints, FormHints};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: i64,
    id: String,
    #[serde(rename = "title_zh")]
    _title_zh: String,
    years: Vec<i64>,
    field: Vec<FieldTable>,
    #[serde(flatten)]
    hints: FormHints,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldTable {
    id: String,
    zh: String,
    en: String,
    section: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    group: String,
    blind: String,
    #[serde(flatten)]
    hints: FieldHints,
}

/// Reads a form's schema.
///
/// # Errors
/// Not TOML of this shape, or a word it does not know.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Form> {
    limits::bytes(bytes, limits.template)?;
    let text = super::decode::text(bytes, limits)?;
    let file: File = toml::from_str(&text).map_err(|error| Problem::BadToml(error.message().to_owned()))?;
    if file.schema != 1 {
        return Err(Problem::UnknownSchema { version: file.schema.to_string() }.into());
    }
    let mut fields = Vec::with_capacity(file.field.len());
    let mut places = form_places::places(file.hints);
    for table in file.field {
        places.fields.insert(table.id.clone(), form_places::place(table.hints, &table.kind)?);
        let kind = match table.kind.as_str() {
            "longtext" => FieldKind::LongText,
            "int" => FieldKind::Int,
            "money" => FieldKind::Money,
            "bool" => FieldKind::Bool,
            "set" => FieldKind::Set,
            "text" | "date" | "enum" | "person" | "org" | "phone" | "email" | "uscc" | "postcode" | "docno"
            | "table" => FieldKind::Text,
            _ => {
                let choices = "text, longtext, int, money, bool, date, set, enum".to_owned();
                return Err(Problem::BadChoice { text: table.kind, choices }.into());
            }
        };
        let blind = match table.blind.as_str() {
            "remove" => Blind::Remove,
            "keep" => Blind::Keep,
            "keep_quasi" => Blind::KeepQuasi,
            "scan" => Blind::Scan,
            "mask" => Blind::Mask,
            _ => {
                let choices = "remove, keep, keep_quasi, scan, mask".to_owned();
                return Err(Problem::BadChoice { text: table.blind, choices }.into());
            }
        };
        fields.push(Field {
            id: table.id,
            zh: table.zh,
            en: table.en,
            section: table.section,
            kind,
            unit: table.unit,
            group: table.group,
            blind,
        });
    }
    Ok(Form::new(file.id, file.years.iter().map(ToString::to_string).collect(), fields).found_at(places))
}
