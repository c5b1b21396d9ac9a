//! Encrypted files and files of secret keys. The first byte says what is done
//! with the rest: read as it came, or encrypted first and then changed.
#![no_main]
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use pingshen::base::Problem;
use pingshen::seal::{Identity, Passphrase, Secret, envelope, secret_file, slip};
use pingshen_fuzz::{came, refused};

const LIMIT: u64 = 64 << 10;

fn identity() -> &'static Identity {
    static IDENTITY: OnceLock<Identity> = OnceLock::new();
    IDENTITY.get_or_init(|| slip::practice_identity().unwrap())
}

/// The work a file asks of whoever tries a passphrase; nothing where its first
/// stanza asks for none.
fn work(bytes: &[u8]) -> Option<u32> {
    let text = String::from_utf8_lossy(bytes);
    let line = text.lines().nth(1)?.strip_prefix("-> scrypt ")?;
    line.split(' ').nth(1)?.parse().ok()
}

fn changed(mut file: Vec<u8>, changes: &[u8]) -> Vec<u8> {
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % file.len();
        file[at] ^= change[2];
    }
    file
}

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let known = std::slice::from_ref(identity());
    match kind % 4 {
        0 => {
            if let Some(inside) = came(envelope::decrypt(known, rest, LIMIT)) {
                assert!(envelope::looks_encrypted(rest));
                assert!(inside.len() <= rest.len());
            }
            let _practice = secret_file::is_practice(rest);
            came(secret_file::unlock(rest, None));
        }
        // More work than ours is refused without being done; up to ours a try
        // takes some tenths of a second, so only what costs nothing is tried.
        1 => {
            if work(rest).is_none_or(|work| !(8..=15).contains(&work)) {
                let passphrase = Passphrase::new("correct horse").unwrap();
                came(secret_file::unlock(rest, Some(&passphrase)));
            }
        }
        // What was encrypted comes back; changed, it comes back whole or not at all.
        2 => {
            let (changes, content) = rest.split_at(rest.len().min(9));
            let file = envelope::encrypt(&[identity().recipient()], content).unwrap();
            assert_eq!(envelope::decrypt(known, &file, LIMIT).unwrap(), content);
            let altered = changed(file, changes);
            if let Some(inside) = came(envelope::decrypt(known, &altered, LIMIT)) {
                assert_eq!(inside, content);
            }
            let low = u64::try_from(content.len()).unwrap().saturating_sub(1);
            let file = envelope::encrypt(&[identity().recipient()], content).unwrap();
            match envelope::decrypt(known, &file, low) {
                Ok(inside) => assert!(inside.is_empty()),
                Err(refusal) => assert_eq!(*refusal.problem(), Problem::TooBig { limit: low }),
            }
        }
        // A file of secret keys whose content somebody else wrote.
        _ => {
            let file = envelope::encrypt(&[identity().recipient()], rest).unwrap();
            match secret_file::unlock(&file, None) {
                Ok(unlocked) => {
                    let again = secret_file::lock_for_practice(&unlocked.secret, &unlocked.others).unwrap();
                    let again = secret_file::unlock(&again, None).unwrap();
                    assert_eq!(again.secret.public(), unlocked.secret.public());
                    assert_eq!(again.others.len(), unlocked.others.len());
                }
                Err(refusal) => refused(&refusal),
            }
            let own = Secret::from_spare(&String::from_utf8_lossy(rest));
            if let Ok(own) = own {
                let file = secret_file::lock_for_practice(&own, &[]).unwrap();
                assert_eq!(secret_file::unlock(&file, None).unwrap().secret.public(), own.public());
            }
        }
    }
});
