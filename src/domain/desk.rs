//! The expert's desk (评审草稿): events of a draft and their fold.
//!
//! Every change is an event; undo is one too, so that it survives a restart and
//! nothing an expert ever gave is lost. The fold keeps what stands now and the
//! way back.
//!
//! An amendment to what was issued takes no mark away: marks it touches are to
//! be confirmed (待复核), and that too is undone and done again with the act.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::{CriterionId, Digest, ExpertCode, PacketCode, Points, Timestamp};

use super::rubric::Rubric;
use super::sheet::{Ground, Vote};

/// One act at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// The draft was begun for this bundle; always the first event.
    Begin {
        /// The round.
        round: Digest,
        /// The expert.
        expert: ExpertCode,
        /// The bundle's manifest.
        manifest: Digest,
        /// The template.
        template: Digest,
    },
    /// A mark was given, or taken back.
    Mark {
        /// The packet.
        code: PacketCode,
        /// The criterion.
        criterion: CriterionId,
        /// Nothing: no mark any more, which is not zero.
        points: Option<Points>,
    },
    /// A remark on a criterion; empty takes it back.
    Remark {
        /// The packet.
        code: PacketCode,
        /// The criterion.
        criterion: CriterionId,
        /// The text.
        text: String,
    },
    /// The overall opinion; empty takes it back.
    Opinion {
        /// The packet.
        code: PacketCode,
        /// The text.
        text: String,
    },
    /// 推荐 or 不推荐, or neither any more.
    Vote {
        /// The packet.
        code: PacketCode,
        /// The vote.
        vote: Option<Vote>,
    },
    /// A recusal, or its withdrawal.
    Recuse {
        /// The packet.
        code: PacketCode,
        /// On what ground, and in whose words.
        recusal: Option<(Ground, String)>,
    },
    /// "I think I recognise this applicant", or its withdrawal.
    Recognise {
        /// The packet.
        code: PacketCode,
        /// In the expert's words.
        note: Option<String>,
    },
    /// A red line proposed, or its withdrawal.
    RedLine {
        /// The packet.
        code: PacketCode,
        /// The red line.
        id: String,
        /// Why.
        note: Option<String>,
    },
    /// A mark that an amendment touches stands as it is (复核).
    Confirm {
        /// The packet.
        code: PacketCode,
        /// The criterion.
        criterion: CriterionId,
    },
    /// An update was merged (更正并入); its sealed bytes lie beside the draft's
    /// log, so that the next opening knows it though the file be gone.
    Amended {
        /// Number of the last amendment it brings.
        number: u32,
        /// The update's file as it came.
        update: Digest,
        /// The marks that are to be confirmed because of it.
        touches: Vec<Touch>,
    },
    /// The last act taken back.
    Undo,
    /// What was taken back, done again.
    Redo,
    /// A sheet was made and sealed; the sealed bytes lie beside the draft's log,
    /// so that the same file is written however often that takes.
    Sealed {
        /// The sheet's digest.
        sheet: Digest,
        /// Digest of the sealed bytes.
        file: Digest,
    },
    /// A sheet was handed in (交卷).
    HandIn {
        /// Its digest.
        sheet: Digest,
        /// Its revision.
        revision: u32,
        /// How many packets it holds.
        packets: u32,
    },
}

/// Marks that an amendment touches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Touch {
    /// The amendment.
    pub amendment: u32,
    /// The packet; nothing for all of them.
    pub code: Option<PacketCode>,
    /// The criteria.
    pub criteria: Vec<CriterionId>,
}

impl Touch {
    fn hits(&self, code: &PacketCode, criterion: &CriterionId) -> bool {
        self.code.as_ref().is_none_or(|known| known == code) && self.criteria.contains(criterion)
    }
}

/// What a packet has been given so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// Marks by criterion.
    pub marks: BTreeMap<CriterionId, Points>,
    /// Remarks by criterion.
    pub remarks: BTreeMap<CriterionId, String>,
    /// Overall opinion.
    pub opinion: String,
    /// 推荐 or 不推荐.
    pub vote: Option<Vote>,
    /// Recusal declared.
    pub recusal: Option<(Ground, String)>,
    /// Applicant thought to be recognised.
    pub recognised: Option<String>,
    /// Exclusions proposed.
    pub red_lines: BTreeMap<String, String>,
}

impl Given {
    /// Whether the packet is out of this expert's hands: recused, or hidden
    /// because the applicant may have been recognised.
    #[must_use]
    pub const fn is_out(&self) -> bool {
        self.recusal.is_some() || self.recognised.is_some()
    }
}

/// A sheet handed in from this desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// Its digest.
    pub sheet: Digest,
    /// Its revision.
    pub revision: u32,
    /// How many packets it holds.
    pub packets: u32,
    /// When.
    pub at: Timestamp,
}

/// The fold of a draft's events.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Desk {
    given: BTreeMap<PacketCode, Given>,
    /// Sheets handed in, oldest first.
    pub handed_in: Vec<HandedIn>,
    /// When something was last kept.
    pub last_saved: Option<Timestamp>,
    /// Whether something was changed since the last hand-in.
    pub changed_since: bool,
    begun: Option<(Digest, ExpertCode, Digest, Digest)>,
    sealed: BTreeMap<Digest, Digest>,
    review: BTreeMap<(PacketCode, CriterionId), u32>,
    merged: Option<(u32, Digest)>,
    back: Vec<Turn>,
    forth: Vec<Turn>,
}

/// An act that can be turned back, and the amendment its mark waits for after
/// that.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Turn {
    act: Act,
    review: Option<u32>,
}

/// Where a packet stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// Nothing given.
    Untouched,
    /// This many marks given, not all.
    Partial(usize),
    /// Every mark given, this many of them to be confirmed (待复核).
    Review(usize),
    /// Every mark given.
    Complete,
    /// Recused, or hidden because the applicant may have been recognised.
    Recused,
}

impl Desk {
    /// What a packet has been given; nothing where it was never touched.
    #[must_use]
    pub fn given(&self, code: &PacketCode) -> Option<&Given> {
        self.given.get(code)
    }

    /// A mark.
    #[must_use]
    pub fn mark(&self, code: &PacketCode, criterion: &CriterionId) -> Option<Points> {
        self.given.get(code)?.marks.get(criterion).copied()
    }

    /// A remark, empty where there is none.
    #[must_use]
    pub fn remark(&self, code: &PacketCode, criterion: &CriterionId) -> &str {
        self.given.get(code).and_then(|given| given.remarks.get(criterion)).map_or("", String::as_str)
    }

    /// What the draft was begun for: round, expert, manifest, template.
    #[must_use]
    pub const fn begun(&self) -> Option<&(Digest, ExpertCode, Digest, Digest)> {
        self.begun.as_ref()
    }

    /// Where a packet stands.
    #[must_use]
    pub fn progress(&self, code: &PacketCode, rubric: &Rubric) -> Progress {
        let Some(given) = self.given.get(code) else { return Progress::Untouched };
        if given.is_out() {
            return Progress::Recused;
        }
        match rubric.criteria().filter(|criterion| given.marks.contains_key(&criterion.id)).count() {
            0 => Progress::Untouched,
            some if some < rubric.criteria_count() => Progress::Partial(some),
            _ => match self.to_review(code, rubric).count() {
                0 => Progress::Complete,
                some => Progress::Review(some),
            },
        }
    }

    /// The amendment a mark was given before and waits to be confirmed for.
    #[must_use]
    pub fn review(&self, code: &PacketCode, criterion: &CriterionId) -> Option<u32> {
        if self.review.is_empty() {
            return None;
        }
        self.review.get(&(code.clone(), criterion.clone())).copied()
    }

    /// A packet's marks that are to be confirmed, each with the amendment.
    pub fn to_review<'a>(
        &'a self,
        code: &'a PacketCode,
        rubric: &'a Rubric,
    ) -> impl Iterator<Item = (CriterionId, u32)> + 'a {
        rubric.criteria().filter_map(|criterion| Some((criterion.id.clone(), self.review(code, &criterion.id)?)))
    }

    /// The last update merged: number of its last amendment, its bytes.
    #[must_use]
    pub const fn merged(&self) -> Option<(u32, Digest)> {
        self.merged
    }

    /// Points given to a packet so far, for criteria that count; nothing where
    /// no mark was given.
    #[must_use]
    pub fn subtotal(&self, code: &PacketCode, rubric: &Rubric) -> Option<Points> {
        let given = self.given.get(code)?;
        let mut marks = rubric.criteria().filter_map(|criterion| given.marks.get(&criterion.id).copied()).peekable();
        marks.peek()?;
        let sum = crate::base::points::sum(marks);
        i64::try_from(sum).ok().map(Points::from_units)
    }

    /// The expert's own total: only where every mark is given.
    #[must_use]
    pub fn total(&self, code: &PacketCode, rubric: &Rubric) -> Option<Points> {
        let whole = matches!(self.progress(code, rubric), Progress::Complete | Progress::Review(_));
        whole.then(|| self.subtotal(code, rubric)).flatten()
    }

    /// The sealed bytes made of a sheet, where they were.
    #[must_use]
    pub fn sealed(&self, sheet: &Digest) -> Option<Digest> {
        self.sealed.get(sheet).copied()
    }

    /// What taking back would change.
    #[must_use]
    pub fn next_undo(&self) -> Option<&Act> {
        self.back.last().map(|turn| &turn.act)
    }

    /// What doing again would change.
    #[must_use]
    pub fn next_redo(&self) -> Option<&Act> {
        self.forth.last().map(|turn| &turn.act)
    }

    /// Applies one event; the order of events is the log's.
    pub fn apply(&mut self, act: &Act, at: &Timestamp) {
        self.last_saved = Some(at.clone());
        match act {
            Act::Begin { round, expert, manifest, template } => {
                self.begun = Some((*round, expert.clone(), *manifest, *template));
            }
            Act::Sealed { sheet, file } => {
                self.sealed.insert(*sheet, *file);
            }
            Act::HandIn { sheet, revision, packets } => {
                let handed = HandedIn { sheet: *sheet, revision: *revision, packets: *packets, at: at.clone() };
                self.handed_in.push(handed);
                self.changed_since = false;
            }
            Act::Amended { number, update, touches } => {
                self.merged = Some((*number, *update));
                self.changed_since = true;
                self.touch(touches);
            }
            Act::Undo => {
                if let Some(turn) = self.back.pop() {
                    let inverse = self.turn(&turn);
                    self.forth.push(inverse);
                    self.changed_since = true;
                }
            }
            Act::Redo => {
                if let Some(turn) = self.forth.pop() {
                    let inverse = self.turn(&turn);
                    self.back.push(inverse);
                    self.changed_since = true;
                }
            }
            act => {
                let inverse = self.turn(&Turn { act: act.clone(), review: None });
                self.back.push(inverse);
                self.forth.clear();
                self.changed_since = true;
            }
        }
    }

    /// Marks given so far, and those that an undo would bring back, wait to be
    /// confirmed where an amendment touches them.
    fn touch(&mut self, touches: &[Touch]) {
        for touch in touches {
            for (code, given) in &self.given {
                for criterion in given.marks.keys().filter(|criterion| touch.hits(code, criterion)) {
                    self.review.insert((code.clone(), criterion.clone()), touch.amendment);
                }
            }
            for turn in self.back.iter_mut().chain(&mut self.forth) {
                let (Act::Mark { code, criterion, points: Some(_) } | Act::Confirm { code, criterion }) = &turn.act
                else {
                    continue;
                };
                if touch.hits(code, criterion) {
                    turn.review = Some(touch.amendment);
                }
            }
        }
    }

    /// Puts a change in force with what its mark waits for, and gives back what
    /// reverses both.
    fn turn(&mut self, turn: &Turn) -> Turn {
        let review = match &turn.act {
            Act::Mark { code, criterion, .. } | Act::Confirm { code, criterion } => {
                let key = (code.clone(), criterion.clone());
                match turn.review {
                    Some(amendment) => self.review.insert(key, amendment),
                    None => self.review.remove(&key),
                }
            }
            _ => None,
        };
        Turn { act: self.put(&turn.act), review }
    }

    /// Puts a change in force and gives back the act that reverses it.
    fn put(&mut self, act: &Act) -> Act {
        match act.clone() {
            Act::Mark { code, criterion, points } => {
                let marks = &mut self.given.entry(code.clone()).or_default().marks;
                let before = match points {
                    Some(points) => marks.insert(criterion.clone(), points),
                    None => marks.remove(&criterion),
                };
                Act::Mark { code, criterion, points: before }
            }
            Act::Remark { code, criterion, text } => {
                let remarks = &mut self.given.entry(code.clone()).or_default().remarks;
                let before =
                    if text.is_empty() { remarks.remove(&criterion) } else { remarks.insert(criterion.clone(), text) };
                Act::Remark { code, criterion, text: before.unwrap_or_default() }
            }
            Act::Opinion { code, text } => {
                let given = self.given.entry(code.clone()).or_default();
                Act::Opinion { code, text: std::mem::replace(&mut given.opinion, text) }
            }
            Act::Vote { code, vote } => {
                let given = self.given.entry(code.clone()).or_default();
                Act::Vote { code, vote: std::mem::replace(&mut given.vote, vote) }
            }
            Act::Recuse { code, recusal } => {
                let given = self.given.entry(code.clone()).or_default();
                Act::Recuse { code, recusal: std::mem::replace(&mut given.recusal, recusal) }
            }
            Act::Recognise { code, note } => {
                let given = self.given.entry(code.clone()).or_default();
                Act::Recognise { code, note: std::mem::replace(&mut given.recognised, note) }
            }
            Act::RedLine { code, id, note } => {
                let lines = &mut self.given.entry(code.clone()).or_default().red_lines;
                let before = match note {
                    Some(note) => lines.insert(id.clone(), note),
                    None => lines.remove(&id),
                };
                Act::RedLine { code, id, note: before }
            }
            other @ (Act::Begin { .. }
            | Act::Confirm { .. }
            | Act::Amended { .. }
            | Act::Undo
            | Act::Redo
            | Act::Sealed { .. }
            | Act::HandIn { .. }) => other,
        }
    }
}

/// A packet's remarks that the template asks for and that are not there.
#[must_use]
pub fn missing_remarks(rubric: &Rubric, given: &Given) -> Vec<CriterionId> {
    rubric
        .criteria()
        .filter(|criterion| {
            given.marks.get(&criterion.id).is_some_and(|mark| rubric.asks_remark(criterion, *mark))
                && !given.remarks.contains_key(&criterion.id)
        })
        .map(|criterion| criterion.id.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> Timestamp {
        Timestamp::from_stored("2026-01-01T00:00:00.000Z")
    }

    fn mark(points: i64) -> Act {
        Act::Mark {
            code: PacketCode::parse("A-01").unwrap(),
            criterion: CriterionId::parse("A1").unwrap(),
            points: Some(Points::from_units(points)),
        }
    }

    #[test]
    fn undo_and_redo_walk_the_same_way_back_and_forth() {
        let mut desk = Desk::default();
        let code = PacketCode::parse("A-01").unwrap();
        let criterion = CriterionId::parse("A1").unwrap();
        let seen = |desk: &Desk| desk.mark(&code, &criterion).map(Points::units);
        for points in [10_000, 20_000, 30_000] {
            desk.apply(&mark(points), &at());
        }
        let mut trail = vec![seen(&desk)];
        for _ in 0..3 {
            desk.apply(&Act::Undo, &at());
            trail.push(seen(&desk));
        }
        assert_eq!(trail, [Some(30_000), Some(20_000), Some(10_000), None]);
        desk.apply(&Act::Redo, &at());
        desk.apply(&Act::Redo, &at());
        assert_eq!(seen(&desk), Some(20_000));
        desk.apply(&mark(5_000), &at());
        assert!(desk.next_redo().is_none(), "a new act closes the way forth");
        desk.apply(&Act::Undo, &at());
        assert_eq!(seen(&desk), Some(20_000));
    }

    #[test]
    fn blank_is_never_zero() {
        let mut desk = Desk::default();
        let code = PacketCode::parse("A-01").unwrap();
        let sum = |desk: &Desk| desk.given(&code).map(|given| given.marks.values().copied().collect::<Vec<_>>());
        assert_eq!(sum(&desk), None);
        desk.apply(&mark(0), &at());
        assert_eq!(sum(&desk), Some(vec![Points::ZERO]));
    }
}
