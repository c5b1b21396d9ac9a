//! Signed files: the exact bytes, and whose they are.
//!
//! The signature is over the context's prefix and the body as it stands, so
//! that what is signed as a sheet is nothing else anywhere, and no reader need
//! agree with another on how to write the content again. Layout:
//!
//! ```text
//! pingshen/sheet/v1
//! key <64 hex digits>
//! sig <128 hex digits>
//! body
//! ```

use ed25519_dalek::{Signature, Signer, VerifyingKey};

use crate::base::{Problem, Result, VerifyKey, hex};

use super::secret::Secret;

/// What a signed file or event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// The manifest of a bundle (评审清单).
    Manifest,
    /// The manifest of a whole round (轮次清单).
    RoundManifest,
    /// A score sheet (评分表).
    Sheet,
    /// An amendment (变更通知).
    Amendment,
    /// An update to a bundle (补充包).
    Update,
    /// A person's public keys (公钥).
    Keys,
    /// The head of a round's log (存证).
    Head,
    /// An event of a round's log (记录).
    Event,
}

impl Context {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Manifest,
        Self::RoundManifest,
        Self::Sheet,
        Self::Amendment,
        Self::Update,
        Self::Keys,
        Self::Head,
        Self::Event,
    ];

    /// The first line of such a file, and the first bytes that are signed.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Manifest => "pingshen/manifest/v1\n",
            Self::RoundManifest => "pingshen/round-manifest/v1\n",
            Self::Sheet => "pingshen/sheet/v1\n",
            Self::Amendment => "pingshen/amendment/v1\n",
            Self::Update => "pingshen/update/v1\n",
            Self::Keys => "pingshen/keys/v1\n",
            Self::Head => "pingshen/head/v1\n",
            Self::Event => "pingshen/event/v1\n",
        }
    }

    /// The word for it in [`Problem::NotOurs`].
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::RoundManifest => "round-manifest",
            Self::Sheet => "sheet",
            Self::Amendment => "amendment",
            Self::Update => "update",
            Self::Keys => "keys",
            Self::Head => "head",
            Self::Event => "event",
        }
    }
}

/// A signed file whose signature holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed<'a> {
    /// Whose key signed it.
    pub signer: VerifyKey,
    /// What was signed.
    pub body: &'a [u8],
}

/// The signed file of this body.
#[must_use]
pub fn sign(secret: &Secret, context: Context, body: &[u8]) -> Vec<u8> {
    let key = secret.signing();
    let signature = key.sign(&message(context, body)).to_bytes();
    let lines = format!(
        "{}key {}\nsig {}\n",
        context.prefix(),
        hex::write(key.verifying_key().as_bytes()),
        hex::write(&signature)
    );
    [lines.as_bytes(), body].concat()
}

/// Reads a signed file and checks it against the key it names.
///
/// # Errors
/// Not of this context, or [`Problem::BadSignature`].
pub fn read(context: Context, bytes: &[u8]) -> Result<Signed<'_>> {
    let rest = bytes.strip_prefix(context.prefix().as_bytes()).ok_or(Problem::NotOurs { wanted: context.name() })?;
    let (signer, rest) = line::<32>(b"key ", rest).ok_or(Problem::BadSignature)?;
    let (signature, body) = line::<64>(b"sig ", rest).ok_or(Problem::BadSignature)?;
    let signer = VerifyKey::new(signer);
    check(&signer, context, body, &signature)?;
    Ok(Signed { signer, body })
}

/// Reads a signed file that must be signed by this key.
///
/// # Errors
/// As [`read`], or [`Problem::OtherSigner`].
pub fn read_by<'a>(context: Context, bytes: &'a [u8], signer: &VerifyKey) -> Result<Signed<'a>> {
    let file = read(context, bytes)?;
    if file.signer == *signer { Ok(file) } else { Err(Problem::OtherSigner.into()) }
}

/// Whether these bytes begin as a signed file of this context does.
#[must_use]
pub fn looks_like(context: Context, bytes: &[u8]) -> bool {
    bytes.starts_with(context.prefix().as_bytes())
}

/// The signature alone, where the bytes are kept elsewhere.
#[must_use]
pub fn signature(secret: &Secret, context: Context, bytes: &[u8]) -> [u8; 64] {
    secret.signing().sign(&message(context, bytes)).to_bytes()
}

/// Checks a signature kept apart from its bytes.
///
/// # Errors
/// [`Problem::BadSignature`].
pub fn check(signer: &VerifyKey, context: Context, bytes: &[u8], signature: &[u8]) -> Result<()> {
    verify_raw(signer.bytes(), &message(context, bytes), signature)
}

/// Plain Ed25519, as strict as it goes: no small keys, one encoding only.
///
/// # Errors
/// [`Problem::BadSignature`].
pub fn verify_raw(key: &[u8; 32], message: &[u8], signature: &[u8]) -> Result<()> {
    let holds = || {
        let key = VerifyingKey::from_bytes(key).ok()?;
        let signature = Signature::from_slice(signature).ok()?;
        key.verify_strict(message, &signature).ok()
    };
    Ok(holds().ok_or(Problem::BadSignature)?)
}

fn message(context: Context, body: &[u8]) -> Vec<u8> {
    [context.prefix().as_bytes(), body].concat()
}

/// A word, `N` bytes as hex digits, and a new line.
fn line<'a, const N: usize>(word: &[u8], bytes: &'a [u8]) -> Option<([u8; N], &'a [u8])> {
    let (digits, rest) = bytes.strip_prefix(word)?.split_at_checked(N * 2)?;
    let value = hex::read(std::str::from_utf8(digits).ok()?)?;
    Some((value, rest.strip_prefix(b"\n")?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn problem(refused: Result<Signed<'_>>) -> Problem {
        refused.unwrap_err().problem().clone()
    }

    #[test]
    fn every_altered_byte_is_noticed() {
        let secret = Secret::random().unwrap();
        let file = sign(&secret, Context::Sheet, b"body");
        let read_back = read(Context::Sheet, &file).unwrap();
        assert_eq!(read_back, Signed { signer: secret.public().verify, body: b"body" });
        for at in 0..file.len() {
            for bit in 0..8 {
                let mut altered = file.clone();
                altered[at] ^= 1 << bit;
                assert!(read(Context::Sheet, &altered).is_err(), "byte {at}, bit {bit}");
            }
            assert!(read(Context::Sheet, &file[..at]).is_err(), "cut at {at}");
        }
        let longer = [&file[..], b"\n"].concat();
        assert_eq!(problem(read(Context::Sheet, &longer)), Problem::BadSignature);
    }

    #[test]
    fn what_is_signed_as_one_thing_is_nothing_else() {
        let secret = Secret::random().unwrap();
        for context in Context::ALL {
            let file = sign(&secret, context, b"body");
            let mark = signature(&secret, context, b"body");
            for other in Context::ALL {
                let same = context == other;
                assert_eq!(looks_like(other, &file), same);
                assert_eq!(check(&secret.public().verify, other, b"body", &mark).is_ok(), same);
                if same {
                    continue;
                }
                assert_eq!(problem(read(other, &file)), Problem::NotOurs { wanted: other.name() });
                let renamed = [other.prefix().as_bytes(), &file[context.prefix().len()..]].concat();
                assert_eq!(problem(read(other, &renamed)), Problem::BadSignature);
                assert!(!other.prefix().starts_with(context.prefix()));
            }
        }
    }

    #[test]
    fn another_signer_is_told_from_a_bad_signature() {
        let (one, two) = (Secret::random().unwrap(), Secret::random().unwrap());
        let file = sign(&one, Context::Keys, b"");
        assert_eq!(read_by(Context::Keys, &file, &one.public().verify).unwrap().body, b"");
        assert_eq!(problem(read_by(Context::Keys, &file, &two.public().verify)), Problem::OtherSigner);
        let text = String::from_utf8(file).unwrap();
        let claimed = text.replace(&one.public().verify.to_string(), &two.public().verify.to_string());
        assert_eq!(problem(read(Context::Keys, claimed.as_bytes())), Problem::BadSignature);
    }

    #[test]
    fn the_layout_is_strict() {
        let file = String::from_utf8(sign(&Secret::random().unwrap(), Context::Head, b"x")).unwrap();
        for wrong in [
            file.replace('\n', "\r\n"),
            file.replace("key ", "key  "),
            file.replace("sig ", "SIG "),
            file.replacen("key ", "kex ", 1),
        ] {
            assert!(read(Context::Head, wrong.as_bytes()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_key_of_small_order_signs_nothing() {
        let mut key = [0; 32];
        key[0] = 1;
        let mut mark = [0; 64];
        mark[0] = 1;
        assert!(verify_raw(&key, b"anything", &mark).is_err());
        assert!(verify_raw(&key, b"anything", b"short").is_err());
    }

    proptest! {
        #[test]
        fn any_body_comes_back(body: Vec<u8>) {
            let secret = Secret::random().unwrap();
            let file = sign(&secret, Context::Event, &body);
            prop_assert_eq!(read(Context::Event, &file).unwrap().body, &body[..]);
            check(&secret.public().verify, Context::Event, &body, &signature(&secret, Context::Event, &body)).unwrap();
        }

        #[test]
        fn any_bytes_are_refused(bytes: Vec<u8>) {
            prop_assert!(read(Context::Sheet, &bytes).is_err());
            prop_assert!(read(Context::Sheet, &[Context::Sheet.prefix().as_bytes(), &bytes].concat()).is_err());
        }
    }
}
