//! The list with names (公示名单): those above the cut line, by name. Which of
//! several tied at the line are in is the meeting's to say, so they are not.

use std::path::{Path, PathBuf};

use crate::base::{Limits, PacketCode, Problem, Refusal, Result};
use crate::domain::rubric::QuotaKind;
use crate::formats;
use crate::formats::export::{Published, published_csv, published_md};
use crate::identity::Names;

use super::Round;
use super::packets::read_file;
use super::rank::rank;

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The files.
    pub files: Vec<PathBuf>,
    /// How many are on the list.
    pub listed: usize,
    /// Tied at the line and left to the meeting.
    pub left_to_meeting: Vec<PacketCode>,
}

/// Publishes the list as csv and markdown into `exports/`; without a file of
/// names those of the register are taken.
///
/// # Errors
/// Nothing to rank; no cut line; a code above the line without a name; a name for a code the
/// round does not have.
pub fn publish(round: &mut Round, names: Option<&Path>) -> Result<Outcome> {
    let ranked = rank(round)?;
    if ranked.standing.cut.kind == QuotaKind::None {
        return Err(Problem::QuotaOpen.into());
    }
    let file = names.map_or_else(|| super::register::FILE.to_owned(), |names| names.display().to_string());
    let rows = match names {
        Some(names) => {
            let bytes = read_file(names, Limits::STANDARD.table)?;
            formats::rows::names(&bytes, &Limits::STANDARD).map_err(|refusal| refusal.in_file(&file))?
        }
        // Without a list the register says who stands behind a code.
        None => super::blind::names(round)?,
    };
    let names = Names::check(rows).map_err(|faults| match Refusal::from_faults(faults) {
        Some(refusal) => refusal.in_file(&file),
        None => Problem::Internal("names".to_owned()).into(),
    })?;
    let known = || round.state().packets.keys().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    if let Some(foreign) = names.codes().find(|code| !round.state().packets.contains_key(*code)) {
        return Err(Refusal::from(Problem::UnknownPacket { code: foreign.to_string(), known: known() }).in_file(&file));
    }
    let cut = &ranked.standing.cut;
    let mut listed = Vec::new();
    for code in &cut.above {
        let name = names
            .get(code)
            .ok_or_else(|| Refusal::from(Problem::MissingValue { name: format!("{code}: name") }).in_file(&file))?;
        listed.push(name.to_owned());
    }
    let list = Published {
        title: round.rubric().title_zh.clone(),
        names: listed,
        steps: round.rubric().after_review.clone(),
        head: round.head(),
        demo: round.state().demo,
        practice: round.state().practice,
    };
    let files = vec![
        super::export::write(round, "publish.csv", None, &published_csv(&list))?,
        super::export::write(round, "publish.md", None, published_md(&list).as_bytes())?,
    ];
    Ok(Outcome { files, listed: list.names.len(), left_to_meeting: cut.tied_at_line.clone() })
}
