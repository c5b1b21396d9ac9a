//! The door before the expert's screen (打开评审包): one question a page, what
//! to do next always said, and nothing that is typed left lying about.
//!
//! The door itself is owned by whoever runs the screen; the screen asks for a
//! try as data and is told what came of it and what the bundle still needs.

mod page;
mod view;

#[cfg(test)]
mod tests;

use crate::base::lang::{Texts, Unlock, fill, problem};
use crate::base::{Refusal, Result};
use crate::tui::Options;
use crate::tui::entry::{Entry, Refused, Takes};
use crate::tui::input::Input;
use crate::tui::keymap::{self, Action, Context, Key};
use crate::tui::paint::Brush;
use crate::tui::secret::Secret;
use crate::tui::theme::Theme;
use crate::workflow::unlock::Need;

use page::{Button, Kind, Page};
pub use view::view;

/// Fewest characters of a passphrase; said while typing, so that nobody types a
/// short one twice to be refused.
const LEAST: usize = 8;

/// What the door says of itself: what it needs, and how far one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What it needs.
    pub need: Need,
    /// This step, of how many.
    pub steps: (usize, usize),
}

/// What is tried on the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Try {
    /// The slip.
    Slip,
    /// The passphrase.
    Passphrase,
    /// The spare code.
    Spare,
    /// A new passphrase.
    Choose,
}

/// What the screen asks for; plain data.
#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// Try this.
    Try(Try, Secret),
    /// The passphrase is forgotten.
    Forgot,
}

/// The two codes to be copied by hand.
#[derive(Debug)]
pub struct Codes {
    /// The check code (核对码).
    pub check: Secret,
    /// The spare code (备用码).
    pub spare: Secret,
}

/// What came of an effect.
#[derive(Debug)]
pub struct Reply {
    /// Whether it was right, with the codes of keys just made.
    pub outcome: Result<Option<Codes>>,
    /// What the door says now.
    pub now: Standing,
}

/// What reaches the screen.
#[derive(Debug)]
pub enum Message {
    /// Something was done.
    Input(Input),
    /// An effect was carried out.
    Reply(Reply),
}

/// How the screen ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The door is open.
    Opened,
    /// It was left.
    Left,
}

/// A sentence below the question.
#[derive(Debug)]
struct Notice {
    text: String,
    bad: bool,
}

/// The state of the door's screen.
#[derive(Debug)]
pub struct State {
    /// How it ended, once it has.
    pub end: Option<End>,
    pub(crate) size: (u16, u16),
    hint: String,
    steps: (usize, usize),
    page: Page,
    codes: Option<Codes>,
    /// What is being tried, and what the door needed before.
    busy: Option<Need>,
    need: Need,
    /// How often the answer to this question was wrong.
    wrong: usize,
    /// Leaving was asked for once, where something would be lost by it.
    leaving: bool,
    notice: Option<Notice>,
    /// The answer was wrong and stands as it was typed.
    mend: bool,
    help: bool,
    texts: &'static Texts,
    brush: Brush,
}

impl State {
    /// The screen for a door; `hint` is the bundle's name.
    #[must_use]
    pub fn new(now: Standing, hint: &str, options: &Options) -> Self {
        Self {
            end: (now.need == Need::Nothing).then_some(End::Opened),
            size: (80, 24),
            hint: hint.to_owned(),
            steps: now.steps,
            page: Page::new(Kind::of(now.need)),
            codes: None,
            busy: None,
            need: now.need,
            wrong: 0,
            leaving: false,
            notice: None,
            mend: false,
            help: false,
            texts: options.lang.texts(),
            brush: Brush { theme: Theme::new(options.color), wide_signs: options.wide_signs },
        }
    }

    const fn t(&self) -> &'static Unlock {
        &self.texts.unlock
    }

    fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), bad: false });
    }

    fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), bad: true });
    }

    /// Where a key is pressed.
    fn context(&self) -> Context {
        match self.page.field().map(Entry::takes) {
            Some(Takes::Passphrase) => Context::Secret,
            _ => Context::Door,
        }
    }

    fn input(&mut self, input: Input) -> Option<Effect> {
        match input {
            Input::Resize(width, height) => {
                self.size = (width, height);
                None
            }
            Input::Terminate => {
                self.end = Some(End::Left);
                None
            }
            Input::Paste(text) => {
                self.begin();
                if let Some(field) = self.page.field_mut() {
                    let said = field.paste(text);
                    self.refused(said);
                } else {
                    crate::tui::secret::wipe(text);
                }
                None
            }
            Input::Key(key) => self.key(key),
        }
    }

    /// A new act: what was said of the last one goes.
    fn begin(&mut self) {
        self.notice = None;
        self.mend = false;
        self.help = false;
    }

    fn key(&mut self, key: Key) -> Option<Effect> {
        if self.busy.is_some() {
            return None;
        }
        let helped = self.help;
        self.begin();
        let context = self.context();
        let plain = if context == Context::Secret { key } else { key.plain() };
        let action = keymap::resolve(context, plain);
        if action == Some(Action::Quit) && (!helped || key == Key::Ctrl('c')) {
            self.leave();
            return None;
        }
        self.leaving = false;
        if helped {
            return None;
        }
        match action {
            Some(Action::Accept) => return self.accept(),
            Some(Action::NextButton) => self.page.step(true),
            Some(Action::PreviousButton) => self.page.step(false),
            Some(Action::Show) => self.page.shown = !self.page.shown,
            Some(Action::Help) => self.help = true,
            _ => self.type_key(key),
        }
        None
    }

    fn type_key(&mut self, key: Key) {
        let Some(field) = self.page.field_mut() else {
            match key {
                Key::Right => self.page.step(true),
                Key::Left => self.page.step(false),
                _ => {}
            }
            return;
        };
        if let Key::Char(c) = key {
            let said = field.type_sign(c);
            let full = field.missing() == 0 && field.wanted().is_some();
            self.refused(said);
            // From the group of four to the group of five.
            if said.is_ok() && full && self.page.kind == Kind::Verify && self.page.focus == 0 {
                self.page.step(true);
            }
        } else {
            field.key(key);
        }
    }

    /// Says what was not taken.
    fn refused(&mut self, said: std::result::Result<(), Refused>) {
        let Err(refused) = said else { return };
        let t = self.t();
        let field = self.page.field();
        let wanted = field.and_then(Entry::wanted);
        let digits = field.is_some_and(|field| matches!(field.takes(), Takes::Digits(_)));
        let text = match (refused, wanted) {
            (Refused::Chinese, _) => t.refused_chinese.to_owned(),
            (Refused::LookAlike(c), _) => fill(t.refused_look_alike, &[&c]),
            (Refused::Sign(_), None) => t.refused_control.to_owned(),
            (Refused::Sign(c), _) => fill(if digits { t.refused_digit } else { t.refused_sign }, &[&c]),
            (Refused::Full, Some(wanted)) => fill(t.refused_full, &[&wanted]),
            (Refused::Full, None) => t.refused_long.to_owned(),
        };
        self.warn(text);
    }

    /// Leaves; where codes would be lost by it, only when asked twice.
    fn leave(&mut self) {
        if self.codes.is_some() && !self.leaving {
            self.leaving = true;
            self.warn(self.t().leave_copy);
        } else {
            self.end = Some(End::Left);
        }
    }

    fn accept(&mut self) -> Option<Effect> {
        if let Some(button) = self.page.button() {
            return self.press(button);
        }
        match self.page.kind {
            Kind::Slip => self.try_code(Try::Slip),
            Kind::Spare => self.try_code(Try::Spare),
            Kind::Passphrase => self.try_passphrase(),
            Kind::Choose => self.try_new(),
            Kind::Copy => {
                self.page = Page::new(Kind::Verify);
                None
            }
            Kind::Verify => {
                self.verify();
                None
            }
        }
    }

    fn press(&mut self, button: Button) -> Option<Effect> {
        match button {
            Button::Show => {
                self.page.shown = !self.page.shown;
                // Back to where one was about to type.
                self.page.focus = self.page.first_open();
                None
            }
            Button::Forgot => self.send(Effect::Forgot),
            Button::Again => {
                self.page = Page::new(Kind::Copy);
                None
            }
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "what a key gives is an effect or none")]
    fn send(&mut self, effect: Effect) -> Option<Effect> {
        self.busy = Some(self.need);
        Some(effect)
    }

    fn try_code(&mut self, what: Try) -> Option<Effect> {
        let field = self.page.field()?;
        let missing = field.missing();
        if missing > 0 {
            self.warn(fill(self.t().short_code, &[&missing]));
            return None;
        }
        let text = field.text().copy();
        self.send(Effect::Try(what, text))
    }

    fn try_passphrase(&mut self) -> Option<Effect> {
        let field = self.page.field()?;
        if field.count() == 0 {
            self.warn(self.t().empty_passphrase);
            return None;
        }
        let text = field.text().copy();
        self.send(Effect::Try(Try::Passphrase, text))
    }

    fn try_new(&mut self) -> Option<Effect> {
        let (first, second) = (self.page.fields.first()?, self.page.fields.get(1)?);
        let (count, again) = (first.count(), second.count());
        if count < LEAST {
            self.page.focus = 0;
            self.warn(match count {
                0 => self.t().empty_passphrase.to_owned(),
                _ => fill(self.t().short_passphrase, &[&count]),
            });
            return None;
        }
        if self.page.focus == 0 || again == 0 {
            self.page.focus = 1;
            return None;
        }
        if first.text() != second.text() {
            if self.page.shown {
                self.warn(self.t().differ_shown);
            } else {
                // Nobody can see which of the two has the slip in it.
                self.page = Page::new(Kind::Choose);
                self.warn(self.t().differ);
            }
            return None;
        }
        let text = first.text().copy();
        self.send(Effect::Try(Try::Choose, text))
    }

    /// Holds what was copied to the codes: the last group of each.
    fn verify(&mut self) {
        match self.first_wrong() {
            Some((at, text)) => {
                self.page.focus = at;
                self.warn(text);
            }
            None => {
                self.codes = None;
                self.go_on();
            }
        }
    }

    /// The first box that does not agree with its code, and what to say of it.
    fn first_wrong(&self) -> Option<(usize, String)> {
        let t = self.t();
        let codes = self.codes.as_ref()?;
        let said = [(&codes.check, t.differ_check), (&codes.spare, t.differ_spare)];
        self.page.fields.iter().zip(said).enumerate().find_map(|(at, (field, (code, differ)))| {
            let text = match field.missing() {
                0 if code.as_str().trim_end().ends_with(field.text().as_str()) => return None,
                0 => differ.to_owned(),
                missing => fill(t.short_code, &[&missing]),
            };
            Some((at, text))
        })
    }

    /// To what the door needs now.
    fn go_on(&mut self) {
        self.wrong = 0;
        self.page = Page::new(Kind::of(self.need));
        if self.need == Need::Nothing {
            self.end = Some(End::Opened);
        }
    }

    fn reply(&mut self, reply: Reply) {
        let before = self.busy.take();
        self.steps = reply.now.steps;
        self.need = reply.now.need;
        match reply.outcome {
            Ok(Some(codes)) => {
                self.codes = Some(codes);
                self.page = Page::new(Kind::Copy);
            }
            Ok(None) => {
                self.go_on();
                if before == Some(Need::Spare) && self.need == Need::Choose {
                    self.say(self.t().new_passphrase);
                }
            }
            Err(refusal) => self.wrong(&refusal),
        }
    }

    fn wrong(&mut self, refusal: &Refusal) {
        self.wrong += 1;
        self.mend = true;
        let t = self.t();
        let more = match self.page.kind {
            _ if self.wrong < 2 => "",
            Kind::Slip => t.again_slip,
            Kind::Passphrase => t.again_passphrase,
            Kind::Spare => t.again_spare,
            _ => "",
        };
        let sentences = refusal.faults().map(|fault| {
            let said = problem(self.texts.lang, fault);
            [Some(said.what), said.mend].into_iter().flatten().collect::<Vec<_>>().join("\n")
        });
        let mut text = sentences.collect::<Vec<_>>().join("\n");
        if !more.is_empty() {
            text = format!("{text}\n{more}");
        }
        // A code stays, to be held to the paper; what can't be seen can't be mended.
        let hidden = matches!(self.page.kind, Kind::Passphrase | Kind::Choose) && !self.page.shown;
        if hidden {
            self.page = Page::new(self.page.kind);
        }
        // The door may ask for something else now.
        if self.page.kind != Kind::of(self.need) {
            self.page = Page::new(Kind::of(self.need));
        }
        self.warn(text);
    }
}

/// Takes a message; gives what is to be tried.
pub fn update(state: &mut State, message: Message) -> Option<Effect> {
    match message {
        Message::Input(input) => state.input(input),
        Message::Reply(reply) => {
            state.reply(reply);
            None
        }
    }
}
