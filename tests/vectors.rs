//! Outside vectors: what others agree an `age` file and an Ed25519 signature
//! are. They lie beside the sources and are not part of them; where they are
//! not found, that is said and nothing is tested.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "what fails ends the test, and what is skipped is said"
)]

use std::fs::{self, File};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use pingshen::base::{Digest, Problem};
use pingshen::seal::{Identity, Passphrase, Secret, Slip, envelope, secret_file, signed, slip};

const LIMIT: u64 = 64 << 20;

/// A folder of the shared ones, or why it is skipped.
fn shared(folder: &str) -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("PINGSHEN_SHARED").map(PathBuf::from);
    let places = [named, Some(here.join("../shared")), Some(here.join("../../shared"))];
    let found = places.into_iter().flatten().map(|place| place.join(folder)).find(|place| place.is_dir());
    if found.is_none() {
        eprintln!("skipped: {folder} is not there; set PINGSHEN_SHARED");
    }
    found
}

/// One vector of the CCTV suite: lines of a header, and a file.
#[derive(Debug, Default)]
struct Vector {
    expect: String,
    payload: String,
    identities: Vec<String>,
    passphrases: Vec<String>,
    armored: bool,
    file: Vec<u8>,
}

fn vector(bytes: &[u8]) -> Vector {
    let end = bytes.windows(2).position(|window| window == b"\n\n").expect("a header and an empty line");
    let mut vector = Vector { file: bytes[end + 2..].to_vec(), ..Vector::default() };
    let mut compressed = false;
    for line in std::str::from_utf8(&bytes[..end]).unwrap().lines() {
        let (key, value) = line.split_once(": ").unwrap();
        match key {
            "expect" => value.clone_into(&mut vector.expect),
            "payload" => value.clone_into(&mut vector.payload),
            "identity" => vector.identities.push(value.to_owned()),
            "passphrase" => vector.passphrases.push(value.to_owned()),
            "armored" => vector.armored = value == "yes",
            "compressed" => compressed = value == "zlib",
            "file key" | "comment" => {}
            other => panic!("a key the suite does not define: {other}"),
        }
    }
    if compressed {
        vector.file = miniz_oxide::inflate::decompress_to_vec_zlib(&vector.file).unwrap();
    }
    vector
}

/// What a vector's result ought to be, once armour and post-quantum keys, which
/// no file of ours has, count as foreign.
fn allowed(expect: &str, ours: bool, problem: &Problem) -> bool {
    match (expect, problem) {
        ("success", _) => !ours,
        ("no match", Problem::NoKeyFits) => true,
        ("HMAC failure" | "payload failure", Problem::Altered) => true,
        ("header failure" | "armor failure", Problem::Altered | Problem::NotOurs { .. }) => true,
        (_, Problem::NoKeyFits | Problem::NotOurs { .. }) => !ours,
        _ => false,
    }
}

#[test]
fn age_files_are_opened_or_refused_as_the_suite_says() {
    let Some(folder) = shared("corpora/age-cctv") else { return };
    let mut counts = std::collections::BTreeMap::<String, [usize; 2]>::new();
    let mut wrong = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("README") || name.starts_with("LICENSE") {
            continue;
        }
        let vector = vector(&fs::read(&path).unwrap());
        let known: Vec<Identity> = vector.identities.iter().filter_map(|line| Identity::from_line(line)).collect();
        let ours = !vector.armored && known.len() == vector.identities.len() && vector.passphrases.is_empty();
        for typed in &vector.passphrases {
            // None of them is a file of secret keys.
            let passphrase = Passphrase::new(typed).ok();
            assert!(secret_file::unlock(&vector.file, passphrase.as_ref()).is_err(), "{name}");
        }
        let read = envelope::decrypt(&known, &vector.file, LIMIT);
        match &read {
            Ok(bytes) => {
                let right = vector.expect == "success" && Digest::of(bytes).to_string() == vector.payload;
                if !right {
                    wrong.push(format!("{name}: opened, expected {}", vector.expect));
                }
            }
            Err(refused) => {
                if !allowed(&vector.expect, ours, refused.problem()) {
                    wrong.push(format!("{name}: {refused}, expected {}", vector.expect));
                }
            }
        }
        // By seeking: the same in the end, and nothing released on the way that
        // the suite does not release.
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&vector.file).unwrap();
        let mut released = Vec::new();
        let whole = envelope::decrypt_file(&known, file).map(|mut opened| opened.read_to_end(&mut released).is_ok());
        let whole = whole.unwrap_or(false);
        if whole != read.is_ok() {
            wrong.push(format!("{name}: by seeking {whole}, at once {}", read.is_ok()));
        }
        if !released.is_empty() && Digest::of(&released).to_string() != vector.payload {
            wrong.push(format!("{name}: released other bytes than the suite"));
        }
        let kind = if ours { vector.expect } else { format!("{} (armoured or another kind of key)", vector.expect) };
        counts.entry(kind).or_default()[usize::from(read.is_ok())] += 1;
    }
    for (kind, [refused, opened]) in &counts {
        eprintln!("{kind}: {opened} opened, {refused} refused");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(counts.get("success").is_some_and(|[refused, opened]| *refused == 0 && *opened > 0), "{counts:?}");
}

fn bytes_of(hex: &str) -> Vec<u8> {
    hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

#[test]
fn signatures_hold_or_not_as_wycheproof_says() {
    let Some(folder) = shared("corpora/ed25519-wycheproof") else { return };
    let text = fs::read_to_string(folder.join("ed25519_test.json")).unwrap();
    let suite: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut counts = [0, 0];
    for group in suite["testGroups"].as_array().unwrap() {
        let key: [u8; 32] = bytes_of(group["publicKey"]["pk"].as_str().unwrap()).try_into().unwrap();
        for test in group["tests"].as_array().unwrap() {
            let message = bytes_of(test["msg"].as_str().unwrap());
            let signature = bytes_of(test["sig"].as_str().unwrap());
            let expected = match test["result"].as_str().unwrap() {
                "valid" => true,
                "invalid" => false,
                other => panic!("{other}"),
            };
            let holds = signed::verify_raw(&key, &message, &signature).is_ok();
            assert_eq!(holds, expected, "test {}", test["tcId"]);
            counts[usize::from(holds)] += 1;
        }
    }
    eprintln!("{} accepted, {} refused", counts[1], counts[0]);
    assert_eq!(suite["numberOfTests"].as_u64(), u64::try_from(counts[0] + counts[1]).ok());
    assert!(counts[0] > 0 && counts[1] > 0);
}

/// The `age` program, where there is one. It writes while it reads, so what it
/// is given comes from a file.
fn age(arguments: &[&str], input: &[u8]) -> Option<Vec<u8>> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(input).unwrap();
    file.rewind().unwrap();
    let Ok(output) = Command::new("age").args(arguments).stdin(file).stderr(Stdio::inherit()).output() else {
        eprintln!("skipped: there is no age program here");
        return None;
    };
    assert!(output.status.success(), "age {arguments:?}");
    Some(output.stdout)
}

#[test]
fn the_age_program_opens_our_files_and_we_open_its() {
    let folder = tempfile::tempdir().unwrap();
    let secret = Secret::random().unwrap();
    let used = Slip::random().unwrap();
    let others = [used.identity()];

    // The file of secret keys, once opened, is the program's identity file.
    let locked = secret_file::lock_for_practice(&secret, &others).unwrap();
    let practice = folder.path().join("practice");
    fs::write(&practice, slip::practice_identity().unwrap().to_line().as_bytes()).unwrap();
    let Some(identities) = age(&["-d", "-i", practice.to_str().unwrap()], &locked) else { return };
    let keys = folder.path().join("keys");
    fs::write(&keys, &identities).unwrap();

    let content = vec![b'x'; 200_000];
    for recipient in [secret.public().recipient, used.recipient()] {
        let file = envelope::encrypt(&[slip::practice_recipient().unwrap(), recipient.clone()], &content).unwrap();
        assert!(age(&["-d", "-i", keys.to_str().unwrap()], &file).unwrap() == content);
        let theirs = age(&["-r", recipient.as_str()], &content).unwrap();
        let unlocked = secret_file::unlock(&locked, None).unwrap();
        let mut own = unlocked.others;
        own.push(unlocked.secret.identity());
        assert!(envelope::decrypt(&own, &theirs, LIMIT).unwrap() == content);
        let path = folder.path().join("theirs");
        fs::write(&path, &theirs).unwrap();
        let mut opened = envelope::decrypt_file(&own, File::open(&path).unwrap()).unwrap();
        opened.seek(std::io::SeekFrom::End(-2)).unwrap();
        let mut rest = Vec::new();
        opened.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, b"xx");
    }
}
