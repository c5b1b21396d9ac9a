//! What a picture's file says beside the picture: texts of PNG, comments and
//! the descriptions of JPEG. What it shows, only a person can say.

/// How much of a picture is looked at.
pub(super) const HEAD: u64 = 1 << 20;
/// Most texts taken from one picture.
const MOST: usize = 50;
/// Longest text taken, in bytes.
const LONGEST: usize = 8 << 10;

/// Texts found.
pub(super) fn texts(bytes: &[u8]) -> Vec<String> {
    let mut found = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        png(bytes)
    } else if bytes.starts_with(b"\xff\xd8") {
        jpeg(bytes)
    } else {
        Vec::new()
    };
    found.retain(|text| text.chars().any(char::is_alphanumeric));
    found.truncate(MOST);
    found
}

fn readable(bytes: &[u8]) -> String {
    let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    };
    let parts = text.split(char::is_control).map(str::trim).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

/// Chunks: length, four letters, content, sum.
fn png(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = bytes.get(8..).unwrap_or_default();
    while found.len() < MOST
        && let Some((head, body)) = rest.split_first_chunk::<8>()
    {
        let [a, b, c, d, kind @ ..] = head;
        let length = usize::try_from(u32::from_be_bytes([*a, *b, *c, *d])).unwrap_or(usize::MAX);
        if matches!(kind, b"tEXt" | b"iTXt") {
            found.push(readable(body.get(..length).unwrap_or(body)));
        } else if kind == b"eXIf" {
            found.extend(strings(body.get(..length).unwrap_or(body)));
        }
        let Some(next) = length.checked_add(4).and_then(|skip| body.get(skip..)) else { break };
        rest = next;
    }
    found
}

/// Segments: a mark, a length, content; the picture itself ends them.
fn jpeg(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = bytes.get(2..).unwrap_or_default();
    while found.len() < MOST
        && let Some(([0xff, mark, high, low], body)) = rest.split_first_chunk::<4>()
    {
        let length = usize::from(u16::from_be_bytes([*high, *low])).saturating_sub(2);
        let content = body.get(..length).unwrap_or(body);
        match mark {
            0xfe => found.push(readable(content)),
            0xe1 | 0xed => found.extend(strings(content)),
            0xda => break,
            _ => {}
        }
        let Some(next) = body.get(length..) else { break };
        rest = next;
    }
    found
}

/// Runs of readable text in what is otherwise binary: EXIF, XMP, IPTC.
fn strings(bytes: &[u8]) -> Vec<String> {
    let parts = bytes.split(|byte| *byte < 0x20 || *byte == 0x7f);
    let said = parts.filter(|part| part.len() >= 4).map(readable);
    said.filter(|text| text.chars().count() >= 2 && !text.contains('\u{fffd}')).take(MOST).collect()
}
