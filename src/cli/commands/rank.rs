//! `rank`: the standing, and one place worked out by hand.

use crate::base::lang::fill;
use crate::domain::rubric::{QuotaKind, Rubric};
use crate::domain::standing::Standee;
use crate::workflow::rank::{Ranked, csv, json, rank, rule_in_words};
use crate::workflow::{self, Round};

use super::super::args::{Format, Rank};
use super::super::{Context, Outcome, table, words};
use super::doubt;

/// Ranks.
pub(super) fn run(context: &mut Context, args: &Rank) -> Outcome {
    let round = context.open(false)?;
    if args.doubt {
        let report = crate::workflow::doubt::of_round(&round)?;
        doubt::print(context, &report, args.report.format);
        return Ok(None);
    }
    let ranked = rank(&round)?;
    if let Some(code) = &args.explain {
        return explain(context, &round, &ranked, (code, args.report.format));
    }
    match args.report.format {
        Format::Table => print(context, round.rubric(), &ranked),
        Format::Csv => context.out.bytes(&csv(&ranked)),
        Format::Json => context.out.bytes(&json(&ranked)?),
    }
    let t = context.t;
    if let Some(why) = ranked.standing.across.as_ref().and_then(|across| across.why_not.as_ref()) {
        let said = &context.lang.texts().tallying.across_not;
        context.out.note(&fill(said, &[&why.words(context.lang)]));
    }
    for (expert, state) in &ranked.outstanding {
        let state = state.map_or(t.sheet_outstanding, |state| words::sheet_state(context.lang, state));
        context.out.note(&fill(t.rank_without, &[expert, &state]));
    }
    if ranked.standing.cut.kind == QuotaKind::None && round.rubric().quota.kind != QuotaKind::None {
        context.out.note(t.rank_no_line);
    }
    if args.report.format == Format::Table {
        context.next("export shortlist");
    }
    Ok(None)
}

fn rank_text(context: &Context, place: &Standee) -> String {
    match place.rank_text() {
        Some(rank) if place.tied => fill(context.t.rank_tied, &[&rank]),
        Some(rank) => rank,
        None => "-".to_owned(),
    }
}

fn totals(place: &Standee) -> String {
    let total = |(expert, total): (&crate::base::ExpertCode, &crate::base::Points)| {
        if place.dropped.has_total(expert) { format!("({total})") } else { total.to_string() }
    };
    place.expert_totals.iter().map(total).collect::<Vec<_>>().join(" ")
}

fn notes(context: &Context, place: &Standee) -> String {
    let tie = place.tie_break.as_ref().map(|id| fill(context.t.tie_broken, &[id]));
    let raw = place.raw.map(|raw| format!("{} {raw}", context.lang.texts().tallying.column_raw));
    let flags = place.flags.iter().map(|flag| flag.words(context.lang));
    raw.into_iter().chain(tie).chain(flags).collect::<Vec<_>>().join(context.lang.pick("；", "; "))
}

fn print(context: &mut Context, rubric: &Rubric, ranked: &Ranked) {
    let (lang, t) = (context.lang, context.t);
    let standing = &ranked.standing;
    let places = standing.rule.aggregation.places;
    context.out.line(lang.pick(&rubric.title_zh, &rubric.title_en));
    if ranked.of.demo {
        context.out.line(t.demo_data);
    }
    context.out.line(t.rank_nature);
    let mut header = vec![t.column_rank, t.column_code, t.column_score, t.column_valid, t.column_votes];
    header.extend(rubric.dimensions.iter().map(|dimension| dimension.id.as_str()));
    header.extend([t.column_totals, t.column_flags]);
    let numbers: Vec<usize> = (2..5 + rubric.dimensions.len()).collect();
    let mut rows = Vec::new();
    for place in &standing.places {
        let mut row = vec![
            rank_text(context, place),
            place.code.to_string(),
            place.score.map_or_else(|| "-".to_owned(), |score| score.fixed(places)),
            place.valid_sheets.to_string(),
            format!("{}/{}", place.votes.recommend, place.votes.said),
        ];
        row.extend(
            rubric
                .dimensions
                .iter()
                .map(|d| place.dimensions.get(&d.id).map(|value| value.fixed(places)).unwrap_or_default()),
        );
        row.extend([totals(place), notes(context, place)]);
        rows.push(row);
    }
    let mut lines = table::lay(&header, &rows, &numbers);
    if let Some(at) = standing.line_after() {
        let line = fill(t.cut_line, &[&words::quota(lang, &standing.cut)]);
        lines.insert((at + 1).min(lines.len()), line);
    }
    context.out.lines(lines);
    if !ranked.of.amendments.is_empty() {
        context.out.line(lang.texts().amending.in_force);
    }
    for (amendment, _) in &ranked.of.amendments {
        let words = amendment.change.words(lang);
        let text = fill(lang.texts().amending.merged_line, &[&amendment.number, &words, &amendment.reason]);
        context.out.line(&text);
    }
    let tied = &standing.cut.tied_at_line;
    if !tied.is_empty() {
        let codes = tied.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        context.out.line(&fill(t.tied_at_line, &[&standing.cut.seats_left, &codes]));
    }
    context.out.line(&fill(t.rank_rule, &[&rule_in_words(ranked)]));
    context.out.line(&fill(t.rank_dimensions, &[]));
}

/// One place worked out, with its votes and what else the sheets say.
fn explain(context: &mut Context, round: &Round, ranked: &Ranked, args: (&str, Format)) -> Outcome {
    let explanation = workflow::explain::of_round(round, ranked, args.0)?;
    let mut beside = Vec::new();
    let places = &ranked.standing.places;
    let code = explanation.all.first().map(|one| one.code.as_str());
    if let Some(place) = places.iter().find(|place| Some(place.code.as_str()) == code) {
        beside.push(fill(context.t.explain_votes, &[&place.votes.recommend, &place.votes.said]));
        let said = notes(context, place);
        if !said.is_empty() {
            beside.push(format!("{}{}{said}", context.t.column_flags, context.lang.pick("：", ": ")));
        }
    }
    super::explain::show(context, &explanation, args.1, &beside)
}
