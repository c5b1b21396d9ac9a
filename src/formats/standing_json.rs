//! The standing as json: the shape other programs read.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::ser::PrettyFormatter;

use crate::base::{CriterionId, Digest, ExpertCode, PacketCode, Points, Problem, Result, decimal};
use crate::domain::across::{Across, Standardised, WhyNot};
use crate::domain::amendment::{Amendment, Change};
use crate::domain::counting::Counting;
use crate::domain::rubric::beyond::{Beyond, Direction, FACTOR_PLACES, RankOn, RoundAt, Shown, TieKey, VALUE_PLACES};
use crate::domain::rubric::{Aggregation, Below, QuotaKind, RankStyle, Scope, Statistic};
use crate::domain::standing::{Dropped, Flag, Rule, Standee, Standing};
use crate::domain::tallied::Rank;

/// What a standing is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Of {
    /// The round.
    pub round: Digest,
    /// The template: id, version, digest.
    pub template: (String, String, Digest),
    /// Whether the round is a demonstration.
    pub demo: bool,
    /// Whether the round is for practice.
    pub practice: bool,
    /// Amendments in force, each with its document.
    pub amendments: Vec<(Amendment, Digest)>,
}

#[derive(Serialize)]
struct File<'a> {
    round: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    demo: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    practice: bool,
    template: TemplateFile<'a>,
    rule: RuleFile,
    #[serde(skip_serializing_if = "Option::is_none")]
    cross_group: Option<AcrossFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    amendments: Vec<AmendmentFile<'a>>,
    standing: Vec<StandeeFile>,
    cut: CutFile,
    sheets_digest: String,
}

/// What became of making groups comparable.
#[derive(Serialize)]
pub(super) struct AcrossFile {
    method: &'static str,
    applied: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    why_not: Option<String>,
}

pub(super) fn across_file(across: &Standardised) -> AcrossFile {
    let why_not = across.why_not.as_ref();
    AcrossFile { method: across.method.word(), applied: why_not.is_none(), why_not: why_not.map(WhyNot::word) }
}

#[derive(Serialize)]
struct TemplateFile<'a> {
    id: &'a str,
    version: &'a str,
    digest: String,
}

#[derive(Serialize)]
struct AmendmentFile<'a> {
    number: u32,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a PacketCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    criteria: Option<&'a [CriterionId]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    criterion: Option<&'a CriterionId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expert: Option<&'a ExpertCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a ExpertCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quota: Option<u32>,
    reason: &'a str,
    document: String,
}

fn amendment_file<'a>(amendment: &'a Amendment, document: &Digest) -> AmendmentFile<'a> {
    let mut file = AmendmentFile {
        number: amendment.number,
        kind: amendment.change.kind(),
        code: None,
        criteria: None,
        criterion: None,
        text: None,
        expert: None,
        by: None,
        quota: None,
        reason: &amendment.reason,
        document: document.to_string(),
    };
    match &amendment.change {
        Change::PacketWithdrawn { code } => file.code = Some(code),
        Change::PacketCorrected { code, criteria, .. } => {
            (file.code, file.criteria) = (Some(code), Some(criteria.as_slice()));
        }
        Change::ExpertAdded { part } => file.expert = Some(&part.expert),
        Change::ExpertReplaced { expert, part } => (file.expert, file.by) = (Some(expert), Some(&part.expert)),
        Change::Erratum { criterion, text } => (file.criterion, file.text) = (Some(criterion), Some(text.as_str())),
        Change::CriterionVoid { criterion } => file.criterion = Some(criterion),
        Change::QuotaChanged { to, .. } => file.quota = Some(*to),
    }
    file
}

#[derive(Serialize)]
struct RuleFile {
    scope: &'static str,
    statistic: &'static str,
    drop_high: u32,
    drop_low: u32,
    drop_from: u32,
    below: &'static str,
    min_sheets: u32,
    places: u32,
    rounding: &'static str,
    rank_on: &'static str,
    rank_style: &'static str,
    tie_break: Vec<String>,
    tie_last: String,
    pass_line: Option<String>,
    dimension_share: Option<String>,
    #[serde(flatten)]
    beyond: BeyondFile,
}

/// What a rule says beyond the usual one; what it does not say is left out.
#[derive(Serialize, Default)]
struct BeyondFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    criteria: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    show_criterion: Option<&'static str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    round: BTreeMap<&'static str, u32>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    mark_values: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    negative_marks: bool,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    factors: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    groups: BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    carry: Vec<[String; 3]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    place_points: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cross_group: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    grades: Vec<(String, Option<String>)>,
}

fn beyond_file(beyond: &Beyond) -> BeyondFile {
    let Beyond {
        mark_values,
        negative,
        factors,
        factor_sum: _,
        round,
        shown,
        rank_on: _,
        direction,
        own_criteria,
        groups,
        ties: _,
        carries,
        place_points,
        across,
        grades,
    } = beyond;
    let RoundAt { mark, expert_total, criterion, factored, group } = *round;
    let steps = [
        ("mark", mark),
        ("expert_total", expert_total),
        ("criterion", criterion),
        ("factored", factored),
        ("group", group),
    ];
    let factor = |factor: i64| decimal::shortest(factor, FACTOR_PLACES);
    BeyondFile {
        direction: (*direction == Direction::Ascending).then_some("ascending"),
        criteria: own_criteria.then_some("own"),
        show_criterion: (*shown == Shown::Statistic).then_some("statistic"),
        round: steps.into_iter().filter_map(|(name, places)| Some((name, places?))).collect(),
        mark_values: mark_values
            .iter()
            .map(|(mark, value)| (mark.to_string(), decimal::shortest(*value, VALUE_PLACES)))
            .collect(),
        negative_marks: *negative,
        factors: factors.iter().map(|(id, value)| (id.clone(), factor(*value))).collect(),
        groups: groups.iter().map(|group| (group.id.clone(), group.criteria.clone())).collect(),
        carry: carries.iter().map(|carry| [carry.from.clone(), carry.to.clone(), factor(carry.factor)]).collect(),
        place_points: place_points.iter().map(ToString::to_string).collect(),
        cross_group: (*across != Across::None).then(|| across.word()),
        grades: grades.iter().map(|grade| (grade.name.clone(), grade.from.map(|from| from.to_string()))).collect(),
    }
}

/// A counting rule as data.
pub(super) fn rule_of(rule: &Counting) -> impl Serialize {
    let key = |key: &TieKey| match key.panels.as_slice() {
        [] => key.of.clone(),
        panels => format!("{} ({})", key.of, panels.join(" ")),
    };
    let keys = rule.ties.iter().map(key).collect();
    rule_file(&rule.aggregation, keys, &rule.tie_last, (rule.pass_line.total, rule.pass_line.dimension_share))
}

/// A place as a number, written digit for digit.
pub(super) fn rank_number(rank: Rank) -> Option<serde_json::Number> {
    rank.to_string().parse().ok()
}

#[derive(Serialize)]
struct StandeeFile {
    rank: Option<serde_json::Number>,
    code: String,
    score: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<String>,
    valid_sheets: u32,
    dropped: DroppedFile,
    dimensions: BTreeMap<String, String>,
    expert_totals: BTreeMap<String, String>,
    tied: bool,
    tie_break: Option<String>,
    recommend: u32,
    votes: u32,
    flags: Vec<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum DroppedFile {
    Totals(Vec<String>),
    Marks(BTreeMap<String, Vec<String>>),
}

#[derive(Serialize)]
struct CutFile {
    quota: Option<u32>,
    kind: &'static str,
    above: Vec<String>,
    tied_at_line: Vec<String>,
    seats_left: u32,
}

/// A flag as a word of the data.
#[must_use]
pub fn flag_word(flag: &Flag) -> String {
    match flag {
        Flag::PlainStatistic => "plain_statistic".to_owned(),
        Flag::TooFewSheets => "too_few_sheets".to_owned(),
        Flag::FewerSheets => "fewer_sheets".to_owned(),
        Flag::Recused(expert) => format!("recused:{expert}"),
        Flag::BelowPassLine => "below_pass_line".to_owned(),
        Flag::BelowDimension(id) => format!("below_dimension:{id}"),
        Flag::TiedAtLine => "tied_at_line".to_owned(),
        Flag::Spreadsheet(expert) => format!("spreadsheet:{expert}"),
        Flag::RedLine(id) => format!("red_line:{id}"),
        Flag::Recognised(expert) => format!("recognised:{expert}"),
    }
}

fn rule_file(
    aggregation: &Aggregation,
    tie_break: Vec<String>,
    tie_last: &str,
    (pass_total, pass_share): (Option<Points>, Option<Points>),
) -> RuleFile {
    let Aggregation {
        scope,
        statistic,
        drop_high,
        drop_low,
        drop_from,
        below,
        min_sheets,
        places,
        rounding,
        rank_style,
        ref beyond,
    } = *aggregation;
    RuleFile {
        scope: match scope {
            Scope::ExpertTotal => "expert_total",
            Scope::Criterion => "criterion",
        },
        statistic: match statistic {
            Statistic::Mean => "mean",
            Statistic::Median => "median",
            Statistic::Sum => "sum",
        },
        drop_high,
        drop_low,
        drop_from,
        below: match below {
            Below::Plain => "plain",
            Below::Median => "median",
            Below::NoResult => "none",
        },
        min_sheets,
        places,
        rounding: rounding.word(),
        rank_on: match beyond.rank_on {
            RankOn::Rounded => "rounded",
            RankOn::Exact => "exact",
        },
        rank_style: match rank_style {
            RankStyle::Competition => "1224",
            RankStyle::Dense => "dense",
            RankStyle::Modified => "1334",
            RankStyle::Fractional => "fractional",
        },
        tie_break,
        tie_last: tie_last.to_owned(),
        pass_line: pass_total.map(|points| points.to_string()),
        dimension_share: pass_share.map(|points| points.to_string()),
        beyond: beyond_file(beyond),
    }
}

fn round_rule(rule: &Rule) -> RuleFile {
    let keys = rule.tie_keys.iter().map(ToString::to_string).collect();
    rule_file(&rule.aggregation, keys, &rule.tie_last, (rule.pass_total, rule.pass_share))
}

/// What a quota's number means, as a word of the data.
#[must_use]
pub const fn quota_word(kind: QuotaKind) -> &'static str {
    match kind {
        QuotaKind::Hard => "hard",
        QuotaKind::Soft => "soft",
        QuotaKind::Exact => "exact",
        QuotaKind::Open | QuotaKind::None => "none",
    }
}

fn standee_file(place: &Standee, places: u32) -> StandeeFile {
    let codes = |experts: &Vec<_>| experts.iter().map(ToString::to_string).collect::<Vec<String>>();
    StandeeFile {
        rank: place.rank.and_then(|rank| rank_number(Rank { whole: rank, half: place.half })),
        code: place.code.to_string(),
        score: place.score.map(|score| score.fixed(places)),
        raw: place.raw.map(|raw| raw.fixed(places)),
        valid_sheets: place.valid_sheets,
        dropped: match &place.dropped {
            Dropped::Totals(experts) => DroppedFile::Totals(codes(experts)),
            Dropped::Marks(marks) => {
                DroppedFile::Marks(marks.iter().map(|(id, experts)| (id.to_string(), codes(experts))).collect())
            }
        },
        dimensions: place.dimensions.iter().map(|(id, value)| (id.to_string(), value.fixed(places))).collect(),
        expert_totals: place.expert_totals.iter().map(|(id, value)| (id.to_string(), value.at_least(places))).collect(),
        tied: place.tied,
        tie_break: place.tie_break.as_ref().map(ToString::to_string),
        recommend: place.votes.recommend,
        votes: place.votes.said,
        flags: place.flags.iter().map(flag_word).collect(),
    }
}

/// The standing as json, two blanks a level, a new line at the end. No time and
/// no log head: the same sheets give the same bytes.
///
/// # Errors
/// None that a standing can give.
pub fn write(of: &Of, standing: &Standing) -> Result<Vec<u8>> {
    let places = standing.rule.aggregation.places;
    let codes = |codes: &Vec<_>| codes.iter().map(ToString::to_string).collect::<Vec<String>>();
    let file = File {
        round: of.round.to_string(),
        demo: of.demo,
        practice: of.practice,
        template: TemplateFile { id: &of.template.0, version: &of.template.1, digest: of.template.2.to_string() },
        rule: round_rule(&standing.rule),
        cross_group: standing.across.as_ref().map(across_file),
        amendments: of.amendments.iter().map(|(amendment, document)| amendment_file(amendment, document)).collect(),
        standing: standing.places.iter().map(|place| standee_file(place, places)).collect(),
        cut: CutFile {
            quota: standing.cut.quota,
            kind: quota_word(standing.cut.kind),
            above: codes(&standing.cut.above),
            tied_at_line: codes(&standing.cut.tied_at_line),
            seats_left: standing.cut.seats_left,
        },
        sheets_digest: standing.sheets.to_string(),
    };
    let mut out = Vec::new();
    let mut writer = serde_json::Serializer::with_formatter(&mut out, PrettyFormatter::new());
    file.serialize(&mut writer).map_err(|error| Problem::Internal(error.to_string()))?;
    out.push(b'\n');
    Ok(out)
}

/// Codes of a standing with their places, as they stand in its json.
///
/// # Errors
/// Not such a file.
pub fn places(bytes: &[u8]) -> Result<Vec<(String, Option<Rank>)>> {
    #[derive(serde::Deserialize)]
    struct Places {
        standing: Vec<Place>,
    }
    #[derive(serde::Deserialize)]
    struct Place {
        rank: Option<serde_json::Number>,
        code: String,
    }
    let read: Places = serde_json::from_slice(bytes).map_err(|error| Problem::BadJson(error.to_string()))?;
    Ok(read
        .standing
        .into_iter()
        .map(|place| (place.code, place.rank.and_then(|rank| Rank::parse(&rank.to_string()))))
        .collect())
}
