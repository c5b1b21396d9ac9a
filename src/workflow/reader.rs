//! Documents of applicants are read in processes of their own, each with its
//! limits of memory and time: whatever a file does to its reader, it is one
//! line in the report and the others go on.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use crate::base::clock::Deadline;
use crate::base::{FileKind, Limits, Place, Problem, Refusal, Result, Unreadable};
use crate::domain::document::{Carrier, Document};
use crate::formats::document::{named, wire};

/// The word that starts this program as a reader.
pub const READ: &str = "read-document";
/// How much longer an office program may take to convert an old document.
const PATIENCE: u64 = 6;
/// How often a process is asked whether it has ended.
const ASK: Duration = Duration::from_millis(2);

/// What a file held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// A document.
    Document(Document),
    /// A scan or picture: kept as evidence, entered by hand.
    Evidence(FileKind),
}

/// What is needed to read.
#[derive(Debug, Clone)]
pub struct Reader {
    /// This program.
    pub program: PathBuf,
    /// An office program that converts old documents, and a folder of this
    /// machine's for passing things.
    pub converter: Option<Converter>,
    /// What is read at most.
    pub limits: Limits,
}

/// An office program that converts old documents.
#[derive(Debug, Clone)]
pub struct Converter {
    /// `soffice`.
    pub program: PathBuf,
    /// Where folders for passing things are made.
    pub scratch: PathBuf,
}

/// What became of one of several files.
pub type Done<'a> = dyn FnMut(usize, Result<Read>) + 'a;

impl Reader {
    /// Reads a file.
    ///
    /// # Errors
    /// It is not there, is no document, is beyond the limits, or its reader came
    /// to grief; the refusal names the file.
    pub fn read(&self, file: &Path) -> Result<Read> {
        let shown = file.display().to_string();
        self.of(file).map_err(|refusal| refusal.in_file(&shown))
    }

    /// Reads files, so many at once, and says of each what became of it, in the
    /// order in which they are done.
    pub fn read_all(&self, files: &[PathBuf], jobs: usize, on_done: &mut Done<'_>) {
        let next = AtomicUsize::new(0);
        let (say, said) = mpsc::sync_channel(jobs.max(1));
        std::thread::scope(|scope| {
            for _ in 0..jobs.clamp(1, files.len().max(1)) {
                let (say, next) = (say.clone(), &next);
                scope.spawn(move || {
                    while let Some((at, file)) = take(files, next) {
                        if say.send((at, self.read(file))).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(say);
            for (at, read) in said {
                on_done(at, read);
            }
        });
    }

    fn of(&self, file: &Path) -> Result<Read> {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match self.document(file, &name) {
            Err(refusal) => match refusal.problem() {
                Problem::Unreadable(Unreadable::Kind(kind @ (FileKind::Pdf | FileKind::Picture))) => {
                    Ok(Read::Evidence(*kind))
                }
                Problem::Unreadable(Unreadable::Kind(FileKind::Doc)) => self.converted(file, &name, "docx"),
                Problem::Unreadable(Unreadable::Kind(FileKind::Xls)) => self.converted(file, &name, "xlsx"),
                _ => Err(refusal),
            },
            Ok(document) => Ok(Read::Document(document)),
        }
    }

    /// Reads a document in a process of its own.
    fn document(&self, file: &Path, name: &str) -> Result<Document> {
        let shown = file.display().to_string();
        let failed = |error: &std::io::Error| Refusal::reading(&shown, error);
        let about = fs::metadata(file).map_err(|error| failed(&error))?;
        if !about.is_file() {
            return Err(failed(&std::io::ErrorKind::IsADirectory.into()));
        }
        let limits = &self.limits.document;
        if about.len() > limits.file {
            return Err(Problem::TooBig { limit: limits.file }.into());
        }
        let input = File::open(file).map_err(|error| failed(&error))?;
        let mut command = Command::new(&self.program);
        command.arg(READ).stdin(input).stdout(Stdio::piped()).stderr(Stdio::null());
        // Nothing of the user's own settings matters to a reader.
        #[cfg(unix)]
        command.env_clear();
        let child = command.spawn().map_err(|error| Problem::Internal(format!("{READ}: {error}")))?;
        let answer = self.answer(child)?;
        let mut document = wire::decode(&answer, &self.limits)?;
        let own: Carrier = named(name);
        document.carriers.retain(|carrier| carrier.kind != own.kind);
        document.carriers.push(own);
        Ok(document)
    }

    /// Waits for what a reader writes, so long and so much of it.
    fn answer(&self, mut child: Child) -> Result<Vec<u8>> {
        let limits = self.limits.document;
        let deadline = Deadline::in_seconds(limits.seconds);
        let most = u64::try_from(limits.answer).unwrap_or(u64::MAX).saturating_add(1);
        let (say, said) = mpsc::sync_channel(1);
        let output = child.stdout.take();
        let listener = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            if let Some(output) = output {
                // What comes of a reader cut off is told by how it ended.
                let _read = output.take(most).read_to_end(&mut bytes);
            }
            let _heard = say.send(bytes);
        });
        let bytes = said.recv_timeout(deadline.left()).ok();
        let ended = if bytes.is_some() { wait(&mut child, deadline) } else { None };
        if ended.is_none() {
            let _gone = child.kill();
            let _reaped = child.wait();
        }
        let _listened = listener.join();
        let slow = || Refusal::from(Problem::Unreadable(Unreadable::TooSlow { seconds: limits.seconds }));
        let bytes = bytes.ok_or_else(slow)?;
        if bytes.len() > limits.answer {
            return Err(crate::base::limits::too_many(crate::base::limits::Counted::TextBytes, limits.text).into());
        }
        match ended {
            Some(status) if status.success() => Ok(bytes),
            Some(status) => Err(self.grief(status)),
            None => Err(slow()),
        }
    }

    /// How a reader ended that gave no answer.
    fn grief(&self, status: ExitStatus) -> Refusal {
        let limits = self.limits.document;
        #[cfg(unix)]
        let signal = std::os::unix::process::ExitStatusExt::signal(&status);
        #[cfg(not(unix))]
        let signal: Option<i32> = None;
        let why = match (signal, status.code()) {
            // Memory that can't be had ends in an abort.
            (Some(6), _) => Unreadable::TooHungry { mebibytes: limits.memory >> 20 },
            (Some(9 | 24), _) => Unreadable::TooSlow { seconds: limits.seconds },
            (Some(signal), _) => Unreadable::Died { how: signal.to_string() },
            (None, code) => Unreadable::Died { how: code.map_or_else(|| "?".to_owned(), |code| code.to_string()) },
        };
        Problem::Unreadable(why).into()
    }

    /// Converts an old document and reads what comes of it.
    fn converted(&self, file: &Path, name: &str, into: &str) -> Result<Read> {
        let Some(converter) = &self.converter else {
            return Err(Problem::Unreadable(Unreadable::NoConverter).into());
        };
        let folder = Folder::make(&converter.scratch)?;
        let made = converter.run(file, &folder.0, into, self.limits.document.seconds.saturating_mul(PATIENCE))?;
        self.document(&made, name).map(Read::Document)
    }
}

fn take<'f>(files: &'f [PathBuf], next: &AtomicUsize) -> Option<(usize, &'f PathBuf)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    files.get(at).map(|file| (at, file))
}

/// Waits until a process has ended, or the time is up.
fn wait(child: &mut Child, deadline: Deadline) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if !deadline.left().is_zero() => std::thread::sleep(ASK),
            _ => return None,
        }
    }
}

/// A folder for passing things, gone with this value.
struct Folder(PathBuf);

impl Folder {
    fn make(scratch: &Path) -> Result<Self> {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let folder = scratch.join(format!("pingshen-{}-{number}", std::process::id()));
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        // A folder that is there already is another's.
        builder.create(&folder).map_err(|error| Refusal::writing(&folder.display().to_string(), &error))?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = fs::remove_dir_all(&self.0);
    }
}

impl Converter {
    /// Runs the office program on a copy, with settings of its own.
    fn run(&self, file: &Path, folder: &Path, into: &str, seconds: u64) -> Result<PathBuf> {
        let failed = |error: &std::io::Error| Refusal::writing(&folder.display().to_string(), error);
        // Its name must be harmless, whatever the applicant's is.
        let copy = folder.join(if into == "xlsx" { "in.xls" } else { "in.doc" });
        fs::copy(file, &copy).map_err(|error| failed(&error))?;
        let out = folder.join("out");
        fs::create_dir(&out).map_err(|error| failed(&error))?;
        let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
        let mut command = Command::new(&self.program);
        command.args([
            profile.as_str(),
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            into,
            "--outdir",
        ]);
        command.arg(&out).arg(&copy).current_dir(folder);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // It starts others; they end with it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().map_err(|_| Problem::Unreadable(Unreadable::NoConverter))?;
        let ended = wait(&mut child, Deadline::in_seconds(seconds));
        #[cfg(unix)]
        {
            use rustix::process::{Signal, kill_process_group};
            if let Ok(group) = i32::try_from(child.id())
                && let Some(group) = rustix::process::Pid::from_raw(group)
            {
                let _gone = kill_process_group(group, Signal::KILL);
            }
        }
        if ended.is_none() {
            let _gone = child.kill();
            let _reaped = child.wait();
            return Err(Problem::Unreadable(Unreadable::TooSlow { seconds }).into());
        }
        let made = out.join("in").with_extension(into);
        if made.is_file() { Ok(made) } else { Err(Problem::Unreadable(Unreadable::NotConverted).into()) }
    }
}

/// What the reading process does: reads all it is given, and writes what came
/// of it. The file's name is not its business.
#[must_use]
pub fn answer(mut input: impl std::io::Read, limits: &Limits) -> Vec<u8> {
    let mut bytes = Vec::new();
    let read = input
        .by_ref()
        .take(limits.document.file.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| Refusal::new(Place::default(), Problem::CannotRead(error.to_string())))
        .and_then(|_| crate::formats::document::read(&bytes, "", limits));
    drop(bytes);
    wire::encode(&read)
}

/// What the reading process writes when a file was too much for it.
#[must_use]
pub fn gave_up() -> Vec<u8> {
    let why = Unreadable::Broken("the reader gave up".to_owned());
    wire::encode(&Err(Problem::Unreadable(why).into()))
}
