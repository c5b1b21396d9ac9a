//! The standing made anew from the sheets, and held against what was exported:
//! byte for byte, with the sheets and decisions there were at that head.

use std::collections::BTreeMap;

use crate::base::{Digest, Refusal};
use crate::domain::round::{Event, Round as State};
use crate::domain::rubric::Rubric;
use crate::formats::export::{Stamp, shortlist_csv, shortlist_md};

use super::words::say;
use super::{Audit, Check, Evidence, Link, sheets};
use crate::workflow::packets::read_file;
use crate::workflow::rank::{Ranked, json, ranked};

/// Largest export read, in bytes.
const LARGEST: u64 = 32 << 20;

/// Judges the last export of each name, and makes the standing of today.
pub(super) fn check(evidence: &Evidence, audit: &mut Audit) {
    let Some(rubric) = &evidence.rubric else { return };
    // Where a sheet can't be read, one finding says so for all exports.
    let missing = evidence.state.sheets.iter().filter(|received| !evidence.sheets.contains_key(&received.digest));
    let unread: Vec<String> =
        missing.map(|received| format!("{} {}", received.expert, received.digest.receipt())).collect();
    if !unread.is_empty() {
        audit.looked(Check::Ranking, 1);
        audit.find(Check::Ranking, "exports", say!(rank_lost, unread.join(" ")), None);
        return;
    }
    let today = rank(evidence, &evidence.state, rubric);
    if today.is_ok() {
        audit.looked(Check::Ranking, 1);
    }
    let mut last: BTreeMap<(&str, Option<&str>), (&Link, Digest)> = BTreeMap::new();
    for link in &evidence.links {
        if let Some(Event::Exported { what, file, digest }) = &link.event {
            last.insert((what, file.as_deref()), (link, *digest));
        }
    }
    for ((what, file), (link, digest)) in last {
        let Some(ending) = what.strip_prefix("shortlist.").or_else(|| what.strip_prefix("publish.")) else { continue };
        let publish = what.starts_with("publish.");
        audit.looked(Check::Ranking, 1);
        let place = file.map_or_else(|| link.place(), str::to_owned);
        let then = match rank(evidence, &evidence.state_before(link.seq), rubric) {
            Ok(then) => then,
            Err(refusal) => {
                audit.find(Check::Ranking, place, say!(rank_none, refusal), Some(link.who()));
                continue;
            }
        };
        let bytes = file
            .and_then(|file| super::files::inside(&evidence.dir, file))
            .and_then(|path| read_file(&path, LARGEST).ok());
        let said = if publish {
            bytes.as_deref().and_then(|bytes| published(bytes, ending, then.standing.cut.above.len()))
        } else {
            differs(evidence, rubric, &then, ending, link, &digest, bytes.as_deref()).then(|| say!(rank_differs))
        };
        if let Some(said) = said {
            audit.find(Check::Ranking, place.clone(), said, Some(link.who()));
        }
        let after = after(evidence, link.seq);
        if !after.is_empty() {
            let now = match &today {
                Err(_) => say!(rank_unknown),
                Ok(today) if today.standing == then.standing => say!(rank_same),
                Ok(_) => say!(rank_changed),
            };
            audit.note(Check::Ranking, place, say!(rank_since, after.join(" "), now));
        }
    }
}

fn rank(evidence: &Evidence, state: &State, rubric: &Rubric) -> Result<Ranked, Refusal> {
    let rubric = rubric.amended(state.amendments_to(u32::MAX));
    ranked(state, &rubric, &mut |digest| sheets::of(evidence, digest))
}

/// Events behind an export that may change the standing.
fn after(evidence: &Evidence, seq: u64) -> Vec<String> {
    let changes = |event: &Event| {
        matches!(
            event,
            Event::SheetReceived { .. }
                | Event::SheetDecided { .. }
                | Event::SheetReviewed { .. }
                | Event::Amended { .. }
        )
    };
    let behind = evidence.links.iter().filter(|link| link.seq > seq);
    behind.filter(|link| link.event.as_ref().is_some_and(changes)).map(|link| format!("#{}", link.seq)).collect()
}

/// Whether an export is not what the standing of then gives.
fn differs(
    evidence: &Evidence,
    rubric: &Rubric,
    then: &Ranked,
    ending: &str,
    link: &Link,
    digest: &Digest,
    bytes: Option<&[u8]>,
) -> bool {
    if ending == "json" {
        return json(then)
            .map_or(true, |anew| Digest::of(&anew) != *digest || bytes.is_some_and(|there| there != anew));
    }
    // Without its file there is nothing to read the time of the export from;
    // that the file is not there is said elsewhere.
    let Some(bytes) = bytes else { return false };
    let head = evidence.links.iter().rfind(|before| before.seq < link.seq).map(|before| before.hash);
    let text = String::from_utf8_lossy(bytes);
    let (Some(head), Some(at)) = (head, exported_at(&text)) else { return true };
    let stamp = Stamp { title: rubric.title_zh.clone(), head, at };
    let anew = match ending {
        "csv" => shortlist_csv(&then.of, &then.standing, &stamp),
        "md" => shortlist_md(&then.of, &then.standing, &stamp).into_bytes(),
        _ => return false,
    };
    anew != bytes
}

/// The moment an export names, which depends on the zone it was made in: only
/// digits and the signs between them are taken for one.
fn exported_at(text: &str) -> Option<String> {
    let (_, after) = text.rsplit_once("导出时间")?;
    let at: String = after
        .chars()
        .skip_while(|c| matches!(c, '：' | ',' | '"'))
        .take_while(|c| c.is_ascii_digit() || matches!(c, '-' | ':' | ' '))
        .collect();
    (at.len() == 16).then_some(at)
}

/// Whether a published list has as many names as there are above the line.
fn published(bytes: &[u8], ending: &str, above: usize) -> Option<super::Say> {
    let text = String::from_utf8_lossy(bytes);
    let row = |line: &&str| {
        let line = if ending == "md" { line.strip_prefix("| ").unwrap_or_default() } else { line };
        line.trim_start_matches('\u{feff}').bytes().next().is_some_and(|byte| byte.is_ascii_digit())
    };
    let names = text.lines().filter(row).count();
    (names != above).then(|| say!(rank_count, names.to_string(), above.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moment_is_digits_and_nothing_else() {
        assert_eq!(exported_at("导出时间,2026-11-21 10:42\r\n").as_deref(), Some("2026-11-21 10:42"));
        assert_eq!(exported_at("- 导出时间：2026-11-21 10:42\n").as_deref(), Some("2026-11-21 10:42"));
        assert_eq!(exported_at("导出时间,A-01 第一"), None);
        assert_eq!(exported_at("nothing"), None);
    }

    #[test]
    fn names_are_counted_as_they_are_printed() {
        assert_eq!(published("\u{feff}序号,单位名称\r\n1,甲\r\n2,乙\r\n,演示\r\n".as_bytes(), "csv", 2), None);
        assert!(published("\u{feff}序号,单位名称\r\n1,甲\r\n".as_bytes(), "csv", 2).is_some());
        assert_eq!(published("| 序号 | 单位名称 |\n|---:|---|\n| 1 | 甲 |\n".as_bytes(), "md", 1), None);
    }
}
