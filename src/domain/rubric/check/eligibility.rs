//! The lint of `[eligibility]`: every condition of one known kind, on fields
//! the form has, each rule with its clause.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::base::Points;
use crate::base::problem::Problem;
use crate::domain::day::Day;
use crate::domain::eligibility::{AmountBasis, Comparison, Condition, Eligibility, OneOf, Operator, Region, Rule};

use super::super::draft::{At, Cell, ConditionDraft, EligibilityDraft, TemplateDraft, Words};
use super::Lint;

/// Kinds of conditions, as written.
const KINDS: &str = "all, any, sum, one_of, region, legal_person, not_late";
/// How deep conditions may lie in one another.
const DEEPEST: u32 = 16;

/// What every condition of a template shares.
#[derive(Clone, Copy)]
struct Ground<'a> {
    draft: &'a TemplateDraft,
    rule: &'a str,
    basis: AmountBasis,
}

impl Lint<'_> {
    /// The conditions of a template, where it has any.
    pub(super) fn eligibility(&mut self, draft: &TemplateDraft) -> Option<Eligibility> {
        let e = draft.eligibility.as_ref()?;
        let amounts = [("contract", AmountBasis::Contract), ("received", AmountBasis::Received)];
        let basis = self.choice(&e.amount_basis, "eligibility.amount_basis", &amounts, AmountBasis::Contract);
        if e.amount_basis_undecided {
            let line = e.amount_basis.as_ref().map_or(e.line, |at| at.line);
            let what = "eligibility.amount_basis".to_owned();
            self.note(line, "eligibility.amount_basis", Problem::Undecided { what });
        }
        let deadline = self.deadline(e);
        let deadline_clause = self.words(&e.deadline_clause, e.line, "eligibility.deadline_clause");
        let province = self.words(&e.province, e.line, "eligibility.province");
        let request_cap = self.points(&e.request_cap, e.line, "eligibility.request_cap");
        let budget_clause = self.words(&e.budget_clause, e.line, "eligibility.budget_clause");
        let mut rules = Vec::new();
        let mut seen = BTreeSet::new();
        for rule in &e.rules {
            let id = self.words(&rule.id, rule.line, "eligibility.rule.id");
            if !id.is_empty() && !seen.insert(id.clone()) {
                self.error(rule.line, "eligibility.rule.id", Problem::Duplicate { what: id.clone() });
            }
            let field = format!("eligibility {id}");
            let zh = self.words(&rule.zh, rule.line, &format!("{field}.zh"));
            let clause = self.words(&rule.clause, rule.line, &format!("{field}.clause"));
            let ground = Ground { draft, rule: &field, basis };
            let condition = self.condition(ground, &rule.condition, DEEPEST);
            let en = rule.en.clone().map_or_else(|| zh.clone(), |at| at.value);
            rules.extend(condition.map(|condition| Rule { id, zh, en, clause, condition }));
        }
        if e.rules.is_empty() {
            self.error(e.line, "eligibility", Problem::MissingValue { name: "rule".to_owned() });
        }
        Some(Eligibility {
            deadline: deadline?,
            deadline_clause,
            province,
            basis,
            request_cap: decimal(request_cap?),
            budget_clause,
            forbidden: e.forbidden.clone(),
            doubtful: e.doubtful.clone(),
            rules,
        })
    }

    fn deadline(&mut self, e: &EligibilityDraft) -> Option<Day> {
        let text = self.words(&e.deadline, e.line, "eligibility.deadline");
        let day = Day::read(&text);
        if day.is_none() && !text.is_empty() {
            let line = e.deadline.as_ref().map_or(e.line, |at| at.line);
            let choices = "2023-05-31".to_owned();
            self.error(line, "eligibility.deadline", Problem::BadChoice { text, choices });
        }
        day
    }

    fn condition(&mut self, on: Ground<'_>, c: &ConditionDraft, deeper: u32) -> Option<Condition> {
        let kinds = [
            ("all", c.all.is_some()),
            ("any", c.any.is_some()),
            ("sum", c.sum.is_some()),
            ("one_of", c.one_of.is_some()),
            ("region", c.region.is_some()),
            ("legal_person", c.legal_person.is_some()),
            ("not_late", c.not_late.is_some()),
        ];
        let there: Vec<&str> = kinds.into_iter().filter(|(_, there)| *there).map(|(kind, _)| kind).collect();
        let (&[kind], Some(left)) = (&there[..], deeper.checked_sub(1)) else {
            let text = if there.is_empty() { "?".to_owned() } else { there.join(" + ") };
            self.error(c.line, on.rule, Problem::BadChoice { text, choices: KINDS.to_owned() });
            return None;
        };
        let parts = |lint: &mut Self, parts: &[ConditionDraft]| -> Option<Vec<Condition>> {
            let read: Vec<_> = parts.iter().filter_map(|part| lint.condition(on, part, left)).collect();
            if parts.is_empty() {
                lint.error(c.line, on.rule, Problem::MissingValue { name: kind.to_owned() });
            }
            (read.len() == parts.len()).then_some(read)
        };
        if let Some(all) = &c.all {
            return parts(self, all).map(Condition::All);
        }
        if let Some(any) = &c.any {
            return parts(self, any).map(Condition::Any);
        }
        if let Some(sum) = &c.sum {
            return self.comparison(on, c, sum).map(Condition::Figure);
        }
        if let Some(values) = &c.one_of {
            let field = self.known_field(on, c, &c.field)?;
            let values = values.iter().map(|at| at.value.clone()).collect();
            return Some(Condition::OneOf(OneOf { field, values, open: c.open.clone() }));
        }
        if let Some(prefix) = &c.region {
            let field = self.known_field(on, c, &c.field)?;
            if prefix.value.is_empty() || !prefix.value.bytes().all(|b| b.is_ascii_digit()) {
                self.error(prefix.line, on.rule, Problem::NotNumber { text: prefix.value.clone() });
            }
            return Some(Condition::Region(Region { field, prefix: prefix.value.clone(), open: c.open.clone() }));
        }
        if c.legal_person.is_some() {
            return self.known_field(on, c, &c.legal_person).map(Condition::LegalPerson);
        }
        let dates = c.not_late.as_deref().unwrap_or_default();
        Some(Condition::NotLate(dates.iter().map(|at| self.field_of(on, at)).collect()))
    }

    /// A field that must be named and be one of the form's.
    fn known_field(&mut self, on: Ground<'_>, c: &ConditionDraft, words: &Words) -> Option<String> {
        let text = self.words(words, c.line, &format!("{}.field", on.rule));
        let line = words.as_ref().map_or(c.line, |at| at.line);
        (!text.is_empty()).then(|| self.field_of(on, &At { value: text, line }))
    }

    fn field_of(&mut self, on: Ground<'_>, at: &At<String>) -> String {
        let value = at.value.replace("{basis}", on.basis.word());
        self.field_exists(&At { value: value.clone(), line: at.line }, on.rule, on.draft);
        value
    }

    fn comparison(&mut self, on: Ground<'_>, c: &ConditionDraft, sum: &[At<String>]) -> Option<Comparison> {
        let fields: Vec<String> = sum.iter().map(|at| self.field_of(on, at)).collect();
        if fields.is_empty() {
            self.error(c.line, on.rule, Problem::MissingValue { name: "sum".to_owned() });
        }
        let (operator, cell): (Operator, &Cell) = match (&c.over, &c.at_least) {
            (Some(_), None) => (Operator::Over, &c.over),
            (None, Some(_)) => (Operator::AtLeast, &c.at_least),
            (over, _) => {
                let text = if over.is_some() { "over + at_least" } else { "?" }.to_owned();
                self.error(c.line, on.rule, Problem::BadChoice { text, choices: "over, at_least".to_owned() });
                return None;
            }
        };
        let bound = decimal(self.points(cell, c.line, &format!("{}.bound", on.rule))?);
        let near = self.optional_points(&c.near, &format!("{}.near", on.rule)).map(decimal);
        if near.is_some_and(|near| near > bound) {
            let line = c.near.as_ref().map_or(c.line, |at| at.line);
            self.error(line, on.rule, Problem::BandReversed { level: "near".to_owned() });
        }
        let id = c.id.clone().map_or_else(|| fields.join("+"), |at| at.value);
        Some(Comparison { id, fields, operator, bound, near })
    }
}

fn decimal(points: Points) -> Decimal {
    Decimal::new(points.units(), 4).normalize()
}
