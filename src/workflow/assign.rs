//! Assignment (分配): everybody reads everything, or so many experts a packet;
//! minus recusals either way.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::base::clean::clean_line;
use crate::base::{Digest, ExpertCode, Limits, Misassigned, PacketCode, Problem, Refusal, Result};
use crate::domain::assignment::{
    Block, Fit, Groups, Impossible, Part, Readers, Rule, Ways, assign as by_rule, broken, draw, enough,
    everybody_everything, readers, ways,
};
use crate::domain::panel::Seat;
use crate::domain::round::Event;
use crate::formats;

use super::Round;
use super::packets::read_file;

/// How packets come into groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grouping {
    /// By a public draw.
    Draw,
    /// As this file says.
    File(PathBuf),
}

/// What an assignment is asked for; nothing at all is everybody everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wish {
    /// So many experts a packet.
    pub per: Option<u32>,
    /// No expert reads more.
    pub most: Option<u32>,
    /// No expert reads fewer.
    pub least: Option<u32>,
    /// Specialties are mixed.
    pub mix: bool,
    /// Points of fit.
    pub fit: Option<PathBuf>,
    /// Groups.
    pub groups: Option<Grouping>,
    /// The seed drawn in public.
    pub seed: Option<String>,
}

/// An assignment, with what it was made from.
#[derive(Debug, Clone)]
pub struct Assigned {
    /// One part an expert.
    pub parts: Vec<Part>,
    /// The rule; nothing where everybody reads everything.
    pub rule: Option<Rule>,
    /// Readers of each packet.
    pub readers: Vec<Readers>,
    /// The panel.
    pub seats: Vec<Seat>,
    /// Whether it is another one than the log has.
    pub new: bool,
    /// Packets that so few experts read that the template gives no result, and
    /// how many sheets it wants.
    pub few: (u32, Vec<PacketCode>),
}

/// What came of asking.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// It is assigned, or could be.
    Assigned(Box<Assigned>),
    /// The rule can't be kept, because of these; what would be enough.
    Impossible(Rule, Vec<Block>, Ways),
}

/// Assigns everybody everything; the same assignment again changes nothing.
///
/// # Errors
/// As [`assign_by`].
pub fn assign(round: &mut Round) -> Result<(Vec<Part>, bool)> {
    match assign_by(round, &Wish::default())? {
        Outcome::Assigned(assigned) => Ok((assigned.parts, assigned.new)),
        Outcome::Impossible(..) => Err(Problem::Internal("assign".to_owned()).into()),
    }
}

/// Assigns as wished; the same assignment again changes nothing.
///
/// # Errors
/// As [`propose`], and bundles out already.
pub fn assign_by(round: &mut Round, wish: &Wish) -> Result<Outcome> {
    let (outcome, points) = proposed(round, wish)?;
    let Outcome::Assigned(assigned) = &outcome else { return Ok(outcome) };
    if assigned.new {
        if !round.state().issued.is_empty() {
            return Err(Problem::TooLate { because: "issued" }.into());
        }
        let rule = assigned.rule.clone().map(Box::new);
        let blobs: Vec<&[u8]> = points.as_deref().into_iter().collect();
        round.append(&[Event::Assigned { parts: assigned.parts.clone(), rule }], &blobs)?;
    }
    Ok(outcome)
}

/// What would be assigned; nothing is written.
///
/// # Errors
/// No packets or panel yet; a file that can't be read, or with faults; groups or
/// specialties that the panel does not have.
pub fn propose(round: &Round, wish: &Wish) -> Result<Outcome> {
    proposed(round, wish).map(|(outcome, _)| outcome)
}

/// What would be assigned, and the points of fit as they are kept.
fn proposed(round: &Round, wish: &Wish) -> Result<(Outcome, Option<Vec<u8>>)> {
    let codes: Vec<PacketCode> = round.state().packets.keys().cloned().collect();
    if codes.is_empty() {
        return Err(Problem::TooEarly { first: "packets" }.into());
    }
    let seats = round.seats()?;
    let fit = fit(wish, seats, &codes)?;
    let kept = wish.fit.as_ref().map(|_| formats::assigning::write_fit(&fit));
    let ruled = wish.per.is_some() || wish.groups.is_some();
    let rule = if ruled { Some(rule(wish, seats, &codes, kept.as_deref())?) } else { None };
    let parts = match &rule {
        None => everybody_everything(seats, &codes),
        Some(rule) => match by_rule(seats, &codes, rule, &fit) {
            Ok(parts) => parts,
            Err(Impossible::Blocked(blocks)) => {
                let ways = ways(seats, &codes, rule, wish.most.is_some());
                return Ok((Outcome::Impossible(rule.clone(), blocks, ways), None));
            }
            Err(Impossible::TooLarge) => return Err(Problem::DoesNotFit.into()),
        },
    };
    // Nothing is shown or written that an audit would find fault with.
    if !broken(&parts, seats, &codes, rule.as_ref()).is_empty() {
        return Err(Problem::Internal("assign".to_owned()).into());
    }
    let new = parts != round.state().parts || rule != round.state().assigned_by;
    let readers = readers(&parts, &codes, &rule.clone().unwrap_or_default(), &fit);
    let wanted = round.rubric().aggregation.min_sheets;
    let short = |of: &&Readers| u32::try_from(of.experts.len()).is_ok_and(|there| there < wanted);
    let few = readers.iter().filter(short).map(|of| of.code.clone()).collect();
    let assigned = Assigned { parts, rule, readers, seats: seats.to_vec(), new, few: (wanted, few) };
    Ok((Outcome::Assigned(Box::new(assigned)), kept))
}

fn fit(wish: &Wish, seats: &[Seat], codes: &[PacketCode]) -> Result<Fit> {
    let Some(file) = &wish.fit else { return Ok(Fit::default()) };
    let experts: BTreeSet<ExpertCode> = seats.iter().map(|seat| seat.expert.clone()).collect();
    let codes: BTreeSet<PacketCode> = codes.iter().cloned().collect();
    let bytes = read_file(file, Limits::STANDARD.fit)?;
    formats::assigning::fit(&bytes, &Limits::STANDARD, &codes, &experts)
        .map_err(|refusal| refusal.in_file(&file.display().to_string()))
}

fn rule(wish: &Wish, seats: &[Seat], codes: &[PacketCode], fit: Option<&[u8]>) -> Result<Rule> {
    let refused = |why: Misassigned| Refusal::from(Problem::Misassigned(why));
    let seed = wish.seed.as_deref().map(|seed| clean_line(seed.trim()));
    if seed.as_ref().is_some_and(String::is_empty) || (wish.groups == Some(Grouping::Draw) && seed.is_none()) {
        return Err(refused(Misassigned::NoSeed));
    }
    if wish.mix && seats.iter().all(|seat| seat.specialty.is_empty()) {
        return Err(refused(Misassigned::NoSpecialty));
    }
    let groups = wish.groups.as_ref().map(|grouping| groups(grouping, seats, codes, seed.as_deref())).transpose()?;
    let mut rule = Rule {
        per: wish.per,
        most: None,
        least: wish.least.filter(|least| *least > 0),
        mix: wish.mix,
        seed,
        groups,
        fit: fit.map(Digest::of),
    };
    rule.most = wish.per.map(|per| wish.most.unwrap_or_else(|| enough(seats, codes, &rule, per)));
    if let (Some(least), Some(most)) = (rule.least, rule.most)
        && least > most
    {
        return Err(refused(Misassigned::LeastAboveMost { least, most }));
    }
    Ok(rule)
}

fn groups(grouping: &Grouping, seats: &[Seat], codes: &[PacketCode], seed: Option<&str>) -> Result<Groups> {
    let without: Vec<String> =
        seats.iter().filter(|seat| seat.group.is_empty()).map(|seat| seat.expert.to_string()).collect();
    if !without.is_empty() {
        return Err(Problem::Misassigned(Misassigned::NoGroup { experts: without.join(" ") }).into());
    }
    let names: BTreeSet<String> = seats.iter().map(|seat| seat.group.clone()).collect();
    Ok(match grouping {
        Grouping::Draw => Groups { drawn: true, of: draw::groups(codes, &names, seed.unwrap_or("")) },
        Grouping::File(file) => {
            let codes: BTreeSet<PacketCode> = codes.iter().cloned().collect();
            let of = formats::assigning::groups(
                &read_file(file, Limits::STANDARD.table)?,
                &Limits::STANDARD,
                &codes,
                &names,
            )
            .map_err(|refusal| refusal.in_file(&file.display().to_string()))?;
            Groups { drawn: false, of }
        }
    })
}
