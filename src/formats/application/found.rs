//! What was found so far: a value that is found twice must be the same, or
//! neither is certain.

use std::collections::BTreeMap;

use crate::domain::application::{Doubt, Entry, Origin, Why};
use crate::domain::packet::Value;

use super::amounts::Reading;

/// Values and doubts by field id.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Proved values.
    pub fields: BTreeMap<String, Entry>,
    /// Doubts.
    pub uncertain: BTreeMap<String, Doubt>,
}

/// Most characters kept of what stands where a doubt is.
const MOST_TEXT: usize = 200;

impl Found {
    /// Takes a reading down; one of another place that says something else
    /// makes both doubtful, for this reason.
    pub(super) fn put(&mut self, id: &str, reading: Reading<Value>, text: &str, origin: Origin, twice: Why) {
        let (value, why) = match reading {
            Reading::Empty => return,
            Reading::Sure(value) => (Some(value), None),
            Reading::Doubt(value, why) => (value, Some(why)),
        };
        let text: String = text.trim().chars().take(MOST_TEXT).collect();
        if let Some(known) = self.fields.get(id) {
            if why.is_none() && Some(&known.value) == value.as_ref() {
                return;
            }
            let said = format!("{} / {text}", shown(&known.value));
            if let Some(known) = self.fields.remove(id) {
                let doubt = Doubt { value: Some(known.value), text: said, why: twice, origin: known.origin };
                self.uncertain.insert(id.to_owned(), doubt);
            }
            return;
        }
        if let Some(known) = self.uncertain.get_mut(id) {
            if why.is_none() || known.value != value {
                known.text = format!("{} / {text}", known.text).chars().take(MOST_TEXT * 2).collect();
                known.why = twice;
            }
            return;
        }
        match (value, why) {
            (Some(value), None) => {
                self.fields.insert(id.to_owned(), Entry { value, origin });
            }
            (value, Some(why)) => {
                self.uncertain.insert(id.to_owned(), Doubt { value, text, why, origin });
            }
            (None, None) => {}
        }
    }

    /// Whether anything was found for a field.
    pub(super) fn has(&self, id: &str) -> bool {
        self.fields.contains_key(id) || self.uncertain.contains_key(id)
    }

    /// Makes a proved value doubtful.
    pub(super) fn doubt(&mut self, id: &str, why: Why) {
        if let Some(entry) = self.fields.remove(id) {
            let text = shown(&entry.value);
            let doubt = Doubt { value: Some(entry.value), text, why, origin: entry.origin };
            self.uncertain.insert(id.to_owned(), doubt);
        }
    }
}

/// A value in one line.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.chars().take(MOST_TEXT).collect(),
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => "是".to_owned(),
        Value::Bool(false) => "否".to_owned(),
        Value::List(values) => {
            values.iter().map(|value| value.as_deref().unwrap_or("—")).collect::<Vec<_>>().join("；")
        }
    }
}
