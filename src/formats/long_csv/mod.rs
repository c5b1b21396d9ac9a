//! Marks as one long table (长表): `application,expert,criterion,score`, a row a
//! mark, any number of rows.
//!
//! This is the one table of the program that may have millions of rows, so it is
//! read in one pass over the bytes, in a buffer of fixed size, and no row is
//! kept. The `csv` crate copies every field of every row before it is looked at;
//! that alone takes about as long as everything done here. Two things make the
//! difference, and neither gives up any strictness: a field that begins with the
//! very bytes of the field above it is the same name and is not read again, and
//! a plain number is read digit by digit where it stands.
//!
//! What is odd takes the slow way and means the same there: quoted fields,
//! full-width digits, GB18030, UTF-16, semicolons, tabs, old line endings.

mod again;
mod field;
mod number;

use std::io::Read;

use crate::base::limits::{Counted, too_many};
use crate::base::{Limits, Place, Points, Problem, Refusal, Result};
use crate::domain::marks::{Marks, Spot};

use super::decode;
use again::Again;
use field::{Field, KNOWN, Role, is_blank, name};

/// What is read at a time.
const BLOCK: usize = 128 << 10;
/// Longest row.
const LONGEST_ROW: usize = 1 << 20;

/// Reads a file's marks and hands them on; gives how many rows there were.
///
/// # Errors
/// The first thing that is wrong, with its line: no such table, a row that is
/// not one, a number that is none, a mark that is there already or not allowed.
pub fn read(from: &mut dyn Read, limits: &Limits, to: &mut impl Marks) -> Result<u64> {
    let mut first = Vec::with_capacity(BLOCK);
    let whole = fill(from, &mut first, BLOCK)?;
    if is_plain(&first, whole) {
        return Scan::new(to).run(first, whole, from);
    }
    // Another encoding, or other line ends: read whole, within the limit of any text.
    let most = limits.text;
    while first.len() <= most {
        let room = first.len() + BLOCK;
        if fill(from, &mut first, room)? {
            break;
        }
    }
    let text = decode::text(&first, limits)?.replace("\r\n", "\n").replace('\r', "\n");
    Scan::new(to).run(text.into_bytes(), true, &mut std::io::empty())
}

/// Reads on until there are `wanted` bytes; whether that is all there is.
fn fill(from: &mut dyn Read, into: &mut Vec<u8>, wanted: usize) -> Result<bool> {
    let room = wanted.saturating_sub(into.len());
    let room = u64::try_from(room).unwrap_or(u64::MAX);
    let got = from.take(room).read_to_end(into);
    let got = got.map_err(|error| Refusal::from(Problem::CannotRead(error.to_string())))?;
    Ok(u64::try_from(got).is_ok_and(|got| got < room))
}

/// Whether a file begins as UTF-8 with lines that end in `\n` or `\r\n`.
fn is_plain(first: &[u8], whole: bool) -> bool {
    let utf8 = match std::str::from_utf8(first) {
        Ok(_) => true,
        // A character may be cut by the end of the block.
        Err(error) => !whole && error.error_len().is_none(),
    };
    // Lines end alike throughout, or a field is found to hold what it may not.
    let line = first.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
    utf8 && !lone_return(line)
}

/// Whether a `\r` stands without its `\n`.
fn lone_return(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| matches!(pair, [b'\r', next] if *next != b'\n'))
}

/// A name read last in a column.
#[derive(Debug, Default)]
struct Memo {
    /// As it stood there, with the delimiter behind it.
    raw: Again,
    /// The name.
    name: String,
    /// Its number.
    number: u32,
    /// The number is still to be asked for.
    open: bool,
}

impl Memo {
    fn learn(&mut self, name: &str, field: &Field<'_>) {
        // At the end of a row something else may stand behind it next time.
        self.raw.set(if field.last { &[] } else { field.with_end });
        if self.name != name {
            self.open = true;
            self.name.clear();
            self.name.push_str(name);
        }
    }
}

/// A criterion as it stood last time.
#[derive(Debug, Default)]
struct Seen {
    raw: Again,
    name: String,
    next: u32,
}

/// Reads rows, and remembers what stood in the one before.
struct Scan<'m, M> {
    to: &'m mut M,
    delimiter: u8,
    roles: Vec<Role>,
    panel: Memo,
    application: Memo,
    expert: Memo,
    criterion: Memo,
    /// The first columns of the last row, as far as they are names that mostly
    /// stay the same, and how many they are.
    lead: (Again, usize),
    /// One of them has changed.
    stale: bool,
    /// Behind them stand criterion, score, and at most one column more.
    quick: bool,
    /// Criteria of the panel by number: as each stood, and the number of the
    /// one that came after it last time.
    criteria: Vec<Seen>,
    line: u32,
    rows: u64,
    below_zero: bool,
    /// Lines that a row takes beyond its first.
    extra_lines: u32,
}

/// Why a row was not read.
enum Short {
    /// It is not whole: more must be read first.
    More,
    /// It is wrong.
    Wrong(Refusal),
}

impl From<Refusal> for Short {
    fn from(refusal: Refusal) -> Self {
        Self::Wrong(refusal)
    }
}

impl From<Problem> for Short {
    fn from(problem: Problem) -> Self {
        Self::Wrong(problem.into())
    }
}

type Row<T> = std::result::Result<T, Short>;

impl<'m, M: Marks> Scan<'m, M> {
    fn new(to: &'m mut M) -> Self {
        let below_zero = to.below_zero();
        let open = || Memo { open: true, ..Memo::default() };
        Self {
            to,
            delimiter: b',',
            roles: Vec::new(),
            panel: open(),
            application: open(),
            expert: open(),
            criterion: open(),
            lead: (Again::default(), 0),
            stale: true,
            quick: false,
            criteria: Vec::new(),
            line: 1,
            rows: 0,
            below_zero,
            extra_lines: 0,
        }
    }

    /// Reads block after block.
    fn run(mut self, mut buffer: Vec<u8>, mut whole: bool, from: &mut dyn Read) -> Result<u64> {
        if buffer.starts_with(b"\xef\xbb\xbf") {
            buffer.drain(..3);
        }
        loop {
            let mut rest = buffer.as_slice();
            while !rest.is_empty() {
                if let Some((number, mark, after)) = self.quick_row(rest) {
                    rest = after;
                    self.follow(number);
                    let spot = self.last_spot();
                    if let Err(refusal) = self.to.mark(spot, Some(mark)) {
                        return Err(self.here(refusal.problem().clone()));
                    }
                    self.rows = self.rows.wrapping_add(1);
                    self.line = self.line.saturating_add(1);
                    continue;
                }
                self.extra_lines = 0;
                match self.row(rest, whole) {
                    Ok(after) => rest = after,
                    Err(Short::More) if !whole => break,
                    // An open quotation swallows the rest of the file.
                    Err(Short::More) => return Err(self.here(Problem::BadCsv("\"".to_owned()))),
                    Err(Short::Wrong(refusal)) => return Err(self.here(refusal.problem().clone())),
                }
                self.line = self.line.saturating_add(1).saturating_add(self.extra_lines);
            }
            if whole {
                break;
            }
            let left = rest.len();
            if left > LONGEST_ROW {
                return Err(self.here(too_many(Counted::LineBytes, LONGEST_ROW)));
            }
            let done = buffer.len() - left;
            buffer.drain(..done);
            whole = fill(from, &mut buffer, left + BLOCK)?;
        }
        if self.roles.is_empty() {
            return Err(Problem::MissingColumn { name: "application".to_owned() }.into());
        }
        Ok(self.rows)
    }

    fn here(&self, problem: Problem) -> Refusal {
        Refusal::new(Place::default().line(self.line), problem)
    }

    /// One row; gives what comes behind it.
    fn row<'a>(&mut self, rest: &'a [u8], whole: bool) -> Row<&'a [u8]> {
        if let Some(after) = rest.strip_prefix(b"\n").or_else(|| rest.strip_prefix(b"\r\n")) {
            return Ok(after);
        }
        if self.roles.is_empty() {
            return self.header(rest, whole);
        }
        let mut mark: Option<Points> = None;
        let count = self.roles.len();
        let led = self.lead.0.strip(rest);
        let from = if led.is_some() { self.lead.1 } else { 0 };
        let mut rest = led.unwrap_or(rest);
        let (mut blank, mut lacking, mut ended) = (led.is_none(), None, false);
        for column in from..count {
            let role = self.roles.get(column).copied().unwrap_or(Role::Other);
            if ended {
                // A short row: what it lacks is empty.
                lacking = lacking.or(Some(role).filter(|role| role.is_needed()));
                continue;
            }
            match role {
                Role::Other => match rest.split_first() {
                    Some((b'\n', after)) => (rest, ended) = (after, true),
                    Some((first, after)) if *first == self.delimiter && column + 1 < count => rest = after,
                    _ => {
                        let field = self.field(rest, whole)?;
                        blank &= is_blank(field.raw);
                        (rest, ended) = (field.rest, field.last);
                    }
                },
                Role::Score => {
                    if let Some((points, after, last)) = self.plain_number(rest) {
                        (mark, blank) = (Some(points), false);
                        (rest, ended) = (after, last);
                    } else {
                        let field = self.field(rest, whole)?;
                        mark = self.number(&field)?;
                        blank &= mark.is_none();
                        (rest, ended) = (field.rest, field.last);
                    }
                }
                _ => {
                    if let Some(after) = self.same(role, rest) {
                        (rest, blank) = (after, false);
                        continue;
                    }
                    let field = self.field(rest, whole)?;
                    let name = name(&field)?;
                    (rest, ended) = (field.rest, field.last);
                    blank &= name.is_empty();
                    if name.is_empty() && role.is_needed() {
                        lacking = Some(role);
                    } else if let Some(memo) = self.memo(role) {
                        memo.learn(&name, &field);
                        // The last one may have been followed by number alone.
                        memo.open |= role == Role::Criterion;
                        if role != Role::Criterion {
                            self.lead.0.set(&[]);
                            self.stale = true;
                        }
                    }
                }
            }
        }
        while !ended {
            // Spreadsheets put empty columns behind; how many does not matter.
            let field = self.field(rest, whole)?;
            if !is_blank(field.raw) {
                return Err(Problem::BadCsv(format!("> {count}")).into());
            }
            (rest, ended) = (field.rest, field.last);
        }
        if blank {
            return Ok(rest);
        }
        if let Some(role) = lacking {
            return Err(Problem::MissingValue { name: role.name().to_owned() }.into());
        }
        let spot = self.spot()?;
        self.to.mark(spot, mark)?;
        if self.stale {
            self.lead_again();
        }
        self.rows += 1;
        Ok(rest)
    }

    fn memo(&mut self, role: Role) -> Option<&mut Memo> {
        match role {
            Role::Panel => Some(&mut self.panel),
            Role::Application => Some(&mut self.application),
            Role::Expert => Some(&mut self.expert),
            Role::Criterion => Some(&mut self.criterion),
            Role::Score | Role::Other => None,
        }
    }

    /// A row like the one before it but for its criterion and score, as nearly
    /// all of them are: the criterion, the mark, and what comes behind. Every
    /// other row is read by [`Self::row`], and means the same there.
    #[inline]
    fn quick_row<'a>(&self, rest: &'a [u8]) -> Option<(u32, Points, &'a [u8])> {
        if !self.quick || self.criterion.open {
            return None;
        }
        let (number, rest) = self.same_criterion(self.lead.0.strip(rest)?)?;
        let (mark, rest, last) = self.plain_number(rest)?;
        let behind = if last { rest } else { rest.strip_prefix(b"\n")? };
        Some((number, mark, behind))
    }

    /// Remembers how the row began.
    fn lead_again(&mut self) {
        let roles = self.roles.clone();
        let mut bytes = Vec::new();
        let mut columns = 0;
        for role in roles.into_iter().take_while(|role| *role != Role::Criterion) {
            match self.memo(role) {
                Some(memo) if !memo.raw.bytes.is_empty() => bytes.extend_from_slice(&memo.raw.bytes),
                _ => break,
            }
            columns += 1;
        }
        self.lead.0.set(&bytes);
        self.lead.1 = columns;
        self.stale = false;
        let behind = self.roles.get(columns..).unwrap_or_default();
        self.quick = matches!(behind, [Role::Criterion, Role::Score] | [Role::Criterion, Role::Score, Role::Other]);
    }

    /// What comes behind a field that stands as it did before; nothing where it
    /// is another.
    fn same<'a>(&mut self, role: Role, rest: &'a [u8]) -> Option<&'a [u8]> {
        if role != Role::Criterion {
            return self.memo(role)?.raw.strip(rest);
        }
        let (number, after) = self.same_criterion(rest).filter(|_| !self.criterion.open)?;
        self.follow(number);
        Some(after)
    }

    /// Mostly it is the one that came next after the last one, or the same again.
    #[inline]
    fn same_criterion<'a>(&self, rest: &'a [u8]) -> Option<(u32, &'a [u8])> {
        let last = self.criterion.number;
        let seen = |number: u32| self.criteria.get(usize::try_from(number).ok()?);
        let next = seen(last)?.next;
        if let Some(after) = seen(next)?.raw.strip(rest) {
            return Some((next, after));
        }
        Some((last, seen(last)?.raw.strip(rest)?))
    }

    /// The criterion is this one, after the last one.
    fn follow(&mut self, number: u32) {
        let last = usize::try_from(self.criterion.number).unwrap_or(usize::MAX);
        if let Some(seen) = self.criteria.get_mut(last) {
            seen.next = number;
        }
        self.criterion.number = number;
    }

    /// Where the row's mark belongs; what is new is asked for.
    fn spot(&mut self) -> Result<Spot> {
        if self.panel.open {
            self.panel.number = self.to.panel(&self.panel.name)?;
            self.panel.open = false;
            // Numbers are of a panel: what stood as before has another one now.
            let last = usize::try_from(self.criterion.number).unwrap_or(usize::MAX);
            if let Some(seen) = self.criteria.get(last).filter(|_| !self.criterion.open) {
                self.criterion.name.clone_from(&seen.name);
                // Its own bytes, and not those of the one that was read last.
                self.criterion.raw.clone_from(&seen.raw);
            }
            self.criteria.clear();
            (self.application.open, self.criterion.open) = (true, true);
        }
        if self.application.open {
            self.application.number = self.to.application(self.panel.number, &self.application.name)?;
            self.application.open = false;
        }
        if self.expert.open {
            self.expert.number = self.to.expert(&self.expert.name)?;
            self.expert.open = false;
        }
        if self.criterion.open {
            let number = self.to.criterion(self.panel.number, &self.criterion.name)?;
            let place = usize::try_from(number).unwrap_or(usize::MAX);
            while self.criteria.len() <= place {
                self.criteria.push(Seen::default());
            }
            if let Some(seen) = self.criteria.get_mut(place) {
                seen.raw.clone_from(&self.criterion.raw);
                seen.name.clone_from(&self.criterion.name);
            }
            self.follow(number);
            self.criterion.open = false;
        }
        Ok(self.last_spot())
    }

    /// The spot of the numbers asked for last.
    #[inline]
    const fn last_spot(&self) -> Spot {
        Spot {
            panel: self.panel.number,
            application: self.application.number,
            expert: self.expert.number,
            criterion: self.criterion.number,
        }
    }

    /// The next field.
    fn field<'a>(&mut self, rest: &'a [u8], whole: bool) -> Row<Field<'a>> {
        if let Some(inside) = rest.strip_prefix(b"\"") {
            return self.quoted(rest, inside, whole);
        }
        let end = rest.iter().position(|byte| *byte == self.delimiter || *byte == b'\n');
        let Some(end) = end else {
            if !whole {
                return Err(Short::More);
            }
            let raw = rest.strip_suffix(b"\r").unwrap_or(rest);
            return Ok(Field { raw, quoted: false, with_end: rest, rest: &[], last: true });
        };
        let (raw, behind) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        let last = behind.first() == Some(&b'\n');
        let raw = if last { raw.strip_suffix(b"\r").unwrap_or(raw) } else { raw };
        let with_end = rest.get(..=end).unwrap_or(rest);
        Ok(Field { raw, quoted: false, with_end, rest: behind.get(1..).unwrap_or_default(), last })
    }

    /// A field in quotes; two of them within are one.
    fn quoted<'a>(&mut self, rest: &'a [u8], inside: &'a [u8], whole: bool) -> Row<Field<'a>> {
        let mut from = 0;
        let end = loop {
            let tail = inside.get(from..).unwrap_or_default();
            let Some(quote) = tail.iter().position(|byte| *byte == b'"') else { return Err(Short::More) };
            match tail.get(quote + 1) {
                Some(b'"') => from += quote + 2,
                None if !whole => return Err(Short::More),
                _ => break from + quote,
            }
        };
        let raw = inside.get(..end).unwrap_or_default();
        let lines = raw.iter().filter(|byte| **byte == b'\n').count();
        self.extra_lines = self.extra_lines.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        let behind = inside.get(end + 1..).unwrap_or_default();
        let (after, last) = match behind {
            [] => (behind, true),
            [b'\n', after @ ..] | [b'\r', b'\n', after @ ..] => (after, true),
            [b'\r'] if !whole => return Err(Short::More),
            [first, after @ ..] if *first == self.delimiter => (after, false),
            _ => return Err(Problem::BadCsv("\"".to_owned()).into()),
        };
        let with_end = rest.get(..rest.len() - after.len()).unwrap_or(rest);
        Ok(Field { raw, quoted: true, with_end, rest: after, last })
    }

    /// The first row: which column is what.
    fn header<'a>(&mut self, rest: &'a [u8], whole: bool) -> Row<&'a [u8]> {
        let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let count = |delimiter: u8| line.iter().filter(|byte| **byte == delimiter).count();
        self.delimiter = [b';', b'\t', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',');
        let mut rest = rest;
        let mut roles: Vec<Role> = Vec::new();
        loop {
            let field = self.field(rest, whole)?;
            let title = name(&field)?;
            let role = KNOWN.iter().find(|(_, names)| names.iter().any(|known| known.eq_ignore_ascii_case(&title)));
            let role = role.map_or(Role::Other, |(role, _)| *role);
            if role != Role::Other && roles.contains(&role) {
                return Err(Problem::Duplicate { what: title.into_owned() }.into());
            }
            roles.push(role);
            rest = field.rest;
            if field.last {
                break;
            }
        }
        for (role, _) in KNOWN {
            if role != Role::Panel && !roles.contains(&role) {
                return Err(Problem::MissingColumn { name: role.name().to_owned() }.into());
            }
        }
        // Columns behind the last one that matters need not be there.
        self.roles = roles;
        Ok(rest)
    }
}

#[cfg(test)]
mod tests;
