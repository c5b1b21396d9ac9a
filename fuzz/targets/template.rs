//! Templates, settings and application forms (TOML): what is found has a line
//! of the file, and a sound template is read alike a second time.
#![no_main]
use libfuzzer_sys::fuzz_target;
use pingshen::formats::{decode, form_schema, settings, template};
use pingshen::workflow::library;
use pingshen_fuzz::{LIMITS, came, refused};

fuzz_target!(|bytes: &[u8]| {
    let forms = library::forms().expect("embedded");
    came(settings::read(bytes, LIMITS));
    let text = came(decode::text(bytes, LIMITS));
    let lines = text.as_ref().map_or(0, |text| text.matches('\n').count() + 1);
    came(form_schema::read(bytes, LIMITS));
    match template::read(bytes, LIMITS, forms) {
        Err(refusal) => {
            refused(&refusal);
            assert!(template::read_sound(bytes, LIMITS, forms).is_err());
        }
        Ok((rubric, report)) => {
            assert!(rubric.is_some() || !report.errors.is_empty(), "refused without a reason");
            let all: Vec<_> = report.errors.iter().chain(&report.notes).cloned().collect();
            for fault in &all {
                let line = fault.place.line.map_or(1, |line| usize::try_from(line).expect("a line"));
                assert!((1..=lines).contains(&line), "{fault:?} of {lines} lines");
            }
            if let Some(refusal) = pingshen::base::Refusal::from_faults(all) {
                refused(&refusal);
            }
            let sound = came(template::read_sound(bytes, LIMITS, forms));
            assert_eq!(sound.is_some(), rubric.is_some() && report.errors.is_empty());
        }
    }
});
