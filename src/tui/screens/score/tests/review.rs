//! Marks that wait to be confirmed after an amendment (待复核), as an expert
//! meets them.

use super::*;
use crate::domain::amendment::{Amendment, Change};
use crate::domain::desk::Touch;

/// Three packets; the first has every mark, D5 of it waits because of a
/// correction and B5 of all because of an erratum.
fn seat(lang: Lang, size: (u16, u16)) -> Seat {
    let mut seat = Seat::new(lang, size);
    let state = &mut seat.state;
    let codes = state.book.codes.clone();
    let criteria: Vec<_> = state.book.rubric.criteria().map(|c| (c.id.clone(), c.max)).collect();
    for (id, max) in &criteria {
        let act = Act::Mark { code: codes[0].clone(), criterion: id.clone(), points: Some(*max) };
        state.desk.apply(&act, &at());
    }
    let (b5, d5) = (CriterionId::parse("B5").unwrap(), CriterionId::parse("D5").unwrap());
    let half = Act::Mark { code: codes[1].clone(), criterion: b5.clone(), points: Some(Points::from_units(20_000)) };
    state.desk.apply(&half, &at());
    let touches = vec![
        Touch { amendment: 1, code: Some(codes[0].clone()), criteria: vec![d5] },
        Touch { amendment: 2, code: None, criteria: vec![b5.clone()] },
    ];
    state.desk.apply(&Act::Amended { number: 2, update: Digest::of(b""), touches }, &at());
    let erratum = Amendment {
        round: Digest::of(b""),
        number: 2,
        follows: None,
        change: Change::Erratum { criterion: b5, text: "“发布”以在省平台备案为准".to_owned() },
        reason: "x".to_owned(),
    };
    state.book.rubric = state.book.rubric.amended([&erratum]);
    let desk = state.desk.clone();
    let book = state.book.clone();
    let options = state.options.clone();
    seat.state = State::from_parts(book, desk, options);
    seat.send(Message::Resize(size.0, size.1));
    seat
}

#[test]
fn enter_or_the_same_mark_confirms_and_another_mark_does_too() {
    let mut seat = seat(Lang::Zh, (80, 24));
    assert_eq!(seat.here(), "B5", "the first that waits");
    assert!(seat.screen().contains("待复核（第 2 号更正）"), "{}", seat.screen());
    seat.keys("<enter>");
    assert!(matches!(seat.recorded.last(), Some(Act::Confirm { .. })));
    assert_eq!(seat.here(), "D5", "on to the next that waits");
    let mark = seat.mark("D5").unwrap();
    seat.keys(&mark);
    assert!(matches!(seat.recorded.last(), Some(Act::Confirm { .. })), "{:?}", seat.recorded.last());
    assert_eq!(seat.here(), "overall");
    let code = seat.state.code().unwrap().clone();
    assert_eq!(seat.state.desk.progress(&code, &seat.state.book.rubric), crate::domain::desk::Progress::Complete);
    seat.keys("<undo>");
    assert_eq!(seat.here(), "D5");
    assert!(seat.screen().contains("待复核（第 1 号更正）"), "{}", seat.screen());
    seat.keys("1<enter>");
    assert!(matches!(seat.recorded.last(), Some(Act::Mark { .. })), "{:?}", seat.recorded.last());
    assert_eq!(seat.state.desk.review(&code, &CriterionId::parse("D5").unwrap()), None);
}

#[test]
fn the_grid_confirms_by_enter_and_leaves_the_others() {
    let mut seat = seat(Lang::Zh, (80, 24));
    seat.keys(" 5<enter>");
    let confirmed: Vec<_> = seat.recorded.iter().filter(|act| matches!(act, Act::Confirm { .. })).collect();
    assert_eq!(confirmed.len(), 1, "{confirmed:?}");
    let b5 = CriterionId::parse("B5").unwrap();
    let waits: Vec<_> =
        seat.state.book.codes.iter().filter(|code| seat.state.desk.review(code, &b5).is_some()).collect();
    assert_eq!(waits.len(), 1);
}

#[test]
fn looks_right_while_marks_wait() {
    for (name, lang) in [("zh", Lang::Zh), ("en", Lang::En)] {
        for size in [(80, 24), (120, 40)] {
            for (page, keys) in [("mark", ""), ("grid", " 5"), ("list", " 2"), ("check", " 9"), ("overall", "v")] {
                let mut seat = seat(lang, size);
                seat.keys(keys);
                let screen = seat.screen();
                for line in screen.lines() {
                    assert!(crate::base::text::width(line) <= usize::from(size.0), "{line}");
                }
                insta::assert_snapshot!(format!("review_{page}_{name}_{}x{}", size.0, size.1), screen);
            }
        }
    }
}
