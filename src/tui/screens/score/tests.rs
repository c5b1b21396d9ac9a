//! The expert's screen: what keys do, and how it looks at several sizes in both
//! languages. `(start, keys, what is seen)`, without a store: acts are answered
//! as a worker would.

use std::sync::OnceLock;

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::{Book, State, update, view};
use crate::base::clock::Zone;
use crate::base::{Clock, CriterionId, Digest, ExpertCode, Lang, Points, Problem, Timestamp};
use crate::domain::desk::{Act, Desk};
use crate::domain::figures::Figures;
use crate::domain::packet::Packet;
use crate::tui::Options;
use crate::tui::keymap::Key;
use crate::tui::message::{Effect, Message, Reply};
use crate::tui::paint::screen_text;
use crate::workflow::{Sitting, demo, library};

/// The first packets of the demonstration, as an expert's bundle holds them.
fn packets() -> Vec<Packet> {
    static READ: OnceLock<Vec<Packet>> = OnceLock::new();
    let read = || {
        let folder = tempfile::tempdir().unwrap();
        let laid = demo::lay_out(&folder.path().join("demo"), None, &Clock::Fixed(at())).unwrap();
        let mut sitting = Sitting::open(&laid.bundle, None, false, Clock::Fixed(at())).unwrap();
        let codes = sitting.codes();
        codes.iter().take(3).map(|code| sitting.packet(code).unwrap()).collect()
    };
    READ.get_or_init(read).clone()
}

/// A screen on three packets with a worker that always saves.
struct Seat {
    state: State,
    packets: Vec<Packet>,
    full: bool,
    recorded: Vec<Act>,
}

fn at() -> Timestamp {
    Timestamp::from_stored("2026-05-20T02:42:07.000Z")
}

impl Seat {
    fn new(lang: Lang, size: (u16, u16)) -> Self {
        let packets = packets();
        let rubric = library::sound_template(&library::template_bytes("ln-pilot-selection").unwrap()).unwrap();
        let form = library::form_of(&rubric).unwrap();
        let book = Book {
            title: rubric.title_zh.clone(),
            form,
            figures: Figures::collect(form, &packets),
            codes: packets.iter().map(|p| p.code.clone()).collect(),
            rubric,
            expert: ExpertCode::parse("E03").unwrap(),
            demo: true,
            recused_before: 1,
            held_by: None,
        };
        let mut desk = Desk::default();
        let nothing = Digest::of(b"");
        desk.apply(
            &Act::Begin { round: nothing, expert: book.expert.clone(), manifest: nothing, template: nothing },
            &at(),
        );
        let options = Options { lang, color: false, wide_signs: false, zone: Zone::utc() };
        let state = State::from_parts(book, desk, options);
        let mut seat = Self { state, packets, full: false, recorded: Vec::new() };
        seat.send(Message::Resize(size.0, size.1));
        seat
    }

    fn send(&mut self, message: Message) {
        let mut effects: std::collections::VecDeque<Effect> = update(&mut self.state, message).into();
        while let Some(effect) = effects.pop_front() {
            let reply = match effect {
                Effect::Record(act) if self.full => Reply::Recorded(act, Err(Problem::DiskFull.into())),
                Effect::Record(act) => {
                    self.recorded.push(act.clone());
                    Reply::Recorded(act, Ok(at()))
                }
                Effect::Load(code) => {
                    let packet = self.packets.iter().find(|p| p.code == code).unwrap().clone();
                    Reply::Loaded(code, Ok(Box::new(packet)))
                }
                Effect::Decide(_) => panic!("an expert decides on no leaks"),
                Effect::HandIn(_) => Reply::HandedIn(Err(Problem::NothingComplete.into())),
            };
            effects.extend(update(&mut self.state, Message::Reply(reply)));
        }
    }

    /// Types keys: characters, and names in `<>`.
    fn keys(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let (key, after) = match rest.strip_prefix('<').and_then(|named| named.split_once('>')) {
                Some((name, after)) => (named(name), after),
                None => (Key::Char(c), &rest[c.len_utf8()..]),
            };
            self.send(Message::Key(key));
            rest = after;
        }
        self
    }

    fn screen(&self) -> String {
        let (width, height) = self.state.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| view(&self.state, frame)).unwrap();
        screen_text(terminal.backend().buffer())
    }

    fn mark(&self, criterion: &str) -> Option<String> {
        let code = self.state.code().unwrap();
        self.state.desk.mark(code, &CriterionId::parse(criterion).unwrap()).map(|mark| mark.to_string())
    }

    fn here(&self) -> String {
        self.state.criterion().map_or_else(|| "overall".to_owned(), |c| c.id.to_string())
    }
}

fn named(name: &str) -> Key {
    match name {
        "enter" => Key::Enter,
        "tab" => Key::Tab,
        "bs" => Key::Backspace,
        "esc" => Key::Esc,
        "up" => Key::Up,
        "down" => Key::Down,
        "left" => Key::Left,
        "right" => Key::Right,
        "pgdn" => Key::PageDown,
        "pgup" => Key::PageUp,
        "undo" => Key::Ctrl('z'),
        "redo" => Key::Ctrl('y'),
        other => panic!("no key {other}"),
    }
}

/// Maxima of the first criteria: A1 2, A2 3, A3 3.
#[test]
fn a_mark_that_can_only_mean_one_moves_on_and_what_follows_belongs_to_it() {
    for keys in
        ["2", "2<enter>", "2<tab>", "2.", "2.0", "2.0<enter>", "２", "2。0<enter>", "1.5", "1.5<enter>", "1．5<tab>"]
    {
        let mut seat = Seat::new(Lang::Zh, (80, 24));
        seat.keys(keys);
        assert_eq!(seat.here(), "A2", "{keys}: on A2 and nowhere else");
        assert!(seat.mark("A1").is_some(), "{keys}");
        assert_eq!(seat.mark("A2"), None, "{keys}: no blank was passed over or filled");
    }
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    seat.keys("2<enter><enter>");
    assert_eq!(seat.here(), "A2", "an Enter on a blank says so and stays");
    assert!(seat.screen().contains("本项还没有分"));
}

#[test]
fn out_of_range_is_refused_as_it_is_typed_with_the_reason() {
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    seat.keys("9");
    assert!(seat.screen().contains("9 超过满分 2"), "{}", seat.screen());
    seat.keys("1.3");
    assert!(seat.screen().contains("1.3 不合 0.5 分一格"));
    seat.keys("<enter>");
    assert_eq!(seat.mark("A1").as_deref(), Some("1"), "what stood there before the wrong digit counts");
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    seat.keys("2.5");
    assert!(seat.screen().contains("2.5 超过满分 2"), "{}", seat.screen());
    assert_eq!((seat.mark("A1").as_deref(), seat.mark("A2")), (Some("2"), None));
}

#[test]
fn blank_is_never_zero_and_zero_is_a_mark() {
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    assert!(seat.screen().contains("小计 -"));
    seat.keys("0<enter>");
    assert_eq!(seat.mark("A1").as_deref(), Some("0"));
    assert!(seat.screen().contains("小计 0.0"));
}

#[test]
fn backspace_goes_back_to_the_last_mark_then_clears_it() {
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    seat.keys("23");
    assert_eq!(seat.here(), "A3");
    assert!(seat.screen().contains("上一项 A2 3 优"));
    seat.keys("<bs>");
    assert_eq!(seat.here(), "A2");
    seat.keys("2<enter>");
    assert_eq!((seat.here().as_str(), seat.mark("A2").as_deref()), ("A3", Some("2")), "back to where the blank is");
    seat.keys("<bs><bs>");
    assert_eq!(seat.mark("A2"), None);
    seat.keys("<undo>");
    assert_eq!(seat.mark("A2").as_deref(), Some("2"));
}

#[test]
fn chinese_text_outside_a_field_does_nothing_and_says_so() {
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    seat.keys("评");
    assert!(seat.screen().contains("输入法是中文状态"));
    assert!(seat.recorded.is_empty());
    seat.keys("　");
    assert!(seat.screen().contains("全部功能"), "an ideographic blank is the Space key");
}

#[test]
fn what_is_not_saved_is_never_called_saved() {
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    seat.full = true;
    seat.keys("2");
    let screen = seat.screen();
    assert!(screen.contains("没有存上") && screen.contains("磁盘满了"), "{screen}");
    assert!(!screen.contains("已存本机"), "{screen}");
    assert_eq!((seat.here().as_str(), seat.mark("A1")), ("A1", None), "back at the mark that was not kept");
    seat.full = false;
    seat.keys("2");
    assert!(!seat.screen().contains("没有存上"));
    assert_eq!(seat.mark("A1").as_deref(), Some("2"));
}

#[test]
fn told_to_end_it_keeps_what_is_half_written() {
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    seat.keys("1");
    seat.send(Message::Terminate);
    assert!(seat.state.done && seat.mark("A1").as_deref() == Some("1"));
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    seat.keys(" 3写到一半");
    seat.send(Message::Terminate);
    assert!(matches!(seat.recorded.last(), Some(Act::Remark { text, .. }) if text == "写到一半"));
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    seat.keys(" 725还没想好");
    seat.send(Message::Terminate);
    assert!(seat.recorded.is_empty(), "a recusal not confirmed is none");
}

#[test]
fn arrows_step_on_the_grid_and_wait_for_enter() {
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    seat.keys("<left>");
    assert!(seat.screen().contains("[ 2    ]") && seat.recorded.is_empty());
    seat.keys("<left><enter>");
    assert_eq!(seat.mark("A1").as_deref(), Some("1.5"));
    seat.keys("<right><down>");
    assert_eq!(seat.mark("A2").as_deref(), Some("0.5"), "leaving keeps what was typed");
}

/// 28 criteria; a person who types the shortest that means each mark.
fn keys_for_a_packet(mark: impl Fn(Points) -> Points) -> (usize, Seat) {
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    let rubric = seat.state.book.rubric.clone();
    let mut count = 0;
    for criterion in rubric.criteria() {
        let before = seat.here();
        for c in mark(criterion.max).to_string().chars() {
            seat.keys(&c.to_string());
            count += 1;
        }
        if seat.here() == before {
            seat.keys("<enter>");
            count += 1;
        }
    }
    seat.keys("1");
    (count + 1, seat)
}

#[test]
fn a_packet_takes_at_most_ninety_keys() {
    let half = |max: Points| Points::from_units(max.units() - 5_000);
    let whole = |max: Points| Points::from_units((max.units() - 10_000).max(0));
    for (name, mark) in
        [("all on .5", &half as &dyn Fn(Points) -> Points), ("all whole", &whole), ("full marks", &|max| max)]
    {
        let (count, seat) = keys_for_a_packet(mark);
        assert!(count <= 90, "{name}: {count}");
        assert_eq!(seat.state.code().unwrap().as_str(), "A-02", "{name}: the next packet is up");
    }
}

#[test]
fn a_recognised_packet_is_hidden_until_it_is_taken_back() {
    for size in [(80, 24), (120, 40)] {
        let mut seat = Seat::new(Lang::Zh, size);
        seat.keys("3");
        let before = seat.screen();
        seat.keys(" 71装备和我校的一样<enter>");
        assert!(
            matches!(seat.recorded.last(), Some(Act::Recognise { note: Some(note), .. }) if note == "装备和我校的一样"),
            "{:?}",
            seat.recorded.last()
        );
        let hidden = seat.screen();
        assert!(hidden.contains("这份材料已对您隐藏") && hidden.contains("谁会知道"), "{hidden}");
        // Reading the whole packet shows no more of it, and no mark is taken.
        seat.keys("<tab>");
        assert!(seat.screen().contains("这份材料已对您隐藏"), "{}", seat.screen());
        seat.keys("<esc>");
        let marks = seat.recorded.len();
        seat.keys("2");
        assert_eq!(seat.recorded.len(), marks);
        assert!(seat.screen().contains("可能认出了申报单位"), "{}", seat.screen());
        seat.keys(" 71");
        assert!(matches!(seat.recorded.last(), Some(Act::Recognise { note: None, .. })));
        let after = seat.screen();
        assert!(!after.contains("已对您隐藏"), "{after}");
        assert_eq!(before.lines().nth(8), after.lines().nth(8));
    }
}

#[test]
fn everything_is_reached_by_digits() {
    for (keys, seen) in [
        (" 2", "换一份材料"),
        (" 3", "A-01 A1 的意见"),
        (" 4", "本份总评与推荐"),
        (" 5", "横着比：A1"),
        (" 6", "我的名次表"),
        (" 71", "您认为是哪家"),
        (" 725", "A-01 回避（近三年有合作项目、专利或论文）"),
        (" 73", "提出哪一条否决事项"),
        (" 8", "撤销与恢复"),
        (" 9", "交卷检查"),
    ] {
        let mut seat = Seat::new(Lang::Zh, (80, 24));
        seat.keys(keys);
        assert!(seat.screen().contains(seen), "{keys}: {}", seat.screen());
    }
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    seat.keys(" 0");
    assert!(seat.state.done);
}

#[test]
fn remarks_recusals_and_red_lines_are_acts_with_their_words() {
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    seat.keys("2<bs> 3写得具体<enter>");
    assert_eq!(seat.state.desk.remark(seat.state.code().unwrap(), &CriterionId::parse("A1").unwrap()), "写得具体");
    seat.keys(" 725共同申请过专利<enter>");
    assert!(
        matches!(seat.recorded.last(), Some(Act::Recuse { recusal: Some((_, note)), .. }) if note == "共同申请过专利")
    );
    seat.keys("1");
    assert!(seat.screen().contains("已申请回避，不打分"));
    seat.keys(" 72");
    assert!(matches!(seat.recorded.last(), Some(Act::Recuse { recusal: None, .. })));
    seat.keys(" 731方案第二页写了单位简称<enter>");
    assert!(matches!(seat.recorded.last(), Some(Act::RedLine { id, .. }) if id == "R-elig"));
}

#[test]
fn the_grid_edits_in_place_and_the_packet_can_be_searched() {
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    seat.keys(" 51.5<down>1<enter>");
    let marks: Vec<_> = seat.recorded.iter().filter(|act| matches!(act, Act::Mark { .. })).collect();
    assert_eq!(marks.len(), 2, "{marks:?}");
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    seat.keys("<tab>1经费<enter>");
    assert!(seat.screen().contains("经费"));
    seat.keys("<tab>");
    assert_eq!(seat.here(), "A1");
}

#[test]
fn undo_and_redo_are_on_the_menu() {
    let mut seat = Seat::new(Lang::Zh, (80, 24));
    seat.keys("2 81");
    assert_eq!(seat.mark("A1"), None);
    seat.keys(" 82");
    assert_eq!(seat.mark("A1").as_deref(), Some("2"));
}

#[test]
fn looks_right_at_several_sizes_in_both_languages() {
    for (name, lang) in [("zh", Lang::Zh), ("en", Lang::En)] {
        for size in [(80, 24), (100, 30), (160, 45)] {
            for (page, keys) in [
                ("mark", "23"),
                ("menu", "23 "),
                ("read", "<tab>"),
                ("grid", "23 5"),
                ("mine", " 6"),
                ("check", "23 9"),
                ("overall", "23 4"),
                ("remark", "2<bs> 3"),
                ("figures", "<down><down><down><down><down><down><down><down><down><down><down>"),
                ("help", "?"),
            ] {
                let mut seat = Seat::new(lang, size);
                seat.keys(keys);
                let screen = seat.screen();
                for line in screen.lines() {
                    assert!(crate::base::text::width(line) <= usize::from(size.0), "{line}");
                }
                insta::assert_snapshot!(format!("{page}_{name}_{}x{}", size.0, size.1), screen);
            }
        }
    }
}

#[test]
fn no_size_panics_on_any_page() {
    for keys in ["", "23", " ", " 2", " 3", "<tab>", " 5", " 6", " 9", "?", ":", "<tab>1"] {
        let mut seat = Seat::new(Lang::Zh, (80, 24));
        seat.keys(keys);
        for height in (0..=45).step_by(3) {
            for width in (0..=130).step_by(5) {
                seat.state.size = (width, height);
                seat.screen();
            }
        }
    }
}

#[test]
fn the_foot_says_what_came_of_the_copy_on_the_stick_and_no_mark_fails_with_it() {
    for (lang, done, failed) in [
        (Lang::Zh, "优盘副本 02:42:07", "优盘上的副本没写上：优盘满了；本机的在"),
        (
            Lang::En,
            "copy on the stick 02:42:07",
            "The copy on the stick was not written: the stick is full; the draft on this machine is safe",
        ),
    ] {
        let mut seat = Seat::new(lang, (100, 30));
        assert!(!seat.screen().contains("优盘") && !seat.screen().contains("stick"));
        seat.send(Message::Reply(Reply::Copied(Ok(at()))));
        assert!(seat.screen().contains(done), "{}", seat.screen());
        seat.send(Message::Reply(Reply::Copied(Err(Problem::DiskFull.into()))));
        assert!(seat.screen().contains(failed), "{}", seat.screen());
        seat.keys("2");
        assert!(seat.mark("A1").is_some());
        assert!(seat.screen().contains(failed), "it stays until there is a copy: {}", seat.screen());
        seat.send(Message::Reply(Reply::Copied(Ok(at()))));
        assert!(!seat.screen().contains(failed) && seat.screen().contains(done), "{}", seat.screen());
    }
}

mod review;
