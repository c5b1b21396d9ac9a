//! The corridor (偏离走廊): how far an expert is from the panel's mean over all
//! criteria of an application, against what is allowed for so many criteria.
//! Exact throughout. After the figure skaters' evaluation of officials (ISU
//! Communication 2098).

use std::collections::BTreeMap;

use crate::base::Points;
use crate::domain::doubt::Undefined;
use crate::tally::fraction::Fraction;

use super::grid::{Grid, product, sum};
use super::real::whole;

/// The marks of one criterion.
#[derive(Debug, Clone, Copy)]
pub struct Allowed<'a> {
    /// Its marks.
    pub marks: &'a Grid,
    /// How far from the mean is allowed.
    pub tolerance: Points,
}

/// One expert on one application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Distance {
    /// The application.
    pub application: usize,
    /// The expert.
    pub expert: usize,
    /// How many criteria the expert marked.
    pub criteria: u32,
    /// Σ |mark − mean of the panel| over them; the mean is of all marks, the
    /// expert's own too.
    pub distance: Fraction,
    /// Σ of what is allowed for them.
    pub allowed: Fraction,
    /// Whether it is more than that.
    pub beyond: bool,
}

/// Every expert's distance on every application, by application and expert.
///
/// # Errors
/// Figures too large.
pub fn corridor(criteria: &[Allowed<'_>]) -> Result<Vec<Distance>, Undefined> {
    let applications = criteria.iter().map(|criterion| criterion.marks.applications()).max().unwrap_or(0);
    let mut out = Vec::new();
    for application in 0..applications {
        let mut experts: BTreeMap<usize, (u32, Fraction, Fraction)> = BTreeMap::new();
        for criterion in criteria {
            let row = criterion.marks.row(application);
            let total = sum(row.iter().map(|(_, mark)| i128::from(*mark)))?;
            let many = whole(row.len());
            for (expert, mark) in row {
                let away = sum([product(&[many, i128::from(*mark)])?, -total])?.abs();
                let under = product(&[many, criterion.marks.under()])?;
                let away = Fraction::new(product(&[away, Points::UNIT.into()])?, under).ok_or(Undefined::TooLarge)?;
                let nothing = (0, Fraction::whole(0), Fraction::whole(0));
                let (marked, distance, allowed) = experts.entry(*expert).or_insert(nothing);
                *marked += 1;
                *distance = distance.checked_add(away).ok_or(Undefined::TooLarge)?;
                let tolerance = Fraction::whole(criterion.tolerance.units().into());
                *allowed = allowed.checked_add(tolerance).ok_or(Undefined::TooLarge)?;
            }
        }
        out.extend(experts.into_iter().map(|(expert, (criteria, distance, allowed))| Distance {
            application,
            expert,
            criteria,
            distance,
            allowed,
            beyond: distance > allowed,
        }));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::super::grid::tests::grid;
    use super::*;

    #[test]
    fn beyond_only_where_it_is_more_than_allowed() {
        // Means 7 and 8: distances 1+0, 1+3, 2+3 and, without the second, 2.
        let (first, second) = (grid(&["6 8 9 5"]), grid(&["8 5 11 -"]));
        let at = |tolerance: &str| {
            let tolerance = Points::parse(tolerance).unwrap();
            corridor(&[Allowed { marks: &first, tolerance }, Allowed { marks: &second, tolerance }]).unwrap()
        };
        let found: Vec<_> = at("2").iter().map(|d| (d.expert, d.criteria, d.distance, d.beyond)).collect();
        let points = |points: i128| Fraction::whole(points * 10_000);
        assert_eq!(
            found,
            [(0, 2, points(1), false), (1, 2, points(4), false), (2, 2, points(5), true), (3, 1, points(2), false)]
        );
        assert!(at("1.9999").iter().all(|distance| distance.beyond != (distance.expert == 0)));
        assert_eq!(corridor(&[]), Ok(Vec::new()));
    }
}
