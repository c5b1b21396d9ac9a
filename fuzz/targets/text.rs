//! Bytes to text, and text made safe: cleaning twice is cleaning once, nothing
//! unsafe remains, no cell starts a formula, and widths agree.
#![no_main]
use libfuzzer_sys::fuzz_target;
use pingshen::base::clean::{clean, clean_line, formula_safe};
use pingshen::base::text::{cut, pad, pad_left, plain_signs, spread, width, wrap};
use pingshen::formats::decode;
use pingshen_fuzz::{LIMITS, came, safe};

fuzz_target!(|bytes: &[u8]| {
    let Some((cells, bytes)) = bytes.split_first() else { return };
    let cells = usize::from(*cells);
    let Some(text) = came(decode::text(bytes, LIMITS)) else { return };
    let cleaned = clean(&text);
    safe(&cleaned);
    let line = clean_line(&text);
    safe(&line);
    assert!(!line.contains(['\n', '\t']));
    let cell = formula_safe(&text);
    safe(&cell);
    let first = cell.chars().find(|c| !c.is_whitespace());
    assert!(!matches!(first, Some('=' | '+' | '-' | '@' | '|' | '＝' | '＋' | '－' | '＠')), "{cell:?}");
    assert_eq!(formula_safe(&cell), cell, "made safe twice");
    safe(&plain_signs(&line));

    assert!(width(&cut(&line, cells)) <= cells);
    for padded in [pad(&line, cells), pad_left(&line, cells), spread(&line, "右 right", cells)] {
        assert_eq!(width(&padded), cells, "{padded:?}");
    }
    let lines = wrap(&cleaned, cells);
    let room = cells.max(2);
    for line in &lines {
        assert!(width(line) <= room || line.chars().count() <= 8, "{line:?} in {room}");
        assert!(!line.contains('\n'));
    }
    let kept: String = lines.concat().split_whitespace().collect();
    let given: String = cleaned.split_whitespace().collect();
    assert_eq!(kept, given, "wrapping loses nothing");
});
