//! Application forms as they arrive (收申报材料): files read to applications,
//! each with what could not be proved and what is missing.

use std::path::{Path, PathBuf};

use crate::base::{Digest, Limits, Problem, Refusal, Result, Unreadable};
use crate::domain::application::{Application, Role, Source};
use crate::domain::form::Form;
use crate::formats;

use super::reader::{Read, Reader};
use super::{library, packets};

/// Files of a folder that may be forms.
const ENDINGS: [&str; 10] = ["docx", "docm", "dotx", "doc", "wps", "xlsx", "xlsm", "xls", "csv", "json"];

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

/// Reads forms, so many at once: a folder stands for the forms in it, in order
/// of name. A file that can't be read comes with why, and the others are read
/// all the same. `on_done` is told how many are done, of how many.
pub fn read(
    files: &[PathBuf],
    form: &Form,
    reader: &Reader,
    jobs: usize,
    on_done: &mut dyn FnMut(usize, usize),
) -> Vec<Came> {
    let limit = reader.limits.document.file;
    let listed = packets::list(files, &ENDINGS);
    let all = listed.len();
    let mut underway: Vec<(String, Underway)> = Vec::with_capacity(all);
    for (path, file) in listed {
        let bytes = file.and_then(|file| packets::read_file(&file, limit));
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
    let settled = underway.into_iter().map(|(path, next)| {
        let outcome = match next {
            Underway::Done(outcome) => outcome.map_err(|refusal| refusal.in_file(&path)),
            Underway::Document(_) => Err(Refusal::from(Problem::NotFound).in_file(&path)),
        };
        (path, outcome)
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

/// Writes the form as a sheet to fill in.
///
/// # Errors
/// The file can't be written.
pub fn write_form(file: &Path, form: &Form) -> Result<()> {
    crate::store::write_durable(file, &formats::application::sheet(form)).map(drop)
}
