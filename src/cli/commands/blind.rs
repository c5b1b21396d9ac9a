//! `blind`: packets that name nobody, and what may leak in them.

use std::sync::{Arc, Mutex};

use crate::base::lang::{Blinding, fill};
use crate::base::{Class, Lang, Problem, Refusal, Result};
use crate::domain::leak::{Decided, Decision, Item, Leak, LeakKind, Level};
use crate::workflow::Round;
use crate::workflow::blind::{Outcome as Made, Seen, Wish, blind, show};
use crate::workflow::deciding::Deciding;
use crate::workflow::report::{self, Value};
use crate::workflow::status::Step;

use super::super::args::{Blind, Format};
use super::super::{Context, Outcome, screens, table, words};

/// Blinds, decides and says what may leak.
pub(super) fn run(context: &mut Context, args: &Blind) -> Outcome {
    if let Some(code) = &args.show {
        return print_packet(context, code);
    }
    let mut round = context.open_unlocked()?;
    if args.review {
        round = review(context, round)?;
    }
    let all =
        |numbers: &[u32], decision: Decision| numbers.iter().map(|number| (*number, decision)).collect::<Vec<_>>();
    let decide = [
        all(&args.mask, Decision::Mask),
        all(&args.mask_everywhere, Decision::MaskEverywhere),
        all(&args.release, Decision::Release),
    ];
    let reason = args.reason.clone().unwrap_or_default();
    let made = blind(&mut round, &Wish { aliases: args.aliases.clone(), decide: decide.concat(), reason })?;
    match args.report.format {
        Format::Table => print(context, &made),
        Format::Csv => context.out.bytes(&report::csv(&rows(&made))),
        Format::Json => context.out.bytes(&report::json(&Value::List(made.packets.iter().map(value).collect()))),
    }
    let t = &context.lang.texts().blinding;
    let open = |level| made.packets.iter().map(|seen| seen.undecided(level)).sum::<usize>();
    let (blocks, warns) = (open(Level::Block), open(Level::Warn));
    context.out.note(&fill(t.sum, &[&made.packets.len(), &made.drawn, &made.rebuilt, &blocks, &warns]));
    if blocks + warns > 0 {
        context.out.note(t.decide_how);
    }
    context.repeatable(t.again);
    if blocks > 0 {
        return Ok(Some(Class::Check));
    }
    let command = words::step_command(context.lang, Step::Panel, context.dir());
    context.next(&command);
    Ok(None)
}

/// Goes through the leaks on the screen; every decision is kept as it is made.
fn review(context: &Context, mut round: Round) -> Result<Round> {
    let made = blind(&mut round, &Wish::default())?;
    let items: Vec<Item> = made.packets.into_iter().flat_map(|seen| seen.items).collect();
    let title = round.rubric().title_zh.clone();
    let form = round.form()?;
    let desk = Arc::new(Mutex::new(Some(Deciding::begin(round)?)));
    let kept = Arc::clone(&desk);
    let gone = || Refusal::from(Problem::Internal("review".to_owned()));
    let save = move |stroke: &Decided| {
        let mut desk = kept.lock().map_err(|_| gone())?;
        desk.as_mut().ok_or_else(gone)?.keep(stroke)
    };
    screens::review(&title, Some(form), items, save, &context.look)?;
    let desk = desk.lock().map_err(|_| gone())?.take();
    Ok(desk.ok_or_else(gone)?.end())
}

fn print(context: &mut Context, made: &Made) {
    let (lang, t) = (context.lang, &context.lang.texts().blinding);
    let header = [t.column_code, t.column_masked, t.column_blocks, t.column_warns];
    let counts = made.packets.iter().map(|seen| {
        let open = |level| seen.undecided(level).to_string();
        vec![seen.code.to_string(), seen.masked.len().to_string(), open(Level::Block), open(Level::Warn)]
    });
    context.out.lines(table::lay(&header, &counts.collect::<Vec<_>>(), &[1, 2, 3]));
    let hits: Vec<Vec<String>> = made.packets.iter().flat_map(|seen| &seen.items).map(|item| row(lang, item)).collect();
    if !hits.is_empty() {
        context.out.line("");
        let header = [
            t.column_number,
            t.column_code,
            t.column_level,
            t.column_kind,
            t.column_field,
            t.column_context,
            t.column_decision,
        ];
        context.out.lines(table::lay(&header, &hits, &[0]));
    }
    for seen in &made.packets {
        let naming: Vec<String> =
            seen.sources.iter().filter(|source| source.names).map(|source| source.kind.word().to_owned()).collect();
        if !naming.is_empty() {
            let text = fill(t.source, &[&naming.len(), &naming.join(" ")]);
            context.out.line(&format!("{}{}{text}", seen.code, lang.pick("：", ": ")));
        }
    }
    let own = made.packets.iter().filter(|seen| seen.figures.is_some());
    let own: Vec<String> = own.map(|seen| seen.code.to_string()).collect();
    if !own.is_empty() {
        context.out.line(&fill(t.figures, &[&own.len(), &own.join(" ")]));
    }
}

fn row(lang: Lang, item: &Item) -> Vec<String> {
    let t = &lang.texts().blinding;
    let level = match item.leak.level {
        Level::Block => t.level_block,
        Level::Warn => t.level_warn,
    };
    let decision = item.decision.as_ref().map_or(String::new(), |(decision, reason)| {
        let word = match decision {
            Decision::Mask => t.decided_mask,
            Decision::Release => t.decided_release,
            Decision::MaskEverywhere => t.decided_mask_everywhere,
            Decision::Alias => t.decided_alias,
        };
        if reason.is_empty() { word.to_owned() } else { format!("{word}{}{reason}", lang.pick("：", ": ")) }
    });
    vec![
        item.number.to_string(),
        item.code.to_string(),
        level.to_owned(),
        kind(t, item.leak.kind).to_owned(),
        item.leak.field.clone(),
        format!("{}〖{}〗{}", before(&item.before), item.leak.text, behind(&item.after)),
        decision,
    ]
}

/// Most characters of context on either side of a leak.
const CONTEXT: usize = 20;

/// The end of the line before a leak.
fn before(text: &str) -> String {
    let line = text.rsplit('\n').next().unwrap_or_default();
    line.chars().skip(line.chars().count().saturating_sub(CONTEXT)).collect()
}

/// The beginning of the line behind it.
fn behind(text: &str) -> String {
    text.split('\n').next().unwrap_or_default().chars().take(CONTEXT).collect()
}

/// What a kind is called.
const fn kind(t: &Blinding, kind: LeakKind) -> &'static str {
    match kind {
        LeakKind::UnitName => t.kind_unit_name,
        LeakKind::Abbreviation => t.kind_abbreviation,
        LeakKind::OtherApplicant => t.kind_other_applicant,
        LeakKind::Lead | LeakKind::Contact | LeakKind::LegalRep | LeakKind::Person => t.kind_person,
        LeakKind::Address => t.kind_address,
        LeakKind::City | LeakKind::Place => t.kind_place,
        LeakKind::Phone => t.kind_phone,
        LeakKind::Email => t.kind_email,
        LeakKind::Url => t.kind_url,
        LeakKind::Wechat => t.kind_wechat,
        LeakKind::CreditCode | LeakKind::IdCard => t.kind_number,
        LeakKind::PatentNo => t.kind_patent_no,
        LeakKind::DocNo => t.kind_doc_no,
        LeakKind::PostCode => t.kind_post_code,
        LeakKind::Bank => t.kind_bank,
        LeakKind::Organisation => t.kind_organisation,
        LeakKind::Platform => t.kind_platform,
        LeakKind::Honour => t.kind_honour,
        LeakKind::Anniversary => t.kind_anniversary,
        LeakKind::UniqueFigure => t.kind_unique_figure,
    }
}

fn rows(made: &Made) -> Vec<Vec<String>> {
    let header = ["number", "code", "level", "kind", "field", "offset", "text", "certain", "decision", "reason"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for item in made.packets.iter().flat_map(|seen| &seen.items) {
        let (decision, reason) = item
            .decision
            .clone()
            .map_or((String::new(), String::new()), |(decision, reason)| (decision.word().to_owned(), reason));
        rows.push(vec![
            item.number.to_string(),
            item.code.to_string(),
            item.leak.level.word().to_owned(),
            item.leak.kind.word().to_owned(),
            item.leak.field.clone(),
            item.leak.offset.to_string(),
            item.leak.text.clone(),
            item.leak.certain.to_string(),
            decision,
            reason,
        ]);
    }
    rows
}

fn value(seen: &Seen) -> Value {
    let leak = |leak: &Leak, item: Option<&Item>| {
        let decision = item.and_then(|item| item.decision.as_ref()).map(|(decision, _)| decision.word());
        Value::object([
            ("kind", Value::text(leak.kind.word())),
            ("text", Value::text(&leak.text)),
            ("field", Value::text(&leak.field)),
            ("offset", Value::Count(leak.offset)),
            ("level", Value::text(leak.level.word())),
            ("certain", Value::Bool(leak.certain)),
            ("number", item.map_or(Value::Nothing, |item| Value::Count(usize::try_from(item.number).unwrap_or(0)))),
            ("decision", Value::maybe(decision)),
        ])
    };
    let mut leaks: Vec<Value> = seen.items.iter().map(|item| leak(&item.leak, Some(item))).collect();
    leaks.extend(seen.figures.iter().map(|figures| leak(figures, None)));
    let masks = seen.masked.iter().map(|masked| {
        Value::object([
            ("kind", Value::text(masked.kind.word())),
            ("text", Value::text(&masked.text)),
            ("field", Value::text(&masked.field)),
            ("offset", Value::Count(masked.offset)),
        ])
    });
    let sources = seen.sources.iter().map(|source| {
        Value::object([
            ("kind", Value::text(source.kind.word())),
            ("where", Value::text(&source.place)),
            ("text", Value::text(&source.text)),
            ("names", Value::Bool(source.names)),
        ])
    });
    Value::object([
        ("code", Value::text(&seen.code)),
        ("masked", Value::Count(seen.masked.len())),
        ("leaks", Value::List(leaks)),
        ("source_leaks", Value::List(sources.collect())),
        ("masks", Value::List(masks.collect())),
    ])
}

/// The packet as it will be sent.
fn print_packet(context: &mut Context, code: &str) -> Outcome {
    let round = context.open(false)?;
    let packet = show(&round, code)?;
    let form = round.form()?;
    let lang = context.lang;
    context.out.line(packet.code.as_str());
    for field in form.fields() {
        if let Some(value) = packet.fields.get(&field.id) {
            let label = lang.pick(&field.zh, &field.en);
            context.out.line(&format!("{label}{}{}", lang.pick("：", ": "), value));
        }
    }
    for section in &packet.sections {
        context.out.line("");
        context.out.line(&section.title);
        context.out.lines(section.text.lines());
    }
    Ok(None)
}
