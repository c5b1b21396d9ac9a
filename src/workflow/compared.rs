//! One place of a combined list (组间标准化) on paper: the step from the score of
//! the group to the comparable one, and where it stands among all groups.

use crate::base::{PacketCode, Problem, Result};
use crate::domain::across::{Across, WhyNot};
use crate::domain::explained::Explained;
use crate::domain::explained::compared::Compared;
use crate::domain::round::Round as State;
use crate::domain::standing::{Standee, Standing};
use crate::domain::tallied::{Notice, Placed, Rank};
use crate::tally::across::{Combined, List, Member, combine};
use crate::tally::doubt::table::Settled;

/// A place of a panel as what goes into the combined list.
pub(super) fn member(group: String, placed: &Placed<'_>) -> Member {
    let below = |notice: &Notice<'_>| matches!(notice, Notice::BelowPassLine | Notice::BelowDimension(_));
    Member {
        group,
        code: placed.code.to_owned(),
        raw: placed.score,
        rank: placed.rank,
        passes: placed.score.is_some() && !placed.notices.iter().any(below),
    }
}

/// Adds the step and the place in the list of all panels to explanations of
/// places in theirs, where the rule asks for that list.
///
/// # Errors
/// The steps do not lead to the list.
pub(super) fn of_files(all: &mut [Explained], settled: &Settled, drawn: bool) -> Result<()> {
    if settled.panels().len() < 2 || method(settled) == Across::None {
        return Ok(());
    }
    add(all, settled, drawn, &|panel, _| Some(panel.to_owned()))
}

/// Makes explanations of a round's scores those of the standing as it is
/// printed: with the step, and with its places, where it is of comparable scores.
///
/// # Errors
/// The steps do not lead to the standing.
pub(super) fn of_round(all: &mut [Explained], settled: &Settled, state: &State, standing: &Standing) -> Result<()> {
    let Some(across) = &standing.across else { return Ok(()) };
    if across.why_not.is_some() {
        for one in all {
            one.compared = Some(left(across.method, across.why_not.clone()));
        }
        return Ok(());
    }
    let group = |_: &str, code: &str| state.groups.get(&PacketCode::parse(code)?).cloned();
    add(all, settled, state.groups_drawn, &group)?;
    for one in all {
        lift(one);
        let place = standing.places.iter().find(|place| place.code.as_str() == one.code);
        if !place.is_some_and(|place| same(one, place, standing)) {
            return Err(off(&one.code));
        }
    }
    Ok(())
}

/// Makes the place among all groups the explanation's own.
pub(super) fn lift(one: &mut Explained) {
    if let Some(stands) = one.compared.as_mut().and_then(|compared| compared.stands.take()) {
        (one.rank, one.tied) = (stands.rank, stands.tied);
        (one.score, one.place) = (stands.score, stands.place);
    }
}

/// Whether an explanation says what the standing says.
fn same(one: &Explained, place: &Standee, standing: &Standing) -> bool {
    use crate::domain::doubt::left_out::Side;
    let side = one.place.as_ref().and_then(|place| place.cut.as_ref()).map(|cut| cut.side);
    let above = standing.cut.above.contains(&place.code);
    let tied = standing.cut.tied_at_line.contains(&place.code);
    one.rank == place.rank.map(|whole| Rank { whole, half: place.half })
        && one.tied == place.tied
        && one.score == place.score.map(|score| score.fixed(standing.rule.aggregation.places))
        && above == (side == Some(Side::Above))
        && tied == (side == Some(Side::Tied))
}

fn method(settled: &Settled) -> Across {
    settled.engine().rule().aggregation.beyond.across
}

const fn left(method: Across, why_not: Option<WhyNot>) -> Compared {
    Compared { method, why_not, step: None, stands: None }
}

fn off(code: &str) -> crate::base::Refusal {
    Problem::Internal(format!("the steps for {code} do not lead to its comparable score")).into()
}

fn add(
    all: &mut [Explained],
    settled: &Settled,
    drawn: bool,
    group: &dyn Fn(&str, &str) -> Option<String>,
) -> Result<()> {
    let (mut members, mut panels) = (Vec::new(), Vec::new());
    for panel in settled.panels() {
        for at in 0..panel.ranked.len() {
            let Some(placed) = settled.engine().place_in_short(panel.ranked, at) else { continue };
            let group = group(panel.name(), placed.code).ok_or_else(|| off(placed.code))?;
            members.push(member(group, &placed));
            panels.push(panel.name());
        }
    }
    let (rule, quota) = (&settled.engine().rule().aggregation, settled.quota());
    let combined: std::result::Result<Combined, WhyNot> = combine(rule, drawn, &members, quota);
    for one in all {
        one.compared = Some(match &combined {
            Err(why_not) => left(method(settled), Some(why_not.clone())),
            Ok(combined) => {
                let mut those = members.iter().zip(&panels);
                let mine = those.position(|(member, panel)| member.code == one.code && **panel == *one.panel);
                let list = List { rule, members: &members, combined, quota };
                mine.and_then(|mine| list.explain(mine)).ok_or_else(|| off(&one.code))?
            }
        });
    }
    Ok(())
}
