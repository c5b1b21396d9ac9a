//! What belongs to an application and not to the rule (另行给定): the difficulty
//! of a dive, the base value of an element, a deduction, points brought along.

/// A row of a file of factors. Nothing in one of the first three: any.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FactorRow {
    /// The panel.
    pub panel: Option<String>,
    /// The application.
    pub application: Option<String>,
    /// The criterion.
    pub criterion: Option<String>,
    /// What the statistic is multiplied by, in units of `10^-6`.
    pub factor: Option<i64>,
    /// What is added to it then, in units of `10^-4`.
    pub base: Option<i64>,
    /// Where it stands.
    pub line: u32,
}

/// A row of a file of additions and deductions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AdjustRow {
    /// The panel; nothing: any.
    pub panel: Option<String>,
    /// The application.
    pub application: String,
    /// What is added, in units of `10^-4`; below zero it is a deduction.
    pub points: i64,
    /// Where it stands.
    pub line: u32,
}

/// A row of a file of employers (任职单位): of an expert, or the applicant itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EmployerRow {
    /// The expert, where it is one's.
    pub expert: Option<String>,
    /// The application, where it is one's.
    pub application: Option<String>,
    /// The panel; nothing: any.
    pub panel: Option<String>,
    /// The employer, as written.
    pub employer: String,
    /// Where it stands.
    pub line: u32,
}

/// Both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// Factors and bases.
    pub factors: Vec<FactorRow>,
    /// Additions and deductions.
    pub adjusts: Vec<AdjustRow>,
}

impl Given {
    /// What of it these panels can have.
    #[must_use]
    pub fn of_panels(&self, panels: &[&str]) -> Self {
        let theirs = |panel: &Option<String>| panel.as_deref().is_none_or(|panel| panels.contains(&panel));
        Self {
            factors: self.factors.iter().filter(|row| theirs(&row.panel)).cloned().collect(),
            adjusts: self.adjusts.iter().filter(|row| theirs(&row.panel)).cloned().collect(),
        }
    }
}
