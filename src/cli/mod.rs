//! The way in from the shell: arguments, one file per command, messages, exit
//! codes. Reports go to stdout, messages to stderr.

mod args;
mod commands;
mod error;
mod lines;
mod output;
mod reading;
mod screens;
mod secrets;
mod settings;
mod table;
mod traces;
mod usage;
mod words;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::FromArgMatches;

use crate::base::clock::Zone;
use crate::base::lang::{Commands, fill};
use crate::base::{Class, Clock, Lang, Refusal, Result};
use crate::workflow::Round;
use crate::workflow::settings::{Color, Settings};

use args::Args;
use output::Output;
use screens::Look;

/// What a command came to: done, or done as far as it goes with something that
/// has been said already.
type Outcome = Result<Option<Class>>;

/// What every command is handed.
struct Context {
    t: &'static Commands,
    lang: Lang,
    dir: Option<PathBuf>,
    look: Look,
    clock: Clock,
    zone: Zone,
    sources: secrets::Sources,
    out: Output,
}

impl Context {
    /// The round's folder.
    fn dir(&self) -> &Path {
        self.dir.as_deref().unwrap_or_else(|| Path::new("."))
    }

    fn open(&self, write: bool) -> Result<Round> {
        Round::open(self.dir(), write, self.clock.clone())
    }

    /// A command for this round, as it can be typed here.
    fn command(&self, rest: &str) -> String {
        words::command(self.dir.as_deref(), rest)
    }

    /// 下一步：…
    fn next(&mut self, rest: &str) {
        let text = fill(self.t.next, &[&self.command(rest)]);
        self.out.note(&text);
    }

    /// 可以重复执行：…
    fn repeatable(&mut self, why: &str) {
        let text = fill(self.t.repeatable, &[&why]);
        self.out.note(&text);
    }

    fn refuse(&mut self, refusal: &Refusal) {
        self.out.notes(error::refusal_lines(self.lang, refusal));
    }
}

/// The command line as clap knows it, for what is generated from it.
pub fn command() -> clap::Command {
    args::command_line()
}

/// Runs the program and gives its exit code: 0 done, 1 a check says no, 2
/// usage, then those of sysexits (see [`Class`]).
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    traces::leave_none();
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(ended) = reading::asked(&args) {
        return ended;
    }
    let mut out = Output::new();
    let (settings, complaint) = match settings::load() {
        Ok(settings) => (settings, None),
        Err(refusal) => (Settings::default(), Some(refusal)),
    };
    let lang = settings::language(&args, settings);
    args::speak(lang);
    if let Some(refusal) = complaint {
        out.notes(error::refusal_lines(lang, &refusal));
    }
    let parsed = args::command_line().try_get_matches_from(args).and_then(|matches| Args::from_arg_matches(&matches));
    let ended = match parsed {
        Err(error) => usage::say(lang, &error, &mut out),
        Ok(args) => {
            let mut context = context(&args, lang, settings, out);
            let outcome = commands::run(args.command, &mut context);
            let ended = outcome.unwrap_or_else(|refusal| {
                context.refuse(&refusal);
                Some(refusal.class())
            });
            out = context.out;
            ended
        }
    };
    let unwritten = out.end().map(|refusal| {
        out.notes(error::refusal_lines(lang, &refusal));
        refusal.class()
    });
    let ended = ended.or(unwritten);
    ExitCode::from(ended.map_or(0, Class::exit_code))
}

fn context(args: &Args, lang: Lang, settings: Settings, out: Output) -> Context {
    let asked = args.color.map(|color| match color {
        args::Colour::Auto => Color::Auto,
        args::Colour::Never => Color::Never,
    });
    let look = Look {
        lang,
        wide_signs: settings::wide_signs(settings),
        color: settings::color(asked, settings) != Color::Never,
        zone: Zone::system(),
    };
    let zone = look.zone.clone();
    let sources = secrets::Sources { passphrase_file: args.passphrase_file.clone() };
    Context { t: &lang.texts().commands, lang, dir: args.dir.clone(), look, clock: Clock::System, zone, sources, out }
}
