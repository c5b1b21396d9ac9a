use proptest::prelude::*;

use super::*;

const WAN: Measure = Measure::Money(4);
const PIECES: Measure = Measure::Count(Thing::Piece);
const PEOPLE: Measure = Measure::Count(Thing::Person);

fn sure(text: &str, measure: Measure) -> Option<String> {
    match read(text, measure, None) {
        Reading::Sure(figure) => Some(figure.value.to_string()),
        _ => None,
    }
}

fn doubt(text: &str, measure: Measure) -> Option<(Option<String>, Why)> {
    match read(text, measure, None) {
        Reading::Doubt(figure, why) => Some((figure.map(|f| f.value.to_string()), why)),
        _ => None,
    }
}

#[test]
fn the_mark_of_a_note_is_no_digit() {
    for (text, meant) in [("130①", "130"), ("55¹", "55"), ("41⑵", "41"), ("①130", "130")] {
        assert_eq!(doubt(text, PIECES), Some((Some(meant.to_owned()), Why::NotAValue)), "{text}");
    }
    assert_eq!(doubt("564.64②", WAN), Some((Some("564.64".to_owned()), Why::NotAValue)));
    assert_eq!(doubt("①", PIECES), Some((None, Why::NotAValue)));
    assert_eq!(sure("１３０", PIECES).as_deref(), Some("130"));
}

#[test]
fn amounts_in_ten_thousands() {
    for (text, meant) in [
        ("178.22", "178.22"),
        ("1,234.5", "1234.5"),
        ("1，234.5", "1234.5"),
        ("1 234", "1234"),
        ("４００．３３", "400.33"),
        ("171200元", "17.12"),
        ("4417700元", "441.77"),
        ("4,417,700 元", "441.77"),
        ("22.83万元", "22.83"),
        ("78.18 万元", "78.18"),
        ("42", "42"),
        ("0.0", "0.0"),
        ("1.2万元", "1.2"),
        ("1.2万", "1.2"),
        ("1.5亿元", "15000"),
        ("3千元", "0.3"),
        ("5百万元", "500"),
        ("壹佰贰拾万元整", "120"),
        ("人民币壹佰贰拾万元整", "120"),
        ("十二万三千元", "12.3"),
        ("一百八十二", "182"),
        ("三点五", "3.5"),
        ("三点五万元", "3.5"),
        ("¥1.2万元", "1.2"),
        ("零", "0"),
        ("0", "0"),
        ("50元5角", "0.00505"),
        ("1万元5角", "1.00005"),
        ("12元", "0.0012"),
    ] {
        let got = sure(text, WAN);
        if text.contains('角') {
            assert!(matches!(read(text, WAN, None), Reading::Doubt(_, Why::TooLong)), "{text} {got:?}");
        } else {
            assert_eq!(got.as_deref(), Some(meant), "{text}");
        }
    }
    assert_eq!(read("171200", WAN, Some(0)), Reading::Sure(Figure { value: Decimal::new(1712, 2), unit: false }));
}

#[test]
fn counts() {
    for (text, meant) in [
        ("２１６２", "2162"),
        ("65件", "65"),
        ("30 件", "30"),
        ("一百八十二", "182"),
        ("一百八十二件", "182"),
        ("1,024", "1024"),
        ("3千", "3000"),
        ("两百", "200"),
        ("廿", "20"),
        ("零", "0"),
        ("12项", "12"),
        ("共12件", "12"),
        ("12.0", "12"),
    ] {
        assert_eq!(sure(text, PIECES).as_deref(), Some(meant), "{text}");
    }
    assert_eq!(sure("9人", PEOPLE).as_deref(), Some("9"));
}

#[test]
fn what_is_not_proved_says_why() {
    let some = |text: &str| Some(text.to_owned());
    for (text, measure, value, why) in [
        ("约100", PIECES, some("100"), Why::About),
        ("约１００件", PIECES, some("100"), Why::About),
        ("100余件", PIECES, some("100"), Why::About),
        ("一百余件", PIECES, some("100"), Why::About),
        ("近300万元", WAN, some("300"), Why::About),
        ("300万元左右", WAN, some("300"), Why::About),
        ("不少于50", PIECES, some("50"), Why::About),
        ("超过1.2亿元", WAN, some("12000"), Why::About),
        ("无", PIECES, some("0"), Why::Mark),
        ("—", WAN, some("0"), Why::Mark),
        ("／", WAN, some("0"), Why::Mark),
        ("－", WAN, some("0"), Why::Mark),
        ("10-12", PIECES, None, Why::Several),
        ("10至12件", PIECES, None, Why::Several),
        ("12（其中发明5）", PIECES, None, Why::Several),
        ("12 34", PIECES, None, Why::Several),
        ("1,23", WAN, None, Why::Several),
        ("12.5", PIECES, some("12.5"), Why::NotAValue),
        ("12万元", PIECES, some("120000"), Why::Unit),
        ("12件", WAN, some("12"), Why::Unit),
        ("12人", PIECES, some("12"), Why::Unit),
        ("3000美元", WAN, None, Why::Unit),
        ("85%", PIECES, some("85"), Why::Unit),
        ("3千", WAN, some("0.3"), Why::Unit),
        ("-3", PIECES, None, Why::NotAValue),
        ("见附件", PIECES, None, Why::NotAValue),
        ("1.23456", WAN, some("1.23456"), Why::TooLong),
        ("123456789012345678901", PIECES, None, Why::TooLong),
        ("一百八", PIECES, None, Why::NotAValue),
    ] {
        assert_eq!(doubt(text, measure), Some((value, why)), "{text}");
    }
    for blank in ["", "  ", "\u{3000}", "\n", "____"] {
        assert_eq!(read(blank, WAN, None), Reading::Empty);
    }
}

fn in_words(number: u64) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    fn group(number: u64) -> String {
        let mut out = String::new();
        let mut gap = false;
        for (power, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = number / power % 10;
            if digit == 0 {
                gap = !out.is_empty();
            } else {
                if gap {
                    out.push('零');
                    gap = false;
                }
                out.push(DIGITS[usize::try_from(digit).unwrap()]);
                out.push_str(name);
            }
        }
        out
    }
    let (wan, rest) = (number / 10_000, number % 10_000);
    match (wan, rest) {
        (0, 0) => "零".to_owned(),
        (0, rest) => group(rest),
        (wan, 0) => group(wan) + "万",
        (wan, rest) if rest < 1000 => format!("{}万零{}", group(wan), group(rest)),
        (wan, rest) => format!("{}万{}", group(wan), group(rest)),
    }
}

fn grouped(whole: u64, comma: char) -> String {
    let digits = whole.to_string();
    let mut out = String::new();
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(comma);
        }
        out.push(c);
    }
    out
}

fn wide(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c })
        .collect()
}

proptest! {
    #[test]
    fn any_amount_in_any_style_reads_back(units in 0_u64..10_000_000_000, scale in 0_u32..=4) {
        let exact = Decimal::new(i64::try_from(units).unwrap(), scale);
        let text = exact.to_string();
        let (whole, places) = text.split_once('.').map_or((text.as_str(), String::new()), |(w, p)| (w, format!(".{p}")));
        let whole: u64 = whole.parse().unwrap();
        let yuan = Decimal::new(i64::try_from(units * 10_u64.pow(4 - scale)).unwrap(), 0);
        for style in [
            text.clone(),
            wide(&text),
            grouped(whole, ',') + &places,
            grouped(whole, '，') + &places,
            grouped(whole, ' ') + &places,
            format!("{text}万元"),
            format!(" {text} 万 元 "),
            format!("{text}万"),
            format!("{yuan}元"),
            format!("{}元", grouped(u64::try_from(yuan.mantissa()).unwrap(), ',')),
            format!("人民币{text}万元整"),
        ] {
            let read = sure(&style, WAN).map(|v| Decimal::from_str_exact(&v).unwrap());
            prop_assert_eq!(read, Some(exact), "{}", style);
        }
    }

    #[test]
    fn any_count_in_words_reads_back(count in 0_u64..100_000_000) {
        let words = in_words(count);
        for style in [words.clone(), format!("{words}件"), count.to_string(), wide(&count.to_string()), grouped(count, ',')] {
            prop_assert_eq!(sure(&style, PIECES), Some(count.to_string()), "{}", style);
        }
        let about = doubt(&format!("约{words}件"), PIECES);
        prop_assert_eq!(about, Some((Some(count.to_string()), Why::About)));
    }

    #[test]
    fn no_text_makes_it_fall(text in "[0-9０-９.,，一二十百千万亿元件约余无（）()/\\-— 年人]{0,12}") {
        let _read = (read(&text, WAN, None), read(&text, PIECES, Some(0)));
    }
}
