//! Everything in the one encoding: whatever is read is written again to the
//! very same bytes, so that nothing is accepted in two spellings.
#![no_main]
use libfuzzer_sys::fuzz_target;
use pingshen::formats::{bundle, event, public_file, register, sheet};
use pingshen_fuzz::{LIMITS, came};

fuzz_target!(|bytes: &[u8]| {
    if let Some(read) = came(event::decode_event(bytes, LIMITS)) {
        assert_eq!(event::encode_event(&read).unwrap().1, bytes);
    }
    if let Some(read) = came(event::decode_act(bytes, LIMITS)) {
        assert_eq!(event::encode_act(&read).unwrap(), bytes);
    }
    if let Some(read) = came(sheet::decode(bytes, LIMITS)) {
        assert_eq!(sheet::encode(&read).unwrap(), bytes);
    }
    if let Some(read) = came(bundle::decode_manifest(bytes, LIMITS)) {
        assert_eq!(bundle::encode_manifest(&read).unwrap(), bytes);
    }
    if let Some(read) = came(register::decode(bytes, LIMITS)) {
        assert_eq!(register::encode(&read).unwrap(), bytes);
    }
    if let Some(read) = came(public_file::decode(bytes, LIMITS)) {
        assert_eq!(public_file::encode(&read).unwrap(), bytes);
    }
});
