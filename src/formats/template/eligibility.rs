//! The `[eligibility]` part of a template: conditions as a tree of tables.

use serde::Deserialize;
use toml::Spanned;

use crate::domain::rubric::draft::{At, ConditionDraft, EligibilityDraft, RuleDraft};

use super::{Mark, Source, Text};

/// `[eligibility]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    deadline: Text,
    deadline_clause: Text,
    province: Text,
    amount_basis: Text,
    #[serde(default)]
    amount_basis_undecided: bool,
    request_cap: Mark,
    budget_clause: Text,
    #[serde(default)]
    forbidden: Vec<String>,
    #[serde(default)]
    doubtful: Vec<String>,
    #[serde(default)]
    rule: Vec<Spanned<RuleTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleTable {
    id: Text,
    zh: Text,
    en: Text,
    clause: Text,
    all: Option<Vec<Spanned<ConditionTable>>>,
    any: Option<Vec<Spanned<ConditionTable>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionTable {
    id: Text,
    all: Option<Vec<Spanned<ConditionTable>>>,
    any: Option<Vec<Spanned<ConditionTable>>>,
    sum: Option<Vec<Spanned<String>>>,
    over: Mark,
    at_least: Mark,
    near: Mark,
    field: Text,
    one_of: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    open: Vec<String>,
    region: Text,
    legal_person: Text,
    not_late: Option<Vec<Spanned<String>>>,
}

impl Source<'_> {
    /// The part as written, with its lines.
    pub(super) fn eligibility(&self, table: Spanned<Table>) -> EligibilityDraft {
        let At { value: e, line } = self.at(table);
        EligibilityDraft {
            line,
            deadline: self.words(e.deadline),
            deadline_clause: self.words(e.deadline_clause),
            province: self.words(e.province),
            amount_basis: self.words(e.amount_basis),
            amount_basis_undecided: e.amount_basis_undecided,
            request_cap: self.cell(e.request_cap),
            budget_clause: self.words(e.budget_clause),
            forbidden: e.forbidden,
            doubtful: e.doubtful,
            rules: e.rule.into_iter().map(|rule| self.rule(rule)).collect(),
        }
    }

    fn rule(&self, table: Spanned<RuleTable>) -> RuleDraft {
        let At { value: r, line } = self.at(table);
        let condition = ConditionDraft {
            line,
            all: self.conditions(r.all),
            any: self.conditions(r.any),
            ..ConditionDraft::default()
        };
        RuleDraft {
            line,
            id: self.words(r.id),
            zh: self.words(r.zh),
            en: self.words(r.en),
            clause: self.words(r.clause),
            condition,
        }
    }

    fn conditions(&self, tables: Option<Vec<Spanned<ConditionTable>>>) -> Option<Vec<ConditionDraft>> {
        tables.map(|tables| tables.into_iter().map(|table| self.condition(table)).collect())
    }

    fn condition(&self, table: Spanned<ConditionTable>) -> ConditionDraft {
        let At { value: c, line } = self.at(table);
        ConditionDraft {
            line,
            id: self.words(c.id),
            all: self.conditions(c.all),
            any: self.conditions(c.any),
            sum: c.sum.map(|list| self.list(list)),
            over: self.cell(c.over),
            at_least: self.cell(c.at_least),
            near: self.cell(c.near),
            field: self.words(c.field),
            one_of: c.one_of.map(|list| self.list(list)),
            open: c.open,
            region: self.words(c.region),
            legal_person: self.words(c.legal_person),
            not_late: c.not_late.map(|list| self.list(list)),
        }
    }
}
