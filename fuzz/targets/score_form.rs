//! Filled score forms (打分表): every mark is on the grid of its criterion, and
//! one fault leaves nothing.
#![no_main]
use libfuzzer_sys::fuzz_target;
use pingshen::formats::score_form;
use pingshen_fuzz::{LIMITS, came, rubric, safe};

fuzz_target!(|bytes: &[u8]| {
    let Some(filled) = came(score_form::read(bytes, LIMITS, rubric())) else { return };
    assert!(score_form::looks_like(bytes, LIMITS));
    assert!(filled.expert.is_some() && filled.belongs.is_some());
    for ((_, id), mark) in &filled.marks {
        let criterion = rubric().criterion(id).expect("a criterion of the rubric");
        assert_eq!(rubric().allows(criterion, *mark), Ok(()));
        let typed = score_form::read_mark(&mark.to_string(), rubric(), criterion);
        assert_eq!(typed, Ok(Some(*mark)), "a mark is read as it is written");
    }
    filled.remarks.values().chain(filled.opinions.values()).for_each(|text| safe(text));
});
