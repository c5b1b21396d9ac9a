//! Numbers of patents: applications by their check digit, publications by their
//! letters, PCT and foreign ones by their form.

use crate::domain::identifiers::patent;
use crate::domain::leak::LeakKind;

use super::super::found::Found;
use super::super::view::View;
use super::numbers::stretches;
use super::{found, labelled, matches, pattern, stands_alone};

pattern!(RUN = r"(?:ZL|CN)?[ :]?[0-9](?:[ .·\-]{0,2}[0-9X]){7,20}");
pattern!(MARKED = r"(?:ZL|ＺＬ)[ :]?(?:[0-9][ ]?){8,13}[ ]?[.·]?[ ]?[0-9X]");
pattern!(PUBLICATION = r"CN[ ]?[1-3][0-9 ]{6,9}[ ]?[ABCUYSD][0-9]?");
pattern!(TREATY = r"PCT[ /]{0,2}[A-Z]{2}[ ]?(?:[0-9]{4}[ /]{1,2}[0-9]{5,6}|[0-9]{2}/[0-9]{5})");
pattern!(
    FOREIGN =
        r"(?:WO[ ]?(?:19|20)[0-9]{2}[ /]?[0-9]{6}(?:[ ]?A[0-9])?|(?:US|EP|JP|KR|DE)[ ]?[0-9]{6,11}[ ]?[AB][0-9]?)"
);

const LABELS: [&str; 5] = ["专利号", "申请号", "公开号", "公告号", "授权号"];

pub(super) fn find(view: &View) -> Vec<Found> {
    let mut out = Vec::new();
    for (bytes, _) in matches(&MARKED, view) {
        let number: String = number(view, &bytes);
        out.push(found(view, bytes, LeakKind::PatentNo, patent::is_application(&number)));
    }
    for (run, _) in matches(&RUN, view) {
        for (bytes, whole) in stretches(view, &run) {
            let number = whole.trim_start_matches("ZL").trim_start_matches("CN");
            let said = labelled(view, bytes.start, 8, &LABELS) || whole.len() > number.len();
            let dotted = view
                .text()
                .get(bytes.clone())
                .is_some_and(|text| text.rsplit('.').next().is_some_and(|last| last.len() == 1));
            let right = patent::is_application(number) && (number.len() == 13 || said || dotted);
            let formed = dotted && number.len() == 13 && (number.starts_with("19") || number.starts_with("20"));
            if stands_alone(view, &bytes) && (right || formed || (said && (9..=13).contains(&number.len()))) {
                out.push(found(view, bytes, LeakKind::PatentNo, right));
            }
        }
    }
    for (bytes, _) in matches(&PUBLICATION, view) {
        let text = view.text().get(bytes.clone()).unwrap_or_default().replace(' ', "");
        if stands_alone(view, &bytes) && patent::is_publication(&text) {
            out.push(found(view, bytes, LeakKind::PatentNo, true));
        }
    }
    for pattern in [&TREATY, &FOREIGN] {
        let alone = matches(pattern, view).filter(|(bytes, _)| stands_alone(view, bytes));
        out.extend(alone.map(|(bytes, _)| found(view, bytes, LeakKind::PatentNo, true)));
    }
    out
}

fn number(view: &View, bytes: &std::ops::Range<usize>) -> String {
    let text = view.text().get(bytes.clone()).unwrap_or_default();
    text.chars().filter(|c| c.is_ascii_digit() || *c == 'X').collect()
}
