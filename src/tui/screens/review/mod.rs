//! The screen of leaks: one after another in its context, like the hunks of a
//! patch, with what it is, why it is suspected and what becomes of it. Plain
//! state from `domain::leak`; each decision is an effect, and stands only once
//! the answer says that it is kept.

mod acts;
mod context;
mod help;
mod hit;
mod menu;
mod progress;
mod saying;
#[cfg(test)]
mod tests;
mod typing;
mod words;

use ratatui::Frame;

use crate::base::lang::Texts;
use crate::domain::form::Form;
use crate::domain::leak::{Act, Item, Review};
use crate::tui::Options;
use crate::tui::keymap::{self, Action, Context, Key};
use crate::tui::message::{Effect, Message, Reply};
use crate::tui::paint::{self, Brush};
use crate::tui::theme::Theme;

use acts::Saving;
use menu::Menu;
use progress::Progress;
use typing::Typing;

/// What is gone through.
#[derive(Debug, Clone)]
pub struct Material {
    /// The round's title.
    pub title: String,
    /// The form, whose labels name the fields.
    pub form: Option<&'static Form>,
    /// The leaks, with what was decided before.
    pub items: Vec<Item>,
}

/// The screen's state.
#[derive(Debug, Clone)]
pub struct State {
    /// Whether it was left.
    pub done: bool,
    options: Options,
    t: &'static Texts,
    title: String,
    form: Option<&'static Form>,
    review: Review,
    page: Page,
    layers: Vec<Layer>,
    /// The first row of context shown; nothing where it follows the hit.
    from: Option<usize>,
    saving: Option<Saving>,
    /// Whether to leave once the answer is there.
    leaving: bool,
    said: Option<Said>,
    pub(crate) size: (u16, u16),
}

/// The page that is up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    /// A hit.
    Hit,
    /// How far each packet is.
    Progress(Progress),
}

/// What lies over the page; the last one gets the keys.
#[derive(Debug, Clone)]
enum Layer {
    /// A numbered menu.
    Menu(Menu),
    /// A reason or a name being typed.
    Typing(Box<Typing>),
    /// The help, with the first line shown.
    Help(usize),
}

/// The sentence at the foot.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    /// Something is kept.
    Saved(String),
    /// Something is not.
    Failed(String),
    /// Anything else.
    Notice(String),
}

impl State {
    /// The list from its first leak that waits.
    #[must_use]
    pub fn new(material: Material, options: Options) -> Self {
        let t = options.lang.texts();
        let more = t.reviewing.more_text;
        let items: Vec<Item> = material.items.into_iter().map(|item| context::trimmed(item, more)).collect();
        let review = Review::new(items);
        let page = if review.undecided() == 0 { Page::Progress(Progress::default()) } else { Page::Hit };
        Self {
            done: false,
            options,
            t,
            title: material.title,
            form: material.form,
            review,
            page,
            layers: Vec::new(),
            from: None,
            saving: None,
            leaving: false,
            said: None,
            size: (80, 24),
        }
    }

    /// The list as it was left: what is kept, and nothing else.
    #[must_use]
    pub fn into_review(self) -> Review {
        self.review
    }

    /// Whether an answer is outstanding.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        self.saving.is_some()
    }

    fn brush(&self) -> Brush {
        Brush { theme: Theme::new(self.options.color), wide_signs: self.options.wide_signs }
    }

    fn notice(&mut self, text: &str) {
        self.said = Some(Said::Notice(text.to_owned()));
    }

    /// Where keys are pressed.
    fn context(&self) -> Context {
        match (self.layers.last(), self.page) {
            (Some(Layer::Menu(_)), _) => Context::Menu,
            (Some(Layer::Typing(_)), _) => Context::Reason,
            (Some(Layer::Help(_)), _) => Context::Page,
            (None, Page::Hit) => Context::Review,
            (None, Page::Progress(_)) => Context::Progress,
        }
    }

    fn press(&mut self, key: Key) -> Vec<Effect> {
        let context = self.context();
        if self.saving.is_some() {
            // A decision is made on what was seen, and the next is not there yet.
            if keymap::resolve(context, key.plain()) == Some(Action::Quit) {
                self.leave();
            } else {
                self.notice(self.t.reviewing.notice_busy);
            }
            return Vec::new();
        }
        self.said = None;
        match context {
            Context::Menu => self.press_in_menu(key),
            Context::Reason => self.press_in_typing(key),
            _ => match keymap::resolve(context, key.plain()) {
                Some(action) => self.act(action),
                None => {
                    if key.is_text() {
                        self.notice(self.t.reviewing.notice_text);
                    } else if matches!(key, Key::Char(_)) {
                        self.notice(self.t.reviewing.notice_key);
                    }
                    Vec::new()
                }
            },
        }
    }

    /// Leaves, or once what is being saved is answered; told twice, at once.
    fn leave(&mut self) {
        if self.saving.is_none() || self.leaving {
            self.done = true;
        } else {
            self.leaving = true;
            self.notice(self.t.reviewing.notice_saving_leave);
        }
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Quit => self.leave(),
            Action::Help => self.layers.push(Layer::Help(0)),
            Action::Menu | Action::Palette => self.open_menu(),
            Action::Undo => return self.undo(),
            _ => {
                if let Some(Layer::Help(_)) = self.layers.last() {
                    self.act_in_help(action);
                } else if let Page::Progress(_) = self.page {
                    self.act_in_progress(action);
                } else {
                    return self.act_at_hit(action);
                }
            }
        }
        Vec::new()
    }

    fn act_at_hit(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Mask => return self.mask(),
            Action::Release => self.open_reasons(),
            Action::MaskAll => return self.mask_all(),
            Action::Alias => self.open_alias(),
            Action::Clear => return self.clear(),
            Action::NextHit => {
                if !self.review.act(Act::Next) {
                    self.open_progress();
                }
                self.from = None;
            }
            Action::PreviousHit => {
                if !self.review.act(Act::Previous) {
                    self.notice(self.t.reviewing.notice_first);
                }
                self.from = None;
            }
            Action::Accept => self.go_to_next_open(),
            Action::Overview => self.open_progress(),
            Action::PageDown | Action::PageUp => {
                self.from = Some(hit::scrolled(self, action == Action::PageDown));
            }
            _ => {}
        }
        Vec::new()
    }

    /// The next hit that waits, behind this one or from the start.
    fn go_to_next_open(&mut self) {
        let items = self.review.items();
        let open = |at: &usize| items.get(*at).is_some_and(|item| item.decision.is_none());
        let behind = self.review.at().saturating_add(1)..items.len();
        let next = behind.into_iter().find(open).or_else(|| (0..items.len()).find(open));
        match next {
            Some(at) => self.show(at),
            None => self.open_progress(),
        }
    }

    fn show(&mut self, at: usize) {
        self.review.show(at);
        self.page = Page::Hit;
        self.from = None;
    }

    fn paste(&mut self, text: &str) {
        match self.layers.last_mut() {
            Some(Layer::Typing(typing)) => typing.insert(text),
            _ => self.notice(self.t.reviewing.notice_text),
        }
    }
}

/// Takes a message; gives what is to be done.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => return state.press(key),
        Message::Resize(width, height) => {
            if state.size != (width, height) {
                state.size = (width, height);
                state.from = None;
            }
        }
        Message::Paste(text) => state.paste(&text),
        Message::Reply(Reply::Decided(outcome)) => state.answered(outcome),
        Message::Reply(_) => {}
        Message::Terminate => state.done = true,
    }
    Vec::new()
}

/// Paints the screen.
pub fn view(state: &State, frame: &mut Frame) {
    let area = frame.area();
    if area.width < paint::LEAST_WIDTH || area.height < paint::LEAST_HEIGHT {
        paint::too_small(frame, state.t.reviewing.too_small);
        return;
    }
    if let Some(Layer::Help(from)) = state.layers.last() {
        help::view(state, frame, *from);
        return;
    }
    match state.page {
        Page::Hit => hit::view(state, frame),
        Page::Progress(progress) => progress::view(state, frame, progress),
    }
    match state.layers.last() {
        Some(Layer::Menu(menu)) => menu::view(state, frame, menu),
        Some(Layer::Typing(typing)) => typing::view(state, frame, typing),
        Some(Layer::Help(_)) | None => {}
    }
}
