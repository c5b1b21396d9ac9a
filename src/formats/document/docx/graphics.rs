//! Drawings: their text boxes are text, their names and descriptions are
//! reported. A picture is never looked into here.

use crate::base::Result;
use crate::domain::document::{Block, CarrierKind};

use super::super::xml::{Element, Ns};
use super::walk::{Line, Mode, Walker, choose};

impl Walker<'_> {
    /// Reads a drawing; paragraphs of its text boxes stand after the one it is
    /// anchored in.
    ///
    /// # Errors
    /// Beyond the limits.
    pub(super) fn graphic(&mut self, graphic: &Element<'_>, line: &mut Line) -> Result<()> {
        for child in graphic.children() {
            if child.is(Ns::Mc, "AlternateContent") {
                if let Some(chosen) = choose(&child) {
                    self.graphic(&chosen, line)?;
                }
                continue;
            }
            self.described(&child)?;
            if child.word() == "txbxContent" {
                let mut blocks = Vec::new();
                self.blocks(&child, &mut blocks)?;
                match blocks.as_slice() {
                    // A box laid over the blank behind a label is what fills it in.
                    [Block::Paragraph(text)] if asked(&line.text) && !text.trim().is_empty() => {
                        line.push(Mode::Shown, text);
                    }
                    _ => line.after.extend(blocks),
                }
            } else if child.word() == "r" || child.word() == "p" {
                let mut blocks = Vec::new();
                self.block(&child, &mut blocks, &mut Line::default())?;
                line.after.extend(blocks);
            } else if child.name() == "t" {
                self.aside(CarrierKind::ImageText, &child.text())?;
            } else if unseen(&child) {
                self.within(Mode::Hidden, |this| this.graphic(&child, line))?;
            } else {
                self.graphic(&child, line)?;
            }
        }
        Ok(())
    }

    fn described(&mut self, shape: &Element<'_>) -> Result<()> {
        let names: &[&str] = match shape.name() {
            "docPr" | "cNvPr" => &["descr", "title"],
            "shape" | "rect" | "roundrect" | "oval" | "line" | "group" => &["alt", "title"],
            "imagedata" => &["title", "href"],
            "textpath" => &["string"],
            _ => return Ok(()),
        };
        for name in names {
            self.aside(CarrierKind::ImageAlt, shape.get(name).unwrap_or_default())?;
        }
        let name = shape.get("name").unwrap_or_default();
        if made_by_program(name) { Ok(()) } else { self.aside(CarrierKind::ImageAlt, name) }
    }
}

/// Whether a line ends in a label that waits for its value: `申报单位：___`.
fn asked(line: &str) -> bool {
    line.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '_' | '＿')).ends_with([':', '：'])
}

/// Names that office programs give: 图片 1, Picture 3, 文本框 2.
fn made_by_program(name: &str) -> bool {
    let stem = name.trim().trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '_');
    matches!(
        stem,
        "" | "图片"
            | "图像"
            | "图形"
            | "图表"
            | "文本框"
            | "矩形"
            | "椭圆"
            | "直线"
            | "直接连接符"
            | "形状"
            | "自选图形"
            | "组合"
            | "画布"
            | "图示"
            | "Picture"
            | "Image"
            | "Graphic"
            | "Chart"
            | "Text Box"
            | "TextBox"
            | "Rectangle"
            | "Oval"
            | "Line"
            | "Shape"
            | "AutoShape"
            | "Group"
            | "Canvas"
            | "Diagram"
            | "Straight Connector"
            | "Object"
            | "对象"
            | "Frame"
            | "Drawing"
    )
}

/// Whether a shape is there and not to be seen.
fn unseen(shape: &Element<'_>) -> bool {
    let hidden = shape.children().any(|child| {
        child.name() == "docPr" && child.get("hidden").is_some_and(|hidden| matches!(hidden, "1" | "true"))
    });
    let style = shape.get("style").unwrap_or_default().replace(' ', "");
    hidden || style.contains("visibility:hidden")
}
