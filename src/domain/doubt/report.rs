//! What stands beside a standing (一致性与存疑): how far experts agree, what a
//! place rests on, and which marks deserve a second look. Nothing of it changes
//! a score, a place or the line.

use crate::base::Points;
use crate::domain::tallied::Rank;

use super::Undefined;
use super::left_out::LeftOut;
use super::resampled::{NotDrawn, Resampled};
use super::shown::Shown;

/// A figure, or why there is none.
pub type Figure = Result<Shown, Undefined>;

/// All panels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// One after another, in order of their names.
    pub panels: Vec<Panel>,
    /// Experts and their own employers, where employers were given.
    pub employers: Option<Result<Employers, Undefined>>,
}

/// One panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// Its name; empty where the marks name none.
    pub name: String,
    /// Its experts.
    pub experts: Vec<String>,
    /// How many marks were given.
    pub marks: usize,
    /// Places of a score.
    pub score_places: u32,
    /// Whether the list that is printed is another: of scores made comparable,
    /// where all here is of raw ones.
    pub of_raw: bool,
    /// How far experts' totals agree.
    pub agreement: Agreement,
    /// The same of each criterion's marks, where there is more than one.
    pub criteria: Vec<(String, Agreement)>,
    /// Agreement of votes, or of marks that are answers (Fleiss).
    pub votes: Figure,
    /// The line, and what becomes of it.
    pub line: Line,
    /// Applications, in order of the standing.
    pub places: Vec<Place>,
    /// What becomes of the standing with one expert left out.
    pub left_out: LeftOut,
    /// In how many draws of experts an application is inside.
    pub resampled: Result<Resampled, NotDrawn>,
    /// Marks that deserve a second look.
    pub second_look: Vec<SecondLook>,
    /// How each expert uses the scale.
    pub scales: Vec<Scale>,
    /// How strict each expert is.
    pub severity: Result<Severity, Undefined>,
    /// The same, drawn to the mean by variances that the rule states.
    pub shrunken: Option<Result<Shrunken, Undefined>>,
    /// Experts two by two.
    pub pairs: Vec<Pair>,
}

impl Panel {
    /// Leaves out the line and what rests on it, and on places: the list that is
    /// printed is one of comparable scores, of which nothing of it is known.
    pub fn leave_raw(&mut self) {
        self.of_raw = true;
        self.line = Line::default();
        self.left_out.places.clear();
        self.left_out.experts.clear();
        self.resampled = Err(NotDrawn::Comparable);
        for place in &mut self.places {
            place.above = false;
        }
    }
}

/// How far experts agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Krippendorff's α of distances: the figure to look at first.
    pub alpha: Figure,
    /// α of names.
    pub nominal: Figure,
    /// α of places.
    pub ordinal: Figure,
    /// α of ratios.
    pub ratio: Figure,
    /// Marks that α compares.
    pub pairable: usize,
    /// ICC(1,1), (2,1), (3,1), (1,k), (2,k), (3,k), or why there are none.
    pub icc: Result<Icc, Undefined>,
    /// Kendall's W.
    pub concordance: Result<Concordance, Undefined>,
}

/// Intraclass correlations of applications that every expert marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Icc {
    /// (1,1), (2,1), (3,1).
    pub single: [Figure; 3],
    /// (1,k), (2,k), (3,k); the last is Cronbach's α.
    pub mean: [Figure; 3],
    /// BMS, WMS, JMS, EMS.
    pub squares: [Shown; 4],
    /// Applications they rest on.
    pub applications: usize,
    /// Applications left out for a blank.
    pub left_out: usize,
}

/// Kendall's W of applications that every expert marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concordance {
    /// Corrected for ties.
    pub corrected: Figure,
    /// As if there were none.
    pub uncorrected: Figure,
    /// S.
    pub scatter: Shown,
    /// ΣT.
    pub ties: i128,
    /// χ² and its degrees of freedom.
    pub chi_square: Figure,
    /// Degrees of freedom.
    pub freedom: usize,
    /// How likely such a χ² is by chance.
    pub chance: Figure,
}

/// The cut line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// How many are wanted; nothing: no line.
    pub quota: Option<u32>,
    /// Tied at it.
    pub tied: Vec<String>,
    /// Seats for those.
    pub seats_left: u32,
}

/// What an application's place rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The application.
    pub code: String,
    /// Its place; nothing without a result.
    pub rank: Option<Rank>,
    /// Its score, as it is written.
    pub score: Option<String>,
    /// Whether it is clearly above the line.
    pub above: bool,
    /// Lowest and highest of experts' totals.
    pub ends: Option<(String, String)>,
    /// Median of them.
    pub median: Figure,
    /// Their standard deviation (n − 1).
    pub deviation: Figure,
    /// Modified z of each expert's total.
    pub z: Vec<(String, Shown)>,
}

/// A mark, a total or a sheet that deserves a second look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondLook {
    /// The application.
    pub application: String,
    /// The expert; nothing: all of them.
    pub expert: Option<String>,
    /// The criterion; nothing: the total.
    pub criterion: Option<String>,
    /// Why.
    pub why: Why,
}

/// Why something deserves a second look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The total stands apart from the others' (modified z).
    Outlier {
        /// The total, and the median of all.
        total: String,
        /// The median.
        median: String,
        /// Modified z.
        z: Shown,
    },
    /// The mark is far from the median of its criterion.
    Abnormal {
        /// The mark.
        mark: Points,
        /// The median.
        median: String,
        /// Highest mark of the criterion.
        max: Points,
    },
    /// The marks together are out of the corridor.
    Corridor {
        /// Sum of distances from the panel's means.
        off: Shown,
        /// What is allowed.
        allowed: String,
    },
    /// Experts differ where there is nothing to differ about.
    Objective {
        /// The marks: expert and mark.
        marks: Vec<(String, Points)>,
    },
}

/// How strict experts are (宽严).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Severity {
    /// Groups of experts that can be compared by the applications they share;
    /// with more than one there is no comparison.
    pub parts: Vec<Vec<String>>,
    /// Applications on which alone the comparison hangs.
    pub fragile: Vec<String>,
    /// Marks on which alone it hangs: application and expert.
    pub fragile_marks: Vec<(String, String)>,
    /// Applications: the plain mean of their totals, and their place by it.
    pub means: Vec<(String, String, u32)>,
    /// The calibrated figures.
    pub model: Result<Model, Undefined>,
}

/// Least squares of `total = application + expert`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// By expert, how far above (lenient) or below (strict) the others.
    pub experts: Vec<(String, Shown)>,
    /// By application, what it would have with the mean of all experts, and its
    /// place by that.
    pub applications: Vec<(String, Shown, u32)>,
    /// Who would come in above the line by it.
    pub enters: Vec<String>,
    /// Who would go out.
    pub leaves: Vec<String>,
    /// Standard deviation of what is left.
    pub rest: Figure,
}

/// How an expert uses the scale (打分尺度).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// The expert.
    pub expert: String,
    /// Mean of the expert's totals.
    pub mean: Figure,
    /// Their standard deviation, over n.
    pub deviation: Figure,
    /// Too few to say much.
    pub few: bool,
    /// By application: how many standard deviations above that mean.
    pub z: Result<Vec<(String, Shown)>, Undefined>,
}

/// Severity drawn to the mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shrunken {
    /// By expert.
    pub experts: Vec<(String, Shown)>,
    /// By application: the mean, and its variance.
    pub applications: Vec<(String, Shown, Shown)>,
}

/// Two experts (两两比较).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The experts.
    pub experts: (String, String),
    /// Applications both marked.
    pub applications: usize,
    /// Whether all their marks are the same.
    pub identical: bool,
    /// Correlation of what is left of their totals without application and expert.
    pub residuals: Figure,
}

/// Employers, as a screen for the secretary and never a verdict (同单位偏差).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employers {
    /// By expert: expert and employer.
    pub experts: Vec<Employed>,
    /// By employer.
    pub employers: Vec<Employed>,
    /// Employers whose experts marked each other's applications.
    pub reciprocal: Vec<Reciprocal>,
}

/// Two employers whose experts marked each other's applications (互评).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reciprocal {
    /// The employers.
    pub employers: [String; 2],
    /// How many marks the experts of each gave to applications of the other.
    pub marks: [usize; 2],
    /// How much higher than their marks for applications of neither.
    pub favours: [Figure; 2],
    /// Both are above zero.
    pub mutual: bool,
}

/// An expert, or an employer, and how applications of the own employer fared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employed {
    /// The expert; nothing: all of the employer.
    pub expert: Option<String>,
    /// The employer.
    pub employer: String,
    /// Marks given to the own employer, and to others.
    pub marks: (usize, usize),
    /// Mean distance from the other experts, own and others.
    pub own: Figure,
    /// Of others.
    pub others: Figure,
    /// The difference.
    pub difference: Figure,
}

/// How much of the whole it is.
#[must_use]
pub fn share(part: u128, of: u128) -> Option<Shown> {
    let places = 10u128.pow(super::shown::PLACES);
    let units = part.checked_mul(places)?.checked_add(of / 2)?.checked_div(of)?;
    let width = usize::try_from(super::shown::PLACES).ok()?;
    Shown::parse(&format!("{}.{:0width$}", units / places, units % places))
}
