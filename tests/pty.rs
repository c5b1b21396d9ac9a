//! The expert's screen in a terminal, as experts have it: few tests, each of
//! what only a real terminal and a real end of a process can show.

#![cfg(unix)]

#[path = "common/pty.rs"]
mod pty;

use std::io::Write;

use pty::{Demo, find, is_inverse};
use vt100::Screen;

const PAGE: (u16, u16) = (80, 24);
/// From this height on a remark stands below its mark.
const TALL: (u16, u16) = (80, 30);
const UNDO: &str = "\x1a";
const DOWN: &str = "\x1b[B";
const LEFT: &str = "\x1b[D";

/// The first criterion without a mark in the demonstration's draft.
const NEXT: &str = " B6 揭榜挂帅与产学研合作";

#[test]
fn opens_where_it_was_left_and_what_it_calls_saved_survives_a_kill() {
    let demo = Demo::new();
    let before = demo.marks(Demo::HALF_WAY);
    let mut window = demo.score(Demo::HALF_WAY, "zh", PAGE);
    // Six packets are complete and the seventh begun: it opens there.
    window.sees("第 7/15 份  已评完 6 份");
    window.sees(NEXT);
    // Four of four can only mean four: it moves on without Enter.
    window.press("4");
    window.sees("上一项 B6 4 ");
    window.press("\x7f");
    window.sees("已存本机");
    window.signal("KILL");
    window.ends();
    let after = demo.marks(Demo::HALF_WAY);
    assert_eq!(after[..before.len()], before);
    assert_eq!(after[before.len()..], ["A-07 B6 4"]);
    // What the killed one left keeps nobody out.
    let window = demo.score(Demo::HALF_WAY, "zh", PAGE);
    window.sees(" C1 专利导航工作机制");
    window.leave();
}

#[test]
fn marks_from_a_chinese_input_method_count_and_its_words_do_nothing() {
    let demo = Demo::new();
    let before = demo.marks(Demo::HALF_WAY);
    let mut window = demo.score(Demo::HALF_WAY, "zh", PAGE);
    window.sees(NEXT);
    window.press("你好，四分");
    window.sees("输入法是中文状态，文字在这里不起作用");
    window.sees(NEXT);
    window.press("４");
    window.sees("上一项 B6 4 ");
    window.press("２。５");
    window.sees("上一项 C1 2.5 ");
    window.press("３．５");
    window.sees("上一项 C2 3.5 ");
    window.press("。５");
    window.sees("上一项 C3 0.5 ");
    window.leave();
    let after = demo.marks(Demo::HALF_WAY);
    assert_eq!(after[..before.len()], before);
    assert_eq!(after[before.len()..], ["A-07 B6 4", "A-07 C1 2.5", "A-07 C2 3.5", "A-07 C3 0.5"]);
}

#[test]
fn a_remark_is_typed_at_the_cursor_and_an_undo_survives_a_restart() {
    let demo = Demo::new();
    let before = demo.marks(Demo::HALF_WAY);
    let mut window = demo.score(Demo::HALF_WAY, "zh", TALL);
    window.sees(NEXT);
    window.press(" 3");
    window.sees("A-07 B6 的意见");
    // An input method puts its window where the terminal's cursor is.
    window.press("凭证三处");
    window.until("the cursor behind the text", |screen| at_caret(screen, "凭证三处", ""));
    window.press("不齐，缺2021年到账");
    window.until("the cursor behind all of it", |screen| at_caret(screen, "凭证三处不齐，缺2021年到账", ""));
    window.press(LEFT).press(LEFT);
    window.until("the cursor within the text", |screen| at_caret(screen, "凭证三处不齐，缺2021年", "到账"));
    window.press("\r");
    window.sees("意见：凭证三处不齐，缺2021年到账");
    window.press("4");
    window.sees("上一项 B6 4 ");
    window.leave();
    assert_eq!(demo.marks(Demo::HALF_WAY).len(), before.len() + 1);

    let mut window = demo.score(Demo::HALF_WAY, "zh", TALL);
    window.sees(" C1 专利导航工作机制");
    window.press(UNDO);
    window.sees("已撤销，回到：A-07 B6");
    window.sees("可打 0 到 4");
    window.leave();
    assert_eq!(demo.marks(Demo::HALF_WAY), before);

    let window = demo.score(Demo::HALF_WAY, "zh", TALL);
    window.sees(NEXT);
    window.sees("意见：凭证三处不齐，缺2021年到账");
    window.leave();
}

/// Whether the terminal's cursor is shown between these two parts of a text.
fn at_caret(screen: &Screen, before: &str, after: &str) -> bool {
    let cells: u16 = before.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    let behind = |(row, column)| (row, column + cells);
    !screen.hide_cursor() && find(screen, &format!("{before}{after}")).map(behind) == Some(screen.cursor_position())
}

#[test]
fn the_complete_packets_are_handed_in_and_collected() {
    let demo = Demo::new();
    let mut window = demo.score(Demo::HALF_WAY, "zh", PAGE);
    window.sees(NEXT);
    window.press(" 9");
    window.sees("输入份数确认：[  ]（应为 6）");
    window.press("\t\r");
    window.sees("请先输入要交的份数 6");
    assert!(!demo.path("demo/expert/outbox/E03.sheet").exists(), "nothing goes before it is confirmed");
    window.press("6\r");
    window.sees("其余材料没有评完的理由");
    window.press("出差，其余下周评");
    window.sees("出差，其余下周评");
    window.press("\r");
    window.sees("已交卷：6 份，未评 9 份");
    let screen = window.sees("回执码：");
    assert!(demo.path("demo/expert/outbox/E03.sheet").is_file(), "{screen}");
    window.press("\x1b");
    window.sees(NEXT);
    window.leave();
    let sheet = "demo/expert/outbox/E03.sheet";
    let collected = demo
        .run(&["-C", "demo/expert", "--lang", "zh", "collect", sheet, "--partial", "count", "--reason", "出差"], &[]);
    let said = String::from_utf8(collected.stdout).unwrap();
    assert!(collected.status.success(), "{said}{}", String::from_utf8_lossy(&collected.stderr));
    let receipt = screen.split("回执码：").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap();
    assert!(said.contains("E03") && said.contains(receipt), "{receipt}\n{said}");
}

#[test]
fn a_second_window_can_only_look_and_says_who_marks() {
    let demo = Demo::new();
    let before = demo.marks(Demo::HALF_WAY);
    let mut first = demo.score(Demo::HALF_WAY, "zh", PAGE);
    first.sees(NEXT);
    let mut second = demo.score(Demo::HALF_WAY, "zh", PAGE);
    let held = format!("另一个窗口正在打分（pid {}", first.pid());
    second.sees(&held);
    second.press(DOWN);
    second.sees("只能看，不能改");
    second.press("5");
    second.sees(&held);
    // The first is not disturbed, and what the second did is nowhere.
    first.press("4");
    first.sees("上一项 B6 4 ");
    second.leave();
    let mut third = demo.score(Demo::HALF_WAY, "zh", PAGE);
    third.sees(&held);
    first.leave();
    let after = demo.marks(Demo::HALF_WAY);
    assert_eq!(after[..before.len()], before);
    assert_eq!(after[before.len()..], ["A-07 B6 4"]);
    third.press("q").ends();
    let mut fourth = demo.score(Demo::HALF_WAY, "zh", PAGE);
    fourth.sees(" C1 专利导航工作机制");
    fourth.press("5");
    fourth.sees("上一项 C1 5 ");
    fourth.leave();
}

#[test]
fn the_terminal_is_given_back_however_it_ends() {
    let demo = Demo::new();
    for end in ["q", "TERM", "HUP", "INT"] {
        let mut window = demo.score(Demo::HALF_WAY, "en", PAGE);
        window.sees("7 of 15  6 done");
        // An answer to a key shows that the loop has begun.
        window.press("x").sees("Recuse from A-07");
        window.press("0");
        window.until("the menu gone", |screen| !screen.contents().contains("Recuse from A-07"));
        assert!(window.look(Screen::alternate_screen) && !window.cooked(), "{end}");
        if end == "q" {
            window.press("q");
        } else {
            // In the middle of saving.
            window.press(&"4\x7f1.5\x7f".repeat(20));
            window.signal(end);
        }
        let status = window.ends();
        assert!(status.signal().is_none() && !window.sent().contains("panicked"), "{end}: {status:?}");
        window.until("the terminal as it was", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
        });
        assert!(window.cooked(), "{end}");
    }
}

#[test]
fn without_colour_the_row_of_a_menu_is_still_seen() {
    let demo = Demo::new();
    for environment in [[("NO_COLOR", "1")], [("TERM", "vt100")]] {
        let mut window = demo.open(&["score", Demo::HALF_WAY, "--lang", "zh"], PAGE, &environment);
        window.sees(NEXT);
        window.press(" ");
        window.sees("全部功能：按数字选");
        let rows =
            |screen: &Screen| ["下一个未评的项", "换一份材料", "本份总评与推荐"].map(|row| is_inverse(screen, row));
        window.until("the first row inverse", |screen| rows(screen) == [Some(true), Some(false), Some(false)]);
        window.press(DOWN);
        window.until("the second row inverse", |screen| rows(screen) == [Some(false), Some(true), Some(false)]);
        if environment[0].0 == "NO_COLOR" {
            let coloured = |sent: &str| {
                (30..38)
                    .chain(90..98)
                    .any(|code| sent.contains(&format!("\x1b[{code}m")) || sent.contains(&format!(";{code}m")))
            };
            assert!(!coloured(&window.sent()), "no colour where none is wanted");
        }
        window.press("0").ends();
    }
}

#[test]
fn a_storm_of_sizes_breaks_nothing() {
    let demo = Demo::new();
    let before = demo.marks(Demo::HALF_WAY);
    let mut window = demo.score(Demo::HALF_WAY, "zh", PAGE);
    window.sees(NEXT);
    let mut seed = 7_u32;
    let mut next = move |below: u16| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        u16::try_from(seed >> 16).unwrap() % below
    };
    // Over a page, the menu, a page of the whole packet, and a field.
    for keys in ["", " ", " \t", "\t 3", "意见"] {
        window.press(keys);
        for _ in 0..12 {
            let sent = window.sent().len();
            window.resize((1 + next(200), 1 + next(60)));
            window.more(sent);
        }
        for size in [(1, 1), (200, 60), (59, 18), (60, 17), (60, 18), (2, 60), (200, 2)] {
            let sent = window.sent().len();
            window.resize(size);
            window.more(sent);
        }
    }
    window.resize(TALL);
    window.sees_at_last("B6 的意见");
    window.press("\r");
    window.sees_at_last("意见：意见");
    window.leave();
    assert_eq!(demo.marks(Demo::HALF_WAY), before);
}

#[test]
fn where_no_screen_can_be_drawn_it_names_the_way_that_works() {
    let demo = Demo::new();
    let mut window = demo.open(&["score", Demo::HALF_WAY, "--lang", "zh"], PAGE, &[("TERM", "dumb")]);
    let status = window.ends();
    assert_eq!(status.exit_code(), 2);
    window.sees("--plain");
    assert!(!window.sent().contains('\x1b'), "{:?}", window.sent());
    // Its stdout is a pipe here.
    let piped = demo.run(&["score", Demo::HALF_WAY, "--lang", "en"], &[]);
    assert_eq!(piped.status.code(), Some(2));
    assert!(piped.stdout.is_empty());
    assert!(String::from_utf8(piped.stderr).unwrap().contains(&format!("pingshen score {} --plain", Demo::HALF_WAY)));
}

/// A packet takes at most ninety keys: all its criteria and the vote, from its
/// first criterion to the next packet's.
#[test]
fn a_packet_takes_at_most_ninety_keys() {
    const MOST: usize = 90;
    let demo = Demo::new();
    let list = String::from_utf8(demo.run(&["score", Demo::UNTOUCHED, "--list"], &[]).stdout).unwrap();
    let criteria: Vec<(&str, &str)> = list
        .lines()
        .filter_map(|line| line.strip_prefix("A-01 "))
        .map(|line| (line.split(' ').next().unwrap(), line.rsplit(' ').next().unwrap()))
        .collect();
    assert_eq!(criteria.len(), 28);
    let sample = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/marks.csv")).unwrap();
    let typical = |criterion: &str| {
        let rest = sample.lines().find_map(|line| line.strip_prefix(&format!("E01,A-02,{criterion},"))).unwrap();
        rest.split(',').next().unwrap().to_owned()
    };
    let halves: Vec<String> =
        criteria.iter().map(|(_, max)| format!("{}.5", max.parse::<u32>().unwrap() - 1)).collect();
    let typical: Vec<String> = criteria.iter().map(|(id, _)| typical(id)).collect();

    let mut window = demo.score(Demo::UNTOUCHED, "zh", PAGE);
    window.sees("匿名材料 A-01");
    let (mut counts, mut given) = (Vec::new(), Vec::new());
    for (marks, code, next) in [(&halves, "A-01", "A-02"), (&typical, "A-02", "A-03")] {
        window.sees(&format!("匿名材料 {code}"));
        let before = window.pressed();
        for (at, (mark, (id, max))) in marks.iter().zip(&criteria).enumerate() {
            // What can still go on wants an Enter: 2 of 3, but not 3 or 2.5.
            let enter = if mark.contains('.') || mark == max { "" } else { "\r" };
            window.press(&format!("{mark}{enter}"));
            // Looked at now and then only, so that keys also come fast.
            if at % 9 == 0 {
                window.sees(&format!("上一项 {id} {mark} "));
            }
        }
        window.sees("每项都有分了");
        window.press("1");
        window.sees(&format!("匿名材料 {next}"));
        counts.push((code, window.pressed() - before));
        given.extend(marks.iter().zip(&criteria).map(|(mark, (id, _))| format!("{code} {id} {mark}")));
    }
    window.leave();
    assert_eq!(demo.marks(Demo::UNTOUCHED), given);
    let mut out = std::io::stderr();
    writeln!(out, "keys a packet: {} with halves throughout, {} with typical marks", counts[0].1, counts[1].1).unwrap();
    assert!(counts.iter().all(|(_, keys)| *keys <= MOST), "{counts:?}");
}
