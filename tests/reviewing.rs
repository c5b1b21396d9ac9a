//! The screen of leaks in a terminal: a real worker, a real end of the process.
//! The screen is opened by this file's own `screen`, in a process of its own.

#![cfg(unix)]

#[path = "common/pty.rs"]
#[expect(dead_code, reason = "windows can do more than is needed here")]
mod pty;

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use portable_pty::CommandBuilder;

use pingshen::base::clock::Zone;
use pingshen::base::{Lang, PacketCode, Problem, Result};
use pingshen::domain::leak::{Decided, Item, Leak, LeakKind, Level};
use pingshen::tui::{self, Options, review::Material};
use pty::{Window, is_inverse, window};

/// Where the opened screen keeps what is decided.
const KEPT: &str = "REVIEWING_KEPT";
/// How many hits it has.
const HITS: &str = "REVIEWING_HITS";

fn item(number: u32) -> Item {
    let (kind, text, level) = match number % 3 {
        1 => (LeakKind::Abbreviation, "望舒农大", Level::Block),
        2 => (LeakKind::Person, "孔磊教授", Level::Warn),
        _ => (LeakKind::Phone, "0410-5550123", Level::Warn),
    };
    Item {
        number,
        code: PacketCode::parse(&format!("A-{:02}", number.div_ceil(3))).unwrap(),
        leak: Leak {
            field: "plan.goals".to_owned(),
            offset: 24,
            kind,
            text: text.to_owned(),
            level,
            certain: level == Level::Block,
        },
        before: "三年内建成专利转化服务体系，每年推介成果不少于六十项。近三年在推广中形成了".to_owned(),
        after: "牵头的做法，被多家企业采用，合同金额逐年增长。".to_owned(),
        decision: None,
    }
}

/// Writes a line a change, on the disk when it returns.
fn keep(path: &Path, decided: &Decided) -> Result<()> {
    let written = || -> std::io::Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        for change in &decided.changes {
            let now = change.now.as_ref().map_or("none", |(made, _)| made.word());
            let reason = change.now.as_ref().map_or("", |(_, why)| why.as_str());
            writeln!(file, "{} {} {now} {reason}", change.number, change.code)?;
        }
        file.sync_all()
    };
    written().map_err(|error| Problem::CannotWrite(error.to_string()).into())
}

#[test]
#[ignore = "opens a screen: run by the tests of this file, or by hand with REVIEWING_KEPT=FILE and --nocapture"]
fn screen() {
    let Some(path) = std::env::var_os(KEPT).map(std::path::PathBuf::from) else { return };
    let hits = std::env::var(HITS).ok().and_then(|hits| hits.parse().ok()).unwrap_or(6);
    let options = Options { lang: Lang::Zh, color: true, wide_signs: false, zone: Zone::utc() };
    let material = Material { title: "演练评审".to_owned(), form: None, items: (1..=hits).map(item).collect() };
    let review = tui::review::run(material, Box::new(move |decided| keep(&path, decided)), options).unwrap();
    println!("left with {} undecided", review.undecided());
}

fn open(kept: &Path, hits: usize, size: (u16, u16)) -> Window {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "screen", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env("TERM", "xterm-256color");
    command.env(KEPT, kept);
    command.env(HITS, hits.to_string());
    window(command, size)
}

#[test]
fn what_it_calls_saved_is_on_the_disk_and_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    let mut window = open(&kept, 6, (80, 24));
    window.sees("第 1/6 处");
    window.until("the hit reversed", |screen| is_inverse(screen, "「望舒农大」") == Some(true));
    window.press("1");
    window.sees("已存：A-01 单位简称或英文名，已遮去");
    window.press("24");
    window.sees("已放行：主管部门或公共机构");
    window.signal("KILL");
    window.ends();
    let lines = fs::read_to_string(&kept).unwrap();
    assert_eq!(lines, "1 A-01 mask \n2 A-01 release 主管部门或公共机构，不是申报单位\n");
}

#[test]
fn all_is_decided_by_digits_and_the_end_gives_the_list_as_kept() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    let mut window = open(&kept, 3, (100, 30));
    for (at, keys) in ["3", "21"].into_iter().enumerate() {
        window.sees(&format!("第 {}/3 处", at + 1));
        window.press(keys);
        window.sees("已存");
    }
    window.sees("第 3/3 处");
    window.press("1");
    window.sees("泄露线索全部处理完了");
    // Undone, and left with it waiting.
    window.press("\x7f");
    window.sees("已撤销并存好：1 处回到原来");
    window.press("0");
    let status = window.ends();
    assert!(status.success(), "{}", window.sent());
    window.sees("left with 1 undecided");
    assert!(window.cooked());
    assert_eq!(fs::read_to_string(&kept).unwrap().lines().last(), Some("3 A-01 none "));
}

#[test]
fn what_cannot_be_kept_is_said_and_not_decided() {
    let folder = tempfile::tempdir().unwrap();
    // A folder is no file to write to.
    let mut window = open(folder.path(), 3, (80, 24));
    window.sees("第 1/3 处");
    window.press("1");
    window.sees("没有存上，这一处没有算处理");
    window.sees("第 1/3 处");
    window.press("0");
    assert!(window.ends().success());
    window.sees("left with 3 undecided");
}
