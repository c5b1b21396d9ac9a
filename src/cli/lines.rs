//! Lines of stdin as scripts and spreadsheets send them: any length survived,
//! CRLF and a byte order mark tolerated, what is not UTF-8 said to be so.

use std::io::{self, BufRead};

/// Longest line read, in bytes.
pub(super) const LONGEST: usize = crate::base::Limits::STANDARD.line;

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// Without its end.
    Text(String),
    /// Longer than [`LONGEST`]; passed over.
    TooLong,
    /// Not UTF-8; passed over.
    NotText,
}

/// Reads the next line; nothing at the end.
///
/// # Errors
/// The reader's own.
pub(super) fn next(from: &mut impl BufRead) -> io::Result<Option<Line>> {
    let mut bytes: Vec<u8> = Vec::new();
    let mut length = 0usize;
    loop {
        let piece = match from.fill_buf() {
            Ok(piece) => piece,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if piece.is_empty() {
            if length == 0 {
                return Ok(None);
            }
            break;
        }
        let end = piece.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(piece.len(), |at| at + 1);
        if length + used <= LONGEST + 2 {
            bytes.extend(piece.iter().take(used));
        }
        length += used;
        from.consume(used);
        if end.is_some() {
            break;
        }
    }
    let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if length > LONGEST + 2 || line.len() > LONGEST {
        return Ok(Some(Line::TooLong));
    }
    let text = std::str::from_utf8(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line));
    Ok(Some(text.map_or(Line::NotText, |text| Line::Text(text.to_owned()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_any_kind_are_read_one_by_one() {
        let long = "x".repeat(LONGEST + 1);
        let whole = "y".repeat(LONGEST);
        let mut bytes = format!("\u{feff}a\r\nb\n{long}\n{whole}\r\n").into_bytes();
        bytes.extend(b"\xff\n\nend");
        let mut from = io::BufReader::with_capacity(1000, &bytes[..]);
        let mut read = Vec::new();
        while let Some(line) = next(&mut from).unwrap() {
            read.push(line);
        }
        let text = |text: &str| Line::Text(text.to_owned());
        assert_eq!(read, [text("a"), text("b"), Line::TooLong, text(&whole), Line::NotText, text(""), text("end")]);
    }
}
