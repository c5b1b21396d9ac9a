//! Fund allocation (资金分配) over a list: one that was written, or what is
//! above a round's cut line. Nothing is kept: it is a calculation for the
//! meeting, made again from the same input whenever it is wanted.

use std::path::Path;

use crate::base::money::{self, Unit as Measure};
use crate::base::{Digest, Limits, Money, PacketCode, Place, Points, Problem, Refusal, Result, Unfunded};
use crate::domain::funding::{Allotment, Bound, Funding, Method, Unit, Units};
use crate::domain::packet::Packet;
use crate::domain::rubric::QuotaKind;
use crate::domain::rubric::check::funding::FundingRule;
use crate::domain::standing::{Flag, Standee, Standing};
use crate::domain::tallied::Rank;
use crate::formats;
use crate::formats::allotment::Of;
use crate::tally::funding::allot;

use super::packets::read_file;
use super::rank::{Ranked, rank};
use super::{Round, library};

/// An allotment with what it was made from.
#[derive(Debug, Clone)]
pub struct Allocation {
    /// What it is of.
    pub of: Of,
    /// The rule.
    pub rule: FundingRule,
    /// What everybody gets.
    pub made: Allotment,
    /// The standing it is over, in a round.
    pub ranked: Option<Ranked>,
}

/// Allots over a list that was written.
///
/// # Errors
/// No rule, a list that is none, and what the rule refuses.
pub fn of_file(file: &Path, template: &str, total: Option<&str>) -> Result<Allocation> {
    let (rule, digest) = rule_of(template)?;
    let units = units_of(file)?;
    let name = file.display().to_string();
    let made = made(&rule.funding, total, &units).map_err(|refusal| refusal.in_file(&name))?;
    let finest = units.units.iter().filter_map(|unit| unit.score).map(places).max().unwrap_or(0);
    let of = Of {
        id: rule.id.clone(),
        version: rule.version.clone(),
        digest,
        round: None,
        demo: false,
        practice: false,
        places: finest,
    };
    Ok(Allocation { of, rule, made, ranked: None })
}

/// Allots over what is above a round's cut line, or over the `list` of codes that
/// the meeting decided on. `template` gives the rule where the round's own says
/// none; `requests` what the packets don't hold.
///
/// # Errors
/// As [`of_file`], and where who is on the list is not decided.
pub fn of_round(
    round: &Round,
    list: Option<&Path>,
    template: Option<&str>,
    total: Option<&str>,
    requests: Option<&Path>,
) -> Result<Allocation> {
    let own = round.rubric();
    let (rule, digest) = match (&own.funding, template) {
        (Some(_), Some(_)) => return Err(Problem::Unfunded(Unfunded::RuleFixed).into()),
        (None, None) => return Err(Problem::Unfunded(Unfunded::NoRule).into()),
        (None, Some(template)) => rule_of(template)?,
        (Some(funding), None) => {
            let title = own.title_zh.clone();
            let rule =
                FundingRule { id: own.id.clone(), version: own.version.clone(), title, funding: funding.clone() };
            (rule, round.template()?)
        }
    };
    let ranked = rank(round)?;
    let listed = match list {
        Some(list) => decided(&ranked.standing, &units_of(list)?),
        None => shortlist(&ranked.standing)?,
    };
    let mut units = fields(round, &rule.funding, listed)?;
    for path in list.into_iter().chain(requests) {
        add(round, &mut units, path)?;
    }
    let made = made(&rule.funding, total, &units)?;
    let of = Of {
        id: rule.id.clone(),
        version: rule.version.clone(),
        digest,
        round: Some((ranked.of.round, ranked.standing.sheets)),
        demo: ranked.of.demo,
        practice: ranked.of.practice,
        places: ranked.standing.rule.aggregation.places,
    };
    Ok(Allocation { of, rule, made, ranked: Some(ranked) })
}

fn rule_of(template: &str) -> Result<(FundingRule, Digest)> {
    let bytes = library::template_bytes(template)?;
    let rule = library::sound_funding(&bytes).map_err(|refusal| refusal.in_file(template))?;
    Ok((rule, Digest::of(&bytes)))
}

fn units_of(file: &Path) -> Result<Units> {
    let bytes = read_file(file, Limits::STANDARD.table)?;
    let name = file.display().to_string();
    formats::requests::read(&bytes, &Limits::STANDARD).map_err(|refusal| refusal.in_file(&name))
}

/// How much there is: what the rule says, or what was typed where it says
/// nothing.
fn total_of(rule: &Funding, typed: Option<&str>) -> Result<Option<Money>> {
    let Some(text) = typed else { return Ok(rule.total) };
    let typed = money::written(text).map_err(|why| {
        let problem = Problem::Unfunded(Unfunded::BadMoney { text: text.to_owned(), why });
        Refusal::new(Place::default().field("--total"), problem)
    })?;
    match rule.total {
        Some(fixed) if fixed != typed => {
            Err(Problem::Unfunded(Unfunded::TotalFixed { total: fixed.to_string() }).into())
        }
        _ => Ok(Some(typed)),
    }
}

fn made(rule: &Funding, total: Option<&str>, units: &Units) -> Result<Allotment> {
    let total = total_of(rule, total)?;
    if units.units.is_empty() {
        return Err(Problem::Unfunded(Unfunded::Nobody).into());
    }
    if rule.needs_order(total) && !units.ranks && !units.scores {
        return Err(Problem::Unfunded(Unfunded::NoOrder).into());
    }
    let by_request = matches!(rule.method, Method::Requested | Method::ByRequested);
    let needs = [
        (rule.method == Method::ByScore && !units.scores, "score"),
        (by_request && !units.requests, "requested"),
        (rule.matching.is_some() && !units.owns, "own"),
    ];
    if let Some((_, name)) = needs.into_iter().find(|(missing, _)| *missing) {
        return Err(Problem::MissingColumn { name: name.to_owned() }.into());
    }
    allot(rule, total, units)
}

/// Places it takes to write a score whole.
fn places(score: Points) -> u32 {
    let text = score.to_string();
    text.split_once('.').and_then(|(_, part)| u32::try_from(part.len()).ok()).unwrap_or(0)
}

/// Who is clearly above the line; without a line everybody with a result who
/// passes.
fn shortlist(standing: &Standing) -> Result<Vec<Unit>> {
    let cut = &standing.cut;
    if !cut.tied_at_line.is_empty() {
        let codes = cut.tied_at_line.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        return Err(Problem::Unfunded(Unfunded::TiedAtLine { codes, seats: cut.seats_left }).into());
    }
    let below = |flag: &Flag| matches!(flag, Flag::BelowPassLine | Flag::BelowDimension(_));
    let listed = standing.places.iter().filter(|place| match cut.kind {
        QuotaKind::None => place.rank.is_some() && !place.flags.iter().any(below),
        _ => cut.above.contains(&place.code),
    });
    Ok(listed.map(unit).collect())
}

/// Those of a list that was decided on, as they stand.
fn decided(standing: &Standing, list: &Units) -> Vec<Unit> {
    let on_it = |place: &&Standee| list.units.iter().any(|unit| unit.code == place.code.as_str());
    standing.places.iter().filter(on_it).map(unit).collect()
}

fn unit(place: &Standee) -> Unit {
    Unit {
        code: place.code.to_string(),
        rank: place.rank.map(|whole| Rank { whole, half: place.half }),
        score: place.score,
        ..Unit::default()
    }
}

/// The units with what their packets say they ask for and bring.
fn fields(round: &Round, rule: &Funding, mut units: Vec<Unit>) -> Result<Units> {
    let form = round.form()?;
    let measure = |id: &str| match form.field(id).map(|field| field.unit.as_str()) {
        Some("万元") => Some(Measure::Wan),
        Some("元") => Some(Measure::Yuan),
        _ => None,
    };
    let (asked, own) = (measure(&rule.requested_field), measure(&rule.own_field));
    for unit in &mut units {
        let Some(code) = PacketCode::parse(&unit.code) else { continue };
        let packet = round.packet(&code)?;
        unit.requested = amount(&packet, &rule.requested_field, asked)?;
        unit.own = amount(&packet, &rule.own_field, own)?;
    }
    Ok(Units { units, ranks: true, scores: true, requests: asked.is_some(), owns: own.is_some() })
}

fn amount(packet: &Packet, field: &str, measure: Option<Measure>) -> Result<Option<Money>> {
    let (Some(measure), Some(figure)) = (measure, packet.figure(field)) else { return Ok(None) };
    let text = figure.to_string();
    Money::parse(&text, measure).map(Some).map_err(|why| {
        let problem = Problem::Unfunded(Unfunded::BadMoney { text, why });
        Refusal::new(Place::default().field(format!("{} {field}", packet.code)), problem)
    })
}

/// Puts what a table says in place of what packets say. Those not on the list
/// are passed over, but they must be of the round.
fn add(round: &Round, units: &mut Units, path: &Path) -> Result<()> {
    let table = units_of(path)?;
    let known = round.state().codes();
    let unknown = table.units.iter().find(|row| known.iter().all(|code| code.as_str() != row.code));
    if let Some(row) = unknown {
        let known = known.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let place = Place { file: Some(path.display().to_string()), line: row.line, field: None };
        return Err(Refusal::new(place, Problem::UnknownPacket { code: row.code.clone(), known }));
    }
    for unit in &mut units.units {
        let row = table.units.iter().find(|row| row.code == unit.code);
        if table.requests {
            unit.requested = row.and_then(|row| row.requested);
        }
        if table.owns {
            unit.own = row.and_then(|row| row.own);
        }
    }
    units.requests |= table.requests;
    units.owns |= table.owns;
    Ok(())
}

impl Allocation {
    /// As csv.
    #[must_use]
    pub fn csv(&self) -> Vec<u8> {
        formats::allotment::csv(&self.of, &self.rule.funding, &self.made)
    }

    /// As json.
    #[must_use]
    pub fn json(&self) -> Vec<u8> {
        formats::allotment::json(&self.of, &self.rule.funding, &self.made)
    }

    /// The rule in one Chinese sentence.
    #[must_use]
    pub fn rule_in_words(&self) -> String {
        formats::funding_words::rule_in_words(&self.rule.funding, &self.made)
    }

    /// Codes between whom the money ended, and of those something is missing of.
    #[must_use]
    pub fn left_out(&self) -> (Vec<&str>, Vec<&str>) {
        (self.made.codes(|bound| bound == Bound::Tied), self.made.codes(Bound::is_missing))
    }

    /// Whether the round it is over has no cut line.
    #[must_use]
    pub fn has_no_line(&self) -> bool {
        self.ranked.as_ref().is_some_and(|ranked| ranked.standing.cut.kind == QuotaKind::None)
    }
}

/// Why an amount is what it is, in a table's words.
#[must_use]
pub const fn bound_text(t: &crate::base::lang::Funding, bound: Bound) -> &'static str {
    formats::funding_words::bound_text(t, bound)
}
