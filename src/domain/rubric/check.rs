//! The lint (模板检查): structure and arithmetic of a template, each finding
//! with its line and what to write instead; and the only way to a [`Rubric`].

mod eligibility;
pub mod funding;

use std::collections::BTreeSet;

use crate::base::problem::{Fault, Place, Problem};
use crate::base::{CriterionId, Points};
use crate::domain::form::Form;

use super::draft::{At, Cell, CriterionDraft, DerivedDraft, DimensionDraft, LevelDraft, Scalar, TemplateDraft, Words};
use super::{
    Aggregation, Asked, Below, Criterion, Derived, DerivedKind, Dimension, Level, OpinionRule, PassLine, QuotaKind,
    QuotaRule, RankStyle, RedLine, RemarkRule, Rounding, Rubric, Scope, Statistic, TieBreak,
};

/// What the lint found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What must be mended before the template can be used.
    pub errors: Vec<Fault>,
    /// What an office must still decide, or should know.
    pub notes: Vec<Fault>,
}

pub(super) struct Lint<'a> {
    forms: &'a [Form],
    pub(super) report: Report,
}

/// Checks a template; the rubric is there where nothing must be mended.
#[must_use]
pub fn check(draft: &TemplateDraft, forms: &[Form]) -> (Option<Rubric>, Report) {
    let mut lint = Lint::new(forms);
    let rubric = lint.rubric(draft);
    let rubric = rubric.filter(|_| lint.report.errors.is_empty());
    (rubric, lint.report)
}

impl<'a> Lint<'a> {
    pub(super) fn new(forms: &'a [Form]) -> Self {
        Self { forms, report: Report::default() }
    }

    pub(super) fn error(&mut self, line: u32, field: impl Into<String>, problem: Problem) {
        self.report.errors.push(Fault { place: Place::default().line(line).field(field), problem });
    }

    fn note(&mut self, line: u32, field: impl Into<String>, problem: Problem) {
        self.report.notes.push(Fault { place: Place::default().line(line).field(field), problem });
    }

    fn words(&mut self, words: &Words, line: u32, field: &str) -> String {
        match words {
            Some(at) if !at.value.trim().is_empty() => at.value.clone(),
            _ => {
                let name = field.rsplit('.').next().unwrap_or(field).to_owned();
                self.error(words.as_ref().map_or(line, |at| at.line), field, Problem::MissingValue { name });
                String::new()
            }
        }
    }

    fn id(&mut self, words: &Words, line: u32, field: &str) -> Option<CriterionId> {
        let text = self.words(words, line, field);
        if text.is_empty() {
            return None;
        }
        let id = CriterionId::parse(&text);
        if id.is_none() {
            self.error(words.as_ref().map_or(line, |at| at.line), field, Problem::BadCode { text });
        }
        id
    }

    /// A mark or weight: quoted, and a number of points.
    pub(super) fn points(&mut self, cell: &Cell, line: u32, field: &str) -> Option<Points> {
        let Some(at) = cell else {
            let name = field.rsplit('.').next().unwrap_or(field).to_owned();
            self.error(line, field, Problem::MissingValue { name });
            return None;
        };
        match &at.value {
            Scalar::Bare(text) => {
                self.error(at.line, field, Problem::NotQuoted { text: text.clone() });
                None
            }
            Scalar::Quoted(text) => match Points::parse(text) {
                Ok(points) => Some(points),
                Err(why) => {
                    self.error(at.line, field, Problem::BadPoints { text: text.clone(), why });
                    None
                }
            },
        }
    }

    pub(super) fn optional_points(&mut self, cell: &Cell, field: &str) -> Option<Points> {
        cell.as_ref()?;
        self.points(cell, 1, field)
    }

    pub(super) fn count(&mut self, count: Option<&At<i64>>, field: &str, default: u32) -> u32 {
        let Some(at) = count else { return default };
        u32::try_from(at.value).unwrap_or_else(|_| {
            self.error(at.line, field, Problem::NotNumber { text: at.value.to_string() });
            default
        })
    }

    pub(super) fn choice<T: Copy>(&mut self, words: &Words, field: &str, choices: &[(&str, T)], default: T) -> T {
        let Some(at) = words else { return default };
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == at.value) {
            return *value;
        }
        let names = choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        self.error(at.line, field, Problem::BadChoice { text: at.value.clone(), choices: names });
        default
    }

    fn rubric(&mut self, draft: &TemplateDraft) -> Option<Rubric> {
        match &draft.schema {
            Some(at) if at.value == 1 => {}
            Some(at) => self.error(at.line, "schema", Problem::UnknownSchema { version: at.value.to_string() }),
            None => self.error(1, "schema", Problem::MissingValue { name: "schema".to_owned() }),
        }
        for line in &draft.old_items {
            self.error(*line, "dimension.item", Problem::ItemIsCriterion);
        }
        let total = self.points(&draft.total, 1, "total");
        let step = self.points(&draft.step, 1, "score_step");
        if step == Some(Points::ZERO) {
            let line = draft.step.as_ref().map_or(1, |at| at.line);
            self.error(line, "score_step", Problem::ZeroWeight { of: "score_step".to_owned() });
        }
        let derived = self.derived(&draft.derived, draft);
        let mut dimensions = Vec::new();
        for dimension in &draft.dimensions {
            dimensions.extend(self.dimension(dimension, draft, step, &derived));
        }
        if draft.dimensions.is_empty() {
            self.error(1, "dimension", Problem::MissingValue { name: "dimension".to_owned() });
        }
        self.unique_ids(draft);
        if let Some(total) = total {
            let line = draft.total.as_ref().map_or(1, |at| at.line);
            self.sum_is("total", line, total, dimensions.iter().map(|d| (d.id.to_string(), d.max)));
        }
        let aggregation = self.aggregation(draft);
        let form = self.form(draft);
        let tie_break = self.tie_break(draft, &dimensions);
        Some(Rubric {
            id: self.id(&draft.id, 1, "id")?.to_string(),
            version: self.words(&draft.version, 1, "version"),
            title_zh: self.words(&draft.title_zh, 1, "title_zh"),
            title_en: draft
                .title_en
                .as_ref()
                .or(draft.title_zh.as_ref())
                .map(|at| at.value.clone())
                .unwrap_or_default(),
            basis: draft.basis.clone(),
            total: total?,
            step: step?,
            form,
            reading_rules: draft.reading_rules.clone(),
            note: draft.note.clone().map(|at| at.value).unwrap_or_default(),
            least_experts: self.count(draft.least_experts.as_ref(), "panel.min", 3),
            aggregation,
            quota: self.quota(draft),
            pass_line: PassLine {
                total: self.optional_points(&draft.pass_total, "pass_line.total"),
                dimension_share: self.optional_points(&draft.pass_share, "pass_line.dimension_share"),
            },
            tie_break,
            remarks: self.remarks(draft, &dimensions),
            opinion: OpinionRule {
                text: self.choice(
                    &draft.opinion_text,
                    "opinion.text",
                    &[("none", Asked::No), ("optional", Asked::Optional), ("required", Asked::Required)],
                    Asked::Optional,
                ),
                vote: draft.opinion_vote,
            },
            red_lines: self.red_lines(draft),
            eligibility: self.eligibility(draft),
            funding: self.funding(draft),
            derived,
            dimensions,
            after_review: draft.after_review.clone(),
            doubt: self.doubt(draft),
        })
    }

    fn sum_is(&mut self, of: &str, line: u32, stated: Points, parts: impl Iterator<Item = (String, Points)>) {
        let parts: Vec<_> = parts.collect();
        let sum = crate::base::points::sum(parts.iter().map(|(_, points)| *points));
        if sum != i128::from(stated.units()) {
            let words: Vec<_> = parts.iter().map(|(id, points)| format!("{id} {points}")).collect();
            let sum = i64::try_from(sum).map_or_else(|_| "?".to_owned(), |units| Points::from_units(units).to_string());
            let parts = format!("{} = {sum}", words.join(" + "));
            self.error(line, of, Problem::SumDiffers { of: of.to_owned(), parts, stated: stated.to_string() });
        }
    }

    fn unique_ids(&mut self, draft: &TemplateDraft) {
        let mut seen = BTreeSet::new();
        let ids = draft.dimensions.iter().flat_map(|d| std::iter::once(&d.id).chain(d.criteria.iter().map(|c| &c.id)));
        for at in ids.flatten() {
            if !seen.insert(at.value.clone()) {
                self.error(at.line, "id", Problem::Duplicate { what: at.value.clone() });
            }
        }
        let mut seen = BTreeSet::new();
        for at in draft
            .red_lines
            .iter()
            .filter_map(|r| r.id.as_ref())
            .chain(draft.derived.iter().filter_map(|d| d.id.as_ref()))
        {
            if !seen.insert(at.value.clone()) {
                self.error(at.line, "id", Problem::Duplicate { what: at.value.clone() });
            }
        }
    }

    fn form(&mut self, draft: &TemplateDraft) -> String {
        let Some(at) = &draft.form else { return self.forms.first().map(|f| f.id.clone()).unwrap_or_default() };
        if !self.forms.iter().any(|form| form.id == at.value) {
            let known = self.forms.iter().map(|form| form.id.clone()).collect::<Vec<_>>().join(", ");
            self.error(at.line, "form", Problem::UnknownForm { id: at.value.clone(), known });
        }
        at.value.clone()
    }

    fn known_form(&self, draft: &TemplateDraft) -> Option<&Form> {
        match &draft.form {
            Some(at) => self.forms.iter().find(|form| form.id == at.value),
            None => self.forms.first(),
        }
    }

    /// A field id or pattern (`*` for the year) the form must have.
    fn field_exists(&mut self, at: &At<String>, field: &str, draft: &TemplateDraft) {
        let Some(form) = self.known_form(draft) else { return };
        if form.knows_pattern(&at.value) {
            return;
        }
        let like = form.nearest(&at.value);
        self.error(at.line, field, Problem::UnknownEvidence { id: at.value.clone(), like });
    }

    fn derived(&mut self, drafts: &[DerivedDraft], draft: &TemplateDraft) -> Vec<Derived> {
        let mut out = Vec::new();
        for derived in drafts {
            let id = self.words(&derived.id, derived.line, "derived.id");
            let field = format!("derived {id}");
            for at in derived.over.iter().chain(&derived.under) {
                self.field_exists(at, &field, draft);
            }
            let kinds = [("ratio", DerivedKind::Ratio), ("later_over_first", DerivedKind::LaterOverFirst)];
            let kind = self.choice(&derived.kind, &format!("{field}.kind"), &kinds, DerivedKind::Ratio);
            if derived.over.is_empty() {
                self.error(derived.line, format!("{field}.over"), Problem::MissingValue { name: "over".to_owned() });
            }
            if kind == DerivedKind::Ratio && derived.under.is_empty() {
                self.error(derived.line, format!("{field}.under"), Problem::MissingValue { name: "under".to_owned() });
            }
            out.push(Derived {
                zh: self.words(&derived.zh, derived.line, &format!("{field}.zh")),
                en: derived.en.clone().map_or_else(|| id.clone(), |at| at.value),
                id,
                kind,
                over: derived.over.iter().map(|at| at.value.clone()).collect(),
                under: derived.under.iter().map(|at| at.value.clone()).collect(),
            });
        }
        out
    }

    fn dimension(
        &mut self,
        d: &DimensionDraft,
        draft: &TemplateDraft,
        step: Option<Points>,
        derived: &[Derived],
    ) -> Option<Dimension> {
        let id = self.id(&d.id, d.line, "dimension.id")?;
        let name = id.to_string();
        let max = self.points(&d.max, d.line, &format!("{name}.max"));
        let mut criteria = Vec::new();
        for criterion in &d.criteria {
            criteria.extend(self.criterion(criterion, draft, step, derived));
        }
        if d.criteria.is_empty() {
            self.error(d.line, &name, Problem::MissingValue { name: "criterion".to_owned() });
        }
        let max = max?;
        let line = d.max.as_ref().map_or(d.line, |at| at.line);
        if max == Points::ZERO {
            self.error(line, format!("{name}.max"), Problem::ZeroWeight { of: name.clone() });
        }
        if criteria.len() == d.criteria.len() && !criteria.is_empty() {
            self.sum_is(&name, line, max, criteria.iter().map(|c| (c.id.to_string(), c.max)));
        }
        let zh = self.words(&d.zh, d.line, &format!("{name}.zh"));
        Some(Dimension {
            en: d.en.clone().map_or_else(|| zh.clone(), |at| at.value),
            zh,
            max,
            clause: d.clause.clone().map(|at| at.value).unwrap_or_default(),
            criteria,
            id,
        })
    }

    fn criterion(
        &mut self,
        c: &CriterionDraft,
        draft: &TemplateDraft,
        step: Option<Points>,
        derived: &[Derived],
    ) -> Option<Criterion> {
        let id = self.id(&c.id, c.line, "criterion.id")?;
        let name = id.to_string();
        let max = self.points(&c.max, c.line, &format!("{name}.max"));
        let max_line = c.max.as_ref().map_or(c.line, |at| at.line);
        if max == Some(Points::ZERO) {
            self.error(max_line, format!("{name}.max"), Problem::ZeroWeight { of: name.clone() });
        }
        if let (Some(max), Some(step)) = (max, step) {
            self.on_grid(max, step, max_line, &format!("{name}.max"));
        }
        for at in &c.evidence {
            self.field_exists(at, &format!("{name}.evidence"), draft);
        }
        for at in &c.derived {
            if !derived.iter().any(|d| d.id == at.value) {
                self.error(at.line, format!("{name}.derived"), Problem::UnknownDerived { id: at.value.clone() });
            }
        }
        let zh = self.words(&c.zh, c.line, &format!("{name}.zh"));
        let clause = self.words(&c.clause, c.line, &format!("{name}.clause"));
        let levels = self.levels(&name, c, max, step);
        Some(Criterion {
            en: c.en.clone().map_or_else(|| zh.clone(), |at| at.value),
            zh,
            max: max?,
            clause,
            guide: c.guide.clone().map(|at| at.value).unwrap_or_default(),
            evidence: c.evidence.iter().map(|at| at.value.clone()).collect(),
            find: c.find.clone(),
            derived: c.derived.iter().map(|at| at.value.clone()).collect(),
            levels,
            errata: Vec::new(),
            id,
        })
    }

    fn on_grid(&mut self, value: Points, step: Points, line: u32, field: &str) {
        if step > Points::ZERO && !value.on_grid(step) {
            self.error(line, field, Problem::OffGrid { value: value.to_string(), step: step.to_string() });
        }
    }

    fn level(&mut self, of: &str, l: &LevelDraft, step: Option<Points>) -> Option<(Level, u32)> {
        let key = self.words(&l.key, l.line, &format!("{of}.level.key"));
        let place = format!("{of}.{key}");
        let min = self.points(&l.min, l.line, &format!("{place}.min"));
        let max = self.points(&l.max, l.line, &format!("{place}.max"));
        let zh = self.words(&l.zh, l.line, &format!("{place}.zh"));
        let anchor = self.words(&l.anchor, l.line, &format!("{place}.anchor_zh"));
        let (min, max) = (min?, max?);
        let min_line = l.min.as_ref().map_or(l.line, |at| at.line);
        if let Some(step) = step {
            self.on_grid(min, step, min_line, &format!("{place}.min"));
            self.on_grid(max, step, l.max.as_ref().map_or(l.line, |at| at.line), &format!("{place}.max"));
        }
        if min > max {
            self.error(min_line, &place, Problem::BandReversed { level: zh.clone() });
        }
        let en = l.en.clone().map_or_else(|| zh.clone(), |at| at.value);
        Some((Level { key, zh, en, min, max, anchor }, min_line))
    }

    fn levels(&mut self, of: &str, c: &CriterionDraft, max: Option<Points>, step: Option<Points>) -> Vec<Level> {
        let mut found: Vec<(Level, u32)> = c.levels.iter().filter_map(|l| self.level(of, l, step)).collect();
        if found.len() != c.levels.len() {
            return Vec::new();
        }
        if found.len() < 2 {
            self.error(c.line, of, Problem::TooFewLevels);
            return Vec::new();
        }
        let mut keys = BTreeSet::new();
        for (level, line) in &found {
            if !keys.insert(level.key.clone()) {
                self.error(*line, format!("{of}.level"), Problem::Duplicate { what: level.key.clone() });
            }
        }
        found.sort_by(|(a, _), (b, _)| b.min.cmp(&a.min).then(b.max.cmp(&a.max)));
        if let (Some((top, line)), Some(max)) = (found.first(), max)
            && top.max != max
        {
            let problem =
                Problem::BandTop { level: top.zh.clone(), max: max.to_string(), reached: top.max.to_string() };
            let (line, place) = (*line, format!("{of}.{}", top.key));
            self.error(line, place, problem);
        }
        if let Some((bottom, line)) = found.last()
            && bottom.min != Points::ZERO
        {
            let problem = Problem::BandBottom { level: bottom.zh.clone(), from: bottom.min.to_string() };
            let (line, place) = (*line, format!("{of}.{}", bottom.key));
            self.error(line, place, problem);
        }
        for pair in found.windows(2) {
            let [(upper, line), (lower, _)] = pair else { continue };
            let place = format!("{of}.{}", upper.key);
            let names = (upper.zh.clone(), lower.zh.clone());
            if lower.max >= upper.min {
                self.error(*line, place, Problem::BandOverlap { upper: names.0, lower: names.1 });
            } else if step.is_some_and(|step| lower.max.checked_add(step) != Some(upper.min)) {
                let (from, to) = (lower.max.to_string(), upper.min.to_string());
                self.error(*line, place, Problem::BandGap { upper: names.0, lower: names.1, from, to });
            }
        }
        found.into_iter().map(|(level, _)| level).collect()
    }

    pub(super) fn aggregation(&mut self, draft: &TemplateDraft) -> Aggregation {
        let a = &draft.aggregation;
        let scopes = [("expert_total", Scope::ExpertTotal), ("criterion", Scope::Criterion)];
        let methods = [
            ("trimmed_mean", (Statistic::Mean, true)),
            ("mean", (Statistic::Mean, false)),
            ("median", (Statistic::Median, false)),
            ("trimmed_sum", (Statistic::Sum, true)),
            ("sum", (Statistic::Sum, false)),
        ];
        let scope = self.choice(&a.scope, "aggregation.scope", &scopes, Scope::ExpertTotal);
        let (statistic, trims) = self.choice(&a.method, "aggregation.method", &methods, (Statistic::Mean, true));
        let drop_high = if trims { self.count(a.trim_high.as_ref(), "aggregation.trim_high", 1) } else { 0 };
        let drop_low = if trims { self.count(a.trim_low.as_ref(), "aggregation.trim_low", 1) } else { 0 };
        self.said_in_vain(a, scope, trims);
        let drop_from = self.count(a.trim_min_scores.as_ref(), "aggregation.trim_min_scores", 5);
        let dropped = drop_high.saturating_add(drop_low);
        if dropped > 0 && dropped >= drop_from {
            let said = [
                (&a.trim_min_scores, "aggregation.trim_min_scores"),
                (&a.trim_high, "aggregation.trim_high"),
                (&a.trim_low, "aggregation.trim_low"),
            ];
            let at = said.into_iter().find_map(|(at, field)| Some((at.as_ref()?.line, field)));
            let (line, field) = at.unwrap_or((a.line, "aggregation.trim_min_scores"));
            self.error(line, field, Problem::DropTooMany { dropped, from: drop_from });
        }
        let fallbacks = [
            ("plain", Below::Plain),
            ("mean", Below::Plain),
            ("median", Below::Median),
            ("none", Below::NoResult),
            ("error", Below::NoResult),
        ];
        let roundings = [
            ("half_away_from_zero", Rounding::HalfUp),
            ("half_up", Rounding::HalfUp),
            ("half_even", Rounding::HalfEven),
            ("down", Rounding::Down),
        ];
        let styles = [
            ("1224", RankStyle::Competition),
            ("dense", RankStyle::Dense),
            ("1223", RankStyle::Dense),
            ("1334", RankStyle::Modified),
            ("fractional", RankStyle::Fractional),
        ];
        self.choice(&a.recusal, "aggregation.recusal", &[("drop_score", ())], ());
        let places = self.count(a.round_scale.as_ref(), "aggregation.round_scale", 2);
        if places > 4 {
            let line = a.round_scale.as_ref().map_or(a.line, |at| at.line);
            let problem = Problem::BadChoice { text: places.to_string(), choices: "0, 1, 2, 3, 4".to_owned() };
            self.error(line, "aggregation.round_scale", problem);
        }
        Aggregation {
            scope,
            statistic,
            drop_high,
            drop_low,
            drop_from,
            below: self.choice(&a.fallback, "aggregation.fallback", &fallbacks, Below::Plain),
            min_sheets: self.min_sheets(a),
            places,
            rounding: self.choice(&a.round_mode, "aggregation.round_mode", &roundings, Rounding::HalfUp),
            rank_style: self.choice(&a.rank_style, "aggregation.rank_style", &styles, RankStyle::Competition),
            beyond: Box::new(self.beyond(draft)),
        }
    }

    pub(super) fn quota(&mut self, draft: &TemplateDraft) -> QuotaRule {
        let kinds = [
            ("max", QuotaKind::Hard),
            ("about", QuotaKind::Soft),
            ("exact", QuotaKind::Exact),
            ("unspecified", QuotaKind::Open),
            ("none", QuotaKind::None),
            ("grade", QuotaKind::None),
            ("per_district", QuotaKind::None),
        ];
        let kind = self.choice(&draft.quota_kind, "quota.kind", &kinds, QuotaKind::Open);
        let number = draft.quota_number.as_ref().map(|at| (self.count(Some(at), "quota.n", 0), at.line));
        if let Some((0, line)) = number {
            self.error(line, "quota.n", Problem::ZeroWeight { of: "quota.n".to_owned() });
        }
        let line = draft.quota_kind.as_ref().map_or(1, |at| at.line);
        match (kind, number) {
            (QuotaKind::Hard | QuotaKind::Soft | QuotaKind::Exact, None) => {
                self.error(line, "quota.n", Problem::MissingValue { name: "n".to_owned() });
            }
            (QuotaKind::Open, _) => self.note(line, "quota", Problem::QuotaOpen),
            // A number without a line is somebody's mistake.
            (QuotaKind::None, Some((_, number))) if draft.quota_kind.as_ref().is_some_and(|at| at.value == "none") => {
                let choices = "max, about, exact".to_owned();
                self.error(number, "quota.n", Problem::BadChoice { text: "none".to_owned(), choices });
            }
            _ => {}
        }
        QuotaRule { kind, number: number.map(|(number, _)| number) }
    }

    fn tie_break(&mut self, draft: &TemplateDraft, dimensions: &[Dimension]) -> TieBreak {
        let mut keys = Vec::new();
        for at in &draft.tie_order {
            let known = dimensions.iter().flat_map(|d| std::iter::once(&d.id).chain(d.criteria.iter().map(|c| &c.id)));
            match known.clone().find(|id| id.as_str() == at.key) {
                Some(id) if keys.contains(id) => {
                    self.error(at.line, "tie_break.order", Problem::Duplicate { what: at.key.clone() });
                }
                Some(id) => keys.push(id.clone()),
                None => {
                    let known = known.map(ToString::to_string).collect::<Vec<_>>().join(" ");
                    self.error(at.line, "tie_break.order", Problem::UnknownTieKey { id: at.key.clone(), known });
                }
            }
        }
        let choices = [("undecided", true), ("none", false), ("not_used", false)];
        let undecided = self.choice(&draft.tie_priority, "tie_break.priority", &choices, false);
        if undecided {
            let line = draft.tie_priority.as_ref().map_or(1, |at| at.line);
            self.note(line, "tie_break.priority", Problem::Undecided { what: "tie_break.priority".to_owned() });
        }
        let last = draft.tie_last.clone().map_or_else(|| "panel_vote".to_owned(), |at| at.value);
        TieBreak { keys, last, undecided }
    }

    fn remarks(&mut self, draft: &TemplateDraft, dimensions: &[Dimension]) -> RemarkRule {
        let levels: Vec<_> = dimensions.iter().flat_map(|d| &d.criteria).flat_map(|c| &c.levels).collect();
        for at in &draft.remark_levels {
            if !levels.iter().any(|level| level.key == at.value) {
                let mut known: Vec<_> = levels.iter().map(|level| level.key.clone()).collect();
                known.sort();
                known.dedup();
                let problem = Problem::BadChoice { text: at.value.clone(), choices: known.join(", ") };
                self.error(at.line, "remarks.levels", problem);
            }
        }
        RemarkRule {
            levels: draft.remark_levels.iter().map(|at| at.value.clone()).collect(),
            full_marks: draft.remark_full_marks,
            from_max: self.optional_points(&draft.remark_from_max, "remarks.from_max").unwrap_or_default(),
            refuse: self.choice(
                &draft.remark_missing,
                "remarks.when_missing",
                &[("note", false), ("refuse", true)],
                false,
            ),
        }
    }

    fn red_lines(&mut self, draft: &TemplateDraft) -> Vec<RedLine> {
        let mut out = Vec::new();
        for red in &draft.red_lines {
            let id = self.words(&red.id, red.line, "red_line.id");
            let zh = self.words(&red.zh, red.line, &format!("red_line {id}.zh"));
            out.push(RedLine {
                en: red.en.clone().map_or_else(|| zh.clone(), |at| at.value),
                clause: red.clause.clone().map(|at| at.value).unwrap_or_default(),
                id,
                zh,
            });
        }
        out
    }
}
