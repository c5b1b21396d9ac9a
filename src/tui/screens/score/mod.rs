//! The expert's screen (打分): one criterion at a time, its levels on top, its
//! evidence in the middle, the mark below; and what lies one key away: the whole
//! packet, one criterion across all packets, my ranking, the hand-in.

mod acts;
mod entry;
mod evidence;
mod grid;
mod hand_in;
mod hidden;
mod lists;
mod mark;
mod menus;
mod overlay;
mod reading;
mod sheet_column;
mod writing;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use ratatui::Frame;

use crate::base::lang::{Screens, Texts};
use crate::base::{ExpertCode, PacketCode, Points, Timestamp};
use crate::domain::desk::{Act, Desk, Given, Progress};
use crate::domain::evidence::Block;
use crate::domain::figures::Figures;
use crate::domain::form::Form;
use crate::domain::packet::Packet;
use crate::domain::rubric::{Criterion, Rubric};
use crate::tui::Options;
use crate::tui::keymap::{Context, Key};
use crate::tui::message::{Effect, Message, Reply};
use crate::tui::paint::{Brush, LEAST_HEIGHT, LEAST_WIDTH, too_small};
use crate::tui::theme::Theme;
use crate::workflow::Sitting;
use crate::workflow::hand_in::HandedIn;

use entry::Trailing;
use overlay::Overlay;

/// What does not change while the expert sits here.
#[derive(Debug, Clone)]
pub(super) struct Book {
    rubric: Rubric,
    form: &'static Form,
    figures: Figures,
    codes: Vec<PacketCode>,
    title: String,
    expert: ExpertCode,
    demo: bool,
    recused_before: usize,
    held_by: Option<String>,
}

/// Where the expert is: a packet and a criterion; the place after the last
/// criterion is the packet's overall page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Place {
    packet: usize,
    criterion: usize,
}

/// The page that is up.
#[derive(Debug, Clone)]
enum Page {
    Mark,
    Read(reading::Reading),
    Grid(grid::Grid),
    List(lists::List),
    HandIn(Box<hand_in::HandInPage>),
}

/// A sentence at the foot of the screen.
#[derive(Debug, Clone)]
struct Notice {
    text: String,
    bad: bool,
}

/// The state of the expert's screen.
#[derive(Debug)]
pub struct State {
    /// Whether the screen was left.
    pub done: bool,
    book: Book,
    desk: Desk,
    options: Options,
    texts: &'static Texts,
    brush: Brush,
    pub(crate) size: (u16, u16),
    place: Place,
    entry: String,
    trailing: Option<Trailing>,
    last: Option<usize>,
    page: Page,
    overlays: Vec<Overlay>,
    packet: Option<Box<Packet>>,
    blocks: Vec<Block>,
    scroll: usize,
    waiting: VecDeque<Act>,
    loading: Option<PacketCode>,
    handing_in: bool,
    handed: Option<HandedIn>,
    notice: Option<Notice>,
    /// What could not be saved stays on the screen until something is.
    unsaved: Option<String>,
    /// The last copy on the stick: when, or why there is none.
    copied: Option<std::result::Result<Timestamp, String>>,
}

impl State {
    /// The screen for a sitting, at the first packet that is not complete.
    #[must_use]
    pub fn new(sitting: &Sitting, options: Options) -> Self {
        let manifest = sitting.manifest();
        let book = Book {
            rubric: sitting.rubric().clone(),
            form: sitting.form(),
            figures: sitting.figures().clone(),
            codes: sitting.codes(),
            title: options.lang.pick(&sitting.rubric().title_zh, &sitting.rubric().title_en).to_owned(),
            expert: manifest.expert.clone(),
            demo: manifest.demo,
            recused_before: manifest.recused.len(),
            held_by: sitting.held_by().map(str::to_owned),
        };
        let mut state = Self::from_parts(book, sitting.desk().clone(), options);
        if let Some(last) = sitting.news().last() {
            let text = state.texts.amending.notice_merged;
            state.say(crate::base::lang::fill(text, &[&last.number, &sitting.review_count()]));
        }
        if let Some(refusal) = sitting.complaints().first() {
            let lang = state.texts.lang;
            let fault = refusal.faults().next().map(|fault| crate::base::lang::problem(lang, fault));
            let why = fault.map(|said| said.what).unwrap_or_default();
            state.warn(format!("{}{why}", state.texts.amending.not_merged));
        }
        state
    }

    fn from_parts(book: Book, desk: Desk, options: Options) -> Self {
        let texts = options.lang.texts();
        let brush = Brush { theme: Theme::new(options.color), wide_signs: options.wide_signs };
        let mut state = Self {
            done: false,
            book,
            desk,
            options,
            texts,
            brush,
            size: (80, 24),
            place: Place::default(),
            entry: String::new(),
            trailing: None,
            last: None,
            page: Page::Mark,
            overlays: Vec::new(),
            packet: None,
            blocks: Vec::new(),
            scroll: 0,
            waiting: VecDeque::new(),
            loading: None,
            handing_in: false,
            handed: None,
            notice: None,
            unsaved: None,
            copied: None,
        };
        let first = (0..state.book.codes.len()).find(|at| state.is_open(*at));
        state.place.packet = first.unwrap_or(0);
        state.place.criterion = state.first_blank(state.place.packet).unwrap_or(0);
        if let Some(by) = state.book.held_by.clone() {
            state.warn(crate::base::lang::fill(state.t().notice_held, &[&by]));
        }
        state
    }

    /// Whether an answer of the worker is outstanding.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty() || self.loading.is_some() || self.handing_in
    }

    fn t(&self) -> &'static Screens {
        &self.texts.screens
    }

    fn zh(&self) -> bool {
        self.texts.lang == crate::base::Lang::Zh
    }

    fn code(&self) -> Option<&PacketCode> {
        self.book.codes.get(self.place.packet)
    }

    fn criterion(&self) -> Option<&Criterion> {
        self.book.rubric.criterion_at(self.place.criterion)
    }

    /// Whether the overall page of the packet is up.
    fn at_overall(&self) -> bool {
        self.place.criterion >= self.book.rubric.criteria_count()
    }

    fn progress(&self, packet: usize) -> Progress {
        self.book.codes.get(packet).map_or(Progress::Untouched, |code| self.desk.progress(code, &self.book.rubric))
    }

    fn first_blank(&self, packet: usize) -> Option<usize> {
        let code = self.book.codes.get(packet)?;
        self.book.rubric.criteria().position(|c| self.mark_of(code, c).is_none() || self.review_of(code, c).is_some())
    }

    /// Whether something is left to do at a packet.
    fn is_open(&self, packet: usize) -> bool {
        matches!(self.progress(packet), Progress::Untouched | Progress::Partial(_) | Progress::Review(_))
    }

    /// The amendment a mark waits to be confirmed for, with what was just sent.
    fn review_of(&self, code: &PacketCode, criterion: &Criterion) -> Option<u32> {
        let sent = self.waiting.iter().any(|act| match act {
            Act::Mark { code: c, criterion: id, .. } | Act::Confirm { code: c, criterion: id } => {
                c == code && *id == criterion.id
            }
            _ => false,
        });
        let recused = self.desk.given(code).is_some_and(Given::is_out);
        if sent || recused { None } else { self.desk.review(code, &criterion.id) }
    }

    /// The same mark once more: where it waits, that confirms it.
    fn confirm(&mut self, code: &PacketCode, criterion: &Criterion) -> Vec<Effect> {
        match self.review_of(code, criterion) {
            Some(_) => self.record(Act::Confirm { code: code.clone(), criterion: criterion.id.clone() }),
            None => Vec::new(),
        }
    }

    /// A mark as it stands, with what was just sent to be saved.
    fn mark_of(&self, code: &PacketCode, criterion: &Criterion) -> Option<Points> {
        let sent = self.waiting.iter().rev().find_map(|act| match act {
            Act::Mark { code: c, criterion: id, points } if c == code && *id == criterion.id => Some(*points),
            _ => None,
        });
        sent.unwrap_or_else(|| self.desk.mark(code, &criterion.id))
    }

    fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), bad: false });
    }

    fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), bad: true });
    }

    /// Where a key is pressed.
    fn context(&self) -> Context {
        if let Some(overlay) = self.overlays.last() {
            return overlay.context();
        }
        self.page_context()
    }

    /// The page that is up, whatever lies over it.
    fn page_context(&self) -> Context {
        match &self.page {
            Page::Mark if self.at_overall() => Context::Overall,
            Page::Mark => Context::Mark,
            Page::Read(_) => Context::Read,
            Page::Grid(_) => Context::Grid,
            Page::List(_) => Context::List,
            Page::HandIn(_) => Context::HandIn,
        }
    }

    /// Goes to a place and gathers what is shown there.
    fn go(&mut self, place: Place) -> Vec<Effect> {
        let changed = self.place.packet != place.packet;
        self.place = place;
        self.entry.clear();
        self.scroll = 0;
        if changed {
            self.last = None;
            self.packet = None;
        }
        self.ensure_packet()
    }

    /// Asks for the packet where it is not there yet.
    fn ensure_packet(&mut self) -> Vec<Effect> {
        let Some(code) = self.code().cloned() else { return Vec::new() };
        if self.packet.as_ref().is_some_and(|packet| packet.code == code) {
            self.gather();
            return Vec::new();
        }
        self.blocks.clear();
        if self.loading.as_ref() == Some(&code) {
            return Vec::new();
        }
        self.loading = Some(code.clone());
        vec![Effect::Load(code)]
    }

    fn gather(&mut self) {
        let blocks = match (&self.packet, self.criterion()) {
            (Some(packet), Some(criterion)) => crate::domain::evidence::gather(
                &self.book.rubric,
                criterion,
                self.book.form,
                packet,
                &self.book.figures,
            ),
            _ => Vec::new(),
        };
        self.blocks = blocks;
    }

    /// Sends an act to be recorded.
    fn record(&mut self, act: Act) -> Vec<Effect> {
        if let Some(by) = self.book.held_by.clone() {
            self.warn(crate::base::lang::fill(self.t().notice_held, &[&by]));
            return Vec::new();
        }
        self.waiting.push_back(act.clone());
        vec![Effect::Record(act)]
    }

    fn recorded(&mut self, act: &Act, outcome: crate::base::Result<Timestamp>) {
        self.waiting.pop_front();
        match outcome {
            Ok(at) => {
                self.desk.apply(act, &at);
                self.unsaved = None;
            }
            Err(refusal) => {
                let said: Vec<String> = refusal
                    .faults()
                    .map(|fault| {
                        let said = crate::base::lang::problem(self.texts.lang, fault);
                        format!("{} {}", said.what, said.mend.unwrap_or_default())
                    })
                    .collect();
                let what = self.act_words(act);
                self.unsaved = Some(crate::base::lang::fill(self.t().not_saved, &[&what, &said.join(" ")]));
                if let Act::Mark { code, criterion, .. } = act {
                    let back = self.book.codes.iter().position(|c| c == code);
                    let criterion = self.book.rubric.criteria().position(|c| c.id == *criterion);
                    if let (Some(packet), Some(criterion)) = (back, criterion)
                        && packet == self.place.packet
                    {
                        self.place.criterion = criterion;
                        self.gather();
                    }
                }
            }
        }
    }

    fn reply(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Recorded(act, outcome) => self.recorded(&act, outcome),
            Reply::Loaded(code, outcome) => {
                if self.loading.as_ref() == Some(&code) {
                    self.loading = None;
                }
                match outcome {
                    Ok(packet) if self.code() == Some(&code) => {
                        self.packet = Some(packet);
                        self.gather();
                        if let Page::Read(reading) = &mut self.page {
                            *reading = reading::Reading::default();
                        }
                    }
                    Ok(_) => {}
                    Err(refusal) => {
                        let fault =
                            refusal.faults().next().map(|fault| crate::base::lang::problem(self.texts.lang, fault));
                        self.warn(fault.map(|said| said.what).unwrap_or_default());
                    }
                }
            }
            Reply::Copied(outcome) => {
                let lang = self.texts.lang;
                self.copied = Some(outcome.map_err(|refusal| crate::base::lang::copy_trouble(lang, &refusal)));
            }
            Reply::Decided(_) => {}
            Reply::HandedIn(outcome) => {
                self.handing_in = false;
                match outcome {
                    Ok(handed) => {
                        let act = Act::HandIn {
                            sheet: handed.digest,
                            revision: handed.revision,
                            packets: u32::try_from(handed.packets).unwrap_or(u32::MAX),
                        };
                        let at = self.desk.last_saved.clone().unwrap_or_else(|| Timestamp::from_stored(""));
                        self.desk.apply(&act, &at);
                        self.handed = Some(handed);
                        self.page = Page::HandIn(Box::new(hand_in::HandInPage::new(&self.book, &self.desk)));
                    }
                    Err(refusal) => {
                        let fault =
                            refusal.faults().next().map(|fault| crate::base::lang::problem(self.texts.lang, fault));
                        let said = fault.map(|said| format!("{} {}", said.what, said.mend.unwrap_or_default()));
                        self.warn(said.unwrap_or_default());
                    }
                }
            }
        }
        Vec::new()
    }
}

/// Takes a message; gives what is to be done.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    match message {
        Message::Resize(width, height) => {
            state.size = (width, height);
            if state.packet.is_none() { state.ensure_packet() } else { Vec::new() }
        }
        Message::Reply(reply) => state.reply(reply),
        Message::Terminate => state.terminate(),
        Message::Paste(text) => {
            state.paste(&text);
            Vec::new()
        }
        Message::Key(key) => state.key(key),
    }
}

/// Paints the screen.
pub fn view(state: &State, frame: &mut Frame) {
    let area = frame.area();
    if area.width < LEAST_WIDTH || area.height < LEAST_HEIGHT {
        let words =
            crate::base::lang::fill(state.t().too_small, &[&LEAST_WIDTH, &LEAST_HEIGHT, &area.width, &area.height]);
        too_small(frame, &words);
        return;
    }
    match &state.page {
        Page::Mark => mark::view(state, frame),
        Page::Read(reading) => reading::view(state, reading, frame),
        Page::Grid(grid) => grid::view(state, grid, frame),
        Page::List(list) => lists::view(state, list, frame),
        Page::HandIn(page) => hand_in::view(state, page, frame),
    }
    for overlay in &state.overlays {
        overlay::view(state, overlay, frame);
    }
}

impl State {
    fn key(&mut self, key: Key) -> Vec<Effect> {
        self.notice = None;
        if self.overlays.last().is_some() {
            return self.overlay_key(key);
        }
        // Chinese text outside a field is never an act.
        if key.is_text() {
            self.say(self.t().notice_text_key);
            return Vec::new();
        }
        let key = key.plain();
        if let Key::Char(c @ ('0'..='9' | '.')) = key
            && let Some(effects) = self.digit(c)
        {
            return effects;
        }
        match crate::tui::keymap::resolve(self.context(), key) {
            Some(action) => self.act(action),
            None => {
                if matches!(key, Key::Char(_)) {
                    self.say(self.t().notice_no_key);
                }
                Vec::new()
            }
        }
    }

    /// A digit or dot, where a page takes marks or numbers; nothing where it
    /// is an ordinary key.
    fn digit(&mut self, c: char) -> Option<Vec<Effect>> {
        let overall = self.at_overall();
        match &mut self.page {
            Page::Mark if !overall => Some(self.type_mark(c)),
            Page::Grid(_) => Some(self.type_in_grid(c)),
            Page::HandIn(page) => {
                page.digit(c);
                Some(Vec::new())
            }
            Page::Mark | Page::Read(_) | Page::List(_) => None,
        }
    }

    /// Told to end: what is half-written is kept like everything else.
    fn terminate(&mut self) -> Vec<Effect> {
        let mut effects = self.keep_writing();
        effects.extend(match &self.page {
            Page::Grid(_) => self.keep_row().unwrap_or_default(),
            _ => self.finish_entry().unwrap_or_default(),
        });
        self.done = true;
        effects
    }

    fn paste(&mut self, text: &str) {
        match self.overlays.last_mut() {
            Some(Overlay::Edit(edit)) => edit.field.insert(text),
            Some(Overlay::Ask(ask)) => ask.field.insert(text),
            _ => self.say(self.t().notice_paste),
        }
    }
}
