//! The lint of `[funding]`: amounts that are amounts, and nothing that the
//! method does not use.

use std::num::NonZeroI64;

use crate::base::money::{self, Money};
use crate::base::problem::Problem;
use crate::base::{Unfunded, decimal};
use crate::domain::form::Form;
use crate::domain::funding::{
    Funding, Gives, Last, MatchShort, Matching, Method, Missing, OWN_FIELD, RATIO_PLACES, REQUESTED_FIELD,
    SHARE_PLACES, Short, Tier,
};

use super::super::draft::{At, Cell, FundingDraft, Scalar, TemplateDraft, TierDraft, Words};
use super::{Lint, Report, check};

/// A rule of funding, with what it is a rule of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingRule {
    /// Id of the template; empty where the file has none.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Title, in Chinese.
    pub title: String,
    /// The rule.
    pub funding: Funding,
}

/// Checks a template's rule of funding, or that of a file without dimensions.
#[must_use]
pub fn check_funding(draft: &TemplateDraft, forms: &[Form]) -> (Option<FundingRule>, Report) {
    let mut lint = Lint::new(forms);
    let funding = if draft.total.is_some() || !draft.dimensions.is_empty() {
        let (rubric, report) = check(draft, forms);
        lint.report = report;
        rubric.and_then(|rubric| rubric.funding)
    } else {
        lint.funding(draft)
    };
    if draft.funding.is_none() {
        lint.error(1, "funding", Problem::Unfunded(Unfunded::NoRule));
    }
    let text = |words: &Words| words.as_ref().map(|at| at.value.clone()).unwrap_or_default();
    let rule = funding.filter(|_| lint.report.errors.is_empty()).map(|funding| FundingRule {
        id: text(&draft.id),
        version: text(&draft.version),
        title: text(if draft.title_zh.is_some() { &draft.title_zh } else { &draft.title_en }),
        funding,
    });
    (rule, lint.report)
}

/// What `method` may say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Fixed,
    Equal,
    Requested,
    ByScore,
    ByRequested,
    Tiers,
}

impl Lint<'_> {
    /// The rule of funding, where a template has one.
    pub(in super::super) fn funding(&mut self, draft: &TemplateDraft) -> Option<Funding> {
        let f = draft.funding.as_ref()?;
        let kinds = [
            ("fixed", Kind::Fixed),
            ("equal", Kind::Equal),
            ("requested", Kind::Requested),
            ("by_score", Kind::ByScore),
            ("by_requested", Kind::ByRequested),
            ("tiers", Kind::Tiers),
        ];
        self.words(&f.method, f.line, "funding.method");
        let kind = self.choice(&f.method, "funding.method", &kinds, Kind::Requested);
        let method = self.method(f, kind);
        let total = self.money(&f.total, "funding.total");
        let unit_cap = self.above_zero(&f.unit_cap, "funding.unit_cap");
        let unit_floor = self.above_zero(&f.unit_floor, "funding.unit_floor");
        let step = self.above_zero(&f.step, "funding.step");
        self.possible(f, method.as_ref(), total, unit_cap, least(unit_floor, step));
        let matching = self.matching(f);
        let has_end = match kind {
            Kind::Fixed | Kind::Requested | Kind::Tiers => true,
            Kind::ByRequested => unit_cap.is_some() || f.up_to_requested,
            Kind::Equal | Kind::ByScore => unit_cap.is_some(),
        };
        if matching.is_some_and(|matching| matching.short != MatchShort::Lower) && !has_end {
            // Without an end there is nothing that own funds could fall short of.
            let line = f.match_short.as_ref().map_or(f.line, |at| at.line);
            self.error(line, "funding.unit_cap", Problem::MissingValue { name: "unit_cap".to_owned() });
        }
        let shorts = [("scale", Short::Scale), ("in_order", Short::InOrder), ("refuse", Short::Refuse)];
        let lasts = [("part", Last::Part), ("nothing", Last::Nothing)];
        let (short, last) =
            if kind == Kind::Requested { (Short::InOrder, Last::Part) } else { (Short::Refuse, Last::Nothing) };
        let short = self.choice(&f.short, "funding.short", &shorts, short);
        self.said_for_nothing(f, kind, short);
        Some(Funding {
            total,
            method: method?,
            unit_cap,
            unit_floor,
            matching,
            up_to_requested: f.up_to_requested,
            step,
            short,
            last: self.choice(&f.last, "funding.last", &lasts, last),
            missing: self.choice(
                &f.missing,
                "funding.missing",
                &[("refuse", Missing::Refuse), ("list", Missing::List)],
                Missing::Refuse,
            ),
            requested_field: self.funding_field(&f.requested_field, "funding.requested_field", REQUESTED_FIELD, draft),
            own_field: self.funding_field(&f.own_field, "funding.own_field", OWN_FIELD, draft),
            clause: f.clause.clone().map(|at| at.value).unwrap_or_default(),
        })
    }

    /// Amounts that nobody could ever be given: below `least`, what floor and step
    /// leave, or above the cap.
    fn possible(
        &mut self,
        f: &FundingDraft,
        method: Option<&Method>,
        total: Option<Money>,
        cap: Option<Money>,
        least: Money,
    ) {
        let too_little = |most: Money| {
            let why = Unfunded::NoAmount { most: most.to_string(), least: least.to_string() };
            (most < least).then_some(Problem::Unfunded(why))
        };
        if let Some(problem) = cap.and_then(too_little) {
            let (at, field) = match &f.unit_floor {
                None => (&f.step, "funding.step"),
                floor => (floor, "funding.unit_floor"),
            };
            self.error(at.as_ref().map_or(f.line, |at| at.line), field, problem);
            return;
        }
        let line = |cell: &Cell| cell.as_ref().map_or(f.line, |at| at.line);
        let mut given = Vec::new();
        match method {
            Some(Method::Fixed(amount)) => given.push((*amount, line(&f.amount), "funding.amount")),
            Some(Method::Tiers(tiers)) => {
                for (tier, draft) in tiers.iter().zip(&f.tiers) {
                    // A tier of nothing says so itself.
                    if let Gives::Amount(amount) = tier.gives
                        && amount > Money::ZERO
                    {
                        given.push((amount, line(&draft.amount), "funding.tier.amount"));
                    }
                }
            }
            _ => {}
        }
        for (amount, line, field) in given {
            if let Some(cap) = cap.filter(|cap| amount > *cap) {
                let why = Unfunded::AboveCap { amount: amount.to_string(), cap: cap.to_string() };
                self.error(line, field, Problem::Unfunded(why));
            } else if let Some(problem) = too_little(amount) {
                self.error(line, field, problem);
            }
        }
        if let Some(problem) = total.filter(|total| *total > Money::ZERO).and_then(too_little) {
            self.error(line(&f.total), "funding.total", problem);
        }
    }

    /// What the rule says that nothing comes of: what to do where the total is not
    /// enough, if all of it is shared out or no one is the last.
    fn said_for_nothing(&mut self, f: &FundingDraft, kind: Kind, short: Short) {
        let only =
            |text: &str, choices: &str| Problem::BadChoice { text: text.to_owned(), choices: choices.to_owned() };
        let shared = matches!(kind, Kind::Equal | Kind::ByScore | Kind::ByRequested);
        if let (Some(at), true) = (&f.short, shared) {
            self.error(at.line, "funding.short", only("short", "method = \"fixed\", \"requested\", \"tiers\""));
        }
        if let (Some(at), true) = (&f.last, shared || short != Short::InOrder) {
            self.error(at.line, "funding.last", only("last", "short = \"in_order\""));
        }
    }

    fn method(&mut self, f: &FundingDraft, kind: Kind) -> Option<Method> {
        let only = |name: &str| Problem::BadChoice { text: name.to_owned(), choices: format!("method = \"{name}\"") };
        if let (Some(at), false) = (&f.amount, kind == Kind::Fixed) {
            let problem = Problem::BadChoice { text: "amount".to_owned(), choices: "method = \"fixed\"".to_owned() };
            self.error(at.line, "funding.amount", problem);
        }
        if let (Some(tier), false) = (f.tiers.first(), kind == Kind::Tiers) {
            self.error(tier.line, "funding.tier", only("tiers"));
        }
        match kind {
            Kind::Fixed => {
                if f.amount.is_none() {
                    self.error(f.line, "funding.amount", Problem::MissingValue { name: "amount".to_owned() });
                }
                self.above_zero(&f.amount, "funding.amount").map(Method::Fixed)
            }
            Kind::Equal => Some(Method::Equal),
            Kind::Requested => Some(Method::Requested),
            Kind::ByScore => Some(Method::ByScore),
            Kind::ByRequested => Some(Method::ByRequested),
            Kind::Tiers => {
                if f.tiers.is_empty() {
                    self.error(f.line, "funding.tier", Problem::MissingValue { name: "tier".to_owned() });
                }
                let mut tiers: Vec<Tier> = Vec::new();
                for tier in &f.tiers {
                    let before = tiers.last().map_or(0, |tier| tier.to);
                    tiers.extend(self.tier(tier, before));
                }
                (tiers.len() == f.tiers.len()).then_some(Method::Tiers(tiers))
            }
        }
    }

    fn tier(&mut self, tier: &TierDraft, before: u32) -> Option<Tier> {
        let Some(to) = &tier.to else {
            self.error(tier.line, "funding.tier.to", Problem::MissingValue { name: "to".to_owned() });
            return None;
        };
        let line = to.line;
        let to = self.count(Some(to), "funding.tier.to", 0);
        if to <= before {
            let why = Unfunded::TierOrder { to: to.to_string() };
            self.error(line, "funding.tier.to", Problem::Unfunded(why));
        }
        let gives = match (&tier.amount, &tier.share) {
            (Some(_), None) => Gives::Amount(self.money(&tier.amount, "funding.tier.amount")?),
            (None, Some(at)) => Gives::Share(self.funding_share(at)?),
            _ => {
                let problem = Problem::MissingValue { name: "amount | share".to_owned() };
                self.error(tier.line, "funding.tier", problem);
                return None;
            }
        };
        Some(Tier { to, gives })
    }

    /// A share of the total: above nothing, at most all of it.
    fn funding_share(&mut self, at: &At<Scalar>) -> Option<i64> {
        let (Scalar::Quoted(text) | Scalar::Bare(text)) = &at.value;
        let one = 10i64.pow(SHARE_PLACES);
        match decimal::parse(text, SHARE_PLACES) {
            Ok(share) if (1..=one).contains(&share) && matches!(at.value, Scalar::Quoted(_)) => Some(share),
            Ok(_) if matches!(at.value, Scalar::Bare(_)) => {
                self.error(at.line, "funding.tier.share", Problem::NotQuoted { text: text.clone() });
                None
            }
            Ok(_) => {
                let problem = Problem::AboveMax { value: text.clone(), max: "1".to_owned() };
                self.error(at.line, "funding.tier.share", problem);
                None
            }
            Err(why) => {
                self.error(at.line, "funding.tier.share", Problem::BadPoints { text: text.clone(), why });
                None
            }
        }
    }

    /// An amount: in quotes, or a bare whole number, which is exact too.
    fn money(&mut self, cell: &Cell, field: &str) -> Option<Money> {
        let at = cell.as_ref()?;
        let (text, quoted) = match &at.value {
            Scalar::Quoted(text) => (text, true),
            Scalar::Bare(text) => (text, false),
        };
        match money::written(text) {
            Ok(_) if !quoted && text.contains('.') => {
                self.error(at.line, field, Problem::NotQuoted { text: text.clone() });
                None
            }
            Ok(amount) => Some(amount),
            Err(why) => {
                self.error(at.line, field, Problem::Unfunded(Unfunded::BadMoney { text: text.clone(), why }));
                None
            }
        }
    }

    fn above_zero(&mut self, cell: &Cell, field: &str) -> Option<Money> {
        let amount = self.money(cell, field)?;
        if amount == Money::ZERO {
            let line = cell.as_ref().map_or(1, |at| at.line);
            self.error(line, field, Problem::ZeroWeight { of: field.to_owned() });
            return None;
        }
        Some(amount)
    }

    fn matching(&mut self, f: &FundingDraft) -> Option<Matching> {
        let shorts = [("lower", MatchShort::Lower), ("nothing", MatchShort::Nothing), ("refuse", MatchShort::Refuse)];
        let short = self.choice(&f.match_short, "funding.match_short", &shorts, MatchShort::Lower);
        let Some(at) = &f.match_ratio else {
            if let Some(at) = &f.match_short {
                let problem = Problem::MissingValue { name: "match_ratio".to_owned() };
                self.error(at.line, "funding.match_ratio", problem);
            }
            return None;
        };
        let side = |text: &str| {
            let units = decimal::parse(text.trim(), RATIO_PLACES).ok().filter(|units| *units > 0)?;
            NonZeroI64::new(units)
        };
        let read = at.value.split_once([':', '：']).and_then(|(own, grant)| Some((side(own)?, side(grant)?)));
        let Some((own, grant)) = read else {
            let why = Unfunded::BadRatio { text: at.value.clone() };
            self.error(at.line, "funding.match_ratio", Problem::Unfunded(why));
            return None;
        };
        Some(Matching { own, grant, short })
    }

    fn funding_field(&mut self, words: &Words, field: &str, default: &str, draft: &TemplateDraft) -> String {
        let Some(at) = words else { return default.to_owned() };
        self.field_exists(at, field, draft);
        at.value.clone()
    }
}

/// The least that can be given at all: whole steps, and no less than the floor.
fn least(floor: Option<Money>, step: Option<Money>) -> Money {
    let step = step.map_or(1, Money::fen).max(1);
    let floor = floor.map_or(1, Money::fen).max(1);
    // Money has room for one step more.
    let over = floor.checked_rem(step).unwrap_or(0);
    let up = if over == 0 { 0 } else { step - over };
    Money::from_fen(floor.saturating_add(up))
}
