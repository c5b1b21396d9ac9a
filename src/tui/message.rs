//! What passes between the loop, the screens and the worker; plain data.

use crate::base::{PacketCode, Result, Timestamp};
use crate::domain::desk::Act;
use crate::domain::leak::Decided;
use crate::domain::packet::Packet;
use crate::workflow::copies::Copied;
use crate::workflow::hand_in::{HandedIn, Wish};

use super::input::Input;
use super::keymap::Key;

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
    /// The program is told to end, or its terminal is gone.
    Terminate,
}

impl From<Input> for Message {
    fn from(input: Input) -> Self {
        match input {
            Input::Key(key) => Self::Key(key),
            Input::Paste(text) => Self::Paste(text),
            Input::Resize(width, height) => Self::Resize(width, height),
            Input::Terminate => Self::Terminate,
        }
    }
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
    /// The copy on the stick was written, or was not.
    Copied(Copied),
    /// Decisions on leaks are kept, or are not.
    Decided(Result<()>),
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
    /// Keep decisions on leaks.
    Decide(Box<Decided>),
}
