//! The check of applications (材料核对): conditions and cross-checks over all that
//! came in, and the letters to those with something to mend. It changes no
//! application; opening the register for it is an event, as is each letter.

use std::path::{Path, PathBuf};

use crate::base::clock::Zone;
use crate::base::{Clock, Digest, Lang, Limits, Problem, Refusal, Result};
use crate::domain::application::Application;
use crate::domain::application::checks::{self, NotTaken};
use crate::domain::day::Day;
use crate::domain::eligibility::{AmountBasis, Eligibility};
use crate::domain::form::Form;
use crate::domain::round::Event;
use crate::domain::rubric::Rubric;
use crate::formats::letter::{Office, letter};
use crate::formats::paper::{to_docx, to_markdown};
use crate::formats::{self, check_report};
use crate::store;

use super::Round;
use super::packets::read_file;
use super::reader::Reader;

pub use crate::formats::check_report::{Checked, held_against, label, place, said};

/// Where letters go within a round's folder.
pub(super) const LETTERS: &str = "exports/letters";

/// What a check came to.
#[derive(Debug)]
pub struct Report {
    /// Every application, by receipt number.
    pub all: Vec<Checked>,
    /// The form they are on.
    pub form: &'static Form,
    /// Which amount was counted, where the template has conditions.
    pub basis: Option<AmountBasis>,
    /// What the secretary supplied and was not taken.
    pub not_taken: Vec<NotUsed>,
}

/// A supplied value that was not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotUsed {
    /// No application has this number.
    NoSuch(String),
    /// The form says something for certain: number, field, what it says, what was supplied.
    Proved(String, String, String, String),
}

impl Report {
    /// As json.
    #[must_use]
    pub fn json(&self, lang: Lang) -> Vec<u8> {
        check_report::json(&self.all, self.form, lang)
    }

    /// As csv.
    #[must_use]
    pub fn csv(&self, lang: Lang) -> Vec<u8> {
        check_report::csv(&self.all, self.form, lang)
    }
}

/// Checks all applications of a round.
///
/// # Errors
/// The round is not unlocked; a register or file of supplements that can't be read.
pub fn check(round: &mut Round, supplies: Option<&Path>) -> Result<Report> {
    let form = round.form()?;
    let register = super::register::open(round, "check")?;
    let apps = register.applications.into_iter().map(|(no, app)| (no.to_string(), Application { no: Some(no), ..app }));
    checked(apps.collect(), form, round.rubric(), supplies)
}

/// Checks application forms without a round; what can't be read comes beside.
///
/// # Errors
/// A template that is not sound, supplements that can't be read.
pub fn check_files(
    files: &[PathBuf],
    template: &str,
    supplies: Option<&Path>,
    reader: &Reader,
) -> Result<(Report, Vec<Refusal>)> {
    let rubric = super::library::sound_template(&super::library::template_bytes(template)?)
        .map_err(|refusal| refusal.in_file(template))?;
    let form = super::library::form_of(&rubric)?;
    let jobs = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let (mut apps, mut refused) = (Vec::new(), Vec::new());
    for (_, outcome) in super::intake::read(files, form, reader, jobs, &mut |_, _| {}) {
        match outcome {
            Ok(application) => apps.push((application.file().to_owned(), application)),
            Err(refusal) => refused.push(refusal),
        }
    }
    Ok((checked(apps, form, &rubric, supplies)?, refused))
}

fn checked(
    mut apps: Vec<(String, Application)>,
    form: &'static Form,
    rubric: &Rubric,
    supplies: Option<&Path>,
) -> Result<Report> {
    let not_taken = match supplies {
        Some(file) => supply(&mut apps, form, file)?,
        None => Vec::new(),
    };
    let rules: Option<&Eligibility> = rubric.eligibility.as_ref();
    let mut all = Vec::with_capacity(apps.len());
    for (at, (no, app)) in apps.iter().enumerate() {
        let others: Vec<(String, &Application)> =
            apps.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, (no, app))| (no.clone(), app)).collect();
        let outcome = checks::check(app, form, rules, &others);
        all.push(Checked { no: no.clone(), app: app.clone(), outcome });
    }
    Ok(Report { all, form, basis: rules.map(|rules| rules.basis), not_taken })
}

/// Puts in what the secretary supplies; one row at fault and nothing is taken.
fn supply(apps: &mut [(String, Application)], form: &Form, file: &Path) -> Result<Vec<NotUsed>> {
    let name = file.display().to_string();
    let bytes = read_file(file, Limits::STANDARD.table)?;
    let rows = formats::rows::supplies(&bytes, &Limits::STANDARD).map_err(|refusal| refusal.in_file(&name))?;
    let mut not_used = Vec::new();
    for row in rows {
        let Some((_, app)) = apps.iter_mut().find(|(no, _)| *no == row.no) else {
            not_used.push(NotUsed::NoSuch(row.no));
            continue;
        };
        let at = |problem| {
            let place = crate::base::problem::Place::file(name.as_str()).line(row.line).field(row.field.as_str());
            Err(Refusal::new(place, problem))
        };
        match checks::supplement(app, form, &row.field, &row.value) {
            Ok(()) => {}
            Err(NotTaken::UnknownField(like)) => return at(Problem::UnknownField { id: row.field.clone(), like }),
            Err(NotTaken::WrongKind) => {
                return at(Problem::WrongKind { id: row.field.clone(), wanted: "value", text: row.value.clone() });
            }
            Err(NotTaken::Proved(there)) => {
                not_used.push(NotUsed::Proved(row.no.clone(), row.field.clone(), there, row.value.clone()));
            }
        }
    }
    Ok(not_used)
}

/// Writes a letter to everybody with something to mend, as docx and Markdown.
///
/// # Errors
/// Nothing can be written.
pub fn letters(
    round: &mut Round,
    report: &Report,
    to: Option<&Path>,
    by: Option<Day>,
    clock: &Clock,
    zone: &Zone,
) -> Result<Vec<PathBuf>> {
    let today = clock.now().date_and_minute(zone);
    let date = today.split(' ').next().and_then(Day::read).ok_or_else(|| Problem::Internal(today.clone()))?;
    let title = round.rubric().title_zh.clone();
    let office = Office { name: office_name(&title), title, by, date };
    let folder = match to {
        Some(folder) => folder.to_owned(),
        None => round.folder(LETTERS)?,
    };
    std::fs::create_dir_all(&folder).map_err(|error| Refusal::writing(&folder.display().to_string(), &error))?;
    let mut files = Vec::new();
    for checked in &report.all {
        let Some(paper) = letter(checked, report.form, &office) else { continue };
        for (ending, bytes) in [("docx", to_docx(&paper)?), ("md", to_markdown(&paper).into_bytes())] {
            // A receipt number names nobody, and is safe in a file's name.
            let name = format!("{}.{ending}", checked.no);
            let path = folder.join(&name);
            store::write_durable(&path, &bytes)?;
            let file = to.is_none().then(|| format!("{LETTERS}/{name}"));
            round
                .append(&[Event::Exported { what: format!("letter {name}"), digest: Digest::of(&bytes), file }], &[])?;
            files.push(path);
        }
    }
    Ok(files)
}

/// Who signs: the office of the round, by the template's title.
fn office_name(title: &str) -> String {
    let stem = title.trim_end_matches("评审表").trim_end_matches("评分表");
    format!("{stem}评审工作办公室")
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
