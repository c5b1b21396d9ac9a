//! Signed files, the head of a log, public keys: nothing altered passes, and
//! nothing signed as one thing is read as another. The first byte says which
//! context, and whether the rest is signed here first.
#![no_main]
use libfuzzer_sys::fuzz_target;
use pingshen::formats::public_file;
use pingshen::seal::{Context, Secret, signed};
use pingshen::workflow::round::head;
use pingshen_fuzz::{LIMITS, came, refused};
use std::sync::OnceLock;

fn secret() -> &'static Secret {
    static SECRET: OnceLock<Secret> = OnceLock::new();
    SECRET.get_or_init(|| Secret::random().unwrap())
}

fn as_all(bytes: &[u8]) {
    for context in Context::ALL {
        if let Some(read) = came(signed::read(context, bytes)) {
            assert!(signed::looks_like(context, bytes));
            assert!(bytes.ends_with(read.body));
            // No other context reads it.
            for other in Context::ALL.into_iter().filter(|other| *other != context) {
                assert!(signed::read(other, bytes).is_err());
            }
        }
    }
    if let Some(read) = came(head::parse(bytes)) {
        assert_eq!(
            head::text(&read.round, read.length, &read.head).as_bytes(),
            signed::read(Context::Head, bytes).unwrap().body
        );
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    if kind & 1 == 0 {
        as_all(rest);
        return;
    }
    let context = Context::ALL[usize::from(kind >> 1) % Context::ALL.len()];
    let file = signed::sign(secret(), context, rest);
    assert_eq!(signed::read(context, &file).unwrap().body, rest);
    as_all(&file);
    if let Some(read) = came(public_file::decode(rest, LIMITS)) {
        let keys = read.keys;
        assert!(keys.check_code_is(&keys.check_code()));
    }
    // One byte of it changed, at a place and by a value that the input says.
    let (Some(place), Some(by)) = (rest.first(), rest.get(1)) else { return };
    if *by == 0 {
        return;
    }
    let at = usize::from(*place) * 7 % file.len();
    let mut altered = file;
    altered[at] ^= by;
    refused(&signed::read(context, &altered).unwrap_err());
});
