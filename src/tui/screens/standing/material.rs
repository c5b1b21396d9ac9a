//! What the screen shows, as plain data, so that it needs no store.

use std::sync::OnceLock;

use crate::base::{PacketCode, Points, Result};
use crate::domain::doubt::left_out::LeftOut;
use crate::domain::doubt::report::Panel;
use crate::domain::rubric::Rubric;
use crate::domain::standing::{Standee, Standing};
use crate::workflow::Round;
use crate::workflow::doubt::Basis;
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
    /// The standing without each expert; nothing where it can't be had.
    pub left_out: Option<LeftOut>,
    /// The log's head in its short form (存证码).
    pub receipt: String,
    basis: Basis,
    doubt: OnceLock<Option<Panel>>,
}

impl Material {
    /// From a round.
    ///
    /// # Errors
    /// Nothing to rank yet, or a sheet that can't be read back.
    pub fn of(round: &Round) -> Result<Self> {
        let (ranked, rubric, basis) = (rank(round)?, round.rubric().clone(), Basis::of(round));
        Ok(Self {
            // A figure that can't be had is no reason not to show the standing.
            left_out: basis.left_out(&rubric, &ranked).ok().flatten(),
            ranked,
            rubric,
            experts: round.state().readers().len(),
            receipt: round.head().receipt(),
            basis,
            doubt: OnceLock::new(),
        })
    }

    /// What places rest on, worked out when it is first asked for: the standing is
    /// there at once. Nothing where there is nothing to compare.
    #[must_use]
    pub fn doubt(&self) -> Option<&Panel> {
        let panel = || {
            let report = self.basis.report(&self.rubric, &self.ranked, None).ok()?;
            report.panels.into_iter().next().filter(|panel| panel.marks > 0)
        };
        self.doubt.get_or_init(panel).as_ref()
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
