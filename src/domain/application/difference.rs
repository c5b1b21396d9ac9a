//! What differs between two readings: an application sent in again, or a form
//! that two people entered from the same scan (双人录入).

use std::collections::BTreeSet;

use super::super::packet::Value;
use super::{Application, Doubt, Why};

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub field: String,
    /// Before, or as the first one entered it; `None` where it was not read.
    pub before: Option<Value>,
    /// After, or as the second one entered it.
    pub after: Option<Value>,
}

/// Fields that differ, in order of their ids.
#[must_use]
pub fn differences(before: &Application, after: &Application) -> Vec<Difference> {
    let ids: BTreeSet<&String> = [before, after]
        .into_iter()
        .flat_map(|application| application.fields.keys().chain(application.uncertain.keys()))
        .collect();
    let of = |application: &Application, id: &str| {
        let doubted = || application.uncertain.get(id).and_then(|doubt| doubt.value.clone());
        application.value(id).cloned().or_else(doubted)
    };
    ids.into_iter()
        .filter_map(|id| {
            let (before, after) = (of(before, id), of(after, id));
            (before != after).then(|| Difference { field: id.clone(), before, after })
        })
        .collect()
}

/// One reading out of two entries: what both say stands, what they say
/// differently is uncertain until somebody looks at the scan.
#[must_use]
pub fn second_entry(mut first: Application, second: &Application) -> (Application, Vec<Difference>) {
    let found = differences(&first, second);
    for difference in &found {
        let id = &difference.field;
        let entry = first.fields.remove(id).or_else(|| second.fields.get(id).cloned());
        let words = |value: &Option<Value>| value.as_ref().map_or_else(|| "–".to_owned(), ToString::to_string);
        let text = format!("{} / {}", words(&difference.before), words(&difference.after));
        let origin = entry.map(|entry| entry.origin).unwrap_or_default();
        first.uncertain.insert(id.clone(), Doubt { value: None, text, why: Why::Entered, origin });
        first.missing.retain(|missing| missing != id);
    }
    first.files.extend(second.files.iter().cloned());
    (first, found)
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::super::{Entry, Origin};
    use super::*;

    fn of(fields: &[(&str, i64)]) -> Application {
        let entry = |figure: i64| Entry { value: Value::Number(Decimal::from(figure)), origin: Origin::default() };
        Application {
            fields: fields.iter().map(|(id, figure)| ((*id).to_owned(), entry(*figure))).collect(),
            ..Application::default()
        }
    }

    #[test]
    fn what_two_people_entered_differently_is_uncertain() {
        let first = of(&[("grant.in_force", 91), ("grant.2020.inv", 7), ("grant.2021.inv", 8)]);
        let second = of(&[("grant.in_force", 19), ("grant.2020.inv", 7), ("grant.2022.inv", 9)]);
        let (merged, found) = second_entry(first, &second);
        assert_eq!(found.len(), 3);
        assert_eq!(merged.fields.keys().collect::<Vec<_>>(), ["grant.2020.inv"]);
        assert_eq!(merged.uncertain["grant.in_force"].why, Why::Entered);
        assert_eq!(merged.uncertain["grant.in_force"].text, "91 / 19");
        assert_eq!(merged.uncertain["grant.2022.inv"].text, "– / 9");
    }

    #[test]
    fn the_same_reading_has_no_difference() {
        let one = of(&[("grant.in_force", 91)]);
        assert_eq!(differences(&one, &one.clone()), []);
    }
}
