//! An update to a bundle (补充包), before it is signed: a line of json that says
//! what is in it, then the parts themselves, byte for byte and one behind the
//! other, since a packet's bytes are whatever they are.

use serde::{Deserialize, Serialize};

use crate::base::{Digest, ExpertCode, Limits, PacketCode, Problem, Result};

use super::event::{from_bytes, to_bytes};

/// The format's name inside every update.
const FORMAT: &str = "pingshen/update/v1";

/// What is in an update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// The round.
    pub round: Digest,
    /// The expert.
    pub expert: ExpertCode,
    /// The manifest of the bundle it belongs to.
    pub manifest: Digest,
    /// Head of the round's log when it was made.
    pub log_head: Digest,
    /// Signed documents of all amendments since the bundle, in order.
    pub amendments: Vec<Vec<u8>>,
    /// Packets as corrected.
    pub packets: Vec<(PacketCode, Vec<u8>)>,
    /// The figures of all packets of the bundle as they are now.
    pub figures: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contents {
    format: String,
    round: Digest,
    expert: ExpertCode,
    manifest: Digest,
    log_head: Digest,
    amendments: Vec<u64>,
    packets: Vec<(PacketCode, u64)>,
    figures: u64,
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// The exact bytes of an update.
///
/// # Errors
/// None that an update can give.
pub fn encode(update: &Update) -> Result<Vec<u8>> {
    let head = Contents {
        format: FORMAT.to_owned(),
        round: update.round,
        expert: update.expert.clone(),
        manifest: update.manifest,
        log_head: update.log_head,
        amendments: update.amendments.iter().map(|document| length(document)).collect(),
        packets: update.packets.iter().map(|(code, bytes)| (code.clone(), length(bytes))).collect(),
        figures: length(&update.figures),
    };
    let mut out = to_bytes(&head)?;
    out.push(b'\n');
    let packets = update.packets.iter().map(|(_, bytes)| bytes);
    for part in update.amendments.iter().chain(packets).chain([&update.figures]) {
        out.extend_from_slice(part);
    }
    Ok(out)
}

/// Reads an update.
///
/// # Errors
/// Bytes that we did not write.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Update> {
    let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(Problem::NotOurEncoding)?;
    let (line, rest) = bytes.split_at_checked(end).ok_or(Problem::NotOurEncoding)?;
    let head: Contents = from_bytes(line, limits.member)?;
    if head.format != FORMAT {
        return Err(Problem::NotOurs { wanted: "update" }.into());
    }
    let mut rest = rest.strip_prefix(b"\n").ok_or(Problem::NotOurEncoding)?;
    let mut part = |length: u64| -> Result<Vec<u8>> {
        let length = usize::try_from(length).map_err(|_| Problem::NotOurEncoding)?;
        let (part, after) = rest.split_at_checked(length).ok_or(Problem::NotOurEncoding)?;
        rest = after;
        Ok(part.to_vec())
    };
    let amendments = head.amendments.into_iter().map(&mut part).collect::<Result<_>>()?;
    let packets = head.packets.into_iter().map(|(code, length)| Ok((code, part(length)?))).collect::<Result<_>>()?;
    let figures = part(head.figures)?;
    if !rest.is_empty() {
        return Err(Problem::NotOurEncoding.into());
    }
    let Contents { round, expert, manifest, log_head, .. } =
        Contents { amendments: Vec::new(), packets: Vec::new(), ..head };
    Ok(Update { round, expert, manifest, log_head, amendments, packets, figures })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn update() -> Update {
        Update {
            round: Digest::of(b"round"),
            expert: ExpertCode::parse("E03").unwrap(),
            manifest: Digest::of(b"manifest"),
            log_head: Digest::of(b"head"),
            amendments: vec![b"one\n{}".to_vec(), b"two".to_vec()],
            packets: vec![(PacketCode::parse("A-12").unwrap(), vec![0, 10, 255, 10])],
            figures: b"{}".to_vec(),
        }
    }

    #[test]
    fn what_is_written_is_read_back_and_nothing_else_is_read() {
        let bytes = encode(&update()).unwrap();
        assert_eq!(decode(&bytes, &Limits::STANDARD).unwrap(), update());
        for end in 0..bytes.len() {
            assert!(decode(&bytes[..end], &Limits::STANDARD).is_err(), "cut at {end}");
        }
        assert!(decode(&[bytes.as_slice(), b"x"].concat(), &Limits::STANDARD).is_err(), "something behind it");
    }
}
