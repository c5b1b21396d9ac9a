//! Where a form keeps its fields, in the schema's TOML: beside each field how
//! it is found, and the tables, parts and headings after them.

use serde::Deserialize;

use crate::base::Problem;
use crate::domain::places::{Chapter, Choice, Column, Content, FieldPlace, Find, ListTable, Part, Places, YearTable};

/// What a field's table says of its place.
#[derive(Debug, Default, Deserialize)]
pub(super) struct FieldHints {
    #[serde(default)]
    find: String,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    under: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    choices: Vec<ChoiceTable>,
    other: Option<String>,
}

/// What the schema says of parts and tables.
#[derive(Debug, Default, Deserialize)]
pub(super) struct FormHints {
    #[serde(default)]
    instructions: Vec<String>,
    #[serde(default)]
    year_words: Vec<String>,
    #[serde(default)]
    total_words: Vec<String>,
    #[serde(default)]
    part: Vec<PartTable>,
    #[serde(default)]
    table: Vec<TableHints>,
    #[serde(default)]
    list: Vec<TableHints>,
    #[serde(default)]
    chapter: Vec<ChapterTable>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoiceTable {
    value: String,
    labels: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartTable {
    section: String,
    #[serde(default)]
    headings: Vec<String>,
    #[serde(default)]
    titles: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableHints {
    ids: String,
    section: String,
    headings: Vec<String>,
    columns: Vec<ColumnTable>,
    total: Option<String>,
    total_column: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnTable {
    key: String,
    labels: Vec<String>,
    #[serde(default)]
    under: Vec<String>,
    #[serde(default)]
    choices: Vec<ChoiceTable>,
    #[serde(default)]
    running: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChapterTable {
    labels: Vec<String>,
    gives: Option<String>,
}

/// The place of a field of this type.
///
/// # Errors
/// A word for `find` that nobody knows.
pub(super) fn place(hints: FieldHints, kind: &str) -> Result<FieldPlace, Problem> {
    let find = match hints.find.as_str() {
        "" => Find::Nowhere,
        "cell" => Find::Cell,
        "line" => Find::Line,
        "date" => Find::Date,
        "sentence" => Find::Sentence,
        "section" => Find::Section,
        "title" => Find::Title,
        "rows" => Find::Rows,
        "narrative" => Find::Narrative,
        "beside" => Find::Beside,
        _ => {
            let choices = "cell, line, date, sentence, section, title, rows, narrative, beside".to_owned();
            return Err(Problem::BadChoice { text: hints.find, choices });
        }
    };
    let content = match kind {
        "person" => Content::Person,
        "org" => Content::Org,
        "phone" => Content::Phone,
        "email" => Content::Email,
        "uscc" => Content::CreditCode,
        "postcode" => Content::Postcode,
        "docno" => Content::DocNo,
        "date" => Content::Date,
        "enum" if !hints.choices.is_empty() => Content::Choice,
        _ => Content::Plain,
    };
    Ok(FieldPlace {
        find,
        labels: hints.labels,
        under: hints.under,
        after: hints.after,
        content,
        choices: hints.choices.into_iter().map(choice).collect(),
        other: hints.other,
    })
}

/// Parts and tables; the fields are added by the caller.
pub(super) fn places(hints: FormHints) -> Places {
    let years = hints.table.into_iter().map(|table| YearTable {
        ids: table.ids,
        section: table.section,
        headings: table.headings,
        columns: table.columns.into_iter().map(column).collect(),
    });
    let lists = hints.list.into_iter().map(|list| ListTable {
        ids: list.ids,
        section: list.section,
        headings: list.headings,
        columns: list.columns.into_iter().map(column).collect(),
        total: list.total.zip(list.total_column),
    });
    let part = |part: PartTable| Part { section: part.section, headings: part.headings, titles: part.titles };
    Places {
        parts: hints.part.into_iter().map(part).collect(),
        fields: std::collections::BTreeMap::new(),
        years: years.collect(),
        lists: lists.collect(),
        chapters: hints.chapter.into_iter().map(|c| Chapter { labels: c.labels, gives: c.gives }).collect(),
        instructions: hints.instructions,
        year_words: hints.year_words,
        total_words: hints.total_words,
    }
}

fn choice(table: ChoiceTable) -> Choice {
    Choice { value: table.value, labels: table.labels }
}

fn column(table: ColumnTable) -> Column {
    Column {
        key: table.key,
        labels: table.labels,
        under: table.under,
        choices: table.choices.into_iter().map(choice).collect(),
        running: table.running,
    }
}
