//! What the tests of the command line share: running the binary in a folder of
//! its own, and rounds made once and copied. Those rounds are for practice, with
//! published keys, unless a test makes its own.

#![allow(dead_code, clippy::allow_attributes, reason = "each file of tests uses what it needs")]
#![expect(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::indexing_slicing,
    clippy::format_push_string,
    clippy::struct_field_names,
    reason = "helpers of tests: what can't be had ends the test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

/// What a run came to.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// The run, which must have ended so.
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }
}

/// A folder that commands run in.
pub struct Desk {
    folder: TempDir,
}

/// The repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of outside cases or data, which lie beside the sources and are no part
/// of them; nothing where it is not there, and that is said.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let named = std::env::var_os("PINGSHEN_SHARED").map(PathBuf::from);
    let beside = ["../shared", "../../shared"].map(|place| repository().join(place));
    let mut places = named.into_iter().chain(beside).map(|place| place.join(folder));
    let found = places.find(|place| place.is_dir());
    if found.is_none() {
        eprintln!("skipped: {folder} is not there; set PINGSHEN_SHARED");
    }
    found
}

/// A file of the sample data.
pub fn sample(name: &str) -> String {
    repository().join("sample-data").join(name).display().to_string()
}

impl Desk {
    /// An empty folder.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with a copy of a round, `r`, whose bundles are out.
    pub fn issued() -> Self {
        Self::copied(issued())
    }

    /// A folder with a copy of a round, `r`, and every expert's sheet beside
    /// the bundles.
    pub fn scored() -> Self {
        Self::copied(scored())
    }

    fn copied(from: &Desk) -> Self {
        let desk = Self::new();
        copy(&from.path("r"), &desk.path("r"));
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), bytes).unwrap();
        name.to_owned()
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// The command, with nothing of the machine's own settings.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pingshen"));
        command.args(args).current_dir(self.folder.path());
        let ours =
            std::env::vars_os().map(|(name, _)| name).filter(|name| name.to_string_lossy().starts_with("PINGSHEN_"));
        for name in ours.chain(["LC_ALL", "LC_MESSAGES", "NO_COLOR", "TERM"].map(Into::into)) {
            command.env_remove(name);
        }
        let home = self.path("home");
        command
            .env("LANG", "zh_CN.UTF-8")
            .env("HOME", &home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_DATA_HOME", home.join("data"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, args: &[&str]) -> Run {
        ended(assert_cmd::Command::from_std(self.command(args)))
    }

    /// Runs a command with these in its environment.
    pub fn run_with(&self, env: &[(&str, &str)], args: &[&str]) -> Run {
        let mut command = self.command(args);
        command.envs(env.iter().copied());
        ended(assert_cmd::Command::from_std(command))
    }

    /// Runs a command with these in its environment, and this on its stdin.
    pub fn feed_with(&self, env: &[(&str, &str)], args: &[&str], stdin: impl Into<Vec<u8>>) -> Run {
        let mut command = self.command(args);
        command.envs(env.iter().copied());
        let mut command = assert_cmd::Command::from_std(command);
        command.write_stdin(stdin);
        ended(command)
    }

    /// Runs a command with this on its stdin.
    pub fn feed(&self, args: &[&str], stdin: impl Into<Vec<u8>>) -> Run {
        let mut command = assert_cmd::Command::from_std(self.command(args));
        command.write_stdin(stdin);
        ended(command)
    }
}

fn ended(mut command: assert_cmd::Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().expect("ended by itself"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn issued() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let desk = Desk::new();
        desk.run(&["new", "r", "--template", "ln-pilot-selection", "--quota", "6"]).ends(0);
        desk.run(&["-C", "r", "packets", &sample("packets")]).ends(0);
        desk.run(&["-C", "r", "panel", &sample("panel.csv")]).ends(0);
        desk.run(&["-C", "r", "assign"]).ends(0);
        desk.run(&["-C", "r", "issue"]).ends(0);
        desk
    })
}

fn scored() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let desk = Desk::issued();
        for expert in experts() {
            let bundle = bundle(&expert);
            desk.feed(&["score", &bundle, "--stdin"], script(&expert)).ends(0);
            desk.run(&["score", &bundle, "--seal"]).ends(0);
        }
        desk
    })
}

/// An expert's bundle in the round `r`.
pub fn bundle(expert: &str) -> String {
    format!("r/outbox/{expert}.bundle")
}

/// An expert's sheet beside the bundle.
pub fn sheet(expert: &str) -> String {
    format!("r/outbox/{expert}.sheet")
}

/// A row of the sample marks.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Mark {
    pub expert: String,
    pub code: String,
    pub criterion: String,
    pub mark: String,
    pub remark: String,
}

/// The sample marks.
pub fn marks() -> Vec<Mark> {
    csv::Reader::from_path(sample("marks.csv")).unwrap().deserialize().map(Result::unwrap).collect()
}

/// The sample experts.
pub fn experts() -> Vec<String> {
    let mut experts: Vec<String> = marks().into_iter().map(|mark| mark.expert).collect();
    experts.sort();
    experts.dedup();
    experts
}

/// What an expert gave, as lines for `score --stdin`.
pub fn script(expert: &str) -> String {
    let mut lines = String::new();
    for Mark { code, criterion, mark, remark, .. } in marks().into_iter().filter(|mark| mark.expert == expert) {
        if criterion == "@overall" {
            lines.push_str(&format!("vote {code} {mark}\n"));
            if !remark.is_empty() {
                lines.push_str(&format!("opinion {code} {remark}\n"));
            }
        } else {
            lines.push_str(&format!("{code} {criterion} {mark}\n"));
            if !remark.is_empty() {
                lines.push_str(&format!("remark {code} {criterion} {remark}\n"));
            }
        }
    }
    lines
}

/// What the sample marks of each packet and expert add up to, in tenths.
pub fn totals() -> BTreeMap<String, BTreeMap<String, i64>> {
    let mut totals: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
    for mark in marks().into_iter().filter(|mark| mark.criterion != "@overall") {
        let (whole, half) = mark.mark.split_once('.').unwrap_or((&mark.mark, "0"));
        let tenths = whole.parse::<i64>().unwrap() * 10 + half.parse::<i64>().unwrap();
        *totals.entry(mark.code).or_default().entry(mark.expert).or_default() += tenths;
    }
    totals
}

/// The scores the sample marks come to, worked out apart from the program:
/// highest and lowest total dropped, mean, a half up, in hundredths.
pub fn expected_scores() -> BTreeMap<String, i64> {
    totals()
        .into_iter()
        .map(|(code, totals)| {
            let mut totals: Vec<i64> = totals.into_values().collect();
            totals.sort_unstable();
            let kept = &totals[1..totals.len() - 1];
            let (sum, count) = (kept.iter().sum::<i64>() * 10, i64::try_from(kept.len()).unwrap());
            (code, (2 * sum + count) / (2 * count))
        })
        .collect()
}
