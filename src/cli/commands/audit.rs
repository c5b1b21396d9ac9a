//! `audit`: whether a round's folder, or a copy of one, holds together.

use std::path::Path;

use crate::base::lang::fill;
use crate::base::{Class, Problem, Result};
use crate::workflow::audit::{self, Audit as Audited, Check, Drawn, Finding, Keys, Wish};
use crate::workflow::report::{self, Value};

use super::super::args::{Audit, Short};
use super::super::{Context, Outcome, screens, table};

/// Most findings said on a screen.
const MOST: usize = 60;

/// Audits.
pub(super) fn run(context: &mut Context, args: &Audit) -> Outcome {
    let dir = args.archive.clone().unwrap_or_else(|| context.dir().to_owned());
    if let Some(file) = &args.report
        && audit::is_inside(&dir, file)
    {
        return Err(Problem::ReportInside { dir: dir.display().to_string() }.into());
    }
    let keys = if args.open { Some(keys(context, args, &dir)?) } else { None };
    let audited = audit::audit(&dir, &Wish { since: args.since.as_deref(), keys: keys.as_ref() })?;
    let seed = args.seed.as_deref().unwrap_or_default();
    let drawn =
        args.sample.map(|number| audit::draw(&audited.sheets, usize::try_from(number).unwrap_or(usize::MAX), seed));
    match args.format {
        Short::Table => {
            print(context, &audited);
            if let Some(drawn) = &drawn {
                sample(context, &audited, drawn, seed);
            }
        }
        Short::Json => context.out.bytes(&report::json(&value(context, &audited, drawn.as_deref()))),
    }
    if let Some(file) = &args.report {
        audit::document(&audited, &dir, file, &context.clock, &context.zone)?;
        let text = fill(context.lang.texts().audit.report_written, &[&file.display()]);
        context.out.note(&text);
    }
    Ok(if audited.holds() { None } else { Some(Class::Check) })
}

/// The keys that sealed files are opened with again.
fn keys(context: &mut Context, args: &Audit, dir: &Path) -> Result<Keys> {
    let supervisor = match &args.supervisor_key {
        Some(file) => Some(context.supervisor(file, args.supervisor_passphrase_file.as_deref())?),
        None => None,
    };
    // For practice no passphrase is wanted.
    match Keys::read(dir, None, supervisor.as_ref()) {
        Err(refusal) if *refusal.problem() == Problem::NeedsPassphrase => {}
        read => return read,
    }
    if let Some(given) = context.given_passphrase()? {
        return Keys::read(dir, Some(&given), supervisor.as_ref());
    }
    let mut keys = None;
    screens::ask_passphrase(context.lang.texts().sealing.ask_passphrase, &context.look, &mut |typed| {
        keys = Some(Keys::read(dir, Some(typed), supervisor.as_ref())?);
        Ok(())
    })?;
    keys.ok_or_else(|| Problem::NeedsPassphrase.into())
}

fn print(context: &mut Context, audited: &Audited) {
    let (lang, t) = (context.lang, &context.lang.texts().audit);
    let colon = lang.pick("：", ": ");
    if let Some((zh, en, id, version)) = &audited.template {
        context.out.line(&format!("{} ({id}, {version})", lang.pick(zh, en)));
    }
    if audited.demo {
        context.out.line(t.practice);
    }
    if let Some((seq, hash, time)) = &audited.head {
        let head = fill(t.head_line, &[&hash.receipt(), seq, &time.date_and_minute(&context.zone)]);
        context.out.line(&format!("{}{colon}{head}", t.head));
    }
    if let Some(keys) = &audited.secretary {
        context.out.line(&format!("{}{colon}{}", t.round_code, keys.check_code()));
    }
    let rows: Vec<Vec<String>> = Check::ALL
        .into_iter()
        .map(|check| {
            let many = audited.counts.get(&check).map(ToString::to_string).unwrap_or_default();
            let failed = audited.failures(check);
            let result = match (many.is_empty(), failed) {
                (true, 0) => t.skipped.to_owned(),
                (false, 0) => t.holds.to_owned(),
                (_, failed) => fill(t.fails, &[&failed]),
            };
            vec![check.words(lang).to_owned(), many, result]
        })
        .collect();
    context.out.lines(table::lay(&[t.column_check, t.column_count, t.column_result], &rows, &[1]));
    let line = |finding: &Finding| {
        let who = finding.who.as_ref().map(|who| fill(t.signed_by, &[&who.words(lang)])).unwrap_or_default();
        let place = if finding.place.is_empty() { String::new() } else { format!("{}{colon}", finding.place) };
        crate::base::clean::clean_line(&format!("  {place}{}{who}", finding.say.words(lang)))
    };
    let failures = audited.findings.len();
    if failures > 0 {
        context.out.line(&fill(t.findings, &[&failures]));
        context.out.lines(audited.findings.iter().take(MOST).map(line));
        if failures > MOST {
            context.out.line(&fill(t.more_findings, &[&(failures - MOST)]));
        }
    }
    if !audited.notes.is_empty() {
        context.out.line(t.notes);
        context.out.lines(audited.notes.iter().take(MOST).map(line));
    }
    context.out.line(t.unproved);
    context.out.lines(audited.unproved.iter().map(|say| format!("  {}", say.words(lang))));
    let verdict = if audited.holds() { t.verdict_good.to_owned() } else { fill(t.verdict_bad, &[&failures]) };
    context.out.line(&verdict);
}

fn sample(context: &mut Context, audited: &Audited, drawn: &[Drawn], seed: &str) {
    let t = &context.lang.texts().audit;
    context.out.line(&fill(t.sample_how, &[&seed, &drawn.len(), &audited.sheets.len()]));
    for drawn in drawn {
        context.out.line(&fill(
            t.sample_line,
            &[&drawn.expert, &drawn.revision, &drawn.sheet.receipt(), &drawn.check_code, &drawn.totals.len()],
        ));
        let totals: Vec<String> = drawn.totals.iter().map(|(code, total)| format!("{code} {total}")).collect();
        context.out.line(&fill(t.sample_totals, &[&totals.join(context.lang.pick("、", ", "))]));
    }
}

fn value(context: &Context, audited: &Audited, drawn: Option<&[Drawn]>) -> Value {
    let lang = context.lang;
    let finding = |finding: &Finding| {
        Value::object([
            ("check", Value::text(finding.check.word())),
            ("place", Value::text(&finding.place)),
            ("what", Value::text(finding.say.word)),
            ("text", Value::text(&finding.say.words(lang))),
            ("who", Value::maybe(finding.who.as_ref().map(audit::Who::word))),
            (
                "event",
                finding
                    .who
                    .as_ref()
                    .and_then(|who| usize::try_from(who.seq?).ok())
                    .map_or(Value::Nothing, Value::Count),
            ),
        ])
    };
    let checks = Check::ALL.into_iter().filter_map(|check| {
        let many = audited.counts.get(&check);
        let failed = audited.failures(check);
        (many.is_some() || failed > 0).then(|| {
            Value::object([
                ("check", Value::text(check.word())),
                ("looked_at", Value::Count(many.copied().unwrap_or(0))),
                ("holds", Value::Bool(failed == 0)),
            ])
        })
    });
    let head = audited.head.as_ref();
    let mut pairs = vec![
        ("holds", Value::Bool(audited.holds())),
        ("round", Value::maybe(audited.round)),
        ("head", Value::maybe(head.map(|(_, hash, _)| hash))),
        ("events", Value::Count(head.and_then(|(seq, ..)| usize::try_from(*seq).ok()).unwrap_or(0))),
        ("check_code", Value::maybe(audited.secretary.as_ref().map(crate::base::PublicKeys::check_code))),
        ("checks", Value::List(checks.collect())),
        ("findings", Value::List(audited.findings.iter().map(finding).collect())),
        ("notes", Value::List(audited.notes.iter().map(finding).collect())),
        ("unproved", Value::List(audited.unproved.iter().map(|say| Value::text(say.word)).collect())),
    ];
    if let Some(drawn) = drawn {
        pairs.push(("sample", Value::List(drawn.iter().map(sheet).collect())));
    }
    Value::Object(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn sheet(drawn: &Drawn) -> Value {
    let totals = drawn.totals.iter().map(|(code, total)| (code.to_string(), Value::text(total)));
    Value::object([
        ("expert", Value::text(&drawn.expert)),
        ("revision", Value::Count(usize::try_from(drawn.revision).unwrap_or(0))),
        ("sheet", Value::text(&drawn.sheet)),
        ("receipt", Value::text(&drawn.sheet.receipt())),
        ("check_code", Value::text(&drawn.check_code)),
        ("totals", Value::Object(totals.collect())),
    ])
}
