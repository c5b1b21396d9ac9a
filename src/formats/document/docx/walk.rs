//! The walk through a story (body, header, note): blocks, and what stands in a
//! line. Accepted text counts; deleted and hidden text is told apart and
//! reported beside it.

use crate::base::Result;
use crate::base::limits::DocumentLimits;
use crate::domain::document::{Block, CarrierKind};

use super::super::boxes;
use super::super::carriers::Collector;
use super::super::xml::{Element, Ns, Tree};
use super::fields::Fields;
use super::look::{Look, Styles, shaded};

/// What becomes of the text met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// It is the document's.
    Shown,
    /// A tracked change deletes it.
    Deleted,
    /// Nobody sees it.
    Hidden,
}

impl Mode {
    const fn carrier(self) -> Option<CarrierKind> {
        match self {
            Self::Shown => None,
            Self::Deleted => Some(CarrierKind::DeletedText),
            Self::Hidden => Some(CarrierKind::HiddenText),
        }
    }
}

/// A paragraph being put together.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Its text so far.
    pub(super) text: String,
    /// What stands in text boxes anchored in it.
    pub(super) after: Vec<Block>,
    /// Text left out of it, by why; what follows on itself is one piece.
    asides: Vec<(Mode, String)>,
    last: Option<Mode>,
    /// Its look by its style.
    pub(super) look: Look,
}

impl Line {
    /// Adds text.
    pub(super) fn push(&mut self, mode: Mode, text: &str) {
        if mode == Mode::Shown {
            self.text.push_str(text);
        } else if self.last == Some(mode)
            && let Some((_, aside)) = self.asides.last_mut()
        {
            aside.push_str(text);
        } else {
            self.asides.push((mode, text.to_owned()));
        }
        self.last = Some(mode);
    }
}

/// Walks one part.
pub(super) struct Walker<'a> {
    pub(super) styles: &'a Styles,
    pub(super) place: &'a str,
    pub(super) out: &'a mut Collector,
    pub(super) limits: DocumentLimits,
    /// What becomes of text now.
    pub(super) mode: Mode,
    /// Tables seen.
    pub(super) tables: u32,
    /// Tables within tables now.
    pub(super) nested: usize,
    /// Whether a cell is being read.
    pub(super) in_cell: bool,
    /// Whether cells here may have a ground on which white can be read.
    pub(super) ground: bool,
    pub(super) fields: Fields,
}

impl<'a> Walker<'a> {
    pub(super) fn new(styles: &'a Styles, place: &'a str, out: &'a mut Collector, tree: &Tree) -> Self {
        let limits = out.limits;
        Self {
            styles,
            place,
            out,
            limits,
            mode: Mode::Shown,
            tables: 0,
            nested: 0,
            in_cell: false,
            ground: false,
            fields: Fields::new(tree),
        }
    }

    /// Reports something beside the text, in this part.
    pub(super) fn aside(&mut self, kind: CarrierKind, text: &str) -> Result<()> {
        self.out.add(kind, self.place, text)
    }

    /// Does something while text is of this mode; what is deleted stays so.
    pub(super) fn within<T>(&mut self, mode: Mode, act: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let before = self.mode;
        if before == Mode::Shown {
            self.mode = mode;
        }
        let done = act(self);
        self.mode = before;
        done
    }

    /// Who made a tracked change.
    pub(super) fn author(&mut self, change: &Element<'_>) -> Result<()> {
        self.aside(CarrierKind::TrackedAuthor, change.get("author").unwrap_or_default())
    }

    /// Authors of changes to properties: of a paragraph, run, row, cell, section.
    pub(super) fn property_authors(&mut self, properties: &Element<'_>) -> Result<()> {
        for below in properties.below().filter(|below| below.get("author").is_some()) {
            self.author(&below)?;
        }
        Ok(())
    }

    /// Reads paragraphs and tables.
    ///
    /// # Errors
    /// Beyond the limits.
    pub(super) fn blocks(&mut self, holder: &Element<'_>, blocks: &mut Vec<Block>) -> Result<()> {
        let from = blocks.len();
        let mut joined = Line::default();
        self.blocks_into(holder, blocks, &mut joined)?;
        if !joined.text.is_empty() || !joined.asides.is_empty() || !joined.after.is_empty() {
            self.end(joined, blocks)?;
        }
        if let Some(new) = blocks.get_mut(from..) {
            boxes::normalise(new, self.in_cell);
        }
        Ok(())
    }

    /// The same, with the text of a paragraph whose end a change deletes: it
    /// goes on with the next.
    fn blocks_into(&mut self, holder: &Element<'_>, blocks: &mut Vec<Block>, joined: &mut Line) -> Result<()> {
        for child in holder.children() {
            self.block(&child, blocks, joined)?;
        }
        Ok(())
    }

    /// Reads one of them.
    pub(super) fn block(&mut self, child: &Element<'_>, blocks: &mut Vec<Block>, joined: &mut Line) -> Result<()> {
        if child.is(Ns::Mc, "AlternateContent") {
            return choose(child).map_or(Ok(()), |chosen| self.blocks_into(&chosen, blocks, joined));
        }
        match child.word() {
            "p" => {
                let mut line = std::mem::take(joined);
                let goes_on = self.paragraph(child, &mut line)?;
                if goes_on {
                    *joined = line;
                } else {
                    self.end(line, blocks)?;
                }
            }
            "tbl" => {
                let table = self.table(child)?;
                if self.mode == Mode::Shown {
                    blocks.push(Block::Table(table));
                }
            }
            "sdt" => {
                let content = self.control(child)?;
                let from = blocks.len();
                if let Some(content) = content.content {
                    self.blocks_into(&content, blocks, joined)?;
                }
                if let Some(ticked) = content.ticked {
                    self.end(std::mem::take(joined), blocks)?;
                    set_box(blocks, from, ticked);
                }
            }
            "ins" | "moveTo" => {
                self.author(child)?;
                self.blocks_into(child, blocks, joined)?;
            }
            "del" | "moveFrom" => {
                self.author(child)?;
                self.within(Mode::Deleted, |this| this.blocks_into(child, blocks, joined))?;
            }
            "bookmarkStart" => self.bookmark(child)?,
            "sectPr" => self.property_authors(child)?,
            "r" | "hyperlink" | "fldSimple" => {
                let mut line = Line::default();
                self.inline_one(child, &mut line)?;
                self.end(line, blocks)?;
            }
            "tblPr" | "tcPr" | "trPr" | "tblGrid" | "pPr" | "rPr" | "sdtPr" | "sdtEndPr" | "customXmlPr" => {}
            _ => self.blocks_into(child, blocks, joined)?,
        }
        Ok(())
    }

    /// Ends a paragraph.
    fn end(&mut self, line: Line, blocks: &mut Vec<Block>) -> Result<()> {
        for (mode, text) in line.asides {
            if let Some(kind) = mode.carrier() {
                self.aside(kind, &text)?;
            }
        }
        if self.mode == Mode::Shown {
            self.out.count(line.text.len())?;
            blocks.push(Block::Paragraph(line.text));
            blocks.extend(line.after);
        }
        Ok(())
    }

    /// Reads a paragraph, and says whether it goes on with the next.
    fn paragraph(&mut self, paragraph: &Element<'_>, line: &mut Line) -> Result<bool> {
        let mut goes_on = false;
        let mut ground = self.ground;
        let properties = paragraph.child("pPr");
        let mut style = None;
        if let Some(properties) = properties {
            style = properties.child("pStyle").and_then(|style| style.get("val"));
            ground |= properties.child("shd").is_some_and(|shading| shaded(&shading));
            if let Some(mark) = properties.child("rPr") {
                goes_on = mark.children().any(|mark| matches!(mark.word(), "del" | "moveFrom"));
            }
            self.property_authors(&properties)?;
        }
        line.look = self.styles.look(style);
        let before = std::mem::replace(&mut self.ground, ground);
        self.inline(paragraph, line)?;
        self.ground = before;
        Ok(goes_on)
    }

    /// Reads what stands in a line.
    ///
    /// # Errors
    /// Beyond the limits.
    pub(super) fn inline(&mut self, holder: &Element<'_>, line: &mut Line) -> Result<()> {
        for child in holder.children() {
            self.inline_one(&child, line)?;
        }
        Ok(())
    }

    fn inline_one(&mut self, child: &Element<'_>, line: &mut Line) -> Result<()> {
        if child.is(Ns::Mc, "AlternateContent") {
            return choose(child).map_or(Ok(()), |chosen| self.inline(&chosen, line));
        }
        match child.word() {
            "r" => self.run(child, line),
            "ins" | "moveTo" => {
                self.author(child)?;
                self.inline(child, line)
            }
            "del" | "moveFrom" => {
                self.author(child)?;
                self.within(Mode::Deleted, |this| this.inline(child, line))
            }
            "sdt" => self.inline_control(child, line),
            "hyperlink" => {
                self.aside(CarrierKind::LinkTarget, child.get("tooltip").unwrap_or_default())?;
                self.inline(child, line)
            }
            "fldSimple" => self.simple_field(child, line),
            "bookmarkStart" => self.bookmark(child),
            "permStart" => self.aside(CarrierKind::TrackedAuthor, child.get("ed").unwrap_or_default()),
            "pPr" | "rPr" | "sdtPr" | "sdtEndPr" | "customXmlPr" | "smartTagPr" => Ok(()),
            // A formula: its letters and figures, in order.
            "" if child.name() == "t" => {
                line.push(self.mode, &child.text());
                Ok(())
            }
            _ => self.inline(child, line),
        }
    }

    /// A bookmark's name, unless the office program made it.
    pub(super) fn bookmark(&mut self, mark: &Element<'_>) -> Result<()> {
        let name = mark.get("name").unwrap_or_default();
        let made = ["_GoBack", "_Toc", "_Hlk", "_Ref", "OLE_LINK", "_MON_", "_Hlt", "_Int_"];
        if made.iter().any(|made| name.starts_with(made)) {
            Ok(())
        } else {
            self.aside(CarrierKind::BookmarkName, name)
        }
    }
}

/// What of an alternative is read: the first choice, unless only the other
/// says something in words.
pub(super) fn choose<'t>(alternatives: &Element<'t>) -> Option<Element<'t>> {
    let find = |name: &str| alternatives.children().find(|child| child.is(Ns::Mc, name));
    let speaks = |element: &Element<'_>| element.below().any(|below| matches!(below.word(), "t" | "sym"));
    match (find("Choice"), find("Fallback")) {
        (Some(choice), Some(other)) if !speaks(&choice) && speaks(&other) => Some(other),
        (Some(choice), _) => Some(choice),
        (None, other) => other,
    }
}

/// Puts a box's state in place of the first sign written in these blocks.
fn set_box(blocks: &mut Vec<Block>, from: usize, ticked: bool) {
    let first = blocks.get_mut(from..).and_then(|new| {
        new.iter_mut().find_map(|block| match block {
            Block::Paragraph(text) => Some(text),
            Block::Table(_) => None,
        })
    });
    match first {
        Some(text) => *text = with_box(text, ticked),
        None => blocks.push(Block::Paragraph(with_box("", ticked))),
    }
}

/// A control's content with its true state in place of the sign it shows.
pub(super) fn with_box(content: &str, ticked: bool) -> String {
    use crate::domain::document::{TICKED, UNTICKED};
    let mut rest = content.trim_start().chars();
    let shown = content.trim_start().chars().next();
    // The sign a control shows can be any; letters and figures are a label.
    if shown.is_some_and(|c| !c.is_alphanumeric()) {
        rest.next();
    }
    let state = if ticked { TICKED } else { UNTICKED };
    std::iter::once(state).chain(rest).collect()
}
