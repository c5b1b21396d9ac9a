//! The door: what keys do, and how each page looks at several sizes in both
//! languages. The door behind it is a small one that answers at once.

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::base::clock::Zone;
use crate::base::{Lang, Problem};
use crate::tui::paint::screen_text;

const SLIP: &str = "7F3K22QDW9HTR4EN";
const SPARE: &str = "7F3KX22QDM9WHTR4ENPAUJ6VC8BYG5";
const CHECK_CODE: &str = "3058 1197 4420 8613 0975 2246";
const SPARE_CODE: &str = "7F3KX-22QDM-9WHTR-4ENPA-UJ6VC-8BYG5";

/// A door that answers.
struct Seat {
    state: State,
    now: Standing,
    passphrase: String,
    /// The slip is wanted again after the spare code.
    slip_again: bool,
    tried: Vec<Try>,
}

fn options(lang: Lang) -> Options {
    Options { lang, color: false, wide_signs: false, zone: Zone::utc() }
}

impl Seat {
    fn new(lang: Lang, size: (u16, u16), need: Need) -> Self {
        let steps = match need {
            Need::Slip => (1, 3),
            Need::Choose => (2, 3),
            _ => (1, 1),
        };
        let now = Standing { need, steps };
        let mut state = State::new(now, "E03.bundle", &options(lang));
        state.size = size;
        Self { state, now, passphrase: "xiaohe caolu".to_owned(), slip_again: false, tried: Vec::new() }
    }

    fn first() -> Self {
        Self::new(Lang::Zh, (80, 24), Need::Slip)
    }

    fn later() -> Self {
        Self::new(Lang::Zh, (80, 24), Need::Passphrase)
    }

    fn send(&mut self, input: Input) {
        if let Some(effect) = update(&mut self.state, Message::Input(input)) {
            let reply = self.answer(effect);
            assert_eq!(update(&mut self.state, Message::Reply(reply)), None);
        }
    }

    fn on(&mut self, need: Need, steps: (usize, usize)) {
        self.now = Standing { need, steps };
    }

    fn answer(&mut self, effect: Effect) -> Reply {
        let wrong = || Err(Problem::Altered.into());
        let outcome = match effect {
            Effect::Forgot => {
                self.on(Need::Spare, (1, 3));
                Ok(None)
            }
            Effect::Try(what, text) => {
                self.tried.push(what);
                let text = text.as_str();
                match what {
                    Try::Slip if text == SLIP => {
                        self.on(Need::Choose, (2, 3));
                        Ok(None)
                    }
                    Try::Spare if text == SPARE => {
                        self.on(if self.slip_again { Need::Slip } else { Need::Choose }, (2, 3));
                        Ok(None)
                    }
                    Try::Passphrase if text == self.passphrase => {
                        self.on(Need::Nothing, (1, 1));
                        Ok(None)
                    }
                    Try::Choose if text != "12345678" => {
                        self.passphrase = text.to_owned();
                        self.on(Need::Nothing, (3, 3));
                        let code = |text: &str| Secret::from_text(text.to_owned());
                        Ok(Some(Codes { check: code(CHECK_CODE), spare: code(SPARE_CODE) }))
                    }
                    _ => wrong(),
                }
            }
        };
        Reply { outcome, now: self.now }
    }

    /// Types keys: characters, names in `<>`, and pasted text after `<paste:`.
    fn keys(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            match rest.strip_prefix('<').and_then(|named| named.split_once('>')) {
                Some((name, after)) => {
                    match name.strip_prefix("paste:") {
                        Some(text) => self.send(Input::Paste(text.to_owned())),
                        None => self.send(Input::Key(named(name))),
                    }
                    rest = after;
                }
                None => {
                    self.send(Input::Key(Key::Char(c)));
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        self
    }

    fn painted(&self) -> Terminal<TestBackend> {
        let (width, height) = self.state.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| view(&self.state, frame)).unwrap();
        terminal
    }

    fn screen(&self) -> String {
        screen_text(self.painted().backend().buffer())
    }

    fn sees(&self, text: &str) -> bool {
        let flat: String = self.screen().split_whitespace().collect();
        flat.contains(&text.split_whitespace().collect::<String>())
    }
}

fn named(name: &str) -> Key {
    match name {
        "enter" => Key::Enter,
        "tab" => Key::Tab,
        "backtab" => Key::BackTab,
        "bs" => Key::Backspace,
        "esc" => Key::Esc,
        "up" => Key::Up,
        "down" => Key::Down,
        "left" => Key::Left,
        "right" => Key::Right,
        "home" => Key::Home,
        "f1" => Key::F(1),
        "f2" => Key::F(2),
        "quit" => Key::Ctrl('c'),
        other => panic!("no key {other}"),
    }
}

#[test]
fn the_first_opening_from_the_slip_to_the_copied_codes() {
    let mut seat = Seat::first();
    assert!(seat.sees("第 1 步，共 3 步"));
    seat.keys("7f3k-22qd w9ht");
    assert!(seat.sees("7F3K - 22QD - W9HT - ____") && seat.sees("已输 12 个，还差 4 个"), "{}", seat.screen());
    seat.keys("r4en");
    assert!(seat.sees("16 个都有了，请按 Enter 键") && seat.tried.is_empty());
    seat.keys("<enter>");
    assert!(seat.sees("请给自己定一个口令") && seat.sees("第 2 步，共 3 步"));
    seat.keys("wo de mima<enter>wo de mima<enter>");
    assert!(seat.sees("3058 1197 4420 8613 0975 2246") && seat.sees("8BYG5"), "{}", seat.screen());
    seat.keys("<enter>");
    assert!(!seat.sees("2246") && !seat.sees("8BYG5"), "the paper is looked at, not the screen");
    seat.keys("2246");
    assert!(seat.sees("下一步：输入卡片上备用码的最后 5 位"), "{}", seat.screen());
    seat.keys("8byg5<enter>");
    assert_eq!(seat.state.end, Some(End::Opened));
    assert_eq!(seat.passphrase, "wo de mima");
}

#[test]
fn a_code_copied_wrongly_is_held_to_the_screen_again() {
    let mut seat = Seat::first();
    seat.keys(&format!("<paste:{SLIP}><enter>wo de mima<enter>wo de mima<enter><enter>"));
    seat.keys("<enter>");
    assert!(seat.sees("还差 4 个"));
    seat.keys("22478BYG5<enter>");
    assert!(seat.sees("核对码最后 4 位对不上") && seat.state.end.is_none(), "{}", seat.screen());
    seat.keys("<tab><tab><enter>");
    assert!(seat.sees("抄在签到表上") && seat.sees("0975 2246"));
    seat.keys("<enter>22468BYG6<enter>");
    assert!(seat.sees("备用码最后 5 位对不上"));
    seat.keys("<bs>5<enter>");
    assert_eq!(seat.state.end, Some(End::Opened));
}

#[test]
fn codes_not_copied_yet_are_left_only_when_asked_twice() {
    for key in ["<esc>", "<quit>"] {
        let mut seat = Seat::first();
        seat.keys(&format!("<paste:{SLIP}><enter>wo de mima<enter>wo de mima<enter>{key}"));
        assert!(seat.sees("还没有抄好") && seat.state.end.is_none());
        seat.keys(&format!("<enter>{key}"));
        assert!(seat.sees("还没有抄好") && seat.state.end.is_none(), "going on takes the first back");
        seat.keys(key);
        assert_eq!(seat.state.end, Some(End::Left));
    }
}

#[test]
fn a_later_opening_takes_the_passphrase_alone() {
    let mut seat = Seat::later();
    seat.keys("<enter>");
    assert!(seat.sees("还没有输入口令") && seat.tried.is_empty());
    seat.keys("ｘiaohe　caolu");
    assert!(seat.sees("************") && !seat.sees("xiaohe"));
    seat.keys("<enter>");
    assert_eq!(seat.state.end, Some(End::Opened));
}

#[test]
fn wrong_twice_says_what_else_to_try() {
    let mut seat = Seat::later();
    seat.keys("nonsense<enter>");
    assert!(!seat.sees("想一想大写小写") && seat.sees("内容被改动过"), "the door's own words");
    assert!(!seat.sees("*"), "begun anew");
    seat.keys("nonsense<enter>");
    assert!(seat.sees("想一想大写小写"), "{}", seat.screen());
    seat.keys("xiaohe caolu<enter>");
    assert_eq!((seat.state.end, seat.tried.len()), (Some(End::Opened), 3));
    let mut seat = Seat::first();
    seat.keys(&format!("<paste:{SPARE}>"));
    assert!(seat.sees("已经输满 16 个"));
    seat.keys("<enter><enter>");
    assert!(seat.sees("请把纸条拿给秘书看一看") && seat.sees("7F3K - X22Q"), "what was typed stays");
}

#[test]
fn forgotten_leads_to_the_spare_code_and_a_new_passphrase() {
    for slip_again in [false, true] {
        let mut seat = Seat::later();
        seat.slip_again = slip_again;
        seat.keys("<tab><tab>");
        assert!(seat.sees("按 Enter 键，就是：忘了口令"), "{}", seat.screen());
        seat.keys("<enter>");
        assert!(seat.sees("请输入备用码") && seat.sees("第 1 步，共 3 步"));
        seat.keys(&format!("<paste:{SPARE_CODE}><enter>"));
        if slip_again {
            assert!(seat.sees("请输入开包条"));
            seat.keys(&format!("{SLIP}<enter>"));
        } else {
            assert!(seat.sees("备用码对了"));
        }
        seat.keys("xin de kouling<enter>xin de kouling<enter><enter>22468BYG5<enter>");
        assert_eq!(seat.state.end, Some(End::Opened));
        assert_eq!(seat.passphrase, "xin de kouling");
    }
}

#[test]
fn signs_that_do_not_occur_are_said_and_not_taken() {
    let mut seat = Seat::first();
    for (typed, said) in
        [("O", "O 没有收：纸上没有 0、1 和 O、I"), ("０", "0 没有收"), ("#", "# 没有收"), ("评", "现在是中文输入法")]
    {
        seat.keys(typed);
        assert!(seat.sees(said) && seat.sees("____ - ____"), "{typed}: {}", seat.screen());
    }
    seat.keys("7");
    assert!(!seat.sees("没有收"), "what was said goes with the next sign");
}

#[test]
fn a_chinese_input_method_is_noticed_in_a_passphrase() {
    for typed in ["口", "、", "“", "<paste:口令>"] {
        let mut seat = Seat::later();
        seat.keys(typed);
        assert!(seat.sees("请按一下 Shift 键切到英文") && !seat.sees("*"), "{typed}");
    }
}

#[test]
fn a_new_passphrase_is_long_enough_and_the_same_twice() {
    let mut seat = Seat::new(Lang::Zh, (80, 24), Need::Choose);
    seat.keys("short<enter>");
    assert!(seat.sees("太短：至少 8 个字符，现在是 5 个"));
    seat.keys("er one<enter>shorter two<enter>");
    assert!(seat.sees("两次输入的不一样") && !seat.sees("*") && seat.state.page.focus == 0);
    seat.keys("<f2>shorter one<down>shorter two<enter>");
    assert!(seat.sees("改成一样的") && seat.sees("shorter one"), "{}", seat.screen());
    seat.keys("<bs><bs><bs>one<enter>");
    assert_eq!(seat.tried, [Try::Choose]);
    let mut seat = Seat::new(Lang::Zh, (80, 24), Need::Choose);
    seat.keys("12345678<enter>12345678<enter>");
    assert!(seat.sees("内容被改动过") && seat.state.page.focus == 0 && !seat.sees("*"));
}

#[test]
fn the_passphrase_is_shown_by_key_and_by_button() {
    for show in ["<f2>", "<tab><enter>", "<down><enter>", "<up><up><enter>"] {
        let mut seat = Seat::later();
        seat.keys(&format!("abc{show}"));
        assert!(seat.sees("abc") && seat.sees("不显示口令"), "{show}");
        seat.keys("d?");
        assert!(seat.sees("abcd?"), "typing goes on where it was: {}", seat.screen());
        seat.keys("<f2>");
        assert!(seat.sees("*****") && !seat.sees("abcd?"));
    }
}

#[test]
fn it_is_left_at_any_time_and_the_help_is_one_key_away() {
    for key in ["<esc>", "<quit>"] {
        for mut seat in [Seat::first(), Seat::later()] {
            seat.keys(&format!("ab{key}"));
            assert_eq!(seat.state.end, Some(End::Left));
        }
    }
    let mut seat = Seat::first();
    seat.send(Input::Terminate);
    assert_eq!(seat.state.end, Some(End::Left));
    for (mut seat, key) in [(Seat::first(), "？"), (Seat::first(), "<f1>"), (Seat::later(), "<f1>")] {
        seat.keys(key);
        assert!(seat.sees("怎样打开评审包"), "{key}");
        seat.keys("<esc>");
        assert!(!seat.sees("怎样打开评审包") && seat.state.end.is_none());
    }
}

#[test]
fn while_it_is_tried_the_page_says_so_and_takes_nothing() {
    let mut seat = Seat::later();
    seat.keys("abc");
    let effect = update(&mut seat.state, Message::Input(Input::Key(Key::Enter)));
    assert!(matches!(effect, Some(Effect::Try(Try::Passphrase, _))));
    assert!(seat.sees("正在核对，请稍等"));
    assert_eq!(update(&mut seat.state, Message::Input(Input::Key(Key::Enter))), None);
    assert!(!format!("{effect:?} {:?}", seat.state).contains("abc"), "nothing typed is ever written out");
}

#[test]
fn the_caret_stands_where_one_types() {
    let mut seat = Seat::first();
    seat.keys("7F3K2");
    let mut terminal = seat.painted();
    let at = terminal.get_cursor_position().unwrap();
    let row = seat.screen().lines().nth(usize::from(at.y)).unwrap().to_owned();
    let before = row.split("7F3K - 2").next().unwrap();
    assert_eq!(usize::from(at.x), crate::base::text::width(before) + "7F3K - 2".len(), "{row}");
}

/// A page: name, what the door needs, keys.
const PAGES: [(&str, Need, &str); 19] = [
    ("slip", Need::Slip, ""),
    ("slip_half", Need::Slip, "7f3k22qd"),
    ("slip_full", Need::Slip, "<paste:7F3K-22QD-W9HT-R4EN>"),
    ("slip_look_alike", Need::Slip, "7f3kO"),
    ("slip_chinese", Need::Slip, "7f评"),
    ("slip_wrong", Need::Slip, "<paste:7F3K-22QD-W9HT-R4EP><enter>"),
    ("passphrase", Need::Passphrase, ""),
    ("passphrase_half", Need::Passphrase, "xiaohe"),
    ("passphrase_shown", Need::Passphrase, "xiaohe<f2>"),
    ("passphrase_button", Need::Passphrase, "xiaohe<tab><tab>"),
    ("passphrase_chinese", Need::Passphrase, "小"),
    ("passphrase_wrong", Need::Passphrase, "xiaohe<enter>xiaohe<enter>"),
    ("choose", Need::Choose, ""),
    ("choose_half", Need::Choose, "wo de mima<enter>wo"),
    ("choose_differ", Need::Choose, "wo de mima<enter>wo de mime<enter>"),
    ("copy", Need::Choose, "wo de mima<enter>wo de mima<enter>"),
    ("verify", Need::Choose, "wo de mima<enter>wo de mima<enter><enter>2247"),
    ("spare", Need::Passphrase, "<tab><tab><enter>7f3kx22q"),
    ("help", Need::Slip, "?"),
];

#[test]
fn looks_right_at_several_sizes_in_both_languages() {
    for (name, lang) in [("zh", Lang::Zh), ("en", Lang::En)] {
        for size in [(80, 24), (100, 30), (160, 45)] {
            for (page, need, keys) in PAGES {
                let mut seat = Seat::new(lang, size, need);
                seat.keys(keys);
                let screen = seat.screen();
                for line in screen.lines() {
                    assert!(crate::base::text::width(line) <= usize::from(size.0), "{line}");
                    assert!(
                        line.chars().all(|c| c.is_ascii() || crate::base::text::width(&c.to_string()) == 2),
                        "{line}"
                    );
                }
                insta::assert_snapshot!(format!("{page}_{name}_{}x{}", size.0, size.1), screen);
            }
        }
    }
}

#[test]
fn the_question_its_box_and_what_is_next_are_there_at_the_least_size() {
    for lang in [Lang::Zh, Lang::En] {
        for (page, need, keys) in PAGES {
            let mut seat = Seat::new(lang, (60, 18), need);
            seat.keys(keys);
            let screen = seat.screen();
            assert!(page == "help" || screen.contains("   > "), "{page}: {screen}");
            let said = seat.state.notice.as_ref().and_then(|notice| notice.text.lines().last());
            let last = said.map(|said| crate::base::text::wrap(said, 54)).and_then(|mut lines| lines.pop());
            assert!(last.is_none_or(|last| screen.contains(&last)), "{page}: {screen}");
            assert!(page != "copy" || screen.contains("7F3KX - 22QDM - 9WHTR - 4ENPA - UJ6VC - 8BYG5"), "{screen}");
        }
    }
}

#[test]
fn no_size_panics_on_any_page() {
    for (_, need, keys) in PAGES {
        let mut seat = Seat::first();
        seat.state = State::new(Standing { need, steps: (1, 3) }, "E03.bundle", &options(Lang::Zh));
        seat.keys(keys);
        for height in (0..=45).step_by(3) {
            for width in (0..=130).step_by(5) {
                seat.state.size = (width, height);
                seat.screen();
            }
        }
    }
}
