//! Tables as people send them (csv, tab or semicolon separated, any of the
//! encodings): a header and rows with their line numbers.

use crate::base::clean::clean;
use crate::base::limits::{Counted, too_many};
use crate::base::problem::{Fault, Place, Problem};
use crate::base::{CriterionId, ExpertCode, Limits, PacketCode, Points, Refusal, Result};
use crate::domain::panel::ExpertDraft;
use crate::domain::sheet::Vote;

use super::decode;

/// A table with its header.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// Column names, trimmed; empty ones at the end are left out.
    pub header: Vec<String>,
    /// Rows with their line, from 1; blank rows are left out.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Reads a table.
///
/// # Errors
/// An unreadable encoding, broken quoting, rows longer than the header, more
/// than the limits.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Rows> {
    let mut rows = Rows::default();
    walk(bytes, limits, |line, cells| {
        if rows.header.is_empty() {
            rows.header = cells;
        } else {
            rows.rows.push((line, cells));
        }
    })?;
    Ok(rows)
}

/// Reads a table without keeping it: hands over the header, then each row with
/// its line. What is wrong with the table may be told only at its end.
///
/// # Errors
/// As [`read`].
pub(super) fn walk(bytes: &[u8], limits: &Limits, mut take: impl FnMut(u32, Vec<String>)) -> Result<()> {
    let mut text = decode::text(bytes, limits)?;
    // Lines are counted alike whichever way they end, an old Macintosh's too.
    if text.contains('\r') {
        text = text.replace("\r\n", "\n");
    }
    if text.contains('\r') {
        text = text.replace('\r', "\n");
    }
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let delimiter =
        [b',', b'\t', b';'].into_iter().max_by_key(|d| first.bytes().filter(|b| b == d).count()).unwrap_or(b',');
    // A record keeps a place for each of its cells, blank ones too.
    if text.bytes().filter(|b| *b == delimiter).count() > limits.cells.saturating_mul(2) {
        return Err(too_many(Counted::Cells, limits.cells).into());
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let (mut width, mut seen) = (0usize, 0usize);
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(1, |at| u32::try_from(at.line()).unwrap_or(u32::MAX));
            Refusal::new(Place::default().line(line), Problem::BadCsv(error.to_string()))
        })?;
        // The reader's place is before the blank lines it passes over.
        let line = record.position().map_or(1, |at| {
            let from = usize::try_from(at.byte()).ok().and_then(|byte| text.as_bytes().get(byte..)).unwrap_or_default();
            let blank = from.iter().take_while(|b| **b == b'\n').count();
            u32::try_from(at.line()).unwrap_or(u32::MAX).saturating_add(u32::try_from(blank).unwrap_or(u32::MAX))
        });
        let place = || Place::default().line(line);
        // Spreadsheets put empty columns behind; how many does not matter.
        let beyond = record.iter().skip(limits.columns).any(|cell| !cell.trim().is_empty());
        if beyond {
            return Err(Refusal::new(place(), too_many(Counted::Columns, limits.columns)));
        }
        let cells = record.iter().take(limits.columns);
        let mut cells: Vec<String> = cells.map(|cell| clean(cell).trim().to_owned()).collect();
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.is_empty() {
            continue;
        }
        // Every row is filled up to the header: a short one may stand for many cells.
        let all = width.saturating_mul(seen.saturating_add(1));
        let beyond = [
            (seen >= limits.rows, Counted::Rows, limits.rows),
            (all > limits.cells, Counted::Cells, limits.cells),
            (cells.iter().any(|cell| cell.len() > limits.cell), Counted::CellBytes, limits.cell),
        ];
        if let Some((_, what, limit)) = beyond.into_iter().find(|(is, ..)| *is) {
            return Err(Refusal::new(place(), too_many(what, limit)));
        }
        if width == 0 {
            width = cells.len();
        } else if cells.len() > width {
            let why = format!("{} > {width}", cells.len());
            return Err(Refusal::new(place(), Problem::BadCsv(why)));
        } else {
            cells.resize(width, String::new());
            seen = seen.saturating_add(1);
        }
        take(line, cells);
    }
    // An open quotation swallows the rest of the file into one cell.
    match unpaired(&text) {
        Some(line) => Err(Refusal::new(Place::default().line(line), Problem::BadCsv("\"".to_owned()))),
        None => Ok(()),
    }
}

/// The line with the quotation mark that has no other, where there is one: marks
/// come in twos, on one line or two.
fn unpaired(text: &str) -> Option<u32> {
    if text.bytes().filter(|b| *b == b'"').count() % 2 == 0 {
        return None;
    }
    let odd = |line: &str| line.bytes().filter(|b| *b == b'"').count() % 2 == 1;
    let lines = (1u32..).zip(text.split('\n')).filter(|(_, line)| odd(line));
    lines.last().map(|(line, _)| line)
}

impl Rows {
    /// Places of the known columns; each has a name and other names for it.
    ///
    /// # Errors
    /// A column nobody knows, one twice, or one of the first `needed` missing.
    pub fn columns<const N: usize>(&self, known: &[(&str, &[&str]); N], needed: usize) -> Result<[Option<usize>; N]> {
        let mut places = [None; N];
        let mut faults = Vec::new();
        let names = || known.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(",");
        for (at, title) in self.header.iter().enumerate() {
            let title = title.trim();
            if title.is_empty() {
                continue;
            }
            let found =
                known.iter().position(|(name, others)| name.eq_ignore_ascii_case(title) || others.contains(&title));
            let place = Place::default().line(1).field(title);
            match found.and_then(|at| places.get_mut(at)) {
                None => faults
                    .push(Fault { place, problem: Problem::UnknownColumn { name: title.to_owned(), known: names() } }),
                Some(slot @ None) => *slot = Some(at),
                Some(Some(_)) => faults.push(Fault { place, problem: Problem::Duplicate { what: title.to_owned() } }),
            }
        }
        for ((name, _), place) in known.iter().zip(&places).take(needed) {
            if place.is_none() {
                faults.push(Fault {
                    place: Place::default().line(1),
                    problem: Problem::MissingColumn { name: (*name).to_owned() },
                });
            }
        }
        Refusal::from_faults(faults).map_or(Ok(places), Err)
    }
}

fn cell(cells: &[String], at: Option<usize>) -> String {
    at.and_then(|at| cells.get(at)).cloned().unwrap_or_default()
}

/// Reads a panel (`code,name,employer,aliases,specialty,group,recuse`).
///
/// # Errors
/// As [`read`] and [`Rows::columns`].
pub fn panel(bytes: &[u8], limits: &Limits) -> Result<Vec<ExpertDraft>> {
    let rows = read(bytes, limits)?;
    let [code, name, employer, aliases, specialty, group, recuse] = rows.columns(
        &[
            ("code", &["代号", "专家代号", "编号"]),
            ("name", &["姓名"]),
            ("employer", &["单位", "工作单位"]),
            ("aliases", &["别名", "单位别名"]),
            ("specialty", &["专业", "专长"]),
            ("group", &["组别"]),
            ("recuse", &["回避"]),
        ],
        2,
    )?;
    let drafts = rows.rows.iter().map(|(line, cells)| ExpertDraft {
        line: *line,
        code: cell(cells, code),
        name: cell(cells, name),
        employer: cell(cells, employer),
        aliases: cell(cells, aliases),
        specialty: cell(cells, specialty),
        group: cell(cells, group),
        recuse: cell(cells, recuse),
    });
    Ok(drafts.collect())
}

/// Reads names to publish with (`code,name`): line, code, name.
///
/// # Errors
/// As [`read`] and [`Rows::columns`].
pub fn names(bytes: &[u8], limits: &Limits) -> Result<Vec<(u32, String, String)>> {
    let rows = read(bytes, limits)?;
    let [code, name] = rows.columns(&[("code", &["编号"]), ("name", &["单位名称", "名称", "申报单位"])], 2)?;
    Ok(rows.rows.iter().map(|(line, cells)| (*line, cell(cells, code), cell(cells, name))).collect())
}

/// A row of sample marks: a criterion with its mark, or the packet as a whole
/// with the vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkRow {
    /// Whose.
    pub expert: ExpertCode,
    /// For which packet.
    pub code: PacketCode,
    /// The criterion; nothing for the packet as a whole.
    pub criterion: Option<CriterionId>,
    /// The mark.
    pub points: Option<Points>,
    /// 推荐 or 不推荐.
    pub vote: Option<Vote>,
    /// The remark, or the overall opinion.
    pub remark: String,
}

/// Reads sample marks (`expert,code,criterion,mark,remark`; the criterion
/// `@overall` is the packet as a whole).
///
/// # Errors
/// As [`read`] and [`Rows::columns`], and rows that are none.
pub fn marks(bytes: &[u8], limits: &Limits) -> Result<Vec<MarkRow>> {
    let rows = read(bytes, limits)?;
    let known: [(&str, &[&str]); 5] =
        [("expert", &[]), ("code", &[]), ("criterion", &[]), ("mark", &[]), ("remark", &[])];
    let [expert, code, criterion, mark, remark] = rows.columns(&known, 4)?;
    let mut out = Vec::with_capacity(rows.rows.len());
    for (line, cells) in &rows.rows {
        let (what, given) = (cell(cells, criterion), cell(cells, mark));
        let whole = what == "@overall";
        let bad = |text: String| Refusal::new(Place::default().line(*line), Problem::BadCode { text });
        let vote = match given.as_str() {
            "推荐" if whole => Some(Vote::Recommend),
            "不推荐" if whole => Some(Vote::Not),
            _ => None,
        };
        out.push(MarkRow {
            expert: ExpertCode::parse(&cell(cells, expert)).ok_or_else(|| bad(cell(cells, expert)))?,
            code: PacketCode::parse(&cell(cells, code)).ok_or_else(|| bad(cell(cells, code)))?,
            criterion: if whole { None } else { Some(CriterionId::parse(&what).ok_or_else(|| bad(what))?) },
            points: if whole { None } else { Some(Points::parse(&given).map_err(|_| bad(given))?) },
            vote,
            remark: cell(cells, remark),
        });
    }
    Ok(out)
}

/// What the secretary supplies for one field of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplyRow {
    /// The row, from 1.
    pub line: u32,
    /// The application's receipt number.
    pub no: String,
    /// The field's id.
    pub field: String,
    /// The value as written.
    pub value: String,
}

/// Reads what the secretary supplies (`no,field,value`).
///
/// # Errors
/// As [`read`] and [`Rows::columns`].
pub fn supplies(bytes: &[u8], limits: &Limits) -> Result<Vec<SupplyRow>> {
    let rows = read(bytes, limits)?;
    let known: [(&str, &[&str]); 3] = [("no", &["受理号"]), ("field", &["栏目"]), ("value", &["值", "内容"])];
    let [no, field, value] = rows.columns(&known, 3)?;
    let row = |(line, cells): &(u32, Vec<String>)| SupplyRow {
        line: *line,
        no: cell(cells, no).trim().to_owned(),
        field: cell(cells, field).trim().to_owned(),
        value: cell(cells, value),
    };
    Ok(rows.rows.iter().map(row).collect())
}

/// Reads who recommends whom (`applicant,city`): line, the applicant's name or
/// file, the city.
///
/// # Errors
/// As [`read`] and [`Rows::columns`].
pub fn cities(bytes: &[u8], limits: &Limits) -> Result<Vec<(u32, String, String)>> {
    let rows = read(bytes, limits)?;
    let known: [(&str, &[&str]); 2] =
        [("applicant", &["申报单位", "单位名称", "文件"]), ("city", &["推荐市", "市", "推荐单位"])];
    let [applicant, city] = rows.columns(&known, 2)?;
    Ok(rows.rows.iter().map(|(line, cells)| (*line, cell(cells, applicant), cell(cells, city))).collect())
}

/// Reads what applicants are called too (`no,alias`): line, receipt number, alias.
///
/// # Errors
/// As [`read`] and [`Rows::columns`].
pub fn aliases(bytes: &[u8], limits: &Limits) -> Result<Vec<(u32, String, String)>> {
    let rows = read(bytes, limits)?;
    let [no, alias] = rows.columns(&[("no", &["受理号", "序号"]), ("alias", &["别名", "简称"])], 2)?;
    Ok(rows.rows.iter().map(|(line, cells)| (*line, cell(cells, no), cell(cells, alias))).collect())
}
