//! What a person, or the system, does to a screen; as the terminal's events say
//! it. Screens with a worker read it on a thread; what only asks questions waits
//! for it here, and leaves no thread behind that would take the next screen's
//! first key.

use std::time::Duration;

use crossterm::event::{self, Event, KeyEventKind};

use super::keymap::Key;
use super::signals::Hold;

/// How long a signal may wait to be seen.
const GLANCE: Duration = Duration::from_millis(100);

/// What was done to a screen.
#[derive(Debug)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The terminal's size.
    Resize(u16, u16),
    /// The program is told to end, or its terminal is gone.
    Terminate,
}

/// What an event of the terminal says; nothing for those that say nothing to us.
#[must_use]
pub fn of(event: Event) -> Option<Input> {
    match event {
        // Windows sends presses and releases; only presses count.
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Input::Key(Key::from_event(&key))),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(width, height) => Some(Input::Resize(width, height)),
        _ => None,
    }
}

/// Waits for what is done next.
#[must_use]
pub fn wait(hold: &Hold) -> Input {
    loop {
        if hold.told() {
            return Input::Terminate;
        }
        match event::poll(GLANCE) {
            Ok(false) => {}
            Ok(true) => match event::read().map(of) {
                Ok(Some(input)) => return input,
                Ok(None) => {}
                Err(_) => return Input::Terminate,
            },
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return Input::Terminate,
        }
    }
}

/// Whether more is there already.
#[must_use]
pub fn is_waiting() -> bool {
    event::poll(Duration::ZERO).unwrap_or(false)
}
