//! The counting rule (计分规则): everything that makes a standing of marks, as
//! data. A scoring template holds one, and a small file may hold nothing else.
//! No sport, jury or programme has a rule of its own anywhere in the program.

use crate::base::{CriterionId, Points};

use super::rubric::beyond::{Direction, Group, Shown, TieKey};
use super::rubric::doubt::DoubtRule;
use super::rubric::{Aggregation, PassLine, QuotaRule, Rubric};

/// A whole rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counting {
    /// Its id; empty where the file has none.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Title, in Chinese.
    pub title_zh: String,
    /// Title, in English.
    pub title_en: String,
    /// How marks become a score.
    pub aggregation: Aggregation,
    /// How many are wanted.
    pub quota: QuotaRule,
    /// The pass line (及格线).
    pub pass_line: PassLine,
    /// How equal scores are told apart.
    pub ties: Vec<TieKey>,
    /// What is left goes here.
    pub tie_last: String,
    /// The criteria there are, in order; none: those that the marks are of.
    pub columns: Vec<Column>,
    /// Sums of some criteria that are shown, or told equals apart by.
    pub groups: Vec<Group>,
    /// What is looked at beside the result.
    pub doubt: DoubtRule,
}

/// A criterion that a template knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its id.
    pub id: String,
    /// Highest mark.
    pub max: Points,
    /// Smallest step of a mark.
    pub step: Points,
}

impl Counting {
    /// A score as it is written: to the rule's places, or what a place is worth.
    #[must_use]
    pub fn score_text(&self, score: Points) -> String {
        if self.aggregation.beyond.place_points.is_empty() {
            score.fixed(self.aggregation.places)
        } else {
            score.to_string()
        }
    }

    /// The grade of a score, where the rule has grades.
    #[must_use]
    pub fn grade_of(&self, score: Points) -> Option<&str> {
        let beyond = &self.aggregation.beyond;
        let reached = |from: Points| match beyond.direction {
            Direction::Descending => score >= from,
            Direction::Ascending => score <= from,
        };
        beyond.grades.iter().find(|grade| grade.from.is_none_or(reached)).map(|grade| grade.name.as_str())
    }

    /// Places to which a criterion's figure is shown.
    #[must_use]
    pub fn shown_places(&self) -> u32 {
        let round = &self.aggregation.beyond.round;
        let own = match self.aggregation.beyond.shown {
            Shown::Statistic => round.criterion,
            Shown::Factored => round.factored,
        };
        own.unwrap_or(self.aggregation.places)
    }

    /// The rule of a template.
    #[must_use]
    pub fn of(rubric: &Rubric) -> Self {
        let beyond = &rubric.aggregation.beyond;
        let dimensions = rubric.dimensions.iter().map(|dimension| Group {
            id: dimension.id.to_string(),
            criteria: dimension.criteria.iter().map(|criterion| criterion.id.to_string()).collect(),
            max: Some(dimension.max),
            additions: false,
        });
        let key = |id: &CriterionId| {
            let said = beyond.ties.iter().find(|key| key.of == id.as_str());
            said.cloned().unwrap_or_else(|| TieKey::plain(id.as_str()))
        };
        Self {
            id: rubric.id.clone(),
            version: rubric.version.clone(),
            title_zh: rubric.title_zh.clone(),
            title_en: rubric.title_en.clone(),
            aggregation: rubric.aggregation.clone(),
            quota: rubric.quota,
            pass_line: rubric.pass_line.clone(),
            ties: rubric.tie_break.keys.iter().map(key).collect(),
            tie_last: rubric.tie_break.last.clone(),
            columns: rubric
                .criteria()
                .map(|criterion| Column { id: criterion.id.to_string(), max: criterion.max, step: rubric.step })
                .collect(),
            groups: dimensions.chain(beyond.groups.iter().cloned()).collect(),
            doubt: rubric.doubt.clone(),
        }
    }
}
