//! Factors, base values, additions and deductions that belong to applications,
//! and employers: small tables beside the marks.

use crate::base::limits::Limits;
use crate::base::points::typed;
use crate::base::{Place, Problem, Refusal, Result, decimal};
use crate::domain::given::{AdjustRow, EmployerRow, FactorRow};
use crate::domain::rubric::beyond::FACTOR_PLACES;

use super::rows::{Rows, read};

const PANEL: (&str, &[&str]) = ("panel", &["组", "组别", "场次"]);
pub(super) const APPLICATION: (&str, &[&str]) = ("application", &["item", "编号", "申报编号", "材料编号"]);

/// A table whose other columns are passed over.
pub(super) fn narrowed<const N: usize>(bytes: &[u8], limits: &Limits, known: &[(&str, &[&str]); N]) -> Result<Rows> {
    let mut rows = read(bytes, limits)?;
    narrow(&mut rows.header, known);
    Ok(rows)
}

/// Blanks the titles of columns that are not known.
pub(super) fn narrow<const N: usize>(header: &mut [String], known: &[(&str, &[&str]); N]) {
    for title in header {
        let mine =
            |(name, others): &(&str, &[&str])| name.eq_ignore_ascii_case(title) || others.contains(&title.as_str());
        if !known.iter().any(mine) {
            title.clear();
        }
    }
}

pub(super) fn name(cells: &[String], at: Option<usize>) -> Option<String> {
    at.and_then(|at| cells.get(at)).filter(|name| !name.is_empty()).cloned()
}

/// A decimal of a cell, above or below zero; nothing where it is empty.
fn number(cells: &[String], at: Option<usize>, places: u32, line: u32, column: &str) -> Result<Option<i64>> {
    let Some(text) = name(cells, at) else { return Ok(None) };
    typed(&text)
        .and_then(|text| decimal::parse(&text, places))
        .map(Some)
        .map_err(|why| Refusal::new(Place::default().line(line).field(column), Problem::BadPoints { text, why }))
}

/// Reads factors: any of `panel,application,criterion`, then `factor` and, if
/// wanted, `base`. What a row leaves empty it says of all.
///
/// # Errors
/// No such table, or a row that is not one.
pub fn factors(bytes: &[u8], limits: &Limits) -> Result<Vec<FactorRow>> {
    let known: [(&str, &[&str]); 5] =
        [("factor", &["系数", "权重"]), PANEL, APPLICATION, ("criterion", &["指标", "评分项"]), ("base", &["基础分"])];
    let rows = narrowed(bytes, limits, &known)?;
    let [factor, panel, application, criterion, base] = rows.columns(&known, 1)?;
    if base.is_some() && criterion.is_none() {
        return Err(Problem::MissingColumn { name: "criterion".to_owned() }.into());
    }
    let mut out = Vec::with_capacity(rows.rows.len());
    for (line, cells) in &rows.rows {
        let row = FactorRow {
            panel: name(cells, panel),
            application: name(cells, application),
            criterion: name(cells, criterion),
            factor: number(cells, factor, FACTOR_PLACES, *line, "factor")?,
            base: number(cells, base, 4, *line, "base")?,
            line: *line,
        };
        let missing = match (&row.base, &row.criterion, &row.factor) {
            (Some(_), None, _) => Some("criterion"),
            (None, _, None) => Some("factor"),
            _ => None,
        };
        if let Some(name) = missing {
            return Err(Refusal::new(Place::default().line(*line), Problem::MissingValue { name: name.to_owned() }));
        }
        out.push(row);
    }
    Ok(out)
}

/// Reads additions and deductions: `panel,application,points`, where the panel
/// may be left out. Several rows of one application are added up.
///
/// # Errors
/// No such table, or a row that is not one.
pub fn adjusts(bytes: &[u8], limits: &Limits) -> Result<Vec<AdjustRow>> {
    let known: [(&str, &[&str]); 3] = [APPLICATION, ("points", &["加减分", "分值"]), PANEL];
    let rows = narrowed(bytes, limits, &known)?;
    let [application, points, panel] = rows.columns(&known, 2)?;
    let mut out = Vec::with_capacity(rows.rows.len());
    for (line, cells) in &rows.rows {
        let missing =
            |name: &str| Refusal::new(Place::default().line(*line), Problem::MissingValue { name: name.to_owned() });
        out.push(AdjustRow {
            panel: name(cells, panel),
            application: name(cells, application).ok_or_else(|| missing("application"))?,
            points: number(cells, points, 4, *line, "points")?.ok_or_else(|| missing("points"))?,
            line: *line,
        });
    }
    Ok(out)
}

/// Reads employers: `expert,employer`, `application,employer`, or both columns in
/// one table, where each row fills one of them; a panel if wanted.
///
/// # Errors
/// No such table, or a row that is not one.
pub fn employers(bytes: &[u8], limits: &Limits) -> Result<Vec<EmployerRow>> {
    let known: [(&str, &[&str]); 4] =
        [("employer", &["单位", "任职单位", "org", "country"]), ("expert", &["专家", "专家编号"]), APPLICATION, PANEL];
    let rows = narrowed(bytes, limits, &known)?;
    let [employer, expert, application, panel] = rows.columns(&known, 1)?;
    if expert.is_none() && application.is_none() {
        return Err(Problem::MissingColumn { name: "expert".to_owned() }.into());
    }
    let mut out = Vec::with_capacity(rows.rows.len());
    for (line, cells) in &rows.rows {
        let at = |field: &str, problem| Refusal::new(Place::default().line(*line).field(field), problem);
        let row = EmployerRow {
            expert: name(cells, expert),
            application: name(cells, application),
            panel: name(cells, panel),
            employer: name(cells, employer)
                .ok_or_else(|| at("employer", Problem::MissingValue { name: "employer".to_owned() }))?,
            line: *line,
        };
        match (&row.expert, &row.application) {
            (None, None) => return Err(at("expert", Problem::MissingValue { name: "expert".to_owned() })),
            // One of them is of whom the row speaks; which can't be told.
            (Some(expert), Some(application)) => {
                return Err(at("expert", Problem::Duplicate { what: format!("{expert} {application}") }));
            }
            _ => out.push(row),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong<T: std::fmt::Debug>(read: Result<T>) -> u32 {
        read.unwrap_err().faults().next().unwrap().place.line.unwrap_or(0)
    }

    #[test]
    fn rows_say_as_much_as_they_say() {
        let read =
            factors(b"panel,item,criterion,difficulty,factor,base\np,a,x,hard,1.2,\n,,y,,,-0.5\n", &Limits::STANDARD);
        let read = read.unwrap();
        assert_eq!(read[0].application.as_deref(), Some("a"));
        assert_eq!((read[0].factor, read[0].base), (Some(1_200_000), None));
        assert_eq!((read[1].panel.as_deref(), read[1].factor, read[1].base), (None, None, Some(-5_000)));
        let read = adjusts("application,points\na,-1\na,２.５\n".as_bytes(), &Limits::STANDARD).unwrap();
        assert_eq!((read[0].points, read[1].points), (-10_000, 25_000));
    }

    #[test]
    fn what_is_wrong_is_refused_with_its_line() {
        for (text, line) in [
            ("criterion,factor\nx,1\ny,1e5\n", 3),
            ("criterion,factor\nx,-0\n", 2),
            ("criterion,factor\nx,\n", 2),
            ("application,base,factor\na,1,1\n", 0),
            ("criterion,factor\nx,0.0000001\n", 2),
        ] {
            assert_eq!(wrong(factors(text.as_bytes(), &Limits::STANDARD)), line, "{text}");
        }
        for (text, line) in [
            ("expert,application,employer\nE1,,x\n,,y\n", 3),
            ("expert,application,employer\nE1,A1,x\n", 2),
            ("expert,employer\nE1,\n", 2),
            ("name,employer\nE1,x\n", 0),
        ] {
            assert_eq!(wrong(employers(text.as_bytes(), &Limits::STANDARD)), line, "{text}");
        }
        let read = employers("专家,申报编号,单位\nE1,,甲校\n,A-01,乙院\n".as_bytes(), &Limits::STANDARD).unwrap();
        assert_eq!((read[0].expert.as_deref(), read[1].application.as_deref()), (Some("E1"), Some("A-01")));
        assert_eq!(wrong(adjusts(b"application,points\na,\n", &Limits::STANDARD)), 2);
        assert_eq!(wrong(adjusts(b"application,points\n,1\n", &Limits::STANDARD)), 2);
    }
}
