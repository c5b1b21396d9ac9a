//! Scoring templates in TOML, read with the line of every value, so that the
//! lint can point at what it finds.

mod doubt;
mod eligibility;
mod funding;
mod rule;

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, Visitor};
use toml::Spanned;

use crate::base::{Limits, Place, Problem, Refusal, Result, limits};
use crate::domain::form::Form;
use crate::domain::rubric::Rubric;
use crate::domain::rubric::check::funding::{FundingRule, check_funding};
use crate::domain::rubric::check::{Report, check};
use crate::domain::rubric::draft::{
    At, Cell, Count, CriterionDraft, DerivedDraft, DimensionDraft, LevelDraft, RedLineDraft, Scalar, TemplateDraft,
    Words,
};

use crate::domain::counting::Counting;
use crate::domain::rubric::check_counting::{check_counting, is_rule_alone};

use super::decode;

type Text = Option<Spanned<String>>;
type Number = Option<Spanned<i64>>;
type Mark = Option<Spanned<Loose>>;

/// Any scalar: what a bare one says is taken from the source, digit for digit.
struct Loose(Option<String>);

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        struct Any;
        impl Visitor<'_> for Any {
            type Value = Loose;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a quoted decimal")
            }
            fn visit_str<E>(self, text: &str) -> std::result::Result<Loose, E> {
                Ok(Loose(Some(text.to_owned())))
            }
            fn visit_i64<E>(self, _: i64) -> std::result::Result<Loose, E> {
                Ok(Loose(None))
            }
            fn visit_f64<E>(self, _: f64) -> std::result::Result<Loose, E> {
                Ok(Loose(None))
            }
            fn visit_bool<E>(self, _: bool) -> std::result::Result<Loose, E> {
                Ok(Loose(None))
            }
        }
        from.deserialize_any(Any)
    }
}

/// Keys a template may hold that the program passes on to people only.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: Number,
    id: Text,
    version: Text,
    #[serde(rename = "programme")]
    _programme: Option<String>,
    #[serde(rename = "status")]
    _status: Option<String>,
    title_zh: Text,
    title_en: Text,
    #[serde(default)]
    basis: Vec<String>,
    total: Mark,
    score_step: Mark,
    form: Text,
    #[serde(default)]
    reading_rules_zh: Vec<String>,
    note_zh: Text,
    #[serde(default)]
    panel: PanelTable,
    #[serde(default, alias = "aggregate")]
    aggregation: Option<Spanned<rule::AggregationTable>>,
    #[serde(default)]
    quota: QuotaTable,
    #[serde(default)]
    pass_line: PassTable,
    #[serde(default)]
    tie_break: TieTable,
    #[serde(default)]
    remarks: RemarksTable,
    #[serde(default)]
    opinion: OpinionTable,
    #[serde(default)]
    after_review: AfterTable,
    #[serde(default)]
    red_line: Vec<Spanned<RedLineTable>>,
    eligibility: Option<Spanned<eligibility::Table>>,
    funding: Option<Spanned<funding::Table>>,
    #[serde(default)]
    cross_group: CrossGroupTable,
    #[serde(default)]
    derived: Vec<Spanned<DerivedTable>>,
    #[serde(default)]
    dimension: Vec<Spanned<DimensionTable>>,
    #[serde(default)]
    factors: BTreeMap<String, Spanned<Loose>>,
    #[serde(default)]
    groups: BTreeMap<String, Spanned<rule::GroupTable>>,
    #[serde(default)]
    carry: Vec<Spanned<rule::CarryTable>>,
    doubt: Option<Spanned<doubt::Table>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct PanelTable {
    min: Number,
    #[serde(rename = "recommended")]
    _recommended: Option<i64>,
    #[serde(rename = "odd")]
    _odd: Option<bool>,
    #[serde(rename = "max_same_employer")]
    _max_same_employer: Option<i64>,
    #[serde(rename = "scores_required_share")]
    _scores_required_share: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct QuotaTable {
    kind: Text,
    n: Number,
    #[serde(default)]
    grades: Vec<Spanned<String>>,
    #[serde(default)]
    cut: Vec<Spanned<Loose>>,
    #[serde(rename = "per")]
    _per: Option<String>,
    #[serde(rename = "source")]
    _source: Option<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct CrossGroupTable {
    method: Text,
    #[serde(rename = "note")]
    _note: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct PassTable {
    total: Mark,
    dimension_share: Mark,
    #[serde(rename = "source")]
    _source: Option<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct TieTable {
    #[serde(default)]
    order: Vec<Spanned<rule::KeyTable>>,
    priority: Text,
    last: Text,
    #[serde(rename = "note")]
    _note: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RemarksTable {
    #[serde(default)]
    levels: Vec<Spanned<String>>,
    #[serde(default)]
    full_marks: bool,
    from_max: Mark,
    when_missing: Text,
    #[serde(rename = "note")]
    _note: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct OpinionTable {
    text: Text,
    #[serde(default)]
    vote: bool,
    #[serde(rename = "note")]
    _note: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct AfterTable {
    #[serde(default)]
    steps: Vec<String>,
    #[serde(rename = "clause")]
    _clause: Option<String>,
    #[serde(rename = "notice_place")]
    _notice_place: Option<String>,
    #[serde(rename = "notice_days")]
    _notice_days: Option<String>,
    #[serde(rename = "ranking_is_decision")]
    _ranking_is_decision: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RedLineTable {
    id: Text,
    zh: Text,
    en: Text,
    clause: Text,
    #[serde(rename = "effect")]
    _effect: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DerivedTable {
    id: Text,
    zh: Text,
    en: Text,
    kind: Text,
    #[serde(default)]
    over: Vec<Spanned<String>>,
    #[serde(default)]
    under: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DimensionTable {
    id: Text,
    zh: Text,
    en: Text,
    max: Mark,
    clause: Text,
    #[serde(default)]
    criterion: Vec<Spanned<CriterionTable>>,
    #[serde(default)]
    item: Vec<Spanned<CriterionTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CriterionTable {
    id: Text,
    zh: Text,
    en: Text,
    max: Mark,
    #[serde(rename = "kind")]
    _kind: Option<String>,
    clause: Text,
    guide_zh: Text,
    #[serde(default)]
    evidence: Vec<Spanned<String>>,
    #[serde(default)]
    find: Vec<String>,
    #[serde(default)]
    derived: Vec<Spanned<String>>,
    #[serde(default)]
    level: Vec<Spanned<LevelTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelTable {
    key: Text,
    zh: Text,
    en: Text,
    min: Mark,
    max: Mark,
    anchor_zh: Text,
}

/// The source and where its lines begin.
struct Source<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Source<'a> {
    fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    fn line(&self, span: &Range<usize>) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= span.start)).unwrap_or(u32::MAX)
    }

    fn at<T>(&self, value: Spanned<T>) -> At<T> {
        let line = self.line(&value.span());
        At { value: value.into_inner(), line }
    }

    fn words(&self, text: Text) -> Words {
        text.map(|text| self.at(text))
    }

    fn count(&self, number: Number) -> Count {
        number.map(|number| self.at(number))
    }

    fn list(&self, list: Vec<Spanned<String>>) -> Vec<At<String>> {
        list.into_iter().map(|text| self.at(text)).collect()
    }

    fn cell(&self, mark: Mark) -> Cell {
        mark.map(|mark| {
            let span = mark.span();
            let line = self.line(&span);
            let value = match mark.into_inner().0 {
                Some(text) => Scalar::Quoted(text),
                None => Scalar::Bare(self.text.get(span).unwrap_or("").trim().to_owned()),
            };
            At { value, line }
        })
    }

    fn criterion(&self, table: Spanned<CriterionTable>) -> CriterionDraft {
        let At { value: c, line } = self.at(table);
        CriterionDraft {
            line,
            id: self.words(c.id),
            zh: self.words(c.zh),
            en: self.words(c.en),
            max: self.cell(c.max),
            clause: self.words(c.clause),
            guide: self.words(c.guide_zh),
            evidence: self.list(c.evidence),
            find: c.find,
            derived: self.list(c.derived),
            levels: c.level.into_iter().map(|level| self.level(level)).collect(),
        }
    }

    fn level(&self, table: Spanned<LevelTable>) -> LevelDraft {
        let At { value: l, line } = self.at(table);
        LevelDraft {
            line,
            key: self.words(l.key),
            zh: self.words(l.zh),
            en: self.words(l.en),
            min: self.cell(l.min),
            max: self.cell(l.max),
            anchor: self.words(l.anchor_zh),
        }
    }

    fn template(&self, file: File) -> TemplateDraft {
        let mut old_items = Vec::new();
        let mut dimensions = Vec::new();
        for table in file.dimension {
            let At { value: d, line } = self.at(table);
            old_items.extend(d.item.first().map(|item| self.line(&item.span())));
            let criteria = d.criterion.into_iter().chain(d.item).map(|c| self.criterion(c)).collect();
            dimensions.push(DimensionDraft {
                line,
                id: self.words(d.id),
                zh: self.words(d.zh),
                en: self.words(d.en),
                max: self.cell(d.max),
                clause: self.words(d.clause),
                criteria,
            });
        }
        let red_lines = file.red_line.into_iter().map(|table| {
            let At { value: r, line } = self.at(table);
            RedLineDraft {
                line,
                id: self.words(r.id),
                zh: self.words(r.zh),
                en: self.words(r.en),
                clause: self.words(r.clause),
            }
        });
        let derived = file.derived.into_iter().map(|table| {
            let At { value: d, line } = self.at(table);
            DerivedDraft {
                line,
                id: self.words(d.id),
                zh: self.words(d.zh),
                en: self.words(d.en),
                kind: self.words(d.kind),
                over: self.list(d.over),
                under: self.list(d.under),
            }
        });
        TemplateDraft {
            schema: self.count(file.schema),
            id: self.words(file.id),
            version: self.words(file.version),
            title_zh: self.words(file.title_zh),
            title_en: self.words(file.title_en),
            basis: file.basis,
            total: self.cell(file.total),
            step: self.cell(file.score_step),
            form: self.words(file.form),
            reading_rules: file.reading_rules_zh,
            note: self.words(file.note_zh),
            least_experts: self.count(file.panel.min),
            aggregation: self.aggregation(file.aggregation),
            quota_kind: self.words(file.quota.kind),
            quota_number: self.count(file.quota.n),
            grades: self.list(file.quota.grades),
            grade_cuts: file.quota.cut.into_iter().filter_map(|mark| self.cell(Some(mark))).collect(),
            pass_total: self.cell(file.pass_line.total),
            pass_share: self.cell(file.pass_line.dimension_share),
            tie_order: self.keys(file.tie_break.order),
            tie_last: self.words(file.tie_break.last),
            tie_priority: self.words(file.tie_break.priority),
            remark_levels: self.list(file.remarks.levels),
            remark_full_marks: file.remarks.full_marks,
            remark_from_max: self.cell(file.remarks.from_max),
            remark_missing: self.words(file.remarks.when_missing),
            opinion_text: self.words(file.opinion.text),
            opinion_vote: file.opinion.vote,
            after_review: file.after_review.steps,
            red_lines: red_lines.collect(),
            derived: derived.collect(),
            dimensions,
            eligibility: file.eligibility.map(|table| self.eligibility(table)),
            funding: file.funding.map(|table| self.funding(table)),
            cross_group: self.words(file.cross_group.method),
            factors: self.factors(file.factors),
            groups: self.groups(file.groups),
            carries: self.carries(file.carry),
            doubt: file.doubt.map(|table| self.doubt(table)),
            old_items,
        }
    }
}

fn draft(bytes: &[u8], limits: &Limits) -> Result<TemplateDraft> {
    limits::bytes(bytes, limits.template)?;
    let text = decode::text(bytes, limits)?;
    if let Some(bad) = text.chars().find(|c| *c != '\r' && crate::base::clean::is_unsafe(*c)) {
        let at = text.find(bad).unwrap_or(0);
        let line = Source::new(&text).line(&(at..at));
        let why = format!("U+{:04X}", u32::from(bad));
        return Err(Refusal::new(Place::default().line(line), Problem::BadToml(why)));
    }
    let file: File = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| Source::new(&text).line(&span));
        let why = error.message().lines().next().unwrap_or_default().to_owned();
        Refusal::new(Place::default().line(line), Problem::BadToml(why))
    })?;
    Ok(Source::new(&text).template(file))
}

/// Reads a template and checks it.
///
/// # Errors
/// Where it is not TOML of this shape at all; what the lint finds is in the
/// report.
pub fn read(bytes: &[u8], limits: &Limits, forms: &[Form]) -> Result<(Option<Rubric>, Report)> {
    Ok(check(&draft(bytes, limits)?, forms))
}

/// What a file holds, checked.
#[derive(Debug)]
pub enum Checked {
    /// A scoring template.
    Template(Option<Box<Rubric>>),
    /// A counting rule alone; where there is one, with a rule of funding.
    Rule(Option<Box<Counting>>, Option<Box<FundingRule>>),
    /// A rule of funding alone.
    Funding(Option<Box<FundingRule>>),
}

/// What a file may say beside a rule of funding that is alone in it.
const BESIDE_FUNDING: [&str; 10] =
    ["schema", "id", "version", "programme", "status", "title_zh", "title_en", "basis", "note_zh", "funding"];

/// Reads a template, or a file with a counting rule or a rule of funding alone,
/// and checks it.
///
/// # Errors
/// As [`read`].
pub fn read_either(bytes: &[u8], limits: &Limits, forms: &[Form]) -> Result<(Checked, Report)> {
    let draft = draft(bytes, limits)?;
    Ok(if is_rule_alone(&draft) {
        let (funding, beside) = match &draft.funding {
            Some(_) => check_funding(&draft, forms),
            None => (None, Report::default()),
        };
        let funding = funding.map(Box::new);
        if draft.funding.is_some() && is_funding_alone(bytes, limits)? {
            return Ok((Checked::Funding(funding), beside));
        }
        let (rule, mut report) = check_counting(&draft);
        report.errors.extend(beside.errors);
        report.notes.extend(beside.notes);
        (Checked::Rule(rule.map(Box::new), funding), report)
    } else {
        let (rubric, report) = check(&draft, forms);
        (Checked::Template(rubric.map(Box::new)), report)
    })
}

fn is_funding_alone(bytes: &[u8], limits: &Limits) -> Result<bool> {
    let table = toml::from_str::<toml::Table>(&decode::text(bytes, limits)?);
    Ok(table.is_ok_and(|table| table.keys().all(|key| BESIDE_FUNDING.contains(&key.as_str()))))
}

/// Reads a counting rule that must be sound: a template's, or that of a file
/// which holds nothing else.
///
/// # Errors
/// As [`read_sound`].
pub fn read_counting(bytes: &[u8], limits: &Limits) -> Result<Counting> {
    let (counting, report) = check_counting(&draft(bytes, limits)?);
    sound(counting, report)
}

/// Reads a rule of funding that must be sound, with what it is a rule of: id,
/// version and title of a template, or of a file which holds nothing else.
///
/// # Errors
/// As [`read_sound`], and where there is no `[funding]`.
pub fn read_funding(bytes: &[u8], limits: &Limits, forms: &[Form]) -> Result<FundingRule> {
    let (rule, report) = check_funding(&draft(bytes, limits)?, forms);
    sound(rule, report)
}

fn sound<T>(read: Option<T>, report: Report) -> Result<T> {
    match (read, Refusal::from_faults(report.errors)) {
        (Some(read), None) => Ok(read),
        (_, Some(refusal)) => Err(refusal),
        (None, None) => Err(Problem::Internal("template".to_owned()).into()),
    }
}

/// Reads a template that must be sound.
///
/// # Errors
/// Everything the lint calls an error.
pub fn read_sound(bytes: &[u8], limits: &Limits, forms: &[Form]) -> Result<Rubric> {
    let (rubric, report) = read(bytes, limits, forms)?;
    sound(rubric, report)
}
