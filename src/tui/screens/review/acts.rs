//! Deciding: what a stroke changes is worked out on a copy, sent to be kept, and
//! put in place once the answer says that it is.

use crate::base::Result;
use crate::base::lang::fill;
use crate::domain::leak::{Act, Decided, Decision, Item, Review};
use crate::tui::message::Effect;

use super::{Page, Said, State, words};

/// A stroke that is being saved.
#[derive(Debug, Clone)]
pub(super) struct Saving {
    /// The list once it is kept.
    after: Review,
    /// What is said then.
    words: String,
}

impl State {
    pub(super) fn mask(&mut self) -> Vec<Effect> {
        self.decide(Decision::Mask, "")
    }

    pub(super) fn mask_all(&mut self) -> Vec<Effect> {
        self.decide(Decision::MaskEverywhere, "")
    }

    /// Decides on the hit shown.
    pub(super) fn decide(&mut self, decision: Decision, reason: &str) -> Vec<Effect> {
        let Some(shown) = self.review.current().cloned() else { return Vec::new() };
        let mut after = self.review.clone();
        if after.act(Act::Decide { decision, reason: reason.to_owned() }) {
            let made = (decision, reason.trim().to_owned());
            let words = words::made(&self.t.reviewing, Some(&made));
            return self.save(after, &shown, &words);
        }
        if shown.decision.as_ref().is_some_and(|(made, why)| *made == decision && *why == reason.trim()) {
            self.notice(self.t.reviewing.notice_same);
            self.review = after;
            self.from = None;
        }
        Vec::new()
    }

    /// Puts the hit shown back among those that wait.
    pub(super) fn clear(&mut self) -> Vec<Effect> {
        let Some(shown) = self.review.current().cloned() else { return Vec::new() };
        let mut after = self.review.clone();
        if after.act(Act::Clear) {
            let words = words::made(&self.t.reviewing, None);
            return self.save(after, &shown, &words);
        }
        self.notice(self.t.reviewing.notice_nothing_to_clear);
        Vec::new()
    }

    /// Takes the last stroke back.
    pub(super) fn undo(&mut self) -> Vec<Effect> {
        let mut after = self.review.clone();
        if !after.undo() {
            self.notice(self.t.reviewing.notice_nothing_to_undo);
            return Vec::new();
        }
        let decided = Decided::between(&self.review, &after);
        let words = fill(self.t.reviewing.saved_undo, &[&decided.changes.len()]);
        self.saving = Some(Saving { after, words });
        vec![Effect::Decide(Box::new(decided))]
    }

    fn save(&mut self, after: Review, shown: &Item, made: &str) -> Vec<Effect> {
        let t = &self.t.reviewing;
        let decided = Decided::between(&self.review, &after);
        let kind = words::kind(t, shown.leak.kind).0;
        let others = decided.changes.iter().filter(|change| change.number != shown.number).count();
        let words = if others == 0 {
            fill(t.saved, &[&shown.code, &kind, &made])
        } else {
            fill(t.saved_more, &[&shown.code, &kind, &made, &others])
        };
        self.saving = Some(Saving { after, words });
        vec![Effect::Decide(Box::new(decided))]
    }

    /// What came of saving.
    pub(super) fn answered(&mut self, outcome: Result<()>) {
        let Some(saving) = self.saving.take() else { return };
        match outcome {
            Ok(()) => {
                self.review = saving.after;
                self.from = None;
                self.said = Some(Said::Saved(saving.words));
                if self.review.undecided() == 0 {
                    self.open_progress();
                } else {
                    self.page = Page::Hit;
                }
                self.done |= self.leaving;
            }
            Err(refusal) => {
                let why = words::trouble(self.t.lang, &refusal);
                self.said = Some(Said::Failed(fill(self.t.reviewing.not_saved, &[&why])));
                self.leaving = false;
            }
        }
    }
}
