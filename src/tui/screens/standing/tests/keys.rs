//! Keys: a start, what is pressed, what is seen.

use super::*;
use crate::domain::rubric::QuotaKind;

const SPACE: Key = Key::Char(' ');

/// The row under the cursor.
fn under_cursor(state: &mut State) -> String {
    let text = seen(state, 80, 24);
    text.lines().find(|line| line.starts_with('>')).unwrap_or_default().to_owned()
}

fn code(state: &State) -> String {
    state.place().unwrap().code.to_string()
}

#[test]
fn the_cursor_moves_over_places_and_never_rests_on_a_line() {
    let mut state = state(Lang::Zh);
    let mut met = Vec::new();
    for _ in 0..20 {
        let row = under_cursor(&mut state);
        assert!(row.contains(&code(&state)), "{row}");
        met.push(code(&state));
        press(&mut state, &[Key::Down]);
    }
    met.dedup();
    assert_eq!(met.len(), 16);
    for (keys, at) in [
        (vec![Key::Home], 0),
        (vec![Key::End], 15),
        (vec![Key::Home, Key::PageDown], 14),
        (vec![Key::End, Key::PageUp], 1),
        (vec![Key::Home, Key::Up], 0),
        (vec![Key::Home, Key::Char('j'), Key::Char('ｊ')], 2),
    ] {
        press(&mut state, &keys);
        assert_eq!(state.cursor, at, "{keys:?}");
        assert!(under_cursor(&mut state).contains(&code(&state)));
    }
}

#[test]
fn enter_opens_the_detail_and_escape_closes_it() {
    for back in [Key::Esc, Key::Char('q'), Key::Char('ｑ')] {
        let mut state = state(Lang::Zh);
        press(&mut state, &[Key::Down, Key::Enter]);
        let text = seen(&mut state, 80, 24);
        assert!(text.contains(&format!("{} 的详情", code(&state))), "{text}");
        press(&mut state, &[back]);
        assert!(!state.done);
        assert!(seen(&mut state, 80, 24).contains("名额线"));
    }
}

#[test]
fn a_page_scrolls_to_its_end_and_not_beyond() {
    let mut state = state(Lang::Zh);
    press(&mut state, &[Key::Enter, Key::End]);
    let end = seen(&mut state, 80, 24);
    assert!(end.contains("否决提议和认出单位"), "{end}");
    press(&mut state, &[Key::Down, Key::PageDown]);
    assert_eq!(seen(&mut state, 80, 24), end);
    press(&mut state, &[Key::Up]);
    assert_ne!(seen(&mut state, 80, 24), end);
    press(&mut state, &[Key::Home]);
    assert!(seen(&mut state, 80, 24).contains("得分怎么算出来"));
}

#[test]
fn the_menu_is_worked_by_digits_arrows_and_full_width_digits() {
    for (keys, expected) in [
        (vec![SPACE], "全部功能"),
        (vec![SPACE, Key::Char('1')], "的详情"),
        (vec![SPACE, Key::Char('１')], "的详情"),
        (vec![Key::Char('　'), Key::Enter], "的详情"),
        (vec![SPACE, Key::Char('3')], "四舍五入"),
        (vec![SPACE, Key::Down, Key::Down, Key::Enter], "四舍五入"),
        (vec![SPACE, Key::Char('4')], "按编号排"),
        (vec![SPACE, Key::Char('4'), SPACE, Key::Char('4')], "名额线："),
        (vec![SPACE, Key::Esc], "Enter"),
        (vec![SPACE, Key::Char('9')], "全部功能"),
        (vec![Key::Char('？')], "长条怎么看"),
        (vec![Key::F(1)], "长条怎么看"),
    ] {
        let mut state = state(Lang::Zh);
        press(&mut state, &keys);
        let text = seen(&mut state, 100, 60);
        assert!(text.contains(expected), "{keys:?}\n{text}");
        assert!(!state.done);
    }
}

#[test]
fn two_in_the_menu_goes_to_the_line() {
    let mut state = state(Lang::Zh);
    press(&mut state, &[Key::End, SPACE, Key::Char('2')]);
    let place = state.place().unwrap();
    assert!(state.material.is_at_line(&place.code));
    let mut none = material();
    none.ranked.standing.cut.kind = QuotaKind::None;
    none.ranked.standing.cut.quota = None;
    let mut state = State::of(none, options(Lang::Zh, true));
    press(&mut state, &[SPACE, Key::Char('2')]);
    assert!(seen(&mut state, 80, 24).contains("没有定名额"));
}

#[test]
fn it_is_left_from_the_table_alone_and_by_ctrl_c_from_anywhere() {
    for keys in [
        vec![Key::Char('q')],
        vec![Key::Esc],
        vec![SPACE, Key::Char('0')],
        vec![Key::Ctrl('c')],
        vec![Key::Enter, Key::Ctrl('c')],
        vec![SPACE, Key::Ctrl('c')],
        vec![Key::Char('?'), Key::Ctrl('c')],
    ] {
        let mut state = state(Lang::Zh);
        press(&mut state, &keys);
        assert!(state.done, "{keys:?}");
    }
}

#[test]
fn chinese_text_does_nothing_and_says_so() {
    for keys in [vec![Key::Char('评')], vec![Key::Enter, Key::Char('审')]] {
        let mut state = state(Lang::Zh);
        press(&mut state, &keys);
        assert!(seen(&mut state, 80, 24).contains("这里不输入文字"), "{keys:?}");
        press(&mut state, &[Key::Down]);
        assert!(!seen(&mut state, 80, 24).contains("这里不输入文字"));
    }
    let mut state = state(Lang::Zh);
    update(&mut state, &Message::Paste("评".to_owned()));
    assert!(seen(&mut state, 80, 24).contains("这里不输入文字"));
    press(&mut state, &[Key::Char('３')]);
    assert!(seen(&mut state, 80, 24).contains("先按空格"));
}

#[test]
fn the_cursor_stays_on_its_place_when_the_order_changes() {
    let mut state = state(Lang::Zh);
    press(&mut state, &[Key::Down, Key::Down]);
    let on = code(&state);
    press(&mut state, &[SPACE, Key::Char('4')]);
    assert_eq!(code(&state), on);
    press(&mut state, &[Key::Home]);
    assert_eq!(code(&state), "A-01");
}
