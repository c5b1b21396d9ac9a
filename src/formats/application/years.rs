//! Tables with a row a year (年度表): which table it is say its heading and its
//! columns, which year says the row's own cell. Rows may be missing, columns in
//! another order, the table cut in two or inside another cell; years the form
//! does not ask for are read as what they are.

use crate::base::text::one_spelling;
use crate::domain::application::Why;
use crate::domain::form::{FieldKind, Form, TOTAL};
use crate::domain::packet::Value;
use crate::domain::places::YearTable;

use super::amounts::{self, Figure, Measure, Reading};
use super::columns::{Header, Mapped, under};
use super::found::Found;
use super::labels::is_one_of;
use super::layout::{Grid, Layout};
use super::magnitude::{self, Cell};
use super::numerals;

/// A table that is being read.
#[derive(Debug, Clone)]
struct Open {
    table: usize,
    header: Header,
    mapped: Vec<Mapped>,
    /// Whether heading and columns say the same.
    sure: bool,
    /// Whether rows of years were seen.
    begun: bool,
    /// Whether the row of totals was.
    ended: bool,
}

/// Reads all of them; gives the years they name, in order.
pub(super) fn read(form: &Form, layout: &Layout, found: &mut Found) -> Vec<String> {
    let mut reader = Reader { form, years: Vec::new(), open: None, cells: Vec::new() };
    for grid in &layout.grids {
        if grid.nested {
            // A table in a cell goes on with none, and the outer one goes on behind it.
            let outer = reader.open.take();
            reader.grid(grid, found);
            reader.open = outer;
            continue;
        }
        if !grid.follows
            && let Some(open) = &mut reader.open
        {
            // Running text parts it from the one before.
            open.sure = false;
        }
        reader.grid(grid, found);
    }
    magnitude::doubt(&reader.cells, found);
    reader.years.sort();
    reader.years
}

struct Reader<'a> {
    form: &'a Form,
    years: Vec<String>,
    open: Option<Open>,
    cells: Vec<Cell>,
}

impl Reader<'_> {
    fn grid(&mut self, grid: &Grid, found: &mut Found) {
        let tables = &self.form.places.years;
        let titled = |text: &str| tables.iter().position(|table| is_one_of(text, &table.headings));
        let mut heading = grid.around.iter().find_map(|text| titled(text));
        let mut above: Vec<String> = grid.around.iter().take(1).cloned().collect();
        let mut begun_here = false;
        let mut header_rows: Option<(usize, usize)> = None;
        for (row, spots) in grid.rows.iter().enumerate() {
            let own = |at: usize| grid.begins(row, at);
            // A heading, over the table or to its left.
            let mut named = None;
            for (at, spot) in spots.iter().enumerate() {
                if own(at)
                    && let Some(table) = titled(&spot.text)
                {
                    named = Some((table, at));
                }
            }
            if let Some((table, _)) = named {
                heading = Some(table);
                header_rows = None;
            }
            let years_at = spots.iter().position(|spot| is_one_of(&spot.text, &self.form.places.year_words));
            let is_header = years_at.is_some_and(|at| own(at) && spots.get(at).is_none_or(|s| year(&s.text).is_none()));
            if is_header {
                header_rows = Some((row, row));
                self.open = self.begin(grid, (row, row), heading, &above);
                begun_here = true;
                continue;
            }
            if let Some((label, at)) = self.label(grid, row, begun_here) {
                self.year_row(grid, row, at, &label, found);
                header_rows = None;
                if self.open.as_ref().is_some_and(|open| open.begun) {
                    heading = None;
                }
            } else if let Some((from, _)) = header_rows {
                // A second row of the header.
                header_rows = Some((from, row));
                self.open = self.begin(grid, (from, row), heading, &above);
            } else if !(spots.iter().all(super::layout::Spot::is_blank) || named.is_none() && self.goes_on(grid, row)) {
                self.open = None;
                begun_here = false;
            }
            above = spots
                .iter()
                .enumerate()
                .filter(|(at, s)| own(*at) && !s.is_blank())
                .map(|(_, s)| s.text.clone())
                .collect();
        }
    }

    /// A table begins under this header.
    fn begin(&self, grid: &Grid, (from, to): (usize, usize), heading: Option<usize>, above: &[String]) -> Option<Open> {
        let mut header = Header::of(grid, from..=to, above.to_vec());
        let year_words = &self.form.places.year_words;
        header.years = header
            .paths
            .iter()
            .find(|(_, path)| path.iter().any(|t| is_one_of(t, year_words)))
            .map(|(range, _)| *range);
        let tables = &self.form.places.years;
        let fit = |table: &YearTable| header.map(&table.columns).iter().filter(|m| m.sure).count();
        // Labels that only one table has.
        let own = |at: usize| {
            tables.get(at).is_some_and(|table| {
                table.columns.iter().any(|column| {
                    header.paths.iter().any(|(_, path)| {
                        path.last().is_some_and(|leaf| {
                            is_one_of(leaf, &column.labels)
                                && tables.iter().enumerate().all(|(other, t)| {
                                    other == at || t.columns.iter().all(|c| !is_one_of(leaf, &c.labels))
                                })
                        })
                    })
                })
            })
        };
        let others: Vec<usize> = (0..tables.len()).filter(|at| own(*at)).collect();
        let (table, sure) = match heading {
            Some(table) if tables.get(table).is_some_and(|t| fit(t) > 0) => {
                (table, others.is_empty() || others.contains(&table))
            }
            _ => match others.as_slice() {
                [only] => (*only, true),
                _ => {
                    // The same header as the table before, which this goes on with.
                    let before = self.open.as_ref().filter(|open| {
                        grid.follows && open.begun && !open.ended && open.header.keys() == header.keys()
                    })?;
                    (before.table, before.sure)
                }
            },
        };
        let mapped = header.map(&tables.get(table)?.columns);
        Some(Open { table, header, mapped, sure, begun: false, ended: false })
    }

    /// Whether a row that says no year is still one of this table, cell under
    /// cell: the years behind it are read as they say.
    fn goes_on(&self, grid: &Grid, row: usize) -> bool {
        let Some(open) = self.open.as_ref().filter(|open| open.begun && open.header.paths.len() >= 3) else {
            return false;
        };
        let own = |range: (u32, u32)| {
            let spot = grid.rows.get(row).and_then(|spots| spots.iter().position(|spot| spot.columns == range));
            spot.is_some_and(|at| grid.begins(row, at))
        };
        open.header.years.is_some_and(own) && open.mapped.iter().all(|mapped| own(mapped.range))
    }

    /// The year or total a row is of, and the spot that says so.
    fn label(&self, grid: &Grid, row: usize, begun_here: bool) -> Option<(String, usize)> {
        let spots = grid.rows.get(row)?;
        let says = |spot: &super::layout::Spot| {
            let year = year(&spot.text).or_else(|| short_year(&spot.text));
            year.or_else(|| is_one_of(&spot.text, &self.form.places.total_words).then(|| TOTAL.to_owned()))
        };
        if begun_here && let Some(years) = self.open.as_ref().and_then(|open| open.header.years) {
            let at = spots.iter().position(|spot| spot.overlap(years) > 0)?;
            if let Some(label) = spots.get(at).and_then(says) {
                return Some((label, at));
            }
            // A total may be merged over the running number before it.
            let own = spots.iter().enumerate().take(at).filter(|(at, _)| grid.begins(row, *at));
            return own.into_iter().find_map(|(at, spot)| Some((says(spot)?, at)));
        }
        self.open.as_ref()?;
        spots.iter().enumerate().take(3).find_map(|(at, spot)| Some((says(spot)?, at)))
    }

    fn year_row(&mut self, grid: &Grid, row: usize, label_at: usize, label: &str, found: &mut Found) {
        let Some(open) = &mut self.open else { return };
        open.begun = true;
        open.ended |= label == TOTAL;
        let Some(table) = self.form.places.years.get(open.table) else { return };
        if label != TOTAL && !self.years.iter().any(|known| known == label) {
            self.years.push(label.to_owned());
        }
        let spots = grid.rows.get(row).map(Vec::as_slice).unwrap_or_default();
        let mut taken = vec![label_at];
        // A row whose label stands elsewhere than under 年度 may be shifted as a whole.
        let years = open.header.years;
        let in_line = years.is_some_and(|years| {
            let under = spots.get(label_at).filter(|spot| spot.overlap(years) > 0);
            under.is_some_and(|spot| short_year(&spot.text).is_none())
        });
        for mapped in &open.mapped {
            let Some(column) = table.columns.get(mapped.column) else { continue };
            let id = table.id(label, &column.key);
            let asked = self.form.field(&id);
            // A total the form does not ask for is no field.
            let Some(field) = asked.or_else(|| (label != TOTAL).then(|| self.form.field_like(&id)).flatten()) else {
                continue;
            };
            let Some((at, spot, placed)) = under(spots, mapped, &open.header, &taken) else { continue };
            taken.push(at);
            let reading = amounts::read(&spot.text, Measure::of(&field.unit), mapped.unit);
            if let Reading::Sure(figure) | Reading::Doubt(Some(figure), _) = &reading
                && field.kind == FieldKind::Money
            {
                let Figure { value, unit } = *figure;
                let cell = Cell {
                    id: id.clone(),
                    table: open.table,
                    column: column.key.clone(),
                    row: label.to_owned(),
                    value,
                    plain: !unit && mapped.unit.is_none_or(|unit| Measure::of(&field.unit) == Measure::Money(unit)),
                };
                self.cells.push(cell);
            }
            // A cell merged over two rows says nothing of which it is.
            let sure = in_line && placed && mapped.sure && open.sure && grid.begins(row, at);
            let reading = match reading.map(|figure| Value::Number(figure.value)) {
                Reading::Sure(value) if !sure => Reading::Doubt(Some(value), Why::Place),
                reading => reading,
            };
            found.put(&id, reading, &spot.text, grid.origin(row, at), Why::DoubleRow);
        }
    }
}

/// A year as a row says it: `2020`, `2020年度`, `２０２０`, `二〇二〇年`.
pub(super) fn year(text: &str) -> Option<String> {
    let folded: String = one_spelling(text).chars().filter(|c| !c.is_whitespace()).collect();
    let bare = folded.split('(').next().unwrap_or(&folded);
    let bare = ["年度合计", "年全年", "全年", "年度", "年末", "年"]
        .iter()
        .find_map(|end| bare.strip_suffix(end))
        .unwrap_or(bare);
    if bare.chars().count() != 4 {
        return None;
    }
    let read = numerals::read(bare).ok()?;
    let number = (read.power == 0 && read.figures.scale() == 0).then(|| u32::try_from(read.figures).ok()).flatten()?;
    (1990..=2100).contains(&number).then(|| number.to_string())
}

/// A year of two digits, `20年` or `'20`: under 年度 hardly anything else, and no proof.
fn short_year(text: &str) -> Option<String> {
    let folded: String = one_spelling(text).chars().filter(|c| !c.is_whitespace()).collect();
    let bare = folded.trim_start_matches(['\'', '’', '‘']);
    let digits = ["年度", "年"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
    let marked = digits.len() < folded.len();
    let short = digits.len() == 2 && digits.chars().all(|c| c.is_ascii_digit()) && ("10"..="40").contains(&digits);
    (marked && short).then(|| format!("20{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_two_digits() {
        for text in ["20年", "'20年", "20 年度", "’20", "２０年"] {
            assert_eq!(short_year(text).as_deref(), Some("2020"), "{text}");
        }
        for text in ["20", "120年", "5年", "99年", "2020年", "二〇年"] {
            assert_eq!(short_year(text), None, "{text}");
        }
    }

    #[test]
    fn years_as_rows_say_them() {
        for text in ["2020", "2020年", " 2020 年度", "２０２０", "二〇二〇年", "二零二零", "2020年（1-12月）"]
        {
            assert_eq!(year(text).as_deref(), Some("2020"), "{text}");
        }
        for text in ["合计", "2020-2022", "20年", "", "12345", "1234", "年度"] {
            assert_eq!(year(text), None, "{text}");
        }
    }
}
