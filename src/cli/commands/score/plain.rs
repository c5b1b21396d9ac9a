//! `--plain`: question and answer, line by line, for a screen reader or a
//! terminal that draws nothing. Every answer is kept before the next question.

use std::io;

use crate::base::keys::plain_key;
use crate::base::lang::fill;
use crate::base::{CriterionId, PacketCode, Refusal, Result};
use crate::domain::desk::{Act, Given};
use crate::domain::evidence::gather;
use crate::domain::packet::Packet;
use crate::domain::reading::document;
use crate::workflow::Sitting;
use crate::workflow::hand_in::Wish;

use super::super::super::lines::{self, Line};
use super::super::super::{Context, Outcome, error, words};
use super::{copy, page, script, seal, typed};

/// What an answer leads to.
enum Then {
    Stay,
    Next,
    To(PacketCode, CriterionId),
    Quit,
}

/// Asks for one mark after the other.
pub(super) fn run(context: &mut Context, sitting: &mut Sitting) -> Outcome {
    let criteria: Vec<CriterionId> = sitting.rubric().criteria().map(|criterion| criterion.id.clone()).collect();
    let places: Vec<(PacketCode, CriterionId)> = sitting
        .codes()
        .into_iter()
        .flat_map(|code| criteria.iter().map(move |id| (code.clone(), id.clone())))
        .collect();
    hello(context, sitting);
    let mut stdin = io::stdin().lock();
    let mut open: Option<Packet> = None;
    let mut at = 0;
    // A place that was gone back to is asked for though it has a mark.
    let mut again = false;
    while let Some((code, id)) = places.get(at) {
        let recused = sitting.desk().given(code).is_some_and(Given::is_out);
        let given = sitting.desk().mark(code, id).is_some() && sitting.desk().review(code, id).is_none();
        if recused || (!again && given) {
            (at, again) = (at + 1, false);
            continue;
        }
        if open.as_ref().is_none_or(|packet| packet.code != *code) {
            let packet = sitting.packet(code)?;
            head(context, sitting, code);
            open = Some(packet);
        }
        if let Some(packet) = &open {
            question(context, sitting, packet, id);
        }
        loop {
            context.out.line(context.t.plain_prompt);
            context.out.flush();
            let Some(text) = answer(context, &mut stdin)? else { return Ok(quit(context)) };
            match obey(context, sitting, &mut stdin, (code, id), open.as_ref(), &text)? {
                Then::Stay => {}
                Then::Next => {
                    (at, again) = (at + 1, false);
                    break;
                }
                Then::To(code, id) => {
                    at = places.iter().position(|place| *place == (code.clone(), id.clone())).unwrap_or(at);
                    again = true;
                    break;
                }
                Then::Quit => return Ok(quit(context)),
            }
        }
    }
    last(context, sitting, &mut stdin)
}

/// After the last question: hand in, or leave.
fn last(context: &mut Context, sitting: &mut Sitting, stdin: &mut impl io::BufRead) -> Outcome {
    loop {
        let lines = seal::missing(context, sitting, &sitting.check());
        context.out.lines(lines);
        context.out.line(context.t.plain_end);
        context.out.flush();
        let Some(text) = answer(context, stdin)? else { break };
        match key(&text) {
            Some('s') => {
                if hand_in(context, sitting, stdin)? {
                    return Ok(None);
                }
            }
            Some('q') => break,
            Some('u') => act(context, sitting, &Act::Undo, "undo")?,
            _ if text.trim().is_empty() => {}
            _ => {
                line(context, sitting, &text)?;
            }
        }
    }
    Ok(quit(context))
}

fn quit(context: &mut Context) -> Option<crate::base::Class> {
    context.out.line(context.t.plain_bye);
    None
}

fn hello(context: &mut Context, sitting: &Sitting) {
    let t = context.t;
    context.out.line(&sitting.manifest().title);
    if sitting.manifest().demo {
        context.out.line(t.demo_data);
    }
    context
        .out
        .line(&fill(t.plain_hello, &[sitting.expert(), &sitting.codes().len(), &sitting.rubric().criteria_count()]));
    context.out.line(t.plain_help);
}

fn head(context: &mut Context, sitting: &Sitting, code: &PacketCode) {
    let codes = sitting.codes();
    let place = codes.iter().position(|known| known == code).map_or(0, |at| at + 1);
    let done = sitting.check().complete.len();
    let text = fill(context.t.plain_packet, &[code, &place, &codes.len(), &done]);
    context.out.line("");
    context.out.line(&text);
}

fn question(context: &mut Context, sitting: &Sitting, packet: &Packet, id: &CriterionId) {
    let (lang, t) = (context.lang, context.t);
    let rubric = sitting.rubric();
    let Some(criterion) = rubric.criterion(id) else { return };
    let number = rubric.criteria().position(|known| known.id == *id).map_or(0, |at| at + 1);
    context.out.line("");
    let name = lang.pick(&criterion.zh, &criterion.en);
    context.out.line(&fill(
        t.plain_criterion,
        &[&packet.code, &criterion.id, &name, &criterion.max, &rubric.step, &number, &rubric.criteria_count()],
    ));
    for level in &criterion.levels {
        let range = if level.min == level.max { level.max.to_string() } else { format!("{}-{}", level.min, level.max) };
        context.out.line(&fill(t.plain_level, &[&lang.pick(&level.zh, &level.en), &range, &level.anchor]));
    }
    let blocks = gather(rubric, criterion, sitting.form(), packet, sitting.figures());
    let lines = page::evidence(lang, &blocks);
    context.out.line(t.plain_evidence);
    context.out.lines(lines.iter().map(|line| format!("  {line}")));
    for (number, text) in &criterion.errata {
        let lead = fill(lang.texts().amending.erratum_line, &[number]);
        context.out.line(&format!("{lead}{text}"));
    }
    if let Some(mark) = sitting.desk().mark(&packet.code, id) {
        let text = match sitting.desk().review(&packet.code, id) {
            Some(number) => fill(lang.texts().amending.plain_review, &[&number, &mark]),
            None => fill(t.plain_now, &[&mark]),
        };
        context.out.line(&text);
    }
}

/// The next answer; what is no text is said to be none and asked for again.
fn answer(context: &mut Context, stdin: &mut impl io::BufRead) -> Result<Option<String>> {
    loop {
        match lines::next(stdin).map_err(|error| Refusal::reading("stdin", &error))? {
            None => return Ok(None),
            Some(Line::Text(text)) => return Ok(Some(text)),
            Some(Line::TooLong | Line::NotText) => context.out.line(context.t.plain_not_text),
        }
        context.out.flush();
    }
}

/// A single key, as it was meant.
fn key(text: &str) -> Option<char> {
    let mut chars = text.trim().chars();
    let first = plain_key(chars.next()?).to_ascii_lowercase();
    chars.next().is_none().then_some(first)
}

fn obey(
    context: &mut Context,
    sitting: &mut Sitting,
    stdin: &mut impl io::BufRead,
    (code, id): (&PacketCode, &CriterionId),
    packet: Option<&Packet>,
    text: &str,
) -> Result<Then> {
    if text.trim().is_empty() {
        if sitting.desk().review(code, id).is_some() {
            sitting.record(&Act::Confirm { code: code.clone(), criterion: id.clone() })?;
            context.out.line(context.lang.texts().amending.plain_confirmed);
        }
        return Ok(Then::Next);
    }
    match key(text) {
        Some('q') => return Ok(Then::Quit),
        Some('?') => {
            if let Some(packet) = packet {
                let lines = page::document(context.lang, &document(sitting.form(), packet, sitting.figures()));
                context.out.lines(lines);
            }
            return Ok(Then::Stay);
        }
        Some('s') => {
            let lines = seal::missing(context, sitting, &sitting.check());
            context.out.lines(lines);
            return Ok(if hand_in(context, sitting, stdin)? { Then::Quit } else { Then::Stay });
        }
        Some('u') => {
            let place = match sitting.desk().next_undo() {
                Some(Act::Mark { code, criterion, .. }) => Some((code.clone(), criterion.clone())),
                _ => None,
            };
            act(context, sitting, &Act::Undo, "undo")?;
            return Ok(place.map_or(Then::Stay, |(code, id)| Then::To(code, id)));
        }
        _ => {}
    }
    // `A-07 A1 3`, `vote A-07 推荐`: the words of a script are understood too.
    if text.trim().chars().any(char::is_whitespace) && text.trim().chars().next().is_some_and(char::is_alphabetic) {
        line(context, sitting, text)?;
        return Ok(Then::Stay);
    }
    let given = match typed::mark(text) {
        Ok(points) => Act::Mark { code: code.clone(), criterion: id.clone(), points: Some(points) },
        Err(problem) => {
            context.out.lines(error::refusal_lines(context.lang, &problem.into()));
            return Ok(Then::Stay);
        }
    };
    if let Err(refusal) = sitting.allowed(&given) {
        context.out.lines(error::refusal_lines(context.lang, &refusal));
        return Ok(Then::Stay);
    }
    sitting.record(&given)?;
    copy::after_act(context, sitting);
    let t = context.t;
    let level = sitting
        .rubric()
        .criterion(id)
        .zip(sitting.desk().mark(code, id))
        .and_then(|(criterion, mark)| criterion.level_of(mark).cloned());
    let level = level.map(|level| context.lang.pick(&level.zh, &level.en).to_owned()).unwrap_or_default();
    let mark = sitting.desk().mark(code, id).unwrap_or_default();
    let sum = sitting.desk().subtotal(code, sitting.rubric()).unwrap_or_default();
    context.out.line(&fill(t.plain_saved, &[code, id, &mark, &level, &sum]));
    if let Some(total) = sitting.desk().total(code, sitting.rubric()) {
        context.out.line(&fill(t.plain_complete, &[code, &total]));
        if sitting.rubric().opinion.vote && sitting.desk().given(code).and_then(|given| given.vote).is_none() {
            context.out.line(&fill(t.plain_vote, &[code, code]));
        }
    }
    Ok(Then::Next)
}

/// A line in the words of a script.
fn line(context: &mut Context, sitting: &mut Sitting, text: &str) -> Result<()> {
    match typed::read(text) {
        Ok(typed) => act(context, sitting, &typed.act, &typed.echo),
        Err((_, problem)) => {
            context.out.lines(error::refusal_lines(context.lang, &problem.into()));
            Ok(())
        }
    }
}

fn act(context: &mut Context, sitting: &mut Sitting, act: &Act, echo: &str) -> Result<()> {
    if let Some(why) = script::impossible(context, sitting, act) {
        context.out.line(&why);
        return Ok(());
    }
    sitting.record(act)?;
    copy::after_act(context, sitting);
    let t = context.t;
    match act {
        Act::Undo => context.out.line(t.plain_undone),
        Act::Redo => context.out.line(t.plain_redone),
        _ => context.out.line(&fill(t.plain_done, &[&echo])),
    }
    Ok(())
}

/// Hands in when the number of packets is typed; whether it was done.
fn hand_in(context: &mut Context, sitting: &mut Sitting, stdin: &mut impl io::BufRead) -> Result<bool> {
    let t = context.t;
    let found = sitting.check();
    if !found.incomplete.is_empty() {
        let partial = format!("pingshen score {} --seal --partial --reason WHY", words::path(sitting.bundle_path()));
        context.out.line(&fill(t.plain_incomplete, &[&found.incomplete.len(), &found.missing_marks, &partial]));
        return Ok(false);
    }
    if !sitting.desk().handed_in.is_empty() {
        let correct = format!("pingshen score {} --seal --correction WHY", words::path(sitting.bundle_path()));
        context.out.line(&fill(t.plain_correct, &[&correct]));
        return Ok(false);
    }
    context.out.line(&fill(t.plain_confirm, &[&found.complete.len()]));
    context.out.flush();
    let typed = answer(context, stdin)?.unwrap_or_default();
    if crate::base::points::fold(&typed) != found.complete.len().to_string() {
        context.out.line(t.plain_not_confirmed);
        return Ok(false);
    }
    let handed = sitting.hand_in(&Wish::default())?;
    copy::after_act(context, sitting);
    seal::say(context, &handed);
    Ok(true)
}
