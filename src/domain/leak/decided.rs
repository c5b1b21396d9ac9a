//! What one stroke of the review changed (一次处理), to be kept whole or not at
//! all: hits by number, and names that an applicant's list of aliases gains or
//! loses by it.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::PacketCode;

use super::{Decision, Review};

/// A decision, and why; of an alias: it.
pub type Made = (Decision, String);

/// A hit whose decision changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its number in the round.
    pub number: u32,
    /// The packet.
    pub code: PacketCode,
    /// What was decided before.
    pub before: Option<Made>,
    /// What is decided now; nothing where it waits again.
    pub now: Option<Made>,
}

/// All that one stroke changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decided {
    /// Hits, each once, in the order of the list.
    pub changes: Vec<Change>,
    /// Names that the list of this packet's applicant gains.
    pub aliases_added: Vec<(PacketCode, String)>,
    /// Names that it loses.
    pub aliases_removed: Vec<(PacketCode, String)>,
}

impl Decided {
    /// What changed from one state of a review to another of the same items.
    #[must_use]
    pub fn between(before: &Review, after: &Review) -> Self {
        let mut changes: BTreeMap<u32, (usize, Change)> = BTreeMap::new();
        for (at, (old, new)) in before.items().iter().zip(after.items()).enumerate() {
            if old.decision != new.decision {
                let change = Change {
                    number: new.number,
                    code: new.code.clone(),
                    before: old.decision.clone(),
                    now: new.decision.clone(),
                };
                changes.entry(new.number).or_insert((at, change));
            }
        }
        let mut changes: Vec<(usize, Change)> = changes.into_values().collect();
        changes.sort_by_key(|(at, _)| *at);
        let (old, new) = (aliases(before), aliases(after));
        Self {
            changes: changes.into_iter().map(|(_, change)| change).collect(),
            aliases_added: new.difference(&old).cloned().collect(),
            aliases_removed: old.difference(&new).cloned().collect(),
        }
    }

    /// Whether nothing changed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// Names that were called aliases, by packet.
fn aliases(review: &Review) -> BTreeSet<(PacketCode, String)> {
    let alias = |(made, name): &Made| (*made == Decision::Alias).then(|| name.clone());
    review
        .items()
        .iter()
        .filter_map(|item| item.decision.as_ref().and_then(alias).map(|name| (item.code.clone(), name)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Act, Item, Leak, LeakKind, Level};
    use super::*;
    use proptest::prelude::*;

    fn review() -> Review {
        let item = |number: u32, code: &str, text: &str| Item {
            number,
            code: PacketCode::parse(code).unwrap(),
            leak: Leak {
                field: "plan.goals".to_owned(),
                offset: 0,
                kind: LeakKind::Abbreviation,
                text: text.to_owned(),
                level: Level::Block,
                certain: true,
            },
            before: String::new(),
            after: String::new(),
            decision: None,
        };
        Review::new(vec![
            item(7, "A-02", "QRU model"),
            item(3, "A-02", "QRU"),
            item(3, "A-02", "QRU"),
            item(4, "A-01", "QRU"),
        ])
    }

    #[test]
    fn a_stroke_names_each_hit_once_and_what_the_lists_of_aliases_gain_and_lose() {
        let before = review();
        let mut after = before.clone();
        assert!(after.act(Act::Decide { decision: Decision::Alias, reason: "QRU".to_owned() }));
        let decided = Decided::between(&before, &after);
        let numbers: Vec<u32> = decided.changes.iter().map(|change| change.number).collect();
        assert_eq!(numbers, [7, 3, 4]);
        assert_eq!(decided.changes[2].now, Some((Decision::Mask, String::new())));
        assert_eq!(decided.aliases_added, [(PacketCode::parse("A-02").unwrap(), "QRU".to_owned())]);
        assert!(decided.aliases_removed.is_empty());
        let mut undone = after.clone();
        assert!(undone.undo());
        let back = Decided::between(&after, &undone);
        assert_eq!((back.aliases_removed, back.aliases_added), (decided.aliases_added, Vec::new()));
        assert!(back.changes.iter().all(|change| change.now.is_none() && change.before.is_some()));
        assert!(Decided::between(&before, &undone).is_empty());
    }

    /// An act by a number, so that all of them come up.
    fn act(review: &mut Review, number: u8) {
        let text = review.current().map(|item| item.leak.text.clone()).unwrap_or_default();
        let decide = |decision, reason: &str| Act::Decide { decision, reason: reason.to_owned() };
        let act = match number % 8 {
            0 => decide(Decision::Mask, ""),
            1 => decide(Decision::Release, "generic"),
            2 => decide(Decision::MaskEverywhere, ""),
            3 => decide(Decision::Alias, &text),
            4 => decide(Decision::Alias, "QRU"),
            5 => Act::Clear,
            6 => Act::Next,
            _ => Act::Previous,
        };
        review.act(act);
    }

    proptest! {
        #[test]
        fn any_acts_can_be_undone_and_everywhere_means_everywhere(numbers in prop::collection::vec(0u8..8, 0..30)) {
            let before = review();
            let mut after = before.clone();
            let (mut kept, mut aliases) = (BTreeMap::new(), BTreeSet::new());
            for number in numbers {
                let was = after.clone();
                act(&mut after, number);
                let decided = Decided::between(&was, &after);
                for change in decided.changes {
                    let known = kept.insert(change.number, change.now).flatten();
                    prop_assert_eq!(known, change.before);
                }
                aliases.retain(|alias| !decided.aliases_removed.contains(alias));
                aliases.extend(decided.aliases_added);
                for item in after.items() {
                    prop_assert_eq!(&item.decision, kept.get(&item.number).unwrap_or(&None));
                    for other in after.items() {
                        let everywhere = |item: &Item| matches!(item.decision, Some((Decision::MaskEverywhere, _)));
                        prop_assert!(item.leak.text != other.leak.text || everywhere(item) == everywhere(other));
                    }
                    if let Some((Decision::Alias, alias)) = &item.decision {
                        prop_assert!(aliases.contains(&(item.code.clone(), alias.clone())));
                    }
                }
            }
            while after.undo() {}
            prop_assert_eq!(after.items(), before.items());
        }
    }
}
