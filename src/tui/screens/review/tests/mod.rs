//! The screen of leaks as the secretary sees it: what keys do, how it looks,
//! and what hostile text does to it. Decisions are answered as a worker would.

mod hostile;
mod keys;
mod looks;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::*;
use crate::base::clock::Zone;
use crate::base::{Lang, PacketCode, Problem};
use crate::domain::leak::{Decided, Decision, Leak, LeakKind, Level};
use crate::tui::paint::screen_text;
use crate::workflow::library;

const GOALS: &str = "三年内建成专利转化服务体系，每年推介成果不少于六十项，许可备案率达到百分之八十五。";

pub(super) fn item(number: u32, code: &str, kind: LeakKind, text: &str, level: Level) -> Item {
    Item {
        number,
        code: PacketCode::parse(code).unwrap(),
        leak: Leak {
            field: "plan.goals".to_owned(),
            offset: 40,
            kind,
            text: text.to_owned(),
            level,
            certain: level == Level::Block,
        },
        before: format!("{GOALS}\n近三年在区域推广中形成了可复制的"),
        after: "模式，被多家企业采用，合同金额逐年增长。\n下一步扩大到全部学院。".to_owned(),
        decision: None,
    }
}

/// Seven leaks of three packets.
pub(super) fn items() -> Vec<Item> {
    use LeakKind as K;
    let mut items = vec![
        item(1, "A-01", K::Abbreviation, "望舒农大", Level::Block),
        item(2, "A-01", K::Phone, "0410-5550123", Level::Warn),
        item(3, "A-03", K::Person, "孔磊教授", Level::Warn),
        item(4, "A-03", K::Abbreviation, "望舒农大", Level::Block),
        item(5, "A-03", K::PatentNo, "ZL 2021 1 0000000.X", Level::Warn),
        item(6, "A-07", K::Organisation, "海城果业技术中心", Level::Warn),
        item(7, "A-07", K::DocNo, "望农发〔2021〕7号", Level::Block),
    ];
    items[6].leak.field = "mgmt.rules[].doc_no[2]".to_owned();
    items[6].before = String::new();
    items[6].after = String::new();
    items
}

pub(super) fn options(lang: Lang, color: bool) -> Options {
    Options { lang, color, wide_signs: false, zone: Zone::utc() }
}

/// The screen with a worker behind it that saves, or whose disk is full.
pub(super) struct Desk {
    pub(super) state: State,
    pub(super) full: bool,
    pub(super) slow: bool,
    pub(super) kept: Vec<Decided>,
}

impl Desk {
    pub(super) fn of(items: Vec<Item>, lang: Lang, size: (u16, u16)) -> Self {
        let rubric = library::sound_template(&library::template_bytes("ln-pilot-selection").unwrap()).unwrap();
        let form = Some(library::form_of(&rubric).unwrap());
        let state = State::new(Material { title: rubric.title_zh.clone(), form, items }, options(lang, true));
        let mut desk = Self { state, full: false, slow: false, kept: Vec::new() };
        desk.send(Message::Resize(size.0, size.1));
        desk
    }

    pub(super) fn new() -> Self {
        Self::of(items(), Lang::Zh, (80, 24))
    }

    pub(super) fn send(&mut self, message: Message) {
        for effect in update(&mut self.state, message) {
            let Effect::Decide(decided) = effect else { panic!("{effect:?}") };
            assert!(!decided.is_empty());
            if self.full {
                self.answer(Err(Problem::DiskFull.into()));
            } else {
                self.kept.push(*decided);
                if !self.slow {
                    self.answer(Ok(()));
                }
            }
        }
    }

    pub(super) fn answer(&mut self, outcome: crate::base::Result<()>) {
        self.send(Message::Reply(Reply::Decided(outcome)));
    }

    pub(super) fn press(&mut self, keys: &[Key]) -> &mut Self {
        for key in keys {
            self.send(Message::Key(*key));
        }
        self
    }

    /// Types characters.
    pub(super) fn keys(&mut self, keys: &str) -> &mut Self {
        for c in keys.chars() {
            self.send(Message::Key(Key::Char(c)));
        }
        self
    }

    pub(super) fn painted(&self) -> Buffer {
        let (width, height) = self.state.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| paint::screen(frame, (width, height), |frame| view(&self.state, frame))).unwrap();
        terminal.backend().buffer().clone()
    }

    pub(super) fn screen(&self) -> String {
        screen_text(&self.painted())
    }

    pub(super) fn sees(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "{text}\n{screen}");
        self
    }

    pub(super) fn made(&self, number: u32) -> Option<(Decision, String)> {
        self.state.review.items().iter().find(|item| item.number == number).unwrap().decision.clone()
    }

    pub(super) fn at(&self) -> u32 {
        self.state.review.current().unwrap().number
    }
}
