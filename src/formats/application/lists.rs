//! Tables with a row an entry (清单): rules, budget rows. A row is an entry where
//! anything but its running number is filled in; one doubtful cell makes its
//! column doubtful and says in which row.

use std::collections::BTreeMap;

use crate::domain::application::{Origin, Why};
use crate::domain::form::{FieldKind, Form};
use crate::domain::packet::Value;
use crate::domain::places::{Column, Content, ListTable};

use super::amounts::{self, Measure, Reading, is_mark};
use super::cells::Known;
use super::columns::{Header, Mapped, under};
use super::found::Found;
use super::labels::is_one_of;
use super::layout::{Grid, Layout, Spot, count};
use super::{magnitude, ticks, values, years};

/// A column as it is gathered.
#[derive(Debug, Default)]
struct Gathered {
    values: Vec<Option<String>>,
    doubt: Option<(Why, String)>,
    amounts: Vec<rust_decimal::Decimal>,
    origin: Option<Origin>,
}

/// A list that is being read.
struct Open {
    list: usize,
    header: Header,
    mapped: Vec<Mapped>,
    sure: bool,
}

/// Reads all of them.
pub(super) fn read(form: &Form, layout: &Layout, found: &mut Found) {
    let known = Known::of(form);
    let mut gathered: BTreeMap<String, Gathered> = BTreeMap::new();
    let mut open: Option<Open> = None;
    for grid in &layout.grids {
        if !grid.follows {
            open = None;
        }
        let outer = if grid.nested { open.take() } else { None };
        for row in 0..grid.rows.len() {
            if let Some(header) = header(form, layout, grid, row) {
                open = Some(header);
            } else if let Some(current) = &mut open
                && let Some(list) = form.places.lists.get(current.list)
                && !take_row(form, list, current, grid, row, &known, &mut gathered, found)
            {
                open = None;
            }
        }
        if grid.nested {
            open = outer;
        }
    }
    for (id, column) in gathered {
        settle(&id, column, found);
    }
}

fn settle(id: &str, column: Gathered, found: &mut Found) {
    let Gathered { values, doubt, amounts, origin } = column;
    if values.iter().all(Option::is_none) {
        return;
    }
    let large = amounts.iter().enumerate().find(|(at, value)| {
        let others: Vec<_> =
            amounts.iter().enumerate().filter(|(other, v)| other != at && !v.is_zero()).map(|(_, v)| *v).collect();
        magnitude::too_large(**value, &others)
    });
    let doubt = doubt.or_else(|| large.map(|(_, value)| (Why::Magnitude, value.to_string())));
    let text = doubt.as_ref().map_or_else(String::new, |(_, text)| text.clone());
    let value = Value::List(values);
    let reading = doubt.map_or(Reading::Sure(value.clone()), |(why, _)| Reading::Doubt(Some(value), why));
    found.put(id, reading, &text, origin.unwrap_or_default(), Why::Several);
}

/// The list whose header this row is.
fn header(form: &Form, layout: &Layout, grid: &Grid, row: usize) -> Option<Open> {
    let spots = grid.rows.get(row)?;
    let first = spots.iter().enumerate().find(|(at, _)| grid.begins(row, *at)).map(|(_, spot)| spot)?;
    let header = Header::of(grid, row..=row, grid.around.iter().take(1).cloned().collect());
    let mut best: Option<(usize, Open)> = None;
    for (at, list) in form.places.lists.iter().enumerate() {
        if !layout.within(first.rank, &list.section) {
            continue;
        }
        let mapped = header.map(&list.columns);
        // Merged cells of the rows above are no header of this row.
        let own = |m: &&Mapped| spots.iter().enumerate().any(|(at, s)| s.columns == m.range && grid.begins(row, at));
        let named = mapped.iter().filter(|m| m.sure).filter(own).count();
        let enough = named >= 2 && named * 2 >= list.columns.len();
        if enough && best.as_ref().is_none_or(|(known, _)| named > *known) {
            best = Some((named, Open { list: at, header: header.clone(), mapped, sure: true }));
        }
    }
    best.map(|(_, open)| open)
}

/// Takes a row of a list down; whether the list goes on.
#[expect(clippy::too_many_arguments, reason = "a row is read with all that is known of its list")]
fn take_row(
    form: &Form,
    list: &ListTable,
    open: &Open,
    grid: &Grid,
    row: usize,
    known: &Known,
    gathered: &mut BTreeMap<String, Gathered>,
    found: &mut Found,
) -> bool {
    let spots = grid.rows.get(row).map(Vec::as_slice).unwrap_or_default();
    let own = |at: usize| grid.begins(row, at);
    let mut firsts = spots.iter().enumerate().filter(|(at, spot)| own(*at) && !spot.is_blank()).take(2);
    if firsts.any(|(_, spot)| is_one_of(&spot.text, &form.places.total_words)) {
        total(form, list, open, grid, row, found);
        return false;
    }
    let labels = spots.iter().enumerate().filter(|(at, spot)| own(*at) && known.has(&spot.text)).count();
    let beside = spots
        .iter()
        .enumerate()
        .any(|(at, s)| own(at) && known.has(&s.text) && open.mapped.iter().all(|m| s.overlap(m.range) == 0));
    if labels >= 2 || beside {
        return false;
    }
    let mut cells: Vec<(&Mapped, &Column, usize, &Spot, bool)> = Vec::new();
    let mut taken = Vec::new();
    for mapped in &open.mapped {
        let Some(column) = list.columns.get(mapped.column) else { continue };
        if let Some((at, spot, placed)) = under(spots, mapped, &open.header, &taken) {
            taken.push(at);
            cells.push((mapped, column, at, spot, placed && own(at)));
        }
    }
    let empty = |spot: &Spot| spot.is_blank() || is_mark(&spot.text);
    if cells.iter().all(|(_, column, _, spot, _)| column.running || empty(spot)) {
        return true;
    }
    let length = gathered.iter().filter(|(id, _)| id.starts_with(list.name())).map(|(_, g)| g.values.len()).max();
    for column in &list.columns {
        let id = list.id(&column.key);
        if form.field(&id).is_none() {
            continue;
        }
        let found = cells.iter().find(|(_, known, ..)| known.key == column.key);
        let into = gathered.entry(id.clone()).or_default();
        into.values.resize(length.unwrap_or(0), None);
        let Some((mapped, _, at, spot, placed)) = found else {
            into.values.push(None);
            continue;
        };
        let (value, mut why) = cell(form, &id, column, spot, mapped.unit);
        if (!placed || !mapped.sure || !open.sure) && value.is_some() {
            why = why.or(Some(Why::Place));
        }
        if let Some(why) = why
            && into.doubt.is_none()
        {
            let said = values::one_line(&spot.text);
            into.doubt = Some((why, format!("{}: {said}", into.values.len() + 1)));
        }
        if form.field(&id).is_some_and(|field| field.kind == FieldKind::Money)
            && let Some(value) = value.as_deref().and_then(|v| rust_decimal::Decimal::from_str_exact(v).ok())
        {
            into.amounts.push(value);
        }
        into.values.push(value);
        let origin = into.origin.get_or_insert_with(|| grid.origin(row, *at));
        if origin.table == Some(grid.number) {
            origin.to_row = Some(count(row + 1)).filter(|last| *last != origin.row);
        }
    }
    true
}

/// A cell of a list: its value, and why it is doubtful.
fn cell(form: &Form, id: &str, column: &Column, spot: &Spot, unit: Option<u32>) -> (Option<String>, Option<Why>) {
    let Some(field) = form.field(id) else { return (None, None) };
    let content = form.places.fields.get(id).map_or(Content::Plain, |place| place.content);
    let reading: Reading<String> = match field.kind {
        _ if !column.choices.is_empty() => ticks::one_of(&spot.text, &column.choices).0,
        FieldKind::Int => match years::year(&spot.text) {
            Some(year) => Reading::Sure(year),
            None => amounts::read(&spot.text, Measure::of(&field.unit), None).map(|f| f.value.to_string()),
        },
        FieldKind::Money => amounts::read(&spot.text, Measure::of(&field.unit), unit).map(|f| f.value.to_string()),
        _ if is_mark(&spot.text) => Reading::Empty,
        _ if content == Content::Plain => {
            let text = values::one_line(&spot.text);
            if text.is_empty() { Reading::Empty } else { Reading::Sure(text) }
        }
        _ => values::short(&spot.text, content),
    };
    match reading {
        Reading::Empty => (None, None),
        Reading::Sure(value) => (Some(value), None),
        Reading::Doubt(value, why) => (value, Some(why)),
    }
}

/// The row of totals.
fn total(form: &Form, list: &ListTable, open: &Open, grid: &Grid, row: usize, found: &mut Found) {
    let Some((id, key)) = &list.total else { return };
    let Some(field) = form.field(id) else { return };
    let Some(mapped) = open.mapped.iter().find(|m| list.columns.get(m.column).is_some_and(|c| c.key == *key)) else {
        return;
    };
    let spots = grid.rows.get(row).map(Vec::as_slice).unwrap_or_default();
    // Its cells are merged at will, so that only their places count.
    let best = spots.iter().enumerate().max_by_key(|(_, spot)| spot.overlap(mapped.range));
    if let Some((at, spot)) = best.filter(|(_, spot)| spot.overlap(mapped.range) > 0) {
        let reading = amounts::read(&spot.text, Measure::of(&field.unit), mapped.unit);
        let exact = spot.columns == mapped.range && mapped.sure && open.sure;
        let reading = match reading.map(|figure| Value::Number(figure.value)) {
            Reading::Sure(value) if !exact && filled_elsewhere(spots, at) => Reading::Doubt(Some(value), Why::Place),
            reading => reading,
        };
        found.put(id, reading, &spot.text, grid.origin(row, at), Why::DoubleRow);
    }
}

/// Whether the row of totals has another figure.
fn filled_elsewhere(spots: &[Spot], at: usize) -> bool {
    spots.iter().enumerate().any(|(other, spot)| other != at && spot.text.chars().any(char::is_numeric))
}
