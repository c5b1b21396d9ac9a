//! A table sent as text (csv): one table, rows as they stand in the file.

use crate::base::limits::{Counted, too_many};
use crate::base::{Limits, Place, Problem, Refusal, Result};
use crate::domain::document::{Block, Cell, Row, Table};

use super::boxes;
use super::carriers::Collector;

/// Reads a table.
///
/// # Errors
/// An unreadable encoding, broken quoting, beyond the limits.
pub(super) fn read(bytes: &[u8], limits: &Limits, out: &mut Collector) -> Result<Vec<Block>> {
    let text = super::super::decode::text(bytes, limits)?.replace("\r\n", "\n").replace('\r', "\n");
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let delimiter =
        [b',', b'\t', b';'].into_iter().max_by_key(|d| first.bytes().filter(|b| b == d).count()).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut table = Table { number: 1, ..Table::default() };
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(1, |at| u32::try_from(at.line()).unwrap_or(u32::MAX));
            Refusal::new(Place::default().line(line), Problem::BadCsv(error.to_string()))
        })?;
        // Blank lines are passed over by the reader, and are rows nonetheless.
        let from = record.position().and_then(|at| text.as_bytes().get(usize::try_from(at.byte()).ok()?..));
        let blank = from.unwrap_or_default().iter().take_while(|byte| **byte == b'\n').count();
        if table.rows.len().saturating_add(blank) >= limits.rows {
            return Err(too_many(Counted::Rows, limits.rows).into());
        }
        table.rows.extend((0..blank).map(|_| Row::default()));
        if record.len() > limits.columns {
            let line = u32::try_from(table.rows.len().saturating_add(1)).unwrap_or(u32::MAX);
            return Err(Refusal::new(Place::default().line(line), too_many(Counted::Columns, limits.columns)));
        }
        let mut row = Row::default();
        for (column, text) in (0..).zip(&record) {
            if text.len() > limits.cell {
                return Err(too_many(Counted::CellBytes, limits.cell).into());
            }
            out.count(text.len())?;
            row.cells.push(cell(column, 1, text.trim()));
        }
        table.rows.push(row);
    }
    // An open quotation swallows the rest of the file into one cell.
    if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        return Err(Problem::BadCsv("\"".to_owned()).into());
    }
    Ok(vec![Block::Table(table)])
}

/// A cell of a sheet.
pub(super) fn cell(column: u32, span: u32, text: &str) -> Cell {
    let mut blocks = vec![Block::Paragraph(text.to_owned())];
    boxes::normalise(&mut blocks, true);
    Cell { column, span, continues: false, blocks }
}
