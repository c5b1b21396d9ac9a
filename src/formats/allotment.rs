//! An allotment as csv and json: one row a unit, the sums, the rule in words. No
//! time and no head of a log: the same input gives the same bytes.

use crate::base::{Digest, Money, Points, decimal};
use crate::domain::funding::{
    Allotment, Funding, Gives, Last, MatchShort, Method, Missing, RATIO_PLACES, SHARE_PLACES, Short,
};

use super::funding_words::{bound_in_words, cell, rule_in_words};
use super::report::{self, Value};
use super::standing_json::rank_number;

/// What an allotment is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Of {
    /// Id of the template; empty where the file has none.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Digest of its bytes.
    pub digest: Digest,
    /// The round, and the digest over the sheets that count.
    pub round: Option<(Digest, Digest)>,
    /// Whether the round is a demonstration.
    pub demo: bool,
    /// Whether the round is for practice.
    pub practice: bool,
    /// Places of a score.
    pub places: u32,
}

impl Of {
    /// What must be said of a round that is not in earnest, in Chinese.
    fn warning(&self) -> Option<&'static str> {
        if self.demo {
            return Some("演示数据：单位、专家和分数都是虚构的，不得用于任何评审。");
        }
        self.practice.then_some("演练：本轮用公开的密钥，没有设口令，签名和加密都不作数。")
    }
}

/// Columns.
const HEADER: [&str; 10] = ["row", "rank", "code", "score", "requested", "own", "cap", "bound_by", "amount", "note"];

fn score(of: &Of, score: Option<Points>) -> Option<String> {
    score.map(|score| score.at_least(of.places))
}

/// As csv: rows of `unit`, then `allotted`, `undistributed`, `total` and `rule`.
#[must_use]
pub fn csv(of: &Of, rule: &Funding, made: &Allotment) -> Vec<u8> {
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    for row in &made.rows {
        let unit = &row.unit;
        rows.push(vec![
            "unit".to_owned(),
            unit.rank.map(|rank| rank.to_string()).unwrap_or_default(),
            unit.code.clone(),
            score(of, unit.score).unwrap_or_default(),
            cell(unit.requested),
            cell(unit.own),
            cell(row.cap),
            row.bound.iter().map(|bound| bound.word()).collect::<Vec<_>>().join(" "),
            row.amount.to_string(),
            bound_in_words(&row.bound),
        ]);
    }
    let mut end = |name: &str, amount: String, note: String| {
        let mut row = vec![String::new(); HEADER.len()];
        for (at, text) in [(0, name.to_owned()), (8, amount), (9, note)] {
            if let Some(cell) = row.get_mut(at) {
                *cell = text;
            }
        }
        rows.push(row);
    };
    end("allotted", made.allotted.to_string(), "分配合计".to_owned());
    end("undistributed", cell(made.undistributed), "未分配".to_owned());
    end("total", cell(made.total), made.total.map_or("未设总额", |_| "总额").to_owned());
    end("rule", String::new(), rule_in_words(rule, made));
    end("nature", String::new(), crate::base::Lang::Zh.texts().funding.nature.to_owned());
    if let Some(warning) = of.warning() {
        end("warning", String::new(), warning.to_owned());
    }
    report::csv(&rows)
}

/// As json.
#[must_use]
pub fn json(of: &Of, rule: &Funding, made: &Allotment) -> Vec<u8> {
    let mut pairs: Vec<(&str, Value)> = Vec::new();
    if let Some((round, sheets)) = of.round {
        pairs.push(("round", Value::text(&round)));
        pairs.push(("sheets_digest", Value::text(&sheets)));
    }
    if of.demo {
        pairs.push(("demo", Value::Bool(true)));
    }
    if of.practice {
        pairs.push(("practice", Value::Bool(true)));
    }
    let template = [("id", Value::text(&of.id)), ("version", Value::text(&of.version))];
    let template = template.into_iter().chain([("digest", Value::text(&of.digest))]);
    pairs.push(("template", object(template)));
    pairs.push(("rule", rule_value(rule, made)));
    pairs.push(("rule_in_words", Value::Text(rule_in_words(rule, made))));
    let units = made.rows.iter().map(|row| {
        let unit = &row.unit;
        Value::object([
            ("rank", unit.rank.and_then(rank_number).map_or(Value::Nothing, Value::Number)),
            ("code", Value::text(&unit.code)),
            ("score", Value::maybe(score(of, unit.score))),
            ("requested", Value::maybe(unit.requested)),
            ("own", Value::maybe(unit.own)),
            ("cap", Value::maybe(row.cap)),
            ("bound_by", Value::List(row.bound.iter().map(|bound| Value::text(bound.word())).collect())),
            ("amount", Value::text(&row.amount)),
            ("note", Value::Text(bound_in_words(&row.bound))),
        ])
    });
    pairs.push(("units", Value::List(units.collect())));
    pairs.push(("total", Value::maybe(made.total)));
    pairs.push(("allotted", Value::text(&made.allotted)));
    pairs.push(("undistributed", Value::maybe(made.undistributed)));
    let codes = |codes: Vec<&str>| Value::List(codes.into_iter().map(Value::text).collect());
    pairs.push(("tied", codes(made.codes(|bound| bound == crate::domain::funding::Bound::Tied))));
    pairs.push(("missing", codes(made.codes(crate::domain::funding::Bound::is_missing))));
    report::json(&object(pairs))
}

fn object<'a>(pairs: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    Value::Object(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// The rule as data, as applied; what it does not say is left out.
fn rule_value(rule: &Funding, made: &Allotment) -> Value {
    let amount = |amount: Option<Money>| amount.map(|amount| Value::text(&amount));
    let word = |word: &str| Some(Value::text(word));
    let (method, own_amount) = match rule.method {
        Method::Fixed(amount) => ("fixed", Some(amount)),
        Method::Equal => ("equal", None),
        Method::Requested => ("requested", None),
        Method::ByScore => ("by_score", None),
        Method::ByRequested => ("by_requested", None),
        Method::Tiers(_) => ("tiers", None),
    };
    let tiers = match &rule.method {
        Method::Tiers(tiers) => Some(Value::List(
            tiers
                .iter()
                .map(|tier| {
                    let (name, value) = match tier.gives {
                        Gives::Amount(amount) => ("amount", amount.to_string()),
                        Gives::Share(share) => ("share", decimal::shortest(share, SHARE_PLACES)),
                    };
                    object([
                        ("to", Value::Count(usize::try_from(tier.to).unwrap_or(usize::MAX))),
                        (name, Value::Text(value)),
                    ])
                })
                .collect(),
        )),
        _ => None,
    };
    let side = |units: i64| decimal::shortest(units, RATIO_PLACES);
    let ratio = rule.matching.map(|m| Value::Text(format!("{}:{}", side(m.own.get()), side(m.grant.get()))));
    let match_short = rule.matching.map(|matching| {
        Value::text(match matching.short {
            MatchShort::Lower => "lower",
            MatchShort::Nothing => "nothing",
            MatchShort::Refuse => "refuse",
        })
    });
    let short = match rule.short {
        Short::Scale => "scale",
        Short::InOrder => "in_order",
        Short::Refuse => "refuse",
    };
    let last = match rule.last {
        Last::Part => "part",
        Last::Nothing => "nothing",
    };
    let missing = match rule.missing {
        Missing::Refuse => "refuse",
        Missing::List => "list",
    };
    let due = matches!(rule.method, Method::Fixed(_) | Method::Requested | Method::Tiers(_));
    let pairs = [
        ("method", word(method)),
        ("total", amount(made.total)),
        ("amount", amount(own_amount)),
        ("tiers", tiers),
        ("unit_cap", amount(rule.unit_cap)),
        ("unit_floor", amount(rule.unit_floor)),
        ("match_ratio", ratio),
        ("match_short", match_short),
        ("up_to_requested", Some(Value::Bool(made.up_to_requested))),
        ("step", amount(rule.step)),
        ("short", if due { word(short) } else { None }),
        ("last", if due && rule.short == Short::InOrder { word(last) } else { None }),
        ("missing", word(missing)),
        ("clause", (!rule.clause.is_empty()).then(|| Value::text(&rule.clause))),
    ];
    object(pairs.into_iter().filter_map(|(name, value)| Some((name, value?))))
}
