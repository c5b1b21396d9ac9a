//! Numbers of documents (文号): the letters before the year say which office
//! issued it. Those of the state and of provinces name no applicant.

use crate::domain::leak::LeakKind;

use super::super::found::Found;
use super::super::view::View;
use super::{found, matches, pattern};

pattern!(NUMBER = r"[\p{Han}A-Z]{1,14} ?[〔\[【(（﹝] ?(?:19|20)[0-9]{2} ?[〕\]】)）﹞] ?第? ?[0-9]{1,5} ?号");
pattern!(YEARLESS = r"[\p{Han}]{1,10}(?:字|发|函|办|科) ?(?:19|20)[0-9]{2} ?[-—–] ?[0-9]{1,4} ?号");

/// Letters of offices of the state and of provinces.
const OFFICES: [&str; 40] = [
    "国发",
    "国办发",
    "国办函",
    "国函",
    "国知发",
    "国知办",
    "教科技",
    "科教技",
    "教科信",
    "教技",
    "教高",
    "教政法",
    "教发",
    "国科发",
    "国科办",
    "科发",
    "财建",
    "财教",
    "财科教",
    "财资",
    "财行",
    "财税",
    "发改",
    "工信",
    "人社部",
    "国资发",
    "税总",
    "中办发",
    "中发",
    "沪知",
    "豫知",
    "辽知",
    "辽教",
    "辽科",
    "辽政",
    "辽财",
    "辽委",
    "京知",
    "苏知",
    "粤知",
];

/// What stands before an office's letters in a sentence.
const BEFORE: [&str; 14] =
    ["根据", "依据", "按照", "执行", "印发", "落实", "贯彻", "参照", "遵照", "文号为", "文号", "文件", "依照", "以"];

pub(super) fn find(view: &View) -> Vec<Found> {
    let mut out = every(view);
    out.retain(|found| !OFFICES.iter().any(|office| view.original(&found.place).contains(office)));
    out
}

/// Every document's number, whoever issued it.
pub(super) fn every(view: &View) -> Vec<Found> {
    let mut out = Vec::new();
    for pattern in [&NUMBER, &YEARLESS] {
        for (mut bytes, _) in matches(pattern, view) {
            for word in BEFORE {
                let text = view.text().get(bytes.clone()).unwrap_or_default();
                if let Some((before, _)) = text.rsplit_once(word) {
                    bytes.start = bytes.start.saturating_add(before.len()).saturating_add(word.len());
                }
            }
            out.push(found(view, bytes, LeakKind::DocNo, false));
        }
    }
    out
}
