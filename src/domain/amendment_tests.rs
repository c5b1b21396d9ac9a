//! Amendments at a desk and in a rubric, over random acts.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::base::{Points, Timestamp};
use crate::domain::desk::{Act, Desk};

const CODES: [&str; 2] = ["A-01", "A-02"];
const CRITERIA: [&str; 2] = ["B1", "B2"];

fn code(at: usize) -> PacketCode {
    PacketCode::parse(CODES[at]).unwrap()
}

fn criterion(at: usize) -> CriterionId {
    CriterionId::parse(CRITERIA[at]).unwrap()
}

/// A cell's mark, and the amendment it waits for.
type Cells = BTreeMap<(usize, usize), (i64, Option<u32>)>;

#[derive(Debug, Clone)]
enum Step {
    Mark(usize, usize, Option<i64>),
    Confirm(usize, usize),
    Undo,
    Redo,
    Amend(Option<usize>, usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let cell = (0usize..2, 0usize..2);
    let step = prop_oneof![
        5 => (cell.clone(), prop::option::of(0i64..3)).prop_map(|((code, id), points)| Step::Mark(code, id, points)),
        2 => cell.prop_map(|(code, id)| Step::Confirm(code, id)),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
        2 => (prop::option::of(0usize..2), 0usize..2).prop_map(|(code, id)| Step::Amend(code, id)),
    ];
    prop::collection::vec(step, 0..40)
}

/// The plainest desk there is: every state it was ever in, whole.
#[derive(Default)]
struct Plain {
    now: Cells,
    back: Vec<Cells>,
    forth: Vec<Cells>,
}

impl Plain {
    fn change(&mut self, change: impl FnOnce(&mut Cells)) {
        self.back.push(self.now.clone());
        self.forth.clear();
        change(&mut self.now);
    }

    fn touch(&mut self, number: u32, of: Option<usize>, id: usize) {
        let states = self.back.iter_mut().chain(&mut self.forth).chain([&mut self.now]);
        for ((code, criterion), (_, waits)) in states.flatten() {
            if *criterion == id && of.is_none_or(|of| of == *code) {
                *waits = Some(number);
            }
        }
    }
}

fn seen(desk: &Desk) -> Cells {
    let mut cells = Cells::new();
    for code_at in 0..2 {
        for at in 0..2 {
            if let Some(mark) = desk.mark(&code(code_at), &criterion(at)) {
                cells.insert((code_at, at), (mark.units(), desk.review(&code(code_at), &criterion(at))));
            } else {
                assert_eq!(desk.review(&code(code_at), &criterion(at)), None, "what is not there waits for nothing");
            }
        }
    }
    cells
}

proptest! {
    /// Amendments, confirmations, undo and redo in any order: the desk is what a
    /// desk would be that kept every state whole; and the marks are what they
    /// would be without any amendment.
    #[test]
    fn no_mark_is_lost_and_none_is_confirmed_by_going_back(steps in steps()) {
        let at = Timestamp::from_stored("");
        let (mut desk, mut plain, mut number) = (Desk::default(), Plain::default(), 0);
        let mut unamended = Desk::default();
        for step in steps {
            let amends = matches!(step, Step::Amend(..));
            let confirms = matches!(step, Step::Confirm(..));
            let act = match step {
                Step::Mark(of, id, points) => {
                    plain.change(|cells| match points {
                        Some(points) => drop(cells.insert((of, id), (points, None))),
                        None => drop(cells.remove(&(of, id))),
                    });
                    Act::Mark { code: code(of), criterion: criterion(id), points: points.map(Points::from_units) }
                }
                Step::Confirm(of, id) => {
                    if desk.review(&code(of), &criterion(id)).is_none() {
                        continue;
                    }
                    plain.change(|cells| {
                        if let Some((_, waits)) = cells.get_mut(&(of, id)) {
                            *waits = None;
                        }
                    });
                    Act::Confirm { code: code(of), criterion: criterion(id) }
                }
                Step::Undo => {
                    if let Some(before) = plain.back.pop() {
                        plain.forth.push(std::mem::replace(&mut plain.now, before));
                    }
                    Act::Undo
                }
                Step::Redo => {
                    if let Some(after) = plain.forth.pop() {
                        plain.back.push(std::mem::replace(&mut plain.now, after));
                    }
                    Act::Redo
                }
                Step::Amend(of, id) => {
                    number += 1;
                    plain.touch(number, of, id);
                    let touch = Touch { amendment: number, code: of.map(code), criteria: vec![criterion(id)] };
                    Act::Amended { number, update: Digest::of(b""), touches: vec![touch] }
                }
            };
            if !amends {
                // A confirmation is a step of its own to go back over.
                let plain_act = if confirms {
                    Act::Vote { code: code(0), vote: None }
                } else {
                    act.clone()
                };
                unamended.apply(&plain_act, &at);
            }
            desk.apply(&act, &at);
            prop_assert_eq!(seen(&desk), plain.now.clone());
        }
        let marks = |desk: &Desk| seen(desk).into_iter().map(|(cell, (mark, _))| (cell, mark)).collect::<Vec<_>>();
        prop_assert_eq!(marks(&desk), marks(&unamended));
    }
}

fn amendment(number: u32, follows: Option<Digest>, change: Change) -> (Amendment, Digest) {
    let amendment = Amendment { round: Digest::of(b"r"), number, follows, change, reason: "x".to_owned() };
    let document = Digest::of(format!("{amendment:?}").as_bytes());
    (amendment, document)
}

#[test]
fn a_chain_has_no_gap_no_fork_and_no_other_round() {
    let first = amendment(1, None, Change::PacketWithdrawn { code: code(0) });
    let second = amendment(2, Some(first.1), Change::PacketWithdrawn { code: code(1) });
    let other = amendment(2, Some(Digest::of(b"?")), Change::PacketWithdrawn { code: code(1) });
    let round = Digest::of(b"r");
    let start = (0, None);
    assert!(is_chain(&round, start, &[first.clone(), second.clone()]));
    assert!(is_chain(&round, (1, Some(first.1)), std::slice::from_ref(&second)));
    for broken in [
        vec![second.clone()],
        vec![second.clone(), first.clone()],
        vec![first.clone(), first.clone()],
        vec![first.clone(), other],
    ] {
        assert!(!is_chain(&round, start, &broken), "{broken:?}");
    }
    assert!(!is_chain(&Digest::of(b"s"), start, &[first]));
}
