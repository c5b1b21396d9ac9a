//! Parts beside the body: comments, headers, footers, notes, settings.

use crate::base::Result;
use crate::domain::document::{Block, CarrierKind, Table};

use super::super::carriers::{Collector, all_text, has_extension, tree};
use super::super::package::Package;
use super::super::xml::{Element, Tree};
use super::look::Styles;
use super::walk::Walker;

/// Reads them all. A part that is broken is named, and the rest goes on.
///
/// # Errors
/// Beyond the limits.
pub(super) fn read(package: &mut Package<'_>, folder: &str, styles: &Styles, out: &mut Collector) -> Result<()> {
    let folder = folder.to_ascii_lowercase();
    for name in package.names() {
        let lower = name.to_ascii_lowercase();
        let (parent, file) = lower.rsplit_once('/').unwrap_or(("", &lower));
        let inside = parent == folder || parent.starts_with(&format!("{folder}/glossary"));
        if !inside || !has_extension(file, "xml") {
            continue;
        }
        let stems = ["comments", "header", "footer", "footnotes", "endnotes", "people", "settings"];
        let glossary = parent != folder && file == "document.xml";
        if !glossary && !stems.iter().any(|stem| file.starts_with(stem)) {
            continue;
        }
        let Ok(Some(part)) = tree(package, &name, &out.limits.clone()) else {
            out.add(CarrierKind::EmbeddedData, &name, &name)?;
            continue;
        };
        for comment in &part.comments {
            out.add(CarrierKind::EmbeddedData, &name, comment)?;
        }
        let root = part.root();
        let mut story = Story { styles, out, name: &name, part: &part };
        match () {
            () if glossary => story.whole(&root, CarrierKind::EmbeddedData)?,
            () if file.starts_with("comments") => story.comments(&root)?,
            () if file.starts_with("header") => story.whole(&root, CarrierKind::HeaderName)?,
            () if file.starts_with("footer") => story.whole(&root, CarrierKind::FooterName)?,
            () if file.starts_with("people") => people(&root, &name, out)?,
            () if file.starts_with("settings") => settings(&root, &name, out)?,
            () => story.notes(&root)?,
        }
    }
    Ok(())
}

struct Story<'a> {
    styles: &'a Styles,
    out: &'a mut Collector,
    name: &'a str,
    part: &'a Tree,
}

impl Story<'_> {
    fn text(&mut self, holder: &Element<'_>) -> Result<String> {
        let mut walker = Walker::new(self.styles, self.name, self.out, self.part);
        let mut blocks = Vec::new();
        walker.blocks(holder, &mut blocks)?;
        let mut lines = Vec::new();
        flatten(&blocks, &mut lines);
        lines.retain(|line| !line.trim().is_empty());
        Ok(lines.join("\n"))
    }

    fn whole(&mut self, root: &Element<'_>, kind: CarrierKind) -> Result<()> {
        let text = self.text(root)?;
        self.out.add(kind, self.name, &text)
    }

    fn comments(&mut self, root: &Element<'_>) -> Result<()> {
        for comment in root.children().filter(|comment| comment.word() == "comment") {
            for name in ["author", "initials"] {
                self.out.add(CarrierKind::CommentAuthor, self.name, comment.get(name).unwrap_or_default())?;
            }
            let text = self.text(&comment)?;
            self.out.add(CarrierKind::CommentText, self.name, &text)?;
        }
        Ok(())
    }

    fn notes(&mut self, root: &Element<'_>) -> Result<()> {
        for note in root.children().filter(|note| matches!(note.word(), "footnote" | "endnote")) {
            let text = self.text(&note)?;
            self.out.add(CarrierKind::Note, self.name, &text)?;
        }
        Ok(())
    }
}

/// Every paragraph, those in tables too.
fn flatten(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(text) => lines.push(text.clone()),
            Block::Table(Table { rows, .. }) => {
                rows.iter().flat_map(|row| &row.cells).for_each(|cell| flatten(&cell.blocks, lines));
            }
        }
    }
}

fn people(root: &Element<'_>, place: &str, out: &mut Collector) -> Result<()> {
    for person in root.children() {
        out.add(CarrierKind::CommentAuthor, place, person.get("author").unwrap_or_default())?;
        let account = person.child("presenceInfo").and_then(|info| info.get("userId")).unwrap_or_default();
        out.add(CarrierKind::CommentAuthor, place, account)?;
    }
    Ok(())
}

fn settings(root: &Element<'_>, place: &str, out: &mut Collector) -> Result<()> {
    for setting in root.below() {
        match setting.word() {
            "docVar" => {
                let part = |name: &str| setting.get(name).unwrap_or_default();
                out.add(CarrierKind::CustomProp, place, &format!("{}: {}", part("name"), part("val")))?;
            }
            "connectString" | "query" | "udl" | "addressFieldName" | "mailSubject" => {
                out.add(CarrierKind::LinkTarget, place, setting.get("val").unwrap_or_default())?;
            }
            "writeProtection" | "documentProtection" => {}
            _ => {
                let said = all_text(&setting);
                out.add(CarrierKind::EmbeddedData, place, &said)?;
            }
        }
    }
    Ok(())
}
