//! Which factor and base hold for which cell: the row that says most about it.

use std::collections::{BTreeSet, HashMap};

use crate::base::{Problem, Result};
use crate::domain::given::FactorRow;
use crate::domain::rubric::beyond::FACTOR_PLACES;

type Key = (Option<Box<str>>, Option<Box<str>>, Option<Box<str>>);

/// A factor, and what is added.
pub(super) type Spec = (i64, Option<i64>);

/// One.
pub(super) const ONE: i64 = 10i64.pow(FACTOR_PLACES);

/// Factors of a file, by what they are of.
#[derive(Debug, Default)]
pub(super) struct Factors {
    rows: HashMap<Key, (Option<i64>, Option<i64>)>,
    /// What rows name (panel, application, criterion), those that say most first.
    kinds: Vec<(bool, bool, bool)>,
}

impl Factors {
    /// Puts a file's rows in order.
    ///
    /// # Errors
    /// Two rows of the same.
    pub(super) fn new(rows: &[FactorRow]) -> Result<Self> {
        let mut out = Self::default();
        let mut kinds = BTreeSet::new();
        let part = |name: &Option<String>| name.as_deref().map(Box::from);
        for row in rows {
            let key = (part(&row.panel), part(&row.application), part(&row.criterion));
            kinds.insert((row.application.is_some(), row.criterion.is_some(), row.panel.is_some()));
            if out.rows.insert(key, (row.factor, row.base)).is_some() {
                let names = [&row.panel, &row.application, &row.criterion];
                let mut what = names.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
                if what.is_empty() {
                    "factor".clone_into(&mut what);
                }
                let place = crate::base::Place::default().line(row.line);
                return Err(crate::base::Refusal::new(place, Problem::Duplicate { what }));
            }
        }
        out.kinds =
            kinds.into_iter().rev().map(|(application, criterion, panel)| (panel, application, criterion)).collect();
        Ok(out)
    }

    /// Whether any row is of one application.
    pub(super) fn by_application(&self) -> bool {
        self.kinds.iter().any(|(_, application, _)| *application)
    }

    /// Whether there are any.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What holds for a cell; `rule` is the rule's own factor.
    pub(super) fn of(&self, panel: &str, application: Option<&str>, criterion: &str, rule: Option<i64>) -> Spec {
        let (mut factor, mut base) = (None, None);
        for (by_panel, by_application, by_criterion) in &self.kinds {
            if *by_application && application.is_none() {
                continue;
            }
            let key = (
                by_panel.then(|| Box::from(panel)),
                application.filter(|_| *by_application).map(Box::from),
                by_criterion.then(|| Box::from(criterion)),
            );
            if let Some((row_factor, row_base)) = self.rows.get(&key) {
                factor = factor.or(*row_factor);
                base = base.or(*row_base);
            }
        }
        (factor.or(rule).unwrap_or(ONE), base)
    }
}
