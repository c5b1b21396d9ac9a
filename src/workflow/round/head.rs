//! The head beside the log (存证码文件): how far the log had got, signed, in a
//! file of its own. A log that was cut back to an earlier state is then shorter
//! than its own head file says; one who puts both back is found out by any
//! older head that an expert or a document carries.

use std::path::{Path, PathBuf};

use crate::base::{Digest, Limits, Problem, Refusal, Result, VerifyKey};
use crate::seal::{Context, Secret, signed};
use crate::store;

/// Largest head file, in bytes.
const LARGEST: u64 = Limits::STANDARD.head;

/// What a head file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The round.
    pub round: Digest,
    /// How many events there were.
    pub length: u64,
    /// The hash of the last.
    pub head: Digest,
    /// Whose signature it bears.
    pub signer: VerifyKey,
}

/// Where it lies in a round's folder.
#[must_use]
pub fn path(dir: &Path) -> PathBuf {
    dir.join("round.head")
}

/// What is signed: three lines.
#[must_use]
pub fn text(round: &Digest, length: u64, head: &Digest) -> String {
    format!("round {round}\nlength {length}\nhead {head}\n")
}

/// Writes it anew.
pub(super) fn write(dir: &Path, secret: &Secret, round: &Digest, length: u64, head: &Digest) -> Result<()> {
    let bytes = signed::sign(secret, Context::Head, text(round, length, head).as_bytes());
    store::write_durable(&path(dir), &bytes).map(drop)
}

/// Reads it; whose signature counts is the caller's to say.
///
/// # Errors
/// Not there, not ours, or altered.
pub fn read(dir: &Path) -> Result<Head> {
    let path = path(dir);
    let bytes = crate::workflow::packets::read_file(&path, LARGEST)?;
    parse(&bytes).map_err(|refusal| refusal.in_file(&path.display().to_string()))
}

/// Reads a head file; whose signature counts is the caller's to say.
///
/// # Errors
/// Not signed as a head, or not as we write one.
pub fn parse(bytes: &[u8]) -> Result<Head> {
    let signed = signed::read(Context::Head, bytes)?;
    let body = std::str::from_utf8(signed.body).map_err(|_| Refusal::from(Problem::NotOurEncoding))?;
    let mut words = body.lines().map(|line| line.split_once(' ').unwrap_or_default().1);
    let mut digest = || words.next().and_then(Digest::parse);
    let round = digest();
    let length: Option<u64> = words.next().and_then(|word| word.parse().ok());
    let head = words.next().and_then(Digest::parse);
    match (round, length, head) {
        (Some(round), Some(length), Some(head)) if text(&round, length, &head) == body => {
            Ok(Head { round, length, head, signer: signed.signer })
        }
        _ => Err(Problem::NotOurEncoding.into()),
    }
}
