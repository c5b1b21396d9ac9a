//! The report (核查报告): a page in Chinese, to be printed and signed.

use std::path::Path;

use crate::base::clock::Zone;
use crate::base::{Clock, Lang, Problem, Result};
use crate::formats::audit_report::{Page, write};
use crate::store;

use super::{Audit, Check};

/// Whether a file would lie in the folder that is audited, where it would be a
/// file that no event knows.
#[must_use]
pub fn is_inside(dir: &Path, file: &Path) -> bool {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let whole = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path));
    matches!((whole(dir), whole(folder)), (Ok(dir), Ok(folder)) if folder.starts_with(&dir))
}

/// Writes the report.
///
/// # Errors
/// A file within the folder audited; nothing can be written.
pub fn document(audit: &Audit, dir: &Path, file: &Path, clock: &Clock, zone: &Zone) -> Result<()> {
    if is_inside(dir, file) {
        return Err(Problem::ReportInside { dir: dir.display().to_string() }.into());
    }
    store::write_durable(file, page(audit, &clock.now().date_and_minute(zone), zone).as_bytes()).map(drop)
}

fn page(audit: &Audit, at: &str, zone: &Zone) -> String {
    let t = &Lang::Zh.texts().audit;
    let fill = crate::base::lang::fill;
    let mut particulars = Vec::new();
    if let Some((title, _, id, version)) = &audit.template {
        particulars.push((t.template, format!("{title}（{id}，{version}）")));
    }
    if let Some(round) = &audit.round {
        particulars.push((t.round, round.to_string()));
    }
    if let Some((seq, hash, time)) = &audit.head {
        let line = fill(t.head_line, &[&hash.receipt(), seq, &time.date_and_minute(zone)]);
        particulars.push((t.head, format!("{line} {hash}")));
    }
    if let Some(keys) = &audit.secretary {
        particulars.push((t.round_code, keys.check_code()));
    }
    particulars.push((t.at, at.to_owned()));
    particulars.push((t.program, format!("pingshen {}", env!("CARGO_PKG_VERSION"))));
    let line = |finding: &super::Finding| {
        let who = finding.who.as_ref().map(|who| fill(t.signed_by, &[&who.words(Lang::Zh)])).unwrap_or_default();
        let place = if finding.place.is_empty() { String::new() } else { format!("{}：", finding.place) };
        format!("{}：{place}{}{who}", finding.check.words(Lang::Zh), finding.say.words(Lang::Zh))
    };
    let failures = audit.findings.len();
    let checks = Check::ALL.into_iter().map(|check| {
        let (many, failed) = (audit.counts.get(&check), audit.failures(check));
        let result = match (many, failed) {
            (None, 0) => t.skipped.to_owned(),
            (_, 0) => t.holds.to_owned(),
            (_, failed) => fill(t.fails, &[&failed]),
        };
        [check.words(Lang::Zh).to_owned(), many.map(ToString::to_string).unwrap_or_default(), result]
    });
    write(&Page {
        title: t.title,
        nature: t.doc_nature,
        practice: audit.demo.then_some(t.practice),
        particulars,
        header: [t.column_check, t.column_count, t.column_result],
        checks: checks.collect(),
        conclusion: (
            t.doc_conclusion,
            if audit.holds() { t.verdict_good.to_owned() } else { fill(t.verdict_bad, &[&failures]) },
        ),
        lists: vec![
            (fill(t.findings, &[&failures]), audit.findings.iter().map(line).collect()),
            (t.notes.to_owned(), audit.notes.iter().map(line).collect()),
            (t.unproved.to_owned(), audit.unproved.iter().map(|say| say.words(Lang::Zh)).collect()),
        ],
        signatures: t.doc_signatures,
    })
}
