//! `tally`: the ranking from plain score files, without a round.

use crate::base::Lang;
use crate::base::clean::clean_line;
use crate::base::lang::{Tallying, fill};
use crate::base::text::{pad, pad_left, width};
use crate::domain::counting::Counting;
use crate::domain::standing::Cut;
use crate::domain::tallied::{Notice, Placed};
use crate::workflow::explain::of_files;
use crate::workflow::tally::{Beside, Panel, Tally, tally};

use super::super::args::{self, Format};
use super::super::{Context, Outcome, words};
use super::doubt;

/// Counts.
pub(super) fn run(context: &mut Context, args: &args::Tally) -> Outcome {
    let beside = Beside { factors: args.factors.clone(), adjusts: args.adjust.clone(), drawn: args.drawn };
    if args.doubt {
        let report = crate::workflow::doubt::of_files(&args.files, &args.template, &beside, &args.employers)?;
        doubt::print(context, &report, args.report.format);
        return Ok(None);
    }
    if let Some(code) = &args.explain {
        let explanation = of_files(&args.files, &args.template, &beside, code, args.panel.as_deref())?;
        return super::explain::show(context, &explanation, args.report.format, &[]);
    }
    let counted = tally(&args.files, &args.template, &beside)?;
    match args.report.format {
        Format::Table => table(context, &counted),
        Format::Csv => counted.csv(&mut |bytes| context.out.bytes(bytes)),
        Format::Json => counted.json(&mut |bytes| context.out.bytes(bytes)),
    }
    let t = &context.lang.texts().tallying;
    let (factors, adjusts) = counted.untouched();
    for (lines, said) in [(factors, t.untouched_factors), (adjusts, t.untouched_adjusts)] {
        if let Some(first) = lines.first() {
            context.out.note(&fill(said, &[&lines.len(), first]));
        }
    }
    if let Some(why) = counted.standardised().and_then(|across| across.why_not.as_ref()) {
        context.out.note(&fill(t.across_not, &[&clean_line(&why.words(context.lang))]));
    }
    if let Some(first) = counted.passed_over.first() {
        let said = fill(t.passed_over, &[&counted.passed_over.len(), &clean_line(&first.display().to_string())]);
        context.out.note(&said);
    }
    let applications: usize = counted.panels().map(|panel| panel.len()).sum();
    let said = fill(t.read, &[&counted.files, &counted.marks(), &counted.panels().count(), &applications]);
    context.out.note(&said);
    Ok(None)
}

fn notice(t: &Tallying, notice: &Notice<'_>) -> String {
    match notice {
        Notice::PlainStatistic => t.plain.to_owned(),
        Notice::TooFewSheets => t.too_few.to_owned(),
        Notice::FewerSheets => t.fewer.to_owned(),
        Notice::MissingCriterion(id) => fill(t.missing, &[id]),
        Notice::PartialSheet(expert) => fill(t.partial, &[expert]),
        Notice::MissingCarry(panel) => fill(t.no_carry, &[panel]),
        Notice::BelowPassLine => t.below_line.to_owned(),
        Notice::BelowDimension(id) => fill(t.below_dimension, &[id]),
        Notice::TiedAtLine => t.at_line.to_owned(),
    }
}

/// A place's cells: rank, code, score, sheets, sums, notes.
fn cells(context: &Context, rule: &Counting, placed: &Placed<'_>) -> Vec<String> {
    let (t, words) = (context.t, &context.lang.texts().tallying);
    let rank = match placed.rank {
        Some(rank) if placed.tied => fill(t.rank_tied, &[&rank]),
        Some(rank) => rank.to_string(),
        None => "-".to_owned(),
    };
    let score = placed.score.map_or_else(|| "-".to_owned(), |score| rule.score_text(score));
    let mut row = vec![rank, clean_line(placed.code), score, placed.valid_sheets.to_string()];
    for group in &rule.groups {
        let value = placed.groups.iter().find(|(id, _)| *id == group.id);
        row.push(value.map(|(_, value)| value.fixed(rule.aggregation.places)).unwrap_or_default());
    }
    let tie = placed.tie_break.map(|id| fill(t.tie_broken, &[&id]));
    if let Some((group, raw)) = placed.raw {
        row.push(raw.map_or_else(|| "-".to_owned(), |raw| rule.score_text(raw)));
        row.push(clean_line(group));
    }
    let grade = placed.grade.map(str::to_owned);
    let notes = grade.into_iter().chain(tie).chain(placed.notices.iter().map(|one| notice(words, one)));
    row.push(clean_line(&notes.collect::<Vec<_>>().join(context.lang.pick("；", "; "))));
    row
}

/// All panels, twice over each: how wide its columns are, and its lines.
fn table(context: &mut Context, counted: &Tally) {
    let rule = counted.rule();
    let title = context.lang.pick(&rule.title_zh, &rule.title_en);
    if !title.is_empty() {
        context.out.line(title);
    }
    context.out.line(context.t.rank_nature);
    for panel in counted.standings().filter(|panel| !(panel.is_all() && panel.is_empty())) {
        if panel.is_all() {
            context.out.line(&format!("[*] {}", context.lang.texts().tallying.across_done));
        } else if !panel.name().is_empty() {
            context.out.line(&format!("[{}]", clean_line(panel.name())));
        }
        lines(context, rule, panel);
    }
}

fn lines(context: &mut Context, rule: &Counting, panel: Panel<'_>) {
    let t = context.t;
    let mut header = vec![t.column_rank, t.column_code, t.column_score, t.column_valid];
    header.extend(rule.groups.iter().map(|group| group.id.as_str()));
    if panel.is_all() {
        let t = &context.lang.texts().tallying;
        header.extend([t.column_raw, t.column_group]);
    }
    header.push(t.column_flags);
    let mut widths: Vec<usize> = header.iter().map(|title| width(title)).collect();
    // Each place is worked out once; cells are clean, so no tab is in one.
    let mut rows = String::new();
    for placed in panel.places_in_short() {
        let cells = cells(context, rule, &placed);
        for (wide, cell) in widths.iter_mut().zip(&cells) {
            *wide = (*wide).max(width(cell));
        }
        rows.push_str(&cells.join("\t"));
        rows.push('\n');
    }
    let last = header.len();
    let lay = |row: &str| {
        let cells = row.split('\t').zip(&widths).enumerate().map(|(at, (cell, wide))| {
            if (2..last - 1).contains(&at) { pad_left(cell, *wide) } else { pad(cell, *wide) }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    context.out.line(&lay(&header.join("\t")));
    let line = panel.line_after();
    for (at, row) in rows.lines().enumerate() {
        if line.is_some_and(|(after, _)| after == at) {
            cut_line(context, panel);
        }
        context.out.line(&lay(row));
    }
    if line.is_some_and(|(after, _)| after == panel.len()) {
        cut_line(context, panel);
    }
    let there = panel.line();
    if !there.tied_at_line.is_empty() {
        let t = &context.lang.texts().tallying;
        let said = fill(t.tied_at_line, &[&there.tied_at_line.join(" "), &there.seats_left]);
        context.out.line(&said);
    }
}

fn cut_line(context: &mut Context, panel: Panel<'_>) {
    let lang: Lang = context.lang;
    let Some((_, kind)) = panel.line_after() else { return };
    let line = panel.line();
    let cut = Cut { quota: line.quota, kind, above: Vec::new(), tied_at_line: Vec::new(), seats_left: line.seats_left };
    let said = fill(lang.texts().tallying.line, &[&words::quota(lang, &cut)]);
    context.out.line(&said);
}
