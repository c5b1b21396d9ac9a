//! An assignment for other programs.

use crate::domain::assignment::{Rule, alike, total};
use crate::workflow::assign::Assigned;
use crate::workflow::report::Value;

pub(super) fn count(number: impl TryInto<usize>) -> Value {
    number.try_into().map_or(Value::Nothing, Value::Count)
}

pub(super) fn list<T: ToString>(all: impl IntoIterator<Item = T>) -> Value {
    Value::List(all.into_iter().map(|one| Value::text(&one.to_string())).collect())
}

/// One row a read: `application,expert,points`; points are left out where there
/// are none to be had.
pub(super) fn rows(assigned: &Assigned) -> Vec<Vec<String>> {
    let fits = assigned.rule.as_ref().is_some_and(|rule| rule.fit.is_some());
    let mut rows = vec![["application", "expert", "points"].map(str::to_owned).to_vec()];
    for of in &assigned.readers {
        for (expert, points) in &of.experts {
            let points = if fits { points.to_string() } else { String::new() };
            rows.push(vec![of.code.to_string(), expert.to_string(), points]);
        }
    }
    rows
}

/// The rule.
pub(super) fn rule(rule: &Rule) -> Value {
    let maybe = |number: Option<u32>| number.map_or(Value::Nothing, count);
    Value::object([
        ("per", maybe(rule.per)),
        ("most", maybe(rule.most)),
        ("least", maybe(rule.least)),
        ("mix", Value::Bool(rule.mix)),
        ("seed", Value::maybe(rule.seed.as_ref())),
        ("groups", Value::maybe(rule.groups.as_ref().map(|groups| if groups.drawn { "drawn" } else { "given" }))),
        ("fit", Value::maybe(rule.fit)),
    ])
}

/// Everything there is to say of it.
pub(super) fn value(assigned: &Assigned) -> Value {
    let fits = assigned.rule.as_ref().is_some_and(|rule| rule.fit.is_some());
    let experts = assigned.parts.iter().map(|part| {
        let seat = assigned.seats.iter().find(|seat| seat.expert == part.expert);
        let known = |text: Option<&String>| Value::maybe(text.filter(|text| !text.is_empty()));
        Value::object([
            ("expert", Value::text(&part.expert)),
            ("specialty", known(seat.map(|seat| &seat.specialty))),
            ("group", known(seat.map(|seat| &seat.group))),
            ("load", count(part.codes.len())),
            ("codes", list(&part.codes)),
            ("recused", list(part.recused.iter().map(|recusal| &recusal.code))),
        ])
    });
    let applications = assigned.readers.iter().map(|of| {
        let experts = of.experts.iter().map(|(expert, points)| {
            let points = if fits { count(*points) } else { Value::Nothing };
            Value::object([("expert", Value::text(expert)), ("points", points)])
        });
        Value::object([
            ("code", Value::text(&of.code)),
            ("group", Value::maybe(of.group.as_ref())),
            ("experts", Value::List(experts.collect())),
        ])
    });
    Value::object([
        ("possible", Value::Bool(true)),
        ("rule", assigned.rule.as_ref().map_or(Value::Nothing, rule)),
        ("total", if fits { count(total(&assigned.readers)) } else { Value::Nothing }),
        ("alike", count(alike(&assigned.readers, &assigned.seats))),
        ("experts", Value::List(experts.collect())),
        ("applications", Value::List(applications.collect())),
    ])
}
