//! Keys: a start, what is pressed, what is seen and what is kept.

use super::*;

const SPACE: Key = Key::Char(' ');

fn mask() -> Option<(Decision, String)> {
    Some((Decision::Mask, String::new()))
}

#[test]
fn each_digit_decides_and_the_next_open_hit_comes_up() {
    let mut desk = Desk::new();
    assert_eq!(desk.at(), 1);
    desk.keys("1").sees("已存：A-01 单位简称或英文名，已遮去").sees("第 2/7 处");
    assert_eq!((desk.made(1), desk.made(4)), (mask(), None), "in its own place only");
    desk.keys("2").sees("为什么").keys("3").sees("已存：A-01 电话，已放行：单凭它认不出单位");
    assert_eq!(desk.made(2).unwrap().0, Decision::Release);
    assert_eq!(desk.at(), 3);
    let numbers: Vec<Vec<u32>> =
        desk.kept.iter().map(|kept| kept.changes.iter().map(|change| change.number).collect()).collect();
    assert_eq!(numbers, [[1], [2]]);
    assert_eq!(desk.kept[1].changes[0].now.as_ref().unwrap().1, "单凭它认不出单位");
}

#[test]
fn mask_everywhere_is_kept_as_one_and_undone_as_one() {
    let mut desk = Desk::new();
    desk.sees("都遮去（另有 1 处）").keys("3").sees("连同另外 1 处");
    assert_eq!((desk.made(1), desk.made(4)), (Some((Decision::MaskEverywhere, String::new())), desk.made(1)));
    desk.press(&[Key::Backspace]).sees("已撤销并存好：2 处回到原来").sees("第 1/7 处");
    assert_eq!((desk.made(1), desk.made(4)), (None, None));
    assert_eq!(desk.kept.len(), 2);
    assert!(desk.kept[1].changes.iter().all(|change| change.now.is_none() && change.before.is_some()));
    desk.press(&[Key::Backspace]).sees("没有可以撤销的");
    for undo in [Key::Char('u'), Key::Ctrl('z'), Key::Char('ｕ')] {
        desk.keys("1");
        assert_eq!(desk.made(1), mask());
        desk.press(&[undo]);
        assert_eq!(desk.made(1), None, "{undo:?}");
    }
}

#[test]
fn a_release_wants_a_reason() {
    let mut desk = Desk::new();
    // The menu's way out, by every key that leads there.
    for back in [vec![Key::Char('0')], vec![Key::Esc], vec![SPACE], vec![Key::Backspace], vec![Key::Up, Key::Enter]] {
        desk.keys("2").press(&back);
        assert!(desk.state.layers.is_empty(), "{back:?}");
        assert_eq!(desk.made(1), None);
    }
    desk.keys("25").sees("为什么放行 “望舒农大”").press(&[Key::Enter]).sees("放行要写理由");
    desk.keys("   ").press(&[Key::Enter]).sees("放行要写理由");
    assert!(desk.kept.is_empty());
    desk.keys("该词 q1 在本省另有三处地名").press(&[Key::Enter]).sees("已放行：该词 q1 在本省另有三处地名");
    assert_eq!(desk.made(1).unwrap(), (Decision::Release, "该词 q1 在本省另有三处地名".to_owned()));
    // A line without text is left by Backspace.
    desk.keys("25x").press(&[Key::Backspace, Key::Backspace]);
    assert_eq!((desk.state.context(), desk.kept.len()), (Context::Review, 1));
    desk.keys("25x").press(&[Key::Tab]);
    assert_eq!((desk.state.context(), desk.kept.len()), (Context::Review, 1));
    desk.keys("25");
    desk.send(Message::Paste("粘贴的\n理由".to_owned()));
    desk.press(&[Key::Enter]);
    assert_eq!(desk.made(2).unwrap().1, "粘贴的 理由");
}

#[test]
fn what_the_register_knows_is_released_with_a_warning() {
    let mut desk = Desk::new();
    desk.keys("2").sees("放行以后专家会看到").keys("01").sees("第 2/7 处").keys("2");
    assert!(!desk.screen().contains("放行以后专家会看到"));
}

#[test]
fn an_alias_can_be_shortened_and_goes_to_the_applicant_of_its_packet() {
    let mut desk = Desk::new();
    desk.keys("4").sees("记为 A-01 的简称").sees("望舒农大");
    desk.press(&[Key::Backspace, Key::Backspace, Key::Backspace, Key::Enter]).sees("简称至少两个字");
    desk.keys("舒农x").press(&[Key::Enter]).sees("简称至少两个字");
    assert!(desk.kept.is_empty());
    desk.press(&[Key::Backspace, Key::Enter]).sees("已记为简称：望舒农");
    assert_eq!(desk.made(1), Some((Decision::Alias, "望舒农".to_owned())));
    assert_eq!(desk.made(4), mask(), "in another's packet it is masked");
    assert_eq!(desk.kept[0].aliases_added, [(PacketCode::parse("A-01").unwrap(), "望舒农".to_owned())]);
    desk.press(&[Key::Backspace]);
    assert_eq!(desk.kept[1].aliases_removed, desk.kept[0].aliases_added);
    // A telephone is no name.
    desk.press(&[Key::Down]).keys("4").sees("不能记为单位简称");
    assert_eq!(desk.state.context(), Context::Review);
}

#[test]
fn a_decision_is_changed_or_taken_back_at_its_place() {
    let mut desk = Desk::new();
    desk.keys("5").sees("这一处还没有处理");
    desk.keys("3").press(&[Key::Up]).sees("> 3  全部遮去").sees("这一处：已在全部材料里遮去");
    desk.keys("21").sees("通用词");
    assert_eq!((desk.made(1).unwrap().0, desk.made(4)), (Decision::Release, mask()));
    desk.press(&[Key::Up, Key::Left]).keys("5").sees("还没有处理");
    assert_eq!((desk.made(1), desk.made(4)), (None, mask()));
    desk.press(&[Key::Home]);
    desk.keys("1").press(&[Key::Left]).keys("1").sees("本来就是这样处理的");
    assert_eq!(desk.kept.len(), 4);
}

#[test]
fn what_is_not_kept_is_not_shown_as_decided() {
    let mut desk = Desk::new();
    desk.full = true;
    desk.keys("1").sees("没有存上，这一处没有算处理").sees("第 1/7 处").sees("待处理：阻止 3，提醒 4");
    assert_eq!(desk.made(1), None);
    for keys in ["3", "21", "4\n"] {
        desk.press(&keys.chars().map(|c| if c == '\n' { Key::Enter } else { Key::Char(c) }).collect::<Vec<_>>());
        desk.sees("没有存上");
        assert_eq!((desk.state.review.undecided(), desk.at()), (7, 1), "{keys}");
    }
    desk.full = false;
    desk.keys("1").sees("已存");
    desk.full = true;
    desk.press(&[Key::Backspace]).sees("没有存上");
    assert_eq!(desk.made(1), mask(), "an undo that is not kept is none");
    desk.full = false;
    desk.press(&[Key::Backspace]);
    assert_eq!(desk.made(1), None);
}

#[test]
fn nothing_is_decided_while_the_last_one_is_being_kept() {
    let mut desk = Desk::new();
    desk.slow = true;
    desk.keys("1").sees("正在存").sees("第 1/7 处");
    desk.keys("1").sees("刚才的键没有起作用");
    assert_eq!((desk.kept.len(), desk.state.is_waiting()), (1, true));
    desk.answer(Ok(()));
    desk.sees("已存").sees("第 2/7 处");
    assert_eq!(desk.state.review.undecided(), 6);
    // Left only once it is known what came of it.
    desk.keys("10");
    assert!(!desk.state.done);
    desk.answer(Err(Problem::DiskFull.into()));
    assert!(!desk.state.done);
    desk.sees("没有存上").keys("10");
    desk.answer(Ok(()));
    assert!(desk.state.done);
    let mut desk = Desk::new();
    desk.slow = true;
    desk.keys("1").press(&[Key::Ctrl('c'), Key::Ctrl('c')]);
    assert!(desk.state.done, "told twice, at once");
    let kept = desk.state.into_review();
    assert_eq!(kept.undecided(), 7, "what is not known to be kept is not among the decisions");
}

#[test]
fn the_list_is_walked_by_arrows_and_enter() {
    let mut desk = Desk::new();
    desk.press(&[Key::Left]).sees("已经是第一处");
    desk.press(&[Key::Down, Key::Right, Key::Char('j')]);
    assert_eq!(desk.at(), 4);
    desk.press(&[Key::Up, Key::Left, Key::Char('k')]);
    assert_eq!(desk.at(), 1);
    desk.keys("1").press(&[Key::Up, Key::Enter]);
    assert_eq!(desk.at(), 2, "Enter passes over what is decided");
    desk.press(&[Key::Enter; 6]);
    assert_eq!(desk.at(), 2, "and begins anew");
    desk.press(&[Key::Down; 6]).sees("各份材料");
    assert_eq!(desk.state.context(), Context::Progress);
}

#[test]
fn the_progress_page_leads_to_a_packet_and_back() {
    let mut desk = Desk::new();
    desk.press(&[Key::Tab]).sees("还不能发包：3 处").sees("A-01 A-03 A-07");
    desk.press(&[Key::Down, Key::Down, Key::Enter]);
    assert_eq!(desk.at(), 6);
    desk.press(&[Key::Tab]).sees("> A-07").press(&[Key::Tab]);
    assert_eq!((desk.at(), desk.state.context()), (6, Context::Review));
    desk.keys(" 8").sees("> A-07").press(&[Key::PageUp]).sees("> A-01").press(&[Key::End]).sees("> A-07");
    desk.keys("1").sees("这个键在这里没有用");
    assert!(desk.kept.is_empty());
}

#[test]
fn once_nothing_stops_issue_it_says_so() {
    let mut desk = Desk::new();
    desk.keys("3").press(&[Key::Tab, Key::End, Key::Enter, Key::Down]).keys("1");
    desk.press(&[Key::Tab]).sees("没有线索阻止发包了；还有 4 处提醒没有看");
    desk.press(&[Key::Enter]).keys("1111").sees("泄露线索全部处理完了").sees("pingshen issue");
    assert_eq!(desk.state.review.undecided(), 0);
    desk.press(&[Key::Backspace]).sees("已撤销").sees("待处理：阻止 0，提醒 1");
    desk.keys("1").press(&[Key::Tab]).sees("这一处：已");
}

#[test]
fn a_list_all_decided_before_opens_on_the_progress_page() {
    let mut all = items();
    for item in &mut all {
        item.decision = mask();
    }
    let mut desk = Desk::of(all, Lang::Zh, (80, 24));
    desk.sees("泄露线索全部处理完了");
    desk.press(&[Key::Backspace]).sees("到那一处按 5 取消");
    desk.press(&[Key::Enter]).keys("5");
    assert_eq!((desk.made(1), desk.kept.len()), (None, 1));
}

#[test]
fn nothing_to_go_through_is_said_and_left_by_any_key_that_leads_on() {
    for key in [Key::Enter, Key::Tab, Key::Esc, Key::Char('0'), Key::Char('q'), Key::Ctrl('c')] {
        let mut desk = Desk::of(Vec::new(), Lang::Zh, (80, 24));
        desk.sees("没有要看的泄露线索");
        desk.keys("12345").press(&[SPACE]).keys("6");
        desk.press(&[SPACE]).keys("7");
        assert!(!desk.state.done && desk.kept.is_empty());
        desk.press(&[key]);
        assert!(desk.state.done, "{key:?}");
    }
}

#[test]
fn it_is_left_from_everywhere() {
    for keys in [
        vec![Key::Char('0')],
        vec![Key::Char('q')],
        vec![Key::Esc],
        vec![SPACE, Key::Char('0')],
        vec![SPACE, Key::Ctrl('c')],
        vec![Key::Char('2'), Key::Char('5'), Key::Ctrl('c')],
        vec![Key::Tab, Key::Char('0')],
        vec![Key::Char('?'), Key::Ctrl('c')],
    ] {
        let mut desk = Desk::new();
        desk.press(&keys);
        assert!(desk.state.done, "{keys:?}");
        assert!(desk.kept.is_empty());
    }
}

#[test]
fn the_menu_does_what_its_digits_say_full_width_or_not() {
    for (keys, expected) in [
        (vec![SPACE, Key::Char('1')], "已遮去"),
        (vec![SPACE, Key::Char('１')], "已遮去"),
        (vec![Key::Char('１')], "已遮去"),
        (vec![Key::Char('　'), Key::Enter], "已遮去"),
        (vec![SPACE, Key::Down, Key::Enter], "为什么"),
        (vec![SPACE, Key::Char('2'), Key::Char('２')], "公开的政策"),
        (vec![SPACE, Key::Char('3')], "连同另外 1 处"),
        (vec![SPACE, Key::Char('4')], "可以改短"),
        (vec![SPACE, Key::Char('5')], "还没有处理"),
        (vec![SPACE, Key::Char('7')], "第 2/7 处"),
        (vec![SPACE, Key::Char('8')], "各份材料"),
        (vec![SPACE, Key::Char('9')], "这些词是什么意思"),
        (vec![Key::Char('？')], "这些词是什么意思"),
        (vec![Key::Char('？'), Key::End, Key::Esc], "第 1/7 处"),
        (vec![Key::Char('评')], "输入法是中文状态"),
        (vec![Key::Char('z')], "这个键在这里没有用"),
    ] {
        let mut desk = Desk::new();
        desk.press(&keys).sees(expected);
    }
}

#[test]
fn one_hit_at_two_places_is_decided_and_kept_once() {
    let mut twice = items();
    let mut again = twice[1].clone();
    again.leak.offset = 90;
    twice.insert(2, again);
    let mut desk = Desk::of(twice, Lang::Zh, (80, 24));
    desk.press(&[Key::Down]).keys("1");
    assert_eq!((desk.kept[0].changes.len(), desk.at()), (1, 3));
}
