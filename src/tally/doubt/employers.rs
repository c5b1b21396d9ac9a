//! Marks for one's own employer (同单位打分偏差): whether an expert's marks are
//! higher there than elsewhere, next to what the others gave. A screen for the
//! secretary, never a verdict: numbers are small, and applications of one
//! employer are alike. Compared exactly.

use std::collections::BTreeMap;

use crate::base::Points;
use crate::domain::doubt::Undefined;
use crate::tally::fraction::Fraction;

use super::grid::{Grid, product, sum};
use super::real::whole;
use super::severity::points;

/// Deviations: each a mark less the mean of the others' marks on its application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Deviations {
    marks: usize,
    sum: Fraction,
}

impl Deviations {
    const NONE: Self = Self { marks: 0, sum: Fraction::whole(0) };

    fn add(&mut self, deviation: Fraction) -> Result<(), Undefined> {
        self.marks += 1;
        self.sum = self.sum.checked_add(deviation).ok_or(Undefined::TooLarge)?;
        Ok(())
    }

    fn mean(self) -> Result<Fraction, Undefined> {
        if self.marks == 0 {
            return Err(Undefined::OneKind);
        }
        self.sum.times(1, whole(self.marks)).ok_or(Undefined::TooLarge)
    }

    fn shown(self) -> Side {
        Side { marks: self.marks, mean: self.mean().map(points) }
    }

    fn less(self, other: Self) -> Result<Fraction, Undefined> {
        let (mean, (over, under)) = (self.mean()?, other.mean()?.parts());
        let negative = over.checked_neg().and_then(|over| Fraction::new(over, under));
        negative.and_then(|other| mean.checked_add(other)).ok_or(Undefined::TooLarge)
    }
}

/// Some marks and how far above the others' they are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Side {
    /// How many there are.
    pub marks: usize,
    /// The mean deviation, in points.
    pub mean: Result<f64, Undefined>,
}

/// Own employer against others.
#[derive(Debug, Clone, PartialEq)]
pub struct Own<T> {
    /// The expert, or the employer of several.
    pub who: T,
    /// Marks for applications of the own employer.
    pub same: Side,
    /// Marks for other applications.
    pub other: Side,
    /// The mean deviation there less the one here, in points.
    pub difference: Result<f64, Undefined>,
}

/// Two employers whose experts marked each other's applications.
#[derive(Debug, Clone, PartialEq)]
pub struct Reciprocal<'a> {
    /// The employers, in order.
    pub employers: [&'a str; 2],
    /// Marks by experts of the first for applications of the second, and back.
    pub marks: [Side; 2],
    /// How much higher they are than the same experts' marks for applications of
    /// neither, in points.
    pub favours: [Result<f64, Undefined>; 2],
    /// Both are above zero.
    pub mutual: bool,
}

/// What the marks say of employers.
#[derive(Debug, Clone, PartialEq)]
pub struct Employers<'a> {
    /// By expert, those whose employer is known.
    pub experts: Vec<Own<usize>>,
    /// By employer.
    pub employers: Vec<Own<&'a str>>,
    /// Pairs, by name.
    pub reciprocal: Vec<Reciprocal<'a>>,
}

/// Compares marks for the own employer with marks for others. Where an employer
/// is not known, the mark counts for the others' mean only; an application with
/// one mark has no others.
///
/// # Errors
/// Figures too large.
pub fn employers<'a>(
    grid: &Grid,
    of_experts: &[Option<&'a str>],
    of_applications: &[Option<&'a str>],
) -> Result<Employers<'a>, Undefined> {
    let mut own: BTreeMap<usize, [Deviations; 2]> = BTreeMap::new();
    // Experts of one employer on applications of another.
    let mut towards: BTreeMap<&str, BTreeMap<&str, Deviations>> = BTreeMap::new();
    for (expert, employer) in of_experts.iter().enumerate() {
        if let Some(employer) = employer {
            own.insert(expert, [Deviations::NONE; 2]);
            towards.entry(employer).or_default();
        }
    }
    for (row, employer) in grid.rows().iter().zip(of_applications) {
        let (Some(employer), true) = (employer, row.len() > 1) else { continue };
        let many = whole(row.len());
        let total = sum(row.iter().map(|(_, mark)| i128::from(*mark)))?;
        let under = product(&[many - 1, grid.under()])?;
        for (expert, mark) in row {
            let Some(home) = of_experts.get(*expert).copied().flatten() else { continue };
            let away = sum([product(&[many, i128::from(*mark)])?, -total])?;
            let over = product(&[away, Points::UNIT.into()])?;
            let deviation = Fraction::new(over, under).ok_or(Undefined::TooLarge)?;
            let sides = own.entry(*expert).or_insert([Deviations::NONE; 2]);
            let [same, other] = sides;
            if home == *employer {
                same.add(deviation)?;
            } else {
                other.add(deviation)?;
            }
            towards.entry(home).or_default().entry(employer).or_insert(Deviations::NONE).add(deviation)?;
        }
    }
    let experts = own.iter().map(|(expert, [same, other])| compared(*expert, *same, *other)).collect();
    let mut all = Vec::new();
    for (home, marks) in &towards {
        all.push(compared(*home, marks.get(home).copied().unwrap_or(Deviations::NONE), beside(marks, [home, home])?));
    }
    Ok(Employers { experts, employers: all, reciprocal: reciprocal(&towards)? })
}

fn compared<T>(who: T, same: Deviations, other: Deviations) -> Own<T> {
    Own { who, same: same.shown(), other: other.shown(), difference: same.less(other).map(points) }
}

/// Marks for applications of neither.
fn beside(marks: &BTreeMap<&str, Deviations>, not: [&str; 2]) -> Result<Deviations, Undefined> {
    let mut out = Deviations::NONE;
    for (_, more) in marks.iter().filter(|(employer, _)| !not.contains(*employer)) {
        out.marks += more.marks;
        out.sum = out.sum.checked_add(more.sum).ok_or(Undefined::TooLarge)?;
    }
    Ok(out)
}

fn reciprocal<'a>(
    towards: &BTreeMap<&'a str, BTreeMap<&'a str, Deviations>>,
) -> Result<Vec<Reciprocal<'a>>, Undefined> {
    let mut out = Vec::new();
    for (first, there) in towards {
        for (second, marks) in there.iter().filter(|(second, _)| first < *second) {
            let Some((back, returned)) = towards.get(second).and_then(|back| Some((back, back.get(first)?))) else {
                continue;
            };
            let favours = [marks.less(beside(there, [first, second])?), returned.less(beside(back, [first, second])?)];
            out.push(Reciprocal {
                employers: [*first, *second],
                marks: [marks.shown(), returned.shown()],
                mutual: favours.iter().all(|favour| favour.is_ok_and(|favour| favour > Fraction::whole(0))),
                favours: favours.map(|favour| favour.map(points)),
            });
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_arithmetic, reason = "how near a figure is to the published one")]

    use super::super::grid::tests::grid;
    use super::*;

    fn near(found: Result<f64, Undefined>, expected: f64) {
        assert!((found.unwrap() - expected).abs() < 1e-12, "{found:?} {expected}");
    }

    #[test]
    fn an_expert_is_measured_by_what_the_others_gave() {
        // Expert 0 of 甲院: +3 and +1 at home, −1 and 0 elsewhere.
        let grid = grid(&["9 6 6", "8 7 -", "5 6 6", "7 7 7", "9 - -"]);
        let found = employers(
            &grid,
            &[Some("甲院"), Some("乙院"), None],
            &[Some("甲院"), Some("甲院"), Some("乙院"), Some("丙院"), Some("甲院")],
        )
        .unwrap();
        let first = &found.experts[0];
        assert_eq!((first.same.marks, first.other.marks), (2, 2));
        near(first.same.mean, 2.0);
        near(first.other.mean, -0.5);
        near(first.difference, 2.5);
        // Expert 1 of 乙院: +0.5 at home; −1.5, −1 and 0 elsewhere.
        near(found.experts[1].difference, 0.5 + 2.5 / 3.0);
        assert_eq!(found.experts.len(), 2, "whose employer is not known is not measured");
        assert_eq!(found.employers.iter().map(|own| own.who).collect::<Vec<_>>(), ["乙院", "甲院"]);
        near(found.employers[1].difference, 2.5);
        // 甲 on 乙: −1 against 0 beside; 乙 on 甲: −1.25 against 0.
        let [pair] = &found.reciprocal[..] else { panic!("{found:?}") };
        assert_eq!((pair.employers, pair.mutual), (["乙院", "甲院"], false));
        near(pair.favours[0], -1.25);
        near(pair.favours[1], -1.0);
    }

    #[test]
    fn without_both_kinds_there_is_nothing_to_compare() {
        let marks = grid(&["9 6", "8 7"]);
        let of = |experts: [Option<&'static str>; 2], applications: [Option<&'static str>; 2]| {
            employers(&marks, &experts, &applications).unwrap()
        };
        let home = of([Some("甲院"), None], [Some("甲院"), Some("甲院")]);
        assert_eq!(home.experts[0].difference, Err(Undefined::OneKind));
        assert_eq!(home.experts[0].other, Side { marks: 0, mean: Err(Undefined::OneKind) });
        near(home.experts[0].same.mean, 2.0);
        let away = of([Some("甲院"), None], [Some("乙院"), Some("乙院")]);
        assert_eq!(
            (away.experts[0].difference, away.employers[0].difference),
            (Err(Undefined::OneKind), Err(Undefined::OneKind))
        );
        assert_eq!(of([Some("甲院"), None], [None, None]).experts[0].same.marks, 0);
        let mutual = employers(
            &grid(&["9 5 6", "5 9 6", "5 5 6"]),
            &[Some("甲院"), Some("乙院"), None],
            &[Some("乙院"), Some("甲院"), Some("丙院")],
        )
        .unwrap();
        assert!(mutual.reciprocal[0].mutual, "{mutual:?}");
    }
}
