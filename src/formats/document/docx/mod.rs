//! The word processor's document: the body walked for its text and tables, the
//! other parts for what they give away.

mod asides;
mod fields;
mod graphics;
mod look;
mod runs;
mod symbols;
mod table;
mod walk;

use crate::base::{Place, Problem, Refusal, Result, Unreadable};
use crate::domain::document::Block;

use super::carriers::{self, Collector, has_extension, relations, tree};
use super::package::Package;
use look::Styles;
use walk::Walker;

/// Parts of no account, or read elsewhere: layout, fonts, numbering.
fn known(lower: &str) -> bool {
    let file = lower.rsplit('/').next().unwrap_or(lower);
    let stems = [
        "document",
        "styles",
        "stylesWithEffects",
        "settings",
        "websettings",
        "fonttable",
        "numbering",
        "theme",
        "comments",
        "footnotes",
        "endnotes",
        "header",
        "footer",
        "people",
        "glossary",
    ];
    lower.starts_with("word/")
        && (has_extension(file, "xml") || has_extension(file, "odttf"))
        && (stems.iter().any(|stem| file.starts_with(&stem.to_ascii_lowercase())) || lower.starts_with("word/fonts/"))
}

/// Reads the document of a package.
///
/// # Errors
/// No document in it, broken, or beyond the limits.
pub(super) fn read(package: &mut Package<'_>, out: &mut Collector) -> Result<Vec<Block>> {
    let main = relations(package, "")
        .into_iter()
        .find(|link| link.kind == "officeDocument" && !link.outside && package.has(&link.target))
        .map_or_else(|| "word/document.xml".to_owned(), |link| link.target);
    let limits = out.limits;
    let body = tree(package, &main, &limits)?.ok_or_else(|| {
        let why = Unreadable::Broken("no document part".to_owned());
        Refusal::new(Place::file(main.as_str()), Problem::Unreadable(why))
    })?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let styles = Styles::read(package, &folder, &limits);
    for comment in &body.comments {
        out.add(crate::domain::document::CarrierKind::EmbeddedData, &main, comment)?;
    }
    let mut walker = Walker::new(&styles, &main, out, &body);
    let mut blocks = Vec::new();
    let root = body.root();
    let start = root.child("body").unwrap_or(root);
    walker.blocks(&start, &mut blocks)?;
    drop(body);
    asides::read(package, &folder, &styles, out)?;
    carriers::collect(package, out, &known)?;
    Ok(blocks)
}
