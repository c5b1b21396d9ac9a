//! How the screen looks.

use ratatui::style::{Color, Modifier};

use super::super::strip::{Scale, strip};
use super::*;
use crate::base::text::width;
use crate::base::{CriterionId, PacketCode, Points};
use crate::domain::rubric::QuotaKind;
use crate::domain::standing::Flag;

const SIZES: [(u16, u16); 3] = [(80, 24), (100, 30), (160, 45)];

#[test]
fn the_table() {
    for lang in [Lang::Zh, Lang::En] {
        for (cells, rows) in SIZES {
            let mut state = state(lang);
            insta::assert_snapshot!(format!("table_{lang:?}_{cells}x{rows}"), seen(&mut state, cells, rows));
        }
    }
}

#[test]
fn the_end_of_the_table_and_the_line() {
    let mut state = state(Lang::Zh);
    press(&mut state, &[Key::End]);
    insta::assert_snapshot!("table_end", seen(&mut state, 80, 24));
    press(&mut state, &[Key::Char(' '), Key::Char('2')]);
    insta::assert_snapshot!("table_line", seen(&mut state, 80, 18));
}

#[test]
fn the_detail() {
    for lang in [Lang::Zh, Lang::En] {
        for (cells, rows) in SIZES {
            let mut state = state(lang);
            update(&mut state, &Message::Resize(cells, rows));
            press(&mut state, &[Key::Char(' '), Key::Char('2'), Key::Enter]);
            insta::assert_snapshot!(format!("detail_{lang:?}_{cells}x{rows}"), seen(&mut state, cells, rows));
        }
    }
}

#[test]
fn the_whole_detail_of_a_place_with_a_recusal() {
    let mut state = state(Lang::Zh);
    press(&mut state, &[Key::Down, Key::Enter]);
    insta::assert_snapshot!("detail_whole", seen(&mut state, 100, 150));
}

#[test]
fn the_menu_the_rule_and_the_help() {
    for lang in [Lang::Zh, Lang::En] {
        let mut state = state(lang);
        press(&mut state, &[Key::Char(' ')]);
        insta::assert_snapshot!(format!("menu_{lang:?}"), seen(&mut state, 80, 24));
        press(&mut state, &[Key::Char('3')]);
        insta::assert_snapshot!(format!("rule_{lang:?}"), seen(&mut state, 80, 30));
        press(&mut state, &[Key::Esc, Key::Char('?')]);
        insta::assert_snapshot!(format!("help_{lang:?}"), seen(&mut state, 80, 45));
    }
}

#[test]
fn what_places_rest_on() {
    for lang in [Lang::Zh, Lang::En] {
        let mut state = state(lang);
        press(&mut state, &[Key::Char(' '), Key::Char('5')]);
        insta::assert_snapshot!(format!("doubt_{lang:?}_80x24"), seen(&mut state, 80, 24));
        let text = seen(&mut state, 100, 75);
        insta::assert_snapshot!(format!("doubt_{lang:?}_100x75"), text);
        // How strict anybody is is not for the wall.
        assert!(!text.contains(lang.texts().weighing.strictness));
        press(&mut state, &[Key::Esc]);
        assert!(state.layers.is_empty());
    }
    let mut none = material();
    none.ranked.sheets.clear();
    let mut state = State::of(none, options(Lang::Zh, true));
    press(&mut state, &[Key::Char(' '), Key::Char('5')]);
    assert!(seen(&mut state, 80, 24).contains(Lang::Zh.texts().standing.doubt_none));
}

#[test]
fn by_code() {
    let mut state = state(Lang::Zh);
    press(&mut state, &[Key::Char(' '), Key::Char('4')]);
    insta::assert_snapshot!("by_code", seen(&mut state, 100, 30));
}

/// A standing with other things in it: a dimension below its least share, no
/// result, a report, nothing tied.
fn other(kind: QuotaKind, quota: Option<u32>) -> Material {
    let mut material = material();
    material.ranked.of.demo = false;
    let standing = &mut material.ranked.standing;
    standing.cut.kind = kind;
    standing.cut.quota = quota;
    standing.cut.tied_at_line.clear();
    standing.cut.seats_left = 1;
    for place in &mut standing.places {
        place.flags.retain(|flag| *flag != Flag::TiedAtLine);
        match place.code.as_str() {
            "A-04" => place.flags.push(Flag::BelowDimension(CriterionId::parse("C").unwrap())),
            "A-06" => place.flags.push(Flag::RedLine("R-leak".to_owned())),
            "A-08" => place.flags.push(Flag::Recognised(crate::base::ExpertCode::parse("E02").unwrap())),
            "A-13" => {
                (place.rank, place.score, place.tied) = (None, None, false);
                place.expert_totals.clear();
                place.valid_sheets = 0;
                place.votes = crate::domain::standing::Votes::default();
                place.flags = vec![Flag::TooFewSheets];
            }
            _ => {}
        }
    }
    let none = standing.places.iter().position(|place| place.score.is_none()).unwrap();
    let none = standing.places.remove(none);
    standing.places.push(none);
    let failed = PacketCode::parse("A-04").unwrap();
    standing.cut.above.retain(|code| *code != failed);
    if kind == QuotaKind::None {
        standing.cut.above.clear();
    }
    material
}

#[test]
fn those_that_do_not_pass_and_other_quotas() {
    for (kind, quota) in [(QuotaKind::Soft, Some(6)), (QuotaKind::Exact, Some(6)), (QuotaKind::None, None)] {
        let mut state = State::of(other(kind, quota), options(Lang::Zh, true));
        insta::assert_snapshot!(format!("quota_{kind:?}"), seen(&mut state, 120, 40));
    }
}

#[test]
fn a_strip_counts_what_is_in_a_cell() {
    let material = material();
    let scale = Scale::of(material.standing());
    for place in &material.standing().places {
        for cells in [1, 2, 10, 24, 64] {
            let drawn = strip(place, &scale, cells);
            assert_eq!(drawn.len(), cells);
            assert!(drawn.chars().any(|c| c != '.'), "{drawn}");
        }
        let wide = strip(place, &scale, 2000);
        assert_eq!(wide.matches('x').count() + wide.matches('*').count(), 2, "{}", place.code);
    }
    assert_eq!(scale.cell(Points::ZERO, 24), 0);
    assert_eq!(scale.cell(Points::from_units(i64::MAX), 24), 23);
}

#[test]
fn every_row_is_as_wide_as_the_screen_and_free_of_doubtful_signs() {
    for lang in [Lang::Zh, Lang::En] {
        for keys in [
            vec![],
            vec![Key::Char(' ')],
            vec![Key::Char(' '), Key::Char('3')],
            vec![Key::Char(' '), Key::Char('5')],
            vec![Key::Char('?')],
        ] {
            let mut state = state(lang);
            press(&mut state, &keys);
            for cells in [60, 80, 97, 120, 160] {
                let text = seen(&mut state, cells, 40);
                // Titles of documents are not our words.
                for line in text.lines().filter(|line| !line.contains('《')) {
                    assert!(width(line) <= usize::from(cells), "{line}");
                    for c in line.chars() {
                        let doubtful = width(&c.to_string()) == 1 && !c.is_ascii();
                        assert!(!doubtful, "{c} in {line}");
                    }
                }
            }
        }
    }
}

#[test]
fn figures_stand_under_each_other() {
    for (cells, rows) in SIZES {
        let mut state = state(Lang::Zh);
        let text = seen(&mut state, cells, rows);
        let lines: Vec<&str> =
            text.lines().filter(|line| line.contains("A-") && line.contains("..") && line.contains('o')).collect();
        assert!(lines.len() > 10, "{text}");
        let at: Vec<usize> = lines.iter().map(|line| width(line.split("A-").next().unwrap())).collect();
        assert!(at.iter().all(|column| *column == at[0]), "{text}");
    }
}

#[test]
fn nothing_panics_at_any_size() {
    let starts: Vec<Vec<Key>> = vec![
        vec![],
        vec![Key::End],
        vec![Key::Char(' ')],
        vec![Key::Enter],
        vec![Key::Enter, Key::End],
        vec![Key::Char('?')],
        vec![Key::Char(' '), Key::Char('4'), Key::End],
    ];
    let all = [(material(), starts.len()), (other(QuotaKind::Soft, Some(6)), 4), (empty(), 4)];
    for (material, most) in all {
        for keys in starts.iter().take(most) {
            let mut state = State::of(material.clone(), options(Lang::Zh, true));
            press(&mut state, keys);
            for cells in (0..=130).step_by(26).chain([60, 79, 80, 200]) {
                for rows in (0..=45).step_by(9).chain([17, 24, 60]) {
                    // Painted at a size that was not told, then told.
                    painted(&state, cells, rows);
                    update(&mut state, &Message::Resize(cells, rows));
                    press(&mut state, &[Key::PageDown]);
                    painted(&state, cells, rows);
                }
            }
        }
    }
}

/// Nothing at all in it.
fn empty() -> Material {
    let mut material = material();
    material.ranked.standing.places.clear();
    material.ranked.standing.cut.above.clear();
    material.ranked.standing.cut.tied_at_line.clear();
    material.ranked.sheets.clear();
    material
}

#[test]
fn an_empty_standing_opens_nothing() {
    let mut state = State::of(empty(), options(Lang::Zh, true));
    press(&mut state, &[Key::Enter]);
    assert!(seen(&mut state, 80, 24).contains("还没有一家"));
}

#[test]
fn long_codes_keep_the_table_in_line() {
    let mut material = material();
    for (at, place) in material.ranked.standing.places.iter_mut().enumerate() {
        place.code = PacketCode::parse(&format!("Z{}{at:02}", "9".repeat(29))).unwrap();
    }
    for cells in [60, 80, 120] {
        let mut state = State::of(material.clone(), options(Lang::En, true));
        let text = seen(&mut state, cells, 30);
        assert!(text.lines().all(|line| width(line) <= usize::from(cells)), "{text}");
        assert!(text.lines().filter(|line| line.contains("....") && line.contains("Z99")).count() > 10, "{text}");
    }
}

#[test]
fn without_colours_the_cursor_row_is_still_reversed() {
    for color in [false, true] {
        let mut state = State::of(material(), options(Lang::Zh, color));
        update(&mut state, &Message::Resize(80, 24));
        press(&mut state, &[Key::Down]);
        let buffer = painted(&state, 80, 24);
        // The cell behind a wide character is not painted.
        let behind = |x: u16, y: u16| x > 0 && width(buffer[(x - 1, y)].symbol()) > 1;
        let reversed = |y: u16| (0..80).all(|x| behind(x, y) || buffer[(x, y)].modifier.contains(Modifier::REVERSED));
        let rows: Vec<u16> = (0..24).filter(|y| reversed(*y)).collect();
        assert_eq!(rows, [6]);
        assert_eq!(buffer[(0, 6)].symbol(), ">");
        if !color {
            assert!(buffer.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
        }
    }
}

#[test]
fn experts_are_not_named_on_the_wall() {
    let mut material = other(QuotaKind::Hard, Some(6));
    material.ranked.standing.places[1].flags.push(Flag::Spreadsheet(crate::base::ExpertCode::parse("E01").unwrap()));
    let mut state = State::of(material, options(Lang::Zh, true));
    for (cells, rows) in SIZES {
        assert!(!seen(&mut state, cells, rows).contains("E0"));
    }
    press(&mut state, &[Key::Char(' '), Key::Char('3')]);
    assert!(!seen(&mut state, 160, 45).contains("E0"));
}

#[test]
fn sheets_that_do_not_count_are_counted_and_not_named() {
    use crate::domain::round::SheetState;
    let mut material = material();
    let expert = |code| crate::base::ExpertCode::parse(code).unwrap();
    material.ranked.outstanding = vec![(expert("E08"), None), (expert("E09"), Some(SheetState::Undecided))];
    material.experts = 9;
    let mut state = State::of(material, options(Lang::Zh, true));
    assert!(seen(&mut state, 80, 24).contains("9 位专家，计入 7 份"));
    press(&mut state, &[Key::Char(' '), Key::Char('3')]);
    let text = seen(&mut state, 80, 45);
    assert!(text.contains("1 位专家没有交") && text.contains("1 位专家只交了一部分") && !text.contains("E0"), "{text}");
}

#[test]
fn marks_dropped_one_by_one_stand_in_brackets() {
    use crate::domain::standing::Dropped;
    let mut material = material();
    let place = &mut material.ranked.standing.places[0];
    let expert = place.expert_totals.keys().next().unwrap().clone();
    place.dropped = Dropped::Marks([(CriterionId::parse("A1").unwrap(), vec![expert])].into());
    let mut state = State::of(material, options(Lang::Zh, true));
    let text = seen(&mut state, 100, 150);
    assert!(text.contains("这里不标"), "{text}");
    press(&mut state, &[Key::Enter]);
    let text = seen(&mut state, 100, 150);
    let row = text.lines().find(|line| line.starts_with("   A1  ")).unwrap();
    assert_eq!(row.matches('(').count(), 1, "{row}");
    assert!(!text.contains("(E0"));
}

#[test]
fn a_panel_too_large_for_the_screen_is_written_in_blocks() {
    let mut material = material();
    let sheets = material.ranked.sheets.clone();
    for (at, sheet) in sheets.iter().cycle().take(20).enumerate() {
        let mut sheet = sheet.clone();
        sheet.expert = crate::base::ExpertCode::parse(&format!("F{at:02}")).unwrap();
        material.ranked.sheets.push(sheet);
    }
    let mut state = State::of(material, options(Lang::Zh, true));
    press(&mut state, &[Key::Enter]);
    let text = seen(&mut state, 80, 400);
    assert_eq!(text.lines().filter(|line| line.starts_with("   A1  ")).count(), 4, "{text}");
    assert!(text.contains("F19"));
}
