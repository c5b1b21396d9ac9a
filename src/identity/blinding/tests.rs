use proptest::prelude::*;

use super::*;
use crate::domain::application::{Entry, Origin};
use crate::domain::document::{Carrier, CarrierKind};
use crate::domain::form::Field;

/// What names this unit: it is made up, and so is everybody at it.
const NAMES: [(&str, &str); 14] = [
    ("unit.name", "溪山理工大学"),
    ("cover.unit_name", "溪山理工大学"),
    ("unit.address", "铁岭市云台新区望岳路118号"),
    ("unit.uscc", "12219938218096797C"),
    ("unit.legal_rep", "贺兰亭"),
    ("unit.tel", "024-55501234"),
    ("lead.name", "诸葛云舒"),
    ("lead.mobile", "19900007001"),
    ("contact.name", "孟磊"),
    ("contact.mobile", "19900007002"),
    ("contact.tel", "024-55504321"),
    ("contact.email", "ip@xsut77.example"),
    ("contact.postcode", "118899"),
    ("cover.city_office", "铁岭市知识产权局"),
];

/// Strings that must be in no packet, however they are written.
const REGISTER: [&str; 13] = [
    "溪山理工大学",
    "溪山理工",
    "XSUT",
    "诸葛云舒",
    "贺兰亭",
    "孟磊",
    "铁岭市云台新区望岳路118号",
    "12219938218096797C",
    "ip@xsut77.example",
    "https://www.xsut77.example",
    "024-55501234",
    "19900007001",
    "19900007002",
];

fn entry(value: Value) -> Entry {
    Entry { value, origin: Origin::default() }
}

fn application(names: &[(&str, &str)], texts: &[(&str, &str)]) -> Application {
    let all = names.iter().chain(texts);
    Application {
        no: None,
        files: Vec::new(),
        city: None,
        years: vec!["2020".to_owned(), "2021".to_owned(), "2022".to_owned()],
        fields: all.map(|(id, text)| ((*id).to_owned(), entry(Value::Text((*text).to_owned())))).collect(),
        uncertain: BTreeMap::new(),
        missing: Vec::new(),
        carriers: Vec::new(),
    }
}

/// The fields of the form that these tests fill in, and one nobody may show.
fn form() -> Form {
    let field = |id: &str, kind: FieldKind, blind: Blind| Field {
        id: id.to_owned(),
        zh: id.to_owned(),
        en: id.to_owned(),
        section: String::new(),
        kind,
        unit: String::new(),
        group: String::new(),
        blind,
    };
    let fields = vec![
        field("unit.name", FieldKind::Text, Blind::Remove),
        field("lead.title", FieldKind::Text, Blind::Mask),
        field("mgmt.rules[].title", FieldKind::Text, Blind::Scan),
        field("mgmt.rules[].doc_no", FieldKind::Text, Blind::Mask),
        field("grant.2020.inv", FieldKind::Int, Blind::KeepQuasi),
        field("grant.2021.inv", FieldKind::Int, Blind::KeepQuasi),
        field("asg.2020.contract", FieldKind::Money, Blind::KeepQuasi),
        field("prio.flags", FieldKind::Set, Blind::Mask),
        field("plan.title", FieldKind::Text, Blind::Mask),
        field("plan.status", FieldKind::LongText, Blind::Scan),
        field("plan.goals", FieldKind::LongText, Blind::Scan),
    ];
    Form::new("test".to_owned(), vec!["2020".to_owned(), "2021".to_owned()], fields)
}

fn code(number: usize) -> PacketCode {
    PacketCode::parse(&format!("A-{number:02}")).unwrap()
}

fn blinded(applications: &[Application], decided: &[Hit]) -> Vec<Blinded> {
    let codes: Vec<PacketCode> = (1..=applications.len()).map(code).collect();
    let cases = applications.iter().zip(&codes);
    let cases: Vec<Case<'_>> = cases.map(|(application, code)| Case { code, application, aliases: &[] }).collect();
    blind(&cases, &form(), decided)
}

fn goals(text: &str) -> Blinded {
    blinded(&[application(&NAMES, &[("plan.goals", text)])], &[]).remove(0)
}

fn shown(blinded: &Blinded) -> &str {
    blinded.packet.text("plan.goals").unwrap()
}

#[test]
fn every_kind_of_leak_in_running_text_is_masked_or_found() {
    for (text, masked) in [
        ("坚持“产学研一体、服务地方”的溪山理工模式", "坚持“产学研一体、服务地方”的【本单位】模式"),
        ("坚持溪山大模式，“溪山”品牌", "坚持【本单位】模式，“【本单位】”品牌"),
        ("由诸葛云舒教授团队牵头", "由【负责人】团队牵头"),
        ("由孟磊老师、贺校长负责", "由【联系人】老师、【法定代表人】负责"),
        ("办公地点设在铁岭市云台新区望岳路118号", "办公地点设在【地址】"),
        ("位于望岳路１１８号，铁岭市内", "位于【地址】，【市】内"),
        ("发布于https://www.xsut77.example/kj，", "发布于【网址】，"),
        ("联系ip(at)xsut77.example", "联系【邮箱】"),
        ("打造XSUT知识产权品牌", "打造【本单位】知识产权品牌"),
        ("咨询电话19900007002", "咨询电话【电话】"),
        ("传真（024）5550－4321", "传真【电话】"),
        ("依据溪山理工科〔2019〕44号", "依据【文号】"),
        ("信用代码1221 9938 2180 9679 7C", "信用代码【信用代码】"),
    ] {
        let made = goals(text);
        let left = made.leaks.iter().filter(|leak| leak.level == Level::Block).count();
        assert_eq!((shown(&made), left), (masked, 0), "{text}");
        assert!(!made.masked.is_empty());
    }
    for (text, kind) in [
        ("以ZL202010553174.4为核心组建专利池", LeakKind::PatentNo),
        ("依托智能焊接国家重点实验室", LeakKind::Platform),
        ("建校120周年之际", LeakKind::Anniversary),
        ("始建于1923年，原隶属于冶金工业部", LeakKind::Anniversary),
        ("微信公众号：yuntai_zhichan", LeakKind::Wechat),
        ("由孔磊教授团队牵头", LeakKind::Person),
        ("关注19911112222", LeakKind::Phone),
    ] {
        let made = goals(text);
        assert!(made.leaks.iter().any(|leak| leak.kind == kind && leak.level == Level::Warn), "{text}: {made:?}");
    }
}

#[test]
fn a_name_taken_apart_stops_the_packet() {
    let made = goals("成立溪/山/理/工大学中心");
    let leak = &made.leaks[0];
    assert_eq!(
        (leak.level, leak.certain, leak.offset, leak.text.as_str()),
        (Level::Block, false, 2, "溪/山/理/工大学")
    );
}

#[test]
fn letters_of_the_name_are_found_inside_a_longer_word() {
    for (text, masked) in [
        ("使用XSUTIP系统", "使用【本单位】IP系统"),
        ("使用iXSUT系统", "使用i【本单位】系统"),
        ("使用XSUTip系统", "使用【本单位】ip系统"),
        ("打造ＸＳＵＴＩＰ", "打造【本单位】ＩＰ"),
    ] {
        assert_eq!(shown(&goals(text)), masked, "{text}");
    }
    for text in ["axsutic", "AXSUTIC"] {
        assert_eq!(shown(&goals(text)), text, "syllables of another word");
    }
    for text in ["打造X.S.U.T.品牌", "打造X-S-U-T品牌"] {
        let made = goals(text);
        assert!(made.leaks.iter().any(|leak| leak.level == Level::Block), "{text}: {made:?}");
    }
}

#[test]
fn another_applicant_of_the_round_is_masked_too() {
    let other = [("unit.name", "望舒农业大学"), ("lead.name", "冯国栋"), ("contact.email", "ip@wtau01.example")];
    let mine = application(&NAMES, &[("plan.goals", "与望舒农大冯国栋团队共建，参照WTAU做法")]);
    let made = blinded(&[mine, application(&other, &[])], &[]);
    assert_eq!(shown(&made[0]), "与【另一申报单位】【人名】团队共建，参照【另一申报单位】做法");
}

#[test]
fn only_what_is_listed_and_proved_goes_in() {
    let mut whole =
        application(&NAMES, &[("lead.title", "副校长"), ("plan.title", "溪山理工大学中心三年建设方案（2023-2025）")]);
    let number = |text: &str| entry(Value::Number(crate::domain::packet::read_number(text).unwrap()));
    whole.fields.insert("grant.2019.inv".to_owned(), number("12"));
    whole.fields.insert("grant.2020.inv".to_owned(), number("13"));
    whole.fields.insert("made.up".to_owned(), entry(Value::Text("溪山".to_owned())));
    let cells = |cells: &[&str]| entry(Value::List(cells.iter().map(|cell| Some((*cell).to_owned())).collect()));
    whole.fields.insert("mgmt.rules[].title".to_owned(), cells(&["溪山理工大学专利管理办法", "成果转化办法"]));
    whole.fields.insert("mgmt.rules[].doc_no".to_owned(), cells(&["溪山理工科〔2021〕54号", "无"]));
    whole.fields.insert("prio.flags".to_owned(), cells(&["贯标单位", "溪山基地"]));
    let made = blinded(&[whole], &[]).remove(0);
    let ids: Vec<&str> = made.packet.fields.keys().map(String::as_str).collect();
    assert_eq!(
        ids,
        ["grant.2020.inv", "lead.title", "mgmt.rules[].doc_no", "mgmt.rules[].title", "plan.title", "prio.flags"]
    );
    let list = |id: &str| made.packet.fields.get(id).cloned();
    let cells = |cells: &[Option<&str>]| Some(Value::List(cells.iter().map(|cell| cell.map(str::to_owned)).collect()));
    assert_eq!(list("mgmt.rules[].doc_no"), cells(&[Some("〔2021〕"), None]));
    assert_eq!(list("mgmt.rules[].title"), cells(&[Some("【本单位】专利管理办法"), Some("成果转化办法")]));
    assert_eq!(list("prio.flags"), Some(Value::Text("2项".to_owned())));
}

#[test]
fn what_was_decided_is_done_and_a_release_leaves_it() {
    let text = "与溪口机电学院共建，溪口机电学院牵头";
    let found = goals(text);
    let leak = found.leaks.iter().find(|leak| leak.kind == LeakKind::Organisation).unwrap();
    let hit = |decision| Hit {
        number: 1,
        code: code(1),
        kind: leak.kind,
        text: leak.text.clone(),
        field: leak.field.clone(),
        decision: Some(decision),
    };
    let again = |hit| blinded(&[application(&NAMES, &[("plan.goals", text)])], &[hit]).remove(0);
    assert_eq!(shown(&again(hit(Decision::Mask))), "与【某单位】共建，【某单位】牵头");
    assert_eq!(shown(&again(hit(Decision::Release))), text);
    let elsewhere = Hit { code: code(9), field: "plan.status".to_owned(), ..hit(Decision::MaskEverywhere) };
    assert_eq!(shown(&again(elsewhere)), "与【某单位】共建，【某单位】牵头");
}

#[test]
fn what_the_source_carries_is_held_against_the_register() {
    let carried = [
        (CarrierKind::CoreAuthor, "溪山理工大学科研处 / 孟磊", true),
        (CarrierKind::HeaderName, "溪山理工大学", true),
        (CarrierKind::CommentAuthor, "孟磊", true),
        (CarrierKind::TrackedAuthor, "诸葛云舒", true),
        (CarrierKind::ImageAlt, "XSUT校徽", true),
        (CarrierKind::HiddenText, "溪山理工", true),
        (CarrierKind::SdtAlias, "溪山理工大学负责人", true),
        (CarrierKind::CustomProp, "xsut", true),
        (CarrierKind::BookmarkName, "xsut_plan", true),
        (CarrierKind::Filename, "溪山申报书.docx", true),
        (CarrierKind::ImageText, "", false),
        (CarrierKind::CoreProp, "申报书", false),
    ];
    let mut whole = application(&NAMES, &[("plan.goals", "到2025年")]);
    let carrier = |(kind, text, _): &(CarrierKind, &str, bool)| Carrier {
        kind: *kind,
        place: "part".to_owned(),
        text: (*text).to_owned(),
    };
    whole.carriers = carried.iter().rev().map(carrier).collect();
    let made = blinded(&[whole], &[]).remove(0);
    for (kind, text, names) in carried {
        assert!(made.sources.iter().any(|source| source.kind == kind && source.names == names), "{text}");
    }
    assert!(made.sources.is_sorted_by_key(|source| !source.names), "what names the applicant comes first");
}

#[test]
fn offsets_are_those_of_the_packets_text() {
    let made = goals("联系孟磊，再由孔磊教授团队牵头");
    let leak = made.leaks.iter().find(|leak| leak.kind == LeakKind::Person).unwrap();
    let text: Vec<char> = shown(&made).chars().collect();
    let there: String = text[leak.offset..leak.offset + leak.text.chars().count()].iter().collect();
    assert_eq!(there, leak.text);
}

#[test]
fn figures_of_one_packet_alone_are_said_once() {
    let number = |text: &str| entry(Value::Number(crate::domain::packet::read_number(text).unwrap()));
    let with = |figures: &[(&str, &str)]| {
        let mut application = application(&[], &[]);
        application.fields.extend(figures.iter().map(|(id, figure)| ((*id).to_owned(), number(figure))));
        application
    };
    let one = with(&[("grant.2020.inv", "13"), ("grant.2021.inv", "7"), ("asg.2020.contract", "1.50")]);
    let two = with(&[("grant.2020.inv", "13"), ("asg.2020.contract", "1.5")]);
    let made = blinded(&[one, two], &[]);
    assert_eq!((made[0].leaks.len(), made[1].leaks.len()), (1, 0));
    assert_eq!((made[0].leaks[0].kind, made[0].leaks[0].text.as_str()), (LeakKind::UniqueFigure, "grant 1"));
}

#[test]
fn marks_of_hidden_characters_hide_nothing() {
    assert_eq!(visible("溪‹U+200B›山\u{200b}理\u{202e}工‹x›"), "溪山理工‹x›");
    assert_eq!(shown(&goals("在溪‹U+200B›山\u{200b}理工大学")), "在【本单位】");
}

/// A string as somebody may write it: full width, blanks and invisible characters within.
fn written(text: &str, noise: &[usize]) -> String {
    let mut out = String::new();
    for (at, c) in text.chars().enumerate() {
        if at > 0 {
            match noise[at % noise.len()] {
                1 => out.push(' '),
                2 => out.push('\u{3000}'),
                3 => out.push('\u{200b}'),
                4 => out.push('\u{feff}'),
                5 => out.push_str("  "),
                _ => {}
            }
        }
        let wide = noise[(at + 1) % noise.len()].is_multiple_of(2) && ('!'..='~').contains(&c);
        out.push(if wide { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c });
    }
    out
}

proptest! {
    #[test]
    fn no_string_of_the_register_is_left_however_it_is_written(
        which in 0..REGISTER.len(),
        noise in proptest::collection::vec(0usize..7, 3..9),
        before in "[围绕依托在，。]{0,4}",
        behind in "[，。；牵头发布]{1,4}",
    ) {
        let made = goals(&format!("{before}{}{behind}", written(REGISTER[which], &noise)));
        let tight = |text: &str| -> String {
            let plain = crate::base::text::one_spelling(text).to_uppercase();
            plain.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        prop_assert!(!tight(shown(&made)).contains(&tight(REGISTER[which])), "{}", shown(&made));
        prop_assert!(made.leaks.iter().all(|leak| leak.level == Level::Warn), "{:?}", made.leaks);
    }
}
