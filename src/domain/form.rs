//! The application form (申报书) as a schema: which fields there are, what they
//! hold, and whether a packet may show them.

use std::collections::BTreeMap;

use super::places::{Find, Places};

/// A form.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// Its id, such as `ln-application`.
    pub id: String,
    /// The years its tables ask for, oldest first.
    pub years: Vec<String>,
    /// Where a filled form keeps its fields.
    pub places: Places,
    fields: Vec<Field>,
    index: BTreeMap<String, usize>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its id, such as `lic.2020.open_done` or `budget.rows[].amount`.
    pub id: String,
    /// Label, in Chinese.
    pub zh: String,
    /// Label, in English.
    pub en: String,
    /// The heading it stands under.
    pub section: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Unit, such as 万元 or 件.
    pub unit: String,
    /// The table a figure by year belongs to, such as 专利许可.
    pub group: String,
    /// What becomes of it in a packet.
    pub blind: Blind,
}

/// What becomes of a field when a packet is made (匿名处理).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blind {
    /// It names the applicant or a person: to the register, never to a packet.
    Remove,
    /// It goes into the packet as it is.
    Keep,
    /// It goes in as it is, and may single an applicant out (public statistics).
    KeepQuasi,
    /// Running text: what names somebody in it is masked.
    Scan,
    /// Only a part or a class of it goes in: 校级 for a post, the year of a document number.
    Mask,
}

impl Blind {
    /// Whether a packet may hold it at all.
    #[must_use]
    pub const fn may_show(self) -> bool {
        !matches!(self, Self::Remove)
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    Text,
    /// Paragraphs.
    LongText,
    /// A count.
    Int,
    /// An amount, in the field's unit.
    Money,
    /// Yes or no.
    Bool,
    /// One or several of a list.
    Set,
}

impl FieldKind {
    /// Whether figures can be worked out from it.
    #[must_use]
    pub const fn is_figure(self) -> bool {
        matches!(self, Self::Int | Self::Money)
    }
}

impl Form {
    /// A form of these fields; where an id comes twice the first counts.
    #[must_use]
    pub fn new(id: String, years: Vec<String>, fields: Vec<Field>) -> Self {
        let mut index = BTreeMap::new();
        for (at, field) in fields.iter().enumerate() {
            index.entry(field.id.clone()).or_insert(at);
        }
        Self { id, years, places: Places::default(), fields, index }
    }

    /// The form, with where its fields are found.
    #[must_use]
    pub fn found_at(mut self, places: Places) -> Self {
        self.places = places;
        self
    }

    /// The field of this id, or of the same column in a year the form asks for:
    /// what `grant.2019.inv` holds is what `grant.2020.inv` holds.
    #[must_use]
    pub fn field_like(&self, id: &str) -> Option<&Field> {
        self.field(id).or_else(|| {
            let parts: Vec<&str> = id.split('.').collect();
            let at = parts.iter().position(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit()))?;
            self.columns().find_map(|column| {
                let mut like = parts.clone();
                *like.get_mut(at)? = column;
                self.field(&like.join("."))
            })
        })
    }

    /// A field's label, with the year where it is one of a table by year.
    #[must_use]
    pub fn label(&self, id: &str) -> String {
        let Some(field) = self.field_like(id) else { return id.to_owned() };
        let is_year = |part: &&str| *part == TOTAL || (part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit()));
        match id.split('.').find(is_year) {
            Some(TOTAL) if self.row_pattern(id).is_some_and(|row| self.is_by_year(&row)) => {
                format!("{}（合计）", field.zh)
            }
            None | Some(TOTAL) => field.zh.clone(),
            Some(year) => format!("{}（{year}）", field.zh),
        }
    }

    fn is_by_year(&self, pattern: &str) -> bool {
        self.years.iter().any(|year| self.index.contains_key(&pattern.replace('*', year)))
    }

    /// Whether a filled form has a place for a field; the others are worked out
    /// or told to the secretary.
    #[must_use]
    pub fn asks_for(&self, id: &str) -> bool {
        self.places.fields.get(id).is_some_and(|place| place.find != Find::Nowhere)
            || self.places.years.iter().any(|table| {
                let columns = table.columns.iter();
                columns.into_iter().any(|column| self.columns().any(|year| table.id(year, &column.key) == id))
            })
            || self.places.lists.iter().any(|list| {
                list.columns.iter().any(|column| list.id(&column.key) == id)
                    || list.total.as_ref().is_some_and(|(total, _)| total == id)
            })
    }

    /// Its fields, in the form's order.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field of this id.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.index.get(id).and_then(|at| self.fields.get(*at))
    }

    /// Year columns and the total, as they stand in field ids.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.years.iter().map(String::as_str).chain(std::iter::once(TOTAL))
    }

    /// The row a field by year belongs to: its id with `*` in the year's place.
    #[must_use]
    pub fn row_pattern(&self, id: &str) -> Option<String> {
        let mut parts: Vec<&str> = id.split('.').collect();
        let at = parts.iter().position(|part| self.columns().any(|column| column == *part))?;
        *parts.get_mut(at)? = "*";
        Some(parts.join("."))
    }

    /// Whether an id, or a pattern with `*` for the year, names a field.
    #[must_use]
    pub fn knows_pattern(&self, pattern: &str) -> bool {
        if pattern.contains('*') {
            return self.columns().any(|column| self.index.contains_key(&pattern.replace('*', column)));
        }
        self.index.contains_key(pattern)
    }

    /// The known id nearest to a mistyped one, if one is near.
    #[must_use]
    pub fn nearest(&self, id: &str) -> Option<String> {
        let near = self.index.keys().map(|known| (distance(known, id), known)).min()?;
        (near.0 <= id.chars().count() / 3 + 1).then(|| near.1.clone())
    }
}

/// The column of three years together.
pub const TOTAL: &str = "total";

/// Levenshtein distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(&b) {
            let up = *cell;
            left = (diagonal + usize::from(x != *y)).min(up + 1).min(left + 1);
            diagonal = up;
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(id: &str) -> Field {
        Field {
            id: id.to_owned(),
            zh: String::new(),
            en: String::new(),
            section: String::new(),
            kind: FieldKind::Int,
            unit: String::new(),
            group: String::new(),
            blind: Blind::Keep,
        }
    }

    #[test]
    fn patterns_and_near_misses() {
        let form = Form::new(
            "f".to_owned(),
            vec!["2020".to_owned()],
            vec![field("lic.2020.open_done"), field("lic.total.open_done")],
        );
        assert_eq!(form.row_pattern("lic.2020.open_done").as_deref(), Some("lic.*.open_done"));
        assert!(form.knows_pattern("lic.*.open_done") && !form.knows_pattern("lic.*.x"));
        assert_eq!(form.nearest("lic.totl.open_done").as_deref(), Some("lic.total.open_done"));
        assert_eq!(form.nearest("zzz"), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
