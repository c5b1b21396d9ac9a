//! The unit's name and what people make of it: 望舒农业大学, 望舒农大, 望舒.
//!
//! A name is taken for a stem, a field and a kind (望舒 + 农业 + 大学). The
//! short forms are stem and kind, stem, the field's first character and kind,
//! and the first characters alone.

use crate::domain::application::Application;
use crate::domain::leak::LeakKind;

use super::words::{CITIES, all_han, is_common};
use super::{Gathered, How, texts};

/// Kinds of units, each with what they are shortened to; longer ones first.
const KINDS: [(&str, &[&str]); 34] = [
    ("高等职业技术学院", &["职院", "院"]),
    ("职业技术大学", &["职大", "大"]),
    ("职业技术学院", &["职院", "职业学院", "院"]),
    ("高等专科学校", &["高专", "专科"]),
    ("科学技术研究院", &["科研院", "院"]),
    ("工程技术研究院", &["工研院", "院"]),
    ("工程技术大学", &["工大", "大"]),
    ("科学技术大学", &["科大", "大"]),
    ("航空航天大学", &["航大", "航空大", "大"]),
    ("设计研究院", &["设计院", "院"]),
    ("研究设计院", &["设计院", "研究院", "院"]),
    ("科学研究院", &["科院", "科研院", "研究院", "院"]),
    ("科学研究所", &["科所", "科研所", "研究所", "所"]),
    ("研究总院", &["总院", "院"]),
    ("医科大学", &["医大", "医科大", "大"]),
    ("外国语大学", &["外大", "外国语", "大"]),
    ("中医药大学", &["中医大", "中医药", "中医药大"]),
    ("职业学院", &["职院", "院"]),
    ("专科学校", &["专", "专科"]),
    ("技师学院", &["技院", "院"]),
    ("科学院", &["科院", "院"]),
    ("研究院", &["院"]),
    ("研究所", &["所"]),
    ("设计院", &["院"]),
    ("实验室", &["室"]),
    ("附属医院", &["附院", "医院"]),
    ("中心医院", &["医院"]),
    ("大学", &["大"]),
    ("学院", &["院"]),
    ("医院", &["院"]),
    ("学校", &["校"]),
    ("中心", &["中心"]),
    ("集团", &["集团"]),
    ("公司", &["公司"]),
];

/// What stands behind a company's or group's own name.
const COMPANY: [&str; 5] = ["股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "集团公司"];

/// Fields that, behind even a common stem, make a name by themselves: 大连理工.
const TELLING: [&str; 6] = ["理工", "师范", "医科", "外国语", "航空航天", "中医药"];

pub(super) fn gather(application: &Application, aliases: &[&String], out: &mut Gathered) {
    for id in ["unit.name", "cover.unit_name"] {
        for name in texts(application, id) {
            unit(&name, out);
        }
    }
    let listed = texts(application, "unit.name_aliases");
    let split =
        |text: &String| text.split(['、', '，', ',', '；', ';', '\n', '|']).map(str::to_owned).collect::<Vec<_>>();
    for alias in aliases.iter().flat_map(|alias| split(alias)).chain(listed.iter().flat_map(split)) {
        self::alias(alias.trim(), out);
    }
}

/// What the secretary says is a name of the unit is believed.
fn alias(alias: &str, out: &mut Gathered) {
    let kind = LeakKind::Abbreviation;
    let letters = alias.is_ascii();
    match alias.chars().count() {
        0 | 1 => {}
        _ if letters && alias.contains(' ') => out.add(alias, kind, How::Anywhere, true),
        _ if letters => out.add(alias, kind, How::Word, true),
        2 => out.add(alias, kind, How::Stem, true),
        _ => out.add(alias, kind, How::Name, true),
    }
}

/// A full name, and all that is made of it.
fn unit(name: &str, out: &mut Gathered) {
    let bracketless: String = name.split(['（', '(']).next().unwrap_or_default().trim().to_owned();
    for name in [name, &bracketless] {
        let long = name.chars().count() >= 4;
        out.add(name, LeakKind::UnitName, if long { How::Anywhere } else { How::Name }, long);
    }
    // An English name among the Chinese ones.
    if bracketless.is_ascii() {
        return;
    }
    let mut names = vec![bracketless.clone()];
    for ending in COMPANY {
        if let Some(core) = bracketless.strip_suffix(ending) {
            names.push(core.to_owned());
            break;
        }
    }
    // 望舒大学附属第一医院 is 望舒大学 too.
    for kind in ["大学", "学院", "研究院", "研究所"] {
        if let Some((first, rest)) = bracketless.split_once(kind)
            && !rest.is_empty()
            && first.chars().count() >= 2
        {
            names.push(format!("{first}{kind}"));
        }
    }
    // 辽宁省农业科学院: 辽宁农科院, 省农科院.
    if let Some((region, rest)) = bracketless.split_once('省').filter(|(region, _)| region.chars().count() <= 3) {
        names.push(format!("{region}{rest}"));
        if let Some((field, kinds)) = parts(rest)
            && let Some(first) = field.chars().next()
        {
            for short in kinds.iter().filter(|short| short.chars().count() >= 2) {
                out.add(&format!("{region}省{first}{short}"), LeakKind::Abbreviation, How::Anywhere, true);
                out.add(&format!("省{first}{short}"), LeakKind::Abbreviation, How::Anywhere, false);
            }
        }
    }
    let mut all = names.clone();
    for name in &names {
        all.extend(without_region(name));
    }
    for name in all {
        if name.chars().count() >= 4 && !is_generic(&name) {
            out.add(&name, LeakKind::UnitName, How::Anywhere, true);
            short_forms(&name, out);
        }
    }
}

/// The name without the province or city before it.
fn without_region(name: &str) -> Vec<String> {
    let mut out = Vec::new();
    for mark in ["省", "自治区", "市"] {
        if let Some((region, rest)) = name.split_once(mark)
            && (2..=3).contains(&region.chars().count())
        {
            out.push(rest.to_owned());
            out.extend(without_region(rest));
        }
    }
    for region in CITIES.iter().chain(&["辽宁", "中国"]) {
        if let Some(rest) = name.strip_prefix(region).filter(|rest| !rest.starts_with(['省', '市'])) {
            out.push(rest.to_owned());
        }
    }
    out.retain(|rest| rest.chars().count() >= 4 && !is_generic(rest));
    out
}

/// Whether a name says nothing but field and kind: 化工研究院, 第一医院.
fn is_generic(name: &str) -> bool {
    let stem = parts(name).map_or(name, |(stem, _)| stem);
    stem.is_empty() || (is_common(stem) && stem.chars().count() <= 4 && !has_place(stem)) || stem.chars().count() < 2
}

fn has_place(stem: &str) -> bool {
    CITIES.iter().any(|city| stem.starts_with(city)) || !FIELD_ONLY.iter().any(|field| stem.starts_with(field))
}

/// Stems of names that are no names: what the unit does.
const FIELD_ONLY: [&str; 46] = [
    "农业", "理工", "工业", "医科", "海洋", "科技", "工程", "化工", "材料", "自动", "林业", "师范", "财经", "机械",
    "电力", "石油", "建筑", "交通", "航空", "航天", "信息", "电子", "生物", "环境", "水利", "地质", "矿业", "冶金",
    "金属", "轻工", "纺织", "食品", "畜牧", "水产", "药", "中医", "外国", "民族", "政法", "体育", "科学", "技术",
    "第一", "第二", "第三", "人民",
];

/// Stem with field, and the short forms of the kind.
fn parts(name: &str) -> Option<(&str, &'static [&'static str])> {
    KINDS.iter().find_map(|(kind, short)| name.strip_suffix(kind).map(|stem| (stem, *short)))
}

fn short_forms(name: &str, out: &mut Gathered) {
    let Some((base, kinds)) = parts(name).filter(|(base, _)| all_han(base)) else { return };
    let kind = LeakKind::Abbreviation;
    let chars: Vec<char> = base.chars().collect();
    let take = |from: usize, to: usize| -> String { chars.iter().skip(from).take(to.saturating_sub(from)).collect() };
    let common = is_common(base);
    // 葫芦岛 is one stem of three.
    let stem_length = CITIES.iter().find(|city| base.starts_with(**city)).map_or(2, |city| city.chars().count());
    let (stem, field) = (take(0, stem_length), take(stem_length, chars.len()));
    let first = field.chars().next();
    for short in kinds {
        if chars.len() >= 3 || short.chars().count() >= 2 {
            out.add(&format!("{base}{short}"), kind, How::Name, !common || chars.len() >= 3);
        }
        if let Some(first) = first {
            out.add(&format!("{stem}{first}{short}"), kind, How::Name, true);
            if field.chars().count() == 1 {
                out.add(&format!("{stem}{short}"), kind, How::Name, !common);
            }
            // 沈阳农业大学: 沈农大.
            out.add(&format!("{}{first}{short}", take(0, 1)), kind, How::Name, !common);
        } else if !common || short.chars().count() >= 2 {
            out.add(&format!("{stem}{short}"), kind, How::Name, !common);
        } else {
            // 东北大学: 东大.
            out.add(&format!("{}{short}", take(0, 1)), kind, How::Stem, false);
        }
        if !common {
            out.add(&format!("{stem}{short}"), kind, How::Name, true);
        }
        // 砚山表面工程研究所: 砚山表面所; 望溪轨道交通大学: 望溪交大, 望溪轨交大.
        let signs: Vec<char> = field.chars().collect();
        let words: Vec<&[char]> = signs.chunks(2).collect();
        if words.len() > 1 {
            for word in &words {
                let word: String = word.iter().collect();
                out.add(&format!("{stem}{word}{short}"), kind, How::Name, true);
            }
            let firsts: String = words.iter().filter_map(|word| word.first()).collect();
            out.add(&format!("{stem}{firsts}{short}"), kind, How::Name, true);
            for first in firsts.chars() {
                out.add(&format!("{stem}{first}{short}"), kind, How::Name, true);
            }
        }
    }
    let telling = TELLING.contains(&field.as_str());
    if telling || (chars.len() >= 3 && !common) {
        out.add(base, kind, How::Anywhere, true);
    }
    if telling && let Some(second) = field.chars().nth(1) {
        // 青岚理工: 青理工; 大连理工: 大工.
        out.add(&format!("{}{field}", take(0, 1)), kind, How::Name, !common);
        out.add(&format!("{}{second}", take(0, 1)), kind, How::Stem, false);
    }
    if let Some(first) = first.filter(|_| !field.is_empty()) {
        out.add(&format!("{}{first}", take(0, 1)), kind, How::Stem, false);
    }
    if !common {
        out.add(&stem, kind, How::Stem, true);
    }
}
