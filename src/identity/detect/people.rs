//! People by context: a surname and one or two characters beside a title.

use std::ops::Range;

use crate::domain::leak::LeakKind;

use super::super::found::Found;
use super::super::view::View;
use super::super::words::{INTRODUCES, TITLES, is_han, is_ordinary, surname};
use super::{found, matches, pattern};

pattern!(SOMEBODY = r"(?P<it>\p{Han}某某?)(?:[，,。；;、\s]|等|教授|老师|$)");

/// Titles that only a person bears; the ones behind them say what is done too.
const PERSONAL: usize = 27;

/// Whose somebody is: 我校王明教授.
const HOUSES: [&str; 8] = ["我校", "我院", "我所", "本校", "本院", "本所", "学校", "我单位"];

/// Characters before a name that are no part of it.
const OPENS: &str = "由与和及请经对向跟为是聘邀以让派给按";

pub(super) fn find(view: &View) -> Vec<Found> {
    let mut out = Vec::new();
    for (number, title) in TITLES.iter().enumerate() {
        for (at, _) in view.text().match_indices(title) {
            let candidate = [4, 3, 2].into_iter().find_map(|length| before(view, at, length, number < PERSONAL));
            out.extend(candidate.map(|bytes| found(view, bytes, LeakKind::Person, false)));
        }
    }
    for word in INTRODUCES {
        for (at, _) in view.text().match_indices(word) {
            let end = at.saturating_add(word.len());
            let gap =
                view.right(end, 2).chars().take_while(|c| matches!(c, ':' | '：' | ' ')).map(char::len_utf8).sum();
            let start = end.saturating_add(gap);
            let candidate = [4, 3, 2].into_iter().find_map(|length| behind(view, start, length, gap > 0));
            out.extend(candidate.map(|bytes| found(view, bytes, LeakKind::Person, false)));
        }
    }
    for (bytes, _) in matches(&SOMEBODY, view) {
        let text = view.text().get(bytes.clone()).unwrap_or_default();
        if surname(text).is_some_and(|(_, doubtful)| !doubtful) {
            out.push(found(view, bytes, LeakKind::Person, false));
        }
    }
    out
}

/// The name of so many characters that ends here.
fn before(view: &View, at: usize, length: usize, personal: bool) -> Option<Range<usize>> {
    let name = view.left(at, length);
    let start = at.checked_sub(name.len())?;
    let (doubtful, _) = is_name(name, length)?;
    let previous = view.left(start, 1).chars().next();
    let opened = previous.is_none_or(|c| !is_han(c) || OPENS.contains(c));
    let left = view.left(start, 6);
    let introduced = INTRODUCES.iter().chain(&HOUSES).any(|word| left.ends_with(word));
    let fits = opened || introduced || (personal && !doubtful && length >= 3);
    // 我校教授, 本院博士: nobody's name.
    fits.then_some(start..at)
}

/// The name of so many characters that begins here and ends the phrase.
fn behind(view: &View, start: usize, length: usize, said: bool) -> Option<Range<usize>> {
    let name = view.right(start, length);
    let (doubtful, _) = is_name(name, length)?;
    if doubtful && !said {
        return None;
    }
    let end = start.saturating_add(name.len());
    let next = view.right(end, 1).chars().next();
    let after = view.right(end, 3);
    let titled = TITLES.iter().take(PERSONAL).any(|title| after.starts_with(title));
    let whole = length >= 3 && !doubtful && !said;
    (next.is_none_or(|c| !is_han(c)) || titled || whole).then_some(start..end)
}

/// Whether a text is a name of this length: doubtful or not, and the surname's
/// length.
fn is_name(name: &str, length: usize) -> Option<(bool, usize)> {
    let chars: Vec<char> = name.chars().collect();
    if chars.len() != length || !chars.iter().all(|c| is_han(*c)) {
        return None;
    }
    let (long, doubtful) = surname(name)?;
    let given = length.checked_sub(long)?;
    if !(1..=2).contains(&given) || (long == 1 && length == 4) {
        return None;
    }
    let pair = |from: usize| -> String { chars.iter().skip(from).take(2).collect() };
    let ordinary = (long == 1 && is_ordinary(&pair(0))) || (length == 3 && NOT_GIVEN.contains(&pair(1).as_str()));
    let signs = chars.iter().skip(long).any(|c| "的了在和与及等为是由以位名各副级有不人员兼正专".contains(*c));
    (!ordinary && !signs).then_some((doubtful, long))
}

/// Pairs that end ordinary words and no names.
const NOT_GIVEN: [&str; 24] = [
    "技术", "科学", "工程", "学院", "研究", "专利", "单位", "部门", "中心", "项目", "管理", "知识", "产权", "高级",
    "学科", "专业", "首席", "特聘", "校外", "校内", "企业", "客座", "常务", "兼职",
];
