//! The `[doubt]` part of a template: what is looked at beside the result.

use serde::Deserialize;
use toml::Spanned;

use crate::domain::rubric::draft::{At, DoubtDraft, PriorDraft};

use super::{Mark, Source};

/// `[doubt]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    #[serde(default)]
    objective: Vec<Spanned<String>>,
    abnormal_share: Mark,
    far_share: Mark,
    corridor: Mark,
    corridor_share: Mark,
    full: Mark,
    prior: Option<Spanned<PriorTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PriorTable {
    application: Mark,
    expert: Mark,
    rest: Mark,
    mean: Mark,
}

impl Source<'_> {
    pub(super) fn doubt(&self, table: Spanned<Table>) -> DoubtDraft {
        let At { value: d, line } = self.at(table);
        DoubtDraft {
            line,
            objective: self.list(d.objective),
            abnormal_share: self.cell(d.abnormal_share),
            far_share: self.cell(d.far_share),
            corridor: self.cell(d.corridor),
            corridor_share: self.cell(d.corridor_share),
            full: self.cell(d.full),
            prior: d.prior.map(|prior| {
                let At { value: p, line } = self.at(prior);
                PriorDraft {
                    line,
                    application: self.cell(p.application),
                    expert: self.cell(p.expert),
                    rest: self.cell(p.rest),
                    mean: self.cell(p.mean),
                }
            }),
        }
    }
}
