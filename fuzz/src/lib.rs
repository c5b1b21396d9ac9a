//! What the targets share: the form and rubric of the embedded template, and
//! what must hold of every refusal and every text.

pub use pingshen::base::Limits;
use pingshen::base::clean::{clean, is_unsafe};
use pingshen::base::lang::problem;
use pingshen::base::{Lang, Problem, Refusal};
use pingshen::domain::form::Form;
use pingshen::domain::rubric::Rubric;
use pingshen::workflow::library;
use std::sync::OnceLock;

/// The limits of the program itself.
pub const LIMITS: &Limits = &Limits::STANDARD;

/// The form of the embedded template.
pub fn form() -> &'static Form {
    &library::forms().expect("embedded")[0]
}

/// The embedded template.
pub fn rubric() -> &'static Rubric {
    static RUBRIC: OnceLock<Rubric> = OnceLock::new();
    RUBRIC.get_or_init(|| {
        let bytes = library::template_bytes("ln-pilot-selection").expect("embedded");
        library::sound_template(&bytes).expect("embedded")
    })
}

/// No fault of our own, and words in both languages that a terminal can take.
pub fn refused(refusal: &Refusal) {
    for fault in refusal.faults().take(50) {
        assert!(!matches!(fault.problem, Problem::Internal(_)), "{fault:?}");
        for lang in [Lang::Zh, Lang::En] {
            let said = problem(lang, fault);
            assert!(!said.what.is_empty(), "{fault:?}");
            for text in [Some(&said.place), Some(&said.what), said.mend.as_ref()].into_iter().flatten() {
                safe(text);
            }
        }
    }
}

/// What came out, where every refusal is looked at.
pub fn came<T>(outcome: Result<T, Refusal>) -> Option<T> {
    outcome.inspect_err(refused).ok()
}

/// Text that may be painted: nothing unsafe, and cleaning it again changes
/// nothing.
pub fn safe(text: &str) {
    assert!(!text.chars().any(|c| is_unsafe(c)), "unsafe: {text:?}");
    assert_eq!(clean(text), text, "cleaned twice");
}
