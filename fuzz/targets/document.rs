//! Documents (来件) and the forms in them: whatever comes, the reader ends, its
//! refusals have words, and what it proved can be painted.
#![no_main]
use libfuzzer_sys::fuzz_target;
use pingshen::base::Digest;
use pingshen::domain::application::{Role, Source};
use pingshen::formats::{application, document};
use pingshen_fuzz::{LIMITS, came, form, safe};

fuzz_target!(|bytes: &[u8]| {
    let Some(document) = came(document::read(bytes, "form.docx", LIMITS)) else { return };
    let source = Source { file: "form.docx".to_owned(), digest: Digest::of(bytes), role: Role::Form };
    let application = application::read(&document, form(), source);
    for (id, entry) in &application.fields {
        assert!(form().field_like(id).is_some(), "{id}");
        safe(&pingshen::base::clean::clean(&entry.value.to_string()));
        assert!(!application.uncertain.contains_key(id) && !application.missing.contains(id), "{id}");
    }
});
