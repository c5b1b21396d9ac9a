//! Evidence (材料依据): what a packet says on one criterion, gathered for the
//! screen: figures by year with what can be worked out from them, facts, small
//! tables, and the paragraphs the criterion's words lead to.

use rust_decimal::Decimal;

use super::figures::{self, Figures};
use super::form::{Field, FieldKind, Form, TOTAL};
use super::packet::{Packet, Value};
use super::rubric::{Criterion, Rubric};

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Figures by year.
    Figures(FigureTable),
    /// Single fields.
    Facts(Vec<Fact>),
    /// Repeated rows, such as rules or budget lines.
    Table(Table),
    /// Paragraphs of a section.
    Passage(Passage),
}

/// Figures by year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureTable {
    /// The table's name on the form.
    pub title: String,
    /// Years and the total, as in field ids.
    pub columns: Vec<String>,
    /// Rows.
    pub rows: Vec<FigureRow>,
}

/// A row of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRow {
    /// Label, in Chinese.
    pub zh: String,
    /// Label, in English.
    pub en: String,
    /// Unit, empty for percentages.
    pub unit: String,
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// The median over my packets of the last column.
    pub median: Option<Decimal>,
    /// Worked out by the program (算得).
    pub derived: bool,
    /// The total as given is not the sum of the years, which is this.
    pub years_sum: Option<Decimal>,
}

/// A cell of a row of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// As given.
    Given(Decimal),
    /// Added up by the program.
    Added(Decimal),
    /// A percentage, worked out.
    Percent(Decimal),
    /// Left empty (材料未填).
    Missing,
    /// Cannot be worked out or is not asked for.
    None,
}

/// A single field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Label, in Chinese.
    pub zh: String,
    /// Label, in English.
    pub en: String,
    /// Its value, or nothing where it was left empty.
    pub value: Option<FactValue>,
    /// Unit.
    pub unit: String,
    /// The median over my packets.
    pub median: Option<Decimal>,
}

/// A single field's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactValue {
    /// A number.
    Number(Decimal),
    /// 是 or 否.
    Bool(bool),
    /// Words.
    Text(String),
}

/// Repeated rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The table's name: its prefix on the form, such as `mgmt.rules`.
    pub prefix: String,
    /// Headings, in Chinese and English.
    pub headings: Vec<(String, String)>,
    /// Rows; an empty cell is `None`.
    pub rows: Vec<Vec<Option<String>>>,
}

/// Paragraphs of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The section's id.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Paragraphs that hold one of the criterion's words, by place in the
    /// section; empty where none does.
    pub paragraphs: Vec<(usize, String)>,
    /// Whether the section was left empty altogether.
    pub missing: bool,
}

/// Gathers the evidence of one criterion.
#[must_use]
pub fn gather(rubric: &Rubric, criterion: &Criterion, form: &Form, packet: &Packet, figures: &Figures) -> Vec<Block> {
    let mut tables: Vec<FigureTable> = Vec::new();
    let mut facts = Vec::new();
    let mut grids: Vec<Table> = Vec::new();
    let mut passages = Vec::new();
    let mut seen_rows: Vec<String> = Vec::new();
    for id in &criterion.evidence {
        let Some(field) = form.field(id) else { continue };
        if let Some(pattern) = form.row_pattern(id) {
            if !seen_rows.contains(&pattern) {
                add_row(&mut tables, form, packet, figures, field, &pattern);
                seen_rows.push(pattern);
            }
        } else if let Some((prefix, _)) = id.split_once("[]") {
            if !grids.iter().any(|grid| grid.prefix == prefix) {
                let wanted: Vec<&String> = criterion
                    .evidence
                    .iter()
                    .filter(|other| other.split_once("[]").is_some_and(|(p, _)| p == prefix))
                    .collect();
                grids.push(repeated(form, packet, prefix, &wanted));
            }
        } else if field.kind == FieldKind::LongText {
            passages.push(passage(criterion, field, packet));
        } else {
            facts.push(fact(field, packet, figures));
        }
    }
    for id in &criterion.derived {
        if let Some(derived) = rubric.derived.iter().find(|derived| derived.id == *id) {
            add_derived(&mut tables, form, packet, figures, derived);
        }
    }
    let mut blocks: Vec<Block> = tables.into_iter().map(Block::Figures).collect();
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    blocks.extend(grids.into_iter().map(Block::Table));
    // Paragraphs that were found come before sections that say nothing.
    passages.sort_by_key(|passage| passage.paragraphs.is_empty());
    blocks.extend(passages.into_iter().map(Block::Passage));
    blocks
}

/// A row of figures by year, whole, whichever of its columns was asked for.
#[must_use]
pub fn figure_row(form: &Form, packet: &Packet, figures: &Figures, field: &Field, pattern: &str) -> FigureRow {
    let cells = form.columns().map(|column| {
        let id = pattern.replace('*', column);
        if column != TOTAL && form.field(&id).is_none() {
            return Cell::None;
        }
        match packet.figure(&id) {
            Some(value) => Cell::Given(value),
            None if column == TOTAL => {
                figures::sum_of_years(form, pattern, |id| packet.figure(id)).map_or(Cell::Missing, Cell::Added)
            }
            None => Cell::Missing,
        }
    });
    let given = packet.figure(&pattern.replace('*', TOTAL));
    let added = figures::sum_of_years(form, pattern, |id| packet.figure(id));
    FigureRow {
        zh: field.zh.clone(),
        en: field.en.clone(),
        unit: field.unit.clone(),
        cells: cells.collect(),
        median: figures.median(&pattern.replace('*', TOTAL)),
        derived: false,
        years_sum: added.filter(|added| given.is_some_and(|given| given != *added)),
    }
}

fn add_row(
    tables: &mut Vec<FigureTable>,
    form: &Form,
    packet: &Packet,
    figures: &Figures,
    field: &Field,
    pattern: &str,
) {
    let row = figure_row(form, packet, figures, field, pattern);
    let title = if field.group.is_empty() { field.section.clone() } else { field.group.clone() };
    match tables.iter_mut().find(|table| table.title == title) {
        Some(table) => table.rows.push(row),
        None => {
            tables.push(FigureTable { title, columns: form.columns().map(str::to_owned).collect(), rows: vec![row] });
        }
    }
}

fn add_derived(
    tables: &mut Vec<FigureTable>,
    form: &Form,
    packet: &Packet,
    figures: &Figures,
    derived: &super::rubric::Derived,
) {
    let cells = form
        .columns()
        .map(|column| figures::derive(form, derived, column, |id| packet.figure(id)).map_or(Cell::None, Cell::Percent));
    let row = FigureRow {
        zh: derived.zh.clone(),
        en: derived.en.clone(),
        unit: String::new(),
        cells: cells.collect(),
        median: figures.derived_median(form, derived),
        derived: true,
        years_sum: None,
    };
    match tables.last_mut() {
        Some(table) => table.rows.push(row),
        None => tables.push(FigureTable {
            title: String::new(),
            columns: form.columns().map(str::to_owned).collect(),
            rows: vec![row],
        }),
    }
}

/// A single field as a fact.
#[must_use]
pub fn fact(field: &Field, packet: &Packet, figures: &Figures) -> Fact {
    let value = packet.fields.get(&field.id).map(|value| match value {
        Value::Number(number) => FactValue::Number(*number),
        Value::Bool(yes) => FactValue::Bool(*yes),
        Value::Text(text) => FactValue::Text(text.clone()),
        Value::List(cells) => FactValue::Text(cells.iter().flatten().cloned().collect::<Vec<_>>().join("、")),
    });
    Fact {
        zh: field.zh.clone(),
        en: field.en.clone(),
        value,
        unit: field.unit.clone(),
        median: field.kind.is_figure().then(|| figures.median(&field.id)).flatten(),
    }
}

/// Repeated rows of a prefix, with these columns.
#[must_use]
pub fn repeated(form: &Form, packet: &Packet, prefix: &str, ids: &[&String]) -> Table {
    let columns: Vec<&[Option<String>]> = ids
        .iter()
        .map(|id| match packet.fields.get(id.as_str()) {
            Some(Value::List(cells)) => cells.as_slice(),
            _ => &[],
        })
        .collect();
    let height = columns.iter().map(|column| column.len()).max().unwrap_or(0);
    let heading =
        |id: &String| form.field(id).map_or_else(|| (id.clone(), id.clone()), |f| (f.zh.clone(), f.en.clone()));
    Table {
        prefix: prefix.to_owned(),
        headings: ids.iter().map(|id| heading(id)).collect(),
        rows: (0..height)
            .map(|row| columns.iter().map(|column| column.get(row).cloned().flatten()).collect())
            .collect(),
    }
}

fn passage(criterion: &Criterion, field: &Field, packet: &Packet) -> Passage {
    let text = packet.text(&field.id).unwrap_or("");
    let title =
        packet.sections.iter().find(|section| section.id == field.id).map_or(&field.zh, |section| &section.title);
    let paragraphs = text
        .split('\n')
        .enumerate()
        .filter(|(_, paragraph)| criterion.find.iter().any(|word| paragraph.contains(word.as_str())))
        .map(|(place, paragraph)| (place, paragraph.trim().to_owned()))
        .collect();
    Passage { id: field.id.clone(), title: title.clone(), paragraphs, missing: text.trim().is_empty() }
}
