//! The terminal: entered once, left in the reverse order however the program
//! ends, with what a panic says printed after it was left.

use std::io::{self, Stdout, Write};
use std::sync::Once;

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};

use crate::base::{Problem, Refusal, Result};

/// A terminal in our hands until dropped.
#[derive(Debug)]
pub struct Guard {
    /// The terminal to draw on.
    pub terminal: Terminal<CrosstermBackend<io::BufWriter<Stdout>>>,
}

fn failed(error: &io::Error) -> Refusal {
    Problem::CannotWrite(error.to_string()).into()
}

impl Guard {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// It is none, or it fails.
    pub fn enter() -> Result<Self> {
        // We decide about colours ourselves; with NO_COLOR set, crossterm would
        // reset the reversed rows away too.
        crossterm::style::force_color_output(true);
        restore_on_panic();
        enable_raw_mode().map_err(|e| failed(&e))?;
        let mut out = io::stdout();
        let entered = execute!(out, EnterAlternateScreen, EnableBracketedPaste);
        let made = entered
            .and_then(|()| Terminal::new(CrosstermBackend::new(io::BufWriter::with_capacity(1 << 16, io::stdout()))));
        match made {
            Ok(terminal) => Ok(Self { terminal }),
            Err(error) => {
                leave();
                Err(failed(&error))
            }
        }
    }

    /// Its size now, width first.
    ///
    /// # Errors
    /// It fails.
    pub fn size(&self) -> Result<(u16, u16)> {
        self.terminal.size().map(|size| (size.width, size.height)).map_err(|e| failed(&e))
    }

    /// Draws a picture.
    ///
    /// # Errors
    /// It fails.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame)) -> Result<()> {
        self.terminal.draw(paint).map(drop).map_err(|e| failed(&e))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

fn leave() {
    let mut out = io::stdout();
    // Nothing can be done about a terminal that is gone.
    let _left = execute!(out, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    let _cooked = disable_raw_mode();
    let _flushed = out.flush();
}

fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            leave();
            before(info);
        }));
    });
}
