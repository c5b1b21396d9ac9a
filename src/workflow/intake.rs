//! Application forms as they arrive (收申报材料): files read to applications,
//! each with what could not be proved and what is missing.

use std::path::{Path, PathBuf};

use crate::base::{Digest, Limits, Problem, Refusal, Result, Unreadable};
use crate::domain::application::difference::second_entry;
use crate::domain::application::{Application, Entry, Origin, Role, Source};
use crate::domain::form::Form;
use crate::domain::packet::Value;
use crate::formats;

use super::applicants::{Applicant, applicants};
use super::reader::{Read, Reader};
use super::{library, packets};

/// The field that a letter of recommendation beside the form fills.
const LETTER: &str = "rec.city_opinion";

/// The form that is spoken of: by its own id, or by that of a scoring template;
/// the first one where nothing is said.
///
/// # Errors
/// Neither is known.
pub fn form(id: Option<&str>) -> Result<&'static Form> {
    let forms = library::forms()?;
    match id {
        None => forms.first().ok_or_else(|| Problem::UnknownForm { id: String::new(), known: String::new() }.into()),
        Some(id) => match forms.iter().find(|form| form.id == id) {
            Some(form) => Ok(form),
            None => library::form_of(&library::sound_template(&library::template_bytes(id)?)?),
        },
    }
}

/// What came of one file: its path as given, and the application in it.
pub type Came = (String, Result<Application>);

/// A file on its way: what was read in this process, or the source of what is
/// read in another.
enum Underway {
    Done(Result<Application>),
    Document(Source),
}

/// Reads applications, so many files at once: a folder stands for the
/// applicants in it, in order of name. What can't be read comes with why, and
/// the others are read all the same. `on_done` is told how many files are done,
/// of how many.
pub fn read(
    given: &[PathBuf],
    form: &Form,
    reader: &Reader,
    jobs: usize,
    on_done: &mut dyn FnMut(usize, usize),
) -> Vec<Came> {
    let sorted = applicants(given);
    let files: Vec<PathBuf> =
        sorted.iter().filter_map(|(_, found)| found.as_ref().ok()).flat_map(|it| it.forms.clone()).collect();
    let mut forms = read_forms(&files, form, reader, jobs, on_done).into_iter();
    sorted
        .into_iter()
        .map(|(name, found)| {
            let outcome = found.and_then(|found| {
                let own: Vec<Result<Application>> = forms.by_ref().take(found.forms.len()).collect();
                together(&found, own).map_err(|refusal| refusal.in_file(&name))
            });
            (name, outcome)
        })
        .collect()
}

/// Puts in who recommended whom, from a list (csv: `applicant,city`, the
/// applicant by name or by file); a folder's city stands where the list is silent.
///
/// # Errors
/// A list that can't be read, or a row that is nobody's.
pub fn cities(read: &mut [Came], file: &Path) -> Result<()> {
    let name = file.display().to_string();
    let bytes = packets::read_file(file, Limits::STANDARD.table)?;
    let rows = formats::rows::cities(&bytes, &Limits::STANDARD).map_err(|refusal| refusal.in_file(&name))?;
    let mut faults = Vec::new();
    for (line, applicant, city) in rows {
        let wanted = applicant.trim();
        let is = |application: &Application| {
            let named = application.text("unit.name").is_some_and(|unit| unit.trim() == wanted);
            let file = Path::new(application.file());
            named
                || application.file() == wanted
                || file.file_stem().is_some_and(|stem| stem.to_string_lossy() == wanted)
        };
        let mut found = read.iter_mut().filter_map(|(_, outcome)| outcome.as_mut().ok()).filter(|it| is(it)).peekable();
        if found.peek().is_none() {
            let problem = Problem::UnknownApplication { no: wanted.to_owned(), known: String::new() };
            faults.push(crate::base::Fault { place: crate::base::Place::default().line(line), problem });
        }
        for application in found {
            application.city = Some(city.trim().to_owned()).filter(|city| !city.is_empty());
        }
    }
    Refusal::from_faults(faults).map_or(Ok(()), |refusal| Err(refusal.in_file(&name)))
}

/// One application out of an applicant's files.
fn together(applicant: &Applicant, forms: Vec<Result<Application>>) -> Result<Application> {
    let mut forms = forms.into_iter();
    let Some(first) = forms.next() else {
        return Err(Problem::ScanOnly { files: applicant.beside.len() }.into());
    };
    let mut application = first?;
    for second in forms {
        let mut second = second?;
        for source in &mut second.files {
            source.role = Role::SecondEntry;
        }
        (application, _) = second_entry(application, &second);
    }
    application.city.clone_from(&applicant.city);
    for (file, role) in &applicant.beside {
        let shown = file.display().to_string();
        let opened = std::fs::File::open(file).map_err(|error| Refusal::reading(&shown, &error))?;
        let digest = Digest::of_reader(opened).map_err(|error| Refusal::reading(&shown, &error))?;
        let name = file.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
        application.files.push(Source { file: name, digest, role: *role });
        if *role == Role::Recommendation {
            let at = u32::try_from(application.files.len().saturating_sub(1)).unwrap_or(u32::MAX);
            let entry = Entry { value: Value::Bool(true), origin: Origin { file: at, ..Origin::default() } };
            application.missing.retain(|id| id != LETTER);
            application.fields.insert(LETTER.to_owned(), entry);
        }
    }
    Ok(application)
}

/// Reads the files of forms; one outcome a file, in their order.
fn read_forms(
    files: &[PathBuf],
    form: &Form,
    reader: &Reader,
    jobs: usize,
    on_done: &mut dyn FnMut(usize, usize),
) -> Vec<Result<Application>> {
    let limit = reader.limits.document.file;
    let all = files.len();
    let mut underway: Vec<(String, Underway)> = Vec::with_capacity(all);
    for file in files {
        let path = file.display().to_string();
        let bytes = packets::read_file(file, limit);
        let next = bytes.map_or_else(|refusal| Underway::Done(Err(refusal)), |bytes| begin(&bytes, &path, form));
        underway.push((path, next));
    }
    let waiting: Vec<usize> = underway
        .iter()
        .enumerate()
        .filter(|(_, (_, next))| matches!(next, Underway::Document(_)))
        .map(|(at, _)| at)
        .collect();
    let paths: Vec<PathBuf> = waiting.iter().filter_map(|at| underway.get(*at)).map(|(path, _)| path.into()).collect();
    let mut done = all - waiting.len();
    reader.read_all(&paths, jobs, &mut |at, read| {
        done += 1;
        on_done(done, all);
        let Some((_, next)) = waiting.get(at).and_then(|at| underway.get_mut(*at)) else { return };
        let Underway::Document(source) = next else { return };
        *next = Underway::Done(read.and_then(|read| match read {
            Read::Document(document) => Ok(formats::application::read(&document, form, source.clone())),
            Read::Evidence(kind) => Err(Problem::Unreadable(Unreadable::Kind(kind)).into()),
        }));
    });
    let settled = underway.into_iter().map(|(path, next)| match next {
        Underway::Done(outcome) => outcome.map_err(|refusal| refusal.in_file(&path)),
        Underway::Document(_) => Err(Refusal::from(Problem::NotFound).in_file(&path)),
    });
    settled.collect()
}

/// Json and filled sheets are read at once; documents by a process of their own.
fn begin(bytes: &[u8], path: &str, form: &Form) -> Underway {
    let name = Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned());
    let source = Source { file: name, digest: Digest::of(bytes), role: Role::Form };
    match formats::application::entered(bytes, form, &source, &Limits::STANDARD) {
        Some(entered) => Underway::Done(entered),
        None => Underway::Document(source),
    }
}

/// Writes the form as a sheet to fill in: a workbook where the name says xlsx,
/// else csv.
///
/// # Errors
/// The file can't be written.
pub fn write_form(file: &Path, form: &Form) -> Result<()> {
    let workbook = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    let bytes = if workbook { formats::application::workbook(form)? } else { formats::application::sheet(form) };
    crate::store::write_durable(file, &bytes).map(drop)
}
