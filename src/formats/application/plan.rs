//! The plan's sections by their headings (建设方案): numbered 一、（一）or 1.1,
//! the text behind the heading or below it. Text right under a heading of
//! headings goes to the field the schema names, so that nothing is lost.

use crate::domain::application::{Origin, Why};
use crate::domain::form::Form;
use crate::domain::packet::Value;
use crate::domain::places::Find;

use super::amounts::Reading;
use super::cells::{Asked, asked};
use super::found::Found;
use super::labels::{is_one_of, key, ordinal, without_ordinal};
use super::layout::{Grid, Layout};
use super::values;

/// A section as it is gathered.
struct Open {
    id: Option<String>,
    lines: Vec<String>,
    origin: Origin,
}

/// Reads sections, titles and rows of unknown columns.
pub(super) fn read(form: &Form, layout: &Layout, found: &mut Found) {
    let sections = asked(form, Find::Section);
    let mut parts: Vec<&str> = sections.iter().map(|(field, _)| field.section.as_str()).collect();
    parts.dedup();
    for part in parts {
        if layout.has_part(part) {
            gather(form, layout, part, &sections, found);
        }
    }
    titles(form, layout, found);
    rows(form, layout, found);
}

fn gather(form: &Form, layout: &Layout, part: &str, sections: &[Asked<'_>], found: &mut Found) {
    let mut open: Option<Open> = None;
    let (from, _) = layout.part(part);
    for line in layout.lines.iter().filter(|line| layout.within(line.rank, part) && line.rank > from) {
        let text = line.text.trim();
        if text.is_empty() {
            continue;
        }
        if let Some((id, rest)) = heading(form, text, sections) {
            close(open.take(), form, found);
            let mut lines = Vec::new();
            if !rest.is_empty() {
                lines.push(rest.to_owned());
            }
            open = Some(Open { id, lines, origin: line.origin.clone() });
        } else if let Some(open) = &mut open {
            open.lines.push(text.to_owned());
            open.origin.to_row =
                Some(line.origin.row).filter(|_| line.origin.table.is_none() && open.origin.table.is_none());
        }
    }
    close(open, form, found);
}

fn close(open: Option<Open>, form: &Form, found: &mut Found) {
    let Some(Open { id: Some(id), lines, origin }) = open else { return };
    let text = lines.join("\n");
    let reading = values::long(&text, &form.places.instructions).map(Value::Text);
    // A second passage under the same heading goes on with the first.
    match found.fields.get_mut(&id) {
        Some(known) if reading != Reading::Empty => {
            if let Value::Text(before) = &mut known.value {
                before.push('\n');
                before.push_str(&text);
            }
        }
        Some(_) => {}
        None => found.put(&id, reading, &text, origin, Why::Differs),
    }
}

/// The field of a heading, and the text behind it on the same line.
fn heading<'t>(form: &Form, text: &'t str, sections: &[Asked<'_>]) -> Option<(Option<String>, &'t str)> {
    let numbered = ordinal(text).is_some();
    let bare = without_ordinal(text);
    let (head, rest) = match bare.split_once(['：', ':', '。']) {
        Some((head, rest)) if numbered => (head, rest.trim()),
        _ => (bare, ""),
    };
    if head.chars().count() > 30 {
        return None;
    }
    if let Some((field, _)) = sections.iter().find(|(_, place)| is_one_of(head, &place.labels)) {
        return Some((Some(field.id.clone()), rest));
    }
    let chapter = form.places.chapters.iter().find(|chapter| is_one_of(head, &chapter.labels))?;
    Some((chapter.gives.clone(), rest))
}

/// A part's title is the line that begins it.
fn titles(form: &Form, layout: &Layout, found: &mut Found) {
    for (field, place) in asked(form, Find::Title) {
        let (from, _) = layout.part(&field.section);
        let line = layout.lines.iter().find(|line| layout.has_part(&field.section) && line.rank == from);
        if let Some(line) = line {
            // A title of two lines: the name above, 三年建设方案 below.
            let known: Vec<String> = form.places.parts.iter().flat_map(|part| part.titles.clone()).collect();
            let above = layout.lines.iter().rev().find(|l| l.rank < from && !l.text.trim().is_empty());
            let mut text = line.text.trim().to_owned();
            let alone = is_one_of(&text, &known);
            if let Some(above) = above.filter(|a| alone && a.cell.is_none() && a.text.chars().count() <= 40) {
                text = format!("{}{text}", above.text.trim());
            }
            let reading = values::short(&text, place.content).map(Value::Text);
            found.put(&field.id, reading, &text, line.origin.clone(), Why::Differs);
        }
    }
}

/// Rows of a table whose columns are not known: a line a row, cells parted by a stroke.
fn rows(form: &Form, layout: &Layout, found: &mut Found) {
    for (field, place) in asked(form, Find::Rows) {
        if !layout.has_part(&field.section) {
            continue;
        }
        for grid in &layout.grids {
            let Some(first) = grid.rows.first().and_then(|row| row.first()) else { continue };
            let titled = is_one_of(&first.text, &place.labels)
                || grid.around.iter().any(|text| is_one_of(text, &place.labels) || text_names(text, &place.labels));
            if !layout.within(first.rank, &field.section) || !titled {
                continue;
            }
            let list: Vec<Option<String>> = body(grid, &place.labels).into_iter().map(Some).collect();
            if !list.is_empty() {
                let text = list.iter().flatten().cloned().collect::<Vec<_>>().join("；");
                let mut origin = grid.origin(0, 0);
                origin.cell = None;
                origin.to_row = Some(super::layout::count(grid.rows.len()));
                found.put(&field.id, Reading::Sure(Value::List(list)), &text, origin, Why::Differs);
            }
        }
    }
}

/// `附：三年任务清单` names it as well.
fn text_names(text: &str, labels: &[String]) -> bool {
    text.chars().count() <= 30 && labels.iter().any(|label| key(text).contains(&key(label)))
}

fn body(grid: &Grid, labels: &[String]) -> Vec<String> {
    let line = |row: &Vec<super::layout::Spot>| {
        let cells: Vec<String> = row.iter().map(|spot| values::one_line(&spot.text)).collect();
        cells.join(" | ").trim_matches([' ', '|']).to_owned()
    };
    let rows = grid.rows.iter().map(line).filter(|line| !line.is_empty() && !is_one_of(line, labels));
    // The first row says what the columns are.
    rows.skip(1).collect()
}
