//! What the secretary supplies (秘书补充): a figure the form has no box for, or one
//! that was not read. What the form says for certain is never replaced.

use crate::domain::application::{Application, Entry, Origin};
use crate::domain::form::{FieldKind, Form};
use crate::domain::packet::{Value, read_number};

use super::finding::shown;

/// Why a value was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTaken {
    /// The form has no such field; the nearest one.
    UnknownField(Option<String>),
    /// Not a value of the field's kind.
    WrongKind,
    /// The form says something for certain.
    Proved(String),
}

/// Puts a value in a field that is missing or uncertain.
///
/// # Errors
/// An unknown field, a value of another kind, or one the form gives itself.
pub fn supplement(app: &mut Application, form: &Form, field: &str, text: &str) -> Result<(), NotTaken> {
    let known = form.field(field).ok_or_else(|| NotTaken::UnknownField(form.nearest(field)))?;
    if let Some(there) = app.value(field) {
        return Err(NotTaken::Proved(shown(there)));
    }
    let text = text.trim();
    let value = match known.kind {
        _ if text.is_empty() || field.contains("[]") => return Err(NotTaken::WrongKind),
        FieldKind::Int => {
            let whole = read_number(text).filter(|number| number.fract().is_zero() && !number.is_sign_negative());
            Value::Number(whole.ok_or(NotTaken::WrongKind)?)
        }
        FieldKind::Money => {
            let amount = read_number(text).filter(|number| !number.is_sign_negative());
            Value::Number(amount.ok_or(NotTaken::WrongKind)?)
        }
        FieldKind::Bool => match text {
            "是" | "有" | "true" => Value::Bool(true),
            "否" | "无" | "false" => Value::Bool(false),
            _ => return Err(NotTaken::WrongKind),
        },
        FieldKind::Set => Value::List(text.split(['、', '；', ';']).map(|part| Some(part.trim().to_owned())).collect()),
        FieldKind::Text | FieldKind::LongText => Value::Text(text.to_owned()),
    };
    app.uncertain.remove(field);
    app.missing.retain(|missing| missing != field);
    app.fields.insert(field.to_owned(), Entry { value, origin: Origin::default() });
    Ok(())
}
