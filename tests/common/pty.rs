//! A window: the program in a pseudo-terminal of a given size, keys sent to it,
//! and the screen as a terminal would show it. Nothing waits a fixed time; what
//! is waited for is seen, or the test fails with the screen as it stands.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what fails ends the test, with the screen as it stands"
)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use tempfile::TempDir;
use vt100::Screen;

/// Longest wait for anything; a test machine may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// Of the environment, what could change what is seen.
const UNSET: [&str; 7] = ["PINGSHEN_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "NO_COLOR", "COLORTERM"];

/// A folder of its own with the demonstration laid out in it.
pub(crate) struct Demo {
    folder: TempDir,
}

impl Demo {
    pub(crate) fn new() -> Self {
        let demo = Self { folder: tempfile::tempdir().unwrap() };
        let laid = demo.run(&["demo", "--prepare", "--dir", "demo"], &[]);
        assert!(laid.status.success(), "{laid:?}");
        demo
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The bundle of the expert who is half-way through.
    pub(crate) const HALF_WAY: &'static str = "demo/expert/outbox/E03.bundle";
    /// The bundle of an expert who has not begun.
    pub(crate) const UNTOUCHED: &'static str = "demo/expert/outbox/E01.bundle";

    fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let home = self.path("home");
        vec![
            ("LANG", "C.UTF-8".into()),
            ("TERM", "xterm-256color".into()),
            ("XDG_CONFIG_HOME", home.join("c")),
            ("XDG_DATA_HOME", home.join("d")),
            ("HOME", home),
        ]
    }

    /// Runs a command that needs no terminal.
    pub(crate) fn run(&self, args: &[&str], environment: &[(&str, &str)]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pingshen"));
        for name in UNSET {
            command.env_remove(name);
        }
        command.args(args).current_dir(self.folder.path()).envs(self.environment()).envs(environment.iter().copied());
        command.stdin(Stdio::null()).output().unwrap()
    }

    /// The marks of a bundle's draft: `CODE CRITERION MARK`.
    pub(crate) fn marks(&self, bundle: &str) -> Vec<String> {
        let dump = self.run(&["score", bundle, "--dump"], &[]);
        assert!(dump.status.success(), "{dump:?}");
        String::from_utf8(dump.stdout).unwrap().lines().map(str::to_owned).collect()
    }

    /// Opens a bundle in a window of this size, `(columns, rows)`.
    pub(crate) fn score(&self, bundle: &str, lang: &str, size: (u16, u16)) -> Window {
        self.open(&["score", bundle, "--lang", lang], size, &[])
    }

    /// Runs a command in a window.
    pub(crate) fn open(&self, args: &[&str], size: (u16, u16), environment: &[(&str, &str)]) -> Window {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_pingshen"));
        command.args(args);
        command.cwd(self.folder.path());
        for name in UNSET {
            command.env_remove(name);
        }
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        for (name, value) in environment {
            command.env(name, value);
        }
        window(command, size)
    }
}

/// Runs a program in a window of this size.
pub(crate) fn window(command: CommandBuilder, size: (u16, u16)) -> Window {
    let pair = native_pty_system().openpty(cells(size)).unwrap();
    let cooked = modes(&*pair.master);
    let child = pair.slave.spawn_command(command).unwrap();
    let writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
    let seen = Arc::new((
        Mutex::new(Seen { parser: vt100::Parser::new(nonzero(size.1), nonzero(size.0), 0), bytes: Vec::new() }),
        Condvar::new(),
    ));
    let reader = pair.master.try_clone_reader().unwrap();
    thread::spawn({
        let (seen, writer) = (Arc::clone(&seen), Arc::clone(&writer));
        move || watch(reader, &seen, &writer)
    });
    Window { master: pair.master, _slave: pair.slave, child, writer, seen, cooked, pressed: 0 }
}

struct Seen {
    parser: vt100::Parser,
    bytes: Vec<u8>,
}

/// Paints what the program sends and answers where it asks for the cursor.
fn watch(mut reader: Box<dyn Read + Send>, seen: &(Mutex<Seen>, Condvar), writer: &Mutex<Box<dyn Write + Send>>) {
    const ASKS: &[u8] = b"\x1b[6n";
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = reader.read(&mut buffer) {
        let mut now = lock(&seen.0);
        let before = now.bytes.len().saturating_sub(ASKS.len() - 1);
        now.bytes.extend_from_slice(&buffer[..count]);
        now.parser.process(&buffer[..count]);
        let asked = now.bytes[before..].windows(ASKS.len()).filter(|part| *part == ASKS).count();
        let (row, column) = now.parser.screen().cursor_position();
        drop(now);
        for _ in 0..asked {
            let answer = format!("\x1b[{};{}R", row + 1, column + 1);
            // A program that has ended needs no answer.
            let _sent = lock(writer).write_all(answer.as_bytes());
        }
        seen.1.notify_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn nonzero(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

fn cells((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// The line discipline: what differs between raw and cooked.
fn modes(master: &dyn MasterPty) -> String {
    let modes = master.get_termios().unwrap();
    format!("{:?} {:?} {:?}", modes.input_flags, modes.output_flags, modes.local_flags)
}

/// The program in a window.
pub(crate) struct Window {
    master: Box<dyn MasterPty + Send>,
    // Held, so that the line discipline can be looked at after the end.
    _slave: Box<dyn SlavePty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    cooked: String,
    pressed: usize,
}

impl Window {
    /// Presses keys, each character one: `\r` Enter, `\t` Tab, `\x7f` Backspace.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        self.pressed += keys.chars().count();
        lock(&self.writer).write_all(keys.as_bytes()).unwrap();
        self
    }

    /// How many keys were pressed so far.
    pub(crate) const fn pressed(&self) -> usize {
        self.pressed
    }

    /// Waits until the screen is so, and gives its text.
    #[track_caller]
    pub(crate) fn until(&self, what: &str, so: impl Fn(&Screen) -> bool) -> String {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = lock(&self.seen.0);
        loop {
            let screen = seen.parser.screen();
            if so(screen) {
                return screen.contents();
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let last = String::from_utf8_lossy(&seen.bytes[seen.bytes.len().saturating_sub(300)..]);
                panic!("never seen: {what}\n{}\nthe last that was sent: {last:?}", screen.contents());
            }
            seen = self.seen.1.wait_timeout(seen, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits until this text is on the screen, and gives the whole.
    #[track_caller]
    pub(crate) fn sees(&self, text: &str) -> String {
        self.until(text, |screen| screen.contents().contains(text))
    }

    /// Waits for this text after a change of size. Of a key and a change of size
    /// at the same moment, crossterm 0.29 keeps one back until the next key: one
    /// that does nothing, F12, brings it out.
    #[track_caller]
    pub(crate) fn sees_at_last(&mut self, text: &str) -> String {
        let deadline = Instant::now() + PATIENCE / 2;
        while Instant::now() < deadline && !self.look(|screen| screen.contents().contains(text)) {
            self.press("\x1b[24~");
            let sent = lock(&self.seen.0).bytes.len();
            self.more(sent);
        }
        self.sees(text)
    }

    /// Looks at the screen as it stands.
    pub(crate) fn look<T>(&self, at: impl FnOnce(&Screen) -> T) -> T {
        at(lock(&self.seen.0).parser.screen())
    }

    /// Everything the program has sent.
    pub(crate) fn sent(&self) -> String {
        String::from_utf8_lossy(&lock(&self.seen.0).bytes).into_owned()
    }

    /// Gives the window another size.
    pub(crate) fn resize(&self, size: (u16, u16)) {
        lock(&self.seen.0).parser.screen_mut().set_size(nonzero(size.1), nonzero(size.0));
        self.master.resize(cells(size)).unwrap();
    }

    /// Waits a moment at most for the program to send something more than `than`.
    pub(crate) fn more(&self, than: usize) -> usize {
        let seen = lock(&self.seen.0);
        let wait = self.seen.1.wait_timeout_while(seen, Duration::from_millis(200), |seen| seen.bytes.len() <= than);
        wait.unwrap_or_else(PoisonError::into_inner).0.bytes.len()
    }

    /// Whether the terminal is in the state the program found it in.
    pub(crate) fn cooked(&self) -> bool {
        modes(&*self.master) == self.cooked
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([format!("-{name}"), self.pid().to_string()]).status().unwrap();
        assert!(sent.success(), "kill -{name}");
    }

    /// Waits for the program's end.
    #[track_caller]
    pub(crate) fn ends(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "does not end\n{}", self.look(Screen::contents));
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Leaves by the key and waits for the end, which must be a good one.
    #[track_caller]
    pub(crate) fn leave(mut self) {
        self.press("q");
        let status = self.ends();
        assert!(status.success(), "{status:?}\n{}", self.sent());
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // A test that failed leaves nothing running.
        let _gone = self.child.kill();
        let _ended = self.child.wait();
    }
}

/// The row and column a text begins at, in cells.
pub(crate) fn find(screen: &Screen, text: &str) -> Option<(u16, u16)> {
    let (rows, columns) = (screen.size().0.get(), screen.size().1.get());
    (0..rows).find_map(|row| {
        let starts = |column: u16| {
            let mut rest = text;
            let mut at = column;
            while !rest.is_empty() {
                let Some(cell) = screen.cell(row, at) else { return false };
                let held = if cell.has_contents() { cell.contents() } else { " " };
                let Some(after) = rest.strip_prefix(held) else { return false };
                (rest, at) = (after, at + if cell.is_wide() { 2 } else { 1 });
            }
            true
        };
        (0..columns).find(|column| starts(*column)).map(|column| (row, column))
    })
}

/// Whether the row a text stands in is inverse where the text begins.
pub(crate) fn is_inverse(screen: &Screen, text: &str) -> Option<bool> {
    let (row, column) = find(screen, text)?;
    screen.cell(row, column).map(vt100::Cell::inverse)
}
