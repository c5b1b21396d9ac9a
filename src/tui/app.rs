//! The app: which screen is up.

use ratatui::Frame;

use super::message::{Effect, Message};
use super::screens::{review, score, standing};

/// The screen that is up.
#[derive(Debug)]
pub enum App {
    /// The expert's.
    Score(Box<score::State>),
    /// The standing.
    Standing(Box<standing::State>),
    /// Leaks to decide on.
    Review(Box<review::State>),
}

impl App {
    /// Takes a message; gives what is to be done.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match self {
            Self::Score(state) => score::update(state, message),
            Self::Standing(state) => {
                standing::update(state, &message);
                Vec::new()
            }
            Self::Review(state) => review::update(state, message),
        }
    }

    /// Paints the screen.
    pub fn view(&self, frame: &mut Frame) {
        super::paint::screen(frame, self.size(), |frame| match self {
            Self::Score(state) => score::view(state, frame),
            Self::Standing(state) => standing::view(state, frame),
            Self::Review(state) => review::view(state, frame),
        });
    }

    /// The size it is laid out for.
    const fn size(&self) -> (u16, u16) {
        match self {
            Self::Score(state) => state.size,
            Self::Standing(state) => state.size,
            Self::Review(state) => state.size,
        }
    }

    /// Whether it was left.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        match self {
            Self::Score(state) => state.done,
            Self::Standing(state) => state.done,
            Self::Review(state) => state.done,
        }
    }

    /// Whether an answer of the worker is outstanding.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        match self {
            Self::Score(state) => state.is_waiting(),
            Self::Standing(_) => false,
            Self::Review(state) => state.is_waiting(),
        }
    }
}
