//! The rule in English sentences, for the interface; documents are in Chinese.

use crate::base::Points;
use crate::domain::rubric::{Below, RankStyle, Rounding, Scope, Statistic};
use crate::domain::standing::Rule;

/// The rule as sentences.
#[must_use]
pub fn rule_in_english(rule: &Rule) -> String {
    let a = &rule.aggregation;
    let (of, added) = match a.scope {
        Scope::ExpertTotal => ("the experts' totals", ""),
        Scope::Criterion => ("the experts' marks for each criterion", ", added over all criteria"),
    };
    let statistic = match a.statistic {
        Statistic::Mean => "mean",
        Statistic::Median => "median",
        Statistic::Sum => "sum",
    };
    let mut out = format!("The score is the {statistic} of {of}{added}");
    if a.drop_high + a.drop_low > 0 {
        let below = match a.below {
            Below::Plain => "nothing is dropped and a note says so",
            Below::NoResult => "there is no result",
        };
        out.push_str(&format!(
            ", without the {} highest and the {} lowest (from {} valid sheets on; with fewer {below})",
            a.drop_high, a.drop_low, a.drop_from
        ));
    }
    let rounding = match a.rounding {
        Rounding::HalfUp => "half up",
        Rounding::HalfEven => "half to even",
    };
    let style = match a.rank_style {
        RankStyle::Competition => "1, 2, 2, 4",
        RankStyle::Dense => "1, 2, 2, 3",
        RankStyle::Modified => "1, 3, 3, 4",
        RankStyle::Fractional => "1, 2.5, 2.5, 4",
    };
    out.push_str(&format!(
        ". Fewer than {} sheets give no result. The score is rounded {rounding} to {} places and ranked as rounded; equals are numbered {style}.",
        a.min_sheets, a.places
    ));
    let keys = rule.tie_keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if keys.is_empty() {
        out.push_str(" Equal scores are left to the meeting's vote.");
    } else {
        out.push_str(&format!(
            " Equal scores are compared by {keys} in this order; what is still equal is left to the meeting's vote."
        ));
    }
    match (rule.pass_total, rule.pass_share) {
        (None, None) => {}
        (Some(total), None) => out.push_str(&format!(" The pass line is {total}.")),
        (None, Some(share)) => out.push_str(&format!(" The pass line is {}% of each dimension.", per_cent(share))),
        (Some(total), Some(share)) => {
            out.push_str(&format!(" The pass line is {total} in total and {}% of each dimension.", per_cent(share)));
        }
    }
    out.push_str(" A blank is not 0.");
    out
}

/// A share in per cent.
fn per_cent(share: Points) -> String {
    Points::from_units(share.units().saturating_mul(100)).to_string()
}
