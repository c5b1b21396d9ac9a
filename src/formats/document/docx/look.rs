//! How a run looks, as far as it decides whether anybody sees it and which
//! sign its letters stand for: hidden, white, too small to see, struck through,
//! raised, a symbol font;
//! of its own or through a style.

use std::collections::BTreeMap;

use super::super::carriers::tree;
use super::super::package::Package;
use super::super::xml::Element;
use super::symbols::{Font, font};
use crate::base::limits::DocumentLimits;

/// What is said of a look; nothing where it is left to the style.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Hidden.
    pub(super) vanish: Option<bool>,
    /// Struck through: taken back by hand, without a tracked change.
    pub(super) struck: Option<bool>,
    /// Raised, as the mark of a note is.
    pub(super) raised: Option<bool>,
    /// White.
    pub(super) white: Option<bool>,
    /// A size nobody can see.
    pub(super) tiny: Option<bool>,
    /// On a ground that is not white.
    pub(super) ground: Option<bool>,
    /// The font of Latin letters, where it is one of signs.
    pub(super) font: Option<Font>,
    /// A font of signs named for any script: private characters are its own.
    pub(super) signs: Option<Font>,
}

/// Whether a switch is on: said without a value, it is.
pub(super) fn on(switch: &Element<'_>) -> bool {
    !switch.get("val").is_some_and(|value| matches!(value, "0" | "false" | "off" | "none"))
}

/// Whether a ground is other than white.
pub(super) fn shaded(shading: &Element<'_>) -> bool {
    let fill = shading.get("fill").unwrap_or("auto");
    let themed = shading.get("themeFill").is_some_and(|theme| !theme.starts_with("background1"));
    let pattern = shading.get("val").is_some_and(|val| !matches!(val, "clear" | "nil"));
    themed || pattern || !(fill.eq_ignore_ascii_case("auto") || fill.eq_ignore_ascii_case("FFFFFF"))
}

fn nearly_white(color: &str) -> bool {
    let parts: Vec<u8> = (0..3)
        .filter_map(|at| color.get(at * 2..at * 2 + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect();
    color.len() == 6 && parts.len() == 3 && parts.iter().all(|part| *part >= 0xfa)
}

impl Look {
    /// From `w:rPr`.
    pub(super) fn of(properties: &Element<'_>) -> Self {
        let mut look = Self::default();
        for property in properties.children() {
            match property.word() {
                "vanish" => look.vanish = Some(on(&property)),
                "strike" | "dstrike" => look.struck = Some(on(&property) || look.struck == Some(true)),
                "vertAlign" => look.raised = Some(property.get("val") == Some("superscript")),
                "color" => {
                    let theme = property.get("themeColor");
                    let tinted = property.get("themeShade").is_some() || property.get("themeTint").is_some();
                    let white = property.get("val").is_some_and(nearly_white)
                        && theme.is_none_or(|theme| matches!(theme, "background1" | "light1") && !tinted);
                    look.white = Some(white);
                }
                "sz" => {
                    let halves = property.get("val").and_then(|value| value.parse::<u32>().ok());
                    look.tiny = halves.map(|halves| halves <= 3);
                }
                "shd" => look.ground = Some(shaded(&property)),
                "highlight" => {
                    look.ground = Some(property.get("val").is_some_and(|val| !matches!(val, "none" | "white")));
                }
                "rFonts" => {
                    let named = ["ascii", "hAnsi", "eastAsia", "cs"].map(|name| property.get(name).map(font));
                    let [ascii, other, ..] = named;
                    look.font = ascii.or(other);
                    look.signs = named.iter().flatten().find(|font| **font != Font::Letters).copied();
                }
                _ => {}
            }
        }
        look
    }

    /// This look, where it says nothing the other's.
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            vanish: self.vanish.or(below.vanish),
            struck: self.struck.or(below.struck),
            raised: self.raised.or(below.raised),
            white: self.white.or(below.white),
            tiny: self.tiny.or(below.tiny),
            ground: self.ground.or(below.ground),
            font: self.font.or(below.font),
            signs: self.signs.or(below.signs),
        }
    }
}

#[derive(Debug, Default)]
struct Style {
    based: Option<String>,
    look: Look,
    shaded: bool,
}

/// Styles by their id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
}

impl Styles {
    /// From the styles part beside the document; none where it can't be read.
    pub(super) fn read(package: &mut Package<'_>, folder: &str, limits: &DocumentLimits) -> Self {
        let slash = if folder.is_empty() { "" } else { "/" };
        let Ok(Some(part)) = tree(package, &format!("{folder}{slash}styles.xml"), limits) else {
            return Self::default();
        };
        let mut styles = BTreeMap::new();
        for style in part.root().children().filter(|style| style.word() == "style") {
            let Some(id) = style.get("styleId") else { continue };
            let based = style.child("basedOn").and_then(|based| based.get("val")).map(str::to_owned);
            let mut look = style.child("rPr").map(|properties| Look::of(&properties)).unwrap_or_default();
            let ground = style.child("pPr").and_then(|properties| properties.child("shd"));
            look.ground = look.ground.or_else(|| ground.map(|shading| shaded(&shading)));
            let shaded = style.get("type") == Some("table")
                && style.below().any(|below| below.word() == "shd" && shaded(&below));
            styles.insert(id.to_owned(), Style { based, look, shaded });
        }
        Self { styles }
    }

    /// What a style says, with those it is based on.
    pub(super) fn look(&self, id: Option<&str>) -> Look {
        self.chain(id).fold(Look::default(), |look, style| look.over(style.look))
    }

    /// Whether a table style gives some of its cells a ground.
    pub(super) fn shaded(&self, id: Option<&str>) -> bool {
        self.chain(id).any(|style| style.shaded)
    }

    fn chain<'s>(&'s self, id: Option<&str>) -> impl Iterator<Item = &'s Style> + use<'s> {
        let first = id.and_then(|id| self.styles.get(id));
        // A style based on itself by way of others ends somewhere.
        std::iter::successors(first, |style| self.styles.get(style.based.as_deref()?)).take(32)
    }
}
