//! Typing a mark on the rubric's grid: what can still become a mark stays, what
//! can only mean one moves on by itself, what can't is refused as it is typed.

use crate::base::Points;
use crate::domain::rubric::{Criterion, NoSuchMark, Rubric};

/// What came of one more character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed {
    /// It may become a mark, or is one that could still go on.
    Pending(String),
    /// It can only mean this mark.
    Done(Points),
    /// It can't become a mark.
    Refused(Refused),
}

/// Why what was typed can't become a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// Above the maximum.
    AboveMax(String),
    /// Not a whole number of steps.
    OffGrid(String),
}

/// A mark that moved on by itself; what still belongs to it if it follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trailing {
    /// Which criterion it was given for.
    pub criterion: usize,
    /// What was typed.
    pub typed: String,
    /// A dot came behind it already.
    pub dotted: bool,
}

/// All marks on the grid of a criterion.
fn legal(rubric: &Rubric, criterion: &Criterion) -> impl Iterator<Item = Points> {
    let step = rubric.step.units().max(1);
    (0..=criterion.max.units() / step).map(move |n| Points::from_units(n * step))
}

/// Adds a digit or dot to what was typed so far.
#[must_use]
pub(super) fn add(rubric: &Rubric, criterion: &Criterion, so_far: &str, c: char) -> Typed {
    let mut text = format!("{so_far}{c}");
    if text == "." {
        "0.".clone_into(&mut text);
    }
    let mut candidates = legal(rubric, criterion).filter(|mark| mark.fixed(4).starts_with(&text));
    match (candidates.next(), candidates.next()) {
        (None, _) => Typed::Refused(why(rubric, criterion, &text)),
        (Some(only), None) if Points::parse(&text) == Ok(only) => Typed::Done(only),
        _ => Typed::Pending(text),
    }
}

fn why(rubric: &Rubric, criterion: &Criterion, text: &str) -> Refused {
    match Points::parse(text.trim_end_matches('.')) {
        Ok(mark) if rubric.allows(criterion, mark) == Err(NoSuchMark::AboveMax) => Refused::AboveMax(text.to_owned()),
        _ => Refused::OffGrid(text.to_owned()),
    }
}

/// The mark that what was typed stands for when Enter is pressed.
///
/// # Errors
/// It stands for none.
pub(super) fn finish(rubric: &Rubric, criterion: &Criterion, text: &str) -> Result<Points, Refused> {
    let trimmed = text.trim_end_matches('.');
    match Points::parse(trimmed) {
        Ok(mark) if rubric.allows(criterion, mark).is_ok() => Ok(mark),
        _ => Err(why(rubric, criterion, trimmed)),
    }
}

/// One step more or less than the mark, within the criterion.
#[must_use]
pub(super) fn stepped(rubric: &Rubric, criterion: &Criterion, from: Option<Points>, up: bool) -> Points {
    let step = rubric.step.units();
    let units = match (from, up) {
        (None, true) => step,
        (None, false) => criterion.max.units(),
        (Some(mark), true) => mark.units() + step,
        (Some(mark), false) => mark.units() - step,
    };
    Points::from_units(units.clamp(0, criterion.max.units()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::library;

    fn rubric() -> Rubric {
        let bytes = library::template_bytes("ln-pilot-selection").unwrap();
        library::sound_template(&bytes).unwrap()
    }

    fn of_max(rubric: &Rubric, max: &str) -> Criterion {
        rubric.criteria().find(|c| c.max.to_string() == max).unwrap().clone()
    }

    #[test]
    fn what_can_only_mean_one_moves_on() {
        let rubric = rubric();
        let three = of_max(&rubric, "3");
        assert_eq!(add(&rubric, &three, "", '3'), Typed::Done(Points::from_units(30_000)));
        assert_eq!(add(&rubric, &three, "", '2'), Typed::Pending("2".into()));
        assert_eq!(add(&rubric, &three, "2", '.'), Typed::Pending("2.".into()));
        assert_eq!(add(&rubric, &three, "2.", '5'), Typed::Done(Points::from_units(25_000)));
        assert_eq!(add(&rubric, &three, "2.", '0'), Typed::Done(Points::from_units(20_000)));
        assert_eq!(add(&rubric, &three, "", '.'), Typed::Pending("0.".into()));
    }

    #[test]
    fn what_cannot_is_refused_as_it_is_typed() {
        let rubric = rubric();
        let three = of_max(&rubric, "3");
        assert_eq!(add(&rubric, &three, "", '4'), Typed::Refused(Refused::AboveMax("4".into())));
        assert_eq!(add(&rubric, &three, "2", '5'), Typed::Refused(Refused::AboveMax("25".into())));
        assert_eq!(add(&rubric, &three, "2.", '3'), Typed::Refused(Refused::OffGrid("2.3".into())));
        assert_eq!(add(&rubric, &three, "0", '0'), Typed::Refused(Refused::OffGrid("00".into())));
    }

    #[test]
    fn enter_takes_what_stands_there() {
        let rubric = rubric();
        let three = of_max(&rubric, "3");
        assert_eq!(finish(&rubric, &three, "2."), Ok(Points::from_units(20_000)));
        assert_eq!(finish(&rubric, &three, "0"), Ok(Points::ZERO));
        assert!(finish(&rubric, &three, "").is_err());
    }

    #[test]
    fn every_legal_mark_can_be_typed() {
        let rubric = rubric();
        for criterion in rubric.criteria() {
            for mark in legal(&rubric, criterion) {
                let mut so_far = String::new();
                let mut done = None;
                for c in mark.to_string().chars() {
                    match add(&rubric, criterion, &so_far, c) {
                        Typed::Pending(text) => so_far = text,
                        Typed::Done(mark) => done = Some(mark),
                        Typed::Refused(why) => panic!("{} {mark} {why:?}", criterion.id),
                    }
                }
                assert_eq!(done.map_or_else(|| finish(&rubric, criterion, &so_far), Ok), Ok(mark));
            }
        }
    }
}
