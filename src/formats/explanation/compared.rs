//! The step from the score of a group to one that is comparable.

use crate::base::lang::fill;
use crate::domain::across::Across;
use crate::domain::explained::Amount;
use crate::domain::explained::compared::{Compared, Scaled};

use super::{Words, operand};

impl Words<'_> {
    pub(super) fn compared(&self, of: &Compared) -> Vec<String> {
        let t = self.t;
        if let Some(why) = &of.why_not {
            return vec![fill(self.lang.texts().tallying.across_not, &[&why.words(self.lang)])];
        }
        let Some(step) = &of.step else { return Vec::new() };
        let mut out = vec![fill(t.compared, &[&of.method.word()])];
        let Some(scaled) = &step.scaled else {
            out.push(format!("  {}", fill(t.compared_none, &[&step.group, &step.results])));
            return out;
        };
        let places = self.of.places;
        let raw = operand(scaled.raw);
        let mut lines = vec![fill(t.compared_group, &[&step.group, &step.results, &raw])];
        let mean = self.result(scaled.mean, places);
        lines.push(fill(t.compared_mean, &[&operand(scaled.sum), &step.results, &mean]));
        if let Some((sum, count, mean)) = &scaled.all {
            lines.push(fill(t.compared_all, &[&operand(*sum), count, &self.result(*mean, places)]));
        }
        if let Some(spread) = &scaled.spread {
            let variance = self.result(spread.variance, places);
            lines.push(fill(t.compared_variance, &[&operand(spread.squares), &step.results, &variance]));
            lines.push(fill(t.compared_sigma, &[&spread.deviation.text()]));
        }
        lines.push(fill(t.compared_score, &[&self.compared_formula(of.method, scaled)]));
        out.extend(lines.into_iter().map(|line| format!("  {line}")));
        out
    }

    fn compared_formula(&self, method: Across, of: &Scaled) -> String {
        let deviation = of.spread.as_ref().map(|spread| spread.deviation.text()).unwrap_or_default();
        let (raw, mean) = (operand(of.raw), operand(of.mean));
        let mean = if of.mean.is_negative() { format!("({mean})") } else { mean };
        let above = format!("({raw} - {mean}) ÷ {deviation}");
        let formula = match (method, &of.all) {
            (Across::TScore, _) => format!("50 + 10 × {above}"),
            (Across::Ratio, Some((_, _, all))) => {
                format!("{raw} × {} ÷ {}", with_line(&operand(*all)), with_line(&mean))
            }
            _ => above,
        };
        let to = of.rounded.to.fixed(of.rounded.places);
        if of.result.digits == to && !of.result.more {
            return format!("{formula} = {to}");
        }
        let exact = !of.result.more && Amount::of(of.rounded.to).decimal().as_ref() == Some(&of.result.digits);
        format!("{formula} = {}{}", of.result.text(), self.rounded(of.rounded, exact, true))
    }
}

/// A fraction among factors stands in brackets.
fn with_line(text: &str) -> String {
    if text.contains('/') { format!("({text})") } else { text.to_owned() }
}
