use std::collections::BTreeMap;

use super::*;
use crate::domain::application::{Entry, Origin};

fn application(fields: &[(&str, &str)]) -> Application {
    let entry = |text: &str| Entry { value: Value::Text(text.to_owned()), origin: Origin::default() };
    Application {
        no: None,
        files: Vec::new(),
        city: None,
        years: Vec::new(),
        fields: fields.iter().map(|(id, text)| ((*id).to_owned(), entry(text))).collect(),
        uncertain: BTreeMap::new(),
        missing: Vec::new(),
        carriers: Vec::new(),
    }
}

fn knows(known: &[Known], text: &str) -> bool {
    known.iter().any(|known| known.text == text && known.how != How::Stem)
}

#[test]
fn short_forms_that_people_use() {
    for (name, short) in [
        ("望舒农业大学", "望舒农大"),
        ("青岚理工大学", "青岚理工"),
        ("青岚理工大学", "青理工"),
        ("鹤鸣海洋大学", "鹤鸣海大"),
        ("松岭医科大学", "松岭医大"),
        ("云栖工程学院", "云栖工院"),
        ("岱屿职业技术学院", "岱屿职院"),
        ("沐阳川大学", "沐阳大"),
        ("临溟材料研究所", "临溟材料所"),
        ("星垂自动化研究院", "星垂自动化院"),
        ("砚山林业科学研究院", "砚山林科院"),
        ("澜洲化工研究设计院", "澜洲化工院"),
        ("砚山表面工程研究所", "砚山表面所"),
        ("望溪轨道交通大学", "望溪交大"),
        ("望溪轨道交通大学", "望溪轨交大"),
        ("辽宁省望舒设计院", "望舒设计院"),
        ("望舒大学附属第一医院", "望舒大学"),
        ("大连青岚大学", "青岚大学"),
        ("辽宁省望林业科学院", "省望科院"),
    ] {
        let known = of(&application(&[("unit.name", name)]), &[]);
        assert!(knows(&known, name) && knows(&known, short), "{name}: {short} of {known:?}");
    }
}

#[test]
fn what_many_names_begin_with_is_no_name() {
    let known = of(&application(&[("unit.name", "大连海洋大学")]), &[]);
    for text in ["大连", "大连海洋", "海洋大学", "大连大"] {
        assert!(!known.iter().any(|known| known.text == text), "{text}");
    }
    assert!(knows(&known, "大连海大"));
    let known = of(&application(&[("unit.name", "沈阳化工研究院")]), &[]);
    assert!(!knows(&known, "化工研究院") && knows(&known, "沈阳化工院"));
}

#[test]
fn domains_give_the_english_short_name_and_public_mail_does_not() {
    let known = of(&application(&[("contact.email", "ip@qrut00.example")]), &[]);
    assert!(knows(&known, "QRUT") && knows(&known, "QRUT00") && knows(&known, "IP@QRUT00.EXAMPLE"));
    let known = of(&application(&[("contact.email", "zhishi_mulan@163.com")]), &[]);
    assert!(knows(&known, "ZHISHI_MULAN") && !knows(&known, "163") && !knows(&known, "163.COM"));
}

#[test]
fn what_the_secretary_says_counts_both_ways() {
    let aliases = ["青工、青岚工学院".to_owned(), "-青岚理工".to_owned()];
    let known = of(&application(&[("unit.name", "青岚理工大学")]), &aliases);
    assert!(known.iter().any(|known| known.text == "青工" && known.how == How::Stem));
    assert!(knows(&known, "青岚工学院") && !knows(&known, "青岚理工") && knows(&known, "青岚理工大学"));
}

#[test]
fn both_of_two_readings_name_somebody() {
    let fields = [("contact.name", "蒋海涛"), ("cover.contact_name", "蒋海波"), ("unit.tel", "(0417) 5550-3580转12")];
    let known = of(&application(&fields), &[]);
    for text in ["蒋海涛", "蒋海波", "蒋老师", "041755503580", "55503580"] {
        assert!(known.iter().any(|known| known.text == text), "{text}");
    }
}
