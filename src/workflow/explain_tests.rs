//! What is printed, worked out again from the printed text alone.

use num_rational::Ratio;
use proptest::prelude::*;

use super::*;
use crate::domain::rubric::Rounding;
use crate::tally::doubt::table::tests::settled as table_of;
use crate::tally::explain::tests::any_rule;

type Exact = Ratio<i128>;

/// A number as printed: `8.5`, `-2`, `263/3`.
fn number(text: &str) -> Option<Exact> {
    if let Some((over, under)) = text.split_once('/') {
        return Some(Ratio::new(over.parse().ok()?, under.parse().ok()?));
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: i128 = format!("{whole}{part}").parse().ok()?;
    Some(Ratio::new(digits, 10i128.pow(u32::try_from(part.len()).ok()?)))
}

/// A calculator: `×` and `÷` before `+` and `-`, and one pair of brackets.
fn calculate(text: &str) -> Option<Exact> {
    let open = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let text = match open {
        Some((inside, rest)) => format!("{}{rest}", calculate(inside)?),
        None => text.to_owned(),
    };
    let (mut sum, mut sign) = (Ratio::from_integer(0), 1);
    let mut product: Option<Exact> = None;
    let mut how = '×';
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match word {
            "+" | "-" => {
                sum += product.take()? * Ratio::from_integer(sign);
                (sign, how) = (if word == "-" { -1 } else { 1 }, '×');
            }
            "×" => how = '×',
            "÷" => how = '÷',
            _ => {
                let value = number(word)?;
                product = Some(match (product, how) {
                    (None, _) => value,
                    (Some(before), '÷') => before / value,
                    (Some(before), _) => before * value,
                });
            }
        }
    }
    Some(sum + product? * Ratio::from_integer(sign))
}

/// The last part of a text that a calculator takes.
fn tail(text: &str) -> &str {
    let from = text.rfind(|sign: char| !"0123456789./ ×÷+-()".contains(sign));
    let rest = from.map_or(text, |at| text.split_at(at).1.trim_start_matches(|sign: char| !sign.is_ascii()));
    // A word's last letter or sign is not part of it.
    rest.trim_start_matches(|sign: char| !(sign.is_ascii_digit() || sign == '(' || sign == '-')).trim()
}

/// A result as printed: whole, or cut and with its fraction; and what is behind it.
fn result(text: &str) -> Option<(Exact, &str)> {
    let end = text.find(|sign: char| !(sign.is_ascii_digit() || ".-".contains(sign))).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let Some(rest) = rest.strip_prefix('…') else { return Some((number(digits)?, rest)) };
    let rest = rest.trim_start().trim_start_matches(['（', '(']);
    let close = rest.find(['）', ')'])?;
    let fraction = number(rest.split_at(close).0)?;
    // Cut, not rounded: what is left is less than one of the last place.
    let places = digits.split_once('.').map_or(0, |(_, part)| part.len());
    let off = fraction - number(digits)?;
    let off = if off < Ratio::from_integer(0) { -off } else { off };
    assert!(off < Ratio::new(1, 10i128.pow(u32::try_from(places).unwrap())), "{text}");
    Some((fraction, rest.split_at(close).1.trim_start_matches(['）', ')'])))
}

fn rounded(value: Exact, places: u32, how: Rounding) -> Exact {
    let unit = Ratio::new(1, 10i128.pow(places));
    let scaled = value / unit;
    let half = scaled - scaled.floor() == Ratio::new(1, 2);
    let whole = match how {
        Rounding::HalfEven if half && scaled.floor().to_integer() % 2 == 0 => scaled.floor(),
        Rounding::HalfEven if half => scaled.ceil(),
        _ => scaled.round(),
    };
    whole * unit
}

/// Works every equation and every rounding of a line out again; how many there were.
fn check(line: &str, how: Rounding) -> usize {
    let mut checked = 0;
    for piece in line.split(['；', ';', '：', '，']) {
        for (left, right) in piece.split(" = ").zip(piece.split(" = ").skip(1)) {
            let expression = tail(left);
            let wanted = calculate(expression).unwrap_or_else(|| panic!("{expression:?} of {line}"));
            let (got, _) = result(right).unwrap_or_else(|| panic!("{right:?} of {line}"));
            assert_eq!(got, wanted, "{piece}");
            checked += 1;
        }
        if let Some((left, right)) = piece.split_once(" → ") {
            let value = left.rsplit_once(" = ").map_or_else(|| tail_result(left), |(_, value)| value);
            let (value, _) = result(value).unwrap_or_else(|| panic!("{value:?} of {line}"));
            let end = right.find(|sign: char| !(sign.is_ascii_digit() || ".-".contains(sign))).unwrap_or(right.len());
            let to = right.split_at(end).0;
            let places = to.split_once('.').map_or(0, |(_, part)| part.len());
            assert_eq!(number(to).unwrap(), rounded(value, u32::try_from(places).unwrap(), how), "{piece}");
            checked += 1;
        }
    }
    checked
}

/// The figure that stands alone before an arrow.
fn tail_result(text: &str) -> &str {
    let words = text.split_inclusive(' ').collect::<Vec<_>>();
    let mut at = text.len();
    for word in words.iter().rev() {
        at -= word.len();
        let from = text.split_at(at).1;
        if from.starts_with(|sign: char| sign.is_ascii_digit() || sign == '-') && from.contains(['.', '…'])
            || words.len() == 1
        {
            return from;
        }
        if from.starts_with(|sign: char| sign.is_ascii_digit() || sign == '-') && !from.starts_with('(') {
            return from;
        }
    }
    text
}

proptest! {
    #[test]
    fn every_line_can_be_worked_out_again((rule, given, rows) in any_rule(), chinese in any::<bool>()) {
        let lang = if chinese { Lang::Zh } else { Lang::En };
        let how = rule.aggregation.rounding;
        let table = table_of(rule.clone(), given, &rows);
        let names: Vec<String> = table.panels().flat_map(|panel| panel.applications()).map(str::to_owned).collect();
        for name in names {
            let explanation = settled(&table, &name, None).unwrap();
            let one = &explanation.all[0];
            let lines = explanation.lines(lang, one, &|cut| cut.quota.to_string(), 80);
            // Behind the rule, which is words.
            let checked: usize = lines.iter().skip(2).map(|line| check(line, how)).sum();
            prop_assert!(checked > 0 || one.score.is_none() || one.parts.len() < 3, "{lines:?}");
            let json = explanation.json().unwrap();
            prop_assert!(json.ends_with(b"]\n"));
        }
    }
}

#[test]
fn the_calculator_is_right() {
    for (text, value) in [
        ("85 + 81.5 - 2", "164.5"),
        ("(8 + 9) ÷ 2", "8.5"),
        ("263 ÷ 3", "263/3"),
        ("8 × 0.3 + 2 × 3", "8.4"),
        ("79/3 + 1", "82/3"),
    ] {
        assert_eq!(calculate(text), number(value), "{text}");
    }
    assert_eq!(tail("平均 403.5 ÷ 5"), "403.5 ÷ 5");
    assert_eq!(tail("Totals: 81.5 + 81"), "81.5 + 81");
    assert_eq!(
        check("  E01：相加 85 + 85 = 170；平均 170 ÷ 3 = 56.6666…（170/3） → 56.67（四舍五入）", Rounding::HalfUp),
        3
    );
    let wrong = || check("85 + 85 = 171", Rounding::HalfUp);
    assert!(std::panic::catch_unwind(wrong).is_err());
    let wrong = || check("得分：8.125 → 8.12", Rounding::HalfUp);
    assert!(std::panic::catch_unwind(wrong).is_err());
}
