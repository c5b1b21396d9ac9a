//! What the screen shows, as plain data, so that it needs no store.

use crate::base::{PacketCode, Points, Result};
use crate::domain::doubt::report::Panel;
use crate::domain::rubric::Rubric;
use crate::domain::standing::{Standee, Standing};
use crate::workflow::Round;
use crate::workflow::doubt::of_round;
use crate::workflow::rank::{Ranked, rank};

/// What the screen shows.
#[derive(Debug, Clone)]
pub struct Material {
    /// The standing and the sheets it was made from.
    pub ranked: Ranked,
    /// The rubric.
    pub rubric: Rubric,
    /// How many experts have something to read.
    pub experts: usize,
    /// What places rest on; nothing where there is nothing to compare.
    pub doubt: Option<Panel>,
    /// The log's head in its short form (存证码).
    pub receipt: String,
}

impl Material {
    /// From a round.
    ///
    /// # Errors
    /// Nothing to rank yet, or a sheet that can't be read back.
    pub fn of(round: &Round) -> Result<Self> {
        Ok(Self {
            ranked: rank(round)?,
            // A figure that can't be had is no reason not to show the standing.
            doubt: of_round(round).ok().and_then(|report| report.panels.into_iter().next()),
            rubric: round.rubric().clone(),
            experts: round.state().readers().len(),
            receipt: round.head().receipt(),
        })
    }

    /// The standing.
    #[must_use]
    pub const fn standing(&self) -> &Standing {
        &self.ranked.standing
    }

    /// The place of this number in the standing's own order.
    #[must_use]
    pub fn place(&self, at: usize) -> Option<&Standee> {
        self.ranked.standing.places.get(at)
    }

    /// A score as the rule writes it.
    #[must_use]
    pub fn score(&self, place: &Standee) -> Option<String> {
        place.score.map(|score| score.fixed(self.ranked.standing.rule.aggregation.places))
    }

    /// Whether a place is clearly above the line.
    #[must_use]
    pub fn is_above(&self, code: &PacketCode) -> bool {
        self.standing().cut.above.contains(code)
    }

    /// Whether a place is tied at the line.
    #[must_use]
    pub fn is_at_line(&self, code: &PacketCode) -> bool {
        self.standing().cut.tied_at_line.contains(code)
    }
}

/// Highest and lowest of a place's totals, dropped ones too.
#[must_use]
pub(super) fn ends(place: &Standee) -> Option<(Points, Points)> {
    let lowest = place.expert_totals.values().min()?;
    let highest = place.expert_totals.values().max()?;
    Some((*lowest, *highest))
}

/// Highest less lowest (极差), with a place after the dot.
#[must_use]
pub(super) fn spread(place: &Standee) -> Option<String> {
    let (lowest, highest) = ends(place)?;
    Some(Points::from_units(highest.units() - lowest.units()).at_least(1))
}
