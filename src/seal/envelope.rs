//! Encrypted files: who may read, and a reader that seeks in the middle.
//!
//! A bundle may be larger than memory should hold, so a file is decrypted a
//! chunk at a time while it is read; nothing of it is on the disk in the
//! clear. Where two people must open together, one envelope lies in another.

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use age::stream::StreamReader;
use bech32::{Bech32, Hrp};

use crate::base::limits::{Counted, too_many};
use crate::base::{Problem, Recipient, Refusal, Result};

use super::age_file;
use super::identity::Identity;

/// Encrypts to all of these, each of whom can open it alone.
///
/// # Errors
/// [`Problem::BadPublicKey`], or more recipients than one file has.
pub fn encrypt(recipients: &[Recipient], bytes: &[u8]) -> Result<Vec<u8>> {
    if recipients.len() > age_file::RECIPIENTS {
        return Err(too_many(Counted::Recipients, age_file::RECIPIENTS).into());
    }
    let keys = recipients.iter().map(checked).collect::<Result<Vec<_>>>()?;
    age_file::encrypt(keys.iter().map(|key| -> &dyn age::Recipient { key }), bytes)
}

/// Encrypts to each of these in turn, one envelope in another, so that all of
/// them are needed, the first named first.
///
/// # Errors
/// As [`encrypt`].
pub fn nest(outermost_first: &[Recipient], bytes: &[u8]) -> Result<Vec<u8>> {
    let Some((innermost, others)) = outermost_first.split_last() else {
        return Err(Problem::Internal("no recipients".to_owned()).into());
    };
    let inside = encrypt(std::slice::from_ref(innermost), bytes)?;
    others.iter().rev().try_fold(inside, |inside, outer| encrypt(std::slice::from_ref(outer), &inside))
}

/// Whether these bytes begin as an encrypted file does.
#[must_use]
pub fn looks_encrypted(bytes: &[u8]) -> bool {
    bytes.starts_with(age_file::MAGIC)
}

/// Opens one envelope with whichever identity fits.
///
/// # Errors
/// Not encrypted, [`Problem::NoKeyFits`], [`Problem::Altered`], or more than
/// `limit` bytes inside.
pub fn decrypt(identities: &[Identity], bytes: &[u8], limit: u64) -> Result<Vec<u8>> {
    let file = age_file::parse_bytes(bytes)?;
    let opened = file.decrypt(identities.iter().map(Identity::as_age)).map_err(age_file::refused)?;
    age_file::read_all(opened, limit)
}

/// Opens an envelope on the disk, to be read by seeking. That it is whole is
/// checked here; each chunk, when it is read.
///
/// # Errors
/// As [`decrypt`], and those of reading.
pub fn decrypt_file(identities: &[Identity], mut file: File) -> Result<Opened> {
    let failed = |error: io::Error| age_file::read_failed(&error);
    let mut head = Vec::new();
    let longest = u64::try_from(age_file::HEADER).unwrap_or(0);
    file.rewind().map_err(failed)?;
    (&mut file).take(longest).read_to_end(&mut head).map_err(failed)?;
    age_file::check_head(&head)?;
    file.rewind().map_err(failed)?;
    let file = age_file::parse(BufReader::new(file))?;
    let mut reader = file.decrypt(identities.iter().map(Identity::as_age)).map_err(age_file::refused)?;
    // The last chunk proves the length. That nothing follows the last byte is
    // seen by reading it: an empty chunk there would be one too many.
    let length = reader.seek(SeekFrom::End(0)).map_err(failed)?;
    reader.seek(SeekFrom::Start(length.saturating_sub(1))).map_err(failed)?;
    let mut last = Vec::new();
    reader.read_to_end(&mut last).map_err(failed)?;
    if last.len() != usize::from(length > 0) {
        return Err(Problem::Altered.into());
    }
    reader.rewind().map_err(failed)?;
    Ok(Opened { reader, length, at: 0, broken: false })
}

/// An encrypted file's content, decrypted as it is read.
///
/// `age`'s reader may be sent anywhere and is not made for places beyond the
/// end; positions are kept here, and it is only ever asked for bytes that are.
pub struct Opened {
    reader: StreamReader<BufReader<File>>,
    length: u64,
    at: u64,
    /// After a failure the reader's place is unknown, and no more is read.
    broken: bool,
}

impl Opened {
    /// Bytes inside.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.length
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened").field("length", &self.length).field("at", &self.at).finish_non_exhaustive()
    }
}

impl Read for Opened {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        if self.broken {
            return Err(io::ErrorKind::InvalidData.into());
        }
        if self.at >= self.length || piece.is_empty() {
            return Ok(0);
        }
        let read = self.reader.read(piece).inspect_err(|_| self.broken = true)?;
        self.at = self.at.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        Ok(read)
    }
}

impl Seek for Opened {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if self.broken {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
        };
        let to = to.ok_or(io::ErrorKind::InvalidInput)?;
        if to < self.length {
            self.reader.seek(SeekFrom::Start(to)).inspect_err(|_| self.broken = true)?;
        }
        self.at = to;
        Ok(to)
    }
}

/// Points of small order, to which anything encrypted could be opened by
/// anyone; `age` stops the program rather than encrypt to them. Little-endian,
/// as x25519 reads them, the highest bit left out.
const SMALL: [&str; 7] = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
];

/// The recipient as `age` takes it: its checksum right, and no point of small
/// order.
fn checked(recipient: &Recipient) -> Result<age::x25519::Recipient> {
    let bad = || Refusal::from(Problem::BadPublicKey { key: recipient.to_string() });
    let (prefix, bytes) = bech32::primitives::decode::CheckedHrpstring::new::<Bech32>(recipient.as_str())
        .map(|line| (line.hrp(), line.byte_iter().collect::<Vec<u8>>()))
        .map_err(|_| bad())?;
    let mut point: [u8; 32] = bytes.try_into().map_err(|_| bad())?;
    if let Some(highest) = point.last_mut() {
        *highest &= 0x7f;
    }
    if prefix != Hrp::parse_unchecked("age") || SMALL.contains(&crate::base::hex::write(&point).as_str()) {
        return Err(bad());
    }
    recipient.as_str().parse().map_err(|_| bad())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::Slip;
    use proptest::prelude::*;
    use std::io::Write;

    /// Bytes of one chunk in the clear.
    const CHUNK: usize = 64 << 10;

    fn identity() -> Identity {
        Slip::random().unwrap().identity()
    }

    fn on_disk(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    fn some_bytes(length: usize) -> Vec<u8> {
        (0..length).map(|at| u8::try_from((at * 7 + at / 251) % 256).unwrap()).collect()
    }

    fn problem<T: fmt::Debug>(refused: Result<T>) -> Problem {
        refused.unwrap_err().problem().clone()
    }

    #[test]
    fn each_recipient_opens_it_and_nobody_else() {
        let (one, two, three) = (identity(), identity(), identity());
        let file = encrypt(&[one.recipient(), two.recipient()], b"content").unwrap();
        assert!(looks_encrypted(&file));
        assert_eq!(decrypt(std::slice::from_ref(&one), &file, 7).unwrap(), b"content");
        assert_eq!(decrypt(&[three.clone(), two], &file, 7).unwrap(), b"content");
        assert_eq!(problem(decrypt(std::slice::from_ref(&three), &file, 7)), Problem::NoKeyFits);
        assert_eq!(problem(decrypt(&[], &file, 7)), Problem::NoKeyFits);
        assert_eq!(problem(decrypt_file(&[three], on_disk(&file))), Problem::NoKeyFits);
        assert_eq!(problem(decrypt(&[one], &file, 6)), Problem::TooBig { limit: 6 });
    }

    #[test]
    fn every_altered_byte_is_noticed() {
        let one = [identity()];
        let file = encrypt(&[one[0].recipient()], b"content").unwrap();
        for at in 0..file.len() {
            let mut altered = file.clone();
            altered[at] ^= 1;
            assert!(decrypt(&one, &altered, 100).is_err(), "byte {at}");
            assert!(decrypt(&one, &file[..at], 100).is_err(), "cut at {at}");
            assert!(decrypt_file(&one, on_disk(&altered)).is_err(), "byte {at}");
            assert!(decrypt_file(&one, on_disk(&file[..at])).is_err(), "cut at {at}");
        }
        let longer = [&file[..], b"x"].concat();
        assert_eq!(problem(decrypt(&one, &longer, 100)), Problem::Altered);
        assert_eq!(problem(decrypt_file(&one, on_disk(&longer))), Problem::Altered);
        assert_eq!(problem(decrypt(&one, b"PK", 100)), Problem::NotOurs { wanted: "age" });
    }

    #[test]
    fn a_nested_file_needs_all_of_them_in_turn() {
        let (secretary, supervisor) = ([identity()], [identity()]);
        let file = nest(&[secretary[0].recipient(), supervisor[0].recipient()], b"sheet").unwrap();
        assert_eq!(problem(decrypt(&supervisor, &file, 1000)), Problem::NoKeyFits);
        let inside = decrypt(&secretary, &file, 1000).unwrap();
        assert_eq!(problem(decrypt(&secretary, &inside, 1000)), Problem::NoKeyFits);
        assert_eq!(decrypt(&supervisor, &inside, 1000).unwrap(), b"sheet");
        assert!(nest(&[], b"sheet").is_err(), "nothing is left in the clear");
        assert!(encrypt(&[], b"sheet").is_err());
    }

    #[test]
    fn a_file_of_any_length_is_read_by_seeking() {
        let one = [identity()];
        for length in [0, 1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5] {
            let bytes = some_bytes(length);
            let file = encrypt(&[one[0].recipient()], &bytes).unwrap();
            let mut opened = decrypt_file(&one, on_disk(&file)).unwrap();
            assert_eq!(opened.length(), u64::try_from(length).unwrap());
            let mut clear = io::Cursor::new(bytes);
            let (mut a, mut b) = (Vec::new(), Vec::new());
            opened.read_to_end(&mut a).unwrap();
            clear.read_to_end(&mut b).unwrap();
            assert!(a == b, "{length}");
            for to in [
                SeekFrom::End(-1),
                SeekFrom::End(0),
                SeekFrom::Start(0),
                SeekFrom::Current(70),
                SeekFrom::Start(65_535),
                SeekFrom::Current(1),
                SeekFrom::Start(65_536),
                SeekFrom::End(-65_537),
                SeekFrom::End(10),
                SeekFrom::Current(-200_000),
                SeekFrom::Start(u64::MAX),
                SeekFrom::Current(-5),
                SeekFrom::Current(i64::MAX),
                SeekFrom::Start(1),
            ] {
                let at = (opened.seek(to).ok(), clear.seek(to).ok());
                assert_eq!(at.0, at.1, "{length} {to:?}");
                let (mut a, mut b) = (Vec::new(), Vec::new());
                (&mut opened).take(3).read_to_end(&mut a).unwrap();
                (&mut clear).take(3).read_to_end(&mut b).unwrap();
                assert_eq!(a, b, "{length} {to:?}");
            }
        }
    }

    #[test]
    fn a_large_file_is_read_here_and_there_without_delay() {
        let one = [identity()];
        let bytes = some_bytes(5 << 20);
        let file = on_disk(&encrypt(&[one[0].recipient()], &bytes).unwrap());
        let mut opened = decrypt_file(&one, file).unwrap();
        let mut at = 12345;
        for _ in 0..200 {
            at = (at * 48271) % (bytes.len() - 10);
            opened.seek(SeekFrom::Start(at.try_into().unwrap())).unwrap();
            let mut piece = [0; 10];
            opened.read_exact(&mut piece).unwrap();
            assert_eq!(piece, bytes[at..at + 10]);
        }
        opened.rewind().unwrap();
        let mut all = Vec::new();
        opened.read_to_end(&mut all).unwrap();
        assert!(all == bytes);
    }

    #[test]
    fn damage_in_the_middle_is_found_when_it_is_read_and_stays_found() {
        let one = [identity()];
        let mut file = encrypt(&[one[0].recipient()], &some_bytes(4 * CHUNK)).unwrap();
        let middle = file.len() / 2;
        file[middle] ^= 1;
        let mut opened = decrypt_file(&one, on_disk(&file)).unwrap();
        assert!(opened.read_to_end(&mut Vec::new()).is_err());
        assert!(opened.rewind().is_err());
        assert!(opened.read(&mut [0]).is_err());
        assert_eq!(problem(decrypt(&one, &file, u64::MAX)), Problem::Altered);
    }

    #[test]
    fn a_chunk_left_out_is_noticed_at_once() {
        let one = [identity()];
        let file = encrypt(&[one[0].recipient()], &some_bytes(3 * CHUNK)).unwrap();
        for chunks in 1..3 {
            let short = &file[..file.len() - chunks * (CHUNK + 16)];
            assert_eq!(problem(decrypt_file(&one, on_disk(short))), Problem::Altered);
        }
    }

    /// `age` parses a header again at each of its lines.
    #[test]
    fn a_header_without_end_is_refused_unread() {
        let one = [identity()];
        let endless = [age_file::MAGIC, &b"-> x\n\n".repeat(1 << 20), b"--- x\n"].concat();
        assert_eq!(problem(decrypt(&one, &endless, 100)), Problem::Altered);
        assert_eq!(problem(decrypt_file(&one, on_disk(&endless))), Problem::Altered);
        assert!(!crate::seal::secret_file::is_practice(&endless));
    }

    #[test]
    fn as_many_recipients_as_are_allowed_can_be_read_again() {
        let one = [identity()];
        let recipients = vec![one[0].recipient(); age_file::RECIPIENTS];
        let file = encrypt(&recipients, b"content").unwrap();
        assert_eq!(decrypt(&one, &file, 100).unwrap(), b"content");
        assert_eq!(decrypt_file(&one, on_disk(&file)).unwrap().length(), 7);
        let more = vec![one[0].recipient(); age_file::RECIPIENTS + 1];
        assert_eq!(problem(encrypt(&more, b"content")), too_many(Counted::Recipients, 256));
    }

    fn recipient_of(point: &[u8; 32]) -> Recipient {
        let line = bech32::encode::<Bech32>(Hrp::parse("age").unwrap(), point).unwrap();
        Recipient::parse(&line).unwrap()
    }

    /// The list is right where `age`, asked directly, stops the program.
    #[test]
    fn a_public_key_of_small_order_is_refused_and_stops_nothing() {
        for small in SMALL {
            let mut point = crate::base::hex::read::<32>(small).unwrap();
            for highest in [0, 0x80] {
                point[31] = point[31] & 0x7f | highest;
                let recipient = recipient_of(&point);
                assert!(matches!(
                    problem(encrypt(std::slice::from_ref(&recipient), b"x")),
                    Problem::BadPublicKey { .. }
                ));
                let key: age::x25519::Recipient = recipient.as_str().parse().unwrap();
                let asked = std::panic::catch_unwind(|| {
                    age_file::encrypt(std::iter::once::<&dyn age::Recipient>(&key), b"x").is_ok()
                });
                assert!(asked.is_err(), "{small}");
            }
        }
    }

    #[test]
    fn a_public_key_copied_wrongly_is_refused() {
        let line = identity().recipient().to_string();
        let last = if line.ends_with('q') { 'p' } else { 'q' };
        let wrong = Recipient::parse(&format!("{}{last}", line.get(..61).unwrap())).unwrap();
        assert!(matches!(problem(encrypt(&[wrong], b"x")), Problem::BadPublicKey { .. }));
    }

    proptest! {
        #[test]
        fn any_bytes_come_back(bytes: Vec<u8>) {
            let one = [identity()];
            let file = encrypt(&[one[0].recipient()], &bytes).unwrap();
            prop_assert_eq!(decrypt(&one, &file, u64::MAX).unwrap(), bytes);
        }

        #[test]
        fn any_point_is_encrypted_to_or_refused(point: [u8; 32]) {
            prop_assert!(encrypt(&[recipient_of(&point)], b"x").is_ok());
        }

        #[test]
        fn any_bytes_are_refused(bytes: Vec<u8>) {
            prop_assert!(decrypt(&[identity()], &[age_file::MAGIC, &bytes].concat(), 100).is_err());
        }
    }
}
