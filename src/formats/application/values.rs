//! A cell's text as a field's value (取值): by what the field holds, and what
//! its text must look like.

use crate::base::text::one_spelling;
use crate::domain::application::Why;
use crate::domain::form::{Field, FieldKind};
use crate::domain::packet::Value;
use crate::domain::places::{Content, FieldPlace};

use super::amounts::{self, Measure, Reading, is_mark};
use super::labels::without_instruction;
use super::{dates, ticks};

/// A field's value, and the text beside 其他 where it has choices.
pub(super) fn read(
    text: &str,
    field: &Field,
    place: &FieldPlace,
    instructions: &[String],
) -> (Reading<Value>, Option<String>) {
    match field.kind {
        FieldKind::Int | FieldKind::Money => {
            let text = without_instruction(text, instructions);
            (amounts::read(text, Measure::of(&field.unit), None).map(|figure| Value::Number(figure.value)), None)
        }
        FieldKind::Bool => (ticks::yes_or_no(text, &place.choices).map(Value::Bool), None),
        FieldKind::Set => {
            let (reading, other) = ticks::some_of(text, &place.choices);
            (reading.map(|values| Value::List(values.into_iter().map(Some).collect())), other)
        }
        FieldKind::LongText => (long(text, instructions).map(Value::Text), None),
        FieldKind::Text if place.content == Content::Choice => {
            let (reading, other) = ticks::one_of(text, &place.choices);
            (reading.map(Value::Text), other)
        }
        FieldKind::Text => (short(text, place.content).map(Value::Text), None),
    }
}

/// Paragraphs, without the printed instruction.
pub(super) fn long(text: &str, instructions: &[String]) -> Reading<String> {
    let text = without_instruction(text, instructions);
    if text.trim().is_empty() {
        Reading::Empty
    } else if is_mark(text) {
        Reading::Doubt(None, Why::Mark)
    } else {
        Reading::Sure(text.trim().to_owned())
    }
}

/// A line of a certain content.
pub(super) fn short(text: &str, content: Content) -> Reading<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '_' | '＿' | '\u{200b}' | '\u{feff}'));
    if content == Content::Date {
        return dates::read(text);
    }
    if text.is_empty() {
        return Reading::Empty;
    }
    if is_mark(text) {
        return Reading::Doubt(None, Why::Mark);
    }
    let closed = || -> String { one_spelling(text).chars().filter(|c| !c.is_whitespace()).collect() };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    match content {
        // 魏 一 鸣 is one name; John Smith keeps its blank.
        Content::Person | Content::Org => Reading::Sure(one_line(text)),
        Content::Phone => {
            let closed = closed();
            if digits(&closed) >= 5 { Reading::Sure(closed) } else { Reading::Doubt(Some(closed), Why::NotAValue) }
        }
        Content::Postcode => {
            let closed = closed();
            let sound = closed.len() == 6 && digits(&closed) == 6;
            if sound { Reading::Sure(closed) } else { Reading::Doubt(Some(closed), Why::NotAValue) }
        }
        Content::Email => {
            let closed = closed();
            if closed.contains('@') { Reading::Sure(closed) } else { Reading::Doubt(Some(closed), Why::NotAValue) }
        }
        Content::CreditCode => {
            let code: String =
                closed().chars().filter(|c| !matches!(c, '-' | '—' | '–')).collect::<String>().to_uppercase();
            if code.chars().all(|c| c.is_ascii_alphanumeric()) {
                Reading::Sure(code)
            } else {
                Reading::Doubt(Some(code), Why::NotAValue)
            }
        }
        Content::Plain | Content::DocNo | Content::Choice | Content::Date => Reading::Sure(one_line(text)),
    }
}

/// A text on one line: blanks between Chinese characters go, others are one.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        let chinese = |c: char| ('\u{2e80}'..='\u{fffd}').contains(&c);
        if gap && out.chars().last().is_some_and(|last| !chinese(last) || !chinese(c)) {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_by_their_content() {
        let sure = |text: &str| Reading::Sure(text.to_owned());
        assert_eq!(short(" 魏　一 鸣 ", Content::Person), sure("魏一鸣"));
        assert_eq!(short("John  Smith", Content::Person), sure("John Smith"));
        assert_eq!(short("０４１７－５５５０３５８０", Content::Phone), sure("0417-55503580"));
        assert_eq!(short("1221 9938 2180 96797c", Content::CreditCode), sure("12219938218096797C"));
        assert_eq!(short("____", Content::Person), Reading::Empty);
        assert_eq!(short("无", Content::Phone), Reading::Doubt(None, Why::Mark));
        assert!(matches!(short("见附件", Content::Email), Reading::Doubt(_, Why::NotAValue)));
    }
}
