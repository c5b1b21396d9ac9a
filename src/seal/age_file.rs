//! The `age` format itself: one place for its limits and its errors.
//!
//! The reader takes a header of any length and reads it again at each line,
//! so a hostile header could keep it busy for hours. Ours are short, and a
//! longer one is refused before it is parsed.

use std::io::{self, BufRead, Write};

use age::stream::StreamReader;
use age::{DecryptError, Decryptor, Encryptor};

use crate::base::{Limits, Problem, Refusal, Result};

/// How a file of this format begins.
pub(super) const MAGIC: &[u8] = b"age-encryption.org/v1\n";

/// Longest header read, in bytes.
pub(super) const HEADER: usize = Limits::STANDARD.header;

/// Most recipients of one file, so that its header is never longer.
pub(super) const RECIPIENTS: usize = Limits::STANDARD.recipients;

/// Encrypts to all of these.
pub(super) fn encrypt<'a>(to: impl Iterator<Item = &'a dyn age::Recipient>, bytes: &[u8]) -> Result<Vec<u8>> {
    let failed = |_| Refusal::from(Problem::Internal("encryption failed".to_owned()));
    let encryptor = Encryptor::with_recipients(to)
        .map_err(|error| Problem::Internal(format!("these recipients do not go together: {error:?}")))?;
    // A tag of 16 bytes a chunk of 64 KiB, and the header.
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 4096 + 1024);
    let mut writer = encryptor.wrap_output(&mut out).map_err(failed)?;
    writer.write_all(bytes).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(out)
}

/// Whether these are the first bytes of a file whose header may be parsed.
///
/// # Errors
/// Not of this format, or a header too long or cut short.
pub(super) fn check_head(head: &[u8]) -> Result<()> {
    if !head.starts_with(MAGIC) {
        return Err(Problem::NotOurs { wanted: "age" }.into());
    }
    // The first such line ends the header: within it, lines are base64 or
    // begin with an arrow.
    let ended = head.windows(5).take(HEADER).any(|window| window == b"\n--- ");
    if ended { Ok(()) } else { Err(Problem::Altered.into()) }
}

/// Parses the header; [`check_head`] comes first.
pub(super) fn parse<R: BufRead>(input: R) -> Result<Decryptor<R>> {
    Decryptor::new_buffered(input).map_err(refused)
}

/// Parses the header of bytes at hand.
pub(super) fn parse_bytes(bytes: &[u8]) -> Result<Decryptor<&[u8]>> {
    check_head(bytes)?;
    parse(bytes)
}

/// Reads all that is inside, to a limit.
pub(super) fn read_all<R: io::Read>(reader: StreamReader<R>, limit: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(reader, limit.saturating_add(1)), &mut bytes)
        .map_err(|e| read_failed(&e))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > limit) {
        return Err(Problem::TooBig { limit }.into());
    }
    Ok(bytes)
}

/// What `age` has against a file, in our words.
pub(super) fn refused(error: DecryptError) -> Refusal {
    match error {
        DecryptError::NoMatchingKeys => Problem::NoKeyFits.into(),
        DecryptError::ExcessiveWork { .. } => Problem::NotOurEncoding.into(),
        DecryptError::UnknownFormat => Problem::NotOurs { wanted: "age" }.into(),
        DecryptError::Io(error) => read_failed(&error),
        _ => Problem::Altered.into(),
    }
}

/// A failed read: the file's fault, or the disk's.
pub(super) fn read_failed(error: &io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => Problem::Altered.into(),
        _ => Problem::CannotRead(error.to_string()).into(),
    }
}
