//! The form entered by hand (手工录入): a sheet with a row a field, written by
//! [`sheet`] or [`workbook`] and read back, or json as `intake --dry-run` writes it. Figures go
//! through the same checks as those of a document.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::base::{Limits, Problem, Result};
use crate::domain::application::{Application, Origin, Source, Why};
use crate::domain::document::{Block, Carrier, Document};
use crate::domain::form::{Field, FieldKind, Form};
use crate::domain::packet::Value;
use crate::domain::places::{Content, FieldPlace};
use crate::formats::{report, rows};

use super::amounts::{self, Measure, Reading};
use super::found::Found;
use super::labels::key;
use super::layout::count;
use super::{gathered, values, years};

/// Rows of a list in a sheet to be filled in.
const LIST_ROWS: usize = 10;

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    fields: BTreeMap<String, &'a RawValue>,
}

#[derive(Deserialize)]
struct Held<'a> {
    #[serde(borrow)]
    value: &'a RawValue,
}

/// The form as a sheet in csv: UTF-8 with a mark, as spreadsheets want it.
#[must_use]
pub fn sheet(form: &Form) -> Vec<u8> {
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    bytes.extend(report::csv(&sheet_rows(form)));
    bytes
}

/// The form as a workbook to fill in.
///
/// # Errors
/// Our own fault.
pub fn workbook(form: &Form) -> Result<Vec<u8>> {
    crate::formats::plain_workbook::write("申报表", &sheet_rows(form), &[28, 36, 48, 8])
}

/// Rows of a sheet to fill in: id, label, value, unit.
fn sheet_rows(form: &Form) -> Vec<Vec<String>> {
    let mut out = vec![["id", "label", "value", "unit"].map(str::to_owned).to_vec()];
    let mut lists: Vec<&str> = Vec::new();
    for field in form.fields().iter().filter(|field| form.asks_for(&field.id)) {
        match field.id.split_once("[]") {
            None => out.push(vec![field.id.clone(), form.label(&field.id), String::new(), field.unit.clone()]),
            // A list stands row by row.
            Some((list, _)) if !lists.contains(&list) => {
                lists.push(list);
                let columns: Vec<&Field> =
                    form.fields().iter().filter(|f| f.id.starts_with(&format!("{list}[]"))).collect();
                for row in 1..=LIST_ROWS {
                    for column in &columns {
                        let id = column.id.replace("[]", &format!("[{row}]"));
                        out.push(vec![id, format!("{} {row}", column.zh), String::new(), column.unit.clone()]);
                    }
                }
            }
            Some(_) => {}
        }
    }
    out
}

/// Reads json, or a sheet in csv; nothing where the file is neither.
#[must_use]
pub fn entered(bytes: &[u8], form: &Form, source: &Source, limits: &Limits) -> Option<Result<Application>> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if start.starts_with(b"{") || start.starts_with(b"[") {
        return Some(json(bytes, form, source, limits));
    }
    if start.starts_with(b"PK")
        || start.contains(&0) && !bytes.starts_with(b"\xff\xfe") && !bytes.starts_with(b"\xfe\xff")
    {
        return None;
    }
    let rows = rows::read(bytes, limits).ok()?;
    let (id, value) = columns(&rows.header)?;
    let entries = rows.rows.iter().filter_map(|(line, cells)| {
        let origin =
            Origin { row: *line, cell: Some(count(value + 1)), sheet: Some("csv".to_owned()), ..Origin::default() };
        Some((cells.get(id)?.trim().to_owned(), Told::Text(cells.get(value)?.clone()), origin))
    });
    Some(Ok(application(entries.collect(), form, source, Vec::new())))
}

/// A workbook's sheet that was filled in.
pub(super) fn of_document(document: &Document, form: &Form, source: &Source) -> Option<Application> {
    let table = document.blocks.iter().find_map(|block| match block {
        Block::Table(table) => {
            let header: Vec<String> =
                table.rows.first()?.cells.iter().map(crate::domain::document::Cell::text).collect();
            columns(&header).map(|columns| (table, columns))
        }
        Block::Paragraph(_) => None,
    });
    let (table, (id, value)) = table?;
    let (id, value) = (count(id), count(value));
    let entries = table.rows.iter().enumerate().skip(1).filter_map(|(row, cells)| {
        let at = |column: u32| {
            cells.cells.iter().find(|cell| cell.column == column).map(crate::domain::document::Cell::text)
        };
        let origin = Origin {
            table: Some(table.number),
            sheet: table.sheet.clone(),
            row: count(row + 1),
            cell: Some(value + 1),
            ..Origin::default()
        };
        Some((at(id)?.trim().to_owned(), Told::Text(at(value)?), origin))
    });
    Some(application(entries.collect(), form, source, document.carriers.clone()))
}

/// The columns of ids and values.
fn columns(header: &[String]) -> Option<(usize, usize)> {
    let at = |names: &[&str]| header.iter().position(|name| names.contains(&key(name).as_str()));
    Some((at(&["id"])?, at(&["value", "值", "填写", "内容"])?))
}

/// What was entered for a field.
enum Told {
    Text(String),
    Yes(bool),
    List(Vec<Option<String>>),
}

fn json(bytes: &[u8], form: &Form, source: &Source, limits: &Limits) -> Result<Application> {
    let text = crate::formats::decode::text(bytes, limits)?;
    let wrong = |error: serde_json::Error| Problem::BadJson(error.to_string());
    let file: File<'_> = if text.trim_start().starts_with('[') {
        let mut files: Vec<File<'_>> = serde_json::from_str(&text).map_err(wrong)?;
        match (files.pop(), files.is_empty()) {
            (Some(only), true) => only,
            _ => return Err(Problem::NotOurs { wanted: "application" }.into()),
        }
    } else {
        serde_json::from_str(&text).map_err(wrong)?
    };
    let mut entries = Vec::new();
    for (at, (id, raw)) in file.fields.into_iter().enumerate() {
        let raw = match serde_json::from_str::<Held<'_>>(raw.get()) {
            Ok(held) => held.value.get(),
            Err(_) => raw.get(),
        };
        let Some(told) = told(raw).map_err(wrong)? else { continue };
        entries.push((id, told, Origin { row: count(at + 1), sheet: Some("json".to_owned()), ..Origin::default() }));
    }
    Ok(application(entries, form, source, Vec::new()))
}

/// A value digit for digit: no number goes through a float.
fn told(raw: &str) -> serde_json::Result<Option<Told>> {
    let plain = |raw: &str| -> serde_json::Result<Option<String>> {
        Ok(match raw.trim().bytes().next() {
            Some(b'"') => Some(serde_json::from_str(raw)?),
            Some(b'n') | None => None,
            _ => Some(raw.trim().to_owned()),
        })
    };
    Ok(match raw.trim().bytes().next() {
        Some(b't') => Some(Told::Yes(true)),
        Some(b'f') => Some(Told::Yes(false)),
        Some(b'[') => {
            let values: Vec<&RawValue> = serde_json::from_str(raw)?;
            Some(Told::List(values.iter().map(|value| plain(value.get())).collect::<serde_json::Result<_>>()?))
        }
        _ => plain(raw)?.map(Told::Text),
    })
}

fn application(
    entries: Vec<(String, Told, Origin)>,
    form: &Form,
    source: &Source,
    carriers: Vec<Carrier>,
) -> Application {
    let mut found = Found::default();
    let mut lists: BTreeMap<String, (BTreeMap<usize, String>, Origin)> = BTreeMap::new();
    let mut seen: Vec<String> = Vec::new();
    for (id, told, origin) in entries {
        if let Some((column, row)) = indexed(&id) {
            if let Told::Text(text) = told
                && !text.trim().is_empty()
                && form.field(&column).is_some()
            {
                let origin = lists.entry(column).or_insert_with(|| (BTreeMap::new(), origin)).0.insert(row, text);
                drop(origin);
            }
            continue;
        }
        let Some(field) = form.field_like(&id) else { continue };
        for part in id.split('.').filter_map(years::year) {
            if !seen.contains(&part) && matches!(&told, Told::Text(text) if !text.trim().is_empty()) {
                seen.push(part);
            }
        }
        let place = form.places.fields.get(&field.id).cloned().unwrap_or_default();
        let (reading, text) = match told {
            Told::Yes(yes) => (Reading::Sure(Value::Bool(yes)), String::new()),
            Told::List(list) if id.contains("[]") => {
                let filled = list.into_iter().enumerate().filter_map(|(at, value)| Some((at + 1, value?)));
                lists.entry(id).or_insert_with(|| (filled.collect(), origin));
                continue;
            }
            Told::List(list) => (Reading::Sure(Value::List(list)), String::new()),
            Told::Text(text) => (one(&text, field, &place, &form.places.instructions), text),
        };
        found.put(&id, reading, &text, origin, Why::Differs);
    }
    fill_lists(lists, form, &mut found);
    seen.sort();
    gathered(form, source.clone(), seen, found, carriers)
}

/// One value as it is typed into a sheet.
fn one(text: &str, field: &Field, place: &FieldPlace, instructions: &[String]) -> Reading<Value> {
    if text.trim().is_empty() {
        return Reading::Empty;
    }
    match field.kind {
        FieldKind::Bool => match key(text).as_str() {
            "是" | "有" | "true" | "1" | "y" | "yes" => Reading::Sure(Value::Bool(true)),
            "否" | "无" | "没有" | "false" | "0" | "n" | "no" => Reading::Sure(Value::Bool(false)),
            _ if matches!(text.trim(), "√" | "☑") => Reading::Sure(Value::Bool(true)),
            _ => Reading::Doubt(None, Why::NotAValue),
        },
        FieldKind::Set => {
            let named = |piece: &str| {
                let choice = place
                    .choices
                    .iter()
                    .find(|c| key(&c.value) == key(piece) || c.labels.iter().any(|l| key(l) == key(piece)));
                choice.map(|choice| Some(choice.value.clone()))
            };
            let pieces: Vec<&str> =
                text.split(['；', ';', '\n', '|']).filter(|piece| !piece.trim().is_empty()).collect();
            let values: Vec<Option<String>> = pieces.iter().filter_map(|piece| named(piece)).collect();
            if values.len() == pieces.len() {
                Reading::Sure(Value::List(values))
            } else {
                Reading::Doubt(Some(Value::List(values)), Why::NotAValue)
            }
        }
        _ => values::read(text, field, place, instructions).0,
    }
}

/// `budget.rows[3].amount` as its column and row.
fn indexed(id: &str) -> Option<(String, usize)> {
    let (list, rest) = id.split_once('[')?;
    let (row, rest) = rest.split_once(']')?;
    let row = row.parse().ok().filter(|row| (1..=4_000).contains(row))?;
    Some((format!("{list}[]{rest}"), row))
}

/// Lists, with blank rows left out: a row is there where any of its columns is.
fn fill_lists(lists: BTreeMap<String, (BTreeMap<usize, String>, Origin)>, form: &Form, found: &mut Found) {
    let name = |id: &str| id.split("[]").next().unwrap_or_default().to_owned();
    let mut filled: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (id, (cells, _)) in &lists {
        let running = form.places.lists.iter().any(|l| l.columns.iter().any(|c| c.running && l.id(&c.key) == *id));
        let list = filled.entry(name(id)).or_default();
        list.extend(cells.keys().filter(|_| !running));
        list.sort_unstable();
        list.dedup();
    }
    for (id, (cells, origin)) in lists {
        let Some(field) = form.field(&id) else { continue };
        let content = form.places.fields.get(&id).map_or(Content::Plain, |place| place.content);
        let column = form.places.lists.iter().find_map(|l| l.columns.iter().find(|c| l.id(&c.key) == id));
        let mut doubt: Option<(Why, String)> = None;
        let mut list: Vec<Option<String>> = Vec::new();
        for row in filled.get(&name(&id)).into_iter().flatten() {
            let text = cells.get(row).map_or("", String::as_str);
            let reading = match field.kind {
                _ if column.is_some_and(|column| !column.choices.is_empty()) => {
                    super::ticks::one_of(text, column.map_or(&[], |column| column.choices.as_slice())).0
                }
                FieldKind::Int | FieldKind::Money => {
                    amounts::read(text, Measure::of(&field.unit), None).map(|figure| figure.value.to_string())
                }
                _ => values::short(text, content),
            };
            let (value, why) = match reading {
                Reading::Empty => (None, None),
                Reading::Sure(value) => (Some(value), None),
                Reading::Doubt(value, why) => (value, Some(why)),
            };
            doubt = doubt.or_else(|| why.map(|why| (why, format!("{}: {text}", list.len() + 1))));
            list.push(value);
        }
        if list.iter().all(Option::is_none) && doubt.is_none() {
            continue;
        }
        let text = doubt.as_ref().map_or_else(String::new, |(_, text)| text.clone());
        let value = Value::List(list);
        let reading = doubt.map_or(Reading::Sure(value.clone()), |(why, _)| Reading::Doubt(Some(value), why));
        found.put(&id, reading, &text, origin, Why::Several);
    }
}
