//! Runs of letters, content controls in a line, and what stands in runs that
//! is no letter: tabs, breaks, symbols, marks of fields.

use crate::base::Result;
use crate::domain::document::CarrierKind;

use super::super::boxes::normalised;
use super::super::xml::{Element, Ns};
use super::look::{Look, on};
use super::symbols::{Font, font, sign};
use super::walk::{Line, Mode, Walker, choose, with_box};

/// Fonts of a run, as far as they are of signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fonts {
    letters: Font,
    private: Font,
}

const PLAIN: Fonts = Fonts { letters: Font::Letters, private: Font::Letters };

/// A content control: what it holds, and its state where it is a box.
#[derive(Debug)]
pub(super) struct Control<'t> {
    pub(super) content: Option<Element<'t>>,
    pub(super) ticked: Option<bool>,
}

impl Walker<'_> {
    /// Reads a run.
    ///
    /// # Errors
    /// Beyond the limits.
    pub(super) fn run(&mut self, run: &Element<'_>, line: &mut Line) -> Result<()> {
        let mut look = line.look;
        if let Some(properties) = run.child("rPr") {
            let style = properties.child("rStyle").and_then(|style| style.get("val"));
            look = Look::of(&properties).over(self.styles.look(style)).over(look);
            self.property_authors(&properties)?;
        }
        let on_ground = look.ground.unwrap_or(self.ground);
        let unseen = look.vanish == Some(true) || look.tiny == Some(true) || (look.white == Some(true) && !on_ground);
        let of = Fonts { letters: look.font.unwrap_or(Font::Letters), private: look.signs.unwrap_or(Font::Letters) };
        if unseen {
            self.within(Mode::Hidden, |this| this.run_content(run, line, of))
        } else if look.struck == Some(true) {
            self.within(Mode::Deleted, |this| this.run_content(run, line, of))
        } else if look.raised == Some(true) {
            let from = line.text.len();
            self.run_content(run, line, of)?;
            let raised: String = line.text.get(from..).unwrap_or_default().chars().map(superscript).collect();
            line.text.truncate(from);
            line.text.push_str(&raised);
            Ok(())
        } else {
            self.run_content(run, line, of)
        }
    }

    fn run_content(&mut self, run: &Element<'_>, line: &mut Line, of: Fonts) -> Result<()> {
        for child in run.children() {
            if child.is(Ns::Mc, "AlternateContent") {
                if let Some(chosen) = choose(&child) {
                    self.run_content(&chosen, line, of)?;
                }
                continue;
            }
            match child.word() {
                "t" => {
                    let text = child.text();
                    let text = if child.get("space") == Some("preserve") {
                        &text
                    } else {
                        text.trim_matches([' ', '\n', '\r', '\t'])
                    };
                    self.letters(&text.replace(['\n', '\r'], " "), line, of);
                }
                "delText" => {
                    let text = child.text();
                    self.within(Mode::Deleted, |this| {
                        line.push(this.mode, &text);
                        Ok(())
                    })?;
                }
                "instrText" | "delInstrText" => self.fields.told(&child.text()),
                "fldChar" => self.field_mark(&child, line)?,
                "tab" | "ptab" => self.letters("\t", line, PLAIN),
                "br" | "cr" => self.letters("\n", line, PLAIN),
                "noBreakHyphen" => self.letters("-", line, PLAIN),
                "softHyphen"
                | "rPr"
                | "lastRenderedPageBreak"
                | "annotationRef"
                | "footnoteRef"
                | "endnoteRef"
                | "footnoteReference"
                | "endnoteReference"
                | "commentReference"
                | "separator"
                | "continuationSeparator"
                | "pgNum" => {}
                "sym" => {
                    let code = child.get("char").and_then(|code| u32::from_str_radix(code, 16).ok());
                    if let Some(c) = code.and_then(char::from_u32) {
                        let named = child.get("font").map_or(of.private, font);
                        // In a font of letters the sign is the letter, kept among private ones.
                        let plain =
                            u32::from(c).checked_sub(0xf000).filter(|low| *low < 0x100).and_then(char::from_u32);
                        let c = if named == Font::Letters { plain.unwrap_or(c) } else { sign(named, c) };
                        self.letters(&c.to_string(), line, PLAIN);
                    }
                }
                // The word, not how it is read.
                "ruby" => {
                    if let Some(base) = child.child("rubyBase") {
                        self.inline(&base, line)?;
                    }
                }
                "drawing" | "pict" | "object" => self.graphic(&child, line)?,
                "" if child.name() == "t" => self.letters(&child.text(), line, of),
                _ => self.run_content(&child, line, of)?,
            }
        }
        Ok(())
    }

    fn letters(&mut self, text: &str, line: &mut Line, of: Fonts) {
        if text.is_empty() || !self.fields.seen() {
            return;
        }
        if of == PLAIN {
            line.push(self.mode, text);
        } else {
            let font = |c: char| if ('\u{f000}'..='\u{f0ff}').contains(&c) { of.private } else { of.letters };
            let signs: String = text.chars().map(|c| sign(font(c), c)).collect();
            line.push(self.mode, &signs);
        }
    }

    /// What a content control is, and what its title and tag say.
    ///
    /// # Errors
    /// Beyond the limits.
    pub(super) fn control<'t>(&mut self, control: &Element<'t>) -> Result<Control<'t>> {
        let content = control.child("sdtContent");
        let Some(properties) = control.child("sdtPr") else { return Ok(Control { content, ticked: None }) };
        for name in ["alias", "tag"] {
            let text = properties.child(name).and_then(|name| name.get("val")).unwrap_or_default();
            self.aside(CarrierKind::SdtAlias, text)?;
        }
        let ticked = properties.child("checkbox").map(|check| check.child("checked").is_some_and(|state| on(&state)));
        Ok(Control { content, ticked })
    }

    /// A content control in a line. One that still asks to be filled is empty.
    ///
    /// # Errors
    /// Beyond the limits.
    pub(super) fn inline_control(&mut self, element: &Element<'_>, line: &mut Line) -> Result<()> {
        let control = self.control(element)?;
        let Some(content) = control.content else {
            if let Some(ticked) = control.ticked {
                line.push(self.mode, &with_box("", ticked));
            }
            return Ok(());
        };
        let from = line.text.len();
        self.inline(&content, line)?;
        let written = line.text.get(from..).unwrap_or_default().to_owned();
        if let Some(ticked) = control.ticked {
            if self.mode == Mode::Shown {
                line.text.truncate(from);
                line.push(Mode::Shown, &with_box(&normalised(&written, true), ticked));
            }
        } else if element
            .child("sdtPr")
            .is_some_and(|properties| properties.child("showingPlcHdr").is_some_and(|s| on(&s)))
            && asks(&written)
        {
            line.text.truncate(from);
        }
        Ok(())
    }
}

/// A raised digit as what it is: 55 with the mark of a note is never 551.
const fn superscript(c: char) -> char {
    match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        other => other,
    }
}

/// Whether a control shows what to do with it.
fn asks(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['[', '［', '（', '(', '【']);
    let asking =
        ["单击", "点击", "请点击", "请单击", "请选择", "选择一项", "请输入", "在此", "Click", "Choose", "Enter "];
    text.is_empty() || asking.iter().any(|start| text.starts_with(start))
}
