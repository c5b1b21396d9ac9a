//! Where a form keeps its fields (填写位置): the labels beside them, the
//! heading they stand under, the words over a column. All of it is data of the
//! form's schema and none of it a coordinate, so that a form with rows added,
//! columns moved or tables split is still read by what it says, and another
//! programme's form is described the same way.

use std::collections::BTreeMap;

/// Where a form's fields are found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// Parts of the document, in order.
    pub parts: Vec<Part>,
    /// Fields that stand alone, by id.
    pub fields: BTreeMap<String, FieldPlace>,
    /// Tables with a row a year.
    pub years: Vec<YearTable>,
    /// Tables with a row an entry.
    pub lists: Vec<ListTable>,
    /// Headings of running text that hold other headings.
    pub chapters: Vec<Chapter>,
    /// How printed instructions in brackets begin (填表说明), such as 对照 or 请.
    pub instructions: Vec<String>,
    /// Words over the column of years (年度).
    pub year_words: Vec<String>,
    /// Words before the row of totals (合计).
    pub total_words: Vec<String>,
}

/// A part of the document, from its heading to the next part's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// The `section` its fields name.
    pub section: String,
    /// Headings that begin it; none for the cover, which begins the document.
    pub headings: Vec<String>,
    /// Ends of a title that begins it, such as 三年建设方案 behind a unit's name.
    pub titles: Vec<String>,
}

/// Where a field that stands alone is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldPlace {
    /// In what way.
    pub find: Find,
    /// Its labels, however they may be written.
    pub labels: Vec<String>,
    /// Headings to the left or above of which one must be the nearest.
    pub under: Vec<String>,
    /// Labels of a line of which one must be the last before it.
    pub after: Vec<String>,
    /// What its text must look like.
    pub content: Content,
    /// What may be ticked.
    pub choices: Vec<Choice>,
    /// The field that takes the text beside 其他.
    pub other: Option<String>,
}

/// How a field is found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Find {
    /// It has no place of its own: not on the form, or in one of its tables.
    #[default]
    Nowhere,
    /// A cell to the right of its label or below it.
    Cell,
    /// Behind its label on a line.
    Line,
    /// The date of its part, or of the cell it stands in; no label.
    Date,
    /// A sentence that must stand there as printed.
    Sentence,
    /// Running text under a heading.
    Section,
    /// The title of its part.
    Title,
    /// The rows of a table whose heading is known and whose columns are not.
    Rows,
    /// On no box of the form: a figure that running text may give.
    Narrative,
    /// On a paper beside the form.
    Beside,
}

/// What a field's text looks like (内容类型).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Content {
    /// Anything.
    #[default]
    Plain,
    /// A person's name.
    Person,
    /// An organisation's name.
    Org,
    /// A telephone or fax number.
    Phone,
    /// A mail address.
    Email,
    /// A unified social credit code.
    CreditCode,
    /// A post code.
    Postcode,
    /// A document number.
    DocNo,
    /// A day, or a month of a year.
    Date,
    /// One of a list.
    Choice,
}

/// Something to tick (选项).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Its value.
    pub value: String,
    /// What stands beside its box.
    pub labels: Vec<String>,
}

/// A table with a row a year and one of totals (年度表).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct YearTable {
    /// Ids of its fields: `lic.{year}.{column}`, or `mgmt.funds.{year}` where
    /// it has one column.
    pub ids: String,
    /// The part it is in.
    pub section: String,
    /// What stands over it or to its left.
    pub headings: Vec<String>,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A table with a row an entry (清单).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListTable {
    /// Ids of its fields: `budget.rows[].{column}`.
    pub ids: String,
    /// The part it is in.
    pub section: String,
    /// What stands over it or to its left.
    pub headings: Vec<String>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The field that takes the total row, and the column it is in.
    pub total: Option<(String, String)>,
}

/// A column of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// What it is called in field ids.
    pub key: String,
    /// What stands over it.
    pub labels: Vec<String>,
    /// What stands over that, where the label alone says too little.
    pub under: Vec<String>,
    /// Words by which an entry is one of a list.
    pub choices: Vec<Choice>,
    /// A running number: a row with nothing else is blank.
    pub running: bool,
}

/// A heading over other headings (章).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chapter {
    /// Its wordings.
    pub labels: Vec<String>,
    /// The field that takes text right under it, before any heading of its own.
    pub gives: Option<String>,
}

impl YearTable {
    /// The id of a year's or the total's field.
    #[must_use]
    pub fn id(&self, year: &str, column: &str) -> String {
        self.ids.replace("{year}", year).replace("{column}", column)
    }
}

impl ListTable {
    /// The id of a column.
    #[must_use]
    pub fn id(&self, column: &str) -> String {
        self.ids.replace("{column}", column)
    }

    /// The name of the list: its ids before the column.
    #[must_use]
    pub fn name(&self) -> &str {
        self.ids.split("[]").next().unwrap_or(&self.ids)
    }
}
