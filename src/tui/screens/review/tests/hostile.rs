//! Text made to break a screen: nothing drives the terminal, every row stays in
//! its place, and the hit is still found.

use super::*;
use crate::base::clean::is_unsafe;
use crate::base::text::width;

const SIZES: [(u16, u16); 7] = [(60, 18), (80, 24), (100, 30), (119, 22), (120, 30), (160, 45), (200, 60)];

fn hostile() -> Vec<Item> {
    let with = |before: &str, text: &str, after: &str| {
        let mut item = item(1, "A-01", LeakKind::Organisation, text, Level::Warn);
        item.before = before.to_owned();
        item.after = after.to_owned();
        item
    };
    let long: String = "学校近三年开展专利转化，".chars().cycle().take(10_000).collect();
    let mut items = vec![
        with("", "望舒农大", ""),
        with("", "望舒农大", "在最前"),
        with("在最后", "望舒农大", ""),
        with(&long, "望舒农大", &long),
        with(&long, &long, &long),
        with("", "", ""),
        with("\u{1b}[2J\u{1b}]0;x\u{7}", "望\u{200b}舒\u{202e}农大", "\u{2066}abc\u{9b}31m\r\n\tx"),
        with("\u{feff}", "\u{200b}\u{200d}", "\u{ad}"),
        with("「【", "「」", "】」"),
        with("\n\n\n", "\n", "\n\n"),
        with(
            &"\u{1a1a}".repeat(300),
            &"e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}".repeat(40),
            &"\u{1100}".repeat(300),
        ),
        with(&"x".repeat(5000), &"9".repeat(500), &"ｗ".repeat(5000)),
        with("👩‍👩‍👧‍👦🇨🇳", "👨‍💻大学🇨🇳", "🇨🇳🇨🇳"),
        with("—…·×", "“望舒”—…", "①②③"),
    ];
    let mut strange = with("", "x", "");
    strange.code = PacketCode::parse(&format!("Z{}", "9".repeat(31))).unwrap();
    strange.leak.field = format!("plan.\u{202e}{}[\n]", "很长".repeat(400));
    strange.decision = Some((Decision::Release, format!("\u{1b}[31m{}", "理由".repeat(500))));
    items.push(strange);
    for (at, item) in items.iter_mut().enumerate() {
        item.number = u32::try_from(at).unwrap() + 1;
    }
    items
}

/// Every row as wide as the screen, nothing that drives it, and the frame of the
/// page in its place.
fn is_sound(desk: &Desk) {
    let (cells, rows) = desk.state.size;
    let buffer = desk.painted();
    for cell in &buffer.content {
        assert!(!cell.symbol().chars().any(|c| is_unsafe(c) || c == '\n' || c == '\t'), "{:?}", cell.symbol());
    }
    let text = screen_text(&buffer);
    assert_eq!(text.lines().count(), usize::from(rows));
    for line in text.lines() {
        assert!(width(line) <= usize::from(cells), "{line}");
    }
    assert!(text.lines().last().unwrap().contains("帮助"), "{text}");
}

#[test]
fn no_text_breaks_a_row_at_any_size() {
    for (wide_signs, sizes) in [(false, &SIZES[..]), (true, &SIZES[1..3])] {
        for size in sizes.iter().copied() {
            let mut desk = Desk::of(hostile(), Lang::Zh, size);
            desk.state.options.wide_signs = wide_signs;
            for _ in 0..hostile().len() {
                is_sound(&desk);
                let screen = desk.screen();
                if desk.state.context() == Context::Review {
                    assert!(screen.contains("  1  遮去"), "{screen}");
                    assert!(screen.contains("  5  取消处理"), "{screen}");
                }
                for keys in [" ", "2", "4"] {
                    desk.keys(keys);
                    is_sound(&desk);
                    desk.press(&[Key::Esc]);
                    if desk.state.done {
                        desk.state.done = false;
                    }
                }
                desk.press(&[Key::PageDown, Key::PageDown]);
                is_sound(&desk);
                desk.press(&[Key::PageUp, Key::Down]);
            }
            desk.press(&[Key::Tab]);
            is_sound(&desk);
        }
    }
}

#[test]
fn the_hit_is_in_sight_wherever_it_stands_and_found_again_after_scrolling() {
    for (at, expected) in
        [(0, "「望舒农大」"), (1, "「望舒农大」在最前"), (2, "在最后「望舒农大」"), (3, "「望舒农大」")]
    {
        for size in SIZES {
            let mut desk = Desk::of(hostile(), Lang::Zh, size);
            desk.press(&vec![Key::Down; at]);
            desk.sees(expected);
            if at == 3 {
                desk.press(&[Key::PageDown; 9]);
                // On the largest the whole context is nearly in sight.
                assert!(size.1 == 60 || !desk.screen().contains(expected));
                desk.press(&[Key::PageUp; 200]).sees("……");
                desk.press(&[Key::Down, Key::Up]).sees(expected);
            }
        }
    }
}

#[test]
fn what_is_hidden_in_a_text_is_shown() {
    let mut desk = Desk::of(hostile(), Lang::Zh, (160, 45));
    desk.press(&[Key::Down; 6]).sees("「望‹U+200B›舒‹U+202E›农大」").sees("‹U+001B›[2J");
    desk.press(&[Key::Down]).sees("「‹U+200B›‹U+200D›」");
}

#[test]
fn a_typed_reason_of_a_hostile_hit_is_cleaned() {
    let mut desk = Desk::of(hostile(), Lang::Zh, (80, 24));
    desk.keys("25");
    desk.send(Message::Paste("a\u{1b}[2J\u{202e}b".to_owned()));
    is_sound(&desk);
    desk.press(&[Key::Enter]);
    let (_, reason) = desk.made(1).unwrap();
    assert!(!reason.chars().any(is_unsafe), "{reason}");
    is_sound(&desk);
}

#[test]
fn nothing_panics_at_any_size() {
    let starts: Vec<Vec<Key>> = vec![
        vec![],
        vec![Key::Char(' ')],
        vec![Key::Char('2')],
        vec![Key::Char('2'), Key::Char('5')],
        vec![Key::Tab],
        vec![Key::Char('?'), Key::End],
        vec![Key::Down, Key::Down, Key::Down],
    ];
    for keys in starts {
        let mut desk = Desk::of(hostile(), Lang::En, (80, 24));
        desk.full = true;
        desk.press(&keys);
        for cells in (0..=130).step_by(13).chain([59, 60, 200]) {
            for rows in (0..=45).step_by(9).chain([17, 24, 60]) {
                desk.send(Message::Resize(cells, rows));
                desk.painted();
                desk.press(&[Key::PageDown]);
                desk.painted();
            }
        }
    }
}
