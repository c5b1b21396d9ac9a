//! The app: which screen is up, what reaches it, what it asks for.

use ratatui::Frame;

use crate::base::{PacketCode, Result, Timestamp};
use crate::domain::desk::Act;
use crate::domain::packet::Packet;
use crate::workflow::hand_in::{HandedIn, Wish};

use super::keymap::Key;
use super::screens::{score, standing};

/// What reaches a screen.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The terminal's size.
    Resize(u16, u16),
    /// The worker's answer.
    Reply(Reply),
}

/// The worker's answers.
#[derive(Debug)]
pub enum Reply {
    /// An act is on the disk, or is not.
    Recorded(Act, Result<Timestamp>),
    /// A packet was read.
    Loaded(PacketCode, Result<Box<Packet>>),
    /// A sheet was handed in, or was not.
    HandedIn(Result<HandedIn>),
}

/// What a screen asks the worker for; plain data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Record an act.
    Record(Act),
    /// Read a packet.
    Load(PacketCode),
    /// Hand in.
    HandIn(Wish),
}

/// The screen that is up.
#[derive(Debug)]
pub enum App {
    /// The expert's.
    Score(Box<score::State>),
    /// The standing.
    Standing(Box<standing::State>),
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
        }
    }

    /// Paints the screen.
    pub fn view(&self, frame: &mut Frame) {
        match self {
            Self::Score(state) => score::view(state, frame),
            Self::Standing(state) => standing::view(state, frame),
        }
        super::paint::sweep(frame.buffer_mut());
    }

    /// Whether it was left.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        match self {
            Self::Score(state) => state.done,
            Self::Standing(state) => state.done,
        }
    }

    /// Whether an answer of the worker is outstanding.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        match self {
            Self::Score(state) => state.is_waiting(),
            Self::Standing(_) => false,
        }
    }
}
