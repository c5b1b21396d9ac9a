//! Where an applicant is: its addresses, whole and without what comes before
//! the road, and the city that recommends it.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::application::Application;
use crate::domain::leak::LeakKind;

use super::words::CITIES;
use super::{Gathered, How, texts};

/// 市, 区, road and number.
static ROAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let parts = r"^(?:(\p{Han}{2,6}?省))?(?:(\p{Han}{2,4}?市))?(?:(\p{Han}{2,8}?(?:新区|示范区|开发区|区|县|市)))?(\p{Han}{2,10}?(?:大街|大道|街道|路|街|道|巷|里|村|镇))?(.*)$";
    Regex::new(parts).ok()
});

/// Fields that hold an address.
const ADDRESSES: [&str; 3] = ["unit.address", "cover.unit_address", "contact.address"];

/// Cities whose name begins ordinary words too.
const ALSO_WORDS: [&str; 1] = ["朝阳"];

pub(super) fn gather(application: &Application, out: &mut Gathered) {
    for id in ADDRESSES {
        for address in texts(application, id) {
            self::address(&address, out);
        }
    }
    let offices = texts(application, "cover.city_office").into_iter().chain(application.city.clone());
    for office in offices {
        let name = office.split('市').next().unwrap_or_default().trim_start_matches("辽宁省").to_owned();
        city(&name, out);
    }
}

fn address(address: &str, out: &mut Gathered) {
    let address = address.replace([' ', '\u{3000}', '\n'], "");
    if address.chars().count() < 4 {
        return;
    }
    out.add(&address, LeakKind::Address, How::Anywhere, true);
    let folded = super::spelled(&address, super::Without::Blanks);
    let Some(parts) = ROAD.as_ref().and_then(|road| road.captures(&folded)) else { return };
    let part = |at: usize| parts.get(at).map_or("", |part| part.as_str());
    let (district, road, rest) = (part(3), part(4), part(5));
    if !part(2).is_empty() {
        city(part(2).trim_end_matches('市'), out);
    }
    let number: String = rest.chars().take_while(|c| *c != '号').collect();
    let numbered = rest.contains('号') && number.chars().all(|c| c.is_ascii_digit() || c == '-');
    if !road.is_empty() {
        out.add(&format!("{district}{road}{rest}"), LeakKind::Address, How::Anywhere, true);
        out.add(&format!("{road}{rest}"), LeakKind::Address, How::Anywhere, true);
        if numbered {
            out.add(&format!("{road}{number}号"), LeakKind::Address, How::Anywhere, true);
            out.add(&format!("{district}{road}{number}号"), LeakKind::Address, How::Anywhere, true);
        }
        out.add(&format!("{district}{road}"), LeakKind::Address, How::Anywhere, !district.is_empty());
        if road.chars().count() >= 3 {
            out.add(road, LeakKind::Address, How::Anywhere, false);
        }
    }
    if district.chars().count() >= 3 && district != "高新区" && district != "开发区" && district != "示范区" {
        out.add(district, LeakKind::Address, How::Anywhere, false);
    }
}

fn city(name: &str, out: &mut Gathered) {
    if !(2..=4).contains(&name.chars().count()) || name == "辽宁" {
        return;
    }
    out.add(&format!("{name}市"), LeakKind::City, How::Anywhere, false);
    if CITIES.contains(&name) {
        let how = if ALSO_WORDS.contains(&name) { How::City } else { How::Name };
        out.add(name, LeakKind::City, how, false);
    }
}
