//! A packet as bytes, in the one way we write it: fields in the form's order,
//! counts as numbers, amounts digit for digit as texts.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::base::Result;
use crate::domain::form::{FieldKind, Form};
use crate::domain::packet::{Packet, Section, Value};

use super::event::to_bytes;

struct File<'a>(&'a Packet, &'a Form);
struct Fields<'a>(&'a Packet, &'a Form);
struct Sections<'a>(&'a [Section]);
struct Written<'a>(&'a Value, FieldKind);

impl Serialize for File<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(3))?;
        map.serialize_entry("code", &self.0.code)?;
        map.serialize_entry("fields", &Fields(self.0, self.1))?;
        map.serialize_entry("sections", &Sections(&self.0.sections))?;
        map.end()
    }
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        let known = self.1.fields().iter();
        let there = known.filter_map(|field| Some((&field.id, Written(self.0.fields.get(&field.id)?, field.kind))));
        to.collect_map(there)
    }
}

impl Serialize for Sections<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        let mut list = to.serialize_seq(Some(self.0.len()))?;
        for Section { id, title, text } in self.0 {
            list.serialize_element(&std::collections::BTreeMap::from([("id", id), ("text", text), ("title", title)]))?;
        }
        list.end()
    }
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        match self.0 {
            Value::Text(text) => to.serialize_str(text),
            Value::Bool(yes) => to.serialize_bool(*yes),
            Value::List(cells) => cells.serialize(to),
            Value::Number(number) => match (self.1, number.to_string().parse::<i64>()) {
                (FieldKind::Int, Ok(count)) => to.serialize_i64(count),
                _ => to.serialize_str(&number.to_string()),
            },
        }
    }
}

/// The bytes of a packet; [`super::packet::read`] gives it back.
///
/// # Errors
/// None that a packet can give.
pub fn write(packet: &Packet, form: &Form) -> Result<Vec<u8>> {
    to_bytes(&File(packet, form))
}
