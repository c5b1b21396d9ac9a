//! What a standing comes to with one expert left out (逐一去掉一位专家): on whom
//! a place rests, and on whom the cut line does.

use crate::base::Points;
use crate::domain::tallied::Rank;

/// The side of the cut line (名额线) an application is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Clearly above it (线上).
    Above,
    /// Equal at it, with more than there are seats left (线上并列).
    Tied,
    /// Below it, not past the pass line, or without a result (线下).
    Below,
}

/// Where an application stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// Its place; nothing without a result.
    pub rank: Option<Rank>,
    /// Its score; nothing without a result.
    pub score: Option<Points>,
    /// Experts that count for it.
    pub sheets: u32,
    /// Its side of the line; nothing where no line is drawn.
    pub side: Option<Side>,
}

/// A panel, as often counted again as it has experts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The panel; empty where the marks name none.
    pub panel: String,
    /// Applications, in order of the standing with everyone.
    pub places: Vec<Replayed>,
    /// Experts, in order of their names.
    pub experts: Vec<Without>,
}

/// One application through all standings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    /// The application.
    pub application: String,
    /// With everyone.
    pub stand: Stand,
    /// With one expert left out, in order of experts.
    pub without: Vec<Stand>,
    /// In how many of those its place is the same; none for one that has no
    /// place with everyone.
    pub same_rank: usize,
    /// In how many of those it is on the same side of the line; all of them
    /// where there is no line.
    pub same_side: usize,
    /// In how many of those it has no result.
    pub no_result: usize,
    /// Best and worst place among those; nothing without any.
    pub best_worst: Option<(Rank, Rank)>,
}

/// The standing with one expert left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Without {
    /// The expert.
    pub expert: String,
    /// Clearly above the line then, in order of that standing.
    pub above: Vec<String>,
    /// Tied at it then.
    pub tied: Vec<String>,
    /// Seats for those tied, or empty ones.
    pub seats_left: u32,
    /// Applications on another side of the line then.
    pub crossings: Vec<Crossing>,
    /// How many places are others, those lost among them.
    pub moved: usize,
    /// Applications that have a result with everyone and none then.
    pub no_result: Vec<String>,
}

/// An application that is on another side of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    /// The application.
    pub application: String,
    /// Its side with everyone.
    pub from: Side,
    /// Its side with the expert left out.
    pub to: Side,
}

impl Crossing {
    /// Whether it comes in clearly above the line.
    #[must_use]
    pub fn enters(&self) -> bool {
        self.to == Side::Above
    }

    /// Whether it was clearly above the line and is not any more.
    #[must_use]
    pub fn leaves(&self) -> bool {
        self.from == Side::Above
    }
}

impl Without {
    /// Whether not one application has a result: the panel is too small for
    /// leaving anyone out.
    #[must_use]
    pub fn is_empty(&self, of: &LeftOut) -> bool {
        let with = of.places.iter().filter(|place| place.stand.rank.is_some()).count();
        with > 0 && with == self.no_result.len()
    }
}
