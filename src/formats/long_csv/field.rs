//! A row's fields: which column is what, and what a field says.

use std::borrow::Cow;

use crate::base::clean::is_unsafe;
use crate::base::{Problem, Result};

/// Longest name, in bytes.
const LONGEST_NAME: usize = 256;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Panel,
    Application,
    Expert,
    Criterion,
    Score,
    Other,
}

pub(super) const KNOWN: [(Role, &[&str]); 5] = [
    (Role::Panel, &["panel", "组", "组别", "场次"]),
    (Role::Application, &["application", "item", "编号", "申报编号", "材料编号"]),
    (Role::Expert, &["expert", "专家", "专家代号"]),
    (Role::Criterion, &["criterion", "指标", "评分项"]),
    (Role::Score, &["score", "得分", "分数", "打分"]),
];

/// A field of a row.
pub(super) struct Field<'a> {
    /// Its bytes, without quotes around them.
    pub(super) raw: &'a [u8],
    /// Whether it stood in quotes.
    pub(super) quoted: bool,
    /// The bytes of it with its quotes and the delimiter.
    pub(super) with_end: &'a [u8],
    /// What comes behind it.
    pub(super) rest: &'a [u8],
    /// It is the last of its row.
    pub(super) last: bool,
}

impl Role {
    /// Whether a row must say it.
    pub(super) const fn is_needed(self) -> bool {
        matches!(self, Self::Application | Self::Expert | Self::Criterion)
    }

    /// As its column is called.
    pub(super) fn name(self) -> &'static str {
        KNOWN.iter().find(|(role, _)| *role == self).and_then(|(_, names)| names.first()).copied().unwrap_or("")
    }
}

pub(super) fn is_blank(raw: &[u8]) -> bool {
    raw.iter().all(u8::is_ascii_whitespace)
}

/// A field as text.
pub(super) fn text<'a>(field: &Field<'a>) -> Result<Cow<'a, str>> {
    let text = std::str::from_utf8(field.raw).map_err(|error| Problem::BadEncoding { at: error.valid_up_to() })?;
    Ok(if field.quoted && text.contains('"') { text.replace("\"\"", "\"").into() } else { text.into() })
}

/// A field as a name: no blanks around it, and nothing in it that can't be seen.
pub(super) fn name<'a>(field: &Field<'a>) -> Result<Cow<'a, str>> {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    let text = text(field)?;
    if text.len() <= LONGEST_NAME && text.as_bytes().iter().all(plain) {
        return Ok(text);
    }
    let name = text.trim();
    if name.len() > LONGEST_NAME || name.contains(['"', '\n', '\t']) || name.chars().any(is_unsafe) {
        return Err(Problem::BadName { text: name.chars().take(40).collect() }.into());
    }
    Ok(name.to_owned().into())
}
