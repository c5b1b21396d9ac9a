//! The `[funding]` part of a template: how money is allotted.

use serde::Deserialize;
use toml::Spanned;

use crate::domain::rubric::draft::{At, FundingDraft, TierDraft};

use super::{Mark, Number, Source, Text};

/// `[funding]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    total: Mark,
    method: Text,
    amount: Mark,
    unit_cap: Mark,
    unit_floor: Mark,
    match_ratio: Text,
    match_short: Text,
    step: Mark,
    short: Text,
    last: Text,
    missing: Text,
    up_to_requested: Option<bool>,
    requested_field: Text,
    own_field: Text,
    clause: Text,
    #[serde(rename = "note")]
    _note: Option<String>,
    #[serde(default)]
    tier: Vec<Spanned<TierTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TierTable {
    to: Number,
    amount: Mark,
    share: Mark,
}

impl Source<'_> {
    pub(super) fn funding(&self, table: Spanned<Table>) -> FundingDraft {
        let At { value: f, line } = self.at(table);
        let tier = |table: Spanned<TierTable>| {
            let At { value: t, line } = self.at(table);
            TierDraft { line, to: self.count(t.to), amount: self.cell(t.amount), share: self.cell(t.share) }
        };
        FundingDraft {
            line,
            total: self.cell(f.total),
            method: self.words(f.method),
            amount: self.cell(f.amount),
            unit_cap: self.cell(f.unit_cap),
            unit_floor: self.cell(f.unit_floor),
            match_ratio: self.words(f.match_ratio),
            match_short: self.words(f.match_short),
            step: self.cell(f.step),
            short: self.words(f.short),
            last: self.words(f.last),
            missing: self.words(f.missing),
            up_to_requested: f.up_to_requested.unwrap_or(true),
            requested_field: self.words(f.requested_field),
            own_field: self.words(f.own_field),
            clause: self.words(f.clause),
            tiers: f.tier.into_iter().map(tier).collect(),
        }
    }
}
