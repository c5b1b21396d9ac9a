//! What is answered `ok` is on the disk, whatever happens next: the process
//! killed, another one at the same draft, no space left, a folder that can't be
//! written.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "what fails ends the test")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_pingshen");
/// A file can't be made; reading or writing failed midway; not by you.
const CANNOT_WRITE: i32 = 73;
const IO: i32 = 74;
const NOT_PERMITTED: i32 = 77;

/// A folder of its own with the demonstration and a bundle nobody has begun.
struct Desk {
    folder: TempDir,
}

/// A draft by what it holds: `CODE CRITERION` and the mark.
type Marks = BTreeMap<String, String>;

impl Desk {
    const BUNDLE: &'static str = "E01.bundle";

    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let laid = desk.command(&["demo", "--prepare", "--dir", "demo"]).output().unwrap();
        assert!(laid.status.success(), "{laid:?}");
        fs::copy(desk.path("demo/expert/outbox/E01.bundle"), desk.path(Self::BUNDLE)).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A command of the program.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.clean(PROGRAM);
        command.args(args);
        command
    }

    /// A command line for the shell; the program is `$P`.
    fn shell(&self, script: &str) -> Output {
        self.clean("sh").args(["-c", script]).env("P", PROGRAM).output().unwrap()
    }

    fn clean(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        for name in ["PINGSHEN_LANG", "LC_ALL", "LC_MESSAGES"] {
            command.env_remove(name);
        }
        let home = self.path("home");
        command
            .current_dir(self.folder.path())
            .env("LANG", "C.UTF-8")
            .env("XDG_CONFIG_HOME", home.join("c"))
            .env("XDG_DATA_HOME", home.join("d"));
        command.env("HOME", home).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// `score --stdin`, running.
    fn marking(&self) -> Child {
        self.command(&["score", Self::BUNDLE, "--stdin"]).stdin(Stdio::piped()).spawn().unwrap()
    }

    /// What the draft holds.
    fn marks(&self) -> Marks {
        marks(self.command(&["score", Self::BUNDLE, "--dump"]).output().unwrap())
    }

    /// What can be marked: `CODE CRITERION`.
    fn places(&self) -> Vec<String> {
        let list = self.command(&["score", Self::BUNDLE, "--list"]).output().unwrap();
        let text = String::from_utf8(list.stdout).unwrap();
        text.lines().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
    }

    fn begin_anew(&self) {
        for name in ["E01.draft", "E01.draft-journal", "E01.draft.lock"] {
            let _gone = fs::remove_file(self.path(name));
        }
    }
}

#[track_caller]
fn marks(dump: Output) -> Marks {
    assert!(dump.status.success(), "{dump:?}");
    let text = String::from_utf8(dump.stdout).unwrap();
    text.lines()
        .map(|line| line.rsplit_once(' ').unwrap())
        .map(|(place, mark)| (place.to_owned(), mark.to_owned()))
        .collect()
}

/// Lines answered `ok`, whole ones only, as `(place, mark)`.
fn answered(text: &str) -> Vec<(String, String)> {
    let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let oks = whole.lines().filter_map(|line| line.strip_prefix("ok "));
    oks.map(|line| line.rsplit_once(' ').unwrap()).map(|(place, mark)| (place.to_owned(), mark.to_owned())).collect()
}

/// Says something that is seen though the test passes.
fn tell(line: &str) {
    let mut out = std::io::stderr();
    writeln!(out, "{line}").unwrap();
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % count
    }

    fn of<'a>(&mut self, all: &'a [String]) -> &'a str {
        let count = u64::try_from(all.len()).unwrap();
        all.get(usize::try_from(self.below(count)).unwrap()).unwrap()
    }
}

const VALUES: [&str; 5] = ["0", "0.5", "1", "1.5", "2"];

/// Lines to feed: places come again, with other marks.
fn lines(dice: &mut Dice, places: &[String], count: usize) -> Vec<(String, String)> {
    let values = VALUES.map(str::to_owned);
    (0..count).map(|_| (dice.of(places).to_owned(), dice.of(&values).to_owned())).collect()
}

fn script(lines: &[(String, String)]) -> String {
    lines.iter().flat_map(|(place, mark)| [place, " ", mark, "\n"]).collect()
}

#[test]
fn a_kill_at_any_moment_takes_nothing_that_was_answered() {
    const TIMES: usize = 200;
    let desk = Desk::new();
    let places = desk.places();
    // Few places, so that marks are changed too.
    let places = &places[..60];
    let mut dice = Dice(20_260_520);
    let mut kept = Marks::new();
    let (mut oks, mut cut_short) = (0, 0);
    for time in 0..TIMES {
        // Now and then from nothing: a draft is cut off while it is made, too.
        if time % 10 == 0 {
            desk.begin_anew();
            kept.clear();
        }
        let fed = lines(&mut dice, places, 30);
        let mut child = desk.marking();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(script(&fed).as_bytes()).unwrap();
        let mut answers = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        // Half the kills anywhere from the start on, half around an answer.
        if time % 2 == 0 {
            thread::sleep(Duration::from_micros(dice.below(60_000)));
        } else {
            for _ in 0..=dice.below(12) {
                answers.read_line(&mut text).unwrap();
            }
            thread::sleep(Duration::from_micros(dice.below(3_000)));
        }
        child.kill().unwrap();
        answers.read_to_string(&mut text).unwrap();
        child.wait().unwrap();
        drop(stdin);

        let done = answered(&text);
        assert_eq!(done.len(), text.lines().filter(|line| !line.is_empty()).count(), "time {time}: {text}");
        assert_eq!(done, fed[..done.len()], "time {time}: in order, each as it was said");
        oks += done.len();
        cut_short += usize::from(done.len() < fed.len());
        kept.extend(done.iter().cloned());
        let found = desk.marks();
        // The mark after the last answer may be there and may not.
        let mut and_one = kept.clone();
        and_one.extend(fed.get(done.len()).cloned());
        assert!(found == kept || found == and_one, "time {time}: {done:?}\nfound {found:?}\nkept {kept:?}");
        kept = found;
    }
    // The next start works at once and goes on from there.
    let mut child = desk.marking();
    child.stdin.take().unwrap().write_all(format!("{} 2\n", places[0]).as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(desk.marks().get(&places[0]).map(String::as_str), Some("2"));
    tell(&format!("{TIMES} kills, {cut_short} of them midway, {oks} marks answered, none lost"));
    assert!(oks > TIMES && cut_short > TIMES / 2, "kills that hit nothing show nothing: {oks} {cut_short}");
}

#[test]
fn of_two_at_once_one_marks_and_the_other_is_told() {
    let desk = Desk::new();
    let places = desk.places();
    let mut first = desk.marking();
    let mut stdin = first.stdin.take().unwrap();
    let mut answers = BufReader::new(first.stdout.take().unwrap());
    let mut ask = |line: &str| {
        stdin.write_all(format!("{line}\n").as_bytes()).unwrap();
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        answer
    };
    assert_eq!(ask(&format!("{} 1", places[0])), format!("ok {} 1\n", places[0]));
    let mut second = desk.marking();
    let said = format!("{} 2\n", places[1]);
    // It may have ended before it was told anything.
    let _told = second.stdin.take().unwrap().write_all(said.as_bytes());
    let second = second.wait_with_output().unwrap();
    assert_eq!(second.status.code(), Some(NOT_PERMITTED), "{second:?}");
    assert!(second.stdout.is_empty(), "{second:?}");
    let message = String::from_utf8(second.stderr).unwrap();
    assert!(message.contains(&format!("pid {}", first.id())), "{message}");
    assert_eq!(ask(&format!("{} 1.5", places[2])), format!("ok {} 1.5\n", places[2]));
    // Looking is free meanwhile.
    assert_eq!(desk.marks().len(), 2);
    drop(stdin);
    assert!(first.wait().unwrap().success());

    // Six from nothing at the same time: whoever answers ok has kept it, and
    // whoever is refused has kept nothing.
    desk.begin_anew();
    let all: Vec<(Child, &[String])> = places.chunks(28).take(6).map(|mine| (desk.marking(), mine)).collect();
    let all: Vec<_> = all
        .into_iter()
        .map(|(mut child, mine)| {
            let fed: Vec<_> = mine.iter().map(|place| (place.clone(), "1".to_owned())).collect();
            let _told = child.stdin.take().unwrap().write_all(script(&fed).as_bytes());
            (child, fed)
        })
        .collect();
    let mut kept = Marks::new();
    for (child, fed) in all {
        let ended = child.wait_with_output().unwrap();
        let done = answered(&String::from_utf8(ended.stdout.clone()).unwrap());
        match ended.status.code() {
            Some(0) => assert_eq!(done, fed),
            Some(NOT_PERMITTED) => assert_eq!(done, []),
            _ => panic!("{ended:?}"),
        }
        kept.extend(done);
    }
    assert!(!kept.is_empty());
    assert_eq!(desk.marks(), kept);
}

/// What a run with a fault came to: it says so, ends so, and has kept what it
/// answered and perhaps one more.
#[track_caller]
fn said_and_kept(what: &str, code: i32, stdout: &str, stderr: &str, fed: &[(String, String)], found: &Marks) -> usize {
    assert!([CANNOT_WRITE, IO].contains(&code), "{what}: {code}\n{stdout}\n{stderr}");
    assert!(!stderr.trim().is_empty() && !stderr.contains("panicked"), "{what}: {stderr}");
    let done = answered(stdout);
    assert!(done.len() < fed.len(), "{what}: nothing failed");
    let kept: Marks = done.iter().cloned().collect();
    let mut and_one = kept.clone();
    and_one.extend(fed.get(done.len()).cloned());
    assert!(*found == kept || *found == and_one, "{what}: {done:?}\n{found:?}");
    done.len()
}

#[test]
fn a_file_that_may_grow_no_further_loses_nothing_that_was_answered() {
    let desk = Desk::new();
    let places = desk.places();
    let fed: Vec<_> = places.iter().map(|place| (place.clone(), "1".to_owned())).collect();
    fs::write(desk.path("marks"), script(&fed)).unwrap();
    let (_, last) = fed.split_last_chunk::<8>().unwrap();
    fs::write(desk.path("last"), script(last)).unwrap();
    let mut answered = Vec::new();
    for blocks in [1, 20, 60, 100, 140, 180] {
        desk.begin_anew();
        // With the signal ignored, writing fails as on a full disk.
        let ended =
            desk.shell(&format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$P\" score {} --stdin <marks", Desk::BUNDLE));
        let stdout = String::from_utf8(ended.stdout).unwrap();
        let stderr = String::from_utf8(ended.stderr).unwrap();
        let what = format!("at most {blocks} blocks");
        let code = ended.status.code().unwrap_or(-1);
        answered.push(said_and_kept(&what, code, &stdout, &stderr, &fed, &desk.marks()));
        let again = desk.shell(&format!("\"$P\" score {} --stdin <last", Desk::BUNDLE));
        assert!(again.status.success(), "{what}: goes on once there is room: {again:?}");
        let found = desk.marks();
        assert!(last.iter().all(|(place, _)| found.contains_key(place)), "{what}: {found:?}");
    }
    assert!(answered.iter().any(|count| *count > 10), "{answered:?}");
}

/// Runs a script in a mount table of its own; nothing where that can't be had.
fn with_mounts(desk: &Desk, script: &str) -> Option<Output> {
    let ours = |output: &Output| String::from_utf8_lossy(&output.stdout).contains("mounted");
    let tried =
        desk.shell("mkdir -p try && unshare --mount sh -c 'mount -t tmpfs -o size=64k none try && echo mounted'");
    if !ours(&tried) {
        return None;
    }
    fs::write(desk.path("script"), script).unwrap();
    Some(desk.shell("unshare --mount sh ./script"))
}

#[test]
fn a_full_disk_loses_nothing_that_was_answered() {
    let desk = Desk::new();
    let places = desk.places();
    let fed: Vec<_> = places.iter().map(|place| (place.clone(), "1".to_owned())).collect();
    fs::write(desk.path("marks"), script(&fed)).unwrap();
    let (_, last) = fed.split_last_chunk::<8>().unwrap();
    fs::write(desk.path("last"), script(last)).unwrap();
    let wanted = script(last);
    fs::create_dir(desk.path("disk")).unwrap();
    let mut answered = Vec::new();
    for free in [0, 4, 40, 76, 112, 148] {
        // The disk is filled up to this many kB; then room is made.
        let script = format!(
            "set -e
            mount -t tmpfs -o size=8m none disk
            cp {bundle} disk/
            free=$(df -k disk | tail -1 | awk '{{print $4}}')
            head -c $(( (free - {free}) * 1024 )) /dev/zero >disk/filler
            set +e
            \"$P\" score disk/{bundle} --stdin <marks >out 2>err; echo $? >code
            \"$P\" score disk/{bundle} --dump >dump || exit 1
            rm disk/filler
            \"$P\" score disk/{bundle} --stdin <last >again || exit 1
            \"$P\" score disk/{bundle} --dump
            ",
            bundle = Desk::BUNDLE
        );
        let Some(ended) = with_mounts(&desk, &script) else {
            tell("skipped: a full disk can't be had here (needs root)");
            return;
        };
        let what = format!("{free} kB free");
        assert!(ended.status.success(), "{what}: {ended:?}");
        let read = |name| fs::read_to_string(desk.path(name)).unwrap();
        let found: Marks = read("dump")
            .lines()
            .map(|line| line.rsplit_once(' ').unwrap())
            .map(|(place, mark)| (place.into(), mark.into()))
            .collect();
        answered.push(said_and_kept(
            &what,
            read("code").trim().parse().unwrap(),
            &read("out"),
            &read("err"),
            &fed,
            &found,
        ));
        let after = String::from_utf8(ended.stdout).unwrap();
        assert!(after.ends_with(&wanted), "{what}: goes on once there is room: {after}");
    }
    tell(&format!("full disk: answered before it was full: {answered:?}"));
    assert!(answered.iter().any(|count| *count > 10), "{answered:?}");
}

#[test]
fn a_folder_that_cannot_be_written_can_be_looked_at_and_says_why_not_more() {
    let desk = Desk::new();
    let places = desk.places();
    fs::create_dir(desk.path("stick")).unwrap();
    fs::write(desk.path("marks"), format!("{} 1\n", places[0])).unwrap();
    fs::write(desk.path("more"), format!("{} 2\n", places[1])).unwrap();
    // Once with a draft there already, once with none.
    for begun in [true, false] {
        let begin = if begun {
            "\"$P\" score stick/E01.bundle --stdin <marks >/dev/null || exit 1"
        } else {
            "rm -f stick/E01.draft*"
        };
        let script = format!(
            "cp {bundle} stick/; {begin}
            mount --bind stick stick && mount -o remount,ro,bind stick || exit 1
            touch stick/x 2>/dev/null && exit 1
            \"$P\" score stick/{bundle} --stdin <more >out 2>err; echo $? >code
            \"$P\" score stick/{bundle} --dump >dump || exit 1
            \"$P\" score stick/{bundle} --list >list || exit 1
            ",
            bundle = Desk::BUNDLE
        );
        let Some(ended) = with_mounts(&desk, &script) else {
            tell("skipped: a folder that can't be written can't be had here (needs root)");
            return;
        };
        assert!(ended.status.success(), "{ended:?}");
        let read = |name| fs::read_to_string(desk.path(name)).unwrap();
        assert_eq!(read("code").trim(), CANNOT_WRITE.to_string(), "{}", read("err"));
        assert_eq!(read("out"), "");
        assert!(read("err").contains("E01.draft"), "{}", read("err"));
        let kept = if begun { format!("{} 1\n", places[0]) } else { String::new() };
        assert_eq!(read("dump"), kept);
        assert_eq!(read("list").lines().count(), places.len());
    }
}
