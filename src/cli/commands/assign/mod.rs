//! `assign`: who reads what, or why it can't be done.

mod blocked;
mod report;

use std::collections::BTreeSet;
use std::path::Path;

use crate::base::Class;
use crate::base::lang::fill;
use crate::domain::assignment::{alike, total};
use crate::workflow::assign::{Assigned, Grouping, Outcome as Came, Wish, assign_by, propose};
use crate::workflow::declarations::outstanding;
use crate::workflow::report as written;

use super::super::args::{Assign, Format};
use super::super::{Context, Outcome, table};

/// Assigns.
pub(super) fn run(context: &mut Context, args: &Assign) -> Outcome {
    let wish = Wish {
        per: args.per,
        most: args.most,
        least: args.least,
        mix: args.mix,
        fit: args.fit.clone(),
        groups: args.groups.as_ref().map(|groups| match groups {
            draw if draw == Path::new("draw") => Grouping::Draw,
            file => Grouping::File(file.clone()),
        }),
        seed: args.seed.clone(),
    };
    let mut round = context.open(!args.dry_run)?;
    let came = if args.dry_run { propose(&round, &wish)? } else { assign_by(&mut round, &wish)? };
    let assigned = match came {
        Came::Assigned(assigned) => *assigned,
        Came::Impossible(rule, blocks, ways) => {
            blocked::say(context, args.report.format, &rule, &blocks, ways);
            return Ok(Some(Class::Check));
        }
    };
    match args.report.format {
        Format::Table => print(context, &assigned),
        Format::Csv => context.out.bytes(&written::csv(&report::rows(&assigned))),
        Format::Json => context.out.bytes(&written::json(&report::value(&assigned))),
    }
    notes(context, &assigned);
    if args.dry_run {
        context.out.note(context.lang.texts().assigning.dry);
        return Ok(None);
    }
    let said = if assigned.new { context.t.assigned } else { context.t.assigned_same };
    context.out.note(&fill(said, &[&assigned.parts.len()]));
    let waiting = outstanding(&round);
    if !waiting.is_empty() {
        context.out.note(&fill(context.lang.texts().declaring.waiting, &[&codes(&waiting)]));
    }
    context.repeatable(context.t.again_assign);
    context.next("issue");
    Ok(None)
}

fn codes<T: ToString>(codes: impl IntoIterator<Item = T>) -> String {
    codes.into_iter().map(|code| code.to_string()).collect::<Vec<_>>().join(" ")
}

fn print(context: &mut Context, assigned: &Assigned) {
    let (t, words) = (context.t, &context.lang.texts().assigning);
    let Some(rule) = &assigned.rule else {
        let row = |part: &crate::domain::assignment::Part| {
            let recused = codes(part.recused.iter().map(|recusal| &recusal.code));
            vec![part.expert.to_string(), part.codes.len().to_string(), recused]
        };
        let rows: Vec<Vec<String>> = assigned.parts.iter().map(row).collect();
        context.out.lines(table::lay(&[t.column_expert, t.column_packets, t.column_recused], &rows, &[1]));
        return;
    };
    context.out.line(&rule.words(context.lang));
    let grouped = rule.groups.is_some();
    let mut header = vec![t.column_expert, words.column_load, t.column_specialty];
    header.extend(grouped.then_some(words.column_group));
    header.extend([words.column_codes, t.column_recused]);
    let rows: Vec<Vec<String>> = assigned
        .parts
        .iter()
        .map(|part| {
            let seat = assigned.seats.iter().find(|seat| seat.expert == part.expert);
            let mut row = vec![part.expert.to_string(), part.codes.len().to_string()];
            row.push(seat.map(|seat| seat.specialty.clone()).unwrap_or_default());
            row.extend(seat.filter(|_| grouped).map(|seat| seat.group.clone()));
            row.extend([codes(&part.codes), codes(part.recused.iter().map(|recusal| &recusal.code))]);
            row
        })
        .collect();
    context.out.lines(table::lay(&header, &rows, &[1]));
    context.out.line("");
    let mut header = vec![t.column_code];
    header.extend(grouped.then_some(words.column_group));
    header.push(words.column_experts);
    header.extend(rule.fit.map(|_| words.column_points));
    let rows: Vec<Vec<String>> = assigned
        .readers
        .iter()
        .map(|of| {
            let mut row = vec![of.code.to_string()];
            row.extend(of.group.clone());
            row.push(codes(of.experts.iter().map(|(expert, _)| expert)));
            row.extend(rule.fit.map(|_| total(std::slice::from_ref(of)).to_string()));
            row
        })
        .collect();
    context.out.lines(table::lay(&header, &rows, &[]));
    if rule.fit.is_some() {
        context.out.line(&fill(words.total, &[&total(&assigned.readers)]));
    }
    if rule.mix {
        context.out.line(&fill(words.alike, &[&alike(&assigned.readers, &assigned.seats)]));
    }
    let loads = || assigned.parts.iter().map(|part| part.codes.len());
    let (least, most) = (loads().min().unwrap_or(0), loads().max().unwrap_or(0));
    context.out.line(&fill(words.loads, &[&least, &most]));
}

fn notes(context: &mut Context, assigned: &Assigned) {
    let lang = context.lang;
    let words = &lang.texts().assigning;
    if let Some(rule) = &assigned.rule {
        if let (Some(groups), Some(seed)) = (rule.groups.as_ref().filter(|groups| groups.drawn), &rule.seed) {
            let names: BTreeSet<&String> = groups.of.values().collect();
            let names = names.into_iter().cloned().collect::<Vec<_>>().join(lang.pick("、", ", "));
            context.out.note(&fill(words.drawn_how, &[seed, &names]));
        }
        let unknown: Vec<_> = assigned.seats.iter().filter(|seat| seat.specialty.is_empty()).collect();
        if rule.mix && !unknown.is_empty() {
            context.out.note(&fill(words.unknown_specialty, &[&codes(unknown.iter().map(|seat| &seat.expert))]));
        }
        let idle = assigned.parts.iter().filter(|part| part.codes.is_empty()).map(|part| &part.expert);
        let idle = codes(idle);
        if !idle.is_empty() {
            context.out.note(&fill(words.idle, &[&idle]));
        }
        let (wanted, few) = &assigned.few;
        if !few.is_empty() {
            context.out.note(&fill(words.few_sheets, &[wanted, &codes(few)]));
        }
    }
}
