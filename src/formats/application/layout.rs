//! A document laid out for looking things up: every line and cell in order with
//! its place, tables as grids with their merged cells resolved, and the parts
//! (封面, 申报条件, 建设方案) each line belongs to.

use crate::domain::application::Origin;
use crate::domain::document::{Block, Document, Table};
use crate::domain::places::Places;

use super::labels::{bare_key, is_one_of, key, without_ordinal};

/// A document, laid out.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Paragraphs, those of cells among them, in order.
    pub lines: Vec<Line>,
    /// Tables, nested ones among them, in order.
    pub grids: Vec<Grid>,
    /// Where each part begins, and its section.
    parts: Vec<(usize, String)>,
}

/// A paragraph.
#[derive(Debug)]
pub(super) struct Line {
    /// What it says.
    pub text: String,
    /// Its rank among lines and cells.
    pub rank: usize,
    /// Where it stands.
    pub origin: Origin,
    /// The cell it is in: grid, row, spot.
    pub cell: Option<(usize, usize, usize)>,
}

/// A table with its merged cells resolved.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// Its number in the document.
    pub number: u32,
    /// Its sheet.
    pub sheet: Option<String>,
    /// Rows of spots.
    pub rows: Vec<Vec<Spot>>,
    /// What stands over it or to the left of the cell it is in, nearest first.
    pub around: Vec<String>,
    /// Whether nothing but blank lines parts it from the table before.
    pub follows: bool,
    /// Whether it stands in a cell of another.
    pub nested: bool,
}

/// A cell on the grid.
#[derive(Debug, Clone, Default)]
pub(super) struct Spot {
    /// What it says; of a merged cell, what its first row says.
    pub text: String,
    /// First grid column, and the one behind its last.
    pub columns: (u32, u32),
    /// Its place in its row, from 1.
    pub cell: u32,
    /// The row and spot it begins in, where it is merged downwards.
    pub anchor: (usize, usize),
    /// Its rank among lines and cells.
    pub rank: usize,
}

impl Spot {
    /// How many grid columns it shares with a range.
    pub(super) fn overlap(&self, columns: (u32, u32)) -> u32 {
        self.columns.1.min(columns.1).saturating_sub(self.columns.0.max(columns.0))
    }

    /// Whether nothing stands in it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Grid {
    /// A spot.
    pub(super) fn spot(&self, row: usize, at: usize) -> Option<&Spot> {
        self.rows.get(row)?.get(at)
    }

    /// Whether a spot begins in this row and does not go on from the one above.
    pub(super) fn begins(&self, row: usize, at: usize) -> bool {
        self.spot(row, at).is_some_and(|spot| spot.anchor == (row, at))
    }

    /// The last row a spot that begins here goes down to.
    pub(super) fn last_row(&self, row: usize, at: usize) -> usize {
        let goes_on = |r: &usize| self.rows.get(*r).is_some_and(|spots| spots.iter().any(|s| s.anchor == (row, at)));
        (row + 1..self.rows.len()).take_while(goes_on).last().unwrap_or(row)
    }

    /// Where a spot's value stands.
    pub(super) fn origin(&self, row: usize, at: usize) -> Origin {
        let (row, at) = self.spot(row, at).map_or((row, at), |spot| spot.anchor);
        Origin {
            file: 0,
            table: Some(self.number),
            sheet: self.sheet.clone(),
            row: count(row + 1),
            cell: self.spot(row, at).map(|spot| spot.cell),
            to_row: None,
        }
    }
}

/// A count as the nouns keep it.
pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Most rows of a table that only frames running lines.
const LONGEST_OF_LINES: usize = 4;

/// Deepest tables in tables that are looked into.
const DEEPEST: usize = 12;

impl Layout {
    /// Lays a document out.
    pub(super) fn of(document: &Document, places: &Places) -> Self {
        let mut layout = Self::default();
        let mut rank = 0;
        let mut paragraph = 0;
        let mut last = String::new();
        let mut follows = false;
        for block in &document.blocks {
            match block {
                Block::Paragraph(text) => {
                    paragraph += 1;
                    rank += 1;
                    if !text.trim().is_empty() {
                        last.clone_from(text);
                        follows = false;
                    }
                    let origin = Origin { row: paragraph, ..Origin::default() };
                    layout.lines.push(Line { text: text.clone(), rank, origin, cell: None });
                }
                Block::Table(table) => {
                    let around = if last.is_empty() { Vec::new() } else { vec![last.clone()] };
                    layout.table(table, around, follows, &mut rank, 0);
                    follows = true;
                }
            }
        }
        layout.find_parts(places);
        layout
    }

    fn table(&mut self, table: &Table, around: Vec<String>, follows: bool, rank: &mut usize, depth: usize) {
        let index = self.grids.len();
        let number = table.number;
        let grid = Grid { number, sheet: table.sheet.clone(), rows: Vec::new(), around, follows, nested: depth > 0 };
        self.grids.push(grid);
        for (r, row) in table.rows.iter().enumerate() {
            let mut spots: Vec<Spot> = Vec::with_capacity(row.cells.len());
            for (at, cell) in row.cells.iter().enumerate() {
                *rank += 1;
                let columns = (cell.column, cell.column.saturating_add(cell.span.max(1)));
                let mut spot = Spot { text: cell.text(), columns, cell: count(at + 1), anchor: (r, at), rank: *rank };
                if cell.continues && spot.is_blank() {
                    let above = r.checked_sub(1).and_then(|above| self.grids.get(index)?.rows.get(above));
                    let anchor = above.and_then(|spots| {
                        let same = spots.iter().find(|s| s.columns.0 == columns.0);
                        same.or_else(|| spots.iter().find(|s| s.overlap(columns) > 0))
                    });
                    if let Some(anchor) = anchor {
                        spot.text.clone_from(&anchor.text);
                        spot.anchor = anchor.anchor;
                    }
                }
                spots.push(spot);
            }
            if let Some(grid) = self.grids.get_mut(index) {
                grid.rows.push(spots);
            }
            for (at, cell) in row.cells.iter().enumerate() {
                let mut said = String::new();
                let mut nested = false;
                for block in &cell.blocks {
                    match block {
                        Block::Paragraph(text) => {
                            *rank += 1;
                            if !text.trim().is_empty() {
                                said.clone_from(text);
                                nested = false;
                            }
                            let cell_number = Some(count(at + 1));
                            let origin = Origin {
                                table: Some(number),
                                sheet: table.sheet.clone(),
                                row: count(r + 1),
                                cell: cell_number,
                                ..Origin::default()
                            };
                            let cell = Some((index, r, at));
                            self.lines.push(Line { text: text.clone(), rank: *rank, origin, cell });
                        }
                        Block::Table(inner) if depth < DEEPEST => {
                            let around = self.around(index, r, at, &said);
                            self.table(inner, around, nested, rank, depth + 1);
                            nested = true;
                        }
                        Block::Table(_) => {}
                    }
                }
            }
        }
    }

    /// What stands around a cell: the line before in it, cells to its left, a
    /// heading over it, and what stands around its table.
    fn around(&self, grid: usize, row: usize, at: usize, said: &str) -> Vec<String> {
        let Some(grid) = self.grids.get(grid) else { return Vec::new() };
        let mut around: Vec<String> = Vec::new();
        if !said.is_empty() {
            around.push(said.to_owned());
        }
        let spots = grid.rows.get(row).map(Vec::as_slice).unwrap_or_default();
        around.extend(spots.iter().take(at).rev().map(|spot| spot.text.clone()));
        if let (Some(spot), Some(above)) = (spots.get(at), row.checked_sub(1).and_then(|r| grid.rows.get(r))) {
            around.extend(above.iter().filter(|s| s.overlap(spot.columns) > 0).map(|s| s.text.clone()));
        }
        around.extend(grid.around.iter().cloned());
        around.retain(|text| !text.trim().is_empty());
        around
    }

    /// Each part begins at the last line that is its heading: a list of contents
    /// comes before. The first part begins the document.
    fn find_parts(&mut self, places: &Places) {
        let mut parts: Vec<(usize, String)> = Vec::new();
        for part in &places.parts {
            let begins = if part.headings.is_empty() && part.titles.is_empty() {
                Some(0)
            } else {
                let after = parts.iter().map(|(rank, _)| *rank).max().unwrap_or(0);
                let is_heading = |line: &&Line| {
                    let key = key(without_ordinal(&line.text));
                    is_one_of(&line.text, &part.headings)
                        || (line.text.chars().count() <= 60
                            && part.titles.iter().any(|title| {
                                let bare = bare_key(&line.text);
                                key.ends_with(&self::key(title)) || bare.ends_with(&bare_key(title))
                            }))
                };
                if part.titles.is_empty() {
                    let headings = || self.lines.iter().filter(is_heading);
                    let free = headings().filter(|line| line.cell.is_none()).map(|line| line.rank).next_back();
                    // A form that is one table has its headings in rows of one cell.
                    let alone = |line: &&Line| {
                        let row = line.cell.and_then(|(grid, row, _)| self.grids.get(grid)?.rows.get(row));
                        row.is_some_and(|spots| spots.iter().filter(|spot| !spot.is_blank()).count() == 1)
                    };
                    free.or_else(|| headings().filter(alone).map(|line| line.rank).next())
                } else {
                    self.lines.iter().filter(|line| line.rank > after).find(is_heading).map(|line| line.rank)
                }
            };
            if let Some(begins) = begins {
                parts.push((begins, part.section.clone()));
            }
        }
        parts.sort();
        self.parts = parts;
    }

    /// From where to where a section goes; the whole document where its heading
    /// is not found.
    pub(super) fn part(&self, section: &str) -> (usize, usize) {
        let Some(at) = self.parts.iter().position(|(_, name)| name == section) else { return (0, usize::MAX) };
        let from = self.parts.get(at).map_or(0, |(from, _)| *from);
        let to = self.parts.iter().map(|(begins, _)| *begins).find(|begins| *begins > from);
        (from, to.unwrap_or(usize::MAX))
    }

    /// From where to where the running lines of a section go. Where the heading
    /// behind it is missing, a table of many rows is of another section already.
    pub(super) fn running(&self, section: &str, places: &Places) -> (usize, usize) {
        let (from, to) = self.part(section);
        let next = places.parts.iter().skip_while(|part| part.section != section).nth(1);
        let free = self.lines.iter().find(|line| line.rank >= from).is_some_and(|line| line.cell.is_none());
        if !free || next.is_none_or(|next| self.has_part(&next.section)) {
            return (from, to);
        }
        let long = |line: &&Line| {
            let grid = line.cell.and_then(|(grid, ..)| self.grids.get(grid));
            grid.is_some_and(|grid| grid.rows.len() > LONGEST_OF_LINES)
        };
        let end = self.lines.iter().filter(|line| line.rank > from).find(long).map(|line| line.rank);
        (from, end.map_or(to, |end| end.min(to)))
    }

    /// Whether a section's heading was found.
    pub(super) fn has_part(&self, section: &str) -> bool {
        self.parts.iter().any(|(_, name)| name == section)
    }

    /// Whether a rank is in a section.
    pub(super) fn within(&self, rank: usize, section: &str) -> bool {
        let (from, to) = self.part(section);
        (from..to).contains(&rank)
    }
}
