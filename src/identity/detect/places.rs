//! Places: the province's cities, new areas, and roads with a number.

use crate::domain::leak::LeakKind;

use super::super::found::Found;
use super::super::view::View;
use super::super::words::CITIES;
use super::{found, matches, pattern};

pattern!(
    ROAD = r"(?:\p{Han}{2,4}市)?(?:\p{Han}{2,6}(?:区|县))?\p{Han}{1,8}(?:路|街道|街|大街|大道|巷) ?[0-9]{1,5}(?:-[0-9]{1,3})? ?(?:号|弄)(?:院|楼)?"
);
pattern!(
    AREA = r"沈抚(?:改革创新)?(?:示范区|新区)?|沈北新区|浑南(?:区|新区)|金普新区|高新园区[\p{Han}]{2,6}路|长兴岛|西咸新区|浦东新区|雄安新区|鸭绿江|太子河|大凌河|凌河|千山|棋盘山"
);
pattern!(CITY = r"沈阳|大连|鞍山|抚顺|本溪|丹东|锦州|营口|阜新|辽阳|盘锦|铁岭|朝阳|葫芦岛");

/// Whether a city's name between these characters is the city.
pub(in crate::identity) fn city_fits(name: &str, before: Option<char>, behind: Option<char>) -> bool {
    let is = |c: Option<char>, of: &str| c.is_some_and(|c| of.contains(c));
    match name {
        "大连" | "大连市" => !is(before, "扩重强加放增最较") && !is(behind, "续锁接通带环贯片串"),
        "营口" => !is(before, "经运") && !is(behind, "径岸碑号"),
        "鞍山" => !is(before, "马"),
        "朝阳" => is(behind, "市"),
        "丹东" => !is(before, "牡"),
        _ => true,
    }
}

pub(super) fn find(view: &View) -> Vec<Found> {
    let mut out = Vec::new();
    for (bytes, _) in matches(&ROAD, view) {
        out.push(found(view, bytes, LeakKind::Address, false));
    }
    for (bytes, _) in matches(&AREA, view) {
        out.push(found(view, bytes, LeakKind::Place, false));
    }
    for (bytes, _) in matches(&CITY, view) {
        let name = view.text().get(bytes.clone()).unwrap_or_default();
        let fits = city_fits(name, view.left(bytes.start, 1).chars().next(), view.right(bytes.end, 1).chars().next());
        if fits && CITIES.contains(&name) {
            out.push(found(view, bytes, LeakKind::Place, false));
        }
    }
    out
}
