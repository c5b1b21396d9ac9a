//! The expert's screen in a terminal, as experts have it: few tests, each of
//! what only a real terminal and a real end of a process can show.

#![cfg(unix)]

#[path = "common/pty.rs"]
mod pty;

use std::io::Write;

use pty::{Demo, find, is_inverse, is_there};
use vt100::Screen;

const PAGE: (u16, u16) = (80, 24);

fn raw(screen: &Screen) -> bool {
    screen.alternate_screen()
}

#[test]
fn opens_where_it_was_left_and_what_it_calls_saved_survives_a_kill() {
    let demo = Demo::new();
    // Wide, so that the whole sheet is beside the criterion.
    let mut window = demo.score(Demo::HALF_WAY, "zh", PAGE);
    // Six packets are complete and the seventh begun: it opens there, at the
    // first criterion without a mark.
    window.sees("匿名材料 A-07");
    window.sees("第 7/15 份  已评完 6 份");
    window.sees("B6 ");
    let before = demo.marks(Demo::HALF_WAY);
    assert_eq!(before.last().map(String::as_str), Some("A-07 B5 3"));
    window.press("4");
    window.sees("上一项 B6 4");
    window.press("\x7f");
    // Four of four can only mean four: it is kept without Enter.
    window.sees("已存本机");
    window.signal("KILL");
    window.ends();
    let after = demo.marks(Demo::HALF_WAY);
    assert_eq!(after[..before.len()], before);
    assert_eq!(after[before.len()..], ["A-07 B6 4"]);
    // The next start is not kept out by what the killed one left.
    let window = demo.score(Demo::HALF_WAY, "zh", PAGE);
    window.sees("C1 ");
    window.leave();
}

#[test]
fn debug_screen() {
    let demo = Demo::new();
    let mut window = demo.score(Demo::HALF_WAY, "zh", PAGE);
    let mut out = std::io::stderr();
    writeln!(out, "{}", window.sees("A-07")).unwrap();
    for keys in ["4", "\x7f", "你好", "２", " ", "9", "6", "\t", "\r"] {
        window.press(keys);
        std::thread::sleep(std::time::Duration::from_millis(300));
        writeln!(out, "---- {keys:?}\n{}\n{:?} hide {}", window.look(Screen::contents), window.look(Screen::cursor_position), window.look(Screen::hide_cursor)).unwrap();
    }
    let _ = (find(&window.look(Clone::clone), ""), is_inverse(&window.look(Clone::clone), "a"), is_there(&demo.path("x")), raw(&window.look(Clone::clone)));
}
