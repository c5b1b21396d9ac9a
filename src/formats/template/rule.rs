//! The tables of a template that say how marks are counted.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use toml::Spanned;

use crate::domain::rubric::draft::{AggregationDraft, At, CarryDraft, GroupDraft, Scalar, TieKeyDraft};

use super::{Mark, Number, Source, Text};

type Marks = BTreeMap<String, Spanned<super::Loose>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AggregationTable {
    scope: Text,
    method: Text,
    trim_high: Number,
    trim_low: Number,
    trim_min_scores: Number,
    fallback: Text,
    min_sheets: Number,
    round_scale: Number,
    round_mode: Text,
    rank_on: Text,
    rank_style: Text,
    recusal: Text,
    cross_group: Text,
    direction: Text,
    criteria: Text,
    show_criterion: Text,
    #[serde(default)]
    negative_marks: bool,
    round_mark: Number,
    round_expert_total: Number,
    round_criterion: Number,
    round_factored: Number,
    round_group: Number,
    factor_sum: Mark,
    mark_values: Option<Values>,
    #[serde(default)]
    place_points: Vec<Spanned<super::Loose>>,
}

/// What marks are worth: by mark, or one after another for 1, 2, 3, ….
/// Each with where it stands.
struct Values(Vec<(String, Spanned<super::Loose>)>);

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Values;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("what marks are worth, by mark or in order")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Values, A::Error> {
                let mut out = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    out.push(pair);
                }
                Ok(Values(out))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Values, A::Error> {
                let mut out = Vec::new();
                while let Some(value) = seq.next_element()? {
                    out.push(((out.len() + 1).to_string(), value));
                }
                Ok(Values(out))
            }
        }
        from.deserialize_any(Any)
    }
}

/// A key by its name, or with more said of it.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum KeyTable {
    Name(String),
    Table(KeyFields),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyFields {
    key: String,
    direction: Option<String>,
    places: Option<i64>,
    #[serde(default)]
    panels: Vec<String>,
}

/// A group by its criteria, or with more said of it.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum GroupTable {
    Criteria(Vec<String>),
    Table(GroupFields),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupFields {
    #[serde(default)]
    criteria: Vec<String>,
    #[serde(default)]
    additions: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CarryTable {
    from: Text,
    to: Text,
    factor: Mark,
}

impl Source<'_> {
    pub(super) fn aggregation(&self, table: Option<Spanned<AggregationTable>>) -> AggregationDraft {
        let Some(table) = table else { return AggregationDraft::default() };
        let At { value: a, line } = self.at(table);
        AggregationDraft {
            line,
            scope: self.words(a.scope),
            method: self.words(a.method),
            trim_high: self.count(a.trim_high),
            trim_low: self.count(a.trim_low),
            trim_min_scores: self.count(a.trim_min_scores),
            fallback: self.words(a.fallback),
            min_sheets: self.count(a.min_sheets),
            round_scale: self.count(a.round_scale),
            round_mode: self.words(a.round_mode),
            rank_on: self.words(a.rank_on),
            rank_style: self.words(a.rank_style),
            recusal: self.words(a.recusal),
            cross_group: self.words(a.cross_group),
            direction: self.words(a.direction),
            criteria: self.words(a.criteria),
            show_criterion: self.words(a.show_criterion),
            negative_marks: a.negative_marks,
            round_mark: self.count(a.round_mark),
            round_expert_total: self.count(a.round_expert_total),
            round_criterion: self.count(a.round_criterion),
            round_factored: self.count(a.round_factored),
            round_group: self.count(a.round_group),
            factor_sum: self.cell(a.factor_sum),
            mark_values: self.pairs(a.mark_values.map(|values| values.0).unwrap_or_default()),
            place_points: a.place_points.into_iter().filter_map(|mark| self.cell(Some(mark))).collect(),
        }
    }

    pub(super) fn keys(&self, order: Vec<Spanned<KeyTable>>) -> Vec<TieKeyDraft> {
        let key = |table: Spanned<KeyTable>| {
            let At { value, line } = self.at(table);
            match value {
                KeyTable::Name(key) => TieKeyDraft { line, key, ..TieKeyDraft::default() },
                KeyTable::Table(fields) => TieKeyDraft {
                    line,
                    key: fields.key,
                    direction: fields.direction.map(|value| At { value, line }),
                    places: fields.places.map(|value| At { value, line }),
                    panels: fields.panels,
                },
            }
        };
        order.into_iter().map(key).collect()
    }

    pub(super) fn groups(&self, groups: BTreeMap<String, Spanned<GroupTable>>) -> Vec<GroupDraft> {
        let group = |(id, table): (String, Spanned<GroupTable>)| {
            let At { value, line } = self.at(table);
            match value {
                GroupTable::Criteria(criteria) => GroupDraft { line, id, criteria, additions: false },
                GroupTable::Table(GroupFields { criteria, additions }) => GroupDraft { line, id, criteria, additions },
            }
        };
        groups.into_iter().map(group).collect()
    }

    pub(super) fn factors(&self, factors: Marks) -> Vec<(String, At<Scalar>)> {
        self.pairs(factors)
    }

    /// Decimals with what they are of.
    fn pairs(&self, of: impl IntoIterator<Item = (String, Spanned<super::Loose>)>) -> Vec<(String, At<Scalar>)> {
        of.into_iter().filter_map(|(id, mark)| Some((id, self.cell(Some(mark))?))).collect()
    }

    pub(super) fn carries(&self, carries: Vec<Spanned<CarryTable>>) -> Vec<CarryDraft> {
        let carry = |table: Spanned<CarryTable>| {
            let At { value: c, line } = self.at(table);
            CarryDraft { line, from: self.words(c.from), to: self.words(c.to), factor: self.cell(c.factor) }
        };
        carries.into_iter().map(carry).collect()
    }
}
