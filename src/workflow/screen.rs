//! A screen for the secretary (异常排查): whether experts' marks are higher where
//! their own employer applies, or where an employer's expert marks theirs in
//! turn. The register says who is whose; nothing is decided here.

use std::collections::BTreeMap;
use std::path::Path;

use crate::base::{Limits, Refusal, Result};
use crate::domain::doubt::report::Report;
use crate::domain::given::EmployerRow;
use crate::formats;

use super::declarations::{employers_of, name_of, plain};
use super::packets::read_file;
use super::{Round, doubt, register};

/// The report with employers; applicants by a list of names, or by the register.
///
/// # Errors
/// No sheet counts yet, the round not unlocked, or a list that is none.
pub fn screen(round: &mut Round, names: Option<&Path>) -> Result<Report> {
    round.seats()?;
    let register = register::open(round, "screen")?;
    let mut applicants: Vec<(String, String)> = Vec::new();
    match names {
        Some(file) => {
            let name = file.display().to_string();
            let bytes = read_file(file, Limits::STANDARD.table)?;
            let rows = formats::rows::names(&bytes, &Limits::STANDARD);
            for (_, code, applicant) in rows.map_err(|refusal: Refusal| refusal.in_file(&name))? {
                applicants.push((code.trim().to_owned(), applicant.trim().to_owned()));
            }
        }
        None => {
            for (no, application) in &register.applications {
                applicants.extend(register.codes.get(no).map(|code| (code.to_string(), name_of(application))));
            }
        }
    }
    // Names are compared by their letters and signs, and shown as applicants have them.
    let known: BTreeMap<String, &str> = applicants.iter().map(|(_, name)| (plain(name), name.as_str())).collect();
    let mut rows = Vec::new();
    for expert in &register.panel.experts {
        let applies = employers_of(expert).into_iter().find_map(|name| known.get(&name).map(|name| (*name).to_owned()));
        let employer = applies.unwrap_or_else(|| expert.employer.trim().to_owned());
        if !employer.is_empty() {
            rows.push(EmployerRow { expert: Some(expert.code.to_string()), employer, ..EmployerRow::default() });
        }
    }
    for (code, name) in &applicants {
        let row = EmployerRow { application: Some(code.clone()), employer: name.clone(), ..EmployerRow::default() };
        rows.push(row);
    }
    doubt::with_employers(round, Some(&rows))
}

/// What it says of employers, as json.
#[must_use]
pub fn json(report: &Report) -> Vec<u8> {
    formats::doubt_json::screen(report)
}

/// The same of experts, as csv.
#[must_use]
pub fn csv(report: &Report) -> Vec<u8> {
    formats::doubt_csv::employers(report)
}
