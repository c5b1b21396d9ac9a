//! Leaks gone through one after another (逐条处理), like the hunks of a patch:
//! plain state and acts upon it, each of which can be undone. Who shows it
//! draws it from here; who decides hands the outcome to the workflow.

use crate::base::PacketCode;

use super::{Decision, Leak, Made};

/// A leak in its context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its number in the round.
    pub number: u32,
    /// The packet.
    pub code: PacketCode,
    /// It.
    pub leak: Leak,
    /// The text before it.
    pub before: String,
    /// The text behind it.
    pub after: String,
    /// What was decided, and why.
    pub decision: Option<Made>,
}

/// What the secretary does to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Decide on the item that is shown, and go on to the next undecided one.
    Decide {
        /// What.
        decision: Decision,
        /// Why; a release without a reason is not taken. Of an alias: it.
        reason: String,
    },
    /// Take a decision back.
    Clear,
    /// The item after this one.
    Next,
    /// The item before this one.
    Previous,
}

/// The list, where the secretary is in it, and what can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Review {
    items: Vec<Item>,
    at: usize,
    undo: Vec<(usize, Vec<Before>)>,
}

/// An item with the decision it had before.
type Before = (usize, Option<Made>);

impl Review {
    /// A list to go through, beginning at the first that nobody decided on.
    #[must_use]
    pub fn new(items: Vec<Item>) -> Self {
        let at = items.iter().position(|item| item.decision.is_none()).unwrap_or(0);
        Self { items, at, undo: Vec::new() }
    }

    /// All items.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The one shown.
    #[must_use]
    pub fn current(&self) -> Option<&Item> {
        self.items.get(self.at)
    }

    /// Its place in the list, from 0.
    #[must_use]
    pub const fn at(&self) -> usize {
        self.at
    }

    /// How many wait.
    #[must_use]
    pub fn undecided(&self) -> usize {
        self.items.iter().filter(|item| item.decision.is_none()).count()
    }

    /// How many were decided so.
    #[must_use]
    pub fn decided(&self, decision: Decision) -> usize {
        self.items.iter().filter(|item| item.decision.as_ref().is_some_and(|(made, _)| *made == decision)).count()
    }

    /// Does it; whether anything came of it.
    pub fn act(&mut self, act: Act) -> bool {
        match act {
            Act::Next => self.go(self.at.saturating_add(1)),
            Act::Previous => self.at > 0 && self.go(self.at.saturating_sub(1)),
            Act::Clear => self.decide(None),
            Act::Decide { decision: Decision::Release, reason } if reason.trim().is_empty() => false,
            Act::Decide { decision: Decision::Alias, reason } if !self.may_be_alias(&reason) => false,
            Act::Decide { decision, reason } => {
                let done = self.decide(Some(&(decision, reason.trim().to_owned())));
                let next = |at: &usize| self.items.get(*at).is_some_and(|item| item.decision.is_none());
                let later = (self.at..self.items.len()).find(next);
                self.at = later.or_else(|| (0..self.at).find(next)).unwrap_or(self.at);
                done
            }
        }
    }

    /// Whether a text may go to the list of aliases from the item shown: it is
    /// in the text that was hit, and of two characters at least.
    #[must_use]
    pub fn may_be_alias(&self, alias: &str) -> bool {
        let alias = alias.trim();
        alias.chars().count() > 1 && self.current().is_some_and(|item| item.leak.text.contains(alias))
    }

    /// Shows this item; whether there is one.
    pub fn show(&mut self, at: usize) -> bool {
        self.go(at)
    }

    /// Takes the last decision back and shows its item; whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some((at, changes)) = self.undo.pop() else { return false };
        for (place, before) in changes {
            if let Some(item) = self.items.get_mut(place) {
                item.decision = before;
            }
        }
        self.at = at;
        true
    }

    fn go(&mut self, to: usize) -> bool {
        let there = to < self.items.len();
        if there {
            self.at = to;
        }
        there
    }

    /// Decides on the item shown, and on those that go with it: the same hit
    /// elsewhere in its field; with an alias or "everywhere", all it applies to.
    /// Where one place of such a decision is decided otherwise, the decision no
    /// longer holds, and its other places stay masked each by itself.
    fn decide(&mut self, made: Option<&Made>) -> bool {
        let Some(shown) = self.current().cloned() else { return false };
        let mut changes = Vec::new();
        for (at, item) in self.items.iter_mut().enumerate() {
            let goes_with = match made {
                _ if item.number == shown.number => true,
                Some((Decision::MaskEverywhere, _)) => item.leak.text == shown.leak.text,
                Some((Decision::Alias, alias)) => item.leak.text.contains(alias.as_str()),
                _ => false,
            };
            let now = if goes_with {
                match made {
                    // An alias is one applicant's; in others' packets the place is masked.
                    Some((Decision::Alias, _)) if item.code != shown.code => Some((Decision::Mask, String::new())),
                    made => made.cloned(),
                }
            } else if item.is_in_group_of(&shown) {
                Some((Decision::Mask, String::new()))
            } else {
                continue;
            };
            if item.decision != now {
                changes.push((at, std::mem::replace(&mut item.decision, now)));
            }
        }
        let any = !changes.is_empty();
        if any {
            self.undo.push((self.at, changes));
        }
        any
    }
}

impl Item {
    /// Whether one decision that applies to more than a place made both what they are.
    fn is_in_group_of(&self, other: &Self) -> bool {
        match &other.decision {
            Some((Decision::MaskEverywhere, _)) => {
                self.decision.as_ref().is_some_and(|(made, _)| *made == Decision::MaskEverywhere)
                    && self.leak.text == other.leak.text
            }
            Some((Decision::Alias, _)) => self.decision == other.decision && self.code == other.code,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{LeakKind, Level};
    use super::*;

    fn review(texts: &[&str]) -> Review {
        let item = |(at, text): (usize, &&str)| Item {
            number: u32::try_from(at).unwrap() + 1,
            code: PacketCode::parse("A-01").unwrap(),
            leak: Leak {
                field: "plan.goals".to_owned(),
                offset: at,
                kind: LeakKind::Organisation,
                text: (*text).to_owned(),
                level: Level::Warn,
                certain: false,
            },
            before: String::new(),
            after: String::new(),
            decision: None,
        };
        Review::new(texts.iter().enumerate().map(item).collect())
    }

    fn decide(decision: Decision, reason: &str) -> Act {
        Act::Decide { decision, reason: reason.to_owned() }
    }

    #[test]
    fn a_decision_goes_on_to_the_next_that_waits_and_can_be_undone() {
        let mut review = review(&["a", "b", "a", "c"]);
        assert!(review.act(decide(Decision::MaskEverywhere, "")));
        assert_eq!((review.at(), review.undecided()), (1, 2));
        assert!(!review.act(decide(Decision::Release, " ")), "a release says why");
        assert!(review.act(decide(Decision::Release, "generic")));
        assert_eq!((review.at(), review.decided(Decision::Release)), (3, 1));
        assert!(review.undo() && review.undo() && !review.undo());
        assert_eq!((review.at(), review.undecided()), (0, 4));
        assert!(review.act(Act::Next) && !review.act(Act::Clear) && review.act(Act::Previous));
        assert!(!review.act(Act::Previous));
    }

    fn decisions(review: &Review) -> Vec<Option<Decision>> {
        review.items().iter().map(|item| item.decision.as_ref().map(|(made, _)| *made)).collect()
    }

    #[test]
    fn one_hit_at_two_places_of_a_field_is_decided_once() {
        let mut items = review(&["a", "a", "b"]).items().to_vec();
        items[1].number = 1;
        let mut review = Review::new(items);
        assert!(review.act(decide(Decision::Release, "generic")));
        assert_eq!((review.at(), review.decided(Decision::Release)), (2, 2));
        assert!(review.act(Act::Previous) && review.act(Act::Clear));
        assert_eq!(review.undecided(), 3);
    }

    #[test]
    fn everywhere_no_longer_holds_once_one_place_is_decided_otherwise() {
        let mut review = review(&["a", "b", "a", "a"]);
        assert!(review.act(decide(Decision::MaskEverywhere, "")));
        assert!(review.show(2) && review.act(decide(Decision::Release, "generic")));
        let masked = Some(Decision::Mask);
        assert_eq!(decisions(&review), [masked, None, Some(Decision::Release), masked]);
        assert!(review.undo());
        assert_eq!((review.at(), review.decided(Decision::MaskEverywhere)), (2, 3));
        assert!(!review.show(4));
    }

    #[test]
    fn an_alias_is_in_the_text_hit_and_masks_it_in_other_packets() {
        let mut items = review(&["Qu Rui U", "Qu Rui", "other", "Qu Rui"]).items().to_vec();
        items[3].code = PacketCode::parse("A-02").unwrap();
        let mut review = Review::new(items);
        for none in ["", "Q", "Rui Qu"] {
            assert!(!review.act(decide(Decision::Alias, none)), "{none}");
        }
        assert!(review.act(decide(Decision::Alias, " Qu Rui ")));
        let alias = Some(Decision::Alias);
        assert_eq!(decisions(&review), [alias, alias, None, Some(Decision::Mask)]);
        assert_eq!(review.items()[1].decision.as_ref().unwrap().1, "Qu Rui");
        assert!(review.show(1) && review.act(Act::Clear));
        assert_eq!(decisions(&review), [Some(Decision::Mask), None, None, Some(Decision::Mask)]);
    }

    #[test]
    fn nothing_to_go_through_is_no_error() {
        let mut review = Review::default();
        assert!(!review.act(decide(Decision::Mask, "")) && !review.act(Act::Next) && review.current().is_none());
    }
}
