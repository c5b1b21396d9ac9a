//! The lint's part on what a rule says beyond the usual one, and on a file that
//! holds nothing but a counting rule.

use std::collections::BTreeMap;

use crate::base::decimal;
use crate::base::problem::Problem;
use crate::base::{CriterionId, Points};
use crate::domain::across::Across;
use crate::domain::counting::Counting;

use super::beyond::{
    Beyond, COUNT_BACK, Carry, Direction, FACTOR_PLACES, Grade, Group, RankOn, RoundAt, Shown, TieKey, VALUE_PLACES,
};
use super::check::{Lint, Report, check};
use super::draft::{AggregationDraft, At, Count, Scalar, TemplateDraft, Words};
use super::{PassLine, Scope};

/// Largest worth of one mark, in points.
const MOST_WORTH: i64 = 10_000;

/// Whether a file holds a counting rule and no template: it has no dimensions,
/// no full marks, and nothing else that only an expert's screen has use for.
#[must_use]
pub fn is_rule_alone(draft: &TemplateDraft) -> bool {
    draft.total.is_none() && draft.step.is_none() && draft.dimensions.is_empty() && draft.red_lines.is_empty()
}

/// Checks a counting rule: a whole template's, or that of a file without
/// dimensions, whose criteria are those that the marks are of.
#[must_use]
pub fn check_counting(draft: &TemplateDraft) -> (Option<Counting>, Report) {
    if !is_rule_alone(draft) {
        // What marks are counted by does not depend on what an expert reads beside
        // them, nor on which word the draft has for a criterion.
        let draft = TemplateDraft { form: None, old_items: Vec::new(), ..draft.clone() };
        let (rubric, report) = check(&draft, &[]);
        return (rubric.as_ref().map(Counting::of), report);
    }
    let mut lint = Lint::new(&[]);
    let counting = lint.counting(draft);
    let counting = lint.report.errors.is_empty().then_some(counting);
    (counting, lint.report)
}

impl Lint<'_> {
    fn counting(&mut self, draft: &TemplateDraft) -> Counting {
        if let Some(at) = draft.schema.as_ref().filter(|at| at.value != 1) {
            self.error(at.line, "schema", Problem::UnknownSchema { version: at.value.to_string() });
        }
        let text = |words: &Words| words.as_ref().map(|at| at.value.clone()).unwrap_or_default();
        let aggregation = self.aggregation(draft);
        self.funding(draft);
        let quota = if draft.quota_kind.is_none() && draft.quota_number.is_none() {
            super::QuotaRule { kind: super::QuotaKind::None, number: None }
        } else {
            self.quota(draft)
        };
        let title = if draft.title_zh.is_some() { &draft.title_zh } else { &draft.title_en };
        if draft.pass_share.is_some() {
            let line = draft.pass_share.as_ref().map_or(1, |at| at.line);
            // Without dimensions nothing says what they can reach.
            self.error(line, "pass_line.dimension_share", Problem::MissingValue { name: "dimension".to_owned() });
        }
        let ties = aggregation.beyond.ties.clone();
        for (at, key) in draft.tie_order.iter().enumerate() {
            // The same key may stand again for other panels.
            let same = |this: &TieKey, other: &TieKey| this.of == other.of && this.panels == other.panels;
            if ties.get(at).is_some_and(|this| ties.iter().take(at).any(|other| same(this, other))) {
                self.error(key.line, "tie_break.order", Problem::Duplicate { what: key.key.clone() });
            }
        }
        let groups = aggregation.beyond.groups.clone();
        Counting {
            id: text(&draft.id),
            version: text(&draft.version),
            title_zh: text(title),
            title_en: text(if draft.title_en.is_some() { &draft.title_en } else { title }),
            quota,
            pass_line: PassLine {
                total: self.optional_points(&draft.pass_total, "pass_line.total"),
                dimension_share: None,
            },
            ties,
            tie_last: draft.tie_last.clone().map_or_else(|| "panel_vote".to_owned(), |at| at.value),
            columns: Vec::new(),
            groups,
            doubt: self.doubt(draft),
            aggregation,
        }
    }

    /// What an aggregation says beyond the usual.
    pub(super) fn beyond(&mut self, draft: &TemplateDraft) -> Beyond {
        let a = &draft.aggregation;
        let mark_values = self.mark_values(&a.mark_values);
        let mut factors = BTreeMap::new();
        for (id, at) in &draft.factors {
            let factor = self.decimal(at, &format!("factors.{id}"), FACTOR_PLACES);
            factors.extend(factor.map(|factor| (id.clone(), factor)));
        }
        let factor_sum = a.factor_sum.as_ref().and_then(|at| self.decimal(at, "aggregation.factor_sum", FACTOR_PLACES));
        if let (Some(stated), Some(at)) = (factor_sum, &a.factor_sum) {
            let sum: i128 = factors.values().map(|factor| i128::from(*factor)).sum();
            if sum != i128::from(stated) {
                let words = |units: i64| decimal::shortest(units, FACTOR_PLACES);
                let parts: Vec<_> = factors.iter().map(|(id, factor)| format!("{id} {}", words(*factor))).collect();
                let sum = i64::try_from(sum).map_or_else(|_| "?".to_owned(), words);
                let parts = format!("{} = {sum}", parts.join(" + "));
                let problem = Problem::SumDiffers { of: "factors".to_owned(), parts, stated: words(stated) };
                self.error(at.line, "aggregation.factor_sum", problem);
            }
        }
        let mut place_points = Vec::new();
        for at in &a.place_points {
            let units = self.decimal(at, "aggregation.place_points", 4);
            place_points.extend(units.map(Points::from_units));
        }
        let direction = self.direction(&a.direction, "aggregation.direction").unwrap_or_default();
        Beyond {
            mark_values,
            negative: a.negative_marks,
            factors,
            factor_sum,
            round: RoundAt {
                mark: self.places(&a.round_mark, "aggregation.round_mark"),
                expert_total: self.places(&a.round_expert_total, "aggregation.round_expert_total"),
                criterion: self.places(&a.round_criterion, "aggregation.round_criterion"),
                factored: self.places(&a.round_factored, "aggregation.round_factored"),
                group: self.places(&a.round_group, "aggregation.round_group"),
            },
            shown: self.choice(
                &a.show_criterion,
                "aggregation.show_criterion",
                &[("factored", Shown::Factored), ("statistic", Shown::Statistic)],
                Shown::Factored,
            ),
            rank_on: self.choice(
                &a.rank_on,
                "aggregation.rank_on",
                &[("rounded", RankOn::Rounded), ("exact", RankOn::Exact)],
                RankOn::Rounded,
            ),
            direction,
            own_criteria: self.choice(&a.criteria, "aggregation.criteria", &[("all", false), ("own", true)], false),
            groups: self.groups(draft),
            ties: self.ties(draft),
            carries: self.carries(draft),
            place_points,
            across: self.across(draft),
            grades: self.grades(draft, direction),
        }
    }

    /// `[cross_group]`, or the older key of `[aggregation]`.
    fn across(&mut self, draft: &TemplateDraft) -> Across {
        let methods = [Across::None, Across::TScore, Across::ZScore, Across::Ratio].map(|one| (one.word(), one));
        let older = &draft.aggregation.cross_group;
        let method = self.choice(&draft.cross_group, "cross_group.method", &methods, Across::None);
        let said = self.choice(older, "aggregation.cross_group", &methods, method);
        if let (Some(at), true, true) = (older, draft.cross_group.is_some(), said != method) {
            self.error(at.line, "aggregation.cross_group", Problem::Duplicate { what: "cross_group".to_owned() });
        }
        said
    }

    /// What a rule says that nothing comes of: marks to drop for a method that
    /// drops none, a rounding of what the scope does not have.
    pub(super) fn said_in_vain(&mut self, a: &AggregationDraft, scope: Scope, trims: bool) {
        let vain = |at: &Count| at.as_ref().filter(|at| at.value != 0).map(|at| at.line);
        if let Some(line) = vain(&a.trim_high).or(vain(&a.trim_low)).filter(|_| !trims) {
            let text = a.method.as_ref().map(|at| at.value.clone()).unwrap_or_default();
            let problem = Problem::BadChoice { text, choices: "trimmed_mean, trimmed_sum".to_owned() };
            self.error(line, "aggregation.method", problem);
        }
        let by_total = vec![("round_mark", &a.round_mark), ("round_expert_total", &a.round_expert_total)];
        let by_criterion = vec![
            ("round_criterion", &a.round_criterion),
            ("round_factored", &a.round_factored),
            ("round_group", &a.round_group),
        ];
        let (wrong, right) = match scope {
            Scope::ExpertTotal => (by_criterion, by_total),
            Scope::Criterion => (by_total, by_criterion),
        };
        let names: Vec<&str> = right.iter().map(|(name, _)| *name).chain(["round_scale"]).collect();
        for (name, at) in wrong {
            if let Some(at) = at {
                let problem = Problem::BadChoice { text: name.to_owned(), choices: names.join(", ") };
                self.error(at.line, format!("aggregation.{name}"), problem);
            }
        }
    }

    /// At least one: of nothing there is no result.
    pub(super) fn min_sheets(&mut self, a: &AggregationDraft) -> u32 {
        let least = self.count(a.min_sheets.as_ref(), "aggregation.min_sheets", 3);
        if let (0, Some(at)) = (least, &a.min_sheets) {
            let problem = Problem::ZeroWeight { of: "min_sheets".to_owned() };
            self.error(at.line, "aggregation.min_sheets", problem);
        }
        least.max(1)
    }

    /// Grades, best first, and from where on each is given; the last one is for
    /// all others.
    fn grades(&mut self, draft: &TemplateDraft, direction: Direction) -> Vec<Grade> {
        let cuts: Vec<Option<Points>> =
            draft.grade_cuts.iter().map(|at| self.optional_points(&Some(at.clone()), "quota.cut")).collect();
        let line = draft.grades.first().map(|at| at.line).or(draft.grade_cuts.first().map(|at| at.line));
        if let Some(line) = line.filter(|_| draft.grades.len() != cuts.len() + 1) {
            let (of, parts) = ("quota.grades".to_owned(), format!("{} + 1", cuts.len()));
            self.error(line, "quota.grades", Problem::SumDiffers { of, parts, stated: draft.grades.len().to_string() });
        }
        for (pair, at) in cuts.windows(2).zip(draft.grade_cuts.iter().skip(1)) {
            let [Some(better), Some(worse)] = pair else { continue };
            let falls = if direction == Direction::Descending { better > worse } else { better < worse };
            if !falls {
                self.error(at.line, "quota.cut", Problem::BandReversed { level: worse.to_string() });
            }
        }
        for (number, at) in draft.grades.iter().enumerate() {
            if draft.grades.iter().take(number).any(|other| other.value == at.value) {
                self.error(at.line, "quota.grades", Problem::Duplicate { what: at.value.clone() });
            }
        }
        let from = cuts.into_iter().chain([None]);
        draft.grades.iter().zip(from).map(|(at, from)| Grade { name: at.value.clone(), from }).collect()
    }

    fn direction(&mut self, words: &Words, field: &str) -> Option<Direction> {
        words.as_ref()?;
        let choices = [("descending", Direction::Descending), ("ascending", Direction::Ascending)];
        Some(self.choice(words, field, &choices, Direction::Descending))
    }

    fn places(&mut self, count: &Count, field: &str) -> Option<u32> {
        let at = count.as_ref()?;
        let places = self.count(Some(at), field, 2);
        if places > 4 {
            let problem = Problem::BadChoice { text: places.to_string(), choices: "0, 1, 2, 3, 4".to_owned() };
            self.error(at.line, field, problem);
        }
        Some(places.min(4))
    }

    /// A decimal in quotes, in units of `10^-places`.
    fn decimal(&mut self, at: &At<Scalar>, field: &str, places: u32) -> Option<i64> {
        match &at.value {
            Scalar::Bare(text) => {
                self.error(at.line, field, Problem::NotQuoted { text: text.clone() });
                None
            }
            Scalar::Quoted(text) => match decimal::parse(text, places) {
                Ok(units) => Some(units),
                Err(why) => {
                    self.error(at.line, field, Problem::BadPoints { text: text.clone(), why });
                    None
                }
            },
        }
    }

    fn mark_values(&mut self, values: &[(String, At<Scalar>)]) -> BTreeMap<Points, i64> {
        let mut out = BTreeMap::new();
        for (mark, at) in values {
            let field = format!("aggregation.mark_values.{mark}");
            let Ok(units) = decimal::parse(mark, 4) else {
                self.error(at.line, field, Problem::NotNumber { text: mark.clone() });
                continue;
            };
            let Some(value) = self.decimal(at, &field, VALUE_PLACES) else { continue };
            let most = MOST_WORTH.saturating_mul(10i64.pow(VALUE_PLACES));
            if value.abs() > most {
                let problem =
                    Problem::AboveMax { value: decimal::shortest(value, VALUE_PLACES), max: MOST_WORTH.to_string() };
                self.error(at.line, field, problem);
            } else if out.insert(Points::from_units(units), value).is_some() {
                self.error(at.line, field, Problem::Duplicate { what: mark.clone() });
            }
        }
        out
    }

    fn groups(&mut self, draft: &TemplateDraft) -> Vec<Group> {
        let mut out: Vec<Group> = Vec::new();
        for group in &draft.groups {
            let taken = draft.dimensions.iter().filter_map(|d| d.id.as_ref()).any(|at| at.value == group.id);
            if CriterionId::parse(&group.id).is_none() {
                self.error(group.line, "groups", Problem::BadCode { text: group.id.clone() });
            } else if taken || group.id == COUNT_BACK {
                self.error(group.line, "groups", Problem::Duplicate { what: group.id.clone() });
            }
            if group.criteria.is_empty() && !group.additions {
                self.error(group.line, "groups", Problem::MissingValue { name: format!("{}: criteria", group.id) });
            }
            // A key of that name would mean both.
            if draft.groups.iter().any(|other| other.criteria.contains(&group.id)) {
                self.error(group.line, "groups", Problem::Duplicate { what: group.id.clone() });
            }
            let new =
                Group { id: group.id.clone(), criteria: group.criteria.clone(), max: None, additions: group.additions };
            let shared = group.criteria.iter().find(|criterion| out.iter().any(|other| other.has(criterion)));
            if let (Some(what), Some(_)) = (shared, &draft.aggregation.round_group) {
                // The score is what groups come to: nothing may be in two of them.
                self.error(group.line, "groups", Problem::Duplicate { what: what.clone() });
            }
            out.push(new);
        }
        if let (Some(at), true, true) = (&draft.aggregation.round_group, out.is_empty(), draft.dimensions.is_empty()) {
            self.error(at.line, "aggregation.round_group", Problem::MissingValue { name: "[groups]".to_owned() });
        }
        out
    }

    fn ties(&mut self, draft: &TemplateDraft) -> Vec<TieKey> {
        let mut out: Vec<TieKey> = Vec::new();
        for key in &draft.tie_order {
            let key = TieKey {
                of: key.key.clone(),
                direction: self.direction(&key.direction, "tie_break.order.direction"),
                places: self.places(&key.places, "tie_break.order.places"),
                panels: key.panels.clone(),
            };
            out.push(key);
        }
        out
    }

    fn carries(&mut self, draft: &TemplateDraft) -> Vec<Carry> {
        let mut out = Vec::new();
        for carry in &draft.carries {
            let mut text = |words: &Words, name: &str| match words {
                Some(at) if !at.value.is_empty() => Some(at.value.clone()),
                _ => {
                    self.error(carry.line, "carry", Problem::MissingValue { name: name.to_owned() });
                    None
                }
            };
            let (from, to) = (text(&carry.from, "from"), text(&carry.to, "to"));
            let factor = match &carry.factor {
                Some(at) => self.decimal(at, "carry.factor", FACTOR_PLACES),
                None => Some(10i64.pow(FACTOR_PLACES)),
            };
            if let (Some(from), Some(to), Some(factor)) = (from, to, factor) {
                if from == to {
                    self.error(carry.line, "carry", Problem::CarryCircle { panels: from.clone() });
                } else if from.contains('*') && !to.contains('*') {
                    // Nothing says what it stands for.
                    self.error(carry.line, "carry.to", Problem::MissingValue { name: "*".to_owned() });
                }
                out.push(Carry { from, to, factor });
            }
        }
        out
    }
}
