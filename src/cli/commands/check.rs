//! `check`: conditions of application, cross-checks, letters to the applicants.

use std::path::PathBuf;

use crate::base::lang::{Checking, Remark, fill};
use crate::base::{Class, Lang, Refusal};
use crate::domain::application::checks::finding::Severity;
use crate::domain::eligibility::AmountBasis;
use crate::domain::eligibility::truth::Truth;
use crate::workflow::check::{Checked, NotUsed, Report, check, check_files, held_against, label, letters, place, said};

use super::super::args::{Check, Format};
use super::super::{Context, Outcome, reading, table};
use super::ended;

/// Checks, and writes letters where they are asked for.
pub(super) fn run(context: &mut Context, args: &Check) -> Outcome {
    let supplies = args.supply.as_deref();
    if !args.files.is_empty() {
        let reader = reading::reader()?;
        let (report, refused) = check_files(&args.files, &args.template, supplies, &reader)?;
        for refusal in &refused {
            context.refuse(refusal);
        }
        let refused: Vec<&Refusal> = refused.iter().collect();
        if report.all.is_empty() {
            return Ok(ended(&refused, refused.len()));
        }
        let no = tell(context, &report, args.report.format);
        return Ok(ended(&refused, refused.len() + report.all.len()).or(no));
    }
    let mut round = context.open_unlocked()?;
    let report = check(&mut round, supplies)?;
    let no = tell(context, &report, args.report.format);
    let t = &context.lang.texts().checking;
    if args.letters {
        let files: Vec<PathBuf> =
            letters(&mut round, &report, args.output.as_deref(), args.by, &context.clock, &context.zone)?;
        context.out.notes(files.iter().map(|file| file.display().to_string()));
        let written = files.len() / 2;
        context.out.note(&fill(t.letters_written, &[&written, &report.all.len().saturating_sub(written)]));
    }
    let out: Vec<&str> =
        report.all.iter().filter(|it| it.eligible() == Truth::NotMet).map(|it| it.no.as_str()).collect();
    if !out.is_empty() {
        let command = context.command(&format!("intake --withdraw {} --reason WHY", out.join(" ")));
        context.out.note(&fill(t.not_met_how, &[&command]));
    }
    context.repeatable(t.again);
    context.next("blind");
    Ok(no)
}

/// Says what was found, and whether it says no.
fn tell(context: &mut Context, report: &Report, format: Format) -> Option<Class> {
    let lang = context.lang;
    let t = &lang.texts().checking;
    match format {
        Format::Json => context.out.bytes(&report.json(lang)),
        Format::Csv => context.out.bytes(&report.csv(lang)),
        Format::Table => report.all.iter().for_each(|checked| print(context, report, checked)),
    }
    for unused in &report.not_taken {
        context.out.note(&match unused {
            NotUsed::NoSuch(no) => fill(t.supply_unknown_no, &[no]),
            NotUsed::Proved(no, field, there, given) => fill(t.supply_kept, &[no, field, there, given]),
        });
    }
    if report.all.is_empty() {
        context.out.note(t.none_yet);
    }
    let count = |state: Truth| report.all.iter().filter(|checked| checked.eligible() == state).count();
    let findings = |of: &[Severity]| {
        let all = report.all.iter().flat_map(|checked| &checked.outcome.findings);
        all.filter(|finding| of.contains(&finding.severity)).count()
    };
    context.out.note(&fill(
        t.sum,
        &[
            &report.all.len(),
            &count(Truth::Met),
            &count(Truth::NotMet),
            &count(Truth::Unknown),
            &findings(&[Severity::Error, Severity::Eligibility]),
            &findings(&[Severity::Warn]),
        ],
    ));
    if let Some(basis) = report.basis {
        let word = match basis {
            AmountBasis::Contract => t.basis_contract,
            AmountBasis::Received => t.basis_received,
        };
        context.out.note(&fill(t.basis, &[&word]));
    }
    report.all.iter().any(Checked::says_no).then_some(Class::Check)
}

const fn state(t: &Checking, state: Truth) -> &'static str {
    match state {
        Truth::Met => t.met,
        Truth::NotMet => t.not_met,
        Truth::Unknown => t.unknown,
    }
}

const fn severity(t: &Checking, severity: Severity) -> &'static str {
    match severity {
        Severity::Error => t.error,
        Severity::Eligibility => t.eligibility,
        Severity::Warn => t.warn,
        Severity::Config => t.config,
    }
}

fn print(context: &mut Context, report: &Report, checked: &Checked) {
    let lang: Lang = context.lang;
    let t = &lang.texts().checking;
    let file = if checked.no == checked.app.file() { "" } else { checked.app.file() };
    context.out.line(&fill(t.overall, &[&checked.no, &file, &state(t, checked.eligible())]));
    for rule in checked.rules() {
        let text = lang.pick(&rule.zh, &rule.en);
        context.out.line(&fill(t.rule_line, &[&state(t, rule.state), &text, &rule.clause]));
        for ground in &rule.grounds {
            let value = ground.value.as_deref().unwrap_or(t.nothing_read);
            let places: Vec<String> = ground.sources.iter().map(|(_, origin)| place(lang, Some(origin))).collect();
            let mut places: Vec<String> = places.into_iter().filter(|place| !place.is_empty()).collect();
            places.dedup();
            let at = if places.is_empty() { String::new() } else { format!("  [{}]", places.join("；")) };
            let name = label(report.form, lang, &ground.id);
            context.out.line(&fill(
                t.figure_line,
                &[&state(t, ground.state), &name, &value, &held_against(lang, ground.operator, &ground.bound), &at],
            ));
        }
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut gaps: Vec<(Remark, usize, Vec<String>)> = Vec::new();
    for finding in &checked.outcome.findings {
        let name = label(report.form, lang, &finding.field);
        let what = said(report.form, lang, finding);
        // What is simply not there is said in one line.
        if finding.id == "MISSING" {
            if let Some((_, _, names)) = gaps.iter_mut().find(|(remark, ..)| *remark == finding.remark) {
                names.push(name);
                continue;
            }
            gaps.push((finding.remark, rows.len(), vec![name.clone()]));
        }
        rows.push(vec![
            format!("  {}", severity(t, finding.severity)),
            finding.id.to_owned(),
            place(lang, finding.origin.as_ref()),
            fill(t.of_field, &[&name, &what]),
        ]);
    }
    for (remark, at, names) in &gaps {
        let names = names.join(lang.pick("、", ", "));
        if let Some(cell) = rows.get_mut(*at).and_then(|row| row.last_mut()) {
            *cell = fill(t.of_field, &[&remark.text(lang), &names]);
        }
    }
    let header = [&format!("  {}", t.column_severity), t.column_check, t.column_place, t.column_what];
    if !rows.is_empty() {
        context.out.lines(table::lay(&header, &rows, &[]));
    }
    context.out.line("");
}
