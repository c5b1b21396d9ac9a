//! Bundles (评审包): any bytes as a zip; and a good bundle with bytes changed,
//! from which nothing may come that its maker did not put in.
#![no_main]
use std::io::Cursor;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use pingshen::base::{Digest, ExpertCode, PacketCode, Problem, Result, VerifyKey};
use pingshen::domain::bundle::{Manifest, PacketEntry};
use pingshen::formats::bundle::{Reader, encode_manifest, write};
use pingshen::seal::{Context, Secret, signed};
use pingshen_fuzz::{LIMITS, came, refused};

const TEMPLATE: &[u8] = b"schema = 1\n";
const FIGURES: &[u8] = br#"{"codes":["A-01"],"fields":["x"],"rows":[["1.5"]]}"#;
const PACKET: &[u8] = br#"{"code":"A-01","fields":{}}"#;

struct Good {
    bytes: Vec<u8>,
    manifest: Digest,
    code: PacketCode,
}

fn good() -> &'static Good {
    static GOOD: OnceLock<Good> = OnceLock::new();
    GOOD.get_or_init(|| {
        let secret = Secret::random().unwrap();
        let nothing = Digest::of(b"");
        let code = PacketCode::parse("A-01").unwrap();
        let manifest = Manifest {
            round: nothing,
            title: String::new(),
            demo: false,
            expert: ExpertCode::parse("E01").unwrap(),
            number: 1,
            replaces: None,
            template: Digest::of(TEMPLATE),
            log_head: nothing,
            figures: Digest::of(FIGURES),
            packets: vec![PacketEntry { code: code.clone(), digest: Digest::of(PACKET) }],
            recused: Vec::new(),
            secretary: secret.public(),
            openers: vec![secret.public()],
            amendment: 0,
        };
        let signed = signed::sign(&secret, Context::Manifest, &encode_manifest(&manifest).unwrap());
        let bytes = write(&signed, TEMPLATE, FIGURES, &[(code.clone(), PACKET.to_vec())]).unwrap();
        Good { bytes, manifest: Digest::of(&signed), code }
    })
}

fn checked(bytes: &[u8]) -> Result<(Vec<u8>, VerifyKey)> {
    signed::read(Context::Manifest, bytes).map(|signed| (signed.body.to_vec(), signed.signer))
}

/// Whatever claims to be the manifest is taken for one: what is behind the
/// signature is reached.
fn unchecked(bytes: &[u8]) -> Result<(Vec<u8>, VerifyKey)> {
    let body = pingshen::formats::bundle::decode_manifest(bytes, LIMITS)?;
    Ok((bytes.to_vec(), body.secretary.verify))
}

fn all(mut reader: Reader<Cursor<Vec<u8>>>) {
    came(reader.template());
    came(reader.figures());
    let entries = reader.manifest.packets.clone();
    for entry in entries.iter().take(20) {
        if let Some(bytes) = came(reader.packet(&entry.code)) {
            assert_eq!(Digest::of(&bytes), entry.digest);
        }
    }
    let other = PacketCode::parse("Z-99").unwrap();
    if !entries.iter().any(|entry| entry.code == other) {
        refused(&reader.packet(&other).unwrap_err());
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    if kind % 3 == 0 {
        came(Reader::open(Cursor::new(rest.to_vec()), LIMITS, &checked)).map(all);
        return;
    }
    if kind % 3 == 1 {
        came(Reader::open(Cursor::new(rest.to_vec()), LIMITS, &unchecked)).map(all);
        return;
    }
    // Pairs of a place and a byte; a third says whether to cut there.
    let mut altered = good().bytes.clone();
    for change in rest.chunks_exact(4).take(64) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]]));
        let length = altered.len().max(1);
        match change[3] {
            0 => altered.truncate(at % length),
            1 => altered.insert(at % length, change[2]),
            _ => {
                if let Some(byte) = altered.get_mut(at % length) {
                    *byte = change[2];
                }
            }
        }
    }
    let Some(mut reader) = came(Reader::open(Cursor::new(altered), LIMITS, &checked)) else { return };
    assert_eq!(reader.manifest_digest, good().manifest, "another manifest");
    for (part, was) in [(reader.template(), TEMPLATE), (reader.packet(&good().code), PACKET)] {
        match part {
            Ok(bytes) => assert_eq!(bytes, was),
            Err(refusal) => {
                refused(&refusal);
                assert!(!matches!(refusal.problem(), Problem::NotAssigned { .. }));
            }
        }
    }
    came(reader.figures());
});
