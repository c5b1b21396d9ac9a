//! The only place that prints: reports to stdout, messages to stderr, every
//! line made safe for a terminal first. A reader that goes away is no error.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Stdout, Write};

use crate::base::Refusal;
use crate::base::clean::clean;

/// Where reports and messages go.
#[derive(Debug)]
pub(super) struct Output {
    stdout: BufWriter<Stdout>,
    failed: Option<ErrorKind>,
}

impl Output {
    /// The process's own stdout and stderr.
    pub(super) fn new() -> Self {
        Self { stdout: BufWriter::new(io::stdout()), failed: None }
    }

    /// A line of a report.
    pub(super) fn line(&mut self, text: &str) {
        self.bytes(clean(text).as_bytes());
        self.bytes(b"\n");
    }

    /// Lines of a report.
    pub(super) fn lines<T: AsRef<str>>(&mut self, lines: impl IntoIterator<Item = T>) {
        for line in lines {
            self.line(line.as_ref());
        }
    }

    /// Bytes of a report that our own formats made, exactly.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        if self.failed.is_none()
            && let Err(error) = self.stdout.write_all(bytes)
        {
            self.failed = Some(error.kind());
        }
    }

    /// Sends on what is held back; whether anybody is still there to read it.
    pub(super) fn flush(&mut self) -> bool {
        if self.failed.is_none()
            && let Err(error) = self.stdout.flush()
        {
            self.failed = Some(error.kind());
        }
        self.failed.is_none()
    }

    /// A message, behind all that was reported before it.
    pub(super) fn note(&mut self, text: &str) {
        self.flush();
        let mut line = clean(text).into_owned();
        line.push('\n');
        // There is nowhere left to say that stderr is closed.
        let _told = io::stderr().lock().write_all(line.as_bytes());
    }

    /// Messages.
    pub(super) fn notes<T: AsRef<str>>(&mut self, lines: impl IntoIterator<Item = T>) {
        for line in lines {
            self.note(line.as_ref());
        }
    }

    /// How far something is, on a line that the next message writes over; only
    /// where somebody looks on.
    pub(super) fn progress(&mut self, text: &str) {
        if io::stderr().is_terminal() {
            self.flush();
            let line = format!("\r{}\u{1b}[K", clean(text));
            let _told = io::stderr().lock().write_all(line.as_bytes());
        }
    }

    /// Clears the line of [`Output::progress`].
    pub(super) fn progress_done(&mut self) {
        self.progress("");
    }

    /// Ends the output: what could not be written, other than to a reader that
    /// went away.
    pub(super) fn end(&mut self) -> Option<Refusal> {
        self.flush();
        let kind = self.failed.filter(|kind| *kind != ErrorKind::BrokenPipe)?;
        Some(Refusal::writing("stdout", &io::Error::from(kind)))
    }
}
