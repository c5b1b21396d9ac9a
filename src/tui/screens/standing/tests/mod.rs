//! The screen as people see it, from the demonstration's round.

mod keys;
mod looks;

use std::sync::OnceLock;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::*;
use crate::base::clock::Zone;
use crate::base::{Clock, Lang, Timestamp};
use crate::tui::paint::screen_text;
use crate::workflow::demo;

/// The demonstration's standing; its receipt is made anew each time, so it is
/// put in place.
pub(super) fn material() -> Material {
    static MADE: OnceLock<Material> = OnceLock::new();
    MADE.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let clock = Clock::Fixed(Timestamp::from_stored("2026-11-21T02:42:07.000Z"));
        let laid = demo::lay_out(&dir.path().join("demo"), None, &clock).unwrap();
        let round = Round::open(&laid.meeting_dir, false, clock).unwrap();
        let mut made = Material::of(&round).unwrap();
        "7F3K-22QD".clone_into(&mut made.receipt);
        made
    })
    .clone()
}

pub(super) fn options(lang: Lang, color: bool) -> Options {
    Options { lang, color, wide_signs: false, zone: Zone::utc() }
}

pub(super) fn state(lang: Lang) -> State {
    State::of(material(), options(lang, true))
}

pub(super) fn painted(state: &State, width: u16, height: u16) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| view(state, frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// The screen at a size, as text.
pub(super) fn seen(state: &mut State, width: u16, height: u16) -> String {
    update(state, &Message::Resize(width, height));
    screen_text(&painted(state, width, height))
}

pub(super) fn press(state: &mut State, keys: &[Key]) {
    for key in keys {
        update(state, &Message::Key(*key));
    }
}
