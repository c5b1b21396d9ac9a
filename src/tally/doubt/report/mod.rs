//! Everything that stands beside a standing, put together panel by panel.

mod agreement;
mod look;
mod stability;
mod strictness;

use crate::base::Points;
use crate::domain::doubt::Undefined;
use crate::domain::doubt::report::{Employers, Panel, Report};
use crate::domain::doubt::shown::{PLACES, Shown};
use crate::domain::given::EmployerRow;
use crate::domain::rubric::Rounding;
use crate::tally::fraction::Fraction;

use super::Grid;
use super::real::fixed;
use super::replay::left_out;
use super::resample::resampled;
use super::table::{PanelTable, Settled};

/// How many votes each answer has, by application.
pub type Votes = Vec<Vec<u64>>;

/// The report on all panels. `votes` are a round's; where marks themselves are
/// answers, they are counted instead.
///
/// # Errors
/// What the engine refuses when it counts again.
pub fn report(
    settled: &Settled,
    votes: Option<&Votes>,
    employers: Option<&[EmployerRow]>,
) -> crate::base::Result<Report> {
    let mut panels = Vec::new();
    for table in settled.panels() {
        panels.push(panel(settled, &Known::of(settled, table), votes)?);
    }
    let employers = employers.map(|rows| strictness::employers(settled, rows));
    Ok(Report { panels, employers })
}

fn panel(settled: &Settled, known: &Known<'_>, votes: Option<&Votes>) -> crate::base::Result<Panel> {
    let (line, places) = stability::places(settled, known);
    let (severity, shrunken) = strictness::severity(settled, known, &line, &places);
    Ok(Panel {
        name: known.table.name().to_owned(),
        experts: known.experts.iter().map(|name| (*name).to_owned()).collect(),
        marks: known.table.marks(),
        score_places: settled.engine().rule().aggregation.places,
        of_raw: false,
        agreement: agreement::agreement(&known.totals),
        criteria: if known.criteria.len() > 1 {
            known.criteria.iter().map(|one| (one.id.to_owned(), agreement::agreement(&one.marks))).collect()
        } else {
            Vec::new()
        },
        votes: agreement::votes(known, votes),
        line,
        places,
        left_out: left_out(settled, known.table)?,
        resampled: resampled(settled, known.table)?,
        second_look: look::second_look(settled, known),
        scales: strictness::scales(known),
        severity,
        shrunken,
        pairs: strictness::pairs(known),
    })
}

/// A panel's marks as they are compared.
struct Known<'a> {
    table: PanelTable<'a>,
    applications: Vec<&'a str>,
    experts: Vec<&'a str>,
    /// Experts' totals, as the rule counts them.
    totals: Result<Grid, Undefined>,
    criteria: Vec<Column<'a>>,
}

/// The marks of one criterion.
struct Column<'a> {
    id: &'a str,
    marks: Result<Grid, Undefined>,
    /// Highest mark, where somebody says.
    max: Option<Points>,
}

impl<'a> Known<'a> {
    fn of(settled: &'a Settled, table: PanelTable<'a>) -> Self {
        let (applications, experts) = (table.applications(), table.experts());
        let (rows, columns) = (applications.len(), experts.len());
        let mut totals = Vec::new();
        for application in 0..rows {
            for expert in 0..columns {
                totals.extend(table.total(application, expert).map(|total| (application, expert, total)));
            }
        }
        let ids = table.criteria();
        let mut cells: Vec<Vec<(usize, usize, i128)>> = vec![Vec::new(); ids.len()];
        for (application, expert, criterion, mark) in table.cells() {
            if let (Some(cells), Some(mark)) = (cells.get_mut(criterion), mark) {
                cells.push((application, expert, mark.units().into()));
            }
        }
        let rule = settled.engine().rule();
        let max = |id: &str| {
            let column = rule.columns.iter().find(|column| column.id == id);
            column.map(|column| column.max).or(rule.doubt.full)
        };
        let criteria = ids
            .into_iter()
            .zip(cells)
            .filter(|(_, cells)| !cells.is_empty())
            .map(|(id, cells)| Column { id, marks: Grid::of_cells(rows, columns, 1, cells), max: max(id) })
            .collect();
        let totals = Grid::of_cells(rows, columns, table.total_under(), totals);
        Self { table, applications, experts, totals, criteria }
    }

    fn application(&self, at: usize) -> String {
        self.applications.get(at).map(|name| (*name).to_owned()).unwrap_or_default()
    }

    fn expert(&self, at: usize) -> String {
        self.experts.get(at).map(|name| (*name).to_owned()).unwrap_or_default()
    }
}

/// A float as it is shown.
fn shown(value: f64) -> Result<Shown, Undefined> {
    let places = usize::try_from(PLACES).unwrap_or(0);
    Shown::parse(&fixed(value, places)).ok_or(Undefined::TooLarge)
}

fn figure(value: Result<f64, Undefined>) -> Result<Shown, Undefined> {
    value.and_then(shown)
}

/// An exact figure in points, to four places at most.
fn words(value: Fraction) -> String {
    value.rounded(4, Rounding::HalfUp).map_or_else(|| "?".to_owned(), |points| points.to_string())
}

/// The same, as a figure.
fn exact(value: Fraction) -> Result<Shown, Undefined> {
    let points = value.rounded(4, Rounding::HalfUp).ok_or(Undefined::TooLarge)?;
    Shown::parse(&points.to_string()).ok_or(Undefined::TooLarge)
}

/// Nothing known of employers.
fn nobody() -> Employers {
    Employers { experts: Vec::new(), employers: Vec::new(), reciprocal: Vec::new() }
}
