//! Packets (匿名材料): what is read can be painted, is not much larger than
//! what came, and is read alike a second time.
#![no_main]
use libfuzzer_sys::fuzz_target;
use pingshen::domain::packet::Value;
use pingshen::formats::packet;
use pingshen_fuzz::{LIMITS, came, form, safe};

fuzz_target!(|bytes: &[u8]| {
    let Some(packet) = came(packet::read(bytes, LIMITS, form())) else { return };
    let mut size = 0;
    for (id, value) in &packet.fields {
        assert!(form().field(id).is_some_and(|field| field.blind.may_show()), "{id}");
        match value {
            Value::Text(text) => {
                safe(text);
                size += text.len();
            }
            Value::List(cells) => {
                size += cells.len();
                for cell in cells.iter().flatten() {
                    safe(cell);
                    size += cell.len();
                }
            }
            Value::Number(_) | Value::Bool(_) => {}
        }
    }
    for section in &packet.sections {
        for text in [&section.id, &section.title, &section.text] {
            safe(text);
            size += text.len();
        }
    }
    // An unsafe character of one byte becomes a mark of twelve.
    assert!(size <= 16 * bytes.len() + 1_000_000, "{size} from {}", bytes.len());
    assert_eq!(packet::read(bytes, LIMITS, form()).as_ref(), Ok(&packet));
});
