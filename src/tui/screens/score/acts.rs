//! What keys do on the mark page and everywhere alike: typing marks, moving,
//! undoing, opening what lies one key away.

use crate::base::lang::fill;
use crate::base::{PacketCode, Points};
use crate::domain::desk::{Act, Progress};
use crate::domain::sheet::Vote;
use crate::tui::keymap::Action;
use crate::tui::message::Effect;

use super::entry::{self, Refused, Trailing, Typed};
use super::overlay::Overlay;
use super::writing::{Edit, Writing};
use super::{Page, Place, State, grid, hand_in, lists, reading};

impl State {
    /// A digit or dot typed on the mark page.
    pub(super) fn type_mark(&mut self, c: char) -> Vec<Effect> {
        if let Some(trailing) = self.trailing.take()
            && self.entry.is_empty()
            && let Some(belongs) = self.belongs(trailing, c)
        {
            return belongs;
        }
        let (Some(code), Some(criterion)) = (self.code().cloned(), self.criterion().cloned()) else {
            return Vec::new();
        };
        if self.progress(self.place.packet) == Progress::Recused {
            self.say(fill(self.out_notice(), &[&code]));
            return Vec::new();
        }
        match entry::add(&self.book.rubric, &criterion, &self.entry, c) {
            Typed::Pending(text) => {
                self.entry = text;
                Vec::new()
            }
            Typed::Done(mark) => {
                let whole = format!("{}{c}", self.entry);
                let given = self.place.criterion;
                let effects = self.give(&code, mark);
                // Behind a mark typed with its dot only an Enter or Tab belongs.
                let dotted = whole.contains('.');
                self.trailing = Some(Trailing { criterion: given, typed: whole, dotted });
                effects
            }
            Typed::Refused(why) => {
                self.refuse(&criterion.max.to_string(), &why);
                Vec::new()
            }
        }
    }

    /// Whether a character behind a mark that moved on by itself belongs to it:
    /// `.` and `.0` do, `.5` says something else and is refused.
    fn belongs(&mut self, trailing: Trailing, c: char) -> Option<Vec<Effect>> {
        let whole = !trailing.typed.contains('.');
        match c {
            '.' if !trailing.dotted => {
                self.trailing = Some(Trailing { dotted: true, ..trailing });
                Some(Vec::new())
            }
            '0' if trailing.dotted && whole => {
                self.trailing = Some(trailing);
                Some(Vec::new())
            }
            _ if trailing.dotted && whole => {
                let criterion = self.book.rubric.criterion_at(trailing.criterion)?;
                let max = criterion.max.to_string();
                let typed = format!("{}.{c}", trailing.typed);
                let why = match Points::parse(&typed) {
                    Ok(mark) if mark > criterion.max => Refused::AboveMax(typed),
                    _ => Refused::OffGrid(typed),
                };
                self.refuse(&max, &why);
                Some(Vec::new())
            }
            _ => None,
        }
    }

    pub(super) fn refuse(&mut self, max: &str, why: &Refused) {
        let text = match why {
            Refused::AboveMax(typed) => fill(self.t().refused_above, &[typed, &max]),
            Refused::OffGrid(typed) => fill(self.t().refused_grid, &[typed, &self.book.rubric.step]),
        };
        self.say(text);
    }

    /// Gives a mark and moves on.
    fn give(&mut self, code: &PacketCode, mark: Points) -> Vec<Effect> {
        let Some(criterion) = self.criterion().cloned() else { return Vec::new() };
        let at = self.place.criterion;
        let mut effects = if self.mark_of(code, &criterion) == Some(mark) {
            self.confirm(code, &criterion)
        } else {
            self.record(Act::Mark { code: code.clone(), criterion: criterion.id, points: Some(mark) })
        };
        effects.extend(self.go(Place { criterion: self.next_after(at), ..self.place }));
        self.last = Some(at);
        effects
    }

    /// The next criterion without a mark after this one, else any before it,
    /// else the overall page.
    fn next_after(&self, at: usize) -> usize {
        let count = self.book.rubric.criteria_count();
        let Some(code) = self.code() else { return count };
        let blank = |index: &usize| {
            let open = |c| self.mark_of(code, c).is_none() || self.review_of(code, c).is_some();
            *index != at && self.book.rubric.criterion_at(*index).is_some_and(open)
        };
        (at + 1..count).find(blank).or_else(|| (0..at).find(blank)).unwrap_or(count)
    }

    /// Takes what was typed as the mark, before anything else happens.
    pub(super) fn finish_entry(&mut self) -> Option<Vec<Effect>> {
        if self.entry.is_empty() {
            return Some(Vec::new());
        }
        let (Some(code), Some(criterion)) = (self.code().cloned(), self.criterion().cloned()) else {
            return Some(Vec::new());
        };
        match entry::finish(&self.book.rubric, &criterion, &self.entry) {
            Ok(mark) => {
                self.entry.clear();
                self.last = Some(self.place.criterion);
                if self.mark_of(&code, &criterion) == Some(mark) {
                    return Some(self.confirm(&code, &criterion));
                }
                Some(self.record(Act::Mark { code, criterion: criterion.id, points: Some(mark) }))
            }
            Err(why) => {
                self.refuse(&criterion.max.to_string(), &why);
                None
            }
        }
    }

    fn accept(&mut self) -> Vec<Effect> {
        let trailing = self.trailing.take();
        if self.at_overall() {
            return self.next_packet();
        }
        if !self.entry.is_empty() {
            let at = self.place.criterion;
            let Some(mut effects) = self.finish_entry() else { return Vec::new() };
            let next = self.next_after(at);
            effects.extend(self.go(Place { criterion: next, ..self.place }));
            self.last = Some(at);
            return effects;
        }
        let (Some(code), Some(criterion)) = (self.code().cloned(), self.criterion().cloned()) else {
            return Vec::new();
        };
        // An Enter behind a mark that moved on belongs to that mark, and confirms nothing.
        if trailing.is_some() && self.review_of(&code, &criterion).is_some() {
            return Vec::new();
        }
        if self.review_of(&code, &criterion).is_some() {
            let at = self.place.criterion;
            let mut effects = self.confirm(&code, &criterion);
            effects.extend(self.go(Place { criterion: self.next_after(at), ..self.place }));
            self.last = Some(at);
            return effects;
        }
        if self.mark_of(&code, &criterion).is_none() {
            // An Enter behind a mark that moved on belongs to that mark; any
            // other says why it stays: a blank is never passed over unseen.
            if trailing.is_none() {
                self.say(self.t().notice_blank);
            }
            return Vec::new();
        }
        let next = self.place.criterion + 1;
        self.go(Place { criterion: next, ..self.place })
    }

    /// The next packet that is not complete, at its first blank.
    pub(super) fn next_packet(&mut self) -> Vec<Effect> {
        let count = self.book.codes.len();
        let open = |state: &Self, at: &usize| state.is_open(*at);
        if let Some(blank) = self.first_blank(self.place.packet)
            && open(self, &self.place.packet)
        {
            let missing = self.missing_here();
            let review = self.review_here();
            self.say(if missing.is_empty() {
                fill(self.texts.amending.overall_review, &[&review])
            } else {
                fill(self.t().notice_missing, &[&missing])
            });
            return self.go(Place { criterion: blank, ..self.place });
        }
        let here = self.place.packet;
        match (here + 1..count).chain(0..here).find(|at| open(self, at)) {
            Some(packet) => {
                let criterion = self.first_blank(packet).unwrap_or(0);
                self.go(Place { packet, criterion })
            }
            None => {
                self.say(self.t().notice_all_done);
                Vec::new()
            }
        }
    }

    fn next_unscored(&mut self) -> Vec<Effect> {
        let Some(mut effects) = self.finish_entry() else { return Vec::new() };
        self.page = Page::Mark;
        if self.at_overall() || self.first_blank(self.place.packet).is_none() {
            effects.extend(self.next_packet());
        } else {
            let next = self.next_after(self.place.criterion);
            effects.extend(self.go(Place { criterion: next, ..self.place }));
        }
        effects
    }

    pub(super) fn missing_here(&self) -> String {
        let Some(code) = self.code() else { return String::new() };
        let missing: Vec<String> =
            self.book.rubric.criteria().filter(|c| self.mark_of(code, c).is_none()).map(|c| c.id.to_string()).collect();
        missing.join(" ")
    }

    /// The criteria here whose marks are to be confirmed.
    pub(super) fn review_here(&self) -> String {
        let Some(code) = self.code() else { return String::new() };
        let ids = self.book.rubric.criteria().filter(|c| self.review_of(code, c).is_some()).map(|c| c.id.to_string());
        ids.collect::<Vec<_>>().join(" ")
    }

    fn step_packet(&mut self, forward: bool) -> Vec<Effect> {
        let count = self.book.codes.len().max(1);
        let packet = if forward { (self.place.packet + 1) % count } else { (self.place.packet + count - 1) % count };
        let criterion = self.first_blank(packet).unwrap_or(0);
        let mut effects = self.go(Place { packet, criterion });
        if let Page::Read(_) = self.page {
            self.page = Page::Read(reading::Reading::default());
            effects.extend(self.ensure_packet());
        }
        effects
    }

    fn vote(&mut self, vote: Vote) -> Vec<Effect> {
        if !self.book.rubric.opinion.vote {
            self.say(self.t().notice_no_vote);
            return Vec::new();
        }
        let Some(code) = self.code().cloned() else { return Vec::new() };
        if self.progress(self.place.packet) == Progress::Recused {
            self.say(fill(self.out_notice(), &[&code]));
            return Vec::new();
        }
        let mut effects = self.record(Act::Vote { code, vote: Some(vote) });
        if self.first_blank(self.place.packet).is_none() {
            effects.extend(self.next_packet());
        }
        effects
    }

    fn erase(&mut self) -> Vec<Effect> {
        self.trailing = None;
        if self.entry.pop().is_some() {
            return Vec::new();
        }
        if let Some(last) = self.last.take()
            && last != self.place.criterion
        {
            return self.go(Place { criterion: last, ..self.place });
        }
        let (Some(code), Some(criterion)) = (self.code().cloned(), self.criterion().cloned()) else {
            let last = self.book.rubric.criteria_count().saturating_sub(1);
            return self.go(Place { criterion: last, ..self.place });
        };
        match self.mark_of(&code, &criterion) {
            Some(mark) => {
                self.say(fill(self.t().notice_erased, &[&criterion.id, &mark]));
                self.record(Act::Mark { code, criterion: criterion.id, points: None })
            }
            None => Vec::new(),
        }
    }

    fn step_mark(&mut self, up: bool) -> Vec<Effect> {
        self.trailing = None;
        let (Some(code), Some(criterion)) = (self.code(), self.criterion()) else { return Vec::new() };
        let typed = entry::finish(&self.book.rubric, criterion, &self.entry).ok();
        let from = typed.or_else(|| self.mark_of(code, criterion));
        let mark = entry::stepped(&self.book.rubric, criterion, from, up);
        self.entry = mark.to_string();
        Vec::new()
    }

    fn move_criterion(&mut self, down: bool) -> Vec<Effect> {
        self.trailing = None;
        let Some(mut effects) = self.finish_entry() else { return Vec::new() };
        let count = self.book.rubric.criteria_count();
        let at = self.place.criterion;
        let criterion = if down { (at + 1).min(count) } else { at.saturating_sub(1) };
        let last = self.last;
        effects.extend(self.go(Place { criterion, ..self.place }));
        self.last = last;
        effects
    }

    /// What an act changes, in a few words.
    pub(super) fn act_words(&self, act: &Act) -> String {
        let t = self.t();
        let none = t.none;
        match act {
            Act::Mark { code, criterion, points } => {
                format!("{code} {criterion} {}", points.map_or_else(|| none.to_owned(), |p| p.to_string()))
            }
            Act::Remark { code, criterion, .. } => format!("{code} {criterion} {}", t.word_remark),
            Act::Opinion { code, .. } => format!("{code} {}", t.word_opinion),
            Act::Vote { code, vote } => {
                let vote = match vote {
                    Some(Vote::Recommend) => t.recommend,
                    Some(Vote::Not) => t.not_recommend,
                    None => none,
                };
                format!("{code} {vote}")
            }
            Act::Recuse { code, recusal } => {
                format!("{code} {}{}", t.word_recusal, if recusal.is_none() { t.word_withdrawn } else { "" })
            }
            Act::Recognise { code, note } => {
                format!("{code} {}{}", t.word_recognised, if note.is_none() { t.word_withdrawn } else { "" })
            }
            Act::RedLine { code, id, note } => {
                format!("{code} {id}{}", if note.is_none() { t.word_withdrawn } else { "" })
            }
            Act::Confirm { code, criterion } => format!("{code} {criterion} {}", self.texts.amending.word_confirm),
            Act::Undo => t.word_undo.to_owned(),
            Act::Redo => t.word_redo.to_owned(),
            Act::Begin { .. } | Act::Amended { .. } | Act::Sealed { .. } | Act::HandIn { .. } => {
                t.word_hand_in.to_owned()
            }
        }
    }

    fn undo(&mut self) -> Vec<Effect> {
        self.trailing = None;
        if !self.entry.is_empty() {
            self.entry.clear();
            return Vec::new();
        }
        let Some(next) = self.desk.next_undo().cloned() else {
            self.say(self.t().notice_nothing_to_undo);
            return Vec::new();
        };
        self.say(fill(self.t().notice_undone, &[&self.act_words(&next)]));
        let mut effects = self.show(&next);
        effects.extend(self.record(Act::Undo));
        effects
    }

    fn redo(&mut self) -> Vec<Effect> {
        let Some(next) = self.desk.next_redo().cloned() else {
            self.say(self.t().notice_nothing_to_redo);
            return Vec::new();
        };
        self.say(fill(self.t().notice_redone, &[&self.act_words(&next)]));
        let mut effects = self.show(&next);
        effects.extend(self.record(Act::Redo));
        effects
    }

    /// Goes where an act is about to change something, so that it is seen.
    fn show(&mut self, act: &Act) -> Vec<Effect> {
        if !matches!(self.page, Page::Mark) {
            return Vec::new();
        }
        let (Act::Mark { code, criterion, .. }
        | Act::Confirm { code, criterion }
        | Act::Remark { code, criterion, .. }) = act
        else {
            return Vec::new();
        };
        let packet = self.book.codes.iter().position(|known| known == code);
        let criterion = self.book.rubric.criteria().position(|known| known.id == *criterion);
        match (packet, criterion) {
            (Some(packet), Some(criterion)) => self.go(Place { packet, criterion }),
            _ => Vec::new(),
        }
    }

    /// Opens a page, after what was typed is kept.
    pub(super) fn open(&mut self, page: Page) -> Vec<Effect> {
        let Some(effects) = self.finish_entry() else { return Vec::new() };
        self.trailing = None;
        self.page = page;
        effects
    }

    pub(super) fn back_to_mark(&mut self) -> Vec<Effect> {
        self.page = Page::Mark;
        self.ensure_packet()
    }

    /// Carries an action out, wherever it is allowed.
    pub(super) fn act(&mut self, action: Action) -> Vec<Effect> {
        if !matches!(action, Action::Accept | Action::Read | Action::Erase) {
            self.trailing = None;
        }
        if let Some(effects) = self.act_on_page(action) {
            return effects;
        }
        match action {
            Action::Accept => self.accept(),
            Action::Up => self.move_criterion(false),
            Action::Down => self.move_criterion(true),
            Action::Less => self.step_mark(false),
            Action::More => self.step_mark(true),
            Action::PageDown => {
                self.scroll_evidence(true);
                Vec::new()
            }
            Action::PageUp => {
                self.scroll_evidence(false);
                Vec::new()
            }
            Action::Read => {
                // A Tab right behind a mark that moved on belongs to it.
                if self.trailing.take().is_some() {
                    return Vec::new();
                }
                if !self.entry.is_empty() {
                    return self.accept();
                }
                let reading = reading::Reading::at_evidence(self);
                self.open(Page::Read(reading))
            }
            Action::Erase => self.erase(),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::NextUnscored => self.next_unscored(),
            Action::Remark => self.write(Writing::for_place(self)),
            Action::Overall => {
                let Some(mut effects) = self.finish_entry() else { return Vec::new() };
                self.page = Page::Mark;
                effects.extend(self.go(Place { criterion: self.book.rubric.criteria_count(), ..self.place }));
                effects
            }
            Action::Grid => {
                let grid = grid::Grid::new(self);
                self.open(Page::Grid(grid))
            }
            Action::Mine => {
                let list = lists::List::mine(self);
                self.open(Page::List(list))
            }
            Action::Packets => {
                let list = lists::List::packets(self);
                self.open(Page::List(list))
            }
            Action::PreviousPacket | Action::NextPacket => {
                let Some(mut effects) = self.finish_entry() else { return Vec::new() };
                effects.extend(self.step_packet(action == Action::NextPacket));
                effects
            }
            Action::HandIn => {
                let page = hand_in::HandInPage::new(&self.book, &self.desk);
                self.open(Page::HandIn(Box::new(page)))
            }
            Action::Recommend => self.vote(Vote::Recommend),
            Action::NotRecommend => self.vote(Vote::Not),
            Action::Quit => {
                let Some(effects) = self.finish_entry() else { return Vec::new() };
                self.done = true;
                effects
            }
            Action::Back => self.back_to_mark(),
            Action::Menu
            | Action::Help
            | Action::Palette
            | Action::Recuse
            | Action::Recognise
            | Action::RedLine
            | Action::History => {
                let Some(effects) = self.finish_entry() else { return Vec::new() };
                self.open_overlay(action);
                effects
            }
            Action::Top
            | Action::Bottom
            | Action::Search
            | Action::NextHit
            | Action::PreviousHit
            | Action::Filter
            | Action::NextButton
            | Action::Phrase
            | Action::PreviousButton
            | Action::Show
            | Action::Mask
            | Action::Release
            | Action::MaskAll
            | Action::Alias
            | Action::Clear
            | Action::Overview => Vec::new(),
        }
    }

    /// What an action does on a page of its own; nothing where it is general.
    fn act_on_page(&mut self, action: Action) -> Option<Vec<Effect>> {
        match &self.page {
            Page::Mark => None,
            Page::Read(_) => self.act_reading(action),
            Page::Grid(_) => self.act_grid(action),
            Page::List(_) => self.act_list(action),
            Page::HandIn(_) => self.act_hand_in(action),
        }
    }

    pub(super) fn write(&mut self, writing: Option<Writing>) -> Vec<Effect> {
        let Some(effects) = self.finish_entry() else { return Vec::new() };
        if let Some(writing) = writing {
            let edit = Edit::new(self, writing);
            self.overlays.push(Overlay::Edit(Box::new(edit)));
        }
        effects
    }
}
