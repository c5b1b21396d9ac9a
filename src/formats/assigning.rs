//! What an assignment is made from: points of fit and groups, as small tables
//! beside the panel.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::limits::Limits;
use crate::base::points::fold;
use crate::base::problem::{Fault, Place};
use crate::base::{ExpertCode, Misassigned, PacketCode, Problem, Refusal, Result};
use crate::domain::assignment::Fit;

use super::given::{APPLICATION, name, narrow, narrowed};
use super::rows::{Rows, walk};

/// Most codes named to choose from.
const NAMED: usize = 30;

const CODE: (&str, &[&str]) = (APPLICATION.0, &["item", "code", "编号", "申报编号", "材料编号"]);

fn known<T: ToString>(all: &BTreeSet<T>) -> String {
    let named: Vec<String> = all.iter().take(NAMED).map(ToString::to_string).collect();
    let more = if all.len() > NAMED { " …" } else { "" };
    format!("{}{more}", named.join(" "))
}

/// A cell that must be there.
fn cell(cells: &[String], at: Option<usize>, column: &str) -> std::result::Result<String, Problem> {
    name(cells, at).ok_or_else(|| Problem::MissingValue { name: column.to_owned() })
}

fn packet(text: &str, codes: &BTreeSet<PacketCode>) -> std::result::Result<PacketCode, Problem> {
    PacketCode::parse(text)
        .filter(|code| codes.contains(code))
        .ok_or_else(|| Problem::UnknownPacket { code: text.to_owned(), known: known(codes) })
}

/// Reads every row, and says of all that are none where and why.
fn each(rows: &Rows, mut read: impl FnMut(&[String]) -> std::result::Result<(), Problem>) -> Result<()> {
    let mut faults = Vec::new();
    for (line, cells) in &rows.rows {
        if let Err(problem) = read(cells) {
            faults.push(Fault { place: Place::default().line(*line), problem });
        }
    }
    Refusal::from_faults(faults).map_or(Ok(()), Err)
}

/// Reads points of fit: `application,expert,points`, whole and not below zero.
/// Other columns are passed over; a pair that has no row has no points, but a
/// row without points is no row.
///
/// # Errors
/// No such table; every row that names nobody's packet or expert, a pair a
/// second time, or no whole number; more than `limits` has for such a table.
pub fn fit(bytes: &[u8], limits: &Limits, codes: &BTreeSet<PacketCode>, experts: &BTreeSet<ExpertCode>) -> Result<Fit> {
    let columns: [(&str, &[&str]); 3] =
        [CODE, ("expert", &["专家", "专家代号", "代号"]), ("points", &["匹配度", "分值"])];
    let mut fit = Fit::default();
    let mut read = |[code, expert, points]: [Option<usize>; 3], cells: &[String]| {
        let code = packet(&cell(cells, code, CODE.0)?, codes)?;
        let expert = cell(cells, expert, "expert")?;
        let expert = ExpertCode::parse(&expert)
            .filter(|expert| experts.contains(expert))
            .ok_or_else(|| Problem::UnknownExpert { code: expert.clone(), known: known(experts) })?;
        let points = whole(&cell(cells, points, "points")?)?;
        if fit.note(&code, &expert, points) {
            Ok(())
        } else {
            Err(Problem::Duplicate { what: format!("{code} {expert}") })
        }
    };
    // There are as many rows as packets times experts: none is kept.
    let (mut at, mut faults) = (None, Vec::new());
    walk(bytes, &limits.for_fit(), |line, mut cells| match &at {
        None => {
            narrow(&mut cells, &columns);
            at = Some(Rows { header: cells, rows: Vec::new() }.columns(&columns, 3));
        }
        Some(Ok(at)) if faults.len() < limits.rows => {
            if let Err(problem) = read(*at, &cells) {
                faults.push(Fault { place: Place::default().line(line), problem });
            }
        }
        Some(_) => {}
    })?;
    match at {
        Some(columns) => columns.map(drop)?,
        None => Rows::default().columns(&columns, 3).map(drop)?,
    }
    Refusal::from_faults(faults).map_or(Ok(fit), Err)
}

/// A whole number as people type it, full-width digits too.
fn whole(text: &str) -> std::result::Result<u32, Problem> {
    let folded = fold(text);
    if folded.is_empty() || !folded.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::NotWhole { text: text.to_owned() });
    }
    folded.parse().ok().filter(|points| *points <= Fit::MOST).ok_or(Problem::DoesNotFit)
}

/// Points of fit as the log keeps them: pairs that have some, in order, so that
/// the same points are the same bytes.
#[must_use]
pub fn write_fit(fit: &Fit) -> Vec<u8> {
    let mut out = String::from("application,expert,points\n");
    for (code, expert, points) in fit.pairs() {
        out.push_str(&format!("{code},{expert},{points}\n"));
    }
    out.into_bytes()
}

/// Reads groups: `application,group`. Other columns are passed over.
///
/// # Errors
/// No such table; every row that names nobody's packet, a group nobody of the
/// panel belongs to, or a packet a second time; packets without a row.
pub fn groups(
    bytes: &[u8],
    limits: &Limits,
    codes: &BTreeSet<PacketCode>,
    names: &BTreeSet<String>,
) -> Result<BTreeMap<PacketCode, String>> {
    let columns: [(&str, &[&str]); 2] = [CODE, ("group", &["组别", "组", "分组"])];
    let rows = narrowed(bytes, limits, &columns)?;
    let [code, group] = rows.columns(&columns, 2)?;
    let mut groups = BTreeMap::new();
    each(&rows, |cells| {
        let code = packet(&cell(cells, code, CODE.0)?, codes)?;
        let group = cell(cells, group, "group")?;
        if !names.contains(&group) {
            return Err(Problem::Misassigned(Misassigned::EmptyGroup { group, known: known(names) }));
        }
        match groups.insert(code.clone(), group) {
            None => Ok(()),
            Some(_) => Err(Problem::Duplicate { what: code.to_string() }),
        }
    })?;
    let without: Vec<String> =
        codes.iter().filter(|code| !groups.contains_key(code)).map(ToString::to_string).collect();
    if without.is_empty() {
        Ok(groups)
    } else {
        Err(Problem::Misassigned(Misassigned::Ungrouped { codes: without.join(" ") }).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes() -> BTreeSet<PacketCode> {
        ["A-01", "A-02"].iter().filter_map(|code| PacketCode::parse(code)).collect()
    }

    fn experts() -> BTreeSet<ExpertCode> {
        ["E1", "E2"].iter().filter_map(|code| ExpertCode::parse(code)).collect()
    }

    fn lines(refusal: &Refusal) -> Vec<u32> {
        refusal.faults().map(|fault| fault.place.line.unwrap_or(0)).collect()
    }

    #[test]
    fn points_come_in_any_order_and_spelling() {
        let one = fit(
            "item,expert,remark,points\nA-02,E1,x,３\nA-01,E2,,7\nA-01,E1,,0\n".as_bytes(),
            &Limits::STANDARD,
            &codes(),
            &experts(),
        );
        let other =
            fit("points;expert;code\n7;E2;A-01\n3;E1;A-02\n".as_bytes(), &Limits::STANDARD, &codes(), &experts());
        let written = write_fit(&one.unwrap());
        assert_eq!(written, write_fit(&other.unwrap()));
        assert_eq!(written, b"application,expert,points\nA-01,E2,7\nA-02,E1,3\n");
        let again = fit(&written, &Limits::STANDARD, &codes(), &experts()).unwrap();
        assert_eq!(write_fit(&again), written);
    }

    #[test]
    fn rows_that_are_none_are_refused_each_with_its_line() {
        for wrong in ["-1", "1.5", "1e3", "1_0", "+1", "x", "-0", "NaN", "0x1", "4294967296", ""] {
            let text = format!("application,expert,points\nA-01,E1,1\nA-02,E1,{wrong}\n");
            let refusal = fit(text.as_bytes(), &Limits::STANDARD, &codes(), &experts()).unwrap_err();
            assert_eq!(lines(&refusal), [3], "{wrong}");
        }
        let text = "application,expert,points\nA-01,E1,1\nA-09,E1,1\nA-01,E9,1\nA-01,E1,1\n,E1,1\n";
        let refusal = fit(text.as_bytes(), &Limits::STANDARD, &codes(), &experts()).unwrap_err();
        assert_eq!(lines(&refusal), [3, 4, 5, 6]);
        let refusal = fit(b"application,expert\nA-01,E1\n", &Limits::STANDARD, &codes(), &experts()).unwrap_err();
        assert_eq!(*refusal.problem(), Problem::MissingColumn { name: "points".to_owned() });
    }

    /// Two thousand packets by two hundred experts are more rows, cells and bytes
    /// than other tables may have.
    #[test]
    fn a_table_of_points_has_limits_of_its_own() {
        let codes: BTreeSet<_> = (0..1_000).filter_map(|n| PacketCode::parse(&format!("A-{n:04}"))).collect();
        let all: BTreeSet<_> = (0..400).filter_map(|n| ExpertCode::parse(&format!("E{n:03}"))).collect();
        let mut text = "application,expert,points\n".to_owned();
        for code in &codes {
            for expert in &all {
                text.push_str(&format!("{code},{expert},7\n"));
            }
        }
        assert!(u64::try_from(text.len()).unwrap() > Limits::STANDARD.table);
        let read = fit(text.as_bytes(), &Limits::STANDARD, &codes, &all).unwrap();
        assert_eq!(read.pairs().len(), 400_000);
        let little = Limits { fit_rows: 399_999, ..Limits::STANDARD };
        let refusal = fit(text.as_bytes(), &little, &codes, &all).unwrap_err();
        assert_eq!(lines(&refusal), [400_001]);
    }

    #[test]
    fn every_packet_is_in_one_group_that_has_experts() {
        let names = BTreeSet::from(["甲".to_owned(), "乙".to_owned()]);
        let read = |text: &str| groups(text.as_bytes(), &Limits::STANDARD, &codes(), &names);
        assert_eq!(read("编号,组别\nA-02,甲\nA-01,乙\n").unwrap().len(), 2);
        assert_eq!(lines(&read("code,group\nA-01,甲\nA-02,丙\n").unwrap_err()), [3]);
        assert_eq!(lines(&read("code,group\nA-01,甲\nA-02,乙\nA-01,甲\n").unwrap_err()), [4]);
        let missing = Problem::Misassigned(Misassigned::Ungrouped { codes: "A-02".to_owned() });
        assert_eq!(*read("code,group\nA-01,甲\n").unwrap_err().problem(), missing);
    }
}
