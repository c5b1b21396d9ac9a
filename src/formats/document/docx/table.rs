//! Tables with their grid: spans, cells merged downwards, columns left out,
//! tables within cells, rows a tracked change deletes.

use crate::base::Result;
use crate::base::limits::{Counted, too_many};
use crate::domain::document::{Block, CarrierKind, Cell, Row, Table};

use super::super::xml::{Element, Ns};
use super::look::{on, shaded};
use super::walk::{Mode, Walker, choose};

/// Widest span taken at its word; the program's own limit is 63 columns.
const WIDEST: u32 = 1_000;

fn number(element: Option<Element<'_>>) -> u32 {
    element.and_then(|element| element.get("val")?.trim().parse::<u32>().ok()).unwrap_or(0).min(WIDEST)
}

impl Walker<'_> {
    /// Reads a table.
    ///
    /// # Errors
    /// Beyond the limits.
    pub(super) fn table(&mut self, table: &Element<'_>) -> Result<Table> {
        if self.nested >= self.limits.nested {
            return Err(too_many(Counted::NestedTables, self.limits.nested).into());
        }
        self.nested += 1;
        self.tables = self.tables.saturating_add(1);
        let mut read = Table { number: self.tables, ..Table::default() };
        let (in_cell, ground) = (self.in_cell, self.ground);
        if let Some(properties) = table.child("tblPr") {
            let style = properties.child("tblStyle").and_then(|style| style.get("val"));
            self.ground |= self.styles.shaded(style) || properties.child("shd").is_some_and(|shading| shaded(&shading));
            for name in ["tblCaption", "tblDescription"] {
                let text = properties.child(name).and_then(|text| text.get("val")).unwrap_or_default();
                self.aside(CarrierKind::ImageAlt, text)?;
            }
            self.property_authors(&properties)?;
        }
        self.rows(table, &mut read.rows)?;
        (self.in_cell, self.ground) = (in_cell, ground);
        self.nested -= 1;
        Ok(read)
    }

    fn rows(&mut self, holder: &Element<'_>, rows: &mut Vec<Row>) -> Result<()> {
        for child in holder.children() {
            if child.is(Ns::Mc, "AlternateContent") {
                if let Some(chosen) = choose(&child) {
                    self.rows(&chosen, rows)?;
                }
                continue;
            }
            match child.word() {
                "tr" => {
                    let row = self.row(&child, rows.last())?;
                    rows.extend(row);
                }
                "sdt" => {
                    if let Some(content) = self.control(&child)?.content {
                        self.rows(&content, rows)?;
                    }
                }
                "bookmarkStart" => self.bookmark(&child)?,
                "tblPr" | "tblGrid" | "sdtPr" | "customXmlPr" => {}
                "ins" | "moveTo" => {
                    self.author(&child)?;
                    self.rows(&child, rows)?;
                }
                "del" | "moveFrom" => {
                    self.author(&child)?;
                    self.within(Mode::Deleted, |this| this.rows(&child, &mut Vec::new()))?;
                }
                _ => self.rows(&child, rows)?,
            }
        }
        Ok(())
    }

    /// Reads a row; one that is deleted or hidden is none.
    fn row(&mut self, row: &Element<'_>, above: Option<&Row>) -> Result<Option<Row>> {
        let mut mode = Mode::Shown;
        let mut column = 0;
        if let Some(properties) = row.child("trPr") {
            self.property_authors(&properties)?;
            column = number(properties.child("gridBefore"));
            let has = |name: &str| properties.child(name).is_some_and(|switch| on(&switch));
            if has("del") {
                mode = Mode::Deleted;
            } else if has("hidden") {
                mode = Mode::Hidden;
            }
        }
        let mut read = Row::default();
        let shown = mode == Mode::Shown;
        self.within(mode, |this| this.cells(row, above, &mut column, &mut read))?;
        Ok((shown && self.mode == Mode::Shown).then_some(read))
    }

    fn cells(&mut self, holder: &Element<'_>, above: Option<&Row>, column: &mut u32, row: &mut Row) -> Result<()> {
        for child in holder.children() {
            if child.is(Ns::Mc, "AlternateContent") {
                if let Some(chosen) = choose(&child) {
                    self.cells(&chosen, above, column, row)?;
                }
                continue;
            }
            match child.word() {
                "tc" => self.cell(&child, above, column, row)?,
                "sdt" => {
                    let control = self.control(&child)?;
                    let from = row.cells.len();
                    if let Some(content) = control.content {
                        self.cells(&content, above, column, row)?;
                    }
                    if let (Some(ticked), Some(cell)) = (control.ticked, row.cells.get_mut(from)) {
                        let text = super::walk::with_box(&cell.text(), ticked);
                        cell.blocks = vec![Block::Paragraph(text)];
                    }
                }
                "bookmarkStart" => self.bookmark(&child)?,
                "trPr" | "tblPrEx" | "sdtPr" | "customXmlPr" => {}
                _ => self.cells(&child, above, column, row)?,
            }
        }
        Ok(())
    }

    fn cell(&mut self, cell: &Element<'_>, above: Option<&Row>, column: &mut u32, row: &mut Row) -> Result<()> {
        let mut read = Cell { column: *column, span: 1, ..Cell::default() };
        let (mut goes_left, mut deleted, mut down) = (false, false, false);
        let (in_cell, ground) = (self.in_cell, self.ground);
        if let Some(properties) = cell.child("tcPr") {
            self.property_authors(&properties)?;
            read.span = number(properties.child("gridSpan")).max(1);
            let goes_on = |name: &str| {
                properties.child(name).is_some_and(|merge| merge.get("val").is_none_or(|val| val == "continue"))
            };
            down = goes_on("vMerge");
            goes_left = goes_on("hMerge") && !row.cells.is_empty();
            deleted = properties.child("cellDel").is_some();
            self.ground |= properties.child("shd").is_some_and(|shading| shaded(&shading));
        }
        self.in_cell = true;
        let covered = |cell: &Cell| cell.column <= read.column && read.column < cell.column.saturating_add(cell.span);
        read.continues = down && above.is_some_and(|above| above.cells.iter().any(covered));
        // What is written in a cell that goes on with the one above is not shown.
        let mode = if deleted {
            Mode::Deleted
        } else if read.continues || goes_left {
            Mode::Hidden
        } else {
            Mode::Shown
        };
        let mut blocks = Vec::new();
        self.within(mode, |this| this.blocks(cell, &mut blocks))?;
        (self.in_cell, self.ground) = (in_cell, ground);
        read.blocks = blocks;
        self.out.count(0)?;
        if deleted {
            return Ok(());
        }
        *column = column.saturating_add(read.span);
        if goes_left && let Some(left) = row.cells.last_mut() {
            left.span = left.span.saturating_add(read.span);
            return Ok(());
        }
        row.cells.push(read);
        Ok(())
    }
}
