//! Figures that only one packet of the round has: public statistics may say
//! whose they are. They are shown all the same, being what is scored, so this
//! is said once a packet and stops nothing.

use std::collections::BTreeMap;

use crate::domain::form::{Blind, Form};
use crate::domain::leak::{Leak, LeakKind, Level};
use crate::domain::packet::Value;

use super::Blinded;

/// Adds one leak to each packet with figures of its own: which, by table.
pub(super) fn unique(form: &Form, made: &mut [Blinded]) {
    if made.len() < 2 {
        return;
    }
    let mut own: Vec<Vec<&str>> = vec![Vec::new(); made.len()];
    for field in form.fields().iter().filter(|field| field.blind == Blind::KeepQuasi) {
        let mut by_figure: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, blinded) in made.iter().enumerate() {
            if let Some(Value::Number(figure)) = blinded.packet.fields.get(&field.id)
                && !figure.is_zero()
            {
                by_figure.entry(figure.normalize().to_string()).or_default().push(at);
            }
        }
        for holders in by_figure.into_values() {
            if let [only] = holders.as_slice()
                && let Some(own) = own.get_mut(*only)
            {
                own.push(&field.id);
            }
        }
    }
    for (blinded, own) in made.iter_mut().zip(own) {
        if own.is_empty() {
            continue;
        }
        let mut tables: Vec<(&str, usize)> = Vec::new();
        for id in own {
            let table = id.split('.').next().unwrap_or(id);
            match tables.iter_mut().find(|(known, _)| *known == table) {
                Some((_, count)) => *count = count.saturating_add(1),
                None => tables.push((table, 1)),
            }
        }
        let text: Vec<String> = tables.iter().map(|(table, count)| format!("{table} {count}")).collect();
        blinded.leaks.push(Leak {
            field: tables.first().map(|(table, _)| format!("{table}.*")).unwrap_or_default(),
            offset: 0,
            kind: LeakKind::UniqueFigure,
            text: text.join(", "),
            level: Level::Warn,
            certain: false,
        });
    }
}
