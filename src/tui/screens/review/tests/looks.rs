//! How the screen looks.

use ratatui::style::{Color, Modifier};

use super::*;
use crate::base::text::width;

const SIZES: [(u16, u16); 3] = [(80, 24), (100, 30), (160, 45)];

/// Every page in both languages at every size.
fn everywhere(name: &str, keys: &[Key]) {
    for lang in [Lang::Zh, Lang::En] {
        for size in SIZES {
            let mut desk = Desk::of(items(), lang, size);
            desk.press(keys);
            insta::assert_snapshot!(format!("{name}_{lang:?}_{}x{}", size.0, size.1), desk.screen());
        }
    }
}

#[test]
fn a_hit() {
    everywhere("hit", &[]);
}

#[test]
fn the_next_one_after_a_decision() {
    everywhere("decided", &[Key::Char('1')]);
}

#[test]
fn the_reasons_of_a_release() {
    everywhere("reasons", &[Key::Char('2')]);
}

#[test]
fn an_alias_being_typed() {
    everywhere("alias", &[Key::Char('4')]);
}

#[test]
fn how_far_it_is() {
    everywhere("progress", &[Key::Char('1'), Key::Tab]);
}

#[test]
fn the_menu_and_the_help() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::of(items(), lang, (80, 24));
        desk.keys(" ");
        insta::assert_snapshot!(format!("menu_{lang:?}"), desk.screen());
        desk.keys("9");
        insta::assert_snapshot!(format!("help_{lang:?}"), desk.screen());
    }
}

#[test]
fn all_decided_and_nothing_found() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::of(items(), lang, (80, 24));
        desk.keys("3123111");
        insta::assert_snapshot!(format!("end_{lang:?}"), desk.screen());
        let desk = Desk::of(Vec::new(), lang, (80, 24));
        insta::assert_snapshot!(format!("nothing_{lang:?}"), desk.screen());
    }
}

#[test]
fn every_row_is_as_wide_as_the_screen_and_free_of_doubtful_signs() {
    let starts: [&[Key]; 6] =
        [&[], &[Key::Char(' ')], &[Key::Char('2')], &[Key::Char('4')], &[Key::Tab], &[Key::Char('?')]];
    for lang in [Lang::Zh, Lang::En] {
        for keys in starts {
            for cells in [60, 80, 97, 120, 160] {
                let mut desk = Desk::of(items(), lang, (cells, 40));
                desk.press(keys);
                for line in desk.screen().lines() {
                    assert!(width(line) <= usize::from(cells), "{line}");
                    for c in line.chars().filter(|c| !"“”…".contains(*c)) {
                        assert!(c.is_ascii() || width(&c.to_string()) == 2, "{c} in {line}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_hit_is_reversed_in_colour_and_without() {
    for color in [true, false] {
        let mut desk = Desk::new();
        desk.state.options.color = color;
        let buffer = desk.painted();
        let row = |y: u16| (0..80).map(|x| buffer[(x, y)].symbol().to_owned()).collect::<String>();
        let y = (6..14).find(|y| row(*y).contains('「')).unwrap();
        let marked: String = (0..80)
            .filter(|x| buffer[(*x, y)].modifier.contains(Modifier::REVERSED))
            .map(|x| buffer[(x, y)].symbol().trim().to_owned())
            .collect();
        assert_eq!(marked, "「望舒农大」");
        if !color {
            assert!(buffer.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
        }
    }
}

#[test]
fn a_kind_has_words_of_its_own_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        let mut seen = std::collections::BTreeSet::new();
        for kind in LeakKind::ALL {
            let (name, why) = words::kind(&lang.texts().reviewing, *kind);
            assert!(seen.insert(name) && seen.insert(why), "{name} {why}");
        }
    }
}

#[test]
fn a_field_is_called_what_the_form_calls_it() {
    let desk = Desk::new();
    let name = |id: &str| words::field(desk.state.t, desk.state.form, id);
    assert!(name("plan.goals").contains("目标"));
    assert!(name("mgmt.rules[].title[2]").ends_with(" 第 3 行"), "{}", name("mgmt.rules[].title[2]"));
    assert_eq!(name("no.such"), "no.such");
    assert_eq!(name("no.such[x]"), "no.such 第 x 行");
}
