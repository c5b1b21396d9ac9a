//! Exports (导出): the standing as a file that says by what rule, from which
//! sheets and at which head of the log it was made.

use std::path::{Path, PathBuf};

use crate::base::clock::Zone;
use crate::base::{Clock, Digest, Result};
use crate::domain::round::Event;
use crate::formats::export::{Stamp, shortlist_csv, shortlist_md};
use crate::store;

use super::Round;
use super::rank::{Ranked, json, rank};

/// The formats of a shortlist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// csv.
    Csv,
    /// json, the same bytes as `rank --format json`.
    Json,
    /// Markdown.
    Md,
}

impl Format {
    /// The file's ending.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Md => "md",
        }
    }
}

/// The bytes of a shortlist.
///
/// # Errors
/// None that a standing can give.
pub fn shortlist(round: &Round, ranked: &Ranked, format: Format, at: &str) -> Result<Vec<u8>> {
    let stamp = Stamp { title: round.rubric().title_zh.clone(), head: round.head(), at: at.to_owned() };
    match format {
        Format::Csv => Ok(shortlist_csv(&ranked.of, &ranked.standing, &stamp)),
        Format::Json => json(ranked),
        Format::Md => Ok(shortlist_md(&ranked.of, &ranked.standing, &stamp).into_bytes()),
    }
}

/// Writes a shortlist, into `exports/` unless said otherwise, and logs it.
///
/// # Errors
/// Nothing to rank, or nothing can be written.
pub fn export_shortlist(
    round: &mut Round,
    format: Format,
    to: Option<&Path>,
    clock: &Clock,
    zone: &Zone,
) -> Result<PathBuf> {
    let ranked = rank(round)?;
    let bytes = shortlist(round, &ranked, format, &clock.now().date_and_minute(zone))?;
    let name = format!("shortlist.{}", format.ending());
    write(round, &name, to, &bytes)
}

pub(super) fn write(round: &mut Round, name: &str, to: Option<&Path>, bytes: &[u8]) -> Result<PathBuf> {
    let path = match to {
        Some(path) => path.to_owned(),
        None => round.folder("exports")?.join(name),
    };
    store::write_durable(&path, bytes)?;
    // Where it went within the round's folder, so that it can be looked after.
    let own = round.dir().join("exports").join(name);
    let file = (path == own).then(|| format!("exports/{name}"));
    round.append(&[Event::Exported { what: name.to_owned(), digest: Digest::of(bytes), file }], &[])?;
    Ok(path)
}
