//! Fields: what they show counts, not what they are told to show. Among them
//! the check boxes of old forms and the enclosed characters (带圈字符) that many
//! make their ticks with.

use crate::base::Result;
use crate::domain::document::{CarrierKind, TICKED, UNTICKED};

use super::super::xml::{Element, Tree};
use super::look::on;
use super::walk::{Line, Walker};

/// A field not yet ended.
#[derive(Debug, Default)]
struct Field {
    told: String,
    shows: bool,
    /// It is a box or a choice and has been written already.
    done: bool,
    /// Whether anything was shown.
    shown: bool,
}

/// Fields that are open, innermost last.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// Whether begins and ends come to the same: where they do not, nothing is
    /// left out on their account.
    sound: bool,
}

impl Fields {
    pub(super) fn new(tree: &Tree) -> Self {
        let (mut begun, mut ended) = (0_usize, 0_usize);
        for mark in tree.root().below().filter(|mark| mark.word() == "fldChar") {
            match mark.get("fldCharType") {
                Some("begin") => begun += 1,
                Some("end") => ended += 1,
                _ => {}
            }
        }
        Self { open: Vec::new(), sound: begun == ended }
    }

    /// Whether text is seen here.
    pub(super) fn seen(&mut self) -> bool {
        if !self.sound {
            return true;
        }
        let seen = self.open.iter().all(|field| field.shows && !field.done);
        if seen {
            self.open.iter_mut().for_each(|field| field.shown = true);
        }
        seen
    }

    /// Text that tells the innermost field what to do.
    pub(super) fn told(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut()
            && !field.shows
            && field.told.len() < 4_096
        {
            field.told.push_str(text);
        }
    }
}

impl Walker<'_> {
    /// A mark that begins, parts or ends a field.
    pub(super) fn field_mark(&mut self, mark: &Element<'_>, line: &mut Line) -> Result<()> {
        match mark.get("fldCharType") {
            Some("begin") => {
                let written = mark.child("ffData").map(|data| self.form_data(&data, line)).transpose()?;
                if self.fields.open.len() < self.limits.depth {
                    let done = written.unwrap_or(false);
                    self.fields.open.push(Field { done, ..Field::default() });
                }
            }
            Some("separate") => {
                if let Some(field) = self.fields.open.last_mut() {
                    field.shows = true;
                }
            }
            Some("end") => {
                if let Some(field) = self.fields.open.pop() {
                    self.field_ended(&field, line)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn field_ended(&mut self, field: &Field, line: &mut Line) -> Result<()> {
        let told = field.told.trim();
        let word = told.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        match word.as_str() {
            "HYPERLINK" | "INCLUDEPICTURE" | "INCLUDETEXT" | "LINK" | "DATABASE" | "DDE" | "DDEAUTO" => {
                self.aside(CarrierKind::LinkTarget, told)?;
            }
            "FORMCHECKBOX" if !field.done && !field.shown => line.push(self.mode, &UNTICKED.to_string()),
            "EQ" if !field.shown => {
                let text = enclosed(told);
                line.push(self.mode, &text);
            }
            _ => {}
        }
        Ok(())
    }

    /// What a form field of old forms holds; whether it is written by that.
    fn form_data(&mut self, data: &Element<'_>, line: &mut Line) -> Result<bool> {
        for name in ["helpText", "statusText"] {
            let text = data.child(name).and_then(|text| text.get("val")).unwrap_or_default();
            self.aside(CarrierKind::SdtAlias, text)?;
        }
        if let Some(check) = data.child("checkBox") {
            let state = check.child("checked").or_else(|| check.child("default")).is_some_and(|state| on(&state));
            line.push(self.mode, &if state { TICKED } else { UNTICKED }.to_string());
            return Ok(true);
        }
        if let Some(list) = data.child("ddList") {
            let number = |name: &str| list.child(name).and_then(|at| at.get("val")?.parse::<usize>().ok());
            let chosen = number("result").or_else(|| number("default")).unwrap_or(0);
            let entry = list.children().filter(|entry| entry.word() == "listEntry").nth(chosen);
            line.push(self.mode, entry.and_then(|entry| entry.get("val")).unwrap_or_default());
            return Ok(true);
        }
        Ok(false)
    }

    /// A field written in one element.
    pub(super) fn simple_field(&mut self, field: &Element<'_>, line: &mut Line) -> Result<()> {
        let told = field.get("instr").unwrap_or_default().to_owned();
        let before = line.text.len();
        self.inline(field, line)?;
        let shown = line.text.len() > before;
        self.field_ended(&Field { told, shows: true, done: false, shown }, line)
    }
}

/// What `EQ \o\ac(□,√)` shows: a ticked box; `EQ \o\ac(○,1)` is a ringed 1.
fn enclosed(told: &str) -> String {
    let Some((before, rest)) = told.split_once(['(', '（']) else { return String::new() };
    let inner = rest.trim_end().trim_end_matches([')', '）']);
    if !before.to_ascii_lowercase().contains("\\o") {
        return inner.to_owned();
    }
    let parts: Vec<&str> = inner.split([',', '，', ';']).map(str::trim).collect();
    let is = |part: &&&str, signs: &str| part.chars().any(|c| signs.contains(c));
    let boxed = parts.iter().any(|part| is(&part, "□☐◻○◯"));
    let ticked = parts.iter().any(|part| is(&part, "√✓✔☑×✕✗■●vV"));
    let rest: String = parts.iter().filter(|part| !is(part, "□☐◻○◯△◇")).copied().collect();
    if boxed && ticked {
        TICKED.to_string()
    } else if boxed && rest.is_empty() {
        UNTICKED.to_string()
    } else {
        rest
    }
}
