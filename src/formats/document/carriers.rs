//! What lies beside the text of any office package and may name somebody:
//! properties, links, pictures, data of the file's own, parts nobody knows.

use crate::base::Result;
use crate::base::limits::{Counted, DocumentLimits, too_many};
use crate::domain::document::{Carrier, CarrierKind};

use super::package::Package;
use super::pictures;
use super::xml::{self, Element, Tree};

/// Gathers carriers, and counts what a document comes to.
#[derive(Debug)]
pub(super) struct Collector {
    pub(super) limits: DocumentLimits,
    pub(super) carriers: Vec<Carrier>,
    pieces: usize,
    text: usize,
}

impl Collector {
    pub(super) const fn new(limits: &DocumentLimits) -> Self {
        Self { limits: *limits, carriers: Vec::new(), pieces: 0, text: 0 }
    }

    /// Counts a paragraph, a cell or a carrier with so much text.
    ///
    /// # Errors
    /// More than is read.
    pub(super) fn count(&mut self, text: usize) -> Result<()> {
        self.pieces = self.pieces.saturating_add(1);
        if self.pieces > self.limits.pieces {
            return Err(too_many(Counted::Pieces, self.limits.pieces).into());
        }
        self.text = self.text.saturating_add(text);
        if self.text > self.limits.text {
            return Err(too_many(Counted::TextBytes, self.limits.text).into());
        }
        Ok(())
    }

    /// Reports something beside the text; what is empty says nothing.
    ///
    /// # Errors
    /// More than is read.
    pub(super) fn add(&mut self, kind: CarrierKind, place: &str, text: &str) -> Result<()> {
        let text = text.trim();
        if !text.is_empty() {
            self.count(text.len().saturating_add(place.len()))?;
            self.carriers.push(Carrier { kind, place: place.to_owned(), text: text.to_owned() });
        }
        Ok(())
    }
}

/// A part as a tree, if it is there.
///
/// # Errors
/// Broken, or beyond the limits.
pub(super) fn tree(package: &mut Package<'_>, name: &str, limits: &DocumentLimits) -> Result<Option<Tree>> {
    let Some(bytes) = package.part(name)? else { return Ok(None) };
    xml::parse(&bytes, limits).map(Some).map_err(|refusal| refusal.in_file(name))
}

/// A link from one part to another, or out of the file.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) target: String,
    pub(super) outside: bool,
}

/// Links of a part; none where they can't be read.
pub(super) fn relations(package: &mut Package<'_>, part: &str) -> Vec<Relation> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let limits = package.limits();
    let Ok(Some(tree)) = tree(package, &format!("{folder}{slash}_rels/{file}.rels"), &limits) else {
        return Vec::new();
    };
    let links = tree.root().children().filter(|link| link.name() == "Relationship");
    links
        .map(|link| {
            let outside = link.get("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
            let target = link.get("Target").unwrap_or_default();
            let kind = link.get("Type").unwrap_or_default();
            Relation {
                id: link.get("Id").unwrap_or_default().to_owned(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: if outside { target.to_owned() } else { resolve(folder, target) },
                outside,
            }
        })
        .collect()
}

/// A target as seen from a folder of the package.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            other => parts.push(other),
        }
    }
    parts.join("/")
}

/// Properties, links, pictures, data and strange parts. `known` says which
/// parts the reader of this kind has read or knows to be of no account.
///
/// # Errors
/// More than is read.
pub(super) fn collect(package: &mut Package<'_>, out: &mut Collector, known: &dyn Fn(&str) -> bool) -> Result<()> {
    out.add(CarrierKind::EmbeddedData, "zip comment", &package.comment())?;
    for name in package.names() {
        let lower = name.to_ascii_lowercase();
        let (folder, file) = lower.rsplit_once('/').unwrap_or(("", &lower));
        if lower == "docprops/core.xml" {
            each(package, &name, out, &|tree, out| core(tree, &name, out))?;
        } else if lower == "docprops/app.xml" {
            each(package, &name, out, &|tree, out| app(tree, &name, out))?;
        } else if lower == "docprops/custom.xml" {
            each(package, &name, out, &|tree, out| custom(tree, &name, out))?;
        } else if has_extension(file, "rels") {
            each(package, &name, out, &|tree, out| links(tree, &name, out))?;
        } else if folder == "customxml" {
            if !file.starts_with("itemprops") {
                each(package, &name, out, &|tree, out| data(tree, &name, out))?;
            }
        } else if folder.ends_with("media") {
            out.add(CarrierKind::ImageText, &name, &name)?;
            for text in pictures::texts(&package.head(&name, pictures::HEAD)) {
                out.add(CarrierKind::ImageText, &name, &text)?;
            }
        } else if folder.ends_with("charts") || folder.ends_with("diagrams") || folder.ends_with("drawings") {
            if has_extension(file, "xml") {
                each(package, &name, out, &|tree, out| drawn(tree, &name, out))?;
            }
        } else if lower != "[content_types].xml" && !known(&lower) {
            out.add(CarrierKind::EmbeddedData, &name, &name)?;
        }
    }
    Ok(())
}

pub(super) fn has_extension(file: &str, wanted: &str) -> bool {
    file.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case(wanted))
}

/// Reads one of the parts beside the text. One that is broken is named, and
/// does not keep the text from being read.
fn each(
    package: &mut Package<'_>,
    name: &str,
    out: &mut Collector,
    read: &dyn Fn(&Tree, &mut Collector) -> Result<()>,
) -> Result<()> {
    match tree(package, name, &out.limits.clone()) {
        Ok(Some(tree)) => {
            for comment in &tree.comments {
                out.add(CarrierKind::EmbeddedData, name, comment)?;
            }
            read(&tree, out)
        }
        Ok(None) => Ok(()),
        Err(_) => out.add(CarrierKind::EmbeddedData, name, name),
    }
}

/// All text below an element, one piece a line.
pub(super) fn all_text(element: &Element<'_>) -> String {
    let texts = std::iter::once(*element).chain(element.below()).map(|below| below.text().trim().to_owned());
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

fn core(tree: &Tree, place: &str, out: &mut Collector) -> Result<()> {
    for property in tree.root().children() {
        let kind = match property.name() {
            "creator" | "lastModifiedBy" => CarrierKind::CoreAuthor,
            "created" | "modified" | "lastPrinted" | "revision" | "language" | "version" => continue,
            _ => CarrierKind::CoreProp,
        };
        out.add(kind, place, &all_text(&property))?;
    }
    Ok(())
}

fn app(tree: &Tree, place: &str, out: &mut Collector) -> Result<()> {
    for property in tree.root().children() {
        let text = all_text(&property);
        let plain = text.parse::<i64>().is_ok() || matches!(text.as_str(), "true" | "false");
        let tells = match property.name() {
            "Application" | "AppVersion" | "HeadingPairs" | "TitlesOfParts" | "DigSig" | "DocSecurity" => false,
            "Template" => !matches!(text.as_str(), "Normal" | "Normal.dotm" | "Normal.dot" | "Normal.wpt"),
            _ => !plain,
        };
        if tells {
            out.add(CarrierKind::CoreProp, place, &text)?;
        }
    }
    Ok(())
}

fn custom(tree: &Tree, place: &str, out: &mut Collector) -> Result<()> {
    for property in tree.root().children() {
        let name = property.get("name").unwrap_or_default();
        let value = all_text(&property);
        // What WPS leaves in every file.
        if !matches!(name, "KSOProductBuildVer" | "ICV" | "KSOTemplateDocerSaveRecord") {
            out.add(CarrierKind::CustomProp, place, &format!("{name}: {value}"))?;
        }
    }
    Ok(())
}

fn links(tree: &Tree, place: &str, out: &mut Collector) -> Result<()> {
    for link in tree.root().children() {
        if link.get("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external")) {
            out.add(CarrierKind::LinkTarget, place, link.get("Target").unwrap_or_default())?;
        }
    }
    Ok(())
}

/// Data of the file's own: all it says, in text and attributes.
fn data(tree: &Tree, place: &str, out: &mut Collector) -> Result<()> {
    let root = tree.root();
    // The list of sources that Word puts into every document.
    if root.name() == "Sources" && root.children().next().is_none() {
        return Ok(());
    }
    let mut pieces = Vec::new();
    for element in std::iter::once(root).chain(root.below()) {
        pieces.extend(element.attributes().map(|(_, value)| value.to_owned()));
        pieces.push(element.text());
    }
    let pieces: Vec<&str> = pieces.iter().map(|piece| piece.trim()).filter(|piece| !piece.is_empty()).collect();
    out.add(CarrierKind::EmbeddedData, place, &pieces.join("\n"))
}

/// Text of a chart or diagram: seen on the page, but part of a picture.
fn drawn(tree: &Tree, place: &str, out: &mut Collector) -> Result<()> {
    let root = tree.root();
    let said = root.below().filter(|element| matches!(element.name(), "t" | "v")).map(|element| element.text());
    let said: Vec<String> = said.filter(|text| text.trim().parse::<i64>().is_err()).collect();
    out.add(CarrierKind::ImageText, place, &said.join("\n"))?;
    for named in root.below().filter(|element| element.name() == "cNvPr") {
        for name in ["descr", "title"] {
            out.add(CarrierKind::ImageAlt, place, named.get(name).unwrap_or_default())?;
        }
    }
    Ok(())
}
