//! The lint of scoring templates: one thing changed in a sound template, and
//! the finding that must come, with its line and in both languages.

use pingshen::base::problem::Problem;
use pingshen::base::{Lang, Limits};
use pingshen::formats::template::read;
use pingshen::workflow::library;

const ID: &str = "ln-pilot-selection";

fn sound() -> String {
    String::from_utf8(library::template_bytes(ID).unwrap()).unwrap()
}

/// Findings after the `nth` occurrence of `from` became `to`: line and problem.
fn findings(from: &str, to: &str, nth: usize) -> (u32, Vec<(u32, Problem)>) {
    let text = sound();
    let at = text.match_indices(from).nth(nth).unwrap_or_else(|| panic!("no {from}")).0;
    let changed = format!("{}{to}{}", &text[..at], &text[at + from.len()..]);
    let line = u32::try_from(changed[..at].matches('\n').count() + 1).unwrap();
    let found = match read(changed.as_bytes(), &Limits::STANDARD, library::forms().unwrap()) {
        Ok((_, report)) => report.errors,
        Err(refusal) => refusal.faults().cloned().collect(),
    };
    for fault in &found {
        for lang in [Lang::Zh, Lang::En] {
            let said = pingshen::base::lang::problem(lang, fault);
            assert!(!said.what.is_empty(), "{fault:?}");
        }
    }
    (line, found.into_iter().map(|fault| (fault.place.line.unwrap_or(0), fault.problem)).collect())
}

#[test]
fn the_shipped_template_is_what_the_guideline_asks_for() {
    let (rubric, report) = read(sound().as_bytes(), &Limits::STANDARD, library::forms().unwrap()).unwrap();
    assert_eq!(report.errors, []);
    let rubric = rubric.unwrap();
    let shape: Vec<_> =
        rubric.dimensions.iter().map(|d| (d.id.to_string(), d.max.to_string(), d.criteria.len())).collect();
    let wanted = [("A", "20", 7), ("B", "25", 6), ("C", "20", 5), ("D", "25", 6), ("E", "10", 4)];
    assert_eq!(shape, wanted.map(|(id, max, n)| (id.to_owned(), max.to_owned(), n)));
    assert_eq!(rubric.criteria_count(), 28);
    for criterion in rubric.criteria() {
        assert!(
            !criterion.guide.is_empty() && !criterion.find.is_empty() && !criterion.evidence.is_empty(),
            "{}",
            criterion.id
        );
        assert_eq!(criterion.levels.iter().map(|l| l.zh.as_str()).collect::<String>(), "优良中差", "{}", criterion.id);
    }
}

#[test]
fn sums_are_held_against_what_is_stated() {
    let (line, found) = findings("total = \"100\"", "total = \"90\"", 0);
    assert!(
        matches!(&found[..], [(at, Problem::SumDiffers { stated, .. })] if *at == line && stated == "90"),
        "{found:?}"
    );
    let (_, found) = findings("max = \"20\"", "max = \"21\"", 0);
    assert!(found.iter().any(|(_, p)| matches!(p, Problem::SumDiffers { of, .. } if of == "A")), "{found:?}");
}

#[test]
fn bands_neither_overlap_nor_leave_a_gap_nor_miss_the_grid() {
    // B1: 优 4.5-5, 良 3.5-4, 中 2.5-3, 差 0-2.
    let (line, found) = findings("min = \"4.5\"", "min = \"4\"", 0);
    assert!(matches!(&found[..], [(at, Problem::BandOverlap { .. })] if *at == line), "{found:?}");
    let (line, found) = findings("min = \"4.5\"", "min = \"5\"", 0);
    assert!(matches!(&found[..], [(at, Problem::BandGap { .. })] if *at == line), "{found:?}");
    let (_, found) = findings("min = \"4.5\"", "min = \"4.3\"", 0);
    assert!(found.iter().any(|(_, p)| matches!(p, Problem::OffGrid { value, .. } if value == "4.3")), "{found:?}");
    let (line, found) = findings("min = \"4.5\"", "min = \"5.5\"", 0);
    assert!(found.iter().any(|(at, p)| *at == line && matches!(p, Problem::BandReversed { .. })), "{found:?}");
    let (_, found) = findings("min = \"0\"", "min = \"0.5\"", 0);
    assert!(found.iter().any(|(_, p)| matches!(p, Problem::BandBottom { .. })), "{found:?}");
}

#[test]
fn marks_and_weights_are_quoted() {
    for (from, to) in [
        ("total = \"100\"", "total = 100"),
        ("min = \"4.5\"", "min = 4.5"),
        ("score_step = \"0.5\"", "score_step = 0.5"),
    ] {
        let (line, found) = findings(from, to, 0);
        let written = to.rsplit(' ').next().unwrap();
        assert!(
            found.iter().any(|(at, p)| *at == line && matches!(p, Problem::NotQuoted { text } if text == written)),
            "{found:?}"
        );
    }
    let (_, found) = findings("total = \"100\"", "total = \"1e2\"", 0);
    assert!(found.iter().any(|(_, p)| matches!(p, Problem::BadPoints { .. })), "{found:?}");
}

#[test]
fn names_must_be_known_and_unique() {
    let (line, found) = findings("\"lic.total.open_done\"", "\"lic.total.open_don\"", 0);
    assert!(
        found.iter().any(|(at, p)| *at == line
            && matches!(p, Problem::UnknownEvidence { like: Some(like), .. } if like == "lic.total.open_done")),
        "{found:?}"
    );
    let (line, found) = findings("order = [\"D\"", "order = [\"Z\"", 0);
    assert!(matches!(&found[..], [(at, Problem::UnknownTieKey { id, .. })] if *at == line && id == "Z"), "{found:?}");
    let (_, found) = findings("id = \"A2\"", "id = \"A1\"", 0);
    assert!(found.iter().any(|(_, p)| matches!(p, Problem::Duplicate { what } if what == "A1")), "{found:?}");
    let (_, found) = findings("score_step = \"0.5\"", "score_step = \"0\"", 0);
    assert!(found.iter().any(|(_, p)| matches!(p, Problem::ZeroWeight { .. })), "{found:?}");
    let (line, found) = findings("round_mode = \"half_away_from_zero\"", "round_mode = \"up\"", 0);
    assert!(matches!(&found[..], [(at, Problem::BadChoice { .. })] if *at == line), "{found:?}");
    let (line, found) = findings("version = ", "versoin = ", 0);
    assert!(matches!(&found[..], [(at, Problem::BadToml(why))] if *at == line && why.contains("versoin")), "{found:?}");
    let (line, found) = findings("version = ", "id = \"twice\"\nversion = ", 0);
    assert!(matches!(&found[..], [(at, Problem::BadToml(_))] if at.abs_diff(line) <= 1), "{found:?}");
}

#[test]
fn other_encodings_are_read_and_broken_ones_refused() {
    let gb = encoding_rs::GB18030.encode(&sound()).0.into_owned();
    assert!(read(&gb, &Limits::STANDARD, library::forms().unwrap()).unwrap().0.is_some());
    let mut torn = sound().into_bytes();
    torn.truncate(2_000);
    assert!(read(&torn, &Limits::STANDARD, library::forms().unwrap()).is_err());
    assert!(read(b"\xff\x00\x81", &Limits::STANDARD, library::forms().unwrap()).is_err());
    let hidden = sound().replacen("评审表", "评审\u{202e}表", 1);
    assert!(
        read(hidden.as_bytes(), &Limits::STANDARD, library::forms().unwrap()).is_err(),
        "no hidden signs in a template"
    );
}

#[test]
fn conditions_are_held_against_the_form_and_name_their_clause() {
    let bad = |from: &str, to: &str| findings(from, to, 0);
    let (line, found) = bad("sum = [\"grant.in_force\"]", "sum = [\"grant.in_forc\"]");
    assert!(
        matches!(&found[..], [(at, Problem::UnknownEvidence { like: Some(like), .. })] if *at == line && like == "grant.in_force"),
        "{found:?}"
    );
    let (line, found) = bad("at_least = \"200\"", "at_leas = \"200\"");
    assert!(matches!(&found[..], [(at, Problem::BadToml(why))] if *at == line && why.contains("at_leas")), "{found:?}");
    let (line, found) = bad("at_least = \"200\"", "at_least = \"200\", over = \"1\"");
    assert!(matches!(&found[..], [(at, Problem::BadChoice { .. })] if *at == line), "{found:?}");
    let (line, found) = bad(", at_least = \"200\"", "");
    assert!(matches!(&found[..], [(at, Problem::BadChoice { .. })] if *at == line), "{found:?}");
    let (line, found) = bad("at_least = \"200\"", "at_least = 200");
    assert!(matches!(&found[..], [(at, Problem::NotQuoted { .. })] if *at == line), "{found:?}");
    let (line, found) = bad("near = \"24\"", "near = \"31\"");
    assert!(matches!(&found[..], [(at, _)] if *at == line), "{found:?}");
    let (_, found) = bad("clause = \"辽宁工作指引 二（二）\"\nany", "any");
    assert!(matches!(&found[..], [(_, Problem::MissingValue { name })] if name == "clause"), "{found:?}");
    let (line, found) = bad("{ legal_person = \"unit.uscc\" }", "{ }");
    assert!(matches!(&found[..], [(at, Problem::BadChoice { .. })] if *at == line), "{found:?}");
    let (line, found) = bad("deadline = \"2023-05-31\"", "deadline = \"2023-05-32\"");
    assert!(matches!(&found[..], [(at, Problem::BadChoice { .. })] if *at == line), "{found:?}");
    let (line, found) = bad("amount_basis = \"contract\"", "amount_basis = \"either\"");
    assert!(matches!(&found[..], [(at, Problem::BadChoice { .. })] if *at == line), "{found:?}");
    let (_, found) = bad("id = \"conversion\"", "id = \"creation\"");
    assert!(matches!(&found[..], [(_, Problem::Duplicate { what })] if what == "creation"), "{found:?}");
    let (line, found) = bad("lic.total.{basis}", "lic.total.{base}");
    assert!(matches!(&found[..], [(at, Problem::UnknownEvidence { .. })] if *at == line), "{found:?}");
}

#[test]
fn a_template_without_conditions_is_sound() {
    let text = sound();
    let (from, to) = (text.find("# Who may apply").unwrap(), text.find("# One licence to many").unwrap());
    let bare = format!("{}{}", &text[..from], &text[to..]);
    let (rubric, report) = read(bare.as_bytes(), &Limits::STANDARD, library::forms().unwrap()).unwrap();
    assert_eq!(report.errors, []);
    assert_eq!(rubric.unwrap().eligibility, None);
}

/// What is looked at beside the result: each key with what is wrong about it.
#[test]
fn what_is_looked_at_beside_the_result_is_linted() {
    let with = |table: &str| findings("[after_review]", &format!("[doubt]\n{table}\n[after_review]"), 0);
    let (line, found) = with("objective = [\"A1\", \"Z9\"]");
    assert!(
        matches!(&found[..], [(at, Problem::UnknownCriterion { id })] if *at == line + 1 && id == "Z9"),
        "{found:?}"
    );
    let (line, found) = with("abnormal_share = \"1.1\"");
    assert!(
        matches!(&found[..], [(at, Problem::AboveMax { value, .. })] if *at == line + 1 && value == "1.1"),
        "{found:?}"
    );
    let (_, found) = with("far_share = 0.1");
    assert!(matches!(&found[..], [(_, Problem::NotQuoted { .. })]), "{found:?}");
    let (_, found) = with("corridor = \"1\"\ncorridor_share = \"0.1\"");
    assert!(matches!(&found[..], [(_, Problem::Duplicate { .. })]), "{found:?}");
    let (_, found) = with("[doubt.prior]\napplication = \"64\"\nexpert = \"0\"\nrest = \"9\"");
    assert!(
        matches!(&found[..], [(_, Problem::ZeroWeight { of }), (_, Problem::MissingValue { name })] if of == "expert" && name == "mean"),
        "{found:?}"
    );
    let sound = with(
        "objective = [\"A1\"]\nfull = \"5\"\ncorridor = \"1\"\n[doubt.prior]\napplication = \"64\"\nexpert = \"25\"\nrest = \"9\"\nmean = \"88\"",
    );
    assert_eq!(sound.1, []);
}
