//! What is embedded in the binary: scoring templates and application forms.
//! Any template file can be used in their place.

use std::path::Path;
use std::sync::OnceLock;

use crate::base::{Lang, Limits, Problem, Result};
use crate::domain::counting::Counting;
use crate::domain::form::Form;
use crate::domain::rubric::Rubric;
use crate::domain::rubric::check::Report;
use crate::domain::rubric::check::funding::FundingRule;
use crate::formats;
pub use crate::formats::template::Checked;

/// Embedded templates by id.
const TEMPLATES: [(&str, &str); 1] =
    [("ln-pilot-selection", include_str!("../../scoring-templates/ln-pilot-selection.toml"))];
const LN_APPLICATION: &str = include_str!("../../scoring-templates/forms/ln-application.toml");

/// The application forms known to the program.
///
/// # Errors
/// Our own fault, if an embedded form can't be read.
pub fn forms() -> Result<&'static [Form]> {
    static FORMS: OnceLock<Result<Vec<Form>>> = OnceLock::new();
    match FORMS.get_or_init(|| Ok(vec![formats::form_schema::read(LN_APPLICATION.as_bytes(), &Limits::STANDARD)?])) {
        Ok(forms) => Ok(forms),
        Err(refusal) => Err(refusal.clone()),
    }
}

/// The form a rubric's evidence speaks of.
///
/// # Errors
/// A form the program does not have.
pub fn form_of(rubric: &Rubric) -> Result<&'static Form> {
    let forms = forms()?;
    forms.iter().find(|form| form.id == rubric.form).ok_or_else(|| {
        let known = forms.iter().map(|form| form.id.clone()).collect::<Vec<_>>().join(", ");
        Problem::UnknownForm { id: rubric.form.clone(), known }.into()
    })
}

/// Ids of the embedded templates.
pub fn template_ids() -> impl Iterator<Item = &'static str> {
    TEMPLATES.iter().map(|(id, _)| *id)
}

/// The bytes of a template: an embedded one by id, or a file.
///
/// # Errors
/// Neither is there.
pub fn template_bytes(id_or_file: &str) -> Result<Vec<u8>> {
    if let Some((_, text)) = TEMPLATES.iter().find(|(id, _)| *id == id_or_file) {
        return Ok(text.as_bytes().to_vec());
    }
    let path = Path::new(id_or_file);
    if path.is_file() || id_or_file.contains(['/', '\\']) || path.extension().is_some() {
        return super::packets::read_file(path, Limits::STANDARD.template);
    }
    let known = template_ids().collect::<Vec<_>>().join(", ");
    Err(Problem::UnknownTemplate { id: id_or_file.to_owned(), known }.into())
}

/// Checks a template (`template check`).
///
/// # Errors
/// Where it is no template at all.
pub fn check_template(id_or_file: &str) -> Result<(Option<Rubric>, Report)> {
    let bytes = template_bytes(id_or_file)?;
    formats::template::read(&bytes, &Limits::STANDARD, forms()?).map_err(|refusal| refusal.in_file(id_or_file))
}

/// What a sound file's rules say, as sentences.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// How marks are counted.
    pub counting: Option<String>,
    /// How money is allotted; in Chinese, as on every export.
    pub funding: Option<String>,
}

/// Checks a template or a file with a counting rule or a rule of funding alone;
/// with its rules as sentences where they are sound.
///
/// # Errors
/// As [`check_template`].
pub fn check_either(lang: Lang, id_or_file: &str) -> Result<(Checked, Report, Said)> {
    let bytes = template_bytes(id_or_file)?;
    let (checked, report) = formats::template::read_either(&bytes, &Limits::STANDARD, forms()?)
        .map_err(|refusal| refusal.in_file(id_or_file))?;
    let (counting, funding) = match &checked {
        Checked::Template(rubric) => {
            let rubric = rubric.as_deref();
            (rubric.map(Counting::of), rubric.and_then(|rubric| rubric.funding.as_ref()))
        }
        Checked::Rule(rule, funding) => (rule.as_deref().cloned(), funding.as_deref().map(|rule| &rule.funding)),
        Checked::Funding(rule) => (None, rule.as_deref().map(|rule| &rule.funding)),
    };
    let said = Said {
        counting: counting.map(|rule| formats::rule_words::counting_in_words(lang, &rule)),
        funding: funding.map(formats::funding_words::funding_in_words),
    };
    Ok((checked, report, said))
}

/// Reads a template that must be sound.
///
/// # Errors
/// Everything the lint calls an error.
pub fn sound_template(bytes: &[u8]) -> Result<Rubric> {
    formats::template::read_sound(bytes, &Limits::STANDARD, forms()?)
}

/// Reads a counting rule that must be sound: a template's, or that of a file
/// which holds nothing else.
///
/// # Errors
/// Everything the lint calls an error.
pub fn sound_counting(bytes: &[u8]) -> Result<Counting> {
    formats::template::read_counting(bytes, &Limits::STANDARD)
}

/// Reads a rule of funding that must be sound: a template's, or that of a file
/// which holds nothing else.
///
/// # Errors
/// Everything the lint calls an error, and where there is no `[funding]`.
pub fn sound_funding(bytes: &[u8]) -> Result<FundingRule> {
    formats::template::read_funding(bytes, &Limits::STANDARD, forms()?)
}
