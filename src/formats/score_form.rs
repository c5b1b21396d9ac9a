//! A score form (打分表) for a spreadsheet: csv, one row a criterion, matched by
//! an id in every row and never by position, so that sorting, filtering, other
//! encodings, dropped columns and re-formatted numbers are all survived.

use std::collections::BTreeMap;

use crate::base::clean::formula_safe;
use crate::base::points::{self, Points};
use crate::base::problem::{Fault, Place, Problem};
use crate::base::{CriterionId, Digest, ExpertCode, Limits, PacketCode, Refusal, Result};
use crate::domain::desk::Desk;
use crate::domain::rubric::{NoSuchMark, Rubric};
use crate::domain::sheet::Vote;

use super::export::csv_bytes;
use super::rows;

/// What stands before every id.
const MARK: &str = "ps1";
/// The row that asks for 推荐 / 不推荐 and the overall opinion.
const OVERALL: &str = "@overall";

/// Which bundle a form belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormKey {
    /// The round.
    pub round: Digest,
    /// The bundle's manifest.
    pub manifest: Digest,
    /// The expert.
    pub expert: ExpertCode,
}

/// A form read back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filled {
    /// The expert named in every row.
    pub expert: Option<ExpertCode>,
    /// First 16 digits of the round and of the manifest.
    pub belongs: Option<(String, String)>,
    /// Marks by packet and criterion.
    pub marks: BTreeMap<(PacketCode, CriterionId), Points>,
    /// Remarks by packet and criterion.
    pub remarks: BTreeMap<(PacketCode, CriterionId), String>,
    /// Votes.
    pub votes: BTreeMap<PacketCode, Vote>,
    /// Overall opinions.
    pub opinions: BTreeMap<PacketCode, String>,
}

/// Writes a form for these packets, with what was given so far.
#[must_use]
pub fn write(key: &FormKey, rubric: &Rubric, packets: &[PacketCode], desk: &Desk) -> Vec<u8> {
    let row_id = |code: &PacketCode, what: &str| {
        format!("{MARK}:{}:{}:{}:{code}:{what}", key.round.short(), key.manifest.short(), key.expert)
    };
    let header =
        ["材料编号", "指标", "名称", "满分", "步长", "各档", "得分 [mark]", "意见 [remark]", "行标识（请勿改动）[id]"];
    let mut table = vec![header.map(str::to_owned).to_vec()];
    for code in packets {
        for criterion in rubric.criteria() {
            let levels: Vec<String> =
                criterion.levels.iter().map(|l| format!("{} {}-{}", l.zh, l.min, l.max)).collect();
            table.push(vec![
                code.to_string(),
                criterion.id.to_string(),
                criterion.zh.clone(),
                criterion.max.to_string(),
                rubric.step.to_string(),
                levels.join("；"),
                desk.mark(code, &criterion.id).map(|mark| mark.to_string()).unwrap_or_default(),
                desk.remark(code, &criterion.id).to_owned(),
                row_id(code, criterion.id.as_str()),
            ]);
        }
        let given = desk.given(code);
        let vote = match given.and_then(|given| given.vote) {
            Some(Vote::Recommend) => "推荐",
            Some(Vote::Not) => "不推荐",
            None => "",
        };
        let opinion = given.map(|given| given.opinion.clone()).unwrap_or_default();
        let ask = if rubric.opinion.vote { "推荐或不推荐" } else { "" };
        table.push(
            [code.as_str(), "", "总评", "", "", ask, vote, &opinion, &row_id(code, OVERALL)]
                .map(str::to_owned)
                .to_vec(),
        );
    }
    csv_bytes(&table)
}

/// Whether these bytes look like a filled form rather than a sealed sheet.
#[must_use]
pub fn looks_like(bytes: &[u8], limits: &Limits) -> bool {
    super::decode::text(bytes, limits).is_ok_and(|text| text.contains(&format!("{MARK}:")))
}

struct RowId {
    round: String,
    manifest: String,
    expert: ExpertCode,
    code: PacketCode,
    what: String,
}

fn parse_id(cell: &str) -> Option<RowId> {
    let mut parts = cell.trim().trim_start_matches('\'').split(':');
    if parts.next()? != MARK {
        return None;
    }
    let (round, manifest) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    let expert = ExpertCode::parse(parts.next()?)?;
    let code = PacketCode::parse(parts.next()?)?;
    let what = parts.next()?.to_owned();
    parts.next().is_none().then_some(RowId { round, manifest, expert, code, what })
}

/// Reads a filled form against a rubric. Blank marks stay blank.
///
/// # Errors
/// No ids in it, rows of several experts or bundles, the same row twice, marks
/// off the grid or out of range, unknown criteria: each with its row.
pub fn read(bytes: &[u8], limits: &Limits, rubric: &Rubric) -> Result<Filled> {
    crate::base::limits::bytes(bytes, limits.form)?;
    let table = rows::read(bytes, limits)?;
    let titled = |tag: &str, names: &[&str]| {
        table.header.iter().position(|title| title.contains(tag) || names.contains(&title.trim()))
    };
    let missing = |name: &str| Refusal::from(Problem::MissingColumn { name: name.to_owned() });
    let mark_at = titled("[mark]", &["得分", "打分", "分数", "mark", "score"]).ok_or_else(|| missing("得分 [mark]"))?;
    let remark_at = titled("[remark]", &["意见", "备注", "remark"]);
    let mut filled = Filled::default();
    let mut faults = Vec::new();
    let mut seen = BTreeMap::new();
    for (line, cells) in &table.rows {
        let place = |field: String| Place::default().line(*line).field(field);
        let cell = |at: usize| cells.get(at).map_or("", String::as_str).trim();
        let Some(id) = cells.iter().find_map(|cell| parse_id(cell)) else {
            let typed = !cell(mark_at).is_empty();
            if typed {
                faults.push(Fault {
                    place: place("[id]".to_owned()),
                    problem: Problem::MissingValue { name: "[id]".to_owned() },
                });
            }
            continue;
        };
        let where_ = format!("{} {}", id.code, id.what);
        if let Some(first) = seen.insert((id.code.clone(), id.what.clone()), *line) {
            let what = format!("{where_} ({first})");
            faults.push(Fault { place: place(where_.clone()), problem: Problem::Duplicate { what } });
            continue;
        }
        let belongs = (id.round, id.manifest);
        let one = filled.expert.get_or_insert_with(|| id.expert.clone()) == &id.expert
            && filled.belongs.get_or_insert_with(|| belongs.clone()) == &belongs;
        if !one {
            let problem = Problem::UnknownExpert {
                code: id.expert.to_string(),
                known: filled.expert.as_ref().map(ToString::to_string).unwrap_or_default(),
            };
            faults.push(Fault { place: place(where_), problem });
            continue;
        }
        // The apostrophe that keeps a spreadsheet from running a cell is not the
        // expert's; any other is.
        let written = remark_at.map_or("", cell);
        let remark = written.strip_prefix('\'').filter(|rest| formula_safe(rest) == written).unwrap_or(written);
        if id.what == OVERALL {
            match cell(mark_at) {
                "" => {}
                "推荐" => drop(filled.votes.insert(id.code.clone(), Vote::Recommend)),
                "不推荐" => drop(filled.votes.insert(id.code.clone(), Vote::Not)),
                other => {
                    let problem =
                        Problem::BadChoice { text: other.to_owned(), choices: "推荐, 不推荐".to_owned() };
                    faults.push(Fault { place: place(where_), problem });
                }
            }
            if !remark.is_empty() {
                filled.opinions.insert(id.code, remark.to_owned());
            }
            continue;
        }
        let criterion = CriterionId::parse(&id.what).and_then(|id| rubric.criterion(&id));
        let Some(criterion) = criterion else {
            faults.push(Fault { place: place(where_), problem: Problem::UnknownCriterion { id: id.what } });
            continue;
        };
        let key = (id.code, criterion.id.clone());
        if !remark.is_empty() {
            filled.remarks.insert(key.clone(), remark.to_owned());
        }
        match read_mark(cell(mark_at), rubric, criterion) {
            Ok(None) => {}
            Ok(Some(mark)) => drop(filled.marks.insert(key, mark)),
            Err(problem) => faults.push(Fault { place: place(where_), problem }),
        }
    }
    if filled.expert.is_none() && faults.is_empty() {
        faults.push(Fault { place: Place::default(), problem: Problem::MissingColumn { name: "[id]".to_owned() } });
    }
    Refusal::from_faults(faults).map_or(Ok(filled), Err)
}

/// A mark as a person types it: `3.5`, `３．５`, `3.5分`, `3.50`; blank is none.
///
/// # Errors
/// Not a number, out of range, or off the grid.
pub fn read_mark(
    typed: &str,
    rubric: &Rubric,
    criterion: &crate::domain::rubric::Criterion,
) -> std::result::Result<Option<Points>, Problem> {
    let mark = match points::typed(typed).and_then(|folded| Points::parse(&folded)) {
        Ok(mark) => mark,
        Err(points::NotPoints::Empty) => return Ok(None),
        Err(why) => return Err(Problem::BadPoints { text: crate::base::clean::clean_line(typed), why }),
    };
    match rubric.allows(criterion, mark) {
        Ok(()) => Ok(Some(mark)),
        Err(NoSuchMark::AboveMax) => Err(Problem::AboveMax { value: mark.to_string(), max: criterion.max.to_string() }),
        Err(NoSuchMark::OffGrid) => Err(Problem::NotOnGrid { value: mark.to_string(), step: rubric.step.to_string() }),
    }
}
