//! Fields in a cell beside or below their label (填写框), or behind it in the
//! same cell. Which 手机 it is, says the heading to the left: 试点负责人 or
//! 试点联系人.

use std::collections::HashSet;

use crate::domain::application::Why;
use crate::domain::form::{Field, Form};
use crate::domain::packet::Value;
use crate::domain::places::{FieldPlace, Find};

use super::amounts::Reading;
use super::found::Found;
use super::labels::{between, hits, is_one_of, keys, likeness};
use super::layout::{Grid, Layout};
use super::values;

/// A field with its place.
pub(super) type Asked<'a> = (&'a Field, &'a FieldPlace);

/// Fields of the form that are found in this way.
pub(super) fn asked(form: &Form, find: Find) -> Vec<Asked<'_>> {
    let places = &form.places.fields;
    let fields = form.fields().iter();
    fields
        .filter_map(|field| places.get(&field.id).filter(|place| place.find == find).map(|place| (field, place)))
        .collect()
}

/// All labels by which a cell is known not to be a value.
pub(super) struct Known {
    whole: HashSet<String>,
    bare: HashSet<String>,
}

impl Known {
    /// Of a form.
    pub(super) fn of(form: &Form) -> Self {
        let places = &form.places;
        let mut lists: Vec<&[String]> = vec![&places.year_words, &places.total_words];
        for (_, place) in asked(form, Find::Cell) {
            lists.extend([place.labels.as_slice(), place.under.as_slice()]);
        }
        for headings in places.years.iter().map(|t| &t.headings).chain(places.lists.iter().map(|l| &l.headings)) {
            lists.push(headings);
        }
        for column in places.years.iter().flat_map(|t| &t.columns).chain(places.lists.iter().flat_map(|l| &l.columns)) {
            lists.extend([column.labels.as_slice(), column.under.as_slice()]);
        }
        let labels = || lists.iter().copied().flatten().map(|label| keys(label));
        Self {
            whole: labels().map(|label| label.whole.clone()).collect(),
            bare: labels().map(|label| label.bare.clone()).filter(|bare| !bare.is_empty()).collect(),
        }
    }

    /// Whether a text is a label.
    pub(super) fn has(&self, text: &str) -> bool {
        if text.len() > 240 || text.trim().is_empty() {
            return false;
        }
        let said = keys(text);
        self.whole.contains(&said.whole)
            || self.whole.contains(&said.plain)
            || self.bare.contains(&said.bare)
            || self.bare.contains(&said.plain_bare)
    }
}

/// Where a value stands, and what it says.
struct Beside {
    text: String,
    row: usize,
    at: usize,
}

/// Reads all fields that stand in cells.
pub(super) fn read(form: &Form, layout: &Layout, found: &mut Found) {
    let asked = asked(form, Find::Cell);
    let known = Known::of(form);
    let groups: Vec<&[String]> =
        asked.iter().map(|(_, place)| place.under.as_slice()).filter(|u| !u.is_empty()).collect();
    for grid in &layout.grids {
        for row in 0..grid.rows.len() {
            for at in 0..grid.rows.get(row).map_or(0, Vec::len) {
                if grid.begins(row, at) {
                    cell(form, layout, grid, (row, at), &asked, &known, &groups, found);
                }
            }
        }
    }
    in_running_text(form, layout, &asked, &groups, found);
    by_likeness(form, layout, &asked, &known, &groups, found);
}

#[expect(clippy::too_many_arguments, reason = "a cell is looked at with all that is known of the form")]
fn cell(
    form: &Form,
    layout: &Layout,
    grid: &Grid,
    (row, at): (usize, usize),
    asked: &[Asked<'_>],
    known: &Known,
    groups: &[&[String]],
    found: &mut Found,
) {
    let Some(spot) = grid.spot(row, at) else { return };
    if spot.is_blank() {
        return;
    }
    let here: Vec<Asked<'_>> =
        asked.iter().copied().filter(|(field, _)| layout.within(spot.rank, &field.section)).collect();
    // Most cells are no label at all, which is known at once.
    let is_label = known.has(&spot.text);
    let named: Vec<Asked<'_>> =
        here.iter().copied().filter(|(_, p)| is_label && is_one_of(&spot.text, &p.labels)).collect();
    if !named.is_empty() {
        let (chosen, sure) = choose(&named, group(grid, row, at, groups).as_deref(), found);
        if let (Some((field, place)), Some(beside)) = (chosen, beside(grid, row, at, known)) {
            take(form, field, place, &beside.text, grid.origin(beside.row, beside.at), sure, found);
        }
        return;
    }
    // Label and value in one cell.
    let first_line = spot.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if !has_colon(first_line) || spot.text.chars().count() > 400 {
        return;
    }
    let labels: Vec<(&str, Asked<'_>)> =
        here.iter().flat_map(|asked| asked.1.labels.iter().map(move |label| (label.as_str(), *asked))).collect();
    let words: Vec<&str> = labels.iter().map(|(label, _)| *label).collect();
    if hits(first_line, &words).first().is_none_or(|hit| hit.from > 6) {
        return;
    }
    let at_group = group(grid, row, at, groups);
    for line in spot.text.lines() {
        let hits = hits(line, &words);
        let ends = hits.iter().skip(1).map(|hit| hit.from).chain([usize::MAX]);
        for (hit, end) in hits.iter().zip(ends) {
            let label = words.get(hit.label).copied().unwrap_or_default();
            let named: Vec<Asked<'_>> =
                here.iter().copied().filter(|(_, place)| place.labels.iter().any(|l| l == label)).collect();
            let (chosen, sure) = choose(&named, at_group.as_deref(), found);
            let Some((field, place)) = chosen else { continue };
            let said = between(line, hit.to, end);
            if said.is_empty() && hits.len() == 1 && spot.text.trim().lines().count() == 1 {
                if let Some(beside) = beside(grid, row, at, known) {
                    take(form, field, place, &beside.text, grid.origin(beside.row, beside.at), sure, found);
                }
            } else {
                take(form, field, place, &said, grid.origin(row, at), sure, found);
            }
        }
    }
}

fn has_colon(text: &str) -> bool {
    text.contains([':', '：', '︰', '∶'])
}

/// The heading a cell stands under: the nearest to its left, else further up.
fn group(grid: &Grid, row: usize, at: usize, groups: &[&[String]]) -> Option<String> {
    let is_group = |text: &str| groups.iter().any(|group| is_one_of(text, group));
    let spot = grid.spot(row, at)?;
    for r in (0..=row).rev() {
        let spots = grid.rows.get(r)?;
        let alone = spots.iter().filter(|s| !s.is_blank()).count() == 1;
        let left = spots.iter().filter(|s| s.columns.0 < spot.columns.0 || (alone && r < row));
        if let Some(group) = left.rev().find(|s| is_group(&s.text)) {
            return Some(group.text.clone());
        }
    }
    grid.around.iter().find(|text| is_group(text)).cloned()
}

/// Of the fields with this label the one under this heading; and whether that
/// is certain.
fn choose<'a>(named: &[Asked<'a>], group: Option<&str>, found: &Found) -> (Option<Asked<'a>>, bool) {
    let under = |(_, place): &&Asked<'a>| group.is_some_and(|group| is_one_of(group, &place.under));
    if let Some(asked) = named.iter().find(under) {
        return (Some(*asked), true);
    }
    let free: Vec<Asked<'a>> =
        named.iter().copied().filter(|(_, place)| place.under.is_empty() || group.is_none()).collect();
    match free.as_slice() {
        [] => (None, false),
        [only] => (Some(*only), true),
        // Several 手机 and no heading: in the form's order, and by place only.
        several => (several.iter().copied().find(|(field, _)| !found.has(&field.id)), false),
    }
}

/// The cell to the right of a label; below it, where another label or nothing
/// stands to the right.
fn beside(grid: &Grid, row: usize, at: usize, known: &Known) -> Option<Beside> {
    let label = grid.spot(row, at)?;
    let mut right: Vec<Beside> = Vec::new();
    for r in row..=grid.last_row(row, at) {
        let spots = grid.rows.get(r)?;
        let next =
            spots.iter().enumerate().filter(|(_, s)| s.columns.0 >= label.columns.1).min_by_key(|(_, s)| s.columns.0);
        if let Some((_, spot)) = next
            && !known.has(&spot.text)
        {
            let (row, at) = spot.anchor;
            if !right.iter().any(|known| (known.row, known.at) == (row, at)) {
                right.push(Beside { text: spot.text.clone(), row, at });
            }
        }
    }
    // A label over several rows has its value in one or in all of them.
    let filled: Vec<&Beside> = right.iter().filter(|beside| !beside.text.trim().is_empty()).collect();
    if let Some(first) = filled.first() {
        let text = filled.iter().map(|beside| beside.text.as_str()).collect::<Vec<_>>().join("\n");
        return Some(Beside { text, row: first.row, at: first.at });
    }
    if !right.is_empty() {
        return None;
    }
    below(grid, row, at, known)
}

/// The cell below a label, over its columns; where the box is drawn as several
/// rows, the one that is filled.
fn below(grid: &Grid, row: usize, at: usize, known: &Known) -> Option<Beside> {
    let label = grid.spot(row, at)?;
    let mut filled: Vec<Beside> = Vec::new();
    for r in grid.last_row(row, at) + 1..grid.rows.len() {
        let spots = grid.rows.get(r)?;
        let Some((under, spot)) = spots.iter().enumerate().max_by_key(|(_, s)| s.overlap(label.columns)) else { break };
        let same = spot.overlap(label.columns) * 2 > label.columns.1.saturating_sub(label.columns.0);
        if !same || known.has(&spot.text) {
            break;
        }
        let begins = grid.begins(r, under);
        if begins && !spot.is_blank() {
            filled.push(Beside { text: spot.text.clone(), row: r, at: under });
        }
    }
    let text = filled.iter().map(|beside| beside.text.as_str()).collect::<Vec<_>>().join("\n");
    filled.first().map(|first| Beside { text, row: first.row, at: first.at })
}

fn take(
    form: &Form,
    field: &Field,
    place: &FieldPlace,
    text: &str,
    origin: crate::domain::application::Origin,
    sure: bool,
    found: &mut Found,
) {
    let (reading, other) = values::read(text, field, place, &form.places.instructions);
    let reading = if sure { reading } else { by_place(reading) };
    if let (Some(id), Some(other)) = (&place.other, other) {
        found.put(id, Reading::Sure(Value::Text(other)), text, origin.clone(), Why::Differs);
    }
    found.put(&field.id, reading, text, origin, Why::Differs);
}

/// A reading found by its place only.
pub(super) fn by_place(reading: Reading<Value>) -> Reading<Value> {
    match reading {
        Reading::Sure(value) => Reading::Doubt(Some(value), Why::Place),
        other => other,
    }
}

/// `单位名称：某某大学` outside any table.
fn in_running_text(form: &Form, layout: &Layout, asked: &[Asked<'_>], groups: &[&[String]], found: &mut Found) {
    let mut group: Option<String> = None;
    for line in layout.lines.iter().filter(|line| line.cell.is_none()) {
        if groups.iter().any(|labels| is_one_of(&line.text, labels)) {
            group = Some(line.text.clone());
        }
        if line.text.chars().count() > 200 || !has_colon(&line.text) {
            continue;
        }
        let here: Vec<Asked<'_>> = asked
            .iter()
            .copied()
            .filter(|(f, _)| layout.has_part(&f.section) && layout.within(line.rank, &f.section))
            .collect();
        let words: Vec<&str> = here.iter().flat_map(|(_, place)| place.labels.iter().map(String::as_str)).collect();
        let hits = hits(&line.text, &words);
        let ends = hits.iter().skip(1).map(|hit| hit.from).chain([usize::MAX]);
        for (hit, end) in hits.iter().zip(ends) {
            let label = words.get(hit.label).copied().unwrap_or_default();
            let named: Vec<Asked<'_>> =
                here.iter().copied().filter(|(_, place)| place.labels.iter().any(|l| l == label)).collect();
            if let (Some((field, place)), sure) = choose(&named, group.as_deref(), found) {
                take(form, field, place, &between(&line.text, hit.to, end), line.origin.clone(), sure, found);
            }
        }
    }
}

/// What was not found is looked for beside labels that come near its own; it
/// is then found by its place only.
fn by_likeness(
    form: &Form,
    layout: &Layout,
    asked: &[Asked<'_>],
    known: &Known,
    groups: &[&[String]],
    found: &mut Found,
) {
    // A form has some hundred cells; in a list of thousands everything is like something.
    let cells: usize = layout.grids.iter().flat_map(|grid| &grid.rows).map(Vec::len).sum();
    if cells > MOST_CELLS {
        return;
    }
    for (field, place) in asked {
        if found.has(&field.id) {
            continue;
        }
        let mut best: Option<(usize, &Grid, usize, usize)> = None;
        for grid in &layout.grids {
            for (row, spots) in grid.rows.iter().enumerate() {
                for (at, spot) in spots.iter().enumerate() {
                    let short = spot.text.chars().count() <= 60 && !spot.is_blank();
                    if !short
                        || !grid.begins(row, at)
                        || !layout.within(spot.rank, &field.section)
                        || known.has(&spot.text)
                    {
                        continue;
                    }
                    let near = likeness(&spot.text, &place.labels);
                    let fits = || {
                        place.under.is_empty()
                            || group(grid, row, at, groups).is_none_or(|group| is_one_of(&group, &place.under))
                    };
                    if near >= NEAR && best.is_none_or(|(known, ..)| near > known) && fits() {
                        best = Some((near, grid, row, at));
                    }
                }
            }
        }
        if let Some((_, grid, row, at)) = best
            && let Some(beside) = beside(grid, row, at, known)
        {
            take(form, field, place, &beside.text, grid.origin(beside.row, beside.at), false, found);
        }
    }
}

/// Most cells of a document in which labels are looked for by likeness.
const MOST_CELLS: usize = 4_000;

/// How near a label must come, of 100.
const NEAR: usize = 72;
