//! A workbook: each sheet that is seen as one table, cells as they are shown.
//! Values are read by `calamine`, cell by cell; what is hidden, merged or
//! written beside the cells is read from the parts themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx};

use crate::base::limits::{Counted, too_many};
use crate::base::{Limits, Place, Problem, Refusal, Result, Unreadable};
use crate::domain::document::{Block, CarrierKind, Cell, Row, Table};

use super::carriers::{self, Collector, all_text, relations, tree};
use super::package::Package;
use super::plain::cell;
use super::xml::Element;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Parts of no account, or read here.
fn known(lower: &str) -> bool {
    let folder = |name: &str| lower.starts_with(&format!("xl/{name}"));
    ["worksheets/", "workbook.", "styles.", "sharedstrings.", "theme/", "calcchain.", "comments", "persons/"]
        .into_iter()
        .chain(["threadedcomments/", "tables/", "chartsheets/", "metadata."])
        .any(folder)
}

/// Reads a workbook.
///
/// # Errors
/// Broken, or beyond the limits.
pub(super) fn read(bytes: &[u8], limits: &Limits, out: &mut Collector) -> Result<Vec<Block>> {
    let mut package = Package::open(bytes, &limits.document)?;
    // The other reader believes what the directory says of sizes.
    package.verify()?;
    let main = relations(&mut package, "")
        .into_iter()
        .find(|link| link.kind == "officeDocument" && !link.outside && package.has(&link.target))
        .map_or_else(|| "xl/workbook.xml".to_owned(), |link| link.target);
    let parts = sheets(&mut package, &main, out)?;
    let broken = |error: calamine::XlsxError| match error {
        calamine::XlsxError::Password => Refusal::from(Problem::Unreadable(Unreadable::Locked)),
        other => Problem::Unreadable(Unreadable::Broken(other.to_string())).into(),
    };
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut blocks = Vec::new();
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let part = parts.get(&sheet.name).cloned().unwrap_or_default();
        let beside = Beside::read(&mut package, &part, out)?;
        let mut cells = cells(&mut book, &sheet.name, limits, out)?;
        for ((row, column), raw) in &beside.long {
            if let Some(text) = cells.get_mut(row).and_then(|columns| columns.get_mut(column)) {
                text.clone_from(raw);
            }
        }
        if sheet.visible == SheetVisible::Visible {
            let number = u32::try_from(blocks.len().saturating_add(1)).unwrap_or(u32::MAX);
            let rows = laid_out(cells, &beside, &part, limits, out)?;
            blocks.push(Block::Table(Table { number, sheet: Some(sheet.name), rows }));
        } else {
            let said: Vec<String> = cells.into_values().flat_map(BTreeMap::into_values).collect();
            out.add(CarrierKind::HiddenSheet, &part, &sheet.name)?;
            out.add(CarrierKind::HiddenSheet, &part, &said.join("\n"))?;
        }
    }
    comments(&mut package, out)?;
    carriers::collect(&mut package, out, &known)?;
    Ok(blocks)
}

/// The parts of the sheets by name, with what the workbook says beside them.
fn sheets(package: &mut Package<'_>, main: &str, out: &mut Collector) -> Result<BTreeMap<String, String>> {
    let limits = out.limits;
    let Some(book) = tree(package, main, &limits)? else { return Ok(BTreeMap::new()) };
    let links = tree_of_links(package, main);
    let mut parts = BTreeMap::new();
    for element in book.root().below() {
        match element.name() {
            "sheet" => {
                let target = element.get("id").and_then(|id| links.get(id)).cloned().unwrap_or_default();
                parts.insert(element.get("name").unwrap_or_default().to_owned(), target);
            }
            "definedName" => {
                let name = element.get("name").unwrap_or_default();
                if !name.starts_with("_xlnm") {
                    out.add(CarrierKind::DefinedName, main, &format!("{name}: {}", element.text()))?;
                }
                out.add(CarrierKind::DefinedName, main, element.get("comment").unwrap_or_default())?;
            }
            "fileSharing" => out.add(CarrierKind::CoreAuthor, main, element.get("userName").unwrap_or_default())?,
            "absPath" => out.add(CarrierKind::LinkTarget, main, element.get("url").unwrap_or_default())?,
            _ => {}
        }
    }
    Ok(parts)
}

/// Where the links of the workbook lead, by their id.
fn tree_of_links(package: &mut Package<'_>, main: &str) -> BTreeMap<String, String> {
    relations(package, main).into_iter().filter(|link| !link.outside).map(|link| (link.id, link.target)).collect()
}

/// Cells that say something, by row and column, from 0.
type Cells = BTreeMap<u32, BTreeMap<u32, String>>;

fn cells(book: &mut Book<'_>, sheet: &str, limits: &Limits, out: &mut Collector) -> Result<Cells> {
    let broken = |error: calamine::XlsxError| {
        let why = Unreadable::Broken(error.to_string());
        Refusal::new(Place::default().field(sheet), Problem::Unreadable(why))
    };
    let mut reader = book.worksheet_cells_reader(sheet).map_err(broken)?;
    let mut cells = Cells::new();
    while let Some(found) = reader.next_cell().map_err(broken)? {
        let (row, column) = found.get_position();
        let text = shown(found.get_value());
        if text.trim().is_empty() {
            continue;
        }
        let beyond = |at: u32, limit: usize| usize::try_from(at).map_or(true, |at| at >= limit);
        if beyond(row, limits.rows) {
            return Err(Refusal::from(too_many(Counted::Rows, limits.rows)).in_file(sheet));
        }
        if beyond(column, limits.columns) {
            return Err(Refusal::from(too_many(Counted::Columns, limits.columns)).in_file(sheet));
        }
        out.count(text.len())?;
        cells.entry(row).or_default().insert(column, text);
    }
    Ok(cells)
}

/// A value as text: exact, without the noise of binary fractions.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => decimal(*number),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::Error(error) => error.to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::DateTime(at) if at.is_duration() => decimal(at.as_f64()),
        DataRef::DateTime(at) => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            if (hour, minute, second) == (0, 0, 0) {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
            }
        }
    }
}

/// A number as decimal text: whole ones in full, others to the fifteen figures
/// that a spreadsheet keeps.
fn decimal(number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    let short = format!("{number}");
    if !short.contains('.') && short.len() <= 17 {
        return short;
    }
    let fifteen = format!("{number:.14e}");
    fifteen.parse::<f64>().map_or(short, |rounded| format!("{rounded}"))
}

/// An area of cells: first row, first column, last row, last column.
#[derive(Debug, Clone, Copy)]
struct Area(u32, u32, u32, u32);

/// What a sheet's own part says beside its cells.
#[derive(Debug, Default)]
struct Beside {
    merged: Vec<Area>,
    hidden_rows: BTreeSet<u32>,
    hidden_columns: Vec<(u32, u32)>,
    /// Whole numbers of more figures than a spreadsheet reckons with.
    long: BTreeMap<(u32, u32), String>,
}

impl Beside {
    fn read(package: &mut Package<'_>, part: &str, out: &mut Collector) -> Result<Self> {
        let limits = out.limits;
        let mut beside = Self::default();
        let Some(sheet) = tree(package, part, &limits)? else { return Ok(beside) };
        let is_hidden = |element: &Element<'_>| matches!(element.get("hidden"), Some("1" | "true"));
        let number = |element: &Element<'_>, name: &str| element.get(name).and_then(|value| value.parse::<u32>().ok());
        for element in sheet.root().below() {
            match element.name() {
                "row" if is_hidden(&element) => {
                    beside.hidden_rows.extend(number(&element, "r").and_then(|row| row.checked_sub(1)));
                }
                "col" if is_hidden(&element) => {
                    if let (Some(from), Some(to)) = (number(&element, "min"), number(&element, "max")) {
                        beside.hidden_columns.push((from.saturating_sub(1), to.saturating_sub(1)));
                    }
                }
                "c" if element.get("t").is_none_or(|kind| kind == "n") => {
                    let raw = element.child("v").map(|value| value.text()).unwrap_or_default();
                    if raw.len() > 15 && raw.len() <= 64 && raw.bytes().all(|byte| byte.is_ascii_digit()) {
                        beside.long.extend(element.get("r").and_then(corner).map(|at| (at, raw)));
                    }
                }
                "mergeCell" => {
                    out.count(0)?;
                    beside.merged.extend(element.get("ref").and_then(area));
                }
                "oddHeader" | "evenHeader" | "firstHeader" => {
                    out.add(CarrierKind::HeaderName, part, &element.text())?;
                }
                "oddFooter" | "evenFooter" | "firstFooter" => {
                    out.add(CarrierKind::FooterName, part, &element.text())?;
                }
                _ => {}
            }
        }
        Ok(beside)
    }

    fn hides(&self, row: u32, column: u32) -> bool {
        let columns = self.hidden_columns.iter().any(|(from, to)| (*from..=*to).contains(&column));
        columns || self.hidden_rows.contains(&row)
    }
}

/// `B2:D4`.
fn area(text: &str) -> Option<Area> {
    let (from, to) = text.split_once(':')?;
    let (top, left) = corner(from)?;
    let (bottom, right) = corner(to)?;
    (top <= bottom && left <= right).then_some(Area(top, left, bottom, right))
}

fn corner(text: &str) -> Option<(u32, u32)> {
    let text = text.replace('$', "");
    let letters: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
    let column = letters.bytes().try_fold(0_u32, |sum, letter| {
        let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'A')?).checked_add(1)?;
        sum.checked_mul(26)?.checked_add(value)
    })?;
    let row = text.strip_prefix(&letters)?.parse::<u32>().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// Rows with all their cells up to the last that says something: an empty cell
/// is there too, as in a document's table.
fn laid_out(mut cells: Cells, beside: &Beside, part: &str, limits: &Limits, out: &mut Collector) -> Result<Vec<Row>> {
    let mut hidden = Vec::new();
    for (row, columns) in &mut cells {
        columns.retain(|column, text| {
            let hides = beside.hides(*row, *column);
            if hides {
                hidden.push(std::mem::take(text));
            }
            !hides
        });
    }
    out.add(CarrierKind::HiddenSheet, part, &hidden.join("\n"))?;
    let last = cells.iter().rev().find(|(_, columns)| !columns.is_empty()).map_or(0, |(row, _)| row.saturating_add(1));
    let widest = u32::try_from(limits.columns).unwrap_or(u32::MAX);
    // Where merged cells begin and which they cover, of those within the rows.
    let mut begins: BTreeMap<(u32, u32), (u32, bool)> = BTreeMap::new();
    for Area(top, left, bottom, right) in beside.merged.iter().copied() {
        let span = right.saturating_sub(left).saturating_add(1).min(widest);
        for row in top..=bottom.min(last.saturating_sub(1)) {
            out.count(0)?;
            begins.insert((row, left), (span, row > top));
        }
    }
    let mut rows = Vec::new();
    for row in 0..last {
        let columns = cells.remove(&row).unwrap_or_default();
        let merged = begins.range((row, 0)..=(row, u32::MAX)).next_back().map(|((_, column), _)| *column);
        let until = columns.keys().next_back().copied().max(merged.filter(|_| !columns.is_empty()));
        let mut read = Row::default();
        let mut column = 0;
        while until.is_some_and(|until| column <= until) {
            let (span, continues) = begins.get(&(row, column)).copied().unwrap_or((1, false));
            let text = columns.get(&column).map_or("", |text| text.trim());
            out.count(0)?;
            let filled = cell(column, span, if continues { "" } else { text });
            read.cells.push(Cell { continues, ..filled });
            column = column.saturating_add(span);
        }
        rows.push(read);
    }
    Ok(rows)
}

/// Comments on cells, old and new.
fn comments(package: &mut Package<'_>, out: &mut Collector) -> Result<()> {
    for name in package.names() {
        let lower = name.to_ascii_lowercase();
        let ours = ["xl/comments", "xl/persons/", "xl/threadedcomments/"].iter().any(|start| lower.starts_with(start));
        if !ours || !carriers::has_extension(&lower, "xml") {
            continue;
        }
        let limits = out.limits;
        let Ok(Some(part)) = tree(package, &name, &limits) else {
            out.add(CarrierKind::EmbeddedData, &name, &name)?;
            continue;
        };
        for element in part.root().below() {
            match element.name() {
                "author" => out.add(CarrierKind::CommentAuthor, &name, &element.text())?,
                "person" => {
                    for from in ["displayName", "userId"] {
                        out.add(CarrierKind::CommentAuthor, &name, element.get(from).unwrap_or_default())?;
                    }
                }
                "comment" | "threadedComment" => {
                    out.add(CarrierKind::CommentText, &name, &all_text(&element))?;
                }
                _ => {}
            }
        }
    }
    Ok(())
}
